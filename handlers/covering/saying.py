"""What every answer about people is made of: who it is, its source, why, and its data."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.confirmations import confirm_buttons
from handlers.context import Context
from handlers.duo import Duo, Standing, Via, duo
from handlers.hearing.found import Found, Reading
from handlers.naming import away_line, name_of, record_line, role, source_name, standing_data
from handlers.reasons import reasons
from handlers.speech.answer import (
    Button,
    Json,
    Prose,
    Source,
)
from handlers.speech.words import Words
from store.days import day_of
from store.records import Absence, Assignment

_MOST_GROUPS = 3
"""Groups of people that a source tells apart: a duo has two sides, and some have one more."""


def numbers(absences: Sequence[Absence]) -> frozenset[int]:
    """Return the numbers of everybody who is away."""
    return frozenset(absence.person.id for absence in absences)


def facts(day: date, context: Context) -> tuple[Sequence[Assignment], Sequence[Absence]]:
    """Return who has which part of the country on a day, and who is away."""
    return context.tx.coverage.assignments(day), context.tx.coverage.absences(day)


def unique(standing: Iterable[Standing]) -> list[Standing]:
    """Return each person once for a side of the tandem."""
    return list({(s.person.id, s.side): s for s in standing}.values())


def unique_names(standing: Sequence[Standing]) -> list[str]:
    """Return each name once."""
    return list(dict.fromkeys(s.person.name for s in standing))


def duos_of(
    found: Sequence[Found],
    day: date,
    assignments: Sequence[Assignment],
    absences: Sequence[Absence],
) -> list[Duo]:
    """Return the duos of places, each group of people once."""
    # Two places in one region give its people once, unless the region is split between them.
    asked = dict.fromkeys((region, f.municipality) for f in found for region in f.regions)
    duos = [
        duo(region, day, assignments, absences, municipality=municipality)
        for region, municipality in asked
    ]
    return list({(d.region, tuple(s.person.id for s in d.standing)): d for d in duos}.values())


def remarks(one: Duo, away: frozenset[int], context: Context) -> list[Prose]:
    """Return who is away without a cover, and which side has nobody."""
    words = context.words
    covered = {s.covering_for.id for s in one.standing if s.covering_for}
    lines = [away_line(a, words, away=away) for a in one.away if a.person.id not in covered]
    if one.empty_sides and any(s.via is not Via.NEIGHBOUR for s in one.standing):
        side = words.all_of(role(side, words) for side in one.empty_sides)
        key = "coverage.one_side_empty"
        if one.day != context.today:
            key = "coverage.one_side_empty_then"
        lines.append(words.prose(key, role=side))
    return lines


def confirmations(
    assignments: Sequence[Assignment], day: date, context: Context
) -> tuple[Button, ...]:
    """Return the buttons to say that it still holds, or does not."""
    # What was so in 2023 cannot "still" hold.
    return confirm_buttons(assignments, context) if day == context.today else ()


def source_of(assignments: Sequence[Assignment], words: Words) -> Source:
    """Return where records come from: what is least sure, and who that is said of."""
    said = dict[tuple[bool, date, str], list[Assignment]]()
    for one in assignments:
        said.setdefault(_said_of(one, words), []).append(one)
    # Not confirmed comes first, then what was confirmed longest ago: that is what can be wrong.
    groups = sorted(said.items(), key=lambda group: group[0])
    (_, day, text), least_sure = groups[0]
    if 1 < len(groups) <= _MOST_GROUPS:
        text = "; ".join(
            words.plain(
                "coverage.source_of_some",
                people=words.all_of(dict.fromkeys(one.person.name for one in theirs)),
                source=source,
            )
            for (_, _, source), theirs in groups
        )
    return Source(text, day, least_sure[0].url)


def _said_of(one: Assignment, words: Words) -> tuple[bool, date, str]:
    """Return whether a record is confirmed, since when it is said, and by what or whom."""
    if one.confirmed_at:
        day = day_of(one.confirmed_at)
        by = name_of(one.confirmed_by, words)
        return True, day, words.plain("coverage.confirmed", day=words.date(day), person=by)
    said = one.provenance
    source = source_name(said.source, words)
    text = words.plain("coverage.not_confirmed", source=source, day=words.date(said.as_of))
    return False, said.as_of, text


def why_of(reading: Reading, duos: Sequence[Duo], words: Words) -> tuple[Prose, ...]:
    """Return the record, the source, the date and the rule behind names (F51)."""
    lines: list[Prose] = [r for found in reading.found for r in reasons(found, words)]
    for one in duos:
        lines += [record_line(s.assignment, words) for s in one.standing]
        lines += [away_line(absence, words) for absence in one.away]
        if one.away:
            lines.append(words.prose("coverage.rule_away"))
    return tuple(dict.fromkeys(lines))


def data_of(reading: Reading, duos: Sequence[Duo], day: date) -> dict[str, Json]:
    """Return the same for machines."""
    return {
        "place": reading.found[0].name if reading.found else None,
        "places": [found.name for found in reading.found],
        "left_out": [place.name for place in reading.outside],
        "regions": list(dict.fromkeys(one.region.value for one in duos)),
        "day": day.isoformat(),
        "people": [standing_data(s) for s in unique(s for d in duos for s in d.standing)],
        "away": list(dict.fromkeys(a.person.name for one in duos for a in one.away)),
        "others": [found.name for found in reading.others],
    }
