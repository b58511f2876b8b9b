"""Start the played Slack as a process of its own, and talk to it."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Stage:
    """A played Slack that runs; `api` is the base URL of its Web API."""

    url: str

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def play(self, **how: object) -> None:
        """Misbehave in this way from now on; see `played_slack`."""
        self._ask("/_play", how)

    def seen(self) -> dict[str, Any]:
        """Return everything that it took."""
        return self._ask("/_seen", None)

    def problems(self, check: Callable[[str, Any], list[str]]) -> list[str]:
        """Return what Slack would refuse of the blocks that it took."""
        drawn = self.seen()["drawn"]
        assert drawn, "no message had blocks"
        return [one for text in drawn for one in check("MessageBlocks", json.loads(text))]

    def _ask(self, path: str, body: object) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.url}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)


def free_port() -> int:
    """Return a port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def played_slack() -> Generator[Stage]:
    """Run a played Slack in a process of its own."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.peers.played_slack", str(port)], cwd=ROOT
    )
    stage = Stage(f"http://127.0.0.1:{port}")
    try:
        for _ in range(400):
            try:
                stage.seen()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        else:
            raise RuntimeError("the played Slack did not start")
        yield stage
    finally:
        process.kill()
        process.wait()
