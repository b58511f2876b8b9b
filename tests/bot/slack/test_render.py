"""Any answer and any form becomes Block Kit that Slack's own types allow, and comes back whole."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.characters import clean
from bot.presses import Malformed
from bot.slack.render import (
    blocks,
    form_state,
    form_values,
    message,
    modal,
    page,
    press,
)
from handlers.speech.answer import (
    Answer,
    Audience,
    Button,
    Kind,
    Link,
    Listing,
    Paragraph,
    People,
    PersonCard,
    Plain,
    Press,
    Source,
    Strong,
    Weight,
)
from handlers.speech.form import ChoiceField, DateField, Form, TextField
from handlers.speech.words import Words
from tests.payloads import can_be_sent_and_commands_nothing, every_object, every_text
from tests.peers.fixtures import Checks
from tests.strategies import HOSTILE, answers, forms, presses

WORDS = Words("nl")
ASKED = "wie dekt Kortrijk?"
SOURCE = Source("Contactlijst, overgenomen op 4 september 2026", url="https://example.org/lijst")
# Generating text is slow beside what is tested, and the first example waits for Node.
thorough = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def actions(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        button for block in drawn if block["type"] == "actions" for button in block["elements"]
    ]


@thorough
@given(answer=answers)
def test_any_answer_becomes_blocks_that_slack_takes(block_kit: Checks, answer: Answer) -> None:
    drawn = blocks(answer, WORDS, ASKED)

    assert block_kit("MessageBlocks", drawn) == []
    assert len(json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))) <= 11_000
    assert all(text for text in every_text(drawn))
    ids = [button["action_id"] for button in actions(drawn)]
    assert len(ids) == len(set(ids)) >= len(answer.buttons)
    assert (answer.source is None or not clean(answer.source.text).strip()) == all(
        block["type"] != "context" for block in drawn
    )


@thorough
@given(answer=answers)
def test_any_answer_can_be_sent_and_shown_as_a_page(block_kit: Checks, answer: Answer) -> None:
    said = message(answer, WORDS)

    assert 0 < len(said["text"]) <= 15_000
    assert json.dumps(said, ensure_ascii=False).encode()
    assert block_kit("Modal", page(answer, WORDS)) == []


@thorough
@given(form=forms())
def test_any_form_becomes_a_modal_that_slack_takes(block_kit: Checks, form: Form) -> None:
    drawn = modal(form, WORDS)

    assert block_kit("Modal", drawn) == []
    fields = [block["block_id"] for block in drawn["blocks"] if block["type"] == "input"]
    assert fields == [field.name for field in form.fields]


@given(presses)
def test_a_press_comes_back_as_it_went(pressed: Press) -> None:
    drawn = blocks(Answer("Kies", buttons=(Button("Dit", pressed),)), WORDS)

    values = {name: clean(value) for name, value in pressed.values.items()}
    assert press(actions(drawn)[0]["value"]) == Press(pressed.feature, pressed.verb, values)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_typed_is_never_markup(hostile: str) -> None:
    drawn = message(
        Answer(
            f"Ik ken “{hostile}” niet",
            (Paragraph((Plain(hostile), Strong(hostile))), Listing(((Plain(hostile),),))),
            (Button(hostile, Press("help", "show")),),
            Source(hostile, url="https://example.org/"),
        ),
        WORDS,
    )

    markup = [node["text"] for node in every_object(drawn) if node.get("type") == "mrkdwn"]
    assert set(markup) <= {"<https://example.org/|Lees de bron>"}
    assert "<" not in drawn["text"]
    assert all(not n.get("emoji", False) for n in every_object(drawn) if "emoji" in n)
    assert all(map(can_be_sent_and_commands_nothing, every_text(drawn)))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://example.org/>|<!channel", "x", ""]
)
def test_a_link_that_leads_nowhere_safe_is_only_words(url: str) -> None:
    drawn = blocks(Answer("Zie", (Paragraph((Link("hier", url),)),)), WORDS)

    assert all("url" not in node for node in every_object(drawn))
    assert "hier" in "\n".join(every_text(drawn))


def test_a_person_can_be_written_to_and_stands_on_lines_of_their_own() -> None:
    noor = PersonCard(
        "Noor Voorbeeld", "Jeugdhulp", "noor@example.org", (Plain("Vervangt An tot 21 juli."),)
    )
    (_, person) = blocks(Answer("Noor", (People((noor,)),)), WORDS)

    (section,) = person["elements"]
    links = [span for span in section["elements"] if span["type"] == "link"]
    assert links == [
        {"type": "link", "text": "noor@example.org", "url": "mailto:noor@example.org"}
    ]
    said = "".join(span["text"] for span in section["elements"])
    assert said == "Noor Voorbeeld\nJeugdhulp\nnoor@example.org\nVervangt An tot 21 juli."


def test_a_numbered_list_has_its_numbers_and_no_bullets_before_them() -> None:
    items = ((Strong("De Wissel"), Plain(" · Tienen")),) * 2
    (_, listing) = blocks(Answer("x", (Listing(items, first=1),)), WORDS)
    (drawn,) = listing["elements"]

    assert drawn["style"] == "ordered"
    bold = [item["elements"][0]["text"] for item in drawn["elements"]]
    assert bold == ["De Wissel", "De Wissel"]


def test_a_list_that_goes_on_from_an_earlier_page_has_its_numbers_as_text() -> None:
    items = ((Strong("De Wissel"), Plain(" · Tienen")),) * 2
    (_, listing) = blocks(Answer("x", (Listing(items, first=6),)), WORDS)
    (drawn,) = listing["elements"]

    said = "".join(span["text"] for span in drawn["elements"])
    assert said == "6. De Wissel · Tienen\n7. De Wissel · Tienen"


@pytest.mark.parametrize("said", [("1. een", "3. drie"), ("1. een", "twee"), ("1. ", "2. ")])
def test_a_list_that_only_looks_numbered_keeps_every_character(said: tuple[str, str]) -> None:
    (_, listing) = blocks(Answer("x", (Listing(tuple((Plain(one),) for one in said)),)), WORDS)
    (drawn,) = listing["elements"]

    assert drawn["style"] == "bullet"
    assert [item["elements"][0]["text"].strip() for item in drawn["elements"]] == [
        one.strip() for one in said
    ]


def test_the_notification_says_who_and_where_they_can_be_reached() -> None:
    noor = PersonCard("Noor Voorbeeld", "Jeugdhulp", "noor@example.org")
    text = message(Answer("Voor Kortrijk: Noor", (People((noor,)),), source=SOURCE), WORDS)["text"]

    assert text.startswith("Voor Kortrijk: Noor\n")
    assert "Noor Voorbeeld · Jeugdhulp\n  noor@example.org" in text
    assert text.endswith("Bron: Contactlijst, overgenomen op 4 september 2026")


def test_the_notification_of_a_question_names_the_choices() -> None:
    choices = tuple(Button(name, Press("", "ask", {"words": name})) for name in ("Aalst", "Gent"))
    text = message(Answer("Welke?", buttons=choices, kind=Kind.QUESTION), WORDS)["text"]

    assert text == "Welke?\nJe kunt kiezen: Aalst of Gent."


def test_an_answer_that_is_too_long_says_so_and_keeps_source_and_buttons() -> None:
    items = tuple((Plain(f"{number} " + "lang " * 40),) for number in range(100))
    drawn = blocks(
        Answer(
            "Veel",
            (Listing(items), Paragraph((Plain("het einde"),))),
            (Button("Meer", Press("offerings", "more")),),
            SOURCE,
        ),
        WORDS,
    )

    assert "0 lang" in "\n".join(every_text(drawn))
    assert "het einde" not in "\n".join(every_text(drawn))
    assert "Dit antwoord is ingekort" in "\n".join(every_text(drawn))
    assert [block["type"] for block in drawn][-2:] == ["context", "actions"]


def test_more_parts_than_blocks_are_cut_to_fifty() -> None:
    drawn = blocks(Answer("Veel", (Paragraph((Plain("x"),)),) * 80, source=SOURCE), WORDS)

    assert 40 <= len(drawn) <= 50
    assert drawn[-1]["type"] == "context"


def test_five_buttons_with_the_longest_press_all_fit() -> None:
    longest = Press("coverage", "who", {"words": "é" * 1495})
    buttons = tuple(Button("x" * 200, longest) for _ in range(5))
    drawn = blocks(Answer("x" * 5000, (Paragraph((Plain("y" * 9000),)),), buttons, SOURCE), WORDS)

    assert len(actions(drawn)) == 5
    assert all(button["text"]["text"].endswith("…") for button in actions(drawn))


def test_a_press_that_does_not_fit_is_left_out_whole() -> None:
    buttons = (
        Button("Te veel", Press("a", "b", {"c": "x" * 2000})),
        Button("Goed", Press("a", "b")),
    )
    drawn = blocks(Answer("Kies", buttons=buttons), WORDS)

    assert [button["text"]["text"] for button in actions(drawn)] == ["Goed"]


def test_a_private_answer_can_be_explained_and_shared_with_the_words_that_led_to_it() -> None:
    why = ((Plain("Kortrijk ligt in West-Vlaanderen."),),)
    private = Answer("Noor", why=why, shareable=True)
    found = [press(button["value"]) for button in actions(blocks(private, WORDS, ASKED))]

    assert found == [Press("", "why", {"words": ASKED}), Press("", "share", {"words": ASKED})]
    assert actions(blocks(private, WORDS)) == []
    public = Answer("Noor", why=why, shareable=True, audience=Audience.CHANNEL)
    assert [b["text"]["text"] for b in actions(blocks(public, WORDS, ASKED))] == ["Waarom?"]


def test_a_button_looks_as_heavy_as_it_is() -> None:
    buttons = tuple(Button(weight.value, Press("a", "b"), weight) for weight in Weight)
    drawn = actions(blocks(Answer("Kies", buttons=buttons), WORDS))

    assert [button.get("style") for button in drawn] == [None, "primary", "danger"]


FORM = Form(
    "signals",
    "Nieuw signaal",
    (
        TextField("what", "Wat?", "Geen namen.", multiline=True, max_length=5, initial="te lang"),
        ChoiceField("level", "Niveau?", (("k", "Kleuter"), ("l", "Lager")), several=True),
        ChoiceField("region", "Regio?", tuple((str(n), f"Regio {n}") for n in range(6))),
        ChoiceField("to", "Aan?", (("w", "Welzijn"), ("o", "Onderwijs")), initial=("o",)),
        DateField("since", "Sinds?", required=False),
    ),
    "Verstuur",
    state={"draft": "7"},
)


def test_each_field_is_what_fits_it_best() -> None:
    drawn = modal(FORM, WORDS)
    elements = {block["block_id"]: block["element"] for block in drawn["blocks"]}

    assert {name: element["type"] for name, element in elements.items()} == {
        "what": "plain_text_input",
        "level": "checkboxes",
        "region": "static_select",
        "to": "radio_buttons",
        "since": "datepicker",
    }
    assert elements["what"]["initial_value"] == "te l…"
    assert elements["to"]["initial_option"]["value"] == "o"
    assert [block["optional"] for block in drawn["blocks"]] == [False] * 4 + [True]


def test_what_was_filled_in_comes_back_by_the_name_of_the_field() -> None:
    back = {
        "what": {"answer": {"type": "plain_text_input", "value": "iets"}},
        "level": {
            "answer": {
                "type": "checkboxes",
                "selected_options": [{"value": "k"}, {"value": "l"}],
            }
        },
        "region": {"answer": {"type": "static_select", "selected_option": {"value": "3"}}},
        "to": {"answer": {"type": "radio_buttons", "selected_option": None}},
        "since": {"answer": {"type": "datepicker", "selected_date": None}},
    }

    assert form_values(back) == {
        "what": "iets",
        "level": "k,l",
        "region": "3",
        "to": "",
        "since": "",
    }
    assert form_state(modal(FORM, WORDS)["private_metadata"]) == {"draft": "7"}


def test_a_state_that_slack_would_not_keep_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="signals: a form's state"):
        modal(Form("signals", "x", (), "y", state={"a": "x" * 3000}), WORDS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["feature", "verb", "values", "answer", "type", "value", "x"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(json_values | json_values.map(json.dumps))
def test_junk_is_malformed_and_nothing_else(junk: object) -> None:
    for read in (press, form_values, form_state):
        try:
            read(junk)
        except Malformed:
            continue


@pytest.mark.parametrize(
    "junk",
    [
        None,
        7,
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"feature": "a", "verb": "b"}',
        '{"feature": "a", "verb": "b", "values": {"c": 1}}',
        '{"feature": "a", "verb": "b", "values": {}, "more": 1}',
        '{"feature": 1, "verb": "b", "values": {}}',
    ],
)
def test_what_is_no_press_is_refused(junk: object) -> None:
    with pytest.raises(Malformed):
        press(junk)


@pytest.mark.parametrize(
    "junk",
    [
        None,
        [],
        {"what": None},
        {"what": {}},
        {"what": {"answer": []}},
        {"what": {"answer": {"type": "file_input"}}},
        {"what": {"answer": {"type": "plain_text_input", "value": 1}}},
        {"what": {"answer": {"type": "checkboxes", "selected_options": None}}},
        {"what": {"answer": {"type": "checkboxes", "selected_options": ["x"]}}},
    ],
)
def test_what_no_form_sends_back_is_refused(junk: object) -> None:
    with pytest.raises(Malformed):
        form_values(junk)
