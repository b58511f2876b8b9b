"""A file to entries, and every wrong row by line, column and cure. Nothing is written here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from store.directory import Detail, Offering, OfferingKind
from store.interchange import cells
from store.interchange.cells import Regions, Themes
from store.interchange.columns import DETAILS, field_of, is_header
from store.interchange.hsds import is_package, read_package
from store.interchange.sheets import Line, Sheet, Unreadable, read_sheet
from store.records import Gazetteer, Provenance
from store.search.entry import Status
from store.search.vocabulary import Vocabulary

LONGEST_NAME = 300
_LONGEST_TEXT = 20_000
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be read.

    Attributes:
        line: Where, counted from 1.
        column: The name of the column as the file has it; empty when the row is meant.
        found: What stands there.
        expected: What should stand there: the cure.
    """

    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Say it in one line, for who mends the file."""
        where = f"kolom {self.column}" if self.column else "deze rij"
        found = f"“{self.found[:60]}”" if self.found else "niets"
        return f"regel {self.line}, {where}: {found}; verwacht: {self.expected}"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row that can be imported.

    Attributes:
        line: Where it stands in the file.
        offering: What it says.
        given: The fields that it says something about; the others are left as they are.
    """

    line: int
    offering: Offering
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class WrongRow:
    """One row that cannot: as it stands, to be mended."""

    line: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says.

    Attributes:
        name: Of the file.
        header: Its columns, as they stand there.
        rows: What can be imported.
        wrong: What cannot.
        ignored: Columns that Brug does not know.
        tags: Unknown kinds and themes that became key words, with how often.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    wrong: tuple[WrongRow, ...]
    ignored: tuple[str, ...]
    tags: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong, in the order of the file."""
        return (problem for row in self.wrong for problem in row.problems)


class Reader:
    """Reads files with the names of places and the words of the field that Brug knows."""

    def __init__(self, gazetteer: Gazetteer, vocabulary: Vocabulary) -> None:
        """Know these names and words."""
        self.regions = Regions(gazetteer)
        self.themes = Themes(vocabulary)

    def read(
        self,
        path: Path,
        *,
        source: str,
        as_of: date,
        progress: Callable[[Iterable[Line], int], Iterable[Line]] = lambda lines, _: lines,
    ) -> Reading:
        """Read a CSV or XLSX file, or a package of HSDS.

        Args:
            path: The file; of a package the folder or the zip.
            source: Who says so, for the card.
            as_of: The day on which it was taken over.
            progress: Passes the lines on, and shows how far it is.

        Raises:
            Unreadable: The file cannot be read at all.
            OSError: The file cannot be opened.
        """
        package = is_package(path)
        sheet = read_package(path) if package else read_sheet(path, is_header)
        lines = progress(sheet.lines, len(sheet.lines))
        # Locations of HSDS are buildings as often as municipalities.
        provenance = Provenance(source, as_of)
        return self.read_lines(path.name, sheet, provenance, lines, checks_places=not package)

    def read_bytes(self, name: str, content: bytes, *, source: str, as_of: date) -> Reading:
        """Read a file that is no file yet: one that came in a chat.

        Args:
            name: What it is called; its ending says what it is.
            content: Its bytes.
            source: Who says so, for the card.
            as_of: The day on which it was taken over.

        Raises:
            Unreadable: The file cannot be read at all.
        """
        with TemporaryDirectory() as folder:
            # Only the ending of the name is used: the rest went through somebody else's hands.
            ending = Path(name).suffix.lower()
            path = Path(folder) / f"bestand{ending if ending.isascii() else ''}"
            path.write_bytes(content)
            try:
                found = self.read(path, source=source, as_of=as_of)
            except Unreadable as fault:
                raise Unreadable(str(fault).replace(path.name, name)) from None
        return replace(found, name=name)

    def read_lines(
        self,
        name: str,
        sheet: Sheet,
        provenance: Provenance,
        lines: Iterable[Line],
        *,
        checks_places: bool,
    ) -> Reading:
        """Read the rows of a sheet."""
        fields = [field_of(header) for header in sheet.header]
        rows: list[ReadRow] = []
        wrong: list[WrongRow] = []
        tags: dict[str, int] = {}
        first_lines: dict[str, int] = {}
        for line in lines:
            row = _Row(line, sheet.header, fields, self, provenance)
            offering = row.offering()
            if checks_places:
                row.check_places(offering.locations)
            key = _key(offering)
            if key in first_lines and not row.problems:
                row.fault(
                    "name", f"een rij die er nog niet is; regel {first_lines[key]} is dezelfde"
                )
            if row.problems:
                wrong.append(WrongRow(line.number, line.cells, tuple(row.problems)))
                continue
            first_lines[key] = line.number
            for tag in row.new_tags:
                tags[tag] = tags.get(tag, 0) + 1
            rows.append(ReadRow(line.number, offering, frozenset(row.given)))
        ignored = tuple(
            header
            for header, one in zip(sheet.header, fields, strict=True)
            if one is None and header.strip()
        )
        return Reading(name, sheet.header, tuple(rows), tuple(wrong), ignored, tags)


def _key(one: Offering) -> str:
    if one.external_id:
        return f"id:{one.external_id}"
    return f"{one.kind}|{one.name}|{one.organization}|{'|'.join(one.locations)}".lower()


class _Row:
    """One row: reads its cells, and gathers what is wrong with them."""

    def __init__(
        self,
        line: Line,
        header: Sequence[str],
        fields: Sequence[str | None],
        reader: Reader,
        provenance: Provenance,
    ) -> None:
        self._line = line
        self._reader = reader
        self._provenance = provenance
        self._header: dict[str, str] = {}
        self._cells: dict[str, str] = {}
        self.problems = [
            Problem(line.number, header[column] if column < len(header) else "", "", expected)
            for column, expected in line.faults
        ]
        for name, one in zip(header, fields, strict=False):
            if one:
                self._header.setdefault(one, name)
        for name, one, cell in zip(header, fields, line.cells, strict=False):
            if one and cell.strip() and not self._cells.get(one):
                self._header[one], self._cells[one] = name, cell.strip()
        if any(cell.strip() for cell in line.cells[len(header) :]):
            expected = f"{len(header)} kolommen; staat er een scheidingsteken te veel?"
            self.problems.append(Problem(line.number, "", f"{len(line.cells)} kolommen", expected))
        self.given: set[str] = set()
        self.new_tags: list[str] = []

    def fault(self, name: str, expected: str) -> None:
        """Write down that a cell is wrong."""
        column = self._header.get(name, "")
        found = self._cells.get(name, "")
        self.problems.append(Problem(self._line.number, column, found, expected))

    def offering(self) -> Offering:
        """Return what the row says; meaningless when there are problems."""
        values: dict[str, Any] = {}
        for name, read in _READERS.items():
            if name in self._cells:
                values[name] = self._read(name, read)
        name = values.get("name") or ""
        unread = self._header.get("name") in {problem.column for problem in self.problems}
        if (not name and not unread) or len(name) > LONGEST_NAME:
            self.fault("name", f"een naam van 1 tot {LONGEST_NAME} tekens")
        self._places(values)
        self._ages(values)
        self._words(values)
        self._details(values)
        confirmed = values.get("assured_date")
        if confirmed and confirmed > self._provenance.as_of + _A_DAY:  # another clock, perhaps
            self.fault("assured_date", "een dag die al geweest is")
        if "email" in values and "owner_email" not in values:
            values["owner_email"] = str(values["email"] or "").lower()
        closed = values.get("status") not in {None, Status.ACTIVE}
        if closed and "status_since" not in values and values.get("assured_date"):
            values["status_since"] = values["assured_date"]
        self.given = set(values)
        blank = Offering(name=name, provenance=self._provenance)
        return replace(blank, **{key: value for key, value in values.items() if key != "name"})

    def check_places(self, names: Sequence[str]) -> None:
        """Write down a place that there is not."""
        try:
            self._reader.regions.check_places(names, placed="regions" in self._cells)
        except ValueError as fault:
            self.fault("locations", str(fault))

    def _read(self, name: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - any value
        try:
            return read(self._cells[name])
        except ValueError as fault:
            self.fault(name, str(fault))
            return None

    def _places(self, values: dict[str, Any]) -> None:
        if "regions" in self._cells:
            values["regions"] = self._read("regions", self._reader.regions.named)
        elif "locations" in values:
            values["regions"] = self._reader.regions.of_places(values["locations"])
        if values.get("sessions") and values.get("locations"):
            place = ", ".join(values["locations"])
            values["sessions"] = tuple(replace(s, place=place) for s in values["sessions"])

    def _ages(self, values: dict[str, Any]) -> None:
        if "ages" in self._cells:
            low, high = self._read("ages", cells.ages) or (None, None)
            values.setdefault("minimum_age", low)
            values.setdefault("maximum_age", high)
        try:
            cells.in_order(values.get("minimum_age"), values.get("maximum_age"))
        except ValueError as fault:
            self.fault("minimum_age" if "minimum_age" in self._cells else "ages", str(fault))

    def _words(self, values: dict[str, Any]) -> None:
        tags = cells.several(self._cells.get("tags", ""))
        if "themes" in self._cells:
            values["themes"], others = self._reader.themes.read(self._cells["themes"])
            tags += others
            self.new_tags += others
        if "kind" in self._cells:
            kind = cells.kind(self._cells["kind"])
            values["kind"] = kind or OfferingKind.OUT_OF_SCHOOL
            if kind is None:
                tags.append(self._cells["kind"])
                self.new_tags.append(self._cells["kind"])
        if tags:
            values["tags"] = tuple(dict.fromkeys(tags))

    def _details(self, values: dict[str, Any]) -> None:
        details: dict[str, Detail] = {
            name: self._cells[name] for name in DETAILS if name in self._cells
        }
        if "direction" in self._cells:
            details["direction"] = self._read("direction", cells.direction) or ""
        if "owner_name" in self._cells:
            details["owner"] = self._cells["owner_name"]
        if "members" in self._cells:
            details["members"] = members(self._cells["members"])
        if details:
            values["details"] = details


def members(text: str) -> list[Mapping[str, str]]:
    """Read the members of a network: "vzw A: trekker (dossiers); CLB B: lid"."""
    found: list[Mapping[str, str]] = []
    for part in text.split(";"):
        name, _, rest = part.strip().partition(":")
        role, _, responsibility = rest.strip().partition("(")
        if name:
            found.append(
                {
                    "name": name.strip(),
                    "role": role.strip(),
                    "responsibility": responsibility.strip().removesuffix(")"),
                }
            )
    return found


def _text(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"ten hoogste {_LONGEST_TEXT} tekens")
    return text


def _owner(text: str) -> str:
    return cells.email(text).lower()


def _places_named(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells.several(text)))


_READERS: Mapping[str, Callable[[str], Any]] = {
    "external_id": _text,
    "name": _text,
    "organization": _text,
    "description": _text,
    "locations": _places_named,
    "minimum_age": cells.age,
    "maximum_age": cells.age,
    "levels": cells.levels,
    "status": cells.status,
    "status_since": cells.day,
    "application_process": _text,
    "url": cells.url,
    "email": cells.email,
    "owner_email": _owner,
    "assured_date": cells.day,
    "assured_by": _text,
    "not_reached_by_education": cells.yes,
    "sessions": cells.sessions,
    "invented": cells.yes,
}
