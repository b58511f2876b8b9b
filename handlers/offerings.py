"""Find an offering in one's own words (F11–F16): "dagbesteding voor een 13-jarige in Tienen?".

`data`: as `handlers.searching` and `handlers.cards` say; of the stewards' queue `total` and
`corrections`.
"""

import re
from dataclasses import dataclass
from functools import partial

from handlers import adding
from handlers.cards import card, wanted
from handlers.context import Context
from handlers.entries import queue, verbs
from handlers.feature import Example, Feature, Heard
from handlers.hearing.plain import fold
from handlers.hearing.seeking import of_the_field, says_age, seeks
from handlers.hearing.sentence import Sentence
from handlers.searching import OFFERINGS, find
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_NOUN = re.compile(
    r"\b(aanbod\w*|aangeboden|aanbiedt|biedt|dagbesteding\w*|dagopvang|dagcentr\w+|dagprogramma\w*|"
    r"time ?outs?|timeout\w*|naft\w*|schoolextern\w*|schoolvervangend\w*|zorgboerderij\w*|"
    r"opvang|begeleiding\w*|traject\w*|initiatie(?:f|ven)|activiteit\w*|"
    r"(?:vrije )?plaats(?:en)? (?:vrij|over)|vrije plaats(?:en)?|nog plaats|"
    r"offres?|activites?|accueil|accompagnement|accrochage|places? libres?|"
    r"offerings?|day (?:care|programmes?|programs?)|activit(?:y|ies)|out of school|free places?)\b"
)
_QUEUE = frozenset({"correcties", "voorstellen", "corrections"})
_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})
_CARD = re.compile(r"(?:fiche|kaart|nummer|nr|#)?\s*#?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class FindOffering:
    """The request.

    Attributes:
        text: What is looked for, as typed; or "correcties", "nieuw", "#12".
    """

    text: str


def parse(text: str) -> FindOffering:
    """Read what stands behind the command."""
    return FindOffering(text.strip())


def hear(sentence: Sentence) -> Heard[FindOffering] | None:
    """Hear "Is er dagbesteding voor een 13-jarige in Tienen?"."""
    because = [
        sign
        for sign, there in (
            ("cue:offering", bool(_NOUN.search(sentence.folded))),
            ("cue:seeks", seeks(sentence)),
            ("age", says_age(sentence)),
            ("term", of_the_field(sentence)),
        )
        if there
    ]
    weights = {"cue:offering": 0.55, "cue:seeks": 0.25, "age": 0.25, "term": 0.3}
    confidence = min(0.97, sum(weights[sign] for sign in because))
    if sentence.places.found and confidence:
        confidence = min(0.97, confidence + 0.1)
    if not because:
        return None
    return Heard(FindOffering(sentence.text), confidence, tuple(because))


def handle(request: FindOffering, context: Context) -> Answer | Form:
    """Answer with a list, a card, the form to add, or the stewards' queue."""
    folded = fold(request.text)
    if folded in _QUEUE:
        return queue(OFFERINGS, context)
    if folded in _NEW:
        return adding.form(OFFERINGS, context)
    if found := _CARD.fullmatch(request.text.lower()):
        return card(OFFERINGS, wanted({"id": found[1]}, context), context)
    return find(OFFERINGS, request.text, context)


FEATURE = Feature(
    name=OFFERINGS.feature,
    command=OFFERINGS.command,
    aliases=("offre", "offering"),
    parse=parse,
    hear=hear,
    handle=handle,
    examples=(
        Example("aanbod time-out Kortrijk", expect="West-Vlaanderen"),
        Example("Dagbesteding voor een 13-jarige in Tienen?", expect="13 jaar"),
        Example("aanbod +12 psychisch Antwerpen", expect="vanaf 12 jaar"),
        Example("Is er nog een vrije plaats in een NAFT in Limburg?", expect="plaats vrij"),
        Example("Y a-t-il une activité de jour à Louvain ?", expect="Louvain", language="fr"),
        Example("Is there a day programme in Ghent?", expect="Gent", language="en"),
    ),
    submit=partial(adding.submit, OFFERINGS),
    verbs=verbs(OFFERINGS),
)
