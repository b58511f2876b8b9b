"""The button *Vraag het aan iemand*, for every answer that does not help enough (F22).

What it leads to stands in `connecting`; here is no more than the button, so that whatever finds
nothing can offer it.
"""

from handlers.context import Context
from handlers.rights import Right, may
from handlers.speech.answer import Button, Press

LONGEST = 500
"""Characters of a question: more is a file, and it must fit in a button."""


def ask_button(text: str, context: Context) -> tuple[Button, ...]:
    """Return the button for a question as it was typed; none for who may not ask."""
    if not may(context.actor, Right.CONTRIBUTE):
        return ()
    press = Press("expertise", "connect", {"words": text[:LONGEST]})
    return (Button(context.words.plain("expertise.connect"), press),)
