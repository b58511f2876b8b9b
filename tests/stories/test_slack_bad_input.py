"""What an attacker or a broken network sends: refused, unread, unlogged, and nothing is kept."""

import asyncio
import json
import logging
import random
import socket
import time
from collections import Counter
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import aiohttp
import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.gate import Gate
from bot.slack.listen import PATH
from bot.slack.render import modal
from handlers.speech.words import Words
from store import Store
from tests.stories.conftest import Played
from tests.stories.made_up import FORM, kept
from tests.stories.slack_stage import FORM as FORM_TYPE
from tests.stories.slack_stage import JSON as JSON_TYPE
from tests.stories.slack_stage import SECRET, Signed, Stage, send, sign

TYPED = "geheimwoord"
"""Stands in everything that is sent, and must stand nowhere in the log."""

REQUESTS = 5_000
"""Of each sort: signed, and not."""

JUNK: list[Any] = [None, 5, "x", [], {}, [1], {"id": None}, True, 1.5, "é" * 3, "\ud800", "\x00"]
PIECES = [
    "{}",
    "[]",
    "null",
    "%00",
    "%ff",
    '"',
    "&",
    "payload=",
    "=",
    "1e999",
    "-0",
    "\\ud800",
    "[[[",
]
STAMPS = ["abc", "", "1e9", "9" * 5000, "-1", "١٢", "0", str(int(time.time()))]
SIGNATURES = ["", "v0=", "v0=é", "x" * 1000, "v0=" + "0" * 64]


def rows(store: Store) -> dict[str, int]:
    """Return how many rows each table has, receipts aside: a well-formed command leaves one."""
    with store.engine.connect() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'receipt'")
        ).scalars()
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608 - names of our own tables
            for name in names
        }


def receipts(store: Store) -> int:
    with store.engine.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM receipt")).scalar_one()


def bases(stage: Stage) -> list[Signed]:
    return [
        stage.command("/wie", TYPED),
        stage.command("/verzin", TYPED),
        stage.message(TYPED),
        stage.mention(TYPED),
        stage.opened(),
        stage.pressed(
            {
                "action_id": "press:0",
                "value": f'{{"feature":"","verb":"ask","values":{{"words":"{TYPED}"}}}}',
            }
        ),
        stage.submitted(modal(FORM, Words("nl")), {"what": TYPED}),
    ]


def scrambled(body: str, chance: random.Random) -> str:
    letters = list(body)
    for _ in range(chance.randint(1, 8)):
        at, kind = chance.randrange(len(letters) + 1), chance.random()
        if kind < 0.3 and letters:
            letters[min(at, len(letters) - 1)] = chr(chance.choice([0, 10, 34, 38, 91, 123, 233]))
        elif kind < 0.6:
            letters[at:at] = list(chance.choice(PIECES))
        elif kind < 0.8:
            del letters[at : at + chance.randint(1, 20)]
        else:
            letters[at:at] = letters[max(0, at - 10) : at] * chance.randint(1, 3)
    return "".join(letters)


def twisted(value: Any, chance: random.Random) -> Any:  # noqa: ANN401 - JSON of any shape
    if isinstance(value, dict) and value and chance.random() < 0.8:
        changed: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
        name = chance.choice(sorted(changed))
        changed[name] = (
            twisted(changed[name], chance) if chance.random() < 0.6 else chance.choice(JUNK)
        )
        if chance.random() < 0.2:
            changed.pop(chance.choice(sorted(changed)))
        return changed
    if isinstance(value, list) and value and chance.random() < 0.6:
        items: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]
        at = chance.randrange(len(items))
        items[at] = twisted(items[at], chance)
        return items
    return chance.choice(JUNK)


def malformed(base: Signed, chance: random.Random) -> bytes:
    body = base.body.decode()
    if chance.random() < 0.5:
        return scrambled(body, chance).encode("utf-8", "surrogatepass")
    if base.headers["content-type"] == JSON_TYPE:
        return json.dumps(twisted(json.loads(body), chance)).encode()
    if body.startswith("payload="):
        inside = twisted(json.loads(unquote(body[8:])), chance)
        return ("payload=" + quote(json.dumps(inside))).encode()
    return scrambled(body, chance).encode("utf-8", "surrogatepass")


async def storm(base: str, requests: list[Signed]) -> Counter[int]:
    found: Counter[int] = Counter()
    waiting = iter(requests)

    async def one_after_another(session: aiohttp.ClientSession) -> None:
        for request in waiting:
            async with session.post(
                base + PATH, data=request.body, headers=request.headers
            ) as got:
                await got.read()
                found[got.status] += 1

    async with aiohttp.ClientSession(skip_auto_headers=["content-type"]) as session:
        await asyncio.gather(*(one_after_another(session) for _ in range(8)))
    return found


def test_ten_thousand_malformed_requests_are_refused_or_answered_and_nothing_is_kept(
    played: Played, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(7)  # noqa: S311 - the same storm for everybody
    sound = bases(played.stage)
    before, seen = rows(played.store), receipts(played.store)
    unsigned: list[Signed] = []
    for _ in range(REQUESTS):
        base = chance.choice(sound)
        headers = {"content-type": base.headers["content-type"]}
        if chance.random() < 0.5:
            headers["x-slack-request-timestamp"] = chance.choice(STAMPS)
            headers["x-slack-signature"] = chance.choice(SIGNATURES)
        unsigned.append(Signed(malformed(base, chance), headers))
    refused = asyncio.run(storm(played.base, unsigned))

    assert refused == {401: REQUESTS}
    assert receipts(played.store) == seen

    signed = [
        sign(malformed(base, chance), base.headers["content-type"])
        for base in chance.choices(sound, k=REQUESTS)
    ]
    answered = asyncio.run(storm(played.base, signed))

    assert sum(answered.values()) == REQUESTS
    assert set(answered) <= {200, 400, 404}
    # Some are well-formed still: a form whose text changed is a form, and is kept, with the pace
    # of the conversation that its letter goes to.
    assert {name: n for name, n in rows(played.store).items() if n != before[name]}.keys() <= {
        "letter",
        "lane",
    }
    assert send(played.base, played.stage.command("/wie", "gnet")) == (200, "")
    ours = [r for r in caplog.records if r.name.startswith(("bot", "uvicorn", "slack", "brug"))]
    assert not [r for r in ours if r.levelno > logging.WARNING]
    assert not [r for r in ours if TYPED in r.getMessage()]


@pytest.mark.parametrize("off", [-301, 360, -100_000])  # a second that passes brings 301 near
def test_a_request_from_another_time_is_refused(played: Played, off: int) -> None:
    late = sign(b"command=%2Fbewaar", FORM_TYPE, at=time.time() + off)

    assert played.send(late)[0] == 401
    assert kept(played.store) == 0


def test_a_request_that_another_secret_signed_is_refused_and_not_logged(
    played: Played, caplog: pytest.LogCaptureFixture
) -> None:
    forged = sign(f"command=%2Fwie&text={TYPED}", FORM_TYPE, secret="another")  # noqa: S106 - invented

    assert played.send(forged) == (401, "")
    assert "signature" in caplog.text
    assert TYPED not in caplog.text


def test_a_body_of_another_size_than_slack_sends_is_refused_unread(played: Played) -> None:
    address = urlsplit(played.base)
    with socket.create_connection((address.hostname, address.port), timeout=10) as line:
        line.sendall(
            b"POST %b HTTP/1.1\r\nhost: x\r\ncontent-length: 1000001\r\n\r\n" % PATH.encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_never_ends_is_refused(played: Played) -> None:
    address = urlsplit(played.base)
    with socket.create_connection((address.hostname, address.port), timeout=10) as line:
        line.sendall(
            b"POST %b HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" % PATH.encode()
        )
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        try:
            for _ in range(40):
                line.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            return  # it hung up: the answer may be lost with the connection
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_stops_half_way_is_given_up_on() -> None:
    async def answer(request: Request) -> Response:
        async def never(body: str, headers: object) -> Response:
            raise AssertionError(body, headers)

        return await Gate(SECRET, time.time, slowest=0.05).through(request, never)

    async def stalled() -> MutableMapping[str, Any]:
        sent: list[MutableMapping[str, Any]] = []
        pieces = iter([{"type": "http.request", "body": b"x", "more_body": True}])

        async def receive() -> dict[str, Any]:
            if (piece := next(pieces, None)) is not None:
                return piece
            return await asyncio.get_running_loop().create_future()

        async def collect(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": "/",
            "headers": [],
            "query_string": b"",
        }
        app = Starlette(routes=[Route("/", answer, methods=["POST"])])
        await app(scope, receive, collect)
        return sent[0]

    assert asyncio.run(stalled())["status"] == 408


def test_two_hundred_stalled_connections_keep_nobody_waiting(played: Played) -> None:
    address = urlsplit(played.base)
    lines = [
        socket.create_connection((address.hostname, address.port), timeout=10) for _ in range(200)
    ]
    for line in lines:
        line.sendall(
            b"POST %b HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\nhalf" % PATH.encode()
        )

    assert send(played.base, played.stage.command("/wie", "gnet"), within=3) == (200, "")
    for line in lines:
        line.close()


def test_a_gate_without_a_secret_is_not_opened() -> None:
    with pytest.raises(ValueError, match="signing secret"):
        Gate("", time.time)


def test_who_asks_for_another_address_or_by_another_method_gets_nothing(played: Played) -> None:
    async def statuses() -> list[int]:
        async with aiohttp.ClientSession() as session:
            found: list[int] = []
            for method, path in (("GET", PATH), ("PUT", PATH), ("POST", "/"), ("GET", "/../etc")):
                async with session.request(method, played.base + path) as got:
                    found.append(got.status)
            return found

    assert set(asyncio.run(statuses())) <= {404, 405}


def test_the_server_says_how_it_is_and_what_it_counted(played: Played) -> None:
    async def read(path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(played.base + path) as got:
            return got.status, await got.text()

    played.send(sign(b"x", FORM_TYPE, at=0))
    assert asyncio.run(read("/healthz")) == (
        200,
        '{"ok":true,"slack":true,"letters":true,"database":true}',
    )
    assert 'brug_refused_requests_total{reason="timestamp"}' in asyncio.run(read("/metrics"))[1]
