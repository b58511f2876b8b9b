"""A world for the protocol: a platform, two clocks, and workers that may die anywhere.

The code and the database are the real ones; the platform is played at the port, in memory, with
faults that a test chooses. `choose` picks the interleaving, the crashes and the faults.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import delete, insert, select

from handlers.speech import pages
from handlers.speech.answer import Answer
from scheduler.courier import CannotLook, TryLater, Unsure
from scheduler.post import Clocks, Owning, Patience, Post, mark
from store import Store
from store.records import Letter, LetterState, Pace
from store.tables import AddressRow, LaneRow, LetterRow, RestoreRow
from tests.scheduler.model import ModelStore

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEY, ADDRESS = "digest/2026-W48/slack:T1:C1", "slack:T1:C1"
TAIL = 3
"""Seconds after which a message may still land that its sender had given up."""

LIMIT = 2
"""Seconds after which a courier gives up."""

PATIENCE = Patience(
    quiet=LIMIT + TAIL + 2, pause=1, lease=2, again=1, busy=1, repair=30, give_up=1e9, watch=0
)

Choose = Callable[[int], int]
"""From n to a number below n."""


Rows = list[dict[str, object]]


class Killed(BaseException):
    """The process was killed in the middle of a request."""


@dataclass
class Message:
    """A message on the platform: who it is for, and when it came (true time, seconds)."""

    key: str
    at: float
    reference: str


@dataclass
class World:
    """True time, the clock that may be wrong, and what stands in the channel."""

    choose: Choose
    time: float = 0
    error: float = 0
    messages: list[Message] = field(default_factory=list[Message])
    under_way: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    deleted: int = 0
    posted: int = 0
    locks_cut: bool = False

    def pass_time(self, seconds: float) -> None:
        self.time += seconds
        for landing in [one for one in self.under_way if one[0] <= self.time]:
            self.under_way.remove(landing)
            self.land(landing[1])

    def land(self, key: str) -> None:
        self.posted += 1
        self.messages.append(Message(key, self.time, str(self.posted)))

    def now(self) -> datetime:
        return START + timedelta(seconds=self.time + self.error)

    def monotonic(self) -> float:
        return self.time


@dataclass
class PlayedPlatform:
    """The platform, as a courier sees it."""

    world: World
    looks: bool = True

    def post(self, address: str, answer: Answer, key: str, language: str) -> str:
        assert (address, answer.headline, language) == (ADDRESS, "Weekbericht", "nl")
        world = self.world
        match world.choose(9):
            case 0:
                raise TryLater(1)
            case 1:  # dropped before it was taken
                raise Unsure
            case 2:  # taken, the answer lost
                world.land(key)
                raise Unsure
            case 3:  # too slow for its sender: it lands later
                world.under_way.append((world.time + LIMIT + world.choose(TAIL + 1), key))
                world.pass_time(LIMIT)
                raise Unsure
            case 4:  # the sender dies while it is under way
                world.under_way.append((world.time + world.choose(TAIL + 1), key))
                raise Killed
            case 5:  # the sender dies after it landed
                world.land(key)
                raise Killed
            case 6:  # the sender dies before it left
                raise Killed
            case _:
                world.land(key)
                return world.messages[-1].reference

    def find(self, address: str, key: str, since: datetime) -> tuple[str, ...]:
        assert address == ADDRESS
        if self.world.choose(5) == 0:
            raise CannotLook
        if not self.looks:
            return ()
        true_since = (since - START).total_seconds()
        return tuple(
            m.reference for m in self.world.messages if m.key == key and m.at >= true_since
        )

    def withdraw(self, address: str, reference: str) -> None:
        assert address == ADDRESS
        self.world.deleted += 1
        self.world.messages = [m for m in self.world.messages if m.reference != reference]


@dataclass
class CuttableLocks:
    """The real locks, until their connections are cut while their owners live on."""

    world: World
    real: Owning

    @contextmanager
    def held(self, key: str) -> Generator[bool]:
        if self.world.locks_cut:
            yield True
            return
        with self.real.held(key) as owned:
            yield owned


class NoLocks:
    """A mutant: everybody owns everything."""

    @contextmanager
    def held(self, key: str) -> Generator[bool]:
        yield bool(key)


class RealStore:
    """The real database, with what the simulation does to it between two runs."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def clear(self) -> None:
        with self.store.engine.begin() as connection:
            for table in (LetterRow, LaneRow, AddressRow, RestoreRow):
                connection.execute(delete(table))

    def copy(self) -> Rows:
        with self.store.engine.begin() as connection:
            rows = connection.execute(select(*LetterRow.__table__.columns)).mappings()
            return [dict(row) for row in rows]

    def put_back(self, copy: Rows) -> None:
        with self.store.engine.begin() as connection:
            connection.execute(delete(LetterRow))
            connection.execute(insert(LetterRow), copy)


def a_letter() -> Letter:
    return Letter(KEY, ADDRESS, pages.write(Answer("Weekbericht")), START, earliest=START)


@dataclass
class Simulation:
    """Workers that deliver one letter while everything happens to them."""

    shelf: RealStore | ModelStore
    choose: Choose
    owning: Owning | None = None
    patience: Patience = PATIENCE
    looks: bool = True
    cuts: bool = False
    jumps: bool = True
    trace: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.world = World(self.choose)
        self._platform = PlayedPlatform(self.world, self.looks)
        self._workers: dict[int, Generator[str, None, float | None]] = {}
        self._posts: dict[int, Post] = {}
        self._backup: Any = None
        # The post is the real one; what it keeps letters in may be the model.
        self.store = (
            self.shelf.store if isinstance(self.shelf, RealStore) else cast("Store", self.shelf)
        )

    def run(self, steps: int) -> None:
        """Let anything happen, `steps` times; then let one healthy worker finish."""
        self.shelf.clear()
        with self.store.begin() as tx:
            tx.outbox.put(a_letter())
        for _ in range(steps):
            self._anything()
        for number in list(self._workers):
            self._kill(number)
        self._finish()

    def _anything(self) -> None:
        what, number = self.choose(16), self.choose(3)
        match what:
            case 0 | 1:
                self._pass(1)
            case 2 | 3:
                self._pass(PATIENCE.quiet)
            case 4:
                self._kill(number)
            case 5 if self.jumps:
                self.world.error = (self.choose(13) - 6) * 3600
                self.trace.append(f"clock is {self.world.error} s off")
            case 6 if self.jumps and self.choose(3) == 0:
                self._back_up_or_restore()
            case 7 if self.cuts:
                self.world.locks_cut = True
                self.trace.append("locks cut")
            case _:
                self._step(number)

    def _pass(self, seconds: float) -> None:
        self.world.pass_time(seconds)
        self.trace.append(f"{seconds} s pass")

    def _kill(self, number: int) -> None:
        worker = self._workers.pop(number, None)
        self._posts.pop(number, None)
        if worker is not None:
            worker.close()
            self.trace.append(f"{number} is killed")

    def _step(self, number: int) -> None:
        if number not in self._workers:
            self._workers[number] = self._post(number).steps()
        try:
            where = next(self._workers[number])
        except StopIteration:
            del self._workers[number]  # the process lives on, and knows what it has seen
            where = "done"
        except Killed:
            del self._workers[number], self._posts[number]
            where = "killed while sending"
        self.trace.append(f"{number}: {where}")

    def _post(self, number: int) -> Post:
        if number not in self._posts:
            owning = CuttableLocks(self.world, self.owning or self.store.locks)
            self._posts[number] = Post(
                self.store,
                {"slack": self._platform},
                Clocks(self.world.now, self.world.monotonic),
                patience=self.patience,
                pace=Pace(0, 0),
                owning=owning,
            )
        return self._posts[number]

    def _back_up_or_restore(self) -> None:
        if self._backup is None:
            self._backup = self.shelf.copy()
            self.trace.append("backed up")
            return
        for number in list(self._workers):
            self._kill(number)
        self._posts.clear()
        self.shelf.put_back(self._backup)
        with self.store.begin() as tx:
            tx.outbox.doubt_all(self.world.now())
        self.trace.append("restored")

    def _finish(self) -> None:
        self.world.choose = lambda n: n - 1
        self.world.error = 0
        self.world.locks_cut = False
        self.world.pass_time(8 * 3600)
        for _ in range(12):
            self._pass(PATIENCE.repair)
            while True:
                self._step(9)
                if 9 not in self._workers:
                    break

    def state(self) -> LetterState | None:
        with self.store.read() as tx:
            found = tx.outbox.progress(KEY)
        return found.state if found else None

    def delivered(self) -> int:
        """How many messages with the letter's key ever landed."""
        return self.world.posted

    def standing(self) -> int:
        """How many of them stand there now."""
        return sum(m.key == mark(KEY) for m in self.world.messages)
