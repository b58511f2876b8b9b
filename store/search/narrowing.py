"""Which entries of a shelf the facets let through."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from store.search.concepts import says_something
from store.search.dutch import WORD, fold
from store.search.query import Facet, FacetName
from store.search.shelf import Shelf

_NAMING = frozenset({FacetName.REGION, FacetName.AGE, FacetName.LEVEL})
_MOST_CALLED = 500  # entries that are looked at one by one: a millisecond


def let_through(
    shelf: Shelf, facets: Iterable[Facet], *, ended: bool, hidden: NDArray[np.bool_] | None
) -> NDArray[np.bool_] | None:
    """Return for each entry whether it may be found, or None when all may.

    Facets of one name widen each other, different names narrow. A region lets entries for all of
    Flanders through; ages let through what overlaps them, both ends included, so that 12 is on
    both sides of the seam; a theme lets through what carries it or says so in its words.
    A region, an age or a level lets through what is itself called so: "Kamp Tienen 12-14" may be
    anywhere, for anybody, and who types its name wants it.

    Args:
        shelf: The entries.
        facets: What to narrow by.
        ended: Whether defunct entries are let through.
        hidden: Entries that were changed or removed since the shelf was built.
    """
    by_name: defaultdict[FacetName, list[Facet]] = defaultdict(list)
    for facet in facets:
        by_name[facet.name].append(facet)
    barred = hidden
    if not ended and shelf.facts.ended.any():
        barred = shelf.facts.ended if barred is None else barred | shelf.facts.ended
    if not by_name:
        return None if barred is None else ~barred
    allowed = np.ones(len(shelf), bool) if barred is None else ~barred
    for alternatives in by_name.values():
        wide = np.zeros(len(shelf), bool)
        for facet in alternatives:
            _widen(wide, shelf, facet)
        for said in {facet.words for facet in alternatives if facet.name in _NAMING}:
            wide[called(shelf, said, ~wide)] = True
        allowed &= wide
    return allowed


def called(shelf: Shelf, said: str, among: NDArray[np.bool_] | None = None) -> list[int]:
    """Return the positions of entries whose name, organisation or place has words in a row.

    Args:
        shelf: The entries.
        said: The words, as typed.
        among: Where to look; None for everywhere. No more than _MOST_CALLED are looked at.
    """
    asked = WORD.findall(fold(said))
    telling = [shelf.lexicon.stem(word) for word in asked if says_something(word)]
    if not telling:
        return []
    has = np.zeros(len(shelf), bool)
    shelf.mark(min(telling, key=shelf.frequency), has)
    if among is not None:
        has &= among
    phrase = f" {' '.join(asked)} "
    looked_at: list[int] = np.flatnonzero(has)[:_MOST_CALLED].tolist()
    return [
        position
        for position in looked_at
        if phrase in f" {' '.join(WORD.findall(shelf.texts.at(position)))} "
    ]


def _widen(wide: NDArray[np.bool_], shelf: Shelf, facet: Facet) -> None:
    if facet.name is FacetName.AGE:
        low, high = facet.ages
        np.logical_or(wide, (shelf.facts.youngest <= high) & (shelf.facts.oldest >= low), out=wide)
        return
    wide[shelf.with_facet(f"{facet.name}:{facet.value}")] = True
    if facet.name is FacetName.REGION:
        wide[shelf.with_facet(f"{facet.name}:")] = True
    elif facet.name is FacetName.THEME:
        concept = shelf.concepts.named(facet.value.replace("-", " "), shelf.lexicon)
        if concept is not None:
            # Too wide does no harm here: the words that were asked make the order.
            for near in (concept, *shelf.concepts.related.get(concept, ())):
                shelf.mark(near, wide)
