"""The page of local-slack, with rich text drawn in it.

local-slack 0.1.8 keeps `rich_text` blocks and shows "[rich_text]" in their place. What Slack draws
from them is drawn here from the nearest thing that the page knows: a section of mrkdwn. Only the
page gets that; Brug and the peer talk as they are. It knows no `external_select` either: where
Slack suggests while somebody types, the page shows an empty list. Listens on loopback.
"""

import asyncio
import json
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TypeAlias, cast

import aiohttp
from aiohttp import WSMsgType, web

Json: TypeAlias = Any

_KEPT = {"content-type", "cookie", "accept", "user-agent"}


@contextmanager
def page_of(peer: int, port: int) -> Generator[str]:
    """Serve the page of the local-slack on port `peer`, and yield its address."""
    ready, loop = Event(), asyncio.new_event_loop()
    stop = asyncio.Event()
    serving = _serve(f"http://localhost:{peer}", port, ready, stop)
    thread = Thread(target=loop.run_until_complete, args=[serving])
    thread.start()
    assert ready.wait(10), "the page was not served"
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


async def _serve(peer: str, port: int, ready: Event, stop: asyncio.Event) -> None:
    async with aiohttp.ClientSession(auto_decompress=True) as session:

        async def http(request: web.Request) -> web.StreamResponse:
            headers = {k: v for k, v in request.headers.items() if k.lower() in _KEPT}
            url, body = peer + str(request.rel_url), await request.read()
            async with session.request(request.method, url, data=body, headers=headers) as answer:
                found, kind = await answer.read(), answer.content_type
                if kind == "application/json":
                    found = _drawn_text(found.decode()).encode()
                return web.Response(body=found, status=answer.status, content_type=kind)

        async def live(request: web.Request) -> web.StreamResponse:
            here = web.WebSocketResponse()
            await here.prepare(request)
            async with session.ws_connect(f"{peer}/ui") as there:

                async def outward() -> None:
                    async for message in here:
                        if message.type is WSMsgType.TEXT:
                            await there.send_str(message.data)
                    await there.close()

                typing = asyncio.ensure_future(outward())
                async for message in there:
                    if message.type is WSMsgType.TEXT and not here.closed:
                        await here.send_str(_drawn_text(message.data))
                typing.cancel()
            return here

        app = web.Application(client_max_size=50_000_000)
        app.router.add_get("/ui", live)
        app.router.add_route("*", "/{path:.*}", http)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        ready.set()
        await stop.wait()
        await runner.cleanup()


def _drawn_text(text: str) -> str:
    if '"rich_text"' not in text and '"external_select"' not in text:
        return text
    return json.dumps(_drawn(json.loads(text)))


def _drawn(node: Json) -> Json:
    if isinstance(node, list):
        return [_drawn(item) for item in cast("list[Json]", node)]
    if not isinstance(node, dict):
        return node
    branch = cast("dict[str, Json]", node)
    if branch.get("type") == "rich_text":
        text = "\n".join(map(_element, branch["elements"]))
        return {"type": "section", "text": {"type": "mrkdwn", "text": text or " "}}
    if branch.get("type") == "external_select":
        # The peer asks nobody for suggestions: the field is there, and holds nothing.
        return {**branch, "type": "static_select", "options": []}
    return {name: _drawn(value) for name, value in branch.items()}


def _element(element: Json) -> str:
    match element["type"]:
        case "rich_text_list":
            ordered = element["style"] == "ordered"
            return "\n".join(
                f"{number}. {_spans(item)}" if ordered else f"• {_spans(item)}"
                for number, item in enumerate(element["elements"], start=1)
            )
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _spans(element).split("\n"))
        case "rich_text_preformatted":
            return f"```{_spans(element)}```"
        case _:
            return _spans(element)


def _spans(element: Json) -> str:
    return "".join(map(_span, element["elements"]))


def _span(span: Json) -> str:
    match span["type"]:
        case "link" if span["url"].startswith("mailto:"):
            return _escaped(span["text"])  # the page draws no links to addresses
        case "link":
            return f"<{span['url']}|{_escaped(span.get('text', span['url']))}>"
        case "user":
            return f"<@{span['user_id']}>"
        case _:
            text = _escaped(span.get("text", ""))
            return f"*{text}*" if span.get("style", {}).get("bold") and text.strip() else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
