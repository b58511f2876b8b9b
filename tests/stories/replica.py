"""One replica of the post, as a process that may be killed at any step; and the naive design.

The naive one is an APScheduler job that posts: what most programs of this kind do. Each says on
standard output, a line each, at which step it kills itself.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler  # pyright: ignore[reportMissingTypeStubs]
from slack_sdk import WebClient

from bot.slack.deliver import SlackCourier
from scheduler.post import Clocks, Patience, Post
from store import Store, StoreError, open_store
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


def _die(step: str) -> None:
    os.write(sys.stdout.fileno(), f"{step}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)


def deliver(store: Store, slack: str, share: float, choose: random.Random) -> None:
    """Deliver for ever, step by step, and die at any of them."""
    courier = SlackCourier("xoxb-played", lambda _: None, base_url=slack, limit=LIMIT)
    clocks = Clocks(lambda: datetime.now(UTC), time.monotonic)
    post = Post(store, {"slack": courier}, clocks, patience=PATIENCE, pace=Pace(0, 0))
    while True:
        try:
            steps = post.steps()
            while True:
                step = next(steps)
                if step != "beginning" and choose.random() < share:
                    _die(step)
        except StopIteration as end:
            if end.value is None:
                time.sleep(0.05)
        except StoreError:
            time.sleep(0.05)


def naive(store: Store, slack: str, share: float, choose: random.Random) -> None:
    """Post what waits from a job of a scheduler, and then write down that it went."""
    client: Any = WebClient("xoxb-played", base_url=slack, timeout=1)  # with its own retry handler

    def job() -> None:
        with store.read() as tx:
            waiting = tx.outbox.in_state(LetterState.WAITING, limit=20)
        for letter in waiting:
            if choose.random() < share:
                _die("before posting")
            channel = letter.address.rpartition(":")[2]
            payload = {"key": letter.key}
            metadata = {"event_type": "naive", "event_payload": payload}
            try:
                said = client.chat_postMessage(channel=channel, text="x", metadata=metadata)
            except Exception:  # noqa: BLE001, S112 - what such programs do
                continue
            if choose.random() < share:
                _die("after posting")
            with store.begin() as tx:
                tx.outbox.sent(letter.key, str(said["ts"]), datetime.now(UTC), None)

    scheduler: Any = BackgroundScheduler(timezone="Europe/Brussels")
    scheduler.add_job(job, "interval", seconds=0.1, max_instances=1)
    scheduler.start()
    while True:
        time.sleep(1)


def run(design: str, url: str, slack: str, share: float, seed: str) -> None:
    """Be one replica until killed.

    Args:
        design: "post" (the protocol), or "naive".
        url: Of the database.
        slack: The base URL of Slack's Web API.
        share: The chance to be killed at each step.
        seed: Of that chance.
    """
    choose = random.Random(seed)  # noqa: S311 - a seeded generator is the point
    {"post": deliver, "naive": naive}[design](open_store(url), slack, share, choose)
