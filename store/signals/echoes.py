"""Find the same signal in other words (F28): by the concepts that it touches, and by its words.

Three things are looked at. An inverted index chooses candidates by how rare the shared concepts
and words are; the more of them a signal shares, and the less else it touches, the nearer it is.
The learned table of `likeness` says which signals point the same way, though they share nothing;
and which recall the same matters, of those that the table was learned from.
It is kept in memory, with the words that a signal says and not their order; what was wiped is
forgotten here too, in every process, before the next text is compared.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from store.signals.likeness import Likeness, Vector, learned, traits_of
from store.signals.meanings import BEGINNING, CONCEPT, terms_of

NEAR_ENOUGH = 0.16
"""Score from which two signals are shown as alike (`make bench`, table "signals")."""

_COMMON = 4
"""A term in more than one of so many signals brings no candidates, while rarer ones do."""
_SHARING = 100
_POINTING = 160
"""So many are weighed that share the most, and so many that point most nearly the same way."""
_OF_WORDS = 0.15
"""How much what is shared counts in the score; the rest is how much they point the same way."""
_OF_MATTERS = 0.4
"""How much is added where both recall the same matters."""
_RECALLING = 60
"""So many are weighed that recall most nearly the same matters."""
_AT_ONCE = 256
"""Of so many texts is looked up at once which matters they recall."""
_ENOUGH = 10.0
"""So much shared counts for half; twice as much is hardly more alike."""
_OF_A_CROWD = 0.35
"""How much a signal loses that points the same way as the signals around it."""
_CROWD = 10
"""So many of those around it are looked at."""
_WEIGHED_AGAIN = 160
"""So many of the nearest are weighed against each other."""
_AS_IF = 300
"""With fewer signals rarity is reckoned as if there were so many, or the first few would hardly be
alike, whatever they say."""
_ROOM = 64
"""Room is made for so many signals at once, or for as many as there are."""
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


_Number = TypeVar("_Number", bound=np.generic)


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

    def __init__(self, likeness: Likeness | None = None) -> None:
        """Begin with nothing heard.

        Args:
            likeness: Instead of the table that ships with Brug, which is read when it is needed.
        """
        self._lock = Lock()
        self._likeness = likeness
        self._heard = set[int]()
        self._forgotten = set[int]()
        self._numbers: list[int] = []
        self._terms: list[Mapping[str, int]] = []
        self._where: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        self._rarity: dict[str, float] = {}
        self._sizes = np.empty(0, np.float32)
        self._ways = np.empty((0, 0), np.float32)
        self._recalled = np.empty((0, 0), np.uint16)
        self._much = np.empty((0, 0), np.float32)
        self._looked_up = 0
        self.newest = 0

    def hear(self, texts: Iterable[tuple[int, str]]) -> None:
        """Take texts in; one that was heard before is passed over."""
        with self._lock:
            self._rarity.clear()
            for number, text in texts:
                if number not in self._heard:
                    self._take(number, text)
            self._recall()

    def forget(self, numbers: Iterable[int]) -> None:
        """Keep nothing of these texts any more, and never hear them again."""
        with self._lock:
            self._recall()
            for number in self._heard.intersection(numbers) - self._forgotten:
                place = self._numbers.index(number)
                for term in self._terms[place]:
                    self._where[term].remove(place)
                    if not self._where[term]:
                        del self._where[term]
                self._terms[place] = {}
                self._ways[place] = 0
                self._recalled[place] = self._much[place] = 0
                self._rarity.clear()
                self._forgotten.add(number)

    def of(self, text: str, limit: int) -> list[Echo]:
        """Return what sounds like this text, the nearest first.

        Of two that are as near, the one comes first that says just this: the other has many around
        it that say nearly what it does, and is near to them all.

        Args:
            text: What somebody is about to say.
            limit: At most so many.
        """
        with self._lock:
            if not self._numbers:
                return []
            self._recall()
            asked = terms_of(text)
            return self._of(asked, self._way(text, asked), limit)

    def _table(self) -> Likeness:
        if self._likeness is None:
            self._likeness = learned()
        return self._likeness

    def _way(self, text: str, terms: Mapping[str, int]) -> Vector:
        return self._table().way(traits_of(text, terms))

    def _recall(self) -> None:
        """Look up which matters the new texts recall: of many at once it is cheaper.

        New are also those before which the texts of `hear` broke off.
        """
        heard = len(self._numbers)
        while self._looked_up < heard:
            some = slice(self._looked_up, min(self._looked_up + _AT_ONCE, heard))
            recalled, much = self._table().recalled(self._ways[some])
            self._recalled = _grown(self._recalled, len(self._sizes), recalled.shape[1])
            self._much = _grown(self._much, len(self._sizes), much.shape[1])
            self._recalled[some], self._much[some] = recalled, much
            self._looked_up = some.stop

    def _take(self, number: int, text: str) -> None:
        terms = terms_of(text)
        way = self._way(text, terms)
        place = len(self._numbers)
        if place == len(self._sizes):
            room = max(_ROOM, place)
            self._sizes = np.concatenate([self._sizes, np.zeros(room, np.float32)])
            self._ways = _grown(self._ways, place + room, len(way))
        self._sizes[place] = _size(terms)
        self._ways[place] = way / max(float(np.linalg.norm(way)), 1e-6)
        for term in terms:
            self._where[term].append(place)
        self._terms.append(terms)
        self._numbers.append(number)
        self._heard.add(number)
        self.newest = max(self.newest, number)

    def _of(self, asked: Mapping[str, int], way: Vector, limit: int) -> list[Echo]:
        weights = self._weights(asked)
        known = [term for term in weights if term in self._where]
        common = len(self._terms) / _COMMON
        rare = [term for term in known if len(self._where[term]) <= common]
        says = float(np.linalg.norm(way))
        pointed = way * np.float32(1 / max(says, 1e-6))
        ways = np.asarray(self._ways[: len(self._numbers)] @ pointed, np.float32)
        shared = np.zeros(len(ways), np.float32)
        for term in rare or known:
            shared[np.frombuffer(self._where[term], np.intc)] += weights[term] ** 2
        shared /= self._sizes[: len(ways)]
        matters = self._same_matters(pointed)
        likely = np.unique(
            np.concatenate(
                [_most(shared, _SHARING), _most(ways, _POINTING), _most(matters, _RECALLING)]
            )
        )
        words = np.array([self._words(place, weights) for place in map(int, likely)], np.float32)
        words *= np.float32(_OF_WORDS)
        alike = np.float32(1 - _OF_WORDS) * np.maximum(ways[likely], 0)
        alike += np.float32(_OF_MATTERS) * matters[likely]
        nearest = np.argsort(-(words + alike), kind="stable")[:_WEIGHED_AGAIN]
        near = (words + alike)[nearest] - np.float32(_OF_A_CROWD) * self._crowds(likely[nearest])
        found = list[Echo]()
        for one in nearest[np.argsort(-near, kind="stable")]:
            # Of a text that says little, where it points says little: it must share more.
            score = float(words[one] + alike[one] * says)
            if score >= NEAR_ENOUGH:
                found.append(Echo(self._numbers[likely[one]], round(min(1.0, score), 4)))
            if len(found) == limit:
                break
        return found

    def _same_matters(self, pointed: Vector) -> Vector:
        """Return for each text, 0 to 1, how much it recalls the same matters as this way does."""
        recalled, much = self._table().recalled(pointed[None])
        asked = np.zeros(len(self._table().matters), np.float32)
        asked[recalled[0]] = much[0]
        heard = len(self._numbers)
        return np.asarray((asked[self._recalled[:heard]] * self._much[:heard]).sum(axis=1))

    def _crowds(self, places: npt.NDArray[np.intp]) -> Vector:
        """Return how much each of these points as those of them do that are nearest to it.

        A signal in a crowd is near to whatever is said of its matter, and would come before the
        one that says just that: cross-domain similarity local scaling, Conneau and others, ICLR
        2018.
        """
        near = np.asarray(self._ways[places] @ self._ways[places].T, np.float32)
        np.fill_diagonal(near, 0)
        many = min(_CROWD, len(places))
        return np.asarray(np.partition(near, -many, axis=1)[:, -many:].mean(axis=1))

    def _words(self, place: int, asked: Mapping[str, float]) -> float:
        shared = self._nearness(place, asked)
        return shared / (shared + _ENOUGH)

    def _nearness(self, place: int, asked: Mapping[str, float]) -> float:
        terms = self._terms[place]
        shared = asked.keys() & terms.keys()
        product = sum(asked[term] * self._weight(term, terms[term]) for term in shared)
        concepts = sum(term.startswith(CONCEPT) for term in shared)
        return product / float(self._sizes[place]) * (1 + _TOGETHER * concepts)

    def _weights(self, terms: Mapping[str, int]) -> Mapping[str, float]:
        return {term: self._weight(term, many) for term, many in terms.items()}

    def _weight(self, term: str, many: int) -> float:
        rarity = self._rarity.get(term)
        if rarity is None:
            rarity = self._rarity[term] = self._rare(term)
        return rarity if many == 1 else rarity * (1 + _OFTEN * math.log2(many))

    def _rare(self, term: str) -> float:
        where = self._where.get(term)
        rarity = math.log(1 + max(_AS_IF, len(self._terms)) / (1 + len(where or "")))
        if term.startswith(CONCEPT):
            return rarity
        if where is None:
            return rarity * _UNKNOWN
        return rarity * (_OF_A_BEGINNING if term.endswith(BEGINNING) else _OF_A_WORD)


def _grown(kept: npt.NDArray[_Number], rows: int, wide: int) -> npt.NDArray[_Number]:
    """Return the same with so many rows, the new ones 0."""
    if len(kept) >= rows:
        return kept
    grown = np.zeros((rows, wide), kept.dtype)
    grown[: len(kept)] = kept.reshape(len(kept), wide)
    return grown


def _most(values: Vector, many: int) -> npt.NDArray[np.intp]:
    return np.argpartition(values, max(0, len(values) - many))[-many:]


def _size(terms: Mapping[str, int]) -> float:
    concepts = sum(term.startswith(CONCEPT) for term in terms)
    return (_LEAST + concepts + _PER_WORD * (len(terms) - concepts)) ** _POWER
