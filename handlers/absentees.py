"""Who is away, today or later: the lists and answers over absences, which change nothing.

`data` of an answer: `day`, `away` (names), `people` (as in coverage); of a list `absences`
(numbers).
"""

from dataclasses import replace
from datetime import date

from handlers.context import Context
from handlers.duo import instead_of
from handlers.hearing.leave import Leave
from handlers.naming import away_line, card, standing_data
from handlers.registering import may_register, undo_button, when
from handlers.speech.answer import (
    Answer,
    Button,
    Json,
    Listing,
    Paragraph,
    Part,
    People,
    Press,
    Prose,
    Source,
)
from handlers.speech.words import Words
from store.records import Absence, Person

MOST_SHOWN = 8
"""Absences in one list: each has its button, and more do not fit on a phone."""

NOBODY = "0"
"""What the form sends for "nobody takes over"; no person has this number."""


def listed(context: Context) -> Answer:
    """Return what is ahead for who asks and their tandem, each with a button that undoes it."""
    words, actor = context.words, context.actor
    mine = context.tx.coverage.assignments(context.today)
    people = {a.person.id: a.person for a in mine if may_register(a.person, context)}
    if actor.person:
        people[actor.person.id] = actor.person
    ahead = context.tx.absences.upcoming(people, context.today)
    shown = ahead[:MOST_SHOWN]
    parts: list[Part] = []
    if shown:
        parts.append(Listing(tuple(_in_list(absence, words) for absence in shown)))
    if more := len(ahead) - len(shown):
        parts.append(Paragraph(words.prose("absences.more", number=more)))
    return Answer(
        headline=words.plain("absences.list" if shown else "absences.list_empty"),
        parts=tuple(parts),
        buttons=(
            *(
                undo_button(
                    absence,
                    words,
                    words.plain(
                        "absences.undo_one",
                        person=absence.person.name,
                        first=words.date(absence.first_day),
                    ),
                )
                for absence in shown
            ),
            Button(words.plain("absences.new"), Press("absences", "form", {})),
        ),
        source=_source(context),
        data={"absences": [absence.id for absence in ahead]},
    )


def who_is_away(leave: Leave, context: Context) -> Answer:
    """Return who is away on the days that a text names, or about the person that it names."""
    people = tuple(dict.fromkeys((*leave.absent, *leave.cover)))
    first = leave.days.first if leave.days else context.today
    last = max(leave.days.last, first) if leave.days else context.today
    if people:
        return _about(people[0], first, last, context)
    words = context.words
    away = context.tx.absences.between(first, last)
    days = Absence(0, Person(0, "", ""), first, last, None)
    return Answer(
        headline=words.plain(
            "absences.away" if away else "absences.nobody_away", when=when(days, words)
        ),
        parts=(Listing(tuple(_in_list(absence, words) for absence in away)),) if away else (),
        source=_source(context),
        why=_rules(words),
        shareable=True,
        data={"day": first.isoformat(), "away": [a.person.name for a in away]},
    )


def _about(person: Person, first: date, last: date, context: Context) -> Answer:
    words, tx = context.words, context.tx
    away = [a for a in tx.absences.between(first, last) if a.person == person]
    day = max(away[0].first_day, first) if away else first
    standing = instead_of(person, day, tx.coverage.assignments(day), tx.coverage.absences(day))
    data: dict[str, Json] = {
        "day": day.isoformat(),
        "away": [person.name] if away else [],
        "people": [standing_data(one) for one in standing],
    }
    if away:
        headline = "".join(span.text for span in away_line(replace(away[0], cover=None), words))
        parts: tuple[Part, ...] = (
            Paragraph(words.prose("absences.turn_to")),
            People(tuple(card(one, words) for one in standing)),
        )
        return Answer(
            headline,
            parts if standing else (),
            source=_source(context),
            why=_rules(words),
            shareable=True,
            data=data,
        )
    days = Absence(0, person, first, last, None)
    buttons: tuple[Button, ...] = ()
    if may_register(person, context, first) and last >= context.today:
        label = words.plain("absences.register_one", person=person.name)
        buttons = (Button(label, press_for("form", days)),)
    return Answer(
        headline=words.plain("absences.not_away", person=person.name, when=when(days, words)),
        parts=(People(tuple(card(one, words) for one in standing)),) if standing else (),
        buttons=buttons,
        source=_source(context),
        why=_rules(words),
        shareable=True,
        data=data,
    )


def _source(context: Context) -> Source:
    text = context.words.plain("absences.source", day=context.words.date(context.today))
    return Source(text, context.today)


def _rules(words: Words) -> tuple[Prose, ...]:
    return words.prose("coverage.rule_away"), words.prose("absences.rule_until")


def press_for(verb: str, absence: Absence) -> Press:
    """Return the press that carries an absence which is not kept yet."""
    return Press(
        "absences",
        verb,
        {
            "person": str(absence.person.id),
            "first": absence.first_day.isoformat(),
            "last": absence.last_day.isoformat(),
            "cover": str(absence.cover.id) if absence.cover else NOBODY,
        },
    )


def _in_list(absence: Absence, words: Words) -> Prose:
    return words.prose(
        "absences.in_list_covered" if absence.cover else "absences.in_list",
        person=absence.person.name,
        when=when(absence, words),
        cover=absence.cover.name if absence.cover else "",
    )
