"""Questions for which somebody is looked for: who asked, and who was asked first (F22)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from store.audit import Audit
from store.privacy import SafeText
from store.records import LetterState, Region, Side
from store.tables import ConnectionRow, InvitationRow, LetterRow
from store.upsert import insert_or_ignore

_BROUGHT = (LetterState.SENT.value, LetterState.REFUSED.value, LetterState.HELD.value)
"""States of a letter that nobody has to bring any more."""

KEPT = timedelta(days=30)
"""How long Brug remembers who asked and who was asked, once a question cannot wait any longer."""


class ConnectionState(StrEnum):
    """How far a question has come."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"


class Reply(StrEnum):
    """What somebody who was asked first said."""

    NONE = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who was asked whether they want to be brought together.

    Attributes:
        actor: Who: "person:3" or "slack:T1:U2"; also where letters go.
        side: From which side of the tandem they know the matter.
        name: As colleagues call them; empty when Brug does not know.
        role: What they do, as a slug of `expertise.ExpertRole`.
        email: Their professional address; empty for none.
        language: In which language to write to them.
        reply: What they said.
    """

    actor: str
    side: Side
    name: str
    role: str
    email: str
    language: str
    reply: Reply = Reply.NONE


@dataclass(frozen=True, slots=True)
class Connection:
    """A question, and who asked it.

    Attributes:
        id: The number of the row; 0 for one that was not kept yet.
        asker: Who: "person:3" or "slack:T1:U2"; also where letters go.
        name: As colleagues call them; empty when Brug does not know.
        email: Where they can be reached; shown to who says yes, and to nobody else.
        question: What they ask; None once it is over.
        region: Where they work.
        language: In which language to write to them.
        asked_at: When (UTC).
        expires_at: Until when it waits (UTC).
        state: How far it has come.
        invitations: Who was asked first.
    """

    id: int
    asker: str
    name: str
    email: str
    question: SafeText | None
    region: Region
    language: str
    asked_at: datetime
    expires_at: datetime
    state: ConnectionState = ConnectionState.OPEN
    invitations: tuple[Invitation, ...] = ()


class Connections:
    """The part of the store that keeps questions until somebody answers, or nobody does."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def begin(self, connection: Connection, key: str) -> Connection:
        """Keep a question with who is asked first; one with the same key stays as it is.

        Args:
            connection: The question; its number is given here.
            key: What makes it the same question.

        Returns:
            It as it stands.
        """
        new = insert_or_ignore(
            self._session,
            ConnectionRow,
            key=key,
            asker=connection.asker,
            name=connection.name,
            email=connection.email,
            question=connection.question or "",
            region=connection.region.value,
            language=connection.language,
            state=ConnectionState.OPEN.value,
            asked_at=connection.asked_at,
            expires_at=connection.expires_at,
        )
        number = self._session.scalars(
            select(ConnectionRow.id).where(ConnectionRow.key == key)
        ).one()
        if new:
            self._session.add_all(
                InvitationRow(
                    connection_id=number,
                    actor=one.actor,
                    side=one.side.value,
                    name=one.name,
                    role=one.role,
                    email=one.email,
                    language=one.language,
                    reply=Reply.NONE.value,
                    replied_at=None,
                )
                for one in connection.invitations
            )
            self._session.flush()
            subject = f"connection:{number}"
            self._audit.note(connection.asked_at, connection.asker, "connection.ask", subject)
        return self._read(ConnectionRow.id == number)[0]

    def get(self, number: int) -> Connection | None:
        """Return the question with this number; nobody changes it before this transaction ends."""
        self._session.execute(
            select(ConnectionRow.id).where(ConnectionRow.id == number).with_for_update()
        )
        return next(iter(self._read(ConnectionRow.id == number)), None)

    def open_of(self, asker: str) -> Sequence[Connection]:
        """Return the questions of somebody that still wait, the oldest first."""
        return self._read(
            ConnectionRow.asker == asker, ConnectionRow.state == ConnectionState.OPEN.value
        )

    def count(self, askers: Collection[str]) -> int:
        """Count what these had asked others, also what no longer waits (access, F72)."""
        query = select(func.count()).where(ConnectionRow.asker.in_(askers))
        return self._session.scalar(query) or 0

    def count_invitations(self, actors: Collection[str]) -> int:
        """Count how often these were asked to help somebody (access, F72)."""
        query = select(func.count()).where(InvitationRow.actor.in_(actors))
        return self._session.scalar(query) or 0

    def reply(self, number: int, actor: str, reply: Reply, at: datetime) -> bool:
        """Write down what somebody said who was asked; the first word stands.

        Returns:
            Whether this call was the one that wrote it.
        """
        done = self._session.scalar(
            update(InvitationRow)
            .where(
                InvitationRow.connection_id == number,
                InvitationRow.actor == actor,
                InvitationRow.reply == Reply.NONE.value,
            )
            .values(reply=reply.value, replied_at=at)
            .returning(InvitationRow.connection_id)
        )
        if done is not None:
            self._audit.note(at, actor, f"connection.{reply.value}", f"connection:{number}")
        return done is not None

    def close(self, number: int, state: ConnectionState, at: datetime, actor: str) -> bool:
        """End a question; what was asked, and where to reach who asked, is not kept.

        Of one that was taken back nobody is remembered either.

        Returns:
            Whether this call was the one that ended it.
        """
        done = self._session.scalar(
            update(ConnectionRow)
            .where(ConnectionRow.id == number, ConnectionRow.state == ConnectionState.OPEN.value)
            .values(state=state.value, question="", name="", email="")
            .returning(ConnectionRow.id)
        )
        if done is not None:
            self._session.execute(
                update(InvitationRow)
                .where(InvitationRow.connection_id == number)
                .values(name="", email="")
            )
            self._forget_letters(number)
            if state is ConnectionState.WITHDRAWN:
                self._forget_people([number])
            self._audit.note(at, actor, f"connection.{state.value}", f"connection:{number}")
        return done is not None

    def expired(self, now: datetime) -> Sequence[int]:
        """Return the numbers of the questions that waited long enough."""
        query = select(ConnectionRow.id).where(
            ConnectionRow.state == ConnectionState.OPEN.value, ConnectionRow.expires_at <= now
        )
        return self._session.scalars(query.order_by(ConnectionRow.id)).all()

    def erase(self, actor: str, at: datetime) -> int:
        """Forget every question of somebody, and every invitation to them.

        Returns:
            How many questions went.
        """
        self._session.execute(delete(InvitationRow).where(InvitationRow.actor == actor))
        asked = select(ConnectionRow.id).where(ConnectionRow.asker == actor)
        for number in self._session.scalars(asked).all():
            self._forget_letters(number)
        self._session.execute(delete(InvitationRow).where(InvitationRow.connection_id.in_(asked)))
        gone = self._session.scalars(
            delete(ConnectionRow).where(ConnectionRow.asker == actor).returning(ConnectionRow.id)
        ).all()
        for number in sorted(gone):
            self._audit.note(at, "asker", "connection.forget", f"connection:{number}")
        return len(gone)

    def outdated(self, now: datetime) -> int:
        """Count the questions whose people are remembered for too long; nothing is changed."""
        query = select(func.count()).select_from(ConnectionRow).where(*_old(now))
        return self._session.scalar(query) or 0

    def forget_old(self, now: datetime) -> int:
        """Forget who asked and who was asked, `KEPT` after a question could wait no longer.

        Returns:
            How many questions those were.
        """
        numbers = self._session.scalars(
            select(ConnectionRow.id).where(*_old(now)).order_by(ConnectionRow.id)
        ).all()
        for number in numbers:
            self._forget_letters(number)
            self._audit.note(now, "system", "connection.forget", f"connection:{number}")
        self._forget_people(numbers)
        return len(numbers)

    def _forget_people(self, numbers: Collection[int]) -> None:
        # The number stays: SQLite would give a free one again, and the buttons of old invitations
        # carry it. The key is made of who asked and what; it goes too.
        self._session.execute(
            delete(InvitationRow).where(InvitationRow.connection_id.in_(numbers))
        )
        self._session.execute(
            update(ConnectionRow)
            .where(ConnectionRow.id.in_(numbers))
            .values(asker="", key=literal("forgotten/").concat(cast(ConnectionRow.id, String)))
        )

    def _forget_letters(self, number: int) -> None:
        # What was asked stands in them. One on its way is left: the courier still has to find it;
        # and who were brought together still get what was not brought yet.
        about = LetterRow.key.startswith(f"connection/{number}/", autoescape=True)
        invites = LetterRow.key.startswith(f"connection/{number}/ask/", autoescape=True)
        waiting = and_(invites, LetterRow.state == LetterState.WAITING.value)
        self._session.execute(
            delete(LetterRow).where(about, or_(LetterRow.state.in_(_BROUGHT), waiting))
        )

    def _read(self, *conditions: object) -> list[Connection]:
        query = select(ConnectionRow).where(*conditions).order_by(ConnectionRow.id)  # pyright: ignore[reportArgumentType]
        rows = self._session.scalars(query.execution_options(populate_existing=True)).all()
        invited: dict[int, list[Invitation]] = {}
        numbers = [row.id for row in rows]
        invitations = (
            select(InvitationRow)
            .where(InvitationRow.connection_id.in_(numbers))
            .order_by(InvitationRow.side, InvitationRow.actor)
            .execution_options(populate_existing=True)
        )
        for one in self._session.scalars(invitations):
            invited.setdefault(one.connection_id, []).append(
                Invitation(
                    one.actor,
                    Side(one.side),
                    one.name,
                    one.role,
                    one.email,
                    one.language,
                    Reply(one.reply),
                )
            )
        return [
            Connection(
                id=row.id,
                asker=row.asker,
                name=row.name,
                email=row.email,
                question=SafeText(row.question) if row.question else None,
                region=Region(row.region),
                language=row.language,
                asked_at=row.asked_at,
                expires_at=row.expires_at,
                state=ConnectionState(row.state),
                invitations=tuple(invited.get(row.id, ())),
            )
            for row in rows
        ]


def _old(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ConnectionRow.asker != "",
        ConnectionRow.state != ConnectionState.OPEN.value,
        ConnectionRow.expires_at < now - KEPT,
    )
