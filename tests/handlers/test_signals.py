"""Giving a signal, through the whole assistant: the form, the guard, the same in other words."""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from bot.warming import warm_up
from handlers import FEATURES
from handlers.errors import Mistakes
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind
from handlers.speech.form import Form
from store import Store
from tests.conftest import ATLAS, MONDAY
from tests.handlers.reporting import (
    BARBARA,
    CLAUDIA,
    FIELDS,
    NOOR,
    SAM,
    TEXT,
    TOOR,
    button,
    plain,
    pressed,
    said,
    sent,
    support,
)


def test_the_form_asks_four_things_and_says_who_will_see_what(assistant: Assistant) -> None:
    form = assistant.answer(Call("/signaal", NOOR))

    assert isinstance(form, Form)
    assert [one.name for one in form.fields if one.required] == [
        "text",
        "level",
        "region",
        "addressee",
    ]
    assert "Niemand ziet je naam" in str(form.fields)
    assert "geen namen" in str(form.intro)


def test_a_signal_is_kept_and_told_with_its_number_and_day(
    assistant: Assistant, sqlite_store: Store
) -> None:
    answer = sent(assistant)

    assert answer.data["number"] == 1
    assert "7 december 2026" in plain(answer)
    with sqlite_store.read() as tx:
        signal = tx.signals.get(1)
    assert signal is not None
    assert signal.text == TEXT


def test_a_form_delivered_four_times_at_once_is_one_signal(store: Store) -> None:
    assistant = Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)
    warm_up(assistant, store, MONDAY)  # as a server does: three do not wait for the first's lists

    def deliver(_: int) -> Answer:
        return sent(assistant, organisation="vzw Een")

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(deliver, range(4)))

    assert [answer.data["number"] for answer in told] == [1] * 4
    assert {answer.headline for answer in told} == {told[0].headline}
    with store.read() as tx:
        assert len(tx.signals.open_in(None, 10)) == 1
        assert len(tx.signals.supporters(1)) == 1


def test_somebody_elses_key_does_not_show_their_signal(assistant: Assistant) -> None:
    sent(assistant, NOOR, key="k1")

    other = sent(assistant, SAM, key="k1", text="De bus is drie uur onderweg naar school.")

    assert other.data["number"] == 2


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        pytest.param({"text": ""}, {"text"}, id="no text"),
        pytest.param({"text": "a" * 40_000}, {"text"}, id="too long a text"),
        pytest.param({"level": "universiteit"}, {"level"}, id="unknown level"),
        pytest.param(
            {"region": "wallonie", "addressee": ""}, {"region", "addressee"}, id="two fields"
        ),
        pytest.param({"organisation": "bel 0470 12 34 56"}, {"organisation"}, id="phone number"),
        pytest.param({"organisation": "x" * 500}, {"organisation"}, id="too long a name"),
        pytest.param({"meeting": "noor.voorbeeld@gmail.com"}, {"meeting"}, id="mail address"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(
    assistant: Assistant, values: Mapping[str, str], wrong: set[str]
) -> None:
    with pytest.raises(Mistakes) as mistakes:
        assistant.submit(
            Submission("signals", {**FIELDS, "text": TEXT, **values}, NOOR, state={"key": "k1"})
        )

    assert set(mistakes.value.keys) == wrong


REFUSED = (
    "Het kind met nummer 93.05.18-223.61 komt niet naar school.",
    "930518\n22361 komt niet naar school",
    "９３０５１８２２３６１ komt niet naar school",
    "93\u200b05\u200b18\u200b223\u200b61 komt niet naar school",
    "93051822361",
    "bel zijn moeder op 0470 12 34 56, kwartelei",
    "schrijf naar kwartelei@gmail.com",
    "de kosten gaan naar BE68 5390 0754 7034",
)


@pytest.mark.parametrize("text", REFUSED, ids=repr)
@pytest.mark.parametrize("road", ["form", "command", "sentence"])
def test_what_is_refused_is_nowhere(
    text: str, road: str, assistant: Assistant, sqlite_store: Store, tmp_path: Path
) -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        if road == "form":
            answer = sent(assistant, text=text)
        elif road == "command":
            answer = said(assistant, f"/signaal {text}")
        else:
            answer = said(assistant, f"Ik wil een signaal melden: {text}")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)

    assert answer.kind is Kind.REFUSAL
    assert not answer.data.get("kept")
    for marker in (
        "223.61",
        "22361",
        "２２３６１",
        "223\u200b61",
        "12 34 56",
        "kwartelei@",
        "5390 0754",
    ):
        if marker in text:
            assert marker not in pages.write(answer)
            assert marker not in written.getvalue()
            folder = Path(str(sqlite_store.engine.url.database)).parent
            files = [file for file in folder.rglob("*") if file.is_file()]
            files += [file for file in tmp_path.rglob("*") if file.is_file()]
            assert files
            assert not any(marker.encode() in file.read_bytes() for file in files)
    with sqlite_store.read() as tx:
        assert tx.signals.open_in(None, 10) == []


def test_a_name_is_asked_about_and_waits_for_a_coordinator_once_confirmed(
    assistant: Assistant, sqlite_store: Store
) -> None:
    asked = sent(assistant, text="We zien Jan Peeters uit 3B vaak niet in de klas.")
    kept = pressed(assistant, asked, "bewaar")

    assert asked.kind is Kind.QUESTION
    assert "een naam" in plain(asked)
    assert kept.data["quarantined"] is True
    assert "geen signaal 1" in said(assistant, "/signaal 1", SAM).headline
    assert "Jan" in plain(said(assistant, "/signaal 1", CLAUDIA))
    assert "nazicht" in said(assistant, "/signaal 1 analyseren", CLAUDIA).headline
    with sqlite_store.read() as tx:
        assert tx.signals.similar("Jan Peeters uit 3B niet in de klas") == []
    said(assistant, "/signaal 1 vrijgeven", CLAUDIA)
    assert said(assistant, "/signaal 1", SAM).data["number"] == 1


def test_what_the_writer_confirmed_in_a_form_is_looked_at_again(assistant: Assistant) -> None:
    answer = sent(assistant, text="Jan Peeters komt niet naar school.", confirmed="yes")

    assert answer.data["kept"] is False


def test_the_text_is_offered_without_what_points_at_a_person(assistant: Assistant) -> None:
    answer = sent(assistant, text="Bel 0470 12 34 56: er zijn te weinig plaatsen.")
    form = assistant.press(Pressed(button(answer, "zonder").press, NOOR))

    assert isinstance(form, Form)
    assert "er zijn te weinig plaatsen" in str(form.fields[0])
    assert "0470" not in str(form)


def test_about_one_child_there_is_the_duo_and_nothing_is_kept(
    assistant: Assistant, sqlite_store: Store
) -> None:
    answer = sent(assistant, scope="one")

    assert "Claudia" in plain(answer)
    assert answer.data["kept"] is False
    with sqlite_store.read() as tx:
        assert tx.signals.open_in(None, 10) == []


def test_a_sentence_changes_nothing_but_offers_both_doors(
    assistant: Assistant, sqlite_store: Store
) -> None:
    words = "We merken dat steeds meer jongeren in Limburg thuiszitten."
    answer = said(assistant, words)
    form = assistant.press(Pressed(button(answer, "Vaker").press, NOOR))

    assert isinstance(form, Form)
    assert words in str(form.fields[0])
    assert "limburg" in str(form.fields[2])
    assert "limburg" in str(button(answer, "Eén kind").press)
    with sqlite_store.read() as tx:
        assert tx.signals.open_in(None, 10) == []


def test_one_line_is_kept_with_one_press(assistant: Assistant) -> None:
    preview = said(assistant, f"signaal secundair limburg welzijn: {TEXT}")
    kept = pressed(assistant, preview, "Bewaar")
    again = pressed(assistant, preview, "Bewaar")

    assert preview.data["kept"] is False
    assert kept.data["number"] == again.data["number"] == 1


@pytest.mark.parametrize(
    "line",
    [
        f"secundair limburg welzijn: {TEXT}",
        f"{TEXT} secundair, Limburg, welzijn",
        f"{TEXT}\nLimburg; secundair en voor welzijn.",
        f"secundair onderwijs, limburg, welzijn: {TEXT}",
        f"{TEXT} secundair onderwijs, Limburg, welzijn",
    ],
)
def test_level_region_and_addressee_stand_before_the_text_or_behind_it(
    assistant: Assistant, line: str
) -> None:
    read = filled_in(assistant, f"/signaal {line}")

    assert read["text"] == TEXT
    assert (read["level"], read["region"]) == (("secundair",), ("limburg",))
    assert read["addressee"] == ("welzijn",)


@pytest.mark.parametrize(
    "last",
    [
        "In Limburg is er niets.",
        "Welzijn kijkt weg.",
        "Limburg wacht.",
        "Vooral in Limburg en Antwerpen.",
        "En voor basisvaardigheden?",
        "Waar is de nood? Onderwijs.",
    ],
)
def test_a_last_sentence_that_tells_something_stays(assistant: Assistant, last: str) -> None:
    read = filled_in(assistant, f"/signaal {TEXT} {last} secundair, Limburg, beide")

    assert read["text"] == f"{TEXT} {last}"
    assert read["addressee"] == ("beide",)


def test_two_regions_behind_the_last_sentence_stay_in_the_text(assistant: Assistant) -> None:
    read = filled_in(assistant, f"/signaal {TEXT} secundair, Limburg en Antwerpen, beide")

    assert read["text"] == f"{TEXT} secundair, Limburg en Antwerpen, beide"


def filled_in(assistant: Assistant, line: str) -> dict[str, object]:
    """What stands in the form that can still be changed."""
    form = assistant.answer(Call(line, NOOR))
    if isinstance(form, Answer):  # nothing is missing, so it asks only whether this is right
        form = assistant.press(Pressed(button(form, "Aanpassen").press, NOOR))
    assert isinstance(form, Form)
    return {field.name: field.initial for field in form.fields}


def test_the_same_signal_is_shown_first_and_can_be_supported(assistant: Assistant) -> None:
    sent(assistant, NOOR)
    asked = sent(assistant, SAM, text="Onvoldoende capaciteit voor time-out: lang wachten.")
    form = assistant.press(Pressed(button(asked, "Mij ook").press, SAM))

    assert asked.data["similar"] == [1]
    assert isinstance(form, Form)
    backing = {**form.state, "context": "Ook bij ons duurt het maanden."}
    thanks = [assistant.submit(Submission("signals", backing, SAM)) for _ in range(4)]
    card = said(assistant, "/signaal 1")
    assert [answer.data["number"] for answer in thanks] == [1] * 4
    assert card.data["reporters"] == 2
    assert "Ook bij ons" in plain(card)
    assert pressed(assistant, asked, "als nieuw", SAM).data["number"] == 2


def test_what_is_added_to_a_signal_names_nobody(assistant: Assistant) -> None:
    sent(assistant)
    values = {"number": "1", "action": "support", "context": "Jan Peeters wacht ook."}

    with pytest.raises(Mistakes) as mistakes:
        assistant.submit(Submission("signals", values, SAM))

    assert set(mistakes.value.keys) == {"context"}


def test_a_form_sent_after_the_signal_was_merged_supports_the_one_that_stayed(
    assistant: Assistant,
) -> None:
    sent(assistant, NOOR)
    sent(assistant, SAM, key="k2", text="De bus is drie uur onderweg naar school.")
    said(assistant, "/signaal 1 samen 2", CLAUDIA)

    answer = support(assistant, TOOR, "vzw Drie", number="2")

    assert answer.data["number"] == 1
    assert said(assistant, "/signaal 1").data["reporters"] == 3


def test_who_stands_behind_both_of_two_merged_signals_is_named_once(
    assistant: Assistant,
) -> None:
    sent(assistant, NOOR, key="k1", anonymity="duo", organisation="vzw De Verzonnen Brug")
    sent(assistant, NOOR, key="k2", text="De bus is drie uur onderweg.", anonymity="duo")
    said(assistant, "/signaal 1 samen 2", CLAUDIA)

    assert plain(said(assistant, "/signaal 1", CLAUDIA)).count("een lid") == 1


@pytest.mark.parametrize(
    ("anonymity", "seen"),
    [("open", {"USAM", "UCLAUDIA"}), ("duo", {"UCLAUDIA"}), ("nobody", set[str]())],
)
def test_a_reporter_is_named_as_their_room_names_them_to_whom_was_promised(
    assistant: Assistant, anonymity: str, seen: set[str]
) -> None:
    sent(assistant, replace(NOOR, name="Noor Voorbeeld"), anonymity=anonymity)

    found = {
        caller.user
        for caller in (SAM, CLAUDIA, BARBARA)
        if "Van Noor Voorbeeld." in plain(said(assistant, "/signaal 1", caller))
    }
    assert found - {BARBARA.user} == seen
    assert (BARBARA.user in found) == (anonymity == "open")


def test_a_name_that_would_break_a_line_is_shown_on_one(assistant: Assistant) -> None:
    sent(assistant, replace(NOOR, name=f"Noor\n\u202eVoorbeeld {'x' * 99}"), anonymity="duo")

    shown = plain(said(assistant, "/signaal 1", CLAUDIA))
    assert f"Van Noor Voorbeeld {'x' * 65}." in shown


def test_two_whose_room_does_not_name_them_are_counted(assistant: Assistant) -> None:
    sent(assistant, NOOR, anonymity="duo")
    support(assistant, SAM, "", number="1")

    assert "Van 2 leden." in plain(said(assistant, "/signaal 1", CLAUDIA))


@pytest.mark.parametrize("words", ["mij ook", "steun", "steunen", "moi aussi", "me too"])
def test_somebody_may_stand_behind_a_signal_in_their_own_words(
    assistant: Assistant, words: str
) -> None:
    sent(assistant)

    form = assistant.answer(Call(f"/signaal 1 {words}", SAM))

    assert isinstance(form, Form)
    assert form.state["number"] == "1"
    assert form.state["action"] == "support"


def test_a_number_that_no_signal_has_is_not_repeated(assistant: Assistant) -> None:
    answer = said(assistant, "/signaal 0470123456")

    assert answer.headline.startswith("Ik vind geen signaal met zo’n nummer")
    assert "0470" not in plain(answer)


@pytest.mark.parametrize("name", ["open", "duo", "nobody"])
def test_who_sees_the_reporter_is_what_was_promised(assistant: Assistant, name: str) -> None:
    answer = sent(assistant, anonymity=name, organisation="vzw De Verzonnen Brug")
    seen = {
        caller.user
        for caller in (SAM, CLAUDIA, BARBARA)
        if "een lid (vzw De Verzonnen Brug)" in plain(said(assistant, "/signaal 1", caller))
    }

    promised: dict[str, set[str]] = {
        "open": {"USAM", "UCLAUDIA", "UBABS"},
        "duo": {"UCLAUDIA"},
        "nobody": set(),
    }
    assert seen == promised[name]
    assert ("Niemand" in plain(answer)) == (name == "nobody")


def test_nobody_reads_what_a_platform_calls_a_reporter(assistant: Assistant) -> None:
    sent(assistant, anonymity="open")
    sent(assistant, CLAUDIA, key="k2", text="De bus is drie uur onderweg.", anonymity="open")

    assert "UNOOR" not in plain(said(assistant, "/signaal 1", CLAUDIA))
    assert "Van Claudia" in plain(said(assistant, "/signaal 2", NOOR))


def test_a_signal_of_a_meeting_counts_once(assistant: Assistant) -> None:
    form = assistant.answer(Call("/signaal namens Netwerkoverleg Limburg", NOOR))
    sent(assistant, meeting="Netwerkoverleg Limburg")

    assert isinstance(form, Form)
    assert "Netwerkoverleg Limburg" in str(form.fields[-1])
    card = said(assistant, "/signaal 1")
    assert "Netwerkoverleg Limburg" in plain(card)
    assert card.data["reporters"] == 1
