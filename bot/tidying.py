"""An answer or a form made ready for a room: clean, nothing empty, and short enough.

Rooms draw only what went through `tidy` or `tidy_form`. So they need not ask again whether a
text is empty, holds a control character, or leads somewhere it should not.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias, TypeVar, assert_never

from bot.characters import clean, cut, one_line, safe_url, units
from handlers.speech.answer import (
    Answer,
    Chart,
    Facts,
    Link,
    Listing,
    Paragraph,
    Part,
    People,
    PersonCard,
    Plain,
    Prose,
    Source,
    Span,
    Strong,
)
from handlers.speech.form import ChoiceField, DateField, Field, Form, SearchField, TextField

Parts: TypeAlias = tuple[Part, ...]
Drawn = TypeVar("Drawn")

NOTHING = "–"
"""What stands where a text that a platform wants is empty."""

_NAME_LENGTH = 200
"""Characters of a person's name, role or address, of a fact's name, of the label of a bar."""


def tidy(answer: Answer) -> Answer:
    """Return an answer with clean texts, without empty parts, and with links that may be shown."""
    parts = (_part(part) for part in answer.parts)
    return replace(
        answer,
        headline=one_line(answer.headline) or NOTHING,
        parts=tuple(part for part in parts if part is not None),
        buttons=tuple(replace(b, label=one_line(b.label) or NOTHING) for b in answer.buttons),
        source=_source(answer.source),
        why=_proses(answer.why),
    )


def tidy_form(form: Form) -> Form:
    """Return a form with clean texts."""
    return replace(
        form,
        title=one_line(form.title) or NOTHING,
        fields=tuple(_field(field) for field in form.fields),
        submit=one_line(form.submit) or NOTHING,
        intro=_prose(form.intro),
    )


def fit(
    parts: Parts, notice: Part, draw: Callable[[Parts], Drawn], load: Callable[[Drawn], float]
) -> Drawn:
    """Draw as much of the parts as a room can carry.

    Args:
        parts: What is to be drawn, tidied.
        notice: What follows them when something was left out, to say so.
        draw: Draws parts.
        load: How full the room is with what was drawn; above 1 is too much.

    Returns:
        What was drawn: with everything when that fits, otherwise with less of the last parts. If
        even nothing does not fit, that is returned: the rest of the answer is cut elsewhere.
    """
    drawn, length = draw(parts), sum(map(_length, parts))
    while parts and load(drawn) > 1:
        # A little less than proportional: the frame around a text weighs too.
        length = int(length * 0.95 / load(drawn))
        parts = _shortened(parts, length)
        drawn = draw((*parts, notice))
    return drawn


def _part(part: Part) -> Part | None:
    match part:
        case Paragraph(prose):
            kept = _prose(prose)
            return Paragraph(kept) if kept else None
        case Listing(items, first):
            lines = _proses(items)
            return Listing(lines, first) if lines else None
        case Facts(pairs):
            facts = tuple((_name(name), _prose(value)) for name, value in pairs)
            return Facts(facts) if facts else None
        case People(cards):
            return People(tuple(map(_card, cards))) if cards else None
        case Chart(title, unit, bars):
            kept_bars = tuple((_name(label), height) for label, height in bars)
            return Chart(_name(title), one_line(unit), kept_bars) if bars else None
        case _:
            assert_never(part)


def _name(text: str) -> str:
    return cut(one_line(text), _NAME_LENGTH) or NOTHING


def _card(card: PersonCard) -> PersonCard:
    role, email = (cut(one_line(text), _NAME_LENGTH) for text in (card.role, card.email))
    return PersonCard(_name(card.name), role, email, _prose(card.note))


def _source(source: Source | None) -> Source | None:
    if source is None or not (text := one_line(source.text)):
        return None
    return Source(text, source.as_of, safe_url(source.url))


def _proses(proses: Iterable[Prose]) -> tuple[Prose, ...]:
    kept = (_prose(prose) for prose in proses)
    return tuple(prose for prose in kept if prose)


def _prose(prose: Prose) -> Prose:
    spans = tuple(span for span in map(_span, prose) if span.text)
    return spans if any(span.text.strip() for span in spans) else ()


def _span(span: Span) -> Span:
    match span:
        case Plain(text):
            return Plain(clean(text))
        case Strong(text):
            return Strong(clean(text))
        case Link(text, url):
            # A link is one line everywhere, and without words it shows where it leads.
            goes = safe_url(url)
            return Link(one_line(text) or goes, goes) if goes else Plain(clean(text))
        case _:
            assert_never(span)


def _field(field: Field) -> Field:
    label, hint = one_line(field.label) or NOTHING, one_line(field.hint)
    match field:
        case TextField():
            return replace(field, label=label, hint=hint, initial=clean(field.initial))
        case ChoiceField():
            options = tuple((value, one_line(shown) or NOTHING) for value, shown in field.options)
            return replace(field, label=label, hint=hint, options=options)
        case DateField():
            return replace(field, label=label, hint=hint)
        case SearchField():
            options = tuple((value, one_line(shown) or NOTHING) for value, shown in field.options)
            return replace(field, label=label, hint=hint, options=options)
        case _:
            assert_never(field)


def _length(part: Part) -> int:
    match part:
        case Paragraph(prose):
            return _prose_length(prose)
        case Listing(items):
            return sum(map(_prose_length, items))
        case Facts(pairs):
            return sum(units(name) + _prose_length(value) for name, value in pairs)
        case People(cards):
            return sum(map(_card_length, cards))
        case Chart(title, unit, bars):
            return units(title) + units(unit) + sum(units(label) + 1 for label, _ in bars)
        case _:
            assert_never(part)


def _card_length(card: PersonCard) -> int:
    return units(card.name + card.role + card.email) + _prose_length(card.note)


def _prose_length(prose: Prose) -> int:
    return sum(units(span.text) for span in prose)


def _shortened(parts: Parts, length: int) -> Parts:
    """Return the first parts, together about `length` UTF-16 code units of text."""
    kept = list[Part]()
    for part in parts:
        if (full := _length(part)) > length:
            last = _cut_part(part, length)
            return (*kept, last) if last else tuple(kept)
        length -= full
        kept.append(part)
    return tuple(kept)


def _cut_part(part: Part, length: int) -> Part | None:
    match part:
        case Paragraph(prose):
            first = _cut_prose(prose, length)
            return Paragraph(first) if first else None
        case Listing(items, first):
            lines = _cut_items(items, length)
            return Listing(lines, first) if lines else None
        case Facts(pairs):
            facts = _first(pairs, lambda pair: units(pair[0]) + _prose_length(pair[1]), length)
            return Facts(facts) if facts else None
        case People(cards):
            people = _first(cards, _card_length, length)
            return People(people) if people else None
        case Chart(title, unit, bars):
            highest = _first(bars, lambda bar: units(bar[0]) + 1, length - units(title + unit))
            return Chart(title, unit, highest) if highest else None
        case _:
            assert_never(part)


Item = TypeVar("Item")


def _first(items: tuple[Item, ...], size: Callable[[Item], int], length: int) -> tuple[Item, ...]:
    kept = list[Item]()
    for item in items:
        length -= size(item)
        if length < 0:
            break
        kept.append(item)
    return tuple(kept)


def _cut_items(items: tuple[Prose, ...], length: int) -> tuple[Prose, ...]:
    whole = _first(items, _prose_length, length)
    left = length - sum(map(_prose_length, whole))
    half = _cut_prose(items[len(whole)], left) if len(whole) < len(items) else ()
    return (*whole, half) if half else whole


def _cut_prose(prose: Prose, length: int) -> Prose:
    kept = list[Span]()
    for span in prose:
        if units(span.text) > length:
            short = cut(span.text, length) if length > 1 else "…"
            # Half the words of a link still lead to the whole page.
            return (*kept, replace(span, text=short)) if kept or length > 1 else ()
        length -= units(span.text)
        kept.append(span)
    return tuple(kept)
