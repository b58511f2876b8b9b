"""Signed commands over HTTP: Brug beside a bare AsyncApp, in the same run.

`python -m tests.bench.slack [--seconds 8] [--rounds 5]`. Each server runs in a process of its own
on uvicorn; the client and a Slack that takes the answers run in this one, so that all share the
machine's cores. The bare app does what any app does, and no more: it verifies the signature with
Bolt's own check, acknowledges, and answers one fixed line to the `response_url` with Bolt's own
`respond`. Brug does all that it does: gate, receipt in the database, a real answer, and a post to
the same `response_url`.

Open loop: commands leave at a fixed rate whatever comes back, so a slow answer is not hidden.
Closed loop: 32 people, each of whom types the next command when the answer to the last has come.
The two servers take turns, in rounds; the one that idles costs nothing but its memory. The ratio
of a round holds whatever else the machine does at that moment, and the median of the rounds is the
figure. Beside it stands the processor time for each answer: the server's own, not the client's.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
from aiohttp import web

from store import open_store, seed, upgrade
from tests.conftest import MONDAY
from tests.stories.slack_stage import BOT_TOKEN, SECRET, TEAM, Signed, Stage
from tests.waiting import free_port, until

RATES = (10, 100)
"""Commands per second."""

PEOPLE = 32
"""Who ask one thing after another, in the closed loop."""

PATIENCE = 5.0
"""Seconds that somebody waits for an answer."""

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
async def command(ack, respond):
    await ack()
    await respond("Frederik, 0470 00 00 00")

handler = AsyncSlackRequestHandler(app)

async def events(request):
    return await handler.handle(request)

site = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
uvicorn.run(site, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
"""


@dataclass
class AnsweringStage(Stage):
    """A Slack that knows which command an answer is for."""

    waiting: dict[str, tuple[asyncio.AbstractEventLoop, "asyncio.Future[float]"]] = field(
        default_factory=dict[str, tuple[asyncio.AbstractEventLoop, "asyncio.Future[float]"]]
    )

    def ask(self, text: str) -> tuple[Signed, "asyncio.Future[float]"]:
        """Return a command, and when its answer comes."""
        loop = asyncio.get_running_loop()
        number, coming = str(len(self.waiting)), loop.create_future()
        self.waiting[number] = loop, coming
        url = f"{self.response_url}?n={number}"
        return self.command("/wie", text, response_url=url), coming

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        said = await super()._respond(request)
        loop, coming = self.waiting[request.query["n"]]
        if not loop.is_closed():  # whoever asked has given up by now
            loop.call_soon_threadsafe(_came, coming, time.perf_counter())
        return said


def _came(coming: "asyncio.Future[float]", at: float) -> None:
    if not coming.done():
        coming.set_result(at)


@dataclass(frozen=True)
class Times:
    """Milliseconds from a command to its acknowledgement, and to its answer; None for never."""

    acknowledged: float | None
    answered: float | None


@dataclass(frozen=True)
class Measured:
    """What came of one run.

    Attributes:
        name: Which server.
        rate: Commands per second that were sent; 0 for as fast as `PEOPLE` go.
        took: Seconds.
        times: Of each command.
        burnt: Seconds of processor time that the server took.
    """

    name: str
    rate: int
    took: float
    times: list[Times]
    burnt: float = 0.0

    @property
    def reached(self) -> float:
        """Answers per second."""
        return len(self._good("answered")) / self.took

    @property
    def cost(self) -> float:
        """Milliseconds of processor time for each answer."""
        return self.burnt * 1000 / max(1, len(self._good("answered")))

    def row(self) -> str:
        """Return it as a row of the table."""
        cells = [self.name, f"{self.rate}/s" if self.rate else f"{PEOPLE} people"]
        cells.append(f"{self.reached:.0f}")
        for which in ("acknowledged", "answered"):
            good = self._good(which)
            cuts = quantiles(good, n=100) if len(good) > 1 else [0.0] * 99
            cells += [f"{cuts[49]:.1f}", f"{cuts[98]:.1f}"]
        cells.append(f"{self.cost:.1f}")
        cells.append(str(len(self.times) - len(self._good("answered"))))
        return f"| {' | '.join(cells)} |"

    def _good(self, which: str) -> list[float]:
        return [found for one in self.times if (found := getattr(one, which)) is not None]


async def _one(
    session: aiohttp.ClientSession, base: str, stage: AnsweringStage, number: int
) -> Times:
    signed, coming = stage.ask(WORDS[number % len(WORDS)])
    began = time.perf_counter()
    try:
        async with session.post(base, data=signed.body, headers=signed.headers) as answer:
            await answer.read()
            acknowledged = (time.perf_counter() - began) * 1000
            if answer.status != HTTPStatus.OK:
                return Times(None, None)
        async with asyncio.timeout(PATIENCE):
            return Times(acknowledged, (await coming - began) * 1000)
    except (aiohttp.ClientError, TimeoutError):
        return Times(None, None)


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))


async def _open_loop(
    name: str, base: str, stage: AnsweringStage, rate: int, seconds: float
) -> Measured:
    began, sent = time.perf_counter(), list[asyncio.Task[Times]]()
    async with _session() as session:
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            sent.append(asyncio.ensure_future(_one(session, base, stage, number)))
        times = await asyncio.gather(*sent)
    return Measured(name, rate, time.perf_counter() - began, times)


async def _closed_loop(name: str, base: str, stage: AnsweringStage, seconds: float) -> Measured:
    began, times = time.perf_counter(), list[Times]()
    async with _session() as session:

        async def one_after_another() -> None:
            while time.perf_counter() - began < seconds:
                times.append(await _one(session, base, stage, len(times)))

        await asyncio.gather(*(one_after_another() for _ in range(PEOPLE)))
    return Measured(name, 0, time.perf_counter() - began, times)


def _ready(base: str, stage: AnsweringStage) -> bool:
    async def ask() -> Times:
        async with _session() as session:
            return await _one(session, base, stage, 0)

    return asyncio.run(ask()).answered is not None


def _burnt(process: int) -> float:
    """Return the seconds of processor time that a process took so far, all its threads."""
    status = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(status[11]) + int(status[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server to measure.

    Attributes:
        name: Which.
        base: Where commands go.
        process: Its number.
    """

    name: str
    base: str
    process: int

    def measured(self, run: Callable[[str, str], Coroutine[Any, Any, Measured]]) -> Measured:
        """Return what came of a run, with the processor time that it took."""
        before = _burnt(self.process)
        found = asyncio.run(run(self.name, self.base))
        return replace(found, burnt=_burnt(self.process) - before)


@contextmanager
def _staged() -> Generator[AnsweringStage]:
    stage = AnsweringStage(free_port())
    stage.person("U1", "noor.voorbeeld@example.org")
    stage.start()
    try:
        yield stage
    finally:
        stage.stop()


def main() -> None:
    """Measure, and print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    asked.add_argument("--rounds", type=int, default=5, help="as fast as they go, taking turns")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, _staged() as stage:
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
        measured = [
            Server(name, f"http://127.0.0.1:{port}/slack/events", server.pid)
            for (name, port), server in zip(ports.items(), servers, strict=True)
        ]
        try:
            _print(measured, stage, chosen.seconds, chosen.rounds)
        finally:
            for server in servers:
                server.terminate()
                server.wait(20)


def _print(servers: list[Server], stage: AnsweringStage, seconds: float, rounds: int) -> None:
    head = "server | commands | answered/s | acknowledged p50 ms | p99 | answered p50 ms | p99"
    print(f"| {head} | processor ms | failed |")
    print("|---" * 9 + "|")
    kept_up: dict[int, list[float]] = {rate: [] for rate in RATES}
    for server in servers:
        until(lambda base=server.base: _ready(base, stage), f"{server.name} answers")
        # What is made at the first question, and what a connection needs, is there from here on.
        server.measured(partial(_closed_loop, stage=stage, seconds=1.0))
        for rate in RATES:
            run = partial(_open_loop, stage=stage, rate=rate, seconds=seconds)
            found = server.measured(run)
            print(found.row(), flush=True)
            kept_up[rate].append(found.reached)
    reached, costs = list[float](), list[float]()
    for number in range(rounds):
        by_name: dict[str, Measured] = {}
        for server in servers if number % 2 == 0 else reversed(servers):
            run = partial(_closed_loop, stage=stage, seconds=seconds / 2)
            by_name[server.name] = found = server.measured(run)
            print(found.row(), flush=True)
        bare, brug = (by_name[server.name] for server in servers)
        reached.append(brug.reached / bare.reached)
        costs.append(brug.cost / bare.cost)
    print()
    for rate, (bare, brug) in kept_up.items():
        print(f"At {rate}/s Brug answers {brug / bare:.0%} of what the bare AsyncApp does.")
    print(
        f"As fast as they go, median of {rounds} rounds: Brug answers {median(reached):.0%} of "
        f"what the bare AsyncApp does ({min(reached):.0%} to {max(reached):.0%}), and takes "
        f"{median(costs):.1f} × its processor time ({min(costs):.1f} to {max(costs):.1f})."
    )


if __name__ == "__main__":
    main()
