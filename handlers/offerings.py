"""Find an offering in one's own words (F11–F16): "dagbesteding voor een 13-jarige in Tienen?".

`data`: as `handlers.searching.listing` and `handlers.cards` say; of the stewards' queue `total`
and `corrections`.
"""

import re
from dataclasses import dataclass
from functools import partial

from handlers import adding, importing
from handlers.cards import card, wanted
from handlers.context import Context
from handlers.entries import confirmed_share, queue, verbs
from handlers.errors import NotUnderstood
from handlers.feature import Example, Feature, Heard
from handlers.following import GoesOn, follow_up, go_on
from handlers.hearing.following import Turn, turn
from handlers.hearing.plain import fold
from handlers.hearing.seeking import adds
from handlers.hearing.sentence import Sentence
from handlers.searching.finding import find
from handlers.searching.understanding import OFFERINGS
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_QUEUE = frozenset({"correcties", "voorstellen", "nakijken", "corrections", "verifier", "review"})
_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})
_CONFIRMED = frozenset({"bevestigd", "dekking", "hoeveel bevestigd", "confirme", "confirmed"})
_IMPORT = frozenset({"importeer", "importeren", "importer", "import"})
_CARD = re.compile(r"(?:fiche|kaart|nummer|nr|#)?\s*#?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class FindOffering:
    """The request.

    Attributes:
        text: What is looked for, as typed; or "correcties", "nieuw", "#12".
        goes_on: How it goes on from the last list; None for a question of its own.
    """

    text: str
    goes_on: GoesOn | None = None


def parse(text: str) -> FindOffering:
    """Read what stands behind the command."""
    return FindOffering(text.strip())


def hear(sentence: Sentence) -> Heard[FindOffering]:
    """Hear "Is er dagbesteding voor een 13-jarige in Tienen?", and "en in Gent?" after it."""
    if said := follow_up(OFFERINGS, sentence):
        return Heard(FindOffering(sentence.text, said), certain=True)
    return Heard(FindOffering("nieuw" if adds(sentence) else sentence.text))


def handle(request: FindOffering, context: Context) -> Answer | Form:  # noqa: PLR0911 - one a subcommand
    """Answer with a list, a card, the form to add, or the stewards' queue."""
    if request.goes_on:
        return go_on(OFFERINGS, request.goes_on, context, partial(find, OFFERINGS))
    folded = fold(request.text)
    if turn(folded) in {Turn.PAGE, Turn.ENTRY}:  # of which list? There is none any more
        raise NotUnderstood("searching.more_of_what")
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
