"""Which of the people that Brug knows does a sentence name?"""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from handlers.hearing.plain import fold
from store.records import Person

_SHORT = 3
"""Letters up to which a first name is an ordinary word too ("an" in French and English): it
counts only with a capital, or where a name is what comes next."""

_FUZZY_FROM = 5
"""Letters from which one slip of the finger is forgiven: below it, "Lotte" would be "Lot"."""

_NAME_FOLLOWS = re.compile(
    r"(?:wie is|doet|van|voor|mail|adres|is|who is|does|of|qui est|de|als)\s+$", re.IGNORECASE
)


def named(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the persons that a text names, in the order of the list.

    A person is named by first name, whole name or surname. The surname also counts when only the
    address holds it ("barbara.janssens@…"): people know each other by it.

    Args:
        text: What somebody typed; an address of one of them counts as the name.
        people: Those whom Brug knows.
    """
    # An apostrophe parts words ("Oona's", "d'Eva"); a dot or a hyphen may be part of an address.
    spoken = [(m.group(), m.start()) for m in re.finditer(r"[\w@.-]+", text)]
    return tuple(p for p in people if any(_is(p, word, at, text) for word, at in spoken))


def _is(person: Person, word: str, at: int, text: str) -> bool:
    if word.lower().strip(".-") == person.email.lower():
        return True
    said = fold(word)
    for name in _names(person):
        if said == name:
            return (
                len(name) > _SHORT or word[:1].isupper() or bool(_NAME_FOLLOWS.search(text[:at]))
            )
        if min(len(said), len(name)) >= _FUZZY_FROM and said[0] == name[0]:
            slips = OSA.distance(said, name, score_cutoff=1)
            if slips <= 1:
                return True
    return False


def _names(person: Person) -> set[str]:
    local_part = re.split(r"[._-]", person.email.partition("@")[0])
    long_enough = {fold(part) for part in local_part if len(part) > _FUZZY_FROM}
    return {fold(part) for part in person.name.split()} | long_enough
