"""Find a network, and everyone's role in it (F21). One without an owner is listed as such.

`data`: as `handlers.searching.listing` says.
"""

import re
from dataclasses import dataclass, replace
from functools import partial

from handlers import adding
from handlers.context import Context
from handlers.entries import verbs
from handlers.feature import Example, Feature, Heard
from handlers.following import GoesOn, follow_up, go_on
from handlers.hearing.plain import fold
from handlers.hearing.seeking import adds
from handlers.hearing.sentence import Sentence
from handlers.searching.finding import find
from handlers.searching.listing import Shown, listing
from handlers.searching.understanding import NETWORKS, understand
from handlers.searching.ways_on import nothing
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_WITHOUT_OWNER = re.compile(
    r"\b(?:zonder (?:trekker|eigenaar|coordinator)|sans porteur|without (?:an )?owner)\b",
    re.IGNORECASE,
)
_ALL = 10_000
_SHOWN = 25
"""Networks of one answer: there are tens of them, not thousands."""

_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})


@dataclass(frozen=True, slots=True)
class FindNetwork:
    """The request.

    Attributes:
        text: Where it is or what it is about, as typed.
        goes_on: How it goes on from the last list; None for a question of its own.
    """

    text: str
    goes_on: GoesOn | None = None


def hear(sentence: Sentence) -> Heard[FindNetwork]:
    """Hear "Welk netwerk is er rond psychische kwetsbaarheid in Gent?"."""
    if said := follow_up(NETWORKS, sentence):
        return Heard(FindNetwork(sentence.text, said), certain=True)
    return Heard(FindNetwork("nieuw" if adds(sentence) else sentence.text))


def handle(request: FindNetwork, context: Context) -> Answer | Form:
    """Answer with a list, or with the form to add one."""
    if request.goes_on:
        return go_on(NETWORKS, request.goes_on, context, _find)
    if fold(request.text) in _NEW:
        return adding.form(NETWORKS, context)
    return _find(request.text, context, 0)


def _find(text: str, context: Context, page: int) -> Answer:
    if _WITHOUT_OWNER.search(text):
        return _without_owner(text, context)
    return find(NETWORKS, text, context, page)


def _without_owner(text: str, context: Context) -> Answer:
    """List the networks that nobody leads (F21)."""
    asked = understand(NETWORKS, _WITHOUT_OWNER.sub(" ", text), context)
    hits = context.tx.catalogue.current().search(asked.query, _ALL).hits
    every = context.tx.offerings.many([hit.entry_id for hit in hits])
    found = [one for one in every if not one.details.get("owner")]
    if not found:
        return nothing(NETWORKS, asked, context)
    answer = listing(NETWORKS, asked, Shown(found[:_SHOWN], len(found[:_SHOWN]), 0, {}), context)
    key = "networks.without_owner_one" if len(found) == 1 else "networks.without_owner"
    headline = context.words.plain(key, total=len(found))
    # Who goes on from it ("en in Gent?") still wants those that nobody leads.
    data = {**answer.data, "total": len(found), "asked": text}
    return replace(answer, headline=headline, data=data)


FEATURE = Feature(
    name=NETWORKS.feature,
    command=NETWORKS.command,
    aliases=("reseau", "network"),
    parse=lambda text: FindNetwork(text.strip()),
    hear=hear,
    handle=handle,
    examples=(
        Example("netwerk Gent psychisch", expect="Gent"),
        Example("Welke netwerken zijn er in Limburg?", expect="Limburg"),
        Example("netwerk zonder trekker", expect="netwerk"),
        Example("Quels réseaux à Gand ?", expect="réseau", language="fr"),
        Example("Which networks are there in Ghent?", expect="network", language="en"),
    ),
    submit=partial(adding.submit, NETWORKS),
    verbs=verbs(NETWORKS),
)
