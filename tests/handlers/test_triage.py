"""Following signals up: who may, which moves there are, who hears of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from bot.assistant import Assistant, Pressed, Submission
from handlers import FEATURES
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind, Press
from handlers.speech.form import Form
from scheduler.reminders import remind
from store import Store
from tests.conftest import ATLAS, MONDAY
from tests.handlers.reporting import (
    BARBARA,
    CLAUDIA,
    GUEST,
    NOOR,
    SAM,
    TOOR,
    button,
    letters,
    plain,
    pressed,
    said,
    sent,
    support,
)


def test_a_merge_is_undone_with_one_press(assistant: Assistant) -> None:
    sent(assistant, NOOR)
    sent(assistant, SAM, key="k2", text="De bus is drie uur onderweg naar school.")
    together = said(assistant, "/signaal 1 samen 2", CLAUDIA)
    refused = said(assistant, "/signaal 2 analyseren", CLAUDIA)
    pressed(assistant, together, "Ongedaan", CLAUDIA)

    assert "zit samen in signaal 1" in refused.headline
    assert said(assistant, "/signaal 2 analyseren", CLAUDIA).data["phase"] == "analyseren"
    assert said(assistant, "/signaal 2", NOOR).data["merged_into"] is None


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


def test_what_somebody_was_told_of_a_signal_is_not_taken_back_by_a_merge(
    assistant: Assistant,
) -> None:
    sent(assistant, NOOR)
    sent(assistant, SAM, key="k2", text="De bus is drie uur onderweg naar school.")
    said(assistant, "/signaal 1 analyseren", CLAUDIA)
    assert "· in analyse" in plain(said(assistant, "/signaal mijn", NOOR))

    said(assistant, "/signaal 2 samen 1", CLAUDIA)

    mine = said(assistant, "/signaal mijn", NOOR)
    assert "· in analyse" in plain(mine)
    assert " · zit samen in signaal 2 (opgemerkt)" in plain(mine)


def test_who_backs_a_signal_is_counted_in_words(assistant: Assistant) -> None:
    sent(assistant, NOOR)
    alone = plain(said(assistant, "/signaal 1", CLAUDIA))
    support(assistant, SAM, "Verzonnen CLB")
    two = plain(said(assistant, "/signaal 1", CLAUDIA))

    assert "'1 melder'" in alone
    assert "'2 melders, 1 organisatie'" in two
