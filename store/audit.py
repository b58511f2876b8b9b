"""Who did what, and when: only ever added to, never what somebody typed (F71)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from store.tables import AuditRow


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did.

    Attributes:
        id: Its number; a later act has a higher one.
        at: When (UTC).
        actor: Who: "person:3", "slack:T1:U2", "system"; "reporter" and the like where nobody
            keeps who it was.
        verb: What: "signal.merge".
        subject: On what: "signal:12".
    """

    id: int
    at: datetime
    actor: str
    verb: str
    subject: str


class Audit:
    """The part of the store that remembers who changed what."""

    def __init__(self, session: Session) -> None:
        """Write through this session."""
        self._session = session

    def note(self, at: datetime, actor: str, verb: str, subject: str) -> None:
        """Write down one act.

        Args:
            at: When (UTC).
            actor: Who: "person:3", "slack:T1:U2" or "system".
            verb: What: "absence.register", "seed.load".
            subject: On what, by number or key ("absence:7"); never free text.
        """
        self._session.add(AuditRow(at=at, actor=actor, verb=verb, subject=subject))

    def count(self, actors: Collection[str]) -> int:
        """Count what these did; that stays, whatever is erased of them (F71, F72)."""
        query = select(func.count()).where(AuditRow.actor.in_(actors))
        return self._session.scalar(query) or 0

    def latest(
        self, limit: int, *, before: int = 0, actor: str = "", subject: str = ""
    ) -> tuple[Sequence[Act], int]:
        """Return what was done last, the newest first, and how much there is of it in all.

        Args:
            limit: At most so many.
            before: Only what has a lower number than this; 0 for all.
            actor: Only what they did; empty for everybody.
            subject: Only what was done to this ("signal:12"), or to a part of it
                ("bundle:4/welzijn"); empty for everything.
        """
        which: list[ColumnElement[bool]] = []
        if actor:
            which.append(AuditRow.actor == actor)
        if subject:
            parts = [AuditRow.subject.startswith(f"{subject}{sign}") for sign in "/:"]
            which.append(or_(AuditRow.subject == subject, *parts))
        whole = self._session.scalar(select(func.count()).select_from(AuditRow).where(*which)) or 0
        if before:
            which.append(AuditRow.id < before)
        query = select(AuditRow).where(*which).order_by(AuditRow.id.desc()).limit(limit)
        found = self._session.scalars(query)
        return [Act(row.id, row.at, row.actor, row.verb, row.subject) for row in found], whole
