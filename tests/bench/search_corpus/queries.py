"""Known-item questions by class, whose answers follow from the hidden structure of the entries."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.search.dutch import WORD, fold
from store.search.query import Facet, FacetName
from tests.bench.search_corpus import phrases
from tests.bench.search_corpus.corpus import CONCEPTS, Sample, plain_surface, pseudo_word

MOST_ANSWERS = 5
"""A question with more right answers than this is no known-item question."""

NONSENSE = ("nonsense letters", "nonsense word", "nonsense sentence")
"""Classes that must find nothing."""

_TRIES = 20_000
_KEYBOARD = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS_ALIKE = """ij/ei ei/ij ou/au au/ou ch/g ie/i c/k dt/t z/s v/f uw/w th/t ll/l kk/k pp/p tt/t
    ss/s ee/e oo/o aa/a x/ks d/t"""
_SOUNDS = [tuple(pair.split("/")) for pair in _SOUNDS_ALIKE.split()]
_SMALL_WORDS = "de het een 't vzw en centrum ter ten van voor op bij rond in via met na aan"
_SMALL = frozenset(_SMALL_WORDS.split())

Question = tuple[str, Iterable[int]]
Change = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the bench.

    Attributes:
        kind: Its class.
        text: What is typed.
        answers: Ids of the entries that answer it; empty for nonsense.
        facets: Facets that were already chosen.
    """

    kind: str
    text: str
    answers: frozenset[int]
    facets: tuple[Facet, ...] = ()


def ask(samples: Sequence[Sample], per_class: int, seed: int) -> list[Asked]:
    """Return `per_class` questions of each class where so many can be made."""
    return _Asker(samples, seed).questions(per_class)


def neighbours(letter: str) -> str:
    """Return the letters beside one on Belgian and Dutch keyboards."""
    found = ""
    for row in _KEYBOARD:
        at = row.find(letter)
        if at >= 0:
            found += row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return found or "aeiou"


class _Asker:
    def __init__(self, samples: Sequence[Sample], seed: int) -> None:
        self.random = random.Random(seed)
        self.samples = samples
        self.by_organisation: defaultdict[int, list[Sample]] = defaultdict(list)
        self.by_service: defaultdict[tuple[str, str, str], list[Sample]] = defaultdict(list)
        self.by_concept: defaultdict[tuple[str, str], list[Sample]] = defaultdict(list)
        self.by_theme: defaultdict[tuple[str, str], list[Sample]] = defaultdict(list)
        self.by_word: defaultdict[str, set[int]] = defaultdict(set)
        for sample in samples:
            self.by_organisation[sample.organisation].append(sample)
            self.by_service[self._service(sample)].append(sample)
            for concept in sample.concepts:
                self.by_concept[concept, sample.place].append(sample)
                self.by_theme[concept, sample.region].append(sample)
            for word in sample.rare:
                self.by_word[word].add(sample.entry.id)
        self.makers: dict[str, Callable[[Sample], Question | None]] = {
            "exact": self.base,
            "one typo": lambda s: self.changed(s, self.typo(5)),
            "two typos": self.two_typos,
            "transposition": lambda s: self.changed(s, self.one_word(4, self.transposed)),
            "sounds alike": lambda s: self.changed(s, self.one_word(5, self.misheard)),
            "diacritics": self.without_diacritics,
            "split compound": self.split,
            "joined compound": self.joined,
            "spacing": lambda s: self.changed(s, self.respaced),
            "abbreviation": self.abbreviation,
            "listed synonym": lambda s: self.synonym(s, listed=True),
            "unlisted synonym": lambda s: self.synonym(s, listed=False),
            "word order": lambda s: self.changed(s, self.shuffled),
            "prefix": lambda s: self.changed(s, self.cut_short),
            "inflection": self.inflected,
            "sentence": self.sentence,
            "rare words": self.rare,
            "combined": self.combined,
        }

    def questions(self, per_class: int) -> list[Asked]:
        classes = [self._made(kind, per_class) for kind in self.makers]
        classes.append(self.faceted(per_class))
        classes.extend(self.nonsense(per_class))
        return [asked for made in classes for asked in made]

    def _made(self, kind: str, wanted: int) -> list[Asked]:
        made: dict[str, Asked] = {}
        for _ in range(_TRIES):
            if len(made) == wanted:
                break
            found = self.makers[kind](self.random.choice(self.samples))
            if found:
                text = found[0].lower() if self.random.random() < 0.6 else found[0]
                made.setdefault(text.lower(), Asked(kind, text, frozenset(found[1])))
        return list(made.values())

    # ------------------------------------------------------------------ intents

    @staticmethod
    def _service(sample: Sample) -> tuple[str, str, str]:
        return sample.modifier.alone, sample.head, sample.place

    def _known_item(self, words: list[str], answers: list[Sample]) -> Question | None:
        if not 1 <= len(answers) <= MOST_ANSWERS:
            return None
        return " ".join(words), [sample.entry.id for sample in answers]

    def base(self, sample: Sample) -> Question | None:
        """Ask for an organisation (45 %), a theme (30 %) or a service (25 %)."""
        odds = self.random.random()
        if odds < 0.45:
            return self.by_name(sample)
        return self.by_topic(sample) if odds < 0.75 else self.by_what(sample, sample.service)

    def by_name(self, sample: Sample) -> Question | None:
        name = sample.entry.organisation
        if self.random.random() < 0.5:
            name = re.sub(r"^(vzw|De|Het|'t) ", "", name)
        words, answers = [name], self.by_organisation[sample.organisation]
        ways = ["service", "place"]
        self.random.shuffle(ways)
        while ways and (len(answers) > MOST_ANSWERS or self.random.random() < 0.35):
            if ways.pop() == "service":
                answers = [
                    other
                    for other in answers
                    if self._service(other)[:2] == self._service(sample)[:2]
                ]
                words.append(sample.service)
            else:
                answers = [other for other in answers if other.place == sample.place]
                words.append(sample.place)
        if self.random.random() < 0.3:
            words.reverse()
        return self._known_item(words, answers)

    def by_topic(
        self, sample: Sample, concept: str = "", surface: str = "", *, service: float = 0.2
    ) -> Question | None:
        concept = concept or self.random.choice(sample.concepts)
        words = [surface or plain_surface(sample, concept), sample.place]
        answers = self.by_concept[concept, sample.place]
        if len(answers) > MOST_ANSWERS or self.random.random() < service:
            wanted = self._service(sample)
            answers = [other for other in answers if self._service(other) == wanted]
            words.insert(self.random.randrange(2), sample.service)
        return self._known_item(words, answers)

    def by_what(self, sample: Sample, service: str) -> Question | None:
        words, answers = [service, sample.place], self.by_service[self._service(sample)]
        if len(answers) > MOST_ANSWERS:
            concept = sample.concepts[0]
            answers = [other for other in answers if concept in other.concepts]
            words.insert(1, plain_surface(sample, concept))
        return self._known_item(words, answers)

    # ------------------------------------------------------------------ ways to write it wrong

    def changed(self, sample: Sample, change: Change) -> Question | None:
        found = self.base(sample)
        text = change(found[0]) if found else None
        return (text, found[1]) if text and found else None

    def one_word(self, shortest: int, change: Change) -> Change:
        """Return a change of a whole text that changes one of its longer words."""

        def apply(text: str) -> str | None:
            words = text.split()
            places = [
                i
                for i, word in enumerate(words)
                if len(word) >= shortest and word.lower() not in _SMALL
            ]
            if not places:
                return None
            at = self.random.choice(places)
            word = change(words[at].lower())
            if word is None or word == words[at].lower():
                return None
            words[at] = word
            return " ".join(words)

        return apply

    def typo(self, shortest: int) -> Change:
        return self.one_word(shortest, self.mistyped)

    def mistyped(self, word: str) -> str:
        """Return a word with one edit as a keyboard makes them; rarely of the first letter."""
        source = self.random
        at = source.randrange(0 if source.random() < 0.1 else 1, len(word))
        odds = source.random()
        if odds < 0.4:
            typed = word[:at] + source.choice(neighbours(fold(word[at]) or "e")) + word[at + 1 :]
        elif odds < 0.7:
            typed = word[:at] + word[at + 1 :]
        else:
            extra = word[at] if source.random() < 0.5 else source.choice("aeinrstlo")
            typed = word[:at] + extra + word[at:]
        return typed if typed != word else self.mistyped(word)

    def transposed(self, word: str) -> str | None:
        places = [i for i in range(1, len(word) - 1) if word[i] != word[i + 1]]
        if not places:
            return None
        at = self.random.choice(places)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def misheard(self, word: str) -> str | None:
        ways = [
            word[: found.start()] + other + word[found.end() :]
            for one, other in _SOUNDS
            for found in re.finditer(one, word)
        ]
        return self.random.choice(ways) if ways else None

    def two_typos(self, sample: Sample) -> Question | None:
        if self.random.random() < 0.5:
            twice = self.one_word(8, lambda word: self.mistyped(self.mistyped(word)))
            return self.changed(sample, twice)
        once = self.typo(5)

        def both(text: str) -> str | None:
            first = once(text)
            return once(first) if first else None

        return self.changed(sample, both)

    def without_diacritics(self, sample: Sample) -> Question | None:
        found = self.base(sample)
        if not found or fold(found[0]) == found[0].lower():
            return None
        return fold(found[0]), found[1]

    def shuffled(self, text: str) -> str | None:
        words = text.split()
        mixed = words[:]
        self.random.shuffle(mixed)
        return " ".join(mixed) if len(words) > 2 and mixed != words else None

    def cut_short(self, text: str) -> str | None:
        words = text.split()
        if len(words[-1]) < 7:
            return None
        words[-1] = words[-1][: max(4, int(len(words[-1]) * self.random.uniform(0.5, 0.8)))]
        return " ".join(words)

    def respaced(self, text: str) -> str | None:
        """Forget a space, or put one too many."""
        words = text.split()
        if len(words) > 1 and self.random.random() < 0.5:
            at = self.random.randrange(len(words) - 1)
            words[at : at + 2] = [words[at] + words[at + 1]]
            return " ".join(words)
        places = [i for i, word in enumerate(words) if len(word) >= 8]
        if not places:
            return None
        at = self.random.choice(places)
        cut = self.random.randrange(3, len(words[at]) - 2)
        words[at : at + 1] = [words[at][:cut], words[at][cut:]]
        return " ".join(words)

    # ------------------------------------------------------------------ other words for it

    def split(self, sample: Sample) -> Question | None:
        if not sample.joined:
            return None
        one, head = sample.modifier, sample.head
        ways = (
            f"{head} {one.alone}",
            f"{one.alone} {head}",
            f"{head} {one.apart}",
            f"{one.joined} {head}",
        )
        return self.by_what(sample, self.random.choice(ways))

    def joined(self, sample: Sample) -> Question | None:
        if sample.joined:
            return None
        return self.by_what(sample, sample.modifier.joined + sample.head)

    def abbreviation(self, sample: Sample) -> Question | None:
        for key in sample.concepts:
            concept = CONCEPTS[key]
            said = sample.surfaces[key]
            if concept.abbreviation and said == concept.abbreviation:
                return self.by_topic(sample, key, concept.name)
            if concept.abbreviation and said == concept.name:
                return self.by_topic(sample, key, concept.abbreviation)
        return None

    def synonym(self, sample: Sample, *, listed: bool) -> Question | None:
        for key in sample.concepts:
            concept = CONCEPTS[key]
            said, known = plain_surface(sample, key), (concept.name, *concept.listed)
            if concept.abbreviation:
                continue
            others: tuple[str, ...] = ()
            if listed and said in known:
                others = tuple(name for name in known if name != said)
            elif not listed:
                others = known if said in concept.unlisted else concept.unlisted
            if others:
                return self.by_topic(sample, key, self.random.choice(others))
        return None

    def inflected(self, sample: Sample) -> Question | None:
        if self.random.random() < 0.5 and sample.head in phrases.INFLECTED:
            other = phrases.INFLECTED[sample.head]
            return self.by_what(sample, sample.service.replace(sample.head, other))
        for key in sample.concepts:
            other = phrases.INFLECTED_NAMES.get(plain_surface(sample, key))
            if other:
                return self.by_topic(sample, key, other)
        return None

    def sentence(self, sample: Sample) -> Question | None:
        topic = self.random.random() < 0.6
        found = (
            self.by_topic(sample, service=0.5) if topic else self.by_what(sample, sample.service)
        )
        if not found:
            return None
        about = " ".join(found[0].replace(sample.place, "").split())
        return self.random.choice(phrases.CHATTY).format(x=about, g=sample.place), found[1]

    def rare(self, sample: Sample) -> Question | None:
        words = sorted(set(sample.rare))
        if len(words) < 2:
            return None
        one, two = self.random.sample(words, 2)
        both = self.by_word[one] & self.by_word[two]
        return (f"{one} {two}", both) if len(both) <= MOST_ANSWERS else None

    def combined(self, sample: Sample) -> Question | None:
        """Do two of the above at once."""

        def shuffled_typo(text: str) -> str | None:
            typed = self.typo(5)(text)
            return (self.shuffled(typed) or typed) if typed else None

        ways: tuple[Callable[[], Question | None], ...] = (
            lambda: self.changed(sample, shuffled_typo),
            lambda: self._then(self.split(sample), self.typo(6)),
            lambda: self._then(self.abbreviation(sample), self.one_word(6, self.transposed)),
            lambda: self._then(self.sentence(sample), self.typo(8)),
        )
        return self.random.choice(ways)()

    def _then(self, found: Question | None, change: Change) -> Question | None:
        text = change(found[0]) if found else None
        return (text, found[1]) if text and found else None

    # ------------------------------------------------------------------ facets and nonsense

    def faceted(self, wanted: int) -> list[Asked]:
        """Ask for a theme in a region of which the chip is already set."""
        made: list[Asked] = []
        for _ in range(_TRIES):
            if len(made) == wanted:
                break
            sample = self.random.choice(self.samples)
            concept = sample.concepts[0]
            answers, words = (
                self.by_theme[concept, sample.region],
                [plain_surface(sample, concept)],
            )
            if len(answers) > MOST_ANSWERS:
                same = self._service(sample)[:2]
                answers = [other for other in answers if self._service(other)[:2] == same]
                words.append(sample.service)
            found = self._known_item(words, answers)
            if found:
                region = Facet(FacetName.REGION, sample.region)
                made.append(Asked("facet", found[0], frozenset(found[1]), (region,)))
        return made

    def nonsense(self, wanted: int) -> list[list[Asked]]:
        """Ask for letters, for words and for sentences that have nothing to do with it."""
        source = self.random
        known = sorted(
            {
                word
                for sample in self.samples
                for text in (
                    sample.entry.name,
                    sample.entry.organisation,
                    sample.entry.description,
                    *sample.entry.tags,
                    sample.place,
                )
                for word in WORD.findall(fold(text))
            }
        )

        def far(word: str) -> bool:
            return process.extractOne(word, known, scorer=OSA.distance, score_cutoff=2) is None

        def letters() -> str:
            kinds = (("bcdfghjklmnpqrstvwxz", 5, 9), ("asdfghjkl", 6, 11), ("qxzjwyvk", 6, 10))
            alphabet, least, most = source.choice(kinds)
            return "".join(source.choice(alphabet) for _ in range(source.randint(least, most)))

        smash: list[str] = []
        while len(smash) < wanted:
            words = [letters() for _ in range(source.randint(1, 3))]
            if all(far(word) for word in words):
                smash.append(" ".join(words))
        unheard: dict[str, None] = {}
        while len(unheard) < wanted:
            word = source.choice(phrases.UNHEARD)
            if source.random() < 0.5:
                word += source.choice(phrases.UNHEARD)
            elif source.random() < 0.5:
                word = pseudo_word(source, 4)
            if len(word) >= 6 and far(word):
                unheard[word] = None
        sentences = source.sample(phrases.FOREIGN, min(wanted, len(phrases.FOREIGN)))
        texts = (smash, list(unheard), sentences)
        return [
            [Asked(kind, text, frozenset()) for text in made]
            for kind, made in zip(NONSENSE, texts, strict=True)
        ]
