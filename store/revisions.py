"""Counters that go up with every change, so that what was computed can be reused."""

from sqlalchemy.orm import Session

from store.tables import RevisionRow


class Revisions:
    """The part of the store that counts changes."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def of(self, name: str) -> int:
        """Return how often this was changed; 0 if never."""
        row = self._session.get(RevisionRow, name)
        return row.number if row else 0

    def bump(self, name: str) -> None:
        """Count one more change."""
        row = self._session.get(RevisionRow, name, with_for_update=True)
        if row is None:
            self._session.add(RevisionRow(name=name, number=1))
        else:
            row.number += 1
