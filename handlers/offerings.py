"""Find an offering in one's own words (F11–F16): "dagbesteding voor een 13-jarige in Tienen?".

`data`: as `handlers.searching` and `handlers.cards` say; of the stewards' queue `total` and
`corrections`.
"""

import re
from dataclasses import dataclass
from functools import partial

from handlers import adding, importing
from handlers.cards import card, wanted
from handlers.context import Context
from handlers.entries import confirmed_share, queue, verbs
from handlers.feature import Example, Feature, Heard
from handlers.hearing.plain import fold
from handlers.hearing.seeking import adds
from handlers.hearing.sentence import Before, Sentence
from handlers.searching import OFFERINGS, SCOPES, find, going_on
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_QUEUE = frozenset({"correcties", "voorstellen", "corrections"})
_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})
_CONFIRMED = frozenset({"bevestigd", "dekking", "hoeveel bevestigd", "confirme", "confirmed"})
_IMPORT = frozenset({"importeer", "importeren", "importer", "import"})
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "eerste 1e 1ste premier premiere first",
            "tweede 2e 2de deuxieme second seconde",
            "derde 3e 3de troisieme third",
            "vierde 4e 4de quatrieme fourth",
            "vijfde 5e 5de cinquieme fifth",
        ),
        start=1,
    )
    for word in words.split()
}
_MORE_ABOUT = re.compile(
    r"\b(?:meer|vertel|toon|open|details?|info|plus|dites|montre\w*|tell|show|more)\b.*?"
    rf"\b(?P<which>\d{{1,3}}|{'|'.join(_ORDINALS)})\b(?! (?:jaar|ans|years?|j)\b)"
)
_GOES_ON = re.compile(
    r"(?:en|alleen|enkel|maar dan|liever|ook|et|seulement|plutot|and|only|just)\b(?! wie\b)"
)
_CARD = re.compile(r"(?:fiche|kaart|nummer|nr|#)?\s*#?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class FindOffering:
    """The request.

    Attributes:
        text: What is looked for, as typed; or "correcties", "nieuw", "#12".
        before: The list that it goes on from ("en in Gent?"); None for a question of its own.
        entry: The number of the entry whose card is wanted; 0 for a list.
    """

    text: str
    before: Before | None = None
    entry: int = 0


def parse(text: str) -> FindOffering:
    """Read what stands behind the command."""
    return FindOffering(text.strip())


def hear(sentence: Sentence) -> Heard[FindOffering]:
    """Hear "Is er dagbesteding voor een 13-jarige in Tienen?", and "en in Gent?" after it."""
    if sentence.before and (number := _which(sentence.folded, sentence.before)):
        return Heard(FindOffering(sentence.text, entry=number), certain=True)
    if sentence.before and _goes_on(sentence):
        return Heard(FindOffering(sentence.text, sentence.before), certain=True)
    return Heard(FindOffering("nieuw" if adds(sentence) else sentence.text))


def handle(request: FindOffering, context: Context) -> Answer | Form:  # noqa: PLR0911 - one a subcommand
    """Answer with a list, a card, the form to add, or the stewards' queue."""
    if request.entry:
        return card(OFFERINGS, wanted({"id": str(request.entry)}, context), context)
    if request.before:
        scope = next((s for s in SCOPES if s.feature == request.before.feature), OFFERINGS)
        return find(scope, going_on(scope, request.before.words, request.text, context), context)
    folded = fold(request.text)
    if folded in _QUEUE:
        return queue(OFFERINGS, context)
    if folded in _NEW:
        return adding.form(OFFERINGS, context)
    if folded in _CONFIRMED:
        return confirmed_share(context)
    if folded in _IMPORT:
        return importing.how(context)
    if found := _CARD.fullmatch(request.text.lower()):
        return card(OFFERINGS, wanted({"id": found[1]}, context), context)
    return find(OFFERINGS, request.text, context)


def _which(folded: str, before: Before) -> int:
    """Return which entry of the last list a sentence means, or 0."""
    found = _MORE_ABOUT.search(folded)
    if not found:
        return 0
    said = found["which"]
    number = int(said) if said.isdecimal() else _ORDINALS[said]
    shown = [entry for at, entry in before.entries if at == number]
    return shown[0] if shown else 0


def _goes_on(sentence: Sentence) -> bool:
    """Return whether a sentence only narrows or moves the last question: "en in Gent?"."""
    return bool(_GOES_ON.match(sentence.folded)) and len(sentence.words) <= 6  # noqa: PLR2004


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
        Example("Y a-t-il une activité de jour à Louvain ?", expect="Leuven", language="fr"),
        Example("Is there a day programme in Ghent?", expect="Gent", language="en"),
    ),
    submit=partial(adding.submit, OFFERINGS),
    verbs={**verbs(OFFERINGS), **importing.VERBS},
    receive=importing.receive,
)
