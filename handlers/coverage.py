"""Who to turn to (F01–F04, F07): name a place, a region or a person, and get the people.

`data` of an answer: `place` and `places` (names), `regions` (slugs), `day` (ISO), `people` (a list
of `name`, `email`, `side`, `region`, `covering_for`, `until`), `away` (names), and for a question
`choices` (a list of `label`, `place`, `regions`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import BRUSSELS, Context
from handlers.duo import Duo, Standing, Via, duo, one_side
from handlers.errors import NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard
from handlers.hearing.dates import find_day
from handlers.hearing.found import Found, Reading
from handlers.hearing.persons import named
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.reasons import full_name, place_label, reasons
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Json,
    Kind,
    Paragraph,
    Part,
    People,
    PersonCard,
    Press,
    Prose,
    Source,
)
from handlers.speech.words import Words
from store.records import Absence, Assignment, Person, Provenance, Side

MOST_CHOICES = 5
"""A question never has more buttons than this (F02)."""

_WHO = re.compile(
    r"\b(wie|bij wie|aan wie|contact\w*|coordinator\w*|aanspreek\w+|duo|tandem\w*|"
    r"verantwoordelijke?n?|terecht|bereik\w*|(e ?)?mail\w*|adres|telefoon\w*|"
    r"qui|contacter|coordinat\w+|responsable|adresse|binome|joindre|"
    r"who|whom|responsible|reach|covers?|in charge|get in touch|"
    r"welke regio|quelle region|which region|persoon|collega)\b"
)
_PARTNER = re.compile(
    r"\b(tandem\w*|partner\w*|collega\w*|team|duo|samen\w* met|naast|"
    r"binome|collegue|partenaire|colleague|works? with|teams? up)\b"
)
# A side counts only where the coordinators of that side are meant: the networks themselves are
# called "jeugdhulp-onderwijs" too.
_SIDE_MEANT = re.compile(
    r"\b(coordina\w+|sts|kant|zijde|enkel|alleen|persoon|cote|seulement|side|only)\b"
)
_SIDES = {
    Side.YOUTH_CARE: re.compile(
        r"\b(jeugdhulp\w*|welzijn\w*|opgroeien|aide a la jeunesse|youth care)\b"
    ),
    Side.AGAINST_DROPOUT: re.compile(
        r"\b(samen tegen schooluitval|sts|schooluitval|onderwijskant|onderwijszijde|clb)\b"
    ),
}
_NOT_ME = re.compile(r"\b(vervang\w*|afwezig\w*|ziek|verlof|remplace|absent\w*|replaces?)\b")


@dataclass(frozen=True, slots=True)
class WhoCovers:
    """The request.

    Attributes:
        text: A place, a region, a person or a day, as somebody typed it.
        expected: Whether it is nothing but that, as after the command.
    """

    text: str
    expected: bool


def parse(text: str) -> WhoCovers:
    """Read "Gent" out of "wie Gent"."""
    return WhoCovers(text.strip(), expected=True)


def hear(sentence: Sentence) -> Heard[WhoCovers] | None:
    """Hear the place in "Bij wie moet ik zijn voor 8500?", or the person in "mail van Babs"."""
    because: list[str] = []
    reading = sentence.places
    if asks := bool(_WHO.search(sentence.folded)):
        because.append("cue:who")
    if somewhere := bool(reading.found or reading.question or reading.outside):
        because.append("place")
    if someone := bool(sentence.persons):
        because.append("person")
    alone = len(sentence.words) <= 4  # noqa: PLR2004 - "en voor Sint-Niklaas dan?"
    confidence = {
        (True, True): 0.95,
        (True, False): 0.6,
        (False, True): 0.8 if alone else 0.3,
        (False, False): 0.0,
    }[asks, somewhere or someone]
    if _NOT_ME.search(sentence.folded):
        confidence /= 2
    if not because:
        return None
    return Heard(WhoCovers(sentence.text, expected=False), confidence, tuple(because))


def handle(request: WhoCovers, context: Context) -> Answer:
    """Name the people, or ask once which place is meant.

    Raises:
        NotUnderstood: If no place was named at all.
        NotFound: If the place is not one that Brug knows.
    """
    found_day = find_day(request.text, context.today)
    day = found_day.day if found_day else context.today
    # The words of the day are no name of a place ("op 1 mei").
    text = (
        request.text[: found_day.start] + " " + request.text[found_day.end :]
        if found_day
        else request.text
    )
    reading = context.places.resolve(text, expected=request.expected)
    people = named(text, context.tx.people.everyone())
    if people and not reading.found:
        if _PARTNER.search(fold(text)):
            return _partners(people, day, context)
        return _about(people, day, context)
    if reading.question:
        return _which(reading.question, context.words)
    if reading.found:
        return _who(reading, day, _side(text), context)
    if reading.outside:
        return _outside(reading, context.words)
    if not text.strip():
        raise NotUnderstood("coverage.which_place")
    if reading.unknown:
        raise NotFound("coverage.unknown_place", place=reading.unknown)
    raise NotUnderstood("coverage.which_place")


def _side(text: str) -> Side | None:
    """Return the side of the tandem that is asked for; None for both, as nearly always."""
    said = fold(text)
    sides = [side for side, words in _SIDES.items() if words.search(said)]
    return sides[0] if len(sides) == 1 and _SIDE_MEANT.search(said) else None


def _who(reading: Reading, day: date, side: Side | None, context: Context) -> Answer:
    words = context.words
    assignments, absences = _facts(day, context)
    duos = _duos(reading.found, day, assignments, absences)
    if side and (one_sided := [one_side(d, side) for d in duos if one_side(d, side).standing]):
        duos = one_sided
    standing = _unique(s for d in duos for s in d.standing)
    if not standing:
        return _nobody(duos, context)
    label = words.all_of(place_label(found, words) for found in reading.found)
    people = words.all_of(_unique_names(standing))
    headline = words.plain("coverage.headline", place=label, people=people)
    parts: list[Part] = [Paragraph(r) for found in reading.found for r in reasons(found, words)]
    if day != context.today:
        parts.append(Paragraph(words.prose("coverage.on_day", day=words.date(day))))
        if unsure := [
            s for s in standing if s.assignment.valid_from is None and day < context.today
        ]:
            names = words.all_of(_unique_names(unsure))
            parts.append(Paragraph(words.prose("coverage.since_unknown", people=names)))
    for one in duos:
        if len(duos) > 1:
            parts.append(Paragraph(words.prose("coverage.region", region=one.region.label)))
        parts.append(People(tuple(_card(s, words) for s in one.standing)))
        parts += [Paragraph(line) for line in _remarks(one, context)]
    return Answer(
        headline=headline,
        parts=tuple(parts),
        buttons=tuple(_choice(found, words) for found in reading.others[:MOST_CHOICES]),
        source=_source([s.assignment for s in standing], words),
        why=_why(reading, duos, words),
        shareable=True,
        confidence=min(found.confidence for found in reading.found),
        data=_data(reading, duos, day),
    )


def _about(people: Sequence[Person], day: date, context: Context) -> Answer:
    words = context.words
    assignments, absences = _facts(day, context)
    theirs = [a for a in assignments if a.person in people]
    away = [a for a in absences if a.person in people]
    if not theirs:
        names = words.all_of(p.name for p in people)
        raise NotFound("coverage.no_longer", people=names)
    cards: list[PersonCard] = []
    partners: list[Standing] = []
    for mine in theirs:
        tandem = duo(mine.region, day, assignments, absences)
        partners += [s for s in tandem.standing if s.side is mine.side.other]
        note = words.prose("coverage.stands_for", region=mine.region.label)
        cards.append(
            PersonCard(mine.person.name, _role(mine.side, words), mine.person.email, note)
        )
    regions = tuple(dict.fromkeys(a.region for a in theirs))
    parts: list[Part] = [People(tuple(cards))]
    parts += [Paragraph(_away_line(absence, words)) for absence in away]
    if partners := _unique(partners):
        together = words.all_of(f"{s.person.name} ({s.person.email})" for s in partners)
        parts.append(Paragraph(words.prose("coverage.tandem_with", people=together)))
    return Answer(
        headline=words.plain(
            "coverage.person_headline",
            people=words.all_of(dict.fromkeys(a.person.name for a in theirs)),
            region=words.all_of(region.label for region in regions),
        ),
        parts=tuple(parts),
        source=_source(theirs, words),
        why=tuple(_record_line(a, words) for a in theirs),
        shareable=True,
        data={
            "place": None,
            "places": [],
            "regions": [region.value for region in regions],
            "day": day.isoformat(),
            "people": [
                _standing_data(Standing(a.person, a.side, a.region, Via.ASSIGNED, a))
                for a in theirs
            ],
            "tandem": [_standing_data(s) for s in partners],
            "away": [a.person.name for a in away],
        },
    )


def _partners(people: Sequence[Person], day: date, context: Context) -> Answer:
    words = context.words
    assignments, absences = _facts(day, context)
    theirs = [a for a in assignments if a.person in people]
    partners = _unique(
        standing
        for mine in theirs
        for standing in duo(mine.region, day, assignments, absences).standing
        if standing.side is mine.side.other and standing.person not in people
    )
    if not partners:
        return _about(people, day, context)
    regions = tuple(dict.fromkeys(a.region for a in theirs))
    return Answer(
        headline=words.plain(
            "coverage.partners_headline",
            people=words.all_of(dict.fromkeys(a.person.name for a in theirs)),
            partners=words.all_of(_unique_names(partners)),
            region=words.all_of(region.label for region in regions),
        ),
        parts=(People(tuple(_card(standing, words) for standing in partners)),),
        source=_source([s.assignment for s in partners], words),
        why=tuple(_record_line(s.assignment, words) for s in partners),
        shareable=True,
        data={
            "place": None,
            "places": [],
            "regions": [region.value for region in regions],
            "day": day.isoformat(),
            "people": [_standing_data(s) for s in partners],
            "away": [],
        },
    )


def _which(candidates: Sequence[Found], words: Words) -> Answer:
    shown = candidates[:MOST_CHOICES]
    return Answer(
        headline=words.plain("coverage.which", place=shown[0].said),
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


def _outside(reading: Reading, words: Words) -> Answer:
    place = reading.outside[0]
    country = words.plain(f"coverage.country_{fold(place.country)}")
    # Wallonia's municipalities go by their French name first, their Dutch one second.
    dutch = words.language == "nl" and bool(place.aliases) and place.country == "Wallonië"
    name = place.aliases[0] if dutch else place.name
    return Answer(
        headline=words.plain("coverage.outside", place=name, country=country),
        parts=(Paragraph(words.prose("coverage.outside_next")),),
        source=_place_source(place.provenance, words),
        kind=Kind.REFUSAL,
        data={"place": place.name, "regions": [], "people": [], "outside": place.country},
    )


def _nobody(duos: Sequence[Duo], context: Context) -> Answer:
    words = context.words
    regions = words.all_of(one.region.label for one in duos)
    mailbox = context.central_mailbox
    key = "coverage.mailbox" if mailbox else "coverage.no_mailbox"
    return Answer(
        headline=words.plain("coverage.nobody", region=regions),
        parts=(Paragraph(words.prose(key, mailbox=mailbox)),),
        data={
            "place": None,
            "regions": [one.region.value for one in duos],
            "people": [],
            "away": [a.person.name for one in duos for a in one.away],
            "mailbox": mailbox,
        },
    )


def _facts(day: date, context: Context) -> tuple[Sequence[Assignment], Sequence[Absence]]:
    return context.tx.coverage.assignments(day), context.tx.coverage.absences(day)


def _duos(
    found: Sequence[Found],
    day: date,
    assignments: Sequence[Assignment],
    absences: Sequence[Absence],
) -> list[Duo]:
    # Two places in one region give its people once, unless the region is split between them.
    asked = dict.fromkeys((region, f.municipality) for f in found for region in f.regions)
    duos = [
        duo(region, day, assignments, absences, municipality=municipality)
        for region, municipality in asked
    ]
    return list({(d.region, tuple(s.person.id for s in d.standing)): d for d in duos}.values())


def _unique(standing: Iterable[Standing]) -> list[Standing]:
    return list({(s.person.id, s.side): s for s in standing}.values())


def _unique_names(standing: Sequence[Standing]) -> list[str]:
    return list(dict.fromkeys(s.person.name for s in standing))


def _card(standing: Standing, words: Words) -> PersonCard:
    note: Prose = ()
    if standing.covering_for is not None and standing.until is not None:
        note = words.prose(
            "coverage.covers", person=standing.covering_for.name, until=words.date(standing.until)
        )
    elif standing.via is Via.NEIGHBOUR:
        note = words.prose("coverage.from_next_door", region=standing.region.label)
    return PersonCard(
        standing.person.name, _role(standing.side, words), standing.person.email, note
    )


def _role(side: Side, words: Words) -> str:
    by_side = {
        Side.YOUTH_CARE: "coverage.role_youth_care",
        Side.AGAINST_DROPOUT: "coverage.role_against_dropout",
    }
    return words.plain(by_side[side])


def _remarks(one: Duo, context: Context) -> list[Prose]:
    words = context.words
    covered = {s.covering_for.id for s in one.standing if s.covering_for}
    lines = [_away_line(a, words) for a in one.away if a.person.id not in covered]
    if one.empty_sides and any(s.via is not Via.NEIGHBOUR for s in one.standing):
        side = words.all_of(_role(side, words) for side in one.empty_sides)
        lines.append(words.prose("coverage.one_side_empty", role=side))
    return lines


def _away_line(absence: Absence, words: Words) -> Prose:
    until = words.date(absence.last_day)
    if absence.cover is None:
        return words.prose("coverage.away", person=absence.person.name, until=until)
    return words.prose(
        "coverage.away_covered",
        person=absence.person.name,
        until=until,
        cover=f"{absence.cover.name} ({absence.cover.email})",
    )


def _choice(found: Found, words: Words) -> Button:
    # The words name the place so fully that they cannot be asked about again.
    return Button(place_label(found, words), Press("", ASK, {"words": f"/wie {full_name(found)}"}))


def _source(assignments: Sequence[Assignment], words: Words) -> Source:
    confirmed = [
        (a.confirmed_at.astimezone(BRUSSELS).date(), a.confirmed_by.name, a.url)
        for a in assignments
        if a.confirmed_at and a.confirmed_by
    ]
    if len(confirmed) == len(assignments):
        day, by, url = min(confirmed)  # what was confirmed longest ago is what can be wrong
        return Source(words.plain("coverage.confirmed", day=words.date(day), person=by), day, url)
    said, url = assignments[0].provenance, assignments[0].url
    text = words.plain("coverage.not_confirmed", source=said.source, day=words.date(said.as_of))
    return Source(text, said.as_of, url)


def _place_source(said: Provenance, words: Words) -> Source:
    text = words.plain("coverage.place_source", source=said.source, day=words.date(said.as_of))
    return Source(text, said.as_of)


def _why(reading: Reading, duos: Sequence[Duo], words: Words) -> tuple[Prose, ...]:
    lines: list[Prose] = [r for found in reading.found for r in reasons(found, words)]
    for one in duos:
        lines += [_record_line(s.assignment, words) for s in one.standing]
        lines += [_away_line(absence, words) for absence in one.away]
        if one.away:
            lines.append(words.prose("coverage.rule_away"))
    return tuple(dict.fromkeys(lines))


def _record_line(assignment: Assignment, words: Words) -> Prose:
    since = assignment.valid_from
    return words.prose(
        "coverage.record_since" if since else "coverage.record",
        person=assignment.person.name,
        role=_role(assignment.side, words),
        region=assignment.region.label,
        source=assignment.provenance.source,
        day=words.date(assignment.provenance.as_of),
        since=words.date(since) if since else "",
    )


def _data(reading: Reading, duos: Sequence[Duo], day: date) -> dict[str, Json]:
    return {
        "place": reading.found[0].name,
        "places": [found.name for found in reading.found],
        "regions": list(dict.fromkeys(one.region.value for one in duos)),
        "day": day.isoformat(),
        "people": [_standing_data(s) for s in _unique(s for d in duos for s in d.standing)],
        "away": list(dict.fromkeys(a.person.name for one in duos for a in one.away)),
        "others": [found.name for found in reading.others],
    }


def _standing_data(standing: Standing) -> dict[str, Json]:
    return {
        "name": standing.person.name,
        "email": standing.person.email,
        "side": standing.side.value,
        "region": standing.region.value,
        "covering_for": standing.covering_for.name if standing.covering_for else None,
        "until": standing.until.isoformat() if standing.until else None,
    }


FEATURE = Feature(
    name="coverage",
    command="wie",
    aliases=("qui", "who"),
    parse=parse,
    hear=hear,
    handle=handle,
    examples=(
        Example("wie Ninove", expect="Frederik"),
        Example("Bij wie moet ik zijn voor 8500?", expect="Ludo"),
        Example("wie gnet", expect="Oona"),
        Example("Wie is het duo in Oost-Vlaanderen?", expect="oona.somers@vclbmeetjesland.be"),
        Example("Wat is het mailadres van Babs?", expect="bgoethals@arktos.be"),
        Example("Welke regio doet Ludo?", expect="West-Vlaanderen"),
        Example("Wie is de tandempartner van Claudia?", expect="Nathalie Vanbergen"),
        Example("wie Meldert", expect="Lummen"),
        Example("wie Erembodegem", expect="deelgemeente van Aalst"),
        Example("wie limburg op 1/9/2023", expect="Claudia"),
        Example("wie Luik", expect="Wallonië"),
        Example("Qui contacter à Gand ?", expect="Frederik", language="fr"),
        Example("Who covers Kortrijk?", expect="Annick", language="en"),
    ),
)
