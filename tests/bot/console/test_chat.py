"""The chat as somebody at a terminal sees it: a real program on a real pseudo-terminal."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE = 30.0
"""Seconds to wait for words to appear before the test fails."""

_ESCAPES = re.compile(r"\x1b\][^\x1b\x07]*(?:\x07|\x1b\\)|\x1b[\[(][0-9;?]*[A-Za-z]")


class Terminal:
    """A terminal with Brug in it."""

    def __init__(self, screen: int) -> None:
        self._screen = screen
        self.raw = ""
        self._read = 0

    def types(self, line: str) -> None:
        os.write(self._screen, line.encode() + b"\r")

    def shows(self, words: str) -> str:
        """Wait until these words appear, and return what appeared since the last time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            fresh = _ESCAPES.sub("", self.raw[self._read :])
            if words in " ".join(fresh.split()):
                self._read = len(self.raw)
                return fresh
            if select.select([self._screen], [], [], 0.2)[0]:
                self.raw += os.read(self._screen, 65536).decode(errors="replace")
        pytest.fail(f"{words!r} did not appear in {_ESCAPES.sub('', self.raw)[-800:]!r}")


@pytest.fixture
def terminal(tmp_path: Path) -> Generator[Terminal]:
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "bot"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "BRUG_HOME": str(tmp_path)},
        start_new_session=True,
    )
    os.close(theirs)
    yield Terminal(ours)
    program.kill()
    program.wait()
    os.close(ours)


def test_a_chat_from_hello_to_goodbye(terminal: Terminal, tmp_path: Path) -> None:
    terminal.shows("Dag! Ik ben Brug.")
    terminal.types("wie Meldert")
    terminal.shows("[3] Meldert (Lummen, Limburg)")
    terminal.types("3")
    terminal.shows("terecht bij Claudia en Nathalie Vanbergen")
    terminal.types("/als barbara")
    terminal.shows("Je spreekt nu als Barbara")
    terminal.types("stop")
    terminal.shows("Tot de volgende keer!")

    # Colours are commands to the terminal, never question marks on the screen.
    assert "\x1b[1m" in terminal.raw
    assert "?[1m" not in terminal.raw
    # What was typed is on the screen, and in no file.
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"/als barbara" not in kept
