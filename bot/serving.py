"""One server for every room: their addresses, `/healthz`, and `/metrics`.

Uvicorn held up best against stalled clients and slow databases (measured beside Bolt's own server,
gunicorn and aiohttp). It listens on loopback unless the setting says otherwise; HTTPS is up to a
proxy in front of it.
"""

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.rooms import Room
from store import Store, StoreError

logger = logging.getLogger(__name__)

FAREWELL = 15
"""Seconds that requests and answers under way may take when Brug is asked to stop."""

SWITCH = 0.001
"""Seconds after which a thread at work lets another go on. With Python's 0.005 an acknowledgement
waits for several threads that answer questions before it may be sent."""

IDLE = 30
"""Seconds that a connection may stay open without a request."""


def _always() -> bool:
    return True


def site(rooms: Sequence[Room], store: Store, letters: Callable[[], bool] = _always) -> Starlette:
    """Return everything that is served, as one ASGI application.

    Args:
        rooms: Those that have their settings; they are started and stopped with it.
        store: What `/healthz` looks into.
        letters: Whether letters can be brought.
    """

    def reads() -> None:
        with store.read() as tx:
            tx.gazetteer.version()

    async def health(_: Request) -> Response:
        found = {room.name: room.healthy for room in rooms}
        found["letters"] = letters()
        found["database"] = await asyncio.to_thread(_works, reads)
        fine = all(found.values())
        return JSONResponse({"ok": fine} | found, status_code=200 if fine else 503)

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            for room in rooms:
                stack.push_async_callback(room.stop)
                await room.start()
            yield

    own = [Route("/healthz", health), Route("/metrics", _metrics)]
    return Starlette(routes=[*own, *(r for room in rooms for r in room.routes)], lifespan=life)


def server(application: Starlette, host: str, port: int) -> uvicorn.Server:
    """Return the server; `run()` serves until it is told to stop."""
    sys.setswitchinterval(SWITCH)
    return uvicorn.Server(
        uvicorn.Config(
            application,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            log_level=logging.WARNING,
            lifespan="on",
            server_header=False,
            timeout_keep_alive=IDLE,
            timeout_graceful_shutdown=FAREWELL,
        )
    )


async def _metrics(_: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _works(look: Callable[[], None]) -> bool:
    try:
        look()
    except StoreError as fault:
        logger.warning("the database does not answer: %s", type(fault).__name__)
        return False
    return True
