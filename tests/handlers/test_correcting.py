from dataclasses import replace

import pytest

from bot.assistant import Assistant, Submission
from handlers.actors import Caller
from handlers.confirming import write_requests
from handlers.errors import Mistakes
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind, Listing
from handlers.speech.form import Form
from store import Store
from store.directory import Offering
from store.records import LetterState, Region
from tests.conftest import MONDAY
from tests.handlers.found import (
    COORDINATOR,
    PROVIDER,
    STEWARD,
    Press,
    Say,
    add,
    button,
    first_card,
    names,
    spoken,
)


def test_a_correction_waits_for_a_steward_who_sees_old_and_new(
    say: Say, press: Press, assistant: Assistant, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    card = first_card(say("/aanbod dagbesteding Tienen"), press)
    form = press(button(card, "Klopt niet"))
    assert isinstance(form, Form)
    values = {"field": "ages", "new": "14-20"}

    sender = Caller("console", "", "U1")
    thanks = assistant.submit(Submission("offerings", values, sender, state=form.state))
    queue = say("/aanbod correcties", STEWARD)
    approved = press(button(queue, "Neem over"), STEWARD)

    assert "Nu: “12-18”. Jouw voorstel: “14-20”." in str(thanks.parts)
    assert "nu “12-18”, voorstel “14-20”" in spoken(queue)
    (listed,) = (part for part in queue.parts if isinstance(part, Listing))
    assert listed.first == 1, "the buttons say 1."
    assert isinstance(approved, Answer)
    after = say("/aanbod dagbesteding Tienen")
    again = first_card(after, press)
    assert (again.data["minimum_age"], again.data["version"]) == (14, 2)
    assert "12" in str(again.why)
    assert "14" in str(again.why)


def test_what_waits_is_listed_again_after_each_decision_and_whenever_a_steward_asks(
    say: Say, press: Press, assistant: Assistant, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(COORDINATOR, MONDAY, "system")
    card = first_card(say("/aanbod dagbesteding Tienen"), press)
    state = {"form": "correct", "id": str(card.data["id"])}
    for field, new in (("ages", "14-20"), ("status", "vol")):
        sender = Caller("console", "", "U1")
        values = {"field": field, "new": new}
        assistant.submit(Submission("offerings", values, sender, state=state))
    with sqlite_store.read() as tx:
        (letter, *_) = tx.outbox.in_state(LetterState.WAITING)
    queue = say("/aanbod nakijken", COORDINATOR)

    decided = press(button(queue, "1. Neem over"), COORDINATOR)
    last = (
        press(button(decided, "1. Wijs af"), COORDINATOR) if isinstance(decided, Answer) else None
    )

    assert "/aanbod nakijken" in letter.body
    assert isinstance(decided, Answer)
    assert "Eén voorstel wacht op je blik." in str(decided.parts)
    assert "voorstel “vol”" in spoken(decided)
    assert isinstance(last, Answer)
    assert last.buttons == ()


@pytest.mark.parametrize(
    ("new", "key"),
    [
        ("12-", "cards.bad_ages"),
        ("18-12", "cards.bad_ages"),
        ("", "room.fill_in"),
        ("12-18", "cards.same"),
        ("bel 0470 12 34 56", "cards.never_kept"),
    ],
)
def test_a_correction_that_cannot_be_taken_is_shown_at_the_field(
    new: str, key: str, say: Say, press: Press, assistant: Assistant
) -> None:
    card = first_card(say("/aanbod dagbesteding Tienen"), press)
    state = {"form": "correct", "id": str(card.data["id"])}
    sender = Caller("console", "", "U1")
    sent = Submission("offerings", {"field": "ages", "new": new}, sender, state=state)

    with pytest.raises(Mistakes) as mistakes:
        assistant.submit(sent)

    assert mistakes.value.keys == {"new": key}


def test_who_may_confirm_and_change_is_checked_on_the_very_entry(
    say: Say, press: Press, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    allowed: dict[tuple[str, str], bool] = {}
    for place, what in (("Leuven", "dagactiviteit"), ("Genk", "dagbesteding")):
        listed = say(f"/aanbod {what} {place}")
        card = first_card(listed, press, STEWARD)
        confirm = button(card, "Klopt nog")
        for who in ("", PROVIDER, COORDINATOR, STEWARD):
            said = press(confirm, who)
            assert isinstance(said, Answer)
            allowed[place, who] = said.kind is not Kind.REFUSAL

    assert allowed == {
        ("Leuven", ""): False,
        ("Leuven", PROVIDER): True,
        ("Leuven", COORDINATOR): False,
        ("Leuven", STEWARD): True,
        ("Genk", ""): False,
        ("Genk", PROVIDER): False,
        ("Genk", COORDINATOR): True,
        ("Genk", STEWARD): True,
    }


def test_a_coordinator_adds_an_entry_in_the_own_region_alone(
    assistant: Assistant, member: Caller, say: Say
) -> None:
    caller = replace(member, user="c", email=COORDINATOR)
    values = {
        "form": "add",
        "name": "Zeilklas De Vaart",
        "description": "Leren op het water.",
        "ages": "12-18",
        "kind": "schoolextern-aanbod",
    }

    added = assistant.submit(Submission("offerings", {**values, "regions": "limburg"}, caller))
    refused = assistant.submit(Submission("offerings", {**values, "regions": "brussel"}, caller))

    assert added.kind is Kind.ANSWER
    assert refused.kind is Kind.REFUSAL
    assert names(say("/aanbod zeilklas")) == ["Zeilklas De Vaart"]


def test_owners_are_asked_in_one_letter_that_confirms_in_one_tap(
    press: Press, sqlite_store: Store
) -> None:
    zeilklas = Offering(name="Zeilklas", owner_email=COORDINATOR, regions=(Region.LIMBURG,))
    (number,) = add(sqlite_store, zeilklas)

    with sqlite_store.begin() as tx:
        written = [write_requests(tx, MONDAY) for _ in range(2)]
        letters = tx.outbox.in_state(LetterState.WAITING)
    press(button(pages.read(letters[0].body), "Klopt nog"), COORDINATOR)

    assert written == [1, 0]
    with sqlite_store.read() as tx:
        confirmed = tx.offerings.get(number)
    assert confirmed is not None
    assert (confirmed.assured_date, confirmed.assured_by) == (MONDAY.date(), "Claudia")
