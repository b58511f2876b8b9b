"""From what came of a question to what is said: an answer, a question, a refusal, an apology."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers import unknown
from handlers.arbiter import Candidate
from handlers.context import Context
from handlers.errors import Refusal
from handlers.hearing.gist import gist, questions
from handlers.rights import authorize
from handlers.speech.answer import ASK, MEANT, Answer, Button, Kind, Paragraph, Press
from handlers.speech.form import Form
from handlers.speech.words import Words

logger = logging.getLogger(__name__)

_NEAR = 0.6
"""Share of the letters (0 to 1) that a command has in common with the one that was meant."""

_LONGEST_TYPED = 30
"""Characters of an unknown command that are repeated."""

LONGEST_CARRIED = 1400
"""Characters of a question that the buttons of "wat bedoel je?" carry along."""


def handled(best: Candidate, context: Context) -> Answer | Form:
    """Let a feature answer that changes nothing, if they may ask it."""
    try:
        authorize(context.actor, best.feature.right)
        return signed(best.feature.handle(best.heard.request, context), best)
    except Refusal as refusal:
        return explain(refusal, context.words, best.feature.name)


def signed(said: Answer | Form, best: Candidate) -> Answer | Form:
    """Return an answer with the name of its feature, and how sure it is that this was meant."""
    if isinstance(said, Form):
        return said
    confidence = min(said.confidence, best.heard.confidence)
    return replace(said, feature=best.feature.name, confidence=confidence)


def also(said: Answer | Form, text: str, words: Words) -> Answer | Form:
    """Offer the other questions of a message as buttons: Brug answers one at a time."""
    asked = questions(gist(text))
    if isinstance(said, Form) or said.kind is Kind.QUESTION or not asked:
        return said
    others = [one for one in asked[1:] if len(one) < LONGEST_CARRIED]
    buttons = (Button(one, Press("", ASK, {"words": one})) for one in others)
    first = Paragraph(words.prose("assistant.one_at_a_time"))
    return replace(said, parts=(*said.parts, first), buttons=(*said.buttons, *buttons))


def which(text: str, close: Sequence[Candidate], words: Words) -> Answer:
    """Ask once what is meant, the likeliest first."""
    return Answer(
        headline=words.plain("assistant.which"),
        buttons=tuple(
            Button(
                words.plain(f"help.what_{one.feature.name}"),
                Press("", MEANT, {"feature": one.feature.name, "words": text[:LONGEST_CARRIED]}),
            )
            for one in close
        ),
        kind=Kind.QUESTION,
        feature=close[0].feature.name,
        confidence=close[0].heard.confidence,
        data={"choices": [one.feature.name for one in close]},
    )


def no_such_command(text: str, commands: Sequence[str], words: Words) -> Answer:
    """Say that there is no such command, and offer those that look like it, and help."""
    typed, _, rest = text.removeprefix("/").partition(" ")
    near = process.extract(
        typed.casefold(), commands, scorer=OSA.normalized_similarity, score_cutoff=_NEAR, limit=2
    )
    asked = [f"/{command} {rest}".strip()[:LONGEST_CARRIED] for command, _, _ in near]
    buttons = [Button(one, Press("", ASK, {"words": one})) for one in asked]
    help_button = Button(words.plain("unknown.help_button"), Press("", ASK, {"words": "/hulp"}))
    return Answer(
        words.plain("assistant.no_such_command", command=f"/{typed[:_LONGEST_TYPED]}"),
        buttons=(*buttons, help_button),
        kind=Kind.REFUSAL,
        feature=unknown.NAME,
        data={"reason": "assistant.no_such_command", "near": [command for command, _, _ in near]},
    )


def explain(refusal: Refusal, words: Words, feature: str) -> Answer:
    """Return why something was not done, for who can do something about it."""
    logger.info("refused: %s", refusal.key)
    said = words.prose(refusal.key, **refusal.values)
    headline = "".join(span.text for span in said)
    return Answer(headline, kind=Kind.REFUSAL, feature=feature, data={"reason": refusal.key})


def apologise(fault: Exception, words: Words, feature: str) -> Answer:
    """Return an apology for a fault of ours, with the reference that the log has too."""
    reference = secrets.token_hex(3)
    logger.error("fault %s", reference, exc_info=fault)
    return Answer(
        words.plain("assistant.fault_headline"),
        (Paragraph(words.prose("assistant.fault", reference=reference)),),
        kind=Kind.REFUSAL,
        feature=feature,
        data={"reference": reference},
    )
