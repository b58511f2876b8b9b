"""What people were told, so that exactly they hear when it turns out wrong (F52).

Never what they asked, and no longer than `KEPT`. The same thing told again is one row with a
later moment, so that this stays small whatever is asked.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, text, tuple_
from sqlalchemy.orm import Session

from store.letters import forget_letters
from store.records import Fact, FactKind
from store.tables import ServiceChangeRow, ServiceRow, ToldRow
from store.upsert import insert_or_replace

KEPT = timedelta(days=30)
"""How long Brug remembers what it told somebody (F52)."""

IMPORT = "system"
"""Who changes entries by an import: that is news, and no correction."""

_BATCH = 500
"""Rows that one run of the clock takes care of in one transaction."""

_LOCK = 0x7265636C
"""Number of PostgreSQL's advisory lock for telling people ("recl" in ASCII)."""


OF_THE_DIRECTORY = (FactKind.LINE, FactKind.CARD)
"""Facts whose entry has a version: it says by itself whether they are still right."""

_OLDER = (
    select(ToldRow.number, ToldRow.version)
    .join(ServiceRow, ServiceRow.id == ToldRow.number)
    .where(ToldRow.kind.in_(OF_THE_DIRECTORY), ToldRow.version < ServiceRow.version)
    .distinct()
)
_OF_OLDER_VERSIONS = (
    ToldRow.kind.in_(OF_THE_DIRECTORY),
    tuple_(ToldRow.number, ToldRow.version).in_(_OLDER),
)
"""What was told of an entry before its last change."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody was told something.

    Attributes:
        asker: Who: "person:3" or "slack:T1:U2"; also where letters go.
        fact: What.
        language: In which language.
        at: When last (UTC).
    """

    asker: str
    fact: Fact
    language: str
    at: datetime


_KEY = ("asker", "kind", "number", "record", "version", "value")


def _key(one: Telling) -> tuple[str, str, int, str, int, str]:
    fact = one.fact
    return one.asker, fact.kind.value, fact.number, fact.record, fact.version, fact.value


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an entry, as it was and as a later version made it.

    Attributes:
        field: Which, as `Offering` names it.
        version: The version that this change made.
        old: What it said before.
        new: What it said then.
    """

    field: str
    version: int
    old: str
    new: str


class Told:
    """The part of the store that remembers what was told to whom."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def note(self, asker: str, facts: Iterable[Fact], language: str, at: datetime) -> None:
        """Remember that somebody was told these facts, in one statement."""
        self.note_all([Telling(asker, fact, language, at) for fact in facts])

    def note_all(self, tellings: Sequence[Telling]) -> None:
        """Remember what people were told, in one statement; of the same the last one counts."""
        # In one order always: two replicas that write the same rows must not wait for each other.
        rows = {_key(one): one for one in tellings}
        insert_or_replace(
            self._session,
            ToldRow,
            [
                dict(zip(_KEY, key, strict=True)) | {"language": one.language, "at": one.at}
                for key, one in sorted(rows.items())
            ],
        )

    def alone(self) -> bool:
        """Keep other replicas from telling anybody until this transaction ends.

        Returns:
            Whether that went well; if not, another one is at it right now.
        """
        if self._session.get_bind().dialect.name != "postgresql":  # SQLite has one writer anyway
            return True
        query = text("SELECT pg_try_advisory_xact_lock(:key)")
        return bool(self._session.scalar(query, {"key": _LOCK}))

    def values(self, since: datetime) -> Sequence[Fact]:
        """Return which values people were told of what has no versions, each once."""
        query = (
            select(ToldRow.kind, ToldRow.number, ToldRow.record, ToldRow.value)
            .where(ToldRow.kind.not_in(OF_THE_DIRECTORY), ToldRow.at > since)
            .distinct()
        )
        return [
            Fact(FactKind(kind), number, record, 0, value)
            for kind, number, record, value in self._session.execute(query)
        ]

    def askers_of_value(self, fact: Fact, since: datetime) -> Sequence[str]:
        """Return who was told exactly this, each once."""
        return self._askers(
            since,
            ToldRow.kind == fact.kind.value,
            ToldRow.number == fact.number,
            ToldRow.record == fact.record,
            ToldRow.value == fact.value,
        )

    def askers_of_older_versions(self, since: datetime) -> Sequence[str]:
        """Return who was told of an entry before its last change, each once."""
        return self._askers(since, *_OF_OLDER_VERSIONS)

    def of_people(self, asker: str, since: datetime) -> Sequence[Telling]:
        """Return what somebody was told of what has no versions."""
        return self._read(
            since, ToldRow.asker == asker, ToldRow.kind.not_in(OF_THE_DIRECTORY), most=None
        )

    def of_older_versions(self, asker: str, since: datetime) -> Sequence[Telling]:
        """Return what somebody was told of entries before their last change; a batch of it."""
        return self._read(since, ToldRow.asker == asker, *_OF_OLDER_VERSIONS, most=_BATCH)

    def changes(self, number: int, after: int) -> Sequence[FieldChange]:
        """Return what people changed in an entry after a version, the first change first."""
        query = (
            select(ServiceChangeRow)
            .where(
                ServiceChangeRow.service_id == number,
                ServiceChangeRow.version > after,
                ServiceChangeRow.actor != IMPORT,
            )
            .order_by(ServiceChangeRow.version, ServiceChangeRow.id)
        )
        return [
            FieldChange(row.field, row.version, row.old, row.new)
            for row in self._session.scalars(query)
        ]

    def drop(self, tellings: Collection[Telling]) -> None:
        """Forget that these people were told these facts: they know better now."""
        for one in tellings:
            fact = one.fact
            self._session.execute(
                delete(ToldRow).where(
                    ToldRow.asker == one.asker,
                    ToldRow.kind == fact.kind.value,
                    ToldRow.number == fact.number,
                    ToldRow.record == fact.record,
                    ToldRow.version == fact.version,
                    ToldRow.value == fact.value,
                )
            )

    def forget_before(self, moment: datetime) -> int:
        """Forget what was told before a moment, and return how much that was."""
        old = delete(ToldRow).where(ToldRow.at <= moment).returning(ToldRow.asker)
        return len(self._session.scalars(old).all())

    def erase(self, asker: str) -> int:
        """Forget everything that somebody was told, and return how much that was (F72)."""
        forget_letters(self._session, "recall/", [asker])
        theirs = delete(ToldRow).where(ToldRow.asker == asker).returning(ToldRow.kind)
        return len(self._session.scalars(theirs).all())

    def of(self, asker: str) -> Sequence[Telling]:
        """Return everything that Brug remembers having told somebody (access, F72)."""
        query = select(ToldRow).where(ToldRow.asker == asker).order_by(ToldRow.at)
        return [_telling(row) for row in self._session.scalars(query)]

    def _askers(self, since: datetime, *conditions: ColumnElement[bool]) -> Sequence[str]:
        query = select(ToldRow.asker).where(ToldRow.at > since, *conditions).distinct()
        return self._session.scalars(query.order_by(ToldRow.asker)).all()

    def _read(
        self, since: datetime, *conditions: ColumnElement[bool], most: int | None
    ) -> Sequence[Telling]:
        query = (
            select(ToldRow)
            .where(ToldRow.at > since, *conditions)
            .order_by(ToldRow.asker, ToldRow.at)
            .limit(most)
        )
        found = [_telling(row) for row in self._session.scalars(query)]
        self._session.expunge_all()
        return found


def _telling(row: ToldRow) -> Telling:
    fact = Fact(FactKind(row.kind), row.number, row.record, row.version, row.value)
    return Telling(row.asker, fact, row.language, row.at)
