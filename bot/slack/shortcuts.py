"""What people do without typing to Brug: a shortcut under a message, and choosing while typing.

A message shortcut hands over what somebody wrote, perhaps somebody else; its answer is for who
pressed it alone. What has another shape than Slack's own is `Malformed`.

Payloads: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload and
/block_suggestion-payload. Peers know neither, so the tests play them.
"""

from dataclasses import dataclass, replace
from typing import cast

from bot.presses import Malformed, fields
from bot.slack.calls import Origin, Payload, interaction, readable
from bot.slack.render import SEARCH
from handlers.speech.answer import Press
from handlers.suggesting import chosen

PREFIX = "message"
"""The callback_id of a shortcut is "message:" and the feature that takes the text; nothing after
it is a question to Brug."""

_GONE = "tombstone"
"""The subtype of a message that was deleted while others answered it."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A message that somebody handed to Brug.

    Attributes:
        feature: The feature that takes it; "" for a question.
        text: What it says, without mentions and markup; "" when there are no words in it.
        gone: Whether it was deleted.
    """

    feature: str
    text: str
    gone: bool = False


def handed(body: Payload) -> tuple[Handed, Origin]:
    """Return the message under which a shortcut was chosen, and its origin.

    Raises:
        Malformed: If it is no shortcut of ours.
    """
    prefix, colon, feature = str(body.get("callback_id") or "").partition(":")
    if prefix != PREFIX or not colon:
        raise Malformed("no shortcut of ours")
    about = fields(body.get("message") or {})
    text = about.get("text")
    gone = not about or about.get("subtype") == _GONE or bool(about.get("hidden"))
    # Who is mentioned in somebody else's words is left out: those words may be kept.
    said = readable(text, {}) if isinstance(text, str) and not gone else ""
    # Brug need not be in that conversation, which may be one between two other people.
    return Handed(feature, said, gone), replace(interaction(body), view="", direct=False)


def picked(body: Payload) -> tuple[Press, Origin]:
    """Return what it does to choose a suggestion outside a form, and its origin.

    Raises:
        Malformed: If nothing of ours was chosen.
        NotUnderstood: If it means nothing there.
    """
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions:
        raise Malformed("no action was named")
    action = fields(cast("list[object]", actions)[0])
    option = fields(action.get("selected_option"))
    value = option.get("value")
    if not isinstance(value, str):
        raise Malformed("an option was expected")
    return chosen(_source(action.get("action_id")), value), interaction(body)


def typed(body: Payload) -> tuple[str, str, Origin]:
    """Return what is searched, what was typed so far, and its origin.

    Raises:
        Malformed: If nothing of ours is searched.
    """
    value = body.get("value")
    if not isinstance(value, str):
        raise Malformed("text was expected")
    return _source(body.get("action_id")), value, interaction(body)


def _source(action_id: object) -> str:
    prefix, colon, source = str(action_id or "").partition(":")
    if prefix != SEARCH or not colon:
        raise Malformed("no search of ours")
    return source
