"""Make one short message of what changed, or find that nothing did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.context import BRUSSELS
from handlers.digesting.blocks import BLOCKS, Block, Scope
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
from store.digests import Known
from store.records import Subscription

MOST_LINES = 12
"""Lines of a digest, its headings among them; the rest is behind *meer* (F43)."""

LONGEST_LINE = 300
"""Characters of one line: a whole paragraph belongs where it comes from, not in a digest."""


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
    today = now.astimezone(BRUSSELS).date()
    scope = Scope(tx, words, subscription.region, today)
    told = tx.digests.told(subscription)
    known: dict[str, dict[str, str]] = {}
    lines: list[tuple[str, Prose]] = []
    for block in wanted(subscription):
        before = told.known.get(block.name) if told else None
        look = block.look(scope, before)
        known[block.name] = dict(look.known)
        lines += [(block.name, _shortened(line)) for line in look.lines]
    if not lines:
        return Composed(None, known)
    shown = _fitting(lines)
    rest = lines[len(shown) :]
    more = Button(
        words.plain("digests.more", count=len(rest)), Press("digests", "more", {"letter": letter})
    )
    since = words.date(told.written_at.astimezone(BRUSSELS).date()) if told else ""
    answer = Answer(
        headline=words.plain("digests.headline", region=subscription.region.label),
        parts=_parts(shown, words),
        buttons=(more,) if rest else (),
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
            "lines": [_text(line) for _, line in shown],
            "rest": [_text(line) for _, line in rest],
        },
    )
    return Composed(answer, known)


def wanted(subscription: Subscription) -> Sequence[Block]:
    """Return the blocks that a channel wants; all of them when it chose none."""
    return [b for b in BLOCKS if not subscription.blocks or b.name in subscription.blocks]


def _fitting(lines: Sequence[tuple[str, Prose]]) -> Sequence[tuple[str, Prose]]:
    left, headings, count = MOST_LINES, set[str](), 0
    for name, _ in lines:
        left -= 1 if name in headings else 2
        headings.add(name)
        if left < 0:
            break
        count += 1
    return lines[:count]


def _parts(lines: Sequence[tuple[str, Prose]], words: Words) -> tuple[Part, ...]:
    parts: list[Part] = []
    for name in dict.fromkeys(name for name, _ in lines):
        parts.append(Paragraph((Strong(words.plain(f"digests.block_{name}")),)))
        parts.append(Listing(tuple(line for of, line in lines if of == name)))
    return tuple(parts)


def _shortened(line: Prose) -> Prose:
    text = _text(line)
    return line if len(text) <= LONGEST_LINE else (Plain(text[: LONGEST_LINE - 1] + "…"),)


def _text(line: Prose) -> str:
    return "".join(span.text for span in line)
