"""Where objects meet; those that only a server needs meet in `bot/clockwork.py`."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.assistant import Assistant
from bot.rooms import Room
from bot.settings import Settings
from handlers import FEATURES
from store import Store, load_demonstration, open_store, seed, upgrade


def clock() -> datetime:
    """Return the moment (UTC)."""
    return datetime.now(UTC)


@contextmanager
def opened(settings: Settings) -> Generator[Store]:
    """Open the database, brought up to date, and close it at the end.

    Raises:
        StoreError: If it cannot be opened or brought up to date; the message says what to do.
    """
    store = open_store(settings.database, settings.home)
    try:
        upgrade(store)
        seed(store, clock())
        if settings.demonstrates:
            load_demonstration(store, clock())
        yield store
    finally:
        store.close()


def assistant(store: Store, settings: Settings) -> Assistant:
    """Return an assistant that works with this database."""
    return Assistant(store, FEATURES, clock, settings.central_mailbox)


def rooms(assistant: Assistant, settings: Settings) -> list[Room]:
    """Return every room that has its settings, not started yet."""
    # Measured: the SDKs of the platforms cost 0.4 s that `brug ask` does not need.
    from bot.slack.listen import Account, SlackRoom  # noqa: PLC0415

    account = Account(
        bot_token=settings.slack_bot_token,
        signing_secret=settings.slack_signing_secret,
        app_token=settings.slack_app_token,
        base_url=settings.slack_api_base_url,
        home_workspace=settings.slack_home_workspace,
    )
    reachable = account.signing_secret or account.app_token
    return [SlackRoom(account, assistant)] if account.bot_token and reachable else []
