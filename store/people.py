"""Persons with a professional address, and who looks after the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.audit import Audit
from store.days import day_of
from store.memory import Recall
from store.records import Person
from store.tables import PersonRow, StewardRow
from store.upsert import insert_or_ignore


@dataclass(frozen=True, slots=True)
class _Known:
    """Everybody, as read at once.

    Attributes:
        everyone: Every person, by name.
        by_email: The same by address in lower case.
        stewards: Addresses of stewards, in lower case.
    """

    everyone: tuple[Person, ...]
    by_email: Mapping[str, Person]
    stewards: frozenset[str]


class People:
    """The part of the store that knows persons and stewards."""

    def __init__(self, session: Session, audit: Audit, recall: Recall) -> None:
        """Read and write through this session, and remember what it read."""
        self._session = session
        self._audit = audit
        self._recall = recall

    def everyone(self) -> Sequence[Person]:
        """Return every person, by name."""
        return self._known().everyone

    def by_email(self, email: str) -> Person | None:
        """Return who has this address, capitals aside."""
        return self._known().by_email.get(email.strip().lower())

    def stewards(self) -> Sequence[Person]:
        """Return who looks after the data and can be written to: stewards that are persons."""
        query = (
            select(PersonRow)
            .join(StewardRow, StewardRow.email_key == PersonRow.email_key)
            .order_by(PersonRow.name, PersonRow.id)
        )
        return [person_of(row) for row in self._session.scalars(query)]

    def steward_addresses(self) -> Sequence[str]:
        """Return the addresses of all stewards, in lower case, in the order of the alphabet."""
        return sorted(self._known().stewards)

    def unreachable_stewards(self) -> Sequence[str]:
        """Return the addresses of stewards whom no letter reaches: they are no person yet."""
        known = self._known()
        return sorted(known.stewards - known.by_email.keys())

    def add(self, name: str, email: str, source: str, now: datetime, actor: str) -> Person:
        """Return who has this address; whom Brug does not know yet is added by this name.

        Args:
            name: First and last name.
            email: A professional address.
            source: Who says so, in words.
            now: When (UTC).
            actor: Who, for the audit.
        """
        key = email.strip().lower()
        row = self._session.scalar(select(PersonRow).where(PersonRow.email_key == key))
        if row is None:
            row = PersonRow(
                name=name,
                email=email.strip(),
                email_key=key,
                source=source,
                as_of=day_of(now),
                changed_at=now,
            )
            self._session.add(row)
            self._session.flush()
            self._audit.note(now, actor, "person.add", f"person:{row.id}")
        return person_of(row)

    def is_steward(self, email: str) -> bool:
        """Return whether the person with this address looks after the data."""
        return email.strip().lower() in self._known().stewards

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

    def remove_steward(self, email: str, now: datetime, actor: str) -> bool:
        """Let the person with this address no longer look after the data.

        Returns:
            Whether they did.
        """
        key = email.strip().lower()
        row = self._session.get(StewardRow, key)
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        self._audit.note(now, actor, "steward.remove", f"steward:{key}")
        return True

    def _known(self) -> _Known:
        return self._recall.of("people", self._read)

    def _read(self) -> _Known:
        query = select(PersonRow).order_by(PersonRow.name, PersonRow.id)
        rows = self._session.scalars(query).all()
        people = tuple(person_of(row) for row in rows)
        return _Known(
            people,
            {row.email_key: person for row, person in zip(rows, people, strict=True)},
            frozenset(self._session.scalars(select(StewardRow.email_key))),
        )


def person_of(row: PersonRow) -> Person:
    """Return the person that a row holds."""
    return Person(row.id, row.name, row.email)
