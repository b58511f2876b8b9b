"""One key for all names of a thing: synonyms, abbreviations, and abbreviations found in texts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.search.dutch import LINKING, WORD, fold
from store.search.lexicon import Lexicon
from store.search.query import FacetName
from store.search.vocabulary import Term, Vocabulary

Phrase = tuple[str, ...]
"""The stems of a name, without the words that only link."""

_LONG_AND_SHORT = re.compile(r"([\w'’\-]+(?: [\w'’\-]+){1,7}) \(([A-Za-z0-9]{2,6})\)")
_SPOKEN = str.maketrans("12345678", "etdvvzza")  # "NT2": the t of "tweede"
_LONGEST_NAME = 8  # words
_MINIMUM_SIGHTINGS = 2
_LONE_LETTER = re.compile(r"\b([a-z])[-&](?=[a-z])")


def content_words(text: str) -> list[str]:
    """Return the words of a text that say something, folded; "K-dienst", "K&G" are one word."""
    found = WORD.findall(_LONE_LETTER.sub(r"\1", fold(text)))
    return [word for word in found if says_something(word)]


def says_something(word: str) -> bool:
    """Return whether a folded word is more than a linking word or a stray letter."""
    return word not in LINKING and (len(word) > 1 or word.isdigit())


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """Which names stand for the same thing, and which things are near each other.

    Attributes:
        phrases: For each name the key of its concept ("§clb").
        related: For each concept the concepts near it.
        longest: For each word that begins a name, the number of words of the longest such name.
    """

    phrases: Mapping[Phrase, str]
    related: Mapping[str, tuple[str, ...]]
    longest: Mapping[str, int]

    @classmethod
    def build(
        cls, vocabulary: Vocabulary, mined: Iterable[tuple[str, str]], lexicon: Lexicon
    ) -> "Concepts":
        """Join the vocabulary with pairs of (abbreviation, long form) found in texts."""
        groups = _Groups()
        for term in vocabulary.searched:
            groups.join([p for name in term.names for p in phrases_of(name, lexicon)])
        for pair in mined:
            groups.join([p for name in pair for p in phrases_of(name, lexicon)])
        related: defaultdict[str, list[str]] = defaultdict(list)
        of_a_theme = _by_theme(vocabulary)
        for term in vocabulary.searched:
            own = phrases_of(term.term, lexicon)
            # What asks for one theme is near: "OKAN" and "anderstalige nieuwkomers".
            for name in (*term.related, *of_a_theme.get(_theme(term), ())):
                for near in phrases_of(name, lexicon):
                    groups.join([near])
                    if own:
                        related[" ".join(own[0])].append(" ".join(near))
        phrases = groups.keys()
        by_name = {" ".join(phrase): key for phrase, key in phrases.items()}
        near_keys: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for name, others in related.items():
            for other in others:
                one, two = by_name[name], by_name[other]
                if one != two:  # near in both directions, but not from one neighbour to the next
                    near_keys[one][two] = near_keys[two][one] = None
        return cls.of(phrases, {key: tuple(near) for key, near in near_keys.items()})

    @classmethod
    def of(
        cls, phrases: Mapping[Phrase, str], related: Mapping[str, tuple[str, ...]]
    ) -> "Concepts":
        """Put concepts together that were built before."""
        longest: dict[str, int] = {}
        for phrase in phrases:
            longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
        return cls(phrases, related, longest)

    def named(self, text: str, lexicon: Lexicon) -> str | None:
        """Return the concept that a text names as a whole, or None."""
        return next(
            (self.phrases[p] for p in phrases_of(text, lexicon) if p in self.phrases), None
        )


def _theme(term: Term) -> str:
    """Return the theme that the names of a term ask for, in words; empty if they ask for none."""
    if term.facet is None or term.facet[0] is not FacetName.THEME:
        return ""
    return term.facet[1].replace("-", " ")


def _by_theme(vocabulary: Vocabulary) -> Mapping[str, list[str]]:
    """Return for each theme the terms that ask for it, its own name first."""
    found: dict[str, list[str]] = {}
    for term in vocabulary.searched:
        if theme := _theme(term):
            found.setdefault(theme, [theme]).append(term.term)
    return found


class _Groups:
    """Phrases joined into groups, each known by the first phrase that came in."""

    def __init__(self) -> None:
        self._parent: dict[Phrase, Phrase] = {}

    def join(self, phrases: list[Phrase]) -> None:
        for phrase in phrases:
            self._parent.setdefault(phrase, phrase)
            self._parent[self._root(phrase)] = self._root(phrases[0])

    def keys(self) -> dict[Phrase, str]:
        return {phrase: "§" + " ".join(self._root(phrase)) for phrase in self._parent}

    def _root(self, phrase: Phrase) -> Phrase:
        while self._parent[phrase] != phrase:
            phrase = self._parent[phrase]
        return phrase


def phrases_of(name: str, lexicon: Lexicon) -> list[Phrase]:
    """Return the ways to write a name: as it is, and with its hyphens closed."""
    forms = [name, name.replace("-", "")] if "-" in name else [name]
    found = [tuple(lexicon.stem(word) for word in content_words(form)) for form in forms]
    return [phrase for phrase in dict.fromkeys(found) if phrase]


class Mining:
    """Collects "long form (ABC)" from texts (A. Schwartz and M. Hearst, 2003)."""

    def __init__(self) -> None:
        """Begin with no texts read."""
        self._seen: Counter[tuple[str, str]] = Counter()

    def read(self, text: str) -> None:
        """Look for pairs in one field of an entry."""
        for found in _LONG_AND_SHORT.finditer(text):
            self._seen[found[1], found[2]] += 1

    def pairs(self) -> list[tuple[str, str]]:
        """Return (abbreviation, most usual long form) of what was seen more than once."""
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (text, short), count in self._seen.items():
            tail = _spelled_tail(text, fold(short).translate(_SPOKEN))
            if tail:
                forms[short][tail] += count
        best = ((short, counts.most_common(1)[0]) for short, counts in sorted(forms.items()))
        return [(short, form) for short, (form, count) in best if count >= _MINIMUM_SIGHTINGS]


def _spelled_tail(text: str, short: str) -> str | None:
    """Return the shortest end of `text` that begins as `short` does and spells it, or None."""
    heard = text.split()
    for length in range(1, min(len(heard), _LONGEST_NAME) + 1):
        tail = " ".join(heard[-length:])
        folded = fold(tail)
        if folded[:1] != short[0]:
            continue
        at = len(folded)
        for letter in reversed(short[1:]):
            at = folded.rfind(letter, 1, at)
            if at < 0:
                break
        if at > 0:
            return tail
    return None
