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
