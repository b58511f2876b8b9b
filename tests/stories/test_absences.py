"""Who is away and who takes over, as people type it: on both databases, through the assistant."""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from bot.assistant import Call, Pressed, Submission
from handlers import absences
from handlers.duo import duo, instead_of
from handlers.errors import Mistakes
from handlers.feature import Example
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind, People, Press
from handlers.speech.form import Form
from store import Store
from store.records import Absence, Region
from tests.conftest import MONDAY
from tests.stories.room import Room

TODAY = date(2026, 11, 23)


@pytest.fixture
def room(store: Store) -> Room:
    """Brug on both databases."""
    return Room(store)


@pytest.fixture
def small(sqlite_store: Store) -> Room:
    """Brug where the database makes no difference."""
    return Room(sqlite_store)


def names(answer: Answer) -> list[str]:
    people: Any = answer.data["people"]
    return [person["name"] for person in people]


def text(answer: Answer) -> str:
    return pages.write(answer)


def test_leave_with_a_cover_changes_who_is_named_and_until_when(room: Room) -> None:
    said = room.say("Barbara", "/afwezig 7/7-21/7 vervangt An")

    assert said.headline.startswith("Genoteerd: je bent er niet van 7 tot en met 21 juli 2027")
    assert "An vervangt je" in text(said)
    assert said.data["heard"] == {"Vlaams-Brabant": ["An"]}
    inside = room.say("Gast", "/wie Leuven op 21/7/2027")
    assert set(names(inside)) == {"An"}
    assert "tot en met 21 juli 2027" in text(inside)
    assert set(names(room.say("Gast", "/wie Leuven op 22/7/2027"))) == {"Barbara", "An"}
    assert list(room.letters()) == [f"absence/1/person:{room.people['An'].id}"]


def test_who_covers_for_the_other_side_is_named_once_with_both_roles(small: Room) -> None:
    small.say("Barbara", "/afwezig vandaag vervangt An")

    said = small.say("Gast", "/wie Leuven")

    (people,) = [part.cards for part in said.parts if isinstance(part, People)]
    assert [one.name for one in people] == ["An"]
    assert people[0].role.count(" en ") == 1
    assert "vervangt Barbara" in str(people[0].note)


def test_a_colleague_who_is_registered_gets_a_letter_and_can_undo_it(room: Room) -> None:
    said = room.say("An", "/afwezig @Barbara vandaag")
    assert "Ik laat het weten aan Barbara" in text(said)
    assert names(room.say("Gast", "/wie Leuven")) == ["An"]

    ((key, letter),) = room.letters().items()
    assert key == f"absence/1/person:{room.people['Barbara'].id}"
    assert "An heeft dat voor je gemeld" in text(letter)
    undone = room.click("Barbara", letter, "Ongedaan maken")

    assert undone.headline.startswith("Ongedaan gemaakt. Je bent er dus gewoon")
    assert set(names(room.say("Gast", "/wie Leuven"))) == {"Barbara", "An"}
    told = [page.headline for key, page in room.letters().items() if "withdrawn" in key]
    assert told == ["De afwezigheid van Barbara op 23 november 2026 is ongedaan gemaakt."]
    again = room.click("Barbara", letter, "Ongedaan maken")
    assert again.headline.startswith("Dat was al ongedaan gemaakt")
    assert len(room.letters()) == 2


def test_the_same_command_four_times_is_one_absence_and_one_letter(room: Room) -> None:
    words = "/afwezig barbara van 1/7 tot 15/7 vervangt Ludo"
    answers = [room.say("An", words) for _ in range(4)]

    assert [answer.data["new"] for answer in answers] == [True, False, False, False]
    assert room.away() == [("Barbara", "2027-07-01", "2027-07-15", "Ludo")]
    assert len(room.letters()) == 2  # Barbara's and Ludo's


def test_an_answer_that_wrote_something_is_not_asked_again_for_its_why(small: Room) -> None:
    # "Waarom?" makes the answer again from its words: it would register what was undone since.
    said = small.say("Barbara", "/afwezig 7/7-21/7 vervangt An")

    assert said.why == ()
    assert not said.shareable


def test_two_who_register_overlapping_absences_at_once_leave_one(room: Room) -> None:
    def register(turn: int) -> bool:
        who = ("Barbara", "An")[turn % 2]
        first = 1 + turn % 5
        said = room.say(who, f"/afwezig Barbara {first}/7-15/7")
        return said.kind is Kind.ANSWER

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(register, range(16)))

    assert len(room.away()) == 1


def test_two_who_name_each_other_as_cover_at_once_are_not_both_right(room: Room) -> None:
    def register(who: str, cover: str) -> Answer:
        return room.say(who, f"/afwezig 7/7-9/7 vervangt {cover}")

    with ThreadPoolExecutor(2) as pool:
        pairs = (("Barbara", "An"), ("An", "Barbara"))
        said = list(pool.map(register, *zip(*pairs, strict=True)))

    refused = [answer for answer in said if answer.kind is Kind.REFUSAL]
    assert [answer.data["reason"] for answer in refused] == ["absences.cover_away"]
    assert len(room.away()) == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("/afwezig gisteren", "past"),
        ("/afwezig 21/7-7/7", "end_before_start"),
        ("/afwezig 1/1/2027-1/2/2028", "too_long"),
        ("/afwezig 1/7/2066", "too_far"),
        ("/afwezig vandaag vervangt Ludo", "own_cover_self"),
        ("/afwezig vandaag vervangt Jos", "unknown_person"),
        ("/afwezig Jos vandaag", "unknown_person"),
        ("/afwezig <@U123> vandaag", "unknown_person"),
        ("/afwezig Ludo Annick vandaag", "one_person"),
        ("/afwezig morgen en vrijdag", "one_at_a_time"),
        ("Jos is er vandaag niet, Annick neemt over", "unknown_person"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_written(
    small: Room, words: str, reason: str
) -> None:
    said = small.say("Ludo", words)

    assert said.kind is Kind.REFUSAL
    assert said.data["reason"] == f"absences.{reason}"
    assert small.away() == []
    assert small.letters() == {}


def test_overlap_and_a_cover_who_is_away_are_refused(small: Room) -> None:
    small.say("Annick", "/afwezig 10/7-12/7")

    assert small.say("Annick", "/afwezig 12/7-14/7").data["reason"] == "absences.overlap_self"
    away = small.say("Ludo", "/afwezig 12/7-14/7 vervangt Annick")
    assert away.data["reason"] == "absences.cover_away"
    assert "12 juli 2027" in away.headline
    assert len(small.away()) == 1


@pytest.mark.parametrize("who", ["Gast", "Ludo", "vreemd@example.org"])
def test_nobody_registers_for_another_tandem(small: Room, who: str) -> None:
    said = small.say(who, "/afwezig Barbara vandaag")

    assert (said.kind, small.away()) == (Kind.REFUSAL, [])


def test_a_steward_who_is_no_coordinator_registers_for_anybody(small: Room) -> None:
    with small.store.begin() as tx:
        tx.people.add_steward("steward@example.org", MONDAY, "system")

    said = small.say("steward@example.org", "/afwezig Barbara vandaag")
    unclear = small.say("steward@example.org", "/afwezig vandaag")

    assert said.kind is Kind.ANSWER
    assert unclear.data["reason"] == "absences.who_is_away"
    assert "een steward heeft dat voor je gemeld" in text(next(iter(small.letters().values())))


@pytest.mark.parametrize("who", ["Gast", "Ludo"])
def test_a_button_does_not_help_who_has_no_right(small: Room, who: str) -> None:
    small.say("Barbara", "/afwezig 7/7-21/7 vervangt An")
    people = {name: str(person.id) for name, person in small.people.items()}
    values = {"person": people["An"], "first": "2027-01-04", "last": "2027-01-05", "cover": "0"}

    for press in (
        Press("absences", "withdraw", {"absence": "1"}),
        Press("absences", "register", values),
    ):
        assert small.press(who, press).kind is Kind.REFUSAL

    assert small.away() == [("Barbara", "2027-07-07", "2027-07-21", "An")]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"person": "99999", "first": "2027-01-04", "last": "2027-01-05"},
        {"person": "1; drop", "first": "x", "last": "y", "cover": "z"},
        {"absence": "99999999999999999999"},
        {"absence": "-1"},
        {"absence": "²"},
    ],
)
def test_a_button_that_came_back_changed_does_nothing(
    room: Room, values: Mapping[str, str]
) -> None:
    for verb in ("withdraw", "register"):
        said = room.press("Barbara", Press("absences", verb, values))
        assert said.data["reason"] == "assistant.gone"
    assert room.away() == []


@pytest.mark.parametrize(
    "words",
    [
        "ik ben er niet volgende week, Annick vervangt mij",
        "afwezig volgende week vervangt Annick",
        "volgende week ben ik met verlof. Annick neemt over",
        "I'm away next week, Annick covers for me",
        "je suis absent la semaine prochaine, Annick me remplace",
    ],
)
def test_a_sentence_asks_first_and_writes_after_the_tap(small: Room, words: str) -> None:
    asked = small.say("Ludo", words)
    assert (asked.kind, small.away()) == (Kind.QUESTION, [])

    done = small.press("Ludo", asked.buttons[0].press)

    assert done.kind is Kind.ANSWER
    assert small.away() == [("Ludo", "2026-11-30", "2026-12-06", "Annick")]


def test_a_takes_over_from_b_is_asked_which_way_round(small: Room) -> None:
    asked = small.say("An", "/afwezig An vervangt Barbara morgen")

    assert (asked.kind, small.away()) == (Kind.QUESTION, [])
    small.click("An", asked, "Barbara is er niet, An vervangt")
    assert small.away() == [("Barbara", "2026-11-24", "2026-11-24", "An")]


def test_a_sentence_without_days_offers_today_or_a_form(small: Room) -> None:
    asked = small.say("Ludo", "ik ben ziek")
    form = small.assistant.press(Pressed(asked.buttons[1].press, small.caller("Ludo")))
    small.press("Ludo", asked.buttons[0].press)

    assert isinstance(form, Form)
    assert small.away() == [("Ludo", "2026-11-23", "2026-11-23", "")]


def test_the_form_holds_who_may_be_registered_and_takes_it(small: Room) -> None:
    form = small.said("Barbara", "/afwezig")
    assert isinstance(form, Form)
    who = form.fields[0]
    assert [shown for _, shown in getattr(who, "options", ())] == ["Barbara", "An"]
    values = {
        "person": str(small.people["An"].id),
        "first": "2027-01-04",
        "last": "2027-01-08",
        "cover": str(small.people["Barbara"].id),
    }

    small.send("Barbara", form, values)

    assert small.away() == [("An", "2027-01-04", "2027-01-08", "Barbara")]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"last": "2026-12-31"}, "last"),
        ({"first": "2026-01-04", "last": "2026-01-05"}, "last"),
        ({"last": "2029-01-01"}, "last"),
        ({"first": "nooit"}, "first"),
        ({"person": "99999"}, "person"),
        ({"cover": "99999"}, "cover"),
        ({"cover": "self"}, "cover"),
    ],
)
def test_a_form_points_at_the_field_that_is_wrong(
    small: Room, changed: Mapping[str, str], field: str
) -> None:
    own = str(small.people["Barbara"].id)
    changed = {name: own if value == "self" else value for name, value in changed.items()}
    values = {"person": own, "first": "2027-01-04", "last": "2027-01-08", "cover": "", **changed}
    sent = Submission("absences", values, small.caller("Barbara"))

    with pytest.raises(Mistakes) as mistakes:
        small.assistant.submit(sent)

    assert list(mistakes.value.keys) == [field]
    assert small.away() == []


def test_a_form_sent_after_its_right_was_taken_away_writes_nothing(small: Room) -> None:
    values = {
        "person": str(small.people["Barbara"].id),
        "first": "2027-01-04",
        "last": "2027-01-08",
    }
    for who in ("Gast", "Ludo"):
        said = small.assistant.submit(Submission("absences", values, small.caller(who)))
        assert said.kind is Kind.REFUSAL
    assert small.away() == []


def test_the_list_undoes_one_by_one(small: Room) -> None:
    small.say("Barbara", "/afwezig 7/7-21/7")
    small.say("Barbara", "/afwezig An morgen")
    listed = small.say("Barbara", "/afwezig lijst")

    small.click("Barbara", listed, "Barbara, 7 juli 2027")

    assert [name for name, *_ in small.away()] == ["An"]
    assert small.say("Ludo", "/afwezig lijst").data["absences"] == []


def test_a_gap_reaches_the_stewards_when_the_absence_opens_it(room: Room) -> None:
    with room.store.begin() as tx:
        tx.people.add_steward(room.people["Babs"].email, MONDAY, "system")

    short = room.say("Claudia", "/afwezig 30/11-1/12")
    long = room.say("Claudia", "/afwezig 7/12-9/12")

    assert (short.data["gaps"], long.data["gaps"]) == (0, 1)
    gaps = {key: page for key, page in room.letters().items() if key.startswith("gap/")}
    assert list(gaps) == [f"gap/limburg/jeugdhulp-onderwijs/2/person:{room.people['Babs'].id}"]
    assert "3 werkdagen" in next(iter(gaps.values())).headline


def test_who_counted_on_somebody_who_is_away_now_hears_it(small: Room) -> None:
    small.say("Barbara", "/afwezig 1/7-15/7 vervangt An")

    said = small.say("An", "/afwezig 5/7-6/7")

    assert "zou dan Barbara vervangen" in text(said)
    deserted = [page for key, page in small.letters().items() if "deserts" in key]
    assert [page.data["absence"] for page in deserted] == [1]
    assert names(small.say("Gast", "/wie Leuven op 5/7/2027"))[0] not in {"Barbara", "An"}


@pytest.mark.parametrize("example", absences.FEATURE.examples, ids=lambda one: one.words)
def test_every_example_does_what_it_says(small: Room, example: Example) -> None:
    said = small.assistant.answer(Call(example.words, small.caller("Gast"), example.language))

    assert isinstance(said, Answer)
    assert said.feature == "absences"
    assert example.expect in text(said)


def test_every_surface_names_whom_the_one_resolver_names(small: Room) -> None:
    luck = random.Random(5)  # noqa: S311 - a seeded draw is the point
    people = list(small.people.values())
    where = {
        Region.BRUSSEL: "Jette",
        Region.VLAAMS_BRABANT: "Leuven",
        Region.ANTWERPEN: "Mechelen",
        Region.OOST_VLAANDEREN: "Gent",
        Region.WEST_VLAANDEREN: "Kortrijk",
        Region.LIMBURG: "Hasselt",
    }
    with small.store.begin() as tx:
        for person in people:
            first = TODAY + timedelta(days=luck.randrange(20))
            for _ in range(4):
                last = first + timedelta(days=luck.randrange(12))
                cover = luck.choice([None, *people])
                cover = None if cover == person else cover
                tx.absences.register(
                    Absence(0, person, first, last, cover), None, MONDAY, "system"
                )
                first = last + timedelta(days=1 + luck.randrange(15))
    for _ in range(60):
        day = TODAY + timedelta(days=luck.randrange(90))
        region, person = luck.choice(list(where)), luck.choice(people)
        with small.store.read() as tx:
            assignments, away = tx.coverage.assignments(day), tx.coverage.absences(day)
        named = dict.fromkeys(s.person.name for s in duo(region, day, assignments, away).standing)
        instead = dict.fromkeys(s.person.name for s in instead_of(person, day, assignments, away))
        said = f"{day.day}/{day.month}/{day.year}"
        command = small.say("Gast", f"/wie {where[region]} op {said}")
        sentence = small.say("Gast", f"Bij wie moet ik op {said} zijn voor {where[region]}?")
        who = small.say("Gast", f"/wie {person.name} op {said}")
        is_there = small.say("Gast", f"wie vervangt {person.name} op {said}?")
        assert list(dict.fromkeys(names(command))) == list(named)
        assert list(dict.fromkeys(names(sentence))) == list(named)
        assert list(dict.fromkeys(names(who))) == list(instead)
        assert list(dict.fromkeys(names(is_there))) == list(instead)
        gone = {absence.person.name for absence in away}
        assert not gone & {*named, *instead}
        assert not any(name in command.headline.split() for name in gone)
