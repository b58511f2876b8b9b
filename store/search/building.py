"""Turn entries into a shelf: words to keys, keys to postings with BM25F impacts."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from store.search.concepts import Concepts, Mining, says_something
from store.search.dutch import FILLERS, fold, stem, words
from store.search.entry import Entry, Level, Status
from store.search.lexicon import Lexicon, pair_key
from store.search.query import NO_LIMIT, FacetName
from store.search.shelf import FIELDS, IMPACT, Facts, Postings, Shelf, Texts
from store.search.spelling import Spelling
from store.search.vocabulary import Vocabulary

# BM25F (Robertson and Zaragoza, 2009): a word in the name weighs six times one in the text; longer
# fields count a little less. Tuned on generated entries of one seed, reported on others.
_WEIGHTS = np.array([6.0, 4.0, 4.0, 6.0, 1.0], np.float32)
_LENGTH_SHARE = np.array([0.3, 0.3, 0.2, 0.15, 0.5], np.float32)
_SATURATION = 2.2
_PART = 0.3  # what the half of a compound weighs against a word of its own
_APART = 0.95  # two adjacent words that a compound elsewhere joins, against that compound
_PLACE_BOOST = 0.04  # similarity; a misspelt word is a little sooner the name of a place
_SHORTEST_SPELLED = 4  # letters; shorter words are not corrected to
_SHORTEST_PLACE = 3

# Entries, and in how many of them a word stands alone before compounds are split on it.
_PART_MINIMUM = ((200, 1), (5_000, 2), (50_000, 3))
_PART_MINIMUM_BEYOND = 6


class _Tokens(NamedTuple):
    """Every word of every entry, in order; arrays of shape (tokens,)."""

    words: list[str]
    word: NDArray[np.int32]
    entry: NDArray[np.int32]
    field: NDArray[np.int8]
    lengths: NDArray[np.float32]  # (fields, entries)


class _Sighting(NamedTuple):
    """Keys at entries with the weight of each sighting; arrays of one shape."""

    key: NDArray[np.int32]
    entry: NDArray[np.int32]
    weight: NDArray[np.float32]


def build_shelf(
    entries: Sequence[Entry], vocabulary: Vocabulary, base: Shelf | None = None
) -> Shelf:
    """Return the shelf of `entries`.

    Args:
        entries: Each with its own id.
        vocabulary: Synonyms; a shelf with a `base` takes that one's.
        base: The shelf beside which this small one is searched; it lends its lexicon, concepts
            and average lengths, so that the scores of both can be compared.
    """
    tokens, mining = _tokens(entries)
    frequency = _word_frequency(tokens, len(entries))
    lexicon = base.lexicon if base else _lexicon(entries, tokens, frequency)
    concepts = base.concepts if base else Concepts.build(vocabulary, mining.pairs(), lexicon)
    means = base.average_lengths if base else _means(tokens.lengths)
    keys: defaultdict[str, int] = defaultdict(count().__next__)
    word_keys = np.array([keys[lexicon.stem(word)] for word in tokens.words], np.int32)
    postings = _postings(tokens, keys, word_keys, (lexicon, concepts, means, base))
    spelled = [
        i
        for i, word in enumerate(tokens.words)
        if len(word) >= _SHORTEST_SPELLED and says_something(word) and not word.isdigit()
    ]
    boost = [_PLACE_BOOST * (tokens.words[i] in lexicon.places) for i in spelled]
    return Shelf.of(
        facts=_facts(entries),
        words=tokens.words,
        word_keys=word_keys,
        word_frequency=frequency,
        postings=postings,
        facets=_facets(entries),
        texts=_texts(entries),
        spelling=Spelling.build(
            [tokens.words[i] for i in spelled], frequency[spelled], np.array(boost, np.float32)
        ),
        spelled=np.array(spelled, np.int32),
        lexicon=lexicon,
        concepts=concepts,
        average_lengths=means,
    )


def field_texts(entry: Entry) -> tuple[str, str, str, str, str]:
    """Return the searched texts of an entry, in the order of FIELDS."""
    themes = [theme.replace("-", " ") for theme in entry.themes]
    return (
        entry.name,
        " / ".join([*entry.tags, *themes]),
        entry.organisation,
        " / ".join(entry.locations),
        entry.description,
    )


def _tokens(entries: Sequence[Entry]) -> tuple[_Tokens, Mining]:
    number: defaultdict[str, int] = defaultdict(count().__next__)
    mining = Mining()
    seen, counts = array("i"), array("i")
    for entry in entries:
        for text in field_texts(entry):
            if "(" in text:
                mining.read(text)
            found = [number[word] for word in words(fold(text))]
            seen.extend(found)
            counts.append(len(found))
    order = sorted(number)
    sorted_at = np.empty(len(order), np.int32)
    sorted_at[[number[word] for word in order]] = np.arange(len(order), dtype=np.int32)
    lengths = np.array(counts, np.int32).reshape(-1, len(FIELDS))
    entry = np.repeat(np.arange(len(entries), dtype=np.int32), lengths.sum(1))
    field = np.repeat(
        np.tile(np.arange(len(FIELDS), dtype=np.int8), len(entries)), lengths.ravel()
    )
    word = sorted_at[np.array(seen, np.int32)]
    return _Tokens(order, word, entry, field, lengths.T.astype(np.float32)), mining


def _word_frequency(tokens: _Tokens, entries: int) -> NDArray[np.int32]:
    pairs = np.unique(tokens.word.astype(np.int64) * max(1, entries) + tokens.entry)
    return np.bincount(pairs // max(1, entries), minlength=len(tokens.words)).astype(np.int32)


def _lexicon(entries: Sequence[Entry], tokens: _Tokens, frequency: NDArray[np.int32]) -> Lexicon:
    places = {
        word
        for entry in entries
        for location in entry.locations
        for word in words(fold(location))
        if len(word) >= _SHORTEST_PLACE and not word.isdigit()
    }
    alone: Counter[str] = Counter()
    for word, entry_count in zip(tokens.words, frequency.tolist(), strict=True):
        if len(word) >= _SHORTEST_PLACE and not word.isdigit() and word not in FILLERS:
            alone[word if word in places else stem(word)] += entry_count
    minimum = next(
        (least for size, least in _PART_MINIMUM if len(entries) < size), _PART_MINIMUM_BEYOND
    )
    parts = {part: n for part, n in alone.items() if n >= minimum and len(part) >= _SHORTEST_PLACE}
    return Lexicon(frozenset(places), parts)


def _means(lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    if not lengths.shape[1]:
        return np.ones(len(FIELDS), np.float32)
    return np.maximum(1.0, lengths.mean(1)).astype(np.float32)


def _postings(
    tokens: _Tokens,
    keys: defaultdict[str, int],
    word_keys: NDArray[np.int32],
    shared: tuple[Lexicon, Concepts, NDArray[np.float32], Shelf | None],
) -> Postings:
    lexicon, concepts, means, base = shared
    says = np.array([says_something(word) for word in tokens.words], bool)
    kept = says[tokens.word] if len(tokens.word) else np.zeros(0, bool)
    word, entry, field = tokens.word[kept], tokens.entry[kept], tokens.field[kept]
    by_field = _WEIGHTS[:, None] / (
        1 - _LENGTH_SHARE[:, None] + _LENGTH_SHARE[:, None] * tokens.lengths / means[:, None]
    )
    weight = by_field[field, entry].astype(np.float32)
    own = _Sighting(word_keys[word], entry, weight)
    compounds = _Compounds(tokens.words, says, lexicon, keys)
    sightings = [own, *compounds.sightings(word, own)]
    adjacent = (entry[:-1] == entry[1:]) & (field[:-1] == field[1:])
    sightings.append(compounds.written_apart(own, np.flatnonzero(adjacent), keys, base))
    sightings.extend(_named(own, field, keys, concepts))
    return _summed(list(keys), sightings, tokens.lengths.shape[1])


class _Compounds:
    """The compounds among the words of a shelf, with the keys of their halves."""

    def __init__(
        self,
        all_words: list[str],
        says: NDArray[np.bool_],
        lexicon: Lexicon,
        keys: defaultdict[str, int],
    ) -> None:
        self._halves = np.full((len(all_words), 2), -1, np.int32)
        self._pair = np.full(len(all_words), -1, np.int32)
        self._joined: dict[tuple[int, int], int] = {}
        for i in np.flatnonzero(says).tolist():
            halves = lexicon.split(all_words[i])
            if halves:
                one, two = keys[halves[0]], keys[halves[1]]
                self._halves[i] = one, two
                self._pair[i] = keys[pair_key(halves)]
                self._joined[min(one, two), max(one, two)] = int(self._pair[i])

    def sightings(self, word: NDArray[np.int32], own: _Sighting) -> list[_Sighting]:
        """Return the halves of the compounds, and the pairs that they are."""
        at = np.flatnonzero(self._pair[word] >= 0)
        entry, weight = own.entry[at], own.weight[at]
        part = weight * np.float32(_PART)
        return [
            _Sighting(self._halves[word[at], 0], entry, part),
            _Sighting(self._halves[word[at], 1], entry, part),
            _Sighting(self._pair[word[at]], entry, weight),
        ]

    def written_apart(
        self,
        own: _Sighting,
        adjacent: NDArray[np.intp],
        keys: defaultdict[str, int],
        base: Shelf | None,
    ) -> _Sighting:
        """Return neighbouring words that some compound, here or in `base`, writes as one."""
        one = np.minimum(own.key[adjacent], own.key[adjacent + 1]).astype(np.int64)
        two = np.maximum(own.key[adjacent], own.key[adjacent + 1]).astype(np.int64)
        codes = one << 32 | two
        joined = {a << 32 | b: key for (a, b), key in self._joined.items()}
        if base is not None:
            names = list(keys)
            distinct: list[int] = np.unique(codes).tolist()
            for code in distinct:
                name = pair_key((names[code >> 32], names[code & 0xFFFFFFFF]))
                if base.key_id(name) is not None:
                    joined[code] = keys[name]
        if not joined or not len(codes):
            none = np.empty(0, np.int32)
            return _Sighting(none, none, np.empty(0, np.float32))
        known = np.array(sorted(joined), np.int64)
        key = np.array([joined[code] for code in known.tolist()], np.int32)
        at = np.searchsorted(known, codes)
        at[at == len(known)] = 0
        hit = known[at] == codes
        where = adjacent[hit]
        return _Sighting(key[at[hit]], own.entry[where], own.weight[where] * np.float32(_APART))


def _named(
    own: _Sighting,
    field: NDArray[np.int8],
    keys: defaultdict[str, int],
    concepts: Concepts,
) -> Iterable[_Sighting]:
    """Yield where the names of concepts stand."""
    order = np.argsort(own.key, kind="stable")
    ordered = own.key[order]
    size = len(own.key)
    for phrase, concept in concepts.phrases.items():
        if not all(part in keys for part in phrase):
            continue
        numbers = [keys[part] for part in phrase]
        begin, end = np.searchsorted(ordered, [numbers[0], numbers[0] + 1])
        at = order[begin:end]
        at = at[at + len(phrase) <= size]
        for i, number in enumerate(numbers[1:], 1):
            at = at[own.key[at + i] == number]
        last = at + len(phrase) - 1
        at = at[(own.entry[at] == own.entry[last]) & (field[at] == field[last])]
        if len(at):
            key = np.full(len(at), keys[concept], np.int32)
            yield _Sighting(key, own.entry[at], own.weight[at])


def _summed(names: list[str], sightings: list[_Sighting], entries: int) -> Postings:
    """Add the sightings of each key in each entry up, saturated to one byte."""
    entries = max(1, entries)
    code = np.concatenate([s.key.astype(np.int64) * entries + s.entry for s in sightings])
    weight = np.concatenate([s.weight for s in sightings])
    order = np.argsort(code, kind="stable")
    code, weight = code[order], weight[order]
    first = np.flatnonzero(np.diff(code, prepend=-1))
    total = np.add.reduceat(weight, first) if len(first) else weight
    code = code[first]
    sizes = np.bincount(code // entries, minlength=len(names))
    return Postings(
        names,
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        (code % entries).astype(np.int32),
        np.maximum(1, np.round(IMPACT * total / (_SATURATION + total))).astype(np.uint8),
    )


def _facts(entries: Sequence[Entry]) -> Facts:
    ages = np.array([_ages(entry) for entry in entries], np.float32).reshape(-1, 2)
    assured = [entry.assured_date.toordinal() if entry.assured_date else 0 for entry in entries]
    return Facts(
        np.array([entry.id for entry in entries], np.int64),
        np.array(assured, np.int32),
        np.ascontiguousarray(ages[:, 0]),
        np.ascontiguousarray(ages[:, 1]),
        np.array([entry.status is Status.DEFUNCT for entry in entries], bool),
    )


def _ages(entry: Entry) -> tuple[float, float]:
    """Return the ages of an entry; those of its levels when it gives none."""
    if entry.minimum_age is None and entry.maximum_age is None and entry.levels:
        spans = [level.ages for level in entry.levels]
        return min(span[0] for span in spans), max(span[1] for span in spans)
    oldest = NO_LIMIT if entry.maximum_age is None else entry.maximum_age
    return entry.minimum_age or 0.0, oldest


def _levels(entry: Entry) -> tuple[Level, ...]:
    """Return the levels of an entry; those that its ages reach into when it gives none.

    A shared birthday is not enough: 6 to 12 is lager onderwijs, not secundair.
    """
    if entry.levels:
        return entry.levels
    youngest, oldest = _ages(entry)
    return tuple(
        level for level in Level if youngest < level.ages[1] and oldest > level.ages[0]
    ) or tuple(Level)


def _facets(entries: Sequence[Entry]) -> Postings:
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for i, entry in enumerate(entries):
        for region in entry.regions or ("",):
            lists[f"{FacetName.REGION}:{region}"].append(i)
        for level in _levels(entry):
            lists[f"{FacetName.LEVEL}:{level}"].append(i)
        for theme in entry.themes:
            lists[f"{FacetName.THEME}:{theme}"].append(i)
        lists[f"{FacetName.KIND}:{entry.kind}"].append(i)
        if entry.status is Status.ACTIVE:
            lists[f"{FacetName.PLACE_FREE}:"].append(i)
        if entry.not_reached_by_education:
            lists[f"{FacetName.NOT_REACHED}:"].append(i)
    sizes = [len(positions) for positions in lists.values()]
    return Postings(
        list(lists),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.array([i for positions in lists.values() for i in positions], np.int32),
        np.empty(0, np.uint8),
    )


def _texts(entries: Sequence[Entry]) -> Texts:
    texts = [
        fold(" ".join((entry.name, *entry.locations, entry.organisation))) for entry in entries
    ]
    coded = [text.encode("ascii", "replace") for text in texts]
    ends = np.cumsum([0, *(len(text) for text in coded)])
    return Texts(b"".join(coded), ends.astype(np.int64))
