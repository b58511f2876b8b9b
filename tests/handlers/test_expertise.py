import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers import FEATURES
from handlers.actors import Caller
from handlers.errors import Mistakes
from handlers.speech import pages
from handlers.speech.answer import Answer, Button, Kind, Press
from handlers.speech.form import Form
from scheduler.chores import end_questions
from store import Store
from store.records import Absence, Letter, LetterState
from tests.conftest import MONDAY

HEARD = Path(__file__).parent / "heard_expertise.jsonl"
FREDERIK = Caller("slack", "T1", "U3", "frederik.declercq@vzwapart.be")
NOOR = Caller("slack", "T1", "U2", "noor.voorbeeld@example.org")
TIM = Caller("slack", "T1", "U5", "tim.verzonnen@example.org")
GUEST = Caller("slack", "T9", "U1", home=False)


def ask(assistant: Assistant, words: str, who: Caller = NOOR, language: str = "nl") -> Answer:
    said = assistant.answer(Call(words, who, language))
    assert isinstance(said, Answer), words
    return said


def press(assistant: Assistant, to: Press | Button, who: Caller = NOOR) -> Answer:
    said = assistant.press(Pressed(to.press if isinstance(to, Button) else to, who))
    assert isinstance(said, Answer)
    return said


def button(answer: Answer, verb: str) -> Button:
    return next(one for one in answer.buttons if one.press.verb == verb)


def declare(assistant: Assistant, who: Caller, themes: str, region: str, role: str) -> Answer:
    form = assistant.answer(Call(f"/expertise ik {themes}", who))
    assert isinstance(form, Form)
    values = {"themes": themes, "role": role, "region": region, "email": who.email}
    return assistant.submit(Submission("expertise", values, who, state=form.state))


def names(answer: Answer) -> list[str]:
    people: list[dict[str, str]] = json.loads(json.dumps(answer.data))["people"]
    return [one["name"] for one in people]


def letters(store: Store, address: str) -> dict[str, Answer]:
    with store.read() as tx:
        waiting: list[Letter] = list(tx.outbox.in_state(LetterState.WAITING))
    return {one.key: pages.read(one.body) for one in waiting if one.address == address}


def proposal(assistant: Assistant, question: str, region: str = "limburg") -> Answer:
    values = {"question": question, "region": region}
    return assistant.submit(Submission("expertise", values, NOOR, state={"form": "connect"}))


# ------------------------------------------------------------------------------- the list


def test_nobody_is_named_who_did_not_declare_it_themselves(assistant: Assistant) -> None:
    assert names(ask(assistant, "wie kent iets van trauma?")) == []


def test_a_coordinator_is_on_the_list_after_one_command(assistant: Assistant) -> None:
    ask(assistant, "/expertise ik trauma, schoolweigering", FREDERIK)

    said = ask(assistant, "wie kent iets van schoolweigering?")

    assert names(said) == ["Frederik"]
    assert said.source is not None
    assert "zelf opgegeven" in said.source.text
    assert "23 november 2026" in said.source.text
    assert "Oost-Vlaanderen" in str(said.parts)


def test_somebody_else_is_shown_by_what_they_do_and_where(assistant: Assistant) -> None:
    declare(assistant, TIM, "rouw", "limburg", "clb")

    said = ask(assistant, "wie kent iets van rouw?")

    assert names(said) == ["CLB-medewerker"]
    assert "Limburg" in str(said.parts)
    assert "tim.verzonnen@example.org" in str(said.parts)


def test_one_word_takes_somebody_off_the_list_at_once(assistant: Assistant) -> None:
    ask(assistant, "/expertise ik trauma", FREDERIK)

    ask(assistant, "/expertise stop", FREDERIK)

    assert names(ask(assistant, "wie kent iets van trauma?")) == []
    assert ask(assistant, "/expertise", FREDERIK).data["mine"] == []


@pytest.mark.parametrize(
    "words",
    [
        "Ik ken iets van trauma en rouw",
        "haal mij van de expertiselijst",
        "ik heb ervaring met pesten",
    ],
)
def test_a_sentence_changes_nothing_before_a_tap(assistant: Assistant, words: str) -> None:
    ask(assistant, "/expertise ik autisme", FREDERIK)

    said = ask(assistant, words, FREDERIK)

    assert said.kind is Kind.QUESTION
    assert ask(assistant, "/expertise", FREDERIK).data["mine"] == ["autisme"]
    press(assistant, said.buttons[0], FREDERIK)
    assert ask(assistant, "/expertise", FREDERIK).data["mine"] != ["autisme"]


def test_a_word_of_ones_own_is_found_whatever_its_capitals(assistant: Assistant) -> None:
    ask(assistant, "/expertise ik Vlinderklas", FREDERIK)

    assert names(ask(assistant, "/expertise VLINDERKLAS")) == ["Frederik"]


def test_a_theme_that_points_at_a_person_is_not_kept(assistant: Assistant) -> None:
    said = ask(assistant, "/expertise ik 85.07.30-033 28", FREDERIK)

    assert said.kind is Kind.REFUSAL
    assert ask(assistant, "/expertise", FREDERIK).data["themes"] == []


def test_a_guest_may_look_but_not_declare(assistant: Assistant) -> None:
    assert names(ask(assistant, "/expertise trauma", GUEST)) == []
    assert ask(assistant, "/expertise ik trauma", GUEST).kind is Kind.REFUSAL


def test_who_is_away_is_said_to_be_away_and_does_not_come_first(
    assistant: Assistant, sqlite_store: Store
) -> None:
    ask(assistant, "/expertise ik trauma", FREDERIK)
    declare(assistant, TIM, "trauma", "limburg", "clb")
    with sqlite_store.begin() as tx:
        frederik = tx.people.by_email("frederik.declercq@vzwapart.be")
        assert frederik is not None
        days = Absence(0, frederik, MONDAY.date(), MONDAY.date() + timedelta(days=3), None)
        tx.absences.register(days, None, MONDAY, "system")

    said = ask(assistant, "wie kent iets van trauma?")

    assert names(said) == ["CLB-medewerker", "Frederik"]
    assert "Frederik is er niet tot en met 26 november 2026" in str(said.parts)


def test_nobody_on_the_list_is_no_dead_end(assistant: Assistant, sqlite_store: Store) -> None:
    ask(assistant, "/expertise ik psychische kwetsbaarheid", FREDERIK)

    said = ask(assistant, "wie kent iets van trauma in Limburg?")
    told = press(assistant, button(said, "need"))

    assert said.data["near"] == ["psychische-kwetsbaarheid"]
    assert any(one.press.values.get("words") == "/wie Limburg" for one in said.buttons)
    assert any(one.press.values.get("words") == "/aanbod trauma" for one in said.buttons)
    assert button(said, "connect")
    assert told.kind is Kind.ANSWER
    with sqlite_store.read() as tx:
        (need,) = tx.needs.between(date(2026, 11, 23), date(2026, 11, 23))
    assert need.themes == ("trauma",)
    assert [region.value for region in need.regions] == ["limburg"]


def test_what_people_say_is_heard_as_they_mean_it(assistant: Assistant) -> None:
    rows: list[Mapping[str, str]] = [
        json.loads(line) for line in HEARD.read_text(encoding="utf-8").splitlines()
    ]

    missed = [
        row["words"]
        for row in rows
        if ask_any(assistant, row["words"], row["language"]).feature != row["feature"]
    ]

    assert len(missed) <= len(rows) // 20, missed


def ask_any(assistant: Assistant, words: str, language: str) -> Answer | Form:
    return assistant.answer(Call(words, NOOR, language))


# ------------------------------------------------------------------------------- brought together


def test_an_answer_without_a_result_offers_to_ask_somebody(assistant: Assistant) -> None:
    for words in ("/aanbod zwembad quantumfysica", "/expertise rouw"):
        form = assistant.press(Pressed(button(ask(assistant, words), "connect").press, NOOR))

        assert isinstance(form, Form)
        assert form.state == {"form": "connect"}


def test_one_of_each_side_is_proposed_and_nothing_leaves_before_the_tap(
    assistant: Assistant, sqlite_store: Store
) -> None:
    said = proposal(assistant, "Hoe pakken jullie rouw aan in de klas?")

    assert said.kind is Kind.QUESTION
    people: list[dict[str, str]] = json.loads(json.dumps(said.data))["people"]
    assert [one["side"] for one in people] == ["jeugdhulp-onderwijs", "samen-tegen-schooluitval"]
    assert "noor.voorbeeld@example.org" in str(said.parts)
    with sqlite_store.read() as tx:
        assert tx.outbox.in_state(LetterState.WAITING) == []
        assert tx.connections.open_of("slack:T1:U2") == []


def test_who_declared_expertise_is_asked_before_the_duo(assistant: Assistant) -> None:
    declare(assistant, TIM, "rouw", "limburg", "clb")

    said = proposal(assistant, "Hoe pakken jullie rouw aan in de klas?")

    assert names(said)[0].startswith("Claudia")
    assert names(said)[1] == "CLB-medewerker"


def test_a_question_about_one_child_is_not_taken(assistant: Assistant) -> None:
    with pytest.raises(Mistakes):
        proposal(assistant, "Wat doe ik met Kobe Verzonnen, rijksregisternummer 85.07.30-033 28?")


def test_both_see_each_other_only_after_a_yes(assistant: Assistant, sqlite_store: Store) -> None:
    declare(assistant, TIM, "rouw", "limburg", "clb")
    said = proposal(assistant, "Hoe pakken jullie rouw aan in de klas?")
    press(assistant, button(said, "send"))
    (invite,) = letters(sqlite_store, "slack:T1:U5").values()
    assert "noor.voorbeeld@example.org" not in str(invite)
    assert letters(sqlite_store, "slack:T1:U2") == {}

    answer = press(assistant, button(invite, "yes"), TIM)
    press(assistant, button(invite, "yes"), TIM)

    assert "noor.voorbeeld@example.org" in str(answer.parts)
    (found,) = letters(sqlite_store, "slack:T1:U2").values()
    assert "tim.verzonnen@example.org" in str(found.parts)
    met = [page for key, page in letters(sqlite_store, "slack:T1:U5").items() if "/met/" in key]
    assert len(met) == 1


def test_who_was_not_asked_cannot_say_yes(assistant: Assistant, sqlite_store: Store) -> None:
    said = proposal(assistant, "Hoe pakken jullie rouw aan in de klas?")
    sent = press(assistant, button(said, "send"))
    number = str(sent.data["connection"])

    said = press(assistant, Press("expertise", "yes", {"id": number}), TIM)

    assert said.kind is Kind.REFUSAL
    assert letters(sqlite_store, "slack:T1:U2") == {}


def test_the_same_question_sent_twice_asks_once(assistant: Assistant, sqlite_store: Store) -> None:
    send = button(proposal(assistant, "Hoe pakken jullie rouw aan?"), "send")

    press(assistant, send)
    press(assistant, send)

    with sqlite_store.read() as tx:
        assert len(tx.connections.open_of("slack:T1:U2")) == 1
        assert len(tx.outbox.in_state(LetterState.WAITING)) == 2


def test_a_question_taken_back_is_kept_nowhere_and_answered_by_nobody(
    assistant: Assistant, sqlite_store: Store
) -> None:
    declare(assistant, TIM, "rouw", "limburg", "clb")
    sent = press(assistant, button(proposal(assistant, "Hoe pakken jullie rouw aan?"), "send"))
    (invite,) = letters(sqlite_store, "slack:T1:U5").values()

    press(assistant, button(sent, "withdraw"))

    assert press(assistant, button(invite, "yes"), TIM).kind is Kind.REFUSAL
    assert letters(sqlite_store, "slack:T1:U5") == {}
    assert letters(sqlite_store, "slack:T1:U2") == {}
    with sqlite_store.read() as tx:
        kept = tx.connections.open_of("slack:T1:U2")
    assert kept == []


def test_when_all_say_not_now_who_asked_hears_where_to_go(
    assistant: Assistant, sqlite_store: Store
) -> None:
    press(assistant, button(proposal(assistant, "Hoe pakken jullie rouw aan?"), "send"))
    claudia = Caller("slack", "T1", "U6", "claudia.geens@pietersimenon.be")
    nathalie = Caller("slack", "T1", "U7", "nathalie.vanbergen@vrijclblimburg.be")
    sent = ask(assistant, "/expertise")
    number = button(sent, "withdraw").press.values["id"]

    press(assistant, Press("expertise", "no", {"id": number}), claudia)
    assert letters(sqlite_store, "slack:T1:U2") == {}
    press(assistant, Press("expertise", "no", {"id": number}), nathalie)

    (told,) = letters(sqlite_store, "slack:T1:U2").values()
    assert told.buttons[0].press.values == {"words": "/wie Limburg"}


def test_after_a_fortnight_a_question_ends_and_says_so_once(
    assistant: Assistant, sqlite_store: Store
) -> None:
    press(assistant, button(proposal(assistant, "Hoe pakken jullie rouw aan?"), "send"))
    later = MONDAY + timedelta(days=14)

    for moment in (later - timedelta(seconds=1), later, later):
        end_questions(sqlite_store, moment)

    assert len(letters(sqlite_store, "slack:T1:U2")) == 1
    with sqlite_store.read() as tx:
        assert tx.connections.open_of("slack:T1:U2") == []


def test_every_verb_of_a_button_is_one_that_the_feature_has(assistant: Assistant) -> None:
    verbs = {feature.name: set(feature.verbs) for feature in FEATURES}
    ask(assistant, "/expertise ik trauma", FREDERIK)

    for words in ("/expertise", "/expertise trauma", "/expertise rouw", "ik ken iets van rouw"):
        for one in ask(assistant, words).buttons:
            assert not one.press.feature or one.press.verb in verbs[one.press.feature]
