"""Kill replicas, cut their databases' connections, let Slack misbehave; then count.

Every run has a database of its own, a played Slack over HTTP, and two to eight replicas, each a
real process. Letters are written all the while. At the end everything is left in peace until no
letter is under way, and what the played Slack took is compared with what was written.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import Any

from sqlalchemy import create_engine, text

from handlers.context import BRUSSELS
from handlers.speech import pages
from handlers.speech.answer import Answer
from scheduler.post import mark
from store import Store, StoreError, open_store
from store.records import Absence, Letter, LetterState, Region, Subscription
from tests.peers.playing import Stage
from tests.stories.replica import TAIL, Mortal, run
from tests.subscriptions import a_subscription

FORK = get_context("fork")
FAULTS = {
    "lost": 0.04,
    "dropped": 0.03,
    "broken": 0.04,
    "refused": 0.03,
    "later": 0.04,
    "late": 0.04,
    "limited": 0.03,
    "blind": 0.1,
}
UNDER_WAY = (LetterState.WAITING, LetterState.SENDING, LetterState.RECOVERING)


@dataclass(frozen=True)
class Plan:
    """What a run does.

    Attributes:
        design: "post", "serve" or "naive".
        replicas: How many processes deliver.
        seconds: How long it goes on.
        share: The chance of a replica to be killed at each step.
        every: Seconds between two kills from outside, on average.
        pause: Seconds between two pauses (SIGSTOP) of a replica, on average; 0 for none.
        cut: Seconds between two cuts of a connection, on average; 0 for none (SQLite has none).
        rate: Letters written per second.
        channels: To how many channels.
        digests: How many channels have a weekly digest that is due while it goes on, which the
            timetables of the replicas write themselves.
        settle: Seconds that the peace at the end may take.
        seed: Of everything that is left to chance.
    """

    design: str = "post"
    replicas: int = 3
    seconds: float = 20
    share: float = 0.02
    every: float = 0.7
    pause: float = 3
    cut: float = 0
    rate: float = 6
    channels: int = 20
    digests: int = 0
    settle: float = 90
    seed: int = 1


@dataclass
class Result:
    """What came of it."""

    letters: int = 0
    kills: Counter[str] = field(default_factory=Counter[str])
    pauses: int = 0
    cuts: int = 0
    faults: int = 0
    lost: int = 0
    doubled: int = 0
    repaired: int = 0
    held: int = 0
    seconds: float = 0

    def row(self, name: str) -> str:
        """A line of the matrix."""
        return (
            f"| {name} | {self.letters} | {self.kills.total()} | {self.pauses} | {self.cuts} "
            f"| {self.faults} | {self.lost} | {self.doubled} | {self.repaired} | {self.held} "
            f"| {self.seconds:.0f} |"
        )


HEADER = (
    "| design, database, replicas | letters | kills | pauses | cuts | faults "
    "| lost | doubled | repaired | held | s |\n|---|---|---|---|---|---|---|---|---|---|---|"
)


class Run:
    """One run of a plan."""

    def __init__(self, plan: Plan, url: str, stage: Stage) -> None:
        """Run this plan over this database and this played Slack."""
        self._plan = plan
        self._url = url
        self._stage = stage
        self._choose = random.Random(plan.seed)  # noqa: S311 - a seeded generator is the point
        self._result = Result()
        self._replicas: list[ForkProcess] = []
        self._steps, self._say = os.pipe()
        os.set_blocking(self._steps, False)
        self._stopped: dict[int, float] = {}
        self._share = plan.share
        self._born = 0
        self._keys: list[str] = []
        self._subscriptions: list[Subscription] = []

    def result(self) -> Result:
        """Do it, and count."""
        begin = time.monotonic()
        self._stage.play(slow=TAIL, **FAULTS)
        store = open_store(self._url)
        try:
            self._subscribe(store)
            self._replicas = [self._start() for _ in range(self._plan.replicas)]
            self._havoc(store)
            self._peace(store)
            self._count(store)
        finally:
            for replica in self._replicas:
                self._end(replica)
            store.close()
        self._hear()
        self._result.seconds = time.monotonic() - begin
        return self._result

    def _subscribe(self, store: Store) -> None:
        """Let digests be due at the whole minutes of this run, one after the other."""
        begin = datetime.now(UTC)
        minutes = max(1, int(self._plan.seconds // 60))
        today = begin.astimezone(BRUSSELS).date()
        with store.begin() as tx:
            for region in Region if self._plan.digests else ():  # there is something to tell
                person = next(
                    a.person for a in tx.coverage.assignments(today) if a.region is region
                )
                away = Absence(0, person, today, today + timedelta(days=9), None)
                tx.absences.register(away, None, begin, "system")
            for number in range(self._plan.digests):
                due = (begin + timedelta(minutes=1 + number % minutes)).astimezone(BRUSSELS)
                wanted = a_subscription(
                    address=f"slack:T1:D{number}",
                    region=list(Region)[number % len(Region)],
                    weekday=due.weekday(),
                    hour=due.hour,
                    minute=due.minute,
                    in_holidays=True,
                )
                self._subscriptions.append(tx.digests.keep(wanted, begin, "system"))

    def _start(self) -> ForkProcess:
        # A fork is a process like any other, and starts without importing everything again.
        self._born += 1
        seed = f"{self._plan.seed}-{self._born}"
        mortal = Mortal(self._share, seed, self._say)
        arguments = (self._plan.design, self._url, self._stage.api, mortal)
        replica = FORK.Process(target=self._be, args=arguments, daemon=True)
        replica.start()
        return replica

    def _be(self, *arguments: Any) -> None:  # noqa: ANN401 - those of `run`
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for said in (sys.stdout, sys.stderr):
            os.dup2(nowhere, said.fileno())
        run(*arguments)

    def _end(self, replica: ForkProcess) -> None:
        if replica.pid is not None:
            self._stopped.pop(replica.pid, None)
        replica.kill()
        replica.join()
        replica.close()

    def _hear(self) -> None:
        """Count the steps at which replicas killed themselves."""
        with suppress(BlockingIOError):
            while said := os.read(self._steps, 65536):
                self._result.kills.update(said.decode().split("\n")[:-1])

    def _havoc(self, store: Store) -> None:
        now = time.monotonic()
        plan, written = self._plan, 0
        end = now + plan.seconds
        kill_at, pause_at, cut_at = (
            now + self._after(s) for s in (plan.every, plan.pause, plan.cut)
        )
        while (now := time.monotonic()) < end:
            written += self._write(store, int((plan.seconds - (end - now)) * plan.rate - written))
            self._replace_dead()
            self._hear()
            if now > kill_at:
                self._result.kills["at any moment"] += 1
                victim = self._choose.randrange(len(self._replicas))
                self._end(self._replicas[victim])
                self._replicas[victim] = self._start()
                kill_at = now + self._after(plan.every)
            if now > pause_at:
                self._stop_one(now)
                pause_at = now + self._after(plan.pause)
            if now > cut_at:
                self._cut()
                cut_at = now + self._after(plan.cut)
            self._continue(now)
            time.sleep(0.02)

    def _after(self, mean: float) -> float:
        return self._choose.expovariate(1 / mean) if mean else 1e9

    def _write(self, store: Store, count: int) -> int:
        if count <= 0:
            return 0
        body = pages.write(Answer("Weekbericht"))
        keys = [f"digest/{len(self._keys) + n}" for n in range(count)]
        try:
            with store.begin() as tx:
                for key in keys:
                    channel = self._choose.randrange(self._plan.channels)
                    tx.outbox.put(Letter(key, f"slack:T1:C{channel}", body, datetime.now(UTC)))
        except StoreError:
            return 0
        self._keys += keys
        return count

    def _replace_dead(self) -> None:
        for number, replica in enumerate(self._replicas):
            if not replica.is_alive():
                self._end(replica)
                self._replicas[number] = self._start()

    def _stop_one(self, now: float) -> None:
        pid = self._choose.choice(self._replicas).pid
        if pid is not None and pid not in self._stopped:
            with suppress(ProcessLookupError):  # it killed itself meanwhile
                os.kill(pid, signal.SIGSTOP)
            self._stopped[pid] = now + self._choose.uniform(0.2, 4)
            self._result.pauses += 1

    def _continue(self, now: float) -> None:
        for pid in [pid for pid, until in self._stopped.items() if until < now]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
            del self._stopped[pid]

    def _cut(self) -> None:
        if not self._url.startswith("postgresql"):
            return
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            cut = connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                    "current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
                )
            )
            self._result.cuts += len(cut.all())
        engine.dispose()

    def _peace(self, store: Store) -> None:
        self._stage.play(slow=TAIL)
        self._share = 0
        for number, replica in enumerate(self._replicas):
            self._end(replica)
            self._replicas[number] = self._start()
        end = time.monotonic() + self._plan.settle
        while time.monotonic() < end:
            self._replace_dead()
            if self._all_written(store) and not self._under_way(store):
                break
            time.sleep(0.2)
        time.sleep(TAIL + 0.2)  # what is still on its way to the played Slack lands

    def _all_written(self, store: Store) -> bool:
        try:
            with store.read() as tx:
                return all(tx.digests.issues(one) for one in self._subscriptions)
        except StoreError:
            return False

    def _under_way(self, store: Store) -> bool:
        try:
            with store.read() as tx:
                return any(tx.outbox.in_state(state, limit=1) for state in UNDER_WAY)
        except StoreError:
            return True

    def _count(self, store: Store) -> None:
        seen = self._stage.seen()
        taken: Counter[str] = Counter(seen["taken"])
        naive = self._plan.design == "naive"
        with store.read() as tx:
            issued = [tx.digests.issues(one) for one in self._subscriptions]
            letters = [issue.letter for of_one in issued for issue in of_one if issue.letter]
            keys = [*self._keys, *letters]
            of_key = {key: taken[key if naive else mark(key)] for key in keys}
            held = {letter.key for letter in tx.outbox.in_state(LetterState.HELD, limit=10_000)}
        result = self._result
        result.letters = len(keys)
        result.lost = (
            len(issued)
            - len(letters)
            + sum(not n and key not in held for key, n in of_key.items())
        )
        result.doubled = sum(n > 1 for n in of_key.values())
        result.repaired = seen["deleted"]
        result.held = len(held)
        result.faults = sum(seen["misbehaved"].values())
