"""The words of the field: what is the same thing, what is near it, and what is a facet."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from store.search.query import FacetName


class Sureness(StrEnum):
    """How sure a row is: read in a source, or more and less well known from the field."""

    SEEN = "gezien"
    HIGH = "hoog"
    MIDDLING = "middel"
    LOW = "laag"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field with what people call it.

    Attributes:
        term: The usual name or abbreviation.
        synonyms: Other names of the same thing, inflected forms included.
        related: Names of things near it, which are shown after the thing itself.
        facet: The facet that these names ask for with its slug, or None.
        meaning: What it is, in words.
        kind: What sort of term ("afkorting", "probleem").
        sure: How sure this is; what is LOW is kept for the stewards and not searched with.
        source: Who says so.
        as_of: ISO date on which it was taken over.
        note: What to know about it.
    """

    term: str
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    facet: tuple[FacetName, str] | None = None
    meaning: str = ""
    kind: str = ""
    sure: Sureness = Sureness.HIGH
    source: str = ""
    as_of: str = ""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the thing itself."""
        return (self.term, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms that the index and the reading of questions share.

    Attributes:
        terms: In the order of the file.
    """

    terms: tuple[Term, ...] = ()

    @property
    def searched(self) -> tuple[Term, ...]:
        """The terms that are sure enough to search with."""
        return tuple(term for term in self.terms if term.sure is not Sureness.LOW)


def read_vocabulary(lines: Iterable[str]) -> Vocabulary:
    """Return the vocabulary in a CSV file with the columns of `store/seeds/vocabulary.csv`.

    Args:
        lines: The file's lines, headed by the names of the columns; lists are parted by "; ".

    Raises:
        ValueError: A row has an unknown facet or an unknown degree of sureness.
    """
    return Vocabulary(tuple(_term(row) for row in csv.DictReader(lines)))


def _term(row: dict[str, str]) -> Term:
    name, _, slug = row["facet"].partition(":")
    return Term(
        term=row["term"],
        synonyms=_listed(row["synonyms"]),
        related=_listed(row["related"]),
        facet=(FacetName(name), slug) if slug else None,
        meaning=row["meaning"],
        kind=row["kind"],
        sure=Sureness(row["sure"]),
        source=row["source"],
        as_of=row["as_of"],
        note=row["note"],
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
