"""Which of the people that Brug knows does a sentence name?"""

import re
from collections.abc import Sequence
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
    for match in _SPOKEN.finditer(text):
        word, said = match.group(), fold(match.group())
        meant = tuple(p for p in people if _is(p, word, said, match.start(), text, expected=True))
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
    spoken = [(m.group(), fold(m.group()), m.start()) for m in _SPOKEN.finditer(text)]
    return tuple(p for p in people if any(_is(p, *one, text) for one in spoken))


def _is(  # noqa: PLR0913 - a word, where it stands, and whom it may name
    person: Person, word: str, said: str, at: int, text: str, *, expected: bool = False
) -> bool:
    if "@" in word and word.lower().strip(".-") == person.email.lower():
        return True
    for name in _names(person):
        if said == name:
            return (
                expected
                or len(name) > _SHORT
                or word[:1].isupper()
                or bool(_NAME_FOLLOWS.search(text[:at]))
            )
        if min(len(said), len(name)) >= _FUZZY_FROM and said[0] == name[0]:
            slips = OSA.distance(said, name, score_cutoff=1)
            if slips <= 1:
                return True
    return False


@lru_cache(maxsize=1024)
def _names(person: Person) -> frozenset[str]:
    local_part = re.split(r"[._-]", person.email.partition("@")[0])
    long_enough = {fold(part) for part in local_part if len(part) > _FUZZY_FROM}
    return frozenset({fold(part) for part in person.name.split()} | long_enough)
