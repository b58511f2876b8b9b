"""Write the digests that are due: one letter or one silence per channel and week.

Every replica does this at every tick. What is due follows from the clock and the subscriptions
alone, and the database keeps one of each: it does not matter who is first, or who was away.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from handlers.digesting.composing import compose
from handlers.digesting.free_days import why_free
from handlers.digesting.slots import end_of_day, local_day, name_of, slots
from handlers.speech import pages
from scheduler.apart import one_by_one
from store import Store, Transaction
from store.records import Letter, Silence, Subscription

LOOKED_BACK = timedelta(weeks=8)
"""How far back slots are explained that were missed because nobody was there."""

_A_WEEK = timedelta(weeks=1)
"""A week has one digest: of the first week, what was written on an earlier day of it counts."""


def write_digests(store: Store, now: datetime) -> int:
    """Write every digest that is due and was not written yet.

    Args:
        store: Where they are kept.
        now: The moment (UTC).

    Returns:
        How many letters were written by this call.

    Raises:
        StoreError: If the database cannot be reached; the next tick tries again.
    """
    # All at once: one question for each channel made a tick of a thousand take seconds.
    since = now - LOOKED_BACK - _A_WEEK
    with store.read() as tx:
        active, issued = tx.digests.active(), tx.digests.issued(since)

    def write(subscription: Subscription) -> int:
        if not _open(subscription, now, issued):
            return 0
        with store.begin() as tx:
            current = tx.digests.at(subscription.address)
            if current is None or current.ended:
                return 0
            known = tx.digests.issued(since, current)  # others may have written it since
            return sum(_write(current, at, now, tx) for at in _open(current, now, known))

    return one_by_one("digests", active, write)


def _open(
    subscription: Subscription, now: datetime, issued: Collection[tuple[int, str]]
) -> list[datetime]:
    after = max(subscription.set_at, now - LOOKED_BACK)
    return [
        at
        for at in slots(subscription, after, now)
        if (subscription.id, name_of(at)) not in issued
    ]


def _write(subscription: Subscription, due_at: datetime, now: datetime, tx: Transaction) -> bool:
    slot = name_of(due_at)
    silence = _silence(subscription, due_at, now)
    if silence is not None:
        tx.digests.keep_silent(subscription, slot, due_at, now, silence)
        return False
    key = f"digest/{slot}/{subscription.address}"
    composed = compose(subscription, key, tx, now)
    if composed.answer is None:
        tx.digests.keep_silent(subscription, slot, due_at, now, Silence.EMPTY)
        return False
    if not tx.digests.issue_letter(subscription, slot, due_at, now, key, composed.known):
        return False  # another replica was first
    letter = Letter(
        key,
        subscription.address,
        pages.write(composed.answer),
        now,
        owner=subscription.owner,
        earliest=due_at,
        expires_at=end_of_day(due_at),
        language=subscription.language,
    )
    return tx.outbox.put(letter)


def _silence(subscription: Subscription, due_at: datetime, now: datetime) -> Silence | None:
    day = local_day(due_at)
    if subscription.paused_until is not None and day < subscription.paused_until:
        return Silence.PAUSED
    if local_day(now) > day:
        return Silence.MISSED  # what it would have told comes in the next one
    return None if subscription.in_holidays else why_free(day)
