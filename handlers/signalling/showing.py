"""A signal, a list of them, and somebody's own."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.errors import NotFound
from handlers.rights import Right, Role, Thing, may
from handlers.signalling import answers, labels
from handlers.signalling.drafts import FEATURE
from handlers.signalling.giving import shortened, source
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Facts,
    Listing,
    Paragraph,
    Part,
    Plain,
    Press,
    Prose,
    Source,
    Strong,
    Weight,
)
from handlers.speech.words import Words
from store.days import day_of
from store.signals import MOVES, Anonymity, Phase, Signal, Supporter
from store.signals.records import Backed, Happening

MOST_LISTED = 15
MOST_BUTTONS = 5

_HAPPENED = {
    "move": "signals.did_move",
    "merge": "signals.did_merge",
    "gain": "signals.did_gain",
    "part": "signals.did_part",
    "lose": "signals.did_lose",
    "release": "signals.did_release",
    "withdraw": "signals.did_withdraw",
    "judge": "signals.did_judge",
    "reopen": "signals.did_reopen",
}


def find(number: int, context: Context) -> Signal:
    """Return a signal that who asks may see.

    Raises:
        NotFound: If there is none, or they may not see it: the same answer for both.
    """
    signal = context.tx.signals.get(number)
    if signal is None or not _visible(signal, context):
        key = "signals.no_such" if number else "signals.no_such_number"
        raise NotFound(key, number=str(number))
    return signal


def triages(signal: Signal, context: Context) -> bool:
    """Return whether who asks may follow up this signal."""
    return may(context.actor, Right.TRIAGE, Thing(frozenset({signal.region})))


def card(signal: Signal, context: Context, headline: str = "") -> Answer:
    """Show one signal; a coordinator's look is remembered as the first."""
    words = context.words
    follows_up = triages(signal, context)
    if follows_up:
        context.tx.signals.look(signal.number, context.now)
    backed = context.tx.signals.backed(signal.number)
    supporters = context.tx.signals.supporters(signal.number)
    phase = labels.phase(signal.phase, words)
    parts: list[Part] = [Facts(_facts(signal, backed, words))]
    if signal.withdrawn:
        parts.append(Paragraph(words.prose("signals.withdrawn")))
    if signal.quarantined:
        parts.append(Paragraph(words.prose("signals.quarantined")))
    if signal.merged_into is not None:
        parts.append(Paragraph(words.prose("signals.merged", number=signal.merged_into)))
    others = context.tx.signals.merged_into(signal.number)
    if others:
        numbers = words.all_of(str(one.number) for one in others)
        parts.append(Paragraph(words.prose("signals.gained", numbers=numbers)))
    if added := [s.context for s in supporters if s.context]:
        parts.append(Listing(tuple((Plain(f"“{one}”"),) for one in added)))
    family = [signal.number, *(one.number for one in others)]
    if answered := answers.on(family, context):
        parts.append(Listing(answered))
    if named := _named(supporters, context, follows_up=follows_up):
        parts.append(Paragraph(words.prose("signals.from", who=words.all_of(named))))
    if follows_up and (happened := context.tx.signals.history(signal.number)):
        parts.append(Listing(tuple(_line(one, words) for one in happened)))
    return Answer(
        headline or words.plain("signals.card", number=signal.number, phase=phase),
        tuple(parts),
        _buttons(signal, backed, supporters, context, follows_up=follows_up),
        source=source(signal, context),
        data={
            "number": signal.number,
            "phase": signal.phase.value,
            "regions": [signal.region.value],
            "addressee": signal.addressee.value,
            "level": signal.level.value,
            "reporters": backed.reporters,
            "organisations": backed.organisations,
            "anonymous": backed.anonymous,
            "structural": signal.structural,
            "quarantined": signal.quarantined,
            "merged_into": signal.merged_into,
        },
    )


def queue(context: Context) -> Answer:
    """Show what a coordinator has to follow up; to anybody else, their own signals."""
    words = context.words
    if not may(context.actor, Right.TRIAGE):
        return mine(context)
    regions = None if context.actor.role is Role.STEWARD else context.actor.regions
    found = context.tx.signals.open_in(regions, MOST_LISTED + 1)
    shown = found[:MOST_LISTED]
    if not shown:
        return Answer(words.plain("signals.queue_empty"), source=today(context))
    waiting = sum(1 for one in shown if one.looked_at is None)
    parts: list[Part] = [Listing(tuple(_row(one, context) for one in shown))]
    if len(found) > MOST_LISTED:
        parts.append(Paragraph(words.prose("signals.more", most=MOST_LISTED)))
    parts.append(Paragraph(words.prose("signals.queue_next", number=shown[0].number)))
    return Answer(
        words.plain("signals.queue", count=len(shown), waiting=waiting),
        tuple(parts),
        tuple(show_button(one, words) for one in shown[:MOST_BUTTONS]),
        source=today(context),
        data={"numbers": [one.number for one in shown], "waiting": waiting},
    )


def mine(context: Context) -> Answer:
    """Show what somebody gave or supports, and what is kept about them (F34, F72)."""
    words = context.words
    own = context.tx.signals.of(context.actor.key)
    if not own:
        return Answer(
            words.plain("signals.mine_empty"),
            (Paragraph(words.prose("signals.mine_how")),),
            source=today(context),
            data={"numbers": []},
        )
    kept = {trace.signal: trace for trace in context.tx.traces.of(context.actor.key)}
    items: list[Prose] = []
    for one in own[:MOST_LISTED]:
        standing = context.tx.signals.standing_for(one.number) or one
        line = words.prose(
            "signals.mine_line",
            number=one.number,
            text=shortened(one.text, 80),
            phase=labels.phase(one.phase, words),
        )
        if standing.number != one.number:
            # How far it came itself is what they were told; the other may be less far.
            line += words.prose(
                "signals.mine_merged",
                number=standing.number,
                phase=labels.phase(standing.phase, words),
            )
        if organisation := kept[one.number].organisation:
            line += (Plain(f" ({organisation})"),)
        items.append(line)
    again = [
        Button(
            words.plain("signals.button_reopen_number", number=one.number),
            Press(FEATURE, "reopen", {"number": str(one.number)}),
        )
        for one in own
        if (standing := context.tx.signals.standing_for(one.number))
        and standing.phase is Phase.FEEDBACK
    ]
    erase = Button(words.plain("signals.button_erase"), Press(FEATURE, "ask_erase"))
    return Answer(
        words.plain("signals.mine", count=len(own)),
        (Listing(tuple(items)), Paragraph(words.prose("signals.mine_kept"))),
        (*again[: MOST_BUTTONS - 1], erase),
        source=today(context),
        data={"numbers": [one.number for one in own]},
    )


def _visible(signal: Signal, context: Context) -> bool:
    if triages(signal, context):
        return True
    if signal.withdrawn:
        return False
    own = any(t.signal == signal.number for t in context.tx.traces.of(context.actor.key))
    return own or not signal.quarantined


def _facts(signal: Signal, backed: Backed, words: Words) -> tuple[tuple[str, Prose], ...]:
    plain = words.plain
    facts = [
        ("signals.fact_text", signal.text),
        ("signals.fact_level", labels.level(signal.level, words)),
        ("signals.fact_region", signal.region.label),
        ("signals.fact_for", labels.addressee(signal.addressee, words)),
        ("signals.fact_meeting", signal.meeting),
        ("signals.fact_backed", _backed(backed, words)),
        ("signals.fact_structural", plain("signals.yes") if signal.structural else ""),
    ]
    return tuple((plain(name), (Plain(value),)) for name, value in facts if value)


def _backed(backed: Backed, words: Words) -> str:
    plain, people, organisations = words.plain, backed.reporters, backed.organisations
    said = [
        plain("signals.reporters_one") if people == 1 else "",
        plain("signals.reporters", count=people) if people > 1 else "",
        plain("signals.organisations_one") if organisations == 1 else "",
        plain("signals.organisations", count=organisations) if organisations > 1 else "",
        plain("signals.backed_anonymous", count=backed.anonymous) if backed.anonymous else "",
    ]
    return ", ".join(filter(None, said))


def _named(
    supporters: Sequence[Supporter], context: Context, *, follows_up: bool
) -> tuple[str, ...]:
    people = {f"person:{p.id}": p.name for p in context.tx.people.everyone()}
    shown: dict[str, str] = {}
    nameless: set[str] = set()
    for one in supporters:  # of a merged signal somebody may stand behind both
        allowed = one.anonymity is Anonymity.OPEN or (
            one.anonymity is Anonymity.DUO and follows_up
        )
        if allowed and one.actor is not None:
            # What a platform calls somebody ("U123") says nothing to who reads this.
            who = people.get(one.actor) or one.name
            if not who and not one.organisation:
                nameless.add(one.actor)
                continue
            who = who or context.words.plain("signals.a_member")
            said = f"{who} ({one.organisation})" if one.organisation else who
            if one.organisation or one.actor not in shown:
                shown[one.actor] = said
    others = len(nameless - shown.keys())
    key = "signals.a_member" if others == 1 else "signals.members"
    return (*shown.values(), *([context.words.plain(key, count=others)] if others else []))


def _line(happening: Happening, words: Words) -> Prose:
    day = words.date(day_of(happening.at))
    before, after = (
        labels.phase(Phase(value), words) if value in set(Phase) else value
        for value in (happening.before, happening.after)
    )
    return words.prose(_HAPPENED[happening.verb], day=day, before=before, after=after)


def _row(signal: Signal, context: Context) -> Prose:
    words = context.words
    said: list[Strong | Plain] = [
        Strong(f"{signal.number}"),
        Plain(f" {labels.phase(signal.phase, words)} · {signal.region.label} · "),
        Plain(shortened(signal.text, 90)),
    ]
    if signal.quarantined:
        said.append(Plain(f" · {words.plain('signals.row_quarantined')}"))
    if signal.looked_at is None:
        key = "signals.row_late" if signal.look_by < context.today else "signals.row_new"
        said.append(Strong(f" · {words.plain(key, day=words.date(signal.look_by))}"))
    return tuple(said)


def _buttons(
    signal: Signal,
    backed: Backed,
    supporters: Sequence[Supporter],
    context: Context,
    *,
    follows_up: bool,
) -> tuple[Button, ...]:
    words = context.words
    number, version = str(signal.number), str(signal.version)
    at = {"number": number, "version": version}
    buttons: list[Button] = []
    own = any(s.actor == context.actor.key for s in supporters)
    alone = signal.merged_into is None and not signal.withdrawn
    if follows_up and not alone and not signal.withdrawn:
        buttons.append(Button(words.plain("signals.button_part"), Press(FEATURE, "part", at)))
    if follows_up and signal.quarantined and alone:
        release = Press(FEATURE, "release", at)
        buttons.append(Button(words.plain("signals.button_release"), release, Weight.PRIMARY))
        wipe = Press(FEATURE, "ask_withdraw", at)
        buttons.append(Button(words.plain("signals.button_withdraw"), wipe, Weight.DANGER))
    elif follows_up and alone:
        if backed.enough and not signal.structural:
            judge = Press(FEATURE, "judge", at)
            buttons.append(Button(words.plain("signals.button_judge"), judge))
        for to in MOVES[signal.phase][:2]:
            label = words.plain("signals.button_move", phase=labels.phase(to, words))
            buttons.append(Button(label, Press(FEATURE, "move", {**at, "to": to.value})))
    if own and alone and signal.phase is Phase.FEEDBACK:
        again = Press(FEATURE, "reopen", {"number": number})
        buttons.append(Button(words.plain("signals.button_reopen"), again))
    if not own and alone and not signal.quarantined:
        label = words.plain("signals.button_me_too", number=number)
        buttons.append(Button(label, Press(FEATURE, "me_too", {"number": number})))
    return tuple(buttons[:MOST_BUTTONS])


def show_button(signal: Signal, words: Words) -> Button:
    """Return the button that shows a signal."""
    label = words.plain("signals.button_show_number", number=signal.number)
    return Button(label, Press("", ASK, {"words": f"/signaal {signal.number}"}))


def today(context: Context) -> Source:
    """Return that an answer says how things stand today."""
    words = context.words
    day = context.today
    return Source(words.plain("signals.as_of", day=words.date(day)), day)
