"""Bring the database up to date: first its tables, then its facts."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock

from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from store.errors import NewerDatabase, StoreUnreachable
from store.seeding import Loaded
from store.seeds import coordinators, reading
from store.transaction import LONG_PATIENCE, Store

HEAD = "0015"
"""The newest revision in `migrations/versions/`; a test compares. It is written here so that a
start with nothing to do need not import Alembic (measured: 0.2 s of a cold `brug ask`)."""

_LOCK = 0x62727568
"""Number of PostgreSQL's advisory lock for migrating: one replica migrates, the others wait."""

_ONE_AT_A_TIME = Lock()
"""Alembic's context is one for the whole process: two threads would share it."""


def revision(store: Store) -> str:
    """Return the revision of the tables; empty for an empty database.

    Raises:
        StoreUnreachable: If the database does not answer.
    """
    try:
        with store.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return str(found or "")
    except OperationalError as fault:
        raise StoreUnreachable(store.engine.url.render_as_string()) from fault


def upgrade(store: Store) -> bool:
    """Bring the tables to the newest revision; safe when several replicas do it at once.

    Returns:
        Whether there was anything to do.

    Raises:
        StoreUnreachable: If the database does not answer.
        NewerDatabase: If its tables are of a newer Brug than this one.
    """
    found = revision(store)
    if found == HEAD:
        return False
    if found > HEAD:  # revisions are numbers of four digits
        raise NewerDatabase(found, HEAD)
    # Measured: importing Alembic costs 0.2 s, and nearly every start has nothing to migrate.
    from alembic.command import upgrade as run  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = store.engine
    with _ONE_AT_A_TIME, _alone(store):
        run(config, "head")
    return True


@contextmanager
def _alone(store: Store) -> Generator[None]:
    """Keep other replicas from migrating meanwhile."""
    if store.engine.dialect.name != "postgresql":  # SQLite has one writer anyway
        yield
        return
    # A connection of its own: a lock inside the migration's would come too late. It is detached,
    # so that closing it ends the session, and the lock with it.
    with store.engine.connect() as connection:
        connection.detach()
        for statement in ("SET statement_timeout = 0", "SET lock_timeout = 0"):
            connection.execute(text(statement))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        yield


def seed(store: Store, now: datetime) -> Sequence[Loaded]:
    """Load every seed whose files changed since they were loaded last.

    Args:
        store: Where to.
        now: The moment (UTC), for the record.

    Returns:
        What was done, one per seed that was loaded; empty when all were up to date.

    Raises:
        SeedBroken: If a file has rows that cannot be read; nothing is loaded then.
        StoreBusy: If the database was busy for too long; nothing is loaded then.
    """
    versions = {"gazetteer": reading.version(), "coordinators": coordinators.version()}
    with store.read() as tx:
        if all(tx.seeds.version(name) == version for name, version in versions.items()):
            return []
    # Everything is read before anything is written.
    gazetteer, contacts = reading.read_gazetteer(), coordinators.read()
    done: list[Loaded] = []
    with store.begin(LONG_PATIENCE) as tx:
        tx.seeds.lock()
        for name, version in versions.items():
            # Another replica may have been first while this one waited for the lock.
            if tx.seeds.version(name) != version:
                done.append(
                    tx.seeds.load_gazetteer(gazetteer)
                    if name == "gazetteer"
                    else tx.seeds.load_coordinators(contacts)
                )
                tx.seeds.note(name, version, now)
    return done


def load_demonstration(store: Store, now: datetime) -> int:
    """Load the invented directory, to try Brug with; see `demonstration`.

    Args:
        store: Where to.
        now: The moment (UTC).

    Returns:
        How many entries were added or changed; 0 when this version was loaded before.

    Raises:
        StoreBusy: If the database was busy for too long; nothing is loaded then.
    """
    version = sha256((reading.FOLDER / "demonstration.csv").read_bytes()).hexdigest()
    with store.read() as tx:
        if tx.seeds.version("demonstration") == version:
            return 0
    # Measured: reading files costs 0.1 s of a start, and nearly every start has nothing to load.
    from store.demonstration import load  # noqa: PLC0415

    return load(store, version, now)
