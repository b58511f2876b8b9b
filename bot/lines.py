"""An answer as lines, for where there is nothing but text: a terminal, a notification, a pipe."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import assert_never

from babel.numbers import format_decimal

from bot.characters import mailto
from handlers.speech.answer import (
    Answer,
    Chart,
    Facts,
    Kind,
    Link,
    Listing,
    Paragraph,
    Part,
    People,
    PersonCard,
    Plain,
    Prose,
    Strong,
)
from handlers.speech.words import Words

BAR_WIDTH = 12
"""Characters of the longest bar of a chart: with label and number it fits on a phone."""

_LABEL_WIDTH = 16
_HUGE = 1e12
"""From here on the digits of a number say less than its size."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LONGEST_URL = 300
"""Characters of an address that is shown; a longer one holds a whole mail, and nobody types it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        lead: What stands before it: an indent, a bullet. A line that wraps goes on after it.
        prose: The line itself.
    """

    lead: str
    prose: Prose


def lines(parts: tuple[Part, ...], words: Words) -> list[list[Line]]:
    """Return tidied parts as lines, one list per part."""
    return [list(_part(part, words)) for part in parts]


def plainly(prose: Prose) -> str:
    """Return prose as text; a link that its words do not show stands behind them."""
    texts = list[str]()
    for span in prose:
        match span:
            case Plain(text) | Strong(text):
                texts.append(text)
            case Link(text, url):
                shown = url.removeprefix("mailto:") == text or len(url) > _LONGEST_URL
                texts.append(text if shown else f"{text} <{url}>")
            case _:
                assert_never(span)
    return "".join(texts)


def summary(answer: Answer, words: Words) -> str:
    """Return a tidied answer as text: what a notification shows and a screen reader reads.

    The headline comes first, then the parts, what can be chosen, and the source. Nothing that
    only makes sense to the eye: no bars, no addresses of links.
    """
    said = [answer.headline, *(line for part in answer.parts for line in _said(part, words))]
    if answer.kind is Kind.QUESTION and answer.buttons:
        labels = words.any_of(button.label for button in answer.buttons)
        said.append(words.plain("room.choices", choices=labels))
    if answer.source:
        said.append(words.plain("room.source", source=answer.source.text))
    return "\n".join(said)


def bars(chart: Chart, words: Words) -> list[tuple[str, str, str]]:
    """Return the bars of a chart as label, bar and number."""
    highest = max((height for _, height in chart.bars if math.isfinite(height)), default=0)
    return [(label, _bar(height, highest), number(height, words)) for label, height in chart.bars]


def chart_rows(chart: Chart, words: Words) -> list[str]:
    """Return a chart as rows in columns, for letters that are all equally wide."""
    rows = bars(chart, words)
    width = min(_LABEL_WIDTH, max(len(label) for label, _, _ in rows))
    return [
        f"{label if len(label) <= width else label[: width - 1] + '…':<{width}} {bar} {height}"
        for label, bar, height in rows
    ]


def chart_title(chart: Chart) -> str:
    """Return what a chart shows, with the unit."""
    return f"{chart.title} ({chart.unit})" if chart.unit else chart.title


def number(height: float, words: Words) -> str:
    """Return a number in the notation of a language, with at most one decimal."""
    if not abs(height) < _HUGE:
        return f"{height:g}"
    return format_decimal(round(height, 1), format="#,##0.#", locale=words.language)


def person(card: PersonCard) -> tuple[Prose, ...]:
    """Return a person as lines: who, where to write to, what else to know."""
    who: Prose = (
        (Strong(card.name), Plain(f" · {card.role}")) if card.role else (Strong(card.name),)
    )
    return tuple(line for line in (who, address(card), card.note) if line)


def address(card: PersonCard) -> Prose:
    """Return where to write to a person; nothing when no address is known."""
    if not card.email:
        return ()
    url = mailto(card.email)
    return (Link(card.email, url),) if url else (Plain(card.email),)


def _bar(height: float, highest: float) -> str:
    if not math.isfinite(height) or height <= 0:
        return "▏"
    whole, eighth = divmod(round(8 * BAR_WIDTH * (height / highest)), 8)
    return ("█" * whole + _EIGHTHS[eighth].strip()) or "▏"


def _said(part: Part, words: Words) -> Iterator[str]:
    if isinstance(part, Chart):
        yield chart_title(part)
        yield from (f"{label}: {number(height, words)}" for label, height in part.bars)
    else:
        for line in _part(part, words):
            yield line.lead + "".join(span.text for span in line.prose)


def _part(part: Part, words: Words) -> Iterator[Line]:
    match part:
        case Paragraph(prose):
            yield Line("", prose)
        case Listing(items, first):
            for number, item in enumerate(items, start=first):
                yield Line(f"{number}. " if first else "• ", item)
        case Facts(pairs):
            yield from (Line("  ", (Strong(f"{name}: "), *value)) for name, value in pairs)
        case People(cards):
            for card in cards:
                leads = chain(["• "], repeat("  "))
                yield from map(Line, leads, person(card))
        case Chart():
            yield Line("", (Strong(chart_title(part)),))
            yield from (Line("  ", (Plain(row),)) for row in chart_rows(part, words))
        case _:
            assert_never(part)
