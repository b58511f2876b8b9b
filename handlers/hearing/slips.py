"""Which known words lie one or two slips of the finger from a typed one?

Symmetric delete: every known word is filed under each form that it has with one letter left out.
A typed word is looked up the same way, so that an insertion, a deletion, a substitution and a
transposition all meet in one form; RapidFuzz then checks the few that met.

The forms themselves are not kept, only their hashes, sorted into drawers: as a dictionary of texts
they took 15 MB for the names of places, and so they take 2. Who meets by chance, because two forms
have one hash, is sent away by RapidFuzz.
"""

from array import array
from collections.abc import Iterable
from itertools import accumulate

from rapidfuzz.distance import OSA

_HEAD = 7
"""The first letters are enough to meet: who differs behind them is told apart by RapidFuzz."""

_NUMBER_BITS = 20
"""Of the 63 bits of a filing the last ones, for the number of the head; a hash has the others."""
_HASH_BITS = 63 - _NUMBER_BITS
_HASH = (1 << _HASH_BITS) - 1
_NUMBER = (1 << _NUMBER_BITS) - 1


class Slips:
    """Words by their forms with letters left out."""

    def __init__(self, words: Iterable[str], most: int) -> None:
        """File the words.

        Args:
            words: What is known.
            most: How many slips to bridge, 1 or 2. Two of them cost three times the memory.
        """
        self._most = most
        by_head: dict[str, list[str]] = {}
        for word in words:
            by_head.setdefault(word[:_HEAD], []).append(word)
        self._heads = list(by_head.values())
        filed = array("q")
        for number, head in enumerate(by_head):
            filed.extend(
                [(hash(form) & _HASH) << _NUMBER_BITS | number for form in self._forms(head)]
            )
        self._filed = array("q", sorted(filed))
        # Where the filings of each drawer begin: about one lies in each, so that none is sought.
        bits = min(len(filed).bit_length(), _HASH_BITS)
        self._shift = 63 - bits
        sizes = array("i", [0]) * ((1 << bits) + 1)
        for filing in self._filed:
            sizes[(filing >> self._shift) + 1] += 1
        self._begin = array("i", accumulate(sizes))

    def near(self, typed: str) -> list[tuple[str, int]]:
        """Return the known words with their distance (optimal string alignment), nearest first."""
        most, filed, begin, shift = self._most, self._filed, self._begin, self._shift
        met = set[str]()
        # In line, for this is done thirty times for a word: calls would take as long again.
        for form in self._forms(typed[:_HEAD]):
            code = (hash(form) & _HASH) << _NUMBER_BITS
            drawer = code >> shift
            for filing in filed[begin[drawer] : begin[drawer + 1]]:
                if filing & ~_NUMBER == code:
                    met.update(self._heads[filing & _NUMBER])
        near = [
            (word, distance)
            for word in met
            if abs(len(word) - len(typed)) <= most
            and (distance := OSA.distance(typed, word, score_cutoff=most)) <= most
        ]
        return sorted(near, key=_by_distance)

    def _forms(self, head: str) -> set[str]:
        forms = {head[:at] + head[at + 1 :] for at in range(len(head))}
        if self._most > 1:
            for once in tuple(forms):
                forms.update([once[:at] + once[at + 1 :] for at in range(len(once))])
        forms.add(head)
        return forms


def _by_distance(pair: tuple[str, int]) -> tuple[int, str]:
    return pair[1], pair[0]
