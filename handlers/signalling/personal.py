"""What Brug keeps of somebody: shown to them, and erased when they ask (F72)."""

from collections.abc import Collection

from handlers.context import Context
from handlers.signalling import showing
from handlers.signalling.drafts import FEATURE
from handlers.speech.answer import Answer, Button, Kind, Listing, Paragraph, Press, Prose, Weight
from handlers.themes import labels


def kept(context: Context) -> Answer:
    """Say what Brug keeps of who asks: how much of each sort, and where to see it."""
    words = context.words
    leading = _leading(context)
    lasting = (*_as_contact(context), *_in_the_log(context))
    lines = (*leading, *lasting)
    rest = Paragraph(words.prose("signals.personal_rest"))
    if not lines:
        return Answer(
            words.plain("signals.personal_nothing"),
            (Paragraph(words.prose("signals.personal_anonymous")), rest),
            source=showing.today(context),
            data={"kept": False},
        )
    erasing = Button(words.plain("signals.button_erase"), Press(FEATURE, "ask_erase"))
    only_log = not leading and not _as_contact(context)
    return Answer(
        words.plain("signals.personal_only_log" if only_log else "signals.personal"),
        (Listing(lines), rest),
        (
            *([erasing] if leading else []),
            Button(words.plain("signals.mine_button"), Press(FEATURE, "mine")),
        ),
        source=showing.today(context),
        data={"kept": True},
    )


def ask_erase(context: Context) -> Answer:
    """Ask before what leads to a person is erased: that cannot be undone."""
    words = context.words
    if not _leading(context):
        return kept(context)
    return Answer(
        words.plain("signals.ask_erase"),
        (Paragraph(words.prose("signals.ask_erase_what")),),
        (
            Button(words.plain("signals.button_erase"), Press(FEATURE, "erase"), Weight.DANGER),
            Button(words.plain("signals.button_personal"), Press(FEATURE, "kept")),
        ),
        kind=Kind.QUESTION,
        data={"links": _signals(context, _keys(context))},
    )


def erase(context: Context) -> Answer:
    """Cut every link from signals to who asks, and all else that Brug keeps of them (F38, F72)."""
    tx, own, now = context.tx, context.actor.key, context.now
    cut = 0
    keys = _keys(context)
    tx.links.erase(own, now)
    for key in keys:
        cut += tx.traces.erase(key, now)
        tx.expertise.end(key, now)
        tx.connections.erase(key, now)
        tx.corrections.erase(key, now)
        tx.told.erase(key)
        tx.follows.erase(key, now)
        tx.digests.erase(key, now)
        tx.conversations.erase(key)
        tx.languages.forget(key)
    words = context.words
    return Answer(
        words.plain("signals.erased"),
        (Paragraph(words.prose("signals.erased_what")),),
        source=showing.today(context),
        data={"links": cut},
    )


def _keys(context: Context) -> tuple[str, ...]:
    """Return what who asks goes by: before they were linked, the number of their platform."""
    own = context.actor.key
    return tuple(dict.fromkeys((own, *(link.user for link in context.tx.links.to(own)))))


def _signals(context: Context, keys: Collection[str]) -> int:
    return sum(len(context.tx.traces.of(key)) for key in keys)


def _as_contact(context: Context) -> tuple[Prose, ...]:
    """Return lines for what the page and the directory say of who asks; nobody erases it here."""
    tx, words, actor = context.tx, context.words, context.actor
    lines = [words.prose("signals.personal_contact")] if actor.person else []
    addresses = {one for one in (actor.email, actor.linked) if one}
    if owned := sum(len(tx.offerings.owned_by(one)) for one in addresses):
        lines.append(words.prose("signals.personal_owner", count=owned))
    return tuple(lines)


def _in_the_log(context: Context) -> tuple[Prose, ...]:
    """Return the line for what stays in the audit, and why: it is only ever added to (F71)."""
    count = context.tx.audit.count(_keys(context))
    return (context.words.prose("signals.personal_log", count=count),) if count else ()


def _leading(context: Context) -> tuple[Prose, ...]:
    """Return a line for each sort of thing that leads to who asks; nothing typed is repeated."""
    tx, words, keys = context.tx, context.words, _keys(context)
    counts = {
        "signals": _signals(context, keys),
        "follows": tx.follows.count(keys),
        "corrections": tx.corrections.count(keys),
        "asked": tx.connections.count(keys),
        "invited": tx.connections.count_invitations(keys),
        "told": sum(len(tx.told.of(key)) for key in keys),
    }
    lines = [words.prose(f"signals.personal_{name}", count=n) for name, n in counts.items() if n]
    themes = {theme for key in keys if (one := tx.expertise.of(key)) for theme in one.themes}
    if themes:
        listed = labels(sorted(themes), words)
        lines.append(words.prose("signals.personal_expertise", themes=listed))
    if any(tx.digests.at(key) for key in keys):
        lines.append(words.prose("signals.personal_digest"))
    if tx.languages.known(keys):
        lines.append(words.prose("signals.personal_language"))
    if tx.links.to(context.actor.key):
        lines.append(words.prose("signals.personal_link"))
    return tuple(lines)
