"""Read the names of places from the seed files, and refuse a file with a broken row.

A file is read whole or not at all: every broken row of every file is named in one error, so that
whoever mends them does it in one go.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from store.errors import Fault, SeedBroken
from store.records import (
    Area,
    Gazetteer,
    Homonym,
    Outside,
    Place,
    PlaceKind,
    Provenance,
    Region,
    Vocabulary,
)

FOLDER = Path(__file__).parent

_FILES = ("places", "toponyms", "areas", "homonyms", "outside", "common_words")
_WORDS = "dutch_words.txt"
_POSTCODE_LENGTH = 4

_Record = TypeVar("_Record")
_Value = TypeVar("_Value")


class _Cells:
    """One row: reads its cells, and gathers what is wrong with them."""

    def __init__(self, file: str, line: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self._file = file
        self._line = line
        self._cells = cells
        self._faults = faults

    def text(self, column: str) -> str:
        """Read a text that may not be empty."""
        return self.read(column, _filled, "a text")

    def texts(self, column: str) -> tuple[str, ...]:
        """Read texts with a semicolon between them, perhaps none."""
        return _split(self._cells[column])

    def postcodes(self, column: str) -> tuple[str, ...]:
        """Read postcodes with a semicolon between them, perhaps none."""
        return self.read(column, _postcodes, "postcodes of four digits with '; ' between them")

    def region(self, column: str) -> Region:
        """Read one region."""
        return self.read(column, Region, f"one of {', '.join(Region)}")

    def provenance(self) -> Provenance:
        """Read where the row comes from."""
        as_of = self.read("as_of", date.fromisoformat, "a day such as 2026-11-23")
        return Provenance(self.text("source"), as_of)

    def read(self, column: str, parse: Callable[[str], _Value], expected: str) -> _Value:
        """Read a cell with a function that raises ValueError for what it cannot read.

        Raises:
            _RowBroken: If it cannot be read; the fault is gathered.
        """
        found = self._cells[column]
        try:
            return parse(found)
        except ValueError:
            self._faults.append(Fault(self._file, self._line, column, found, expected))
            raise _RowBroken from None


class _RowBroken(Exception):
    """This row has no record."""


def version() -> str:
    """Return what changes whenever one of the files does."""
    return _version(FOLDER)


def read_gazetteer(folder: Path = FOLDER) -> Gazetteer:
    """Return every name of a place in the seed files of a folder.

    Raises:
        SeedBroken: If rows cannot be read; it names each with line and column.
    """
    faults: list[Fault] = []
    places = [
        *_records(folder / "places.csv", _PLACE, _place, faults),
        *_records(folder / "toponyms.csv", _TOPONYM, _toponym, faults),
    ]
    areas = _records(folder / "areas.csv", _AREA, _area, faults)
    homonyms = _records(folder / "homonyms.csv", _HOMONYM, _homonym, faults)
    outside = _records(folder / "outside.csv", _OUTSIDE, _outside, faults)
    words = _records(folder / "common_words.csv", _WORD, _word, faults)
    if faults:
        raise SeedBroken(faults)
    return Gazetteer(
        places=tuple(places),
        areas=tuple(areas),
        homonyms=tuple(homonyms),
        outside=tuple(outside),
        common_words=frozenset(words),
        version=_version(folder),
    )


def read_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """Return ordinary words and names of persons, which no misspelt place may be taken from.

    In the file a word has a small letter and a name a capital; a line with `#` is a remark.
    """
    text = (folder / _WORDS).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return Vocabulary(
        words=frozenset(line for line in lines if not line[0].isupper()),
        names=frozenset(line for line in lines if line[0].isupper()),
    )


def _version(folder: Path) -> str:
    digest = sha256()
    for name in _FILES:
        digest.update((folder / f"{name}.csv").read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a file lies: its columns, and how many of them make a row unlike the others."""

    columns: tuple[str, ...]
    key: int


_SAID = ("source", "as_of")
_PLACE = _Shape(
    ("name", "kind", "municipality", "region", "postcodes", "aliases", "ended", *_SAID), 3
)
_TOPONYM = _Shape(("name", "municipality", "region", *_SAID), 2)
_AREA = _Shape(("name", "kind", "regions", "municipalities", "aliases", *_SAID), 2)
_HOMONYM = _Shape(("name", "default", "candidates", *_SAID), 1)
_OUTSIDE = _Shape(("name", "country", "aliases", "postcodes", *_SAID), 2)
_WORD = _Shape(("word", *_SAID), 1)


def _records(
    path: Path, shape: _Shape, read: Callable[[_Cells], _Record], faults: list[Fault]
) -> list[_Record]:
    """Read a file; what is wrong with it comes in `faults`."""
    records: list[_Record] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in _rows(path, shape.columns, faults):
        key = tuple(cells[column] for column in shape.columns[: shape.key])
        if key in seen:
            expected = f"no row like line {seen[key]}"
            faults.append(
                Fault(path.name, line, shape.columns[0], cells[shape.columns[0]], expected)
            )
            continue
        seen[key] = line
        try:
            records.append(read(_Cells(path.name, line, cells, faults)))
        except _RowBroken:
            continue
    return records


def _rows(
    path: Path, columns: Sequence[str], faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(Fault(path.name, line, "", f"byte {error.start}", "text in UTF-8"))
        return
    reader = csv.reader(text.splitlines())
    nothing: list[str] = []
    header = next(reader, nothing)
    if header != list(columns):
        faults.append(Fault(path.name, 1, "", ",".join(header), ",".join(columns)))
        return
    for cells in reader:
        if len(cells) == len(columns):
            yield reader.line_num, dict(zip(columns, cells, strict=True))
        else:
            found, expected = f"{len(cells)} columns", f"{len(columns)} columns"
            faults.append(Fault(path.name, reader.line_num, "", found, expected))


def _place(cells: _Cells) -> Place:
    return Place(
        name=cells.text("name"),
        kind=cells.read("kind", PlaceKind, f"one of {', '.join(PlaceKind)}"),
        municipality=cells.text("municipality"),
        region=cells.region("region"),
        postcodes=cells.postcodes("postcodes"),
        aliases=cells.texts("aliases"),
        ended=cells.read("ended", _year, "a year such as 2024, or nothing"),
        provenance=cells.provenance(),
    )


def _toponym(cells: _Cells) -> Place:
    return Place(
        name=cells.text("name"),
        kind=PlaceKind.NEIGHBOURHOOD,
        municipality=cells.text("municipality"),
        region=cells.region("region"),
        postcodes=(),
        aliases=(),
        ended=None,
        provenance=cells.provenance(),
    )


def _area(cells: _Cells) -> Area:
    return Area(
        name=cells.text("name"),
        kind=cells.text("kind"),
        regions=cells.read("regions", _regions, f"one or more of {', '.join(Region)}"),
        municipalities=cells.read("municipalities", _counts, "region:number, or nothing"),
        aliases=cells.texts("aliases"),
        provenance=cells.provenance(),
    )


def _homonym(cells: _Cells) -> Homonym:
    return Homonym(
        name=cells.text("name"),
        default=cells.read("default", _one_of_its_kind, "'name @ municipality', or nothing"),
        candidates=cells.read("candidates", _pairs, "'name @ municipality' with '; ' between"),
        provenance=cells.provenance(),
    )


def _outside(cells: _Cells) -> Outside:
    return Outside(
        name=cells.text("name"),
        aliases=cells.texts("aliases"),
        country=cells.text("country"),
        postcodes=cells.postcodes("postcodes"),
        provenance=cells.provenance(),
    )


def _word(cells: _Cells) -> str:
    cells.provenance()  # read to be checked: every row says where it comes from
    return cells.text("word")


def _filled(cell: str) -> str:
    if not cell.strip():
        raise ValueError(cell)
    return cell.strip()


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, cell.split(";")) if part)


def _postcodes(cell: str) -> tuple[str, ...]:
    codes = _split(cell)
    if any(len(code) != _POSTCODE_LENGTH or not code.isdecimal() for code in codes):
        raise ValueError(cell)
    return codes


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _regions(cell: str) -> tuple[Region, ...]:
    regions = tuple(Region(part) for part in _split(cell))
    if not regions:
        raise ValueError(cell)
    return regions


def _counts(cell: str) -> tuple[tuple[Region, int], ...]:
    pairs = [part.partition(":") for part in _split(cell)]
    return tuple((Region(region), int(count)) for region, _, count in pairs)


def _pairs(cell: str) -> tuple[tuple[str, str], ...]:
    pairs = tuple(_pair(part) for part in _split(cell))
    if not pairs:
        raise ValueError(cell)
    return pairs


def _one_of_its_kind(cell: str) -> tuple[str, str] | None:
    return _pair(cell) if cell else None


def _pair(part: str) -> tuple[str, str]:
    name, at, municipality = part.partition(" @ ")
    if not (name and at and municipality):
        raise ValueError(part)
    return name, municipality
