"""Brug in a Slack that we play, with a feature that can be held up."""

import json
from collections.abc import Generator
from dataclasses import dataclass, field

import pytest

from bot.assistant import Assistant
from bot.slack.listen import Account, SlackRoom
from bot.warming import warm_up
from handlers import FEATURES
from store import Store
from tests.conftest import ATLAS, MONDAY
from tests.peers.fixtures import Checks
from tests.stories.made_up import MadeUp
from tests.stories.serving import served
from tests.stories.slack_stage import (
    APP_TOKEN,
    BOT_TOKEN,
    SECRET,
    TEAM,
    Signed,
    Stage,
    send,
    staged,
)
from tests.waiting import until


@dataclass
class Played:
    """Brug in a Slack that we play.

    Attributes:
        stage: That Slack.
        base: Where Brug listens.
        room: Its room.
        store: What it keeps.
        made_up: The feature that can be held up.
        answers: What came back to requests.
    """

    stage: Stage
    base: str
    room: SlackRoom
    store: Store
    made_up: MadeUp
    answers: list[str] = field(default_factory=list[str])

    def send(self, signed: Signed) -> tuple[int, str]:
        """Send a request, and return the status and the body of the answer."""
        status, body = send(self.base, signed)
        self.answers.append(body)
        return status, body


@pytest.fixture
def stage() -> Generator[Stage]:
    """A Slack that we play."""
    with staged() as playing:
        yield playing


def playing(stage: Stage, store: Store, *, socket: bool) -> Generator[Played]:
    """Yield Brug in that Slack, over HTTP or a socket."""
    made_up = MadeUp()
    features = (*FEATURES, made_up.feature, made_up.writing)
    account = Account(
        BOT_TOKEN,
        "" if socket else SECRET,
        APP_TOKEN if socket else "",
        stage.base_url,
        TEAM,
    )
    assistant = Assistant(store, features, lambda: MONDAY, atlas=ATLAS)
    warm_up(assistant, store, MONDAY)  # as a server does: Slack waits three seconds
    room = SlackRoom(account, assistant)
    with served([room], store) as base:
        until(lambda: room.healthy, "Brug is in Slack")
        brug = Played(stage, base, room, store, made_up)
        yield brug
        made_up.go.set()
        stage.answered += [json.loads(body) for body in brug.answers if body.startswith("{")]
        stage.answered += [ack["payload"] for ack in stage.acks if ack.get("payload")]


@pytest.fixture
def played(stage: Stage, sqlite_store: Store, block_kit: Checks) -> Generator[Played]:
    """Brug in that Slack, over HTTP; all that it sends is what Slack takes."""
    yield from playing(stage, sqlite_store, socket=False)
    assert list(problems(stage, block_kit)) == []


@pytest.fixture
def played_over_a_socket(
    stage: Stage, sqlite_store: Store, block_kit: Checks
) -> Generator[Played]:
    """Brug in that Slack, in Socket Mode; all that it sends is what Slack takes."""
    yield from playing(stage, sqlite_store, socket=True)
    assert list(problems(stage, block_kit)) == []


def problems(stage: Stage, block_kit: Checks) -> Generator[str]:
    """Yield what Slack would refuse of everything that was sent, or answered to a request."""
    for payload in (*(sent.payload for sent in stage.sent), *stage.answered):
        if "blocks" in payload:
            yield from block_kit("MessageBlocks", payload["blocks"])
        if "view" in payload:
            name = "Home" if payload["view"]["type"] == "home" else "Modal"
            yield from block_kit(name, payload["view"])
        if "options" in payload:
            yield from block_kit("Suggestions", payload)
