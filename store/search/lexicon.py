"""How words are built: stems, and compounds taken apart where both halves are known."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from store.search.dutch import recent_stem

_SHORTEST_COMPOUND = 7
_SHORTEST_MODIFIER = 3
_SHORTEST_HEAD = 3
_LINKED = 0.9  # a split over a linking s, e, en or er is a little less likely than one without
_SHORT_HALF = 0.5  # and one with a half of three or four letters much less
_OWN_SHARE = 0.15  # a compound's halves are at least this fraction as frequent as itself


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The building blocks that a directory's own words are made of.

    Attributes:
        places: Words of place names; they are never stemmed or split.
        parts: Stems that stand alone in enough entries, with how many.
    """

    places: frozenset[str]
    parts: Mapping[str, int]

    def stem(self, word: str) -> str:
        """Return the stem of a folded word; a word of a place name is its own stem."""
        return word if word in self.places else recent_stem(word)

    def split(self, word: str) -> tuple[str, str] | None:
        """Return the stems of the two halves of a compound, or None when it is none.

        The split with the highest geometric mean of the halves' frequencies wins (P. Koehn and
        K. Knight, "Empirical Methods for Compound Splitting", 2003).
        """
        if len(word) < _SHORTEST_COMPOUND or word in self.places:
            return None
        best: tuple[str, str] | None = None
        highest = 0.0
        for at in range(_SHORTEST_MODIFIER, len(word) - _SHORTEST_HEAD + 1):
            head = self._part(word[at:])
            if head is None:
                continue
            for linking in _linking_lengths(word, at):
                modifier = self._part(word[: at - linking])
                if modifier is None or modifier == head:
                    continue
                likely = math.sqrt(self.parts[modifier] * self.parts[head])
                if at - linking == _SHORTEST_MODIFIER or len(word) - at == _SHORTEST_HEAD:
                    likely *= _SHORT_HALF
                if linking:
                    likely *= _LINKED
                if likely > highest:
                    highest, best = likely, (modifier, head)
        own = self.parts.get(self.stem(word), 0)
        return best if highest >= _OWN_SHARE * own else None

    def _part(self, text: str) -> str | None:
        """Return the stem under which a half is known, or None."""
        if text in self.parts:
            return text
        stemmed = self.stem(text)
        return stemmed if stemmed in self.parts else None


def _linking_lengths(word: str, at: int) -> list[int]:
    """Return how many letters before position `at` may be a linking s, e, en or er."""
    lengths = [0]
    if at > _SHORTEST_MODIFIER and word[at - 1] in "se":
        lengths.append(1)
    if at > _SHORTEST_MODIFIER + 1 and word[at - 2 : at] in {"en", "er"}:
        lengths.append(2)
    return lengths


def pair_key(halves: tuple[str, str]) -> str:
    """Return the key that a compound shares with its halves written apart, in either order."""
    return f"+{min(halves)}|{max(halves)}"
