"""Draw the README's picture: a question in the console, as it looks. `make picture`."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from bot import wiring
from bot.asked import Call
from bot.console.chat import PROMPT
from bot.console.drawing import drawing
from bot.settings import Settings
from handlers.actors import Caller
from handlers.speech.words import Words

FILE = Path(__file__).parent / "console" / "brug.svg"
QUESTIONS = ("bij wie moet ik zijn voor 8500?", "wie Meldert")

# rich's own frame, without the address of a font that it would fetch.
_FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
<rect fill="#1b1f27" width="100%" height="100%" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def main() -> None:
    """Ask the questions of the picture, and draw what the console shows."""
    words = Words()
    screen = Console(record=True, width=92, file=io.StringIO(), force_terminal=True)
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        with wiring.opened(settings) as store:
            assistant = wiring.assistant(store, settings)
            for question in QUESTIONS:
                said = assistant.answer(Call(question, Caller("console", "", "console")))
                screen.print(Text(f"{PROMPT}{question}", "bold green"))
                screen.print()
                screen.print(drawing(said, words, question))
                screen.print()
    FILE.write_text(screen.export_svg(title="brug", code_format=_FRAME), encoding="utf-8")


if __name__ == "__main__":
    main()
