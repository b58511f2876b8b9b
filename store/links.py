"""Users of a platform whom a steward linked: to a person, or to the owner of entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from store.audit import Audit
from store.memory import Recall
from store.people import person_of
from store.records import Person
from store.tables import LinkRow, PersonRow
from store.upsert import insert_or_ignore


@dataclass(frozen=True, slots=True)
class Link:
    """What a steward said of a user whom no verified address makes known.

    Attributes:
        id: Its number.
        user: As the rooms call them: "slack:T1:U2".
        name: What their platform called them on that day; may be empty.
        person: Who they are; None for a provider.
        email: The address of the entries that are theirs, in lower case; empty for a person.
        by: Who said so, as the audit calls them.
        at: When (UTC).
    """

    id: int
    user: str
    name: str
    person: Person | None
    email: str
    by: str
    at: datetime


class Links:
    """The part of the store that knows who was linked by a steward."""

    def __init__(self, session: Session, audit: Audit, recall: Recall) -> None:
        """Read and write through this session, and remember what it read."""
        self._session = session
        self._audit = audit
        self._recall = recall

    def all(self) -> Sequence[Link]:
        """Return every link, the newest first."""
        return tuple(self._known().values())

    def of(self, user: str) -> Link | None:
        """Return the link of a user."""
        return self._known().get(user)

    def to(self, actor: str) -> Sequence[Link]:
        """Return what was said of somebody: by "person:3", or by a user's own key."""
        return [link for link in self.all() if actor in (link.user, _person_key(link))]

    def add(
        self, user: str, name: str, to: Person | str, now: datetime, actor: str
    ) -> Link | None:
        """Link a user.

        Args:
            user: As the rooms call them: "slack:T1:U2".
            name: What their platform calls them; may be empty.
            to: The person that they are, or the address of whose entries they look after.
            now: When (UTC).
            actor: Who, for the audit.

        Returns:
            The link; None when the user has one already, which stays as it is.
        """
        person = to if isinstance(to, Person) else None
        added = insert_or_ignore(
            self._session,
            LinkRow,
            user=user,
            name=name,
            person_id=person.id if person else None,
            email="" if isinstance(to, Person) else to.strip().lower(),
            linked_by=actor,
            at=now,
        )
        if not added:
            return None
        link = self._read()[user]
        # Who could act as whom must stay clear after it was undone.
        self._audit.note(now, actor, "link.add", f"link:{link.id}:{_what(link)}")
        return link

    def remove(self, number: int, now: datetime, actor: str) -> Link | None:
        """Undo a link.

        Returns:
            What it was; None when it was undone already.
        """
        link = next((one for one in self._read().values() if one.id == number), None)
        if link is None or not self._delete(LinkRow.id == number):
            return None
        self._audit.note(now, actor, "link.remove", f"link:{link.id}:{_what(link)}")
        return link

    def erase(self, actor: str, now: datetime) -> Sequence[str]:
        """Forget every link of somebody (F72).

        Returns:
            The keys of the users that were linked.
        """
        erased = [one for one in self._read().values() if actor in (one.user, _person_key(one))]
        for link in erased:
            self._delete(LinkRow.id == link.id)
            # The record of the deletion says that it happened, never about whom.
            self._audit.note(now, "reporter", "link.forget", f"link:{link.id}")
        return [link.user for link in erased]

    def _delete(self, which: ColumnElement[bool]) -> bool:
        gone = self._session.scalars(delete(LinkRow).where(which).returning(LinkRow.id)).all()
        return bool(gone)

    def _known(self) -> Mapping[str, Link]:
        return self._recall.of("links", self._read)

    def _read(self) -> Mapping[str, Link]:
        query = (
            select(LinkRow, PersonRow)
            .outerjoin(PersonRow, PersonRow.id == LinkRow.person_id)
            .order_by(LinkRow.id.desc())
        )
        return {
            row.user: Link(
                row.id,
                row.user,
                row.name,
                person_of(person) if person else None,
                row.email,
                row.linked_by,
                row.at,
            )
            for row, person in self._session.execute(query)
        }


def _person_key(link: Link) -> str:
    return f"person:{link.person.id}" if link.person else ""


def _what(link: Link) -> str:
    return f"{link.user}={_person_key(link) or 'provider'}"
