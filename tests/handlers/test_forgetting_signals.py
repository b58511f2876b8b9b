"""What is forgotten of signals: asked for, wiped, and after a year (F38, F72)."""

from datetime import timedelta
from pathlib import Path

from bot.assistant import Assistant
from scheduler.forgetting import due, forget
from store import Store
from tests.conftest import MONDAY
from tests.handlers.reporting import CLAUDIA, SAM, plain, pressed, said, sent


def test_wis_mijn_gegevens_asks_first_and_then_forgets(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant, organisation="vzw De Zeldzame Bedachte")
    said(assistant, "/signaal 1 analyseren", CLAUDIA)
    asked = said(assistant, "Wis mijn gegevens")
    assert said(assistant, "/signaal mijn").data["numbers"] == [1]

    pressed(assistant, asked, "Wis")
    sqlite_store.scrub()

    assert said(assistant, "/signaal mijn").data["numbers"] == []
    folder = Path(str(sqlite_store.engine.url.database)).parent
    for file in folder.iterdir():
        for marker in (b"UNOOR", b"Zeldzame Bedachte"):
            assert marker not in file.read_bytes(), file.name


def test_a_wiped_signal_is_gone_for_everybody(assistant: Assistant) -> None:
    sent(assistant)
    asked = said(assistant, "/signaal 1 wissen", CLAUDIA)
    wiped = pressed(assistant, asked, "Wis", CLAUDIA)

    assert "time-out" not in plain(wiped)
    assert "geen signaal 1" in said(assistant, "/signaal 1", SAM).headline
    assert "gewist" in said(assistant, "/signaal 1 analyseren", CLAUDIA).headline


def test_links_older_than_a_year_are_counted_first_and_then_cut(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant)
    later = MONDAY + timedelta(days=366)

    assert due(sqlite_store, later)["signals"] == 1
    assert due(sqlite_store, later)["signals"] == 1
    assert forget(sqlite_store, later)["signals"] == 1
    assert due(sqlite_store, later)["signals"] == 0
    assert said(assistant, "/signaal 1").data["reporters"] == 1
