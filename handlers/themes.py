"""Themes of the field: read them in a text, name them, and say which lie near each other.

The words come from the vocabulary that search uses too; what it calls a theme is one here. French
and English names are those of the wording, and of the vocabulary's rows in another language.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from handlers.errors import NotUnderstood
from handlers.hearing.plain import fold
from handlers.speech.words import LANGUAGES, Words
from store.catalogue import VOCABULARY
from store.privacy import NotKept, SafeText, guard
from store.search.query import FacetName
from store.search.vocabulary import Term, read_vocabulary

LONGEST = 40
"""Characters of a theme in somebody's own words."""

MOST = 12
"""Themes that one person declares at once: who knows everything is found by nobody."""

_APART = re.compile(r"[,;\n/]|\s+(?:en|et|and|&)\s+")
_LEADS = re.compile(
    r"^(?:(?:iets|kennis|ervaring|expertise|van|met|rond|over|in|het|de|een|wat|"
    r"en|la|le|les|l|de|du|des|avec|about|with|on|the)\s+)+"
)
_SLIP_FROM = 7
"""Letters from which a slip of the finger is forgiven."""

_LIKE = 88
"""How like a misspelt word must be, of 100."""

_FOREIGN = "anderstalig"
"""The kind of a row of the vocabulary that names a thing in French or English."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the vocabulary knows of themes.

    Attributes:
        slugs: By each folded name.
        pattern: Finds the names in a folded text, the longest first.
        near: By slug, the themes that are related to it.
        long: The names of one word in which a slip of the finger is forgiven.
    """

    slugs: dict[str, str]
    pattern: re.Pattern[str]
    near: dict[str, tuple[str, ...]]
    long: tuple[str, ...]


def in_text(text: str) -> tuple[str, ...]:
    """Return the themes of the vocabulary that a text names, in its order, each once."""
    known, said = _known(), fold(text)
    found = [known.slugs[match[1]] for match in known.pattern.finditer(said)]
    return tuple(dict.fromkeys(found)) or _misspelt(said)


def own_words(text: str) -> tuple[SafeText, ...]:
    """Read themes in a row: those of the vocabulary by their slug, others in somebody's own words.

    Raises:
        NotUnderstood: If one of them points at a person, or there are none.
    """
    themes: list[SafeText] = []
    for part in _APART.split(text):
        said = _LEADS.sub("", fold(part))
        try:
            known = in_text(said)
            # Folded and in lower case no name looks like one: the guard sees what was typed.
            themes += [guard(slug) for slug in known] or [_own(part, said)] if said else []
        except NotKept:
            raise NotUnderstood("expertise.points_at_person") from None
    if not themes:
        raise NotUnderstood("expertise.which_theme")
    return tuple(dict.fromkeys(themes))[:MOST]


def label(theme: str, words: Words) -> str:
    """Return a theme as people read it."""
    if theme in _known().near:
        return words.plain(f"expertise.theme_{theme.replace('-', '_')}")
    return theme


def labels(themes: Iterable[str], words: Words) -> str:
    """Return themes in a row: "rouw en trauma"."""
    return words.all_of(label(theme, words) for theme in themes)


def near(themes: Iterable[str]) -> tuple[str, ...]:
    """Return the themes that are related to any of these, without these themselves."""
    asked = tuple(themes)
    found = dict.fromkeys(other for theme in asked for other in _known().near.get(theme, ()))
    return tuple(theme for theme in found if theme not in asked)


def said_in(text: str, tags: Iterable[str]) -> tuple[str, ...]:
    """Return which of these own words of others a text holds as whole words."""
    said = f" {fold(text)} "
    return tuple(tag for tag in tags if f" {fold(tag)} " in said)


def _own(typed: str, said: str) -> SafeText:
    guard(typed)
    return guard(said[:LONGEST].strip())


def _misspelt(said: str) -> tuple[str, ...]:
    known = _known()
    for word in said.split():
        if len(word) < _SLIP_FROM:
            continue
        like = process.extractOne(word, known.long, scorer=fuzz.ratio, score_cutoff=_LIKE)
        if like:
            return (known.slugs[like[0]],)
    return ()


@cache
def _known() -> _Known:
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        searched = read_vocabulary(lines).searched
    terms = [
        (term, term.facet[1])
        for term in searched
        if term.facet and term.facet[0] is FacetName.THEME
    ]
    slugs = _slugs(terms, searched)
    longest_first = sorted(slugs, key=lambda name: (-len(name), name))
    every = "|".join(map(re.escape, longest_first))
    return _Known(
        slugs,
        re.compile(rf"\b({every})(?:en|s|e|n)?\b"),
        _neighbours(terms, slugs),
        tuple(name for name in slugs if len(name) >= _SLIP_FROM and " " not in name),
    )


def _slugs(terms: Sequence[tuple[Term, str]], searched: Iterable[Term]) -> dict[str, str]:
    """Return the themes by each of their folded names; the first that claims a name keeps it."""
    slugs = {slug.replace("-", " "): slug for _, slug in terms}
    for language in LANGUAGES:
        words = Words(language)
        for _, slug in terms:
            said = words.plain(f"expertise.theme_{slug.replace('-', '_')}")
            slugs.setdefault(fold(said), slug)
    for term, slug in terms:
        for name in term.names:
            slugs.setdefault(fold(name), slug)
    for term in searched:
        # What it means in Dutch is a theme's name: "refus scolaire" is "schoolweigering".
        if term.kind == _FOREIGN and (meant := slugs.get(fold(term.meaning))):
            for name in term.names:
                slugs.setdefault(fold(name), meant)
    return slugs


def _neighbours(
    terms: Sequence[tuple[Term, str]], slugs: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return by theme those that are related to it."""
    related = {
        slug: [fold(n) for t, s in terms if s == slug for n in t.related] for _, slug in terms
    }
    close: dict[str, dict[str, None]] = {slug: {} for slug in related}
    for slug, names in related.items():
        for other in (slugs[name] for name in names if name in slugs):
            close[slug][other] = close[other][slug] = None
    # Two themes that share a neighbour ("thuiszitter") are near each other too.
    for slug, names in related.items():
        for other, theirs in related.items():
            if slug != other and set(names) & set(theirs):
                close[slug][other] = None
    return {
        slug: tuple(other for other in others if other != slug) for slug, others in close.items()
    }
