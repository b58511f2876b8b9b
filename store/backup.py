"""Copies of the database that can be put back (F75).

SQLite's own online backup makes the copy while others write: copying the file did not (measured:
1 of 30 copies was whole). PostgreSQL has pg_dump and pg_restore for it; after pg_restore,
`doubt_letters` is what is left to do.
"""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from store.errors import BackupFailed
from store.preparing import HEAD, upgrade
from store.transaction import PATIENCE, Store, open_store


@dataclass(frozen=True, slots=True)
class Restored:
    """What putting a copy back came to.

    Attributes:
        doubted: How many letters are in doubt: they may have gone out since the copy was made,
            and are looked for before anything is sent again.
        set_aside: The file that holds what was there; None where nothing was.
    """

    doubted: int
    set_aside: Path | None


def back_up(store: Store, file: Path) -> None:
    """Copy the database to a file, while others go on writing.

    Raises:
        BackupFailed: If it is no SQLite database, or the file is there already.
    """
    source = _file_of(store)
    if file.exists():
        raise BackupFailed(f"{file} is there already; name a new file")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        with (
            closing(sqlite3.connect(source)) as running,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            running.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        _check(unfinished)
        unfinished.replace(file)
    except (OSError, sqlite3.Error) as fault:
        raise BackupFailed(f"{file} could not be written: {fault}") from fault
    finally:
        unfinished.unlink(missing_ok=True)


def restore(url: str, file: Path, now: datetime) -> Restored:
    """Put a copy back in the place of the database, while nobody else is at work on it.

    Why in this order; a crash between any two of these leaves a whole database in its place:

    1. The copy is looked at, before anything is touched.
    2. SQLite's exclusive lock on the database, until the end. Every Brug that runs holds a shared
       one, an idle one too: it is noticed, and nothing is done. Whoever starts meanwhile waits
       for it, or gives up. What was still in the log beside the database is in the database then.
    3. The copy becomes a database of today in a file of its own, with its letters in doubt: were
       they doubted only after 5, a crash in between would send them twice. Leftovers of an
       earlier crash are removed first; the lock says that they are nobody's.
    4. What was there goes to a file with a name of its own, whole before it gets that name. No
       name is used again: a second restore does not replace what the first one kept.
    5. The contents are replaced inside the database file, in one transaction of SQLite: before
       its commit a crash leaves the old contents, after it the new ones. The file itself stays:
       were it renamed, who waits for it in 2 would go on writing to the old one, unnoticed.

    Args:
        url: Of the database.
        file: The copy.
        now: The moment (UTC).

    Raises:
        BackupFailed: If it is no SQLite database, the file is no whole copy of one of ours, or a
            Brug is at work on the database.
    """
    store = open_store(url)
    target = Path(_file_of(store))
    store.close()
    _check(file)
    fresh = target.with_name(f"{target.name}.restoring")
    try:
        with _alone(target) as current:
            try:
                doubted = _made_ready(file, fresh, now)
                aside = None if _is_new(current) else _set_aside(current, target, now)
                with closing(sqlite3.connect(fresh)) as made:
                    made.execute("PRAGMA journal_mode = DELETE")  # its log too, in one file
                    made.backup(current)
            finally:
                _remove(fresh)
    except (OSError, sqlite3.Error) as fault:
        raise BackupFailed(f"{file} could not be put back: {fault}") from fault
    return Restored(doubted, aside)


def doubt_letters(store: Store, now: datetime) -> int:
    """Doubt every letter that may have gone out since this copy was made; return how many."""
    with store.begin() as tx:
        doubted = tx.outbox.doubt_all(now)
        tx.audit.note(now, "system", "database.restore", f"letters:{doubted}")
    return doubted


def _file_of(store: Store) -> str:
    if store.engine.dialect.name != "sqlite":
        raise BackupFailed(
            "this database is PostgreSQL: use pg_dump --format=custom and pg_restore, and then "
            "`brug db doubt`"
        )
    return str(store.engine.url.database)


@contextmanager
def _alone(target: Path) -> Generator[sqlite3.Connection]:
    """Keep everybody else off a database, with its log folded in."""
    with closing(sqlite3.connect(target, timeout=PATIENCE, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # held until it is closed
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as fault:
            if fault.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise BackupFailed(
                    f"somebody is at work on {target}; nothing was changed. Stop every Brug on it "
                    "(brug serve, a chat in a terminal), then try again"
                ) from fault
            if fault.sqlite_errorname in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
                raise BackupFailed(
                    f"{target} is too damaged to be locked; nothing was changed. Stop every Brug "
                    f"on it, move it and {target.name}-wal to another place, then try again"
                ) from fault
            raise
        yield connection


def _made_ready(copy: Path, fresh: Path, now: datetime) -> int:
    """Make a database of today of a copy, doubt its letters, and return how many."""
    _remove(fresh)
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(fresh)) as made:
        source.backup(made)
    restored = open_store(f"sqlite:///{fresh}")
    try:
        upgrade(restored)
        return doubt_letters(restored, now)
    finally:
        restored.close()


def _is_new(database: sqlite3.Connection) -> bool:
    """Return whether there was none, before it was locked."""
    return database.execute("PRAGMA schema_version").fetchone() == (0,)


def _set_aside(current: sqlite3.Connection, target: Path, now: datetime) -> Path:
    """Keep what is there in a file that did not exist, and return which."""
    stamp = f"{target.name}.before-restore-{now:%Y%m%dT%H%M%S}"
    names = (stamp if number == 1 else f"{stamp}-{number}" for number in count(1))
    aside = next(one for one in map(target.with_name, names) if not one.exists())
    unfinished = target.with_name(f"{target.name}.setting-aside")
    _remove(unfinished)
    try:
        with closing(sqlite3.connect(unfinished)) as kept:
            current.backup(kept)
        unfinished.rename(aside)
    finally:
        _remove(unfinished)
    # On the disk under its name before the contents are replaced.
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return aside


def _remove(file: Path) -> None:
    """Remove a database of ours that nobody has open, and what may lie beside it."""
    for beside in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)


def _check(file: Path) -> None:
    if not file.is_file():
        raise BackupFailed(f"there is no file {file}")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone()
            revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as fault:
        raise BackupFailed(f"{file} is no database of Brug: {fault}") from fault
    if whole != ("ok",):
        raise BackupFailed(f"{file} is damaged: {whole[0]}")
    if revision is None or str(revision[0]) > HEAD:
        raise BackupFailed(f"{file} was made by a newer Brug; install that one first")
