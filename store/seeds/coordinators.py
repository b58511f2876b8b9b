"""The contact table of the source page: who stands for which side, where.

Trap in the page: Oost-Vlaanderen names "Oona en Sofie" and gives their addresses in the opposite
order. The file pairs them by name and local part.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from store.errors import Fault, SeedBroken
from store.records import Provenance, Region, Side
from store.seeds.rows import Cells, Shape, records

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


def read(file: Path = FILE) -> tuple[Contact, ...]:
    """Return every row.

    Raises:
        SeedBroken: If rows cannot be read; it names each with line and column.
    """
    faults: list[Fault] = []
    contacts = records(file, _SHAPE, _contact, faults)
    if faults:
        raise SeedBroken(faults)
    return tuple(contacts)


_SHAPE = Shape(
    (
        "name",
        "email",
        "side",
        "region",
        "municipalities",
        "valid_from",
        "valid_to",
        "source",
        "as_of",
        "url",
    ),
    6,
)


def _contact(cells: Cells) -> Contact:
    return Contact(
        name=cells.text("name"),
        email=cells.text("email"),
        side=cells.read("side", Side, f"one of {', '.join(Side)}"),
        region=cells.region("region"),
        municipalities=cells.texts("municipalities"),
        valid_from=cells.day("valid_from"),
        valid_to=cells.day("valid_to"),
        provenance=cells.provenance(),
        url=cells.read("url", str, "an address, or nothing"),
    )
