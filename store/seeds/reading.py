"""Read the names of places from the seed files, and refuse a file with a broken row.

The files are read whole or not at all: every broken row of every file is named in one error, so
that whoever mends them does it in one go. How a row is read is in `rows`.
"""

from hashlib import sha256
from pathlib import Path

from store.errors import Fault, SeedBroken
from store.records import (
    Area,
    Gazetteer,
    Homonym,
    Outside,
    Place,
    PlaceKind,
    Region,
    Vocabulary,
)
from store.seeds.rows import Cells, Shape, records, split

FOLDER = Path(__file__).parent

_FILES = ("places", "toponyms", "areas", "homonyms", "outside", "common_words")
_WORDS = "dutch_words.txt"
_LIKE_PLACES = "words_like_places.txt"


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
        *records(folder / "places.csv", _PLACE, _place, faults),
        *records(folder / "toponyms.csv", _TOPONYM, _toponym, faults),
    ]
    areas = records(folder / "areas.csv", _AREA, _area, faults)
    homonyms = records(folder / "homonyms.csv", _HOMONYM, _homonym, faults)
    outside = records(folder / "outside.csv", _OUTSIDE, _outside, faults)
    words = records(folder / "common_words.csv", _WORD, _word, faults)
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
    lines = _listed(folder / _WORDS)
    return Vocabulary(
        words=frozenset(line for line in lines if not line[0].isupper()),
        names=frozenset(line for line in lines if line[0].isupper()),
        like_places=frozenset(_listed(folder / _LIKE_PLACES)),
    )


def _listed(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _version(folder: Path) -> str:
    digest = sha256()
    for name in _FILES:
        digest.update((folder / f"{name}.csv").read_bytes())
    return digest.hexdigest()


_SAID = ("source", "as_of")
_PLACE = Shape(
    ("name", "kind", "municipality", "region", "postcodes", "aliases", "ended", *_SAID), 3
)
_TOPONYM = Shape(("name", "municipality", "region", *_SAID), 2)
_AREA = Shape(("name", "kind", "regions", "municipalities", "aliases", *_SAID), 2)
_HOMONYM = Shape(("name", "default", "candidates", *_SAID), 1)
_OUTSIDE = Shape(("name", "country", "aliases", "postcodes", *_SAID), 2)
_WORD = Shape(("word", *_SAID), 1)


def _place(cells: Cells) -> Place:
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


def _toponym(cells: Cells) -> Place:
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


def _area(cells: Cells) -> Area:
    return Area(
        name=cells.text("name"),
        kind=cells.text("kind"),
        regions=cells.read("regions", _regions, f"one or more of {', '.join(Region)}"),
        municipalities=cells.read("municipalities", _counts, "region:number, or nothing"),
        aliases=cells.texts("aliases"),
        provenance=cells.provenance(),
    )


def _homonym(cells: Cells) -> Homonym:
    return Homonym(
        name=cells.text("name"),
        default=cells.read("default", _one_of_its_kind, "'name @ municipality', or nothing"),
        candidates=cells.read("candidates", _pairs, "'name @ municipality' with '; ' between"),
        provenance=cells.provenance(),
    )


def _outside(cells: Cells) -> Outside:
    return Outside(
        name=cells.text("name"),
        aliases=cells.texts("aliases"),
        country=cells.text("country"),
        postcodes=cells.postcodes("postcodes"),
        provenance=cells.provenance(),
    )


def _word(cells: Cells) -> str:
    cells.provenance()  # read to be checked: every row says where it comes from
    return cells.text("word")


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _regions(cell: str) -> tuple[Region, ...]:
    regions = tuple(Region(part) for part in split(cell))
    if not regions:
        raise ValueError(cell)
    return regions


def _counts(cell: str) -> tuple[tuple[Region, int], ...]:
    pairs = [part.partition(":") for part in split(cell)]
    return tuple((Region(region), int(count)) for region, _, count in pairs)


def _pairs(cell: str) -> tuple[tuple[str, str], ...]:
    pairs = tuple(_pair(part) for part in split(cell))
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
