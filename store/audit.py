"""Who did what, and when: only ever added to, never what somebody typed (F71)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.tables import AuditRow


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
