"""Build the search index in a process of its own.

Building takes twice the memory of what is kept. A process gives it back when it ends, a thread
of `brug serve` never does (measured with 25,000 entries: 310 MB instead of 150, until the next
restart). Nor does it keep answers waiting: it is another core's work, and the least urgent.
"""

import subprocess
import sys
from pathlib import Path

_PATIENCE = 600.0
"""Seconds; 250,000 entries take some 60. A process that hangs must not be waited for for ever."""


def build_elsewhere(url: str, folder: Path) -> bool:
    """Build the index of a database, and write it to its file; return whether that was done.

    Args:
        url: Of the database, as `store.open_store` takes it. It goes by standard input, because
            it may hold a password, and the command line is there for everybody to read.
        folder: Where indexes are kept.
    """
    try:
        # What goes wrong is told by the exit code alone: a message might quote what was typed.
        done = subprocess.run(  # noqa: S603 - a module of ours
            [sys.executable, "-m", "store.indexing", str(folder)],
            input=url,
            text=True,
            check=False,
            timeout=_PATIENCE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
