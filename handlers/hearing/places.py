"""Which place does a text name, why, and how sure is that?

F01–F03. The order of the work: names as they stand, the longest first; postcodes; which of them
are places here (`weighing`); misspelt names among the words that are left (`misspelt`);
neighbours that settle each other (`settling`); and only where a place is expected, neighbourhoods
of that name. What a name may mean is in `names`, what stands around it in `cues`, what comes out
in `found`.

Being wrong with confidence is worse than asking: of two candidates in two regions that are
equally near, neither is taken.
"""

import re
from datetime import date
from functools import partial

from handlers.hearing.codes import inside_number, is_postcode
from handlers.hearing.cues import FILLERS, Line
from handlers.hearing.found import Found, How, Reading, Reason, Why
from handlers.hearing.hits import Hit
from handlers.hearing.lexicon import Lexicon
from handlers.hearing.misspelt import Misspelt
from handlers.hearing.names import Names, Sense, Senses, regions_of
from handlers.hearing.plain import fold, words_of
from handlers.hearing.settling import reading, settle, without_denied
from handlers.hearing.weighing import Weighing
from store.records import Gazetteer, Outside, Provenance, Vocabulary

__all__ = ["Found", "How", "Places", "Reading", "Reason", "Why"]

_LONGEST = 6
"""Words of one name, with a blank too many."""
_SHORT = 5
"""Letters up to which two words are not read as one name with a blank too many."""

_POSTCODE = re.compile(r"(?:be?)?([1-9][0-9]{3})\Z")
_YEARS = range(1900, 2036)
_UNLIKELY_YEARS = range(1000, 2100)
_WALLOON = (range(1300, 1500), range(4000, 8000))
_WALLOON_SOURCE = Provenance("bpost: ranges 1300-1499 and 4000-7999", date(2026, 11, 23))


class Places:
    """The resolver: made once from a gazetteer, then shared by all threads."""

    def __init__(self, gazetteer: Gazetteer, vocabulary: Vocabulary) -> None:
        """File the names. What only misspelt words need is made when the first one comes.

        Args:
            gazetteer: Every name of a place.
            vocabulary: The words that are none.
        """
        self._names = Names(gazetteer)
        self._lexicon = Lexicon(vocabulary)
        self._weighing = Weighing(self._lexicon, gazetteer.common_words)
        self._misspelt = Misspelt(self._names, self._lexicon)

    def warm(self) -> None:
        """Make what is otherwise made when it is first needed; for a server that has the time."""
        self._names.warm()

    def resolve(self, text: str, *, expected: bool = False) -> Reading:
        """Read the places in a text.

        Args:
            text: What somebody typed; `plain.MOST_CHARACTERS` and `MOST_WORDS` of it are read.
            expected: Whether it is (nearly) nothing but a place, as after the command.
        """
        line = Line(text, words_of(text), self._lexicon)
        if not line.words:
            return Reading()
        hits = self._exact(line)
        hits += self._codes(line, hits, expected=expected)
        hits.sort(key=_start)
        self._weighing.weigh(line, hits, expected=expected)
        hits = self._misspelt.read(line, hits, expected=expected)
        hits.sort(key=_start)
        hits = without_denied(line, hits)
        if all(hit.how is How.FUZZY for hit in hits):
            hits = self._neighbourhood(line, hits, expected=expected)
        return reading(line, settle(line, hits), expected=expected)

    def beginning(self, typed: str, most: int) -> list[Found]:
        """Return the places whose name begins with what somebody is typing, likeliest first."""
        start = fold(typed)
        return [
            Found(
                said=typed,
                name=place.name,
                kind=place.kind.value,
                municipality=place.municipality,
                regions=(place.region,),
                how=How.EXACT,
                confidence=0.5,
                span=(0, len(typed)),
            )
            for place in self._names.beginning(start, most)
            if start
        ]

    def _exact(self, line: Line) -> list[Hit]:
        """Find names as they stand, or with other blanks and hyphens; the longest first."""
        keys = [word.key for word in line.words]
        hits: list[Hit] = []
        taken = [False] * len(keys)
        for length in range(min(_LONGEST, len(keys)), 0, -1):
            starts = [
                start
                for start in range(len(keys) - length + 1)
                if self._names.known("".join(keys[start : start + length]))
            ]
            # "regio Kortrijk-Dutsel" holds two names of two words: hyphens hold faster.
            starts.sort(key=partial(_loose, line, length))
            for start in starts:
                end = start + length
                if not any(taken[start:end]) and (hit := self._hit(line, start, end)):
                    taken[start:end] = [True] * length
                    hits.append(hit)
        return hits

    def _hit(self, line: Line, start: int, end: int) -> Hit | None:
        key = "".join(word.key for word in line.words[start:end])
        senses = self._names.senses(key)
        how = self._spelling(line, start, end, key) if end - start > 1 else How.EXACT
        if senses is None or how is None:
            return None
        return Hit(start, end, senses, how if how is How.SPELLING else senses.best.how)

    def _spelling(self, line: Line, start: int, end: int, key: str) -> How | None:
        """Say whether several words are one name: EXACT, SPELLING or None."""
        if not line.joined(start, end):
            return None
        words = line.words[start:end]
        if self._names.spelled([word.key for word in words]):
            return How.EXACT
        if len(key) <= _SHORT or all(self._names.known(word.key) for word in words):
            return None
        if any(w.plain in FILLERS for w in words) and len(words) < len(line.words):
            return None  # "voor Schoten" is not Voorschoten
        ordinary = all(len(w.plain) < 3 or self._lexicon.has(w.plain) for w in words)  # noqa: PLR2004
        whole = bool(line.content) and line.content <= set(range(start, end))
        return None if ordinary and not whole else How.SPELLING

    def _codes(self, line: Line, hits: list[Hit], *, expected: bool) -> list[Hit]:
        """Find postcodes, of which many are numbers of something else."""
        codes: list[Hit] = []
        for at, word in enumerate(line.words):
            match = _POSTCODE.match(word.plain)
            senses = self._of_code(match[1]) if match else None
            if match is None or senses is None:
                continue
            places = {id(sense.place) for sense in (*senses.inside, *senses.outside)}
            named = any(
                id(sense.place) in places
                for hit in hits
                if at + 1 == hit.start or at == hit.end
                for sense in (*hit.senses.inside, *hit.senses.outside)
            )
            number = int(match[1])
            prefixed = len(word.plain) > len(match[1]) and not inside_number(line, at)
            asks = line.asks or expected or line.requests(at)
            year = number in _YEARS or (number in _UNLIKELY_YEARS and not asks)
            if named or prefixed or is_postcode(line, at, year=year, expected=expected):
                codes.append(Hit(at, at + 1, senses, How.POSTCODE, 0.99, match[1]))
        return codes

    def _of_code(self, code: str) -> Senses | None:
        places = self._names.postcodes.get(code)
        if places:
            inside = tuple(Sense(place, code, How.POSTCODE) for place in places)
            return Senses(inside, (), ask=len({place.region for place in places}) > 1)
        outside = self._names.outside_postcodes.get(code)
        if outside is None and any(int(code) in walloon for walloon in _WALLOON):
            outside = Outside(code, (), "Wallonië", (code,), _WALLOON_SOURCE)
        if outside is None:
            return None
        return Senses((), (Sense(outside, code, How.POSTCODE),), ask=False)

    def _neighbourhood(self, line: Line, misspelt: list[Hit], *, expected: bool) -> list[Hit]:
        """Find a neighbourhood that is all that the text names, unless it is a slip for more."""
        content = sorted(line.content)
        plain = all(self._lexicon.knows(line.words[at].plain) for at in content)
        if not content or not (expected or (len(line.words) == len(content) and not plain)):
            return misspelt
        # After the command a name of a person is not the farm that bears it.
        if len(content) == 1 and line.words[content[0]].plain in self._lexicon.names:
            return misspelt
        start, end = content[0], content[-1] + 1
        # "De Hoef" and "Hoef": the article may be part of the name.
        for first in (start - 1, start) if start else (start,):
            key = "".join(word.key for word in line.words[first:end])
            places = self._names.neighbourhoods(key)
            if places:
                senses = tuple(Sense(place, place.name, How.NEIGHBOURHOOD) for place in places)
                slips = [sense for hit in misspelt for sense in hit.senses.inside]
                regions = {r for sense in (*slips, *senses) for r in regions_of(sense)}
                if slips and len(regions) == 1:
                    return misspelt
                together = Senses((*slips, *senses), (), ask=len(regions) > 1)
                return [Hit(first, end, together, How.NEIGHBOURHOOD, 0.55)]
        return misspelt


def _loose(line: Line, length: int, start: int) -> bool:
    return not line.hyphenated(start, start + length)


def _start(hit: Hit) -> int:
    return hit.start
