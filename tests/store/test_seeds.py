import shutil
from collections import Counter
from pathlib import Path

import pytest

from store.errors import SeedBroken
from store.records import PlaceKind, Region
from store.seeds import coordinators
from store.seeds.reading import FOLDER, read_gazetteer, read_vocabulary

GAZETTEER = read_gazetteer()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seed files that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "seeds"))


def spoil(path: Path, line: int, row: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = row
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_all_municipalities_of_flanders_and_brussels_are_there() -> None:
    municipalities = [p for p in GAZETTEER.places if p.kind is PlaceKind.MUNICIPALITY]
    per_region = Counter(p.region for p in municipalities)

    assert len(municipalities) == 304
    assert per_region[Region.BRUSSEL] == 19
    assert per_region[Region.LIMBURG] == 38


def test_every_part_lies_in_a_municipality_of_its_own_region() -> None:
    region = {p.name: p.region for p in GAZETTEER.places if p.kind is PlaceKind.MUNICIPALITY}

    assert [p for p in GAZETTEER.places if region.get(p.municipality) is not p.region] == []


def test_a_postcode_lies_in_one_region() -> None:
    regions: dict[str, set[Region]] = {}
    for place in GAZETTEER.places:
        for code in place.postcodes:
            regions.setdefault(code, set()).add(place.region)

    assert len(regions) == 541
    assert {len(each) for each in regions.values()} == {1}


def test_every_homonym_names_places_that_exist() -> None:
    known = {(p.name, p.municipality) for p in GAZETTEER.places}

    assert len(GAZETTEER.homonyms) == 56
    for homonym in GAZETTEER.homonyms:
        assert set(homonym.candidates) <= known
        assert homonym.default is None or homonym.default in homonym.candidates


def test_every_fact_has_a_source_and_a_day() -> None:
    records = (*GAZETTEER.places, *GAZETTEER.areas, *GAZETTEER.homonyms, *GAZETTEER.outside)

    assert all(r.provenance.source and r.provenance.as_of.year >= 2026 for r in records)


def test_the_version_changes_with_the_files_and_only_then(folder: Path) -> None:
    before = read_gazetteer(folder).version
    assert before == GAZETTEER.version
    with (folder / "areas.csv").open("a", encoding="utf-8") as file:
        file.write("Verzonnenland,streek,limburg,,,own work,2026-11-23\n")

    assert read_gazetteer(folder).version != before


def test_words_are_plain_and_names_have_a_capital() -> None:
    vocabulary = read_vocabulary()

    assert {"meer", "school", "spijbelen"} <= vocabulary.words
    assert "Lotte" in vocabulary.names
    assert all(word.isascii() and word == word.lower() for word in vocabulary.words)


def test_every_broken_row_is_named_with_line_column_and_what_was_expected(folder: Path) -> None:
    spoil(folder / "places.csv", 2, "Verzonnen,gemeente,Verzonnen,atlantis,9999,,,own,2026-11-23")
    spoil(folder / "places.csv", 4, "Ergens,gemeente,Ergens,limburg,99,,,own,2026-11-23")
    spoil(folder / "homonyms.csv", 3, "Ergens,,Ergens zonder gemeente,own,2026-11-23")
    spoil(folder / "outside.csv", 5, "Nergens,Nederland,,,own,gisteren")

    with pytest.raises(SeedBroken) as caught:
        read_gazetteer(folder)

    said = str(caught.value)
    assert [(f.file, f.line, f.column, f.found) for f in caught.value.faults] == [
        ("places.csv", 2, "region", "atlantis"),
        ("places.csv", 4, "postcodes", "99"),
        ("homonyms.csv", 3, "candidates", "Ergens zonder gemeente"),
        ("outside.csv", 5, "as_of", "gisteren"),
    ]
    assert "places.csv, line 2, column region: found 'atlantis'; expected one of brussel" in said
    assert "nothing was loaded" in said


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("only,three,columns", "", "3 columns"),
        ("", "", "0 columns"),
        (",gemeente,X,limburg,,,,own,2026-11-23", "name", ""),
        ("X,gemeente,X,limburg,,,soon,own,2026-11-23", "ended", "soon"),
        ("X,gemeente,X,limburg,,,,,2026-11-23", "source", ""),
        ("Brussel,gemeente,Brussel,brussel,,,,own,2026-11-23", "name", "Brussel"),
    ],
)
def test_a_row_of_the_wrong_shape_or_a_second_time_is_refused(
    folder: Path, row: str, column: str, found: str
) -> None:
    spoil(folder / "places.csv", 9, row)

    with pytest.raises(SeedBroken) as caught:
        read_gazetteer(folder)

    (fault,) = caught.value.faults
    assert (fault.line, fault.column, fault.found) == (9, column, found)


def test_a_wrong_header_or_encoding_is_refused(folder: Path) -> None:
    spoil(folder / "areas.csv", 1, "naam;soort")
    (folder / "outside.csv").write_bytes(b"name,country\n\xff\xfe")

    with pytest.raises(SeedBroken) as caught:
        read_gazetteer(folder)

    assert [(f.file, f.line) for f in caught.value.faults] == [
        ("areas.csv", 1),
        ("outside.csv", 2),
    ]


def test_every_broken_row_of_the_coordinators_is_named(folder: Path) -> None:
    file = folder / "coordinators.csv"
    rows = len(coordinators.read(file))
    spoil(file, 2, "Noor,noor@example.org,een-kant,limburg,,,,own,2026-11-23,")
    spoil(file, 3, "Noor,noor@example.org,jeugdhulp-onderwijs,atlantis,,,,own,2026-11-23,")
    spoil(file, 4, "Noor,,jeugdhulp-onderwijs,limburg,,,,own,2026-11-23,")
    spoil(file, 5, "Noor,noor@example.org,jeugdhulp-onderwijs,limburg,,ooit,,own,2026-11-23,")
    spoil(file, 6, "Noor,noor@example.org")

    with pytest.raises(SeedBroken) as caught:
        coordinators.read(file)

    assert rows > 5
    assert {(f.file, f.line, f.column, f.found) for f in caught.value.faults} == {
        ("coordinators.csv", 2, "side", "een-kant"),
        ("coordinators.csv", 3, "region", "atlantis"),
        ("coordinators.csv", 4, "email", ""),
        ("coordinators.csv", 5, "valid_from", "ooit"),
        ("coordinators.csv", 6, "", "2 columns"),
    }
