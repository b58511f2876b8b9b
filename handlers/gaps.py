"""A side of a tandem with nobody for more than two working days: the stewards hear it (F07).

A gap counts working days in a row: weekends and Belgian public holidays neither make it longer
nor break it. Who was named as cover fills it; the other side of the tandem does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

from handlers.duo import duo
from handlers.letters import leave
from handlers.naming import role
from handlers.schooldays import is_public_holiday
from handlers.speech.answer import ASK, Answer, Button, Listing, Paragraph, Part, Press
from handlers.speech.words import Words
from store import Transaction
from store.records import Absence, Assignment, Region, Side

LONGEST_UNSAID = 2
"""Working days that a side may be empty without a word (F07)."""

AROUND = timedelta(days=21)
"""How far around an absence to look: a gap of three working days over Christmas and New Year
takes no more."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One side of a tandem with nobody there.

    Attributes:
        region: Where.
        side: Which side.
        days: The working days, in order, as far as was looked.
        away: The absences that make it, by number; empty when nobody has the side at all.
    """

    region: Region
    side: Side
    days: tuple[date, ...]
    away: tuple[Absence, ...]

    @property
    def key(self) -> str:
        """What names it, whoever finds it and on whatever day: by what makes it."""
        cause = "-".join(str(absence.id) for absence in self.away)
        return f"gap/{self.region}/{self.side}/{cause or f'{self.days[0]:%Y-%m}'}"


def working_days(first: date, last: date) -> tuple[date, ...]:
    """Return the days, both included, that are no weekend and no Belgian public holiday."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and not is_public_holiday(day))  # noqa: PLR2004 - Saturday


def find_gaps(
    first: date, last: date, assignments: Sequence[Assignment], absences: Sequence[Absence]
) -> tuple[Gap, ...]:
    """Return every gap of more than `LONGEST_UNSAID` working days within these days.

    Args:
        first: The first day to look at.
        last: The last, included.
        assignments: Those that hold on any of these days, of every region.
        absences: Those that hold on any of these days.
    """
    days = working_days(first, last)
    on = {
        day: (
            [a for a in assignments if _holds(a, day)],
            [a for a in absences if a.first_day <= day <= a.last_day],
        )
        for day in days
    }
    found: list[Gap] = []
    for region in Region:
        duos = [duo(region, day, *on[day]) for day in days]
        for side in Side:
            for empty, run in groupby(duos, key=lambda one, side=side: side in one.empty_sides):
                empty_days = tuple(one.day for one in run)
                if empty and len(empty_days) > LONGEST_UNSAID:
                    away = _away(region, side, empty_days, on)
                    found.append(Gap(region, side, empty_days, away))
    return tuple(found)


def look_for_gaps(tx: Transaction, first: date, last: date) -> tuple[Gap, ...]:
    """Return the gaps that lie within these days or touch them, whole as far as `AROUND`."""
    start, end = first - AROUND, last + AROUND
    gaps = find_gaps(
        start,
        end,
        tx.coverage.assignments_between(start, end),
        tx.absences.between(start, end),
    )
    return tuple(gap for gap in gaps if gap.days[0] <= last and gap.days[-1] >= first)


def tell_stewards(tx: Transaction, gaps: Iterable[Gap], now: datetime) -> int:
    """Leave a letter about each gap for each steward, unless one lies there already.

    Returns:
        How many letters were written.
    """
    stewards = tx.people.stewards()
    return sum(
        leave(tx, f"{gap.key}/person:{one.id}", f"person:{one.id}", partial(_page, gap), now)
        for gap in gaps
        for one in stewards
    )


def _page(gap: Gap, words: Words) -> Answer:
    who = role(gap.side, words)
    parts: list[Part] = [
        Listing(
            tuple(
                words.prose(
                    "absences.gap_line",
                    person=absence.person.name,
                    first=words.from_day(absence.first_day, absence.last_day),
                    last=words.date(absence.last_day),
                )
                for absence in gap.away
            )
        )
    ]
    if not gap.away:
        parts = [Paragraph(words.prose("absences.gap_vacant"))]
    parts.append(Paragraph(words.prose("absences.gap_next")))
    return Answer(
        headline=words.plain(
            "absences.gap",
            role=who,
            region=gap.region.label,
            first=words.from_day(gap.days[0], gap.days[-1]),
            last=words.date(gap.days[-1]),
            days=len(gap.days),
        ),
        parts=tuple(parts),
        buttons=(
            Button(
                words.plain("absences.gap_button", region=gap.region.label),
                Press("", ASK, {"words": f"/wie {gap.region.label}"}),
            ),
        ),
        feature="absences",
        data={
            "region": gap.region.value,
            "side": gap.side.value,
            "first": gap.days[0].isoformat(),
            "last": gap.days[-1].isoformat(),
            "working_days": len(gap.days),
        },
    )


def _away(
    region: Region,
    side: Side,
    days: Iterable[date],
    on: dict[date, tuple[list[Assignment], list[Absence]]],
) -> tuple[Absence, ...]:
    found: dict[int, Absence] = {}
    for day in days:
        assignments, absences = on[day]
        theirs = {a.person.id for a in assignments if (a.region, a.side) == (region, side)}
        found |= {a.id: a for a in absences if a.person.id in theirs}
    return tuple(found[number] for number in sorted(found))


def _holds(assignment: Assignment, day: date) -> bool:
    begun = assignment.valid_from is None or assignment.valid_from <= day
    return begun and (assignment.valid_to is None or assignment.valid_to >= day)
