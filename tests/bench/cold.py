"""Cold start: how long `brug ask` takes from nothing to its answer, beside an empty Python.

A cold process, on an installed Brug: the modules have been compiled once, as pip does for what it
installs and `make install` for Brug itself. The last row is without that.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
TIMES = 9
_COMPILING = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"})


def _environment(home: str) -> dict[str, str]:
    own = {"PYTHONPATH": str(ROOT), "BRUG_HOME": home, "PYTHONPYCACHEPREFIX": f"{home}/compiled"}
    kept = {name: value for name, value in os.environ.items() if name not in _COMPILING}
    return kept | own


def seconds(command: Sequence[str], home: str, **more: str) -> float:
    """Return the median time of a command, in seconds."""
    env = _environment(home) | more
    taken: list[float] = []
    for _ in range(TIMES):
        start = time.perf_counter()
        subprocess.run(command, env=env, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home:
        seconds_empty = seconds([sys.executable, "-c", "pass"], home)
        ask = [sys.executable, "-m", "bot", "ask", "bij wie moet ik zijn voor 8500?"]
        begin = time.perf_counter()
        subprocess.run(ask, env=_environment(home), check=True, capture_output=True)
        very_first = time.perf_counter() - begin
        cold = seconds(ask, home)
        misspelt = seconds([*ask[:-1], "wie gnet"], home)
        nowhere = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": f"{home}/nothing"}
        uncompiled = seconds(ask, home, **nowhere)
    print("| command | median of 9 (s) | × an empty Python |")
    print("|---|---|---|")
    print(f"| `python -c pass` | {seconds_empty:.3f} | 1 |")
    for name, taken in (
        ("`brug ask`, the very first: tables and facts", very_first),
        ("`brug ask`, a postcode", cold),
        ("`brug ask`, a misspelt name", misspelt),
        ("`brug ask`, nothing compiled, libraries neither", uncompiled),
    ):
        print(f"| {name} | {taken:.2f} | {taken / seconds_empty:.0f} |")


if __name__ == "__main__":
    main()
