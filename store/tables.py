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
    UniqueConstraint,
    text,
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

    Every replica compares it before it trusts its own memory. One of them never goes up:
    `revisions.DATABASE`.
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
    __table_args__ = (
        Index(None, "person_id", "last_day"),
        # The same absence twice is one, whoever registers it; withdrawn ones do not count. The
        # tables are made by migrations, where PostgreSQL has the same condition: named here, it
        # would have every start on SQLite import all of SQLAlchemy's PostgreSQL, 3 % of it.
        Index(
            "uq_absence_person_id_first_day_last_day",
            "person_id",
            "first_day",
            "last_day",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
        ),
    )

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
    __table_args__ = (
        Index(None, "state", "next_at"),
        # In the order in which they are taken: the first one is found without sorting the rest.
        Index("ix_letter_turn", "lane", "state", "next_at", "key"),
    )

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


class SignalRow(Row):
    """One `signals.records.Signal`."""

    __tablename__ = "signal"
    __table_args__ = (Index(None, "region", "created_at"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    submission: Mapped[str] = mapped_column(unique=True)
    """Which submission it came in, so that one that arrives again has no second effect."""
    text: Mapped[str] = mapped_column(Text)
    level: Mapped[str]
    region: Mapped[str]
    addressee: Mapped[str]
    phase: Mapped[str]
    meeting: Mapped[str]
    quarantined: Mapped[bool]
    structural: Mapped[bool]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("signal.number"), index=True)
    round: Mapped[int]
    version: Mapped[int]
    created_at: Mapped[datetime]
    look_by: Mapped[date]
    looked_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class SupporterRow(Row):
    """One `signals.records.Supporter`."""

    __tablename__ = "signal_supporter"
    __table_args__ = (UniqueConstraint("signal", "actor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    signal: Mapped[int] = mapped_column(ForeignKey("signal.number"))
    submission: Mapped[str] = mapped_column(unique=True)
    actor: Mapped[str | None] = mapped_column(index=True)
    """None when they stay anonymous, or once the link was cut."""
    name: Mapped[str]
    """Empty then as well, and where their room does not say it."""
    anonymity: Mapped[str]
    organisation: Mapped[str]
    context: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class SignalEventRow(Row):
    """Something that happened to a signal."""

    __tablename__ = "signal_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    signal: Mapped[int] = mapped_column(ForeignKey("signal.number"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]


class BundleRow(Row):
    """One `signals.ledger.Bundle`."""

    __tablename__ = "bundle"

    number: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str]
    period: Mapped[str]
    contents: Mapped[str]
    """The signals in it, "3 welzijn; 7 beide": the same contents make the same bundle."""
    key: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class BundleReceiverRow(Row):
    """A bundle for one addressee, and what came back."""

    __tablename__ = "bundle_receiver"

    bundle: Mapped[int] = mapped_column(ForeignKey("bundle.number"), primary_key=True)
    addressee: Mapped[str] = mapped_column(primary_key=True)
    sent_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What they answered, in short; empty while nobody wrote that down."""


class OrganizationRow(Row):
    """An organisation (HSDS: organization)."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    """The folded name: what an import recognises it by."""


class ServiceRow(Row):
    """One `directory.Offering` (HSDS: service, with what it needs of location and eligibility)."""

    __tablename__ = "service"
    __table_args__ = (Index(None, "kind", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    external_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    name: Mapped[str]
    description: Mapped[str]
    url: Mapped[str]
    email: Mapped[str]
    owner_email: Mapped[str] = mapped_column(index=True)
    levels: Mapped[list[str]]
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    themes: Mapped[list[str]]
    tags: Mapped[list[str]]
    regions: Mapped[list[str]]
    locations: Mapped[list[str]]
    status: Mapped[str]
    status_since: Mapped[date | None]
    not_reached_by_education: Mapped[bool]
    application_process: Mapped[str]
    details: Mapped[dict[str, Any]]
    assured_date: Mapped[date | None]
    assured_by: Mapped[str]
    last_modified: Mapped[datetime]
    source: Mapped[str]
    as_of: Mapped[date]
    invented: Mapped[bool]
    version: Mapped[int]
    changed_at: Mapped[datetime | None]
    """When a person changed or confirmed it; from then on no import overwrites it."""
    revision: Mapped[int] = mapped_column(index=True)
    """The revision of the directory in which it last changed: what an index reads again."""
    asked: Mapped[int]
    """How often its card was opened: what is asked for most is confirmed first."""


class ScheduleRow(Row):
    """One `directory.Session` (HSDS: schedule)."""

    __tablename__ = "schedule"
    __table_args__ = (Index(None, "service_id", "begins"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    begins: Mapped[datetime] = mapped_column(index=True)
    ends: Mapped[datetime | None]
    place: Mapped[str]


class ServiceChangeRow(Row):
    """What changed in an entry, field by field: its versions, and the provenance of each field."""

    __tablename__ = "service_change"
    __table_args__ = (Index(None, "service_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    version: Mapped[int]
    """The version that this change made."""
    field: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]
    source: Mapped[str]


class CorrectionRow(Row):
    """One `corrections.Correction`: a proposal that waits for a steward."""

    __tablename__ = "correction"
    __table_args__ = (Index(None, "state", "proposed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    field: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    state: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]


class UnmetNeedRow(Row):
    """A question that found nothing, without the person who asked it (F16)."""

    __tablename__ = "unmet_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    words: Mapped[str]
    """What was looked for, if the guard let it through; else empty."""
    regions: Mapped[list[str]]
    levels: Mapped[list[str]]
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    themes: Mapped[list[str]]
    kinds: Mapped[list[str]]


class FollowRow(Row):
    """Somebody who wants to hear when something appears for a search (F17)."""

    __tablename__ = "follow"

    id: Mapped[int] = mapped_column(primary_key=True)
    follower: Mapped[str] = mapped_column(index=True)
    words: Mapped[str]
    language: Mapped[str]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    revision: Mapped[int]
    """Up to which revision of the directory they were told."""


class PracticeUseRow(Row):
    """A place that applied a practice ("wij pasten dit toe", F20)."""

    __tablename__ = "practice_use"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    said_at: Mapped[datetime]


class ConfirmationRequestRow(Row):
    """A request to confirm an entry, so that nobody is asked too often (F15)."""

    __tablename__ = "confirmation_request"
    __table_args__ = (Index(None, "owner_email", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    owner_email: Mapped[str]
    asked_at: Mapped[datetime]


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


class StagedFileRow(Row):
    """One `staging.StagedFile`: a spreadsheet that waits for a yes or a no."""

    __tablename__ = "staged_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    content: Mapped[bytes]
    brought_by: Mapped[str]
    brought_at: Mapped[datetime] = mapped_column(index=True)


class TermRow(Row):
    """A word of the field as a steward put it, instead of what the seed says of it."""

    __tablename__ = "term"

    key: Mapped[str] = mapped_column(primary_key=True)
    """The folded name of the term."""
    term: Mapped[str]
    synonyms: Mapped[list[str]]
    related: Mapped[list[str]]
    facet: Mapped[str]
    """"theme:pesten"; empty for none."""
    meaning: Mapped[str]
    removed: Mapped[bool]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class ExpertiseRow(Row):
    """One theme of one `expertise.Expert`."""

    __tablename__ = "expertise"
    __table_args__ = (UniqueConstraint("actor", "theme"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str]
    theme: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str]
    role: Mapped[str]
    region: Mapped[str]
    language: Mapped[str]
    declared_at: Mapped[datetime]


class ConnectionRow(Row):
    """One `connections.Connection`: a question for which somebody is looked for."""

    __tablename__ = "connection"
    __table_args__ = (Index(None, "state", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """The same question of the same person on the same day is one, however often it arrives."""
    asker: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    email: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    """Empty once it is over: what was asked is kept for no longer than it is needed."""
    region: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class InvitationRow(Row):
    """One `connections.Invitation`: somebody who was asked first."""

    __tablename__ = "invitation"

    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id"), primary_key=True)
    actor: Mapped[str] = mapped_column(primary_key=True)
    side: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    reply: Mapped[str]
    replied_at: Mapped[datetime | None]


class ToldRow(Row):
    """What somebody was told, so that they hear when it turns out wrong (F52).

    Never what they asked. Telling the same thing again only moves the moment.
    """

    __tablename__ = "told"
    __table_args__ = (Index(None, "kind", "number", "record"),)

    asker: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    record: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class LanguageRow(Row):
    """In which language somebody is answered, and written to."""

    __tablename__ = "language"

    actor: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    chosen: Mapped[bool]
    """Whether they chose it themselves; otherwise their platform said so."""
    at: Mapped[datetime]


class LinkRow(Row):
    """One `links.Link`: a user of a platform whom a steward linked."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(unique=True)
    """As the rooms call them: "slack:T1:U2"."""
    name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str]
    """The address of entries, in lower case; empty when they are a person."""
    linked_by: Mapped[str]
    at: Mapped[datetime]


class ConversationRow(Row):
    """What somebody can go on from in one conversation, for half an hour (F50)."""

    __tablename__ = "conversation"

    actor: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    feature: Mapped[str]
    words: Mapped[str | None] = mapped_column(Text)
    """What was asked; NULL when it points at somebody, and may not be kept."""
    entries: Mapped[list[list[int]]] = mapped_column(JSON)
    page: Mapped[int]
    total: Mapped[int]
    regions: Mapped[list[str]]
    places: Mapped[list[str]]
    day: Mapped[date | None]
