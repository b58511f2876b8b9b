"""A digest of a channel, for tests."""

from dataclasses import replace

from store.records import Region, Subscription
from tests.conftest import MONDAY

CHANNEL = "slack:T1:C1"


def a_subscription(**changes: object) -> Subscription:
    base = Subscription(
        id=0,
        address=CHANNEL,
        region=Region.LIMBURG,
        weekday=0,
        hour=9,
        minute=0,
        language="nl",
        blocks=(),
        in_holidays=False,
        owner="",
        paused_until=None,
        ended="",
        set_at=MONDAY,
    )
    return replace(base, **changes)  # pyright: ignore[reportArgumentType] - by name
