"""Who stands for which region, since when, and who is away."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from store.audit import Audit
from store.people import person_of
from store.records import Absence, Assignment, Provenance, Region, Side
from store.tables import AbsenceRow, AssignmentRow, PersonRow


class Coverage:
    """The part of the store that knows assignments and absences."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def assignments(self, day: date) -> Sequence[Assignment]:
        """Return every assignment that holds on this day, by region, side and name.

        An assignment without a first day holds from ever on: its source does not say since when.
        """
        confirmer = aliased(PersonRow)
        query = (
            select(AssignmentRow, PersonRow, confirmer)
            .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
            .outerjoin(confirmer, confirmer.id == AssignmentRow.confirmed_by)
            .where(or_(AssignmentRow.valid_from.is_(None), AssignmentRow.valid_from <= day))
            .where(or_(AssignmentRow.valid_to.is_(None), AssignmentRow.valid_to >= day))
            .order_by(AssignmentRow.region, AssignmentRow.side, PersonRow.name, AssignmentRow.id)
        )
        return [_assignment(*found) for found in self._session.execute(query)]

    def absences(self, day: date) -> Sequence[Absence]:
        """Return who is away on this day, the first registered first."""
        cover = aliased(PersonRow)
        query = (
            select(AbsenceRow, PersonRow, cover)
            .join(PersonRow, PersonRow.id == AbsenceRow.person_id)
            .outerjoin(cover, cover.id == AbsenceRow.cover_id)
            .where(AbsenceRow.first_day <= day, AbsenceRow.last_day >= day)
            .where(AbsenceRow.withdrawn_at.is_(None))
            .order_by(AbsenceRow.id)
        )
        return [_absence(*found) for found in self._session.execute(query)]


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
