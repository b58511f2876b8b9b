"""The clock: every so often, look what is due and bring what waits.

APScheduler lives in memory, in every replica, and only says "look now". A job store that several
schedulers share doubles jobs, loses them, and drops those of a newer release
(`decisions/0001-the-post.md`).
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Event
from typing import Any

from apscheduler.schedulers.background import (  # pyright: ignore[reportMissingTypeStubs]
    BackgroundScheduler,
)

from scheduler.apart import FAULTS
from scheduler.chores import CHORES, Chore
from scheduler.post import Post
from store import Store, StoreError

logger = logging.getLogger(__name__)

BRING_EVERY = 1.0
"""Seconds between two looks at what waits to be brought."""

CARRIERS = 3
"""Letters that one process brings at the same time."""


class Timetable:
    """What happens by the clock, until it is stopped."""

    def __init__(
        self,
        store: Store,
        post: Post | None,
        now: Callable[[], datetime],
        chores: Sequence[Chore] = CHORES,
    ) -> None:
        """Plan it; `start` begins.

        Args:
            store: Where digests and letters are kept.
            post: Who brings letters; None where no platform is connected.
            now: The clock (UTC).
            chores: What happens, and how often.
        """
        self._chores = chores
        self._store = store
        self._post = post
        self._now = now
        self._stopping = Event()
        # In UTC: it only says "look now", and what is due is reckoned in Brussels elsewhere.
        self._scheduler: Any = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    @property
    def healthy(self) -> bool:
        """Whether letters can be brought, as far as was seen here."""
        return self._post is None or self._post.healthy

    def start(self) -> None:
        """Begin, in threads of its own."""
        at_once = datetime.now(UTC)
        for chore in self._chores:
            self._scheduler.add_job(
                self._do,
                "interval",
                args=[chore],
                id=chore.name,
                seconds=chore.every,
                next_run_time=at_once,
            )
        for _ in range(CARRIERS if self._post else 0):
            self._scheduler.add_job(
                self._bring, "interval", seconds=BRING_EVERY, next_run_time=at_once
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the letter at hand, and end."""
        self._stopping.set()
        self._scheduler.shutdown(wait=True)

    def _do(self, chore: Chore) -> None:
        now = self._now()
        if not chore.due(now):
            return
        try:
            chore.run(self._store, now)
        except StoreError as fault:
            logger.warning("%s: comes later, %s", chore.name, type(fault).__name__)
        except Exception:
            FAULTS.labels(chore.name).inc()
            logger.exception("%s: could not be done", chore.name)

    def _bring(self) -> None:
        if self._post is None:
            return
        try:
            self._post.deliver(self._stopping.wait, self._stopping.is_set)
        except StoreError as fault:
            logger.warning("letters wait: %s", type(fault).__name__)
        except Exception:
            logger.exception("letters could not be brought")
