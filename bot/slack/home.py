"""The Home tab: the start page of who looks, with two fields to search in while typing.

It is made of the same answers as everything else, so that it cannot disagree with them.
"""

from dataclasses import replace
from typing import Any

from bot.slack.render import blocks, finder
from handlers.speech.words import Words
from handlers.start import Start

_BLOCKS = 100


def view(start: Start, words: Words) -> dict[str, Any]:
    """Return the Home tab.

    Args:
        start: The start page.
        words: The phrases of who looks.
    """
    find: dict[str, Any] = {
        "type": "actions",
        "block_id": "find",
        "elements": [
            finder("places", words.plain("home.find_places")),
            finder("entries", words.plain("home.find_entries")),
        ],
    }
    drawn = list[dict[str, Any]]()
    for number, answer in enumerate(start.sections):
        if number == 1:  # behind the greeting
            drawn.append(find)
        if number:
            drawn.append({"type": "divider"})
        for block in blocks(replace(answer, shareable=False, why=()), words):
            # Each answer names its buttons alike; one view wants every block named once.
            named = {"block_id": f"{block['block_id']}:{number}"} if "block_id" in block else {}
            drawn.append(block | named)
    return {"type": "home", "blocks": drawn[:_BLOCKS]}
