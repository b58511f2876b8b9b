from datetime import date

import pytest

from handlers.hearing.leave import Leave, read_leave
from store.records import Person

TODAY = date(2026, 11, 23)
PEOPLE = tuple(
    Person(number, name, f"{name.lower()}@example.org")
    for number, name in enumerate(("An", "Noor", "Milan", "Yousra"), start=1)
)


def read(text: str) -> Leave:
    return read_leave(text, PEOPLE, TODAY)


@pytest.mark.parametrize(
    ("text", "away", "cover"),
    [
        ("7/7-21/7 vervangt An", "", "An"),
        ("7/7-21/7 vervangt an", "", "An"),
        ("@Noor vandaag", "Noor", ""),
        ("noor van 1/7 tot 15/7 vervangt Milan", "Noor", "Milan"),
        ("an vandaag vervangt noor", "An", "Noor"),
        ("ik ben er niet volgende week, An vervangt mij", "", "An"),
        ("Noor wordt vervangen door An morgen", "Noor", "An"),
        ("An neemt mijn vragen over tot vrijdag", "", "An"),
        ("volgende week. Vervanger: An", "", "An"),
        ("du 7/7 au 21/7, An me remplace", "", "An"),
        ("Noor absente demain, remplacée par An", "Noor", "An"),
        ("next week, Milan stands in for me", "", "Milan"),
        ("noor@example.org morgen", "Noor", ""),
    ],
)
def test_who_is_away_is_told_from_who_takes_over(text: str, away: str, cover: str) -> None:
    leave = read(text)

    assert [person.name for person in leave.absent] == [away] * bool(away)
    assert [person.name for person in leave.cover] == [cover] * bool(cover)
    assert leave.days is not None
    assert not leave.strange


def test_a_takes_over_from_b_may_be_meant_the_other_way_round() -> None:
    leave = read("An vervangt Noor vandaag")

    assert leave.either_way
    assert [person.name for person in (*leave.absent, *leave.cover)] == ["Noor", "An"]


def test_who_speaks_may_be_the_one_who_takes_over() -> None:
    leave = read("Noor morgen, ik vervang haar")

    assert leave.cover_is_speaker
    assert [person.name for person in leave.absent] == ["Noor"]


def test_a_name_that_nobody_has_is_kept_apart() -> None:
    assert read("Jos vandaag").strange == ("Jos",)
    assert read("vandaag vervangt Jos").cover_unknown == "Jos"


def test_a_name_that_two_people_have_is_said() -> None:
    twice = (*PEOPLE, Person(9, "Noor Voorbeeld", "noor.voorbeeld@example.org"))

    assert read_leave("Noor vandaag", twice, TODAY).shared_names == "Noor"
    assert read_leave("Noor Voorbeeld vandaag", twice, TODAY).absent == (twice[-1],)


def test_more_than_one_range_is_noticed() -> None:
    assert read("morgen en vrijdag").more_days
    assert not read("van morgen tot vrijdag").more_days
