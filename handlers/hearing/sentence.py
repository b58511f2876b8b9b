"""A sentence that somebody typed, taken apart once for every feature that listens."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handlers.hearing.following import Turn, turn
from handlers.hearing.persons import named
from handlers.hearing.places import Places, Reading
from handlers.hearing.plain import fold
from store.records import Person, Region


@dataclass(frozen=True, slots=True)
class Before:
    """What somebody saw last in this conversation, so that "en in Gent?" means something (F50).

    Attributes:
        feature: Which feature gave it.
        words: What was asked; None when that could not be kept.
        entries: The numbers in the list, and the entries that they stand for.
        page: Which page of the list, from 0.
        total: How many there are on all pages.
        regions: The regions that were understood.
        places: The places that were understood, as the gazetteer names them.
        day: The day that was asked about; None for no day.
    """

    feature: str
    words: str | None
    entries: tuple[tuple[int, int], ...] = ()
    page: int = 0
    total: int = 0
    regions: tuple[Region, ...] = ()
    places: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Sentence:
    """What somebody typed, and what can be read in it. Computed when first asked for.

    Attributes:
        text: As it was typed, without control characters.
        resolver: The resolver of names of places.
        people: Those whom Brug knows by name.
        before: What the same person saw here within the last half hour, or None.
    """

    text: str
    resolver: Places
    people: tuple[Person, ...] = ()
    before: Before | None = None

    @cached_property
    def folded(self) -> str:
        """Lower case, without accents and punctuation, one blank between words."""
        return fold(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words, in order."""
        return tuple(self.folded.split())

    @cached_property
    def places(self) -> Reading:
        """The places that it names."""
        return self.resolver.resolve(self.text)

    @cached_property
    def turn(self) -> Turn | None:
        """How it goes on from what somebody saw last; None when it does not."""
        return turn(self.folded) if self.before else None

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """The people that it names."""
        return named(self.text, self.people)
