"""What is written imports again, says how things stand, and holds no formula."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from store import Store
from store.directory import Offering
from store.interchange.reading import Reader, Reading
from store.interchange.writing import write_csv, write_faults, write_hsds, write_xlsx
from store.records import Provenance
from store.search.entry import Level, Status
from tests.conftest import MONDAY
from tests.store.interchange.sheets import everything, imported

WRITERS = {".csv": write_csv, ".xlsx": write_xlsx, ".zip": write_hsds}


@pytest.mark.parametrize("suffix", WRITERS)
def test_our_own_export_imports_cleanly_and_changes_nothing(
    suffix: str, sqlite_store: Store, reader: Reader, tmp_path: Path
) -> None:
    with sqlite_store.begin() as tx:
        tx.offerings.add_all(
            [Offering(name="Zonder eigen nummer", provenance=Provenance("x", date(2026, 1, 1)))],
            MONDAY,
        )
    path = tmp_path / f"uit{suffix}"
    WRITERS[suffix](path, everything(sqlite_store))

    reading = reader.read(path, source="x", as_of=MONDAY.date() + timedelta(days=1))
    plan = imported(sqlite_store, reading)

    assert list(reading.problems) == []
    assert (len(plan.new), [one.values for one in plan.changed]) == (0, [])
    assert plan.same == len(everything(sqlite_store)) == 151


def test_the_demonstration_does_not_contradict_itself(sqlite_store: Store) -> None:
    for one in everything(sqlite_store):
        members = one.details.get("members", ())
        assert not isinstance(members, str)
        leads = any(member.get("role") == "trekker" for member in members)
        assert not leads or one.details.get("owner"), one.name
        if "eerste leerjaar" in one.name:
            assert one.levels == (Level.LAGER,), one.name


@pytest.mark.parametrize("status", Status)
def test_an_exported_sheet_says_in_dutch_how_things_stand(
    status: Status, tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "uit.csv"
    write_csv(path, [Offering(name="De Wissel", status=status)])

    assert status.value not in path.read_text(encoding="utf-8-sig")
    assert reader.read(path, source="x", as_of=MONDAY.date()).rows[0].offering.status is status


def test_no_cell_of_the_rows_to_mend_is_a_formula_not_in_the_header_either(
    read: Callable[[str | bytes], Reading], tmp_path: Path
) -> None:
    nasty = '=HYPERLINK("https://example.org")'
    quoted = nasty.replace('"', '""')
    reading = read(f'naam;"{quoted}";min_leeftijd\nA;"{quoted}";oud\n')
    path = tmp_path / "aanbod.csv.fouten.csv"
    write_faults(path, reading)

    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert [cell for cell in cells if cell[:1] in set("=+-@")] == []
    # And what is read from it again is what stood there.
    assert read(path.read_bytes()).header[:3] == ("naam", nasty, "min_leeftijd")


@pytest.mark.parametrize("suffix", WRITERS)
def test_no_cell_of_an_export_is_a_formula(suffix: str, tmp_path: Path, reader: Reader) -> None:
    nasty = ["=1+1", "+32", "-1", "@SUM(A1)", '=HYPERLINK("https://example.org")']
    path = tmp_path / f"uit{suffix}"
    WRITERS[suffix](path, [Offering(name=name, id=n) for n, name in enumerate(nasty, 1)])

    raw = path.read_bytes()
    if suffix == ".xlsx":
        raw = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in raw
    if suffix == ".csv":
        assert all(f";{cell}".encode() not in raw for cell in nasty)
    rows = reader.read(path, source="x", as_of=MONDAY.date()).rows
    assert [row.offering.name for row in rows] == nasty
