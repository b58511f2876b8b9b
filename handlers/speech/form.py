"""A form: questions that Brug asks back, before any platform has dressed them.

Slack shows it as a modal, Teams as a dialog, the console asks line by line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from handlers.speech.answer import Prose

TITLE_LENGTH = 24
"""Characters in the title of a form and on its button: Slack's limit for a modal's title
(https://docs.slack.dev/reference/views/modal-views), the shortest of the rooms."""


@dataclass(frozen=True, slots=True)
class TextField:
    """Room to write.

    Attributes:
        name: The key of the answer in what comes back.
        label: The question.
        hint: What not to write, or an example; empty for none.
        multiline: Whether there is room for more than a line.
        required: Whether it must be filled in.
        max_length: In characters, at most 3,000 (Slack's limit).
        initial: What stands there at first.
    """

    name: str
    label: str
    hint: str = ""
    multiline: bool = False
    required: bool = True
    max_length: int = 3000
    initial: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One out of a few, or several.

    Attributes:
        name: The key of the answer in what comes back; several come back joined by commas.
        label: The question.
        options: (value, shown) pairs, at most 100; a value has no comma and at most 75 characters.
        hint: A word of help; empty for none.
        required: Whether one must be chosen.
        several: Whether more than one may be chosen.
        initial: The values that are chosen at first.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""
    required: bool = True
    several: bool = False
    initial: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateField:
    """A day; comes back as YYYY-MM-DD.

    Attributes:
        name: The key of the answer in what comes back.
        label: The question.
        hint: A word of help; empty for none.
        required: Whether it must be filled in.
        initial: The day that stands there at first.
    """

    name: str
    label: str
    hint: str = ""
    required: bool = True
    initial: date | None = None


@dataclass(frozen=True, slots=True)
class SearchField:
    """One out of many, found by typing a few letters.

    Attributes:
        name: The key of the answer in what comes back.
        label: The question.
        source: What is searched: a name in `handlers.suggesting`.
        options: All of it as (value, shown) pairs, when it is at most 100; empty when it is more,
            and a room that cannot search while somebody types takes what they typed.
        hint: A word of help; empty for none.
        required: Whether one must be chosen.
        initial: The (value, shown) that is chosen at first; None for none.
    """

    name: str
    label: str
    source: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = True
    initial: tuple[str, str] | None = None


Field: TypeAlias = TextField | ChoiceField | DateField | SearchField


@dataclass(frozen=True, slots=True)
class Form:
    """A few questions and a button.

    Attributes:
        feature: Which feature takes what comes back.
        title: At most `TITLE_LENGTH` characters.
        fields: The questions, in order.
        submit: What the button says, at most `TITLE_LENGTH` characters.
        intro: What to know before filling it in; may be empty.
        state: Short strings that come back with the answers, unseen; not to be trusted.
    """

    feature: str
    title: str
    fields: tuple[Field, ...]
    submit: str
    intro: Prose = ()
    state: Mapping[str, str] = field(default_factory=dict[str, str])
