"""What Brug keeps of somebody: shown to them, and erased when they ask (F72)."""

from handlers.context import Context
from handlers.signalling import showing
from handlers.signalling.drafts import FEATURE
from handlers.speech.answer import Answer, Button, Kind, Listing, Paragraph, Press, Prose, Weight
from handlers.themes import labels


def kept(context: Context) -> Answer:
    """Say what Brug keeps of who asks: how much of each sort, and where to see it."""
    words = context.words
    lines = _kept(context)
    if not lines:
        return Answer(
            words.plain("signals.personal_nothing"),
            (Paragraph(words.prose("signals.personal_anonymous")),),
            source=showing.today(context),
            data={"kept": False},
        )
    return Answer(
        words.plain("signals.personal"),
        (Listing(lines), Paragraph(words.prose("signals.personal_rest"))),
        (
            Button(words.plain("signals.button_erase"), Press(FEATURE, "ask_erase")),
            Button(words.plain("signals.mine_button"), Press(FEATURE, "mine")),
        ),
        source=showing.today(context),
        data={"kept": True},
    )


def ask_erase(context: Context) -> Answer:
    """Ask before what leads to a person is erased: that cannot be undone."""
    words = context.words
    if not _kept(context):
        return kept(context)
    traces = context.tx.traces.of(context.actor.key)
    return Answer(
        words.plain("signals.ask_erase"),
        (Paragraph(words.prose("signals.ask_erase_what")),),
        (
            Button(words.plain("signals.button_erase"), Press(FEATURE, "erase"), Weight.DANGER),
            Button(words.plain("signals.button_personal"), Press(FEATURE, "kept")),
        ),
        kind=Kind.QUESTION,
        data={"links": len(traces)},
    )


def erase(context: Context) -> Answer:
    """Cut every link from signals to who asks, and all else that Brug keeps of them (F38, F72)."""
    tx, own, now = context.tx, context.actor.key, context.now
    cut = 0
    # Before they were linked they went by the number of their platform.
    for key in dict.fromkeys((own, *tx.links.erase(own, now))):
        cut += tx.traces.erase(key, now)
        tx.expertise.end(key, now)
        tx.connections.erase(key, now)
        tx.told.erase(key)
        tx.follows.erase(key)
        tx.digests.erase(key, now)
        tx.conversations.erase(key)
        tx.languages.forget(key)
    words = context.words
    return Answer(
        words.plain("signals.erased", count=cut),
        (Paragraph(words.prose("signals.erased_what")),),
        source=showing.today(context),
        data={"links": cut},
    )


def _kept(context: Context) -> tuple[Prose, ...]:
    """Return a line for each sort of thing that leads to who asks; nothing typed is repeated."""
    tx, key, words = context.tx, context.actor.key, context.words
    expert, digest = tx.expertise.of(key), tx.digests.at(key)
    counts = {
        "signals": len(tx.traces.of(key)),
        "follows": len(tx.follows.of(key)),
        "asked": len(tx.connections.open_of(key)),
        "told": len(tx.told.of(key)),
    }
    lines = [words.prose(f"signals.personal_{name}", count=n) for name, n in counts.items() if n]
    if expert is not None:
        lines.append(
            words.prose("signals.personal_expertise", themes=labels(expert.themes, words))
        )
    if digest is not None:
        lines.append(words.prose("signals.personal_digest"))
    if tx.languages.chosen(key):
        lines.append(words.prose("signals.personal_language"))
    if tx.links.to(key):
        lines.append(words.prose("signals.personal_link"))
    return tuple(lines)
