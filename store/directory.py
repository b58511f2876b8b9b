"""What the directory holds: offerings and everything like them, with the names of HSDS 3.

HSDS is the Human Services Data Specification (https://docs.openreferral.org, version 3.1): what it
calls a *service* is an *offering* here, because that is what the field says ("aanbod").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from store.records import Provenance, Region
from store.search.entry import Entry, Level, Status

Detail: TypeAlias = "str | Sequence[Mapping[str, str]]"
"""A text, or rows of texts (the members of a network)."""


class OfferingKind(StrEnum):
    """What sort of thing an entry is; the slugs are those of the vocabulary's facets."""

    OUT_OF_SCHOOL = "schoolextern-aanbod"
    NAFT = "naft"
    TRAINING = "vorming"
    METHOD = "methodiek"
    GOOD_PRACTICE = "goede-praktijk"
    NETWORK = "netwerk"
    MOMENT = "moment"


DATED = frozenset({OfferingKind.TRAINING, OfferingKind.MOMENT})
"""Kinds that happen on a day."""

DIRECTIONS = ("vorming-welzijn-naar-onderwijs", "vorming-onderwijs-naar-welzijn")
"""Trainings with a direction (F19): the index keeps them as kinds of their own, so that a
direction narrows like any kind. `details["direction"]` holds what follows "vorming-"."""

UNKNOWN = Provenance("", date.min)
"""Where an entry comes from before anybody said so."""


@dataclass(frozen=True, slots=True)
class Session:
    """One time that a training or a moment takes place (HSDS: schedule).

    Attributes:
        begins: When it begins (UTC).
        ends: When it ends (UTC); None when not said.
        place: Where; may be empty.
    """

    begins: datetime
    ends: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Offering:
    """One entry of the directory (HSDS: service, with its organization, location and area).

    Attributes:
        id: The number of the row; 0 before it is stored.
        name: Its name.
        kind: What sort of thing it is.
        organization: The name of the organisation behind it; may be empty.
        description: What it is, in a few sentences.
        external_id: The identifier in the file that it came from; may be empty.
        url: Where to read more.
        email: A professional address to ask at.
        owner_email: Whose entry it is, in lower case: who may confirm and change it.
        levels: Levels of education that it is for; empty when not said.
        minimum_age: Youngest age in years; None when open.
        maximum_age: Oldest age in years, included; None when open.
        themes: Slugs of themes.
        tags: Free key words.
        regions: Where it works; empty for all of Flanders and Brussels.
        locations: Names of the places where it is.
        status: Whether it can be used today.
        status_since: The day from which that holds; None when not known.
        not_reached_by_education: For young people "niet gevat door onderwijs".
        application_process: How to apply ("via het CLB").
        details: What one kind alone has: `direction` of a training; `context`, `what`,
            `for_whom`, `yield`, `transferable` of a practice; `domain`, `owner`, `last_meeting`,
            `members` (rows of `name`, `role`, `responsibility`) of a network.
        sessions: When it takes place, the first first.
        assured_date: The day on which somebody last confirmed it.
        assured_by: Who did, by name; may be empty.
        last_modified: When it was last changed (UTC), which is something else.
        provenance: Who says so, and since when we have it from there.
        invented: Whether it belongs to the demonstration: nothing of it exists.
        version: How often it was changed, plus one.
    """

    name: str
    id: int = 0
    kind: OfferingKind = OfferingKind.OUT_OF_SCHOOL
    organization: str = ""
    description: str = ""
    external_id: str = ""
    url: str = ""
    email: str = ""
    owner_email: str = ""
    levels: tuple[Level, ...] = ()
    minimum_age: float | None = None
    maximum_age: float | None = None
    themes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    locations: tuple[str, ...] = ()
    status: Status = Status.ACTIVE
    status_since: date | None = None
    not_reached_by_education: bool = False
    application_process: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict[str, Detail])
    sessions: tuple[Session, ...] = ()
    assured_date: date | None = None
    assured_by: str = ""
    last_modified: datetime | None = None
    provenance: Provenance = UNKNOWN
    invented: bool = False
    version: int = 1

    @property
    def entry(self) -> Entry:
        """What the index needs of it."""
        return Entry(
            id=self.id,
            name=self.name,
            external_id=self.external_id,
            kind=self._kind(),
            organisation=self.organization,
            description=" ".join([self.description, *self._texts()]),
            tags=self.tags,
            locations=self.locations,
            regions=tuple(region.value for region in self.regions),
            levels=self.levels,
            minimum_age=self.minimum_age,
            maximum_age=self.maximum_age,
            themes=self.themes,
            status=self.status,
            not_reached_by_education=self.not_reached_by_education,
            assured_date=self.assured_date,
            last_modified=self.last_modified,
        )

    def _kind(self) -> str:
        directed = f"{self.kind.value}-{self.details.get('direction', '')}"
        return directed if directed in DIRECTIONS else self.kind.value

    def _texts(self) -> list[str]:
        found: list[str] = []
        for detail in self.details.values():
            if isinstance(detail, str):
                found.append(detail)
            else:
                found += [text for row in detail for text in row.values()]
        return found


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry that was changed.

    Attributes:
        field: Its name in `Offering`.
        old: What it said, as text.
        new: What it says now, as text.
        at: When it was changed (UTC).
        source: Who says so.
    """

    field: str
    old: str
    new: str
    at: datetime
    source: str
