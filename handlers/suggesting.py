"""What somebody may mean while they are still typing: places, people, entries of the directory.

The same resolvers answer as everywhere else, so what is suggested is what would be understood. A
room asks by the name of a source, that a `SearchField` or the start page carries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from handlers.context import Context
from handlers.describing import kind
from handlers.errors import NotUnderstood
from handlers.hearing.plain import fold
from handlers.reasons import full_name, place_label
from handlers.rights import Right, authorize
from handlers.searching.understanding import EVERYTHING, understand
from handlers.speech.answer import ASK, Press
from store.directory import Offering
from store.records import Region

Options: TypeAlias = tuple[tuple[str, str], ...]
"""(value, shown) pairs."""

MOST = 100
"""Suggestions at a time: as many as Slack takes
(https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload)."""

LONGEST = 75
"""Characters of a value or of what is shown (Slack's limit of an option)."""

_TYPED = 100
_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be searched while typing.

    Attributes:
        suggest: From what was typed so far to suggestions, the likeliest first.
        press: What it does to choose one outside a form; None where that means nothing.
    """

    suggest: Callable[[str, Context], Options]
    press: Callable[[str], Press] | None = None


def suggest(source: str, typed: str, context: Context) -> Options:
    """Return suggestions, at most `MOST`, each with a value of its own.

    Raises:
        NotUnderstood: If there is no such source.
        NotAllowed: If who types may not ask.
    """
    authorize(context.actor, Right.ASK)
    if source not in SOURCES:
        raise NotUnderstood("assistant.gone")
    found = SOURCES[source].suggest(typed.strip()[:_TYPED], context)
    once = dict(reversed([(value, shown) for value, shown in found if value and shown]))
    fitting = ((value, shown[:LONGEST]) for value, shown in reversed(once.items()))
    return tuple(one for one in fitting if len(one[0]) <= LONGEST)[:MOST]


def chosen(source: str, value: str) -> Press:
    """Return what it does to choose a suggestion outside a form.

    Raises:
        NotUnderstood: If there is no such source.
    """
    press = SOURCES[source].press if source in SOURCES else None
    if press is None or not value or len(value) > LONGEST:
        raise NotUnderstood("assistant.gone")
    return press(value)


def settled(source: str, value: str, context: Context) -> str:
    """Return what came back from a `SearchField`: a value, also where a room let somebody type it.

    A room that cannot search while somebody types sends the words; they count when they can mean
    one thing alone.
    """
    if value.isdecimal():
        return value
    found = suggest(source, value, context) if value else ()
    return found[0][0] if len(found) == 1 else value


def _places(typed: str, context: Context) -> Options:
    if not typed:
        return tuple((region.label, region.label) for region in Region)
    reading = context.places.resolve(typed, expected=True)
    meant = (*reading.found, *reading.question, *reading.others)
    begun = context.places.beginning(typed, MOST)
    return tuple((full_name(one), place_label(one, context.words)) for one in (*meant, *begun))


def _people(typed: str, context: Context) -> Options:
    wanted = fold(typed).split()
    return tuple(
        (str(person.id), person.name)
        for person in context.tx.people.everyone()
        if all(any(word.startswith(one) for word in fold(person.name).split()) for one in wanted)
    )


def _entries(typed: str, context: Context) -> Options:
    asked = understand(EVERYTHING, typed, context)
    hits = context.tx.catalogue.current().search(asked.query, _ENTRIES).hits
    found = context.tx.offerings.many([hit.entry_id for hit in hits])
    return tuple((str(one.id), f"{one.name} · {_where(one, context)}") for one in found)


def _where(one: Offering, context: Context) -> str:
    """Return what tells entries of one name apart: the place, else the region, else the kind."""
    places = one.locations or tuple(region.label for region in one.regions)
    return places[0] if len(places) == 1 else kind(one.kind, context.words)


SOURCES: Mapping[str, Source] = {
    "places": Source(_places, lambda value: Press("", ASK, {"words": f"/wie {value}"})),
    "people": Source(_people),
    "entries": Source(_entries, lambda value: Press("offerings", "card", {"id": value})),
}
"""What can be searched while typing, by name."""
