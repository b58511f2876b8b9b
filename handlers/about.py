"""What the networks are and what their words mean (F52b): an answer book with its source.

What the source page says is quoted word for word; the terms of the field come out of the
vocabulary, with who says so. Nothing is explained that nobody wrote down.

`data`: `topic` (its slug, or None), `term` (of the vocabulary, or None), `quotes`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from handlers.context import Context
from handlers.feature import Example, Feature, Heard
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.naming import source_name
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Kind,
    Listing,
    Paragraph,
    Part,
    Press,
    Source,
)
from store.catalogue import VOCABULARY
from store.search.vocabulary import Term, read_vocabulary
from store.seeds.page import read_page

_FUZZY_FROM = 5
"""Letters from which one slip is forgiven."""

_TOPICS: dict[str, str] = {
    "since": "sinds wanneer|hoe lang|wanneer gestart|wanneer begonnen|wanneer is|gestart|startte|"
    "ontstaan|opgericht|depuis quand|depuis combien|quand a|commence|since when|when did|"
    "how long|started|founded|oprichting|begin",
    "coordinators": "coordinator|coordinatoren|coordinators|coordinateur|coordinateurs|"
    "coordinatrice|hoeveel coordinatoren|wat doen de coordinatoren",
    "dropout_side": "samen tegen schooluitval|sts|coordinator samen tegen schooluitval|"
    "coordinatoren samen tegen schooluitval",
    "tandem": "tandem|tandemwerking|tandems|duo|duos",
    "networks": "lerende netwerken|lerend netwerk|netwerken|netwerk|reseau apprenant|"
    "reseaux apprenants|reseau|reseaux|learning network|learning networks|network|networks|"
    "opgroeien|bruggen bouwen|onderwijskansen",
    "goals": "doel|doelen|doelstelling|doelstellingen|missie|but|buts|objectif|objectifs|goal|"
    "goals|purpose|aim|aims|mission|waarom bestaan|waarvoor dienen|bedoeling|ambitie",
    "plan": "actieplan|acties|actie|plan d action|action plan|actions|plan",
    "analysis": "omgevingsanalyse|analyse de l environnement|environment analysis|actie 1|"
    "analyse environnementale|environmental analysis",
    "transfer": "expertiseoverdracht|expertise overdracht|transfert d expertise|"
    "expertise transfer|actie 2",
    "signals": "signaalfunctie|signaal|signalen|fonction de signal|signal function|signal|"
    "signals|actie 3",
    "rots": "rots|regionaal overleg tegen schooluitval|overlegtafel|rots overleg|consult|actie 4",
    "quadrant": "kernkwadrant|kwadrant|quadrant|core quadrant",
    "levels": "kleuter|lager|secundair|niveau|niveaus|voor welke leeftijd|welk onderwijs|"
    "voor wie|maternel|primaire|secondaire|which levels|primary|secondary",
    "additional": "aanvullend|vervangen|bestaande werking|bestaande werkingen|complementaire|"
    "remplacer|additional|replace",
    "learning_right": "leerrecht|recht op leren|droit d apprendre|right to learn",
    "brug": "brug|jij|jou|this bot|bot",
    "privacy": "privacy|gdpr|avg|rgpd|bewaar je|bewaar jij|mijn gegevens|persoonsgegevens|"
    "donnees|my data|vertrouwelijk|confidentiel|gelogd",
}
"""What people call each subject, folded, in the three languages; the longest name that they use
says which one is meant."""

_MORE = {
    "brug": "about.brug_can",
    "privacy": "about.privacy_more",
    "apply": "about.apply_more",
    "signal_how": "about.signal_how_more",
}
"""What Brug says of itself, and the phrase that comes after."""

_ASKED_OF_BRUG = {
    "privacy": re.compile(
        r"privacy\w*|gdpr|avg|rgpd|bewaartermijn\w*|mijn gegevens"
        r"|(?:wat|waar|hoe|met wie|wie|hoelang|hoe lang)\b.* (?:gegevens|mijn data)(?: \w+)?"
        r"|hoe ?lang bewa\w+ (?:je|jij|jullie|u|brug)(?: (?:dat|dit|alles|iets|vragen))?"
        r"|(?:que|ou|comment|combien)\b.* (?:mes donnees|donnees)(?: \w+)?"
        r"|(?:what|where|how|who)\b.* (?:my data|personal data)(?: \w+)?"
    ),
    "apply": re.compile(
        r"(?:hoe|waar|kan ik|kunnen we|mag ik|moet ik|wie)\b(?: \w+){0,3} "
        r"(?:meld\w*|aanmeld\w*|inschrij\w*|schrijf\w*)(?: \w+){0,2} (?:een |mijn )?"
        r"(?:leerling|kind|jongere|jongen|meisje|iemand) (?:aan|in)(?: bij (?:jou|jullie|brug))?"
        r"|(?:hoe|waar|kan ik|kunnen we|mag ik)(?: \w+){0,3} "
        r"(?:leerling|kind|jongere|jongen|meisje|iemand) (?:aanmelden|inschrijven)"
        r"(?: bij (?:jou|jullie|brug))?"
        r"|(?:comment|ou|puis je) inscri\w+ (?:un|une|mon) (?:eleve|enfant|jeune)"
        r"|(?:how do i|where do i|can i) (?:refer|register|sign up) "
        r"(?:a|my) (?:pupil|child|student)"
    ),
    "signal_how": re.compile(
        r"(?:hoe|waar|kan ik|mag ik|kun je|kan je)(?: \w+){0,3} signa(?:al|len)"
        r"(?: (?:geven|doorgeven|melden|maken|sturen|doen|indienen|zonder naam|anoniem))*"
        r"|(?:comment|puis je) (?:\w+ ){0,3}signal(?: anonymement)?"
        r"|(?:how do i|how can i|can i) (?:\w+ ){0,3}signal(?: anonymously)?"
    ),
}
"""What people ask of Brug itself, as a whole sentence, folded."""

_OWN = tuple(_MORE)
_ERASES = re.compile(r"\b(?:wis|wissen|verwijder\w*|efface\w*|erase|delete|van mij)\b")
"""What asks to see or to erase one's own data: another feature's."""

_WHAT_IS = re.compile(
    r"(?:wat|wa) (?:is|zijn|betekent|wil zeggen|bedoelen ze met|bedoel je met|houdt) "
    r"(?:(?:een|de|het|nen|ne|t) )?(?P<what>.+?)(?: (?:eigenlijk|juist|precies|in|nu))*"
    r"|(?:qu est ce que?|c est quoi) (?:(?:le|la|l|les|un|une) )?(?P<quoi>.+?)"
    r"|what (?:is|are|does) (?:(?:an?|the) )?(?P<whats>.+?)(?: mean)?"
)
"""Who asks what something is."""

_OF_LEERRECHT = frozenset(
    {"leerrecht", "tijdelijk onderwijs aan huis", "toah", "type 5 onderwijs", "type 5", "bednet"}
)
"""What the right to learn explains step by step, which says more."""

_WIDE = frozenset({"coordinators", "networks", "levels", "signals"})
"""Subjects whose names are everyday words: a term of the field says more."""
_BROAD = frozenset({"networks", "coordinators", "levels", "brug"})
"""Subjects that nearly every question names, and that are meant only when it names no other."""

_OFFERED = ("networks", "rots", "goals", "plan")


@dataclass(frozen=True, slots=True)
class Explain:
    """The request.

    Attributes:
        text: What to explain, as typed.
        topic: Its slug, where the whole sentence asks for it; empty otherwise.
    """

    text: str
    topic: str = ""


def parse(text: str) -> Explain:
    """Read what stands after the command."""
    return Explain(text.strip())


def hear(sentence: Sentence) -> Heard[Explain]:
    """Hear "Wat is ROTS?", and what is asked of Brug itself ("wat doe je met mijn gegevens?")."""
    said = sentence.folded
    for topic, cue in _ASKED_OF_BRUG.items():
        if cue.fullmatch(said) and not _ERASES.search(said):
            return Heard(Explain(sentence.text, topic), because=("whole",), certain=True)
    asked = _WHAT_IS.fullmatch(said)
    if asked and _is_one_name(asked["what"] or asked["quoi"] or asked["whats"]):
        return Heard(Explain(sentence.text), because=("whole",), certain=True)
    return Heard(Explain(sentence.text))


def _is_one_name(said: str) -> bool:
    """Return whether a folded text is the name of a subject or a term, and nothing else."""
    topics = (name for names in _TOPICS.values() for name in names.split("|"))
    named = said in topics or any(said == name for name, _ in _named_terms())
    return named and said not in _OF_LEERRECHT


def handle(request: Explain, context: Context) -> Answer:
    """Explain a subject, or a term; otherwise say what can be explained."""
    if request.topic:
        return _topic(request.topic, context)
    said = fold(request.text)
    topic, term = topic_of(said), term_of(said)
    if topic and (term is None or topic[1] >= term[1] or topic[0] not in _WIDE):
        return _topic(topic[0], context)
    if term:
        return _term(term[0], context)
    return _none(context, asked=bool(said))


def topic_of(said: str) -> tuple[str, int] | None:
    """Return the subject that a folded text names, and how many letters say so."""
    named = [
        (slug not in _BROAD, len(name), slug)
        for slug, names in _TOPICS.items()
        for name in names.split("|")
        if _names(said, name)
    ]
    if not named:
        return None
    _, letters, slug = max(named)
    return slug, letters


def term_of(said: str) -> tuple[Term, int] | None:
    """Return the term of the field that a folded text names, and how many letters say so."""
    best: tuple[int, Term] | None = None
    padded = f" {said} "
    for name, term in _named_terms():
        if f" {name} " in padded and (best is None or len(name) > best[0]):
            best = len(name), term
    return (best[1], best[0]) if best else None


def _names(said: str, name: str) -> bool:
    if f" {name} " in f" {said} ":
        return True
    return (
        len(name) > _FUZZY_FROM
        and " " not in name
        and any(
            word[0] == name[0] and OSA.distance(word, name, score_cutoff=1) <= 1
            for word in said.split()
            if len(word) >= _FUZZY_FROM
        )
    )


@cache
def _named_terms() -> Sequence[tuple[str, Term]]:
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        terms = [term for term in read_vocabulary(lines).terms if term.meaning]
    return tuple((fold(name), term) for term in terms for name in term.names)


def _topic(slug: str, context: Context) -> Answer:
    words = context.words
    if slug in _OWN:
        return _itself(slug, context)
    page = read_page()
    quotes = page.quotes[slug]
    source, day = source_name(page.source, words), words.date(page.as_of)
    quoted = tuple(words.prose("about.quoted", quote=quote) for quote in quotes)
    parts: list[Part] = [Paragraph(words.prose("about.page_says")), Listing(quoted)]
    return Answer(
        headline=words.plain(f"about.{slug}"),
        parts=tuple(parts),
        buttons=_others(slug, context),
        source=Source(words.plain("about.source", source=source, day=day), page.as_of),
        why=(words.prose("about.why_quote", source=source, day=day),),
        shareable=True,
        data={"topic": slug, "term": None, "quotes": list(quotes)},
    )


def _itself(slug: str, context: Context) -> Answer:
    words = context.words
    signal = Button(words.plain("about.signal_button"), Press("", ASK, {"words": "/signaal"}))
    return Answer(
        headline=words.plain(f"about.{slug}"),
        parts=(Paragraph(words.prose(_MORE[slug])),),
        buttons=(signal,) if slug == "signal_how" else (),
        source=Source(words.plain("about.source_self")),
        data={"topic": slug, "term": None, "quotes": []},
    )


def _term(term: Term, context: Context) -> Answer:
    words = context.words
    as_of = date.fromisoformat(term.as_of)
    day = words.date(as_of)
    parts: tuple[Part, ...] = ()
    said = {fold(term.term), fold(term.meaning)}
    if synonyms := [name for name in term.synonyms if fold(name) not in said]:
        names = words.all_of(synonyms[:3])
        parts = (Paragraph(words.prose("about.also_called", names=names)),)
    return Answer(
        headline=words.plain("about.term", term=term.term, meaning=term.meaning),
        parts=parts,
        source=Source(words.plain("about.source", source=term.source, day=day), as_of),
        why=(words.prose("about.why_term", source=term.source, day=day),),
        shareable=True,
        data={"topic": None, "term": term.term, "quotes": []},
    )


def _none(context: Context, *, asked: bool) -> Answer:
    words = context.words
    return Answer(
        headline=words.plain("about.none" if asked else "about.of_what"),
        parts=(Paragraph(words.prose("about.none_next" if asked else "about.of_what_next")),),
        buttons=tuple(_button(slug, context) for slug in _OFFERED),
        kind=Kind.REFUSAL if asked else Kind.QUESTION,
        data={"topic": None, "term": None, "quotes": []},
    )


def _others(slug: str, context: Context) -> tuple[Button, ...]:
    return tuple(_button(other, context) for other in _OFFERED if other != slug)[:2]


def _button(slug: str, context: Context) -> Button:
    name = _TOPICS[slug].split("|")[0]
    press = Press("", ASK, {"words": f"/uitleg {name}"})
    return Button(context.words.plain(f"about.ask_{slug}"), press)


FEATURE = Feature(
    name="about",
    asks_with_command=True,
    command="uitleg",
    aliases=("about", "explication", "info"),
    parse=parse,
    hear=hear,
    handle=handle,
    examples=(
        Example("Wat is ROTS?", expect="Regionaal Overleg Tegen Schooluitval"),
        Example("uitleg NAFT", expect="naadloos flexibel traject"),
        Example("Sinds wanneer zijn er coördinatoren?", expect="1 september 2020"),
        Example("Wat zijn de doelen van de lerende netwerken?", expect="Verknopen van expertise"),
        Example("Wat is tandemwerking?", expect="twee kanten"),
        Example("Qu’est-ce que le plan d’action ?", expect="ROTS", language="fr"),
        Example("What does CLB mean?", expect="leerlingenbegeleiding", language="en"),
    ),
)
