"""Find the words of a vocabulary that somebody may have meant, by symmetric deletes.

Fuzziness belongs to the vocabulary, not to the documents: 25,000 entries hold a thousand times
fewer different words than words, and a word is corrected once. Every word is filed under each
way of deleting up to two of its first seven letters, as written and as it sounds; a misspelt word
finds the words that share such a remainder, and RapidFuzz verifies what was found. Method: W.
Garbe, Symmetric Delete (SymSpell, 2012).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, Self, cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from store.search.dutch import recent_sound, sound

PREFIX = 7
"""Letters of a word that are filed; what follows is left to the verification."""

_EDITS = 2
_SOUND_COST = 0.6  # edits; a word that only sounds alike is nearer than one with a letter wrong
_SHORTEST = 4  # letters; below, an edit counts as in a word of four
_STRICTNESS = 1.15
_FREQUENCY_SHARE = 0.025
_FIRST_LETTER_COST = 0.35  # edits; the first letter of a word is rarely wrong
_MIXER = np.uint32(2654435761)  # Knuth's multiplicative hash
_POWERS = np.array([pow(0x01000193, i + 1, 2**32) for i in range(PREFIX)], np.uint32)
_MAXIMUM_BITS = 22
_CHUNK = 20_000  # words filed at a time, to keep the peak of memory down


def _patterns(length: int, edits: int) -> NDArray[np.uint32]:
    """Return, one row per way of deleting, what each letter weighs in the hash of what is left."""
    letters = min(length, PREFIX)
    rows: list[NDArray[np.uint32]] = []
    for count in range(min(edits, letters - 1) + 1):
        for deleted in combinations(range(letters), count):
            row = np.zeros(PREFIX, np.uint32)
            kept = [i for i in range(letters) if i not in deleted]
            row[kept] = _POWERS[: len(kept)]
            rows.append(row)
    return np.array(rows, np.uint32)


_PATTERNS = {
    (length, edits): _patterns(length, edits)
    for length in range(1, PREFIX + 1)
    for edits in (1, _EDITS)
}


def _letters(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return the first letters of ASCII words, shape (words, PREFIX), padded with zeros."""
    padded = "".join(word[:PREFIX].ljust(PREFIX, "\0") for word in words).encode("ascii")
    return np.frombuffer(padded, np.uint8).reshape(-1, PREFIX).astype(np.uint32)


def _signature(word: str) -> int:
    """Return which letters occur in a word, one bit each (digits share six bits)."""
    bits = 0
    for character in word:
        code = ord(character)
        bits |= 1 << (code - 97 if code >= 97 else 26 + code % 6)  # noqa: PLR2004 - ord("a")
    return bits


class Suggestion(NamedTuple):
    """A word that may have been meant.

    Attributes:
        position: Its position in the list of words that were filed.
        similarity: 0 to 0.99; 1 would be the word itself.
        rank: Similarity with a small premium for frequent words; what suggestions are sorted by.
    """

    position: int
    similarity: float
    rank: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Spelling:
    """The filed words. Make one with `build`; every array is as long as `words` or says so.

    Attributes:
        words: Folded words.
        sounds: What each sounds like.
        frequency: In how many entries each occurs.
        boost: What is added to the similarity of each (names of places get a little).
        filed: The word of each filing, sorted by bucket; shape (filings,).
        buckets: Where each bucket of hashes begins; shape (2**bits + 1,).
    """

    words: list[str]
    sounds: list[str]
    frequency: NDArray[np.int32]
    boost: NDArray[np.float32]
    filed: NDArray[np.int32]
    buckets: NDArray[np.int32]
    _lengths: NDArray[np.int16]
    _signatures: NDArray[np.uint32]
    _sound_signatures: NDArray[np.uint32]

    @classmethod
    def build(
        cls, words: list[str], frequency: NDArray[np.int32], boost: NDArray[np.float32]
    ) -> Self:
        """File `words` (folded, ASCII letters and digits)."""
        sounds = [sound(word) for word in words]
        hashes: list[NDArray[np.uint32]] = []
        filed: list[NDArray[np.int32]] = []
        for start in range(0, len(words), _CHUNK):
            chunk = range(start, min(start + _CHUNK, len(words)))
            _file(sounds, np.array(chunk, np.int32), hashes, filed)
            written = [i for i in chunk if sounds[i] != words[i]]
            _file(words, np.array(written, np.int32), hashes, filed)
        hashed = np.concatenate(hashes) if hashes else np.empty(0, np.uint32)
        owners = np.concatenate(filed) if filed else np.empty(0, np.int32)
        bits = max(8, min(_MAXIMUM_BITS, int(np.log2(len(hashed) + 1))))
        order = np.argsort(hashed, kind="stable")
        edges = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(32 - bits)
        buckets = np.searchsorted(hashed[order].astype(np.uint64), edges).astype(np.int32)
        return cls.of(words, sounds, frequency, boost, (owners[order], buckets))

    @classmethod
    def of(
        cls,
        words: list[str],
        sounds: list[str],
        frequency: NDArray[np.int32],
        boost: NDArray[np.float32],
        filing: tuple[NDArray[np.int32], NDArray[np.int32]],
    ) -> Self:
        """Put together what was filed before: `filing` is (filed, buckets)."""
        filed, buckets = filing
        return cls(
            words,
            sounds,
            frequency,
            boost,
            filed,
            buckets,
            np.array([len(word) for word in words], np.int16),
            np.array([_signature(word) for word in words], np.uint32),
            np.array([_signature(heard) for heard in sounds], np.uint32),
        )

    def suggestions(self, word: str, edits: int, limit: int) -> list[Suggestion]:
        """Return the words within `edits` edits of `word`, best first, at most `limit`."""
        if not self.words:
            return []
        heard = recent_sound(word)
        found: list[Suggestion] = []
        # Few candidates are left by now, and for few a loop is quicker than arrays.
        for position in self._candidates(word, heard, edits):
            other, sounding = self.words[position], self.sounds[position]
            written = OSA.distance(word, other, score_cutoff=edits)
            spoken = OSA.distance(heard, sounding, score_cutoff=edits) + _SOUND_COST
            if min(written, spoken) > edits + 0.1 or _only_begins_otherwise(word, other):
                continue
            first = _FIRST_LETTER_COST if other[0] != word[0] else 0.0
            # Each edit weighs by the length of the form in which it was made.
            share = min(
                (written + first) / max(_SHORTEST, len(word)),
                (spoken + first) / max(_SHORTEST, len(heard)),
            )
            similarity = 1 - share * _STRICTNESS
            similarity = min(similarity + float(self.boost[position]), 0.99)
            rank = similarity + _FREQUENCY_SHARE * math.log10(1 + int(self.frequency[position]))
            found.append(Suggestion(position, similarity, rank))
        found.sort(key=lambda suggestion: (-suggestion.rank, suggestion.position))
        return found[:limit]

    def _candidates(self, word: str, heard: str, edits: int) -> list[int]:
        """Return the positions of words that share a remainder, each once, in order."""
        # A filed word has lost up to two letters; the asked one loses as many as it may.
        hashed = self._remainders(word, edits)
        if heard != word:
            hashed = np.concatenate((hashed, self._remainders(heard, edits)))
        shift = np.uint32(33 - (len(self.buckets) - 1).bit_length())
        bucket = (hashed >> shift).astype(np.int64)
        begin = self.buckets[bucket]
        count = self.buckets[bucket + 1] - begin
        ends = count.cumsum()
        # Others that came into the same bucket by chance are few, and go out below.
        found = self.filed[(begin - (ends - count)).repeat(count) + np.arange(int(ends[-1]))]
        found = found[np.abs(self._lengths[found] - len(word)) <= edits + 1]
        plausible = _plausible(self._signatures[found], _signature(word), edits)
        plausible |= _plausible(self._sound_signatures[found], _signature(heard), edits)
        positions: list[int] = found[plausible].tolist()
        return sorted(set(positions))

    @staticmethod
    def _remainders(form: str, edits: int) -> NDArray[np.uint32]:
        letters = np.zeros(PREFIX, np.uint32)
        begun = form[:PREFIX].encode("ascii")
        letters[: len(begun)] = np.frombuffer(begun, np.uint8)
        return (_PATTERNS[len(begun), edits] @ letters) * _MIXER


def _only_begins_otherwise(word: str, other: str) -> bool:
    """Return whether one is the other with two letters before it: "afspraak" is no "spraak"."""
    return abs(len(word) - len(other)) > 1 and (word.endswith(other) or other.endswith(word))


def _file(
    forms: list[str],
    positions: NDArray[np.int32],
    hashes: list[NDArray[np.uint32]],
    filed: list[NDArray[np.int32]],
) -> None:
    """Add the hashes of every remainder of the words at `positions`."""
    if not len(positions):
        return
    chosen_forms = [forms[i] for i in cast("list[int]", positions.tolist())]
    letters = _letters(chosen_forms)
    lengths = np.array([min(len(form), PREFIX) for form in chosen_forms])
    for length in range(1, PREFIX + 1):
        chosen = np.flatnonzero(lengths == length)
        if len(chosen):
            pattern = _PATTERNS[length, _EDITS]
            # A matrix product, and it wraps as the hash wants.
            hashed = letters[chosen] @ pattern.T
            hashes.append((hashed * _MIXER).ravel())
            filed.append(np.repeat(positions[chosen], len(pattern)))


def _plausible(signatures: NDArray[np.uint32], own: int, edits: int) -> NDArray[np.bool_]:
    """Return which words miss at most `edits` letters of the asked one, and the other way."""
    mine = np.uint32(own)
    missing = np.bitwise_count(signatures & ~mine) <= edits
    return missing & (np.bitwise_count(mine & ~signatures) <= edits)
