"""A directory that somebody else kept: imported from a CSV, asked through `brug search --batch`.

`python -m tests.bench.elsewhere`. The corpus of `search_corpus` is the one that the ranking was
tuned on; this one has other words and other habits: names of municipalities inside names,
organisations called after ordinary words and places, descriptions of a hundred words, themes and
kinds that Brug does not know, ages and years in names. It goes through the doors that a stranger
would use: `brug import FILE --apply`, `brug search --batch`. An answer counts by `external_id`.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.search.dutch import fold
from tests.bench.search_corpus.elsewhere import COLUMNS, Row, corpus

NONSENSE = ("letters", "foreign", "letters in a place")
"""Classes that must find nothing."""

_FOREIGN = (
    "offerte dakisolatie aanvragen;vlucht naar lissabon boeken;recept tiramisu zonder ei;"
    "banden wisselen auto;koers van de dollar;wachtwoord vergeten mailbox;tweedehands piano kopen;"
    "uitslag wielerwedstrijd zondag;warmtepomp subsidie;hypotheek berekenen;laptop is trager;"
    "hoe oud wordt een schildpad;beste camping toscane;kapper zonder afspraak;sudoku oplossing;"
    "belastingbrief invullen;hond laten castreren;parketvloer schuren;beursgang telecombedrijf;"
    "printer drukt strepen;ticket festival doorverkopen;zwangerschapsyoga pasta;"
    "vaatwasser lekt onderaan;lotto trekking woensdag;satelliet schotel richten"
)
_KEYS = {"a": "qzs", "e": "zr", "i": "uo", "o": "ip", "n": "bm", "s": "qd", "r": "et", "t": "ry"}
_MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its class, what is typed, and the ids that answer it."""

    kind: str
    text: str
    answers: frozenset[str]


class Asker:
    """Makes questions whose answers follow from what the rows are made of."""

    def __init__(self, rows: Sequence[Row], seed: int) -> None:
        """Ask about these rows."""
        self.draw = random.Random(seed)
        self.rows = rows
        self.by_name: defaultdict[str, list[Row]] = defaultdict(list)
        self.by_coin: defaultdict[str, list[Row]] = defaultdict(list)
        self.by_service: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
        self.by_term: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            self.by_name[row.cells[1]].append(row)
            self.by_coin[row.coin].append(row)
            self.by_service[row.first[0], row.second, row.place].append(row)
            self.by_term[row.term.term, row.place].append(row)

    def questions(self, per_class: int) -> list[Asked]:
        """Return so many of each class."""
        makers: dict[str, Callable[[Row], tuple[str, Iterable[Row]] | None]] = {
            "whole name": lambda row: (row.cells[1], self.by_name[row.cells[1]]),
            "exact": self.base,
            "one typo": lambda row: self.changed(row, [self.typo]),
            "two typos": lambda row: self.changed(row, [self.typo, self.typo]),
            "transposition": lambda row: self.changed(row, [self.transposed]),
            "diacritic": self.without_diacritics,
            "split compound": self.split,
            "joined compound": self.joined,
            "abbreviation": lambda row: self.named_otherwise(row, short=True),
            "synonym": lambda row: self.named_otherwise(row, short=False),
            "word order": self.shuffled,
            "prefix": self.cut,
            "sentence": self.sentence,
        }
        made: list[Asked] = []
        for kind, make in makers.items():
            found: dict[str, Asked] = {}
            for _ in range(40_000):
                if len(found) == per_class:
                    break
                one = make(self.draw.choice(self.rows))
                if one is None:
                    continue
                text, rows = one
                answers = frozenset(row.id for row in rows)
                if 1 <= len(answers) <= _MOST_ANSWERS:
                    text = text.lower() if self.draw.random() < 0.7 else text
                    found.setdefault(text.lower(), Asked(kind, text, answers))
            made += found.values()
        return made + self.nonsense(per_class)

    def base(self, row: Row) -> tuple[str, Iterable[Row]] | None:
        """Ask for an entry by what people remember of it."""
        kind = self.draw.random()
        service = self.service(row)
        if kind < 0.5:
            found = [one for one in self.by_coin[row.coin] if self.same_service(one, row)]
            text = f"{service} {row.coin}"
            if len(found) > 1:
                found = [one for one in found if one.place == row.place]
                text += f" {row.place}"
            return text, found
        if kind < 0.75:
            return f"{service} {row.place}", self.by_service[row.first[0], row.second, row.place]
        found = [one for one in self.by_coin[row.coin] if one.place == row.place]
        return f"{row.coin} {row.place}", found

    def service(self, row: Row) -> str:
        """Return the service as the row says it."""
        stem, linking, apart = row.first
        return stem + linking + row.second if row.joined else f"{row.second} {apart}"

    def same_service(self, one: Row, other: Row) -> bool:
        """Return whether two rows offer the same."""
        return (one.first, one.second) == (other.first, other.second)

    def changed(
        self, row: Row, changes: Sequence[Callable[[str], str]]
    ) -> tuple[str, Iterable[Row]] | None:
        """Ask with a word or two changed."""
        base = self.base(row)
        if base is None:
            return None
        words = base[0].split()
        long_enough = [i for i, word in enumerate(words) if len(word) >= 6]
        if not long_enough:
            return None
        for change in changes:
            at = self.draw.choice(long_enough)
            words[at] = change(words[at].lower())
        text = " ".join(words)
        return (text, base[1]) if fold(text) != fold(base[0]) else None

    def typo(self, word: str) -> str:
        """Return a word with a letter changed, left out, doubled or added."""
        at = self.draw.randrange(len(word))
        letter = self.draw.choice(_KEYS.get(word[at], "aeinort"))
        return self.draw.choice(
            (
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + letter + word[at:],
            )
        )

    def transposed(self, word: str) -> str:
        """Return a word with two neighbouring letters swapped."""
        at = self.draw.randrange(len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def without_diacritics(self, row: Row) -> tuple[str, Iterable[Row]] | None:
        """Ask without the accents."""
        base = self.base(row)
        if base is None or fold(base[0]) == base[0].lower():
            return None
        return fold(base[0]), base[1]

    def split(self, row: Row) -> tuple[str, Iterable[Row]] | None:
        """Ask with the halves of the compound apart."""
        if not row.joined:
            return None
        stem, linking, apart = row.first
        said = self.draw.choice(
            (f"{stem + linking} {row.second}", f"{row.second} {apart}", f"{stem} {row.second}")
        )
        return self.of_service(row, said)

    def joined(self, row: Row) -> tuple[str, Iterable[Row]] | None:
        """Ask with the halves as one word."""
        stem, linking, _ = row.first
        return None if row.joined else self.of_service(row, stem + linking + row.second)

    def of_service(self, row: Row, said: str) -> tuple[str, Iterable[Row]]:
        """Ask for a service said so, at an organisation or in a place."""
        if self.draw.random() < 0.5:
            found = [one for one in self.by_coin[row.coin] if self.same_service(one, row)]
            return f"{said} {row.coin}", found
        return f"{said} {row.place}", self.by_service[row.first[0], row.second, row.place]

    def named_otherwise(self, row: Row, *, short: bool) -> tuple[str, Iterable[Row]] | None:
        """Ask for a theme by another of its names."""
        names = [name for name in row.term.names if fold(name) != fold(row.said)]
        names = [name for name in names if (name.isupper() and len(name) < 7) is short]
        if short and not names:
            return None
        if not names:
            return None
        name = self.draw.choice(names)
        if self.draw.random() < 0.5:
            found = [one for one in self.by_coin[row.coin] if one.term.term == row.term.term]
            return f"{name} {row.coin}", found
        return f"{name} {row.place}", self.by_term[row.term.term, row.place]

    def shuffled(self, row: Row) -> tuple[str, Iterable[Row]] | None:
        """Ask with the words in another order."""
        base = self.base(row)
        if base is None or row.place.count(" ") or len(base[0].split()) < 2:
            return None
        words = base[0].split()
        self.draw.shuffle(words)
        text = " ".join(words)
        return (text, base[1]) if text != base[0] else None

    def cut(self, row: Row) -> tuple[str, Iterable[Row]] | None:
        """Ask with the last word not typed to its end."""
        base = self.base(row)
        if base is None or len(base[0].split()[-1]) < 8:
            return None
        *words, last = base[0].split()
        return " ".join([*words, last[: max(5, int(len(last) * 0.7))]]), base[1]

    def sentence(self, row: Row) -> tuple[str, Iterable[Row]] | None:
        """Ask in a sentence."""
        shape = self.draw.choice(
            (
                "Ik ben op zoek naar {x} in {g}.",
                "Kan iemand mij zeggen of er {x} bestaat in {g}?",
                "Wij zoeken voor een leerling {x}, liefst in {g}",
                "heeft {g} ook {x}",
            )
        )
        text = shape.format(x=self.service(row), g=row.place)
        return text, self.by_service[row.first[0], row.second, row.place]

    def nonsense(self, per_class: int) -> list[Asked]:
        """Return questions that nothing answers."""

        def letters() -> str:
            return "".join(
                self.draw.choice("bcdfghjklmnpqrstvwxz") for _ in range(self.draw.randint(6, 10))
            )

        def keys() -> str:
            return "".join(
                self.draw.choice("qxzjwyvk") + self.draw.choice("aeiou") for _ in range(4)
            )

        made = [
            Asked("letters", self.draw.choice((letters, keys))(), frozenset())
            for _ in range(per_class)
        ]
        made += [Asked("foreign", text, frozenset()) for text in _FOREIGN.split(";")]
        made += [
            Asked(
                "letters in a place",
                f"{letters()} {self.draw.choice(self.rows).place}",
                frozenset(),
            )
            for _ in range(per_class)
        ]
        return made


def main() -> None:
    """Make the corpus, import it, ask, and print the figures by class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=25_000)
    parser.add_argument("--seed", type=int, default=404)
    parser.add_argument("--per-class", type=int, default=40)
    parser.add_argument("--misses", type=int, default=0, help="print so many of each class")
    parser.add_argument("--home", type=Path, help="keep the database here, for another look")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(chosen, chosen.home or Path(folder))


def measure(chosen: argparse.Namespace, home: Path) -> None:
    """Do it in this folder."""
    rows = corpus(chosen.entries, chosen.seed)
    questions = Asker(rows, chosen.seed + 1).questions(chosen.per_class)
    brug = [sys.executable, "-m", "bot"]
    environment = {**os.environ, "BRUG_HOME": str(home), "BRUG_DEMONSTRATION": "false"}
    if not (home / "brug.db").exists():
        home.mkdir(parents=True, exist_ok=True)
        file = home / "elsewhere.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerow(COLUMNS.split(";"))
            writer.writerows(row.cells for row in rows)
        begun = time.perf_counter()
        done = subprocess.run(
            [*brug, "import", str(file), "--apply"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        print(
            done.stdout.splitlines()[0],
            f"({time.perf_counter() - begun:.1f} s)",
            done.stderr[-300:],
        )
    asked = "\n".join(json.dumps({"text": one.text}) for one in questions)
    begun = time.perf_counter()
    answered = subprocess.run(
        [*brug, "search", "--batch", "-"],
        env=environment,
        input=asked,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - begun
    print(f"{len(questions)} questions in {seconds:.1f} s", answered.stderr[-300:])
    table: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    shown: defaultdict[str, int] = defaultdict(int)
    for one, line in zip(questions, answered.stdout.splitlines(), strict=True):
        data = json.loads(line)["data"]
        found = [result["external_id"] for result in data["results"]]
        rank = next((i for i, number in enumerate(found, 1) if number in one.answers), 0)
        if one.answers:
            table[one.kind].append((float(0 < rank <= 3), 1 / rank if rank else 0.0))
            missed = not 0 < rank <= 3
        else:
            table[one.kind].append((float(not data["total"]), float(not data["total"])))
            missed = bool(data["total"])
        if missed and shown[one.kind] < chosen.misses:
            shown[one.kind] += 1
            facets = [f"{f['name']}={f['value']}" for f in data["facets"]]
            first = data["results"][0]["name"] if data["results"] else "-"
            wanted = next((row.cells[1] for row in rows if row.id in one.answers), "-")
            print(f"  {one.kind}: “{one.text}” rank {rank} words “{data['words']}” {facets}")
            print(f"      got “{first}”, wanted “{wanted}”")
    answers = {kind: done for kind, done in table.items() if kind not in NONSENSE}
    for kind, done in table.items():
        three, reciprocal = (sum(column) / len(done) for column in zip(*done, strict=True))
        print(f"{kind:20} {len(done):4}  {three:.3f}  {reciprocal:.3f}")
    three = sum(sum(t for t, _ in done) / len(done) for done in answers.values()) / len(answers)
    mrr = sum(sum(r for _, r in done) / len(done) for done in answers.values()) / len(answers)
    refused = sum(sum(t for t, _ in table[kind]) / len(table[kind]) for kind in NONSENSE) / len(
        NONSENSE
    )
    print(
        f"recall@3 {three:.3f} (bar .96), MRR {mrr:.3f} (bar .95), refused {refused:.3f} (bar .98)"
    )


if __name__ == "__main__":
    main()
