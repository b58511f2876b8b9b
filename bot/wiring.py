"""Where objects meet; those that only a server needs meet in `bot/clockwork.py`."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.assistant import Assistant
from bot.settings import Settings
from handlers import FEATURES
from store import Store, open_store, seed, upgrade


def clock() -> datetime:
    """Return the moment (UTC)."""
    return datetime.now(UTC)


@contextmanager
def opened(settings: Settings) -> Generator[Store]:
    """Open the database, brought up to date, and close it at the end.

    Raises:
        StoreError: If it cannot be opened or brought up to date; the message says what to do.
    """
    store = open_store(settings.database)
    try:
        upgrade(store)
        seed(store, clock())
        yield store
    finally:
        store.close()


def assistant(store: Store, settings: Settings) -> Assistant:
    """Return an assistant that works with this database."""
    return Assistant(store, FEATURES, clock, settings.central_mailbox)
