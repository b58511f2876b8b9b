from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.hearing.ranges import find_range

TODAY = date(2026, 11, 23)
"""A Monday."""

RANGES = {
    "7/7-21/7": "2027-07-07 2027-07-21",
    "7/7 tot 21/7": "2027-07-07 2027-07-21",
    "7/7 t.e.m. 21/7": "2027-07-07 2027-07-21",
    "7/7 t/m 21/7": "2027-07-07 2027-07-21",
    "7/7 tem 21/7": "2027-07-07 2027-07-21",
    "7/7 – 21/7": "2027-07-07 2027-07-21",
    "7.7-21.7": "2027-07-07 2027-07-21",
    "7-7-2027 - 21-7-2027": "2027-07-07 2027-07-21",
    "7/7/27-21/7/27": "2027-07-07 2027-07-21",
    "2026-12-01..2026-12-15": "2026-12-01 2026-12-15",
    "van 1 juli tot 15 augustus": "2027-07-01 2027-08-15",
    "van 10 tot 15 juli": "2027-07-10 2027-07-15",
    "10-12/7": "2027-07-10 2027-07-12",
    "tussen 7/7 en 21/7": "2027-07-07 2027-07-21",
    "van maandag 7 december tot vrijdag 11 december": "2026-12-07 2026-12-11",
    "28/12-3/1": "2026-12-28 2027-01-03",
    "vandaag": "2026-11-23 2026-11-23",
    "deze namiddag": "2026-11-23 2026-11-23",
    "morgen": "2026-11-24 2026-11-24",
    "vrijdag": "2026-11-27 2026-11-27",
    "volgende vrijdag": "2026-12-04 2026-12-04",
    "tot vrijdag": "2026-11-23 2026-11-27",
    "tot en met 3/1": "2026-11-23 2027-01-03",
    "van maandag tot en met woensdag": "2026-11-23 2026-11-25",
    "vanaf maandag is An er niet tot en met vrijdag": "2026-11-23 2026-11-27",
    "maandag en dinsdag": "2026-11-23 2026-11-24",
    "deze week": "2026-11-23 2026-11-29",
    "volgende week": "2026-11-30 2026-12-06",
    "tot volgende week": "2026-11-23 2026-12-06",
    "volgende week dinsdag": "2026-12-01 2026-12-01",
    "komende week op dinsdag": "2026-12-01 2026-12-01",
    "van maandag tot woensdag volgende week": "2026-11-30 2026-12-02",
    "morgen en overmorgen": "2026-11-24 2026-11-25",
    "van morgen tot overmorgen": "2026-11-24 2026-11-25",
    "vandaag tot en met morgen": "2026-11-23 2026-11-24",
    "volgende week van maandag tot woensdag": "2026-11-30 2026-12-02",
    "tot volgende week dinsdag": "2026-11-23 2026-12-01",
    "deze week donderdag": "2026-11-26 2026-11-26",
    "next week on Tuesday": "2026-12-01 2026-12-01",
    "mardi de la semaine prochaine": "2026-12-01 2026-12-01",
    "demain et après-demain": "2026-11-24 2026-11-25",
    "volgende maand": "2026-12-01 2026-12-31",
    "heel juli": "2027-07-01 2027-07-31",
    "3 dagen vanaf 5/1": "2027-01-05 2027-01-07",
    "vanaf 5/1 3 dagen": "2027-01-05 2027-01-07",
    "twee weken vanaf 1 juli": "2027-07-01 2027-07-14",
    "een maand vanaf 4 januari": "2027-01-04 2027-02-03",
    "du 4 au 8 janvier": "2027-01-04 2027-01-08",
    "jusqu'à vendredi": "2026-11-23 2026-11-27",
    "la semaine prochaine": "2026-11-30 2026-12-06",
    "from January 4 to January 8": "2027-01-04 2027-01-08",
    "until friday": "2026-11-23 2026-11-27",
    "7/12 3 weken": "2026-12-07 2026-12-27",
    "7 december, twee weken": "2026-12-07 2026-12-20",
    "dinsdag 3 dagen": "2026-11-24 2026-11-26",
    "morgen 2 weken": "2026-11-24 2026-12-07",
    "van do tot ma": "2026-11-26 2026-11-30",
    "van do t/m ma": "2026-11-26 2026-11-30",
    "van do tot 7/12": "2026-11-26 2026-12-07",
    "vanaf do tot en met ma": "2026-11-26 2026-11-30",
    "do-ma": "2026-11-26 2026-11-30",
    "wo. – vr.": "2026-11-25 2026-11-27",
    "tussen di en do": "2026-11-24 2026-11-26",
    "volgende week wo tot vr": "2026-12-02 2026-12-04",
    "kerstvakantie": "2026-12-21 2027-01-03",
    "in de kerstvakantie": "2026-12-21 2027-01-03",
    "tijdens de krokusvakantie": "2027-02-08 2027-02-14",
    "heel de paasvakantie": "2027-03-29 2027-04-11",
    "paasvakantie 2028": "2028-04-03 2028-04-16",
    "de grote vakantie": "2027-07-01 2027-08-31",
    "herfstvakantie": "2027-11-01 2027-11-07",
    "vacances de Noël": "2026-12-21 2027-01-03",
    "the summer holidays": "2027-07-01 2027-08-31",
    "tot de kerstvakantie": "2026-11-23 2026-12-20",
    "tot en met de kerstvakantie": "2026-11-23 2027-01-03",
}


def test_a_holiday_that_runs_begins_today_and_one_that_is_over_is_the_next() -> None:
    running = find_range("kerstvakantie", date(2027, 1, 2))
    over = find_range("kerstvakantie", date(2027, 1, 4))

    assert running is not None
    assert over is not None
    assert (running.first, running.last) == (date(2027, 1, 2), date(2027, 1, 3))
    assert over.first == date(2027, 12, 27)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("vanaf de kerstvakantie", date(2026, 12, 21)),
        ("na de kerstvakantie", date(2027, 1, 4)),
        ("vanaf do", date(2026, 11, 26)),
    ],
)
def test_from_a_holiday_or_a_day_on_has_no_end(text: str, first: date) -> None:
    found = find_range(text, TODAY)

    assert found is not None
    assert found.endless
    assert found.first == first


@pytest.mark.parametrize(("text", "days"), RANGES.items())
def test_days_are_read_as_people_write_them(text: str, days: str) -> None:
    found = find_range(text, TODAY)

    assert found is not None
    assert f"{found.first} {found.last}" == days
    assert not found.endless


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/2",
        "31/2-3/3",
        "99/99",
        "29/2",  # 2027 has none
        "1/2 dag",
        "0470/12.34.56",
        "goede morgen",
        "tot 5 uur",
        "10 en 15 juli",
        "jan is ziek",
        "31/12/9999 tot maandag",
        "a to do list",
        "een brief van do",
        "van zo een school",
        "ma belle-mère",
        "de eerste week van de paasvakantie",
        "voor de kerstvakantie",
    ],
)
def test_what_is_no_day_is_read_as_none(text: str) -> None:
    assert find_range(text, TODAY) is None


def test_a_day_and_a_week_that_are_two_things_are_not_made_one() -> None:
    found = find_range("vrijdag ben ik er niet, en volgende week ook niet", TODAY)

    assert found is not None
    assert (found.first, found.last) == (date(2026, 11, 27), date(2026, 11, 27))


@pytest.mark.parametrize("text", ["21/7-7/7", "2026-12-15..2026-12-01"])
def test_days_the_wrong_way_round_stay_so_for_whoever_refuses_them(text: str) -> None:
    found = find_range(text, TODAY)

    assert found is not None
    assert found.last < found.first


def test_a_range_that_is_running_is_that_of_this_year() -> None:
    july = find_range("7/7-21/7", date(2027, 7, 10))
    new_year = find_range("28/12-3/1", date(2027, 1, 2))

    assert july is not None
    assert new_year is not None
    assert (july.first, july.last) == (date(2027, 7, 7), date(2027, 7, 21))
    assert (new_year.first, new_year.last) == (date(2026, 12, 28), date(2027, 1, 3))


def test_a_beginning_without_an_end_says_so() -> None:
    found = find_range("vanaf maandag", TODAY)

    assert found is not None
    assert found.endless


def test_the_words_of_the_days_can_be_cut_out() -> None:
    text = "barbara van 1/7 tot 15/7 vervangt Ludo"
    found = find_range(text, TODAY)

    assert found is not None
    assert found.cut_from(text).split() == ["barbara", "/", "vervangt", "Ludo"]


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.integers(0, 180), st.integers(0, 180))
def test_any_range_ahead_is_read_back_from_its_numbers(
    today: date, begins: int, lasts: int
) -> None:
    first = date.fromordinal(today.toordinal() + begins)
    last = date.fromordinal(first.toordinal() + lasts)
    leap_day = (2, 29)
    if leap_day in {(first.month, first.day), (last.month, last.day)}:
        return

    found = find_range(f"{first.day}/{first.month}-{last.day}/{last.month}", today)

    assert found is not None
    assert (found.first, found.last) == (first, last)


@given(st.text(max_size=200), st.dates())
def test_no_text_breaks_it(text: str, today: date) -> None:
    found = find_range(text, today)

    assert found is None or all(0 <= start <= end <= len(text) for start, end in found.spans)


PIECES = (
    *("tot", "van", "vanaf", "7/7", "31/12/9999", "1/1/0001", "-", "..", "en", "3 weken", "/"),
    *("999 maanden", "vrijdag", "volgende", "morgen", "heel juli", "10", "15 januari", "t/m"),
    *("2026-01-01", "29/2", "0 dagen", "in mei 0000", "mei 9999", "tot vr"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=9), st.dates())
def test_no_row_of_such_words_breaks_it(words: list[str], today: date) -> None:
    find_range(" ".join(words), today)
