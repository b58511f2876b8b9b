"""From an answer or a form to a terminal, or to text without a single escape code.

Both come from the same lines. Nothing is read as rich's markup, and control characters are gone
before anything is drawn (`bot.tidying`), so what people typed commands nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.characters import one_line
from bot.lines import lines, plainly
from bot.presses import buttons
from bot.tidying import tidy, tidy_form
from handlers.speech.answer import Answer, Button, Kind, Link, Plain, Prose, Strong
from handlers.speech.form import ChoiceField, DateField, Field, Form, SearchField, TextField
from handlers.speech.words import Words

_HEADLINES = {Kind.ANSWER: "bold", Kind.QUESTION: "bold cyan", Kind.REFUSAL: "bold yellow"}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: what it is indented with, and what it says."""

    lead: str
    said: Text


def text(said: Answer | Form, words: Words, asked: str = "") -> str:
    """Return an answer or a form as plain lines: for a pipe, and for the JSON of an answer.

    Args:
        said: What to show.
        words: The phrases of who reads it.
        asked: The words that led to an answer, for "Waarom?" (`presses.buttons`).
    """
    return "\n".join((line.lead + line.said.plain).rstrip() for line in _lines(said, words, asked))


def drawing(said: Answer | Form, words: Words, asked: str = "") -> RenderableType:
    """Return the same lines in colour, for rich; a line that wraps keeps its indent."""
    return Group(*(_row(line) for line in _lines(said, words, asked)))


def choices(answer: Answer, words: Words, asked: str = "") -> tuple[Button, ...]:
    """Return what can be pressed under an answer; the first is drawn as [1].

    There is no "Deel in kanaal" among it: a terminal has no channel.
    """
    pressable = buttons(answer, words, asked)
    return tuple(b for b in pressable if (b.press.feature, b.press.verb) != ("", "share"))


def _row(line: _Line) -> RenderableType:
    if not line.lead:
        return line.said
    row = Table.grid()
    row.add_column(no_wrap=True, min_width=len(line.lead))
    row.add_column(overflow="fold")
    row.add_row(Text(line.lead), line.said)
    return row


def _lines(said: Answer | Form, words: Words, asked: str) -> Iterator[_Line]:
    match said:
        case Answer():
            return _answer(tidy(said), words, asked)
        case Form():
            return _form(tidy_form(said), words)
        case _:
            assert_never(said)


def _answer(answer: Answer, words: Words, asked: str) -> Iterator[_Line]:
    yield _Line("", Text(answer.headline, _HEADLINES[answer.kind]))
    for part in lines(answer.parts, words):
        yield _EMPTY
        for line in part:
            yield from _split(line.lead, _styled(line.prose))
    if answer.source:
        yield _EMPTY
        source = (Plain(words.plain("room.source", source=answer.source.text)),)
        link = (
            (Plain(" "), Link(answer.source.url, answer.source.url)) if answer.source.url else ()
        )
        dim = _styled((*source, *link))
        dim.stylize("dim")
        yield _Line("", dim)
    for number, button in enumerate(choices(answer, words, asked), 1):
        if number == 1:
            yield _EMPTY
        yield _Line(f"[{number}] ", Text(one_line(button.label), "cyan"))


def _form(form: Form, words: Words) -> Iterator[_Line]:
    yield _Line("", Text(form.title, "bold cyan"))
    if form.intro:
        yield from _split("", _styled(form.intro))
    for field in form.fields:
        yield _EMPTY
        yield from _field(field, words)


def _field(field: Field, words: Words) -> Iterator[_Line]:
    label = Text(field.label, "bold")
    if not field.required:
        label.append(f" ({words.plain('room.optional')})", "not bold dim")
    yield _Line("", label)
    if field.hint:
        yield _Line("  ", Text(field.hint, "dim"))
    match field:
        case TextField():
            pass
        case SearchField():
            yield _Line("  ", Text(words.plain("room.type_to_search"), "dim"))
        case DateField():
            yield _Line("  ", Text(words.plain("room.day"), "dim"))
        case ChoiceField():
            for number, (_, shown) in enumerate(field.options, 1):
                yield _Line(f"  [{number}] ", Text(shown, "cyan"))
        case _:
            assert_never(field)


def _split(lead: str, said: Text) -> Iterator[_Line]:
    first, *more = said.split("\n", allow_blank=True)
    yield _Line(lead, first)
    yield from (_Line(" " * len(lead), line) for line in more)


def _styled(prose: Prose) -> Text:
    styled = Text()
    for span in prose:
        match span:
            case Plain(words):
                styled.append(words)
            case Strong(words):
                styled.append(words, "bold")
            case Link(words, url):
                styled.append(words, Style(underline=True, link=url))
                # The address itself for terminals that can't follow a link.
                styled.append(plainly((span,)).removeprefix(words), "dim")
            case _:
                assert_never(span)
    return styled


_EMPTY = _Line("", Text())
