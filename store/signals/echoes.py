"""Find the same signal in other words (F28): stems, the parts of compounds, and words of a kind.

An inverted index over stems chooses candidates by how rare their shared words are; RapidFuzz puts
the best of them in order. It is kept in memory, holds no words that a person could read back, and
only ever grows: what was wiped or merged is left out by who asks.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from threading import Lock

from store.signals.meanings import BEGINNING, CONCEPT, terms_of

NEAR_ENOUGH = 0.21
"""Score from which two signals are shown as alike (`make bench`, table "signals")."""

_COMMON = 4
"""A term in more than one of so many signals brings no candidates, while rarer ones do."""
_RERANKED = 150
_OF_A_WORD = 0.45
_OF_A_BEGINNING = 0.3
"""How much a word itself and its beginning count, where a concept counts for 1."""
_OFTEN = 0.35
"""How much more a concept counts for each doubling of the words that touch it."""
_TOGETHER = 0.12
"""How much more each concept counts that is shared besides a first one."""
_UNKNOWN = 0.15
"""How much a word counts that no signal holds: it says little about what is alike."""


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
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        self.newest = 0

    def hear(self, texts: Iterable[tuple[int, str]]) -> None:
        """Take texts in; one that was heard before is passed over."""
        with self._lock:
            for number, text in texts:
                if number in self._terms:
                    continue
                terms = terms_of(text)
                self._terms[number] = terms
                for term in terms:
                    self._where[term].append(number)
                self.newest = max(self.newest, number)

    def of(self, text: str, limit: int) -> list[Echo]:
        """Return what sounds like this text, the nearest first.

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
        scores: defaultdict[int, float] = defaultdict(float)
        for term in rare or known:
            square = weights[term] ** 2
            for number in self._where[term]:
                scores[number] += square
        likely = nsmallest(_RERANKED, scores, key=lambda one: (-scores[one], one))
        echoes = [self._echo(number, weights) for number in likely]
        near = [echo for echo in echoes if echo.score >= NEAR_ENOUGH]
        return sorted(near, key=lambda echo: (-echo.score, echo.number))[:limit]

    def _echo(self, number: int, asked: Mapping[str, float]) -> Echo:
        theirs = self._weights(self._terms[number])
        shared = asked.keys() & theirs.keys()
        product = sum(asked[term] * theirs[term] for term in shared)
        cosine = product / (_length(asked) * _length(theirs))
        concepts = sum(term.startswith(CONCEPT) for term in shared)
        return Echo(number, round(min(1.0, cosine * (1 + _TOGETHER * max(0, concepts - 1))), 4))

    def _weights(self, terms: Mapping[str, int]) -> Mapping[str, float]:
        return {term: self._weight(term, many) for term, many in terms.items()}

    def _weight(self, term: str, many: int) -> float:
        where = self._where.get(term)
        rare = math.log(1 + len(self._terms) / (1 + len(where or ())))
        if term.startswith(CONCEPT):
            return rare * (1 + _OFTEN * math.log2(many))
        if where is None:
            return rare * _UNKNOWN
        return rare * (_OF_A_BEGINNING if term.endswith(BEGINNING) else _OF_A_WORD)


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
