"""What Brug says, before any platform has dressed it.

An `Answer` is a headline and parts. Parts hold `Prose`: spans of words with at most a little
emphasis. Renderers (in `bot/`) match on these types and end in `assert_never`, so a new type of
part is a type error in every room until each can show it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from store.records import Fact

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""What fits in JSON."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are. Renderers escape them."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the weight."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere.

    Attributes:
        text: What is shown.
        url: `https://…` or `mailto:…`.
    """

    text: str
    url: str


Span: TypeAlias = Plain | Strong | Link
Prose: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    prose: Prose


@dataclass(frozen=True, slots=True)
class Listing:
    """Things of one kind, one per line.

    Attributes:
        items: The lines.
        first: The number of the first one; 0 for a list without numbers.
    """

    items: tuple[Prose, ...]
    first: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, two by two."""

    pairs: tuple[tuple[str, Prose], ...]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody whom people may write to.

    Attributes:
        name: As the person is called.
        role: What the person does, in a few words.
        email: A professional address; empty when none is known.
        note: What else one should know ("vervangt An tot en met 21 juli"); may be empty.
    """

    name: str
    role: str
    email: str = ""
    note: Prose = ()


@dataclass(frozen=True, slots=True)
class People:
    """Who to turn to, the first to ask first."""

    cards: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, as numbers. Who shows it decides whether that is a picture or a row of blocks.

    Attributes:
        title: What the bars show.
        unit: What one of it is ("signalen", "plaatsen").
        bars: Label and height, in `unit`.
    """

    title: str
    unit: str
    bars: tuple[tuple[str, float], ...]


Part: TypeAlias = Paragraph | Listing | Facts | People | Chart

ASK = "ask"
"""The assistant's own verb: answer `values["words"]` as if it had been typed."""

WHY = "why"
"""The assistant's own verb: explain the answer to `values["words"]`, or to another press."""

MEANT = "meant"
"""The assistant's own verb: answer `values["words"]` as a sentence for `values["feature"]`."""

SHARE = "share"
"""The rooms' own verb: put the answer to `values["words"]` in the channel."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a button does: a verb of a feature, with values that come back as they were.

    The values went through somebody else's hands: whoever acts on them checks them, and the
    right to act, again.

    Attributes:
        feature: The feature that takes it, or "" for `ASK`, `WHY` and `SHARE`, which every
            answer may have.
        verb: What to do.
        values: Short strings; together at most 1,500 characters, so that every room carries them.
    """

    feature: str
    verb: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])


class Weight(StrEnum):
    """How much a button asks for attention."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press under an answer.

    Attributes:
        label: At most 75 characters are shown (Slack's limit, the shortest of the rooms).
        press: What it does.
        weight: How much it asks for attention.
    """

    label: str
    press: Press
    weight: Weight = Weight.NORMAL


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from.

    Attributes:
        text: In words, with the date in it.
        as_of: That date; None when the answer is about Brug itself.
        url: Where to read it; empty when there is no such page.
    """

    text: str
    as_of: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an answer, or that somebody gave to Brug.

    Attributes:
        name: With its ending ("brug.ics"), and without a folder.
        media_type: As a browser says it ("text/calendar").
        content: Its bytes.
    """

    name: str
    media_type: str
    content: bytes


class Kind(StrEnum):
    """What sort of answer this is."""

    ANSWER = "answer"
    QUESTION = "question"
    REFUSAL = "refusal"


class Audience(StrEnum):
    """Who sees an answer that was asked for in a channel."""

    PRIVATE = "private"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that Brug says.

    Attributes:
        headline: The whole point in one line of plain text. It is also the notification, and
            all that a screen reader or an old client may show.
        parts: The rest, in order.
        buttons: What can be pressed under it, the most likely first. A question has 2 to 5.
        source: Where this comes from and of what date; None for small talk and questions.
        why: How Brug came to it, a line each: record, rule, date. Shown behind "Waarom?".
        kind: Answer, question or refusal.
        audience: Who sees it when it was asked for in a channel.
        shareable: Whether the asker may put it in the channel.
        feature: The slug of the feature that gave it; the assistant fills it in.
        confidence: How sure Brug is that this is what was asked, 0 to 1.
        data: The same answer for machines; each feature documents its keys.
        attachments: Files that go with it, to whoever asked and nobody else.
        told: The facts that it states, as they are now: who asked hears when one of them turns
            out wrong (F52).
    """

    headline: str
    parts: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()
    source: Source | None = None
    why: tuple[Prose, ...] = ()
    kind: Kind = Kind.ANSWER
    audience: Audience = Audience.PRIVATE
    shareable: bool = False
    feature: str = ""
    confidence: float = 1.0
    data: Mapping[str, Json] = field(default_factory=dict[str, Json])
    attachments: tuple[Attachment, ...] = ()
    told: tuple[Fact, ...] = ()
