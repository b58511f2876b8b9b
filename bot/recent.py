"""What each person saw last in each conversation, for half an hour: "vertel meer over 2" (F50).

The database has it, so that every replica goes on from the same; of what was typed it holds only
what may be kept. The whole question is in the memory of the process that answered it, and counts
as long as the database says that nothing came after it; "waarom?" is only answered there. Who
sits at a terminal has one process: of them nothing is written.
"""

from collections import OrderedDict
from datetime import date, datetime
from threading import Lock
from typing import TypeAlias, cast

from handlers.actors import Caller
from handlers.context import Context
from handlers.hearing.following import turn
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Before
from handlers.searching.listing import PAGE
from handlers.speech.answer import Answer, Kind, Press
from handlers.speech.form import Form
from store.conversations import KEPT, Conversation
from store.privacy import NotKept, SafeText, guard
from store.records import Region

CONSOLE = "console"
"""The platform of who sits at this machine."""

MOST = 5_000
"""Conversations; of more, the longest ago are forgotten."""

_Key: TypeAlias = tuple[str, str]


class Recent:
    """Who saw what last. Safe to share between threads."""

    def __init__(self) -> None:
        """Remember nobody yet."""
        self._seen: OrderedDict[_Key, tuple[datetime, Before]] = OrderedDict()
        self._whys: OrderedDict[_Key, tuple[datetime, Press]] = OrderedDict()
        self._changing = Lock()

    def before(self, text: str, caller: Caller, context: Context) -> Before | None:
        """Return what a sentence may go on from; None for one that stands on its own."""
        if turn(fold(text)) is None:
            return None
        key = _key(context)
        with self._changing:
            at, own = self._seen.get(key, (None, None))
        if caller.platform == CONSOLE:
            return own if at and context.now - at <= KEPT else None
        kept = context.tx.conversations.of(*key, context.now)
        if kept is None:
            return None
        return own if at == kept.at else _before(kept)

    def why(self, context: Context) -> Press | None:
        """Return the press that explains what somebody was answered last; None for nothing."""
        with self._changing:
            at, press = self._whys.get(_key(context), (None, None))
        return press if at and context.now - at <= KEPT else None

    def answered(self, why: Press, said: Answer | Form, context: Context) -> None:
        """Remember how the last answer is explained, if there is something to explain in it."""
        key = _key(context)
        with self._changing:
            self._whys.pop(key, None)
            if isinstance(said, Answer) and said.why:
                self._whys[key] = context.now, why
            while len(self._whys) > MOST:
                self._whys.popitem(last=False)

    def remember(
        self, said: Answer | Form, caller: Caller, context: Context
    ) -> Conversation | None:
        """Remember an answer that one can go on from; another leaves the last one as it is.

        Returns:
            What the database should keep of it; None for nothing.
        """
        seen = None if isinstance(said, Form) else _seen(said, context.today)
        if seen is None:
            return None
        actor, address = key = _key(context)
        with self._changing:
            self._seen.pop(key, None)
            self._seen[key] = context.now, seen
            while len(self._seen) > MOST:
                self._seen.popitem(last=False)
        if caller.platform == CONSOLE:
            return None
        return Conversation(
            actor,
            address,
            context.now,
            seen.feature,
            _safe(seen.words),
            seen.entries,
            seen.page,
            seen.total,
            seen.regions,
            seen.places,
            seen.day,
        )


def _key(context: Context) -> _Key:
    return context.actor.key, context.address


def _seen(answer: Answer, today: date) -> Before | None:
    """Return what one can go on from: a list of entries, or who covers a place."""
    data = answer.data
    regions = tuple(Region(slug) for slug in _strings(data.get("regions")))
    places = tuple(_strings(data.get("places")))
    results, page, total = data.get("results"), data.get("page"), data.get("total")
    if isinstance(results, list) and isinstance(page, int) and isinstance(total, int):
        entries = tuple(
            (page * PAGE + number, int(cast("dict[str, int]", one)["id"]))
            for number, one in enumerate(cast("list[object]", results), start=1)
        )
        words = str(data.get("asked", ""))
        return Before(answer.feature, words, entries, page, total, regions, places)
    # Who is there for a list leaves that list as it is: "vertel meer over 2" is still about it.
    whom = {"people", "regions", "day"} <= data.keys() and "list" not in data
    if whom and answer.kind is Kind.ANSWER:
        asked = date.fromisoformat(str(data["day"]))
        day = None if asked == today else asked
        return Before(answer.feature, None, regions=regions, places=places, day=day)
    return None


def _strings(value: object) -> list[str]:
    return [str(one) for one in cast("list[object]", value)] if isinstance(value, list) else []


def _safe(words: str | None) -> SafeText | None:
    """Return the words when they point at nobody; otherwise nothing of them is kept."""
    try:
        return None if words is None else guard(words)
    except NotKept:
        return None


def _before(kept: Conversation) -> Before:
    return Before(
        kept.feature,
        kept.words,
        kept.entries,
        kept.page,
        kept.total,
        kept.regions,
        kept.places,
        kept.day,
    )
