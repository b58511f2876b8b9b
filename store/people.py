"""Persons with a professional address, and who looks after the data."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.audit import Audit
from store.records import Person
from store.tables import PersonRow, StewardRow
from store.upsert import insert_or_ignore


class People:
    """The part of the store that knows persons and stewards."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def everyone(self) -> Sequence[Person]:
        """Return every person, by name."""
        query = select(PersonRow).order_by(PersonRow.name, PersonRow.id)
        return [person_of(row) for row in self._session.scalars(query)]

    def by_email(self, email: str) -> Person | None:
        """Return who has this address, capitals aside."""
        query = select(PersonRow).where(PersonRow.email_key == email.strip().lower())
        row = self._session.scalar(query)
        return person_of(row) if row else None

    def stewards(self) -> Sequence[Person]:
        """Return who looks after the data and can be written to: stewards that are persons."""
        query = (
            select(PersonRow)
            .join(StewardRow, StewardRow.email_key == PersonRow.email_key)
            .order_by(PersonRow.name, PersonRow.id)
        )
        return [person_of(row) for row in self._session.scalars(query)]

    def is_steward(self, email: str) -> bool:
        """Return whether the person with this address looks after the data."""
        return self._session.get(StewardRow, email.strip().lower()) is not None

    def add_steward(self, email: str, now: datetime, actor: str) -> bool:
        """Let the person with this address look after the data.

        Returns:
            Whether this was new.
        """
        key = email.strip().lower()
        added = insert_or_ignore(self._session, StewardRow, email_key=key, added_at=now)
        if added:
            self._audit.note(now, actor, "steward.add", f"steward:{key}")
        return added


def person_of(row: PersonRow) -> Person:
    """Return the person that a row holds."""
    return Person(row.id, row.name, row.email)
