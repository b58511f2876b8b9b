"""An immutable inverted index over some entries: keys, postings, facets and short texts."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from store.search.concepts import Concepts
from store.search.lexicon import Lexicon
from store.search.spelling import Spelling

FIELDS = ("name", "tags", "organisation", "location", "description")
"""The fields of an entry that are searched."""

IMPACT = 255
"""The highest impact of a key on an entry; impacts are one byte."""

_DENSE_MINIMUM = 2000  # entries; below, a list of postings is quicker than a row
_DENSE_SHARE = 24  # a key in more than one of 24 entries gets a row of its own


_TWO_BYTES = 1 << 16  # positions that two bytes can tell apart

Positions: TypeAlias = NDArray[np.int32] | NDArray[np.uint16]


class Facts(NamedTuple):
    """What is known of each entry beside its words; every array has shape (entries,).

    Attributes:
        ids: `Entry.id`.
        assured: Day number of the last confirmation, 0 when there is none.
        youngest: Effective minimum age in years.
        oldest: Effective maximum age in years.
        ended: Whether it is defunct.
    """

    ids: NDArray[np.int64]
    assured: NDArray[np.int32]
    youngest: NDArray[np.float32]
    oldest: NDArray[np.float32]
    ended: NDArray[np.bool_]


class Postings(NamedTuple):
    """Sorted lists of entries, one after the other.

    Attributes:
        names: What each list is for.
        offsets: Where each begins; shape (names + 1,).
        positions: Positions of entries, rising within a list; two bytes each where that is enough.
        impacts: How much each entry says of it, 1 to IMPACT; empty for facets.
    """

    names: list[str]
    offsets: NDArray[np.int64]
    positions: Positions
    impacts: NDArray[np.uint8]

    def narrowed(self, entries: int) -> "Postings":
        """Return the same for so many entries, in as little memory as their positions take."""
        enough = np.uint16 if entries <= _TWO_BYTES else np.int32
        return self._replace(positions=self.positions.astype(enough, copy=False))


class Texts(NamedTuple):
    """The folded name, places and organisation of each entry, in one run of bytes.

    Attributes:
        characters: ASCII, undecodable characters replaced.
        offsets: Where each text begins; shape (entries + 1,).
    """

    characters: bytes
    offsets: NDArray[np.int64]

    def at(self, position: int) -> str:
        """Return the text of the entry at `position`."""
        begin, end = self.offsets[position], self.offsets[position + 1]
        return self.characters[begin:end].decode("ascii")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Shelf:
    """Entries that can be looked up by key.

    Attributes:
        facts: What is known of each entry beside its words.
        words: Every word of the entries, sorted.
        word_keys: The key (stem) of each word; shape (words,).
        word_frequency: In how many entries each word occurs; shape (words,).
        postings: Entries by key.
        facets: Entries by "name:slug".
        texts: What the best hits are compared with as a whole.
        spelling: The filed words.
        spelled: The word behind each filed word, as a position in `words`.
        lexicon: How words are built.
        concepts: Which names are one thing.
        average_lengths: Mean number of words per field; shape (fields,).
    """

    facts: Facts
    words: list[str]
    word_keys: NDArray[np.int32]
    word_frequency: NDArray[np.int32]
    postings: Postings
    facets: Postings
    texts: Texts
    spelling: Spelling
    spelled: NDArray[np.int32]
    lexicon: Lexicon
    concepts: Concepts
    average_lengths: NDArray[np.float32]
    _backwards: list[str]
    _begin: list[int]
    _key_of: dict[str, int]
    _facet_of: dict[str, int]
    _dense: dict[int, NDArray[np.uint8]]

    @classmethod
    def of(  # noqa: PLR0913 - the parts of a shelf; only building and loading call it
        cls,
        *,
        facts: Facts,
        words: list[str],
        word_keys: NDArray[np.int32],
        word_frequency: NDArray[np.int32],
        postings: Postings,
        facets: Postings,
        texts: Texts,
        spelling: Spelling,
        spelled: NDArray[np.int32],
        lexicon: Lexicon,
        concepts: Concepts,
        average_lengths: NDArray[np.float32],
    ) -> "Shelf":
        """Put a shelf together and derive what is looked up most."""
        postings, facets = postings.narrowed(len(facts.ids)), facets.narrowed(len(facts.ids))
        return cls(
            facts,
            words,
            word_keys,
            word_frequency,
            postings,
            facets,
            texts,
            spelling,
            spelled,
            lexicon,
            concepts,
            average_lengths,
            sorted(word[::-1] for word in words),
            postings.offsets.tolist(),
            {name: i for i, name in enumerate(postings.names)},
            {name: i for i, name in enumerate(facets.names)},
            _dense_rows(postings, len(facts.ids)),
        )

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.facts.ids)

    def key_id(self, key: str) -> int | None:
        """Return the number of a key, or None when no entry has it."""
        return self._key_of.get(key)

    def frequency(self, key: str) -> int:
        """Return in how many entries a key occurs."""
        found = self._key_of.get(key)
        return 0 if found is None else self._begin[found + 1] - self._begin[found]

    def __contains__(self, word: str) -> bool:
        """Return whether a word occurs in an entry."""
        at = bisect_left(self.words, word)
        return at < len(self.words) and self.words[at] == word

    def word_position(self, word: str) -> int | None:
        """Return the position of a word in `words`, or None."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else None

    def key_of_word(self, position: int) -> str:
        """Return the key of the word at a position in `words`."""
        return self.postings.names[int(self.word_keys[position])]

    def words_ending_in(self, ending: str, limit: int) -> list[int]:
        """Return the positions of at most `limit` longer words that end in a text."""
        backwards = ending[::-1]
        begin = bisect_right(self._backwards, backwards)
        end = bisect_left(self._backwards, backwards + "{")  # "{" follows "z" in ASCII
        found = (self.word_position(word[::-1]) for word in self._backwards[begin:end][:limit])
        return [position for position in found if position is not None]

    def mark(self, key: str, marked: NDArray[np.bool_]) -> None:
        """Set `marked` (one per entry) for the entries that have a key."""
        row = self.dense_row(key)
        if row is not None:
            marked |= row > 0
        else:
            marked[self.listed(key)[0]] = True

    def dense_row(self, key: str) -> NDArray[np.uint8] | None:
        """Return the impact of a frequent key on every entry, or None: then see `listed`."""
        found = self._key_of.get(key)
        return None if found is None else self._dense.get(found)

    def listed(self, key: str) -> tuple[Positions, NDArray[np.uint8]]:
        """Return the positions of the entries that have a key, rising, and its impacts."""
        found = self._key_of.get(key)
        if found is None:
            return self.postings.positions[:0], self.postings.impacts[:0]
        begin, end = self._begin[found], self._begin[found + 1]
        return self.postings.positions[begin:end], self.postings.impacts[begin:end]

    def with_facet(self, name: str) -> Positions:
        """Return the positions of the entries that have a facet ("region:limburg")."""
        found = self._facet_of.get(name)
        if found is None:
            return np.empty(0, np.int32)
        return self.facets.positions[self.facets.offsets[found] : self.facets.offsets[found + 1]]


def _dense_rows(postings: Postings, entries: int) -> dict[int, NDArray[np.uint8]]:
    frequency = np.diff(postings.offsets)
    rows: dict[int, NDArray[np.uint8]] = {}
    for key in np.flatnonzero(frequency > max(_DENSE_MINIMUM, entries // _DENSE_SHARE)).tolist():
        begin, end = postings.offsets[key], postings.offsets[key + 1]
        row = np.zeros(entries, np.uint8)
        row[postings.positions[begin:end]] = postings.impacts[begin:end]
        rows[key] = row
    return rows
