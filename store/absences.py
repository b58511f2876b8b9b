"""Who is away, until when, and who takes over: registered, withdrawn, never thrown away."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, aliased

from store.audit import Audit
from store.people import person_of
from store.records import Absence
from store.tables import AbsenceRow, PersonRow
from store.upsert import insert_or_ignore

MOST = 200
"""Absences that one question returns at most."""


class Absences:
    """The part of the store that knows absences."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def hold(self, people: Iterable[int]) -> None:
        """Keep others from registering absences of these persons until this transaction ends.

        What is looked up after it stays true until it is written. SQLite has one writer anyway;
        the order of the numbers keeps two transactions from waiting for each other.
        """
        for number in sorted(set(people)):
            self._session.execute(
                select(PersonRow.id).where(PersonRow.id == number).with_for_update()
            )

    def register(
        self,
        absence: Absence,
        registered_by: int | None,
        now: datetime,
        actor: str,
    ) -> tuple[Absence, bool]:
        """Write down that somebody is away; the same absence twice is one.

        Args:
            absence: Who, when, and who takes over; its `id` is given here.
            registered_by: The number of the person who says so; None when it is nobody whom
                Brug knows by name.
            now: When (UTC).
            actor: Who, for the audit.

        Returns:
            The absence as it stands, and whether this call was the one that wrote it.
        """
        new = insert_or_ignore(
            self._session,
            AbsenceRow,
            person_id=absence.person.id,
            first_day=absence.first_day,
            last_day=absence.last_day,
            cover_id=absence.cover.id if absence.cover else None,
            registered_by=registered_by,
            registered_at=now,
        )
        (stands,) = self._read(
            _standing(absence.first_day, absence.last_day).where(
                AbsenceRow.person_id == absence.person.id,
                AbsenceRow.first_day == absence.first_day,
                AbsenceRow.last_day == absence.last_day,
            )
        )
        if new:
            self._audit.note(now, actor, "absence.register", f"absence:{stands.id}")
        return stands, new

    def withdraw(self, number: int, now: datetime, actor: str) -> bool:
        """Undo an absence: from now on it never was. The row stays, for the audit.

        Returns:
            Whether this call was the one that did it.
        """
        done = self._session.scalar(
            update(AbsenceRow)
            .where(AbsenceRow.id == number, AbsenceRow.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
            .returning(AbsenceRow.id)
        )
        if done is not None:
            self._audit.note(now, actor, "absence.withdraw", f"absence:{number}")
        return done is not None

    def find(self, number: int) -> Absence | None:
        """Return the absence with this number, withdrawn or not."""
        found = self._read(_query().where(AbsenceRow.id == number))
        return found[0] if found else None

    def registrar(self, number: int) -> int | None:
        """Return the number of the person who registered it; None for nobody known by name."""
        return self._session.scalar(
            select(AbsenceRow.registered_by).where(AbsenceRow.id == number)
        )

    def overlapping(self, person: int, first: date, last: date) -> Sequence[Absence]:
        """Return when somebody is away within these days (both included), the first first."""
        return self._read(_standing(first, last).where(AbsenceRow.person_id == person))

    def covered_by(self, person: int, first: date, last: date) -> Sequence[Absence]:
        """Return for whom somebody takes over within these days (both included)."""
        return self._read(_standing(first, last).where(AbsenceRow.cover_id == person))

    def between(self, first: date, last: date) -> Sequence[Absence]:
        """Return who is away on any of these days (both included), the first first.

        Not cut at `MOST`: who is left out would be named.
        """
        return self._read(_standing(first, last), most=None)

    def upcoming(self, people: Iterable[int], today: date) -> Sequence[Absence]:
        """Return when these persons are away from today on, the first first; at most `MOST`."""
        wanted = AbsenceRow.person_id.in_(sorted(set(people)))
        return self._read(
            _query()
            .where(wanted, AbsenceRow.last_day >= today, AbsenceRow.withdrawn_at.is_(None))
            .order_by(AbsenceRow.first_day, AbsenceRow.id)
        )

    def _read(
        self, query: Select[AbsenceRow, PersonRow, PersonRow], most: int | None = MOST
    ) -> Sequence[Absence]:
        return [
            Absence(
                id=row.id,
                person=person_of(person),
                first_day=row.first_day,
                last_day=row.last_day,
                cover=person_of(cover) if cover else None,
            )
            for row, person, cover in self._session.execute(query.limit(most))
        ]


def _query() -> Select[AbsenceRow, PersonRow, PersonRow]:
    cover = aliased(PersonRow)
    return (
        select(AbsenceRow, PersonRow, cover)
        .join(PersonRow, PersonRow.id == AbsenceRow.person_id)
        .outerjoin(cover, cover.id == AbsenceRow.cover_id)
    )


def _standing(first: date, last: date) -> Select[AbsenceRow, PersonRow, PersonRow]:
    return (
        _query()
        .where(AbsenceRow.first_day <= last, AbsenceRow.last_day >= first)
        .where(AbsenceRow.withdrawn_at.is_(None))
        .order_by(AbsenceRow.first_day, AbsenceRow.id)
    )
