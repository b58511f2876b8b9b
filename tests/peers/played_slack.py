"""A Slack that we play, over HTTP on loopback: what no peer can show, on command.

    python -m tests.peers.played_slack PORT

It takes messages with their metadata, gives the history back page by page, deletes, and finds
people by address. `POST /_play` sets how it misbehaves:

    lost        share of posts that it takes without answering: the connection drops
    dropped     share of posts that it drops before taking them
    broken      share of posts that it takes, answering 503
    refused     share of posts that it does not take, answering 503
    later       share of posts that it takes at once, answering after `slow` seconds
    late        share of posts that it takes only after `slow` seconds
    limited     share of posts that it answers with 429
    blind       share of looks into the history that it answers with 503
    slow        seconds
    scenario    the names of what happens to the next posts, one each, before any share counts
    refusing    channels that it takes nothing for, with the code that it gives
    unreadable  channels whose history it does not show

`GET /_seen` gives everything that it took and how often it misbehaved.
"""

# JSON is a tree of anything.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import asyncio
import json
import logging
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

FAULTS = ("lost", "dropped", "broken", "refused", "later", "late", "limited")


@dataclass
class Played:
    """What the played Slack knows."""

    shares: dict[str, float] = field(default_factory=dict[str, float])
    slow: float = 0.5
    scenario: list[str] = field(default_factory=list[str])
    refusing: dict[str, str] = field(default_factory=dict[str, str])
    unreadable: list[str] = field(default_factory=list[str])
    messages: dict[str, list[dict[str, Any]]] = field(
        default_factory=dict[str, list[dict[str, Any]]]
    )
    taken: list[str] = field(default_factory=list[str])
    deleted: int = 0
    looks: int = 0
    misbehaved: dict[str, int] = field(default_factory=dict[str, int])
    last: int = 0
    choose: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - a seeded generator is the point

    def number(self) -> str:
        """A time stamp in Slack's form that nothing else has."""
        self.last = max(int(time.time() * 1e6), self.last + 1)
        return f"{self.last // 1_000_000}.{self.last % 1_000_000:06d}"

    def take(self, asked: dict[str, Any]) -> dict[str, Any]:
        metadata = asked.get("metadata")
        if isinstance(metadata, str):
            metadata = json.loads(metadata)
        kept = {
            "type": "message",
            "text": asked.get("text", ""),
            "blocks": asked.get("blocks", []),
            "ts": self.number(),
            "metadata": metadata,
        }
        self.messages.setdefault(asked["channel"], []).append(kept)
        payload: dict[str, str] = (metadata or {}).get("event_payload") or {}
        self.taken.append(payload.get("key", ""))
        return kept

    def fault(self) -> str:
        if self.scenario:
            name = self.scenario.pop(0)
        else:
            at, name = self.choose.random(), ""
            for one in FAULTS:
                at -= self.shares.get(one, 0)
                if at < 0:
                    name = one
                    break
        if name:
            self.misbehaved[name] = self.misbehaved.get(name, 0) + 1
        return name


PLAYED = web.AppKey("played", Played)


async def _asked(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return await request.json()
    return {**request.query, **dict(await request.post())}


def _taken(asked: dict[str, Any], kept: dict[str, Any]) -> web.Response:
    return web.json_response({"ok": True, "ts": kept["ts"], "channel": asked["channel"]})


async def _post(request: web.Request) -> web.Response:  # noqa: PLR0911 - one per misbehaviour
    played, asked = request.app[PLAYED], await _asked(request)
    if code := played.refusing.get(asked["channel"]):
        return web.json_response({"ok": False, "error": code})
    match played.fault():
        case "limited":
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"}
            )
        case "refused":
            return web.Response(status=503, text="oops")
        case "broken":
            played.take(asked)
            return web.Response(status=503, text="oops")
        case "dropped":
            _drop(request)
        case "lost":
            played.take(asked)
            _drop(request)
        case "later":
            kept = played.take(asked)
            await asyncio.sleep(played.slow)
            return _taken(asked, kept)
        case "late":
            # Slack goes on with what it has read, whether or not its client is still there.
            task = asyncio.ensure_future(_take_late(played, asked))
            return _taken(asked, await asyncio.shield(task))
        case _:
            return _taken(asked, played.take(asked))
    return web.Response()


async def _take_late(played: Played, asked: dict[str, Any]) -> dict[str, Any]:
    await asyncio.sleep(played.slow)
    return played.take(asked)


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _history(request: web.Request) -> web.Response:
    played, asked = request.app[PLAYED], await _asked(request)
    played.looks += 1
    if asked["channel"] in played.unreadable:
        return web.json_response({"ok": False, "error": "missing_scope"})
    if played.choose.random() < played.shares.get("blind", 0):
        return web.Response(status=503, text="oops")
    after, limit = float(asked.get("oldest", 0)), int(asked.get("limit", 100))
    start = int(asked.get("cursor") or 0)
    shown = [m for m in played.messages.get(asked["channel"], []) if float(m["ts"]) > after]
    page = list(reversed(shown))[start : start + limit]
    if str(asked.get("include_all_metadata", "")).lower() not in {"1", "true"}:
        page = [{k: v for k, v in m.items() if k != "metadata"} for m in page]
    more = start + limit < len(shown)
    return web.json_response(
        {
            "ok": True,
            "messages": page,
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + limit) if more else ""},
        }
    )


async def _delete(request: web.Request) -> web.Response:
    played, asked = request.app[PLAYED], await _asked(request)
    messages = played.messages.get(asked["channel"], [])
    left = [m for m in messages if m["ts"] != asked["ts"]]
    if len(left) == len(messages):
        return web.json_response({"ok": False, "error": "message_not_found"})
    played.messages[asked["channel"]] = left
    played.deleted += 1
    return web.json_response({"ok": True, "ts": asked["ts"], "channel": asked["channel"]})


async def _lookup(request: web.Request) -> web.Response:
    email = (await _asked(request))["email"]
    if not email.endswith("@example.org"):
        return web.json_response({"ok": False, "error": "users_not_found"})
    return web.json_response({"ok": True, "user": {"id": "U" + email.partition("@")[0]}})


async def _open(request: web.Request) -> web.Response:
    users = (await _asked(request))["users"]
    name = users if isinstance(users, str) else ",".join(users)
    return web.json_response({"ok": True, "channel": {"id": f"D{name}"}})


async def _test(_: web.Request) -> web.Response:
    return web.json_response({"ok": True, "team_id": "T1", "user_id": "UBRUG"})


async def _play(request: web.Request) -> web.Response:
    played, said = request.app[PLAYED], await request.json()
    for name in ("slow", "scenario", "refusing", "unreadable"):
        if name in said:
            setattr(played, name, said.pop(name))
    played.shares = said
    return web.json_response({"ok": True})


async def _seen(request: web.Request) -> web.Response:
    played = request.app[PLAYED]
    return web.json_response(
        {
            "messages": played.messages,
            "taken": played.taken,
            "deleted": played.deleted,
            "looks": played.looks,
            "misbehaved": played.misbehaved,
        }
    )


def application() -> web.Application:
    """The played Slack, to be served."""
    app = web.Application()
    app[PLAYED] = Played()
    for method, handler in (
        ("chat.postMessage", _post),
        ("conversations.history", _history),
        ("chat.delete", _delete),
        ("users.lookupByEmail", _lookup),
        ("conversations.open", _open),
        ("auth.test", _test),
    ):
        app.router.add_route("*", f"/api/{method}", handler)
    app.router.add_post("/_play", _play)
    app.router.add_get("/_seen", _seen)
    return app


if __name__ == "__main__":
    logging.disable()  # clients that die in the middle of a request are the point
    web.run_app(
        application(), host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None
    )
