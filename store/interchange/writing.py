"""Entries to files: CSV, XLSX and HSDS 3; and the rows that could not be read, to be mended.

A cell that begins with = + - or @ would be a formula to whoever opens the file: it gets an
apostrophe in front, which our own import takes off again (OWASP, CSV injection).
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from store.directory import Offering, Session
from store.interchange import hsds
from store.interchange.columns import HEADERS, OWN_ID
from store.interchange.reading import Reading
from store.search.entry import Status

_BRUSSELS = ZoneInfo("Europe/Brussels")
_STATUS = {
    Status.ACTIVE: "open",
    Status.FULL: "volzet",
    Status.TEMPORARILY_CLOSED: "tijdelijk gesloten",
    Status.DEFUNCT: "gestopt",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment in a zip: the same entries give the same bytes."""


def write_csv(path: Path, offerings: Iterable[Offering]) -> None:
    """Write entries as CSV: `;` and a BOM, as Excel wants them in Flanders."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADERS.values())
        writer.writerows(_safe_cells(one) for one in offerings)


def write_xlsx(path: Path, offerings: Iterable[Offering]) -> None:
    """Write entries as an Excel workbook of text cells, without a formula."""
    # Measured: openpyxl costs 0.2 s of a start, and few commands write a workbook.
    from openpyxl import Workbook  # noqa: PLC0415

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("aanbod")
    sheet.append(list(HEADERS.values()))
    for one in offerings:
        sheet.append(_safe_cells(one))
    workbook.save(path)


def write_hsds(path: Path, offerings: Iterable[Offering]) -> None:
    """Write entries as a package of HSDS 3.1: a zip of CSV files, and what describes them."""
    tables = hsds.package_tables(offerings)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            safe = [{column: harmless(cell) for column, cell in row.items()} for row in rows]
            text = hsds.as_csv(hsds.COLUMNS[name], safe)
            archive.writestr(zipfile.ZipInfo(hsds.PATHS[name], _EPOCH), text)
        described = json.dumps(hsds.describing(tables), indent=2)
        archive.writestr(zipfile.ZipInfo("datapackage.json", _EPOCH), described)


def write_faults(path: Path, reading: Reading) -> None:
    """Write the rows that could not be read, with what is wrong: to be mended and imported."""
    path.write_bytes(faults(reading))


def faults(reading: Reading) -> bytes:
    """Return the rows that could not be read as a CSV, with what is wrong."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow([*map(harmless, reading.header), "regel", "fout"])
    width = len(reading.header)
    for row in reading.wrong:
        cells = [harmless(cell) for cell in (*row.cells, *[""] * width)[:width]]
        writer.writerow([*cells, row.line, " / ".join(map(str, row.problems))])
    return written.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def cells_of(one: Offering) -> dict[str, str]:
    """Return an entry as text, by field; `HEADERS` has the names of the columns."""
    own = hsds.own_cells(one)
    return {
        "external_id": one.external_id or f"{OWN_ID}{one.id}",
        "name": one.name,
        "kind": one.kind.value.replace("-", " "),
        "organization": one.organization,
        "description": one.description,
        "themes": "; ".join(one.themes),
        "tags": "; ".join(one.tags),
        "locations": "; ".join(one.locations),
        "regions": "; ".join(region.label for region in one.regions) or "Vlaanderen en Brussel",
        "minimum_age": "" if one.minimum_age is None else f"{one.minimum_age:g}",
        "maximum_age": "" if one.maximum_age is None else f"{one.maximum_age:g}",
        "levels": "; ".join(one.levels),
        "not_reached_by_education": "ja" if one.not_reached_by_education else "",
        "status": _STATUS[one.status],
        "application_process": one.application_process,
        "url": one.url,
        "email": one.email,
        "owner_email": one.owner_email,
        "sessions": "; ".join(map(_session, one.sessions)),
        **own,
        "assured_date": one.assured_date.isoformat() if one.assured_date else "",
        "invented": "ja" if one.invented else "",
    }


def _safe_cells(one: Offering) -> list[str]:
    cells = cells_of(one)
    return [harmless(cells[name]) for name in HEADERS]


def _session(session: Session) -> str:
    begins = _local(session.begins)
    text = f"{begins:%Y-%m-%d}"
    if begins.hour or begins.minute or session.ends:
        text += f" {begins:%H:%M}"
    return f"{text}-{_local(session.ends):%H:%M}" if session.ends else text


def _local(moment: datetime) -> datetime:
    return moment.astimezone(_BRUSSELS)
