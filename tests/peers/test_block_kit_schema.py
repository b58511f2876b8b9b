"""The schema that our blocks are held against refuses what Slack refuses, or it proves nothing."""

import copy
from typing import Any, TypeAlias

import pytest

from tests.peers.fixtures import Checks

Json: TypeAlias = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


BUTTON = {"type": "button", "action_id": "b", "text": plain("Signaal"), "style": "primary"}
MODAL: Json = {
    "type": "modal",
    "callback_id": "signals",
    "title": plain("Beleidssignaal"),
    "submit": plain("Verstuur"),
    "close": plain("Annuleer"),
    "private_metadata": "x",
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": plain("Wat?"),
            "element": {"type": "plain_text_input", "action_id": "a", "max_length": 3000},
        },
        {
            "type": "input",
            "block_id": "theme",
            "label": plain("Thema?"),
            "element": {
                "type": "static_select",
                "action_id": "a",
                "options": [{"text": plain("Leerplicht"), "value": "l"}],
            },
        },
        {"type": "context", "elements": [mrkdwn("_een woord_")]},
    ],
}
HOME: Json = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Dag")},
        {"type": "section", "text": mrkdwn("*dag*"), "accessory": BUTTON},
        {"type": "actions", "elements": [BUTTON]},
    ],
}
MESSAGE: list[Json] = [
    {"type": "section", "fields": [mrkdwn("a"), mrkdwn("b")]},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]},
        ],
    },
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]},
]
METADATA: Json = {"event_type": "digest", "event_payload": {"week": "2026-W47"}}


def without(payload: Json, key: str) -> Json:
    return {name: value for name, value in payload.items() if name != key}


def changed(payload: Json, path: str, value: object) -> Json:
    changed = copy.deepcopy(payload)
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place: Any = changed
    for step in way:
        place = place[step]
    place[last] = value
    return changed


REFUSED: dict[str, tuple[str, object]] = {
    "an unknown block": ("Modal", changed(MODAL, "blocks/2", {"type": "nonsense"})),
    "a block without type": ("Home", changed(HOME, "blocks/0", {"text": mrkdwn("x")})),
    "a title in mrkdwn": ("Modal", changed(MODAL, "title", mrkdwn("x"))),
    "a modal without title": ("Modal", without(MODAL, "title")),
    "a string for a text object": ("Modal", changed(MODAL, "submit", "x")),
    "a button in mrkdwn": ("Home", changed(HOME, "blocks/2/elements/0/text", mrkdwn("x"))),
    "an unknown style": ("Home", changed(HOME, "blocks/2/elements/0/style", "blue")),
    "an unknown key": ("Modal", changed(MODAL, "blocks/0/lable", plain("x"))),
    "a number for a value": ("Modal", changed(MODAL, "blocks/1/element/options/0/value", 5)),
    "a button as input": ("Modal", changed(MODAL, "blocks/0/element", BUTTON)),
    "a home with title": ("Home", changed(HOME, "title", plain("x"))),
    "a button in a context": ("MessageBlocks", [{"type": "context", "elements": [BUTTON]}]),
    "a header in mrkdwn": ("MessageBlocks", [{"type": "header", "text": mrkdwn("x")}]),
    "a section with nothing": ("MessageBlocks", [{"type": "section"}]),
    "an empty section": ("MessageBlocks", [{"type": "section", "text": mrkdwn("")}]),
    "51 blocks": ("MessageBlocks", [{"type": "divider"}] * 51),
    "101 blocks at home": ("Home", {"type": "home", "blocks": [{"type": "divider"}] * 101}),
    "a title of 25": ("Modal", changed(MODAL, "title", plain("x" * 25))),
    "a section of 3,001": ("MessageBlocks", [{"type": "section", "text": mrkdwn("x" * 3001)}]),
    "a header of 151": ("MessageBlocks", [{"type": "header", "text": plain("x" * 151)}]),
    "a button of 76": ("Home", changed(HOME, "blocks/2/elements/0/text", plain("x" * 76))),
    "a value of 2,001": ("Home", changed(HOME, "blocks/2/elements/0/value", "x" * 2001)),
    "an option of 76": (
        "Modal",
        changed(MODAL, "blocks/1/element/options/0/text", plain("x" * 76)),
    ),
    "101 options": (
        "Modal",
        changed(MODAL, "blocks/1/element/options", [{"text": plain("x"), "value": "y"}] * 101),
    ),
    "a block_id of 256": ("Home", changed(HOME, "blocks/0/block_id", "x" * 256)),
    "metadata of 3,001": ("Modal", changed(MODAL, "private_metadata", "x" * 3001)),
    "11 fields": ("MessageBlocks", [{"type": "section", "fields": [mrkdwn("x")] * 11}]),
    "a field of 2,001": ("MessageBlocks", [{"type": "section", "fields": [mrkdwn("x" * 2001)]}]),
    "26 buttons": ("MessageBlocks", [{"type": "actions", "elements": [BUTTON] * 26}]),
    "11 in a context": ("MessageBlocks", [{"type": "context", "elements": [mrkdwn("x")] * 11}]),
    "a label of 2,001": ("Modal", changed(MODAL, "blocks/0/label", plain("x" * 2001))),
}


@pytest.mark.parametrize(
    ("name", "payload"),
    [("Modal", MODAL), ("Home", HOME), ("MessageBlocks", MESSAGE), ("Metadata", METADATA)],
)
def test_what_slack_takes_is_taken(block_kit: Checks, name: str, payload: object) -> None:
    assert block_kit(name, payload) == []


@pytest.mark.parametrize("what", REFUSED)
def test_what_slack_refuses_is_refused(block_kit: Checks, what: str) -> None:
    name, payload = REFUSED[what]

    assert block_kit(name, payload) != []
