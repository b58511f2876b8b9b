"""A Slack that we play ourselves, over HTTP on loopback, for what no peer shows.

It signs requests of every kind, answers the Web API, receives what goes to a `response_url`, holds
sockets of which one gets each envelope, and misbehaves on request: 429, a lost answer, a refusal,
an answer that never comes.
"""

import asyncio
import hashlib
import hmac
import http.client
import itertools
import json
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode, urlsplit

from aiohttp import WSMsgType, web

from tests.waiting import free_port, until

Json: TypeAlias = dict[str, Any]
Trick: TypeAlias = Callable[[web.Request], "web.StreamResponse | None"]

SECRET = "an-invented-signing-secret"  # noqa: S105 - it opens nothing
BOT_TOKEN = "xoxb-invented"  # noqa: S105 - it opens nothing
APP_TOKEN = "xapp-invented"  # noqa: S105 - it opens nothing
TEAM, BOT, CHANNEL, DM = "T1", "UBRUG", "C1", "D1"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Sent:
    """Something that Brug sent: a method of the Web API, or "respond" for a `response_url`."""

    method: str
    payload: Json


@dataclass(frozen=True)
class Signed:
    """A request as Slack would send it."""

    body: bytes
    headers: Mapping[str, str]


@dataclass
class Stage:
    """The Slack that we play.

    Attributes:
        port: Where it listens.
        users: What `users.info` says, by number.
        sent: Everything that Brug sent, in order.
        tricks: How the next calls of a method misbehave.
        sockets: The sockets that are open, the oldest first.
        muted: Sockets that answer no ping.
        acks: What came back over the sockets.
        files: What can be fetched with Brug's token, by name.
        uploads: What Brug put at an address that it was given.
        tokens: What files were fetched with.
        answered: What Brug answered to requests, once it stopped.
    """

    port: int
    users: dict[str, Json] = field(default_factory=dict[str, Json])
    sent: list[Sent] = field(default_factory=list[Sent])
    tricks: dict[str, list[Trick]] = field(default_factory=dict[str, list[Trick]])
    sockets: list[web.WebSocketResponse] = field(default_factory=list[web.WebSocketResponse])
    muted: list[web.WebSocketResponse] = field(default_factory=list[web.WebSocketResponse])
    acks: list[Json] = field(default_factory=list[Json])
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    uploads: list[bytes] = field(default_factory=list[bytes])
    tokens: list[str] = field(default_factory=list[str])
    answered: list[Json] = field(default_factory=list[Json])
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: Thread | None = None
    _stop: asyncio.Event | None = None

    @property
    def base_url(self) -> str:
        """Its Web API."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def response_url(self) -> str:
        """Where an answer to a command may go."""
        return f"http://127.0.0.1:{self.port}/respond"

    def person(self, number: str, email: str, team: str = TEAM, **more: Any) -> None:  # noqa: ANN401 - Slack's own fields
        """Let somebody be known under this number."""
        profile = {"email": email} if email else {}
        self.users[number] = {"id": number, "team_id": team, "profile": profile, **more}

    def calls(self, method: str) -> list[Json]:
        """Return what a method was called with."""
        return [sent.payload for sent in self.sent if sent.method == method]

    def said(self) -> list[Json]:
        """Return every message that Brug sent, however it did."""
        spoken = {"respond", "chat.postMessage", "chat.postEphemeral"}
        return [sent.payload for sent in self.sent if sent.method in spoken]

    # What Slack sends ------------------------------------------------------------------------

    def command(self, command: str, text: str, user: str = "U1", **more: str) -> Signed:
        """Return a command."""
        fields = {
            "token": "invented",
            "team_id": TEAM,
            "channel_id": CHANNEL,
            "channel_name": "algemeen",
            "user_id": user,
            "command": command,
            "text": text,
            "api_app_id": "A1",
            "response_url": self.response_url,
            "trigger_id": f"{next(self._numbers)}.2.abc",
        }
        return sign(urlencode(fields | more), FORM)

    def message(self, text: str, user: str = "U1", **more: Any) -> Signed:  # noqa: ANN401 - Slack's own fields
        """Return what somebody wrote to Brug alone."""
        event = {"type": "message", "channel": DM, "channel_type": "im", "text": text}
        return self.event(event | more, user)

    def dropped(self, name: str, user: str = "U1", **more: Any) -> Signed:  # noqa: ANN401 - Slack's own fields
        """Return that somebody dropped one of `files` in a conversation with Brug alone."""
        size = len(self.files.get(name, b""))
        url = f"http://127.0.0.1:{self.port}/files/{name}"
        file = {"id": "F1", "name": name, "size": size, "url_private_download": url} | more
        event = {"type": "message", "subtype": "file_share", "channel": DM, "text": ""}
        return self.event(event | {"channel_type": "im", "files": [file]}, user)

    def mention(self, text: str, user: str = "U1") -> Signed:
        """Return what somebody wrote to Brug in a channel."""
        event = {"type": "app_mention", "channel": CHANNEL, "text": f"<@{BOT}> {text}"}
        return self.event(event, user)

    def opened(self, user: str = "U1", tab: str = "home") -> Signed:
        """Return that somebody opened a tab of the app."""
        return self.event({"type": "app_home_opened", "channel": DM, "tab": tab}, user)

    def event(self, event: Json, user: str = "U1") -> Signed:
        """Return an event."""
        return sign(json.dumps(self.event_body(event, user)), JSON)

    def event_body(self, event: Json, user: str = "U1") -> Json:
        """Return an event as an object."""
        number = next(self._numbers)
        return {
            "type": "event_callback",
            "token": "invented",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": f"Ev{number}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "event": {"user": user, "ts": f"{number}.000100", **event},
        }

    def pressed(self, button: Json, user: str = "U1", **more: Any) -> Signed:  # noqa: ANN401 - Slack's own fields
        """Return that a button of a message was pressed."""
        return sign_payload(
            {
                "type": "block_actions",
                "team": {"id": TEAM},
                "user": {"id": user, "team_id": TEAM},
                "channel": {"id": CHANNEL},
                "container": {"type": "message", "message_ts": "1.1", "channel_id": CHANNEL},
                "message": {"ts": "1.1"},
                "response_url": self.response_url,
                "trigger_id": f"{next(self._numbers)}.2.abc",
                "actions": [{"block_id": "buttons", "type": "button", **button}],
            }
            | more
        )

    def submitted(
        self,
        view: Json,
        values: Mapping[str, str],
        user: str = "U1",
        filled: Mapping[str, Json] | None = None,
    ) -> Signed:
        """Return that a form, as Brug opened it, was filled in and sent.

        `filled` holds elements that are no text, by the name of the field.
        """
        state = {
            name: {"answer": {"type": "plain_text_input", "value": value}}
            for name, value in values.items()
        } | dict(filled or {})
        return sign_payload(
            {
                "type": "view_submission",
                "team": {"id": TEAM},
                "user": {"id": user, "team_id": TEAM},
                "trigger_id": f"{next(self._numbers)}.2.abc",
                "view": view
                | {"id": f"V{next(self._numbers)}", "hash": "1.a", "state": {"values": state}},
            }
        )

    def handed(
        self, message: Json, to: str = "signals", user: str = "U1", /, **more: object
    ) -> Signed:
        """Return that a shortcut was chosen under a message."""
        return sign_payload(self.handed_body(message, to, user) | more)

    def handed_body(self, message: Json, to: str = "signals", user: str = "U1") -> Json:
        """Return that as an object."""
        return {
            "type": "message_action",
            "token": "invented",
            "action_ts": "1.3",
            "callback_id": f"message:{to}",
            "team": {"id": TEAM, "domain": "verzonnen"},
            "user": {"id": user, "name": "verzonnen", "team_id": TEAM},
            "channel": {"id": CHANNEL, "name": "algemeen"},
            "message_ts": "1.1",
            "message": {"type": "message", "ts": "1.1", "user": "U9", **message},
            "response_url": self.response_url,
            "trigger_id": f"{next(self._numbers)}.2.abc",
        }

    def typing(self, source: str, value: str, user: str = "U1", /, **more: object) -> Signed:
        """Return that somebody is typing in a field that suggests."""
        return sign_payload(self.typing_body(source, value, user) | more)

    def typing_body(self, source: str, value: str, user: str = "U1") -> Json:
        """Return that as an object."""
        return {
            "type": "block_suggestion",
            "token": "invented",
            "action_ts": "1.3",
            "action_id": f"search:{source}",
            "block_id": "find",
            "value": value,
            "api_app_id": "A1",
            "team": {"id": TEAM, "domain": "verzonnen"},
            "user": {"id": user, "name": "verzonnen", "team_id": TEAM},
            "container": {"type": "view", "view_id": "V1"},
        }

    # Its own life ----------------------------------------------------------------------------

    def start(self) -> None:
        """Listen."""
        ready = Event()
        self._loop = asyncio.new_event_loop()
        serving = self._serve(ready)
        self._thread = Thread(target=self._loop.run_until_complete, args=[serving])
        self._thread.start()
        assert ready.wait(10), "the stage did not start"

    def stop(self) -> None:
        """Listen no more; every connection breaks."""
        if self._loop is not None and self._thread is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(10)
            self._loop.close()
            self._thread = None
            self.sockets.clear()

    def envelope(self, sort: str, payload: Json, socket: int = 0, **more: Any) -> Json:  # noqa: ANN401 - Slack's own fields
        """Send an envelope to one of the sockets."""
        sent = {
            "type": sort,
            "envelope_id": f"e{next(self._numbers)}",
            "accepts_response_payload": sort != "events_api",
            "payload": payload,
            **more,
        }
        until(lambda: len(self.sockets) > socket, "a socket")
        self._on_loop(self.sockets[socket].send_json(sent))
        return sent

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every socket to connect anew."""
        for socket in list(self.sockets):
            self._on_loop(socket.send_json({"type": "disconnect", "reason": reason}))

    def mute(self) -> None:
        """Let every socket stay open and never answer a ping again."""
        self.muted += self.sockets

    def _on_loop(self, work: Any) -> None:  # noqa: ANN401 - any coroutine
        assert self._loop is not None, "the stage was not started"
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _serve(self, ready: Event) -> None:
        self._stop = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)  # reading methods are asked by GET
        app.router.add_post("/respond", self._respond)
        app.router.add_get("/socket", self._socket)
        app.router.add_get("/files/{name}", self._file)
        app.router.add_post("/upload", self._upload)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        ready.set()
        await self._stop.wait()
        for socket in list(self.sockets):
            await socket.close()
        await runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        payload = await _payload(request)
        self.sent.append(Sent(method, payload))
        if (misbehaved := self._misbehave(method, request)) is not None:
            return misbehaved
        match method:
            case "auth.test":
                said: Json = {"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": "BBRUG"}
            case "users.info":
                user = self.users.get(payload["user"])
                said = {"ok": True, "user": user} if user else {"ok": False, "error": "not_found"}
            case "apps.connections.open":
                said = {"ok": True, "url": f"ws://127.0.0.1:{self.port}/socket?ticket=1"}
            case "conversations.open":
                said = {"ok": True, "channel": {"id": DM}}
            case "files.getUploadURLExternal":
                url = f"http://127.0.0.1:{self.port}/upload"
                said = {"ok": True, "upload_url": url, "file_id": "F9"}
            case _:
                said = {"ok": True, "ts": "1.5", "channel": payload.get("channel")}
        return web.json_response(said)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self.tokens.append(request.headers.get("Authorization", ""))
        if (misbehaved := self._misbehave("file", request)) is not None:
            return misbehaved
        return web.Response(body=self.files[request.match_info["name"]])

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        self.uploads.append(await request.read())
        return self._misbehave("upload", request) or web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        self.sent.append(Sent("respond", await request.json()))
        return self._misbehave("respond", request) or web.json_response({"ok": True})

    def _misbehave(self, method: str, request: web.Request) -> "web.StreamResponse | None":
        tricks = self.tricks.get(method)
        return tricks.pop(0)(request) if tricks else None

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets)})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self.acks.append(json.loads(message.data))
            elif message.type is WSMsgType.PING and socket not in self.muted:
                await socket.pong(message.data)
        if socket in self.sockets:
            self.sockets.remove(socket)
        return socket


def limited(seconds: int) -> Trick:
    """Answer "too many requests", and after how long to try again."""
    return lambda _: web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)}
    )


def refused(error: str) -> Trick:
    """Refuse with this code."""
    return lambda _: web.json_response({"ok": False, "error": error})


def broken(_: web.Request) -> web.StreamResponse:
    """Answer something that is not Slack's."""
    return web.Response(status=503, text="<html>even niet</html>", content_type="text/html")


def lost(request: web.Request) -> "web.StreamResponse | None":
    """Take the call, and break the connection instead of answering."""
    if request.transport is not None:
        request.transport.abort()
    return None


async def _payload(request: web.Request) -> Json:
    if request.content_type == JSON:
        return await request.json()
    fields: Json = dict(request.query) | dict(await request.post())
    return {
        name: json.loads(value) if str(value)[:1] in {"[", "{"} else value
        for name, value in fields.items()
    }


def sign(
    body: str | bytes, content_type: str, at: float | None = None, secret: str = SECRET
) -> Signed:
    """Return a body with the headers that Slack sends along.

    Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    moment = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + raw, hashlib.sha256)
    return Signed(
        raw,
        {
            "content-type": content_type,
            "x-slack-request-timestamp": moment,
            "x-slack-signature": f"v0={digest.hexdigest()}",
        },
    )


def sign_payload(payload: object) -> Signed:
    """Return an interaction: JSON inside a form."""
    return sign("payload=" + quote(json.dumps(payload)), FORM)


def send(base: str, signed: Signed, within: float = 15.0) -> tuple[int, str]:
    """Send a request to Brug, and return the status and the body of its answer."""
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=within)
    try:
        connection.request("POST", "/slack/events", signed.body, dict(signed.headers))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@contextmanager
def staged() -> Generator[Stage]:
    """Play Slack, and stop at the end."""
    stage = Stage(free_port())
    stage.person("U1", "noor.voorbeeld@example.org")
    stage.start()
    try:
        yield stage
    finally:
        stage.stop()


def answered(stage: Stage, count: int = 1) -> list[Json]:
    """Wait until Brug has said so many things, and return them."""
    until(lambda: len(stage.said()) >= count, f"{count} answers")
    return stage.said()
