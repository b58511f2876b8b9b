"""Which feature is meant? The arbiter on frozen phrasings, beside a baseline.

The judged sets were written apart from the rules, by authors who saw neither them nor the
phrasings that the weights were learned from; a text that stands in both is left out. The baseline
learned from the same: TF-IDF over pieces of words, and logistic regression.
"""

import importlib
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bot.assistant import Assistant, Call
from handlers import FEATURES
from handlers.actors import Caller
from handlers.arbiter import CLEAR, choose
from handlers.hearing.places import Places
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.speech.answer import Answer, Kind
from handlers.speech.form import Form
from store import open_store, seed, upgrade
from store.seeds.reading import read_gazetteer, read_vocabulary
from tests.handlers.hearing.learn import people, phrasings

JUDGED = Path(__file__).parent / "judged"
SETS = {
    "first": JUDGED / "phrasings.jsonl",
    "second": JUDGED / "second" / "phrasings.jsonl",
    "third": JUDGED / "third" / "phrasings.jsonl",
}
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A judged text.

    Attributes:
        text: What somebody types.
        language: nl, fr or en.
        features: Those that are right.
        regions: Which regions it names, as slugs.
    """

    text: str
    language: str
    features: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a listener made of a text: a feature, and whether it was sure enough not to ask."""

    feature: str
    sure: bool


def wanted(path: Path) -> list[Wanted]:
    """Return the judged texts that nothing was learned from."""
    known = {fold(one.text) for one in phrasings()}
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Wanted(
            row["text"],
            row["language"],
            frozenset({row["feature"], *row.get("also", ())}),
            frozenset(row["regions"]),
        )
        for row in rows
        if not fold(row["text"]) or fold(row["text"]) not in known
    ]


def arbiter() -> Callable[[str], Said]:
    """Return Brug's own listener."""
    places, known = Places(read_gazetteer(), read_vocabulary()), people()

    def listen(text: str) -> Said:
        choice = choose(Sentence(text, places, known), FEATURES)
        if choice.best is None:
            return Said("unknown", sure=False)
        return Said(choice.best.feature.name, sure=not choice.close)

    return listen


def baseline() -> Callable[[str], Said]:
    """Return TF-IDF over pieces of words with logistic regression, learned from the same."""
    rows = phrasings()
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    linear: Any = importlib.import_module("sklearn.linear_model")
    pieces: Any = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    learned: Any = linear.LogisticRegression(C=30, max_iter=300)
    learned.fit(pieces.fit_transform([row.text for row in rows]), [row.feature for row in rows])

    def listen(said: str) -> Said:
        chances = learned.predict_proba(pieces.transform([said]))[0]
        at = int(np.argmax(chances))
        feature = str(learned.classes_[at])
        return Said(feature, sure=bool(chances[at] >= CLEAR) and feature != "unknown")

    return listen


def intents_table(name: str, rows: Sequence[Wanted]) -> None:
    """Print right, wrong and sure, and the time of a sentence, for both listeners."""
    print(f"### {name}: {len(rows)} texts\n")
    print("| listener | right | wrong and sure | p50 ms | p99 ms |")
    print("|---|---|---|---|---|")
    by_feature: Counter[tuple[str, bool]] = Counter()
    for label, make in (("Brug", arbiter), ("TF-IDF + logistic regression", baseline)):
        listen = make()
        listen(rows[0].text)
        right = confident = 0
        times: list[float] = []
        for row in rows:
            begun = time.perf_counter()
            said = listen(row.text)
            times.append((time.perf_counter() - begun) * 1000)
            good = said.feature in row.features
            right += good
            confident += said.sure and not good
            if label == "Brug":
                by_feature[min(row.features), good] += 1
        p50, p99 = np.percentile(times, (50, 99))
        shares = f"{right / len(rows):.1%} | {confident / len(rows):.1%}"
        print(f"| {label} | {shares} | {p50:.2f} | {p99:.2f} |")
    print("\nBrug, by feature: ", end="")
    names = sorted({name for name, _ in by_feature})
    print(
        ", ".join(
            f"{name} {by_feature[name, True]}/{by_feature[name, True] + by_feature[name, False]}"
            for name in names
        )
    )


def answers_table(rows: Sequence[Wanted]) -> None:
    """Print what whole answers are worth: the feature in the answer, and the regions it read."""
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/brug.db")
        upgrade(store)
        seed(store, NOW)
        assistant = Assistant(store, FEATURES, lambda: NOW)
        right = asked = slots = slotted = 0
        for number, row in enumerate(rows):
            caller = Caller("console", "", f"bench-{number}")
            said = assistant.answer(Call(row.text, caller, row.language))
            right += said.feature in row.features
            asked += isinstance(said, Answer) and said.kind is Kind.QUESTION
            if row.regions and (regions := _regions(said)) is not None:
                slotted += 1
                slots += regions == row.regions
        store.close()
    print("\n| whole answers | right feature | asked back | regions right, where it gives them |")
    print("|---|---|---|---|")
    print(
        f"| {len(rows)} | {right / len(rows):.1%} | {asked} | {slots}/{slotted}"
        f" ({slots / max(slotted, 1):.1%}) |"
    )


def _regions(said: Answer | Form) -> frozenset[str] | None:
    data: Mapping[str, Any] = said.data if isinstance(said, Answer) else {}
    found = data.get("regions")
    return frozenset(found) if found else None


def main() -> None:
    """Print the tables."""
    for name, path in SETS.items():
        if not path.exists():
            continue
        rows = wanted(path)
        intents_table(name, rows)
        answers_table(rows)
        print()


if __name__ == "__main__":
    main()
