"""Read misspelt names of places among the words that are no names as they stand.

A misspelt name is no ordinary word, is long enough, and stands where a place would: the shorter
it is, the more has to say so.
"""

from collections.abc import Iterator, Sequence

from handlers.hearing import cues
from handlers.hearing.cues import Line
from handlers.hearing.found import How
from handlers.hearing.hits import Hit
from handlers.hearing.lexicon import Lexicon
from handlers.hearing.names import SHORT, Names, Senses, merge, same_letters

_FREE = 8
"""Letters from which a misspelt name needs no cue: no other word looks like it."""
_WITH_CAPITAL = 6
"""The same with a capital inside a sentence."""
_WITH_CUE = 5
"""The same with a cue such as "in" or "regio"; below it, letters may only have changed places."""
_LONGEST = 5
"""Words of one misspelt name."""
_MOST_WORDS = 64
"""Words that are looked at; a place that is misspelt behind them is not found."""


class Misspelt:
    """Reads misspelt names."""

    def __init__(self, names: Names, lexicon: Lexicon) -> None:
        """Take the names, and the words that are none."""
        self._names = names
        self._lexicon = lexicon

    def read(self, line: Line, hits: Sequence[Hit], *, expected: bool) -> list[Hit]:
        """Return the hits that are places, and what is misspelt among the other words.

        Words of a hit that is no place here are not read again. A hit gives way to a misspelt
        name that holds it ("puurs sint amads").
        """
        free = [True] * min(len(line.words), _MOST_WORDS)
        for hit in hits:
            free[hit.start : hit.end] = [False] * len(free[hit.start : hit.end])
        read = [hit for hit in hits if hit.sure]
        for start, end in self._spans(line, free):
            if any(free[start:end]):
                outer = [hit for hit in read if hit.end <= start or hit.start >= end]
                hit = self._read(line, start, end, outer, expected=expected)
                if hit is not None:
                    read = [*outer, hit]
                    free[start:end] = [False] * (end - start)
        return read

    def _spans(self, line: Line, free: Sequence[bool]) -> Iterator[tuple[int, int]]:
        """Give runs of words that may be one name: several first, then one by one."""
        words, names = line.words, self._names
        for length in range(min(_LONGEST, len(free)), 1, -1):
            for start in range(len(free) - length + 1):
                end = start + length
                # One slip spoils one word, so that the first or the last is right.
                right = words[start].key in names.heads or words[end - 1].key in names.tails
                if right and any(free[start:end]) and line.joined(start, end):
                    yield start, end
        for start, is_free in enumerate(free):
            if is_free:
                yield start, start + 1

    def _read(
        self, line: Line, start: int, end: int, hits: Sequence[Hit], *, expected: bool
    ) -> Hit | None:
        words = line.words[start:end]
        key = "".join(word.key for word in words)
        if len(key) < SHORT or not key.isalpha():
            return None
        whole = line.content <= set(range(start, end)) and bool(line.content)
        ordinary = (
            self._lexicon.knows(words[0].plain)
            if len(words) == 1
            else all(len(word.plain) < SHORT or self._lexicon.has(word.plain) for word in words)
        )
        # After the command even an ordinary word is a place, but never a name of a person.
        if ordinary and not (whole and expected and len(key) >= _WITH_CUE):
            return None
        if any(word.plain in self._lexicon.names for word in words) and len(words) == 1:
            return None
        cued = expected or whole or _cued(line, start, end, hits)
        if not self._may_be(line, start, end, key, cued=cued):
            return None
        near = self._near(key, several=len(words) > 1)
        if len(key) == SHORT and not expected:
            near = [other for other in near if same_letters(key, other)]
        sure = 0.9 if cued else 0.85
        if not near and (cued or line.capital(start)):
            near = [other for other, _ in self._names.nearish(key)]
            sure = 0.75
        found = [senses for other in near if (senses := self._names.senses(other)) is not None]
        if not found:
            return None
        if ordinary:
            sure = 0.6
        return Hit(start, end, _together(found), How.FUZZY, sure)

    def _near(self, key: str, *, several: bool) -> list[str]:
        near = [other for other, _ in self._names.near(key)]
        # Two words are one misspelt name only where that name has two words.
        return [other for other in near if self._names.in_words(other)] if several else near

    def _may_be(self, line: Line, start: int, end: int, key: str, *, cued: bool) -> bool:
        if line.person(start) or line.street(start, end):
            return False
        if end - start > 1 or len(key) >= _FREE:
            return True
        if cued:
            return len(key) >= SHORT
        capital = line.capital(start) and not line.surname(start)
        return capital and len(key) >= _WITH_CAPITAL


def _together(found: Sequence[Senses]) -> Senses:
    return found[0] if len(found) == 1 else merge(found)


def _cued(line: Line, start: int, end: int, hits: Sequence[Hit]) -> bool:
    previous = line.before(start)
    if previous in cues.PLACE_NOUNS or previous in cues.WHO_VERBS or previous in cues.LOCATIVES:
        return True
    if previous in cues.TOWARDS and (line.capital(start) or line.asks):
        return True
    if any(hit.end <= start and line.lists(hit.end, start) for hit in hits):
        return True
    return line.asks and line.ends(end) and not line.determined(start)
