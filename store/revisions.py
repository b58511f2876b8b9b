"""Counters that go up with every change, so that what was computed can be reused."""

from collections.abc import Callable, Mapping

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from store.errors import StoreUnreachable
from store.tables import RevisionRow

DATABASE = "database"
"""No counter, but the number of the database itself: random, from when its tables were made. The
counters of two databases can be the same, and what they count is not."""

_COUNT = text(
    "INSERT INTO revision (name, number) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET number = revision.number + 1"
)
_ALL = "SELECT name, number FROM revision"


def look(engine: Engine) -> Mapping[str, int] | None:
    """Return every counter as the database has it now; None when it does not answer that.

    Nearly every answer needs this and nothing else of the database, so it takes the shortest way:
    the driver's own connection, without a transaction (measured on SQLite: a tenth of the time).

    Raises:
        StoreUnreachable: If there is no way to the database.
    """
    errors = engine.dialect.loaded_dbapi.Error
    try:
        driver = engine.raw_connection()
    except errors as fault:
        raise StoreUnreachable(engine.url.render_as_string()) from fault
    try:
        cursor = driver.cursor()
        cursor.execute(_ALL)
        return dict(cursor.fetchall())
    except errors as fault:
        driver.invalidate(fault)
        return None
    finally:
        driver.close()


class Revisions:
    """The part of the store that counts changes."""

    def __init__(
        self, session: Session, look: Callable[[], Mapping[str, int] | None] | None = None
    ) -> None:
        """Read and write through this session.

        Args:
            session: To the database.
            look: A shorter way to read all counters, for who changes nothing: then one look
                serves the whole transaction. What is read after it is as new, or newer.
        """
        self._session = session
        self._look = look
        self._seen: Mapping[str, int] | None = None

    def of(self, name: str) -> int:
        """Return how often this was changed; 0 if never."""
        return self.all().get(name, 0)

    def all(self) -> Mapping[str, int]:
        """Return how often each thing was changed; what never was is not in it."""
        if self._seen is not None:
            return self._seen
        seen = self._look() if self._look else None
        if seen is None:  # through the session, that also says what is wrong with the database
            seen = {row.name: row.number for row in self._session.execute(text(_ALL))}
        if self._look:
            self._seen = seen
        return seen

    def hold(self, name: str) -> None:
        """Wait for whoever counts a change of this; nobody else does until this transaction ends.

        In PostgreSQL it locks the counter. In SQLite who writes is alone from the beginning.
        """
        counter = select(RevisionRow.number).where(RevisionRow.name == name)
        self._session.execute(counter.with_for_update())

    def bump(self, name: str) -> None:
        """Count one more change; whoever else counts it waits until this transaction ends."""
        self._session.flush()
        self._session.execute(_COUNT, {"name": name})
