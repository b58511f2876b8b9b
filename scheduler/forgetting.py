"""Forget in time: after a year nobody knows any more who gave a signal (F38)."""

from datetime import datetime

from store import Store


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
