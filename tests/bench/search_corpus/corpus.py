"""Generate invented Flemish entries whose truth is known, the same for everybody with one seed.

`generate(1000)` is a prefix of `generate(250_000)`. Each entry carries hidden structure
(organisation, service, concepts), so that what answers a question is decided from structure, never
from text.
"""

import csv
import random
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from store.search.dutch import fold
from store.search.entry import Entry
from tests.bench.search_corpus import phrases

HERE = Path(__file__).parent
_LONG_TAIL = 120_000  # words
_AGES = ((None, 12), (12, None), (0, 25), (None, None), (6, 12), (12, 18))


@dataclass(frozen=True, slots=True)
class Concept:
    """A theme with its names: the usual one, those an editor would list, those nobody listed."""

    key: str
    theme: str
    name: str
    abbreviation: str
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modifier:
    """The first half of a service: alone, as in a compound, and after the head."""

    alone: str
    joined: str
    apart: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry with its hidden truth."""

    entry: Entry
    organisation: int
    modifier: Modifier
    head: str
    joined: bool
    service: str
    concepts: tuple[str, ...]
    surfaces: dict[str, str]
    place: str
    region: str
    rare: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("; ") if part)


CONCEPTS = {
    row["key"]: Concept(
        row["key"],
        row["theme"].replace(" ", "-"),
        row["name"],
        row["abbreviation"],
        _listed(row["listed"]),
        _listed(row["unlisted"]),
    )
    for row in _rows("concepts.csv")
}
MODIFIERS = [Modifier(row["alone"], row["joined"], row["apart"]) for row in _rows("modifiers.csv")]
PLACES = [(row["name"], row["region"]) for row in _rows("places.csv")]


class Zipf:
    """Draws positions of a list in which what comes first is drawn most."""

    def __init__(self, count: int, shift: float, power: float) -> None:
        """Draw from `count` positions; odds fall with (position + shift) to the `power`."""
        self._sums = list(accumulate(1 / (i + shift) ** power for i in range(count)))

    def draw(self, source: random.Random) -> int:
        """Return a position."""
        at = bisect_left(self._sums, source.random() * self._sums[-1])
        return min(at, len(self._sums) - 1)


def pseudo_word(source: random.Random, syllables: int) -> str:
    """Return a word that sounds Dutch and means nothing."""
    return "".join(
        source.choice(phrases.ONSETS)
        + source.choice(phrases.VOWELS)
        + source.choice(phrases.CODAS)
        for _ in range(syllables)
    )


def _long_tail(source: random.Random) -> list[str]:
    """Return rare words: compounds of everyday ones, and invented ones."""
    barred = {fold(word) for sentence in phrases.FOREIGN for word in sentence.split()}
    barred.update(phrases.UNHEARD)
    found: dict[str, None] = dict.fromkeys(phrases.EVERYDAY)
    while len(found) < _LONG_TAIL:
        if source.random() < 0.5:
            word = source.choice(phrases.EVERYDAY) + source.choice(phrases.EVERYDAY)
        else:
            word = pseudo_word(source, source.choice((2, 3, 3)))
        if 4 <= len(word) <= 18 and word not in barred:
            found[word] = None
    tail = list(found)
    source.shuffle(tail)
    return tail


def _mistyped(word: str, source: random.Random) -> str:
    """Return a word of a description with the error that its writer left in it."""
    if len(word) < 5:
        return word
    at = source.randrange(1, len(word) - 1)
    return source.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        )
    )


class _World:
    """What all entries share: how often each word, place, concept and service comes up."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        shuffle = self.random.shuffle
        tail = _long_tail(self.random)
        places, concepts = list(PLACES), list(CONCEPTS.values())
        modifiers, heads = list(MODIFIERS), list(phrases.HEADS)
        for table in (places, concepts, modifiers, heads):
            shuffle(table)
        self.tail, self.tail_odds = tail, Zipf(len(tail), 40, 0.95)
        self.places, self.place_odds = places, Zipf(len(places), 6, 0.8)
        self.concepts, self.concept_odds = concepts, Zipf(len(concepts), 8, 0.7)
        self.modifiers, self.modifier_odds = modifiers, Zipf(len(modifiers), 6, 0.6)
        self.heads, self.head_odds = heads, Zipf(len(heads), 3, 0.7)
        self.organisations: list[tuple[str, int]] = []
        self.names: set[str] = set()
        self.of_entry: list[int] = []

    def word(self) -> str:
        return self.tail[self.tail_odds.draw(self.random)]

    def organisation(self) -> int:
        """Return an organisation: a new one for every sixth entry, else an old one."""
        if self.organisations and self.random.random() > 1 / 6:
            if self.random.random() < 0.85:
                return self.of_entry[self.random.randrange(len(self.of_entry))]
            return self.random.randrange(len(self.organisations))
        name = self._new_name()
        while name in self.names:
            name = self._new_name()
        self.names.add(name)
        self.organisations.append((name, self.place_odds.draw(self.random)))
        return len(self.organisations) - 1

    def _new_name(self) -> str:
        source = self.random
        word = source.choice(self.tail).capitalize()
        coined = pseudo_word(source, source.choice((2, 3))).capitalize()
        last = source.choice(phrases.LAST_NAMES)
        forms = (
            (25, f"De {word}"),
            (10, f"'t {word}"),
            (10, f"Het {word}"),
            (12, f"vzw {word}"),
            (8, word),
            (10, f"{word} en {source.choice(self.tail)}"),
            (8, f"{source.choice(phrases.FIRST_NAMES)} {last}"),
            (5, f"Centrum {coined} {last}"),
            (12, coined),
        )
        return source.choices([form for _, form in forms], [odds for odds, _ in forms])[0]


def generate(count: int, seed: int = 7) -> list[Sample]:
    """Return `count` entries."""
    world = _World(seed)
    return [_sample(world, number) for number in range(count)]


def _sample(world: _World, number: int) -> Sample:
    source = world.random
    organisation = world.organisation()
    world.of_entry.append(organisation)
    name, home = world.organisations[organisation]
    at = home if source.random() < 0.55 else world.place_odds.draw(source)
    place, region = world.places[at]
    modifier = world.modifiers[world.modifier_odds.draw(source)]
    head = world.heads[world.head_odds.draw(source)]
    joined = source.random() < 0.6
    service = modifier.joined + head if joined else f"{head} {modifier.apart}"
    wanted = 1 + (source.random() < 0.45) + (source.random() < 0.15)
    chosen: dict[str, Concept] = {}
    while len(chosen) < wanted:
        concept = world.concepts[world.concept_odds.draw(source)]
        chosen[concept.key] = concept
    surfaces = {key: _surface(concept, source) for key, concept in chosen.items()}
    said = list(surfaces.values())
    title, rare = _title(world, service, name, place, said[0])
    description, more = _description(world, service, name, place, said)
    tags = [surface for surface in said if source.random() < 0.8]
    tags += [service] if source.random() < 0.5 else []
    everything = f"{title} {description} {' '.join(tags)}"
    tags += [text for text in (*said, service) if text not in everything]
    low, high = source.choice(_AGES)
    entry = Entry(
        id=number,
        name=title,
        kind=source.choice(phrases.KINDS),
        organisation=name,
        description=description,
        tags=tuple(tags),
        locations=(place,),
        regions=(region,),
        minimum_age=low,
        maximum_age=high,
        themes=(next(iter(chosen.values())).theme,),
        assured_date=date(2026, 11, 23) - timedelta(days=source.randrange(900)),
    )
    return Sample(
        entry,
        organisation,
        modifier,
        head,
        joined,
        service,
        tuple(chosen),
        surfaces,
        place,
        region,
        (*rare, *more),
    )


def _surface(concept: Concept, source: random.Random) -> str:
    odds = source.random()
    if concept.abbreviation:
        if odds < 0.4:
            return concept.abbreviation
        return f"{concept.name} ({concept.abbreviation})" if odds < 0.55 else concept.name
    others = concept.listed + concept.unlisted
    return concept.name if odds < 0.6 or not others else source.choice(others)


def _title(
    world: _World, service: str, name: str, place: str, about: str
) -> tuple[str, tuple[str, ...]]:
    source = world.random
    start = service[0].upper() + service[1:]
    forms: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.22, lambda: f"{start} {name}"),
        (0.18, lambda: f"{name}: {service} voor {source.choice(phrases.TARGETS)}"),
        (0.15, lambda: f"{name} - {start} {place}"),
        (0.15, lambda: f"{start} {place} rond {about}"),
        (0.12, lambda: f"{about[0].upper() + about[1:]} - {name}"),
        (0.10, lambda: f"{start} bij {about} ({name})"),
    )
    odds = source.random()
    for share, form in forms:
        if odds < share:
            return form(), ()
        odds -= share
    word = world.word()
    return f"Project {word.capitalize()}: {service}", (word,)


def _description(
    world: _World, service: str, name: str, place: str, said: list[str]
) -> tuple[str, list[str]]:
    source = world.random
    aside = world.concepts[world.concept_odds.draw(source)]
    target, adjective = source.choice(phrases.TARGETS), source.choice(phrases.ADJECTIVES)
    elsewhere = world.places[world.place_odds.draw(source)][0]
    length, rare, sentences = source.randint(20, 60), list[str](), list[str]()
    for number, form in enumerate(source.sample(phrases.SENTENCES, 12)):
        drawn = {letter: world.word() for letter in "wvu"}
        rare += [word for letter, word in drawn.items() if "{" + letter + "}" in form]
        sentence = form.format(
            c=source.choice(said) if number else said[0],
            m=aside.abbreviation or aside.name,
            s=service,
            o=name,
            g=place,
            t=target,
            a=adjective,
            p=elsewhere,
            **drawn,
        )
        sentences.append(sentence)
        if sum(len(text.split()) for text in sentences) >= length:
            break
    text = " ".join(sentences)
    if source.random() < 0.15:  # real descriptions hold errors too
        typed = text.split(" ")
        at = source.randrange(len(typed))
        typed[at] = _mistyped(typed[at], source)
        text = " ".join(typed)
    return text, rare


def plain_surface(sample: Sample, key: str) -> str:
    """Return what an entry calls a concept, without the abbreviation in brackets."""
    return re.sub(r" \(\w+\)$", "", sample.surfaces[key])
