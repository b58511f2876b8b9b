"""The start page: what concerns somebody now, and what they can ask (issue 7).

It is made of answers like all others, for the role of who looks: who covers their region, what
waits for them, what is theirs, questions to begin with, and the language. Short: what is long
stands behind a button.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers import coverage, language
from handlers.context import Context
from handlers.digesting.showing import when
from handlers.feature import AnyFeature
from handlers.rights import Right, Role, may
from handlers.signalling import labels
from handlers.speech.answer import ASK, Answer, Button, Listing, Part, Press, Prose
from store.records import LetterState, Region
from store.signals import Phase, Signal

MOST = 3
"""Lines about one kind of thing; the rest is behind its button."""

_EXAMPLES = 5
_LONGEST = 45
"""Characters of an example on a button; more is cut on a phone."""

_ELSEWHERE = frozenset({"help", "language", "emergencies"})
"""Features that the start page shows in another way; a cry for help is nobody's example."""

_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Start:
    """A start page.

    Attributes:
        sections: What to show, in order.
        examples: Questions to begin with, those of who looks.
    """

    sections: tuple[Answer, ...]
    examples: tuple[str, ...]


def start(features: Sequence[AnyFeature], context: Context) -> Start:
    """Return the start page of who looks."""
    words = context.words
    tries = examples(features, context)
    regions = [_covers(region, context) for region in Region if region in context.actor.regions]
    sections = (
        Answer(_welcome(context), buttons=_begin(features, context)),
        *regions,
        *_waiting(context),
        *_own(context),
        Answer(words.plain("home.ask"), buttons=tuple(_ask(one, one) for one in tries)),
        Answer(words.plain("language.which"), buttons=language.buttons()),
    )
    return Start(sections, tries)


def _welcome(context: Context) -> str:
    words, actor = context.words, context.actor
    if actor.person is not None:
        return words.plain("home.hello", name=actor.person.name)
    return words.plain("home.guest" if actor.role is Role.GUEST else "home.welcome")


def _begin(features: Sequence[AnyFeature], context: Context) -> tuple[Button, ...]:
    """Return the forms that somebody may open from here, and the way to everything else."""
    words, actor = context.words, context.actor
    rights = {"signals": Right.CONTRIBUTE, "absences": Right.REGISTER_ABSENCE, "help": Right.ASK}
    commands = {feature.name: feature.command for feature in features}
    return tuple(
        _ask(words.plain(f"home.begin_{name}"), f"/{commands[name]}")
        for name, right in rights.items()
        if name in commands and may(actor, right)
    )


def examples(features: Sequence[AnyFeature], context: Context) -> tuple[str, ...]:
    """Return questions to begin with, one for each feature that this person may use."""
    found: dict[str, None] = {}
    hidden = _ELSEWHERE if may(context.actor, Right.TRIAGE) else _ELSEWHERE | {"bundles"}
    for feature in features:
        if not may(context.actor, feature.right) or feature.name in hidden:
            continue
        for one in feature.examples:
            own = one.language == context.words.language
            if own and len(one.words) <= _LONGEST and _in_own_words(one.words, feature):
                found[one.words] = None
                break
    return tuple(found)[:_EXAMPLES]


def _in_own_words(words: str, feature: AnyFeature) -> bool:
    """Return whether it is a question as people ask it: a label has to say enough by itself."""
    first = words.partition(" ")[0].casefold()
    return not first.startswith("/") and first not in (feature.command, *feature.aliases)


def _covers(region: Region, context: Context) -> Answer:
    said = coverage.FEATURE.handle(coverage.FEATURE.parse(region.label), context)
    if not isinstance(said, Answer):
        raise TypeError("a region was asked back about")
    return replace(said, buttons=said.buttons[:2], why=())


def _waiting(context: Context) -> tuple[Answer, ...]:
    """Return what waits for a coordinator or a steward; nothing for all others."""
    words, actor, tx = context.words, context.actor, context.tx
    if not may(actor, Right.TRIAGE):
        return ()
    steward = actor.role is Role.STEWARD
    regions = None if steward else actor.regions
    new = [one for one in tx.signals.open_in(regions, _LOOKED_AT) if one.looked_at is None]
    lines: list[Prose] = [_due(one, context) for one in new[:MOST]]
    buttons: list[Button] = []
    if new:
        buttons.append(_ask(words.plain("home.all_signals", count=len(new)), "/signaal lijst"))
    counted = tx.offerings.coverage()
    for region in Region if steward else sorted(actor.regions):
        confirmed, total = counted.get(region, (0, 0))
        if confirmed < total and not steward:
            said = {"open": total - confirmed, "total": total, "region": region.label}
            lines.append(words.prose("home.to_confirm", **said))
            label = words.plain("home.see_offerings", region=region.label)
            buttons.append(_ask(label, f"/aanbod {region.label}"))
    held = [x for x in tx.outbox.in_state(LetterState.HELD) if x.owner == actor.key]
    if held:
        lines.append(words.prose("home.held", count=len(held)))
    lines += [
        words.prose("home.digest", region=one.region.label, when=when(one, words))
        for one in tx.digests.active()
        if one.owner == actor.key
    ][:MOST]
    if steward:
        if corrections := tx.corrections.total():
            lines.append(words.prose("home.corrections", count=corrections))
            buttons.append(_ask(words.plain("home.see_corrections"), "/aanbod correcties"))
        lines.append(words.prose("home.import"))
    parts: tuple[Part, ...] = (Listing(tuple(lines)),) if lines else ()
    key = "home.waiting" if lines else "home.nothing_waits"
    return (Answer(words.plain(key), parts, tuple(buttons)),)


def _due(signal: Signal, context: Context) -> Prose:
    words = context.words
    left = (signal.look_by - context.today).days
    said = {"number": signal.number, "region": signal.region.label, "days": words.days(left)}
    if left < 0:
        return words.prose("home.signal_late", **said | {"day": words.date(signal.look_by)})
    return words.prose("home.signal_due", **said)


def _own(context: Context) -> tuple[Answer, ...]:
    """Return somebody's own signals and what they follow; nothing when there is neither."""
    words, actor, tx = context.words, context.actor, context.tx
    signals, follows = tx.signals.of(actor.key), tx.follows.of(actor.key)
    lines = [
        words.prose(
            "home.own_signal",
            number=one.number,
            phase=labels.phase(_furthest(one, tx.signals.standing_for(one.number)), words),
        )
        for one in signals[:MOST]
    ]
    lines += [words.prose("home.follows", words=one.words) for one in follows[:MOST]]
    if not lines:
        return ()
    buttons = [_ask(words.plain("home.my_signals"), "/signaal mijn")] if signals else []
    if follows:
        buttons.append(_ask(words.plain("home.my_follows"), "/volg"))
    return (Answer(words.plain("home.yours"), (Listing(tuple(lines)),), tuple(buttons)),)


def _furthest(own: Signal, standing: Signal | None) -> Phase:
    """Return how far a signal came, by itself or with the one that it was put together with."""
    order = list(Phase)
    return max((own.phase, (standing or own).phase), key=order.index)


def _ask(label: str, words: str) -> Button:
    return Button(label, Press("", ASK, {"words": words}))
