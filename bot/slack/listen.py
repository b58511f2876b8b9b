"""The Slack room: what comes in over HTTP or a socket, through Bolt, to `answering.py`.

Read in this order: `gate.py` checks a raw request, `calls.py` reads a payload, `people.py` says
who it is, `answering.py` answers it, `render.py` draws the answer, `replies.py` sends it.
`socket.py` is the other way in. Bolt routes: it knows a command from a button or a form.
"""

import asyncio
import logging
import re
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.assistant import Assistant
from bot.crew import Crew
from bot.slack import replies
from bot.slack.agent import Agent
from bot.slack.answering import Answering, Workspace
from bot.slack.files import Files, Receiving
from bot.slack.gate import Gate, Refused
from bot.slack.people import People
from bot.slack.render import PRESS, SEARCH
from bot.slack.socket import Socket

logger = logging.getLogger(__name__)

PATH = "/slack/events"
"""Where Slack sends everything in HTTP mode."""

FAREWELL = 10.0
"""Seconds in which what was acknowledged is still answered when Brug stops."""

_SILENT = logging.getLogger("slack_bolt.silent")
_SILENT.setLevel(logging.CRITICAL + 1)
"""Bolt writes payloads to the log at some levels: what people type does not belong there."""

_AGAIN = 5.0
"""Seconds before Slack is asked again who Brug is, when it did not answer."""


@dataclass(frozen=True, slots=True)
class Account:
    """Brug's account with Slack.

    Attributes:
        bot_token: "xoxb-…".
        signing_secret: What HTTP requests are signed with; "" for no HTTP.
        app_token: "xapp-…", for Socket Mode; "" for none.
        base_url: Where Slack's Web API is, with a slash at the end.
        home_workspace: The workspace of the networks ("T…"); "" for the one of the token.
    """

    bot_token: str
    signing_secret: str = ""
    app_token: str = ""
    base_url: str = replies.SLACK
    home_workspace: str = ""


class SlackRoom:
    """Brug in a workspace of Slack. Start and stop it within one event loop."""

    name = "slack"

    def __init__(self, account: Account, assistant: Assistant, gate: Gate | None = None) -> None:
        """Answer with this assistant.

        Args:
            account: Brug's account.
            assistant: Who knows.
            gate: What HTTP requests go through; None for one with the usual limits.
        """
        self._account = account
        self._assistant = assistant
        secret = account.signing_secret
        self._gate = gate or (Gate(secret, time.time) if secret else None)
        self._workspace = Workspace(home=account.home_workspace)
        self._open = AsyncExitStack()
        self._bolt: AsyncApp | None = None
        self._socket: Socket | None = None
        self._answering: Answering | None = None

    @property
    def routes(self) -> list[Route]:
        """What this room serves over HTTP."""
        return [Route(PATH, self._http, methods=["POST"])] if self._gate else []

    @property
    def healthy(self) -> bool:
        """Whether events can come in, and Slack has said who Brug is."""
        hears = self._socket is None or self._socket.connected
        return hears and bool(self._workspace.bot)

    async def start(self) -> None:
        """Begin to listen; Slack need not be there yet."""
        account, stack = self._account, self._open
        http = await stack.enter_async_context(replies.session())
        web = replies.client(account.bot_token, account.base_url, http)
        crew = Crew()
        stack.callback(crew.close)
        files = Files(web, http, account.base_url)
        self._answering = Answering(
            self._assistant,
            crew,
            People(web, time.monotonic),
            replies.Replies(web, http, account.base_url),
            self._workspace,
            Agent(web, time.monotonic),
            files,
        )
        stack.push_async_callback(self._answering.finish, FAREWELL)
        receiving = Receiving(self._answering, files)
        self._bolt = _bolt(self._answering, receiving, web, self._workspace)
        learning = asyncio.ensure_future(self._learn(web))
        stack.callback(learning.cancel)
        if account.app_token:
            self._socket = Socket(account.app_token, web, self._over_socket)
            self._socket.start()
            stack.push_async_callback(self._socket.stop)

    async def stop(self) -> None:
        """Listen no more, and answer what was acknowledged."""
        await self._open.aclose()

    async def _learn(self, web: AsyncWebClient) -> None:
        """Ask Slack who Brug is, until it says so."""
        while True:
            try:
                known = await web.auth_test()
            except SlackApiError as refused:
                code = replies.code_of(refused)
                logger.error("Slack refused SLACK_BOT_TOKEN (%s); see `brug check`", code)  # noqa: TRY400 - the traceback says nothing
            except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as fault:
                logger.warning("Slack does not answer: %s", type(fault).__name__)
            else:
                self._workspace.bot = str(known.get("user_id") or "")
                self._workspace.home = self._workspace.home or str(known.get("team_id") or "")
                return
            await asyncio.sleep(_AGAIN)

    async def _http(self, request: Request) -> Response:
        if self._gate is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return await self._gate.through(request, self._through_bolt)

    async def _through_bolt(self, body: str, headers: Mapping[str, str]) -> Response:
        answer = await self._dispatched(body, {"content-type": [headers.get("content-type", "")]})
        if answer is None or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            refused = Refused(HTTPStatus.BAD_REQUEST, "malformed")
            return self._gate.refuse(refused) if self._gate else Response(status_code=400)
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())

    async def _over_socket(
        self, payload: Mapping[str, Any], headers: Mapping[str, list[str]]
    ) -> BoltResponse:
        answer = await self._dispatched(dict(payload), headers)
        return answer or BoltResponse(status=HTTPStatus.BAD_REQUEST)

    async def _dispatched(
        self, body: str | dict[str, Any], headers: Mapping[str, list[str]]
    ) -> BoltResponse | None:
        if self._bolt is None:
            return None
        mode = "http" if isinstance(body, str) else "socket_mode"
        try:
            request = AsyncBoltRequest(mode=mode, body=body, headers=dict(headers))
            return await self._bolt.async_dispatch(request)
        except Exception as fault:  # noqa: BLE001 - Bolt raises anything over a payload of another shape
            logger.info("Bolt did not take a payload: %s", type(fault).__name__)
            return None


def _bolt(
    answering: Answering, receiving: Receiving, web: AsyncWebClient, workspace: Workspace
) -> AsyncApp:
    """Return the app of Bolt that routes to what answers."""

    async def authorize() -> AuthorizeResult:
        # One token, that the gate or the socket has vouched for: there is nothing to look up.
        return AuthorizeResult(
            enterprise_id=None,
            team_id=workspace.home or None,
            bot_token=web.token,
            bot_user_id=workspace.bot or None,
        )

    app = AsyncApp(
        name="brug",
        logger=_SILENT,
        client=web,
        authorize=authorize,
        # The gate has verified the raw body. Bolt would parse it first, and log it.
        request_verification_enabled=False,
        # What answers here acknowledges by itself and soon. Otherwise Bolt looks every 10 ms
        # whether it did, and takes it back when something is raised right after it.
        process_before_response=True,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    app.command(re.compile(""))(answering.command)
    app.event({"type": "message", "subtype": "file_share"})(receiving.message)
    app.event("message")(answering.message)
    app.event("app_mention")(answering.mention)
    app.event("app_home_opened")(answering.opened)
    app.event("assistant_thread_started")(answering.began)
    app.event("assistant_thread_context_changed")(answering.began)
    app.block_action(re.compile(f"^{PRESS}:"))(answering.press)
    app.block_action(re.compile(f"^{SEARCH}:"))(answering.pick)
    app.options(re.compile(""))(answering.suggest)
    app.message_shortcut(re.compile(""))(answering.shortcut)
    app.view_submission(re.compile(""))(answering.submit)
    app.event(re.compile(""))(_nothing)
    return app


async def _nothing() -> None:
    """Take an event that Brug has nothing to do with: Slack would send it again."""
