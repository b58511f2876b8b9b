"""Read the rows of a seed file, and gather everything that is wrong with them.

A file is read whole or not at all: whoever reads it raises `SeedBroken` with every fault, so that
all of them are mended in one go.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from store.errors import Fault
from store.records import Provenance, Region

_POSTCODE_LENGTH = 4

_Record = TypeVar("_Record")
_Value = TypeVar("_Value")


class Cells:
    """One row: reads its cells, and gathers what is wrong with them."""

    def __init__(self, file: str, line: int, cells: dict[str, str], faults: list[Fault]) -> None:
        """Take the cells by column; `faults` is what all rows add to."""
        self._file = file
        self._line = line
        self._cells = cells
        self._faults = faults

    def text(self, column: str) -> str:
        """Read a text that may not be empty."""
        return self.read(column, _filled, "a text")

    def texts(self, column: str) -> tuple[str, ...]:
        """Read texts with a semicolon between them, perhaps none."""
        return split(self._cells[column])

    def postcodes(self, column: str) -> tuple[str, ...]:
        """Read postcodes with a semicolon between them, perhaps none."""
        return self.read(column, _postcodes, "postcodes of four digits with '; ' between them")

    def day(self, column: str) -> date | None:
        """Read a day; None where nothing stands."""
        return self.read(column, _day, "a day such as 2026-11-23, or nothing")

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
            RowBroken: If it cannot be read; the fault is gathered.
        """
        found = self._cells[column]
        try:
            return parse(found)
        except ValueError:
            self._faults.append(Fault(self._file, self._line, column, found, expected))
            raise RowBroken from None


class RowBroken(Exception):
    """This row has no record."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file lies.

    Attributes:
        columns: Their names, in order.
        key: How many of them, from the first, make a row unlike the others.
    """

    columns: tuple[str, ...]
    key: int


def records(
    path: Path, shape: Shape, read: Callable[[Cells], _Record], faults: list[Fault]
) -> list[_Record]:
    """Return the record of every row that can be read.

    Args:
        path: The file.
        shape: How it lies.
        read: Makes a record of a row; it may raise what `Cells.read` raises.
        faults: What is wrong with the file is added to it.
    """
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
            records.append(read(Cells(path.name, line, cells, faults)))
        except RowBroken:
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


def _filled(cell: str) -> str:
    if not cell.strip():
        raise ValueError(cell)
    return cell.strip()


def split(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell, with a semicolon between them; perhaps none."""
    return tuple(part for part in map(str.strip, cell.split(";")) if part)


def _postcodes(cell: str) -> tuple[str, ...]:
    codes = split(cell)
    if any(len(code) != _POSTCODE_LENGTH or not code.isdecimal() for code in codes):
        raise ValueError(cell)
    return codes


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
