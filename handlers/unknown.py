"""What Brug says when it does not know: short, honest, and with a way on (F48).

What is about the field and could not be answered is counted as a need, without who asked (F16);
what is not of the field is declined in one line, and forgotten.

`data`: `regions` (slugs), `people` (as `coverage` gives them), `counted`.
"""

from dataclasses import replace

from handlers.context import Context
from handlers.duo import duo
from handlers.hearing.seeking import names_term
from handlers.naming import card, standing_data
from handlers.somebody import ask_button
from handlers.speech.answer import ASK, Answer, Button, Kind, Paragraph, Part, People, Press
from store.needs import UnmetNeed
from store.privacy import Identifying, SafeText, TooLong, guard
from store.records import Region

NAME = "unknown"
_MOST_KEPT = 300
"""Characters of a question that is counted; longer ones count without their words."""


def handle(text: str, context: Context) -> tuple[Answer, UnmetNeed | None]:
    """Say that Brug does not know.

    Args:
        text: What was asked.
        context: The circumstances.

    Returns:
        The answer, and what to count; None when the question is not of this field.
    """
    words = context.words
    ask = Press("", ASK, {"words": "/hulp"})
    help_button = Button(words.plain("unknown.help_button"), ask)
    if not any(character.isalnum() for character in text):
        return _say("unknown.empty", (), help_button, (), context), None
    found = context.places.resolve(text).found
    regions = tuple(dict.fromkeys(region for place in found for region in place.regions))
    ours = names_term(text)
    if not ours:
        return _say("unknown.not_ours", (), help_button, (), context), None
    asked = regions or tuple(one for one in Region if one in context.actor.regions)
    parts: list[Part] = [Paragraph(words.prose("unknown.ask_duo" if asked else "unknown.next"))]
    said = _say("unknown.headline", tuple(parts), help_button, asked, context)
    said = replace(said, buttons=(*said.buttons, *ask_button(text, context)))
    return said, UnmetNeed(context.today, _safe(text), regions)


def _say(
    key: str,
    parts: tuple[Part, ...],
    button: Button,
    regions: tuple[Region, ...],
    context: Context,
) -> Answer:
    day, coverage = context.today, context.tx.coverage
    people = [
        standing
        for region in regions
        for standing in duo(
            region, day, coverage.assignments(day), coverage.absences(day)
        ).standing
    ]
    if people:
        parts = (*parts, People(tuple(card(one, context.words) for one in people)))
    return Answer(
        headline=context.words.plain(key),
        parts=parts,
        buttons=(button,),
        kind=Kind.REFUSAL,
        feature=NAME,
        confidence=0.0,
        data={
            "regions": [region.value for region in regions],
            "people": [standing_data(one) for one in people],
        },
    )


def _safe(text: str) -> SafeText | None:
    """Return the words when they point at nobody; otherwise nothing of them is kept."""
    if len(text) > _MOST_KEPT:
        return None
    try:
        return guard(text)
    except (Identifying, TooLong):
        return None
