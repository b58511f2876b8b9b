"""What a room is to the server that it is served by."""

from collections.abc import Sequence
from typing import Any, Protocol


class Room(Protocol):
    """A room that listens."""

    @property
    def name(self) -> str:
        """What `/healthz` calls it."""
        ...

    @property
    def routes(self) -> Sequence[Any]:
        """What it serves over HTTP: routes of Starlette, unnamed here to keep a start quick."""
        ...

    @property
    def healthy(self) -> bool:
        """Whether it can hear."""
        ...

    async def start(self) -> None:
        """Begin to listen."""
        ...

    async def stop(self) -> None:
        """Listen no more."""
        ...
