"""From a letter to a message in Slack, once.

Slack has no idempotency key: whether a message is there can only be read back. Every letter
carries an opaque key in its metadata, and `find` looks for it. No retry handler may run below
this: slack-sdk's own one posts again when a connection drops after Slack took the message.
"""

# slack-sdk leaves its keyword arguments and answers untyped, and JSON is a tree of anything.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import http.client
import json
import socket
import ssl
import threading
import urllib.error
from collections.abc import Callable, Sequence
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.metrics import LOCKED_OUT
from bot.slack.render import message
from handlers.speech.answer import Answer
from handlers.speech.words import Words
from scheduler.courier import (
    CannotLook,
    DeliveryFault,
    LockedOut,
    NotTaken,
    Refused,
    TryLater,
    Unsure,
)

EVENT = "brug_letter"
"""The type of our metadata. Every member can read it, so it holds nothing but the opaque key."""

LIMIT = 20.0
"""Seconds after which a request counts as unanswered, whatever trickles in."""

_SOCKET = 10
"""Seconds for each step of a request: connecting, sending, reading."""

_PAGE = 200
_USERS = ("U", "W")
"""How numbers of people begin. They have no history to look into; their conversation has."""

_NOBODY_THERE = 30.0
_BUSY = 30.0
_LOCKED_OUT = 300.0
"""Seconds until an account is tried again that may not; somebody has to put it right first."""

_PERHAPS = frozenset(
    {
        "fatal_error",
        "internal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "accesslimited",
    }
)
"""Codes after which Slack says that some of it may have been done
(https://docs.slack.dev/reference/methods/chat.postMessage)."""

_LATER = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_GONE = frozenset({"message_not_found"})

_NO_ACCOUNT = frozenset(
    {
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_not_found",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""Codes that say nothing of a letter or an address: the token, or the whole workspace."""

_NO_SCOPE = frozenset({"messages_tab_disabled", "missing_scope", "not_allowed_token_type"})
"""Codes that say that the app is set up without something that this takes."""

_NO_ADDRESS = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "method_not_supported_for_channel_type",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
"""Codes that say that nothing of Brug's arrives there. All else is known of none: a fault in how
a letter was drawn ("invalid_blocks"), or a code that Slack has thought of since."""

T = TypeVar("T")


def _nobody(_person: int) -> Sequence[str]:
    return ()


class SlackCourier:
    """Brings letters to one workspace. Safe to share between threads."""

    def __init__(
        self,
        token: str,
        email_of: Callable[[int], str | None],
        *,
        linked: Callable[[int], Sequence[str]] = _nobody,
        base_url: str = WebClient.BASE_URL,
        limit: float = LIMIT,
    ) -> None:
        """Deliver with this bot token.

        Args:
            token: The bot's token ("xoxb-…").
            email_of: From the number of a person to their address, for letters to "person:3".
            linked: From the number of a person to the users in Slack whom a steward linked to
                them ("U2"), the newest first: asked each time, for a link may be undone.
            base_url: Of Slack's Web API, with a slash at the end.
            limit: Seconds after which a request counts as unanswered.
        """
        self._client = WebClient(
            token, base_url=base_url, timeout=_SOCKET, retry_handlers=[], logger=None
        )
        self._email_of = email_of
        self._linked = linked
        self._limit = limit
        self._users: dict[str, str] = {}
        self._conversations: dict[str, str] = {}

    def post(self, address: str, answer: Answer, key: str, language: str) -> str:
        """Post an answer; `scheduler.courier.Courier` has the contract."""
        try:
            channel = self._channel(address)
        except (NotTaken, TryLater):
            raise
        except DeliveryFault as fault:  # only who to write to is not known: nothing was sent
            raise TryLater(_NOBODY_THERE) from fault
        drawn = message(answer, Words(language))
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        said = self._ask(
            lambda: self._client.chat_postMessage(channel=channel, metadata=metadata, **drawn)
        )
        return str(said["ts"])

    def find(self, address: str, key: str, since: datetime) -> tuple[str, ...]:
        """Look for messages with this key; `scheduler.courier.Courier` has the contract."""
        try:
            channel = self._channel(address)
            found, cursor = list[str](), ""
            while True:
                page = self._page(channel, since, cursor)
                found += [str(one["ts"]) for one in page["messages"] if _key_of(one) == key]
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    if page.get("has_more"):  # more, and no way to get at it: we know nothing
                        raise CannotLook
                    return tuple(sorted(found, key=float))
        except NotTaken as fault:
            raise CannotLook(for_good=True) from fault
        except LockedOut as fault:
            # An account that is put right looks further; a scope is seldom given afterwards.
            raise CannotLook(for_good=not fault.wholly) from fault
        except (TryLater, Unsure, KeyError, TypeError) as fault:
            raise CannotLook from fault

    def withdraw(self, address: str, reference: str) -> None:
        """Delete a message; `scheduler.courier.Courier` has the contract."""
        channel = self._channel(address)
        try:
            self._ask(lambda: self._client.chat_delete(channel=channel, ts=reference))
        except NotTaken as fault:
            if fault.reason not in _GONE:
                raise

    def _page(self, channel: str, since: datetime, cursor: str) -> dict[str, Any]:
        return self._ask(
            lambda: self._client.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=_PAGE,
                cursor=cursor or None,
            )
        )

    def _channel(self, address: str) -> str:
        """Return Slack's number of a conversation.

        Raises:
            NotTaken: Slack does not know whom an address means.
            TryLater: It could not be asked now.
            Unsure: The same; nothing was sent.
        """
        where = address.rpartition(":")[2]
        to_person = address.startswith("person:")
        if not to_person and not where.startswith(_USERS):
            return where
        user = self._user(int(where)) if to_person else where
        if user not in self._conversations:
            opened = self._ask(lambda: self._client.conversations_open(users=[user]))
            self._conversations[user] = str(opened["channel"]["id"])
        return self._conversations[user]

    def _user(self, person: int) -> str:
        """Return who a person is in Slack: by their address, else whom a steward linked to them.

        Raises:
            NotTaken: Slack knows nobody by that address, and nobody was linked.
            TryLater: It could not be asked now.
        """
        try:
            return self._verified(self._email_of(person))
        except (Refused, LockedOut):  # nobody by that address, or Brug may not ask for addresses
            linked = next(iter(self._linked(person)), None)
            if linked is None:
                raise
            return linked

    def _verified(self, email: str | None) -> str:
        if not email:
            raise Refused("users_not_found")
        if email not in self._users:
            said = self._ask(lambda: self._client.users_lookupByEmail(email=email))
            self._users[email] = str(said["user"]["id"])
        return self._users[email]

    def _ask(self, request: Callable[[], Any]) -> dict[str, Any]:
        """Ask Slack something, once, within the limit.

        Raises:
            TryLater: It certainly was not done.
            NotTaken: It never will be.
            Unsure: It may have been done.
        """
        try:
            said: Any = _within(self._limit, request)
        except SlackApiError as fault:
            raise _read_error(fault) from fault
        except urllib.error.URLError as fault:
            # Nobody was reached: nothing can have been sent.
            if isinstance(fault.reason, ConnectionRefusedError | socket.gaierror):
                raise TryLater(_NOBODY_THERE) from fault
            raise Unsure from fault
        except (OSError, http.client.HTTPException, ssl.SSLError, ValueError) as fault:
            raise Unsure from fault
        data: Any = said.data
        if not isinstance(data, dict):
            raise Unsure
        return data


def _read_error(fault: SlackApiError) -> DeliveryFault:
    response: Any = fault.response
    status = int(response.status_code)
    data: Any = response.data
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == http.client.TOO_MANY_REQUESTS or code in _LATER:
        return TryLater(_seconds(response.headers))
    if status >= http.client.INTERNAL_SERVER_ERROR or not code or code in _PERHAPS:
        return Unsure()
    if code in _NO_ACCOUNT | _NO_SCOPE:
        LOCKED_OUT.labels("slack", code).inc()
        return LockedOut(_LOCKED_OUT, code, wholly=code in _NO_ACCOUNT)
    return Refused(code) if code in _NO_ADDRESS else NotTaken(code)


def _seconds(headers: Any) -> float:  # noqa: ANN401 - slack-sdk has no type for it
    by_name = {str(name).lower(): value for name, value in dict(headers or {}).items()}
    try:
        value = by_name["retry-after"]
        return max(1.0, float(value[0] if isinstance(value, list) else value))
    except (KeyError, ValueError, TypeError, IndexError):
        return _BUSY


def _key_of(one: Any) -> str:  # noqa: ANN401 - JSON
    metadata = one.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return str(payload.get("key", "")) if metadata.get("event_type") == EVENT else ""


def _within(limit: float, request: Callable[[], T]) -> T:
    """Run a request in a thread, and do not wait for it longer than this (seconds).

    Raises:
        TimeoutError: It took longer. What it still does ends with its sockets' own limits, which
            the quiet time of `scheduler.post` outlasts.
    """
    answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            answers.put((request(), None))
        except BaseException as fault:  # noqa: BLE001 - raised again where it is waited for
            answers.put((None, fault))

    threading.Thread(target=run, name="slack-request", daemon=True).start()
    try:
        answer, fault = answers.get(timeout=limit)
    except Empty:
        raise TimeoutError(json.dumps({"seconds": limit})) from None
    if fault is not None:
        raise fault
    return answer  # pyright: ignore[reportReturnType] - None only beside a fault
