from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant, Submission
from handlers.actors import Caller
from handlers.errors import Mistakes
from handlers.speech.answer import Answer
from store import Store
from store.directory import Offering, OfferingKind, Session
from tests.conftest import MONDAY
from tests.handlers.found import (
    COORDINATOR,
    Press,
    Say,
    add,
    button,
    first_card,
    lines,
    names,
    spoken,
)


def test_a_training_that_is_over_is_never_said_to_come(say: Say, sqlite_store: Store) -> None:
    over, coming = (Session(MONDAY + timedelta(days=days)) for days in (-30, 30))
    add(
        sqlite_store,
        Offering(name="Zeilles oud", kind=OfferingKind.TRAINING, sessions=(over,)),
        Offering(name="Zeilles half", kind=OfferingKind.TRAINING, sessions=(over, coming)),
    )

    trainings, agenda = say("/vorming zeilles"), say("/agenda zeilles")

    assert set(names(trainings)) == {"Zeilles oud", "Zeilles half"}
    assert names(agenda) == ["Zeilles half"]
    assert "geen nieuwe datum bekend" in spoken(trainings)
    assert "oktober 2026" not in spoken(trainings) + spoken(agenda)
    assert "23 december 2026" in spoken(agenda)


def test_hours_that_are_not_read_are_shown_at_the_field_of_the_form(
    assistant: Assistant, member: Caller, sqlite_store: Store
) -> None:
    coordinator = replace(member, user="c", email=COORDINATOR)
    values = {"form": "add", "name": "Zeilles", "regions": "limburg"}

    def send(sessions: str) -> Answer:
        filled = {**values, "sessions": sessions}
        return assistant.submit(Submission("trainings", filled, coordinator))

    with pytest.raises(Mistakes) as mistakes:
        send("12/1/2027 in de namiddag")

    assert mistakes.value.keys == {"sessions": "cards.bad_value"}
    assert "“in de namiddag”" in str(mistakes.value.values["expected"])
    number = int(str(send("12 januari 2027 van 13u30 tot 16 uur").data["id"]))
    with sqlite_store.read() as tx:
        added = tx.offerings.get(number)
    assert added is not None
    begins = datetime(2027, 1, 12, 12, 30, tzinfo=UTC)
    assert added.sessions == (Session(begins, begins + timedelta(hours=2, minutes=30)),)


@pytest.mark.parametrize(
    ("asked", "locale"),
    [
        ("Wat staat er binnenkort op de agenda?", "nl"),
        ("/agenda volgende moment", "nl"),
        ("Quelles sont les prochaines rencontres ?", "fr"),
        ("/agenda what are the next events", "en"),
    ],
)
def test_words_for_what_comes_are_not_searched_for(say: Say, asked: str, locale: str) -> None:
    assert names(say(asked, locale=locale)) == names(say("/agenda"))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("/agenda december", "2026-12-01", "2026-12-31"),
        ("Wat staat er op de agenda in december?", "2026-12-01", "2026-12-31"),
        ("/agenda volgende week", "2026-11-30", "2026-12-06"),
        ("/agenda van 10/12 tot 20/12", "2026-12-10", "2026-12-20"),
        ("/vorming trauma in december", "2026-12-01", "2026-12-31"),
        ("Welke vormingen zijn er in januari 2027?", "2027-01-01", "2027-01-31"),
    ],
)
def test_days_narrow_what_takes_place(say: Say, asked: str, first: str, last: str) -> None:
    answer = say(asked)

    assert (answer.data["from"], answer.data["until"]) == (first, last)
    assert names(answer)
    month = {"11": "december", "12": "december", "01": "januari"}[first[5:7]]
    assert all(f" {month} 20" in line for line in lines(answer)), lines(answer)


def test_a_day_can_be_taken_away_again(say: Say, press: Press) -> None:
    narrow = say("/agenda december Antwerpen")

    wider = press(button(narrow, "Zonder: 1 tot en met 31 december 2026"))

    assert isinstance(wider, Answer)
    assert wider.data["from"] is None
    assert wider.data["regions"] == ["antwerpen"]
    assert int(str(wider.data["total"])) > int(str(narrow.data["total"]))


def test_where_nothing_takes_place_in_those_days_there_is_a_way_to_other_days(
    say: Say, press: Press
) -> None:
    nothing = say("/agenda Antwerpen op 1/1/2027")

    assert nothing.data["total"] == 0
    wider = press(button(nothing, "Zonder 1 januari 2027"))
    assert isinstance(wider, Answer)
    assert wider.data["regions"] == ["antwerpen"]
    assert names(wider)


def test_how_long_a_training_lasts_is_no_day(say: Say) -> None:
    assert say("/vorming van een dag over trauma").data["from"] is None


def test_trainings_come_in_the_order_of_their_days(say: Say, sqlite_store: Store) -> None:
    soon, later = (Session(MONDAY + timedelta(days=days)) for days in (2, 300))
    past = Session(MONDAY - timedelta(days=30))
    add(
        sqlite_store,
        Offering(name="Zeilles later", kind=OfferingKind.TRAINING, sessions=(later,)),
        Offering(name="Zeilles voorbij", kind=OfferingKind.TRAINING, sessions=(past,)),
        Offering(name="Zeilles gauw", kind=OfferingKind.TRAINING, sessions=(past, soon)),
    )
    seen: list[str] = []
    page = say("/vorming")
    while len(seen) < int(str(page.data["total"])):
        seen += names(page)
        page = say("toon er nog") if len(seen) < int(str(page.data["total"])) else page

    assert seen[0] == "Zeilles gauw"
    assert seen.index("Zeilles later") < seen.index("Zeilles voorbij")
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    "asked",
    [
        "Wanneer is het volgende netwerkmoment?",
        "Welke infosessies komen eraan?",
        "Welke netwerkmomenten zijn er op komst?",
    ],
)
def test_who_asks_for_a_moment_gets_moments_alone(say: Say, asked: str) -> None:
    results = say(asked).data["results"]

    assert isinstance(results, list)
    assert results
    assert {str(one["kind"]) for one in results if isinstance(one, dict)} == {"moment"}


def test_a_direction_narrows_the_trainings(say: Say) -> None:
    everything = int(str(say("/vorming").data["total"]))
    one_way = int(str(say("/vorming van welzijn naar onderwijs").data["total"]))
    other_way = int(str(say("/vorming voor hulpverleners").data["total"]))

    assert one_way + other_way == everything
    assert one_way > 0
    assert other_way > 0


def test_a_moment_can_be_taken_along(say: Say, press: Press) -> None:
    card = first_card(say("/agenda Antwerpen"), press)

    taken = press(button(card, "agenda"))

    assert isinstance(taken, Answer)
    text = str(taken.data["content"])
    assert text.startswith("BEGIN:VCALENDAR")
    assert "DTSTART:2026" in text
