"""What an answer states, precise enough to see later whether it still holds (F52).

Who stands for a side of a region, or who a person is, is kept as it was said; an entry of the
directory by its version. Absences are no such facts: they are true on their day.
"""

from collections.abc import Iterable, Sequence

from handlers.duo import assigned
from store.directory import Offering
from store.records import Assignment, Fact, FactKind, Person, Region, Side

APART = " · "
"""Between two people who stand for the same side."""


def duties(
    region: Region,
    municipality: str | None,
    assignments: Sequence[Assignment],
    sides: Iterable[Side] = tuple(Side),
) -> tuple[Fact, ...]:
    """Return who stands for these sides of a region, or of the part in which a place lies."""
    found: list[Fact] = []
    for side in sides:
        theirs = assigned(region, side, municipality, assignments)
        split = municipality if any(a.municipalities for a in theirs) else ""
        record = f"{region.value}/{side.value}/{split or ''}"
        value = APART.join(sorted({_written(a.person) for a in theirs}))
        found.append(Fact(FactKind.DUTY, record=record, value=value))
    return tuple(found)


def person(one: Person, assignments: Sequence[Assignment]) -> Fact:
    """Return who somebody is and where they stand."""
    regions = dict.fromkeys(a.region.label for a in assignments if a.person.id == one.id)
    return Fact(FactKind.PERSON, one.id, value=", ".join((_written(one), *regions)))


def entries(kind: FactKind, found: Iterable[Offering]) -> tuple[Fact, ...]:
    """Return entries as a line of a list shows them, or as their card does."""
    return tuple(Fact(kind, one.id, version=one.version) for one in found)


def as_it_is_now(
    fact: Fact, assignments: Sequence[Assignment], people: Iterable[Person]
) -> Fact | None:
    """Return a fact about people as it is now; None when there is no such person any more."""
    if fact.kind is FactKind.PERSON:
        who = next((one for one in people if one.id == fact.number), None)
        return person(who, assignments) if who else None
    region, side, municipality = fact.record.split("/", 2)
    return duties(Region(region), municipality or None, assignments, [Side(side)])[0]


def _written(one: Person) -> str:
    return f"{one.name} ({one.email})"
