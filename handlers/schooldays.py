"""Which days count as working days in Flanders: no weekend, no public and no school holiday.

When schools are closed stands in `hearing/holidays.py`, with what people call it. Public holidays
are the ten of the law of 4 January 1974 (royal decree of 18 April 1974, article 1); Easter is that
of `dateutil`. A test compares them with the package `holidays`, which would take 8 MB for as long
as Brug runs.
"""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from handlers.hearing.holidays import school_holidays

_DAY = timedelta(days=1)
_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day of the public holidays that never move."""
_AFTER_EASTER = (1, 39, 50)
"""Days from Easter to Easter Monday, Ascension and Whit Monday."""


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


@cache
def _public(year: int) -> frozenset[date]:
    """Return the ten days of the law; Sundays besides them are free already."""
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(fixed | {easter(year) + days * _DAY for days in _AFTER_EASTER})
