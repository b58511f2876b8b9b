"""A copy of the database made at any step of a delivery, and put back after it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.speech import pages
from handlers.speech.answer import Answer
from scheduler.courier import DeliveryFault, Unsure
from scheduler.post import Clocks, Patience, Post, mark
from store import Store, open_store
from store.backup import back_up, restore
from store.records import Letter, LetterState, Pace
from tests.conftest import MONDAY
from tests.subscriptions import CHANNEL

KEY = f"digest/2026-W48/{CHANNEL}"
MOST_STEPS = 12
"""More than the longest delivery below takes."""


@dataclass
class Platform:
    """A platform that keeps what it takes, and loses answers as a test says."""

    faults: Iterator[bool]
    taken: list[str] = field(default_factory=list[str])

    def post(self, address: str, answer: Answer, key: str, language: str) -> str:
        """Take it, or not; with a fault its sender does not know which."""
        assert (address, answer.headline, language) == (CHANNEL, "Weekbericht", "nl")
        takes = next(self.faults, None)
        if takes is not False:
            self.taken.append(key)
        if takes is not None:
            raise Unsure
        return str(len(self.taken))

    def find(self, address: str, key: str, since: datetime) -> tuple[str, ...]:
        """Look."""
        assert address == CHANNEL
        assert since < MONDAY
        return tuple(str(n) for n, one in enumerate(self.taken, start=1) if one == key)

    def withdraw(self, address: str, reference: str) -> None:
        """Nothing is ever there twice."""
        raise DeliveryFault(address, reference)


@dataclass
class Time:
    seconds: float = 0

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def post(self, store: Store, platform: Platform) -> Post:
        clocks = Clocks(self.now, self.monotonic)
        patience = Patience(watch=0)
        return Post(store, {"slack": platform}, clocks, patience=patience, pace=Pace(0, 0))

    def deliver(self, store: Store, platform: Platform) -> None:
        """Deliver for an hour, with a look every two and a half minutes."""
        post = self.post(store, platform)
        for _ in range(24):
            post.deliver(lambda _: None, lambda: False)
            self.seconds += 150


def a_letter(at: datetime) -> Letter:
    return Letter(KEY, CHANNEL, pages.write(Answer("Weekbericht")), at, earliest=MONDAY)


@pytest.mark.parametrize("faults", [(), (True,), (False,), (False, True)])
@pytest.mark.parametrize("step", range(MOST_STEPS))
def test_a_copy_made_at_any_step_sends_nothing_twice_when_it_is_put_back(
    sqlite_store: Store, tmp_path: Path, step: int, faults: tuple[bool, ...]
) -> None:
    platform, time, url = Platform(iter(faults)), Time(), str(sqlite_store.engine.url)
    with sqlite_store.begin() as tx:
        tx.outbox.put(a_letter(MONDAY))
    post, passed = time.post(sqlite_store, platform), 0
    while passed < step:  # until the copy is made: at this step, or after the last one
        before = passed
        for _ in post.steps():
            passed += 1
            if passed == step:
                back_up(sqlite_store, tmp_path / "copy.db")
        time.seconds += 150
        if passed == before:
            break
    if not (tmp_path / "copy.db").exists():
        back_up(sqlite_store, tmp_path / "copy.db")
    time.deliver(sqlite_store, platform)
    sqlite_store.close()

    time.seconds += 600
    restore(url, tmp_path / "copy.db", time.now())
    restored = open_store(url)
    with restored.begin() as tx:
        tx.outbox.put(a_letter(time.now()))  # what the clock does again, if the copy lost it
    time.deliver(restored, platform)

    assert platform.taken == [mark(KEY)]
    with restored.read() as tx:
        found = tx.outbox.progress(KEY)
    restored.close()
    assert found is not None
    assert found.state is LetterState.SENT
