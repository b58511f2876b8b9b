"""One young person, and everybody is stuck: whom to call about ROTS (F57, F58).

Brug takes no case: there is no field for one, and nothing that was typed is kept. It says when a
*Regionaal Overleg Tegen Schooluitval* is there for you, and names the duo.

`data`: `regions` (slugs), `people` (as `coverage` gives them), `kept` (always False).
"""

from dataclasses import dataclass

from handlers.context import Context
from handlers.duo import duo
from handlers.feature import Example, Feature, Heard
from handlers.hearing.sentence import Sentence
from handlers.naming import cards, source_name, standing_data
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Listing,
    Paragraph,
    Part,
    People,
    Press,
    Source,
)
from store.records import Region
from store.seeds.page import read_page


@dataclass(frozen=True, slots=True)
class AboutOne:
    """The request.

    Attributes:
        text: What was typed; only the place in it is looked at.
    """

    text: str


def parse(text: str) -> AboutOne:
    """Read what stands after the command."""
    return AboutOne(text.strip())


def hear(sentence: Sentence) -> Heard[AboutOne]:
    """Hear "we zitten vast met een leerling, alles is geprobeerd"."""
    return Heard(AboutOne(sentence.text))


def handle(request: AboutOne, context: Context) -> Answer:
    """Say when ROTS is there for you, and who to call."""
    words = context.words
    regions = _regions(request.text, context)
    day, coverage = context.today, context.tx.coverage
    assignments, absences = coverage.assignments(day), coverage.absences(day)
    standing = [s for one in regions for s in duo(one, day, assignments, absences).standing]
    parts: list[Part] = [Paragraph(words.prose("consults.not_here"))]
    if standing:
        parts.append(People(cards(standing, words)))
    parts += [
        Paragraph(words.prose("consults.when")),
        Listing(tuple(words.prose(f"consults.{one}") for one in ("asked", "stuck", "form"))),
        Paragraph(words.prose("consults.school")),
        Paragraph(words.prose("consults.urgent")),
    ]
    if not regions:
        parts.append(Paragraph(words.prose("consults.where")))
    page = read_page()
    source, read_on = source_name(page.source, words), words.date(page.as_of)
    return Answer(
        headline=words.plain("consults.headline"),
        parts=tuple(parts),
        buttons=_buttons(regions, context),
        source=Source(words.plain("about.source", source=source, day=read_on), page.as_of),
        why=(words.prose("consults.why", source=source, day=read_on),),
        data={
            "regions": [region.value for region in regions],
            "people": [standing_data(s) for s in standing],
            "kept": False,
        },
    )


def _regions(text: str, context: Context) -> tuple[Region, ...]:
    """Return the regions that are named; else those of a coordinator who asks."""
    found = context.places.resolve(text).found
    named = dict.fromkeys(region for place in found for region in place.regions)
    return tuple(named) or tuple(r for r in Region if r in context.actor.regions)


def _buttons(regions: tuple[Region, ...], context: Context) -> tuple[Button, ...]:
    if regions:
        label = context.words.plain("consults.what_is_it")
        return (Button(label, Press("", ASK, {"words": "/uitleg ROTS"})),)
    return tuple(
        Button(region.label, Press("", ASK, {"words": f"/rots {region.label}"}))
        for region in Region
    )


FEATURE = Feature(
    name="consults",
    command="rots",
    aliases=("consult", "overlegtafel"),
    parse=parse,
    hear=hear,
    handle=handle,
    examples=(
        Example("/rots Gent", expect="Frederik"),
        Example(
            "We zitten helemaal vast met een leerling uit Aalst, alles is al geprobeerd.",
            expect="Zet hier niets over de jongere zelf",
        ),
        Example("/rots", expect="regio"),
        Example("/rots Bruxelles", expect="Lotte", language="fr"),
        Example("/rots Kortrijk", expect="Ludo", language="en"),
    ),
)
