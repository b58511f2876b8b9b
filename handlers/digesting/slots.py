"""When a digest is due: a function of the clock and the subscription, and of nothing else.

Hours are those of Brussels. No digest is due between two and three at night: when the clock
changes that hour happens twice, or not at all.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from handlers.context import BRUSSELS
from store.days import day_of
from store.records import Subscription

_WEEK = timedelta(days=7)


def slots(subscription: Subscription, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments (UTC) at which it was due after one moment, until another, included."""
    day = day_of(after)
    day += timedelta(days=(subscription.weekday - day.weekday()) % 7)
    while (due := _moment(subscription, day)) <= until:
        if due > after:
            yield due
        day += _WEEK


def next_slot(subscription: Subscription, after: datetime) -> datetime:
    """Return when it is due next (UTC)."""
    return next(slots(subscription, after, after + 2 * _WEEK))


def local_day(moment: datetime) -> date:
    """Return the day in Brussels."""
    return day_of(moment)


def end_of_day(moment: datetime) -> datetime:
    """Return the end of that day in Brussels (UTC)."""
    next_day = local_day(moment) + timedelta(days=1)
    return datetime.combine(next_day, time(), BRUSSELS).astimezone(UTC)


def name_of(due: datetime) -> str:
    """Return what a slot is called: its week, so that one week has one digest ("2026-W48")."""
    year, week, _ = local_day(due).isocalendar()
    return f"{year}-W{week:02d}"


def _moment(subscription: Subscription, day: date) -> datetime:
    at = time(subscription.hour, subscription.minute)
    return datetime.combine(day, at, BRUSSELS).astimezone(UTC)
