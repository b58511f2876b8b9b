"""The start page and help: what somebody may do, in words that say enough by themselves."""

from dataclasses import replace

import pytest

from bot.assistant import Assistant, Call
from handlers import FEATURES
from handlers.actors import Caller
from handlers.help import FOR_ROLES
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


def lines_of(assistant: Assistant, caller: Caller) -> str:
    said = assistant.answer(Call("/hulp", caller))
    assert isinstance(said, Answer)
    return str(said.parts)


def test_help_shows_each_role_what_it_may_do_besides(
    assistant: Assistant, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD.email, MONDAY, "test")
    of_coordinators, of_stewards = (
        [command for _, command in commands.items()] for _, commands in FOR_ROLES.values()
    )
    for_member, for_coordinator, for_steward = (
        lines_of(assistant, caller) for caller in (MEMBER, FREDERIK, STEWARD)
    )

    assert not [one for one in (*of_coordinators, *of_stewards) if one in for_member]
    assert [one for one in of_coordinators if one in for_coordinator] == of_coordinators
    assert not [one for one in of_stewards if one in for_coordinator]
    assert all(one in for_steward for one in (*of_coordinators, *of_stewards))


UNDERSTOOD = {
    "/signaal lijst": "niets op te volgen",
    "/signaal 42 samen 17": "geen signaal 42",
    "/signaal 42 analyseren": "geen signaal 42",
    "/bundel maak": "nog geen signalen om te bundelen",
    "/afwezig vandaag": "je bent er niet",
    "/digest elke maandag 9u": "elke maandag om 9",
    "/aanbod nakijken": "geen voorstellen",
    "/aanbod importeer": "HSDS-pakket",
    "/woord nieuw": "Woord van het veld",
}


@pytest.mark.parametrize("command", [c for _, all_ in FOR_ROLES.values() for c in all_.values()])
def test_what_help_says_to_a_role_is_understood(
    command: str, assistant: Assistant, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD.email, MONDAY, "test")
    for_steward = command in FOR_ROLES["stewards"][1].values()
    caller = replace(STEWARD if for_steward else FREDERIK, conversation="C1")

    said = assistant.answer(Call(command, caller))

    headline = said.headline if isinstance(said, Answer) else said.title
    assert UNDERSTOOD[command] in headline
