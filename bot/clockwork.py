"""Where the objects of the post meet: the clock, the outbox, and who brings letters.

Apart from `bot/wiring.py`, because slack-sdk and APScheduler would cost a cold `brug ask` 0.3 s.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from time import monotonic

from bot.settings import Settings
from bot.slack.deliver import SlackCourier
from bot.wiring import clock
from scheduler.courier import Courier
from scheduler.post import Clocks, Post
from scheduler.timetable import Timetable
from store import Store


def timetable(
    store: Store, couriers: Mapping[str, Courier], now: Callable[[], datetime] = clock
) -> Timetable:
    """Return what happens by the clock; `start` begins it, and `stop` ends it.

    Args:
        store: Where digests and letters are kept.
        couriers: By the first word of an address: {"slack": courier, "person": courier}; empty
            where no platform is connected: digests are written then, and wait.
        now: The clock (UTC).
    """
    post = Post(store, couriers, Clocks(now, monotonic)) if couriers else None
    return Timetable(store, post, now)


def couriers(store: Store, settings: Settings) -> Mapping[str, Courier]:
    """Return who brings letters, by the first word of an address.

    Empty where no platform has its settings: letters are written then, and wait.
    """
    token = settings.slack_bot_token
    if not token:
        return {}
    courier = slack_courier(store, token, settings.slack_api_base_url)
    return {"slack": courier, "person": courier}


def slack_courier(store: Store, token: str, base_url: str) -> SlackCourier:
    """Return who brings letters to Slack, and to persons there.

    Args:
        store: Where the addresses of persons are, and who was linked to them.
        token: The bot's token.
        base_url: Of Slack's Web API, with a slash at the end.
    """

    def email_of(person: int) -> str | None:
        with store.read() as tx:
            return next((p.email for p in tx.people.everyone() if p.id == person), None)

    def linked(person: int) -> Sequence[str]:
        with store.read() as tx:
            users = [link.user for link in tx.links.to(f"person:{person}")]
        return [user.rpartition(":")[2] for user in users if user.startswith("slack:")]

    return SlackCourier(token, email_of, linked=linked, base_url=base_url)
