"""A sheet of offerings, and what became of it."""

from pathlib import Path

from openpyxl import Workbook

from store import Store
from store.directory import Offering
from store.interchange.comparing import Plan, apply, compare
from store.interchange.reading import Reading
from tests.conftest import MONDAY

HEADER = (
    "id;naam;organisatie;omschrijving;thema's;gemeente;regio;min_leeftijd;max_leeftijd;niveau;"
    "soort;status;aanmelden;url;bevestigd_op"
)


ROW = (
    "7;Dagbesteding De Wissel;vzw De Verzonnen Brug;Koken;spijbelen, muziek;Tienen;Vlaams-Brabant;"
    "12;18;secundair;NAFT;volzet;via het CLB;www.example.org;2/11/2026"
)


def imported(store: Store, reading: Reading) -> Plan:
    with store.begin() as tx:
        plan = compare(reading, tx.offerings)
        apply(plan, tx.offerings, at=MONDAY, actor="system", source=reading.name)
    return plan


def everything(store: Store) -> list[Offering]:
    with store.read() as tx:
        return tx.offerings.all()


def workbook(tmp_path: Path, *rows: list[object], merge: str = "") -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    path = tmp_path / "aanbod.xlsx"
    made.save(path)
    return path
