"""Following a search by the command: begin, see the list, stop (F17)."""

import pytest

from bot.assistant import Assistant, Call
from handlers.actors import Caller
from handlers.speech.answer import Answer, Listing

NOOR = Caller("slack", "T1", "U5", "noor.voorbeeld@example.org")


def say(assistant: Assistant, words: str) -> Answer:
    said = assistant.answer(Call(words, NOOR))
    assert isinstance(said, Answer)
    return said


def followed(assistant: Assistant) -> list[str]:
    (listed,) = (p for p in say(assistant, "/volg").parts if isinstance(p, Listing))
    return ["".join(span.text for span in line) for line in listed.items]


@pytest.fixture
def two(assistant: Assistant) -> Assistant:
    for words in ("dagbesteding in Tienen", "stopcontact in Gent"):
        say(assistant, f"/volg {words}")
    return assistant


@pytest.mark.parametrize(
    "words",
    ["/volg", "/volg lijst", "/volg overzicht", "/volg stop", "/suivre liste", "/follow list",
     "wat volg ik?"],
)  # fmt: skip
def test_what_is_followed_is_listed_and_nothing_more_is_followed(
    two: Assistant, words: str
) -> None:
    assert say(two, words).headline == "Je volgt 2 vragen."
    assert followed(two) == ["dagbesteding in Tienen", "stopcontact in Gent"]


@pytest.mark.parametrize(
    "words", ["/volg stop 1", "/volg stoppen met volgen nr 1", "/volg STOP 1."]
)
def test_a_number_of_the_list_is_followed_no_more(two: Assistant, words: str) -> None:
    assert (
        say(two, words).headline
        == "Gestopt. Je krijgt geen berichten meer over: dagbesteding in Tienen."
    )
    assert followed(two) == ["stopcontact in Gent"]


@pytest.mark.parametrize("words", ["toon 1", "lijst 1", "wat 1"])
def test_a_number_behind_another_word_stops_nothing(two: Assistant, words: str) -> None:
    say(two, f"/volg {words}")

    assert {"dagbesteding in Tienen", "stopcontact in Gent"} <= set(followed(two))


def test_a_number_that_is_not_in_the_list_changes_nothing(two: Assistant) -> None:
    assert "geen nummer 3" in say(two, "/volg stop 3").headline
    assert len(followed(two)) == 2


@pytest.mark.parametrize("words", ["/volg stop alles", "/volg stop met volgen alles"])
def test_everything_stops_at_once(two: Assistant, words: str) -> None:
    said = say(two, words)

    assert "dagbesteding in Tienen; stopcontact in Gent" in said.headline
    assert say(two, "/volg").data["follows"] == []


def test_under_the_list_a_number_is_enough_to_stop(two: Assistant) -> None:
    assert "dagbesteding in Tienen" in say(two, "stop 1").headline
    assert followed(two) == ["stopcontact in Gent"]


def test_what_lies_outside_is_not_followed(assistant: Assistant) -> None:
    assert "Luik" in say(assistant, "/volg time-out in Luik").headline
    assert say(assistant, "/volg").data["follows"] == []
