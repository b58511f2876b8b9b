"""Cold start: how long `brug ask` takes from nothing to its answer, beside an empty Python."""

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


def seconds(command: Sequence[str], home: str) -> float:
    """Return the median time of a command, in seconds."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "BRUG_HOME": home}
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
        env = {**os.environ, "PYTHONPATH": str(ROOT), "BRUG_HOME": home}
        subprocess.run(ask, env=env, check=True, capture_output=True)
        very_first = time.perf_counter() - begin
        cold = seconds(ask, home)
        misspelt = seconds([*ask[:-1], "wie gnet"], home)
    print("| command | median of 9 (s) | × an empty Python |")
    print("|---|---|---|")
    print(f"| `python -c pass` | {seconds_empty:.3f} | 1 |")
    for name, taken in (
        ("`brug ask`, the very first: tables and facts", very_first),
        ("`brug ask`, a postcode", cold),
        ("`brug ask`, a misspelt name", misspelt),
    ):
        print(f"| {name} | {taken:.2f} | {taken / seconds_empty:.0f} |")


if __name__ == "__main__":
    main()
