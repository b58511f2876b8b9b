"""Which of the people that Brug knows does a sentence name?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from handlers.hearing.plain import fold
from store.records import Person

_SHORT = 3
"""Letters up to which a first name is an ordinary word too ("an" in French and English): it
counts only with a capital, or where a name is what comes next."""

_FUZZY_FROM = 5
"""Letters from which one slip of the finger is forgiven: below it, "Lotte" would be "Lot"."""

# An apostrophe parts words ("Oona's", "d'Eva"); a dot or a hyphen may be part of an address.
_SPOKEN = re.compile(r"[\w@.-]+")
_NAME_FOLLOWS = re.compile(
    r"(?:wie is|doet|van|voor|mail|adres|is|who is|does|of|qui est|de|als)\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody whom a text names.

    Attributes:
        people: Whom the word may mean: more than one where they share a name.
        start: Where the word begins in the text.
        end: Where it ends.
    """

    people: tuple[Person, ...]
    start: int
    end: int


def mentions(text: str, people: Sequence[Person]) -> tuple[Mention, ...]:
    """Return where a text names persons, where a name is expected: "an" is An, and no word.

    Words that stand together and name the same person are one mention ("Nathalie Vanbergen").
    """
    found: list[Mention] = []
    known = _register(tuple(people))
    for match in _SPOKEN.finditer(text):
        meant = known.whom(match, expected=True)
        if not meant:
            continue
        last = found[-1] if found else None
        both = tuple(p for p in meant if last and p in last.people)
        if last and both and not text[last.end : match.start()].strip(" @<>(."):
            found[-1] = Mention(both, last.start, match.end())
        else:
            found.append(Mention(meant, match.start(), match.end()))
    return tuple(found)


def named(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the persons that a text names, in the order of the list.

    A person is named by first name, whole name or surname. The surname also counts when only the
    address holds it ("barbara.janssens@…"): people know each other by it.

    Args:
        text: What somebody typed; an address of one of them counts as the name.
        people: Those whom Brug knows.
    """
    known = _register(tuple(people))
    meant = {p for match in _SPOKEN.finditer(text) for p in known.whom(match, expected=False)}
    return tuple(person for person in people if person in meant)


@dataclass(frozen=True, slots=True)
class _Register:
    """People by their names, so that a word is looked up and not compared with everybody.

    Attributes:
        by_name: People by each folded name.
        by_address: The same by address in small letters.
        long: By first letter, the names in which a slip of the finger is forgiven.
    """

    by_name: Mapping[str, tuple[Person, ...]]
    by_address: Mapping[str, tuple[Person, ...]]
    long: Mapping[str, tuple[str, ...]]

    def whom(self, match: re.Match[str], *, expected: bool) -> tuple[Person, ...]:
        """Return whom a word of a text may name, in the order of the names that it meets."""
        word = match.group()
        said = fold(word)
        found = dict.fromkeys(
            self.by_address.get(word.lower().strip(".-"), ()) if "@" in word else ()
        )
        if said in self.by_name and (
            expected
            or len(said) > _SHORT
            or word[:1].isupper()
            or _NAME_FOLLOWS.search(match.string[: match.start()])
        ):
            found.update(dict.fromkeys(self.by_name[said]))
        if len(said) >= _FUZZY_FROM:
            for name in self.long.get(said[0], ()):
                if OSA.distance(said, name, score_cutoff=1) <= 1:
                    found.update(dict.fromkeys(self.by_name[name]))
        return tuple(found)


@lru_cache(maxsize=64)
def _register(people: tuple[Person, ...]) -> _Register:
    by_name: dict[str, tuple[Person, ...]] = {}
    by_address: dict[str, tuple[Person, ...]] = {}
    for person in people:
        address = person.email.lower()
        by_address[address] = (*by_address.get(address, ()), person)
        for name in _names(person):
            by_name[name] = (*by_name.get(name, ()), person)
    long: dict[str, tuple[str, ...]] = {}
    for name in by_name:
        if len(name) >= _FUZZY_FROM:
            long[name[0]] = (*long.get(name[0], ()), name)
    return _Register(by_name, by_address, long)


def _names(person: Person) -> frozenset[str]:
    local_part = re.split(r"[._-]", person.email.partition("@")[0])
    long_enough = {fold(part) for part in local_part if len(part) > _FUZZY_FROM}
    return frozenset({fold(part) for part in person.name.split()} | long_enough) - {""}
