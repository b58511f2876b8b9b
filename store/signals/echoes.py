"""Find the same signal in other words (F28): by the concepts that it touches, and by its words.

An inverted index chooses candidates by how rare the shared concepts and words are; the more of
them a signal shares, and the less else it touches, the nearer it is.
It is kept in memory, holds no words that a person could read back, and only ever grows: what was
wiped or merged is left out by who asks.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from threading import Lock

from store.signals.meanings import BEGINNING, CONCEPT, terms_of

NEAR_ENOUGH = 0.15
"""Score from which two signals are shown as alike (`make bench`, table "signals")."""

_COMMON = 4
"""A term in more than one of so many signals brings no candidates, while rarer ones do."""
_RERANKED = 120
_OF_A_WORD = 0.45
_OF_A_BEGINNING = 0.3
"""How much a word itself and its beginning count, where a concept counts for 1."""
_UNKNOWN = 0.15
"""How much a word counts that no signal holds: it says little about what is alike."""
_OFTEN = 0.5
"""How much more a concept counts for each doubling of the words that touch it."""
_TOGETHER = 0.25
"""How much more each concept counts that is shared: who, what and what hinders it."""
_LEAST = 2.0
_PER_WORD = 0.1
_POWER = 0.7
"""A signal that touches much is like everything: its size is (least + concepts + words) ^ power.

How rare its terms are plays no part, or one odd word would put the signal behind general ones.
"""


@dataclass(frozen=True, slots=True)
class Echo:
    """A signal that sounds alike.

    Attributes:
        number: Which.
        score: How much alike, 0 to 1.
    """

    number: int
    score: float


class Echoes:
    """An index that finds signals which say the same. Safe to share between threads."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._lock = Lock()
        self._terms: dict[int, Mapping[str, int]] = {}
        self._sizes: dict[int, float] = {}
        self._rarity: dict[str, float] = {}
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        self.newest = 0

    def hear(self, texts: Iterable[tuple[int, str]]) -> None:
        """Take texts in; one that was heard before is passed over."""
        with self._lock:
            self._rarity.clear()
            for number, text in texts:
                if number in self._terms:
                    continue
                terms = terms_of(text)
                self._terms[number] = terms
                self._sizes[number] = _size(terms)
                for term in terms:
                    self._where[term].append(number)
                self.newest = max(self.newest, number)

    def of(self, text: str, limit: int) -> list[Echo]:
        """Return what sounds like this text, the nearest first.

        Of signals that share the very same with it, the nearest comes first and the others come
        after those that share something else: three that say one thing are one answer.

        Args:
            text: What somebody is about to say.
            limit: At most so many.
        """
        with self._lock:
            return self._of(terms_of(text), limit)

    def _of(self, asked: Mapping[str, int], limit: int) -> list[Echo]:
        weights = self._weights(asked)
        known = [term for term in weights if term in self._where]
        common = len(self._terms) / _COMMON
        rare = [term for term in known if len(self._where[term]) <= common]
        sums: defaultdict[int, float] = defaultdict(float)
        for term in rare or known:
            square = weights[term] ** 2
            for number in self._where[term]:
                sums[number] += square
        sizes = self._sizes
        scored = [(total / sizes[number], -number) for number, total in sums.items()]
        likely = [-number for _, number in nlargest(_RERANKED, scored)]
        likely.sort(key=lambda number: (-self._nearness(number, weights), number))
        near = [Echo(number, self._cosine(number, weights)) for number in likely]
        near = [echo for echo in near if echo.score >= NEAR_ENOUGH]
        firsts = dict[frozenset[str], Echo]()
        for echo in near:
            firsts.setdefault(self._evidence(echo.number, rare), echo)
        kept = {echo.number for echo in firsts.values()}
        return [*firsts.values(), *(echo for echo in near if echo.number not in kept)][:limit]

    def _evidence(self, number: int, rare: Iterable[str]) -> frozenset[str]:
        theirs = self._terms[number]
        shared = [term for term in rare if term in theirs]
        return frozenset([term for term in shared if term.startswith(CONCEPT)] or shared)

    def _nearness(self, number: int, asked: Mapping[str, float]) -> float:
        terms = self._terms[number]
        shared = asked.keys() & terms.keys()
        product = sum(asked[term] * self._weight(term, terms[term]) for term in shared)
        concepts = sum(term.startswith(CONCEPT) for term in shared)
        return product / self._sizes[number] * (1 + _TOGETHER * concepts)

    def _cosine(self, number: int, asked: Mapping[str, float]) -> float:
        theirs = self._weights(self._terms[number])
        product = sum(asked[term] * theirs[term] for term in asked.keys() & theirs.keys())
        return round(min(1.0, product / (_length(asked) * _length(theirs))), 4)

    def _weights(self, terms: Mapping[str, int]) -> Mapping[str, float]:
        return {term: self._weight(term, many) for term, many in terms.items()}

    def _weight(self, term: str, many: int) -> float:
        rarity = self._rarity.get(term)
        if rarity is None:
            rarity = self._rarity[term] = self._rare(term)
        return rarity if many == 1 else rarity * (1 + _OFTEN * math.log2(many))

    def _rare(self, term: str) -> float:
        where = self._where.get(term)
        rarity = math.log(1 + len(self._terms) / (1 + len(where or ())))
        if term.startswith(CONCEPT):
            return rarity
        if where is None:
            return rarity * _UNKNOWN
        return rarity * (_OF_A_BEGINNING if term.endswith(BEGINNING) else _OF_A_WORD)


def _size(terms: Mapping[str, int]) -> float:
    concepts = sum(term.startswith(CONCEPT) for term in terms)
    return (_LEAST + concepts + _PER_WORD * (len(terms) - concepts)) ** _POWER


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
