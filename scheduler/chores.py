"""The one table of what happens by the clock: what, how often, when, and why.

Each chore only leaves letters, or cleans up; it is safe to run twice, and on every replica at
once: a letter exists once per key. APScheduler runs them (`timetable.py`); the post brings the
letters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import confirming, connecting, entries, follows, recalling
from handlers.context import BRUSSELS
from handlers.hearing.places import Places
from handlers.schooldays import is_public_holiday
from scheduler.apart import one_by_one
from scheduler.digests import write_digests
from scheduler.forgetting import forget, forget_conversations, forget_letters, forget_told
from scheduler.gaps import write_gaps
from scheduler.reminders import remind, remind_of_moments
from store import Store
from store.follows import Follow
from store.seeds.reading import read_vocabulary

RECEIPTS_KEPT = timedelta(days=3)
"""How long an event is recognised: Slack delivers again for two hours, for a day at the most
(https://docs.slack.dev/apis/events-api#delayed-events)."""

_OFFICE = range(8, 18)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that happens by the clock.

    Attributes:
        name: What, for the log.
        every: How often to look, in seconds.
        run: The work, from the store and the moment (UTC).
        at_work: Whether only when people are at work: it writes to somebody in person.
    """

    name: str
    every: float
    run: Callable[[Store, datetime], object]
    at_work: bool = False

    def due(self, now: datetime) -> bool:
        """Return whether this is a moment for it."""
        here = now.astimezone(BRUSSELS)
        closed = here.weekday() >= _SATURDAY or is_public_holiday(here.date())
        return not self.at_work or (here.hour in _OFFICE and not closed)


def ask_for_confirmation(store: Store, now: datetime) -> int:
    """Ask owners whether their entries still hold, three a week at the most (F15)."""
    with store.read() as tx:
        due = tx.confirmations.due(now)

    def ask(owner: str) -> int:
        with store.begin() as tx:
            return confirming.write_request(owner, due[owner], tx, now)

    return one_by_one("confirmations", due, ask)


def tell_of_corrections(store: Store, now: datetime) -> int:
    """Tell stewards which corrections wait, once a day at the most (F14)."""
    with store.begin() as tx:
        return entries.remind_stewards(tx, now)


def tell_followers(store: Store, now: datetime) -> int:
    """Tell who follows a search what appeared since (F17)."""
    with store.read() as tx:
        waiting = follows.waiting(tx)
        if not waiting:
            return 0
        places = Places(tx.gazetteer.load(), read_vocabulary())

    def tell(follow: Follow) -> int:
        # Searching takes long in a large directory: nobody who writes waits for it.
        with store.read() as tx:
            news = follows.look(follow, tx, places, now)
        with store.begin() as tx:
            return follows.tell(news, tx, now)

    return one_by_one("followers", waiting, tell)


def put_right(store: Store, now: datetime) -> int:
    """Tell exactly who was told something that turned out wrong (F52)."""
    with store.begin() as tx:  # where only looking, facts may be remembered from a minute ago
        askers = recalling.who_to_tell(tx, now)

    def tell(asker: str) -> int:
        with store.begin() as tx:
            return recalling.write_recall(asker, tx, now)

    return one_by_one("recalls", askers, tell)


def end_questions(store: Store, now: datetime) -> int:
    """End the questions for which nobody was found in a fortnight (F22)."""
    with store.read() as tx:
        expired = tx.connections.expired(now)

    def end(number: int) -> int:
        with store.begin() as tx:
            return connecting.end_expired(number, tx, now)

    return one_by_one("questions", expired, end)


def forget_receipts(store: Store, now: datetime) -> int:
    """Forget platform events that no platform delivers again."""
    with store.begin() as tx:
        return tx.receipts.forget_before(now - RECEIPTS_KEPT)


def forget_files(store: Store, now: datetime) -> int:
    """Throw away spreadsheets that nobody said yes or no to in a day (F18)."""
    with store.begin() as tx:
        return tx.staging.forget(now)


HOUR = 3600.0

CHORES = (
    Chore("digests", 20.0, write_digests),  # each Monday, or when its coordinator said (F39)
    Chore("gaps", HOUR, write_gaps, at_work=True),  # a side with nobody for days (F07)
    Chore("first look", HOUR, remind, at_work=True),  # a signal waits for ten working days (F29)
    Chore("moments", HOUR, remind_of_moments, at_work=True),  # the working day before (F23)
    Chore("confirmations", HOUR, ask_for_confirmation, at_work=True),
    Chore("corrections", HOUR, tell_of_corrections, at_work=True),
    Chore("followers", 300.0, tell_followers, at_work=True),
    Chore("recalls", 300.0, put_right, at_work=True),  # what Brug said turned out wrong (F52)
    Chore("questions", HOUR, end_questions, at_work=True),  # nobody answered in a fortnight (F22)
    Chore("forgetting", 6 * HOUR, forget),  # who gave, followed, asked what (F38)
    Chore("letters", 6 * HOUR, forget_letters),  # empty after 90 days, gone after 400
    Chore("told", 6 * HOUR, forget_told),  # what was told, after thirty days (F52)
    Chore("conversations", 300.0, forget_conversations),  # after half an hour (F50)
    Chore("files", HOUR, forget_files),  # staged for an import, after a day (F18)
    Chore("receipts", 6 * HOUR, forget_receipts),
)
"""Every chore. To add one: write it in this package, and add its line."""
