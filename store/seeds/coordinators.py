"""The contact table of the source page: who stands for which side, where.

Trap in the page: Oost-Vlaanderen names "Oona en Sofie" and gives their addresses in the opposite
order. The file pairs them by name and local part.
"""

import csv
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from store.records import Provenance, Region, Side

FILE = Path(__file__).parent / "coordinators.csv"


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of the contact table.

    Attributes:
        name: As the page writes it.
        email: As the page writes it, capitals included.
        side: Which side of the tandem.
        region: Where.
        municipalities: The part of the region; empty for all of it.
        valid_from: The first day, where the page says so: the six of the youth-care side
            started as a team on 1/9/2020; for the other side it gives no day.
        valid_to: The last day; None while it lasts.
        provenance: Where this comes from.
        url: Where to read it; empty when the address is not known.
    """

    name: str
    email: str
    side: Side
    region: Region
    municipalities: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    provenance: Provenance
    url: str


def version() -> str:
    """Return what changes whenever the file does."""
    return sha256(FILE.read_bytes()).hexdigest()


def read() -> tuple[Contact, ...]:
    """Return every row.

    Raises:
        SeedBroken: If rows cannot be read; it names each with line and column.
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_contact(row) for row in csv.DictReader(file))


def _contact(row: dict[str, str]) -> Contact:
    return Contact(
        name=row["name"],
        email=row["email"],
        side=Side(row["side"]),
        region=Region(row["region"]),
        municipalities=tuple(m.strip() for m in row["municipalities"].split(";") if m.strip()),
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        provenance=Provenance(row["source"], date.fromisoformat(row["as_of"])),
        url=row["url"],
    )
