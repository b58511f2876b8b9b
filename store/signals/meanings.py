"""What the words of a signal mean (F28): the lines of the field's word list that they touch.

The list (`store/seeds/signal_words.txt`) names some hundred narrow concepts, each with the words
and turns of phrase that people use for it. A text touches a concept when one of them stands in it.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

CONCEPT = "="
"""With this begins a term that stands for a concept."""
BEGINNING = "~"
"""With this ends a term that stands for all words which begin so."""

_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_PART = 5
"""Letters of the shortest word that is looked for inside a compound."""
_BEGINNING = 5
"""Letters of the beginning of a word that words of one family share."""
_PLAY = 2
"""So many other words may stand between the words of a phrase."""
_SHORTEST_ROOT = 4
"""Letters that a word keeps at least when a prefix or ending is taken off."""
_STOP = frozenset(
    """aan al alle alleen als alsof altijd ander andere bij binnen bv daar daarna daarom dan dat de
    deze die dit doen door dus een eens eigenlijk elk elke en er ergens even gaan geen
    gewoon haar hebben hem hen het hier hij hoe hun iemand iets ik in ja je
    jij jullie keer komen krijgen kunnen maar maken mee meer men met mij mijn moeten
    mogen na naar niet niets nog nu of om omdat onder ons onze ook op over per sommige soms
    te tegen ten ter terwijl toch toe tot uit van vaak veel vele via voor voordat waar waarbij
    waardoor wanneer want wat we wel welke werd wie wij willen worden zal ze
    zeer zelf zich zien zijn zo zoals zonder zou zouden steeds vaker merken merkt
    blijven staan zitten lang lange zodat sinds zodra weer telkens""".split()  # noqa: SIM905 - readable as prose
)
LIST = Path(__file__).parent.parent / "seeds" / "signal_words.txt"
"""Words that the field uses for one thing: a line each. Source and date stand on top of it."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that together mean something: `atoms` are stems, or beginnings that end in "*"."""

    atoms: tuple[str, ...]
    concept: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The word list, ready for use.

    Attributes:
        alone: What each single stem or beginning stands for.
        together: The phrases, by the longest of their words.
        beginnings: The beginnings that occur, by their first three letters.
    """

    alone: Mapping[str, tuple[str, ...]]
    together: Mapping[str, tuple[_Phrase, ...]]
    beginnings: Mapping[str, tuple[str, ...]]


def terms_of(text: str) -> Mapping[str, int]:
    """Return what a text is found by, and how often: stems, beginnings, concepts."""
    words = _words(text)
    atoms = [_atoms(word) for word in words]
    touched: defaultdict[str, set[str]] = defaultdict(set)
    for place, word in enumerate(words):
        for concept in () if word in _STOP else _meant(word):
            touched[concept].add(word)
        around = dict[int, frozenset[str]]()
        for phrase in _begun(word):
            reach = len(phrase.atoms) + _PLAY - 1
            near = around.get(reach)
            if near is None:
                near = frozenset[str]().union(*atoms[max(0, place - reach) : place + reach + 1])
                around[reach] = near
            if near.issuperset(phrase.atoms):
                touched[phrase.concept].add(" ".join(phrase.atoms))
    found = Counter({concept: len(by) for concept, by in touched.items()})
    found.update({term: 1 for word in words if word not in _STOP for term in _plain(word)})
    return found


def stems_of(text: str) -> Sequence[str]:
    """Return the stems of the words that say something, in the order in which they stand."""
    return [_stem(word) for word in _words(text) if word not in _STOP]


def _words(text: str) -> Sequence[str]:
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return [_forms().get(word, word) for word in _WORD.findall(plain)]


@lru_cache(maxsize=50_000)
def _plain(word: str) -> tuple[str, ...]:
    """The word itself; what begins alike is often of one family: "logopedie", "logopedist"."""
    stem = _stem(word)
    if len(stem) < _BEGINNING:
        return (stem,)
    return (stem, f"{stem[:_BEGINNING]}{BEGINNING}")


@lru_cache(maxsize=50_000)
def _atoms(word: str) -> frozenset[str]:
    stem = _stem(word)
    starts = _lexicon().beginnings.get(word[:3], ())
    return frozenset({stem, *(start for start in starts if word.startswith(start[:-1]))})


@lru_cache(maxsize=50_000)
def _meant(word: str) -> tuple[str, ...]:
    alone = _lexicon().alone
    atoms = {*_atoms(word), *_parts(_stem(word))}
    return tuple({concept for atom in atoms for concept in alone.get(atom, ())})


@lru_cache(maxsize=50_000)
def _begun(word: str) -> tuple[_Phrase, ...]:
    together = _lexicon().together
    return tuple(phrase for atom in _atoms(word) for phrase in together.get(atom, ()))


def _parts(stem: str) -> list[str]:
    """The known words with which a longer word begins and ends: "schoolpsycholoog" has two."""
    alone = _lexicon().alone
    cuts = range(_SHORTEST_PART, len(stem) - 2)
    heads = [stem[:cut] for cut in reversed(cuts) if stem[:cut] in alone][:1]
    tails = [stem[-cut:] for cut in reversed(cuts) if stem[-cut:] in alone][:1]
    return heads + tails


@cache
def _lexicon() -> _Lexicon:
    alone: defaultdict[str, list[str]] = defaultdict(list)
    together: defaultdict[str, list[_Phrase]] = defaultdict(list)
    beginnings: defaultdict[str, set[str]] = defaultdict(set)
    for line in _lines():
        if line.startswith(("#", "@")):
            continue
        name, _, items = line.partition(":")
        concept = f"{CONCEPT}{name}"
        for item in items.split(","):
            atoms = _pattern(item.strip())
            for atom in atoms:
                if atom.endswith("*"):
                    beginnings[atom[:3]].add(atom)
            if len(atoms) == 1:
                alone[atoms[0]].append(concept)
            elif atoms:
                together[max(atoms, key=len)].append(_Phrase(atoms, concept))
    return _Lexicon(
        {atom: tuple(dict.fromkeys(names)) for atom, names in alone.items()},
        {atom: tuple(phrases) for atom, phrases in together.items()},
        {first: tuple(sorted(starts)) for first, starts in beginnings.items()},
    )


def _pattern(item: str) -> tuple[str, ...]:
    """What a phrase asks for: its stems, and of its last word perhaps only the beginning."""
    words = _words(item)
    if not item.endswith("*"):
        return tuple(_stem(word) for word in words)
    last = _WORD.findall(item)[-1]
    return (*(_stem(word) for word in words[:-1]), f"{last}*")


@cache
def _forms() -> Mapping[str, str]:
    """Each form of an irregular verb, with its infinitive."""
    forms: dict[str, str] = {}
    for line in _lines():
        if line.startswith("@"):
            verb, _, others = line[1:].partition(":")
            forms |= dict.fromkeys(others.split(), verb)
    return forms


@cache
def _lines() -> Sequence[str]:
    return LIST.read_text(encoding="utf-8").splitlines()


@cache
def _stemmer() -> Callable[[str], str]:
    # Measured: the package imports every language, 2 % of a cold `brug ask` and 2.6 MB.
    import snowballstemmer  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - it ships none

    return snowballstemmer.stemmer("dutch").stemWord  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The stem, with the endings of a verb taken off: "gewacht" and "wachten" are one."""
    stem = _stemmer()(word)
    if stem.startswith("ge") and stem[-1:] in "td" and len(stem) > _SHORTEST_ROOT + 2:
        stem = stem[2:]
    if stem.endswith("t") and stem[-2:-1] not in "aeiou" and len(stem) > _SHORTEST_ROOT:
        stem = stem[:-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1:], stem[-1:])
