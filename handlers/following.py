"""Going on from a list (F50): "vertel meer over 2", "toon er nog", "en in Gent?", "alleen −12"."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.cards import card, wanted
from handlers.context import Context
from handlers.errors import NotFound
from handlers.hearing.following import Turn, number, without_lead
from handlers.hearing.sentence import Before, Sentence
from handlers.searching.listing import PAGE
from handlers.searching.understanding import Scope, understand
from handlers.speech.answer import Answer


@dataclass(frozen=True, slots=True)
class GoesOn:
    """A sentence that goes on from a list.

    Attributes:
        turn: How.
        before: The list.
        text: What was typed.
        entry: The number of the entry that is meant; 0 for none.
    """

    turn: Turn
    before: Before
    text: str
    entry: int = 0


def follow_up(scope: Scope, sentence: Sentence) -> GoesOn | None:
    """Return how a sentence goes on from a list of this feature; None when it does not."""
    before, turn = sentence.before, sentence.turn
    if before is None or turn is None or before.feature != scope.feature:
        return None
    if turn is Turn.ENTRY:
        entry = dict(before.entries).get(number(sentence.folded), 0)
        return GoesOn(turn, before, sentence.text, entry) if entry else None
    if turn is Turn.WHO or before.words is None:
        return None
    return GoesOn(turn, before, sentence.text)


def go_on(
    scope: Scope, said: GoesOn, context: Context, search: Callable[[str, Context, int], Answer]
) -> Answer:
    """Answer with a card, the next page, or the last question with what was added to it.

    Args:
        scope: Whose list it was.
        said: How to go on.
        context: The circumstances.
        search: Gives the page with a number, from 0, of what a text asks.

    Raises:
        NotFound: If the list was shown to its end.
    """
    before = said.before
    if said.entry:
        return card(scope, wanted({"id": str(said.entry)}, context), context)
    words = before.words or ""
    if said.turn is Turn.PAGE:
        if (before.page + 1) * PAGE >= before.total:
            raise NotFound("searching.no_more")
        return search(words, context, before.page + 1)
    return search(_together(scope, words, said.text, context), context, 0)


def _together(scope: Scope, before: str, text: str, context: Context) -> str:
    """Return the last question with what a new one adds ("alleen -12", "en in Gent?")."""
    old, new = understand(scope, before, context), understand(scope, text, context)
    said = {facet.name for chip in new.chips for facet in chip.facets}
    kept = old.without(
        chip
        for chip in old.chips
        if said & {f.name for f in chip.facets} or (new.days and chip.days)
    )
    return f"{kept} {without_lead(text)}".strip()
