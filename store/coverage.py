"""Who stands for which region, since when, and who is away."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from store.audit import Audit
from store.memory import Recall
from store.people import person_of
from store.records import Absence, Assignment, Provenance, Region, Side
from store.tables import AbsenceRow, AssignmentRow, PersonRow


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
