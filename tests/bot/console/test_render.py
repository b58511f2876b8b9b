"""Any answer and any form can be shown in a terminal, and commands it nothing."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from rich.console import Console
from rich.text import Text

from bot.console.drawing import drawing
from bot.console.render import choices, text
from handlers.speech.answer import (
    Answer,
    Button,
    Chart,
    Facts,
    Link,
    Listing,
    Paragraph,
    People,
    PersonCard,
    Plain,
    Press,
    Source,
    Strong,
)
from handlers.speech.form import ChoiceField, Form, TextField
from handlers.speech.words import Words
from tests.payloads import can_be_sent_and_commands_nothing
from tests.strategies import HOSTILE, answers, forms

WORDS = Words("nl")
thorough = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

ANSWER = Answer(
    "Voor Kortrijk ga je naar Noor Voorbeeld",
    (
        Paragraph((Plain("Kortrijk ligt in "), Strong("West-Vlaanderen"), Plain("."))),
        People(
            (
                PersonCard("Noor Voorbeeld", "Jeugdhulp", "noor@example.org"),
                PersonCard("Sam Verzonnen", "", "", (Plain("Afwezig."),)),
            )
        ),
        Listing(((Plain("een"),), (Link("twee", "https://example.org/2"),))),
        Facts((("Regio", (Plain("West-Vlaanderen"),)),)),
        Chart("Signalen", "", (("Gent", 2), ("Aalst", 1))),
    ),
    (Button("Klopt niet", Press("coverage", "wrong")),),
    Source("Contactlijst, 4 september 2026", url="https://example.org/lijst"),
    why=((Plain("Postcode 8500."),),),
    shareable=True,
)


def terminal(width: int) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        color_system="truecolor",
        legacy_windows=False,
    )


def without_drawing(drawn: str) -> str:
    """What a terminal shows of what rich wrote, taken apart by rich's own reader of it."""
    return Text.from_ansi(drawn).plain


def test_an_answer_reads_from_top_to_bottom() -> None:
    assert text(ANSWER, WORDS, "wie dekt Kortrijk?") == (
        "Voor Kortrijk ga je naar Noor Voorbeeld\n"
        "\n"
        "Kortrijk ligt in West-Vlaanderen.\n"
        "\n"
        "• Noor Voorbeeld · Jeugdhulp\n"
        "  noor@example.org\n"
        "• Sam Verzonnen\n"
        "  Afwezig.\n"
        "\n"
        "• een\n"
        "• twee <https://example.org/2>\n"
        "\n"
        "  Regio: West-Vlaanderen\n"
        "\n"
        "Signalen\n"
        "  Gent  ████████████ 2\n"
        "  Aalst ██████ 1\n"
        "\n"
        "Bron: Contactlijst, 4 september 2026 https://example.org/lijst\n"
        "\n"
        "[1] Klopt niet\n"
        "[2] Waarom?"
    )


def test_a_numbered_list_has_no_bullets_before_its_numbers() -> None:
    items = ((Strong("een"),), (Plain("twee"),))

    assert text(Answer("x", (Listing(items, first=1),)), WORDS, "") == "x\n\n1. een\n2. twee"


def test_a_link_that_holds_a_whole_mail_is_only_its_words() -> None:
    mail = Paragraph((Link("Open het in je mail", f"mailto:noor@example.org?body={'x' * 400}"),))

    assert text(Answer("x", (mail,)), WORDS, "") == "x\n\nOpen het in je mail"


def test_the_numbers_are_those_of_the_choices() -> None:
    assert [button.label for button in choices(ANSWER, WORDS, "wie?")] == ["Klopt niet", "Waarom?"]
    assert [button.label for button in choices(ANSWER, WORDS)] == ["Klopt niet"]


def test_a_button_of_a_feature_that_shares_is_no_share_in_a_channel() -> None:
    answer = Answer("x", buttons=(Button("Deel met An", Press("practices", "share")),))

    assert [button.label for button in choices(answer, WORDS)] == ["Deel met An"]


def test_a_form_shows_each_question_with_its_options() -> None:
    form = Form(
        "signals",
        "Nieuw signaal",
        (
            TextField("what", "Wat?", "Geen namen.", required=False),
            ChoiceField("to", "Aan wie?", (("w", "Welzijn"), ("o", "Onderwijs"))),
        ),
        "Verstuur",
    )

    assert text(form, WORDS) == (
        "Nieuw signaal\n"
        "\n"
        "Wat? (mag leeg blijven)\n"
        "  Geen namen.\n"
        "\n"
        "Aan wie?\n"
        "  [1] Welzijn\n"
        "  [2] Onderwijs"
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_typed_commands_nothing(hostile: str) -> None:
    answer = Answer(
        f"Ik ken “{hostile}” niet",
        (
            Paragraph((Plain(hostile), Strong(hostile), Link(hostile, "https://example.org/"))),
            Facts(((hostile, (Plain(hostile),)),)),
            Chart(hostile, hostile, ((hostile, 1),)),
            People((PersonCard(hostile, hostile, hostile, (Plain(hostile),)),)),
        ),
        (Button(hostile, Press("help", "show")),),
        Source(hostile),
    )

    assert can_be_sent_and_commands_nothing(text(answer, WORDS))


@thorough
@given(answer=answers)
def test_any_answer_is_lines_of_text(answer: Answer) -> None:
    said = text(answer, WORDS, "wie?")

    assert said.strip()
    assert "\x1b" not in said
    assert said.encode()


@thorough
@given(form=forms())
def test_any_form_is_lines_of_text(form: Form) -> None:
    said = text(form, WORDS)

    assert said.strip()
    assert "\x1b" not in said
    assert said.encode()


def test_in_colour_stands_the_same_as_without() -> None:
    console = terminal(200)
    console.print(drawing(ANSWER, WORDS, "wie?"))
    assert isinstance(console.file, io.StringIO)
    drawn = console.file.getvalue()

    assert "\x1b[" in drawn
    shown = [line.rstrip() for line in without_drawing(drawn).splitlines()]
    assert shown == text(ANSWER, WORDS, "wie?").splitlines()


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_line_that_wraps_keeps_its_indent(width: int) -> None:
    console = terminal(width)
    console.print(drawing(Answer("x", (Listing(((Plain("woord " * 30),),)),)), WORDS))
    assert isinstance(console.file, io.StringIO)
    _, _, first, *more = without_drawing(console.file.getvalue()).splitlines()

    assert first.startswith("• woord")
    assert more
    assert all(line.startswith("  woord") and len(line) <= width for line in more)
