"""Waiting for a condition: no test sleeps for a time that somebody guessed."""

import socket
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

LONG = 20.0
"""Seconds after which a condition will not come true any more, on a busy machine either."""

_LOOK = 0.01


def until(condition: Callable[[], T], what: str, within: float = LONG) -> T:
    """Return what the condition gives once that is true.

    Raises:
        AssertionError: If it does not become true within so many seconds.
    """
    never, end = Event(), monotonic() + within
    while not (found := condition()):
        if monotonic() > end:
            raise AssertionError(f"not within {within:g} s: {what}")
        never.wait(_LOOK)
    return found


def free_port() -> int:
    """Return a port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
