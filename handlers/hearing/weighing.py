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
_NEVER = cues.words_in("meer als as alle mere eine doel on naast my")
# Behind these, small letters still say a place: "school in mol".
_INTO = frozenset({"in", "uit", "rond", "nabij", "vanuit"})
_FOR = frozenset({"voor", "van", "te", "bij", "naar"})
# Where somebody looks for a person, these say for which place.
_AIMS = frozenset({"voor", "op", "in", "uit", "naar", "vanuit", "te", "rond"})
_FROM = frozenset({"van", "in", "uit", "te"})
_VOWELS = frozenset("aeiouy")
_NEXT_DOOR = "Wallonië"
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
        # "mol en geel aub": each says of the other that it is a place.
        if len(hits) > 1 and alone and line.only(covered):
            for hit in hits:
                hit.sure = hit.sure or 0.9

    def risk(  # noqa: PLR0911 - one rule after the other, each with its answer
        self, line: Line, hit: Hit
    ) -> Risk:
        """Return how often the words are something else."""
        words = line.words[hit.start : hit.end]
        keys = [word.key for word in words]
        if len(keys) == 1 and not _VOWELS & set(keys[0]):
            return Risk.NONE  # "bxl" and "wvl" are no words
        if " ".join(keys) in self._common:
            return Risk.COMMON
        if len(words) > 1:
            if is_section_of_saint(line, hit):
                return Risk.RARE
            return Risk.COMMON if is_phrase(keys, self._lexicon.words) else Risk.NONE
        if len(keys[0]) <= _SHORTEST and not _is_area(hit.senses.best):
            return Risk.COMMON
        ordinary = self._lexicon.has(words[0].plain)
        if isinstance(hit.senses.best.place, Outside):
            short = len(keys[0]) <= _SHORT_ABROAD
            return Risk.COMMON if ordinary else Risk.RARE if short else Risk.NONE
        return Risk.RARE if ordinary else Risk.NONE

    def _is_something_else(self, line: Line, hit: Hit, *, alone: bool, expected: bool) -> bool:
        start, end = hit.start, hit.end
        words = line.words[start:end]
        if end - start == 1 and words[0].key == "my":
            return True  # "mij" is read as "my", a village near Huy; nobody means that
        if hit.senses.best.capitals and not (expected or words[0].text.isupper()):
            return True
        if alone and (expected or not (line.upper(start) and line.person(start))):
            return False
        best = hit.senses.best.place
        saint = words[0].key == "sint" and not (
            isinstance(best, Place) and best.kind is PlaceKind.MUNICIPALITY
        )
        return (
            line.verb(start, end)
            or line.called(start, end)
            or line.person(start)
            or line.street(start, end)
            or line.organisation(start)
            or (line.given_name(start) and not line.asks)
            or line.full_name(start, end)
            or line.common_noun(start, end)
            or (_is_adjective(hit.senses.best) and not line.adjective(end))
            or (isinstance(best, Outside) and self._is_rather_here(line, hit))
            or (saint and line.named_after(start, end))
        )

    def _is_rather_here(self, line: Line, hit: Hit) -> bool:
        """Return whether a town abroad is sooner the person or the word it is called after.

        Few people here ask about Nancy or Lessen: "Wie belt Nancy terug?", "ze volgt lessen".
        """
        start = hit.start
        if hit.end - start > 1 or line.before(start) in _INTO | {"te"} or line.around(start):
            return False
        plain = line.words[start].plain
        return line.is_name(start) or (self._lexicon.has(plain) and not line.upper(start))

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
        start, end = hit.start, hit.end
        # "wat meer hulp" is nothing but fillers and a place; a word that is one too needs more.
        if alone and (expected or end - start == len(line.words)):
            return 0.95
        if self._asked_about(line, hit, risk, following):
            return 0.92
        if line.numbered(end) or (
            line.surname(start) and line.before(start) not in cues.WHO_VERBS
        ):
            return 0.0
        # "niemand van de stad meer" has a town before it, and is none.
        asked = line.asks or expected or line.capital(start)
        if line.words[start].plain in _NEVER and not asked:
            return 0.0
        if sure := _beside(line, hit, before, following):
            return sure
        saint = is_section_of_saint(line, hit)
        if line.determined(start) and not (end - start > 1 and line.upper(start) and not saint):
            return 0.0
        listed = before is not None and line.lists(before.end, start)
        if listed and (line.capital(start) or line.asks or expected):
            return 0.92
        if risk is Risk.RARE:
            return self._rare(line, start, end, expected=expected, saint=saint)
        return _common(line, start, end, expected=expected)

    def _asked_about(self, line: Line, hit: Hit, risk: Risk, following: Hit | None) -> bool:
        """Return whether a question is asked about the words, which stand apart in it."""
        start, end = hit.start, hit.end
        # "Best, wie bel ik?" has no town in Brabant in mind.
        place = hit.senses.best.place
        far = isinstance(place, Outside) and place.country != _NEXT_DOOR
        if not line.seeks or (far and risk is Risk.COMMON):
            return False
        plain = line.words[start].plain
        if plain in _NEVER and not line.points and line.before(start) not in _FROM:
            return False
        if line.heads(start, end):
            return True
        # "geel of mol, wie is het dichtst"
        if following and line.lists(end, following.start) and not line.words[:start]:
            return line.heads(0, following.end)
        return line.led(start, end) and (plain not in _HARDLY or len(line.words) <= _BRIEF)

    def _rare(self, line: Line, start: int, end: int, *, expected: bool, saint: bool) -> float:
        previous = line.before(start)
        plain = line.words[start].plain
        capital = line.capital(start)
        if previous == "te" and not capital and plain.endswith("en"):
            return 0.0  # "te heffen" is an infinitive
        asks = line.asks or expected
        if line.locative(start) or previous in cues.WHO_VERBS:
            return 0.95
        sought = line.seeks and line.stops(end) and not line.is_name(start)
        if previous in cues.TOWARDS and (asks or sought):
            return 0.95
        # A capital says nothing about "Brecht" and "Veerle", who are persons too, nor about
        # "Sint-Jan", which is half of all schools.
        if capital and not saint and plain not in self._lexicon.names:
            return 0.93
        strange = not self._lexicon.has(plain) and not saint
        return 0.9 if asks and strange and line.ends(end) else 0.0


def _beside(line: Line, hit: Hit, before: Hit | None, following: Hit | None) -> float:
    """Return how sure a place it is for what stands right beside it; 0 when that says nothing."""
    start, end = hit.start, hit.end
    if line.around(start) or line.opens(start, end) or _beside_its_code(hit, before):
        return 0.97
    said_instead = line.after(end) == "wel" and line.asks  # "Hasselt niet, Luik wel"
    if said_instead or (line.bracketed(start, end) and line.upper(start)):
        return 0.95
    if following and _qualifies(line, hit, following):
        return 0.93
    if _by_marks(line, hit, following) or _by_marks(line, before, hit):
        return 0.92
    # "heel de kust": a stretch of country has its article.
    return 0.9 if line.seeks and line.determined(start) and _is_area(hit.senses.best) else 0.0


def _common(line: Line, start: int, end: int, *, expected: bool) -> float:
    if not line.capital(end - 1):  # the noun of "'t Stad"
        return _small(line, start, end, expected=expected)
    previous = line.before(start)
    if previous in cues.WHO_VERBS or line.locative(start) or previous in cues.TOWARDS:
        return 0.93
    asks = line.asks or expected
    brief = len(line.words) <= _BRIEF and (line.topical or previous in {"en", "of"})
    return 0.9 if (asks or brief) and not line.named_after(start, end) else 0.0


def _small(  # noqa: PLR0911 - one rule after the other, each with its answer
    line: Line, start: int, end: int, *, expected: bool
) -> float:
    """Return how sure a place a word in small letters is that is mostly something else."""
    previous = line.before(start)
    asks = line.asks or expected
    plain = line.words[start].plain if end - start == 1 else ""
    if plain in _NEVER or plain in cues.FILLERS:
        return 0.0
    stops = line.stops(end)
    hardly = plain in _HARDLY
    pupil = previous == "uit" and line.after(end) in cues.STAYS
    about = asks or line.topical or pupil
    if line.here(start) and about and (stops or pupil or line.ends(end)):
        return 0.87
    if (previous in cues.WHO_VERBS and line.ends(end)) or (previous == "heeft" and asks and stops):
        return 0.9
    to = previous == "te" and plain.endswith("en")  # "te halen" is an infinitive
    if line.seeks and previous in _AIMS and not to and (stops or not hardly):
        return 0.86
    if hardly or not (stops or line.ends(end) or line.after(end) in cues.FILLERS):
        return 0.0
    if (previous in _INTO or (previous == "te" and not to)) and (asks or line.topical):
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


def _by_marks(line: Line, one: Hit | None, other: Hit | None) -> bool:
    """Return whether a mark makes a list of two names in a question: "landen & tienen"."""
    if one is None or other is None or not line.lists(one.end, other.start):
        return False
    between = line.text[line.words[one.end - 1].end : line.words[other.start].start]
    marked = (line.asks or line.seeks) and any(mark in between for mark in "/&+")
    return marked or any(word.plain == "vs" for word in line.words[one.end : other.start])


def is_section_of_saint(line: Line, hit: Hit) -> bool:
    """Return whether it is "Sint-Jan" and the like, as half of all schools are called."""
    if hit.end - hit.start != 2 or line.words[hit.start].key != "sint":  # noqa: PLR2004
        return False
    place = hit.senses.best.place
    municipality = isinstance(place, Place) and place.kind is PlaceKind.MUNICIPALITY
    return hit.senses.ask or not municipality


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
