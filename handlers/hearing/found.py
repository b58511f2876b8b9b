"""What the resolver of places says: what it found, how, why, and how sure it is."""

from dataclasses import dataclass
from enum import StrEnum

from store.records import Outside, Region


class How(StrEnum):
    """In which way the words led to the place."""

    EXACT = "exact"
    ALIAS = "alias"
    SPELLING = "spelling"
    FUZZY = "fuzzy"
    POSTCODE = "postcode"
    AREA = "area"
    NEIGHBOURHOOD = "neighbourhood"


class Why(StrEnum):
    """What an answer has to explain about a place that was found."""

    READ_AS = "read-as"
    """The words were read as another spelling of `name`."""
    ALIAS = "alias"
    """The words are another name of `name`."""
    PART = "part"
    """`name` is a part of `municipality`."""
    MERGED = "merged"
    """`name` belongs to `municipality` since 1 January of `since`."""
    POSTCODE = "postcode"
    """The words are a postcode of `municipality`."""
    LIES_IN = "lies-in"
    """`name` is a stretch of country that lies in the regions."""
    DEFAULT = "default"
    """There are more places of this name, and this is the one that is nearly always meant."""
    GUESS = "guess"
    """A neighbourhood of `municipality` has this name; no other place does."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to explain, for the feature to put into words.

    Attributes:
        why: What kind of thing.
        said: The words as typed.
        name: The name in the gazetteer.
        municipality: The municipality that it lies in today; empty for an area.
        since: The year from which a former municipality belongs to it, else None.
    """

    why: Why
    said: str
    name: str
    municipality: str = ""
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A place that the text names.

    Attributes:
        said: The words as typed.
        name: The name in the gazetteer.
        kind: "gemeente", "deelgemeente", "kern", "wijk", "voormalige gemeente"; for an area
            "regio", "streek", "arrondissement" …
        municipality: The municipality that it lies in today; None for an area.
        regions: One region, or several for an area.
        how: In which way the words led to it.
        confidence: From 0 to 1.
        span: Where the words start and end in the text.
        reasons: What to explain, the most surprising thing first; empty when nothing is.
    """

    said: str
    name: str
    kind: str
    municipality: str | None
    regions: tuple[Region, ...]
    how: How
    confidence: float
    span: tuple[int, int]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says about places.

    Attributes:
        found: Sure enough to answer, in the order of the text, without doubles.
        question: Two to five candidates when Brug has to ask once.
        others: What else the words may mean, when a default was taken.
        outside: Places outside Flanders and Brussels.
        unknown: The words that should be a place and are none that is known; only where a place
            was expected.
    """

    found: tuple[Found, ...] = ()
    question: tuple[Found, ...] = ()
    others: tuple[Found, ...] = ()
    outside: tuple[Outside, ...] = ()
    unknown: str | None = None
