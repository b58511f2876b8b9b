"""The hands that do the work: a bounded pool of threads behind the rooms that must not wait.

A question has been acknowledged, so it may stand in line. What is entrusted is acknowledged only
after it was written, so it has hands of its own, and hears "no" when they are all full: slow
questions cannot keep anybody from registering something.
"""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.once import Abandoned, Act

T = TypeVar("T")

HANDS = 32
"""Threads. Measured beside 5 (Bolt's default): 40 writes/s of 0.2 s each need 8 at once."""

KEPT = 12
"""Of those, for what is entrusted."""

LINE = 256
"""Questions that may wait; more would be answered after people have given up."""


class Busy(Exception):
    """All hands are full; nothing was done."""


class Crew:
    """Threads for questions, and threads for what is entrusted. Use it within one event loop."""

    def __init__(self, hands: int = HANDS, kept: int = KEPT, line: int = LINE) -> None:
        """Hire hands.

        Args:
            hands: Threads, in all.
            kept: Of those, for what is entrusted.
            line: Questions that may wait for a hand.
        """
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="hand")
        self._free = asyncio.Semaphore(hands - kept)
        self._kept = asyncio.Semaphore(kept)
        self._line = line
        self._waiting = 0

    @property
    def full(self) -> bool:
        """Whether a question would find no place in the line."""
        return self._free.locked() and self._waiting >= self._line

    async def ask(self, run: Callable[[], T]) -> T:
        """Run a question, after those that came before it.

        Raises:
            Busy: If the line is full.
        """
        if self.full:
            raise Busy
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        return await self._run(run, self._free)

    async def entrust(self, run: Callable[[], T], act: Act, within: float) -> T:
        """Run what somebody entrusts to Brug, and know how it ended.

        Args:
            run: Does it; the last thing it does before it commits is `act.settle()`.
            act: What comes along with it.
            within: Seconds that somebody waits.

        Raises:
            Busy: If no hand came free in that time; nothing was done.
            Abandoned: If it took longer; nothing was kept, and nothing will be.
        """
        clock = asyncio.get_running_loop()
        until = clock.time() + within
        try:
            async with asyncio.timeout_at(until):
                await self._kept.acquire()
        except TimeoutError:
            raise Busy from None
        running = self._run(run, self._kept)
        await asyncio.wait({running}, timeout=max(0.0, until - clock.time()))
        if not running.done() and act.abandon():
            raise Abandoned
        return await running  # finished, or its commit has begun: what it returns is the truth

    def _run(self, run: Callable[[], T], hands: asyncio.Semaphore) -> asyncio.Future[T]:
        loop, work = asyncio.get_running_loop(), self._pool.submit(run)

        def free(_: Future[T]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody needs a hand
                loop.call_soon_threadsafe(hands.release)

        def see(done: asyncio.Future[T]) -> None:
            if not done.cancelled():
                done.exception()  # of what was abandoned nobody asks the outcome

        # Of the thread, not of who waits for it: whoever waits no longer leaves it at work.
        work.add_done_callback(free)
        running = asyncio.wrap_future(work)
        running.add_done_callback(see)
        return running

    def close(self) -> None:
        """Send everybody home; who is at work finishes."""
        self._pool.shutdown(wait=False, cancel_futures=True)
