"""Judge the resolver of places: what it gets right, asks, misses and takes wrong, and how fast.

    python -m tests.bench.places [SEED]

Right is the right region (all of them, for an area); asked is a question that offers it. The
peer is what one would write first: `rapidfuzz.process.extract` over the same names.
"""

import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from handlers.hearing.places import Places, Reading
from handlers.hearing.plain import keys_of
from store.records import Gazetteer, Place, PlaceKind, Region
from store.seeds.reading import read_gazetteer, read_vocabulary

SEED = 20261123
HERE = Path(__file__).parent
TEMPLATES = (
    "wie dekt {}?",
    "Bij wie moet ik zijn voor {}?",
    "wie is de coördinator voor {}",
    "school in {}, leerling van 14 spijbelt",
    "Ik woon in {}.",
    "contact regio {} aub",
    "het gaat om een gezin uit {}",
    "we verhuizen binnenkort naar {}, wie contacteren we?",
    "wat is er in {} voor kinderen onder 12",
    "qui contacter à {} ?",
    "who covers {}?",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KINDS = {
    PlaceKind.MUNICIPALITY: "municipality",
    PlaceKind.FORMER_MUNICIPALITY: "former municipality",
    PlaceKind.SECTION: "section",
    PlaceKind.HAMLET: "hamlet",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One question.

    Attributes:
        text: What is typed.
        regions: What is right.
        expected: Whether it comes after the command.
    """

    text: str
    regions: frozenset[Region]
    expected: bool


def verdict(reading: Reading, regions: frozenset[Region]) -> str:
    """Say "right", "asked", "none" or "wrong"."""
    found = frozenset(region for one in reading.found for region in one.regions)
    if found:
        return "right" if found == regions else "wrong"
    if reading.question:
        offered = {region for one in reading.question for region in one.regions}
        return "asked" if offered >= regions else "wrong"
    return "wrong" if reading.outside else "none"


def unambiguous(gazetteer: Gazetteer) -> Iterator[tuple[Place, str]]:
    """Give every place with each of its names that stands for one region alone."""
    regions: dict[str, set[Region]] = {}
    for place in gazetteer.places:
        if place.kind is not PlaceKind.NEIGHBOURHOOD:
            for name in (place.name, *place.aliases):
                regions.setdefault("".join(keys_of(name)), set()).add(place.region)
    homonyms = {"".join(keys_of(homonym.name)) for homonym in gazetteer.homonyms}
    for place in gazetteer.places:
        if place.kind is not PlaceKind.NEIGHBOURHOOD:
            for name in (place.name, *place.aliases):
                key = "".join(keys_of(name))
                if key not in homonyms and len(regions[key]) == 1:
                    yield place, name


def edited(name: str, rng: random.Random) -> str:
    """Make one slip in a name: leave out, put in, replace or exchange letters."""
    at = rng.randrange(len(name))
    match rng.randrange(4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + rng.choice(_LETTERS) + name[at:]
        case 2:
            return name[:at] + rng.choice(_LETTERS) + name[at + 1 :]
        case _:
            at = min(at, len(name) - 2)
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def typos(gazetteer: Gazetteer, rng: random.Random, per_name: int) -> tuple[list[Case], int]:
    """Make slips in every municipality and section; leave out those that are another name.

    Returns:
        The cases, and how many slips were left out.
    """
    known = {
        "".join(keys_of(name))
        for record in (*gazetteer.places, *gazetteer.areas, *gazetteer.outside)
        if not (isinstance(record, Place) and record.kind is PlaceKind.NEIGHBOURHOOD)
        for name in (record.name, *record.aliases)
    }
    cases: list[Case] = []
    collisions = 0
    for place, name in unambiguous(gazetteer):
        if name != place.name or place.kind is PlaceKind.HAMLET:
            continue
        for at in range(per_name):
            slip = edited(name.lower(), rng)
            key = "".join(keys_of(slip))
            if key == "".join(keys_of(name)):
                continue
            if key in known:
                collisions += 1
                continue
            expected = at % 2 == 0
            text = slip if expected else rng.choice(TEMPLATES).format(slip)
            cases.append(Case(text, frozenset({place.region}), expected))
    return cases, collisions


def exact(gazetteer: Gazetteer, rng: random.Random) -> Iterator[tuple[str, Case]]:
    """Ask for every name that is not ambiguous, alone and in a sentence."""
    for place, name in unambiguous(gazetteer):
        kind = _KINDS[place.kind] if name == place.name else "alias"
        regions = frozenset({place.region})
        yield f"{kind}, alone", Case(name, regions, expected=True)
        yield f"{kind}, lower case", Case(name.lower(), regions, expected=True)
        text = rng.choice(TEMPLATES).format(name)
        yield f"{kind}, in a sentence", Case(text, regions, expected=False)
        words = keys_of(name)
        if kind == "municipality" and len(words) > 1:
            for blank in ("", " ", "-"):
                yield "blanks and hyphens", Case(blank.join(words), regions, expected=True)
    codes = {code: p.region for p in gazetteer.places for code in p.postcodes}
    for code, region in codes.items():
        yield "postcode, alone", Case(code, frozenset({region}), expected=True)
        text = f"Bij wie moet ik zijn voor {code}?"
        yield "postcode, in a sentence", Case(text, frozenset({region}), expected=False)
    for area in gazetteer.areas:
        if area.kind in {"regio", "streek"} and area.name not in {"Antwerpen", "Brussel"}:
            yield "area", Case(area.name, frozenset(area.regions), expected=True)


def timed(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return the milliseconds that each text takes."""
    took: list[float] = []
    for text in texts:
        start = time.perf_counter()
        work(text)
        took.append((time.perf_counter() - start) * 1000)
    return took


def sentences(path: Path) -> list[str]:
    """Return the lines of a file that are no remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def main() -> None:
    """Print the tables."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    rng = random.Random(seed)
    gazetteer, vocabulary = read_gazetteer(), read_vocabulary()
    start = time.perf_counter()
    places = Places(gazetteer, vocabulary)
    built = time.perf_counter() - start
    places.warm()
    warm = time.perf_counter() - start
    print(f"Places, seed {seed}: built in {built * 1000:.0f} ms, all of it {warm * 1000:.0f} ms\n")
    tally: dict[str, Counter[str]] = {}
    slips, collisions = typos(gazetteer, rng, per_name=8)
    cases = list(exact(gazetteer, rng))
    cases += [(f"one slip, {'alone' if c.expected else 'in a sentence'}", c) for c in slips]
    wrong: list[str] = []
    for name, case in cases:
        said = verdict(places.resolve(case.text, expected=case.expected), case.regions)
        tally.setdefault(name, Counter())[said] += 1
        if said in {"wrong", "none"} and "-v" in sys.argv:
            wrong.append(f"  {said:6} {name}: {case.text}")
    _print_tally(tally)
    _print_judged(places)
    print(f"\nslips that are another name, left out: {collisions}")
    print("\n".join(wrong))
    _print_false(places)
    _print_latency(places, gazetteer, [case.text for _, case in cases if not case.expected], rng)


def _print_tally(tally: dict[str, Counter[str]]) -> None:
    print(f"{'class':36} {'n':>6} {'right':>7} {'asked':>7} {'none':>7} {'wrong':>7}")
    total: Counter[str] = Counter()
    for name, counts in sorted(tally.items()):
        total += counts
        _print_row(name, counts)
    _print_row("all", total)


def _print_row(name: str, counts: Counter[str]) -> None:
    n = counts.total()
    shares = " ".join(f"{counts[s] / n:7.2%}" for s in ("right", "asked", "none", "wrong"))
    print(f"{name:36} {n:6} {shares}")


def _print_false(places: Places) -> None:
    own = HERE.parent / "handlers" / "hearing" / "no_place.txt"
    judged = HERE / "judged" / "places_none.jsonl"
    sets = {"our own": sentences(own)}
    if judged.exists():
        sets["judged"] = [json.loads(line)["text"] for line in sentences(judged)]
    for name, texts in sets.items():
        readings = [(text, places.resolve(text)) for text in texts]
        false = [t for t, r in readings if r.found or r.question or r.outside]
        print(f"sentences without a place, {name}: {len(false)} of {len(texts)} yield one")
        if name == "our own" and "-v" in sys.argv:
            print("\n".join(f"  {text}" for text in false))


def _print_judged(places: Places) -> None:
    """Print how the set of another author goes; its single failures are not to be read."""
    file = HERE / "judged" / "places.jsonl"
    rows = [json.loads(line) for line in sentences(file)] if file.exists() else []
    if not rows:
        return
    counts: Counter[str] = Counter()
    for row in rows:
        reading = places.resolve(row["text"])
        if row.get("outside"):
            here = bool(reading.found or reading.question)
            said = "wrong" if here else "right" if reading.outside else "none"
        else:
            said = verdict(reading, frozenset(map(Region, row["regions"])))
        if row.get("ask"):
            said = {"asked": "right", "right": "wrong"}.get(said, said)
        counts[said] += 1
    _print_row("judged, in a sentence", counts)


def _print_latency(
    places: Places, gazetteer: Gazetteer, texts: Sequence[str], rng: random.Random
) -> None:
    names = [
        name
        for record in (*gazetteer.places, *gazetteer.areas, *gazetteer.outside)
        for name in (record.name, *record.aliases)
    ]
    ours = timed(places.resolve, rng.sample(texts, 3000))
    theirs = timed(lambda text: process.extract(text, names), rng.sample(texts, 40))
    for who, took in (("resolver", ours), ("rapidfuzz.process.extract", theirs)):
        p50, p99 = statistics.median(took), statistics.quantiles(took, n=100)[98]
        print(f"{who:28} p50 {p50:8.3f} ms   p99 {p99:8.3f} ms")
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f"times faster than process.extract over {len(names)} names: {ratio:.0f}")


if __name__ == "__main__":
    main()
