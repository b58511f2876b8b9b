"""The lines of an answer or a form in colour, for a terminal.

Apart from `render.py`, because rich costs a cold `brug ask` 0.03 s and `brug serve` 2 MB.
"""

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.console.render import Line, Styled, styled
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from handlers.speech.words import Words


def drawing(said: Answer | Form, words: Words, asked: str = "") -> RenderableType:
    """Return the lines of `render.text` in colour; a line that wraps keeps its indent."""
    return Group(*(_row(line) for line in styled(said, words, asked)))


def _row(line: Line) -> RenderableType:
    if not line.lead:
        return _text(line.said)
    row = Table.grid()
    row.add_column(no_wrap=True, min_width=len(line.lead))
    row.add_column(overflow="fold")
    row.add_row(Text(line.lead), _text(line.said))
    return row


def _text(said: Styled) -> Text:
    drawn = Text()
    for piece in said:
        style = Style.parse(piece.style)
        drawn.append(piece.text, style + Style(link=piece.url) if piece.url else style)
    return drawn
