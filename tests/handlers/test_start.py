"""The start page and help: what somebody may do, in words that say enough by themselves."""

import pytest

from bot.assistant import Assistant, Call
from handlers import FEATURES
from handlers.actors import Caller
from handlers.speech.answer import Answer, Paragraph
from handlers.start import Start
from store import Store
from tests.conftest import MONDAY

MEMBER = Caller("console", "", "U1")
GUEST = Caller("slack", "T9", "U9", home=False)
FREDERIK = Caller("console", "", "U2", "frederik.declercq@vzwapart.be")
STEWARD = Caller("console", "", "U3", "sam.denkbeeld@example.org")


def labels(start: Start) -> list[str]:
    return [button.label for answer in start.sections for button in answer.buttons]


@pytest.mark.parametrize("caller", [MEMBER, FREDERIK], ids=["member", "coordinator"])
def test_what_the_start_page_suggests_are_questions_and_no_commands(
    assistant: Assistant, caller: Caller
) -> None:
    start = assistant.start(caller)

    assert len(start.examples) == 5
    assert all(" " in one and not one.startswith("/") for one in start.examples)
    assert not any(label.startswith("/") for label in labels(start))


def test_a_coordinator_is_greeted_and_may_register_an_absence(assistant: Assistant) -> None:
    start = assistant.start(FREDERIK)

    assert start.sections[0].headline == "Dag Frederik!"
    assert "Meld een afwezigheid" in labels(start)
    assert "Meld een afwezigheid" not in labels(assistant.start(MEMBER))


def test_a_guest_is_offered_nothing_that_saves(assistant: Assistant) -> None:
    start = assistant.start(GUEST)

    assert "te gast" in start.sections[0].headline
    assert "Geef een signaal" not in labels(start)


def test_help_names_every_feature_once_under_its_heading(
    assistant: Assistant, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD.email, MONDAY, "test")
    said = assistant.answer(Call("/hulp", STEWARD))

    assert isinstance(said, Answer)
    named = said.data["features"]
    assert isinstance(named, list)
    shown = str(said.parts)
    for feature in FEATURES:
        if feature.name not in {"help", "smalltalk"}:
            assert feature.name in named
            assert shown.count(f"'/{feature.command}'") == 1
    headings = [p for p in said.parts if isinstance(p, Paragraph)]
    assert "Voor stewards" in str(headings)


def test_help_leaves_out_what_only_stewards_do(assistant: Assistant) -> None:
    said = assistant.answer(Call("/hulp", MEMBER))

    assert isinstance(said, Answer)
    assert "Voor stewards" not in str(said.parts)
    assert "/koppel" not in str(said.parts)
