"""Offerings and everything like them: read, change, confirm; every change is a version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session as Connection

from store.audit import Audit
from store.directory import Change, Offering, OfferingKind, Session
from store.memory import Recall
from store.records import Provenance, Region
from store.revisions import Revisions
from store.search.dutch import fold
from store.search.entry import Level, Status
from store.tables import (
    OrganizationRow,
    PracticeUseRow,
    ScheduleRow,
    ServiceChangeRow,
    ServiceRow,
)
from store.upsert import insert_or_ignore

REVISION = "directory"
"""The counter that goes up with every change of the directory."""

TEXT_LISTS = frozenset({"levels", "themes", "tags", "regions", "locations"})
_ELSEWHERE = frozenset({"id", "organization", "sessions", "provenance", "last_modified"})
COLUMNS = tuple(one.name for one in fields(Offering) if one.name not in _ELSEWHERE)
"""The fields of an offering that are columns of `ServiceRow` by the same name."""

_CHUNK = 500
"""Rows that one statement names: PostgreSQL's and SQLite's limits lie far higher."""


class Offerings:
    """The part of the store that knows the directory."""

    def __init__(
        self,
        session: Connection,
        audit: Audit,
        revisions: Revisions,
        recall: Recall | None = None,
    ) -> None:
        """Read and write through this session, and remember what it read."""
        self._session = session
        self._audit = audit
        self._revisions = revisions
        self._recall = recall or Recall(None, revisions)

    # ------------------------------------------------------------------ reading

    def revision(self) -> int:
        """Return how often the directory was changed."""
        return self._revisions.of(REVISION)

    def get(self, number: int) -> Offering | None:
        """Return an entry by its number."""
        return next(iter(self.many([number])), None)

    def many(self, numbers: Sequence[int]) -> list[Offering]:
        """Return these entries in this order, those that do not exist left out."""
        found: dict[int, Offering] = {}
        for at in range(0, len(numbers), _CHUNK):
            chunk = numbers[at : at + _CHUNK]
            found |= {one.id: one for one in self._read(ServiceRow.id.in_(chunk))}
        return [found[number] for number in numbers if number in found]

    def all(self) -> list[Offering]:
        """Return the whole directory, by number."""
        return self._read()

    def since(self, revision: int, until: int | None = None) -> list[Offering]:
        """Return what changed after this revision, by number; 0 gives everything.

        Args:
            revision: After which.
            until: Up to which, included: what changed again after that is left out.
        """
        after = [ServiceRow.revision > revision] if revision else []
        return self._read(*after, *([] if until is None else [ServiceRow.revision <= until]))

    def size(self) -> int:
        """Return how many entries there are."""
        return self._session.scalar(select(func.count()).select_from(ServiceRow)) or 0

    def taking_place(self, kinds: Iterable[OfferingKind], after: datetime) -> list[Offering]:
        """Return entries of these kinds with a session that begins after a moment (UTC)."""
        soon = select(ScheduleRow.service_id).where(ScheduleRow.begins > after)
        wanted = ServiceRow.kind.in_([kind.value for kind in kinds])
        return self._read(wanted, ServiceRow.id.in_(soon), ServiceRow.status != Status.DEFUNCT)

    def owned_by(self, email: str) -> list[Offering]:
        """Return the entries that somebody may confirm as their own."""
        key = email.strip().lower()
        return self._read(ServiceRow.owner_email == key) if key else []

    def is_owner(self, email: str) -> bool:
        """Return whether any entry belongs to this address."""
        key = email.strip().lower()
        return bool(key) and key in self._recall.of("owners", self._owners, REVISION)

    def touched(self) -> Mapping[int, datetime]:
        """Return which entries a person changed or confirmed, and when (UTC), by their number."""
        query = select(ServiceRow.id, ServiceRow.changed_at).where(
            ServiceRow.changed_at.is_not(None)
        )
        return {row.id: row.changed_at for row in self._session.execute(query)}

    def changes(self, number: int) -> list[Change]:
        """Return every change of an entry, the newest first."""
        query = (
            select(ServiceChangeRow)
            .where(ServiceChangeRow.service_id == number)
            .order_by(ServiceChangeRow.version.desc(), ServiceChangeRow.id)
        )
        return [
            Change(row.field, row.old, row.new, row.at, row.source)
            for row in self._session.scalars(query)
        ]

    def coverage(self) -> Mapping[Region, tuple[int, int]]:
        """Return per region how many entries serve it, and how many of those are confirmed.

        That figure is public (F15). What serves all of Flanders counts in every region.
        """
        query = select(ServiceRow.regions, ServiceRow.assured_date).where(
            ServiceRow.status != Status.DEFUNCT
        )
        counted: dict[Region, tuple[int, int]] = dict.fromkeys(Region, (0, 0))
        for names, assured in self._session.execute(query):
            for region in [Region(name) for name in names] or list(Region):
                total, confirmed = counted[region]
                counted[region] = total + 1, confirmed + (assured is not None)
        return counted

    def _owners(self) -> frozenset[str]:
        return frozenset(self._session.scalars(select(ServiceRow.owner_email).distinct()))

    def confirmed(self) -> tuple[int, int]:
        """Return how many entries there are, and how many of those are confirmed."""
        query = select(func.count(), func.count(ServiceRow.assured_date)).where(
            ServiceRow.status != Status.DEFUNCT
        )
        total, confirmed = self._session.execute(query).one()
        return total, confirmed

    # ------------------------------------------------------------------ writing

    def hold(self) -> None:
        """Keep others from changing the directory until this transaction ends.

        What is read after it is what will be changed: who reads first and changes then would write
        over what another changed in between, and give it the same version.
        """
        self._revisions.hold(REVISION)

    def next_revision(self) -> int:
        """Count one more change of the directory, and return the new number.

        The row stays locked until this transaction ends, so that numbers become visible in order.
        """
        self._revisions.bump(REVISION)
        self._session.flush()
        return self.revision()

    def add(self, offering: Offering, at: datetime, actor: str) -> Offering:
        """Store a new entry.

        Returns:
            It, with its number.
        """
        number = self.add_all([offering], at)[0]
        self._audit.note(at, actor, "offering.add", f"offering:{number}")
        return self.many([number])[0]

    def add_all(self, offerings: Sequence[Offering], at: datetime) -> list[int]:
        """Store new entries in one go, and return their numbers in the same order."""
        if not offerings:
            return []
        # Whoever counts a revision is alone until the end, so the next numbers are free.
        revision = self.next_revision()
        first = (self._session.scalar(select(func.max(ServiceRow.id))) or 0) + 1
        organizations = self._organizations({one.organization for one in offerings})
        numbers = list(range(first, first + len(offerings)))
        self._session.execute(
            insert(ServiceRow),
            [
                {
                    **{name: _column(name, getattr(one, name)) for name in COLUMNS},
                    "id": number,
                    "organization_id": organizations.get(fold(one.organization)),
                    "last_modified": one.last_modified or at,
                    "source": one.provenance.source,
                    "as_of": one.provenance.as_of,
                    "changed_at": None,
                    "revision": revision,
                    "asked": 0,
                }
                for number, one in zip(numbers, offerings, strict=True)
            ],
        )
        self._add_sessions(
            {number: one.sessions for number, one in zip(numbers, offerings, strict=True)}
        )
        return numbers

    def note_import(self, at: datetime, actor: str, added: int, changed: int) -> None:
        """Write down that a file was imported, and how much of it."""
        self._audit.note(at, actor, "directory.import", f"added:{added},changed:{changed}")

    def change(  # noqa: PLR0913 - who, when and by whose word belong to every change
        self,
        number: int,
        values: Mapping[str, Any],
        *,
        at: datetime,
        actor: str,
        source: str,
        by_person: bool = True,
    ) -> Offering | None:
        """Change fields of an entry: a new version, with old and new.

        Args:
            number: Which entry.
            values: Fields of `Offering` with their new values; what stays the same is no change.
            at: When (UTC).
            actor: Who, for the audit.
            source: Who says so, for the card.
            by_person: Whether no import may overwrite it from now on.

        Returns:
            The entry as it is now; None when there is no such entry.
        """
        self.hold()
        before = self.get(number)
        if before is None:
            return None
        self.change_all([(before, values)], at=at, actor=actor, source=source, by_person=by_person)
        self._audit.note(at, actor, "offering.change", f"offering:{number}")
        return self.get(number)

    def change_all(
        self,
        changes: Sequence[tuple[Offering, Mapping[str, Any]]],
        *,
        at: datetime,
        actor: str,
        source: str,
        by_person: bool,
    ) -> int:
        """Change many entries in one go, and return how many really changed.

        They were read after `hold`, in this transaction.
        """
        real = [(one, _different(one, values)) for one, values in changes]
        real = [(one, values) for one, values in real if values]
        if not real:
            return 0
        revision = self.next_revision()
        named = {values["organization"] for _, values in real if "organization" in values}
        organizations = self._organizations(named)
        # Measured: row by row, 2,000 changes kept all other writers waiting for seconds.
        self._session.execute(
            insert(ServiceChangeRow),
            [
                {
                    "service_id": one.id,
                    "version": one.version + 1,
                    "field": name,
                    "old": as_text(getattr(one, name)),
                    "new": as_text(value),
                    "at": at,
                    "actor": actor,
                    "source": source,
                }
                for one, values in real
                for name, value in values.items()
            ],
        )
        self._session.execute(
            update(ServiceRow),
            [
                {
                    **_written(values, organizations),
                    "id": one.id,
                    "version": one.version + 1,
                    "last_modified": at,
                    "revision": revision,
                    **({"changed_at": at} if by_person else {}),
                }
                for one, values in real
            ],
        )
        self._replace_sessions(
            {one.id: values["sessions"] for one, values in real if "sessions" in values}
        )
        self._session.flush()
        self._session.expunge_all()
        return len(real)

    def confirm(self, number: int, *, day: date, by: str, at: datetime, actor: str) -> None:
        """Write down that an entry still holds.

        Args:
            number: Which entry.
            day: The day in Brussels.
            by: Who says so, by name.
            at: When (UTC).
            actor: Who, for the audit.
        """
        self._session.execute(
            update(ServiceRow)
            .where(ServiceRow.id == number)
            .values(assured_date=day, assured_by=by, changed_at=at, revision=self.next_revision())
        )
        self._audit.note(at, actor, "offering.confirm", f"offering:{number}")

    def count_asked(self, number: int) -> None:
        """Count that somebody opened the card of an entry; nobody knows who."""
        self._session.execute(
            update(ServiceRow).where(ServiceRow.id == number).values(asked=ServiceRow.asked + 1)
        )

    # ------------------------------------------------------------------ practices

    def uses(self, number: int) -> dict[str, datetime]:
        """Return the places that say that they applied a practice, by name, and when they did."""
        query = (
            select(PracticeUseRow.place, PracticeUseRow.said_at)
            .where(PracticeUseRow.service_id == number)
            .order_by(PracticeUseRow.place)
        )
        return {row.place: row.said_at for row in self._session.execute(query)}

    def add_use(self, number: int, place: str, at: datetime, actor: str) -> bool:
        """Write down that a place applied a practice, and return whether that was new."""
        new = insert_or_ignore(
            self._session, PracticeUseRow, service_id=number, place=place, said_at=at
        )
        if new:
            self._audit.note(at, actor, "practice.use", f"offering:{number}")
        return new

    # ------------------------------------------------------------------ inside

    def _read(self, *conditions: Any) -> list[Offering]:  # noqa: ANN401 - SQLAlchemy's conditions
        query = (
            # Columns instead of mapped objects: 25,000 entries are read three times as fast.
            select(*ServiceRow.__table__.columns, OrganizationRow.name)
            .outerjoin(OrganizationRow, OrganizationRow.id == ServiceRow.organization_id)
            .where(*conditions)
            .order_by(ServiceRow.id)
        )
        times = select(
            ScheduleRow.service_id, ScheduleRow.begins, ScheduleRow.ends, ScheduleRow.place
        ).order_by(ScheduleRow.begins, ScheduleRow.id)
        if conditions:
            times = times.join(ServiceRow, ServiceRow.id == ScheduleRow.service_id)
            times = times.where(*conditions)
        sessions: dict[int, list[Session]] = {}
        for number, begins, ends, place in self._session.execute(times):
            sessions.setdefault(number, []).append(Session(begins, ends, place))
        return [
            _offering(row, sessions.get(row[0], ())) for row in self._session.execute(query).all()
        ]

    def _organizations(self, names: Iterable[str]) -> dict[str, int]:
        """Return the numbers of organisations by folded name; new ones are stored."""
        wanted = {fold(name): name for name in sorted(names) if name}
        found = self._organization_numbers(wanted)
        for key in wanted.keys() - found.keys():
            insert_or_ignore(self._session, OrganizationRow, name=wanted[key], name_key=key)
        return found | self._organization_numbers(wanted.keys() - found.keys())

    def _organization_numbers(self, keys: Iterable[str]) -> dict[str, int]:
        wanted = sorted(keys)
        found: dict[str, int] = {}
        for at in range(0, len(wanted), _CHUNK):
            query = select(OrganizationRow.name_key, OrganizationRow.id).where(
                OrganizationRow.name_key.in_(wanted[at : at + _CHUNK])
            )
            found |= {row.name_key: row.id for row in self._session.execute(query)}
        return found

    def _replace_sessions(self, sessions: Mapping[int, Sequence[Session]]) -> None:
        numbers = list(sessions)
        for at in range(0, len(numbers), _CHUNK):
            theirs = ScheduleRow.service_id.in_(numbers[at : at + _CHUNK])
            self._session.execute(delete(ScheduleRow).where(theirs))
        self._add_sessions(sessions)

    def _add_sessions(self, sessions: Mapping[int, Sequence[Session]]) -> None:
        times = [
            {"service_id": number, "begins": s.begins, "ends": s.ends, "place": s.place}
            for number, theirs in sessions.items()
            for s in theirs
        ]
        if times:
            self._session.execute(insert(ScheduleRow), times)


def as_text(value: object) -> str:
    """Return the value of a field as text, for a version and for who compares old and new."""
    if isinstance(value, Session):
        return " ".join(filter(None, map(as_text, (value.begins, value.ends, value.place))))
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return "; ".join(f"{key}: {as_text(part)}" for key, part in pairs)
    if isinstance(value, list | tuple):
        return "; ".join(map(as_text, cast("Sequence[object]", value)))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _different(one: Offering, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(one, name) != value}


def _written(values: Mapping[str, Any], organizations: Mapping[str, int]) -> dict[str, Any]:
    written = {name: _column(name, value) for name, value in values.items() if name in COLUMNS}
    if "organization" in values:
        written["organization_id"] = organizations.get(fold(values["organization"]))
    if "provenance" in values:
        written |= {"source": values["provenance"].source, "as_of": values["provenance"].as_of}
    return written


def _column(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if name in TEXT_LISTS:
        return [str(part).replace(";", ",") for part in value]
    if name == "details":
        return dict(value)
    return str(value.value) if isinstance(value, OfferingKind | Status) else value


def _offering(row: Any, sessions: Sequence[Session]) -> Offering:  # noqa: ANN401 - a row of columns
    return Offering(
        id=row.id,
        name=row.name,
        kind=OfferingKind(row.kind),
        organization=row[-1] or "",
        description=row.description,
        external_id=row.external_id,
        url=row.url,
        email=row.email,
        owner_email=row.owner_email,
        levels=tuple(map(Level, row.levels)),
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        themes=tuple(row.themes),
        tags=tuple(row.tags),
        regions=tuple(map(Region, row.regions)),
        locations=tuple(row.locations),
        status=Status(row.status),
        status_since=row.status_since,
        not_reached_by_education=row.not_reached_by_education,
        application_process=row.application_process,
        details=row.details,
        sessions=tuple(sessions),
        assured_date=row.assured_date,
        assured_by=row.assured_by,
        last_modified=row.last_modified,
        provenance=Provenance(row.source, row.as_of),
        invented=row.invented,
        version=row.version,
    )
