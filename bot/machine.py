"""An answer for machines: one JSON object."""

from collections.abc import Mapping

from bot.console.render import text
from handlers.speech.answer import Answer, Json
from handlers.speech.form import Form
from handlers.speech.words import Words


def as_json(said: Answer | Form, words: Words, asked: str) -> Mapping[str, Json]:
    """Return an answer or a form as an object that fits in JSON.

    Keys: `feature` (slug), `kind` (answer, question, form, refusal), `headline`, `text` (as the
    console shows it, without colours), `data` (each feature documents its own), `source` (in
    words, with the date; None for small talk and questions), `confidence` (0 to 1).
    """
    if isinstance(said, Form):
        return {
            "feature": said.feature,
            "kind": "form",
            "headline": said.title,
            "text": text(said, words, asked),
            "data": {"fields": [field.name for field in said.fields]},
            "source": None,
            "confidence": 1.0,
        }
    return {
        "feature": said.feature,
        "kind": said.kind.value,
        "headline": said.headline,
        "text": text(said, words, asked),
        "data": said.data,
        "source": said.source.text if said.source else None,
        "confidence": round(said.confidence, 3),
    }
