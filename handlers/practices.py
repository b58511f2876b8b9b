"""Find a good practice or a method, and say that one was applied (F20).

`data`: as `handlers.searching.listing` says; after "wij pasten dit toe" `applied_in` (places).
"""

from dataclasses import dataclass
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
from handlers.searching.understanding import PRACTICES
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})


@dataclass(frozen=True, slots=True)
class FindPractice:
    """The request.

    Attributes:
        text: What it should be about, as typed.
        goes_on: How it goes on from the last list; None for a question of its own.
    """

    text: str
    goes_on: GoesOn | None = None


def hear(sentence: Sentence) -> Heard[FindPractice]:
    """Hear "Wie heeft een goede praktijk rond schoolweigering?"."""
    if said := follow_up(PRACTICES, sentence):
        return Heard(FindPractice(sentence.text, said), certain=True)
    return Heard(FindPractice("nieuw" if adds(sentence) else sentence.text))


def handle(request: FindPractice, context: Context) -> Answer | Form:
    """Answer with a list, or with the form to describe one."""
    if request.goes_on:
        return go_on(PRACTICES, request.goes_on, context, partial(find, PRACTICES))
    if fold(request.text) in _NEW:
        return adding.form(PRACTICES, context)
    return find(PRACTICES, request.text, context)


FEATURE = Feature(
    name=PRACTICES.feature,
    command=PRACTICES.command,
    aliases=("pratique", "practice"),
    parse=lambda text: FindPractice(text.strip()),
    hear=hear,
    handle=handle,
    examples=(
        Example("praktijk schoolweigering", expect="schoolweigering"),
        Example("Zijn er goede praktijken rond spijbelen?", expect="spijbelen"),
        Example("Y a-t-il une bonne pratique à Gand ?", expect="pratique", language="fr"),
        Example("Is there a good practice in Ghent?", expect="practice", language="en"),
    ),
    submit=partial(adding.submit, PRACTICES),
    verbs=verbs(PRACTICES),
)
