"""A day in words: "1/9/2023", "op 1 september 2023", "vandaag"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "januari jan janvier january",
            "februari feb fevrier février february",
            "maart mrt mars march",
            "april apr avril",
            "mei mai may",
            "juni jun juin june",
            "juli jul juillet july",
            "augustus aug aout août august",
            "september sept sep septembre",
            "oktober okt octobre october oct",
            "november nov novembre",
            "december dec decembre décembre",
        ),
        start=1,
    )
    for month in names.split()
}
# French "hier" (yesterday) is not here: it is Dutch for "here".
_MOST_DAYS, _MONTHS = 31, 12
_RELATIVE = {
    "eergisteren": -2,
    "gisteren": -1,
    "yesterday": -1,
    "vandaag": 0,
    "nu": 0,
    "aujourd'hui": 0,
    "today": 0,
    "morgen": 1,
    "demain": 1,
    "tomorrow": 1,
    "overmorgen": 2,
}
_DAY = re.compile(
    r"""\b(?:(?:op|vanaf|le|on|per)\s+)?(?:
        (?P<iso>\d{4}-\d{2}-\d{2})
      | (?P<d>\d{1,2})[/.-](?P<m>\d{1,2})(?:[/.-](?P<y>\d{4}|\d{2}))?
      | (?P<wd>\d{1,2})(?:er|e|ste|de|st|nd|rd|th)?\s+(?P<month>[^\W\d_]+)\.?(?:\s+(?P<wy>\d{4}))?
      | (?P<relative>[^\W\d_]+(?:'hui)?)
    )(?!\w)(?![/.-]\d)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that somebody named.

    Attributes:
        day: Which day.
        start: Where its words begin in the text.
        end: Where they end.
    """

    day: date
    start: int
    end: int


def find_day(text: str, today: date) -> Day | None:
    """Return the first day that a text names, or None.

    A day without a year is the one nearest to today; years of two digits are of this century.

    Args:
        text: What somebody typed.
        today: The day in Brussels.
    """
    for match in _DAY.finditer(text):
        if day := _read(match, today):
            return Day(day, match.start(), match.end())
    return None


def impossible_day(text: str) -> str:
    """Return the words of a day that no calendar has ("31/2", "31 februari"); empty without any.

    "13/14-jarigen" is no day: two numbers alone count only when each could be in a date, or when
    a year or a word such as "op" says that they are meant as one.
    """
    for match in _DAY.finditer(text):
        dated = match["iso"] or (match["wd"] and match["month"].lower() in MONTHS)
        if match["d"]:
            meant = match["y"] or not match[0][0].isdigit()
            dated = meant or (
                1 <= int(match["d"]) <= _MOST_DAYS and 1 <= int(match["m"]) <= _MONTHS
            )
        if dated and _read(match, date(2000, 1, 1)) is None:
            return match[0].strip()
    return ""


def _read(match: re.Match[str], today: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["d"]:
            return _dated(int(match["d"]), int(match["m"]), match["y"], today)
        if match["wd"]:
            month = MONTHS.get(match["month"].lower())
            return _dated(int(match["wd"]), month, match["wy"], today) if month else None
    except ValueError:  # 31/2, month 13: no day at all
        return None
    days = _RELATIVE.get(match["relative"].lower())
    return None if days is None else today + timedelta(days=days)


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if int(year) < 100 else 0), month, day)  # noqa: PLR2004 - two digits
    nearest = [_leap(today.year + step, month, day) for step in (-1, 0, 1)]
    return min(nearest, key=lambda found: abs(found - today))


def _leap(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if (month, day) == (2, 29):  # not every year has one
            return date(year, 3, 1)
        raise
