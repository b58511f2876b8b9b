"""Learn from tellings how the same signal sounds in other words (`make echoes`), and judge it.

In `tellings/` each file is one author's: a line of a number and a text, and lines of one number
tell the same signal. `fields.txt` and `notions_*.txt` there hold turns of phrase of one matter and
words that belong to one notion; some of a line, drawn at random, count as a telling too.
`apart*.txt` hold what is no signal at all.
Two authors often tell the same signal, and nobody says which. So it is learned twice: after the
first time two signals of two authors that are each other's nearest count as one, and are told by
both the second time.
What the table is worth on people whom it never met is estimated by leaving each author out in
turn; the judged pairs, which nobody looks into, say it again (`python -m tests.bench.signals`).
"""
# ruff: noqa: T201, S311 - a program that prints what it learned, the same at every run

import importlib
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from store.hashed import Rows
from store.signals.echoes import Echoes
from store.signals.likeness import FILE, PAIR, PIECE, Likeness, Vector, keep, traits_of
from store.signals.meanings import LIST, terms_of
from tests.bench import signals as bench

TELLINGS = Path(__file__).parent / "tellings"
LISTS = ("fields", "notions_")
"""How the files of lists begin: from each of their lines tellings are drawn."""

APART = "apart"
"""The author of what is no signal: each line is told once."""

TWO = "two"
"""How the authors begin of what two authors told."""

_WIDE = 160
"""Numbers in a row: with fewer, other matters begin to look alike; with more, the file grows."""
_ROUNDS = 10
_SIGNALS_AT_ONCE = 130
_STEP = 0.006
_APART_AT_ONCE = 60
_SHARPNESS = 0.1
"""How much nearer the own tellings must be than all others before they count as told apart."""
_FORGOTTEN = 0.4
"""The share of traits that is left out each time, so that none is relied upon alone."""
_SEED = 20261128
_THE_SAME = 0.5
"""How near two signals of two authors point, at least, when they count as one."""
_TURNS = 3
"""With so many others, at most, a signal is put together."""
_DRAWN = 5
_OF_A_LINE = 0.3
_LEAST_DRAWN = 3
_LEAST_OFTEN = {PIECE: 12, PAIR: 8}
"""In so many texts a trait must stand before it gets a row; 2 where it isn't said."""

_Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Telling:
    """One text in which somebody told a signal.

    Attributes:
        author: The file that it stands in.
        signal: Its number there.
        text: The words.
    """

    author: str
    signal: int
    text: str


def tellings(folder: Path = TELLINGS) -> tuple[Telling, ...]:
    """Return all tellings, then those drawn from the lists, and then what is no telling."""
    found: list[Telling] = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            number, _, text = line.partition("\t")
            found.append(Telling(path.stem, int(number), text))
    generator = random.Random(_SEED)
    for path in sorted(path for begins in LISTS for path in folder.glob(f"{begins}*.txt")):
        for number, line in enumerate(_lines(path)):
            phrases = line.split(", ")
            some = max(_LEAST_DRAWN, int(len(phrases) * _OF_A_LINE))
            found += [
                Telling(path.stem, number, ", ".join(generator.sample(phrases, some)))
                for _ in range(_DRAWN)
            ]
    apart = [line for path in sorted(folder.glob(f"{APART}*.txt")) for line in _lines(path)]
    found += [Telling(APART, number, line) for number, line in enumerate(apart)]
    return tuple(found)


def _lines(path: Path) -> Sequence[str]:
    return [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]


def digest() -> str:
    """Return what changes when the tellings or the concepts change."""
    lines = [f"{one.author}\t{one.signal}\t{one.text}".encode() for one in tellings()]
    return sha256(b"\0".join([*lines, LIST.read_bytes()])).hexdigest()


def names_of(seen: Sequence[Mapping[str, float]]) -> list[str]:
    """Return the traits that stand in enough texts to get a row."""
    often = Counter(trait for traits in seen for trait in traits)
    return sorted(name for name, n in often.items() if n >= _LEAST_OFTEN.get(name[0], 2))


def learn(told: Sequence[Telling], seen: Sequence[Mapping[str, float]]) -> Likeness:
    """Return the table that these tellings give, of which `seen` are the traits."""
    names = names_of(seen)
    matters = _matters(told, seen, _learned(told, seen, names))
    both = [*told], [*seen]
    for number, (turn, one, other) in enumerate(_told_by_two(matters)):
        # Those of one turn are told apart, as those of one author are.
        places = *matters[one].places, *matters[other].places
        both[0].extend(Telling(f"{TWO} {turn}", number, told[place].text) for place in places)
        both[1].extend(seen[place] for place in places)
    table = _learned(*both, names)
    ways = np.array([matter.way for matter in _matters(told, seen, table)], np.float32)
    return replace(table, matters=np.rint(ways.reshape(-1, _WIDE) * 127).astype(np.int8))


@dataclass(frozen=True, slots=True)
class _Matter:
    """A signal that was told several times.

    Attributes:
        author: Who told it.
        places: Where its tellings stand among all.
        way: Where they point together, 1 long.
    """

    author: str
    places: Sequence[int]
    way: Vector


def _matters(
    told: Sequence[Telling], seen: Sequence[Mapping[str, float]], table: Likeness
) -> Sequence[_Matter]:
    """Return the signals of the tellings; not the lines of the lists, nor what is no signal."""
    places: dict[tuple[str, int], list[int]] = {}
    for place, one in enumerate(told):
        if not one.author.startswith((*LISTS, APART)):
            places.setdefault((one.author, one.signal), []).append(place)
    found: list[_Matter] = []
    for (author, _), theirs in places.items():
        units = [_unit(table.total(seen[place])) for place in theirs]
        found.append(_Matter(author, theirs, _unit(np.sum(units, axis=0))))
    return found


def _unit(way: Vector) -> Vector:
    return way / np.float32(max(float(np.linalg.norm(way)), 1e-6))


def _told_by_two(matters: Sequence[_Matter]) -> Sequence[tuple[int, int, int]]:
    """Return signals of two authors that are each other's nearest, the nearest first.

    Returns:
        In which turn, and which two: in one turn a signal is there once, and in all `_TURNS`.
    """
    by_author: dict[str, list[int]] = {}
    for number, matter in enumerate(matters):
        by_author.setdefault(matter.author, []).append(number)
    pairs: list[tuple[float, int, int]] = []
    for ours, theirs in combinations(by_author.values(), 2):
        near = (
            np.array([matters[n].way for n in ours]) @ np.array([matters[n].way for n in theirs]).T
        )
        best, back = near.argmax(axis=1), near.argmax(axis=0)
        pairs += [
            (near[at, to].item(), ours[at], theirs[to])
            for at, to in enumerate(map(int, best))
            if back[to] == at and near[at, to] > _THE_SAME
        ]
    left = sorted(pairs, reverse=True)
    chosen: list[tuple[int, int, int]] = []
    for turn in range(_TURNS):
        taken = set[int]()
        for pair in left:
            if taken.isdisjoint(pair[1:]):
                taken.update(pair[1:])
                chosen.append((turn, pair[1], pair[2]))
        done = {(one, other) for _, one, other in chosen}
        left = [pair for pair in left if pair[1:] not in done]
    return chosen


def _learned(
    told: Sequence[Telling], seen: Sequence[Mapping[str, float]], names: Sequence[str]
) -> Likeness:
    often = Counter(trait for traits in seen for trait in traits)
    rows = {name: row for row, name in enumerate(names)}
    rarity = np.array([np.log((len(seen) + 1) / (1 + often[name])) + 0.3 for name in names])
    matrix = _matrix(seen, rows, rarity)
    table = _moved(matrix, _numbered(told), [one.author for one in told])
    table *= rarity[:, None].astype(np.float32)
    sizes = (np.abs(table).max(axis=1) / 127).astype(np.float16).astype(np.float32)
    whole = np.rint(table / np.maximum(sizes, 1e-6)[:, None]).clip(-127, 127).astype(np.int8)
    raw = Likeness(Rows(names), whole, sizes, np.zeros((0, _WIDE), np.int8), digest())
    whole_tellings = [
        traits
        for one, traits in zip(told, seen, strict=True)
        if not one.author.startswith((*LISTS, APART, TWO))
    ]
    usual = float(np.median([np.linalg.norm(raw.total(traits)) for traits in whole_tellings]))
    return replace(raw, sizes=sizes * np.float32(100 / usual))


def _numbered(told: Sequence[Telling]) -> npt.NDArray[np.intp]:
    numbers = {key: n for n, key in enumerate(dict.fromkeys((t.author, t.signal) for t in told))}
    return np.array([numbers[one.author, one.signal] for one in told], np.intp)


def _matrix(
    seen: Sequence[Mapping[str, float]], rows: Mapping[str, int], rarity: npt.NDArray[np.float64]
) -> Any:  # noqa: ANN401 - scipy has no types
    places = [[rows[name] for name in traits if name in rows] for traits in seen]
    values = [
        np.array([much * rarity[rows[name]] for name, much in traits.items() if name in rows])
        for traits in seen
    ]
    lengths = [max(float(np.linalg.norm(one)), 1e-6) for one in values]
    sparse: Any = importlib.import_module("scipy.sparse")
    return sparse.csr_matrix(
        (
            np.concatenate([v / n for v, n in zip(values, lengths, strict=True)]).astype(
                np.float32
            ),
            np.concatenate([np.array(one, np.intp) for one in places]),
            np.cumsum([0, *map(len, places)]),
        ),
        shape=(len(seen), len(rows)),
    )


def _moved(matrix: Any, signals: npt.NDArray[np.intp], authors: Sequence[str]) -> _Matrix:  # noqa: ANN401 - scipy has no types
    """Move rows until tellings of one signal are nearer to each other than to others (InfoNCE).

    They begin at random: then texts are near that share traits, and that much is never lost.
    Only tellings of one author are told apart: another author may well tell the same signal.
    """
    chance = np.random.default_rng(_SEED)
    table = chance.standard_normal((matrix.shape[1], _WIDE), np.float32) / np.float32(_WIDE**0.5)
    # Adam: a step for each number, by how steady its slope was.
    steady, rough = np.zeros_like(table), np.zeros_like(table)
    by_author: dict[str, list[int]] = {}
    for signal, author in dict(zip(map(int, signals), authors, strict=True)).items():
        by_author.setdefault(author, []).append(signal)
    apart = np.array(by_author.get(APART, ()), np.intp)
    done = 0
    for _ in range(_ROUNDS):
        batches: list[npt.NDArray[np.intp]] = []
        for theirs in (own for author, own in by_author.items() if author != APART):
            order = chance.permutation(np.array(theirs, np.intp))
            batches += [
                order[at : at + _SIGNALS_AT_ONCE] for at in range(0, len(order), _SIGNALS_AT_ONCE)
            ]
        for number in map(int, chance.permutation(len(batches))):
            beside = chance.permutation(apart)[:_APART_AT_ONCE]
            here = np.flatnonzero(np.isin(signals, [*batches[number], *beside]))
            some = matrix[here].copy()
            some.data *= (chance.random(len(some.data)) > _FORGOTTEN) / np.float32(1 - _FORGOTTEN)
            slope = _slope(some, signals[here], table)
            done += 1
            steady += np.float32(0.1) * (slope - steady)
            rough += np.float32(0.01) * (slope * slope - rough)
            table -= (
                np.float32(_STEP / (1 - 0.9**done))
                * steady
                / (np.sqrt(rough / np.float32(1 - 0.99**done)) + np.float32(1e-6))
            )
    return table


def _slope(some: Any, signals: npt.NDArray[np.intp], table: _Matrix) -> _Matrix:  # noqa: ANN401 - scipy has no types
    sums: _Matrix = some @ table
    lengths = np.linalg.norm(sums, axis=1, keepdims=True) + np.float32(1e-6)
    ways = sums / lengths
    near = ways @ ways.T / np.float32(_SHARPNESS)
    np.fill_diagonal(near, -1e9)
    taken = np.exp(near - near.max(axis=1, keepdims=True))
    taken /= taken.sum(axis=1, keepdims=True)
    wanted = (signals[:, None] == signals[None]).astype(np.float32)
    np.fill_diagonal(wanted, 0)
    wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1)
    wrong = (taken - wanted) / np.float32(_SHARPNESS * len(signals))
    pull = wrong @ ways + wrong.T @ ways
    across = (pull - ways * (pull * ways).sum(axis=1, keepdims=True)) / lengths
    return np.asarray(some.T @ across, np.float32)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a table is worth on tellings that it never saw, as shares of all.

    Attributes:
        found: The same signal was among the three that are shown.
        offered: Something was shown though the same signal was not there.
    """

    found: float
    offered: float


NOTHING_LEARNED = Likeness(
    Rows(()),
    np.zeros((0, _WIDE), np.int8),
    np.zeros(0, np.float32),
    np.zeros((0, _WIDE), np.int8),
    "",
)
"""What there is without the table: the lists of words alone."""


def judged(told: Sequence[Telling], likeness: Likeness) -> Judged:
    """Store one telling of each signal among generated ones, and ask for it with another."""
    signals: dict[int, list[str]] = {}
    for one in told:
        signals.setdefault(one.signal, []).append(one.text)
    stored = [texts[0] for texts in signals.values()]
    asked = [texts[-2] for texts in signals.values()]
    others = bench.signals(random.Random(bench.SEED))[len(bench.PAIRS) :]
    whole, without = Echoes(likeness), Echoes(likeness)
    whole.hear(enumerate([*stored, *others[: bench.SIGNALS - len(stored)]]))
    without.hear(enumerate(stored[::2]))
    return Judged(
        np.mean(
            [
                number in {echo.number for echo in whole.of(text, bench.SHOWN)}
                for number, text in enumerate(asked)
            ]
        ).item(),
        np.mean([bool(without.of(text, bench.SHOWN)) for text in asked[1::2]]).item(),
    )


def main() -> None:
    """Learn, keep the table, and print what it is worth."""
    told = tellings()
    seen = [traits_of(one.text, terms_of(one.text)) for one in told]
    learned = learn(told, seen)
    keep(learned, names_of(seen))
    size = learned.table.nbytes + FILE.stat().st_size
    print(f"{len(told)} tellings, {len(learned.rows)} rows, {size / 1e6:.1f} MB")
    if "--quick" in sys.argv:
        return
    print("\n| author left out | tellings | table | found | offered |\n|---|---|---|---|---|")
    tellers = {one.author for one in told if not one.author.startswith((*LISTS, APART))}
    for author in sorted(tellers):
        own = [one for one in told if one.author == author]
        others = [n for n, one in enumerate(told) if one.author != author]
        blind = learn([told[n] for n in others], [seen[n] for n in others])
        for name, table in (("none", NOTHING_LEARNED), ("learned", blind)):
            said = judged(own, table)
            print(f"| {author} | {len(own)} | {name} | {said.found:.3f} | {said.offered:.3f} |")


if __name__ == "__main__":
    main()
