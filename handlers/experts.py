"""Who knows something of a theme, and is there: what an answer and an invitation both rest on.

Only people who declared it themselves. Whoever is away is said to be away, and never comes first:
the absences are those that `duo` goes by.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers.context import Context
from handlers.naming import away_line
from handlers.speech.answer import PersonCard, Prose
from handlers.speech.words import Words
from handlers.themes import labels
from store.days import day_of
from store.expertise import Expert
from store.records import Absence, Region


@dataclass(frozen=True, slots=True)
class Knowing:
    """Somebody who knows something of what was asked.

    Attributes:
        expert: Who, and what they declared of it.
        regions: Where they work: what they stand for today, else what they said.
        absence: Until when they are away; None when they are there.
    """

    expert: Expert
    regions: tuple[Region, ...]
    absence: Absence | None


def who_know(
    themes: Collection[str], regions: Collection[Region], context: Context
) -> Sequence[Knowing]:
    """Return who declared any of these themes.

    Whoever is there comes before who is away, and who works in these regions before the others.
    """
    tx, today = context.tx, context.today
    away = {absence.person.id: absence for absence in tx.coverage.absences(today)}
    standing = tx.coverage.assignments(today)
    found: list[Knowing] = []
    for expert in tx.expertise.who_know(themes):
        theirs = [a.region for a in standing if expert.person and a.person.id == expert.person.id]
        absence = away.get(expert.person.id) if expert.person else None
        own = tuple(dict.fromkeys(theirs)) or (expert.region,)
        found.append(Knowing(expert, own, absence))
    return sorted(
        found,
        key=lambda one: (
            one.absence is not None,
            bool(regions) and not set(one.regions) & set(regions),
        ),
    )


def card(one: Knowing, context: Context) -> PersonCard:
    """Return somebody who knows something: what of, where, and since when they say so."""
    words, expert = context.words, one.expert
    day = day_of(max(expert.themes.values()))
    note: Prose = words.prose(
        "expertise.declared", themes=labels(expert.themes, words), day=words.date(day)
    )
    if one.absence is not None:
        others = context.tx.coverage.absences(context.today)
        away = frozenset(absence.person.id for absence in others)
        note = (*away_line(one.absence, words, away=away), *words.prose("expertise.and"), *note)
    where = words.all_of(region.label for region in one.regions)
    # Whom Brug does not know by name is called by what they do: once is enough.
    named = words.plain("expertise.role_in", role=role(expert, words), region=where)
    what = named if expert.person else where
    email = expert.person.email if expert.person else expert.email
    return PersonCard(name(expert, words), what, email, note)


def name(expert: Expert, words: Words) -> str:
    """Return what to call somebody: by name when Brug knows it, else by what they do."""
    return expert.person.name if expert.person else role(expert, words)


def role(expert: Expert, words: Words) -> str:
    """Return what somebody does, in words."""
    return words.plain(f"expertise.role_{expert.role.value.replace('-', '_')}")
