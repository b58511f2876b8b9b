"""From a command in Slack to its answer, with 25,000 entries: `python -m tests.bench.chain`.

`brug serve` runs on a database that was filled by `brug import`; a Slack that we play sends signed
commands over HTTP, one after the other, and takes the answers at their `response_url`. Measured:
until the acknowledgement, from there until the answer, from the start of the process until it
could answer a search, and what it holds in memory after all questions.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import aiohttp

from tests.bench.elsewhere import Asker, fill
from tests.bench.search_corpus.elsewhere import corpus
from tests.stories.slack_stage import BOT_TOKEN, SECRET, TEAM, Signed, Stage, staged
from tests.waiting import free_port, until

_A_LOOK = 0.0005
"""Seconds between two looks whether the answer came: the smallest time that can be told."""
_PATIENCE = 60.0


async def _asked(
    session: aiohttp.ClientSession, base: str, stage: Stage, signed: Signed
) -> tuple[float, float]:
    """Send a command; return the milliseconds to its acknowledgement, and from there on."""
    before = len(stage.said())
    began = time.perf_counter()
    async with session.post(base, data=signed.body, headers=signed.headers) as answer:
        await answer.read()
        if answer.status != 200:
            raise ConnectionError(answer.status)
    acknowledged = time.perf_counter()
    async with asyncio.timeout(_PATIENCE):
        while len(stage.said()) == before:  # noqa: ASYNC110 - a thread
            await asyncio.sleep(_A_LOOK)
    came = time.perf_counter()
    return (acknowledged - began) * 1000, (came - acknowledged) * 1000


async def _every(base: str, stage: Stage, texts: list[str]) -> list[tuple[float, float]]:
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        return [
            # A number of its own, also on a database of an earlier run.
            await _asked(
                session,
                base,
                stage,
                stage.command("/aanbod", text, trigger_id=f"{time.time_ns()}.2.abc"),
            )
            for text in texts
        ]


def _resident(process: int) -> float:
    """Return the resident set of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _listens(port: int) -> bool:
    async def look() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    return asyncio.run(look())


def main() -> None:
    """Fill a database, ask, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=25_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--home", type=Path, help="keep the database here, for another look")
    chosen = parser.parse_args()
    rows = corpus(chosen.entries, 404)
    asked = [one.text for one in Asker(rows, 405).questions(30)][: chosen.questions]
    with tempfile.TemporaryDirectory() as folder, staged() as stage:
        home = chosen.home or Path(folder)
        fill(home, rows)
        port = free_port()
        settings = {
            "BRUG_HOME": str(home),
            "BRUG_DEMONSTRATION": "false",
            "BRUG_PORT": str(port),
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_BASE_URL": stage.base_url,
            "SLACK_HOME_WORKSPACE": TEAM,
        }
        began = time.perf_counter()
        server = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
        )
        try:
            until(lambda: _listens(port), "Brug listens")
            base = f"http://127.0.0.1:{port}/slack/events"
            asyncio.run(_every(base, stage, asked[:1]))
            ready = time.perf_counter() - began
            times = asyncio.run(_every(base, stage, asked[1:]))
            memory = _resident(server.pid)
        finally:
            server.terminate()
            server.wait(20)
    print(f"{chosen.entries} entries, {len(times)} questions one after the other")
    for name, column in zip(
        ("acknowledged", "answered after"), zip(*times, strict=True), strict=True
    ):
        cuts = quantiles(column, n=20)
        print(f"{name:16} p50 {cuts[9]:6.1f} ms   p95 {cuts[18]:6.1f} ms")
    print(f"first search answered {ready:.1f} s after the start; memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
