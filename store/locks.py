"""One owner per letter, over all threads, processes and replicas.

A lock ends with its owner: who is killed leaves none behind. It is no lease, so no pause of its
owner, however long, gives it to somebody else.
"""

import fcntl
import hashlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

_NAMESPACE = 0x706F7374
"""The first half of PostgreSQL's advisory locks of letters ("post")."""

_FILES = 256
"""Lock files of a SQLite database. Letters share them: files that come and go cannot be locked
without a race. Two letters that share one by chance wait for each other, no more."""


class Locks:
    """The locks of letters in one database."""

    def __init__(self, engine: Engine) -> None:
        """Lock letters of this engine's database."""
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._folder = Path(f"{engine.url.database}-locks")

    @contextmanager
    def held(self, key: str) -> Generator[bool]:
        """Try to own a letter; say whether that went well, and let it go at the end."""
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], signed=True)
        if self._is_sqlite:
            self._folder.mkdir(exist_ok=True)
            lock = _of_a_file(self._folder / f"{number % _FILES:02x}")
        else:
            lock = _of_a_session(self._engine, number)
        with lock as owned:
            yield owned


@contextmanager
def _of_a_file(path: Path) -> Generator[bool]:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(file)  # and the lock goes with it


@contextmanager
def _of_a_session(engine: Engine, number: int) -> Generator[bool]:
    values = {"space": _NAMESPACE, "number": number}
    # A session of its own, outside every transaction: the lock outlives their commits.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lock = text("SELECT pg_try_advisory_lock(:space, :number)")
        owned = bool(connection.scalar(lock, values))
        try:
            yield owned
        finally:
            try:
                if owned:
                    unlock = text("SELECT pg_advisory_unlock(:space, :number)")
                    connection.execute(unlock, values)
            except DBAPIError:  # the session is gone, and its locks with it
                connection.invalidate()
