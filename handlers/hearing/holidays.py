"""The holidays of Flemish schools: how they are called, and when they are.

They follow rules, so no list of years has to be kept up to date. Source: the rules of the Flemish
ministry of education as schools know them, written down on 2026-11-23 and to be confirmed at
onderwijs.vlaanderen.be/schoolvakanties before release.
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
_LATE_EASTER = 15
"""Day in April after which Easter counts as late."""

NAMES = {
    name: holiday
    for holiday, names in {
        "autumn": "herfstvakantie, herfstverlof, vacances d'automne, vacances de toussaint, "
        "autumn holidays, autumn break",
        "christmas": "kerstvakantie, kerstverlof, vacances de noël, vacances de noel, "
        "vacances d'hiver, christmas holidays, christmas break",
        "carnival": "krokusvakantie, krokusverlof, carnavalsvakantie, vacances de carnaval, "
        "carnival holidays",
        "easter": "paasvakantie, paasverlof, vacances de pâques, vacances de paques, "
        "easter holidays, easter break",
        "summer": "grote vakantie, zomervakantie, zomerverlof, grandes vacances, "
        "vacances d'été, summer holidays",
    }.items()
    for name in names.split(", ")
}
"""Which holiday a name means, in lower case."""


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


def next_holiday(name: str, year: str | None, today: date) -> Holiday:
    """Return the holiday of that name in a year, or else the one that runs or comes next."""
    # Christmas holidays begin in the year before they end.
    years = (int(year),) if year else range(today.year - 1, today.year + 2)
    found = [one for at in years for one in school_holidays(at) if one.name == name]
    return next((one for one in found if one.last >= today), found[-1])


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
