"""Load the seed files: idempotent, versioned, and never over what a person changed later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, inspect, select, text, tuple_, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.gazetteer import PAIR
from store.gazetteer import REVISION as GAZETTEER
from store.records import Gazetteer, Provenance
from store.revisions import Revisions
from store.seeds.coordinators import Contact
from store.tables import (
    AreaRow,
    AssignmentRow,
    CommonWordRow,
    HomonymRow,
    OutsideRow,
    PersonRow,
    PlaceRow,
    Row,
    SeedRow,
)

_LOCK = 0x62727567
"""Number of PostgreSQL's advisory lock for seeding ("brug" in ASCII)."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one seed did, in rows.

    Attributes:
        name: "gazetteer" or "coordinators".
        added: New rows.
        updated: Rows that the file now says differently.
        removed: Rows that the file no longer has.
        kept: Rows that the file would have changed, had a person not changed them before.
    """

    name: str
    added: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0

    def plus(self, other: "Loaded") -> "Loaded":
        """Return both together."""
        return Loaded(
            self.name,
            self.added + other.added,
            self.updated + other.updated,
            self.removed + other.removed,
            self.kept + other.kept,
        )


class Seeds:
    """The part of the store that fills it from files."""

    def __init__(self, session: Session, revisions: Revisions, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._revisions = revisions
        self._audit = audit

    def lock(self) -> None:
        """Keep other replicas from seeding until this transaction ends."""
        if self._session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
            self._session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

    def version(self, name: str) -> str:
        """Return which version of a seed was loaded last; empty if none."""
        row = self._session.get(SeedRow, name)
        return row.version if row else ""

    def versions(self) -> Mapping[str, str]:
        """Return which version of each seed was loaded last, by its name."""
        return {row.name: row.version for row in self._session.scalars(select(SeedRow))}

    def note(self, name: str, version: str, now: datetime) -> None:
        """Write down that this version was loaded."""
        self._session.merge(SeedRow(name=name, version=version, loaded_at=now))
        self._audit.note(now, "system", "seed.load", f"seed:{name}")

    def load_gazetteer(self, gazetteer: Gazetteer) -> Loaded:
        """Make the names of places what the files say, but for those that a person changed."""
        done = Loaded("gazetteer")
        for table, rows in _rows_of(gazetteer).items():
            done = done.plus(self._make_equal(done.name, table, rows))
        self._revisions.bump(GAZETTEER)
        return done

    def load_coordinators(self, contacts: Sequence[Contact]) -> Loaded:
        """Make persons and assignments what the file says, but for those that a person changed.

        Nobody is removed: who leaves gets a last day, and stays in the history (F04).
        """
        added = updated = kept = 0
        for contact in contacts:
            key = contact.email.lower()
            person = self._session.scalar(select(PersonRow).where(PersonRow.email_key == key))
            values = {"name": contact.name, "email": contact.email, **_said(contact.provenance)}
            if person is None:
                person = PersonRow(email_key=key, changed_at=None, **values)
                self._session.add(person)
                self._session.flush()
                added += 1
            elif _differs(person, values):
                updated, kept = _overwrite(person, values, updated, kept)
            assignment = self._session.scalar(
                select(AssignmentRow).where(
                    AssignmentRow.person_id == person.id,
                    AssignmentRow.side == contact.side.value,
                    AssignmentRow.region == contact.region.value,
                )
            )
            values = {
                "municipalities": list(contact.municipalities),
                "valid_from": contact.valid_from,
                "valid_to": contact.valid_to,
                "url": contact.url,
                **_said(contact.provenance),
            }
            if assignment is None:
                row = AssignmentRow(
                    person_id=person.id,
                    side=contact.side.value,
                    region=contact.region.value,
                    changed_at=None,
                    confirmed_at=None,
                    confirmed_by=None,
                    **values,
                )
                self._session.add(row)
                added += 1
            elif _differs(assignment, values):
                updated, kept = _overwrite(assignment, values, updated, kept)
        return Loaded("coordinators", added=added, updated=updated, kept=kept)

    def _make_equal(
        self, name: str, table: type[Row], rows: Mapping[tuple[str, ...], dict[str, Any]]
    ) -> Loaded:
        key_columns = inspect(table).primary_key
        columns = list(table.__table__.columns)
        found = {
            tuple(row[column.name] for column in key_columns): row
            for row in self._session.execute(select(*columns)).mappings()
        }
        new = [row for key, row in rows.items() if key not in found]
        differing = [
            (key, row)
            for key, row in rows.items()
            if key in found and any(found[key][field] != value for field, value in row.items())
        ]
        free = [row for key, row in differing if found[key]["changed_at"] is None]
        gone = [key for key, row in found.items() if key not in rows and row["changed_at"] is None]
        if new:
            self._session.execute(insert(table), [{**row, "changed_at": None} for row in new])
        if free:
            self._session.execute(update(table), free)
        if gone:
            self._session.execute(delete(table).where(tuple_(*key_columns).in_(gone)))
        return Loaded(name, len(new), len(free), len(gone), len(differing) - len(free))


def _rows_of(
    gazetteer: Gazetteer,
) -> Mapping[type[Row], Mapping[tuple[str, ...], dict[str, Any]]]:
    places = {
        (p.name, p.kind.value, p.municipality): {
            "name": p.name,
            "kind": p.kind.value,
            "municipality": p.municipality,
            "region": p.region.value,
            "postcodes": list(p.postcodes),
            "aliases": list(p.aliases),
            "ended": p.ended,
            **_said(p.provenance),
        }
        for p in gazetteer.places
    }
    areas = {
        (a.name, a.kind): {
            "name": a.name,
            "kind": a.kind,
            "regions": [region.value for region in a.regions],
            "municipalities": {region.value: count for region, count in a.municipalities},
            "aliases": list(a.aliases),
            **_said(a.provenance),
        }
        for a in gazetteer.areas
    }
    homonyms = {
        (h.name,): {
            "name": h.name,
            "default": PAIR.join(h.default or ()),
            "candidates": [PAIR.join(pair) for pair in h.candidates],
            **_said(h.provenance),
        }
        for h in gazetteer.homonyms
    }
    outside = {
        (o.name, o.country): {
            "name": o.name,
            "country": o.country,
            "aliases": list(o.aliases),
            "postcodes": list(o.postcodes),
            **_said(o.provenance),
        }
        for o in gazetteer.outside
    }
    common = {
        (word,): {"word": word, **_said(gazetteer.places[0].provenance)}
        for word in sorted(gazetteer.common_words)
    }
    return {
        PlaceRow: places,
        AreaRow: areas,
        HomonymRow: homonyms,
        OutsideRow: outside,
        CommonWordRow: common,
    }


def _said(provenance: Provenance) -> dict[str, Any]:
    return {"source": provenance.source, "as_of": provenance.as_of}


def _differs(row: PersonRow | AssignmentRow, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, field) != value for field, value in values.items())


def _overwrite(
    row: PersonRow | AssignmentRow, values: Mapping[str, Any], updated: int, kept: int
) -> tuple[int, int]:
    if row.changed_at is not None:
        return updated, kept + 1
    for field, value in values.items():
        setattr(row, field, value)
    return updated + 1, kept
