"""Copies of the database that can be put back (F75).

SQLite's own online backup makes the copy while others write: copying the file did not (measured:
1 of 30 copies was whole). PostgreSQL has pg_dump and pg_restore for it; after pg_restore,
`doubt_letters` is what is left to do.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from store.errors import BackupFailed
from store.preparing import HEAD, upgrade
from store.transaction import Store, open_store


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


def restore(url: str, file: Path, now: datetime) -> int:
    """Put a copy back in the place of the database; nobody else may be at work meanwhile.

    What was there stays beside it, with ".before-restore" behind its name.

    Args:
        url: Of the database.
        file: The copy.
        now: The moment (UTC).

    Returns:
        How many letters are in doubt: they may have gone out since the copy was made, and are
        looked for before anything is sent again.

    Raises:
        BackupFailed: If it is no SQLite database, or the file is no whole copy of one of ours.
    """
    store = open_store(url)
    target = Path(_file_of(store))
    store.close()
    _check(file)
    fresh = target.with_name(f"{target.name}.restoring")
    try:
        with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(fresh)) as made:
            copy.backup(made)
        restored = open_store(f"sqlite:///{fresh}")
        try:
            upgrade(restored)
            doubted = doubt_letters(restored, now)
        finally:
            restored.close()
        if target.exists():
            _set_aside(target)
        _fold(fresh)
        fresh.replace(target)
    except (OSError, sqlite3.Error) as fault:
        raise BackupFailed(f"{file} could not be put back: {fault}") from fault
    finally:
        for left in fresh.parent.glob(f"{fresh.name}*"):
            left.unlink()
    return doubted


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


def _set_aside(target: Path) -> None:
    _fold(target)
    target.replace(target.with_name(f"{target.name}.before-restore"))
    for beside in ("-wal", "-shm"):
        target.with_name(target.name + beside).unlink(missing_ok=True)


def _fold(file: Path) -> None:
    """Put what is still in the log beside a database into the database itself."""
    with closing(sqlite3.connect(file)) as running:
        running.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
