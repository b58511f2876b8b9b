"""A guide to the right to learn, for who works in welfare (F24): at most five questions.

Choices alone, no field to write in: nothing of anybody is asked, sent or kept. What it says are
general facts, each with its source and the day on which it was read there; it is no legal advice,
says that no jurist has looked at it yet, and ends at the coordinator of the region's education
side.

`data` of an answer: `question` (its name) or `outcome` (its name), `statements` (names), `regions`
(slugs), `people` (as in coverage).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.context import Context
from handlers.duo import Duo, duo, one_side
from handlers.errors import NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.sentence import Sentence
from handlers.naming import card, standing_data
from handlers.rights import Right
from handlers.speech.answer import (
    Answer,
    Button,
    Kind,
    Listing,
    Paragraph,
    Part,
    People,
    Press,
    Source,
)
from store.records import Region, Side
from store.seeds.leerrecht import FIRST, Statement, read_guide

NAME = "leerrecht"

# The cue words of this feature, in one place: Dutch first, then French and English.
_TOPICS = {
    "age": re.compile(
        r"\b(?:(?:welke leeftijd|vanaf wanneer|tot wanneer|hoe oud|hoe lang)\b.*\bleerplicht\w*|"
        r"leerplicht\w*\b.*\b(?:leeftijd|jaar|schoolplicht)|schoolplicht|"
        r"quel age\b.*\bobligation scolaire|age\b.*\beducation compulsory|compulsory education)"
    ),
    "residence": re.compile(
        r"\b(?:type ?5|"
        r"(?:voorziening|residentie\w*|leefgroep|instelling|gesloten opvang|verblijf\w*)\b"
        r".*\b(?:onderwijs|school|leerplicht|les)\b|"
        r"(?:onderwijs|school|leerplicht)\b.*\b(?:voorziening|leefgroep|instelling|gesloten)\b|"
        r"jeune place\b.*\benseignement|(?:education|school)\b.*\bresidential)"
    ),
    "exclusion": re.compile(
        r"\b(?:van school gestuurd|definitie\w* uit\w+|preventief geschorst|"
        r"(?:tijdelijke|preventieve) (?:uitsluiting|schorsing)|"
        r"exclu\w* definitivement|(?:was|got|been) expelled)\b"
    ),
    "refusal": re.compile(
        r"\b(?:weiger\w*\b.*\b(?:inschrij\w+|in te schrijven|leerling)|"
        r"(?:inschrij\w+)\b.*\bweiger\w*|refuser d inscrire|refuse to enrol\w*)\b"
    ),
    "no_school": re.compile(r"\b(?:nergens ingeschreven|leerplichtige? \w+ zonder school)\b"),
    "illness": re.compile(
        r"\b(?:bednet|toah|onderwijs aan huis|synchroon internetonderwijs|"
        r"(?:recht\w*)\b.*\bonderwijs\b.*\bziek)\b"
    ),
    "educated_at_home": re.compile(
        r"\b(?:huisonderwijs|thuis lesgeven|thuisonderwijs|enseignement a (?:la maison|domicile)|"
        r"home ?schooling|home education)\b"
    ),
    "risk_secondary": re.compile(
        r"\b(?:naft (?:start\w*|aanvra\w+|aanmeld\w*)|(?:meldt?|aanmelden)\b.*\bnaft)\b"
    ),
}


@dataclass(frozen=True, slots=True)
class AskGuide:
    """The request.

    Attributes:
        outcome: What was asked about right away; empty to begin with the first question.
        text: As typed, to read a region from; it goes no further than that.
    """

    outcome: str = ""
    text: str = ""


def parse(text: str) -> AskGuide:
    """Read a topic or a place out of what stands after the command, if there is any."""
    return AskGuide(text=text.strip())


def hear(sentence: Sentence) -> Heard[AskGuide]:
    """Hear "Tot welke leeftijd is er leerplicht?"."""
    said = sentence.folded
    for outcome, pattern in _TOPICS.items():
        if pattern.search(said):
            return Heard(AskGuide(outcome, sentence.text), because=(outcome,))
    return Heard(AskGuide("", sentence.text))


def handle(request: AskGuide, context: Context) -> Answer:
    """Begin with the first question, or go to what was asked about right away."""
    region = _region_of(request.text, context)
    if request.outcome:
        return _outcome(request.outcome, region, context)
    return _question(FIRST, region, context)


def _go(values: Mapping[str, str], context: Context) -> Answer:
    """Go where a button leads."""
    guide, to = read_guide(), values.get("to", "")
    try:
        region = Region(values["region"]) if values.get("region") else None
    except ValueError:
        raise NotUnderstood("assistant.gone") from None
    if to in guide.questions:
        return _question(to, region, context)
    if to in guide.outcomes:
        return _outcome(to, region, context)
    raise NotUnderstood("assistant.gone")


def _question(name: str, region: Region | None, context: Context) -> Answer:
    words, choices = context.words, read_guide().questions[name]
    first = (Paragraph(words.prose("leerrecht.intro")),) if name == FIRST else ()
    return Answer(
        words.plain(f"leerrecht.ask_{name}"),
        first,
        tuple(
            Button(words.plain(f"leerrecht.choice_{name}_{choice}"), _press(to, region))
            for choice, to in choices.items()
        ),
        kind=Kind.QUESTION,
        data={"question": name, "regions": [region.value] if region else []},
    )


def _outcome(name: str, region: Region | None, context: Context) -> Answer:
    words, guide = context.words, read_guide()
    statements = guide.outcomes[name]
    parts: list[Part] = [
        Listing(
            tuple(
                words.prose(
                    "leerrecht.statement",
                    text=words.plain(f"leerrecht.say_{one.name}"),
                    source=one.provenance.source,
                    url=one.url,
                )
                for one in statements
            )
        ),
        Paragraph(words.prose("leerrecht.no_advice")),
    ]
    found = _contact(region, context) if region else None
    buttons: list[Button] = []
    if found is None:
        parts.append(Paragraph(words.prose("leerrecht.which_region")))
        buttons += [Button(one.label, _press(name, one)) for one in Region]
    elif found.standing:
        parts.append(Paragraph(words.prose("leerrecht.contact", region=found.region.label)))
        parts.append(People(tuple(card(one, words) for one in found.standing)))
    else:
        parts.append(Paragraph(words.prose("leerrecht.nobody", region=found.region.label)))
    again = Button(words.plain("leerrecht.again"), _press(FIRST, region))
    return Answer(
        words.plain("leerrecht.headline"),
        tuple(parts),
        (*buttons, again),
        source=_source(statements, context),
        why=tuple(
            words.prose(
                "leerrecht.why",
                source=one.provenance.source,
                day=words.date(one.provenance.as_of),
                url=one.url,
            )
            for one in statements
        ),
        shareable=True,
        data={
            "outcome": name,
            "statements": [one.name for one in statements],
            "regions": [region.value] if region else [],
            "people": [standing_data(one) for one in found.standing] if found else [],
        },
    )


def _contact(region: Region, context: Context) -> Duo:
    day, coverage = context.today, context.tx.coverage
    whole = duo(region, day, coverage.assignments(day), coverage.absences(day))
    education = one_side(whole, Side.AGAINST_DROPOUT)
    return education if education.standing else whole


def _source(statements: tuple[Statement, ...], context: Context) -> Source:
    oldest = min(statements, key=lambda one: one.provenance.as_of)
    names = context.words.all_of(dict.fromkeys(one.provenance.source for one in statements))
    day = oldest.provenance.as_of
    reviewed = read_guide().reviewed
    key = "leerrecht.source_reviewed" if reviewed else "leerrecht.source"
    said = {"sources": names, "day": context.words.date(day), "by": reviewed}
    return Source(context.words.plain(key, **said), day, oldest.url)


def _region_of(text: str, context: Context) -> Region | None:
    regions = dict.fromkeys(r for f in context.places.resolve(text).found for r in f.regions)
    own = context.actor.regions if not regions else ()
    found = [*regions, *own]
    return found[0] if len(found) == 1 else None


def _press(to: str, region: Region | None) -> Press:
    return Press(NAME, "go", {"to": to, "region": region.value if region else ""})


FEATURE = Feature(
    name=NAME,
    command="leerrecht",
    aliases=("leerplicht",),
    parse=parse,
    hear=hear,
    handle=handle,
    verbs={"go": Verb(Right.ASK, _go)},
    examples=(
        Example("/leerrecht", expect="Wat is er aan de hand"),
        Example("Tot welke leeftijd is er leerplicht?", expect="5 tot 18"),
        Example("een school weigert een jongere in te schrijven in Limburg", expect="Nathalie"),
        Example("Hoe vraag ik Bednet aan?", expect="Bednet"),
        Example("Jusqu’à quel âge y a-t-il obligation scolaire ?", "5 à 18", language="fr"),
        Example("What are the rules for home schooling?", "home education", language="en"),
    ),
)
