"""Learn the weights of the arbiter from the phrasings (`make hearing`), and judge it.

The phrasings in `phrasings/` beside this file were written by several authors. What the
arbiter is worth on people whom it never met is estimated by leaving each author out in turn; the
judged sets, which nobody looks into, say it again.
"""

import csv
import importlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from handlers import FEATURES
from handlers.arbiter import CLEAR
from handlers.hearing.intents.model import FILE, GROUPS, UNKNOWN, Model, keep
from handlers.hearing.intents.traits import traits
from handlers.hearing.places import Places
from handlers.hearing.sentence import Sentence
from store.hashed import Rows
from store.records import Person
from store.seeds import coordinators
from store.seeds.reading import read_gazetteer, read_vocabulary

PHRASINGS = Path(__file__).parent / "phrasings"
CONCEPTS = FILE.parent / "concepts.toml"
EXAMPLES = "examples"
"""The author of what the features show themselves: help may not show what is not understood."""

SHARES = np.array([2.0 if name == "c" else 1.0 for name in GROUPS], np.float32)
"""Pieces of words count more than words: they forgive slips, dialect and other languages."""

_EVEN = [GROUPS.index(name) for name in ("k", "kk", "f")]

SHARPNESS = 4.0
"""By how much the scores are multiplied before they become chances: chosen where, on authors left
out, what gets a chance of 0.8 is right eight times in ten."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Something that somebody would type.

    Attributes:
        text: The words.
        feature: The slug of the feature that is meant.
        also: Others that would be as right.
        author: The file that it stands in.
    """

    text: str
    feature: str
    also: tuple[str, ...]
    author: str


def phrasings(folder: Path = PHRASINGS) -> tuple[Phrasing, ...]:
    """Return every phrasing: a line of feature, language, text and other features, with tabs."""
    found: list[Phrasing] = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                also = tuple(filter(None, row[3].split(","))) if len(row) > 3 else ()
                found.append(Phrasing(row[2].replace("\\n", "\n"), row[0], also, path.stem))
    heard = {one.feature for one in found}  # the others are reached by their command alone
    found += [
        Phrasing(example.words, feature.name, (), EXAMPLES)
        for feature in FEATURES
        for example in feature.examples
        if feature.name in heard and not example.words.startswith("/")
    ]
    return tuple(found)


def digest() -> str:
    """Return what changes when the phrasings or the concepts change."""
    lines = [f"{one.feature}\t{one.text}".encode() for one in phrasings()]
    return sha256(b"\0".join([*lines, CONCEPTS.read_bytes()])).hexdigest()


def names_of(seen: Sequence[frozenset[str]]) -> list[str]:
    """Return the traits that are worth a row; what is heard once says nothing."""
    often = Counter(name for one in seen for name in one)
    return sorted(name for name, times in often.items() if times > 1)


def learn(rows: Sequence[Phrasing], seen: Sequence[frozenset[str]]) -> Model:
    """Return the weights that these phrasings give; twice the same from the same."""
    often = Counter(name for one in seen for name in one)
    names = names_of(seen)
    rarity = np.array([np.log((1 + len(seen)) / (1 + often[name])) + 1 for name in names])
    groups = np.array([GROUPS.index(name.partition(":")[0]) for name in names], np.uint8)
    blank = Model(
        outcomes=(),
        rows=Rows(names),
        # A concept says the same however often it is heard; a rare word says more.
        worth=np.where(np.isin(groups, _EVEN), 1.0, rarity).astype(np.float16).astype(np.float32),
        groups=groups,
        shares=SHARES,
        weights=np.zeros((len(names), 1), np.float16),
        bias=np.zeros(1, np.float32),
        digest=digest(),
    )
    measured = [blank.measured(one) for one in seen]
    sparse: Any = importlib.import_module("scipy.sparse")
    matrix: Any = sparse.csr_matrix(
        (
            np.concatenate([values for _, values in measured]),
            np.concatenate([rows_ for rows_, _ in measured]),
            np.cumsum([0, *(len(values) for _, values in measured)]),
        ),
        shape=(len(seen), len(names)),
    )
    wanted = np.array([row.feature for row in rows])
    # Two ways to draw the same lines; on authors left out their mean beats either.
    margins: Any = _learner("svm").LinearSVC(C=1.0, random_state=1)
    squares: Any = _learner("linear_model").RidgeClassifier(
        alpha=1.0, solver="sparse_cg", max_iter=60, random_state=1
    )
    margins.fit(matrix, wanted)
    squares.fit(matrix, wanted)
    weights: Any = (margins.coef_ + squares.coef_) / 2 * SHARPNESS
    bias: Any = (margins.intercept_ + squares.intercept_) / 2 * SHARPNESS
    return replace(
        blank,
        outcomes=tuple(map(str, margins.classes_)),
        weights=np.ascontiguousarray(weights.T).astype(np.float16),
        bias=bias.astype(np.float32),
    )


def _learner(part: str) -> Any:  # noqa: ANN401 - scikit-learn has no types
    return importlib.import_module(f"sklearn.{part}")


def people() -> tuple[Person, ...]:
    """Return those whom Brug knows by name, from the seed."""
    return tuple(
        Person(number, one.name, one.email)
        for number, one in enumerate(coordinators.read(), start=1)
    )


def seen_in(texts: Sequence[str]) -> list[frozenset[str]]:
    """Return the traits of texts."""
    places, known = Places(read_gazetteer(), read_vocabulary()), people()
    return [traits(Sentence(text, places, known)) for text in texts]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How phrasings came out, as shares of all.

    Attributes:
        right: The feature that was meant, or one as good, was the likeliest.
        confident: The likeliest was wrong, and Brug was so sure that it would not have asked.
    """

    right: float
    confident: float


def judged(rows: Sequence[Phrasing], seen: Sequence[frozenset[str]], model: Model) -> Outcome:
    """Return how these phrasings come out with these weights."""
    right = confident = 0
    for row, one in zip(rows, seen, strict=True):
        chances = model.chances(one)
        best = max(chances, key=lambda name: chances[name])
        good = best in {row.feature, *row.also}
        right += good
        confident += not good and chances[best] >= CLEAR and best != UNKNOWN
    return Outcome(right / len(rows), confident / len(rows))


def left_out(
    rows: Sequence[Phrasing], seen: Sequence[frozenset[str]]
) -> Iterator[tuple[str, int, Outcome]]:
    """Yield for each author how the arbiter does that learned from the others alone."""
    for author in sorted({row.author for row in rows}):
        here = [row.author == author for row in rows]
        others = [number for number, one in enumerate(here) if not one]
        own = [number for number, one in enumerate(here) if one]
        model = learn([rows[n] for n in others], [seen[n] for n in others])
        yield author, len(own), judged([rows[n] for n in own], [seen[n] for n in own], model)


def main() -> None:
    """Learn, keep the weights, and print what they are worth."""
    rows = phrasings()
    seen = seen_in([row.text for row in rows])
    learned = learn(rows, seen)
    keep(learned, names_of(seen))
    print(f"{len(rows)} phrasings, {len(learned.rows)} traits, {FILE.stat().st_size / 1e6:.1f} MB")
    if "--quick" in sys.argv:
        return
    print("\n| author left out | phrasings | right | wrong and sure |\n|---|---|---|---|")
    for author, number, said in left_out(rows, seen):
        print(f"| {author} | {number} | {said.right:.1%} | {said.confident:.1%} |")


if __name__ == "__main__":
    main()
