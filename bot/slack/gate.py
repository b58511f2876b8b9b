"""The gate in front of Slack's requests: size, time and signature, on the raw body.

Nothing parses a body before it came through here. Bolt's own check comes after parsing and writes
a body with a wrong signature to the log; this one says no more than which of its checks failed.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.metrics import REFUSED

logger = logging.getLogger(__name__)

LARGEST = 1_000_000
"""Bytes in a body; what Slack sends stays far below."""

SLOWEST = 5.0
"""Seconds for a whole body to arrive; Slack itself gives up after 3."""

WINDOW = 300
"""Seconds that a timestamp may be off, either way."""

_DIGITS = 12
"""Digits in a timestamp, at most: more is no moment that anybody lives to see."""

_SILENCE = 60.0
"""Seconds in which one kind of refusal is logged once; `/metrics` counts them all."""


class Refused(Exception):
    """A request does not come through.

    Attributes:
        status: What is answered.
        reason: Which check failed, in one word.
    """

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        """Refuse with this status, for this reason."""
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Gate:
    """Lets through what Slack signed, a short while ago, and no more of it than fits."""

    def __init__(
        self,
        secret: str,
        clock: Callable[[], float],
        largest: int = LARGEST,
        slowest: float = SLOWEST,
    ) -> None:
        """Know this signing secret.

        Args:
            secret: The signing secret of the app; not empty.
            clock: The moment, in seconds since 1970.
            largest: Bytes in a body.
            slowest: Seconds for a body to arrive.

        Raises:
            ValueError: If the secret is empty: then everybody could sign.
        """
        if not secret:
            raise ValueError("the gate needs a signing secret")
        self._secret = secret.encode()
        self._clock = clock
        self._largest = largest
        self._slowest = slowest
        self._said: dict[str, float] = {}

    async def through(
        self, request: Request, answer: Callable[[str, Mapping[str, str]], Awaitable[Response]]
    ) -> Response:
        """Answer a request if it comes through, and refuse it otherwise.

        Args:
            request: Whose body nobody has read yet.
            answer: Takes the body as text, and the headers.
        """
        try:
            body = await self._body(request)
            self._verify(body, request.headers)
            text = self._text(body)
        except Refused as refused:
            return self.refuse(refused)
        return await answer(text, request.headers)

    def refuse(self, refused: Refused) -> Response:
        """Return the answer to what does not come through, and count it."""
        REFUSED.labels(refused.reason).inc()
        now = self._clock()
        if now - self._said.get(refused.reason, -_SILENCE) >= _SILENCE:
            self._said[refused.reason] = now
            logger.warning("refused a request to Slack's address: %s", refused.reason)
        # A body that was not read to its end leaves a connection that nobody can use again.
        return Response(status_code=refused.status, headers={"connection": "close"})

    async def _body(self, request: Request) -> bytes:
        length = request.headers.get("content-length", "0")
        if not _is_number(length) or int(length) > self._largest:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
        body = bytearray()
        try:
            async with asyncio.timeout(self._slowest):
                async for piece in request.stream():
                    body += piece
                    if len(body) > self._largest:
                        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
        except TimeoutError:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT, "slow") from None
        except ClientDisconnect:
            raise Refused(HTTPStatus.BAD_REQUEST, "gone") from None
        return bytes(body)

    def _verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        moment = headers.get("x-slack-request-timestamp", "")
        if not _is_number(moment) or abs(self._clock() - int(moment)) > WINDOW:
            raise Refused(HTTPStatus.UNAUTHORIZED, "timestamp")
        signed = hmac.new(self._secret, b"v0:%b:%b" % (moment.encode(), body), hashlib.sha256)
        expected = f"v0={signed.hexdigest()}".encode()
        found = headers.get("x-slack-signature", "").encode("utf-8", "replace")
        if not hmac.compare_digest(expected, found):
            raise Refused(HTTPStatus.UNAUTHORIZED, "signature")

    @staticmethod
    def _text(body: bytes) -> str:
        try:
            return body.decode()
        except UnicodeDecodeError:
            raise Refused(HTTPStatus.BAD_REQUEST, "encoding") from None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS
