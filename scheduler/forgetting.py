"""Forget in time.

Who gave a signal (F38), who proposed, followed or asked what; letters, digests, what was told
(F52), what one goes on from (F50). Who did what is never forgotten: the audit (F71).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from store import Store, Transaction, conversations
from store.told import KEPT

WIPED = timedelta(days=90)
"""After that a letter is empty: what it said can no longer be read, not behind *meer* either."""

FORGOTTEN = timedelta(days=400)
"""After that its key goes too. Until then the same letter is never written again: digests look
back eight weeks, gaps and requests carry their day, and a signal that nobody looked at for more
than a year may be brought to mind once more."""

_AT_A_TIME = 500
"""Letters in one transaction, so that nobody waits for the broom."""


class _Leading(Protocol):
    """A part of the store that holds what leads to people, for as long as it says itself."""

    def outdated(self, now: datetime) -> int: ...

    def forget_old(self, now: datetime) -> int: ...


def _leading(tx: Transaction) -> Mapping[str, _Leading]:
    return {
        "signals": tx.traces,
        "corrections": tx.corrections,
        "follows": tx.follows,
        "questions": tx.connections,
        "requests": tx.confirmations,
        "needs": tx.needs,
    }


def due(store: Store, now: datetime) -> Mapping[str, int]:
    """Count of each sort what would be forgotten; nothing is changed."""
    with store.read() as tx:
        return {name: part.outdated(now) for name, part in _leading(tx).items()}


def forget(store: Store, now: datetime) -> Mapping[str, int]:
    """Cut what led to people for long enough, and leave nothing of it in the database's files.

    Returns:
        How much was forgotten of each sort.

    Raises:
        StoreBusy: If others held the database for too long; the next run does it.
    """
    with store.begin() as tx:
        cut = {name: part.forget_old(now) for name, part in _leading(tx).items()}
    # Also when nothing was cut: somebody may have asked to be forgotten since.
    store.scrub()
    return cut


def forget_letters(store: Store, now: datetime) -> int:
    """Empty letters that are done with, and forget the oldest.

    What the next digest needs to know what it told stays, however long ago that was.

    Returns:
        How many letters are gone.

    Raises:
        StoreBusy: If others held the database for too long; the next run does the rest.
    """
    wiped = forgotten = _AT_A_TIME
    while wiped == _AT_A_TIME:
        with store.begin() as tx:
            wiped = tx.outbox.wipe(now - WIPED, _AT_A_TIME)
    gone = 0
    while forgotten == _AT_A_TIME:
        with store.begin() as tx:
            keep = tx.digests.last_told()
            tx.digests.forget(now - FORGOTTEN, keep)
            forgotten = tx.outbox.forget(now - FORGOTTEN, keep, _AT_A_TIME)
            gone += forgotten
    with store.begin() as tx:
        tx.outbox.forget_addresses(now - timedelta(days=1))
    return gone


def forget_told(store: Store, now: datetime) -> int:
    """Forget what people were told longer ago than a correction still reaches (F52).

    Returns:
        How much was forgotten.
    """
    with store.begin() as tx:
        return tx.told.forget_before(now - KEPT)


def forget_conversations(store: Store, now: datetime) -> int:
    """Forget what nobody can go on from any more (F50).

    Returns:
        How many conversations were forgotten.
    """
    with store.begin() as tx:
        return tx.conversations.forget_before(now - conversations.KEPT)
