"""The matrix: designs, databases, numbers of replicas; kills, pauses, cuts and faults.

    python -m tests.stories.chaos            the long one (`make chaos`)
    python -m tests.stories.chaos --short    about a minute, as in the suite

It ends with 1 when a letter of the protocol was doubled or lost, and when the naive design was
not caught: then the driver does not bite.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from store import open_store, seed, upgrade
from tests.peers.playing import played_slack
from tests.peers.postgresql import Cluster, running_cluster
from tests.stories.driver import HEADER, Plan, Result, Run

SHORT = (
    ("post, SQLite, 2", "sqlite", Plan(replicas=2, seconds=10, every=0.5, share=0.06, rate=10)),
    (
        "post, PostgreSQL, 3",
        "postgresql",
        Plan(replicas=3, seconds=10, every=0.5, share=0.06, rate=10, cut=0.4),
    ),
    (
        "brug serve, SQLite, 2",
        "sqlite",
        Plan("serve", 2, seconds=12, every=2, share=0.1, rate=6),
    ),
    ("naive, PostgreSQL, 2", "postgresql", Plan("naive", 2, seconds=6, settle=5)),
)
_LONG = Plan(seconds=140, every=0.45, share=0.05, rate=8, settle=240)
_SERVE = Plan("serve", seconds=140, every=1.5, share=0.03, rate=6, digests=60, settle=300, seed=4)
LONG = (
    *((f"post, SQLite, {n}", "sqlite", replace(_LONG, replicas=n, seed=n)) for n in (2, 3, 8)),
    *(
        (f"post, PostgreSQL, {n}", "postgresql", replace(_LONG, replicas=n, seed=n, cut=0.4))
        for n in (2, 3, 8)
    ),
    *((f"brug serve, SQLite, {n}", "sqlite", replace(_SERVE, replicas=n)) for n in (2, 4)),
    *(
        (f"brug serve, PostgreSQL, {n}", "postgresql", replace(_SERVE, replicas=n, cut=0.4))
        for n in (2, 4)
    ),
    ("naive, SQLite, 1", "sqlite", Plan("naive", 1, seconds=40, settle=10)),
    ("naive, PostgreSQL, 1", "postgresql", Plan("naive", 1, seconds=40, settle=10)),
    ("naive, PostgreSQL, 3", "postgresql", Plan("naive", 3, seconds=40, settle=10)),
)


def matrix(rows: tuple[tuple[str, str, Plan], ...]) -> Iterator[tuple[str, Plan, Result]]:
    """Run every row over a database and a played Slack of its own."""
    with tempfile.TemporaryDirectory(prefix="brug-chaos-") as name:
        folder = Path(name)
        os.environ["BRUG_HOME"] = name
        with running_cluster() as cluster:
            for number, (label, kind, plan) in enumerate(rows):
                url = _database(kind, cluster, folder, number)
                with played_slack() as stage:
                    yield label, plan, Run(plan, url, stage).result()


def _database(kind: str, cluster: Cluster, folder: Path, number: int) -> str:
    url = (
        cluster.new_database(f"chaos{number}")
        if kind == "postgresql"
        else f"sqlite:///{folder / f'chaos{number}.db'}"
    )
    store = open_store(url)
    upgrade(store)
    seed(store, datetime.now(UTC))
    store.close()
    return url


def main() -> int:
    """Print the matrix; return 1 if it is not clean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="about a minute")
    parser.add_argument("--only", default="", help="only rows whose name holds this")
    asked = parser.parse_args()
    rows = tuple(row for row in (SHORT if asked.short else LONG) if asked.only in row[0])
    out, clean, total = sys.stdout, True, Result()
    out.write(f"{time.strftime('%Y-%m-%d')}\n{HEADER}\n")
    steps = Counter[str]()
    for label, plan, result in matrix(rows):
        out.write(f"{result.row(label)}\n")
        out.flush()
        if plan.design == "naive":
            clean &= result.lost + result.doubled > 0
            continue
        clean &= result.lost == result.doubled == 0
        steps.update(result.kills)
        total.letters += result.letters
        total.pauses += result.pauses
        total.cuts += result.cuts
        total.faults += result.faults
    out.write(
        f"\nthe protocol: {total.letters} letters, {steps.total()} kills, {total.pauses} pauses, "
        f"{total.cuts} cut connections, {total.faults} faults of Slack\nkilled at: "
        + ", ".join(f"{step} {n}" for step, n in steps.most_common())
        + f"\n{'clean' if clean else 'NOT CLEAN'}\n"
    )
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
