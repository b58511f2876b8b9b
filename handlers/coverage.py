"""Who to turn to (F01–F04, F07): name a place, a region or a person, and get the people.

`data` of an answer: `place` and `places` (names), `regions` (slugs), `day` (ISO), `people` (a list
of `name`, `email`, `side`, `region`, `covering_for`, `until`), `away` (names), after a list `list`
(the feature that gave it), and for a question `choices` (a list of `label`, `place`, `regions`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.confirmations import confirm, confirm_buttons, dispute
from handlers.context import BRUSSELS, Context
from handlers.duo import Duo, Standing, Via, duo, instead_of, one_side
from handlers.errors import NotFound, NotUnderstood
from handlers.facts import duties
from handlers.facts import person as person_fact
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.dates import find_day
from handlers.hearing.following import Turn, only_links, without_lead
from handlers.hearing.found import Found, How, Reading
from handlers.hearing.persons import named
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Before, Sentence
from handlers.introductions import ask_to_introduce, introduce, introduce_button
from handlers.naming import away_line, card, name_of, record_line, role, source_name, standing_data
from handlers.reasons import full_name, place_label, reasons
from handlers.rights import Right
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
from store.records import Absence, Assignment, Fact, Person, Provenance, Side

MOST_CHOICES = 5
"""A question never has more buttons than this (F02)."""

_FEW = 4
"""Words of "en wat met Ludo?"."""

_PARTNER = re.compile(
    r"\b(tandem\w*|partner\w*|collega\w*|team|duo|samen\w* met|naast|"
    r"binome|collegue|partenaire|colleague|works? with|teams? up)\b"
)
_WHO = re.compile(
    r"\b(wie|contact\w*|coordina\w+|aanspreek\w+|duo|tandem\w*|verantwoordelijke?n?|terecht|"
    r"bereik\w*|(?:e ?)?mail\w*|telefoon\w*|qui|contacter|responsable|binome|joindre|"
    r"who|whom|responsible|reach|covers?|in charge|welke regio|quelle region|which region)\b"
)
_ONE = (
    r"(?:coordina\w+|kant|zijde|contact\w*|collega|persoon|iemand|wie|aanspreek\w+|partner|"
    r"verantwoordelijke|vertegenwoordig\w+|cote|side|enkel|alleen|only|seulement|juste|just|qui|"
    r"who|someone|quelqu un|responsable|colleague|person)"
)
_TO = (
    r"(?: (?:is|zit|er|van|vanuit|voor|uit|in|bij|aan|de|het|dan|du|le|la|l|cote|kant|zijde|from|"
    r"for|of|on|the|namens|est|pour|doet|vertegenwoordigt))*"
)
_YOUTH_CARE = (
    r"jeugdhulp(?: onderwijs)?|jeugdzorg|welzijn\w*|opgroeien|aide a la jeunesse|"
    r"bien etre|youth care|welfare"
)
_AGAINST_DROPOUT = (
    r"samen tegen schooluitval|sts|schooluitval|onderwijs\w*|clb\w*|enseignement|"
    r"decrochage|education"
)
_SIDE = (
    rf"\b{_ONE}{_TO} (?:{{0}})\b|"
    r"\b(?:{0}) ?(?:kant|zijde|side|coordina\w+|collega|persoon|contact\w*)\b"
)
# A side counts only where somebody of that side is asked for: the networks themselves are called
# "jeugdhulp-onderwijs" too, and a pupil may be in youth care.
_SIDES = {
    Side.YOUTH_CARE: re.compile(_SIDE.format(_YOUTH_CARE)),
    Side.AGAINST_DROPOUT: re.compile(_SIDE.format(_AGAINST_DROPOUT)),
}
_BOTH = re.compile(
    rf"\b(?:{_YOUTH_CARE}) (?:en|et|and|of|ou|or) (?:\w+ )?(?:{_AGAINST_DROPOUT})\b"
)


@dataclass(frozen=True, slots=True)
class WhoCovers:
    """The request.

    Attributes:
        text: A place, a region, a person or a day, as somebody typed it.
        expected: Whether it is nothing but that, as after the command.
        day: The day when the text names none; None for today.
        about: The feature whose list it is about ("en wie volgt dat op?"); empty for none.
    """

    text: str
    expected: bool
    day: date | None = None
    about: str = ""


def parse(text: str) -> WhoCovers:
    """Read "Gent" out of "wie Gent"."""
    return WhoCovers(text.strip(), expected=True)


def hear(sentence: Sentence) -> Heard[WhoCovers]:
    """Hear the place in "Bij wie moet ik zijn voor 8500?", or the person in "mail van Babs"."""
    if goes_on := _follow_up(sentence):
        return Heard(goes_on, certain=True)
    reading = sentence.places
    somebody = bool(reading.found or reading.question or reading.outside or sentence.persons)
    fits = somebody and bool(_WHO.search(sentence.folded))
    return Heard(WhoCovers(sentence.text, expected=False), fits=fits)


def _follow_up(sentence: Sentence) -> WhoCovers | None:
    """Hear "en in Gent?" after who covers Aalst, and "en wie volgt dat op?" after any list."""
    before, turn = sentence.before, sentence.turn
    if before is None:
        return None
    if turn is Turn.WHO and not sentence.places.found and not sentence.persons:
        where = before.places or [region.label for region in before.regions]
        about = "" if before.feature == FEATURE.name else before.feature
        return WhoCovers("; ".join(where), expected=True, day=before.day, about=about)
    if turn is Turn.MOVED and before.feature == FEATURE.name:
        return _moved(sentence, before)
    return None


def _moved(sentence: Sentence, before: Before) -> WhoCovers | None:
    """Hear another place or person, and nothing more: "en is er daar een time-out?" is new."""
    text = without_lead(sentence.text)
    reading = sentence.resolver.resolve(text, expected=True)
    if len(sentence.words) <= _FEW and (reading.outside or sentence.persons):
        return WhoCovers(text, expected=bool(reading.outside), day=before.day)
    unsure = all(found.how in {How.FUZZY, How.NEIGHBOURHOOD} for found in reading.found)
    if unsure and not reading.question and not sentence.places.found:
        return None
    rest = text
    for found in sorted(reading.found or reading.question[:1], key=lambda one: -one.span[0]):
        rest = f"{rest[: found.span[0]]} {rest[found.span[1] :]}"
    if not only_links(fold(rest)):
        return None
    return WhoCovers(text, expected=True, day=before.day)


def handle(request: WhoCovers, context: Context) -> Answer:
    """Name the people, or ask once which place is meant.

    Raises:
        NotUnderstood: If no place was named at all.
        NotFound: If the place is not one that Brug knows.
    """
    answer = _answer(request, context)
    if not request.about:
        return answer
    return replace(answer, data={**answer.data, "list": request.about})


def _answer(request: WhoCovers, context: Context) -> Answer:
    found_day = find_day(request.text, context.today)
    day = found_day.day if found_day else request.day or context.today
    # The words of the day are no name of a place ("op 1 mei").
    text = (
        request.text[: found_day.start] + " " + request.text[found_day.end :]
        if found_day
        else request.text
    )
    reading = context.places.resolve(text, expected=request.expected)
    people = named(text, context.tx.people.everyone())
    # A name that somebody has is no place with a slip in it: "Vanbergen" is not Zandbergen.
    if people and all(found.how is How.FUZZY for found in reading.found):
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
    if _BOTH.search(said):
        return None
    sides = [side for side, words in _SIDES.items() if words.search(said)]
    return sides[0] if len(sides) == 1 else None


def _who(reading: Reading, day: date, side: Side | None, context: Context) -> Answer:
    words = context.words
    assignments, absences = _facts(day, context)
    duos = _duos(reading.found, day, assignments, absences)
    if side and (one_sided := [one_side(d, side) for d in duos if one_side(d, side).standing]):
        duos = one_sided
    standing = _unique(s for d in duos for s in d.standing)
    if not standing:
        return _nobody(reading, duos, day, context)
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
        parts.append(People(tuple(card(s, words) for s in one.standing)))
        parts += [Paragraph(line) for line in _remarks(one, _numbers(absences), context)]
    return Answer(
        headline=headline,
        parts=tuple(parts),
        buttons=(
            *(_choice(found, words) for found in reading.others[:MOST_CHOICES]),
            *_introduce(reading, duos, day, context),
            *_confirm([s.assignment for s in standing], day, context),
        ),
        source=_source([s.assignment for s in standing], words),
        why=_why(reading, duos, words),
        shareable=True,
        confidence=min(found.confidence for found in reading.found),
        data=_data(reading, duos, day),
        # What was so on another day stays so.
        told=_told(reading.found, assignments, side) if day == context.today else (),
    )


def _about(people: Sequence[Person], day: date, context: Context) -> Answer:
    words = context.words
    assignments, absences = _facts(day, context)
    theirs = [a for a in assignments if a.person in people]
    away = [a for a in absences if a.person in people]
    if not theirs:
        names = words.all_of(p.name for p in people)
        raise NotFound("coverage.no_longer", people=names)
    # Somebody who is away is not named first, not even when asked for (F05).
    standing = _unique(
        s for person in people for s in instead_of(person, day, assignments, absences)
    )
    partners = _unique(
        s
        for mine in theirs
        for s in duo(mine.region, day, assignments, absences).standing
        if s.side is mine.side.other and s not in standing
    )
    parts: list[Part] = [People(tuple(_card_of(s, people, words) for s in standing))]
    for absence in away:
        parts.append(Paragraph(away_line(absence, words, away=_numbers(absences))))
        own = words.prose(
            "coverage.own_address", person=absence.person.name, email=absence.person.email
        )
        parts.append(Paragraph(own))
    if partners:
        together = words.all_of(f"{s.person.name} ({s.person.email})" for s in partners)
        parts.append(Paragraph(words.prose("coverage.tandem_with", people=together)))
    regions = tuple(dict.fromkeys(a.region for a in theirs))
    headline = words.plain(
        "coverage.person_headline",
        people=words.all_of(dict.fromkeys(a.person.name for a in theirs)),
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
        buttons=_confirm(theirs, day, context),
        source=_source(theirs, words),
        why=tuple(record_line(a, words) for a in theirs),
        shareable=True,
        data={
            "place": None,
            "places": [],
            "regions": [region.value for region in regions],
            "day": day.isoformat(),
            "people": [standing_data(s) for s in standing],
            "tandem": [standing_data(s) for s in partners],
            "away": [a.person.name for a in away],
        },
        told=tuple(person_fact(one, assignments) for one in {a.person for a in theirs})
        if day == context.today
        else (),
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
        parts=(People(tuple(card(standing, words) for standing in partners)),),
        source=_source([s.assignment for s in partners], words),
        why=tuple(record_line(s.assignment, words) for s in partners),
        shareable=True,
        data={
            "place": None,
            "places": [],
            "regions": [region.value for region in regions],
            "day": day.isoformat(),
            "people": [standing_data(s) for s in partners],
            "away": [],
        },
        told=tuple(person_fact(s.person, assignments) for s in partners)
        if day == context.today
        else (),
    )


def _card_of(standing: Standing, asked: Sequence[Person], words: Words) -> PersonCard:
    if standing.person not in asked or standing.covering_for is not None:
        return card(standing, words)
    note = words.prose("coverage.stands_for", region=standing.region.label)
    person = standing.person
    return PersonCard(person.name, role(standing.side, words), person.email, note)


def _numbers(absences: Sequence[Absence]) -> frozenset[int]:
    return frozenset(absence.person.id for absence in absences)


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


def _nobody(reading: Reading, duos: Sequence[Duo], day: date, context: Context) -> Answer:
    words = context.words
    regions = words.all_of(one.region.label for one in duos)
    mailbox = context.central_mailbox
    key = "coverage.mailbox" if mailbox else "coverage.no_mailbox"
    return Answer(
        headline=words.plain("coverage.nobody", region=regions),
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


def _told(
    found: Sequence[Found], assignments: Sequence[Assignment], side: Side | None
) -> tuple[Fact, ...]:
    asked = dict.fromkeys((region, f.municipality) for f in found for region in f.regions)
    sides = [side] if side else list(Side)
    return tuple(fact for where in asked for fact in duties(*where, assignments, sides))


def _unique(standing: Iterable[Standing]) -> list[Standing]:
    return list({(s.person.id, s.side): s for s in standing}.values())


def _unique_names(standing: Sequence[Standing]) -> list[str]:
    return list(dict.fromkeys(s.person.name for s in standing))


def _remarks(one: Duo, away: frozenset[int], context: Context) -> list[Prose]:
    words = context.words
    covered = {s.covering_for.id for s in one.standing if s.covering_for}
    lines = [away_line(a, words, away=away) for a in one.away if a.person.id not in covered]
    if one.empty_sides and any(s.via is not Via.NEIGHBOUR for s in one.standing):
        side = words.all_of(role(side, words) for side in one.empty_sides)
        lines.append(words.prose("coverage.one_side_empty", role=side))
    return lines


def _introduce(
    reading: Reading, duos: Sequence[Duo], day: date, context: Context
) -> tuple[Button, ...]:
    # One place with one duo: who is to be introduced to whom must be plain.
    if len(duos) != 1 or len(reading.found) != 1 or day != context.today:
        return ()
    return introduce_button(full_name(reading.found[0]), duos[0], context)


def _confirm(assignments: Sequence[Assignment], day: date, context: Context) -> tuple[Button, ...]:
    # What was so in 2023 cannot "still" hold.
    return confirm_buttons(assignments, context) if day == context.today else ()


def _choice(found: Found, words: Words) -> Button:
    # The words name the place so fully that they cannot be asked about again.
    return Button(place_label(found, words), Press("", ASK, {"words": f"/wie {full_name(found)}"}))


def _source(assignments: Sequence[Assignment], words: Words) -> Source:
    confirmed = [
        (a.confirmed_at.astimezone(BRUSSELS).date(), name_of(a.confirmed_by, words), a.url)
        for a in assignments
        if a.confirmed_at
    ]
    if len(confirmed) == len(assignments):
        day, by, url = min(confirmed)  # what was confirmed longest ago is what can be wrong
        return Source(words.plain("coverage.confirmed", day=words.date(day), person=by), day, url)
    said, url = assignments[0].provenance, assignments[0].url
    source = source_name(said.source, words)
    text = words.plain("coverage.not_confirmed", source=source, day=words.date(said.as_of))
    return Source(text, said.as_of, url)


def _place_source(said: Provenance, words: Words) -> Source:
    text = words.plain("coverage.place_source", source=said.source, day=words.date(said.as_of))
    return Source(text, said.as_of)


def _why(reading: Reading, duos: Sequence[Duo], words: Words) -> tuple[Prose, ...]:
    lines: list[Prose] = [r for found in reading.found for r in reasons(found, words)]
    for one in duos:
        lines += [record_line(s.assignment, words) for s in one.standing]
        lines += [away_line(absence, words) for absence in one.away]
        if one.away:
            lines.append(words.prose("coverage.rule_away"))
    return tuple(dict.fromkeys(lines))


def _data(reading: Reading, duos: Sequence[Duo], day: date) -> dict[str, Json]:
    return {
        "place": reading.found[0].name,
        "places": [found.name for found in reading.found],
        "regions": list(dict.fromkeys(one.region.value for one in duos)),
        "day": day.isoformat(),
        "people": [standing_data(s) for s in _unique(s for d in duos for s in d.standing)],
        "away": list(dict.fromkeys(a.person.name for one in duos for a in one.away)),
        "others": [found.name for found in reading.others],
    }


FEATURE = Feature(
    name="coverage",
    command="wie",
    asks_with_command=True,
    aliases=("qui", "who"),
    parse=parse,
    hear=hear,
    handle=handle,
    submit=introduce,
    submit_right=Right.ASK,
    verbs={
        "confirm": Verb(Right.CHANGE_ENTRY, confirm),
        "dispute": Verb(Right.CONTRIBUTE, dispute),
        "introduce": Verb(Right.ASK, ask_to_introduce),
    },
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
