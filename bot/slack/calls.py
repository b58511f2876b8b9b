"""From what Slack sends to what was asked: commands, messages, buttons, forms, a Home tab.

Nothing here trusts a payload: a signature says that Slack sent it, not that it has the shape that
is expected. What has another shape is `Malformed`.

Payloads: https://docs.slack.dev/interactivity/implementing-slash-commands,
https://docs.slack.dev/reference/events, https://docs.slack.dev/reference/interaction-payloads.
"""

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from bot.presses import Malformed, fields, to_json
from bot.slack.render import form_state, form_values, press
from handlers.speech.answer import Press

Payload: TypeAlias = Mapping[str, Any]

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEY = re.compile(r"[\w.:-]{1,200}", re.ASCII)
_MARKUP = re.compile(r"<(?P<sort>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something comes from, and how it can be answered.

    Attributes:
        user: Who.
        team: The workspace of who it is; "" when Slack does not say.
        receipt: What recognises a repetition of it.
        channel: Where; "" for the Home tab and forms.
        thread: The timestamp of the thread; "" outside one.
        direct: Whether that is a conversation with Brug alone.
        response_url: Where an answer can be sent without being in the channel; "" for events.
        trigger: What opens a window for about three seconds; "" for events.
        view: The window that it was pressed in: "home", "modal", or "" for a message.
        view_id: The number of that window.
        message: The timestamp of what they wrote; "" for all else.
    """

    user: str
    team: str
    receipt: str
    channel: str = ""
    thread: str = ""
    direct: bool = False
    response_url: str = ""
    trigger: str = ""
    view: str = ""
    view_id: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back.

    Attributes:
        feature: The feature that takes it.
        values: What was filled in, by the name of the field.
        state: What the form carried along.
        names: The fields of the window, in order.
    """

    feature: str
    values: Mapping[str, str]
    state: Mapping[str, str]
    names: tuple[str, ...]


def command(body: Payload) -> tuple[str, str, Origin]:
    """Return a command without its slash, the words after it, and its origin.

    Raises:
        Malformed: If it is no command.
    """
    name, text = _text(body, "command"), _text(body, "text", "")
    channel = _id(body, "channel_id")
    origin = Origin(
        user=_id(body, "user_id"),
        team=_id(body, "team_id", ""),
        receipt=_receipt("trigger", body.get("trigger_id"), body),
        channel=channel,
        direct=channel.startswith("D"),
        response_url=_text(body, "response_url", ""),
        trigger=_text(body, "trigger_id", ""),
    )
    return name.removeprefix("/"), text, origin


def message(body: Payload) -> tuple[str, Origin] | None:
    """Return what somebody wrote to Brug alone, and its origin; None when it is not that.

    Raises:
        Malformed: If it is no message.
    """
    event = fields(body.get("event"))
    if event.get("channel_type") != "im":
        return None
    return _written(event, body, direct=True)


def mention(body: Payload) -> tuple[str, Origin] | None:
    """Return what somebody wrote to Brug in a channel, and its origin; None for what a bot wrote.

    The answer belongs in a thread under it.

    Raises:
        Malformed: If it is no message.
    """
    return _written(fields(body.get("event")), body, direct=False)


def opened(body: Payload) -> Origin | None:
    """Return who opened the Home tab; None for another tab.

    Raises:
        Malformed: If it is no such event.
    """
    event = fields(body.get("event"))
    if event.get("tab", "home") != "home":
        return None
    return Origin(_id(event, "user"), _team(event, body), _event_receipt(body))


def began(body: Payload) -> Origin | None:
    """Return who opened a conversation with Brug, and which; None for another tab.

    In the agent view that is the tab with messages; apps from before it get events of threads.

    Raises:
        Malformed: If it is no such event.
    """
    event = fields(body.get("event"))
    thread = fields(event.get("assistant_thread") or {})
    if thread:
        who = {**event, "user": thread.get("user_id")}
        channel, stamp = _id(thread, "channel_id"), _text(thread, "thread_ts", "")
    elif event.get("tab") == "messages":
        who, channel, stamp = event, _id(event, "channel"), ""
    else:
        return None
    return Origin(
        *(_id(who, "user"), _team(who, body), _event_receipt(body)),
        channel=channel,
        thread=stamp,
        direct=True,
    )


def pressed(body: Payload) -> tuple[Press, Origin]:
    """Return the button that somebody pressed, and its origin.

    Raises:
        Malformed: If it is no button of ours.
    """
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions:
        raise Malformed("no action was named")
    action = fields(cast("list[object]", actions)[0])
    return press(action.get("value")), interaction(body)


def interaction(body: Payload) -> Origin:
    """Return where something that was pressed, chosen or handed over comes from.

    Raises:
        Malformed: If it does not say so as Slack does.
    """
    container = fields(body.get("container") or {})
    view = fields(body.get("view") or {})
    about = fields(body.get("message") or {})
    channel = _text(fields(body.get("channel") or {}), "id", "") or _text(
        container, "channel_id", ""
    )
    trigger = body.get("trigger_id")
    return Origin(
        user=_id(fields(body.get("user")), "id"),
        team=_team(fields(body.get("user")), body),
        receipt=_receipt("trigger", trigger, body),
        channel=_checked(channel),
        thread=_text(about, "thread_ts", "") or _text(container, "thread_ts", ""),
        direct=channel.startswith("D"),
        response_url=_text(body, "response_url", ""),
        trigger=_text(body, "trigger_id", ""),
        # Without a conversation there is nothing but a window to answer in.
        view=_text(view, "type", "") or ("" if channel else "home"),
        view_id=_text(view, "id", ""),
    )


def submitted(body: Payload) -> tuple[Filled, Origin]:
    """Return the form that came back, and its origin.

    A window and its state together recognise it: a form that was sent back for a mistake and is
    sent again is not a repetition, for the mistake undid the first receipt.

    Raises:
        Malformed: If it is no form of ours.
    """
    view = fields(body.get("view"))
    user = fields(body.get("user"))
    number = _text(view, "id", "")
    values = form_values(fields(view.get("state") or {}).get("values") or {})
    filled = Filled(
        feature=_text(view, "callback_id"),
        values=values,
        state=form_state(_text(view, "private_metadata", "") or "{}"),
        names=tuple(values),
    )
    origin = Origin(
        user=_id(user, "id"),
        team=_team(user, body),
        receipt=_receipt("view", number and f"{number}:{_text(view, 'hash', '')}", body),
        trigger=_text(body, "trigger_id", ""),
        view="modal",
        view_id=number,
    )
    return filled, origin


def mentioned(text: str) -> tuple[str, ...]:
    """Return the users that a text of Slack names, each once."""
    found = (m["what"] for m in _MARKUP.finditer(text) if m["sort"] == "@")
    return tuple(dict.fromkeys(user for user in found if _ID.fullmatch(user)))


def readable(text: str, names: Mapping[str, str]) -> str:
    """Return a text of Slack as people read it, without Slack's markup.

    Args:
        text: As Slack sends it: "&amp;" for "&", "<@U1>" for a person, "<http://…|label>".
        names: What to say for the users that it names; whoever is not in it is left out.
    """

    def read(found: re.Match[str]) -> str:
        what, label = found["what"], found["label"]
        match found["sort"]:
            case "@":
                return names.get(what, "")
            case "#":
                return label or ""
            case "!":
                return ""  # @here, @channel and the like are for people
            case _:
                return label or what.removeprefix("mailto:")

    return " ".join(html.unescape(_MARKUP.sub(read, text)).split(" ")).strip()


def _written(
    event: Mapping[str, Any], body: Payload, *, direct: bool
) -> tuple[str, Origin] | None:
    # Edits, joins and the like have a subtype; what a bot wrote, Brug itself included, a bot_id.
    if event.get("subtype") or event.get("bot_id") or event.get("hidden"):
        return None
    thread = _text(event, "thread_ts", "")
    origin = Origin(
        user=_id(event, "user"),
        team=_team(event, body),
        receipt=_event_receipt(body),
        channel=_id(event, "channel"),
        thread=thread if direct else thread or _text(event, "ts"),
        direct=direct,
        message=_text(event, "ts", ""),
    )
    return _text(event, "text", ""), origin


def _team(who: Mapping[str, Any], body: Payload) -> str:
    """Return the workspace of a person: in a shared channel it is not that of the event."""
    own = body.get("team")
    team: Mapping[str, Any] = cast("dict[str, Any]", own) if isinstance(own, dict) else {}
    for found in (
        who.get("user_team"),
        who.get("team_id"),
        who.get("team"),
        body.get("team_id"),
        team.get("id"),
    ):
        if isinstance(found, str) and _ID.fullmatch(found):
            return found
    return ""


def _event_receipt(body: Payload) -> str:
    return _receipt("event", body.get("event_id"), body)


def _receipt(sort: str, number: object, body: Payload) -> str:
    """Return the key of a receipt: short, and with nothing in it that somebody typed."""
    if isinstance(number, str) and _KEY.fullmatch(number):
        return f"slack:{sort}:{number}"
    # Nothing names it: the same bytes are the same thing.
    digest = hashlib.sha256(to_json(body).encode("utf-8", "replace"))
    return f"slack:body:{digest.hexdigest()}"


def _text(of: Mapping[str, Any], name: str, default: str | None = None) -> str:
    found = of.get(name)
    if found is None and default is not None:
        return default
    if not isinstance(found, str):
        raise Malformed(f"{name}: text was expected")
    return found


def _id(of: Mapping[str, Any], name: str, default: str | None = None) -> str:
    return _checked(_text(of, name, default))


def _checked(number: str) -> str:
    if number and not _ID.fullmatch(number):
        raise Malformed("a number of Slack was expected")
    return number
