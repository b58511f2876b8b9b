"""What an import would do, and doing it: in one transaction, and nothing twice.

Comparing takes long, and only looks: it is done before anything is written, so that nobody waits
for it. Whoever changed the directory in between is noticed by its revision, and then it is
compared once more, while nobody else can change anything.
"""

import re
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

_WORD = re.compile(r"[^\W_]+")
_ABBREVIATED = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_SAYS_NOTHING = frozenset(
    {"de", "het", "een", "den", "t", "vzw", "ivzw", "asbl", "npo", "bv", "bvba", "nv", "cv"}
)
"""Articles and legal forms: one writes them, another does not."""


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
        reading: What the file says.
        revision: Of the directory that it was compared with.
        new: Rows that are not there yet.
        changed: Entries that change.
        same: How many stay as they are.
        kept: Entries that the file says differently, but that a person confirmed or changed later.
        doubles: New rows that may be doubles; proposed, never merged unasked.
    """

    reading: Reading
    revision: int
    new: tuple[ReadRow, ...]
    changed: tuple[Changed, ...]
    same: int
    kept: tuple[Changed, ...]
    doubles: tuple[Double, ...]


def compare(reading: Reading, offerings: Offerings) -> Plan:
    """Return what importing a file would do."""
    # First of all: what changes while this reads has a higher one.
    revision = offerings.revision()
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
    doubles = tuple(_doubles(new, there))
    return Plan(reading, revision, tuple(new), tuple(changed), same, tuple(kept), doubles)


def apply(plan: Plan, offerings: Offerings, *, at: datetime, actor: str, source: str) -> Plan:
    """Do what a plan says; if the directory changed since, what the same file says now.

    Args:
        plan: Made in this transaction or before it.
        offerings: The directory.
        at: When (UTC).
        actor: Who, for the audit.
        source: Who says so, for the card.

    Returns:
        What was done.
    """
    offerings.hold()
    if offerings.revision() != plan.revision:
        plan = compare(plan.reading, offerings)
    offerings.add_all([row.offering for row in plan.new], at)
    offerings.change_all(
        [(one.before, one.values) for one in plan.changed],
        at=at,
        actor=actor,
        source=source,
        by_person=False,
    )
    offerings.note_import(at, actor, len(plan.new), len(plan.changed))
    return plan


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
        by_name.setdefault(_squeezed(_telling(one.name)), one)
        if one.organization:
            by_organization.setdefault(_squeezed(_telling(one.organization)), []).append(one)
    names = {key: [_telling(one.name) for one in those] for key, those in by_organization.items()}
    for row in new:
        one = row.offering
        organization, name = _squeezed(_telling(one.organization)), _telling(one.name)
        like = by_name.get(_squeezed(name))
        # The same name at another organisation is another thing, unless one of them says none.
        if like and (not organization or not like.organization):
            yield Double(row.line, one.name, like)
            continue
        block = names.get(organization, ())
        if not 0 < len(block) <= _LARGEST_BLOCK:
            continue
        best = process.extractOne(name, block, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        best = best or process.extractOne(
            name, block, scorer=fuzz.ratio, processor=_squeezed, score_cutoff=ALIKE
        )
        if best is not None:
            yield Double(row.line, one.name, by_organization[organization][best[2]])


def _telling(name: str) -> str:
    """Return the words of a name, folded, without those that say nothing: "v.z.w." is "vzw"."""
    words = _WORD.findall(_ABBREVIATED.sub(r"\1", fold(name)))
    return " ".join([word for word in words if word not in _SAYS_NOTHING] or words)


def _squeezed(name: str) -> str:
    return name.replace(" ", "")
