"""Buttons: which ones stand under an answer, and how a press travels through a platform.

A press goes out as a small object, comes back through somebody else's hands, and is taken apart
here. What does not look like a press is `Malformed`; whether it may be done is up to the handler.
"""

import json
from collections.abc import Mapping
from typing import cast

from bot.characters import clean
from handlers.hearing.following import Turn, turn
from handlers.hearing.plain import fold
from handlers.speech.answer import WHY, Answer, Audience, Button, Json, Press
from handlers.speech.words import Words

AGAIN = "again"
"""The value of "Waarom?" that holds another press, whose answer it explains."""

_KEYS = {"feature", "verb", "values"}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LONGEST_AGAIN = 1000
"""Characters of it: a press carries 1,500."""


class Malformed(Exception):
    """Something came back from a platform that Brug did not send out that way."""


def buttons(answer: Answer, words: Words, asked: str) -> tuple[Button, ...]:
    """Return what can be pressed under an answer: its own buttons, then "Waarom?" and "Deel".

    Args:
        answer: The answer.
        words: The phrases of who reads it.
        asked: The words that led to the answer. "Waarom?" and "Deel in kanaal" carry them, as
            `Press("", "why", {"words": asked})` and `Press("", "share", {"words": asked})`: the
            answer is made again from them, so that nothing has to be kept. Without words these
            two are left out. (Of a list that goes on from another, see `why_of`.)
    """
    found = list(answer.buttons)
    if asked and answer.why:
        found.append(Button(words.plain("room.why"), why_of(answer, asked)))
    if asked and answer.shareable and answer.audience is Audience.PRIVATE:
        found.append(Button(words.plain("room.share"), Press("", "share", {"words": asked})))
    return tuple(found)


def why_of(answer: Answer, asked: str) -> Press:
    """Return the press that explains the answer to these words.

    What "meer" or "en in Gent?" led to is explained by the page that it showed: asked anew, those
    words would go on from it once more.
    """
    page, about = answer.data.get("page"), answer.data.get("asked")
    if turn(fold(asked)) in {Turn.PAGE, Turn.MOVED} and isinstance(page, int):
        shown = Press(answer.feature, "more", texts({"words": str(about), "page": str(page)}))
        if len(again := to_json(packed(shown))) <= _LONGEST_AGAIN:
            return Press("", WHY, {AGAIN: again})
    return Press("", WHY, {"words": asked})


def why(press: Press, words: Words) -> Button | None:
    """Return "Waarom?" for what a press of a feature led to: there are no words to ask again.

    Returns:
        None where the press is too long to be carried by another.
    """
    again = to_json(packed(press))
    if len(again) > _LONGEST_AGAIN:
        return None
    return Button(words.plain("room.why"), Press("", WHY, {AGAIN: again}))


def packed(press: Press) -> Mapping[str, Json]:
    """Return a press as an object of JSON; `unpacked` is the way back.

    Characters that no platform carries (see `characters.clean`) are left out.
    """
    return {"feature": press.feature, "verb": press.verb, "values": texts(press.values)}


def unpacked(value: object) -> Press:
    """Return the press that came back.

    Raises:
        Malformed: If it is not what `packed` makes.
    """
    back = fields(value)
    feature, verb = back.get("feature"), back.get("verb")
    if set(back) != _KEYS or not isinstance(feature, str) or not isinstance(verb, str):
        raise Malformed("not a press: feature, verb and values were expected")
    return Press(feature, verb, strings(back["values"]))


def texts(values: Mapping[str, str]) -> dict[str, str]:
    """Return values with only characters that every platform carries."""
    return {clean(name): clean(value) for name, value in values.items()}


def fields(value: object) -> Mapping[str, object]:
    """Return an object that came back.

    Raises:
        Malformed: If it is anything else.
    """
    if not isinstance(value, dict):
        raise Malformed("an object was expected")
    back = cast("dict[object, object]", value)
    if not all(isinstance(name, str) for name in back):
        raise Malformed("an object was expected")
    return cast("Mapping[str, object]", value)


def strings(value: object) -> Mapping[str, str]:
    """Return a mapping of strings that came back.

    Raises:
        Malformed: If it is anything else.
    """
    back = fields(value)
    if not all(isinstance(text, str) for text in back.values()):
        raise Malformed("an object of strings was expected")
    return cast("Mapping[str, str]", back)


def from_json(text: object) -> object:
    """Return what a piece of JSON holds.

    Raises:
        Malformed: If it is no JSON, or nested too deep to read.
    """
    if not isinstance(text, str):
        raise Malformed("no JSON: text was expected")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("no JSON") from error


def to_json(value: object) -> str:
    """Return a value as JSON in as few characters as possible."""
    return _JSON.encode(value)
