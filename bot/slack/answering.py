"""What happens in Slack when somebody asks, presses, sends a form, or opens the Home tab.

A question is acknowledged first and answered after. What is entrusted to Brug is written first,
within the three seconds that Slack waits, and then acknowledged with how it ended: told = stored.
After an acknowledgement nothing raises: Bolt would take it back (measured), and Slack would show
an error under something that was done.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol, TypeVar

from bot.asked import Call, Pressed, Submission
from bot.assistant import Assistant
from bot.crew import Busy, Crew
from bot.metrics import ANSWERED, CAME, FAULTS, REPEATED, SHED
from bot.once import Abandoned, Act, NoEffect, Repeated
from bot.presses import Malformed, packed, to_json
from bot.slack import calls, home, shortcuts
from bot.slack.agent import Agent
from bot.slack.calls import Filled, Origin, Payload
from bot.slack.people import NobodyKnows, People
from bot.slack.render import message, modal, page, suggestions
from bot.slack.replies import Replies
from handlers.actors import Caller
from handlers.errors import Mistakes, NotUnderstood
from handlers.speech.answer import ASK, SHARE, Answer, Attachment, Audience, Button, Kind, Press
from handlers.speech.form import Form
from handlers.speech.words import Words
from handlers.start import Start
from handlers.suggesting import Options

logger = logging.getLogger(__name__)

T = TypeVar("T")

WITHIN = 2.6
"""Seconds for what is entrusted, before Slack gives up after 3."""

_MENTIONS = 10
"""People in one text that are looked up."""

_BLOCKS = 50
_LONGEST_PRESS = 1_500
"""Characters that a button carries."""

_KEEP_THE_FORM = frozenset({"assistant.busy", "room.busy", "room.not_kept", "room.who_are_you"})
"""After these a form stays open, so that nobody has to type it again."""


class Giving(Protocol):
    """Brings files; `files.Files` is it."""

    async def give(self, attachments: Sequence[Attachment], origin: Origin, /) -> bool:
        """Bring files to whoever asked, and return whether they were taken."""
        ...


class Ack(Protocol):
    """Bolt's acknowledgement."""

    async def __call__(self, text: str | dict[str, Any] = "", /) -> object:
        """Acknowledge, with what is shown at once."""
        ...


class Suggests(Protocol):
    """Bolt's acknowledgement of what is being typed."""

    async def __call__(self, *, options: list[dict[str, Any]]) -> object:
        """Acknowledge, with what may be meant."""
        ...


@dataclass
class Workspace:
    """What Brug knows of where it is.

    Attributes:
        home: The workspace of the networks; "" until it is known, and then nobody is at home.
        bot: Brug's own user; "" until it is known.
    """

    home: str = ""
    bot: str = ""


@dataclass
class Answering:
    """Answers what comes from Slack. Use it within one event loop.

    Attributes:
        assistant: Who knows.
        crew: Whose hands do it.
        people: Who is who.
        replies: What goes back.
        workspace: Where this is.
        files: What brings the files that go with an answer; None for nothing.
        agent: What the agent view shows, where there is one.
    """

    assistant: Assistant
    crew: Crew
    people: People
    replies: Replies
    workspace: Workspace
    agent: Agent
    files: Giving | None = None
    _busy: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def command(self, ack: Ack, body: Payload) -> None:
        """Answer a command to whoever typed it."""
        CAME.labels("slack", "command").inc()
        try:
            name, text, origin = calls.command(body)
        except Malformed:
            await ack(Words().plain("assistant.gone"))  # nothing says who reads it
            return
        typed = self._typed(name, text)
        if self.assistant.writes(typed):
            came = time.perf_counter()
            if self.assistant.names_users(typed):
                typed = await self._readable(typed)
            left = WITHIN - (time.perf_counter() - came)
            said = await self._entrusted(origin, typed, self._call, left)
            if isinstance(said, Form):
                await ack()
                self.later(self._show(said, typed, origin))
            else:
                await ack(
                    {"response_type": "ephemeral", **message(said, self.words(origin), typed)}
                )
        elif self.crew.full:
            SHED.labels("slack").inc()
            await ack(self.words(origin).plain("room.busy"))
        else:
            await ack()
            self.later(self._answer(typed, origin, self._show))

    async def message(self, body: Payload) -> None:
        """Answer what somebody wrote to Brug alone."""
        if (found := self._read(calls.message, body, "message")) is not None:
            self.later(self._answer(*found, self._show_in_conversation))

    async def mention(self, body: Payload) -> None:
        """Answer under what somebody wrote to Brug in a channel."""
        if (found := self._read(calls.mention, body, "mention")) is not None:
            self.later(self._answer(*found, self._show_in_thread))

    async def opened(self, body: Payload) -> None:
        """Show somebody's Home tab; in the tab with messages, what one may ask there."""
        if (origin := self._read(calls.opened, body, "home")) is not None:
            self.later(self._home(origin))
        else:
            await self.began(body)

    async def began(self, body: Payload) -> None:
        """Show what one may ask to somebody who opens a conversation, where Slack can."""
        if (origin := self._read(calls.began, body, "began")) is not None:
            self.later(self._prompts(origin))

    async def press(self, ack: Ack, body: Payload) -> None:
        """Do what a button says."""
        CAME.labels("slack", "press").inc()
        try:
            pressed, origin = calls.pressed(body)
        except Malformed:
            await ack()
            return
        await self._do(ack, pressed, origin)

    async def pick(self, ack: Ack, body: Payload) -> None:
        """Do what it means to choose a suggestion, in the Home tab."""
        CAME.labels("slack", "press").inc()
        try:
            pressed, origin = shortcuts.picked(body)
        except (Malformed, NotUnderstood):
            await ack()
            return
        await self._do(ack, pressed, origin)

    async def shortcut(self, ack: Ack, body: Payload) -> None:
        """Take a message that somebody hands over, and answer them alone."""
        CAME.labels("slack", "shortcut").inc()
        try:
            message, origin = shortcuts.handed(body)
        except Malformed:
            await ack()
            return
        if message.gone or not message.text:
            await ack()
            said = self._refusal(origin, "room.no_message" if message.gone else "room.no_words")
            self.later(self._show(said, "", origin))
            return
        await self._do(ack, self.assistant.taking(message.feature, message.text), origin)

    async def suggest(self, ack: Suggests, body: Payload) -> None:
        """Say what somebody may mean who is typing; nothing is better than too late."""
        found: Options = ()
        try:
            source, typed, origin = shortcuts.typed(body)
            async with asyncio.timeout(WITHIN):
                caller = await self.people.caller(origin, self.workspace.home)
                asking = partial(self.assistant.suggest, caller, source, typed)
                found = await self.crew.ask(asking)
        except (Malformed, Busy, TimeoutError):
            SHED.labels("slack").inc()
        await ack(**suggestions(found))

    async def _do(self, ack: Ack, pressed: Press, origin: Origin) -> None:
        if pressed.feature and self.assistant.takes_long(pressed):
            await ack()
            self.later(self._answer_press(pressed, origin))
        elif pressed.feature:
            said = await self._entrusted(origin, pressed, self._pressed)
            await ack()
            self.later(self._after_press(said, pressed, origin))
        elif pressed.verb == SHARE:
            await ack()
            self.later(self._share(pressed.values.get("words", ""), origin))
        else:
            await ack()
            self.later(self._answer_press(pressed, origin))

    async def submit(self, ack: Ack, body: Payload) -> None:
        """Take a form that came back, and show in its place how that ended."""
        CAME.labels("slack", "form").inc()
        try:
            filled, origin = calls.submitted(body)
        except Malformed:
            gone = Answer(Words().plain("assistant.gone"), kind=Kind.REFUSAL)
            await ack({"response_action": "update", "view": page(gone, Words())})
            return
        try:
            said = await self._entrusted(origin, filled, self._submitted)
        except Mistakes as mistakes:
            said_of = {
                name: self.words(origin).plain(key, **mistakes.values)
                for name, key in mistakes.keys.items()
            }
            await ack(self._at_the_fields(said_of, filled, origin))
            return
        if isinstance(said, Form):
            await ack({"response_action": "update", "view": modal(said, self.words(origin))})
        elif said.data.get("reason") in _KEEP_THE_FORM and filled.names:
            await ack(self._at_the_fields({filled.names[0]: said.headline}, filled, origin))
        else:
            await ack(self._instead(said, origin))

    def words(self, origin: Origin) -> Words:
        """Return the phrases around an answer: those of the language that it is in."""
        team = origin.team or self.workspace.home
        return self.assistant.words_for(Caller("slack", team, origin.user))

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after an acknowledgement; a fault of ours ends in the log."""
        task = asyncio.ensure_future(self._quietly(work))
        self._busy.add(task)  # the loop itself holds a task only weakly
        task.add_done_callback(self._busy.discard)

    async def finish(self, within: float) -> None:
        """Wait until what was acknowledged is answered, but not for longer than this (seconds)."""
        if self._busy:
            await asyncio.wait(set(self._busy), timeout=within)

    @staticmethod
    async def _quietly(work: Awaitable[None]) -> None:
        try:
            await work
        except Exception:  # after an acknowledgement nothing may raise
            FAULTS.labels("slack").inc()
            logger.exception("fault in the Slack room")

    def _read(self, read: Callable[[Payload], T | None], body: Payload, sort: str) -> T | None:
        CAME.labels("slack", sort).inc()
        try:
            return read(body)
        except Malformed:
            return None

    def _typed(self, name: str, text: str) -> str:
        """Return the words of a command as the assistant takes them."""
        text = text.strip()
        if self.assistant.is_command(name):
            return f"/{name} {text}".rstrip()
        # "/brug wie Gent" and "/brug wie dekt Gent?" are both the whole of Brug in one command.
        first = text.partition(" ")[0].removeprefix("/")
        if not first:
            return self.assistant.command_of("help")
        return f"/{text.removeprefix('/')}" if self.assistant.is_command(first) else text

    async def _readable(self, text: str) -> str:
        """Return a text with the names of ours for the users that it mentions."""
        named = [user for user in calls.mentioned(text) if user != self.workspace.bot][:_MENTIONS]
        if self.assistant.names_users(text):
            mention, home = self.people.mention, self.workspace.home
            drawn = await asyncio.gather(*(mention(user, home) for user in named))
            return calls.readable(text, dict(zip(named, drawn, strict=True)))
        emails = await asyncio.gather(*map(self.people.email_of, named))
        known = [(user, email) for user, email in zip(named, emails, strict=True) if email]
        names: Mapping[str, str] = {}
        if known:
            name_of = self.assistant.name_of
            names = await self.crew.ask(lambda: {user: name_of(email) for user, email in known})
        return calls.readable(text, names)

    async def _answer(
        self,
        typed: str,
        origin: Origin,
        show: Callable[[Answer | Form, str, Origin], Awaitable[None]],
    ) -> None:
        came = time.perf_counter()
        try:
            asked = await self._readable(typed)
            caller = await self.people.caller(origin, self.workspace.home)
            call = Call(asked, caller, act=Act(origin.receipt))
            status = self.words(origin).plain("room.searching")
            work = self.crew.ask(partial(self.assistant.answer, call))
            said = await self.agent.while_waiting(work, origin, status)
        except Busy:
            asked, said = typed, self._shed(origin)
        except NoEffect:
            REPEATED.labels("slack").inc()
            return
        await show(said, asked, origin)
        await self._give(said, origin)
        ANSWERED.labels("slack").observe(time.perf_counter() - came)

    async def _answer_press(self, pressed: Press, origin: Origin) -> None:
        try:
            caller = await self.people.caller(origin, self.workspace.home)
            act = Pressed(pressed, caller, act=Act(origin.receipt))
            said = await self.crew.ask(partial(self.assistant.press, act))
        except Busy:
            said = self._shed(origin)
        except NoEffect:
            REPEATED.labels("slack").inc()
            return
        asked = pressed.values.get("words", "") if pressed.verb == ASK else ""
        await self._show(said, asked, origin, pressed)
        await self._give(said, origin)

    async def _share(self, asked: str, origin: Origin) -> None:
        try:
            caller = await self.people.caller(origin, self.workspace.home)
            call = Call(asked, caller, act=Act(origin.receipt))
            said = await self.crew.ask(partial(self.assistant.answer, call))
        except Busy:
            said = self._shed(origin)
        except NoEffect:
            REPEATED.labels("slack").inc()
            return
        if isinstance(said, Form) or not said.shareable or origin.direct:
            refused = Answer(self.words(origin).plain("room.not_shareable"), kind=Kind.REFUSAL)
            await self._show(refused, "", origin)
            return
        shown = message(replace(said, audience=Audience.CHANNEL), self.words(origin), asked)
        drawn = shown["blocks"]
        if len(drawn) >= _BLOCKS:
            del drawn[_BLOCKS // 2]  # an answer of so many blocks was shortened, and says so
        by: dict[str, Any] = {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": self.words(origin).plain("room.shared_by")},
                {"type": "user", "user_id": origin.user},
            ],
        }
        shown["blocks"] = [{"type": "rich_text", "elements": [by]}, *drawn]
        await self._back(shown, origin, "in_channel")

    async def _entrusted(
        self,
        origin: Origin,
        what: T,
        run: Callable[[T, Caller, Act], Answer | Form],
        within: float = WITHIN,
    ) -> Answer | Form:
        """Do what somebody entrusts to Brug, within seconds, and return how that ended.

        Raises:
            Mistakes: If a field holds what Brug cannot take.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        act = Act(origin.receipt)
        try:
            caller = await self.people.caller(origin, self.workspace.home, sure=True)
            doing = partial(run, what, caller, act)
            return await self.crew.entrust(doing, act, until - loop.time())
        except Busy:
            return self._shed(origin)
        except NobodyKnows:
            return self._refusal(origin, "room.who_are_you")
        except Repeated:
            REPEATED.labels("slack").inc()
            return self._refusal(origin, "room.repeated")
        except Abandoned:
            return self._refusal(origin, "room.not_kept")

    def _call(self, typed: str, caller: Caller, act: Act) -> Answer | Form:
        return self.assistant.answer(Call(typed, caller, act=act))

    def _pressed(self, pressed: Press, caller: Caller, act: Act) -> Answer | Form:
        return self.assistant.press(Pressed(pressed, caller, act=act))

    def _submitted(self, filled: Filled, caller: Caller, act: Act) -> Answer | Form:
        return self.assistant.submit(
            Submission(filled.feature, filled.values, caller, state=filled.state, act=act)
        )

    async def tell(self, said: Answer | Form, origin: Origin) -> None:
        """Say something in a conversation with Brug alone, with the files that go with it."""
        await self._show_in_conversation(said, "", origin)
        await self._give(said, origin)

    async def _give(self, said: Answer | Form, origin: Origin) -> None:
        """Bring the files that go with an answer to whoever asked, and nobody else."""
        if self.files is None or isinstance(said, Form) or not said.attachments:
            return
        if not await self.files.give(said.attachments, origin):
            await self._show(self._refusal(origin, "room.no_file"), "", origin)

    async def _after_press(self, said: Answer | Form, pressed: Press, origin: Origin) -> None:
        await self._show(said, "", origin, pressed)
        await self._give(said, origin)
        if origin.view == "home":
            await self._home(origin)

    async def _show(
        self, said: Answer | Form, asked: str, origin: Origin, pressed: Press | None = None
    ) -> None:
        """Show something to who asked, where they asked it: with these words, or that button."""
        if isinstance(said, Form):
            await self._open_form(said, asked, origin, pressed)
        elif origin.view:
            await self._open_page(replace(said, shareable=False), asked, origin)
        else:
            alone = replace(said, shareable=False) if origin.direct else said
            seen = origin.direct or said.audience is Audience.CHANNEL
            shown = message(alone, self.words(origin), asked)
            await self._back(shown, origin, "in_channel" if seen else "ephemeral")

    async def _back(self, shown: dict[str, Any], origin: Origin, seen_as: str) -> None:
        if not origin.response_url:
            if origin.direct or seen_as == "in_channel":
                await self.replies.post(origin.channel, shown, origin.thread)
            else:
                await self.replies.whisper(origin.channel, origin.user, shown, origin.thread)
            return
        place = {"thread_ts": origin.thread} if origin.thread else {}
        how = {"response_type": seen_as, "replace_original": False}
        await self.replies.back(origin.response_url, shown | how | place)

    async def _show_in_conversation(self, said: Answer | Form, asked: str, origin: Origin) -> None:
        answer = self._button_to(said, asked, origin) if isinstance(said, Form) else said
        shown = message(replace(answer, shareable=False), self.words(origin), asked)
        await self.replies.post(origin.channel, shown, origin.thread)

    async def _show_in_thread(self, said: Answer | Form, asked: str, origin: Origin) -> None:
        answer = self._button_to(said, asked, origin) if isinstance(said, Form) else said
        if answer.shareable or answer.audience is Audience.CHANNEL:
            # It was asked in front of everybody, and it is for everybody.
            shown = message(replace(answer, audience=Audience.CHANNEL), self.words(origin), asked)
            await self.replies.post(origin.channel, shown, origin.thread)
        else:
            shown = message(answer, self.words(origin), asked)
            await self.replies.whisper(origin.channel, origin.user, shown, origin.thread)

    async def _open_form(
        self, form: Form, asked: str, origin: Origin, pressed: Press | None
    ) -> None:
        drawn = modal(form, self.words(origin))
        if origin.view == "modal":
            opened = await self.replies.push(origin.trigger, drawn)
        else:
            opened = await self.replies.open(origin.trigger, drawn)
        if not opened:
            # The three seconds in which a window may be opened are over: a button begins anew.
            button = self._button_to(form, asked, origin, pressed)
            if origin.view:
                await self._in_person(button, origin)
            else:
                await self._show(button, asked, origin)

    async def _open_page(self, answer: Answer, asked: str, origin: Origin) -> None:
        drawn = page(answer, self.words(origin), asked)
        if origin.view == "modal":
            shown = await self.replies.update(origin.view_id, drawn)
        else:
            shown = await self.replies.open(origin.trigger, drawn)
        if not shown:
            await self._in_person(answer, origin)

    async def _in_person(self, answer: Answer, origin: Origin) -> None:
        """Say something in somebody's own conversation, where no window took it."""
        # A user in the place of a channel is their conversation with Brug:
        # https://docs.slack.dev/reference/methods/chat.postMessage
        alone = message(replace(answer, shareable=False), self.words(origin))
        await self.replies.post(origin.user, alone)

    def _button_to(
        self, form: Form, asked: str, origin: Origin, pressed: Press | None = None
    ) -> Answer:
        """Return the answer that stands for a form where no window can be opened.

        Its button asks or presses again what led to the form. What is too long for a button begins
        where the feature begins.
        """
        again = pressed or Press("", ASK, {"words": asked})
        if not (asked or pressed) or len(to_json(packed(again))) > _LONGEST_PRESS:
            again = Press("", ASK, {"words": self.assistant.command_of(form.feature)})
        return Answer(
            self.words(origin).plain("room.form"),
            buttons=(Button(self.words(origin).plain("room.open_form"), again),),
            kind=Kind.QUESTION,
            feature=form.feature,
        )

    async def _home(self, origin: Origin) -> None:
        if (start := await self._start(origin)) is not None:
            await self.replies.publish(origin.user, home.view(start, self.words(origin)))

    async def _prompts(self, origin: Origin) -> None:
        if (start := await self._start(origin)) is not None:
            title = self.words(origin).plain("home.ask")
            await self.agent.suggest(origin, start.examples, title)

    async def _start(self, origin: Origin) -> Start | None:
        caller = await self.people.caller(origin, self.workspace.home)
        try:
            return await self.crew.ask(partial(self.assistant.start, caller))
        except Busy:
            SHED.labels("slack").inc()
            return None

    def _instead(self, said: Answer, origin: Origin) -> dict[str, Any]:
        drawn = page(replace(said, shareable=False), self.words(origin))
        return {"response_action": "update", "view": drawn}

    def _at_the_fields(
        self, said_of: Mapping[str, str], filled: Filled, origin: Origin
    ) -> dict[str, Any]:
        at = {name: said for name, said in said_of.items() if name in filled.names}
        if not at:  # Slack refuses an error at a field that is not there
            return self._instead(Answer(" ".join(said_of.values()), kind=Kind.REFUSAL), origin)
        return {"response_action": "errors", "errors": at}

    def _shed(self, origin: Origin) -> Answer:
        SHED.labels("slack").inc()
        return self._refusal(origin, "room.busy")

    def _refusal(self, origin: Origin, key: str) -> Answer:
        return Answer(self.words(origin).plain(key), kind=Kind.REFUSAL, data={"reason": key})
