"""What an import would do, and doing it: in one transaction, and nothing twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process

from store.days import day_of
from store.directory import Offering
from store.interchange.columns import OWN_ID
from store.interchange.reading import Reading, ReadRow
from store.offerings import Offerings
from store.search.dutch import fold

ALIKE = 90
"""Of 100: how much two names of one organisation resemble each other to be a likely double."""

_LARGEST_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that the file says differently.

    Attributes:
        line: Where in the file.
        before: As it is.
        values: The fields that change.
    """

    line: int
    before: Offering
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Double:
    """A new row that looks like an entry that is there already.

    Attributes:
        line: Where in the file.
        name: What the file calls it.
        like: The entry that it resembles.
    """

    line: int
    name: str
    like: Offering


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        new: Rows that are not there yet.
        changed: Entries that change.
        same: How many stay as they are.
        kept: Entries that the file says differently, but that a person confirmed or changed later.
        doubles: New rows that may be doubles; proposed, never merged unasked.
    """

    new: tuple[ReadRow, ...]
    changed: tuple[Changed, ...]
    same: int
    kept: tuple[Changed, ...]
    doubles: tuple[Double, ...]


def compare(reading: Reading, offerings: Offerings) -> Plan:
    """Return what importing a file would do."""
    there = offerings.all()
    touched = offerings.touched()
    by_id = {one.external_id: one for one in there if one.external_id}
    # What our own export calls an entry that came without an id of its own.
    by_number = {f"{OWN_ID}{one.id}": one for one in there if not one.external_id}
    by_name = {_key(one): one for one in there}
    new: list[ReadRow] = []
    changed: list[Changed] = []
    kept: list[Changed] = []
    same = 0
    for row in reading.rows:
        one = row.offering
        before = by_id.get(one.external_id) if one.external_id else by_name.get(_key(one))
        if before is None:
            before = by_number.get(one.external_id)
        if before is None:
            new.append(row)
            continue
        values = {
            name: getattr(one, name)
            for name in sorted(row.given)
            if getattr(one, name) != getattr(before, name)
            and not (name == "external_id" and one.external_id.startswith(OWN_ID))
        }
        if not values:
            same += 1
        elif _confirmed_later(touched.get(before.id), one):
            kept.append(Changed(row.line, before, values))
        else:
            changed.append(Changed(row.line, before, values))
    return Plan(tuple(new), tuple(changed), same, tuple(kept), tuple(_doubles(new, there)))


def apply(plan: Plan, offerings: Offerings, *, at: datetime, actor: str, source: str) -> None:
    """Do what a plan says.

    Args:
        plan: Made in the same transaction, so that nothing changed in between.
        offerings: The directory.
        at: When (UTC).
        actor: Who, for the audit.
        source: Who says so, for the card.
    """
    offerings.add_all([row.offering for row in plan.new], at)
    offerings.change_all(
        [(one.before, one.values) for one in plan.changed],
        at=at,
        actor=actor,
        source=source,
        by_person=False,
    )
    offerings.note_import(at, actor, len(plan.new), len(plan.changed))


def _key(one: Offering) -> tuple[str, ...]:
    places = sorted(map(fold, one.locations))
    return one.kind.value, fold(one.name), fold(one.organization), *places


def _confirmed_later(touched: datetime | None, one: Offering) -> bool:
    """Return whether a person spoke of an entry after the file's own date."""
    if touched is None:
        return False
    return one.assured_date is None or day_of(touched) >= one.assured_date


def _doubles(new: Sequence[ReadRow], there: Sequence[Offering]) -> Iterable[Double]:
    if not new or not there:
        return
    by_name: dict[str, Offering] = {}
    by_organization: dict[str, list[Offering]] = {}
    for one in there:
        by_name.setdefault(fold(one.name), one)
        if one.organization:
            by_organization.setdefault(fold(one.organization), []).append(one)
    names = {key: [fold(one.name) for one in theirs] for key, theirs in by_organization.items()}
    for row in new:
        one = row.offering
        organization, name = fold(one.organization), fold(one.name)
        like = by_name.get(name)
        # The same name at another organisation is another thing, unless one of them says none.
        if like and (not organization or not like.organization):
            yield Double(row.line, one.name, like)
            continue
        block = names.get(organization, ())
        if not 0 < len(block) <= _LARGEST_BLOCK:
            continue
        best = process.extractOne(name, block, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        if best is not None:
            yield Double(row.line, one.name, by_organization[organization][best[2]])
