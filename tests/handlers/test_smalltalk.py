import pytest

from bot.assistant import Assistant, Call
from handlers.actors import Caller
from handlers.speech.answer import Answer

SOMEBODY = Caller("console", "", "U1")


def talk(assistant: Assistant, words: str) -> object:
    said = assistant.answer(Call(words, SOMEBODY))
    assert isinstance(said, Answer)
    return said.data.get("talk")


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("ja", "yes"),
        ("Ja graag!", "yes"),
        ("oui", "yes"),
        ("nee", "no"),
        ("toch niet", "no"),
        ("Nee, laat maar.", "no"),
        ("never mind", "no"),
        ("stomme bot", "hurt"),
        ("ge zijt een kalf", "hurt"),
        ("fuck off", "hurt"),
    ],
)
def test_a_word_that_answers_nothing_is_met_kindly(
    assistant: Assistant, words: str, sort: str
) -> None:
    assert talk(assistant, words) == sort


@pytest.mark.parametrize(
    "words",
    [
        "nee, ik bedoel Aalst",
        "ja en in Gent?",
        "shit, wie vervangt Ludo?",
        "jongeren noemen zichzelf dom",
        "shit ik ben ziek vandaag",
        "kinderen worden idioot genoemd",
        "is er aanbod voor wie zich een idioot voelt en niet meer naar school durft te gaan?",
    ],
)
def test_a_question_with_such_a_word_in_it_stays_a_question(
    assistant: Assistant, words: str
) -> None:
    assert talk(assistant, words) not in {"yes", "no", "hurt"}
