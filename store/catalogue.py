"""The search index of this process: made from the directory, kept beside it, always up to date.

Before each search the revision of the directory is compared, and what changed since is read again,
so that every replica sees an update in its next search. The index is kept in a file, so that a
start with 25,000 entries takes no rebuild; what changed after it was written is searched too.

It reads through connections of its own: what a transaction has not committed yet may still be
undone, and must not get into an index that outlives it.
"""

import logging
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock, Thread
from types import ModuleType
from typing import Protocol

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from store.audit import Audit
from store.directory import Offering
from store.elsewhere import build_elsewhere
from store.glossary import VOCABULARY, Glossary
from store.offerings import Offerings
from store.revisions import DATABASE, Revisions
from store.search.entry import Entry
from store.search.query import Match, Query, Results
from store.search.vocabulary import Vocabulary
from store.tables import RestoreRow, RevisionRow

logger = logging.getLogger(__name__)

_MANY = 2_000
"""Changed entries from which building anew is quicker than adding them one search at a time; and
entries from which a process of its own is worth its start."""


class Finder(Protocol):
    """What a search needs; `store.shelved` is it.

    It stands apart because "wie Gent", asked from a cold start, needs none of its parts.
    """

    @property
    def revision(self) -> int:
        """The revision of the directory that it shows."""
        ...

    def understand(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> Query:
        """Return a question as a query; `taken` are stretches that mean something else."""
        ...

    def search(self, query: Query, limit: int, offset: int = 0) -> Results:
        """Return a page of what was found, best first."""
        ...

    def count(self, query: Query) -> int:
        """Return how many entries are found."""
        ...

    def is_called(self, said: str) -> bool:
        """Return whether an entry, its organisation or its place is called so."""
        ...

    def explain(self, query: Query, entry: Entry) -> tuple[Match, ...]:
        """Return which words of the question met which words of an entry."""
        ...

    @property
    def words(self) -> str:
        """The version of the vocabulary that it knows."""
        ...

    def refreshed(self, offerings: Iterable[Offering], revision: int) -> "Finder":
        """Return one that knows these changes too."""
        ...

    def reworded(self, vocabulary: Vocabulary, words: str) -> "Finder":
        """Return one that knows these words."""
        ...

    def save(self, path: Path) -> None:
        """Write it to a file."""
        ...

    @property
    def worn(self) -> bool:
        """Whether it is time to build a new one."""
        ...


class Catalogue:
    """The index over the directory, one per process. Safe to share between threads."""

    def __init__(self, engine: Engine, folder: Path | None) -> None:
        """Index this database.

        Args:
            engine: The database.
            folder: Where to keep the index between starts; None keeps it in memory alone.
        """
        self._engine = engine
        self._folder = folder
        self._finder: Finder | None = None
        self._changing = Lock()
        self._rebuilding = Lock()

    def current(self) -> Finder:
        """Return the index as the directory is now."""
        with self._reading() as read:
            return self._current(read)

    def keep(self) -> None:
        """Build the index anew, here, and write it to its file: after an import, say."""
        with self._reading() as read:
            finder = self._built(read)
        with self._changing:
            self._finder = finder

    def _current(self, read: "_Reading") -> Finder:
        revision, words = read.offerings.revision(), read.words()
        known = self._finder
        if known is not None and (known.revision, known.words) == (revision, words):
            return known
        with self._changing:  # one thread refreshes, the others wait instead of doing it too
            known = self._refreshed(self._finder, read, revision)
            # Somebody's import may have left a file that is much nearer to the directory.
            known = known or self._refreshed(self._loaded(read, words), read, revision)
            known = known or self._anew(read)
            if known.words != words:
                known = known.reworded(read.glossary.vocabulary(), words)
            self._finder = known
        if known.worn and self._rebuilding.acquire(blocking=False):
            Thread(target=self._rebuild, name="catalogue", daemon=True).start()
        return known

    def _refreshed(self, known: Finder | None, read: "_Reading", revision: int) -> Finder | None:
        """Return an index with what changed since; None when it is better to build a new one."""
        if known is None or known.revision > revision:  # the latter: a backup was put back
            return None
        if known.revision == revision:
            return known
        changed = read.offerings.since(known.revision)
        return known.refreshed(changed, revision) if len(changed) <= _MANY else None

    def _rebuild(self) -> None:
        try:
            with self._reading() as read:
                finder = self._anew(read)
            with self._changing:
                self._finder = finder
        except Exception:
            # The old index is right, only slower: nobody needs to notice.
            logger.exception("the index could not be rebuilt")
        finally:
            self._rebuilding.release()

    def _loaded(self, read: "_Reading", words: str) -> Finder | None:
        path = self._path()
        return _shelved().load(path, read.glossary.vocabulary(), words) if path else None

    def _path(self) -> Path | None:
        """Return where the index lies; another place for another database, and after each restore.

        Both count their revisions anew: an index from before it would name the same number and
        hold something else.
        """
        if self._folder is None:
            return None
        with self._engine.connect().execution_options(brug_read_only=True) as connection:
            restored_at = connection.scalar(select(func.max(RestoreRow.at)))
            database = select(RevisionRow.number).where(RevisionRow.name == DATABASE)
            number = connection.scalar(database) or 0
        after = f"-{restored_at:%Y%m%dT%H%M%S%f}" if restored_at else ""
        return self._folder / f"search-{_name(self._engine)}-{number:08x}{after}.npz"

    def _anew(self, read: "_Reading") -> Finder:
        """Return an index of the whole directory; of a large one, built in another process."""
        if self._folder is not None and read.offerings.size() > _MANY:
            url = self._engine.url.render_as_string(hide_password=False)
            done = build_elsewhere(url, self._folder)
            found = self._loaded(read, read.words()) if done else None
            if found is not None:
                return found
            logger.warning("the index could not be built in a process of its own")
        return self._built(read)

    def _built(self, read: "_Reading") -> Finder:
        vocabulary, words = read.glossary.vocabulary(), read.words()
        built = _shelved().build(
            read.offerings.all(), read.offerings.revision(), vocabulary, words
        )
        path = self._path()
        if path is not None and read.offerings.size():
            try:
                built.save(path)
                for old in path.parent.glob(f"search-{_name(self._engine)}*.npz"):
                    if old != path:  # of before a restore, or of a database that is gone
                        old.unlink(missing_ok=True)
            except OSError as fault:  # a full disk costs a rebuild at the next start, no more
                logger.warning("the index could not be kept: %s", fault.strerror)
        return built

    @contextmanager
    def _reading(self) -> Generator["_Reading"]:
        connection = self._engine.connect().execution_options(brug_read_only=True)
        with connection, connection.begin(), Session(connection) as session:
            audit, revisions = Audit(session), Revisions(session)
            yield _Reading(
                Offerings(session, audit, revisions), Glossary(session, audit, revisions)
            )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the index is made of, as one moment sees it."""

    offerings: Offerings
    glossary: Glossary

    def words(self) -> str:
        """Return what changes with every word of the field."""
        return f"{_seed()}-{self.glossary.revision()}"


@cache
def _seed() -> str:
    return sha256(VOCABULARY.read_bytes()).hexdigest()[:12]


def _shelved() -> ModuleType:
    # Measured: NumPy and the index cost 0.2 s of a start that may never search.
    from store import shelved  # noqa: PLC0415

    return shelved


def _name(engine: Engine) -> str:
    """Return what tells the files of two places for a database apart."""
    return sha256(engine.url.render_as_string(hide_password=True).encode()).hexdigest()[:12]
