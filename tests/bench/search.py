"""Search quality and speed side by side with peers: `python -m tests.bench.search`.

Entries and questions are generated from a seed (see `search_corpus`), the same for every engine.
Each engine runs in a process of its own, forked from one that holds the entries; memory is what
its resident set grows by. Every question is asked in three passes of which the quickest counts:
the rest of the time belongs to whoever else uses the machine.

Brug is measured twice: built from the entries, and loaded from its file as at a start. It
searches with the vocabulary that it ships and with the synonyms that the corpus calls "listed", as
a steward would have added them; no engine sees the "unlisted" ones.
"""

import argparse
import gc
import json
import multiprocessing
import tempfile
import time
import uuid
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from store.search.entry import Entry
from store.search.index import Index
from store.search.query import Facet, FacetName, Query
from store.search.vocabulary import Term, Vocabulary, read_vocabulary
from tests.bench.search_corpus.corpus import CONCEPTS, generate
from tests.bench.search_corpus.queries import NONSENSE, Asked, ask
from tests.bench.search_peers import Answer, Engine, peers
from tests.peers.postgresql import running_cluster

SEED_FILE = Path(__file__).parents[2] / "store" / "seeds" / "vocabulary.csv"
_LIMIT = 10
_WARM_UP = 40  # questions
_PASSES = 3
_PATIENCE = 240  # seconds for the questions of one engine; a slow one is asked fewer

# What the README promises, from 25,000 entries on.
_PROMISED_AT = 25_000
_MRR, _RECALL, _REFUSED, _OF_TANTIVY, _LOAD = 0.95, 0.96, 0.98, 0.5, 3.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What one engine did.

    Attributes:
        name: The engine.
        answers: Ids for each question that was asked, best first.
        seconds: How long each took.
        build: Seconds until it could answer.
        memory: MB that it took.
    """

    name: str
    answers: list[Answer]
    seconds: list[float]
    build: float
    memory: float


class Brug:
    """The index of the product."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        facets = (Facet(FacetName.REGION, region),) if region else ()
        return [hit.entry_id for hit in self._index.search(Query(text, facets), limit).hits]


def _vocabulary() -> Vocabulary:
    with SEED_FILE.open(encoding="utf-8", newline="") as file:
        shipped = read_vocabulary(file)
    added = tuple(
        Term(concept.name, concept.listed) for concept in CONCEPTS.values() if concept.listed
    )
    return Vocabulary(shipped.terms + added)


def _resident() -> float:
    """Return the resident set of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def _measure(
    name: str, make: Callable[[], Engine], questions: Sequence[Asked], line: Connection
) -> None:
    gc.collect()
    before = _resident()
    begun = time.perf_counter()
    engine = make()
    build = time.perf_counter() - begun
    gc.collect()
    memory = _resident() - before
    gc.freeze()
    for asked in questions[:_WARM_UP]:
        engine.search(asked.text, _region(asked), _LIMIT)
        if time.perf_counter() - begun - build > _PATIENCE / 8:
            break
    answers, seconds = _asked(engine, questions, _PATIENCE)
    if sum(seconds) < _PATIENCE / _PASSES:
        for _ in range(_PASSES - 1):
            _, again = _asked(engine, questions, float("inf"))
            seconds = [min(pair) for pair in zip(seconds, again, strict=True)]
    line.send(Measured(name, answers, seconds, build, memory))


def _asked(
    engine: Engine, questions: Sequence[Asked], patience: float
) -> tuple[list[Answer], list[float]]:
    """Ask all questions, or as many as `patience` seconds allow; return answers and seconds."""
    answers: list[Answer] = []
    seconds: list[float] = []
    total = 0.0
    for asked in questions:
        begun = time.perf_counter()
        answers.append(engine.search(asked.text, _region(asked), _LIMIT))
        seconds.append(time.perf_counter() - begun)
        total += seconds[-1]
        if total > patience:
            break
    return answers, seconds


def _region(asked: Asked) -> str | None:
    return asked.facets[0].value if asked.facets else None


def _in_its_own_process(
    name: str, make: Callable[[], Engine], questions: Sequence[Asked]
) -> Measured | None:
    """Return what an engine did, or None when it failed (its traceback is on stderr)."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_measure, args=(name, make, questions, there))
    child.start()
    there.close()
    try:
        return here.recv()
    except EOFError:
        return None
    finally:
        child.join()


# ---------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over questions of one class or, of these, over classes."""

    first: float
    three: float
    reciprocal: float


def _quality(asked: Asked, answer: Answer) -> Quality:
    if not asked.answers:
        refused = float(not answer)
        return Quality(refused, refused, refused)
    rank = next((i for i, found in enumerate(answer) if found in asked.answers), None)
    if rank is None:
        return Quality(0, 0, 0)
    return Quality(float(rank == 0), float(rank < 3), 1 / (rank + 1))


def _mean(qualities: Sequence[Quality]) -> Quality:
    rows = np.array([(q.first, q.three, q.reciprocal) for q in qualities])
    first, three, reciprocal = rows.mean(0).tolist()
    return Quality(first, three, reciprocal)


def _by_class(questions: Sequence[Asked], measured: Measured) -> dict[str, Quality]:
    grouped: dict[str, list[Quality]] = {}
    for asked, answer in zip(questions, measured.answers, strict=False):
        grouped.setdefault(asked.kind, []).append(_quality(asked, answer))
    return {kind: _mean(qualities) for kind, qualities in grouped.items()}


def _overall(classes: dict[str, Quality]) -> tuple[Quality, float]:
    """Return the means over the classes with an answer, and the share of nonsense refused."""
    answered = [quality for kind, quality in classes.items() if kind not in NONSENSE]
    refused = [quality.first for kind, quality in classes.items() if kind in NONSENSE]
    return _mean(answered), float(np.mean(refused)) if refused else float("nan")


def _p95(measured: Measured) -> float:
    return float(np.percentile(measured.seconds, 95)) * 1e3


# ---------------------------------------------------------------------- tables


def _print_engines(questions: Sequence[Asked], every: Sequence[Measured]) -> None:
    print(f"{'engine':24}  MRR@10  recall@1  recall@3  refused  p50 ms   p95 ms  build s    MB")
    for measured in every:
        quality, refused = _overall(_by_class(questions, measured))
        p50 = float(np.percentile(measured.seconds, 50)) * 1e3
        partly = "" if len(measured.answers) == len(questions) else f" ({len(measured.answers)})"
        print(
            f"{measured.name:24}  {quality.reciprocal:6.3f}  {quality.first:8.3f}  "
            f"{quality.three:8.3f}  {refused:7.3f}  {p50:6.2f}  {_p95(measured):7.2f}  "
            f"{measured.build:7.2f}  {measured.memory:4.0f}{partly}"
        )


def _print_classes(questions: Sequence[Asked], brug: Measured, every: Sequence[Measured]) -> None:
    others = [m for m in every if m is not brug]
    print(f"\n{'class':20}  n    recall@1  recall@3  MRR@10   MRR@10 of the best peer")
    of_others = {m.name: _by_class(questions, m) for m in others}
    for kind, quality in _by_class(questions, brug).items():
        count = sum(asked.kind == kind for asked in questions)
        best = max(
            (
                (classes[kind].reciprocal, name)
                for name, classes in of_others.items()
                if kind in classes
            ),
            default=(float("nan"), ""),
        )
        refused = "  (share refused)" if kind in NONSENSE else ""
        print(
            f"{kind:20}  {count:3}  {quality.first:8.3f}  {quality.three:8.3f}  "
            f"{quality.reciprocal:6.3f}   {best[0]:.3f} {best[1]}{refused}"
        )


def _print_promises(
    questions: Sequence[Asked], built: Measured, loaded: Measured, every: Sequence[Measured]
) -> None:
    quality, refused = _overall(_by_class(questions, built))
    lines = [
        ("MRR@10", quality.reciprocal, _MRR, quality.reciprocal >= _MRR),
        ("recall@3", quality.three, _RECALL, quality.three >= _RECALL),
        ("nonsense refused", refused, _REFUSED, refused >= _REFUSED),
        ("seconds to load", loaded.build, _LOAD, loaded.build <= _LOAD),
    ]
    for peer in every:
        if peer.name.startswith("tantivy"):
            share = _p95(loaded) / _p95(peer)
            lines.append((f"p95 / {peer.name}", share, _OF_TANTIVY, share <= _OF_TANTIVY))
    print()
    for name, value, bar, reached in lines:
        print(f"{name:28} {value:7.3f}   bar {bar:5.2f}   {'reached' if reached else 'MISSED'}")


@contextmanager
def postgresql() -> Generator[str]:
    """Start a server of PostgreSQL, and yield the URL of a database; empty where there is none."""
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster())
        except pytest.skip.Exception:
            yield ""
        else:
            yield cluster.new_database(f"bench_{uuid.uuid4().hex[:12]}")


def run(count: int, seed: int, per_class: int, only: Sequence[str], url: str) -> float:
    """Measure the engines with `count` entries; return the p95 of Brug in ms.

    Args:
        count: How many entries.
        seed: Of the entries; the questions have the next one.
        per_class: How many questions of each class.
        only: The peers to measure; empty = all.
        url: Of a database of PostgreSQL, for its peer; empty for none.
    """
    samples = generate(count, seed)
    questions = ask(samples, per_class, seed + 1)
    entries: list[Entry] = [sample.entry for sample in samples]
    del samples
    vocabulary = _vocabulary()
    builders, absent = peers(count, url)
    print(f"\n{count} entries, {len(questions)} questions, seed {seed}")
    for line in absent:
        print(f"  left out: {line}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.npz"

        def build() -> Engine:
            index = Index.build(entries, vocabulary, "bench")
            index.save(path)
            return Brug(index)

        def load() -> Engine:
            index = Index.load(path, "bench")
            if index is None:
                raise FileNotFoundError(path)
            return Brug(index)

        built = _in_its_own_process("Brug (built, saved)", build, questions)
        loaded = _in_its_own_process("Brug (loaded)", load, questions)
        size = path.stat().st_size / 2**20
    if built is None or loaded is None:
        message = "the product's own search failed"
        raise RuntimeError(message)
    others = [
        _in_its_own_process(name, lambda make=make: make(entries), questions)
        for name, make in builders.items()
        if not only or name in only
    ]
    every = [built, loaded, *(measured for measured in others if measured)]
    _print_engines(questions, every)
    _print_classes(questions, built, [built, *every[2:]])
    if count >= _PROMISED_AT:
        _print_promises(questions, built, loaded, every)
    print(f"file {size:.1f} MB; loaded {loaded.memory * 1024 / count:.2f} kB of memory an entry")
    return _p95(loaded)


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 25_000])
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--per-class", type=int, default=40)
    parser.add_argument("--peers", nargs="+", default=[], help="only these")
    chosen = parser.parse_args()
    with postgresql() as url:
        latencies = {
            count: run(count, chosen.seed, chosen.per_class, chosen.peers, url)
            for count in chosen.entries
        }
    if len(latencies) > 1:
        print(
            "\np95 in ms by entries: " + json.dumps({n: round(v, 2) for n, v in latencies.items()})
        )


if __name__ == "__main__":
    main()
