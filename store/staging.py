"""Spreadsheets that somebody gave to Brug in a chat, and that wait for a yes or a no.

The file itself waits, and not what was read in it: the directory may change in between, so that
it is read and compared again when somebody says yes. It waits for a day, and no longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from store.tables import StagedFileRow

A_DAY = timedelta(days=1)
"""After this a file that nobody decided about is thrown away."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that waits.

    Attributes:
        id: The number of the row.
        name: What it is called.
        content: Its bytes.
        brought_by: Who gave it, as the audit calls them.
    """

    id: int
    name: str
    content: bytes
    brought_by: str


class Staging:
    """The part of the store where files wait."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def put(self, name: str, content: bytes, by: str, at: datetime) -> int:
        """Let a file wait, and return its number; those of more than a day ago are thrown away."""
        self.forget(at)
        row = StagedFileRow(name=name, content=content, brought_by=by, brought_at=at)
        self._session.add(row)
        self._session.flush()
        return row.id

    def look(self, number: int) -> StagedFile | None:
        """Return a file, which waits on; None when it does not wait."""
        row = self._session.get(StagedFileRow, number)
        return row and StagedFile(row.id, row.name, row.content, row.brought_by)

    def take(self, number: int, at: datetime) -> StagedFile | None:
        """Return a file, which waits no longer; None when it does not wait, or did too long."""
        row = self._session.get(StagedFileRow, number, with_for_update=True)
        if row is None or row.brought_at < at - A_DAY:
            return None
        found = StagedFile(row.id, row.name, row.content, row.brought_by)
        self._session.delete(row)
        self._session.flush()
        return found

    def forget(self, at: datetime) -> int:
        """Throw away what nobody decided about in a day, and return how many files that were."""
        old = delete(StagedFileRow).where(StagedFileRow.brought_at < at - A_DAY)
        return len(self._session.scalars(old.returning(StagedFileRow.id)).all())
