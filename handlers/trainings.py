"""Find a training, with its direction: from welfare to education, or the other way (F19).

What is past is never shown as something to come. Without words to search for they come in the
order of their days. `data`: as `handlers.searching.listing` says.
"""

from dataclasses import dataclass
from functools import partial

from handlers import adding
from handlers.coming import by_day
from handlers.context import Context
from handlers.entries import verbs
from handlers.feature import Example, Feature, Heard
from handlers.following import GoesOn, follow_up, go_on
from handlers.hearing.plain import fold
from handlers.hearing.seeking import adds
from handlers.hearing.sentence import Sentence
from handlers.searching.finding import by_score
from handlers.searching.understanding import TRAININGS, understand
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})


@dataclass(frozen=True, slots=True)
class FindTraining:
    """The request.

    Attributes:
        text: What it should be about, as typed.
        goes_on: How it goes on from the last list; None for a question of its own.
    """

    text: str
    goes_on: GoesOn | None = None


def hear(sentence: Sentence) -> Heard[FindTraining]:
    """Hear "Zijn er vormingen over trauma voor leerkrachten?"."""
    if said := follow_up(TRAININGS, sentence):
        return Heard(FindTraining(sentence.text, said), certain=True)
    return Heard(FindTraining("nieuw" if adds(sentence) else sentence.text))


def handle(request: FindTraining, context: Context) -> Answer | Form:
    """Answer with a list, or with the form to announce one."""
    if request.goes_on:
        return go_on(TRAININGS, request.goes_on, context, _find)
    if fold(request.text) in _NEW:
        return adding.form(TRAININGS, context)
    return _find(request.text, context)


def _find(text: str, context: Context, page: int = 0) -> Answer:
    asked = understand(TRAININGS, text, context)
    if asked.query.words and not asked.days:
        return by_score(TRAININGS, asked, context, page)
    return by_day(TRAININGS, asked, context, page, undated=True)


FEATURE = Feature(
    name=TRAININGS.feature,
    command=TRAININGS.command,
    aliases=("formation", "training"),
    parse=lambda text: FindTraining(text.strip()),
    hear=hear,
    handle=handle,
    examples=(
        Example("vorming trauma", expect="trauma"),
        Example("Zijn er vormingen over pesten voor leerkrachten?", expect="onderwijs"),
        Example("Y a-t-il une formation sur le trauma ?", expect="formation", language="fr"),
        Example("Is there a training about trauma?", expect="training", language="en"),
    ),
    submit=partial(adding.submit, TRAININGS),
    verbs=verbs(TRAININGS, _find),
)
