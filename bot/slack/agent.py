"""Slack's agent view: prompts to begin with, and a status while Brug is busy.

Not every workspace has it, and not every app may: what Slack refuses for that reason is not asked
again for a while, and nobody notices. Sources: https://docs.slack.dev/ai/developing-agents, and
/reference/methods/assistant.threads.setSuggestedPrompts and .setStatus.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.characters import cut
from bot.slack.calls import Origin
from bot.slack.replies import code_of

logger = logging.getLogger(__name__)

T = TypeVar("T")

MOST = 4
"""Prompts that Slack shows."""

SOON = 0.5
"""Seconds after which somebody who waits is told so: most answers are there before that, and a
status that comes after its answer would stay for two minutes."""

PATIENCE = 1.0
"""Seconds to wait for Slack: whoever waits for an answer has better things to wait for."""

AGAIN = 3600.0
"""Seconds until Slack is asked again what it said this workspace or this app does not have."""

_TITLE = 75
_NOT_HERE = frozenset(
    {
        *("unknown_method", "missing_scope", "not_allowed", "not_allowed_token_type"),
        *("method_not_supported_for_channel_type", "feature_not_enabled", "invalid_arguments"),
        *("no_permission", "team_access_not_granted", "method_deprecated"),
    }
)


class Agent:
    """What the agent view shows around a conversation. Use it within one event loop."""

    def __init__(self, web: AsyncWebClient, clock: Callable[[], float]) -> None:
        """Ask this client; the clock counts seconds and never goes back."""
        self._web = web
        self._clock = clock
        self._not_before: dict[str, float] = {}

    async def suggest(self, origin: Origin, prompts: Sequence[str], title: str) -> None:
        """Show what one may ask, above an empty conversation."""
        shown = [{"title": cut(words, _TITLE), "message": words} for words in prompts[:MOST]]
        # In the agent view the prompts belong to the whole tab; only older apps have threads.
        thread = {"thread_ts": origin.thread} if origin.thread else {}
        await self._try(
            "assistant.threads.setSuggestedPrompts",
            lambda: self._web.assistant_threads_setSuggestedPrompts(
                channel_id=origin.channel, prompts=shown, title=title, **thread
            ),
        )

    async def while_waiting(self, work: Awaitable[T], origin: Origin, status: str) -> T:
        """Do some work, and say that it is being done when it takes long."""
        if not origin.direct:
            return await work
        doing = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({doing}, timeout=SOON)
        if not done:
            # The status is there before the answer, which takes it away.
            await self._try(
                "assistant.threads.setStatus",
                lambda: self._web.assistant_threads_setStatus(
                    channel_id=origin.channel,
                    thread_ts=origin.thread or origin.message,
                    status=status,
                ),
            )
        return await doing

    async def _try(self, method: str, call: Callable[[], Awaitable[object]]) -> None:
        if self._clock() < self._not_before.get(method, 0.0):
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await call()
        except SlackApiError as refused:
            code = code_of(refused)
            if code in _NOT_HERE:
                self._not_before[method] = self._clock() + AGAIN
            logger.info("%s was not taken: %s", method, code)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as fault:
            logger.info("%s was not taken: %s", method, type(fault).__name__)
