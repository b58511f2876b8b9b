"""Who to turn to, for a region on a day: the one resolver behind every surface.

A command, a sentence, a digest and an export all ask here, so that they cannot disagree. Whoever
is away is never named first (F05); who is asked when nobody is there follows F07:

    1. who was named as cover
    2. the other side of the tandem
    3. the neighbouring region, the nearest first
    4. the central mailbox, where the setting gives one
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from store.records import Absence, Assignment, Person, Region, Side


class Via(StrEnum):
    """How Brug came to a person."""

    ASSIGNED = "assigned"
    COVER = "cover"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody to turn to.

    Attributes:
        person: Who.
        side: The side of the tandem that they stand for, today.
        region: The region that is theirs; a neighbour's is another one than asked for.
        via: How Brug came to them.
        assignment: The record that this rests on; for a cover, that of who is away.
        covering_for: Who is away; None when they stand for themselves.
        until: The last day of that absence, included; None when they stand for themselves.
    """

    person: Person
    side: Side
    region: Region
    via: Via
    assignment: Assignment
    covering_for: Person | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Duo:
    """Who to turn to for a region on a day.

    Attributes:
        region: The region that was asked for.
        day: The day that was asked for.
        standing: Whom to ask, youth care first; empty when nobody at all is there.
        away: Who of the region is away that day, and until when.
        empty_sides: Sides of the tandem with nobody there: a gap (F07).
    """

    region: Region
    day: date
    standing: tuple[Standing, ...]
    away: tuple[Absence, ...]
    empty_sides: tuple[Side, ...]


def duo(
    region: Region,
    day: date,
    assignments: Sequence[Assignment],
    absences: Sequence[Absence],
    *,
    municipality: str | None = None,
) -> Duo:
    """Return who to turn to.

    Args:
        region: Where.
        day: When (Europe/Brussels).
        assignments: Those that hold on that day, of every region.
        absences: Those that hold on that day.
        municipality: Which part of the region, where it is split between persons.
    """
    away = {absence.person.id: absence for absence in absences}
    standing: list[Standing] = []
    gaps: list[Side] = []
    missing: list[Absence] = []
    for side in Side:
        theirs = assigned(region, side, municipality, assignments)
        missing += [away[a.person.id] for a in theirs if a.person.id in away]
        there = _present(theirs, away)
        standing += there
        if not there:
            gaps.append(side)
    if not standing:
        standing = _neighbours(region, assignments, away)
    return Duo(region, day, tuple(standing), tuple(missing), tuple(gaps))


def one_side(whole: Duo, side: Side) -> Duo:
    """Return the same with one side of the tandem alone."""
    return replace(
        whole,
        standing=tuple(s for s in whole.standing if s.side is side),
        empty_sides=tuple(empty for empty in whole.empty_sides if empty is side),
    )


def instead_of(
    person: Person,
    day: date,
    assignments: Sequence[Assignment],
    absences: Sequence[Absence],
) -> tuple[Standing, ...]:
    """Return who stands where somebody stands: they themselves, or whoever takes over that day.

    Where nobody has their side of the tandem that day, it is whom `duo` names instead.
    """
    found: dict[tuple[int, Side], Standing] = {}
    for mine in (a for a in assignments if a.person.id == person.id):
        part = mine.municipalities[0] if mine.municipalities else None
        standing = duo(mine.region, day, assignments, absences, municipality=part).standing
        same_side = [s for s in standing if s.side is mine.side and s.via is not Via.NEIGHBOUR]
        own = [s for s in same_side if person.id in {s.person.id, _covered(s)}]
        for one in own or same_side or standing:
            found.setdefault((one.person.id, one.side), one)
    return tuple(found.values())


def _covered(standing: Standing) -> int | None:
    return standing.covering_for.id if standing.covering_for else None


def assigned(
    region: Region, side: Side, municipality: str | None, assignments: Sequence[Assignment]
) -> list[Assignment]:
    """Return who stands for a side of a region, or of this part of it, away or not."""
    here = [a for a in assignments if a.region is region and a.side is side]
    # Who has this very municipality comes instead of who has the region as a whole.
    own_part = [a for a in here if municipality in a.municipalities]
    return own_part or [a for a in here if municipality is None or not a.municipalities]


def _present(assigned: Sequence[Assignment], away: dict[int, Absence]) -> list[Standing]:
    there = [
        Standing(a.person, a.side, a.region, Via.ASSIGNED, a)
        for a in assigned
        if a.person.id not in away
    ]
    named = {standing.person.id for standing in there}
    for assignment in assigned:
        absence = away.get(assignment.person.id)
        cover = absence and _cover(absence, away)
        if absence and cover and cover.id not in named:
            named.add(cover.id)
            there.append(
                Standing(
                    cover,
                    assignment.side,
                    assignment.region,
                    Via.COVER,
                    assignment,
                    covering_for=assignment.person,
                    until=absence.last_day,
                )
            )
    return there


def _cover(absence: Absence, away: dict[int, Absence]) -> Person | None:
    # A cover may have fallen ill after being named: then their own cover takes over, and so on.
    seen = {absence.person.id}
    cover = absence.cover
    while cover is not None and cover.id in away and cover.id not in seen:
        seen.add(cover.id)
        cover = away[cover.id].cover
    return cover if cover is not None and cover.id not in away else None


def _neighbours(
    region: Region, assignments: Sequence[Assignment], away: dict[int, Absence]
) -> list[Standing]:
    for neighbour in region.neighbours:
        found: list[Standing] = []
        for side in Side:
            found += _present(assigned(neighbour, side, None, assignments), away)
        if found:
            return [
                Standing(
                    s.person,
                    s.side,
                    s.region,
                    Via.NEIGHBOUR if s.via is Via.ASSIGNED else s.via,
                    s.assignment,
                    s.covering_for,
                    s.until,
                )
                for s in found
            ]
    return []
