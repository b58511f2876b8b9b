"""What is coming: info and network moments, and trainings on a day (F23), the first one first.

`data`: as `handlers.searching.listing` says; after "zet in mijn agenda" `file`, `type`, `content`.
"""

from dataclasses import dataclass, replace
from functools import partial

from handlers import adding
from handlers.coming import by_day
from handlers.context import Context
from handlers.entries import verbs
from handlers.feature import Example, Feature, Heard
from handlers.following import GoesOn, follow_up, go_on
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.searching.understanding import MOMENTS, understand
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})


@dataclass(frozen=True, slots=True)
class ComingUp:
    """The request.

    Attributes:
        text: Where or about what, as typed; may be empty.
        goes_on: How it goes on from the last list; None for a question of its own.
    """

    text: str
    goes_on: GoesOn | None = None


def hear(sentence: Sentence) -> Heard[ComingUp]:
    """Hear "Welke infomomenten komen eraan in Antwerpen?"."""
    if said := follow_up(MOMENTS, sentence):
        return Heard(ComingUp(sentence.text, said), certain=True)
    return Heard(ComingUp(sentence.text))


def handle(request: ComingUp, context: Context) -> Answer | Form:
    """Answer with what comes, or with the form to announce something."""
    if request.goes_on:
        return go_on(MOMENTS, request.goes_on, context, _find)
    if fold(request.text) in _NEW:
        return adding.form(replace(MOMENTS), context)
    return _find(request.text, context)


def _find(text: str, context: Context, page: int = 0) -> Answer:
    return by_day(MOMENTS, understand(MOMENTS, text, context), context, page)


FEATURE = Feature(
    name=MOMENTS.feature,
    command=MOMENTS.command,
    aliases=("calendrier", "events"),
    parse=lambda text: ComingUp(text.strip()),
    hear=hear,
    handle=handle,
    examples=(
        Example("agenda", expect="moment"),
        Example("agenda Antwerpen", expect="Antwerpen"),
        Example("Welke infomomenten komen eraan?", expect="moment"),
        Example("Which upcoming events are there?", expect="moment", language="en"),
    ),
    submit=partial(adding.submit, MOMENTS),
    verbs=verbs(MOMENTS, _find),
)
