"""What is searched for: an entry of the directory, as the index needs it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Level(StrEnum):
    """The three levels of the page ("zowel voor het kleuter-, lager als secundair onderwijs")."""

    KLEUTER = "kleuter"
    LAGER = "lager"
    SECUNDAIR = "secundair"

    @property
    def ages(self) -> tuple[float, float]:
        """The usual first and last age in years; neighbours share the seam (12 is on both)."""
        return _AGES[self]


_AGES = {Level.KLEUTER: (2.5, 6.0), Level.LAGER: (6.0, 12.0), Level.SECUNDAIR: (12.0, 18.0)}


class Status(StrEnum):
    """Whether an entry can be used today."""

    ACTIVE = "active"
    FULL = "full"
    TEMPORARILY_CLOSED = "temporarily_closed"
    DEFUNCT = "defunct"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: an offering, a training, a practice, a network, a moment.

    Attributes:
        id: Its number in the directory; what a search returns.
        name: Its name.
        external_id: The identifier in the file that it came from, or "".
        kind: Slug of what sort of thing it is ("naft", "vorming", "netwerk").
        organisation: Name of the organisation behind it.
        description: Free text.
        tags: Free key words.
        locations: Names of places: municipality, part of one, street.
        regions: Slugs of the regions that it serves; empty = all of Flanders and Brussels.
        levels: Levels of education it is for; empty = not said.
        minimum_age: Youngest age in years, or None when open.
        maximum_age: Oldest age in years (that age included), or None when open.
        themes: Slugs of its themes ("psychisch-kwetsbaar").
        status: Whether it can be used today.
        not_reached_by_education: For young people who are "niet gevat door onderwijs".
        assured_date: The day somebody last confirmed it, or None.
        last_modified: When it was last changed, or None.
    """

    id: int
    name: str
    external_id: str = ""
    kind: str = ""
    organisation: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    minimum_age: float | None = None
    maximum_age: float | None = None
    themes: tuple[str, ...] = ()
    status: Status = Status.ACTIVE
    not_reached_by_education: bool = False
    assured_date: date | None = None
    last_modified: datetime | None = None
