"""A steward says who stands for a region from a day on; the history stays (F04)."""

from datetime import date

import pytest

from handlers.errors import Mistakes
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from store import Store
from tests.conftest import MONDAY
from tests.stories.room import Room

STEWARD = "steward.verzonnen@example.org"
NEW = {"from": "2026-12-01", "name": "Noor Voorbeeld", "email": "noor.voorbeeld@example.org"}


@pytest.fixture
def room(store: Store) -> Room:
    """Brug on both databases, with a steward."""
    with store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    return Room(store)


def the_form(room: Room, words: str = "/wijzig Ludo") -> Form:
    form = room.said(STEWARD, words)
    assert isinstance(form, Form)
    return form


def people(room: Room, words: str) -> list[object]:
    found = room.say("Elders", words).data["people"]
    assert isinstance(found, list)
    return [one["name"] for one in found if isinstance(one, dict)]


def test_from_the_day_on_it_is_who_takes_over_and_before_it_who_stood_there(room: Room) -> None:
    done = room.send(STEWARD, the_form(room), NEW)

    assert done.headline.startswith("Vanaf 1 december 2026 is Noor Voorbeeld coördinator")
    assert people(room, "/wie 8500 op 30/11/2026") == ["Ludo", "Annick"]
    assert people(room, "/wie 8500 op 1/12/2026") == ["Noor Voorbeeld", "Annick"]
    with room.store.read() as tx:
        known = tx.people.by_email(NEW["email"])
    assert known is not None


def test_where_nobody_takes_over_the_side_is_empty_from_that_day_on(room: Room) -> None:
    done = room.send(STEWARD, the_form(room), {"from": "2026-12-01"})

    assert "geen coördinator" in done.headline
    assert people(room, "/wie 8500 op 1/12/2026") == ["Annick"]
    assert people(room, "/wie 8500") == ["Ludo", "Annick"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from": "morgen"}, "from"),
        ({"from": "2026-12-01", "name": "Noor Voorbeeld"}, "email"),
        ({"from": "2026-12-01", "email": "noor.voorbeeld@example.org"}, "name"),
        ({"from": "2026-12-01", "name": "Noor Voorbeeld", "email": "noor"}, "email"),
        ({"from": "2026-12-01", "email": "LUDO.lemahieu@cdvaura.be"}, "email"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(
    room: Room, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Mistakes) as wrong:
        room.send(STEWARD, the_form(room), values)

    assert set(wrong.value.keys) == {field}
    assert people(room, "/wie 8500 op 1/12/2026") == ["Ludo", "Annick"]


def test_the_same_change_twice_is_no_second_change(room: Room) -> None:
    form = the_form(room)
    room.send(STEWARD, form, NEW)

    with pytest.raises(Mistakes) as wrong:
        room.send(STEWARD, form, NEW)

    assert wrong.value.keys == {"from": "assignments.over"}


def test_nobody_else_may(room: Room) -> None:
    refused = room.say("Ludo", "/wijzig Ludo")
    assert refused.data["reason"] == "rights.administer"
    sent = room.send("Ludo", the_form(room), NEW)

    assert sent.data["reason"] == "rights.administer"
    assert people(room, "/wie 8500 op 1/12/2026") == ["Ludo", "Annick"]


def test_the_letter_about_what_is_wrong_leads_to_the_form(room: Room) -> None:
    with room.store.begin() as tx:
        tx.people.add_steward(room.people["Babs"].email, MONDAY, "system")
    shown = room.say("noor.voorbeeld@example.org", "wat is het mailadres van Ludo?")
    room.click("noor.voorbeeld@example.org", shown, "Klopt niet")
    (letter,) = room.letters().values()

    button = next(one for one in letter.buttons if one.label == "Wijzigen")

    assert button.press.feature == "assignments"
    with room.store.read() as tx:
        (ludo,) = [
            a for a in tx.coverage.assignments(date(2026, 11, 23)) if a.person.name == "Ludo"
        ]
    assert button.press.values == {"record": str(ludo.id)}


def test_whoever_is_nobody_is_asked_for(room: Room) -> None:
    said = room.said(STEWARD, "/wijzig")
    assert isinstance(said, Answer)
    assert said.data["reason"] == "assignments.whose"


def test_a_steward_known_by_address_alone_gets_letters_once_they_have_a_name(room: Room) -> None:
    shown = room.say("noor.voorbeeld@example.org", "wat is het mailadres van Ludo?")
    room.click("noor.voorbeeld@example.org", shown, "Klopt niet")
    assert room.letters() == {}
    with room.store.read() as tx:
        assert tx.people.unreachable_stewards() == [STEWARD]

    with room.store.begin() as tx:
        added = tx.people.add("Steward Verzonnen", STEWARD, "a test", MONDAY, "system")
        assert tx.people.add("Iemand Anders", STEWARD, "a test", MONDAY, "system") == added

    room.click("noor.voorbeeld@example.org", shown, "Klopt niet")
    assert [key.rpartition("/")[2] for key in room.letters()] == [f"person:{added.id}"]
    with room.store.read() as tx:
        assert tx.people.unreachable_stewards() == []
