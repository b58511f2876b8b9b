"""A field that is searched while typing, at a terminal: asked once more when it may be several."""

from collections.abc import Iterator

import pytest

from bot.console.listen import Conversation
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from store import Store
from tests.stories.room import Room


def filled_in(store: Store, answers: list[str]) -> list[Answer | Form]:
    """Answer the form of an absence as Frederik, and return all that was shown."""
    room = Room(store)
    shown: list[Answer | Form] = []
    typed: Iterator[str] = iter(answers)
    talk = Conversation(
        room.assistant,
        room.caller("Frederik"),
        "nl",
        lambda said, _, __: shown.append(said),
        lambda _: next(typed),
    )
    talk.hear("/afwezig")
    return shown


def test_a_few_letters_are_enough_for_one_person(sqlite_store: Store) -> None:
    shown = filled_in(sqlite_store, ["1", "2027-01-05", "2027-01-06", "oon"])

    assert isinstance(shown[-1], Answer)
    assert shown[-1].data["cover"] == "Oona"


def test_of_several_people_one_is_chosen_by_number(sqlite_store: Store) -> None:
    shown = filled_in(sqlite_store, ["1", "2027-01-05", "2027-01-06", "an", "1"])
    asked, told = shown[-2], shown[-1]

    assert isinstance(asked, Answer)
    assert "Welke bedoel je" in asked.headline
    assert isinstance(told, Answer)
    assert str(told.data["cover"]).startswith("An")


def test_nobody_covers_when_nothing_is_typed(sqlite_store: Store) -> None:
    shown = filled_in(sqlite_store, ["1", "2027-01-05", "2027-01-06", ""])

    assert isinstance(shown[-1], Answer)
    assert shown[-1].data["cover"] is None


@pytest.mark.parametrize(("source", "typed"), [("geheim", "x"), ("people", "xqz")])
def test_what_means_nothing_finds_nothing(sqlite_store: Store, source: str, typed: str) -> None:
    room = Room(sqlite_store)

    assert room.assistant.suggest(room.caller("Elders"), source, typed) == ()
