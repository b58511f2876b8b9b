"""Who is there for a place, a region or all of them; or which place is meant."""

from collections.abc import Sequence
from datetime import date

from handlers.context import Context
from handlers.covering.saying import (
    confirmations,
    data_of,
    duos_of,
    facts,
    numbers,
    remarks,
    source_of,
    unique,
    unique_names,
    why_of,
)
from handlers.duo import Duo, duo, one_side
from handlers.facts import duties
from handlers.hearing.found import Found, Reading
from handlers.hearing.plain import fold
from handlers.introductions import introduce_button
from handlers.naming import cards
from handlers.reasons import full_name, outside_name, place_in_sentence, place_label, reasons
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Kind,
    Paragraph,
    Part,
    People,
    Plain,
    Press,
    Source,
)
from handlers.speech.words import Words
from store.records import Assignment, Fact, Outside, Provenance, Region, Side

GENERAL = "general knowledge"
"""What the seed gives as source of places that everybody knows."""

MOST_CHOICES = 5
"""A question never has more buttons than this (F02)."""


def who(reading: Reading, day: date, side: Side | None, context: Context) -> Answer:
    """Name who is there for places, both sides of the tandem or the one that is asked for."""
    words = context.words
    assignments, absences = facts(day, context)
    duos = duos_of(reading.found, day, assignments, absences)
    if side and (one_sided := [one_side(d, side) for d in duos if one_side(d, side).standing]):
        duos = one_sided
    standing = unique(s for d in duos for s in d.standing)
    if not standing:
        return _nobody(reading, duos, day, context)
    label = words.all_of(place_in_sentence(found, words) for found in reading.found)
    people = words.all_of(unique_names(standing))
    headline = words.plain("coverage.headline", place=label, people=people)
    parts: list[Part] = [Paragraph(r) for found in reading.found for r in reasons(found, words)]
    parts += [Paragraph((Plain(_lies_outside(place, words)),)) for place in reading.outside]
    if day != context.today:
        parts.append(Paragraph(words.prose("coverage.on_day", day=words.date(day))))
        if unsure := [
            s for s in standing if s.assignment.valid_from is None and day < context.today
        ]:
            names = words.all_of(unique_names(unsure))
            parts.append(Paragraph(words.prose("coverage.since_unknown", people=names)))
    for one in duos:
        if len(duos) > 1:
            parts.append(Paragraph(words.prose("coverage.region", region=one.region.label)))
        parts.append(People(cards(one.standing, words)))
        parts += [Paragraph(line) for line in remarks(one, numbers(absences), context)]
    return Answer(
        headline=headline,
        parts=tuple(parts),
        buttons=(
            *(_choice(found, words) for found in reading.others[:MOST_CHOICES]),
            *_introduce(reading, duos, day, context),
            *confirmations([s.assignment for s in standing], day, context),
        ),
        source=source_of([s.assignment for s in standing], words),
        why=why_of(reading, duos, words),
        shareable=True,
        confidence=min(found.confidence for found in reading.found),
        data=data_of(reading, duos, day),
        # What was so on another day stays so.
        told=_told(reading.found, assignments, side) if day == context.today else (),
    )


def everybody(day: date, side: Side | None, context: Context) -> Answer:
    """Return the list of contacts: all regions, or one side of them all."""
    words = context.words
    assignments, absences = facts(day, context)
    duos = [duo(region, day, assignments, absences) for region in Region]
    if side:
        duos = [one_side(whole, side) for whole in duos]
    parts: list[Part] = []
    for one in duos:
        parts.append(Paragraph(words.prose("coverage.region", region=one.region.label)))
        parts.append(People(cards(one.standing, words)))
        parts += [Paragraph(line) for line in remarks(one, numbers(absences), context)]
    standing = unique(s for d in duos for s in d.standing)
    return Answer(
        headline=words.plain("coverage.everybody"),
        parts=tuple(parts),
        source=source_of([s.assignment for s in standing], words),
        why=why_of(Reading(), duos, words),
        shareable=True,
        data=data_of(Reading(), duos, day),
    )


def which(candidates: Sequence[Found], words: Words) -> Answer:
    """Ask once which place of that name is meant (F02)."""
    shown = candidates[:MOST_CHOICES]
    said = shown[0].said
    # In the spelling of the list where it is there: "welk Vlaanderen", not "welk vlaanderen".
    name = next((found.name for found in shown if fold(found.name) == fold(said)), None)
    return Answer(
        headline=words.plain("coverage.which", place=name)
        if name
        else words.plain("coverage.which_like", place=said),
        buttons=tuple(_choice(found, words) for found in shown),
        kind=Kind.QUESTION,
        data={
            "place": None,
            "regions": list(dict.fromkeys(r.value for found in shown for r in found.regions)),
            "choices": [
                {
                    "label": place_label(found, words),
                    "place": found.name,
                    "regions": [region.value for region in found.regions],
                }
                for found in shown
            ],
        },
    )


def outside(reading: Reading, words: Words) -> Answer:
    """Say that a place lies outside Flanders and Brussels, and what to give instead."""
    place = reading.outside[0]
    return Answer(
        headline=_lies_outside(place, words),
        parts=(Paragraph(words.prose("coverage.outside_next")),),
        source=_place_source(place.provenance, words),
        kind=Kind.REFUSAL,
        data={"place": place.name, "regions": [], "people": [], "outside": place.country},
    )


def _lies_outside(place: Outside, words: Words) -> str:
    country = words.plain(f"coverage.country_{fold(place.country)}")
    return words.plain("coverage.outside", place=outside_name(place, words), country=country)


def _nobody(reading: Reading, duos: Sequence[Duo], day: date, context: Context) -> Answer:
    words = context.words
    regions = words.all_of(one.region.label for one in duos)
    mailbox = context.central_mailbox
    key = "coverage.mailbox" if mailbox else "coverage.no_mailbox"
    return Answer(
        headline=words.plain(
            "coverage.nobody" if day == context.today else "coverage.nobody_then",
            region=regions,
            day=words.date(day),
        ),
        parts=(Paragraph(words.prose(key, mailbox=mailbox)),),
        data={
            "place": None,
            "places": [found.name for found in reading.found],
            "regions": [one.region.value for one in duos],
            "day": day.isoformat(),
            "people": [],
            "away": [a.person.name for one in duos for a in one.away],
            "mailbox": mailbox,
        },
    )


def _told(
    found: Sequence[Found], assignments: Sequence[Assignment], side: Side | None
) -> tuple[Fact, ...]:
    asked = dict.fromkeys((region, f.municipality) for f in found for region in f.regions)
    sides = [side] if side else list(Side)
    return tuple(fact for where in asked for fact in duties(*where, assignments, sides))


def _introduce(
    reading: Reading, duos: Sequence[Duo], day: date, context: Context
) -> tuple[Button, ...]:
    # One place with one duo: who is to be introduced to whom must be plain.
    if len(duos) != 1 or len(reading.found) != 1 or day != context.today:
        return ()
    return introduce_button(full_name(reading.found[0]), duos[0], context)


def _choice(found: Found, words: Words) -> Button:
    # The words name the place so fully that they cannot be asked about again.
    return Button(place_label(found, words), Press("", ASK, {"words": f"/wie {full_name(found)}"}))


def _place_source(said: Provenance, words: Words) -> Source:
    # Beyond Wallonia no register stands behind a name, and "general knowledge" is no Dutch.
    key = "coverage.place_known" if said.source == GENERAL else "coverage.place_source"
    text = words.plain(key, source=said.source, day=words.date(said.as_of))
    return Source(text, said.as_of)
