"""Days on which a digest stays away: Flemish school holidays, and public holidays.

The school holidays follow rules, so no list of years has to be kept up to date. Source: the rules
of the Flemish ministry of education as schools know them
(https://onderwijs.vlaanderen.be/schoolvakanties), written down from the field on 2026-11-23 and to
be confirmed there; for 2026-27 they give 2-8/11, 21/12-3/1, 8-14/2 and 29/3-11/4. Public holidays
come from the package `holidays` (Belgium), Easter from `dateutil`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter
from holidays import country_holidays

from store.records import Silence

_WEEK = timedelta(days=7)
_SATURDAY, _SUNDAY = 5, 6


def why_free(day: date) -> Silence | None:
    """Return why schools are closed on a day; None when they are open, weekends aside."""
    if day in _public(day.year):
        return Silence.PUBLIC_HOLIDAY
    if any(first <= day <= last for first, last in school_holidays(day.year)):
        return Silence.SCHOOL_HOLIDAY
    return None


@cache
def school_holidays(year: int) -> tuple[tuple[date, date], ...]:
    """Return the school holidays that touch a calendar year: first and last day, in order."""
    touching = [one for y in (year - 1, year) for one in _of(y)]
    return tuple(one for one in sorted(touching) if year in {one[0].year, one[1].year})


def _of(year: int) -> Iterator[tuple[date, date]]:
    sunday = easter(year)
    # Carnival: the week that begins on the seventh Monday before Easter.
    yield _weeks(_monday_of(sunday) - 6 * _WEEK, 1)
    yield _weeks(_of_easter(year, sunday), 2)
    yield date(year, 7, 1), date(year, 8, 31)
    # Autumn: the week of 1 November; if that is a Sunday, from Monday 2 November.
    saints = date(year, 11, 1)
    autumn = date(year, 11, 2) if saints.weekday() == _SUNDAY else _monday_of(saints)
    yield _weeks(autumn, 1)
    # Christmas: from the Monday of its week; from the next Monday if it falls in a weekend.
    christmas = date(year, 12, 25)
    first = _monday_of(christmas)
    yield _weeks(first + _WEEK if christmas.weekday() >= _SATURDAY else first, 2)


def _of_easter(year: int, sunday: date) -> date:
    if sunday.month == 3:  # noqa: PLR2004 - March
        return sunday + timedelta(days=1)
    if sunday > date(year, 4, 15):
        return _monday_of(sunday) - _WEEK
    april = date(year, 4, 1)
    return april + timedelta(days=-april.weekday() % 7)


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(first: date, count: int) -> tuple[date, date]:
    return first, first + count * _WEEK - timedelta(days=1)


@cache
def _public(year: int) -> frozenset[date]:
    return frozenset(country_holidays("BE", years=year))
