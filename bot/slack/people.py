"""Who is who in Slack: from a user to a `Caller`, by the address that Slack vouches for."""

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import Origin
from handlers.actors import Caller

logger = logging.getLogger(__name__)

REMEMBERED = 300.0
"""Seconds: so long may somebody keep the rights of an address that is no longer theirs."""

MOST = 5000
"""Users that are remembered; the one that was looked up longest ago is forgotten first."""

FRENCH = "fr"
"""The only language of Slack's interface that means something here ("fr-FR", "fr-CA")."""

_MARKUP = re.compile(r"[<>|&]")
"""What would end a mention, or begin another; names are chosen by who bears them."""

PATIENCE = 0.8
"""Seconds to wait for Slack: whoever asks waits for three at most, and there is more to do."""


class NobodyKnows(Exception):
    """Slack did not say who this is."""


@dataclass(frozen=True, slots=True)
class _User:
    email: str
    team: str
    locale: str
    name: str


class People:
    """Looks up users, and remembers them for a while. Use it within one event loop."""

    def __init__(self, client: AsyncWebClient, clock: Callable[[], float]) -> None:
        """Ask this client; the clock counts seconds and never goes back."""
        self._client = client
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, _User]] = OrderedDict()

    async def caller(self, origin: Origin, home: str, *, sure: bool = False) -> Caller:
        """Return who sent something.

        A user of another workspace is a guest here, whatever address it gives. When Slack does
        not answer, a question goes on without an address.

        Args:
            origin: Where it comes from.
            home: The workspace of the networks; "" when it is not known, and nobody is at home.
            sure: Whether to refuse to go on without knowing who it is.

        Raises:
            NobodyKnows: If Slack does not answer, and it must be sure.
        """
        at_home = bool(home) and origin.team in {home, ""}
        if not at_home:
            return Caller(
                "slack", origin.team, origin.user, home=False, conversation=origin.channel
            )
        try:
            user = await self._user(origin.user)
        except NobodyKnows:
            if sure:
                raise
            return Caller(
                "slack",
                origin.team,
                origin.user,
                home=origin.team == home,
                conversation=origin.channel,
            )
        here = user.team == home
        email = user.email if here else ""
        return Caller(
            *("slack", user.team, origin.user, email),
            home=here,
            conversation=origin.channel,
            locale=user.locale,
            name=user.name,
        )

    async def email_of(self, user: str) -> str:
        """Return the address of a user; "" when Slack does not say."""
        try:
            return (await self._user(user)).email
        except NobodyKnows:
            return ""

    async def mention(self, user: str, home: str) -> str:
        """Return a user as a command about users takes them: "<@U1|Noor>".

        Whoever is of another workspace has it in front ("<@T9:U1|Noor>"), or "-" where Slack does
        not say which.
        """
        try:
            known = await self._user(user)
        except NobodyKnows:
            return f"<@{user}>"
        elsewhere = "" if known.team == home else known.team or "-"
        number = f"{elsewhere}:{user}" if elsewhere else user
        return f"<@{number}|{known.name}>"

    async def _user(self, number: str) -> _User:
        known = self._known.get(number)
        if known is not None and self._clock() - known[0] < REMEMBERED:
            return known[1]
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.users_info(user=number, include_locale=True)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as fault:
            logger.warning("users.info gave nothing: %s", type(fault).__name__)
            raise NobodyKnows from None
        user = _read(cast("object", answer.get("user")))
        self._known[number] = self._clock(), user
        self._known.move_to_end(number)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return user


def _read(found: object) -> _User:
    user = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    profile = user.get("profile")
    about = cast("dict[str, Any]", profile) if isinstance(profile, dict) else {}
    email = about.get("email")
    # A display name may be no more than "noor.v": who is called back wants the whole one.
    name = (
        about.get("real_name")
        or user.get("real_name")
        or about.get("display_name")
        or user.get("name")
    )
    team, locale = user.get("team_id"), user.get("locale")
    # Slack says so when an address was not confirmed, or when the user is not really of here.
    # https://docs.slack.dev/reference/objects/user-object
    vouched = not (
        user.get("is_email_confirmed") is False
        or user.get("is_stranger")
        or user.get("is_bot")
        or user.get("deleted")
    )
    return _User(
        email=email if vouched and isinstance(email, str) else "",
        team=team if isinstance(team, str) and not user.get("is_stranger") else "",
        # Slack has no interface in Dutch, so an English one says nothing of who uses it.
        locale=FRENCH if isinstance(locale, str) and locale.startswith(FRENCH) else "",
        name=_MARKUP.sub("", name) if isinstance(name, str) else "",
    )
