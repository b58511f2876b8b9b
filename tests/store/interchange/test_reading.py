"""What is read of a sheet, and what is said of the rest: CSV, workbooks, places, hours."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.directory import OfferingKind, Session
from store.interchange.reading import Reader, Reading
from store.interchange.sheets import Unreadable
from store.interchange.writing import write_csv, write_faults
from store.records import Region
from store.search.entry import Level, Status
from tests.store.interchange.sheets import HEADER, ROW, workbook


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_csv_of_any_make_says_the_same(
    delimiter: str, encoding: str, ends: str, read: Callable[[bytes], Reading]
) -> None:
    text = ends.join([HEADER, ROW, ""]).replace(";", delimiter)

    reading = read(text.encode(encoding))

    (row,) = reading.rows
    one = row.offering
    assert (row.line, one.external_id, one.kind, one.status) == (
        2,
        "7",
        OfferingKind.NAFT,
        Status.FULL,
    )
    assert (one.minimum_age, one.maximum_age, one.levels) == (12, 18, (Level.SECUNDAIR,))
    assert (one.themes, one.tags, one.regions) == (
        ("spijbelen",),
        ("muziek",),
        (Region.VLAAMS_BRABANT,),
    )
    assert (one.url, one.assured_date) == ("https://www.example.org", date(2026, 11, 2))


def test_english_headers_commas_and_quotes_are_read(read: Callable[[str], Reading]) -> None:
    reading = read('name,organization,minimum age\n"Klas, met komma",vzw A,"2,5"\n')

    assert [row.offering.name for row in reading.rows] == ["Klas, met komma"]
    assert reading.rows[0].offering.minimum_age == 2.5


def test_what_old_excels_write_keeps_its_accents(read: Callable[[bytes], Reading]) -> None:
    reading = read("naam;organisatie\nCafé één;vzw Één\n".encode("latin-1"))

    assert reading.rows[0].offering.name == "Café één"


def test_a_municipality_alone_gives_the_region(read: Callable[[str], Reading]) -> None:
    rows = read("naam;gemeente\nA;Tienen\nB;Nieuwerkerken\nC;online\nD;3600 Genk\n").rows

    found = [row.offering.regions for row in rows]
    assert found == [(Region.VLAAMS_BRABANT,), (), (), (Region.LIMBURG,)]


@pytest.mark.parametrize(
    ("row", "cure"),
    [
        ("Gnek;", "bedoel je Genk?"),
        ("Antwerpn;", "bedoel je Antwerpen?"),
        ("Gnek;Limburg", "bedoel je Genk?"),
        ("Atlantis;", "een gemeente in Vlaanderen of Brussel"),
        ("Genk, Gnet;", "bedoel je Gent?"),
    ],
)
def test_a_place_that_there_is_not_is_named_with_its_cure(
    row: str, cure: str, read: Callable[[str], Reading]
) -> None:
    reading = read(f"naam;gemeente;regio\nA;{row}\nB;Genk;\n")

    (problem,) = reading.problems
    assert (problem.line, problem.column) == (2, "gemeente")
    assert cure in problem.expected
    assert [one.offering.name for one in reading.rows] == ["B"]


@pytest.mark.parametrize(
    "row",
    ["De Verzonnen Zolder;Limburg", "Gent, De Verzonnen Zolder;", "Vlaanderen;", "Bruxelles;"],
)
def test_a_place_within_a_place_that_is_known_goes_in(
    row: str, read: Callable[[str], Reading]
) -> None:
    assert list(read(f"naam;gemeente;regio\nA;{row}\n").problems) == []


@pytest.mark.parametrize(
    ("cells", "column", "cure"),
    [
        ({"min_leeftijd": "18", "max_leeftijd": "12"}, "min_leeftijd", "12 tot 18"),
        ({"min_leeftijd": "twaalf"}, "min_leeftijd", "een leeftijd in jaren"),
        ({"max_leeftijd": "180"}, "max_leeftijd", "een leeftijd in jaren"),
        ({"regio": "Atlantis"}, "regio", "Oost-Vlaanderen"),
        ({"niveau": "universiteit"}, "niveau", "secundair"),
        ({"status": "misschien"}, "status", "volzet"),
        ({"bevestigd_op": "31/2/2026"}, "bevestigd_op", "23/11/2026"),
        ({"url": "niet echt"}, "url", "https://"),
        ({"naam": ""}, "naam", "een naam"),
        ({"bevestigd_op": "1/1/2027"}, "bevestigd_op", "al geweest"),
    ],
)
def test_a_wrong_cell_is_named_by_line_column_and_cure_and_the_rest_goes_in(
    cells: Mapping[str, str], column: str, cure: str, read: Callable[[str], Reading]
) -> None:
    names = HEADER.split(";")
    other = ROW.replace("7;", "8;", 1).split(";")
    wrong = {**dict(zip(names, other, strict=True)), **cells}

    reading = read("\n".join([HEADER, ROW, ";".join(wrong.values())]))

    (problem,) = reading.problems
    assert (problem.line, problem.column) == (3, column)
    assert cure in problem.expected
    assert len(reading.rows) == 1


def test_the_rows_to_mend_can_be_mended_and_imported(
    read: Callable[[str | bytes], Reading], tmp_path: Path
) -> None:
    first = read(f"{HEADER}\n{ROW}\n{ROW.replace('7;', '8;', 1).replace(';12;', ';oud;')}\n")
    faults = tmp_path / "aanbod.csv.fouten.csv"
    write_faults(faults, first)

    mended = read(faults.read_bytes().replace(b";oud;", b";12;"))

    assert [row.offering.external_id for row in mended.rows] == ["8"]
    assert list(mended.problems) == []


def test_the_same_row_twice_is_named(read: Callable[[str], Reading]) -> None:
    reading = read(f"{HEADER}\n{ROW}\n{ROW}\n")

    assert len(reading.rows) == 1
    assert "regel 2" in next(reading.problems).expected


def test_a_workbook_with_merged_cells_dates_and_a_title_is_read(
    reader: Reader, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path,
        ["Ons aanbod"],
        ["naam", "organisatie", "min leeftijd", "bevestigd op"],
        ["A", "vzw De Verzonnen Brug", 12, date(2026, 11, 2)],
        ["B", None, 6.0, "2/11/2026"],
        merge="B3:B4",
    )

    rows = reader.read(path, source="x", as_of=date(2026, 11, 23)).rows

    assert [row.offering.organization for row in rows] == ["vzw De Verzonnen Brug"] * 2
    assert {row.offering.assured_date for row in rows} == {date(2026, 11, 2)}
    assert [row.offering.minimum_age for row in rows] == [12, 6]


def test_a_formula_that_was_never_computed_is_named(reader: Reader, tmp_path: Path) -> None:
    path = workbook(tmp_path, ["naam", "organisatie"], ["A", '="vzw " & "B"'], ["C", "vzw D"])

    reading = reader.read(path, source="x", as_of=date(2026, 11, 23))

    (problem,) = reading.problems
    assert (problem.line, problem.column) == (2, "organisatie")
    assert "formule" in problem.expected
    assert [row.offering.name for row in reading.rows] == ["C"]


def test_a_file_without_a_column_of_names_says_so(read: Callable[[str], Reading]) -> None:
    with pytest.raises(Unreadable, match="geen kolom “naam”"):
        read("organisatie;regio\nvzw A;Limburg\n")


def test_a_zip_bomb_is_refused(reader: Reader, tmp_path: Path) -> None:
    bomb = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)

    with pytest.raises(Unreadable, match="veel te groot"):
        reader.read(bomb, source="x", as_of=date(2026, 11, 23))


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", b"PK\x03\x04half", b'"naam\nA;B'])
def test_a_file_that_is_none_is_refused_with_its_name(
    content: bytes, read: Callable[[bytes], Reading]
) -> None:
    with pytest.raises(Unreadable, match=r"aanbod\.csv"):
        read(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04half", "beschadigd"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "oude Excel"),
        (b'naam;gemeente\nA;Gent\n"B;Gent\nC;Gent\n', 'regel 3: een "'),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    content: bytes, said: str, read: Callable[[bytes], Reading]
) -> None:
    with pytest.raises(Unreadable, match=said):
        read(content)


@pytest.mark.parametrize("day", ["17 september 2026", "17 sept. 2026", "17-sep-26", "17/9/2026"])
def test_a_day_that_is_typed_as_text_is_read(day: str, read: Callable[[str], Reading]) -> None:
    (row,) = read(f"naam;bevestigd_op\nA;{day}\n").rows
    assert row.offering.assured_date == date(2026, 9, 17)


NINE, NOON = datetime(2027, 1, 12, 8, tzinfo=UTC), datetime(2027, 1, 12, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "12/1/2027 9-12",
        "12/1/2027 9u-12u",
        "12/1/2027 9u00 - 12u00",
        "12/1/2027 van 9 tot 12 uur",
        "12/1/27, 9.00 tot 12.00 u.",
        "12/1/2027 (9:00–12:00)",
        "12 januari 2027 9:00-12:00",
        "12 jan. 2027 om 9 uur tot 12 uur",
        "12 janvier 2027 de 9h à 12h",
        "2027-01-12 09:00-12:00",
        "2027-01-12T09:00 - 12:00:00",
        "46399 9:00-12:00",
    ],
)
def test_the_hours_of_a_session_are_read_as_people_write_them(
    said: str, read: Callable[[str], Reading]
) -> None:
    (row,) = read(f"naam;data\nA;{said}\n").rows

    assert row.offering.sessions == (Session(NINE, NOON),)


@pytest.mark.parametrize(
    "said", ["12 januari 2027 9u", "12/1/2027 vanaf 9:00", "2027-01-12T09:00"]
)
def test_a_session_may_have_no_end(said: str, read: Callable[[str], Reading]) -> None:
    (row,) = read(f"naam;data\nA;{said}\n").rows

    assert row.offering.sessions == (Session(NINE),)


def test_a_session_without_hours_is_a_whole_day(read: Callable[[str], Reading]) -> None:
    (row,) = read('naam;data\nA;"12 januari 2027; 13/1/2027"\n').rows

    assert row.offering.sessions == (
        Session(datetime(2027, 1, 11, 23, tzinfo=UTC)),
        Session(datetime(2027, 1, 12, 23, tzinfo=UTC)),
    )


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("12/1/2027 22:00-01:00", datetime(2027, 1, 13, 0, tzinfo=UTC)),
        ("12/1/2027 22u-24u", datetime(2027, 1, 12, 23, tzinfo=UTC)),
        # The clocks go forward that night.
        ("27/3/2027 22:00-04:00", datetime(2027, 3, 28, 2, tzinfo=UTC)),
    ],
)
def test_a_session_may_end_past_midnight_and_an_export_keeps_that(
    said: str, ends: datetime, read: Callable[[str | bytes], Reading], tmp_path: Path
) -> None:
    (row,) = read(f"naam;data\nA;{said}\n").rows
    write_csv(tmp_path / "uit.csv", [row.offering])

    (again,) = read((tmp_path / "uit.csv").read_bytes()).rows

    assert [one.ends for one in row.offering.sessions] == [ends]
    assert again.offering.sessions == row.offering.sessions


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("12/1/2027 in de namiddag", "“in de namiddag”"),
        ("12/1/2027 9:00-12:00 en 13:00-16:00", "“9:00-12:00 en 13:00-16:00”"),
        ("12/1/2027 25:00", "“25:00”"),
        ("12/1/2027 9u 12u", "“9u 12u”"),
        ("12/1/2027 9:75-12:00", "“9:75-12:00”"),
        ("12/1/2027 24:00-25:00", "“24:00-25:00”"),
        ("12/1/2027 13:30-12:00", "een einde na het begin"),
        ("12/1/2027 9-9", "een einde na het begin"),
        ("12/1/20271", "“12/1/20271”"),
        ("elke dinsdag 9-12", "“elke dinsdag 9-12”"),
        ('"12/1/2027 9-12; 31/2/2027 9-12"', "“31/2/2027 9-12”"),
    ],
)
def test_hours_that_are_not_read_are_named_and_never_dropped(
    said: str, named: str, read: Callable[[str], Reading]
) -> None:
    reading = read(f"naam;data\nA;{said}\n")

    (problem,) = reading.problems
    assert problem.column == "data"
    assert named in problem.expected
    assert "23/11/2026 13:30" in problem.expected or "13:30-16:30" in problem.expected
    assert not reading.rows


def test_a_hundred_thousand_rows_are_read_whole(read: Callable[[str], Reading]) -> None:
    rows = "\n".join(f"{number};Klas {number};vzw A" for number in range(100_000))

    reading = read(f"id;naam;organisatie\n{rows}\n")

    assert len(reading.rows) == 100_000
    assert reading.rows[-1].line == 100_001
