"""Any answer and any form becomes a card that Microsoft's reader knows whole, and comes back."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.characters import clean
from bot.presses import Malformed
from bot.teams.render import FORM, PRESS, card, form_state, form_values, press
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
from handlers.speech.form import ChoiceField, DateField, Form, TextField
from handlers.speech.words import Words
from tests.payloads import can_be_sent_and_commands_nothing, every_object, every_text
from tests.peers.fixtures import AdaptiveCards
from tests.strategies import HOSTILE, answers, forms, presses

WORDS = Words("nl")
ASKED = "wie dekt Kortrijk?"
SOURCE = Source("Contactlijst, overgenomen op 4 september 2026", url="https://example.org/lijst")
thorough = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def actions(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    return [found for found in every_object(drawn) if found.get("type") == "Action.Execute"]


def read(adaptive_cards: AdaptiveCards, markdown: str) -> str:
    """What somebody reads where Markdown is drawn: the text, without any tag."""
    return html.unescape(re.sub(r"<[^>]+>", "", adaptive_cards.html(markdown)))


def is_a_card(drawn: dict[str, Any], adaptive_cards: AdaptiveCards) -> bool:
    size = len(json.dumps(drawn, ensure_ascii=False).encode())
    most = max(len(found.get("actions", ())) for found in every_object(drawn))
    return adaptive_cards.problems(drawn) == [] and size <= 28_000 and most <= 6


@thorough
@given(answer=answers)
def test_any_answer_becomes_a_card_that_is_read_whole(
    adaptive_cards: AdaptiveCards, answer: Answer
) -> None:
    drawn = card(answer, WORDS, ASKED)

    assert is_a_card(drawn, adaptive_cards)
    assert len(actions(drawn)) >= len(answer.buttons)
    assert all(every_text(drawn))
    assert drawn["fallbackText"]


@thorough
@given(answer=answers)
def test_any_answer_is_a_card_to_microsofts_own_schema(
    card_schema: Callable[[object], list[str]], answer: Answer
) -> None:
    assert card_schema(card(answer, WORDS, ASKED)) == []


@thorough
@given(form=forms())
def test_any_form_becomes_a_card_that_is_read_whole(
    adaptive_cards: AdaptiveCards, form: Form
) -> None:
    drawn = card(form, WORDS)

    assert adaptive_cards.problems(drawn) == []
    inputs = [found for found in drawn["body"] if found["type"].startswith("Input.")]
    assert [found["id"] for found in inputs] == [f"answer:{field.name}" for field in form.fields]
    assert all(found["label"] for found in inputs)
    required = [found for found in inputs if "isRequired" in found]
    assert len(required) == sum(field.required for field in form.fields)
    assert all(found["errorMessage"] == "Vul dit nog in." for found in required)


@thorough
@given(form=forms())
def test_any_form_is_a_card_to_microsofts_own_schema(
    card_schema: Callable[[object], list[str]], form: Form
) -> None:
    assert card_schema(card(form, WORDS)) == []


@given(presses)
def test_a_press_comes_back_as_it_went(pressed: Press) -> None:
    drawn = card(Answer("Kies", buttons=(Button("Dit", pressed),)), WORDS)

    (action,) = actions(drawn)
    values = {name: clean(value) for name, value in pressed.values.items()}
    back = json.loads(json.dumps(action["data"]))
    assert press(back) == Press(pressed.feature, pressed.verb, values)
    assert action["verb"] == PRESS


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_typed_is_read_as_they_typed_it(
    adaptive_cards: AdaptiveCards, hostile: str
) -> None:
    drawn = card(
        Answer(
            f"Ik ken “{hostile}” niet",
            (Paragraph((Plain(hostile),)), Facts((("Naam", (Plain(hostile),)),))),
            source=Source(hostile),
        ),
        WORDS,
    )

    assert all(map(can_be_sent_and_commands_nothing, every_text(drawn)))
    for text in every_text(drawn):
        drawn_as = adaptive_cards.html(text)
        assert set(re.findall(r"<\s*(\w+)", drawn_as)) <= {"p"}
    facts = [found for found in every_object(drawn) if found.get("type") == "FactSet"]
    for fact in facts[0]["facts"] if facts else ():
        expected = " ".join(clean(hostile).split())
        assert " ".join(read(adaptive_cards, fact["value"]).split()) == expected


@given(answer=answers)
@thorough
def test_no_text_of_any_answer_becomes_a_picture_a_heading_or_code(
    adaptive_cards: AdaptiveCards, answer: Answer
) -> None:
    for text in every_text(card(answer, WORDS)):
        found = set(re.findall(r"<\s*(\w+)", adaptive_cards.html(text)))
        assert found <= {"p", "strong", "a", "ul", "ol", "li"}


@pytest.mark.parametrize("between", ["", " "])
def test_a_link_after_an_exclamation_mark_is_no_picture(
    adaptive_cards: AdaptiveCards, between: str
) -> None:
    link = Link("hier", "https://example.org")
    prose = (Plain("Kijk!"), Plain(between), link)

    (text,) = [t for t in every_text(card(Answer("", (Paragraph(prose),)), WORDS)) if "Kijk" in t]

    drawn_as = adaptive_cards.html(text)
    assert "<a " in drawn_as
    assert "<img" not in drawn_as
    assert read(adaptive_cards, text).strip() == f"Kijk!{between}hier"


def test_emphasis_and_links_of_ours_are_markup(adaptive_cards: AdaptiveCards) -> None:
    prose = (
        Plain("Zie "),
        Strong(" hier "),
        Link("de [lijst]", "https://example.org/a_(b)"),
        Plain("."),
    )
    (_, paragraph) = card(Answer("x", (Paragraph(prose),)), WORDS)["body"]

    link = '<a href="https://example.org/a_%28b%29">de [lijst]</a>'
    drawn = adaptive_cards.html(paragraph["text"])
    assert drawn == f"<p>Zie  <strong>hier</strong> {link}.</p>\n"


def test_a_listing_is_one_list_with_an_item_for_each(adaptive_cards: AdaptiveCards) -> None:
    items = ((Plain("1. een\n\ntwee"),), (Plain("- drie"),), (Strong("vier"),))
    (_, listing) = card(Answer("x", (Listing(items),)), WORDS)["body"]

    drawn = adaptive_cards.html(listing["text"])
    assert re.findall(r"<li>(.*?)</li>", drawn) == [
        "1. een twee",
        "- drie",
        "<strong>vier</strong>",
    ]
    assert drawn.count("<ul>") == 1


def test_a_numbered_list_has_its_numbers_and_no_bullets_before_them(
    adaptive_cards: AdaptiveCards,
) -> None:
    items = ((Strong("De Wissel"),),) * 2
    (_, listing) = card(Answer("x", (Listing(items, first=6),)), WORDS)["body"]

    drawn = adaptive_cards.html(listing["text"])
    assert '<ol start="6">' in drawn
    assert re.findall(r"<li>(.*?)</li>", drawn) == ["<strong>De Wissel</strong>"] * 2


def test_a_person_is_one_block_with_an_address_to_press(adaptive_cards: AdaptiveCards) -> None:
    noor = PersonCard("Noor Voorbeeld", "Jeugdhulp", "noor@example.org", (Plain("Tot 21 juli."),))
    (_, person) = card(Answer("x", (People((noor,)),)), WORDS)["body"]

    texts = [read(adaptive_cards, item["text"]).strip() for item in person["items"]]
    assert texts == ["Noor Voorbeeld", "Jeugdhulp", "noor@example.org", "Tot 21 juli."]
    assert "mailto:noor@example.org" in person["items"][2]["text"]


def test_a_chart_is_bars_with_their_numbers() -> None:
    chart = Chart("Signalen", "signalen", (("Gent", 4), ("Aalst", 2.5), ("Ronse", 0)))
    (_, title, bars) = card(Answer("x", (chart,)), WORDS)["body"]

    assert title["text"] == "Signalen (signalen)"
    assert bars["facts"] == [
        {"title": "Gent", "value": "████████████ 4"},
        {"title": "Aalst", "value": "███████▌ 2,5"},
        {"title": "Ronse", "value": "▏ 0"},
    ]


def test_an_answer_that_is_too_long_says_so_and_keeps_source_and_buttons() -> None:
    items = tuple((Plain(f"{number} " + "lang " * 60),) for number in range(200))
    drawn = card(
        Answer(
            "Veel",
            (Listing(items), Paragraph((Plain("het einde"),))),
            (Button("Meer", Press("offerings", "more")),),
            SOURCE,
        ),
        WORDS,
    )

    assert len(json.dumps(drawn, ensure_ascii=False).encode()) <= 28_000
    said = "\n".join(every_text(drawn))
    assert "0 lang" in said
    assert "het einde" not in said
    assert "Dit antwoord is ingekort" in said
    assert "Bron: Contactlijst" in drawn["body"][-2]["text"]
    assert len(actions(drawn)) == 1


def test_buttons_stand_in_rows_that_a_phone_shows_whole() -> None:
    labels = [
        "Stel ons voor",
        "Klopt niet",
        "Waarom?",
        "Nieuwerkerken (Oost-Vlaanderen)",
        *"1234567",
    ]
    buttons = tuple(Button(label, Press("a", "b")) for label in labels)
    drawn = card(Answer("Kies", buttons=buttons), WORDS)

    rows = [found["actions"] for found in every_object(drawn) if "actions" in found]
    assert [[action["title"] for action in row] for row in rows] == [
        ["Stel ons voor", "Klopt niet"],
        ["Waarom?"],
        ["Nieuwerkerken (Oost-Vlaanderen)", "1"],
        ["2", "3", "4", "5", "6", "7"],
    ]


def test_a_form_comes_back_with_its_state_and_by_the_name_of_each_field() -> None:
    form = Form(
        "signals",
        "Nieuw signaal",
        (
            TextField("form", "Wat?"),
            ChoiceField("region", "Regio?", (("ant", "Antwerpen"), ("lim", "Limburg"))),
            DateField("since", "Sinds?", required=False),
        ),
        "Verstuur",
        state={"draft": "7"},
    )
    (send,) = actions(card(form, WORDS))
    back = send["data"] | {"answer:form": "iets", "answer:region": "ant", "answer:since": None}

    assert form_values(back) == {"form": "iets", "region": "ant", "since": ""}
    assert form_state(back) == ("signals", {"draft": "7"})
    assert send["verb"] == FORM


@pytest.mark.parametrize(
    "junk",
    [
        None,
        [],
        {},
        "x",
        {PRESS: None, FORM: None},
        {PRESS: {"feature": "a"}, FORM: {"feature": "a"}},
        {PRESS: {"feature": 1, "verb": "b", "values": {}}, FORM: {"feature": 1, "state": {}}},
        {PRESS: {"feature": "", "verb": "b", "values": []}, FORM: {"feature": "a", "state": 1}},
    ],
)
def test_junk_is_refused(junk: object) -> None:
    with pytest.raises(Malformed):
        press(junk)
    with pytest.raises(Malformed):
        form_state(junk)


@pytest.mark.parametrize("junk", [None, [], {"answer:x": 1}, {"answer:x": ["a"]}])
def test_answers_that_are_no_text_are_refused(junk: object) -> None:
    with pytest.raises(Malformed):
        form_values(junk)
