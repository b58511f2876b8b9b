"""What leads from a signal to who gave it, and how that is cut (F38, F72)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.letters import forget_letters
from store.signals.keeping import supporter_of
from store.signals.records import Supporter
from store.tables import SupporterRow

KEPT = timedelta(days=365)
"""How long Brug remembers who gave a signal (F38)."""


class Traces:
    """The part of the store that knows, and forgets, who gave which signal."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def of(self, actor: str) -> Sequence[Supporter]:
        """Return everything that is kept about somebody as a reporter (access, F72)."""
        query = select(SupporterRow).where(SupporterRow.actor == actor).order_by(SupporterRow.id)
        return [supporter_of(row) for row in self._session.scalars(query)]

    def outdated(self, now: datetime) -> int:
        """Count the links that are old enough to be cut; nothing is changed."""
        query = select(func.count()).select_from(SupporterRow).where(*_old(now))
        return self._session.scalar(query) or 0

    def forget_old(self, now: datetime) -> int:
        """Cut every link older than `KEPT`; what was said stays.

        Returns:
            How many were cut.
        """
        actors = self._session.scalars(select(SupporterRow.actor).where(*_old(now))).all()
        known = [actor for actor in set(actors) if actor]
        forget_letters(self._session, "signal/", known, before=now - KEPT)
        return self._cut("system", now, *_old(now), actor=None, name="")

    def erase(self, actor: str, now: datetime) -> int:
        """Cut every link to one person, and the letters that told them about signals.

        Returns:
            How many links were cut.
        """
        forget_letters(self._session, "signal/", [actor])
        theirs = SupporterRow.actor == actor
        return self._cut("reporter", now, theirs, actor=None, name="", organisation="")

    def _cut(
        self, by: str, now: datetime, *which: ColumnElement[bool], **values: str | None
    ) -> int:
        cut = self._session.scalars(
            update(SupporterRow).where(*which).values(**values).returning(SupporterRow.signal)
        ).all()
        for number in sorted(cut):
            # The record of the deletion says that it happened, never about whom.
            self._audit.note(now, by, "signal.forget", f"signal:{number}")
        return len(cut)


def _old(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return SupporterRow.actor.is_not(None), SupporterRow.at < now - KEPT
