"""From an answer or a form to lines: plain ones here, and in colour by `drawing.py`.

Both come from the same lines. Nothing is read as rich's markup, and control characters are gone
before anything is drawn (`bot.tidying`), so what people typed commands nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.characters import one_line
from bot.lines import lines, plainly
from bot.presses import buttons
from bot.tidying import tidy, tidy_form
from handlers.speech.answer import Answer, Button, Kind, Link, Plain, Prose, Strong
from handlers.speech.form import ChoiceField, DateField, Field, Form, SearchField, TextField
from handlers.speech.words import Words

_HEADLINES = {Kind.ANSWER: "bold", Kind.QUESTION: "bold cyan", Kind.REFUSAL: "bold yellow"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that look the same throughout.

    Attributes:
        text: The words.
        style: How they look, as rich names it: "bold cyan".
        url: Where they lead; empty for nowhere.
    """

    text: str
    style: str = ""
    url: str = ""


Styled: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is indented with, and what it says."""

    lead: str
    said: Styled = ()

    @property
    def plain(self) -> str:
        """The line without its looks."""
        return (self.lead + "".join(piece.text for piece in self.said)).rstrip()


def text(said: Answer | Form, words: Words, asked: str = "") -> str:
    """Return an answer or a form as plain lines: for a pipe, and for the JSON of an answer.

    Args:
        said: What to show.
        words: The phrases of who reads it.
        asked: The words that led to an answer, for "Waarom?" (`presses.buttons`).
    """
    return "\n".join(line.plain for line in styled(said, words, asked))


def choices(answer: Answer, words: Words, asked: str = "") -> tuple[Button, ...]:
    """Return what can be pressed under an answer; the first is drawn as [1].

    There is no "Deel in kanaal" among it: a terminal has no channel.
    """
    pressable = buttons(answer, words, asked)
    return tuple(b for b in pressable if (b.press.feature, b.press.verb) != ("", "share"))


def styled(said: Answer | Form, words: Words, asked: str = "") -> Iterator[Line]:
    """Return the same lines with their looks, for `drawing.py`."""
    match said:
        case Answer():
            return _answer(tidy(said), words, asked)
        case Form():
            return _form(tidy_form(said), words)
        case _:
            assert_never(said)


def _answer(answer: Answer, words: Words, asked: str) -> Iterator[Line]:
    yield Line("", (Piece(answer.headline, _HEADLINES[answer.kind]),))
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
        yield Line("", _styled((*source, *link), "dim"))
    for number, button in enumerate(choices(answer, words, asked), 1):
        if number == 1:
            yield _EMPTY
        yield Line(f"[{number}] ", (Piece(one_line(button.label), "cyan"),))


def _form(form: Form, words: Words) -> Iterator[Line]:
    yield Line("", (Piece(form.title, "bold cyan"),))
    if form.intro:
        yield from _split("", _styled(form.intro))
    for field in form.fields:
        yield _EMPTY
        yield from _field(field, words)


def _field(field: Field, words: Words) -> Iterator[Line]:
    label = (Piece(field.label, "bold"),)
    if not field.required:
        label = (*label, Piece(f" ({words.plain('room.optional')})", "dim"))
    yield Line("", label)
    if field.hint:
        yield Line("  ", (Piece(field.hint, "dim"),))
    match field:
        case TextField():
            pass
        case SearchField():
            yield Line("  ", (Piece(words.plain("room.type_to_search"), "dim"),))
        case DateField():
            yield Line("  ", (Piece(words.plain("room.day"), "dim"),))
        case ChoiceField():
            for number, (_, shown) in enumerate(field.options, 1):
                yield Line(f"  [{number}] ", (Piece(shown, "cyan"),))
        case _:
            assert_never(field)
    if held := filled_in(field, words):
        said = words.plain("console.filled_in", value=held)
        yield from _split("  ", (Piece(said, "dim"),))


def filled_in(field: Field, words: Words) -> str:
    """Return what a field holds when it is left as it is, as people read it; empty for nothing."""
    match field:
        case TextField():
            return field.initial
        case SearchField():
            return field.initial[1] if field.initial else ""
        case DateField():
            return words.date(field.initial) if field.initial else ""
        case ChoiceField():
            return ", ".join(shown for value, shown in field.options if value in field.initial)
        case _:
            assert_never(field)


def _split(lead: str, said: Iterable[Piece]) -> Iterator[Line]:
    """Break a line where its words do, each with an indent as wide as the first."""
    line: Styled = ()
    for piece in said:
        first, *more = piece.text.split("\n")
        line = (*line, Piece(first, piece.style, piece.url))
        for text in more:
            yield Line(lead, line)
            lead, line = " " * len(lead), (Piece(text, piece.style, piece.url),)
    yield Line(lead, line)


def _styled(prose: Prose, style: str = "") -> Styled:
    pieces = list[Piece]()
    for span in prose:
        match span:
            case Plain(words):
                pieces.append(Piece(words, style))
            case Strong(words):
                pieces.append(Piece(words, f"bold {style}".rstrip()))
            case Link(words, url):
                pieces.append(Piece(words, f"underline {style}".rstrip(), url))
                # The address itself for terminals that can't follow a link.
                pieces.append(Piece(plainly((span,)).removeprefix(words), "dim"))
            case _:
                assert_never(span)
    return tuple(pieces)


_EMPTY = Line("")
