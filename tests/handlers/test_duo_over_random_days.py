"""Whoever is away is never named first: 100,000 random days (F05)."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.duo import Duo, duo, instead_of
from store.records import Absence, Assignment, Person, Provenance, Region, Side

START = date(2027, 1, 1)
CALENDARS, DAYS = 400, 250


def the_team() -> list[Assignment]:
    """Two sides in six regions; one region has a third person, one is split between two."""
    team: list[Assignment] = []
    sides = [(region, side) for region in Region for side in Side]
    sides += [(Region.OOST_VLAANDEREN, Side.AGAINST_DROPOUT), (Region.LIMBURG, Side.YOUTH_CARE)]
    for number, (region, side) in enumerate(sides, start=1):
        person = Person(number, f"Voorbeeld {number}", f"v{number}@example.org")
        team.append(
            Assignment(
                id=number,
                person=person,
                side=side,
                region=region,
                municipalities=("Genk",) if number == len(sides) else (),
                valid_from=None,
                valid_to=None,
                provenance=Provenance("verzonnen", START),
                url="",
                confirmed_at=None,
                confirmed_by=None,
            )
        )
    return team


def a_calendar(luck: random.Random, people: Sequence[Person]) -> list[Absence]:
    """Absences as people register them, and the chains and circles that come of it later."""
    absences: list[Absence] = []
    for person in people:
        day = START
        while luck.random() < 0.8:
            first = day + timedelta(days=luck.randrange(60))
            last = first + timedelta(days=luck.randrange(40))
            cover = luck.choice([None, *people])
            cover = None if cover == person else cover
            absences.append(Absence(len(absences) + 1, person, first, last, cover))
            day = last + timedelta(days=1)
    return absences


def holds_up(one: Duo, assignments: Sequence[Assignment], absences: Sequence[Absence]) -> None:
    away = {absence.person.id: absence for absence in absences}
    assert not any(standing.person.id in away for standing in one.standing)
    for standing in one.standing:
        if standing.covering_for is not None:
            assert standing.until == away[standing.covering_for.id].last_day
        else:
            assert standing.person.id in {a.person.id for a in assignments}
    there = {a.person.id for a in assignments if a.region is one.region} - set(away)
    # Whoever of the region is there is named before anybody from elsewhere.
    assert not there or {s.region for s in one.standing} == {one.region}
    for side in one.empty_sides:
        assert not any(s.side is side and s.region is one.region for s in one.standing)


def test_an_absent_person_is_never_named_over_a_hundred_thousand_days() -> None:
    luck = random.Random(20261123)  # noqa: S311 - a seeded draw is the point
    team = the_team()
    people = [assignment.person for assignment in team]
    days = 0
    for _ in range(CALENDARS):
        calendar = a_calendar(luck, people)
        for number in range(DAYS):
            day = START + timedelta(days=number)
            absences = [a for a in calendar if a.first_day <= day <= a.last_day]
            region = luck.choice(list(Region))
            one = duo(region, day, team, absences)
            holds_up(one, team, absences)
            person = luck.choice(people)
            stands = instead_of(person, day, team, absences)
            assert not {s.person.id for s in stands} & {a.person.id for a in absences}
            days += 1
    assert days == 100_000


def test_who_covers_for_one_person_is_among_those_named_for_the_region() -> None:
    luck = random.Random(7)  # noqa: S311 - a seeded draw is the point
    team = the_team()
    for number in range(3_000):
        day = START + timedelta(days=number % DAYS)
        mine = luck.choice(team)
        absences = [a for a in a_calendar(luck, [mine.person]) if a.first_day <= day <= a.last_day]
        part = mine.municipalities[0] if mine.municipalities else None
        named = {
            s.person for s in duo(mine.region, day, team, absences, municipality=part).standing
        }
        assert {s.person for s in instead_of(mine.person, day, team, absences)} <= named


def test_two_who_cover_for_each_other_are_both_left_out() -> None:
    team = the_team()
    one, other = (a.person for a in team[:2])
    both = [
        Absence(1, one, START, START, other),
        Absence(2, other, START, START, one),
    ]

    found = duo(team[0].region, START, team, both)

    assert {s.region for s in found.standing} == {Region.VLAAMS_BRABANT}
    assert found.empty_sides == tuple(Side)
    assert duo(team[0].region, START, [], both).standing == ()


def test_a_cover_who_fell_ill_hands_over_to_their_own_cover() -> None:
    team = the_team()
    one, second, third = (a.person for a in team[:3])
    ill = [Absence(1, one, START, START, second), Absence(2, second, START, START, third)]

    found = duo(team[0].region, START, team, ill)

    assert [(s.person, s.covering_for) for s in found.standing] == [(third, one), (third, second)]
