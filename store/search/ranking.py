"""Score the entries of a shelf against slots: BM25F impacts, coverage, and when to say nothing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from store.search.dutch import CHILD
from store.search.expansion import Expander, Keys, Slot
from store.search.shelf import IMPACT, Positions, Shelf

# Tuned on generated entries of one seed, reported on others.
_COVERED = 0.52  # share of what was asked that the best entry covers, or nothing is found
_CONTENT_COVERED = 0.25  # the same without the names of places: "zwembad Gent" is not "Gent"
_ALSO_COVERED = 0.48  # share that any other entry covers: about half
_DOUBT = np.float32(1.5)  # what is not sure covers less than it scores
_FULL_AT = np.float32(3.6)  # an impact of 1/3.6 covers a word fully
_WEAK_SHARE = 0.25  # a weak word weighs a quarter
_UNKNOWN_WEAK_SHARE = 0.15
_CHILD_SHARE = 0.1  # of that, in what has to be covered: "leerling met depressie"
_SHORTEST_TELLING = 3  # letters; "Sint-Gi" is on its way to a name
_ALL_SHARE = np.float32(0.5)  # of several keys: what counts only where all are
_FURTHER_WORD_SHARE = 0.4  # a name of three words weighs as 1.8 words, not as three
_LEAST_WEIGHT = 0.3
_ONE = np.float32(1 / IMPACT)
_WHOLE = np.float32(1)

# Words that stand in names of places and are ordinary words all the same: content, not place.
_GENERIC = frozenset(
    {"sint", "den", "ten", "aan", "berg", "grote", "oud", "nieuw", "groot", "klein", "neer"}
    | {"boven", "over", "werken", "lot", "bos", "bever", "linden"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Slots with what each weighs.

    Attributes:
        slots: The words of the question.
        weights: Inverse entry frequency of each; shape (slots,).
        required: What each weighs in how much of the question an entry covers; shape (slots,).
        content: Which slots are neither weak nor places; shape (slots,).
    """

    slots: Sequence[Slot]
    weights: NDArray[np.float32]
    required: NDArray[np.float32]
    content: NDArray[np.bool_]


class Scored(NamedTuple):
    """Entries of one shelf with their scores; arrays of one shape, positions rising.

    Attributes:
        positions: Positions in the shelf.
        scores: Higher is better; comparable between shelves that share a `Weighed`.
        covered: Which share of the question each covers, 0 to 1.
        content_covered: The same over words that are neither weak nor places; 1 without such.
    """

    positions: NDArray[np.int64]
    scores: NDArray[np.float32]
    covered: NDArray[np.float32]
    content_covered: NDArray[np.float32]


NOTHING = Scored(
    np.empty(0, np.int64),
    np.empty(0, np.float32),
    np.empty(0, np.float32),
    np.empty(0, np.float32),
)


def weigh(slots: Sequence[Slot], expander: Expander, size: int, places: frozenset[str]) -> Weighed:
    """Return the slots with their weights among `size` entries.

    A slot weighs what its best alternatives do: a rare word much, a frequent one little, and a
    word that nobody knows as much as the rarest, so that nonsense cannot be covered.
    """
    weights: list[float] = []
    for slot in slots:
        if not slot.alternatives:
            unfinished = len(slot.word) < _SHORTEST_TELLING
            light = slot.weak or unfinished
            weights.append(math.log1p(size) * (_UNKNOWN_WEAK_SHARE if light else 1))
            continue
        highest = max(found.worth for found in slot.alternatives.values())
        rarity = min(
            _rarity([expander.frequency(key) for key in keys], size)
            for keys, found in slot.alternatives.items()
            if found.worth >= 0.75 * highest
        )
        share = (1 + _FURTHER_WORD_SHARE * (slot.shared - 1)) / slot.shared
        weights.append(max(_LEAST_WEIGHT, rarity) * (_WEAK_SHARE if slot.weak else share))
    content = [
        not slot.weak and (slot.word not in places or slot.word in _GENERIC) for slot in slots
    ]
    # Whom it is for ranks, but an entry that does not name the child is no worse an answer.
    required = [
        weight * (_CHILD_SHARE if slot.weak and slot.word in CHILD and slot.shared == 1 else 1)
        for slot, weight in zip(slots, weights, strict=True)
    ]
    return Weighed(
        slots,
        np.array(weights, np.float32),
        np.array(required, np.float32),
        np.array(content, bool),
    )


def _rarity(frequencies: Sequence[int], size: int) -> float:
    """Return how rare it is that an entry has all keys, each in so many of `size` entries.

    Halves of a compound come together more often than chance has it, hence less than the sum.
    """
    rarities = [math.log1p((size - n + 0.5) / (n + 0.5)) for n in frequencies]
    together = sum(rarities) * (1 + _FURTHER_WORD_SHARE * (len(rarities) - 1)) / len(rarities)
    return min(math.log1p(size), together)


def score(shelf: Shelf, asked: Weighed, allowed: NDArray[np.bool_] | None) -> Scored:
    """Score the entries of a shelf that can cover enough of what was asked.

    Args:
        shelf: Where to look.
        asked: What to look for.
        allowed: One per entry: whether it may be found; None = all.
    """
    live = [i for i, slot in enumerate(asked.slots) if slot.alternatives]
    candidates = _candidates(shelf, asked, live, allowed)
    if not len(candidates):
        return NOTHING
    table = _Table(len(asked.slots), shelf, candidates)
    for i in live:
        for keys, found in asked.slots[i].alternatives.items():
            table.add(i, keys, found.worth)
    impact, covering = table.filled()
    weights, required = asked.weights, asked.required
    covered = (required @ covering) / required.sum()
    scores = (weights @ impact) * (0.2 + 0.8 * covered * covered)
    content_covered = np.ones_like(covered)
    if asked.content.any() and not asked.content.all():
        inner = asked.content
        content_covered = (required[inner] @ covering[inner]) / required[inner].sum()
    return Scored(candidates, scores, covered, content_covered)


class _Table:
    """The best impact and covering of each slot on each candidate; shape (slots, candidates).

    Short lists of postings are gathered first and entered together: that is a handful of calls
    of NumPy for a question instead of a dozen for each alternative.
    """

    def __init__(self, slots: int, shelf: Shelf, candidates: NDArray[np.int64]) -> None:
        self._shelf = shelf
        self._candidates = candidates
        # Of each entry its column; not initialised, because only candidates are looked up.
        self._column = np.empty(len(shelf), np.int32)
        self._column[candidates] = np.arange(len(candidates), dtype=np.int32)
        self._is_candidate = np.zeros(len(shelf), bool)
        self._is_candidate[candidates] = True
        self._impact = np.zeros((slots, len(candidates)), np.float32)
        self._covering = np.zeros((slots, len(candidates)), np.float32)
        self._positions: list[Positions] = []
        self._impacts: list[NDArray[np.uint8]] = []
        self._rows: list[int] = []
        self._worths: list[float] = []

    def add(self, row: int, keys: Keys, worth: float) -> None:
        """Enter an alternative of the slot at `row`."""
        key, *others = keys
        if others:
            several = np.stack([self._dense(part) for part in keys])
            value = _ALL_SHARE * several.min(0) + (1 - _ALL_SHARE) * several.mean(0)
            self._enter(row, value, worth)
            return
        dense = self._shelf.dense_row(key)
        if dense is not None:
            self._enter(row, dense[self._candidates] * _ONE, worth)
            return
        positions, impacts = self._shelf.listed(key)
        if len(positions):
            self._positions.append(positions)
            self._impacts.append(impacts)
            self._rows.append(row)
            self._worths.append(worth)

    def filled(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the impacts and the coverings, with all that was added."""
        if self._positions:
            sizes = [len(positions) for positions in self._positions]
            positions = np.concatenate(self._positions)
            there = self._is_candidate[positions].nonzero()[0]
            column = self._column[positions[there]]
            number = np.arange(len(sizes)).repeat(sizes)[there]
            worth = np.array(self._worths, np.float32)
            row = np.array(self._rows, np.int64)[number]
            cell = row * len(self._candidates) + column
            value = np.concatenate(self._impacts)[there] * _ONE
            np.maximum.at(self._impact.reshape(-1), cell, value * worth[number])
            share = np.minimum(value * _FULL_AT, _WHOLE)
            certain = np.minimum(worth, _WHOLE) ** _DOUBT
            np.maximum.at(self._covering.reshape(-1), cell, share * certain[number])
        return self._impact, self._covering

    def _dense(self, key: str) -> NDArray[np.float32]:
        row = self._shelf.dense_row(key)
        if row is not None:
            return row[self._candidates] * _ONE
        positions, impacts = self._shelf.listed(key)
        value = np.zeros(len(self._candidates), np.float32)
        there = self._is_candidate[positions].nonzero()[0]
        value[self._column[positions[there]]] = impacts[there] * _ONE
        return value

    def _enter(self, row: int, value: NDArray[np.float32], worth: float) -> None:
        given = np.float32(worth)
        np.maximum(self._impact[row], value * given, out=self._impact[row])
        share = np.minimum(value * _FULL_AT, _WHOLE) * (min(given, _WHOLE) ** _DOUBT)
        np.maximum(self._covering[row], share, out=self._covering[row])


def everything(shelf: Shelf, allowed: NDArray[np.bool_] | None) -> Scored:
    """Return all entries that may be found, with a score of 0: nothing was asked but facets."""
    positions = np.arange(len(shelf)) if allowed is None else np.flatnonzero(allowed)
    covered = np.ones(len(positions), np.float32)
    return Scored(positions, np.zeros(len(positions), np.float32), covered, covered)


def enough(found: Scored) -> NDArray[np.bool_]:
    """Return which entries to show; none at all when the best of them covers too little."""
    if not len(found.positions):
        return np.zeros(0, bool)
    best = int(np.argmax(found.scores))
    if found.covered[best] < _COVERED or found.content_covered[best] < _CONTENT_COVERED:
        return np.zeros(len(found.positions), bool)
    return (found.covered >= _ALSO_COVERED) & (found.content_covered >= _CONTENT_COVERED)


def _candidates(
    shelf: Shelf, asked: Weighed, live: list[int], allowed: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    """Return the entries that have one of the rare words, rising.

    Words are taken from the rarest on. Once those left weigh less together than an entry has to
    cover, an entry with none of the others cannot be shown, and need not be scored.
    """
    marked = np.zeros(len(shelf), bool)
    keys = {i: {key for keys in asked.slots[i].alternatives for key in keys} for i in live}
    lengths = {i: sum(map(shelf.frequency, keys[i])) for i in live}
    total = float(asked.required.sum())
    left = sum(float(asked.required[i]) for i in live)
    order = sorted(live, key=lambda i: lengths[i])
    for taken, i in enumerate(order):
        for key in keys[i]:
            shelf.mark(key, marked)
        left -= float(asked.required[i])
        if left < _ALSO_COVERED * total or taken == len(order) - 1:
            found = (marked if allowed is None else marked & allowed).nonzero()[0]
            if len(found):
                return found
    return np.empty(0, np.int64)
