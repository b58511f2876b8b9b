"""Find a network, and everyone's role in it (F21). One without an owner is listed as such.

`data`: as `handlers.searching` says.
"""

from dataclasses import dataclass
from functools import partial

from handlers import adding
from handlers.context import Context
from handlers.entries import verbs
from handlers.feature import Example, Feature, Heard
from handlers.hearing.plain import fold
from handlers.hearing.seeking import adds
from handlers.hearing.sentence import Sentence
from handlers.searching import NETWORKS, find
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})


@dataclass(frozen=True, slots=True)
class FindNetwork:
    """The request: where it is or what it is about, as typed."""

    text: str


def hear(sentence: Sentence) -> Heard[FindNetwork]:
    """Hear "Welk netwerk is er rond psychische kwetsbaarheid in Gent?"."""
    return Heard(FindNetwork("nieuw" if adds(sentence) else sentence.text))


def handle(request: FindNetwork, context: Context) -> Answer | Form:
    """Answer with a list, or with the form to add one."""
    if fold(request.text) in _NEW:
        return adding.form(NETWORKS, context)
    return find(NETWORKS, request.text, context)


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
        Example("Quels réseaux à Gand ?", expect="réseau", language="fr"),
        Example("Which networks are there in Ghent?", expect="network", language="en"),
    ),
    submit=partial(adding.submit, NETWORKS),
    verbs=verbs(NETWORKS),
)
