"""Is a name that stands in a text a place there, and how sure is that?

Most names are nothing else. The others are ordinary words too ("Meer", "Lot"), or surnames, or
streets: those need a cue.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise

from handlers.hearing import cues
from handlers.hearing.cues import Line
from handlers.hearing.found import How
from handlers.hearing.hits import Hit, abroad, within
from handlers.hearing.lexicon import Lexicon
from handlers.hearing.names import Sense, is_phrase
from handlers.hearing.plain import key_of
from store.records import Area, Outside, Place, PlaceKind

_SHORTEST = 3
_SHORT_ABROAD = 5
_BRIEF = 4
_SURE = {How.SPELLING: 0.95, How.ALIAS: 0.97, How.AREA: 0.98}

# Place names that are so much more often another word that in small letters they are a place only
# behind "wie dekt" and the like; and those that are none even there.
_HARDLY = cues.words_in(
    "werken landen melden halen leest lot menen voeren laken haren kozen drongen linden herten "
    "mater lozen"
)
_NEVER = cues.words_in("meer als as alle mere eine doel")
# Behind these, small letters still say a place: "school in mol".
_INTO = frozenset({"in", "uit", "rond", "nabij", "vanuit"})
_FOR = frozenset({"voor", "van", "te", "bij", "naar"})
_BESIDE = cues.words_in("bij in te van gemeente deelgemeente provincie regio nabij near a")


class Risk(IntEnum):
    """How often a name is something else than a place."""

    NONE = 0
    RARE = 1
    COMMON = 2


class Weighing:
    """Weighs names that stand in a text."""

    def __init__(self, lexicon: Lexicon, common: Iterable[str]) -> None:
        """Take the ordinary words, and those that are common names of places too."""
        self._lexicon = lexicon
        self._common = frozenset(" ".join(map(key_of, phrase.split())) for phrase in common)

    def weigh(self, line: Line, hits: Sequence[Hit], *, expected: bool) -> None:
        """Say of each hit how sure it is; postcodes are sure already."""
        covered = {at for hit in hits for at in range(hit.start, hit.end)}
        alone = line.content <= covered and (
            expected
            or len(hits) == 1
            or all(line.lists(a.end, b.start) for a, b in pairwise(hits))
        )
        before: Hit | None = None
        for at, hit in enumerate(hits):
            if not hit.code:
                following = hits[at + 1] if at + 1 < len(hits) else None
                if not self._is_something_else(line, hit, alone=alone, expected=expected):
                    sure = self._cued(line, hit, before, following, alone=alone, expected=expected)
                    hit.sure = sure * _SURE.get(hit.how, 1.0)
            if hit.sure:
                before = hit

    def risk(self, line: Line, hit: Hit) -> Risk:
        """Return how often the words are something else."""
        words = line.words[hit.start : hit.end]
        keys = [word.key for word in words]
        if " ".join(keys) in self._common:
            return Risk.COMMON
        if len(words) > 1:
            return Risk.COMMON if is_phrase(keys, self._lexicon.words) else Risk.NONE
        if len(keys[0]) <= _SHORTEST and not _is_area(hit.senses.best):
            return Risk.COMMON
        ordinary = self._lexicon.has(words[0].plain)
        if isinstance(hit.senses.best.place, Outside):
            short = len(keys[0]) <= _SHORT_ABROAD
            return Risk.COMMON if ordinary else Risk.RARE if short else Risk.NONE
        if ordinary:
            return Risk.RARE
        return Risk.NONE

    def _is_something_else(self, line: Line, hit: Hit, *, alone: bool, expected: bool) -> bool:
        start, end = hit.start, hit.end
        words = line.words[start:end]
        if hit.senses.best.capitals and not (expected or words[0].text.isupper()):
            return True
        if alone:
            return False
        if line.person(start) or line.street(start, end):
            return True
        if line.given_name(start) and not line.asks:
            return True
        if _is_adjective(hit.senses.best) and not line.adjective(end):
            return True
        best = hit.senses.best.place
        saint = words[0].key == "sint" and not (
            isinstance(best, Place) and best.kind is PlaceKind.MUNICIPALITY
        )
        return saint and line.named_after(start, end)

    def _cued(  # noqa: PLR0911, PLR0913 - one rule after the other, each with its answer
        self,
        line: Line,
        hit: Hit,
        before: Hit | None,
        following: Hit | None,
        *,
        alone: bool,
        expected: bool,
    ) -> float:
        risk = self.risk(line, hit)
        if risk is Risk.NONE:
            return 1.0
        # "wat meer hulp" is nothing but fillers and a place; a word that is one too needs more.
        if alone and (expected or hit.end - hit.start == len(line.words)):
            return 0.95
        start, end = hit.start, hit.end
        previous = line.before(start)
        if line.numbered(end) or (line.surname(start) and previous not in cues.WHO_VERBS):
            return 0.0
        if line.around(start) or line.opens(start, end) or _beside_its_code(hit, before):
            return 0.97
        if line.bracketed(start, end) and line.upper(start):
            return 0.95
        if following and _qualifies(line, hit, following):
            return 0.93
        if line.determined(start) and not (end - start > 1 and line.upper(start)):
            return 0.0
        listed = before is not None and line.lists(before.end, start)
        if listed and (line.capital(start) or line.asks or expected):
            return 0.92
        if risk is Risk.RARE:
            return self._rare(line, start, end, expected=expected)
        return _common(line, start, end, expected=expected)

    def _rare(self, line: Line, start: int, end: int, *, expected: bool) -> float:
        previous = line.before(start)
        plain = line.words[start].plain
        capital = line.capital(start)
        if previous == "te" and not capital and plain.endswith("en"):
            return 0.0  # "te heffen" is an infinitive
        asks = line.asks or expected
        if previous in cues.LOCATIVES or previous in cues.WHO_VERBS:
            return 0.95
        if asks and (previous in cues.TOWARDS):
            return 0.95
        # A capital says nothing about "Brecht" and "Veerle", who are persons too.
        if capital and plain not in self._lexicon.names:
            return 0.93
        strange = not self._lexicon.has(plain)
        return 0.9 if asks and strange and line.ends(end) else 0.0


def _common(  # noqa: PLR0911 - one rule after the other, each with its answer
    line: Line, start: int, end: int, *, expected: bool
) -> float:
    previous = line.before(start)
    asks = line.asks or expected
    verb = previous in cues.WHO_VERBS
    if line.capital(end - 1):  # the noun of "'t Stad"
        if verb or previous in cues.LOCATIVES or previous in cues.TOWARDS:
            return 0.93
        brief = len(line.words) <= _BRIEF and (line.topical or previous in {"en", "of"})
        return 0.9 if (asks or brief) and not line.named_after(start, end) else 0.0
    ends = line.ends(end) or line.after(end) in cues.FILLERS
    plain = line.words[start].plain if end - start == 1 else ""
    if not ends or plain in _NEVER:
        return 0.0
    if verb and line.ends(end):
        return 0.9
    if plain in _HARDLY:
        return 0.0
    at = previous == "te" and not plain.endswith("en")  # "te halen" is an infinitive
    if (previous in _INTO or at) and (asks or line.topical):
        return 0.87
    return 0.85 if previous in _FOR and asks else 0.0


def _beside_its_code(hit: Hit, before: Hit | None) -> bool:
    if before is None or not before.code or before.end != hit.start:
        return False
    code = before.code
    return any(
        isinstance(sense.place, Place | Outside) and code in sense.place.postcodes
        for sense in hit.senses.inside
    )


def _qualifies(line: Line, hit: Hit, following: Hit) -> bool:
    """Return whether the next name says where this one lies: "Berg (Kampenhout)"."""
    between = line.words[hit.end : following.start]
    if any(word.plain not in _BESIDE for word in between):
        return False
    return bool(abroad(hit, following)) or any(
        within(a.place, b.place)
        for a in hit.senses.inside
        for b in following.senses.inside
        if not isinstance(a.place, Outside) and not isinstance(b.place, Outside)
    )


def _is_area(sense: Sense) -> bool:
    return isinstance(sense.place, Area)


def _is_adjective(sense: Sense) -> bool:
    """Return whether it is "Limburgse" and the like."""
    place = sense.place
    return isinstance(place, Area) and sense.name.endswith("se") and place.kind == "regio"
