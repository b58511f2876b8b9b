"""Bytes to rows: CSV of any make, and Excel, within bounds.

Files come from people, so: `;`, `,`, tab or `|`; with and without BOM; CR, LF or CRLF (the school
register of the Flemish government has CR alone); UTF-8, UTF-16 or what old Excels write.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

MOST_BYTES = 200_000_000
"""A file, and what a zipped one unfolds to. 100,000 entries are some 60 MB."""

MOST_ROWS = 250_000
_MOST_RATIO = 200
"""How far a sheet may unfold; deflated XML stays below 30."""

_MOST_COLUMNS = 200
_TITLE_ROWS = 10
"""Rows above the header that may hold a title."""

_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_NO_CELLS: frozenset[tuple[int, int]] = frozenset()
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_QUOTED = re.compile(r'"[^"]*"')
_DELIMITERS = ";,\t|"


class Unreadable(Exception):
    """A file that cannot be read at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet.

    Attributes:
        number: The line in the file, or the row in the sheet, counted from 1.
        cells: As text, in the order of the header.
        faults: What is wrong with a cell before anybody knows what it means, by column.
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a header.

    Attributes:
        header: The names of the columns, as they stand there.
        lines: The rows beneath, empty ones left out.
    """

    header: tuple[str, ...]
    lines: Sequence[Line]


def read_sheet(path: Path, is_header: Callable[[Sequence[str]], bool]) -> Sheet:
    """Read a CSV or XLSX file.

    Args:
        path: The file.
        is_header: Whether a row is the header; rows above it are titles.

    Raises:
        Unreadable: It is no such file, too large, or has no header.
        OSError: It cannot be opened.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} is groter dan {MOST_BYTES // 1_000_000} MB. Splits het.")
    if not path.stat().st_size:
        raise Unreadable(f"{path.name} is leeg.")
    if zipfile.is_zipfile(path):
        return _sheet(path, _excel_rows(path), is_header)
    raw = path.read_bytes()
    if raw.startswith(_OLD_EXCEL):
        raise Unreadable(f"{path.name} is van een oude Excel. Bewaar het als .xlsx.")
    if raw.startswith(b"PK") or path.suffix.lower() in {".xlsx", ".zip"}:
        raise Unreadable(f"{path.name} is beschadigd. Bewaar het opnieuw.")
    return _sheet(path, csv_rows(decoded(raw), path.name), is_header)


def decoded(raw: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16 with a BOM, else Windows-1252 or Latin-1."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def csv_rows(text: str, name: str) -> Iterator[Line]:
    """Read the rows of a CSV, with the line on which each begins.

    Raises:
        Unreadable: A quote is never closed, say.
    """
    delimiter = _delimiter(text)
    if text.count('"') % 2:
        _check_quotes(text, name, delimiter)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for row in reader:
            yield Line(begins, tuple(_cleaned(cell) for cell in row[:_MOST_COLUMNS]))
            begins = reader.line_num + 1
    except csv.Error as fault:
        message = f'{name}, regel {begins}: geen leesbare CSV ({fault}). Staat er een losse "?'
        raise Unreadable(message) from None


def _check_quotes(text: str, name: str, delimiter: str) -> None:
    """Refuse a text in which a quote is never closed: all that follows would be one cell.

    Raises:
        Unreadable: It is so; the line is named on which that cell begins.
    """
    begins = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in reader:
            begins = reader.line_num + 1
    except csv.Error as fault:
        if "end of data" in str(fault):
            message = f'{name}, regel {begins}: een " die niet gesloten wordt. Sluit of schrap ze.'
            raise Unreadable(message) from None


def check_zip(path: Path) -> None:
    """Refuse a zip that unfolds to far more than it should.

    Raises:
        Unreadable: It does, or it is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unfolded = sum(one.file_size for one in archive.infolist())
            packed = sum(one.compress_size for one in archive.infolist())
    except (zipfile.BadZipFile, OSError) as fault:
        raise Unreadable(f"{path.name} is beschadigd. Bewaar het opnieuw.") from fault
    if unfolded > MOST_BYTES or unfolded > _MOST_RATIO * max(packed, 4096):
        raise Unreadable(
            f"{path.name} wordt uitgepakt veel te groot ({unfolded // 1_000_000} MB). "
            "Bewaar het blad opnieuw, of als CSV."
        )


def _sheet(path: Path, rows: Iterable[Line], is_header: Callable[[Sequence[str]], bool]) -> Sheet:
    found = iter(rows)
    for number, line in enumerate(found):
        if is_header(line.cells):
            lines = [one for one in found if any(cell.strip() for cell in one.cells) or one.faults]
            if len(lines) > MOST_ROWS:
                raise Unreadable(f"{path.name} heeft meer dan {MOST_ROWS} rijen. Splits het.")
            return Sheet(line.cells, lines)
        if number >= _TITLE_ROWS:
            break
    raise Unreadable(
        f"{path.name}: geen kolom “naam” (of “name”) in de eerste {_TITLE_ROWS} rijen. "
        "Zet de namen van de kolommen in de eerste rij."
    )


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(_DELIMITERS, key=lambda one: (bare.count(one), -_DELIMITERS.index(one)))


def _excel_rows(path: Path) -> Iterator[Line]:
    check_zip(path)
    # Measured: openpyxl costs 0.2 s of a start, and few commands read a workbook.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as fault:
        raise Unreadable(
            f"{path.name} is geen leesbaar Excelblad. Bewaar het als .xlsx."
        ) from fault
    try:
        sheet: Any = workbook.worksheets[0]
        part = _sheet_part(path, getattr(sheet, "_worksheet_path", ""))
        merged = _merged(part)
        unsaved = _formulas(path) if b"<f>" in part or b"<f " in part else _NO_CELLS
        above: dict[tuple[int, int], str] = {}
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS), 1):
            cells = [_cell(value) for value in row]
            for column in range(len(cells)):
                first = merged.get((number, column))
                if first is None:
                    continue
                if first == (number, column):
                    above[first] = cells[column]
                else:
                    cells[column] = above.get(first, "")
            faults = tuple(
                (column, "een waarde; dit is een formule die nooit berekend werd")
                for column in range(len(cells))
                if (number, column) in unsaved and not cells[column]
            )
            yield Line(number, tuple(cells), faults)
    finally:
        workbook.close()


def _sheet_part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        part = name if name in names else "xl/worksheets/sheet1.xml"
        return archive.read(part) if part in names else b""


def _merged(part: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each merged cell (row from 1, column from 0) the one that holds its text.

    Whoever merges three cells under "organisatie" means that all three rows have it.
    """
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for match in _MERGED.finditer(part):
        left, top, right, bottom = match.groups()
        columns = range(_column(left), min(_column(right) + 1, _MOST_COLUMNS))
        rows = range(int(top), min(int(bottom), int(top) + MOST_ROWS) + 1)
        if len(found) + len(columns) * len(rows) > MOST_ROWS:
            break
        # A title across the sheet is no value of each column.
        across = len(columns) > 1
        for row in rows:
            for column in columns:
                if not across or column == columns[0]:
                    found[row, column] = (int(top), columns[0])
    return found


def _formulas(path: Path) -> frozenset[tuple[int, int]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    workbook = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        sheet: Any = workbook.worksheets[0]
        return frozenset(
            (number, column)
            for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1)
            for column, cell in enumerate(row)
            if cell.data_type == "f"
        )
    finally:
        workbook.close()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            midnight = not (value.hour or value.minute)
            return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case _:
            return _cleaned(str(value))


def _cleaned(text: str) -> str:
    """Return a cell without what no database keeps, and without our own guard against formulas."""
    text = _CONTROL.sub("", text).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text
