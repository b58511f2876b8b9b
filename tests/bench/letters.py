"""Letters: how fast they are written, claimed and delivered.

python -m tests.bench.letters [--channels 10000]
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from bot.slack.deliver import SlackCourier
from handlers.speech import pages
from handlers.speech.answer import Answer, Listing, Plain
from scheduler.post import Clocks, Patience, Post
from store import Store, open_store, upgrade
from store.records import Letter, LetterState, Pace
from store.tables import LetterRow
from tests.peers.playing import Stage, played_slack
from tests.peers.postgresql import running_cluster

BODY = pages.write(
    Answer("Dit is er nieuw", (Listing(tuple((Plain(f"regel {n}"),) for n in range(10))),))
)
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DELIVERED, MANY = 200, 100_000


@contextmanager
def stores(folder: Path) -> Generator[dict[str, Store]]:
    """Open an empty database of each kind."""
    with running_cluster() as cluster:
        opened = {
            "SQLite": open_store(f"sqlite:///{folder}/brug.db"),
            "PostgreSQL": open_store(cluster.new_database("bench")),
        }
        for store in opened.values():
            upgrade(store)
        yield opened
        for store in opened.values():
            store.close()


def write(store: Store, prefix: str, count: int, channels: int, at: datetime) -> float:
    """Write letters, a hundred per transaction; return how many per second."""
    begin = time.perf_counter()
    for start in range(0, count, 100):
        with store.begin() as tx:
            for n in range(start, min(start + 100, count)):
                tx.outbox.put(Letter(f"{prefix}/{n}", f"slack:T1:C{n % channels}", BODY, at))
    return count / (time.perf_counter() - begin)


def deliver(store: Store, stage: Stage, carriers: int) -> float:
    """Deliver over HTTP without any pace; return letters per second."""
    courier = SlackCourier("xoxb-played", lambda _: None, base_url=stage.api)
    clocks = Clocks(lambda: datetime.now(UTC), time.monotonic)
    post = Post(store, {"slack": courier}, clocks, pace=Pace(0, 0))
    with store.read() as tx:
        before = len(tx.outbox.in_state(LetterState.SENT, limit=10**6))
    begin = time.perf_counter()
    threads = [
        threading.Thread(target=post.deliver, args=(time.sleep, lambda: False))
        for _ in range(carriers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begin
    with store.read() as tx:
        sent = len(tx.outbox.in_state(LetterState.SENT, limit=10**6))
    return (sent - before) / seconds


class Instant:
    """A platform that answers at once, and a clock that only waiting moves."""

    def __init__(self) -> None:
        """Begin at the start."""
        self.seconds = 0.0
        self.posted = 0

    def post(self, address: str, answer: Answer, key: str, language: str) -> str:
        """Take it."""
        del address, answer, key, language
        self.posted += 1
        return str(self.posted)

    def find(self, address: str, key: str, since: datetime) -> tuple[str, ...]:
        """Nothing is ever in doubt here."""
        del address, key, since
        return ()

    def withdraw(self, address: str, reference: str) -> None:
        """Nothing is ever there twice here."""
        del address, reference

    def now(self) -> datetime:
        """The moment."""
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        """The other clock."""
        return self.seconds

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


def simulated(store: Store, pace: Pace, channels: int) -> tuple[int, float]:
    """Bring a digest to every channel in simulated time; return letters and seconds of it."""
    write(store, "simulated", channels, channels, START)
    platform = Instant()
    clocks = Clocks(platform.now, platform.monotonic)
    post = Post(store, {"slack": platform}, clocks, patience=Patience(), pace=pace)
    post.deliver(platform.wait, lambda: False)
    return platform.posted, platform.seconds


def fill(store: Store) -> None:
    """Put `MANY` letters in the table at once: what they cost to write is measured elsewhere."""
    with store.begin() as tx:
        tx.outbox.put(Letter("many", "slack:T1:C1", BODY, START))
    row = select(*LetterRow.__table__.columns).where(LetterRow.key == "many")
    with store.engine.begin() as connection:
        one = dict(connection.execute(row).mappings().one())
        rows = [{**one, "key": f"many/{n}", "address": f"slack:T1:M{n}"} for n in range(MANY)]
        connection.execute(insert(LetterRow), rows)


def claims(store: Store) -> list[float]:
    """Return how long a claim takes (ms), each, with `MANY` letters waiting."""
    taken: list[float] = []
    for _ in range(200):
        begin = time.perf_counter()
        with store.begin() as tx:
            found = tx.outbox.next(("slack",), (), START + timedelta(days=400), Pace(0, 0)).due
            if found is not None:
                tx.outbox.set_out(
                    found.letter.key, attempt=found.attempts + 1, look_at=START + timedelta(401)
                )
        taken.append(1000 * (time.perf_counter() - begin))
    return taken


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=10_000)
    channels: int = parser.parse_args().channels
    pace = Pace(lane=0.2, address=1.0)
    out = sys.stdout
    out.write("| letters | SQLite | PostgreSQL |\n|---|---|---|\n")
    with tempfile.TemporaryDirectory(prefix="brug-letters-") as name, stores(Path(name)) as opened:
        rows: dict[str, list[str]] = {}
        for store in opened.values():
            posted, seconds = simulated(store, pace, channels)
            least = (channels - 1) * pace.lane
            label = f"{channels:,} channels, simulated: s against the least that the pace allows"
            rows.setdefault(label, []).append(
                f"{seconds:,.0f} / {least:,.0f} ({seconds / least:.3f} ×), {posted:,} brought"
            )
            speed = write(store, "delivered", DELIVERED, DELIVERED, datetime.now(UTC))
            rows.setdefault("written per second, 100 a transaction", []).append(f"{speed:,.0f}")
            with played_slack() as stage:
                speed = deliver(store, stage, carriers=3)
            label = "delivered per second over HTTP, 3 carriers, no pace"
            rows.setdefault(label, []).append(f"{speed:,.0f}")
            fill(store)
            taken = claims(store)
            label = f"claim with {MANY:,} letters waiting, p50 / p99 (ms)"
            p99 = statistics.quantiles(taken, n=100)[98]
            rows.setdefault(label, []).append(f"{statistics.median(taken):.1f} / {p99:.1f}")
    for label, cells in rows.items():
        out.write(f"| {label} | {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main()
