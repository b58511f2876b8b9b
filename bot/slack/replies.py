"""What goes to Slack: an answer back to who asked, a message, a window, a Home tab.

Nothing here raises for what Slack or the network does, because it runs after an acknowledgement:
what was not taken is counted, and logged by method and error code. Nothing is sent twice: when an
answer of Slack is lost, the message may have arrived.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import UNSENT
from bot.presses import to_json

logger = logging.getLogger(__name__)

Payload: TypeAlias = dict[str, Any]

_SILENT = logging.getLogger("slack_sdk.silent")
_SILENT.setLevel(logging.CRITICAL + 1)
"""The SDK writes messages to the log when it debugs."""

SLACK = "https://slack.com/api/"
"""Where Slack's Web API is, unless the setting says otherwise."""

_JSON = {"Content-Type": "application/json"}

SLOWEST = 10.0
"""Seconds that a call may take in all."""

RETRIES = 2
"""Times that a call is made again after "too many requests" (429)."""

LONGEST_WAIT = 60.0
"""Seconds that a `Retry-After` is waited for; after more nobody reads the answer anyway."""


def client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Return a client that waits after a 429 and posts nothing twice.

    The SDK's own handlers make a call again when its answer is lost, and so post twice
    (measured); they do not make it again after a 429.
    """
    limited = AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES)
    return AsyncWebClient(
        token=token,
        base_url=base_url,
        session=session,
        retry_handlers=[limited],
        logger=_SILENT,
    )


def session() -> aiohttp.ClientSession:
    """Return the session of all calls to Slack; to be made inside an event loop, and closed."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SLOWEST))


def may_be_called(url: str, base_url: str) -> bool:
    """Return whether a `response_url` leads to Slack, or to where the setting points.

    A signed request may name any address; Bolt would call it.
    """
    try:
        wanted, base = urlsplit(url), urlsplit(base_url)
        port, home = wanted.port, base.port
    except ValueError:
        return False
    if wanted.username or wanted.password:
        return False
    if wanted.scheme == "https" and port in {None, 443}:
        slack = (base.hostname or "").removeprefix("www.")
        if slack in {"slack.com", "slack-gov.com"}:
            return wanted.hostname == f"hooks.{slack}"
    own = (base.scheme, base.hostname, home)
    return base_url != SLACK and (wanted.scheme, wanted.hostname, port) == own


def code_of(refused: SlackApiError) -> str:
    """Return the code with which Slack refused a call; "error" when it gave none."""
    with suppress(Exception):  # whatever stood in the place of Slack's answer
        code: object = cast("Any", refused.response).get("error")
        if isinstance(code, str):
            return code
    return "error"


class Replies:
    """Sends to Slack."""

    def __init__(
        self, web: AsyncWebClient, http: aiohttp.ClientSession, base_url: str = SLACK
    ) -> None:
        """Send through this client, and through this session where Slack gave an address."""
        self._web = web
        self._http = http
        self._base_url = base_url

    async def back(self, url: str, message: Payload) -> bool:
        """Send to a `response_url`, and return whether it was taken."""
        if not may_be_called(url, self._base_url):
            return _unsent("response_url", "not_slack")
        drawn = to_json(message).encode("utf-8", "replace")
        try:
            for _ in range(RETRIES + 1):
                async with self._http.post(
                    url, data=drawn, headers=_JSON, allow_redirects=False
                ) as answer:
                    if answer.ok:
                        return True
                    status, wait = answer.status, answer.headers.get("Retry-After", "")
                if status != 429 or not wait.isdecimal():  # noqa: PLR2004 - "too many requests"
                    return _unsent("response_url", str(status))
                await asyncio.sleep(min(float(wait), LONGEST_WAIT))
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            return _unsent("response_url", type(fault).__name__)
        return _unsent("response_url", "ratelimited")

    async def post(self, channel: str, message: Payload, thread: str = "") -> bool:
        """Put a message in a conversation."""
        return await _sent(
            "chat.postMessage",
            lambda: self._web.chat_postMessage(
                channel=channel, thread_ts=thread or None, **message
            ),
        )

    async def whisper(self, channel: str, user: str, message: Payload, thread: str = "") -> bool:
        """Show a message to one person in a channel."""
        shown = {name: message[name] for name in ("text", "blocks")}
        return await _sent(
            "chat.postEphemeral",
            lambda: self._web.chat_postEphemeral(
                channel=channel, user=user, thread_ts=thread or None, **shown
            ),
        )

    async def open(self, trigger: str, view: Payload) -> bool:
        """Open a window; Slack allows that for about three seconds after a press."""
        return await _sent(
            "views.open", lambda: self._web.views_open(trigger_id=trigger, view=view)
        )

    async def push(self, trigger: str, view: Payload) -> bool:
        """Open a window over the one that is open."""
        return await _sent(
            "views.push", lambda: self._web.views_push(trigger_id=trigger, view=view)
        )

    async def update(self, number: str, view: Payload) -> bool:
        """Show something else in a window that is open."""
        return await _sent(
            "views.update", lambda: self._web.views_update(view_id=number, view=view)
        )

    async def publish(self, user: str, view: Payload) -> bool:
        """Show somebody's Home tab."""
        return await _sent(
            "views.publish", lambda: self._web.views_publish(user_id=user, view=view)
        )


async def _sent(method: str, call: Callable[[], Awaitable[object]]) -> bool:
    try:
        await call()
    except SlackApiError as refused:
        return _unsent(method, code_of(refused))
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
        return _unsent(method, type(fault).__name__)
    return True


def _unsent(method: str, code: str) -> bool:
    UNSENT.labels("slack", method).inc()
    logger.warning("%s was not taken: %s", method, code[:60])
    return False
