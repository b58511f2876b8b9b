"""One unit of work over everything that Brug keeps.

SQLite is set up as measured: WAL, synchronous=FULL, foreign keys, BEGIN IMMEDIATE for every
transaction that may write, a busy timeout of 2 s, and one writer at a time in this process
(`store/decisions/0001-sqlite.md`).
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from store.absences import Absences
from store.audit import Audit
from store.catalogue import Catalogue
from store.confirmations import Confirmations
from store.connections import Connections
from store.conversations import Conversation, Conversations
from store.corrections import Corrections
from store.coverage import Coverage
from store.digests import Digests
from store.errors import StoreBusy, StoreUnreachable, UnknownDatabase
from store.expertise import Expertise
from store.follows import Follows
from store.gazetteer import GazetteerStore
from store.glossary import Glossary
from store.languages import Languages
from store.links import Links
from store.locks import Locks
from store.memory import FACTS, Memory, Recall, WritingSession
from store.needs import Needs
from store.news import News
from store.offerings import Offerings
from store.outbox import Outbox
from store.people import People
from store.receipts import Receipts
from store.reception import Reception, Slip
from store.revisions import Revisions, look
from store.seeding import Seeds
from store.signals.echoes import Echoes
from store.signals.keeping import Signals
from store.signals.ledger import Bundles
from store.signals.traces import Traces
from store.staging import Staging
from store.told import Telling, Told

PATIENCE = 2.0
"""Seconds that a transaction waits for the database before it gives up (DESIGN: told = stored)."""


_READING, _PATIENCE = "brug_reading", "brug_patience"
"""What a connection to SQLite was told last, in its `info`."""

LONG_PATIENCE = 30.0
"""The same for work that nobody waits for, such as the facts at a start: eight replicas that start
at once on a busy machine stand in line for longer than `PATIENCE`."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """Everything that Brug keeps, inside one transaction: it all happens, or none of it does."""

    coverage: Coverage
    absences: Absences
    signals: Signals
    bundles: Bundles
    traces: Traces
    offerings: Offerings
    catalogue: Catalogue
    corrections: Corrections
    needs: Needs
    news: News
    follows: Follows
    confirmations: Confirmations
    people: People
    gazetteer: GazetteerStore
    outbox: Outbox
    receipts: Receipts
    revisions: Revisions
    audit: Audit
    seeds: Seeds
    digests: Digests
    staging: Staging
    glossary: Glossary
    expertise: Expertise
    connections: Connections
    told: Told
    languages: Languages
    links: Links
    conversations: Conversations


class Store:
    """The database, and the way into it.

    Attributes:
        engine: SQLAlchemy's way to the database.
        locks: One owner per letter, over all replicas.
    """

    def __init__(self, engine: Engine, home: Path | None = None) -> None:
        """Keep things in this engine's database, and what is computed from them in `home`."""
        self.engine = engine
        options = {"brug_read_only": True}
        if engine.dialect.name == "postgresql":
            options["postgresql_readonly"] = True
        self._looking = engine.execution_options(**options)
        self._memory = Memory()
        self._echoes = Echoes()
        self.catalogue = Catalogue(engine, home)
        self.locks = Locks(engine)
        self._one_writer = Lock()
        self._reception: Reception[Transaction] = Reception(self.begin, PATIENCE)
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._look = partial(look, engine)

    @contextmanager
    def begin(self, patience: float = PATIENCE) -> Generator[Transaction]:
        """Start a unit of work: commit at the end, roll back on any exception.

        Args:
            patience: Seconds to wait for other writers, and for each statement.

        Raises:
            StoreBusy: If other writers held the database for longer than that.
            StoreUnreachable: If the database does not answer.
        """
        if not self._is_sqlite:
            with self._writing(patience) as transaction:
                yield transaction
            return
        # SQLite's own queue is unfair: with a lock in front nobody waits for seconds.
        if not self._one_writer.acquire(timeout=patience):
            raise StoreBusy(patience)
        try:
            with self._writing(patience) as transaction:
                yield transaction
        finally:
            self._one_writer.release()

    @contextmanager
    def read(self) -> Generator[Transaction]:
        """Look without changing anything; a write inside fails.

        The database is not touched before something is asked of it.

        Raises:
            StoreUnreachable: If the database does not answer.
        """
        with self._explained(), Session(self._looking) as session:
            revisions = Revisions(session, self._look)
            yield _over(session, revisions, self._echoes, self.catalogue, self._memory)

    def note(
        self,
        key: str,
        now: datetime,
        also: Callable[[Transaction], None] | None = None,
        told: Sequence[Telling] = (),
        seen: Conversation | None = None,
    ) -> bool:
        """Write down that a platform event was seen, in one commit with others that come now.

        Args:
            key: What identifies the event ("slack:event:Ev0123").
            now: When (UTC).
            also: Writes what belongs to it, the first time; perhaps on another's thread.
            told: What somebody was told because of it.
            seen: What they can go on from.

        Returns:
            Whether it is the first time.

        Raises:
            StoreBusy: If others held the database for too long; perhaps it is written later.
            StoreUnreachable: If the database does not answer.
        """
        return self._reception.note(Slip(key, now, also, told, seen))

    def scrub(self) -> None:
        """Leave nothing of what was deleted in files of the database; call it after a transaction.

        SQLite overwrites what it deletes (`secure_delete`), and the write-ahead log is emptied
        here. PostgreSQL frees the rows for new ones; its own logs follow its own settings.

        Raises:
            StoreBusy: If others held the database for too long; the next call does it.
        """
        try:
            if not self._is_sqlite:
                options = {"isolation_level": "AUTOCOMMIT"}
                with self.engine.connect().execution_options(**options) as connection:
                    connection.exec_driver_sql(
                        "VACUUM signal_supporter, signal, letter, told, expertise, connection, "
                        "conversation, staged_file"
                    )
                return
            # The driver's own connection: SQLAlchemy would begin a transaction around it.
            driver = self.engine.raw_connection()
            try:
                cursor = driver.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (busy, _, _) = cursor.fetchone() or (1, 0, 0)
                cursor.close()
            finally:
                driver.close()
        except OperationalError as fault:
            raise StoreBusy(PATIENCE) from fault
        if busy:
            raise StoreBusy(PATIENCE)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _writing(self, patience: float) -> Generator[Transaction]:
        with self._explained(), self.engine.connect() as plain:
            connection = plain.execution_options(brug_patience=patience)
            try:
                unit = connection.begin()
            except OperationalError as fault:
                raise StoreBusy(patience) from fault
            with unit, WritingSession(connection) as session:
                revisions = Revisions(session)
                yield _over(session, revisions, self._echoes, self.catalogue, None)
                session.flush()
                if session.touched:
                    # Last of all: who changes the same rows waits for as short as can be.
                    revisions.bump(FACTS)

    @contextmanager
    def _explained(self) -> Generator[None]:
        """Say what it means when the database does not do what it is asked."""
        try:
            yield
        except DBAPIError as fault:
            # What failed before any statement is the way to the database.
            if fault.connection_invalidated or fault.statement is None:
                url = self.engine.url.render_as_string()
                raise StoreUnreachable(url) from fault
            if _took_too_long(fault):
                raise StoreBusy(PATIENCE) from fault
            raise


def _over(
    session: Session,
    revisions: Revisions,
    echoes: Echoes,
    catalogue: Catalogue,
    memory: Memory | None,
) -> Transaction:
    audit = Audit(session)
    recall = Recall(memory, revisions)
    return Transaction(
        coverage=Coverage(session, audit, recall),
        absences=Absences(session, audit),
        signals=Signals(session, audit, echoes),
        bundles=Bundles(session, audit),
        traces=Traces(session, audit),
        offerings=Offerings(session, audit, revisions, recall),
        catalogue=catalogue,
        corrections=Corrections(session, audit),
        needs=Needs(session),
        news=News(session),
        follows=Follows(session, audit),
        confirmations=Confirmations(session),
        people=People(session, audit, recall),
        gazetteer=GazetteerStore(session, revisions),
        outbox=Outbox(session),
        receipts=Receipts(session),
        revisions=revisions,
        audit=audit,
        seeds=Seeds(session, revisions, audit),
        digests=Digests(session, audit),
        staging=Staging(session),
        glossary=Glossary(session, audit, revisions),
        expertise=Expertise(session, audit),
        connections=Connections(session, audit),
        told=Told(session),
        languages=Languages(session, audit, recall),
        links=Links(session, audit, recall),
        conversations=Conversations(session),
    )


def open_store(url: str, home: Path | None = None) -> Store:
    """Open the database at this URL.

    Args:
        url: "sqlite:///folder/brug.db" (the folder is made if need be) or
            "postgresql+psycopg://user@host/database".
        home: The folder for what is computed from it, such as the search index; None for none.

    Raises:
        UnknownDatabase: If the URL is no such thing.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise UnknownDatabase(url) from fault
    # An error of the database must not carry into the log what people typed.
    options: dict[str, Any] = {"hide_parameters": True}
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            options |= {"connect_args": {"timeout": PATIENCE}, "pool_size": 8, "max_overflow": 32}
            engine = create_engine(parsed, **options)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        case "postgresql":
            milliseconds = int(PATIENCE * 1000)
            limits = f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
            connect = {"options": limits, "connect_timeout": int(PATIENCE)}
            options |= {"connect_args": connect, "pool_pre_ping": True, "max_overflow": 32}
            engine = create_engine(parsed.set(drivername="postgresql+psycopg"), **options)
            event.listen(engine, "begin", _begin_postgresql)
        case _:
            raise UnknownDatabase(url)
    return Store(engine, home)


def _took_too_long(fault: DBAPIError) -> bool:
    # PostgreSQL: query_canceled by a timeout, lock_not_available, deadlock_detected.
    state = getattr(fault.orig, "sqlstate", None)
    return state in {"57014", "55P03", "40P01"} or "database is locked" in str(fault.orig)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: it would do so too late, and deferred.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        # In KiB, for each connection, of which there are as many as questions at once: with
        # SQLite's own 2 MB they held tens of megabytes, of what the system keeps anyway.
        "cache_size = -256",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("brug_patience", PATIENCE) != PATIENCE:
        _wait_for(connection, "SET LOCAL statement_timeout = {}")
        _wait_for(connection, "SET LOCAL lock_timeout = {}")


def _wait_for(connection: Connection, statement: str) -> None:
    patience: float = connection.get_execution_options().get("brug_patience", PATIENCE)
    connection.exec_driver_sql(statement.format(int(patience * 1000)))


def _begin_sqlite(connection: Connection) -> None:
    options, known = connection.get_execution_options(), connection.info
    reading: bool = options.get("brug_read_only", False)
    patience: float = options.get("brug_patience", PATIENCE)
    # A connection of the pool stays as it was left: what does not change is not said again.
    if known.get(_READING) is not reading:
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
        known[_READING] = reading
    if not reading and known.get(_PATIENCE) != patience:
        _wait_for(connection, "PRAGMA busy_timeout = {}")
        known[_PATIENCE] = patience
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
