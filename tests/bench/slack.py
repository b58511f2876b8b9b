"""Signed commands over HTTP: Brug beside a bare AsyncApp, in the same run.

`python -m tests.bench.slack`. Both run in a process of their own on uvicorn; the client and a
Slack that takes the answers run in this one, so that all share the machine's cores. The bare app
verifies the signature with Bolt's own check, acknowledges, and does nothing else. Brug does all
that it does: gate, receipt in the database, answer, and a post to the `response_url`.

Open loop: commands leave at a fixed rate whatever comes back, so a slow answer is not hidden. The
time is until the acknowledgement; the answers are waited for and counted.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import aiohttp

from store import open_store, seed, upgrade
from tests.conftest import MONDAY
from tests.stories.slack_stage import BOT_TOKEN, SECRET, TEAM, Stage, staged
from tests.waiting import free_port, until

RATES = (10, 100)
"""Commands per second."""

SECONDS = 8
WORDS = ("Gent", "gnet", "8500", "Ninove", "Erembodegem", "Kortrijk", "Limburg", "Meldert")

BARE = """
import sys
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.routing import Route
import uvicorn

async def authorize():
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="x", bot_user_id="U0")

app = AsyncApp(signing_secret=sys.argv[1], authorize=authorize)

@app.command("/wie")
async def command(ack):
    await ack()

handler = AsyncSlackRequestHandler(app)

async def events(request):
    return await handler.handle(request)

site = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
uvicorn.run(site, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
"""


@dataclass(frozen=True)
class Measured:
    """What came of one run.

    Attributes:
        name: Which server.
        rate: Commands per second that were sent; 0 for as fast as 32 connections go.
        reached: Acknowledgements per second.
        times: Milliseconds until each acknowledgement.
        failed: Commands without one.
    """

    name: str
    rate: int
    reached: float
    times: list[float]
    failed: int

    def row(self) -> str:
        """Return it as a row of the table."""
        cuts = quantiles(self.times, n=100) if len(self.times) > 1 else [0.0] * 99
        how = f"{self.rate}/s" if self.rate else "32 at once"
        return (
            f"| {self.name} | {how} | {self.reached:.0f} | {cuts[49]:.1f} | {cuts[98]:.1f} "
            f"| {self.failed} |"
        )


async def _one(
    session: aiohttp.ClientSession, base: str, stage: Stage, number: int
) -> float | None:
    signed = stage.command("/wie", WORDS[number % len(WORDS)])
    began = time.perf_counter()
    try:
        async with session.post(base, data=signed.body, headers=signed.headers) as answer:
            await answer.read()
            return (time.perf_counter() - began) * 1000 if answer.status == 200 else None
    except (aiohttp.ClientError, TimeoutError):
        return None


async def _open_loop(name: str, base: str, stage: Stage, rate: int) -> Measured:
    began, sent = time.perf_counter(), list[asyncio.Task[float | None]]()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        for number in range(rate * SECONDS):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            sent.append(asyncio.ensure_future(_one(session, base, stage, number)))
        times = await asyncio.gather(*sent)
    return _measured(name, rate, times, time.perf_counter() - began)


async def _closed_loop(name: str, base: str, stage: Stage) -> Measured:
    began, times = time.perf_counter(), list[float | None]()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:

        async def one_after_another() -> None:
            while time.perf_counter() - began < SECONDS / 2:
                times.append(await _one(session, base, stage, len(times)))

        await asyncio.gather(*(one_after_another() for _ in range(32)))
    return _measured(name, 0, times, time.perf_counter() - began)


def _measured(name: str, rate: int, times: list[float | None], took: float) -> Measured:
    good = [one for one in times if one is not None]
    return Measured(name, rate, len(good) / took, good, len(times) - len(good))


def _ready(base: str, stage: Stage) -> bool:
    async def ask() -> float | None:
        async with aiohttp.ClientSession() as session:
            return await _one(session, base, stage, 0)

    return asyncio.run(ask()) is not None


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder, staged() as stage:
        url = f"sqlite:///{Path(folder) / 'brug.db'}"
        store = open_store(url)
        upgrade(store)
        seed(store, MONDAY)
        store.close()
        ports = {"bare AsyncApp": free_port(), "Brug": free_port()}
        settings = {
            "BRUG_DATABASE_URL": url,
            "BRUG_PORT": str(ports["Brug"]),
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_BASE_URL": stage.base_url,
            "SLACK_HOME_WORKSPACE": TEAM,
        }
        bare = [sys.executable, "-c", BARE, SECRET, str(ports["bare AsyncApp"])]
        servers = [
            subprocess.Popen(bare),
            subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                env=os.environ | settings,
                stdout=subprocess.DEVNULL,
            ),
        ]
        try:
            _print(ports, stage)
        finally:
            for server in servers:
                server.terminate()
                server.wait(20)


def _print(ports: dict[str, int], stage: Stage) -> None:
    print("| server | commands | acknowledged/s | p50 ms | p99 ms | failed |")
    print("|---|---|---|---|---|---|")
    asked = said = 0
    for name, port in ports.items():
        base = f"http://127.0.0.1:{port}/slack/events"
        until(lambda base=base: _ready(base, stage), f"{name} answers")
        _settled(stage)
        for rate in RATES:
            before = len(stage.said())
            measured = asyncio.run(_open_loop(name, base, stage, rate))
            print(measured.row(), flush=True)
            if name == "Brug":
                asked += len(measured.times)
                said += _settled(stage) - before
        measured = asyncio.run(_closed_loop(name, base, stage))
        print(measured.row(), flush=True)
    print(f"\nOf Brug's {asked} acknowledged commands at a fixed rate {said} got an answer")
    print("after it; the others heard in the acknowledgement itself that it was too busy.")


def _settled(stage: Stage) -> int:
    """Wait until nothing is said any more for a second, and return how much was said."""
    known = -1
    while known != (known := len(stage.said())):
        time.sleep(1)
    return known


if __name__ == "__main__":
    main()
