"""Places, people and the guard, judged by texts written apart from the rules (`judged/`).

Right or asked: the answer names the right regions, or Brug asks. Wrong: it names another region
with confidence, which is the worst outcome. The sets are frozen: nobody tunes to a sentence.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.assistant import Assistant, Call
from bot.wiring import clock
from handlers import FEATURES
from handlers.actors import Caller
from handlers.hearing.places import Places
from handlers.speech.answer import Answer
from store import open_store, seed, upgrade
from store.privacy import Verdict, inspect
from store.seeds.reading import read_gazetteer, read_vocabulary

JUDGED = Path(__file__).parent / "judged"
SETS = {"first": JUDGED} | {name: JUDGED / name for name in ("second", "third", "fourth")}
"""Not every author wrote of everything; a table is printed where there are texts for it."""


def rows(name: str, folder: Path = JUDGED) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a judged set."""
    with (folder / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def outcome(row: Mapping[str, Any], places: Places) -> str:
    """Return right, asked, silent or wrong for one question with a place."""
    reading = places.resolve(row["text"])
    regions = {region.value for found in reading.found for region in found.regions}
    if row.get("outside"):
        found = "right" if reading.outside else "silent"
        return "wrong" if regions else found
    if regions:
        right = (
            bool(regions & set(row["regions"]))
            if row.get("ask")
            else (regions == set(row["regions"]))
        )
        return "right" if right else "wrong"
    return "asked" if reading.question else "silent"


def places_table(places: Places, folder: Path) -> None:
    """Print how questions with a place come out, by class."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows("places.jsonl", folder):
        for name in (row["class"], "all"):
            counts[name, outcome(row, places)] += 1
    print("| class | questions | right | asked | silent | wrong |")
    print("|---|---|---|---|---|---|")
    for name in sorted({name for name, _ in counts}, key=lambda name: (name == "all", name)):
        four = [counts[name, kind] for kind in ("right", "asked", "silent", "wrong")]
        print(f"| {name} | {sum(four)} | {' | '.join(map(str, four))} |")


def silence_table(places: Places, folder: Path) -> None:
    """Print how many sentences without a place yield one."""
    texts = [row["text"] for row in rows("places_none.jsonl", folder)]
    readings = [places.resolve(text) for text in texts]
    named = sum(bool(r.found or r.question or r.outside) for r in readings)
    print("\n| sentences without a place | that yield one | share |")
    print("|---|---|---|")
    print(f"| {len(texts)} | {named} | {named / len(texts):.1%} |")


def people_table(folder: Path) -> None:
    """Print how many whole questions get exactly the right people."""
    with TemporaryDirectory() as home:
        store = open_store(f"sqlite:///{home}/brug.db")
        upgrade(store)
        seed(store, clock())
        assistant = Assistant(store, FEATURES, clock)
        right = total = 0
        for number, row in enumerate(rows("coverage_answers.jsonl", folder)):
            said = assistant.answer(Call(row["text"], Caller("console", "", f"bench-{number}")))
            if isinstance(said, Answer):
                people: list[dict[str, str]] = json.loads(json.dumps(said.data)).get("people", [])
                same = {p["email"].lower() for p in people} == {
                    mail.lower() for mail in row["emails"]
                }
                right += said.kind.value == row["kind"] and (row["kind"] != "answer" or same)
            total += 1
        store.close()
    print("\n| whole questions | right people, question or refusal |")
    print("|---|---|")
    print(f"| {total} | {right} |")


def guard_table(folder: Path) -> None:
    """Print what the guard notices in texts that nobody tuned it to, by kind."""
    noticed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows("guard.jsonl", folder):
        kind = row["kind"] if row["personal"] else "clean (false alarms)"
        total[kind] += 1
        noticed[kind] += inspect(row["text"]).verdict is not Verdict.PASS
    print("\n| texts | number | noticed |")
    print("|---|---|---|")
    for kind in sorted(total):
        print(f"| {kind} | {total[kind]} | {noticed[kind] / total[kind]:.0%} |")


def main() -> None:
    """Print the tables."""
    places = Places(read_gazetteer(), read_vocabulary())
    for name, folder in SETS.items():
        print(f"\n### {name} sets\n")
        if (folder / "places.jsonl").is_file():
            places_table(places, folder)
        silence_table(places, folder)
        if (folder / "coverage_answers.jsonl").is_file():
            people_table(folder)
        if (folder / "guard.jsonl").is_file():
            guard_table(folder)


if __name__ == "__main__":
    main()
