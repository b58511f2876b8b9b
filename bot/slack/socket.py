"""Socket Mode: events come over a connection that Brug opens, so that nothing has to reach it.

The SDK's client reconnects by itself, mostly: it keeps trying an address that Slack gives out for
one use, and has gone deaf after a reconnection
(https://github.com/slackapi/bolt-python/issues/1529). So a watchdog looks at the last pong, and
replaces the whole client when there was none for a while.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

import aiohttp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import CONNECTED, FAULTS, RECONNECTED
from bot.presses import Malformed, fields, from_json

logger = logging.getLogger(__name__)

PING = 2
"""Seconds between pings. With the SDK's default it takes up to a minute to notice silence."""

DEAF = 6.0
"""Seconds without a pong, or without a connection, after which the client is replaced."""

LOOK = 1.0
"""Seconds between two looks of the watchdog."""

_SILENT = logging.getLogger("slack_sdk.silent")
_SILENT.setLevel(logging.CRITICAL + 1)
"""The SDK logs whole messages, and addresses with a ticket in them; the watchdog says enough."""

Dispatch = Callable[[Mapping[str, Any], Mapping[str, list[str]]], Awaitable[BoltResponse]]
"""(payload, headers) → what Bolt answers."""


class Socket:
    """One connection to Slack, kept alive. Use it within one event loop."""

    def __init__(self, token: str, web: AsyncWebClient, dispatch: Dispatch) -> None:
        """Connect with this app-level token, and hand over what comes in.

        Args:
            token: "xapp-…".
            web: Knows where Slack's Web API is.
            dispatch: Answers a payload.
        """
        self._token = token
        self._web = web
        self._dispatch = dispatch
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._heard = 0.0

    @property
    def connected(self) -> bool:
        """Whether events can come in."""
        client = self._client
        session = client.current_session if client else None
        return session is not None and not session.closed

    def start(self) -> None:
        """Connect, and stay connected, in the background."""
        self._watching = asyncio.ensure_future(self._watch())

    async def stop(self) -> None:
        """Close the connection."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        await self._close(self._client)
        CONNECTED.labels("slack").set(0)

    async def _watch(self) -> None:
        """Look, again and again, whatever goes wrong: without it Brug would stay deaf."""
        while True:
            try:
                await self._look()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the next look may go well
                FAULTS.labels("slack").inc()
                logger.error("the watchdog of the socket: %s", type(fault).__name__)  # noqa: TRY400 - the traceback may hold an address with a ticket
            await asyncio.sleep(LOOK)

    async def _look(self) -> None:
        now, client = time.time(), self._client
        pong = (client.last_ping_pong_time or 0.0) if client else 0.0
        if client is None:
            self._renew()
        elif self.connected and now - max(pong, self._heard) < DEAF:
            CONNECTED.labels("slack").set(1)
            self._heard = max(self._heard, pong)
            return
        CONNECTED.labels("slack").set(0)
        if client is not None and now - max(pong, self._heard) >= DEAF:
            RECONNECTED.labels("slack").inc()
            logger.warning("the socket to Slack is silent: opening another")
            if self._connecting is not None:
                self._connecting.cancel()
            await self._close(client)
            self._renew()

    def _renew(self) -> None:
        client = SocketModeClient(
            self._token, logger=_SILENT, web_client=self._web, ping_interval=PING
        )
        client.socket_mode_request_listeners.append(self._handle)  # pyright: ignore[reportArgumentType] - the SDK wants any callable object
        self._client, self._heard = client, time.time()
        self._connecting = asyncio.ensure_future(_connect(client))

    @staticmethod
    async def _close(client: SocketModeClient | None) -> None:
        if client is None:
            return
        try:
            async with asyncio.timeout(DEAF):
                await client.close()
        except Exception as fault:  # noqa: BLE001 - what is left of a client that ends may raise anything
            logger.info("closing a socket: %s", type(fault).__name__)

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self._heard = time.time()
        headers: dict[str, list[str]] = {}
        if request.retry_attempt is not None:
            headers["x-slack-retry-num"] = [str(request.retry_attempt)]
        try:
            payload = fields(cast("object", request.payload))
        except Malformed:
            return
        answer = await self._dispatch(payload, headers)
        if answer.status != 200:  # noqa: PLR2004 - "ok"; without an acknowledgement Slack tries again
            return
        reply = SocketModeResponse(request.envelope_id, _payload(answer))
        try:
            await client.send_socket_mode_response(reply)
        except (aiohttp.ClientError, ConnectionError, RuntimeError) as fault:
            logger.warning("an acknowledgement could not be sent: %s", type(fault).__name__)


async def _connect(client: SocketModeClient) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await client.connect()


def _payload(answer: BoltResponse) -> dict[str, Any] | None:
    if not answer.body:
        return None
    if answer.headers.get("content-type", [""])[0].startswith("application/json"):
        return dict(fields(from_json(answer.body)))
    return {"text": answer.body}
