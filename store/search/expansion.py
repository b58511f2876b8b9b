"""From the words of a question to slots: what each word may stand for, and how surely.

A slot scores the best of its alternatives, so that expansions never add up: a document that has
the word, its plural and its synonym is no better than one that has the word.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from store.search.concepts import says_something
from store.search.dutch import ARTICLES, FILLERS, WEAK, WORD, fold
from store.search.lexicon import pair_key
from store.search.query import How
from store.search.rewording import Rewording
from store.search.shelf import Shelf

MAXIMUM_CHARACTERS = 1_000
"""Characters of a question that are read; nobody types more to find something."""

MAXIMUM_WORDS = 12
"""Words of a question that are searched for."""

_LONE_LETTER = re.compile(r"\b([a-z])[-&](?=[a-z])")

# What an alternative is worth against the word itself. Tuned on generated entries of one seed.
_JOINED = 0.97  # the same compound, written apart
_HALVES = 0.72  # both halves somewhere
_CONCEPT = 0.97
_RELATED = 0.68  # just enough to be found when there is nothing nearer
_HEAD_ONLY = 0.8  # a compound, for its head alone
_LAST_PART = 0.5  # of an unknown compound, for its head
_ARTICLE = 0.85  # the word behind an article that was typed onto it
_SPACE_FORGOTTEN = 0.9
_LEAST = 0.3  # suggestions below are left out
_RUNNER_UP = 0.8  # for suggestions that are clearly worse than the best
_KNOWN_BUT_RARE = 0.6  # for suggestions beside a word that exists, but hardly
_LIKELY_MISTAKE = 0.9  # the same, when the suggestion is forty times as frequent
_CONFIDENT = 0.7  # similarity from which a correction settles what was meant

_TYPO_LENGTH = 4
_TWO_EDITS_LENGTH = 6
_COMPOUND_LENGTH = 7
_PREFIX_LENGTH = 4
_PLACE_PREFIX_LENGTH = 3
_HEAD_LENGTH = 5
_USUAL_HEAD = 3  # entries that have it, so that it is a head that people use
_MANY_COMPOUNDS = 20
_MANY_CONTINUATIONS = 300
_SHORTEST_HALF = 3
_LINKING = ("", "s", "en", "e")

Keys = tuple[str, ...]
"""Keys that stand for a word together; of several, each counts for its share."""


class Alternative(NamedTuple):
    """What a word may stand for: its worth (about 0 to 1), and how it was found."""

    worth: float
    how: How


@dataclass(slots=True)
class Slot:
    """One word of a question.

    Attributes:
        word: The word, folded.
        weak: Whether it is a word that never decides ("hulp", "buurt", a number).
        shared: How many words the name of a concept has that this word is part of.
        alternatives: What it may stand for.
    """

    word: str
    weak: bool
    shared: int = 1
    alternatives: dict[Keys, Alternative] = field(default_factory=dict[Keys, Alternative])

    def add(self, keys: Keys, worth: float, how: How) -> None:
        """Add an alternative, or raise its worth."""
        known = self.alternatives.get(keys)
        if known is None or worth > known.worth:
            self.alternatives[keys] = Alternative(worth, how)

    def best(self) -> tuple[float, str]:
        """Return the worth and key of the best alternative of one key; ("", 0) without any."""
        singles = (
            (found.worth, keys[0]) for keys, found in self.alternatives.items() if len(keys) == 1
        )
        return max(singles, default=(0.0, ""))


def asked_words(text: str) -> list[str]:
    """Return the words of a question that are searched for, folded, each once.

    When all are fillers ("wie zijn jullie?"), the longer ones that do more than link are kept, so
    that an organisation called "De Kans" can be found.
    """
    folded = _LONE_LETTER.sub(r"\1", fold(text[:MAXIMUM_CHARACTERS]))
    every = WORD.findall(folded)
    kept = [word for word in every if word not in FILLERS and (len(word) > 1 or word.isdigit())]
    return list(dict.fromkeys(kept))[:MAXIMUM_WORDS]


class Expander:
    """Expands the words of questions against the vocabulary of one or more shelves.

    The first shelf is the large one; its lexicon and concepts are shared by the others.
    """

    def __init__(self, shelves: Sequence[Shelf], rewording: Rewording | None = None) -> None:
        """Expand against `shelves`, at least one, with the words that changed since."""
        self._shelves = shelves
        self._rewording = rewording
        self._lexicon = shelves[0].lexicon
        self._concepts = shelves[0].concepts
        self._size = sum(map(len, shelves))
        self.frequency = shelves[0].frequency if len(shelves) == 1 else self._frequency
        """Returns in how many entries of all shelves a key occurs; asked for most of all."""
        self._is_word = shelves[0].__contains__ if len(shelves) == 1 else self._on_a_shelf

    def _frequency(self, key: str) -> int:
        return sum(shelf.frequency(key) for shelf in self._shelves)

    def slots(self, asked: Sequence[str]) -> list[Slot]:
        """Return a slot for each asked word."""
        weak = [word in WEAK or word.isdigit() for word in asked]
        if all(weak):
            weak = [False] * len(asked)
        slots = [Slot(word, light) for word, light in zip(asked, weak, strict=True)]
        for slot in slots:
            self._expand(slot, last=slot is slots[-1])
        self._join_pairs(slots)
        self._join_neighbours(slots)
        self._name_concepts(slots)
        return slots

    # ------------------------------------------------------------------ one word

    def _expand(self, slot: Slot, *, last: bool) -> None:
        word = slot.word
        own = self._lexicon.stem(word)
        frequency = self.frequency(own)
        if frequency:
            slot.add((own,), 1.0, How.EXACT)
        halves = self._lexicon.split(word)
        if halves:
            self._add_compound(slot, halves, _JOINED, How.COMPOUND)
        settled = frequency > 0
        if not slot.weak and len(word) >= _TYPO_LENGTH and not word.isdigit():
            settled |= self._add_corrections(slot, frequency)
        if not frequency:
            settled |= self._add_unglued(slot)
            if not halves and len(word) >= _COMPOUND_LENGTH:
                settled |= self._add_two_words(slot)
                if not settled:
                    self._add_half_corrected(slot)
                    self._add_head(slot)
        if (
            len(word) >= (_PREFIX_LENGTH if frequency > 3 else _PLACE_PREFIX_LENGTH)  # noqa: PLR2004
            and not slot.weak
            and (last or not slot.alternatives)
        ):
            self._add_continuations(slot, known=frequency > 0)
        if not slot.alternatives and len(word) >= _HEAD_LENGTH:
            self._add_compounds_on(slot)

    def _add_compound(self, slot: Slot, halves: tuple[str, str], worth: float, how: How) -> None:
        pair = pair_key(halves)
        if self.frequency(pair):
            slot.add((pair,), worth, how)
        if self.frequency(halves[0]) and self.frequency(halves[1]):
            slot.add(halves, _HALVES * worth, how)

    def _add_corrections(self, slot: Slot, frequency: int) -> bool:
        """Add what the word may be a misspelling of; return whether one is convincing."""
        if frequency > max(2, self._size // 10_000):
            return False
        word = slot.word
        convincing = False
        for shelf in self._shelves:
            edits = 1 if len(word) < _TWO_EDITS_LENGTH else 2
            limit = 8 if len(word) < _COMPOUND_LENGTH else 6
            found = shelf.spelling.suggestions(word, edits, limit)
            for place, suggestion in enumerate(found):
                position = int(shelf.spelled[suggestion.position])
                key = shelf.key_of_word(position)
                worth = suggestion.similarity
                if suggestion.rank <= found[0].rank - 0.08:
                    worth *= _RUNNER_UP
                if frequency:
                    rare = frequency <= 3 and self.frequency(key) >= 40 * frequency  # noqa: PLR2004
                    worth *= _LIKELY_MISTAKE if rare else _KNOWN_BUT_RARE
                if worth > _LEAST:
                    slot.add((key,), min(worth, 0.97), How.TYPO)
                if place < 2 and not frequency:  # noqa: PLR2004 - the best two
                    halves = self._lexicon.split(shelf.words[position])
                    if halves:
                        self._add_compound(slot, halves, 0.95 * worth, How.TYPO)
            convincing |= bool(found) and found[0].similarity > _CONFIDENT
        return convincing

    def _add_unglued(self, slot: Slot) -> bool:
        """Add the word behind an article that was typed onto it ("hetproject")."""
        glued = False
        for article in ARTICLES:
            rest = slot.word.removeprefix(article)
            if rest != slot.word and len(rest) >= _SHORTEST_HALF and self._is_word(rest):
                slot.add((self._lexicon.stem(rest),), _ARTICLE, How.EXACT)
                glued = True
        return glued

    def _add_two_words(self, slot: Slot) -> bool:
        """Add the two words between which a space was forgotten."""
        word = slot.word
        found = False
        for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            one, two = word[:at], word[at:]
            if self._stands_alone(one) and self._stands_alone(two):
                keys = (self._lexicon.stem(one), self._lexicon.stem(two))
                slot.add(keys, _SPACE_FORGOTTEN, How.COMPOUND)
                found = True
        return found

    def _stands_alone(self, word: str) -> bool:
        long_enough = len(word) > _SHORTEST_HALF or word in self._lexicon.places
        return long_enough and says_something(word) and self._is_word(word)

    def _add_half_corrected(self, slot: Slot) -> None:
        """Add the compound of which one half is misspelt."""
        best: tuple[int, str, str] | None = None
        word = slot.word
        for at in range(4, len(word) - 3):
            for known, other in ((word[:at], word[at:]), (word[at:], word[:at])):
                part = self._lexicon.stem(known)
                weight = self._lexicon.parts.get(part, 0) * len(known)
                if weight and (best is None or weight > best[0]):
                    best = weight, part, other
        if best is None:
            return
        _, part, other = best
        shelf = self._shelves[0]
        edits = 1 if len(other) < _TWO_EDITS_LENGTH else 2
        for suggestion in shelf.spelling.suggestions(other, edits, 1):
            mended = shelf.words[int(shelf.spelled[suggestion.position])]
            halves = (part, self._lexicon.stem(mended))
            self._add_compound(slot, halves, 0.8 * suggestion.similarity, How.TYPO)

    def _add_head(self, slot: Slot) -> None:
        """Add the known word that an unknown compound ends in: "ontwikkelingstraject", a traject.

        It is worth too little to be an answer by itself.
        """
        word = slot.word
        for at in range(_HEAD_LENGTH, len(word) - _HEAD_LENGTH + 1):
            part = self._lexicon.stem(word[at:])
            if self._lexicon.parts.get(part, 0) >= _USUAL_HEAD:
                slot.add((part,), _LAST_PART, How.COMPOUND)
                return

    def _add_continuations(self, slot: Slot, *, known: bool) -> None:
        """Add the words that begin with what was typed so far."""
        word = slot.word
        found: list[tuple[int, str, str]] = []
        for shelf in self._shelves:
            begin = bisect_left(shelf.words, word)
            end = bisect_left(shelf.words, word + "{")  # "{" follows "z" in ASCII
            for position in range(begin, end):
                whole = shelf.words[position]
                place = whole in self._lexicon.places
                few = end - begin <= _MANY_CONTINUATIONS and len(word) >= _PREFIX_LENGTH
                if whole != word and (place or few):
                    frequency = int(shelf.word_frequency[position]) * (20 if place else 1)
                    found.append((frequency, whole, shelf.key_of_word(position)))
        for _, whole, key in sorted(found, reverse=True)[:10]:
            worth = max(0.5, 0.93 - 0.04 * (len(whole) - len(word))) * (0.7 if known else 1)
            slot.add((key,), worth, How.PREFIX)

    def _add_compounds_on(self, slot: Slot) -> None:
        """Add the compounds that end in a word that nobody uses alone ("boerderij")."""
        for shelf in self._shelves:
            for position in shelf.words_ending_in(slot.word, _MANY_COMPOUNDS):
                slot.add((shelf.key_of_word(position),), _HEAD_ONLY, How.COMPOUND)

    def _on_a_shelf(self, word: str) -> bool:
        return any(word in shelf for shelf in self._shelves)

    # ------------------------------------------------------------------ several words

    def _join_pairs(self, slots: list[Slot]) -> None:
        """Let words of a compound, written apart in either order, stand for the compound."""
        best = [slot.best() for slot in slots]
        for one in range(len(slots)):
            for two in range(one + 1, min(len(slots), one + 3)):
                if not (best[one][0] and best[two][0]):
                    continue
                pair = pair_key((best[one][1], best[two][1]))
                if self.frequency(pair):
                    worth = min(best[one][0], best[two][0]) * 1.05
                    for slot in (slots[one], slots[two]):
                        slot.add((pair,), min(1.05, worth), How.COMPOUND)
                        slot.weak = False

    def _join_neighbours(self, slots: list[Slot]) -> None:
        """Let words that were written apart by mistake stand for the one that they are."""
        best = [slot.best()[0] for slot in slots]
        for size in (2, 3):
            for i in range(len(slots) - size + 1):
                together = slots[i : i + size]
                whole = "".join(slot.word for slot in together)
                unsure = min(best[i : i + size])
                if self._is_word(whole):
                    if unsure < 0.99 or len(whole) > 9:  # noqa: PLR2004 - letters
                        for slot in together:
                            slot.weak = False
                            slot.add((self._lexicon.stem(whole),), 1.0, How.COMPOUND)
                elif size == 2 and len(whole) >= _COMPOUND_LENGTH and unsure < 0.75:  # noqa: PLR2004
                    self._add_misspelt_whole(together, whole)
        for i in range(len(slots) - 1):
            self._join_turned(slots[i : i + 2])

    def _join_turned(self, slots: list[Slot]) -> None:
        """Let "begeleiding huiswerk" stand for the compound that is written the other way round.

        In a small directory the halves may not be known by themselves, but the compound is.
        """
        one, two = slots
        if min(len(one.word), len(two.word)) < _PREFIX_LENGTH:
            return
        parts = self._lexicon.parts
        if self._lexicon.stem(one.word) in parts and self._lexicon.stem(two.word) in parts:
            return  # both halves are known, and their compound was found by them
        for linking in _LINKING:
            for whole in (two.word + linking + one.word, one.word + linking + two.word):
                if (linking or whole.startswith(two.word)) and self._is_word(whole):
                    for slot in slots:
                        slot.add((self._lexicon.stem(whole),), _JOINED, How.COMPOUND)

    def _add_misspelt_whole(self, slots: list[Slot], whole: str) -> None:
        for shelf in self._shelves:
            for suggestion in shelf.spelling.suggestions(whole, 1, 2):
                key = shelf.key_of_word(int(shelf.spelled[suggestion.position]))
                for slot in slots:
                    slot.add((key,), 0.95 * suggestion.similarity, How.TYPO)

    def _name_concepts(self, slots: list[Slot]) -> None:
        """Let the names of a concept stand for all its names, and a little for what is near."""
        exact = [(1.0, self._lexicon.stem(slot.word)) for slot in slots]
        mended = [slot.best() for slot in slots]
        for begin in range(len(slots)):
            for reading in (exact, mended) if mended[begin] != exact[begin] else (mended,):
                self._name_longest(slots, begin, reading)
                self._name_reworded(slots, begin, reading)

    def _name_longest(
        self, slots: list[Slot], begin: int, reading: list[tuple[float, str]]
    ) -> None:
        """Look for the longest name that begins at a word."""
        longest = self._concepts.longest.get(reading[begin][1], 0)
        for length in range(min(longest, len(slots) - begin), 0, -1):
            read = reading[begin : begin + length]
            phrase = tuple(key for _, key in read)
            concept = self._concepts.phrases.get(phrase)
            if concept is None or (self._rewording and phrase in self._rewording.dropped):
                continue
            sure = min(worth for worth, _ in read)
            for slot in slots[begin : begin + length]:
                slot.weak = False
                slot.shared = max(slot.shared, length)
                slot.add((concept,), _CONCEPT * sure, How.SYNONYM)
                for near in self._concepts.related.get(concept, ()):
                    slot.add((near,), _RELATED * sure, How.RELATED)
            return

    def _name_reworded(
        self, slots: list[Slot], begin: int, reading: list[tuple[float, str]]
    ) -> None:
        """Let a name that changed since the index was built stand for the other names."""
        if self._rewording is None:
            return
        concepts, names = self._rewording.concepts, self._rewording.names
        longest = concepts.longest.get(reading[begin][1], 0)
        for length in range(min(longest, len(slots) - begin), 0, -1):
            read = reading[begin : begin + length]
            concept = concepts.phrases.get(tuple(key for _, key in read))
            if concept is None:
                continue
            sure = min(worth for worth, _ in read) or 1.0
            for slot in slots[begin : begin + length]:
                slot.weak = False
                slot.shared = max(slot.shared, length)
                for phrase in names[concept]:
                    self._add_phrase(slot, phrase, _CONCEPT * sure, How.SYNONYM)
                for near in concepts.related.get(concept, ()):
                    for phrase in names[near]:
                        self._add_phrase(slot, phrase, _RELATED * sure, How.RELATED)
            return

    def _add_phrase(self, slot: Slot, phrase: Keys, worth: float, how: How) -> None:
        if all(self.frequency(key) for key in phrase):
            slot.add(phrase, worth, how)
