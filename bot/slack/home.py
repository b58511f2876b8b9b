"""The Home tab: my region and who covers it, and what I can ask.

It is made of the same answers as everything else, so that it cannot disagree with them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.slack.render import blocks
from handlers.feature import AnyFeature
from handlers.speech.answer import ASK, Answer, Button, Press
from handlers.speech.words import Words

_BLOCKS = 100
_BUTTONS = 5


def view(
    regions: Sequence[Answer], asking: Answer, features: Sequence[AnyFeature], words: Words
) -> dict[str, Any]:
    """Return the Home tab.

    Args:
        regions: Who covers each region of who looks; empty for who stands for none.
        asking: What can be asked; the features that it names are those for who looks.
        features: Of which the first examples become buttons.
        words: The phrases of who looks.
    """
    named = asking.data.get("features")
    theirs = [f for f in features if isinstance(named, Sequence) and f.name in named]
    examples = dict.fromkeys(_example(feature, words.language) for feature in theirs)
    tries = tuple(
        Button(example, Press("", ASK, {"words": example}))
        for example in list(examples)[:_BUTTONS]
    )
    shown = [
        *regions,
        *([] if regions else [Answer(words.plain("home.welcome"))]),
        replace(asking, buttons=tries),
    ]
    drawn: list[dict[str, Any]] = []
    for number, answer in enumerate(shown):
        for block in blocks(replace(answer, shareable=False, why=()), words):
            # Each answer names its buttons alike; one view wants every block named once.
            named = {"block_id": f"{block['block_id']}:{number}"} if "block_id" in block else {}
            drawn.append(block | named)
        drawn.append({"type": "divider"})
    return {"type": "home", "blocks": drawn[:-1][:_BLOCKS]}


def _example(feature: AnyFeature, language: str) -> str:
    own = (example.words for example in feature.examples if example.language == language)
    return next(own, feature.examples[0].words)
