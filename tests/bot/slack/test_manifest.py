"""The manifest: a command for every feature, and a scope for everything that is used, no wider."""

import json
import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.client import WebClient
from typer.testing import CliRunner

from bot.commands import app
from bot.slack.manifest import (
    EVENTS,
    METHODS,
    MOST_COMMANDS,
    OLDER_EVENTS,
    TAKEN,
    manifest,
    scopes,
)
from handlers import FEATURES
from handlers.speech.words import LANGUAGES, Words
from tests.peers import emulate
from tests.peers.fixtures import Checks

UNLISTED = "'assistant:write' is not one of"
"""The types of @slack/web-api 8.2.0 know the agent view and not its scope, that Slack's pages name
(https://docs.slack.dev/ai/developing-agents)."""

SOURCES = Path(__file__).parents[3] / "bot/slack"


def test_every_feature_has_its_command_and_none_is_slacks_own() -> None:
    said = manifest(FEATURES, Words("nl"))["features"]["slash_commands"]
    names = [one["command"] for one in said]

    assert {f"/{feature.command}" for feature in FEATURES} <= set(names)
    assert "/brug" in names
    assert len(names) == len(set(names)) <= MOST_COMMANDS
    assert not {name.removeprefix("/") for name in names} & TAKEN
    assert all(re.fullmatch(r"/[a-z0-9_-]{1,31}", name) for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("url", ["", "https://brug.example.org/slack/events"])
def test_slack_would_take_the_manifest(
    slack_schemas: Callable[[str], Checks], language: str, url: str
) -> None:
    said = manifest(FEATURES, Words(language), url)

    check = slack_schemas("outbound")
    found = check("AppsManifestCreateArguments", {"manifest": said, "token": "x"})
    assert [one for one in found if UNLISTED not in one] == []
    assert len(said["display_information"]["description"]) <= 140
    assert 174 <= len(said["display_information"]["long_description"]) <= 4000
    assert said["settings"]["socket_mode_enabled"] is not bool(url)


def test_the_command_line_prints_it() -> None:
    done = CliRunner().invoke(app, ["manifest", "slack"])

    assert done.exit_code == 0
    assert json.loads(done.stdout) == manifest(FEATURES, Words("nl"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_can_be_handed_to_every_feature_that_takes_one(language: str) -> None:
    said = manifest(FEATURES, Words(language))["features"]["shortcuts"]

    assert [one["callback_id"] for one in said] == ["message:signals", "message:"]
    whole = [Words(language).plain(f"manifest.take_{name}") for name in ("signals", "question")]
    assert [one["name"] for one in said] == whole  # none was cut
    assert all(len(one["name"]) <= 24 and one["description"] for one in said)


def test_over_http_slack_knows_where_to_ask_for_suggestions() -> None:
    url = "https://brug.example.org/slack/events"
    asks = manifest(FEATURES, Words("nl"), url)["settings"]["interactivity"]

    assert asks["message_menu_options_url"] == url


def test_nothing_is_called_that_the_manifest_does_not_know() -> None:
    written = "\n".join(path.read_text() for path in SOURCES.glob("*.py"))
    families = "assistant|auth|chat|conversations|files|reactions|team|usergroups|users|views"
    found: list[str] = re.findall(rf"(?:web|client)\.((?:{families})_\w+)\(", written)
    called = {name.replace("_", ".").replace("..", ".") for name in found}

    assert called | {"apps.connections.open"} == set(METHODS)
    listened = set(re.findall(r'app\.event\("(\w+)"\)', written))
    assert listened == {name.partition(".")[0] for name in EVENTS} | set(OLDER_EVENTS)


@pytest.fixture(scope="module")
def strict(
    node_modules: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[emulate.Emulated]:
    """A Slack that holds a token to its scopes."""
    with emulate.running(node_modules, tmp_path_factory.mktemp("emulate"), scopes()) as slack:
        yield slack


def test_the_scopes_are_enough_for_all_that_is_called(strict: emulate.Emulated) -> None:
    assert strict.refused_scopes(strict.token) == {}


@pytest.mark.parametrize("left_out", ["chat:write", "users:read"])
def test_no_scope_can_be_left_out(strict: emulate.Emulated, left_out: str) -> None:
    assert strict.refused_scopes(strict.without[left_out])


def test_a_scope_that_is_not_there_is_refused_so_the_check_means_something(
    strict: emulate.Emulated,
) -> None:
    client: Any = WebClient(strict.token, base_url=strict.base_url)
    with pytest.raises(SlackApiError, match="missing_scope"):
        client.reactions_add(channel=strict.channel, name="wave", timestamp="1.1")
