"""What may come from somebody, in whichever room: words, a button, a form, a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.once import Act
from handlers.actors import Caller
from handlers.speech.answer import Attachment, Press


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody typed, wherever they typed it.

    Attributes:
        words: What they typed.
        caller: Who.
        language: In which language to answer, whatever they chose; empty for their own.
        act: What recognises a repetition of it.
    """

    words: str
    caller: Caller
    language: str = ""
    act: Act = field(default_factory=Act, compare=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that somebody pressed."""

    press: Press
    caller: Caller
    language: str = ""
    act: Act = field(default_factory=Act, compare=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that came back.

    Attributes:
        feature: The feature that takes it.
        values: What was filled in, by the name of the field.
        caller: Who sent it.
        language: In which language to answer; empty for the one that they chose.
        state: What the form carried along; it went through somebody else's hands.
        act: What recognises a repetition of it.
    """

    feature: str
    values: Mapping[str, str]
    caller: Caller
    language: str = ""
    state: Mapping[str, str] = field(default_factory=dict[str, str])
    act: Act = field(default_factory=Act, compare=False)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody gave to Brug."""

    file: Attachment
    caller: Caller
    language: str = ""
    act: Act = field(default_factory=Act, compare=False)


Asked: TypeAlias = Call | Pressed | Submission | Brought
"""What may come from somebody."""
