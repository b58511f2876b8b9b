"""What is coming: info and network moments, and trainings on a day (F23), the first one first.

`data`: as `handlers.searching` says; after "zet in mijn agenda" `file`, `type`, `content`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from handlers import adding
from handlers.context import Context
from handlers.describing import upcoming
from handlers.entries import verbs
from handlers.feature import Example, Feature, Heard, Verb
from handlers.following import GoesOn, follow_up, go_on
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right
from handlers.searching import MOMENTS, PAGE, Shown, listing, nothing, understand
from handlers.speech.answer import Answer
from handlers.speech.form import Form

_NOUN = re.compile(
    r"\b(agenda|info ?moment\w*|netwerkmoment\w*|infosessie\w*|ontmoetingsdag\w*|overlegmoment\w*|"
    r"wat (?:staat er|is er) (?:binnenkort |op til|gepland|te doen)\w*|komende momenten|"
    r"evenement\w*|rencontres?|upcoming (?:events?|moments?)|calendar)\b"
)
_NEW = frozenset({"nieuw", "toevoegen", "nouveau", "new", "add"})
_ALL = 10_000
"""More than there are: what comes is chosen by its day, not by its score."""


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
    return Heard(ComingUp(_NOUN.sub(" ", sentence.folded)))


def handle(request: ComingUp, context: Context) -> Answer | Form:
    """Answer with what comes, or with the form to announce something."""
    if request.goes_on:
        return go_on(MOMENTS, request.goes_on, context, _coming)
    if fold(request.text) in _NEW:
        return adding.form(replace(MOMENTS), context)
    return _coming(request.text, context, 0)


def _coming(text: str, context: Context, page: int) -> Answer:
    asked = understand(MOMENTS, text, context)
    finder = context.tx.catalogue.current()
    hits = {hit.entry_id: hit.score for hit in finder.search(asked.query, _ALL).hits}
    since = context.now.replace(hour=0, minute=0, second=0, microsecond=0)
    coming = [
        (upcoming(one, context.today)[0].begins, one)
        for one in context.tx.offerings.taking_place(MOMENTS.kinds, since)
        if one.id in hits and upcoming(one, context.today)
    ]
    if not coming:
        return nothing(MOMENTS, asked, context)
    coming.sort(key=lambda pair: (pair[0], pair[1].id))
    found = [one for _, one in coming[page * PAGE : (page + 1) * PAGE]]
    if not found:
        return _coming(text, context, 0)
    return listing(MOMENTS, asked, Shown(found, len(coming), page, hits), context)


def _more(values: Mapping[str, str], context: Context) -> Answer:
    page = values.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 0  # noqa: PLR2004 - a page
    return _coming(values.get("words", ""), context, number)


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
    verbs={**verbs(MOMENTS), "more": Verb(Right.ASK, _more)},
)
