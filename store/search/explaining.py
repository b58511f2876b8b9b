"""Say why an entry was found: which word of the question met which of its words, and how."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from store.search.building import field_texts
from store.search.concepts import Concepts, says_something
from store.search.dutch import fold, words
from store.search.entry import Entry
from store.search.expansion import Slot
from store.search.lexicon import Lexicon, pair_key
from store.search.query import How, Match
from store.search.shelf import FIELDS

_RANK = {name: place for place, name in enumerate(("name", "location", "organisation", "tags"))}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a key stands in an entry: the words themselves, and whether the key is a half."""

    found: str
    field: str
    part: bool = False


def matches(
    slots: Sequence[Slot], entry: Entry, lexicon: Lexicon, concepts: Concepts
) -> tuple[Match, ...]:
    """Return for each slot the best alternative that stands in the entry, in order of asking."""
    places = _places(entry, lexicon, concepts)
    explained: list[Match] = []
    for slot in slots:
        best: tuple[float, int, Match] | None = None
        for keys, alternative in slot.alternatives.items():
            stood = [places[key] for key in keys if key in places]
            if len(stood) < len(keys):
                continue
            best_places = [_best(options, slot.word) for options in stood]
            match = _match(slot.word, best_places, alternative.how)
            rank = (alternative.worth, -_RANK.get(match.field, len(_RANK)), match)
            if best is None or rank[:2] > best[:2]:
                best = rank
        if best:
            explained.append(best[2])
    return tuple(explained)


def _best(options: list[_Place], asked: str) -> _Place:
    """Return the most telling place of a key: a whole word before a half, the name first."""
    return min(
        options,
        key=lambda place: (
            place.part,
            place.found != asked,
            _RANK.get(place.field, len(_RANK)),
        ),
    )


def _match(asked: str, stood: list[_Place], how: How) -> Match:
    found = " ".join(dict.fromkeys(place.found for place in stood))
    if how is How.EXACT and found != asked:
        how = How.COMPOUND if any(place.part for place in stood) else How.STEM
    return Match(asked, found, stood[0].field, how)


def _places(entry: Entry, lexicon: Lexicon, concepts: Concepts) -> dict[str, list[_Place]]:
    """Return where each key of an entry stands."""
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    for field, text in zip(FIELDS, field_texts(entry), strict=True):
        said = [word for word in words(fold(text)) if says_something(word)]
        stems = [lexicon.stem(word) for word in said]
        for i, word in enumerate(said):
            places[stems[i]].append(_Place(word, field))
            halves = lexicon.split(word)
            if halves:
                places[pair_key(halves)].append(_Place(word, field))
                for half in halves:
                    places[half].append(_Place(word, field, part=True))
            if i + 1 < len(said):
                apart = _Place(f"{word} {said[i + 1]}", field)
                places[pair_key((stems[i], stems[i + 1]))].append(apart)
            for length in range(1, min(concepts.longest.get(stems[i], 0), len(said) - i) + 1):
                concept = concepts.phrases.get(tuple(stems[i : i + length]))
                if concept is not None:
                    places[concept].append(_Place(" ".join(said[i : i + length]), field))
    return dict(places)
