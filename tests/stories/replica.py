"""One replica, as a process that may be killed at any step: the post, `brug serve`, or naive.

The post alone delivers and does nothing else, so that it dies as often as can be. `brug serve` is
the whole program, with its server, its Slack room and its timetable; it only has less patience
than in production, and dies where it stands. The naive one is an APScheduler job that posts: what
most programs of this kind do. Each says on `say`, a line each, at which step it kills itself.
"""

import os
import random
import signal
import time
from collections.abc import Generator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler  # pyright: ignore[reportMissingTypeStubs]
from slack_sdk import WebClient

from bot import clockwork
from bot.commands import app
from bot.slack.deliver import SlackCourier
from scheduler.post import Clocks, Patience, Post
from store import StoreError, open_store
from store.records import LetterState, Pace

LIMIT, TAIL = 0.4, 0.8
"""Seconds: when the courier gives up, and how late a message may still land (`slow`)."""

PATIENCE = Patience(
    quiet=LIMIT + TAIL + 0.3,
    pause=0.3,
    lease=0.6,
    again=0.2,
    busy=0.1,
    repair=2,
    give_up=3600,
    watch=0.1,
)


class Mortal:
    """What kills its process now and then, and says where."""

    def __init__(self, share: float, seed: str, say: int) -> None:
        """Die with this chance at each step, and say so on this file descriptor."""
        self._share = share
        self._choose = random.Random(seed)  # noqa: S311 - a seeded generator is the point
        self._say = say

    def pass_(self, step: str) -> None:
        """Pass a step, or die."""
        if self._choose.random() < self._share:
            os.write(self._say, f"{step}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)


class MortalPost(Post):
    """The post, in a process that may die at each of its steps."""

    mortal: Mortal

    def steps(self) -> Generator[str, None, float | None]:
        """Do what the post does, and die at any step."""
        steps = super().steps()
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                pause: float | None = end.value
                return pause
            if step != "beginning":
                self.mortal.pass_(step)
            yield step


def deliver(url: str, slack: str, mortal: Mortal) -> None:
    """Deliver for ever, step by step, and die at any of them."""
    store = open_store(url)
    courier = SlackCourier("xoxb-played", lambda _: None, base_url=slack, limit=LIMIT)
    clocks = Clocks(lambda: datetime.now(UTC), time.monotonic)
    post = MortalPost(store, {"slack": courier}, clocks, patience=PATIENCE, pace=Pace(0, 0))
    post.mortal = mortal
    while True:
        try:
            if not post.deliver(time.sleep, lambda: False):
                time.sleep(0.05)
        except StoreError:
            time.sleep(0.05)


def serve(url: str, slack: str, mortal: Mortal) -> None:
    """Be `brug serve`, with everything that it does."""
    os.environ |= {
        "BRUG_DATABASE_URL": url,
        "BRUG_PORT": "0",
        "BRUG_LOG_LEVEL": "ERROR",
        "SLACK_BOT_TOKEN": "xoxb-played",
        "SLACK_SIGNING_SECRET": "an-invented-signing-secret",
        "SLACK_API_BASE_URL": slack,
    }
    MortalPost.mortal = mortal
    # Where the objects of the program meet: the same ones, in a greater hurry.
    meeting: Any = clockwork
    meeting.Post = partial(MortalPost, patience=PATIENCE, pace=Pace(0, 0))
    meeting.SlackCourier = partial(SlackCourier, limit=LIMIT)
    app(["serve"])


def naive(url: str, slack: str, mortal: Mortal) -> None:
    """Post what waits from a job of a scheduler, and then write down that it went."""
    store = open_store(url)
    client: Any = WebClient("xoxb-played", base_url=slack, timeout=1)  # with its own retry handler

    def job() -> None:
        with store.read() as tx:
            waiting = tx.outbox.in_state(LetterState.WAITING, limit=20)
        for letter in waiting:
            mortal.pass_("before posting")
            channel = letter.address.rpartition(":")[2]
            payload = {"key": letter.key}
            metadata = {"event_type": "naive", "event_payload": payload}
            try:
                said = client.chat_postMessage(channel=channel, text="x", metadata=metadata)
            except Exception:  # noqa: BLE001, S112 - what such programs do
                continue
            mortal.pass_("after posting")
            with store.begin() as tx:
                tx.outbox.sent(letter.key, str(said["ts"]), datetime.now(UTC), None)

    scheduler: Any = BackgroundScheduler(timezone="Europe/Brussels")
    scheduler.add_job(job, "interval", seconds=0.1, max_instances=1)
    scheduler.start()
    while True:
        time.sleep(1)


DESIGNS = {"post": deliver, "serve": serve, "naive": naive}


def run(design: str, url: str, slack: str, mortal: Mortal) -> None:
    """Be one replica until killed.

    Args:
        design: "post" (the protocol alone), "serve" (the whole program), or "naive".
        url: Of the database.
        slack: The base URL of Slack's Web API.
        mortal: What kills it.
    """
    DESIGNS[design](url, slack, mortal)
