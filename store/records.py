"""The things Brug knows, as plain frozen values. No SQL here, and no platform."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Region(StrEnum):
    """The six regions of the learning networks: five provinces and Brussels (SOURCE: the page)."""

    BRUSSEL = "brussel"
    VLAAMS_BRABANT = "vlaams-brabant"
    ANTWERPEN = "antwerpen"
    OOST_VLAANDEREN = "oost-vlaanderen"
    WEST_VLAANDEREN = "west-vlaanderen"
    LIMBURG = "limburg"

    @property
    def label(self) -> str:
        """The name as people write it ("Oost-Vlaanderen")."""
        return self.value.title()

    @property
    def neighbours(self) -> tuple["Region", ...]:
        """The regions that are asked when nobody of this one is there (F07), nearest first."""
        return _NEIGHBOURS[self]


_NEIGHBOURS = {
    Region.BRUSSEL: (Region.VLAAMS_BRABANT,),
    Region.VLAAMS_BRABANT: (
        Region.BRUSSEL,
        Region.ANTWERPEN,
        Region.LIMBURG,
        Region.OOST_VLAANDEREN,
    ),
    Region.ANTWERPEN: (Region.VLAAMS_BRABANT, Region.LIMBURG, Region.OOST_VLAANDEREN),
    Region.OOST_VLAANDEREN: (Region.WEST_VLAANDEREN, Region.VLAAMS_BRABANT, Region.ANTWERPEN),
    Region.WEST_VLAANDEREN: (Region.OOST_VLAANDEREN,),
    Region.LIMBURG: (Region.VLAAMS_BRABANT, Region.ANTWERPEN),
}


class PlaceKind(StrEnum):
    """What sort of place a name stands for."""

    MUNICIPALITY = "gemeente"
    FORMER_MUNICIPALITY = "voormalige gemeente"
    SECTION = "deelgemeente"
    HAMLET = "kern"
    NEIGHBOURHOOD = "wijk"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact comes from.

    Attributes:
        source: Who says so, in words ("Statbel; GeoNames").
        as_of: The day on which it was taken over.
    """

    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, a part of one, a former one, or a neighbourhood.

    Attributes:
        name: Its name in Dutch.
        kind: What sort of place it is.
        municipality: The municipality it lies in today; its own name for a municipality.
        region: The region of that municipality.
        postcodes: Four digits each.
        aliases: Other names: French, English, old spelling, abbreviations.
        ended: The last year of a former municipality, else None.
        provenance: Where this row comes from.
    """

    name: str
    kind: PlaceKind
    municipality: str
    region: Region
    postcodes: tuple[str, ...]
    aliases: tuple[str, ...]
    ended: int | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Area:
    """A region, or a name for a stretch of country that lies in one or more regions.

    Attributes:
        name: "Meetjesland", "Oost-Vlaanderen", "Vervoerregio Mechelen".
        kind: "regio" for the six, else "streek", "arrondissement", "vervoerregio" …
        regions: The regions it lies in, the largest share first.
        municipalities: How many municipalities it counts per region; empty when not known.
        aliases: Other names.
        provenance: Where this row comes from.
    """

    name: str
    kind: str
    regions: tuple[Region, ...]
    municipalities: tuple[tuple[Region, int], ...]
    aliases: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Homonym:
    """A name that stands for more than one place.

    Attributes:
        name: The shared name.
        default: The municipality-and-kind that is clearly meant ("Aalst (gemeente,
            Oost-Vlaanderen)" gives the place "Aalst"), or None when Brug has to ask.
        candidates: The places it may be, as (name, municipality) pairs.
        provenance: Where this row comes from.
    """

    name: str
    default: tuple[str, str] | None
    candidates: tuple[tuple[str, str], ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Outside:
    """A place that lies outside Flanders and Brussels, so that Brug can say so.

    Attributes:
        name: Its name in its own language.
        aliases: Its Dutch name and others.
        country: "Wallonië", "Nederland", "Frankrijk" …
        postcodes: Belgian postcodes (four digits); empty abroad.
        provenance: Where this row comes from.
    """

    name: str
    aliases: tuple[str, ...]
    country: str
    postcodes: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every name of a place that Brug knows.

    Attributes:
        places: Municipalities, their parts, former ones and neighbourhoods.
        areas: The six regions and names of stretches of country.
        homonyms: Names that stand for more than one place.
        outside: Places outside the regions.
        common_words: Folded place names that are ordinary Dutch words as well ("meer", "lot").
        version: Changes whenever any of it changes.
    """

    places: tuple[Place, ...]
    areas: tuple[Area, ...]
    homonyms: tuple[Homonym, ...]
    outside: tuple[Outside, ...]
    common_words: frozenset[str]
    version: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that people use without meaning a place.

    Attributes:
        words: Ordinary words (Dutch, and frequent French and English ones), lower case.
        names: Given names and surnames, with a capital.
        like_places: Ordinary words that look like a misspelt place ("belanden", Blanden), lower
            case; where a place is due, they may be one all the same.
    """

    words: frozenset[str]
    names: frozenset[str]
    like_places: frozenset[str] = frozenset()


class Side(StrEnum):
    """The two sides of the tandem (SOURCE: the page's contact table)."""

    YOUTH_CARE = "jeugdhulp-onderwijs"
    AGAINST_DROPOUT = "samen-tegen-schooluitval"

    @property
    def other(self) -> "Side":
        """The other side."""
        return Side.AGAINST_DROPOUT if self is Side.YOUTH_CARE else Side.YOUTH_CARE


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a professional address.

    Attributes:
        id: The number of the row.
        name: As the source page calls the person; often a first name alone.
        email: As the source page writes it, capitals included.
    """

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person stands for one side of the tandem, in a region or in part of one.

    Attributes:
        id: The number of the row.
        person: Who.
        side: Which side of the tandem.
        region: Where.
        municipalities: The part of the region; empty for all of it.
        valid_from: The first day; None when the source does not say since when.
        valid_to: The last day; None while it lasts.
        provenance: Where this comes from.
        url: Where to read it; empty when there is no such page.
        confirmed_at: When somebody last said that it still holds (UTC); None if never.
        confirmed_by: Who said so.
    """

    id: int
    person: Person
    side: Side
    region: Region
    municipalities: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    provenance: Provenance
    url: str
    confirmed_at: datetime | None
    confirmed_by: Person | None


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away for some days.

    Attributes:
        id: The number of the row.
        person: Who is away.
        first_day: The first day away (Europe/Brussels).
        last_day: The last day away, included: "tot en met".
        cover: Who takes over; None when nobody was named.
    """

    id: int
    person: Person
    first_day: date
    last_day: date
    cover: Person | None


class LetterState(StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    SENDING = "sending"
    RECOVERING = "recovering"
    SENT = "sent"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message for somebody who did not ask, composed but not yet dressed for a platform.

    Attributes:
        key: Says what this letter is, so that it exists once, whoever writes it
            (for example "digest/2026-W47/slack:T1:C012").
        address: "platform:workspace:conversation", for example "slack:T1:C012"; or "person:3".
        body: The answer, as JSON.
        written_at: When it was composed (UTC).
        owner: The address of who decides when Brug can't know whether it arrived, and who hears
            that it never will ("person:3"); empty for nobody.
        earliest: The earliest moment at which a letter with this key can have gone out (UTC): a
            digest's slot. None: not known, so that it is looked for first in the days after a
            backup was put back.
        expires_at: From when on it must not go out any more (UTC): what it says is then told in
            the next one. None: never.
        language: In which language the room dresses it.
    """

    key: str
    address: str
    body: str
    written_at: datetime
    owner: str = ""
    earliest: datetime | None = None
    expires_at: datetime | None = None
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a letter has come.

    Attributes:
        letter: The letter.
        state: Where it is now.
        attempts: How often somebody set out to send it. Whoever set out knows its number: what
            happened later than that is not theirs to change.
        reference: The platform's reference of the message; empty until it is known to be there.
        reason: Why it is held or refused; else empty.
        doubted_at: When it first became uncertain whether it arrived (UTC); None if never.
        sent_at: When it became known that it is there (UTC); None until then.
    """

    letter: Letter
    state: LetterState
    attempts: int = 0
    reference: str = ""
    reason: str = ""
    doubted_at: datetime | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast letters may follow each other, in seconds.

    Attributes:
        lane: Between two letters to one workspace.
        address: Between two letters to one conversation.
    """

    lane: float
    address: float


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel, or somebody, that gets a digest every week.

    Attributes:
        id: The number of the row; 0 for one that was not kept yet.
        address: The channel, as letters call it; somebody's own key for a digest of their own.
        region: Of which region it tells.
        weekday: On which day: 0 for Monday to 6 for Sunday.
        hour: At which hour, Europe/Brussels; never 2, which happens twice or not at all when the
            clock changes.
        minute: And minute.
        language: nl, fr or en.
        blocks: What it tells of; empty for everything.
        in_holidays: Whether it comes in school holidays and on public holidays too.
        owner: Whom to tell when something is the matter ("person:3"); empty for nobody.
        paused_until: The day on which it comes back; None when it is not paused.
        ended: Why it no longer comes: "asked", or the platform's reason; empty while it comes.
        set_at: When it was last set (UTC): slots before that are none of it.
    """

    id: int
    address: str
    region: Region
    weekday: int
    hour: int
    minute: int
    language: str
    blocks: tuple[str, ...]
    in_holidays: bool
    owner: str
    paused_until: date | None
    ended: str
    set_at: datetime

    @property
    def personal(self) -> bool:
        """Whether it goes to one person, who asked for it, and to no channel (F45)."""
        return bool(self.owner) and self.owner == self.address


class Silence(StrEnum):
    """Why a digest did not come."""

    EMPTY = "empty"
    SCHOOL_HOLIDAY = "school_holiday"
    PUBLIC_HOLIDAY = "public_holiday"
    PAUSED = "paused"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of one digest: a letter, or a silence.

    Attributes:
        slot: Which one: "2026-W47", or "now/…" for one that was asked for.
        due_at: When it was due (UTC).
        letter: The key of its letter; empty for a silence.
        state: How far that letter has come; None for a silence, or when it was left out after
            all.
        silence: Why there is none; None for a letter.
        reason: Why the letter is held or refused; else empty.
    """

    slot: str
    due_at: datetime
    letter: str
    state: LetterState | None
    silence: Silence | None
    reason: str = ""


class FactKind(StrEnum):
    """What sort of fact somebody was told."""

    DUTY = "duty"
    PERSON = "person"
    LINE = "line"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that Brug says, precise enough to see later whether it still holds.

    Attributes:
        kind: Who stands for a side of a region; who and where a person is; an entry as a line
            of a list shows it, or as its card does.
        number: Of the person or the entry; 0 for a duty.
        record: Which duty: "limburg/jeugdhulp-onderwijs/" with a municipality where the region is
            split; else empty.
        version: Of the entry; 0 for what has no versions.
        value: What was said, for what has no versions: "Claudia <claudia@example.org>".
    """

    kind: FactKind
    number: int = 0
    record: str = ""
    version: int = 0
    value: str = ""
