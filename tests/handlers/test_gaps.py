from datetime import date, timedelta

from handlers.duo import Side
from handlers.gaps import find_gaps, working_days
from store.records import Absence, Assignment, Person, Provenance, Region

NOOR = Person(1, "Noor", "noor@example.org")
MILAN = Person(2, "Milan", "milan@example.org")
MONDAY = date(2026, 11, 23)


def has(person: Person, side: Side, last: date | None = None) -> Assignment:
    said = Provenance("verzonnen", MONDAY)
    return Assignment(
        person.id, person, side, Region.LIMBURG, (), None, last, said, "", None, None
    )


TEAM = [has(NOOR, Side.YOUTH_CARE), has(MILAN, Side.AGAINST_DROPOUT)]


def gaps(absences: list[Absence], team: list[Assignment] = TEAM) -> list[tuple[str, int]]:
    start, end = MONDAY - timedelta(days=14), MONDAY + timedelta(days=60)
    found = find_gaps(start, end, team, absences)
    return [(gap.key, len(gap.days)) for gap in found if gap.region is Region.LIMBURG]


def away(first: date, last: date, cover: Person | None = None, number: int = 7) -> Absence:
    return Absence(number, NOOR, first, last, cover)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_two_working_days_are_no_gap_and_three_are() -> None:
    assert gaps([away(MONDAY, MONDAY + days(1))]) == []
    assert gaps([away(MONDAY, MONDAY + days(2))]) == [("gap/limburg/jeugdhulp-onderwijs/7", 3)]


def test_a_weekend_does_not_count_and_does_not_break_a_gap() -> None:
    thursday = MONDAY + days(3)
    assert gaps([away(thursday, thursday + days(3))]) == []  # Thursday to Sunday
    assert gaps([away(thursday, thursday + days(4))]) == [("gap/limburg/jeugdhulp-onderwijs/7", 3)]


def test_a_public_holiday_does_not_count() -> None:
    # Friday 25 December 2026 is Christmas: Thursday, Monday.
    assert gaps([away(date(2026, 12, 24), date(2026, 12, 28))]) == []
    assert date(2026, 7, 21) not in working_days(date(2026, 7, 20), date(2026, 7, 22))


def test_who_covers_fills_the_gap_until_they_are_away_too() -> None:
    covered = away(MONDAY, MONDAY + days(10), MILAN)
    also = Absence(8, MILAN, MONDAY, MONDAY + days(2), None)

    assert gaps([covered]) == []
    assert gaps([covered, also]) == [
        ("gap/limburg/jeugdhulp-onderwijs/7", 3),
        ("gap/limburg/samen-tegen-schooluitval/8", 3),
    ]


def test_absences_that_follow_each_other_make_one_gap() -> None:
    one = away(MONDAY, MONDAY + days(1), number=7)
    next_one = away(MONDAY + days(2), MONDAY + days(3), number=8)

    assert gaps([one, next_one]) == [("gap/limburg/jeugdhulp-onderwijs/7-8", 4)]


def test_a_side_that_nobody_has_any_more_is_a_gap_once_a_month() -> None:
    left = [has(NOOR, Side.YOUTH_CARE, last=MONDAY), TEAM[1]]
    found = gaps([], left)

    assert [key for key, _ in found] == ["gap/limburg/jeugdhulp-onderwijs/2026-11"]
