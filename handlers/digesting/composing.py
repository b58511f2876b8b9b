"""Make one short message of what changed, or find that nothing did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.digesting.blocks import BLOCKS
from handlers.digesting.scope import Block, Scope, Section
from handlers.speech import pages
from handlers.speech.answer import (
    Answer,
    Audience,
    Button,
    Listing,
    Paragraph,
    Part,
    Plain,
    Press,
    Prose,
    Source,
    Strong,
)
from handlers.speech.words import Words
from store import Transaction
from store.days import day_of
from store.digests import Known
from store.records import Subscription

MOST_LINES = 12
"""Lines of a digest, its headings and its goal among them; the rest is behind *meer* (F43)."""

LONGEST_LINE = 300
"""Characters of one line: a whole paragraph belongs where it comes from, not in a digest."""

ABOUT = "about"
"""Beside what the blocks knew: of which region that was."""

PAGE = 20
"""Lines of a page behind *meer*."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed, and where it stands.

    Attributes:
        section: Under which heading.
        block: Which block tells it.
        prose: What it says.
    """

    section: Section
    block: str
    prose: Prose


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest.

    Attributes:
        answer: What to send; None when nothing changed.
        known: What was true now, for the next one.
    """

    answer: Answer | None
    known: Known


def compose(subscription: Subscription, letter: str, tx: Transaction, now: datetime) -> Composed:
    """Tell what changed since the last digest that arrived.

    Args:
        subscription: For whom.
        letter: The key of the letter that will hold it; *meer* finds the rest by it.
        tx: Everything that Brug keeps.
        now: The moment (UTC).
    """
    words = Words(subscription.language)
    today = day_of(now)
    scope = Scope(tx, words, subscription.region, now, today)
    about = {"region": subscription.region.value}
    told = tx.digests.told(subscription)
    if told is not None and told.known.get(ABOUT, about) != about:
        told = None  # the channel chose another region: nothing of this one was told
    known: dict[str, dict[str, str]] = {ABOUT: about}
    lines: list[Line] = []
    for block in wanted(subscription):
        before = told.known.get(block.name) if told else None
        look = block.look(scope, before)
        known[block.name] = dict(look.known)
        lines += [Line(block.section, block.name, _shortened(line)) for line in look.lines]
    if not lines:
        return Composed(None, known)
    shown = _fitting(lines)
    rest = [line for line in lines if not any(line is one for one in shown)]
    more = Button(
        words.plain("digests.more", count=len(rest)), Press("digests", "more", {"letter": letter})
    )
    # Twice on one day: from that day until itself would say nothing.
    since = words.date(day_of(told.written_at)) if told and day_of(told.written_at) < today else ""
    answer = Answer(
        headline=words.plain("digests.headline", region=subscription.region.label),
        parts=(*_parts(shown, words), Paragraph(words.prose("digests.goal"))),
        buttons=(*((more,) if rest else ()), *_ending(subscription, words)),
        source=Source(
            words.plain(
                "digests.source_since" if since else "digests.source",
                day=words.date(today),
                since=since,
            ),
            today,
        ),
        audience=Audience.CHANNEL,
        feature="digests",
        data={
            "region": subscription.region.value,
            "lines": [_text(line.prose) for line in shown],
            "rest": len(rest),
            "more": [
                pages.write(Answer("", _parts(rest[at : at + PAGE], words)))
                for at in range(0, len(rest), PAGE)
            ],
        },
    )
    return Composed(answer, known)


def _ending(subscription: Subscription, words: Words) -> tuple[Button, ...]:
    """The button that ends a digest of somebody's own; a channel's is ended by its command."""
    if not subscription.personal:
        return ()
    return (Button(words.plain("digests.button_stop_own"), Press("digests", "stop_own", {})),)


def behind(answer: Answer, page: int) -> tuple[tuple[Part, ...], int]:
    """Return a page of what did not fit in a digest, and how many pages there are.

    Args:
        answer: The digest, as it was composed.
        page: From 0.
    """
    kept = answer.data.get("more")
    texts = [text for text in kept if isinstance(text, str)] if isinstance(kept, list) else []
    parts = pages.read(texts[page]).parts if page in range(len(texts)) else ()
    return parts, len(texts)


def wanted(subscription: Subscription) -> Sequence[Block]:
    """Return the blocks that a channel wants; all of them when it chose none."""
    return [b for b in BLOCKS if not subscription.blocks or b.name in subscription.blocks]


def _fitting(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that fit: one of each block first, so that none hides behind another."""
    firsts = {line.block: line for line in reversed(lines)}
    ordered = [line for line in lines if firsts[line.block] is line]
    ordered += [line for line in lines if firsts[line.block] is not line]
    left, headings, taken = MOST_LINES - 1, set[Section](), list[Line]()  # 1: the goal
    for line in ordered:
        cost = 1 if line.section in headings else 2
        if cost <= left:
            left -= cost
            headings.add(line.section)
            taken.append(line)
    return [line for line in lines if any(line is one for one in taken)]


def _parts(lines: Sequence[Line], words: Words) -> tuple[Part, ...]:
    parts: list[Part] = []
    for section in Section:
        under = tuple(line.prose for line in lines if line.section is section)
        if under:
            heading = words.plain(f"digests.section_{section.value}")
            parts += [Paragraph((Strong(heading),)), Listing(under)]
    return tuple(parts)


def _shortened(line: Prose) -> Prose:
    text = _text(line)
    return line if len(text) <= LONGEST_LINE else (Plain(text[: LONGEST_LINE - 1] + "…"),)


def _text(line: Prose) -> str:
    return "".join(span.text for span in line)
