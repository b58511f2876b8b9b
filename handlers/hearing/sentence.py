"""A sentence that somebody typed, taken apart once for every feature that listens."""

from dataclasses import dataclass
from functools import cached_property

from handlers.hearing.persons import named
from handlers.hearing.places import Places, Reading
from handlers.hearing.plain import fold
from store.records import Person


@dataclass(frozen=True)
class Sentence:
    """What somebody typed, and what can be read in it. Computed when first asked for.

    Attributes:
        text: As it was typed, without control characters.
        resolver: The resolver of names of places.
        people: Those whom Brug knows by name.
    """

    text: str
    resolver: Places
    people: tuple[Person, ...] = ()

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
