"""Looking through what was drawn, however deep it lies."""

from typing import Any, TypeAlias, cast

Payload: TypeAlias = Any
"""What json.loads returns."""


def every_object(node: Payload) -> list[dict[str, Payload]]:
    """Return every object in a payload, the outer ones first."""
    if isinstance(node, dict):
        branch = cast("dict[str, Payload]", node)
        return [branch, *(found for value in branch.values() for found in every_object(value))]
    items = cast("list[Payload]", node) if isinstance(node, list) else []
    return [found for item in items for found in every_object(item)]


def every_text(node: Payload) -> list[str]:
    """Return every text that is shown, in order."""
    texts = (found.get("text") for found in every_object(node))
    return [text for text in texts if isinstance(text, str)]


def can_be_sent_and_commands_nothing(sent: str) -> bool:
    """Return whether a text holds no half surrogate pair and no control or turning character."""
    joiners = "\u200d\ufe0f"  # they hold emoji together
    allowed = (character.isprintable() or character in f"\n{joiners}" for character in sent)
    return all(allowed)
