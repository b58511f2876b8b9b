"""Which days count as working days in Flanders: no weekend, no public and no school holiday.

The school holidays follow rules, so no list of years has to be kept up to date. Source: the rules
of the Flemish ministry of education as schools know them, written down on 2026-11-23 and to be
confirmed at onderwijs.vlaanderen.be/schoolvakanties before release. Public holidays are the ten of
the law of 4 January 1974 (royal decree of 18 April 1974, article 1); Easter is that of `dateutil`.
A test compares them with the package `holidays`, which would take 8 MB for as long as Brug runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_SATURDAY, _SUNDAY = 5, 6
_TO_ASCENSION = 39 * _DAY
_FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day of the public holidays that never move."""
_AFTER_EASTER = (1, 39, 50)
"""Days from Easter to Easter Monday, Ascension and Whit Monday."""
_LATE_EASTER = 15
"""Day in April after which Easter counts as late."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One school holiday.

    Attributes:
        name: "autumn", "christmas", "carnival", "easter", "ascension" or "summer".
        first: Its first day.
        last: Its last day, included.
    """

    name: str
    first: date
    last: date


@cache
def school_holidays(year: int) -> tuple[Holiday, ...]:
    """Return the school holidays that begin in a calendar year, in order."""
    return tuple(_holidays(year))


def is_school_holiday(day: date) -> bool:
    """Return whether Flemish schools are closed for a holiday that day."""
    # Christmas holidays begin in the year before they end.
    return any(
        holiday.first <= day <= holiday.last
        for year in (day.year - 1, day.year)
        for holiday in school_holidays(year)
    )


def is_public_holiday(day: date) -> bool:
    """Return whether a day is a public holiday in Belgium."""
    return day in _public(day.year)


def is_working_day(day: date) -> bool:
    """Return whether a day counts: Monday to Friday, no public and no school holiday."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day) and not is_school_holiday(day)


def after_working_days(day: date, count: int) -> date:
    """Return the working day that comes `count` working days after a day.

    Args:
        day: From this day, which itself does not count.
        count: How many working days, at least 1.
    """
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def _holidays(year: int) -> Iterator[Holiday]:
    carnival = _monday_of(easter(year)) - 6 * _WEEK
    yield _lasting("carnival", carnival, weeks=1)
    yield _lasting("easter", _easter_holiday(year), weeks=2)
    # Thursday is a public holiday; schools stay closed until Sunday.
    thursday = easter(year) + _TO_ASCENSION
    yield Holiday("ascension", thursday, thursday + 3 * _DAY)
    yield Holiday("summer", date(year, 7, 1), date(year, 8, 31))
    all_saints = date(year, 11, 1)
    sunday = all_saints.weekday() == _SUNDAY
    yield _lasting("autumn", all_saints + _DAY if sunday else _monday_of(all_saints), weeks=1)
    christmas = date(year, 12, 25)
    late = christmas.weekday() >= _SATURDAY
    yield _lasting("christmas", _monday_of(christmas) + (_WEEK if late else 0 * _WEEK), weeks=2)


def _easter_holiday(year: int) -> date:
    sunday = easter(year)
    if sunday.month == 3:  # noqa: PLR2004 - March
        return sunday + _DAY
    if sunday.day > _LATE_EASTER:
        return _monday_of(sunday) - _WEEK
    first = date(year, 4, 1)
    return first + ((-first.weekday()) % 7) * _DAY


def _lasting(name: str, monday: date, *, weeks: int) -> Holiday:
    return Holiday(name, monday, monday + weeks * _WEEK - _DAY)


def _monday_of(day: date) -> date:
    return day - day.weekday() * _DAY


@cache
def _public(year: int) -> frozenset[date]:
    """Return the ten days of the law; Sundays besides them are free already."""
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(fixed | {easter(year) + days * _DAY for days in _AFTER_EASTER})
