"""Do a chore one thing at a time: what is wrong with one keeps no others waiting."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from prometheus_client import Counter

from store.errors import StoreBusy, StoreUnreachable

logger = logging.getLogger(__name__)

FAULTS = Counter("brug_chore_faults", "Faults of ours in what happens by the clock.", ["chore"])

T = TypeVar("T")


def one_by_one(chore: str, things: Iterable[T], do: Callable[[T], int]) -> int:
    """Do something with each of these, in a transaction of its own.

    A fault is counted and logged, and the next one has its turn: whatever failed comes again at
    the next look.

    Args:
        chore: What this is, for the log and the count.
        things: With what.
        do: The work, which begins a transaction of its own; returns how much it did.

    Returns:
        How much was done in all.

    Raises:
        StoreUnreachable: If the database does not answer: it would not for the next one either.
    """
    done = 0
    for thing in things:
        try:
            done += do(thing)
        except StoreUnreachable:
            raise
        except StoreBusy:
            # Of one alone, or of all: the next one knows soon enough.
            logger.warning("%s: one comes later, the database was busy", chore)
        except Exception:
            FAULTS.labels(chore).inc()
            logger.exception("%s: one could not be done, the others go on", chore)
    return done
