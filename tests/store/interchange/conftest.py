"""A reader of sheets, with the words and places of Flanders."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from store.glossary import VOCABULARY
from store.interchange.reading import Reader, Reading
from store.search.vocabulary import read_vocabulary
from store.seeds.reading import read_gazetteer


@pytest.fixture(scope="session")
def reader() -> Reader:
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        return Reader(read_gazetteer(), read_vocabulary(lines))


@pytest.fixture
def read(reader: Reader, tmp_path: Path) -> Callable[[str | bytes], Reading]:
    def of(text: str | bytes) -> Reading:
        file = tmp_path / "aanbod.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader.read(file, source="aanbod.csv", as_of=date(2026, 11, 23))

    return of
