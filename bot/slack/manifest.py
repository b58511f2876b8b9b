"""Brug's app manifest for Slack, made from the features: commands, events, and their scopes.

A scope is here because a method or an event that Brug uses needs it, and for no other reason; the
tests compare the table below with every call that they see.

Sources: https://docs.slack.dev/reference/app-manifest; the scopes per method and event from their
own pages under https://docs.slack.dev/reference/methods and /reference/events.
"""

from collections.abc import Sequence
from typing import Any

from handlers.feature import AnyFeature
from handlers.speech.words import Words

METHODS: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "apps.connections.open": (),  # takes the app-level token, with connections:write
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.delete": ("chat:write",),
    # Whether a letter arrived is read in its channel, or in the conversation with a person.
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.open": ("im:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
    "users.lookupByEmail": ("users:read.email",),
    "users.info": ("users:read", "users:read.email"),
    "views.open": (),
    "views.push": (),
    "views.update": (),
    "views.publish": (),
}
"""Every method of the Web API that Brug calls, and the scopes that it takes."""

EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "message.im": ("im:history", "files:read"),  # with the files that are dropped in it
}
"""Every event that Brug listens to, and the scopes that it takes."""

COMMAND = "brug"
"""Everything in one command, where a workspace wants no more than one."""

MOST_COMMANDS = 50
"""Slack takes no more (https://docs.slack.dev/reference/app-manifest)."""

TAKEN = frozenset(
    (
        *("active", "apps", "archive", "away", "call", "collapse", "dm", "dnd", "expand", "feed"),
        *("feedback", "help", "invite", "join", "kick", "leave", "me", "msg", "mute", "open"),
        *("people", "prefs", "remind", "remove", "rename", "search", "shortcuts", "shrug"),
        *("star", "status", "topic", "who"),
    )
)
"""Slack's own commands (https://slack.com/help/articles/201259356); an app cannot have them."""

_DESCRIPTION = 2000
_HINT = 1000


def manifest(features: Sequence[AnyFeature], words: Words, url: str = "") -> dict[str, Any]:
    """Return the manifest.

    Args:
        features: What Brug can do.
        words: The phrases of the workspace.
        url: Where Slack reaches Brug over HTTPS ("https://brug.example.org/slack/events"); ""
            for Socket Mode.
    """
    reached: dict[str, Any] = {"request_url": url} if url else {}
    own = {"url": url} if url else {}
    commands = [
        {
            "command": f"/{name}",
            "description": description[:_DESCRIPTION],
            **({"usage_hint": hint[:_HINT]} if hint else {}),
            "should_escape": True,  # mentions come with the number of the user
            **own,
        }
        for name, description, hint in _commands(features, words)
    ]
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": words.plain("room.name"),
            "description": words.plain("manifest.short"),
            "long_description": words.plain("manifest.long"),
            "background_color": "#1f4e5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            # Slack takes a-z, 0-9, "-", "_" and "." here.
            "bot_user": {"display_name": COMMAND, "always_online": True},
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {**reached, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **reached},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def scopes() -> list[str]:
    """Return the scopes of the bot token, each because something needs it."""
    used = {scope for wanted in (*METHODS.values(), *EVENTS.values()) for scope in wanted}
    return sorted(used | {"commands"})


def _commands(features: Sequence[AnyFeature], words: Words) -> list[tuple[str, str, str]]:
    """Return name, description and hint of each command, aliases last: those may fall off."""
    found = {COMMAND: (words.plain("manifest.everything"), words.plain("manifest.hint"))}
    for names in (
        [(feature, feature.command) for feature in features],
        [(feature, alias) for feature in features for alias in feature.aliases],
    ):
        for feature, name in names:
            example = feature.examples[0].words.removeprefix(f"{feature.command} ")
            hint = example if example != feature.examples[0].words else ""
            found.setdefault(name, (words.plain(f"help.what_{feature.name}"), hint))
    free = [(name, *said) for name, said in found.items() if name not in TAKEN]
    return free[:MOST_COMMANDS]
