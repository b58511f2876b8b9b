"""What this process remembers of the database, and when it must look again.

Nearly every answer needs the same few rows: persons, stewards, assignments, absences, links,
languages that were chosen. They
are read once, and again as soon as a counter in the database says that one of them changed. The
counter goes up in the very transaction that changes them, in whichever process, so nobody hears
what no longer holds. Only a transaction that looks may remember; one that writes reads for itself.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from store.revisions import Revisions
from store.tables import (
    AbsenceRow,
    AssignmentRow,
    LanguageRow,
    LinkRow,
    PersonRow,
    StewardRow,
)

T = TypeVar("T")

FACTS = "facts"
"""The counter that goes up with every change in the tables below."""

WATCHED = frozenset(
    table.__tablename__
    for table in (PersonRow, StewardRow, AssignmentRow, AbsenceRow, LinkRow, LanguageRow)
)
"""Tables of which rows are remembered."""

LONGEST = 60.0
"""Seconds after which everything is read again, whatever the counter says: for who changes a
table by hand, past this code."""

_TOUCHED = "touched"


class Memory:
    """What one process remembers. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember nothing yet; the clock counts seconds and never goes back."""
        self._clock = clock
        self._kept: dict[str, tuple[int, float, Any]] = {}

    def at(self, name: str, revision: int, read: Callable[[], T]) -> T:
        """Return what goes by this name at this revision, read if need be."""
        now = self._clock()
        known = self._kept.get(name)
        if known is not None and known[0] == revision and now - known[1] < LONGEST:
            return cast("T", known[2])
        found = read()
        self._kept[name] = revision, now, found
        return found


class Recall:
    """What is remembered, for one transaction."""

    def __init__(self, memory: Memory | None, revisions: Revisions) -> None:
        """Use this memory; None reads everything anew."""
        self._memory = memory
        self._revisions = revisions

    @property
    def remembers(self) -> bool:
        """Whether anything is remembered: a transaction that writes reads for itself."""
        return self._memory is not None

    def of(self, name: str, read: Callable[[], T], counter: str = FACTS) -> T:
        """Return what goes by this name.

        Args:
            name: What it is called here.
            read: Reads it from the database; what it returns must never change.
            counter: Goes up whenever that would return something else.
        """
        if self._memory is None:
            return read()
        return self._memory.at(name, self._revisions.of(counter), read)


class WritingSession(Session):
    """A session that notices when it changes something that is remembered."""

    @property
    def touched(self) -> bool:
        """Whether anything that is remembered was changed through it."""
        return _TOUCHED in self.info


@event.listens_for(WritingSession, "after_flush")
def _notice_rows(session: Session, _: UOWTransaction) -> None:
    changed: tuple[object, ...] = (*session.new, *session.dirty, *session.deleted)
    if any(getattr(row, "__tablename__", None) in WATCHED for row in changed):
        session.info[_TOUCHED] = True


@event.listens_for(WritingSession, "do_orm_execute")
def _notice_statements(state: ORMExecuteState) -> None:
    if state.is_select:
        return
    # What is no SELECT names a table, or is words of our own: of those one says which.
    table = getattr(state.statement, "table", None)
    if getattr(table, "name", None) in WATCHED or state.execution_options.get("table") in WATCHED:
        state.session.info[_TOUCHED] = True
