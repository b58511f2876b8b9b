"""What a block of a digest is, what it looks at, and what it comes back with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.speech.answer import Link, Prose, Strong
from handlers.speech.words import Words
from store import Transaction
from store.records import Region

AHEAD = 7
"""Days that a digest looks ahead for who is away: until the next one."""


class Section(StrEnum):
    """The heading under which a block stands; a digest shows them in this order."""

    WHO = "who"
    SIGNALS = "signals"
    DIRECTORY = "directory"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a digest is about.

    Attributes:
        tx: Everything that Brug keeps.
        words: The phrases of its language.
        region: Of which region it tells.
        now: The moment (UTC).
        today: The day in Brussels.
    """

    tx: Transaction
    words: Words
    region: Region
    now: datetime
    today: date

    def day(self, day: date) -> str:
        """Return a day as one says it: "dinsdag 24 november"."""
        return self.words.weekday(day, self.today)

    def linked(self, key: str, name: str, url: str, **values: object) -> Prose:
        """Return a phrase in which the bold `name` leads to its page, where it has one."""
        said = self.words.prose(key, name=name, **values)
        if not url:
            return said
        return tuple(Link(name, url) if span == Strong(name) else span for span in said)


@dataclass(frozen=True, slots=True)
class Look:
    """What a block has to tell.

    Attributes:
        lines: What changed, a line each, what matters most first; empty for nothing.
        known: What is true now, for the next time.
    """

    lines: tuple[Prose, ...]
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a digest.

    Attributes:
        name: Short, for settings and for what is kept.
        section: Under which heading.
        look: From a scope, and what was known the last time (None: there was none), to a look.
    """

    name: str
    section: Section
    look: Callable[[Scope, Mapping[str, str] | None], Look]
