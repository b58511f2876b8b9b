"""What Brug says when it does not know: short, honest, and with a way on (F48)."""

from handlers.context import Context
from handlers.somebody import ask_button
from handlers.speech.answer import ASK, Answer, Button, Kind, Paragraph, Part, Press

NAME = "unknown"


def handle(text: str, context: Context) -> Answer:
    """Say that Brug does not know, and offer the duo when a place was named."""
    words = context.words
    help_button = Button(words.plain("unknown.help_button"), Press("", ASK, {"words": "hulp"}))
    if not any(character.isalnum() for character in text):
        return Answer(
            headline=words.plain("unknown.empty"),
            buttons=(help_button,),
            kind=Kind.REFUSAL,
            feature=NAME,
            confidence=0.0,
        )
    parts: list[Part] = [Paragraph(words.prose("unknown.next"))]
    buttons = [help_button]
    if found := context.places.resolve(text).found:
        place = found[0].name
        parts.insert(0, Paragraph(words.prose("unknown.ask_duo", place=place)))
        ask = Press("", ASK, {"words": f"/wie {place}"})
        buttons.insert(0, Button(words.plain("unknown.duo_button", place=place), ask))
    buttons += ask_button(text, context)
    return Answer(
        headline=words.plain("unknown.headline"),
        parts=tuple(parts),
        buttons=tuple(buttons),
        kind=Kind.REFUSAL,
        feature=NAME,
        confidence=0.0,
    )
