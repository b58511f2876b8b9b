"""Put into words who stands where: the same for every feature that names people."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handlers.duo import Standing, Via
from handlers.speech.answer import Json, PersonCard, Plain, Prose
from handlers.speech.words import Words
from store.records import Absence, Assignment, Person, Side
from store.seeds.page import read_page


def name_of(person: Person | None, words: Words) -> str:
    """Return the name of who did something; a steward need not be a person whom Brug knows."""
    return person.name if person else words.plain("coverage.a_steward")


def source_name(source: str, words: Words) -> str:
    """Return a source in the language of who reads, also the page, which is in Dutch itself."""
    return words.plain("about.page") if source == read_page().source else source


def role(side: Side, words: Words) -> str:
    """Return what somebody is, in words."""
    by_side = {
        Side.YOUTH_CARE: "coverage.role_youth_care",
        Side.AGAINST_DROPOUT: "coverage.role_against_dropout",
    }
    return words.plain(by_side[side])


def card(standing: Standing, words: Words) -> PersonCard:
    """Return somebody to turn to, with why it is them."""
    note: Prose = ()
    if standing.covering_for is not None and standing.until is not None:
        note = words.prose(
            "coverage.covers", person=standing.covering_for.name, until=words.date(standing.until)
        )
    elif standing.via is Via.NEIGHBOUR:
        note = words.prose("coverage.from_next_door", region=standing.region.label)
    return PersonCard(
        standing.person.name, role(standing.side, words), standing.person.email, note
    )


def cards(standing: Iterable[Standing], words: Words) -> tuple[PersonCard, ...]:
    """Return each person once: who covers for the other side stands there for both."""
    found: dict[str, PersonCard] = {}
    for one in standing:
        new, known = card(one, words), found.get(one.person.email)
        if known is not None:
            roles = words.all_of(dict.fromkeys((known.role, new.role)))
            between: Prose = (Plain(" "),) if known.note and new.note else ()
            new = replace(known, role=roles, note=(*known.note, *between, *new.note))
        found[one.person.email] = new
    return tuple(found.values())


def away_line(absence: Absence, words: Words, *, away: frozenset[int] = frozenset()) -> Prose:
    """Return who is away until when, and who takes over.

    Args:
        absence: Of whom.
        words: In which language.
        away: The numbers of everybody who is away that day: such a cover is not named.
    """
    until = words.date(absence.last_day)
    if absence.cover is None or absence.cover.id in away:
        return words.prose("coverage.away", person=absence.person.name, until=until)
    return words.prose(
        "coverage.away_covered",
        person=absence.person.name,
        until=until,
        cover=f"{absence.cover.name} ({absence.cover.email})",
    )


def record_line(assignment: Assignment, words: Words) -> Prose:
    """Return what a record says, and who says so."""
    since = assignment.valid_from
    return words.prose(
        "coverage.record_since" if since else "coverage.record",
        person=assignment.person.name,
        role=role(assignment.side, words),
        region=assignment.region.label,
        source=source_name(assignment.provenance.source, words),
        day=words.date(assignment.provenance.as_of),
        since=words.date(since) if since else "",
    )


def standing_data(standing: Standing) -> Mapping[str, Json]:
    """Return somebody to turn to, for machines."""
    return {
        "name": standing.person.name,
        "email": standing.person.email,
        "side": standing.side.value,
        "region": standing.region.value,
        "covering_for": standing.covering_for.name if standing.covering_for else None,
        "until": standing.until.isoformat() if standing.until else None,
    }
