"""The index: build it, search it, change it, save it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from store.search import explaining, keeping
from store.search.building import build_shelf
from store.search.dutch import WEAK
from store.search.entry import Entry
from store.search.expansion import MAXIMUM_CHARACTERS, Expander, asked_words
from store.search.narrowing import called, let_through
from store.search.query import FacetName, Hit, Match, Query, Relaxation, Results
from store.search.ranking import Scored, enough, everything, score, weigh
from store.search.rewording import Rewording, reworded
from store.search.shelf import Shelf
from store.search.vocabulary import Vocabulary

_COMPARED = 30  # hits that are compared with the question as a whole
_COMPARISON_SHARE = np.float32(0.12)
_NEAR_SHARE = np.float32(2.5)  # how much the name of a place near lifts an entry
_WORN = 250  # changed entries; each further change takes a quarter of a second from then on


class _Found(NamedTuple):
    """What was found on all shelves; arrays of one shape."""

    shelf: NDArray[np.int8]
    position: NDArray[np.int64]
    score: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Index:
    """All entries that can be found. It never changes: an update gives another index.

    A large shelf holds the entries as they were when it was built; a small one beside it holds
    what changed since, and is searched with the same statistics. Searching is safe from any
    number of threads.

    Attributes:
        version: The version of the directory (and its vocabulary) that the large shelf was built
            from; whatever the caller says it is.
        changed: The entries that changed since, by id.
        removed: Ids of the entries that were removed since.
    """

    version: str
    changed: dict[int, Entry]
    removed: frozenset[int]
    _base: Shelf
    _delta: Shelf | None
    _hidden: NDArray[np.bool_] | None
    _rewording: Rewording | None = None

    @classmethod
    def build(cls, entries: Iterable[Entry], vocabulary: Vocabulary, version: str = "") -> "Index":
        """Return an index of `entries`; 25,000 take a few seconds.

        Args:
            entries: Each with an id of its own; of two with one id the last counts.
            vocabulary: Synonyms and abbreviations.
            version: What to save the index under.
        """
        unique = list({entry.id: entry for entry in entries}.values())
        return cls(version, {}, frozenset(), build_shelf(unique, vocabulary), None, None)

    def __len__(self) -> int:
        """Return the number of entries, defunct ones included."""
        gone = int(self._hidden.sum()) if self._hidden is not None else 0
        return len(self._base) - gone + len(self.changed)

    # ------------------------------------------------------------------ asking

    def search(self, query: Query, limit: int = 10, offset: int = 0) -> Results:
        """Return a page of what was found, best first; nothing when too little is covered.

        A query without words finds all that its facets let through, last confirmed first. Equal
        scores are ordered by date of confirmation, then by id. The order of the first 30 is
        refined by comparing them with the question as a whole.

        Args:
            query: What to look for. Any text will do.
            limit: Entries on a page.
            offset: Entries before it.
        """
        asked = _scored_words(query)
        found = self._find(query, asked)
        page = self._page(found, " ".join(asked), limit, max(0, offset))
        return Results(len(found.position), page)

    def count(self, query: Query) -> int:
        """Return how many entries are found."""
        return len(self._find(query, _scored_words(query)).position)

    def is_called(self, said: str) -> bool:
        """Return whether these words stand in the name, organisation or place of an entry."""
        return any(called(shelf, said) for shelf, _ in self._shelves())

    def relaxations(self, query: Query) -> tuple[Relaxation, ...]:
        """Return which facets to drop from a query that finds nothing, the most fruitful first.

        One facet is dropped where that helps, else two, else all.
        """
        facets = query.facets
        for dropped_together in sorted({1, min(2, len(facets)), len(facets)} - {0}):
            ways = [
                Relaxation(dropped, self.count(query.without(*dropped)))
                for dropped in combinations(facets, dropped_together)
            ]
            helpful = [way for way in ways if way.total]
            if helpful:
                return tuple(sorted(helpful, key=lambda way: -way.total))
        return ()

    def explain(self, query: Query, entry: Entry) -> tuple[Match, ...]:
        """Return which words of the question met which words of an entry, in their order.

        Args:
            query: The question that found it.
            entry: As it is in the directory now.
        """
        slots = self._expander().slots(_scored_words(query))
        return explaining.matches(slots, entry, self._base.lexicon, self._base.concepts)

    # ------------------------------------------------------------------ changing

    def with_changes(self, changed: Iterable[Entry] = (), removed: Iterable[int] = ()) -> "Index":
        """Return an index in which these entries are added or replaced, and those removed.

        It takes a millisecond for each entry that changed since the index was built, so a large
        import is better followed by a new index; see `worn`.
        """
        now = self.changed | {entry.id: entry for entry in changed}
        gone = frozenset(removed)
        now = {entry_id: entry for entry_id, entry in now.items() if entry_id not in gone}
        removed_now = (self.removed | gone) - now.keys()
        touched = np.array(sorted(now.keys() | removed_now), np.int64)
        return replace(
            self,
            changed=now,
            removed=removed_now,
            _delta=build_shelf(list(now.values()), Vocabulary(), self._base) if now else None,
            _hidden=np.isin(self._base.facts.ids, touched),
        )

    def with_words(self, before: Vocabulary, after: Vocabulary) -> "Index":
        """Return an index that understands words as they are now.

        Args:
            before: The vocabulary that it was built with.
            after: The one that holds now.
        """
        return replace(self, _rewording=reworded(before, after, self._base.lexicon))

    @property
    def worn(self) -> bool:
        """Whether so much changed that it is time to build a new index in the background."""
        return self._rewording is not None or len(self.changed) + len(self.removed) > _WORN

    # ------------------------------------------------------------------ keeping

    def save(self, path: Path) -> None:
        """Write the large shelf to a file, in one step; what changed since is not in it.

        Raises:
            OSError: The file cannot be written.
        """
        keeping.save(path, self._base, self.version)

    @classmethod
    def load(cls, path: Path, version: str | None = None) -> "Index | None":
        """Return the index in a file, or None when there is none that can be used.

        Args:
            path: Where it was saved.
            version: The version that it must be of; None takes any, and the caller applies what
                changed since `Index.version` with `with_changes`.
        """
        kept = keeping.load(path, version)
        if kept is None:
            return None
        shelf, kept_version = kept
        return cls(kept_version, {}, frozenset(), shelf, None, None)

    # ------------------------------------------------------------------ inside

    def _shelves(self) -> Sequence[tuple[Shelf, NDArray[np.bool_] | None]]:
        base = (self._base, self._hidden)
        return (base,) if self._delta is None else (base, (self._delta, None))

    def _expander(self) -> Expander:
        return Expander([shelf for shelf, _ in self._shelves()], self._rewording)

    def _find(self, query: Query, asked: list[str]) -> _Found:
        """Return all that is found, unordered."""
        shelves = self._shelves()
        weighed = None
        if asked:
            expander = self._expander()
            size = sum(len(shelf) for shelf, _ in shelves)
            slots = expander.slots(asked)
            weighed = weigh(slots, expander, size, self._base.lexicon.places)
        elif query.words.strip() and not query.facets:
            return _Found(np.empty(0, np.int8), np.empty(0, np.int64), np.empty(0, np.float32))
        scored: list[Scored] = []
        for shelf, hidden in shelves:
            allowed = let_through(shelf, query.facets, ended=query.ended, hidden=hidden)
            found = score(shelf, weighed, allowed) if weighed else everything(shelf, allowed)
            scored.append(self._lifted(shelf, found, query.near))
        together = (
            Scored(*(np.concatenate(parts) for parts in zip(*scored, strict=True)))
            if len(scored) > 1
            else scored[0]
        )
        origin = np.repeat(
            np.arange(len(scored), dtype=np.int8), [len(found.positions) for found in scored]
        )
        shown = enough(together) if weighed else np.ones(len(origin), bool)
        return _Found(origin[shown], together.positions[shown], together.scores[shown])

    def _lifted(self, shelf: Shelf, found: Scored, near: str) -> Scored:
        """Lift the scores of entries that name a place near."""
        names = [named for name in near.split(";") if (named := asked_words(name))]
        if not names or not len(found.positions):
            return found
        says = np.zeros(len(found.positions))
        for named in names:
            marked = np.zeros((len(named), len(shelf)), bool)
            for row, word in zip(marked, named, strict=True):
                shelf.mark(self._base.lexicon.stem(word), row)
            # One of the names is enough: an entry names its municipality, or the part of it.
            np.maximum(says, marked[:, found.positions].mean(0), out=says)
        lift = says.astype(np.float32) * _NEAR_SHARE
        # Without words every score is 0, and the place alone makes the order.
        return found._replace(scores=found.scores * (1 + lift) + lift * (found.scores == 0))

    def _page(self, found: _Found, asked: str, limit: int, offset: int) -> tuple[Hit, ...]:
        end = max(_COMPARED, offset + limit)
        scores = found.score
        best = np.arange(len(scores))
        if len(scores) > end:  # with all that equal the last, so that ties are broken rightly
            best = np.flatnonzero(scores >= np.partition(scores, -end)[-end])
        ids, assured = self._order_of(found, best)
        order = np.lexsort((ids, -assured, -scores[best]))[:end]
        best, ids, assured = best[order], ids[order], assured[order]
        final = scores[best].copy()
        compared = _worth_comparing(final, offset + limit)
        if asked and compared > 1:
            shelves = [shelf for shelf, _ in self._shelves()]
            origins: list[int] = found.shelf[best[:compared]].tolist()
            positions: list[int] = found.position[best[:compared]].tolist()
            texts = [
                shelves[origin].texts.at(position)
                for origin, position in zip(origins, positions, strict=True)
            ]
            alike = process.cdist([asked], texts, scorer=fuzz.token_set_ratio, dtype=np.float32)
            final[:compared] *= 1 + _COMPARISON_SHARE * alike[0] / 100
            order = np.lexsort((ids[:compared], -assured[:compared], -final[:compared]))
            ids[:compared], final[:compared] = ids[order], final[order]
        page = slice(offset, offset + limit)
        return tuple(
            Hit(entry_id, round(value, 4))
            for entry_id, value in zip(ids[page].tolist(), final[page].tolist(), strict=True)
        )

    def _order_of(
        self, found: _Found, chosen: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the ids and the days of confirmation of some of what was found."""
        ids = np.empty(len(chosen), np.int64)
        assured = np.empty(len(chosen), np.int32)
        for number, (shelf, _) in enumerate(self._shelves()):
            here = found.shelf[chosen] == number
            positions = found.position[chosen][here]
            ids[here], assured[here] = shelf.facts.ids[positions], shelf.facts.assured[positions]
        return ids, assured


def _worth_comparing(scores: NDArray[np.float32], end: int) -> int:
    """Return how many of the first hits can still come to stand before `end`.

    A comparison lifts a score by _COMPARISON_SHARE at most; what is further behind stays there.
    """
    first = scores[:_COMPARED]
    if not end or end >= len(first):
        return len(first)
    return int((first * (1 + _COMPARISON_SHARE) >= first[end - 1]).sum())


def _scored_words(query: Query) -> list[str]:
    """Return the words to score by: those that were asked, and the themes among the facets.

    A theme in the words that asked for it: who says "OKAN" wants what says "OKAN" first.
    """
    themes = [
        facet.words or facet.value.replace("-", " ")
        for facet in query.facets
        if facet.name is FacetName.THEME
    ]
    # The last word may not be finished yet, so what was understood comes before the rest.
    asked = asked_words(" ".join([*themes, query.words[:MAXIMUM_CHARACTERS]]))
    understood = any(facet.words for facet in query.facets)
    # "Een NAFT voor een meisje van 14": beside what was understood, "meisje" asks nothing.
    return [] if understood and all(word in WEAK for word in asked) else asked
