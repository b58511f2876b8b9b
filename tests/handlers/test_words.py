from datetime import date, time

import pytest

from bot.assistant import Assistant, Call
from handlers.actors import Caller
from handlers.speech.answer import Answer
from handlers.speech.words import LANGUAGES, Words, phrases


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-12-07", "2026-12-11", "7"),
        ("2026-11-28", "2026-12-11", "28 november"),
        ("2026-12-24", "2027-01-03", "24 december 2026"),
    ],
)
def test_the_first_of_some_days_is_as_long_as_it_has_to_be(
    first: str, last: str, said: str
) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)

    assert Words("nl").from_day(*days) == said


@pytest.mark.parametrize(
    ("language", "question", "named"),
    [
        ("fr", "/wie Gent", "Source : la page « Onderwijskansen versterken »"),
        ("fr", "/uitleg ROTS", "Source : la page « Onderwijskansen versterken »"),
        ("en", "/rots Gent", "the page ‘Onderwijskansen versterken’"),
    ],
)
def test_the_source_page_is_named_in_the_language_of_who_asks(
    assistant: Assistant, language: str, question: str, named: str
) -> None:
    said = assistant.answer(Call(question, Caller("console", "", "U1"), language))

    assert isinstance(said, Answer)
    assert said.source is not None
    assert named in Words(language).plain("room.source", source=said.source.text)


def test_a_term_is_not_also_called_what_it_was_just_said_to_mean(assistant: Assistant) -> None:
    said = assistant.answer(Call("/uitleg CLB", Caller("console", "", "U1")))

    assert isinstance(said, Answer)
    assert "centrum voor leerlingenbegeleiding" in said.headline
    assert "centrum voor leerlingenbegeleiding" not in str(said.parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_ends_in_a_question_mark(language: str) -> None:
    asked = {
        name: phrase for name, phrase in phrases(language).items() if name.endswith(".shall_i")
    }

    assert len(asked) > 1
    assert [name for name, phrase in asked.items() if not phrase.endswith("?")] == []


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "13.30"), ("fr", "13 h 30"), ("en", "13.30")]
)
def test_an_hour_is_written_as_the_language_does(language: str, said: str) -> None:
    assert Words(language).clock(time(13, 30)) == said
    assert Words("fr").clock(time(9)) == "9 h"
