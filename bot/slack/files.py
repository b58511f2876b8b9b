"""Files in Slack: what somebody drops in a conversation with Brug, and what goes with an answer.

A file is fetched with Brug's token, so only from Slack itself (or from where the setting points),
without following anything elsewhere, and never more of it than Brug takes. Giving one takes three
steps: an address to put it, the bytes, and the conversation that it belongs in.

https://docs.slack.dev/reference/objects/file-object (url_private_download wants files:read),
https://docs.slack.dev/reference/methods/files.getUploadURLExternal and
https://docs.slack.dev/reference/methods/files.completeUploadExternal (files:write).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.asked import Brought
from bot.crew import Busy
from bot.metrics import CAME, REPEATED, UNSENT
from bot.once import Act, NoEffect
from bot.presses import Malformed, fields
from bot.slack import calls
from bot.slack.answering import Answering
from bot.slack.calls import Origin, Payload
from bot.slack.people import NobodyKnows
from bot.slack.replies import SLACK, code_of
from handlers.importing import MOST_BYTES
from handlers.speech.answer import Answer, Attachment, Kind
from handlers.speech.form import Form

logger = logging.getLogger(__name__)

_CHUNK = 65_536
_MOST_FILES = 3
"""Files of one message that are looked at: each gets an answer of its own."""

_LISTS = (".csv", ".xls", ".xlsx", ".zip")
"""How names of files end that may be a list to bring in; all else only goes with a question."""


class Unfetched(Exception):
    """A file did not come; the key says in a phrase why not."""

    def __init__(self, key: str, **values: str) -> None:
        """Say it with this phrase."""
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as Slack announces it.

    Attributes:
        name: What it is called.
        url: Where it can be fetched with Brug's token.
        size: In bytes, as Slack says.
    """

    name: str
    url: str
    size: int


def without_files(body: Payload) -> Payload:
    """Return what somebody wrote with their files: but for these it is a message like any other.

    Raises:
        Malformed: If it is no event.
    """
    return {**body, "event": {**fields(body.get("event")), "subtype": None}}


def dropped(body: Payload) -> tuple[list[Dropped], str, Origin] | None:
    """Return the files that somebody dropped in a conversation with Brug alone.

    Returns:
        The files, what was written with them, and their origin; None when it is not that.

    Raises:
        Malformed: If it is no such message.
    """
    event = fields(body.get("event"))
    if event.get("subtype") != "file_share" or event.get("channel_type") != "im":
        return None
    written = calls.message(without_files(body))
    if written is None:
        return None
    files: object = event.get("files")
    listed = cast("list[object]", files) if isinstance(files, list) else []
    found = [_dropped(one) for one in map(fields, listed[:_MOST_FILES])]
    return [one for one in found if one is not None], *written


def may_be_fetched(url: str, base_url: str) -> bool:
    """Return whether an address is Slack's own, or where the setting points.

    The token goes along with it: to nobody else.
    """
    try:
        wanted, base = urlsplit(url), urlsplit(base_url)
        ports = wanted.port, base.port
    except ValueError:
        return False
    if wanted.username or wanted.password:
        return False
    slack = (base.hostname or "").removeprefix("www.")
    if slack in {"slack.com", "slack-gov.com"}:
        return (
            wanted.scheme == "https"
            and ports[0] in {None, 443}
            and wanted.hostname == f"files.{slack}"
        )
    own = (base.scheme, base.hostname, ports[1])
    return base_url != SLACK and (wanted.scheme, wanted.hostname, ports[0]) == own


class Files:
    """Fetches and gives files. Use it within one event loop."""

    def __init__(
        self, web: AsyncWebClient, http: aiohttp.ClientSession, base_url: str = SLACK
    ) -> None:
        """Ask this client for addresses, and use this session for the bytes."""
        self._web = web
        self._http = http
        self._base_url = base_url

    async def fetch(self, file: Dropped) -> Attachment:
        """Fetch a file.

        Raises:
            Unfetched: If it is too large, somewhere else than at Slack, or does not come.
        """
        too_large = Unfetched(
            "importing.too_large", file=file.name, most=f"{MOST_BYTES // 1_000_000} MB"
        )
        if file.size > MOST_BYTES:
            raise too_large
        if not may_be_fetched(file.url, self._base_url):
            raise Unfetched("importing.not_fetched")
        came = bytearray()
        headers = {"Authorization": f"Bearer {self._web.token}"}
        try:
            async with self._http.get(file.url, headers=headers, allow_redirects=False) as answer:
                # Without the scope Slack shows a page to sign in, with 200.
                if not answer.ok or answer.status != 200 or answer.content_type == "text/html":  # noqa: PLR2004 - "OK"
                    logger.warning("a file was not fetched: %d", answer.status)
                    raise Unfetched("importing.not_fetched")
                async for chunk in answer.content.iter_chunked(_CHUNK):
                    came += chunk
                    if len(came) > MOST_BYTES:
                        raise too_large
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            logger.warning("a file was not fetched: %s", type(fault).__name__)
            raise Unfetched("importing.not_fetched") from None
        return Attachment(file.name, "application/octet-stream", bytes(came))

    async def give(self, attachments: Sequence[Attachment], origin: Origin) -> bool:
        """Put files in the conversation with whoever asked, and in no channel.

        Returns:
            Whether Slack took them all.
        """
        try:
            channel, thread = origin.channel, origin.thread
            if not origin.direct:
                opened = await self._web.conversations_open(users=origin.user)
                channel, thread = str(fields(opened.get("channel")).get("id") or ""), ""
            for file in attachments:
                await self._give(file, channel, thread)
        except (SlackApiError, SlackClientError) as refused:
            code = code_of(refused) if isinstance(refused, SlackApiError) else "client"
            return _ungiven(code)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, Malformed) as fault:
            return _ungiven(type(fault).__name__)
        return True

    async def _give(self, file: Attachment, channel: str, thread: str) -> None:
        place = await self._web.files_getUploadURLExternal(
            filename=file.name, length=len(file.content)
        )
        url, number = str(place.get("upload_url") or ""), str(place.get("file_id") or "")
        if not may_be_fetched(url, self._base_url):
            raise ValueError("an address of Slack was expected")
        async with self._http.post(url, data=file.content, allow_redirects=False) as answer:
            if not answer.ok:
                raise ValueError(str(answer.status))
        await self._web.files_completeUploadExternal(
            files=[{"id": number, "title": file.name}],
            channel_id=channel,
            thread_ts=thread or None,
        )


class Receiving:
    """Takes the files that people drop, one answer each."""

    def __init__(self, answering: Answering, files: Files) -> None:
        """Answer through this, and fetch with that."""
        self._answering = answering
        self._files = files

    async def message(self, body: Payload) -> None:
        """Take what somebody dropped in a conversation with Brug, and answer what they wrote."""
        CAME.labels("slack", "file").inc()
        try:
            found = dropped(body)
        except Malformed:
            return
        if found is None:
            return
        files, text, origin = found
        asked = bool(text.strip())
        if asked:
            await self._answering.message(without_files(body))
        for number, file in enumerate(files):
            if not asked or file.name.lower().endswith(_LISTS):
                self._answering.later(self._take(file, origin, number))

    async def _take(self, file: Dropped, origin: Origin, number: int) -> None:
        answering = self._answering
        try:
            said = await self._received(file, origin, number)
        except NoEffect:
            REPEATED.labels("slack").inc()
            return
        except Busy:
            said = self._refusal(origin, "room.busy")
        except NobodyKnows:
            said = self._refusal(origin, "room.who_are_you")
        except Unfetched as why:
            said = self._refusal(origin, why.key, **why.values)
        await answering.tell(said, origin)

    async def _received(self, file: Dropped, origin: Origin, number: int) -> Answer | Form:
        answering = self._answering
        caller = await answering.people.caller(origin, answering.workspace.home, sure=True)
        if not await answering.crew.ask(partial(answering.assistant.may_bring, caller)):
            return self._refusal(origin, "rights.administer")
        act = Act(f"{origin.receipt}:{number}")
        brought = Brought(await self._files.fetch(file), caller, act=act)
        return await answering.crew.ask(partial(answering.assistant.receive, brought))

    def _refusal(self, origin: Origin, key: str, **values: str) -> Answer:
        return Answer(
            self._answering.words(origin).plain(key, **values),
            kind=Kind.REFUSAL,
            data={"reason": key},
        )


def _dropped(file: Any) -> Dropped | None:  # noqa: ANN401 - an object of Slack
    name, url, size = file.get("name"), file.get("url_private_download"), file.get("size")
    if not isinstance(name, str) or not isinstance(size, int):
        return None  # of another workspace, or gone: Slack names hardly anything of it
    # A file that is kept elsewhere, or in another workspace, has no such address.
    return Dropped(name.replace("/", "_")[-120:], url if isinstance(url, str) else "", size)


def _ungiven(code: str) -> bool:
    UNSENT.labels("slack", "files").inc()
    logger.warning("a file was not taken: %s", code[:60])
    return False
