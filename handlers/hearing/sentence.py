"""A sentence that somebody typed, taken apart once for every feature that listens."""

from dataclasses import dataclass
from functools import cached_property

from handlers.hearing.persons import named
from handlers.hearing.places import Places, Reading
from handlers.hearing.plain import fold
from store.records import Person


@dataclass(frozen=True, slots=True)
class Before:
    """The list that somebody saw last, so that "vertel meer over 2" means something (F50).

    Attributes:
        feature: Which feature gave it.
        words: What was asked.
        entries: The numbers in the list, and the entries that they stand for.
    """

    feature: str
    words: str
    entries: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Sentence:
    """What somebody typed, and what can be read in it. Computed when first asked for.

    Attributes:
        text: As it was typed, without control characters.
        resolver: The resolver of names of places.
        people: Those whom Brug knows by name.
        before: The list that the same person saw within the last half hour, or None.
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
    def persons(self) -> tuple[Person, ...]:
        """The people that it names."""
        return named(self.text, self.people)
