"""Where somebody is there, and who their partners are."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.context import Context
from handlers.covering.saying import confirmations, facts, numbers, source_of, unique, unique_names
from handlers.duo import Standing, duo, instead_of
from handlers.errors import NotFound
from handlers.facts import person as person_fact
from handlers.naming import away_line, card, cards, record_line, role, standing_data
from handlers.speech.answer import Answer, Json, Paragraph, Part, People, PersonCard
from handlers.speech.words import Words
from store.records import Person, Region


def about(people: Sequence[Person], day: date, context: Context) -> Answer:
    """Say where somebody is there, and with whom; who is away is not named first (F05)."""
    words = context.words
    assignments, absences = facts(day, context)
    theirs = [a for a in assignments if a.person in people]
    away = [a for a in absences if a.person in people]
    if not theirs:
        names = words.all_of(p.name for p in people)
        raise NotFound("coverage.no_longer", people=names)
    # Somebody who is away is not named first, not even when asked for (F05).
    standing = unique(
        s for person in people for s in instead_of(person, day, assignments, absences)
    )
    partners = unique(
        s
        for mine in theirs
        for s in duo(mine.region, day, assignments, absences).standing
        if s.side is mine.side.other and s not in standing
    )
    parts: list[Part] = [People(tuple(_card_of(s, people, words) for s in standing))]
    for absence in away:
        parts.append(Paragraph(away_line(absence, words, away=numbers(absences))))
        own = words.prose(
            "coverage.own_address", person=absence.person.name, email=absence.person.email
        )
        parts.append(Paragraph(own))
    if partners:
        together = words.all_of(f"{s.person.name} ({s.person.email})" for s in partners)
        parts.append(Paragraph(words.prose("coverage.tandem_with", people=together)))
    regions = tuple(dict.fromkeys(a.region for a in theirs))
    names = list(dict.fromkeys(a.person.name for a in theirs))
    headline = words.plain(
        "coverage.person_headline" if len(names) == 1 else "coverage.persons_headline",
        people=words.all_of(names),
        region=words.all_of(region.label for region in regions),
    )
    if away:
        headline = words.plain(
            "coverage.turn_to" if standing else "coverage.away_only",
            people=words.all_of(dict.fromkeys(s.person.name for s in standing)),
            away=words.all_of(a.person.name for a in away),
        )
    return Answer(
        headline=headline,
        parts=tuple(parts),
        buttons=confirmations(theirs, day, context),
        source=source_of(theirs, words),
        why=tuple(record_line(a, words) for a in theirs),
        shareable=True,
        data={
            **_data(regions, standing, day),
            "tandem": [standing_data(s) for s in partners],
            "away": [a.person.name for a in away],
        },
        told=tuple(person_fact(one, assignments) for one in {a.person for a in theirs})
        if day == context.today
        else (),
    )


def partners_of(people: Sequence[Person], day: date, context: Context) -> Answer:
    """Name the other side of the tandem of somebody."""
    words = context.words
    assignments, absences = facts(day, context)
    theirs = [a for a in assignments if a.person in people]
    partners = unique(
        standing
        for mine in theirs
        for standing in duo(mine.region, day, assignments, absences).standing
        if standing.side is mine.side.other and standing.person not in people
    )
    if not partners:
        return about(people, day, context)
    regions = tuple(dict.fromkeys(a.region for a in theirs))
    return Answer(
        headline=words.plain(
            "coverage.partners_headline",
            people=words.all_of(dict.fromkeys(a.person.name for a in theirs)),
            partners=words.all_of(unique_names(partners)),
            region=words.all_of(region.label for region in regions),
        ),
        parts=(People(cards(partners, words)),),
        source=source_of([s.assignment for s in partners], words),
        why=tuple(record_line(s.assignment, words) for s in partners),
        shareable=True,
        data=_data(regions, partners, day),
        told=tuple(person_fact(s.person, assignments) for s in partners)
        if day == context.today
        else (),
    )


def _data(regions: Iterable[Region], people: Iterable[Standing], day: date) -> dict[str, Json]:
    return {
        "place": None,
        "places": [],
        "regions": [region.value for region in regions],
        "day": day.isoformat(),
        "people": [standing_data(s) for s in people],
        "away": [],
    }


def _card_of(standing: Standing, asked: Sequence[Person], words: Words) -> PersonCard:
    if standing.person not in asked or standing.covering_for is not None:
        return card(standing, words)
    note = words.prose("coverage.stands_for", region=standing.region.label)
    person = standing.person
    return PersonCard(person.name, role(standing.side, words), person.email, note)
