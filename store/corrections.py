"""Corrections that people propose, and that wait until a steward has looked (F14)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.privacy import SafeText
from store.tables import CorrectionRow, LetterRow, ServiceRow

KEPT = timedelta(days=365)
"""How long Brug remembers who proposed a correction, and who decided on it."""

LETTERS = "corrections/"
"""How the keys begin of the letters that tell stewards what waits."""


class CorrectionState(StrEnum):
    """How far a correction has come."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Correction:
    """Somebody says that a field of an entry is not right.

    Attributes:
        id: The number of the row.
        service_id: Which entry.
        name: What that is called.
        field: Which field, as the form names it.
        old: What it said when this was proposed.
        new: What it should say.
        proposed_at: When (UTC).
        waits: Whether nobody decided on it yet.
    """

    id: int
    service_id: int
    name: str
    field: str
    old: str
    new: str
    proposed_at: datetime
    waits: bool


class Corrections:
    """The part of the store that keeps corrections."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def propose(  # noqa: PLR0913 - a correction has this many sides
        self, service_id: int, field: str, *, old: str, new: SafeText, at: datetime, actor: str
    ) -> int:
        """Leave a correction for a steward, and return its number.

        The same one twice is one: people press a button again when nothing seems to happen.
        """
        same = select(CorrectionRow.id).where(
            CorrectionRow.service_id == service_id,
            CorrectionRow.field == field,
            CorrectionRow.new == new,
            CorrectionRow.state == CorrectionState.WAITING,
        )
        known = self._session.scalar(same)
        if known is not None:
            return known
        row = CorrectionRow(
            service_id=service_id,
            field=field,
            old=old,
            new=new,
            proposed_by=actor,
            proposed_at=at,
            state=CorrectionState.WAITING.value,
            decided_by="",
            decided_at=None,
        )
        self._session.add(row)
        self._session.flush()
        self._audit.note(at, actor, "correction.propose", f"correction:{row.id}")
        return row.id

    def waiting(self, limit: int = 5) -> Sequence[Correction]:
        """Return the corrections that wait, the oldest first."""
        query = (
            select(CorrectionRow, ServiceRow.name)
            .join(ServiceRow, ServiceRow.id == CorrectionRow.service_id)
            .where(CorrectionRow.state == CorrectionState.WAITING)
            .order_by(CorrectionRow.proposed_at, CorrectionRow.id)
            .limit(limit)
        )
        return [_correction(row, name) for row, name in self._session.execute(query)]

    def total(self, since: datetime | None = None) -> int:
        """Return how many wait; those proposed after a moment (UTC) if one is given."""
        query = select(func.count()).where(CorrectionRow.state == CorrectionState.WAITING)
        if since is not None:
            query = query.where(CorrectionRow.proposed_at > since)
        return self._session.scalar(query) or 0

    def told_at(self) -> datetime | None:
        """Return when stewards were last written what waits (UTC); None if that is forgotten."""
        letters = LetterRow.key.startswith(LETTERS, autoescape=True)
        return self._session.scalar(select(func.max(LetterRow.written_at)).where(letters))

    def decide(self, number: int, state: CorrectionState, at: datetime, actor: str) -> bool:
        """Close a correction that waits.

        Returns:
            Whether this call closed it; two stewards may press at the same moment.
        """
        closed = self._session.execute(
            update(CorrectionRow)
            .where(CorrectionRow.id == number, CorrectionRow.state == CorrectionState.WAITING)
            .values(state=state.value, decided_by=actor, decided_at=at)
            .returning(CorrectionRow.id)
        ).first()
        if closed is not None:
            self._audit.note(at, actor, f"correction.{state.value}", f"correction:{number}")
        return closed is not None

    def get(self, number: int) -> Correction | None:
        """Return a correction by its number, whatever became of it."""
        query = (
            select(CorrectionRow, ServiceRow.name)
            .join(ServiceRow, ServiceRow.id == CorrectionRow.service_id)
            .where(CorrectionRow.id == number)
        )
        found = self._session.execute(query).first()
        return _correction(*found) if found else None

    def count(self, actors: Collection[str]) -> int:
        """Count what these proposed or decided on, as far as it is remembered (access, F72)."""
        query = select(func.count()).select_from(CorrectionRow).where(_of(actors))
        return self._session.scalar(query) or 0

    def erase(self, actor: str, at: datetime) -> int:
        """Forget that somebody proposed or decided on anything; what was proposed stays (F72).

        Returns:
            How many corrections led to them.
        """
        return self._cut(_of([actor]), actor, "proposer", at)

    def outdated(self, now: datetime) -> int:
        """Count the corrections that lead to somebody for too long; nothing is changed."""
        query = select(func.count()).select_from(CorrectionRow).where(_old(now))
        return self._session.scalar(query) or 0

    def forget_old(self, now: datetime) -> int:
        """Forget who proposed and who decided what is older than `KEPT`.

        Returns:
            How many corrections those were.
        """
        return self._cut(_old(now), None, "system", now)

    def _cut(self, which: ColumnElement[bool], actor: str | None, by: str, at: datetime) -> int:
        cut = self._session.scalars(select(CorrectionRow).where(which).order_by(CorrectionRow.id))
        rows = cut.all()
        for row in rows:
            if actor in {None, row.proposed_by}:
                row.proposed_by = ""
            if actor in {None, row.decided_by}:
                row.decided_by = ""
            # The record of the deletion says that it happened, never about whom.
            self._audit.note(at, by, "correction.forget", f"correction:{row.id}")
        self._session.flush()
        return len(rows)


def _correction(row: CorrectionRow, name: str) -> Correction:
    return Correction(
        id=row.id,
        service_id=row.service_id,
        name=name,
        field=row.field,
        old=row.old,
        new=row.new,
        proposed_at=row.proposed_at,
        waits=row.state == CorrectionState.WAITING,
    )


def _of(actors: Collection[str]) -> ColumnElement[bool]:
    return or_(CorrectionRow.proposed_by.in_(actors), CorrectionRow.decided_by.in_(actors))


def _old(now: datetime) -> ColumnElement[bool]:
    # When it was decided counts from the day of proposing too: that is the sooner of the two, and
    # a proposal that waits for a year needs no name either.
    led = or_(CorrectionRow.proposed_by != "", CorrectionRow.decided_by != "")
    return and_(CorrectionRow.proposed_at < now - KEPT, led)
