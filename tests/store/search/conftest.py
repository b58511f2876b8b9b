import csv
from pathlib import Path

import pytest

from store.search.entry import Entry, Level, Status
from store.search.index import Index
from store.search.vocabulary import Vocabulary, read_vocabulary

HERE = Path(__file__).parent
SEED = Path(__file__).parents[3] / "store" / "seeds" / "vocabulary.csv"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _age(text: str) -> float | None:
    return float(text) if text else None


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        id=int(row["id"]),
        name=row["name"],
        kind=row["kind"],
        organisation=row["organisation"],
        description=row["description"],
        tags=_listed(row["tags"]),
        locations=_listed(row["locations"]),
        regions=_listed(row["regions"]),
        levels=tuple(Level(level) for level in _listed(row["levels"])),
        minimum_age=_age(row["minimum_age"]),
        maximum_age=_age(row["maximum_age"]),
        themes=_listed(row["themes"]),
        status=Status(row["status"]),
        not_reached_by_education=bool(row["not_reached"]),
    )


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    with SEED.open(encoding="utf-8", newline="") as file:
        return read_vocabulary(file)


@pytest.fixture(scope="session")
def entries() -> dict[int, Entry]:
    """Some sixty entries as the field writes them; every organisation is invented."""
    with (HERE / "entries.csv").open(encoding="utf-8", newline="") as file:
        rows = [_entry(row) for row in csv.DictReader(file, delimiter=";")]
    return {entry.id: entry for entry in rows}


@pytest.fixture(scope="session")
def index(entries: dict[int, Entry], vocabulary: Vocabulary) -> Index:
    return Index.build(entries.values(), vocabulary, "v1")
