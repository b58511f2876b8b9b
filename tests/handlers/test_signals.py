"""Signals as people meet them: through the whole assistant, in every role."""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from bot.warming import warm_up
from handlers import FEATURES
from handlers.actors import Caller
from handlers.errors import Mistakes
from handlers.speech import pages
from handlers.speech.answer import Answer, Button, Kind, Press
from handlers.speech.form import Form
from scheduler.forgetting import due, forget
from scheduler.reminders import remind
from store import Store
from store.records import Letter, LetterState
from tests.conftest import ATLAS, MONDAY

NOOR = Caller("slack", "T1", "UNOOR")
SAM = Caller("slack", "T1", "USAM")
TOOR = Caller("slack", "T1", "UTOOR")
GUEST = Caller("slack", "T9", "UGAST", home=False)
CLAUDIA = Caller("slack", "T1", "UCLAUDIA", "claudia.geens@pietersimenon.be")
BARBARA = Caller("slack", "T1", "UBABS", "bgoethals@arktos.be")
TEXT = "Er zijn te weinig plaatsen in een time-out, scholen wachten maanden."
FIELDS = {"level": "secundair", "region": "limburg", "addressee": "beide"}


def said(assistant: Assistant, words: str, caller: Caller = NOOR) -> Answer:
    answer = assistant.answer(Call(words, caller))
    assert isinstance(answer, Answer), words
    assert "reference" not in answer.data
    return answer


def sent(
    assistant: Assistant, caller: Caller = NOOR, key: str = "k1", text: str = TEXT, **values: str
) -> Answer:
    filled = {**FIELDS, "text": text, **values}
    answer = assistant.submit(Submission("signals", filled, caller, state={"key": key}))
    assert "reference" not in answer.data
    return answer


def pressed(assistant: Assistant, answer: Answer, label: str, caller: Caller = NOOR) -> Answer:
    found = assistant.press(Pressed(button(answer, label).press, caller))
    assert isinstance(found, Answer)
    assert "reference" not in found.data
    return found


def button(answer: Answer, label: str) -> Button:
    return next(one for one in answer.buttons if label in one.label)


def plain(answer: Answer) -> str:
    return f"{answer.headline} {answer.parts}"


def backed_by_three(assistant: Assistant) -> None:
    sent(assistant, NOOR, organisation="vzw De Verzonnen Brug")
    for caller, organisation in ((SAM, "Verzonnen CLB"), (TOOR, "Verzonnen CLB")):
        support(assistant, caller, organisation)


def support(assistant: Assistant, caller: Caller, organisation: str, number: str = "1") -> Answer:
    values = {"number": number, "action": "support", "organisation": organisation}
    return assistant.submit(
        Submission("signals", values, caller, state={"key": f"mij-ook-{caller.user}"})
    )


def letters(store: Store) -> list[Letter]:
    with store.read() as tx:
        return list(tx.outbox.in_state(LetterState.WAITING))


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


def test_a_merge_is_undone_with_one_press(assistant: Assistant) -> None:
    sent(assistant, NOOR)
    sent(assistant, SAM, key="k2", text="De bus is drie uur onderweg naar school.")
    together = said(assistant, "/signaal 1 samen 2", CLAUDIA)
    refused = said(assistant, "/signaal 2 analyseren", CLAUDIA)
    pressed(assistant, together, "Ongedaan", CLAUDIA)

    assert "zit samen in signaal 1" in refused.headline
    assert said(assistant, "/signaal 2 analyseren", CLAUDIA).data["phase"] == "analyseren"
    assert said(assistant, "/signaal 2", NOOR).data["merged_into"] is None


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


def test_a_guest_and_a_stranger_may_not_follow_up(assistant: Assistant) -> None:
    sent(assistant)
    card = said(assistant, "/signaal 1", CLAUDIA)
    move = button(card, "Naar:").press

    for caller in (NOOR, BARBARA, GUEST):
        for answer in (
            said(assistant, "/signaal 1 analyseren", caller),
            said(assistant, "/signaal 1 wissen", caller),
            assistant.press(Pressed(move, caller)),
        ):
            assert isinstance(answer, Answer)
            assert answer.kind is Kind.REFUSAL
    assert said(assistant, "/signaal 1", CLAUDIA).data["phase"] == "opmerken"
    assert said(assistant, "/signaal", GUEST).kind is Kind.REFUSAL


def test_what_does_not_exist_and_what_one_may_not_see_sound_the_same(assistant: Assistant) -> None:
    pressed(assistant, sent(assistant, text="Jan Peeters komt niet naar school."), "bewaar")

    hidden = said(assistant, "/signaal 1", SAM).headline
    missing = said(assistant, "/signaal 2", SAM).headline

    assert hidden.replace("1", "2") == missing
    for words in ("/signaal 99999999999999999999", "/signaal 0", "/signaal 77 analyseren"):
        assert "Ik vind geen signaal" in said(assistant, words, CLAUDIA).headline


def test_only_allowed_moves_are_made_and_the_others_are_named(assistant: Assistant) -> None:
    sent(assistant)

    wrong = said(assistant, "/signaal 1 beslissen", CLAUDIA)
    unknown = said(assistant, "/signaal 1 dansen", CLAUDIA)
    slip = said(assistant, "/signaal 1 analyzeren", CLAUDIA)
    again = said(assistant, "/signaal 1 analyseren", CLAUDIA)

    assert "verzamelen, bundelen of analyseren" in wrong.headline
    assert "Kies een fase" in unknown.headline
    assert "mij ook" in said(assistant, "/signaal 1 dansen", SAM).headline
    assert slip.data["phase"] == "analyseren"
    assert "was al" in again.headline


def test_two_coordinators_who_press_at_once_do_not_undo_each_other(store: Store) -> None:
    assistant = Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)
    sent(assistant)
    card = said(assistant, "/signaal 1", CLAUDIA)
    moves = [one.press for one in card.buttons if one.label.startswith("Naar:")]

    def press_it(press: Press) -> Answer | Form:
        return assistant.press(Pressed(press, CLAUDIA))

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(press_it, moves))

    answers = [one for one in told if isinstance(one, Answer)]
    assert sorted(one.kind for one in answers) == [Kind.ANSWER, Kind.REFUSAL]
    refused = next(one for one in answers if one.kind is Kind.REFUSAL)
    assert "Iemand anders paste signaal 1 net aan" in refused.headline


def test_everybody_behind_a_signal_hears_once_of_each_phase_that_matters(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant, NOOR)
    support(assistant, SAM, "vzw Twee")
    anonymous = {"number": "1", "action": "support", "anonymity": "nobody"}
    assistant.submit(Submission("signals", anonymous, TOOR, state={"key": "a"}))
    for word in ("verzamelen", "analyseren", "bundelen", "analyseren", "feedback"):
        said(assistant, f"/signaal 1 {word}", CLAUDIA)

    found = letters(sqlite_store)

    assert sorted(letter.address for letter in found) == [
        *["slack:T1:UNOOR"] * 2,
        *["slack:T1:USAM"] * 2,
    ]
    closed = [pages.read(one.body) for one in found if "/feedback/" in one.key]
    assert all("Niet opgelost" in one.buttons[-1].label for one in closed)
    reopened = pressed(assistant, closed[0], "Niet opgelost", SAM)
    assert reopened.data["phase"] == "verzamelen"
    assert "loopt nog" in pressed(assistant, closed[0], "Niet opgelost", SAM).headline
    said(assistant, "/signaal 1 analyseren", CLAUDIA)
    assert len(letters(sqlite_store)) == 6


def test_a_stranger_cannot_reopen_a_signal(assistant: Assistant) -> None:
    sent(assistant)
    said(assistant, "/signaal 1 analyseren", CLAUDIA)
    said(assistant, "/signaal 1 feedback", CLAUDIA)

    assert said(assistant, "/signaal 1 heropenen", SAM).kind is Kind.REFUSAL
    reopened = said(assistant, "/signaal 1 heropenen", NOOR)
    assert reopened.data["phase"] == "verzamelen"
    history = plain(said(assistant, "/signaal 1", CLAUDIA))
    assert "niet opgelost (van “teruggekoppeld” naar “verzameld”)" in history


def test_what_happened_to_my_signal_is_told(assistant: Assistant) -> None:
    sent(assistant)
    said(assistant, "/signaal 1 analyseren", CLAUDIA)

    answer = said(assistant, "Wat gebeurde er met mijn signaal?")

    assert answer.data["numbers"] == [1]
    assert "in analyse" in plain(answer)
    assert said(assistant, "/signaal lijst", NOOR).data["numbers"] == [1]


def test_structural_takes_three_reporters_of_two_organisations_and_a_judgement(
    assistant: Assistant,
) -> None:
    sent(assistant, NOOR, organisation="vzw De Verzonnen Brug")
    support(assistant, SAM, "Verzonnen CLB")
    early = said(assistant, "/signaal 1 structureel", CLAUDIA)
    support(assistant, TOOR, "verzonnen  clb")
    card = said(assistant, "/signaal 1", CLAUDIA)
    judged = pressed(assistant, card, "structureel", CLAUDIA)

    assert "vanaf 3 melders" in early.headline
    assert (card.data["reporters"], card.data["organisations"]) == (3, 2)
    assert card.data["structural"] is False
    assert judged.data["structural"] is True


def test_the_queue_shows_a_coordinator_their_own_region(assistant: Assistant) -> None:
    sent(assistant, NOOR)
    sent(assistant, NOOR, key="k2", region="brussel", text="De bus is drie uur onderweg.")

    assert said(assistant, "/signaal lijst", CLAUDIA).data["numbers"] == [1]


def test_who_waits_too_long_for_a_first_look_leads_to_one_reminder(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant)
    in_time = MONDAY + timedelta(days=14)
    late = MONDAY + timedelta(days=15)

    assert remind(sqlite_store, in_time) == 0
    assert remind(sqlite_store, late) == 2
    assert remind(sqlite_store, late) == 0
    assert all("Signaal 1 wacht" in pages.read(one.body).headline for one in letters(sqlite_store))


def test_a_look_of_a_coordinator_stops_the_reminder(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant)
    said(assistant, "/signaal 1", CLAUDIA)

    assert remind(sqlite_store, MONDAY + timedelta(days=30)) == 0


def test_wis_mijn_gegevens_asks_first_and_then_forgets(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant, organisation="vzw De Zeldzame Bedachte")
    said(assistant, "/signaal 1 analyseren", CLAUDIA)
    asked = said(assistant, "Wis mijn gegevens")
    assert said(assistant, "/signaal mijn").data["numbers"] == [1]

    pressed(assistant, asked, "Wis")
    sqlite_store.scrub()

    assert said(assistant, "/signaal mijn").data["numbers"] == []
    folder = Path(str(sqlite_store.engine.url.database)).parent
    for file in folder.iterdir():
        for marker in (b"UNOOR", b"Zeldzame Bedachte"):
            assert marker not in file.read_bytes(), file.name


def test_a_wiped_signal_is_gone_for_everybody(assistant: Assistant) -> None:
    sent(assistant)
    asked = said(assistant, "/signaal 1 wissen", CLAUDIA)
    wiped = pressed(assistant, asked, "Wis", CLAUDIA)

    assert "time-out" not in plain(wiped)
    assert "geen signaal 1" in said(assistant, "/signaal 1", SAM).headline
    assert "gewist" in said(assistant, "/signaal 1 analyseren", CLAUDIA).headline


def test_links_older_than_a_year_are_counted_first_and_then_cut(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant)
    later = MONDAY + timedelta(days=366)

    assert due(sqlite_store, later) == 1
    assert due(sqlite_store, later) == 1
    assert forget(sqlite_store, later) == 1
    assert due(sqlite_store, later) == 0
    assert said(assistant, "/signaal 1").data["reporters"] == 1


def test_a_button_of_yesterday_with_nonsense_in_it_is_refused(assistant: Assistant) -> None:
    sent(assistant)
    card = said(assistant, "/signaal 1", CLAUDIA)
    press = button(card, "Naar:").press
    for values in (
        {},
        {"number": "x"},
        {"number": "1", "version": "9" * 40, "to": "actie"},
        {"number": "1", "version": "1", "to": "dansen"},
        {"number": "1" * 40, "version": "1", "to": "actie"},
    ):
        answer = assistant.press(Pressed(replace(press, values=values), CLAUDIA))
        assert isinstance(answer, Answer)
        assert answer.kind is Kind.REFUSAL
        assert "reference" not in answer.data
