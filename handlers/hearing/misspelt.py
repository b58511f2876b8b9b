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
from handlers.hearing.names import SHORT, Names, Senses, merge

_FREE = 8
"""Letters from which a misspelt name needs no cue: no other word looks like it."""
_WITH_CAPITAL = 6
"""The same with a capital inside a sentence."""
_SHORTEST = 3
"""The same where nothing but a place is expected."""
_SEVERAL = 6
"""Letters of a misspelt name of several words."""
_SEVERAL_ALONE = 5
"""The same where nothing but a place is expected."""
_LONGEST = 5
"""Words of one misspelt name."""
_ASKED_OF = (cues.WHO_VERBS | cues.TOWARDS) - {"wie", "qui", "who"}
"""Behind these a question has a place, even in what is a word as it stands: "wie dekt leuren"."""
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
        refused = {(hit.start, hit.end) for hit in hits if not hit.sure}
        for start, end in self._spans(line, free):
            if (start, end) not in refused and _may_hold(line, start, end, read):
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
                if right and line.joined(start, end) and self._odd(line, start, end, free):
                    yield start, end
        for start, is_free in enumerate(free):
            if is_free:
                yield start, start + 1

    def _odd(self, line: Line, start: int, end: int, free: Sequence[bool]) -> bool:
        """Return whether something in a run of words is neither a name nor an ordinary word."""
        if line.hyphenated(start, end):
            return True
        return any(
            free[at] and len(line.words[at].plain) >= _SHORTEST and line.is_unlisted(at)
            for at in range(start, end)
        )

    def _read(
        self, line: Line, start: int, end: int, hits: Sequence[Hit], *, expected: bool
    ) -> Hit | None:
        words = line.words[start:end]
        key = "".join(word.key for word in words)
        whole = bool(line.content) and line.content <= set(range(start, end))
        alone = whole and expected
        listed = len(words) == 1 and self._lexicon.has(words[0].plain)
        if listed and not (alone and len(key) >= SHORT):
            return None  # no cue changes that, and nearly every word is one
        is_word = len(words) == 1 and self._lexicon.like_place(words[0].plain)
        strong = expected or (_due(line, start) if is_word else _cued(line, start, end, hits))
        bare = whole and (end - start == len(line.words) or len(key) >= _WITH_CAPITAL)
        cued = strong or bare
        ordinary = self._ordinary(line, start, end, cued=cued)
        # After the command even an ordinary word is a place, but never a name of a person.
        person = len(words) == 1 and words[0].plain in self._lexicon.names
        possible = key.isalpha() and key != "sint" and not person
        least = _least(line, several=len(words) > 1, alone=alone, cued=cued)
        if not possible or len(key) < least or (ordinary and not (alone and len(key) >= SHORT)):
            return None
        if not self._may_be(line, start, end, key, cued=cued):
            return None
        near = self._near(line, start, end, key)
        sure = 0.9 if cued else 0.85
        if not near and end - start == 1 and strong and not is_word:
            near = self._names.nearish(key)
            sure = 0.75
        found = [senses for other in near if (senses := self._names.senses(other)) is not None]
        abroad = not any(senses.inside for senses in found)
        if not found or (abroad and not expected and len(key) < _WITH_CAPITAL):
            return None
        return Hit(start, end, _together(found), How.FUZZY, 0.6 if ordinary else sure)

    def _ordinary(self, line: Line, start: int, end: int, *, cued: bool) -> bool:
        words = line.words[start:end]
        if len(words) > 1:
            known = all(len(w.plain) < _SHORTEST or self._lexicon.has(w.plain) for w in words)
            return known and not (cued and line.hyphenated(start, end))
        # Where a place is due, "herenhout" is sooner a place than two words in one.
        plain = words[0].plain
        return self._lexicon.has(plain) if cued else self._lexicon.knows(plain)

    def _near(self, line: Line, start: int, end: int, key: str) -> list[str]:
        words = line.words[start:end]
        # The plain form keeps the ij, but "st" has to be the saint that it is in the key.
        plain = "".join(w.key if w.key == "sint" else w.plain for w in words)
        near = self._names.near(key, plain)
        # Several words are one misspelt name only where that name has several words.
        return near if len(words) == 1 else [k for k in near if self._names.in_words(k)]

    def _may_be(self, line: Line, start: int, end: int, key: str, *, cued: bool) -> bool:
        if line.person(start) or line.street(start, end) or _school_of_saint(line, start, end):
            return False
        if start and line.upper(start) and line.is_name(start - 1):
            return False  # "Nathalie Vanbergen"
        if end - start > 1 or len(key) >= _FREE:
            return True
        if cued:
            # "in BuSO" and "voor VCLB" are abbreviations of something else.
            return not (line.words[start].text.isupper() and not line.shouts)
        capital = line.capital(start) and not line.surname(start)
        return capital and len(key) >= _WITH_CAPITAL


def _least(line: Line, *, several: bool, alone: bool, cued: bool) -> int:
    """Return how many letters a misspelt name has at least."""
    if several:
        return _SEVERAL_ALONE if alone else _SEVERAL
    return _SHORTEST if alone or (cued and (line.asks or line.topical)) else SHORT


def _school_of_saint(line: Line, start: int, end: int) -> bool:
    """Return whether a saint is the patron of a school rather than of a town."""
    return line.words[start].key == "sint" and line.named_after(start, end)


def _may_hold(line: Line, start: int, end: int, hits: Sequence[Hit]) -> bool:
    """Return whether words may be one name though hits lie among them: never part of a hit.

    A hit with no more than fillers around it stays what it is: "het Hageland", "in de Kempen".
    """
    held = {at for hit in hits for at in range(hit.start, hit.end)}
    bare = not line.hyphenated(start, end)
    if (
        bare
        and held & set(range(start, end))
        and all(line.words[at].plain in cues.FILLERS for at in range(start, end) if at not in held)
    ):
        return False
    return all(
        hit.end <= start
        or hit.start >= end
        or (start <= hit.start and hit.end <= end and hit.end - hit.start < end - start)
        for hit in hits
    )


def _together(found: Sequence[Senses]) -> Senses:
    return found[0] if len(found) == 1 else merge(found)


def _due(line: Line, start: int) -> bool:
    """Return whether nothing but a place may follow: for what is a word as it stands as well."""
    previous = line.before(start)
    return (
        previous in cues.PLACE_NOUNS
        or (line.locative(start) and previous != "te")  # "te peperen" is done
        or (previous in _ASKED_OF and line.asks)
    )


def _cued(line: Line, start: int, end: int, hits: Sequence[Hit]) -> bool:
    """Return whether what stands before, or that somebody asks, says that a place is due."""
    previous = line.before(start)
    if previous == "te" and line.words[start].plain.endswith("en") and not line.upper(start):
        return False  # an infinitive
    if (
        previous in cues.PLACE_NOUNS
        or line.locative(start)
        or (previous in cues.WHO_VERBS and (line.stops(end) or line.capital(start)))
        or (previous in cues.TOWARDS and (line.capital(start) or line.asks))
        or any(hit.end <= start and line.lists(hit.end, start) for hit in hits)
        or (end - start == 1 and line.requests(start))
    ):
        return True
    if line.seeks and (line.heads(start, end) or line.led(start, end)):
        # "Gertje, wie weet dat?" is said to somebody.
        short = len(line.words[start].plain) < _WITH_CAPITAL
        return not (short and line.upper(start) and line.text[line.words[end - 1].end] == ",")
    long = sum(len(word.plain) for word in line.words[start:end]) >= _WITH_CAPITAL
    return long and line.asks and line.ends(end) and not line.determined(start)
