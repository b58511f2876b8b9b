"""What is asked and what comes back: facets, a query, hits, and why."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

SEAM = 12
"""The age between the two halves of the field; it counts on both sides (−12 and +12)."""

NO_LIMIT = 999.0
"""An age that stands for "no upper limit"."""


class FacetName(StrEnum):
    """What an answer can be narrowed by (F12)."""

    REGION = "region"
    LEVEL = "level"
    AGE = "age"
    THEME = "theme"
    KIND = "kind"
    PLACE_FREE = "place_free"
    NOT_REACHED = "not_reached"


_AGES = re.compile(r"(?P<low>\d{1,2}(?:\.5)?)?(?P<sign>[-+])?(?P<high>\d{1,2}(?:\.5)?)?")


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow by. Facets of one name widen each other; different names narrow.

    Attributes:
        name: Which property of an entry it looks at.
        value: A slug; for an age "13", "12-14", "-12" (up to and with), "+12" (from); "" where
            the name says it all.
        words: The words of the question that it was understood from, or ""; two facets are equal
            whatever these are, so that a chip can come back from a button as name and value.
        span: Where those words stand in the question (start, end), or (0, 0).
    """

    name: FacetName
    value: str = ""
    words: str = field(default="", compare=False)
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def ages(self) -> tuple[float, float]:
        """The youngest and oldest age in years that an age facet asks for, both included.

        Raises:
            ValueError: The value is no age.
        """
        found = _AGES.fullmatch(self.value)
        if not found or not (found["low"] or found["high"]):
            message = f"no age: {self.value!r}; expected 13, 12-14, -12 or +12"
            raise ValueError(message)
        low, sign, high = found["low"], found["sign"], found["high"]
        if sign is None:
            return float(low), float(low)
        if low and high:
            return min(float(low), float(high)), max(float(low), float(high))
        bound = float(low or high)
        return (0.0, bound) if sign == "-" else (bound, NO_LIMIT)


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the index.

    Attributes:
        words: What to look for, as typed; "" asks for everything that the facets let through.
        facets: What to narrow by.
        near: Names of places, parted by ";", that lift an entry that names one of them, without
            being required.
        ended: Whether defunct entries are found as well.
    """

    words: str = ""
    facets: tuple[Facet, ...] = ()
    near: str = ""
    ended: bool = False

    def without(self, *dropped: Facet) -> "Query":
        """Return the query with these facets (chips) taken away."""
        return replace(self, facets=tuple(facet for facet in self.facets if facet not in dropped))


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that was found.

    Attributes:
        entry_id: `Entry.id`.
        score: Higher is better; comparable within one answer only. 0 when no words were asked.
    """

    entry_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found.

    Attributes:
        total: How many entries were found in all.
        hits: The page that was asked for, best first.
    """

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A way out of an empty answer (F16).

    Attributes:
        dropped: The facets to drop.
        total: How many entries are found then; at least one.
    """

    dropped: tuple[Facet, ...]
    total: int


class How(StrEnum):
    """How a word of a question met a word of an entry."""

    EXACT = "exact"
    STEM = "stem"
    COMPOUND = "compound"
    SYNONYM = "synonym"
    RELATED = "related"
    TYPO = "typo"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Match:
    """Why an entry was found: one word of the question and what it met.

    Attributes:
        asked: The word of the question, folded.
        found: The word or words of the entry that it met, folded.
        field: The field of the entry that they stand in ("name", "tags", "organisation",
            "location", "description").
        how: How they met.
    """

    asked: str
    found: str
    field: str
    how: How
