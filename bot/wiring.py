"""The only place where objects meet."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic

from bot.assistant import Assistant
from bot.settings import Settings
from bot.slack.deliver import SlackCourier
from handlers import FEATURES
from scheduler.courier import Courier
from scheduler.post import Clocks, Post
from scheduler.timetable import Timetable
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


def timetable(store: Store, couriers: Mapping[str, Courier]) -> Timetable:
    """Return what happens by the clock; `start` begins it, and `stop` ends it.

    Args:
        store: Where digests and letters are kept.
        couriers: By the first word of an address: {"slack": courier, "person": courier}.
    """
    post = Post(store, couriers, Clocks(clock, monotonic)) if couriers else None
    return Timetable(store, post, clock)


def slack_courier(store: Store, token: str, base_url: str) -> SlackCourier:
    """Return who brings letters to Slack, and to persons there.

    Args:
        store: Where the addresses of persons are.
        token: The bot's token.
        base_url: Of Slack's Web API, with a slash at the end.
    """

    def email_of(person: int) -> str | None:
        with store.read() as tx:
            return next((p.email for p in tx.people.everyone() if p.id == person), None)

    return SlackCourier(token, email_of, base_url=base_url)


def assistant(store: Store, settings: Settings) -> Assistant:
    """Return an assistant that works with this database."""
    return Assistant(store, FEATURES, clock, settings.central_mailbox)
