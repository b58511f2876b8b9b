from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.assistant import Assistant, Submission
from handlers.actors import Caller
from handlers.context import BRUSSELS
from handlers.entries import tell_stewards
from handlers.errors import Mistakes
from handlers.speech import pages
from handlers.speech.answer import Answer, Button, Facts, Kind, Listing
from handlers.speech.answer import Press as Pressing
from handlers.speech.form import Form
from scheduler.chores import CHORES, ask_for_confirmation
from store import Store
from store.directory import Offering
from store.privacy import guard
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

    written = [ask_for_confirmation(sqlite_store, MONDAY) for _ in range(2)]
    with sqlite_store.read() as tx:
        letters = tx.outbox.in_state(LetterState.WAITING)
    press(button(pages.read(letters[0].body), "Klopt nog"), COORDINATOR)

    assert written == [1, 0]
    with sqlite_store.read() as tx:
        confirmed = tx.offerings.get(number)
    assert confirmed is not None
    assert (confirmed.assured_date, confirmed.assured_by) == (MONDAY.date(), "Claudia")


@pytest.fixture
def proposed(say: Say, press: Press, assistant: Assistant, sqlite_store: Store) -> int:
    """Somebody proposed other ages than the 12-18 of an entry; its number."""
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    card = first_card(say("/aanbod dagbesteding Tienen"), press)
    state = {"form": "correct", "id": str(card.data["id"])}
    values = {"field": "ages", "new": "14-20"}
    assistant.submit(Submission("offerings", values, Caller("console", "", "U1"), state=state))
    return int(str(card.data["id"]))


def test_who_approves_what_changed_meanwhile_sees_it_and_is_asked_again(
    proposed: int, say: Say, press: Press, sqlite_store: Store
) -> None:
    before = say("/aanbod correcties", STEWARD)
    with sqlite_store.begin() as tx:
        tx.offerings.change(
            proposed, {"minimum_age": 13.0}, at=MONDAY, actor="person:2", source="Bea Bedacht"
        )

    asked = press(button(before, "Neem over"), STEWARD)
    with sqlite_store.read() as tx:
        kept = tx.offerings.get(proposed)
        waiting = tx.corrections.total()
    again = say("/aanbod correcties", STEWARD)

    assert isinstance(asked, Answer)
    assert asked.kind is Kind.QUESTION
    assert "nu “13-18”, voorstel “14-20”" in spoken(asked)
    assert "nu “13-18”, voorstel “14-20”" in spoken(again), "the queue shows what holds now"
    assert kept is not None
    assert (kept.minimum_age, waiting) == (13, 1), "nothing was written over"

    press(button(asked, "Neem over"), STEWARD)
    with sqlite_store.read() as tx:
        kept = tx.offerings.get(proposed)
    assert kept is not None
    assert kept.minimum_age == 14


def test_a_button_from_before_it_said_what_was_seen_asks_only_when_there_is_reason(
    proposed: int, press: Press, sqlite_store: Store
) -> None:
    with sqlite_store.read() as tx:
        (waits,) = tx.corrections.waiting()
    old = Button("Neem over", Pressing("offerings", "approve", {"correction": str(waits.id)}))

    approved = press(old, STEWARD)

    assert isinstance(approved, Answer)
    assert approved.kind is Kind.ANSWER
    with sqlite_store.read() as tx:
        kept = tx.offerings.get(proposed)
    assert kept is not None
    assert kept.minimum_age == 14


def test_what_was_proposed_on_free_days_is_told_once_on_the_next_working_day(
    store: Store,
) -> None:
    saturday = datetime(2027, 3, 27, 9, 0, tzinfo=UTC)  # Easter Monday comes after
    with store.begin() as tx:
        tx.people.add_steward(COORDINATOR, MONDAY, "system")
        entry = tx.offerings.add(Offering(name="Zeilklas"), MONDAY, "system")

    def propose(new: str, at: datetime) -> None:
        with store.begin() as tx:
            tx.corrections.propose(entry.id, "email", old="", new=guard(new), at=at, actor="x")

    propose("Eerst", saturday)
    with store.begin() as tx:
        tell_stewards(tx, saturday)
    propose("Daarna", saturday + timedelta(hours=1))
    with store.begin() as tx:
        tell_stewards(tx, saturday + timedelta(hours=1))  # one a day: this one is not told
    (chore,) = (one for one in CHORES if one.name == "corrections")
    for hours in range(10 * 24):
        now = saturday + timedelta(hours=hours)
        if chore.due(now):
            chore.run(store, now)

    with store.read() as tx:
        letters = tx.outbox.in_state(LetterState.WAITING)
    days = [one.written_at.astimezone(BRUSSELS).date() for one in letters]
    assert days == [date(2027, 3, 27), date(2027, 3, 30)], "the Tuesday after Easter, and once"
    assert "Daarna" in letters[1].body


def test_a_card_says_the_day_in_brussels_on_which_a_field_changed(
    say: Say, press: Press, sqlite_store: Store
) -> None:
    found = say("/aanbod dagbesteding Tienen")
    number = int(str(first_card(found, press).data["id"]))
    with sqlite_store.begin() as tx:
        at = datetime(2027, 1, 1, 23, 30, tzinfo=UTC)
        changed = {"application_process": "Via het formulier"}
        tx.offerings.change(number, changed, at=at, actor="person:1", source="Bea Bedacht")

    card = first_card(found, press)

    facts = next(part for part in card.parts if isinstance(part, Facts))
    (shown,) = [
        "".join(s.text for s in said) for _, said in facts.pairs if "formulier" in str(said)
    ]
    assert "2/1/2027" in shown
    assert "2 januari" in str(card.why), "the same day on the same card"
