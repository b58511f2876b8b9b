"""Forget in time: who gave a signal after a year (F38), what was told after thirty days (F52)."""

from datetime import datetime

from store import Store
from store.told import KEPT


def due(store: Store, now: datetime) -> int:
    """Count the links from signals to their reporters that would be cut; nothing is changed."""
    with store.read() as tx:
        return tx.traces.due(now)


def forget(store: Store, now: datetime) -> int:
    """Cut the links that are old enough, and leave nothing of them in the database's files.

    Returns:
        How many were cut.

    Raises:
        StoreBusy: If others held the database for too long; the next run does it.
    """
    with store.begin() as tx:
        cut = tx.traces.forget_old(now)
    # Also when nothing was cut: somebody may have asked to be forgotten since.
    store.scrub()
    return cut


def forget_told(store: Store, now: datetime) -> int:
    """Forget what people were told longer ago than a correction still reaches (F52).

    Returns:
        How much was forgotten.
    """
    with store.begin() as tx:
        return tx.told.forget_before(now - KEPT)
