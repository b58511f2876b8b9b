"""Which entries of a shelf the facets let through."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from store.search.query import Facet, FacetName
from store.search.shelf import Shelf


def let_through(
    shelf: Shelf, facets: Iterable[Facet], *, ended: bool, hidden: NDArray[np.bool_] | None
) -> NDArray[np.bool_] | None:
    """Return for each entry whether it may be found, or None when all may.

    Facets of one name widen each other, different names narrow. A region lets entries for all of
    Flanders through; ages let through what overlaps them, both ends included, so that 12 is on
    both sides of the seam; a theme lets through what carries it or says so in its words.

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
        allowed &= wide
    return allowed


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
            shelf.mark(concept, wide)
