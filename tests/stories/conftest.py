"""Brug in a Slack that we play, with a feature that can be held up."""

from collections.abc import Generator
from dataclasses import dataclass

import pytest

from bot.assistant import Assistant
from bot.slack.listen import Account, SlackRoom
from handlers import FEATURES
from store import Store
from tests.conftest import MONDAY
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
    """

    stage: Stage
    base: str
    room: SlackRoom
    store: Store
    made_up: MadeUp

    def send(self, signed: Signed) -> tuple[int, str]:
        """Send a request, and return the status and the body of the answer."""
        return send(self.base, signed)


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
    room = SlackRoom(account, Assistant(store, features, lambda: MONDAY))
    with served([room], store) as base:
        until(lambda: room.healthy, "Brug is in Slack")
        yield Played(stage, base, room, store, made_up)
        made_up.go.set()


@pytest.fixture
def played(stage: Stage, sqlite_store: Store, block_kit: Checks) -> Generator[Played]:
    """Brug in that Slack, over HTTP; all that it sends is what Slack takes."""
    yield from playing(stage, sqlite_store, socket=False)
    assert list(problems(stage, block_kit)) == []


@pytest.fixture
def played_over_a_socket(stage: Stage, sqlite_store: Store) -> Generator[Played]:
    """Brug in that Slack, in Socket Mode."""
    yield from playing(stage, sqlite_store, socket=True)


def problems(stage: Stage, block_kit: Checks) -> Generator[str]:
    """Yield what Slack would refuse of everything that was sent."""
    for sent in stage.sent:
        if "blocks" in sent.payload:
            yield from block_kit("MessageBlocks", sent.payload["blocks"])
        if "view" in sent.payload:
            name = "Home" if sent.method == "views.publish" else "Modal"
            yield from block_kit(name, sent.payload["view"])
