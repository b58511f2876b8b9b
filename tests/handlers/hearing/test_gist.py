import pytest

from handlers.hearing.gist import gist, questions


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (
            "Wie dekt Aalst?\n\nMet vriendelijke groeten\nNoor Voorbeeld\n0470 00 00 00",
            "Wie dekt Aalst?",
        ),
        ("> wie dekt Gent?\n> dat vroeg ik\nEn wie dekt Aalst?", "En wie dekt Aalst?"),
        ("Van: Noor Voorbeeld\nOnderwerp: RE: vraag\n\nwie dekt Gent?", "wie dekt Gent?"),
        ("wie dekt Gent? ```SELECT * FROM people```", "wie dekt Gent?"),
        ("> alleen een citaat", "> alleen een citaat"),
        ("groeten uit Gent", "groeten uit Gent"),
        ("", ""),
    ],
)
def test_what_came_along_with_a_question_is_left_aside(typed: str, asked: str) -> None:
    assert gist(typed) == asked


def test_more_questions_are_told_apart_and_a_tag_question_is_none() -> None:
    assert questions("Wie dekt Aalst? En is er daar een time-out? Toch?") == (
        "Wie dekt Aalst?",
        "En is er daar een time-out?",
    )
    assert questions("Wie dekt Aalst?") == ()
