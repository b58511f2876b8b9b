"""How the things that Brug knows lie in the database."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in time (UTC), the same out as in; SQLite alone would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Store it in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read it in UTC."""
        return value and value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Names(TypeDecorator[list[str]]):
    """Names in a row, "Gand; Ghent": readable in the database, and quicker to read than JSON.

    A name holds no semicolon: the seed files use the same separator.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        """Store them in one line."""
        return "; ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str]:  # noqa: ARG002 - SQLAlchemy's signature
        """Read them apart."""
        return value.split("; ") if value else []


class Row(DeclarativeBase):
    """The base of every row."""

    metadata = MetaData(
        # Names that do not depend on the database, so that a migration can name them too.
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {list[str]: Names, dict[str, Any]: JSON, datetime: Moment}  # noqa: RUF012 - SQLAlchemy's convention


class Seeded:
    """What every row has that a seed file fills.

    Attributes:
        source: Who says so, in words.
        as_of: The day on which it was taken over.
        changed_at: When a person changed it; from then on no seed file touches it. None if never.
    """

    source: Mapped[str]
    as_of: Mapped[date]
    changed_at: Mapped[datetime | None]


class SeedRow(Row):
    """Which version of a seed file was loaded last."""

    __tablename__ = "seed"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    loaded_at: Mapped[datetime]


class RevisionRow(Row):
    """A counter that goes up with every change, so that what was computed from it can be reused.

    Every replica compares it before it trusts its own memory.
    """

    __tablename__ = "revision"

    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class PlaceRow(Seeded, Row):
    """One `records.Place`."""

    __tablename__ = "place"

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str]
    postcodes: Mapped[list[str]]
    aliases: Mapped[list[str]]
    ended: Mapped[int | None]


class AreaRow(Seeded, Row):
    """One `records.Area`."""

    __tablename__ = "area"

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    regions: Mapped[list[str]]
    municipalities: Mapped[dict[str, Any]]
    aliases: Mapped[list[str]]


class HomonymRow(Seeded, Row):
    """One `records.Homonym`."""

    __tablename__ = "homonym"

    name: Mapped[str] = mapped_column(primary_key=True)
    default: Mapped[str]
    """"name @ municipality"; empty when Brug has to ask."""
    candidates: Mapped[list[str]]
    """The same, for each place that it may be."""


class OutsideRow(Seeded, Row):
    """One `records.Outside`."""

    __tablename__ = "outside"

    name: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True)
    aliases: Mapped[list[str]]
    postcodes: Mapped[list[str]]


class CommonWordRow(Seeded, Row):
    """A folded place name that is an ordinary word as well."""

    __tablename__ = "common_word"

    word: Mapped[str] = mapped_column(primary_key=True)


class PersonRow(Seeded, Row):
    """One `records.Person`."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    """The address in lower case: what people are recognised by."""


class AssignmentRow(Seeded, Row):
    """One `records.Assignment`."""

    __tablename__ = "assignment"
    __table_args__ = (Index(None, "region", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    side: Mapped[str]
    region: Mapped[str]
    municipalities: Mapped[list[str]]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    url: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class AbsenceRow(Row):
    """One `records.Absence`."""

    __tablename__ = "absence"
    __table_args__ = (Index(None, "person_id", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class StewardRow(Row):
    """Somebody who looks after the data, recognised by a verified address in lower case."""

    __tablename__ = "steward"

    email_key: Mapped[str] = mapped_column(primary_key=True)
    added_at: Mapped[datetime]


class LetterRow(Row):
    """One `records.Letter`, and how far it has come."""

    __tablename__ = "letter"
    __table_args__ = (Index(None, "state", "next_at"), Index(None, "lane", "next_at"))

    key: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    lane: Mapped[str]
    """What shares a pace: the workspace ("slack:T1")."""
    body: Mapped[str]
    language: Mapped[str]
    owner: Mapped[str]
    written_at: Mapped[datetime]
    earliest: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[str]
    attempts: Mapped[int]
    next_at: Mapped[datetime | None]
    """When somebody has to look at it again; None when nobody has to, so that the index on it
    holds nothing but work."""
    doubted_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reference: Mapped[str]
    reason: Mapped[str]


class LaneRow(Row):
    """When a workspace takes its next letter; one row per workspace ever written to."""

    __tablename__ = "lane"

    name: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]


class AddressRow(Row):
    """When a conversation takes its next letter."""

    __tablename__ = "address"

    name: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]


class RestoreRow(Row):
    """A backup was put back: what may have gone out in between is in doubt."""

    __tablename__ = "restored"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ReceiptRow(Row):
    """A platform event that was already seen."""

    __tablename__ = "receipt"

    key: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)


class AuditRow(Row):
    """Who did what, and when. Only ever added to; never what somebody typed (F71)."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    verb: Mapped[str]
    subject: Mapped[str]


class SubscriptionRow(Row):
    """One `records.Subscription`."""

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str]
    weekday: Mapped[int]
    hour: Mapped[int]
    minute: Mapped[int]
    language: Mapped[str]
    blocks: Mapped[list[str]]
    in_holidays: Mapped[bool]
    owner: Mapped[str]
    paused_until: Mapped[date | None]
    ended: Mapped[str]
    set_at: Mapped[datetime]


class IssueRow(Row):
    """One `records.Issue`, and what was known when it was composed."""

    __tablename__ = "issue"

    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
    written_at: Mapped[datetime] = mapped_column(index=True)
    letter: Mapped[str] = mapped_column(index=True)
    silence: Mapped[str]
    known: Mapped[dict[str, Any]]
    """Per block, what was true: the next one tells what changed since."""
