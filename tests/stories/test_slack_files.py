"""Files in Slack: dropped by a steward, and given with an answer."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.slack.files import may_be_fetched
from tests.payloads import every_text
from tests.stories.conftest import Played
from tests.stories.slack_stage import BOT_TOKEN, DM, answered, refused
from tests.waiting import until

STEWARD = "U7"
FILE = (
    b"id;naam;organisatie;gemeente;min_leeftijd;max_leeftijd\n"
    b"V1;Verzonnen Vliegerclub;vzw De Verzonnen Brug;Tienen;6;12\n"
    b"V2;Verzonnen Vlotbouw;vzw De Verzonnen Brug;Tienen;18;12\n"
)


def text_of(drawn: object) -> str:
    return "\n".join(every_text(drawn))


def steward(played: Played) -> None:
    with played.store.begin() as tx:
        tx.people.add_steward("sam.denkbeeld@example.org", datetime.now(UTC), "test")
    played.stage.person(STEWARD, "sam.denkbeeld@example.org")


def button(message: Mapping[str, Any], label: str) -> dict[str, Any]:
    elements = [e for block in message["blocks"] for e in block.get("elements", [])]
    buttons = [e for e in elements if e.get("type") == "button"]
    return next(e for e in buttons if label in e["text"]["text"])


def in_the_directory(played: Played) -> set[str]:
    with played.store.read() as tx:
        return {one.external_id for one in tx.offerings.all()}


def test_a_steward_drops_a_file_looks_and_brings_it_in(played: Played) -> None:
    steward(played)
    played.stage.files["gids.csv"] = FILE
    played.send(played.stage.dropped("gids.csv", STEWARD))
    (shown,) = answered(played.stage)

    assert shown["channel"] == DM
    assert "1 nieuw" in text_of(shown)
    assert "regel 3, kolom min_leeftijd" in text_of(shown)
    assert "V1" not in in_the_directory(played)
    assert played.stage.tokens == [f"Bearer {BOT_TOKEN}"]

    # The wrong row comes back, to be mended.
    (mend,) = until(lambda: played.stage.uploads, "the rows to mend")
    assert "Verzonnen Vlotbouw" in mend.decode("utf-8-sig")
    assert "Vliegerclub" not in mend.decode("utf-8-sig")
    until(lambda: played.stage.calls("files.completeUploadExternal"), "the file in its place")

    pressed = button(shown, "Voer in")
    assert played.send(played.stage.pressed(pressed, STEWARD)) == (200, "")
    (_, done) = answered(played.stage, 2)
    assert "staat nu in de gids" in text_of(done)
    assert "V1" in in_the_directory(played)


def test_the_same_button_twice_brings_nothing_in_twice(played: Played) -> None:
    steward(played)
    played.stage.files["gids.csv"] = FILE
    played.send(played.stage.dropped("gids.csv", STEWARD))
    (shown,) = answered(played.stage)
    for _ in range(2):
        played.send(played.stage.pressed(button(shown, "Voer in"), STEWARD))
    answers = answered(played.stage, 3)

    assert sorted("wacht niet meer" in text_of(one) for one in answers) == [False, False, True]
    with played.store.read() as tx:
        assert sum(one.external_id == "V1" for one in tx.offerings.all()) == 1


def test_a_steward_may_leave_it(played: Played) -> None:
    steward(played)
    played.stage.files["gids.csv"] = FILE
    played.send(played.stage.dropped("gids.csv", STEWARD))
    (shown,) = answered(played.stage)
    played.send(played.stage.pressed(button(shown, "Laat zo"), STEWARD))
    (_, left) = answered(played.stage, 2)

    assert "niets veranderd" in text_of(left)
    played.send(played.stage.pressed(button(shown, "Voer in"), STEWARD))
    answered(played.stage, 3)
    assert "V1" not in in_the_directory(played)


def test_nobody_else_brings_a_file_in_and_it_is_not_even_fetched(played: Played) -> None:
    played.stage.files["gids.csv"] = FILE
    played.send(played.stage.dropped("gids.csv"))
    (said,) = answered(played.stage)

    assert not said.get("blocks") or "Voer in" not in text_of(said)
    assert played.stage.tokens == []


def test_nobody_else_presses_the_button_of_a_steward(played: Played) -> None:
    steward(played)
    played.stage.files["gids.csv"] = FILE
    played.send(played.stage.dropped("gids.csv", STEWARD))
    (shown,) = answered(played.stage)
    played.send(played.stage.pressed(button(shown, "Voer in"), "U1"))
    answered(played.stage, 2)

    assert "V1" not in in_the_directory(played)


@pytest.mark.parametrize(
    "file",
    [
        {"name": "schermafdruk.png", "size": 10},
        {"mode": "tombstone"},
        {"name": "gids.csv", "size": 10},
    ],
)
def test_a_question_that_came_with_a_file_is_answered(
    played: Played, file: dict[str, Any]
) -> None:
    event = {
        "type": "message",
        "subtype": "file_share",
        "channel": DM,
        "channel_type": "im",
        "text": "wie dekt Ninove?",
        "files": [file],
    }
    played.send(played.stage.event(event))
    alone = file.get("name") != "gids.csv"
    said = answered(played.stage, 1 if alone else 2)
    played.send(played.stage.message("wie Kortrijk"))
    everything = answered(played.stage, len(said) + 1)

    assert sum("Frederik" in text_of(one) for one in said) == 1
    assert len(everything) == len(said) + 1
    assert played.stage.tokens == []


def test_a_file_that_is_delivered_four_times_is_answered_once(played: Played) -> None:
    steward(played)
    played.stage.files["gids.csv"] = FILE
    event = played.stage.dropped("gids.csv", STEWARD)
    for _ in range(4):
        played.send(event)
    played.send(played.stage.message("wie Kortrijk"))

    until(lambda: len(played.stage.said()) >= 2, "both answers")
    assert sum("1 nieuw" in text_of(one) for one in played.stage.said()) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"url_private_download": "http://198.51.100.7/gids.csv"},
        {"url_private_download": "https://slack.com.example.org/gids.csv"},
        {"url_private_download": None},
        {"size": 50_000_000},
    ],
)
def test_a_file_elsewhere_or_too_large_is_not_fetched(
    played: Played, more: dict[str, Any]
) -> None:
    steward(played)
    played.stage.files["gids.csv"] = FILE
    played.send(played.stage.dropped("gids.csv", STEWARD, **more))
    (said,) = answered(played.stage)

    assert "gids.csv is te groot" in text_of(said) or "niet ophalen" in text_of(said)
    assert played.stage.tokens == []


def test_a_page_to_sign_in_is_no_file(played: Played) -> None:
    steward(played)
    played.stage.files["gids.csv"] = FILE
    played.stage.tricks["file"] = [
        lambda _: web.Response(text="<html>Sign in</html>", content_type="text/html")
    ]
    played.send(played.stage.dropped("gids.csv", STEWARD))
    (said,) = answered(played.stage)
    assert "niet ophalen" in text_of(said)


def test_a_file_that_is_longer_than_it_says_is_cut_off(played: Played) -> None:
    steward(played)
    played.stage.files["gids.csv"] = b"naam\n" + b"x" * 6_000_000
    played.send(played.stage.dropped("gids.csv", STEWARD, size=10))
    (said,) = answered(played.stage)
    assert "te groot" in text_of(said)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", True),
        ("http://files.slack.com/a.csv", False),
        ("https://files.slack.com:444/a.csv", False),
        ("https://files.slack.com@example.org/a.csv", False),
        ("https://files.slack.com.example.org/a.csv", False),
        ("https://example.org/files.slack.com", False),
        ("file:///etc/passwd", False),
        ("https://[", False),
    ],
)
def test_the_token_goes_to_slack_alone(url: str, allowed: bool) -> None:  # noqa: FBT001 - a table
    assert may_be_fetched(url, "https://slack.com/api/") is allowed


def calendar_of(played: Played) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ask for what is coming, and open the first card that can go into a calendar."""
    played.send(played.stage.command("/agenda", ""))
    (listed,) = answered(played.stage)
    elements = [e for block in listed["blocks"] for e in block.get("elements", [])]
    first = next(e for e in elements if '"card"' in e.get("value", ""))
    played.send(played.stage.pressed(first))
    (_, card) = answered(played.stage, 2)
    return listed, button(card, "Zet in mijn agenda")


def test_a_moment_comes_as_a_file_in_a_conversation_with_brug_alone(played: Played) -> None:
    _, ics = calendar_of(played)
    played.send(played.stage.pressed(ics))
    (put,) = until(lambda: played.stage.calls("files.completeUploadExternal"), "the file")

    assert put["channel_id"] == DM  # it was asked in a channel, and is for who asked
    (content,) = played.stage.uploads
    assert content.startswith(b"BEGIN:VCALENDAR")
    (asked,) = played.stage.calls("files.getUploadURLExternal")
    assert asked["filename"] == "brug.ics"
    assert int(asked["length"]) == len(content)


def test_when_slack_takes_no_file_it_is_said(played: Played) -> None:
    _, ics = calendar_of(played)
    played.stage.tricks["files.getUploadURLExternal"] = [refused("missing_scope")]
    played.send(played.stage.pressed(ics))
    answers = answered(played.stage, 4)
    assert any("niet versturen" in text_of(one) for one in answers)
    assert any("outlook.office.com" in json.dumps(one) for one in answers)
