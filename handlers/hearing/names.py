"""Every name of a place by its key, and what each of them may mean.

A key is the words of a name by `plain.key_of`, written together: "sintniklaas" stands for
"Sint-Niklaas", "St. Niklaas" and "sintniklaas" alike.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from handlers.hearing.found import How
from handlers.hearing.plain import fold, keys_of, sound_of
from handlers.hearing.slips import Slips
from store.records import Area, Gazetteer, Homonym, Outside, Place, PlaceKind, Region

SHORT = 4
"""Names of so few letters lie one slip from each other and from half the language."""

_SHORTEST = 2
_TWO_SLIPS_FROM = 8
_ABBREVIATION = 4
"""An alias in capitals of at most so many letters is an abbreviation."""

# An abbreviation that is no Dutch word or syllable, so that it counts in small letters too.
_PLAIN_ABBREVIATIONS = frozenset({"BXL", "OVL", "WVL", "VBR", "LBG", "ZWVL", "BKZ", "HODB", "SKW"})
_ARTICLES = frozenset({"de", "het", "t", "den", "le", "la", "les", "ter", "ten"})
_RANKS = {
    PlaceKind.MUNICIPALITY: 0,
    PlaceKind.FORMER_MUNICIPALITY: 1,
    PlaceKind.SECTION: 2,
    PlaceKind.HAMLET: 3,
    PlaceKind.NEIGHBOURHOOD: 4,
}
# Which area a bare name means when several have it: the stretch of country that people know.
_AREA_RANKS = ("regio", "streek", "referentieregio", "toeristische regio", "streekwerking")
_TITLED = re.compile(
    r"(regio|provincie|prov|province|arr|arrondissement|elz|eerstelijnszone|zorgzone|"
    r"vervoerregio|referentieregio|toeristische regio|streekwerking|streek) ",
    re.IGNORECASE,
)
_AREA_TITLES = {
    "regio": ("regio", "provincie", "prov", "province", "province de", "provincie van"),
    "arrondissement": ("arrondissement", "arr"),
    "eerstelijnszone": ("eerstelijnszone", "elz", "zorgzone"),
}


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a name may mean.

    Attributes:
        place: A place, an area, or something outside.
        name: The name or alias that has the key.
        how: EXACT for a name, ALIAS for another name, AREA for an area.
        capitals: Whether it is an abbreviation that counts in capitals only.
    """

    place: Place | Area | Outside
    name: str
    how: How
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Senses:
    """All that a name may mean.

    Attributes:
        inside: Places and areas in the six regions, the likeliest first.
        outside: Places elsewhere; they count only when `inside` is empty, or when the text says
            in which country.
        ask: Whether none of several is clearly meant.
    """

    inside: tuple[Sense, ...]
    outside: tuple[Sense, ...]
    ask: bool

    @property
    def best(self) -> Sense:
        """What is meant unless the text says otherwise."""
        return (self.inside or self.outside)[0]

    @property
    def regions(self) -> frozenset[Region]:
        """Every region that may be meant."""
        return frozenset(region for sense in self.inside for region in regions_of(sense))


class Names:
    """The names of a gazetteer, ready to be looked up; never changes after it is made."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """File every name but those of neighbourhoods, which wait until they are needed."""
        self._senses: dict[str, list[Sense]] = {}
        self._neighbourhoods = [p for p in gazetteer.places if p.kind is PlaceKind.NEIGHBOURHOOD]
        self._spelled: set[str] = set()
        self._in_words: set[str] = set()
        self._with_ij: dict[str, str] = {}
        self.heads: set[str] = set()
        self.tails: set[str] = set()
        self.postcodes: dict[str, list[Place]] = {}
        self.outside_postcodes: dict[str, Outside] = {}
        self._by_name: dict[tuple[str, str], Place] = {}
        for place in gazetteer.places:
            if place.kind is not PlaceKind.NEIGHBOURHOOD:
                self._file_place(place)
        for area in gazetteer.areas:
            self._file_area(area)
        for outside in gazetteer.outside:
            for name in (outside.name, *outside.aliases):
                self._file(Sense(outside, name, How.EXACT))
            for code in outside.postcodes:
                self.outside_postcodes.setdefault(code, outside)
        self._homonyms = {"".join(keys_of(h.name)): h for h in gazetteer.homonyms}
        for places in self.postcodes.values():
            places.sort(key=lambda place: _RANKS[place.kind])

    def senses(self, key: str) -> Senses | None:
        """Return what a key may mean; None if it is no name."""
        homonym = self._homonyms.get(key)
        filed = self._senses.get(key)
        if homonym is not None:
            return self._of_homonym(homonym, filed or ())
        return _weigh(filed) if filed else None

    def known(self, key: str) -> bool:
        """Return whether a key is a name."""
        return key in self._senses or key in self._homonyms

    def spelled(self, keys: Sequence[str]) -> bool:
        """Return whether a name is written in just these words."""
        return " ".join(keys) in self._spelled

    def beginning(self, start: str, most: int) -> list[Place]:
        """Return the places whose folded name begins so, municipalities first."""
        at = bisect_left(self._alphabet, start, key=_folded)
        found = list[Place]()
        for name, place in self._alphabet[at:]:
            if not name.startswith(start):
                break
            found.append(place)
        return sorted(found, key=lambda place: _RANKS[place.kind])[:most]

    @cached_property
    def _alphabet(self) -> list[tuple[str, Place]]:
        places = self._by_name.values()
        return sorted(((fold(place.name), place) for place in places), key=_folded)

    def in_words(self, key: str) -> bool:
        """Return whether a key is a name of several words."""
        return key in self._in_words

    def warm(self) -> None:
        """Make what is otherwise made when it is first needed."""
        self.near("warm" * 2, "warm" * 2)
        self.nearish("warm" * 2)
        self.neighbourhoods("warm")

    def neighbourhoods(self, key: str) -> tuple[Place, ...]:
        """Return the neighbourhoods with this name."""
        return tuple(self._by_neighbourhood.get(key, ()))

    def near(self, key: str, plain: str) -> list[str]:
        """Return the keys of names at one slip from a word, or with the same sound.

        Args:
            key: The word by its key.
            plain: The same with its ij: a slip inside it spoils the folding ("opwjik").
        """
        forms = {form for form, _ in self._one_slip.near(key)}
        if plain != key:
            forms.update(form for form, _ in self._one_slip.near(plain))
        if len(key) > SHORT:
            forms.update(self._sounds.get(sound_of(key), ()))
        return sorted({self._forms[form] for form in forms})

    def nearish(self, key: str) -> list[str]:
        """Return the keys of the names that are nearest to a long word, at two slips at most."""
        if len(key) < _TWO_SLIPS_FROM:
            return []
        near = self._two_slips.near(key)
        return sorted({self._forms[form] for form, slips in near if slips == near[0][1]})

    @cached_property
    def _forms(self) -> dict[str, str]:
        """Every form under which a slip is looked for, with its key."""
        forms = {
            key: key
            for key, senses in self._senses.items()
            if len(key) >= _SHORTEST and any(_may_be_misspelt(sense) for sense in senses)
        }
        forms.update((key, key) for key in self._homonyms)
        for key in self._with_ij:
            if key in forms:
                forms.setdefault(self._with_ij[key], key)
        return forms

    @cached_property
    def _one_slip(self) -> Slips:
        return Slips(self._forms, 1)

    @cached_property
    def _two_slips(self) -> Slips:
        return Slips((form for form in self._forms if len(form) >= _TWO_SLIPS_FROM - 1), 2)

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        sounds: dict[str, list[str]] = {}
        for form, key in self._forms.items():
            if form == key and len(key) > SHORT:
                sounds.setdefault(sound_of(key), []).append(key)
        return sounds

    @cached_property
    def _by_neighbourhood(self) -> dict[str, list[Place]]:
        by_key: dict[str, list[Place]] = {}
        for place in self._neighbourhoods:
            by_key.setdefault("".join(keys_of(place.name)), []).append(place)
        return by_key

    def _file_place(self, place: Place) -> None:
        self._by_name[place.name, place.municipality] = place
        self._file(Sense(place, place.name, How.EXACT))
        for alias in place.aliases:
            self._file(Sense(place, alias, How.ALIAS, _needs_capitals(alias)))
        for code in place.postcodes:
            self.postcodes.setdefault(code, []).append(place)

    def _file_area(self, area: Area) -> None:
        self._file(Sense(area, area.name, How.AREA))
        for alias in area.aliases:
            self._file(Sense(area, alias, How.AREA, _needs_capitals(alias)))
        for title in _AREA_TITLES.get(area.kind, (area.kind,)):
            self._file(Sense(area, f"{title} {area.name}", How.AREA))

    def _file(self, sense: Sense) -> None:
        keys = keys_of(sense.name)
        self._put("".join(keys), sense)
        if "ij" in sense.name:
            self._with_ij["".join(keys)] = fold(sense.name).replace(" ", "")
        if len(keys) == 1:
            return
        self._spelled.add(" ".join(keys))
        self._in_words.add("".join(keys))
        self.heads.add(keys[0])
        self.tails.add(keys[-1])
        if keys[0] == "sint":  # "stniklaas", as one word
            self._put("".join(("st", *keys[1:])), sense)
        elif keys[:3] == ("onze", "lieve", "vrouw"):
            self._put("".join(("olv", *keys[3:])), sense)
            self._spelled.add(" ".join(("olv", *keys[3:])))

    def _put(self, key: str, sense: Sense) -> None:
        filed = self._senses.setdefault(key, [])
        if all(other.place is not sense.place for other in filed):
            filed.append(sense)

    def _of_homonym(self, homonym: Homonym, filed: Sequence[Sense]) -> Senses:
        inside = [
            Sense(place, homonym.name, How.EXACT if place.name == homonym.name else How.ALIAS)
            for name, municipality in homonym.candidates
            if (place := self._by_name.get((name, municipality))) is not None
        ]
        if homonym.default is not None:
            inside.sort(key=lambda sense: _pair(sense) != homonym.default)
        else:
            inside.sort(key=_rank)
        areas = [s for s in filed if isinstance(s.place, Area) and s.place.kind == "regio"]
        outside = tuple(sense for sense in filed if isinstance(sense.place, Outside))
        return Senses(tuple(inside + areas), outside, ask=homonym.default is None)


def regions_of(sense: Sense) -> tuple[Region, ...]:
    """Return the regions of a place or an area; none for what lies outside."""
    if isinstance(sense.place, Place):
        return (sense.place.region,)
    return sense.place.regions if isinstance(sense.place, Area) else ()


def merge(all_senses: Iterable[Senses]) -> Senses:
    """Put together what several names may mean; ask unless they agree on the region."""
    listed = list(all_senses)
    inside = {id(s.place): s for senses in listed for s in senses.inside if not senses.ask}
    asked = {id(s.place): s for senses in listed for s in senses.inside if senses.ask}
    best = {id(senses.best.place) for senses in listed if senses.inside}
    both = tuple(
        sorted((inside | asked).values(), key=lambda s: (id(s.place) not in best, _rank(s)))
    )
    outside = tuple(sense for senses in listed for sense in senses.outside)
    regions = {
        regions_of(sense)
        for senses in listed
        if senses.inside
        for sense in (senses.inside if senses.ask else senses.inside[:1])
    }
    return Senses(both, outside, ask=len(regions) > 1 or all(s.ask for s in listed if s.inside))


def _may_be_misspelt(sense: Sense) -> bool:
    """Return whether slips in a name are looked for: not in "regio Gent", whose noun is a cue."""
    titled = isinstance(sense.place, Area) and _TITLED.match(sense.name)
    return not sense.capitals and not titled


def _weigh(filed: Sequence[Sense]) -> Senses:
    """Say which of the senses of a name, that nobody listed as a homonym, is meant."""
    outside = tuple(sense for sense in filed if isinstance(sense.place, Outside))
    places = sorted((s for s in filed if isinstance(s.place, Place)), key=_rank)
    areas = sorted((s for s in filed if isinstance(s.place, Area)), key=_rank)
    if not places:
        return Senses(tuple(areas[:1]), outside, ask=False)
    best, *others = places
    # A name wins from an alias, and a municipality from a part of another one.
    rivals = [s for s in others if _rank(s) == _rank(best) and regions_of(s) != regions_of(best)]
    regions = [
        area for area in areas if isinstance(area.place, Area) and area.place.kind == "regio"
    ]
    return Senses((*places, *regions), outside, ask=bool(rivals))


def _rank(sense: Sense) -> tuple[bool, int]:
    if isinstance(sense.place, Place):
        return sense.how is How.ALIAS, _RANKS[sense.place.kind]
    if isinstance(sense.place, Area) and sense.place.kind in _AREA_RANKS:
        return False, 5 + _AREA_RANKS.index(sense.place.kind)
    return True, 10


def _pair(sense: Sense) -> tuple[str, str]:
    place = sense.place
    return (place.name, place.municipality) if isinstance(place, Place) else ("", "")


def _needs_capitals(alias: str) -> bool:
    return (
        alias.isupper()
        and alias.isalnum()
        and len(alias) <= _ABBREVIATION
        and alias not in _PLAIN_ABBREVIATIONS
    )


def is_phrase(keys: Sequence[str], ordinary: Container[str]) -> bool:
    """Return whether a name of several words is also an article with an ordinary noun."""
    return keys[0] in _ARTICLES and all(key in ordinary for key in keys[1:])


def _folded(pair: tuple[str, Place]) -> str:
    return pair[0]
