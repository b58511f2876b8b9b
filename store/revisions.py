"""Counters that go up with every change, so that what was computed can be reused."""

from collections.abc import Mapping

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from store.tables import RevisionRow

_COUNT = text(
    "INSERT INTO revision (name, number) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET number = revision.number + 1"
)
_ALL = select(RevisionRow.name, RevisionRow.number)


class Revisions:
    """The part of the store that counts changes."""

    def __init__(self, session: Session, *, still: bool = False) -> None:
        """Read and write through this session.

        Args:
            session: To the database.
            still: Whether this only looks: then one look serves the whole transaction.
        """
        self._session = session
        self._still = still
        self._seen: Mapping[str, int] | None = None

    def of(self, name: str) -> int:
        """Return how often this was changed; 0 if never."""
        return self.all().get(name, 0)

    def all(self) -> Mapping[str, int]:
        """Return how often each thing was changed; what never was is not in it."""
        seen = self._seen
        if seen is None:
            found = self._session.execute(_ALL)
            seen = {row.name: row.number for row in found}
            if self._still:
                self._seen = seen
        return seen

    def bump(self, name: str) -> None:
        """Count one more change; whoever else counts it waits until this transaction ends."""
        self._session.flush()
        self._session.execute(_COUNT, {"name": name})
