"""A steward brings a spreadsheet in at the console, as in every room."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import event

from bot.assistant import Assistant
from bot.console.listen import Conversation
from bot.console.render import text
from handlers import FEATURES
from handlers.actors import Caller
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from handlers.speech.words import Words
from store import Store
from store.errors import StoreBusy
from tests.conftest import ATLAS, MONDAY

STEWARD = "sam.denkbeeld@example.org"
HEADER = "id;naam;organisatie;omschrijving;thema's;gemeente;regio;min_leeftijd;max_leeftijd;soort"


class Terminal:
    """A conversation whose answers are kept."""

    def __init__(self, store: Store, folder: Path, email: str = STEWARD) -> None:
        self.shown: list[str] = []
        self.talk = Conversation(
            Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS),
            Caller("console", "", email, email, conversation="console"),
            "nl",
            self._show,
            lambda _: "",
            folder,
        )

    def _show(self, said: Answer | Form, words: Words, asked: str) -> None:
        self.shown.append(text(said, words, asked))

    def hear(self, *lines: str) -> str:
        """Type lines, and return all that was said."""
        before = len(self.shown)
        for line in lines:
            self.talk.hear(line)
        return "\n".join(self.shown[before:])

    def number_of(self, label: str) -> str:
        """Return the number of a button of the last answer."""
        last = next(shown for shown in reversed(self.shown) if "[1]" in shown)
        line = next(one for one in last.splitlines() if label in one and one.startswith("["))
        return line[1 : line.index("]")]


@pytest.fixture
def terminal(sqlite_store: Store, tmp_path: Path) -> Terminal:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, datetime.now(UTC), "test")
    return Terminal(sqlite_store, tmp_path / "files")


def sheet(folder: Path, *rows: str, name: str = "gids.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def test_a_dry_run_changes_nothing_and_a_yes_does(terminal: Terminal, tmp_path: Path) -> None:
    path = sheet(tmp_path, "V1;Verzonnen Vliegerclub;vzw De Verzonnen Brug;;;Tienen;;6;12;")
    said = terminal.hear(f"/importeer {path}")
    assert "gids.csv: 1 nieuw, 0 gewijzigd, 0 gelijk, 0 behouden, 0 fout." in said
    assert "Vliegerclub" not in terminal.hear("/aanbod vliegerclub")

    terminal.hear(f"/importeer {path}")
    done = terminal.hear(terminal.number_of("Voer in"))
    assert "staat nu in de gids" in done
    assert "Verzonnen Vliegerclub" in terminal.hear("/aanbod vliegerclub")


def test_what_an_import_confirms_can_be_opened_and_explained(
    terminal: Terminal, tmp_path: Path
) -> None:
    for day in ("2/11/2026", "9/11/2026"):
        path = tmp_path / "gids.csv"
        path.write_text(f"id;naam;bevestigd_op\nV1;Verzonnen Vliegerclub;{day}", "utf-8")
        said = terminal.hear(f"/importeer {path}")
        terminal.hear(terminal.number_of("Voer in"))

    assert "Verzonnen Vliegerclub (bevestigd op)" in said
    terminal.hear("/aanbod vliegerclub")
    assert "bevestigd op 9 november 2026" in terminal.hear("vertel meer over 1")
    assert "Bevestigd op" in terminal.hear("waarom?")


def test_nobody_waits_while_a_file_is_compared_with_the_directory(
    terminal: Terminal, sqlite_store: Store, tmp_path: Path
) -> None:
    path = sheet(tmp_path, "V1;Verzonnen Vliegerclub;vzw De Verzonnen Brug;;;Tienen;;6;12;")
    wrote: list[bool] = []

    def write() -> bool:
        try:
            with sqlite_store.begin(patience=0.1) as tx:
                return tx.receipts.first_time(f"another:{len(wrote)}", MONDAY)
        except StoreBusy:
            return False

    with ThreadPoolExecutor(1) as somebody_else:

        def meanwhile(_: object, __: object, statement: str, *___: object) -> None:
            if "LEFT OUTER JOIN organization" in statement and "WHERE" not in statement:
                wrote.append(somebody_else.submit(write).result())

        event.listen(sqlite_store.engine, "before_cursor_execute", meanwhile)
        terminal.hear(f"/importeer {path}")
        done = terminal.hear(terminal.number_of("Voer in"))
        event.remove(sqlite_store.engine, "before_cursor_execute", meanwhile)

    assert wrote == [True, True]  # once for the dry run, once for the import
    assert "staat nu in de gids" in done


def test_what_somebody_corrects_after_a_dry_run_stays_as_they_said(
    terminal: Terminal, sqlite_store: Store, tmp_path: Path
) -> None:
    row = "V1;Verzonnen Vliegerclub;vzw De Verzonnen Brug;{};;Tienen;;6;12;"
    terminal.hear(f"/importeer {sheet(tmp_path, row.format('Vliegeren'))}")
    terminal.hear(terminal.number_of("Voer in"))
    terminal.hear(f"/importeer {sheet(tmp_path, row.format('Uit een oud blad'))}")
    with sqlite_store.begin() as tx:
        (club,) = [one for one in tx.offerings.all() if one.external_id == "V1"]
        tx.offerings.change(
            club.id, {"description": "Verbeterd"}, at=MONDAY, actor="person:1", source="Noor"
        )

    done = terminal.hear(terminal.number_of("Voer in"))

    assert "0 gewijzigd, 0 gelijk, 1 behouden" in done
    with sqlite_store.read() as tx:
        now = tx.offerings.get(club.id)
    assert now is not None
    assert now.description == "Verbeterd"


def test_the_same_file_again_finds_nothing_to_do(terminal: Terminal, tmp_path: Path) -> None:
    path = sheet(tmp_path, "V1;Verzonnen Vliegerclub;vzw De Verzonnen Brug;;;Tienen;;6;12;")
    terminal.hear(f"/importeer {path}")
    terminal.hear(terminal.number_of("Voer in"))
    again = terminal.hear(f"/importeer {path}")
    assert "0 nieuw, 0 gewijzigd, 1 gelijk" in again
    assert "niets om in te voeren" in again


def test_wrong_rows_come_back_as_a_file_that_imports_once_mended(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path,
        "V1;Verzonnen Vliegerclub;;;;Tienen;;18;12;",
        "V2;Verzonnen Vlotbouw;;;;Tienen;Atlantis;;;",
    )
    said = terminal.hear(f"/importeer '{path}'")
    assert "regel 2, kolom min_leeftijd: “18”" in said
    assert "regel 3, kolom regio: “Atlantis”; verwacht: een regio: Brussel" in said
    mend = tmp_path / "files" / "gids.csv.fouten.csv"
    assert str(mend) in said

    mended = (
        mend.read_text(encoding="utf-8-sig").replace("Atlantis", "").replace(";18;12", ";12;18")
    )
    mend.write_text(mended, encoding="utf-8-sig")
    assert "2 nieuw, 0 gewijzigd, 0 gelijk, 0 behouden, 0 fout" in terminal.hear(
        f"/importeer {mend}"
    )


def test_somebody_else_cannot_bring_a_file(sqlite_store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, "V1;Verzonnen Vliegerclub;;;;Tienen;;;;")
    other = Terminal(sqlite_store, tmp_path / "files", "mila.fictief@example.org")
    said = other.hear(f"/importeer {path}")
    assert "nieuw" not in said
    assert "[1]" not in said


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("gids.xlsx", b"", "is leeg"),
        ("gids.xlsx", b"PK\x03\x04 stuk", "beschadigd"),
        ("gids.csv", b"\x00\xff\x00\xff", "geen kolom"),
        ("gids.csv", HEADER.encode() + b"\n" + b";x\n" * 3_000, "te groot voor een gesprek"),
    ],
)
def test_a_file_that_is_none_is_said_so(
    terminal: Terminal, tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert expected in terminal.hear(f"/importeer {path}")


def test_a_path_to_nowhere_is_said_so(terminal: Terminal, tmp_path: Path) -> None:
    assert "Ik vind" in terminal.hear(f"/importeer {tmp_path / 'nergens.csv'}")
    assert "gesprek met mij alleen" in terminal.hear("/importeer")
    assert "gesprek met mij alleen" in terminal.hear("/aanbod importeer")


def test_a_moment_is_written_to_a_file_that_a_calendar_reads(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.hear("/agenda")
    terminal.hear("1")
    said = terminal.hear(terminal.number_of("Zet in mijn agenda"))
    path = tmp_path / "files" / "brug.ics"
    assert str(path) in said
    calendar = Calendar.from_ical(path.read_bytes())
    events = calendar.events
    assert events
    assert all(event.get("SUMMARY") and event.get("DTSTAMP") for event in events)
    assert all(event.decoded("DTSTART") > MONDAY for event in events)
    assert len({str(event.get("UID")) for event in events}) == len(events)
