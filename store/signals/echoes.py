"""Find the same signal in other words (F28): stems, the parts of compounds, and words of a kind.

An inverted index over stems chooses candidates by how rare their shared words are; RapidFuzz puts
the best of them in order. It is kept in memory, holds no words that a person could read back, and
only ever grows: what was wiped or merged is left out by who asks.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs] - it ships none
from rapidfuzz import fuzz

NEAR_ENOUGH = 0.21
"""Score from which two signals are shown as alike (`make bench`, table "signals")."""

_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_PART = 5
"""Letters of the shortest word that is looked for inside a compound."""
_BEGINNING = 5
"""Letters of the beginning of a word that words of one family share."""
_MOST_TERMS = 60
_COMMON = 8
"""A word in more than one of so many signals brings no candidates, while rarer ones do."""
_RERANKED = 40
_STOP = frozenset(
    """aan al alle alleen als alsof altijd ander andere bij binnen bv daar daarna daarom dan dat de
    deze die dit dit doen door dus een eens eigenlijk elk elke en er ergens even gaan gaat geen
    gewoon haar had hadden hebben heeft hem hen het hier hij hoe hun iemand iets ik in is ja je
    jij jullie kan keer komen komt krijgen krijgt kunnen maar maken mee meer men met mij mijn moet
    moeten mogen na naar niet niets nog nu of om omdat onder ons onze ook op over per sommige soms
    te tegen ten ter terwijl toch toe tot uit van vaak veel vele via voor voordat waar waarbij
    waardoor wanneer want was wat we wel welke werd wie wij wil willen word worden wordt zal ze
    zeer zelf zich zien zij zijn zo zoals zonder zou zouden steeds vaker merken merkt ziet
    blijven blijft staan staat zitten zit lang lange""".split()  # noqa: SIM905 - readable as prose
)
_KINDS = Path(__file__).parent.parent / "seeds" / "signal_words.txt"
"""Words that the field uses for one thing: a line each. Source and date stand on top of it."""


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
        self._terms: dict[int, frozenset[str]] = {}
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

    def _of(self, asked: frozenset[str], limit: int) -> list[Echo]:
        weights = self._weights(asked)
        if not weights:
            return []
        scores: defaultdict[int, float] = defaultdict(float)
        common = len(self._terms) / _COMMON
        rare = {term for term in weights if len(self._where[term]) <= common}
        for term, weight in weights.items():
            if rare and term not in rare:
                continue
            for number in self._where[term]:
                scores[number] += weight
        likely = sorted(scores, key=lambda one: (-scores[one], one))[:_RERANKED]
        spoken = " ".join(sorted(asked))
        total = sum(w * w for w in self._weights(asked, known=False).values())
        echoes = [self._echo(number, asked, spoken, total) for number in likely]
        near = [echo for echo in echoes if echo.score >= NEAR_ENOUGH]
        return sorted(near, key=lambda echo: (-echo.score, echo.number))[:limit]

    def _echo(self, number: int, asked: frozenset[str], spoken: str, total: float) -> Echo:
        terms = self._terms[number]
        shared = sum(w * w for w in self._weights(asked & terms).values())
        theirs = sum(w * w for w in self._weights(terms).values())
        cosine = shared / math.sqrt(total * theirs) if total and theirs else 0.0
        # Slips of the finger: words that the index takes for different ones.
        alike = fuzz.ratio(spoken, " ".join(sorted(terms))) / 100
        return Echo(number, round(0.85 * cosine + 0.15 * alike, 4))

    def _weights(self, terms: frozenset[str], *, known: bool = True) -> Mapping[str, float]:
        many = len(self._terms)
        weights = {
            term: math.log(1 + many / (1 + len(self._where.get(term, ()))))
            for term in terms
            if not known or term in self._where
        }
        rarest = sorted(weights, key=lambda term: (-weights[term], term))[:_MOST_TERMS]
        return {term: weights[term] for term in rarest}


def terms_of(text: str) -> frozenset[str]:
    """Return what a text is found by: stems, words of a kind, parts of compounds."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return frozenset(
        term for word in _WORD.findall(plain) if word not in _STOP for term in _terms(word)
    )


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[str, ...]:
    stem = _stem(word)
    kinds = _kinds()
    found = [*kinds.get(stem, ()), stem]
    # "schoolpsycholoog" is a psychologist and something of a school.
    for part in _parts(stem):
        found += kinds[part]
    # What begins alike is often of one family: "logopedie" and "logopedist", "huiswerk" and
    # "huiswerkbegeleiding".
    if len(stem) >= _BEGINNING and stem not in kinds:
        found.append(f"{stem[:_BEGINNING]}~")
    return tuple(dict.fromkeys(found))


def _parts(stem: str) -> list[str]:
    """The known words with which a longer word begins and ends."""
    kinds = _kinds()
    cuts = range(_SHORTEST_PART, len(stem) - 2)
    heads = [stem[:cut] for cut in reversed(cuts) if stem[:cut] in kinds][:1]
    tails = [stem[-cut:] for cut in reversed(cuts) if stem[-cut:] in kinds][:1]
    return heads + tails


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    """Each stem in the list, with what stands for each of its lines."""
    kinds: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(_KINDS.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            continue
        stems = dict.fromkeys(_stem(word) for word in _WORD.findall(line))
        for stem in stems:
            kinds[stem] = (*kinds.get(stem, ()), f"={number}")
    return kinds


_STEMMER: Callable[[str], str] = snowballstemmer.stemmer("dutch").stemWord  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return _STEMMER(word)
