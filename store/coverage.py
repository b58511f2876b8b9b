"""Who stands for which region, since when, and who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from store.audit import Audit
from store.days import day_of
from store.memory import Recall
from store.people import person_of
from store.records import Absence, Assignment, Provenance, Region, Side
from store.tables import AbsenceRow, AssignmentRow, PersonRow


@dataclass(frozen=True, slots=True)
class Replacement:
    """Who stands somewhere from a day on.

    Attributes:
        since: The first day.
        name: Their name.
        email: Their address; empty for nobody.
    """

    since: date
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What changed, for whoever was told otherwise before (F52).

    Attributes:
        old: The assignment as it is now, with its last day.
        new: The one that follows it; None when nobody does.
        since: The first day on which an earlier answer is wrong.
    """

    old: Assignment
    new: Assignment | None
    since: date


class Coverage:
    """The part of the store that knows assignments and absences."""

    def __init__(self, session: Session, audit: Audit, recall: Recall) -> None:
        """Read and write through this session, and remember what it read."""
        self._session = session
        self._audit = audit
        self._recall = recall

    def assignments(self, day: date) -> Sequence[Assignment]:
        """Return every assignment that holds on this day, by region, side and name.

        An assignment without a first day holds from ever on: its source does not say since when.
        """
        return self.assignments_between(day, day)

    def assignments_between(self, first: date, last: date) -> Sequence[Assignment]:
        """Return every assignment that holds on any of these days (both included)."""
        return [
            one
            for one in self._recall.of("assignments", self._every_assignment)
            if (one.valid_from is None or one.valid_from <= last)
            and (one.valid_to is None or one.valid_to >= first)
        ]

    def assignment(self, number: int) -> Assignment | None:
        """Return the assignment with this number."""
        found = self._session.execute(_query().where(AssignmentRow.id == number)).first()
        return _assignment(*found) if found else None

    def confirm(self, number: int, by: int | None, now: datetime, actor: str) -> None:
        """Write down that an assignment still holds; no seed file touches it from then on.

        Args:
            number: Of the assignment.
            by: The number of the person who says so; None for nobody known by name.
            now: When (UTC).
            actor: Who, for the audit.
        """
        row = self._session.get_one(AssignmentRow, number, with_for_update=True)
        row.confirmed_at = row.changed_at = now
        row.confirmed_by = by
        self._audit.note(now, actor, "assignment.confirm", f"assignment:{number}")

    def replace(
        self, number: int, by: Replacement, source: str, now: datetime, actor: str
    ) -> Replaced | Literal["before", "over", "already"]:
        """Let an assignment end the day before another begins; no row is ever thrown away (F04).

        Args:
            number: Of the assignment that ends.
            by: Who comes instead; somebody whom Brug does not know yet is added.
            source: Who says so, in words.
            now: When (UTC).
            actor: Who, for the audit.

        Returns:
            What changed; or why nothing did: the day is "before" its beginning, it was "over" by
            then, or who comes stands there "already" on one of those days.
        """
        row = self._session.get_one(AssignmentRow, number, with_for_update=True)
        if row.valid_from is not None and row.valid_from >= by.since:
            return "before"
        if row.valid_to is not None and row.valid_to < by.since:
            return "over"
        until, said = row.valid_to, {"source": source, "as_of": day_of(now), "changed_at": now}
        following: AssignmentRow | None = None
        if by.email:
            key = by.email.strip().lower()
            person = self._session.scalar(select(PersonRow).where(PersonRow.email_key == key))
            if person is not None and self._stands(person.id, row, by.since):
                return "already"
            if person is None:
                person = PersonRow(name=by.name, email=by.email, email_key=key, **said)
                self._session.add(person)
                self._session.flush()
                self._audit.note(now, actor, "person.add", f"person:{person.id}")
            following = AssignmentRow(
                person_id=person.id,
                side=row.side,
                region=row.region,
                municipalities=list(row.municipalities),
                valid_from=by.since,
                valid_to=until,
                url="",
                confirmed_at=None,
                confirmed_by=None,
                **said,
            )
            self._session.add(following)
        row.valid_to = by.since - timedelta(days=1)
        row.changed_at = now
        self._session.flush()
        self._audit.note(now, actor, "assignment.end", f"assignment:{row.id}")
        if following is not None:
            self._audit.note(now, actor, "assignment.begin", f"assignment:{following.id}")
        new = self.assignment(following.id) if following is not None else None
        old = self.assignment(row.id)
        if old is None:
            raise LookupError
        return Replaced(old, new, by.since)

    def _stands(self, person: int, there: AssignmentRow, since: date) -> bool:
        """Return whether somebody stands in the same place on any day from this one on."""
        same = select(AssignmentRow.id).where(
            AssignmentRow.person_id == person,
            AssignmentRow.side == there.side,
            AssignmentRow.region == there.region,
            or_(AssignmentRow.valid_to.is_(None), AssignmentRow.valid_to >= since),
        )
        return self._session.scalar(same.limit(1)) is not None

    def absences(self, day: date) -> Sequence[Absence]:
        """Return who is away on this day, the first registered first."""
        standing = self._recall.of("absences", self._every_absence)
        return [one for one in standing if one.first_day <= day <= one.last_day]

    def _every_assignment(self) -> tuple[Assignment, ...]:
        return tuple(_assignment(*found) for found in self._session.execute(_query()))

    def _every_absence(self) -> tuple[Absence, ...]:
        cover = aliased(PersonRow)
        query = (
            select(AbsenceRow, PersonRow, cover)
            .join(PersonRow, PersonRow.id == AbsenceRow.person_id)
            .outerjoin(cover, cover.id == AbsenceRow.cover_id)
            .where(AbsenceRow.withdrawn_at.is_(None))
            .order_by(AbsenceRow.id)
        )
        return tuple(_absence(*found) for found in self._session.execute(query))


def _query() -> Select[AssignmentRow, PersonRow, PersonRow]:
    confirmer = aliased(PersonRow)
    return (
        select(AssignmentRow, PersonRow, confirmer)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .outerjoin(confirmer, confirmer.id == AssignmentRow.confirmed_by)
        .order_by(AssignmentRow.region, AssignmentRow.side, PersonRow.name, AssignmentRow.id)
    )


def _assignment(row: AssignmentRow, person: PersonRow, confirmer: PersonRow | None) -> Assignment:
    return Assignment(
        id=row.id,
        person=person_of(person),
        side=Side(row.side),
        region=Region(row.region),
        municipalities=tuple(row.municipalities),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        provenance=Provenance(row.source, row.as_of),
        url=row.url,
        confirmed_at=row.confirmed_at,
        confirmed_by=person_of(confirmer) if confirmer else None,
    )


def _absence(row: AbsenceRow, person: PersonRow, cover: PersonRow | None) -> Absence:
    return Absence(
        id=row.id,
        person=person_of(person),
        first_day=row.first_day,
        last_day=row.last_day,
        cover=person_of(cover) if cover else None,
    )
