"""What coordinators do with signals."""

from collections.abc import Callable, Mapping
from functools import partial

from handlers.context import Context
from handlers.errors import Clash, NotAllowed, NotFound
from handlers.rights import Right, Thing, authorize
from handlers.signalling import labels, letters, showing
from handlers.signalling.drafts import FEATURE
from handlers.signalling.requests import Do
from handlers.speech.answer import Answer, Button, Kind, Paragraph, Press, Weight
from store.signals import MOVES, Overtaken, Phase, Signal


def do(request: Do, context: Context) -> Answer:
    """Do what was typed, on the signal as it is now.

    Raises:
        Refusal: If it may not, or cannot be done; the phrase says why and what can.
    """
    signal = showing.find(request.number, context)
    if request.verb == "reopen":
        return reopen(signal, context)
    _authorize(signal, context)
    if request.verb == "move" and request.to is not None:
        return move(signal, request.to, signal.version, context)
    if request.verb == "merge":
        return merge(signal, request.other, context)
    if request.verb == "withdraw":
        return ask_withdraw(signal, context)
    return _ACTS[request.verb](signal, signal.version, context)


def press(verb: str, values: Mapping[str, str], context: Context) -> Answer:
    """Do what a button says, on the version of the signal that it was shown with.

    Raises:
        Refusal: If it may not, or cannot be done any more.
    """
    number, version, to = (values.get(name, "") for name in ("number", "version", "to"))
    signal = showing.find(_number(number), context)
    if verb == "reopen":
        return reopen(signal, context)
    _authorize(signal, context)
    if verb == "ask_withdraw":
        return ask_withdraw(signal, context)
    if verb == "move":
        if to not in set(Phase):
            raise NotFound("signals.no_such_phase", phases=_phases(tuple(Phase), context))
        return move(signal, Phase(to), _number(version), context)
    return _ACTS[verb](signal, _number(version), context)


def move(signal: Signal, to: Phase, version: int, context: Context) -> Answer:
    """Bring a signal to another phase, and tell who stands behind it.

    Raises:
        Clash: If it is there already, cannot go there from here, or somebody was first.
    """
    _alone(signal, context)
    here = labels.phase(signal.phase, context.words)
    if version == signal.version and to is signal.phase:
        raise Clash("signals.there_already", number=str(signal.number), phase=here)
    if version == signal.version and to not in MOVES[signal.phase]:
        allowed = _phases(MOVES[signal.phase], context)
        raise Clash("signals.no_move", number=str(signal.number), phase=here, allowed=allowed)
    if signal.quarantined and to is not Phase.OPMERKEN:
        raise Clash("signals.quarantined_first", number=str(signal.number))
    act = partial(context.tx.signals.move, signal.number, to, version)
    after = _changed(signal, act, context)
    told = letters.tell(after, context)
    key = "signals.moved_told" if told else "signals.moved"
    headline = context.words.plain(
        key, number=signal.number, phase=labels.phase(to, context.words), count=told
    )
    return showing.card(after, context, headline)


def merge(signal: Signal, other: int, context: Context) -> Answer:
    """Put another signal together with this one; this one stays.

    Raises:
        Refusal: If there is no such other signal, it is of another region, or somebody was first.
    """
    words = context.words
    joined = showing.find(other, context)
    _authorize(joined, context)
    _alone(signal, context)
    _alone(joined, context)
    if joined.number == signal.number:
        raise Clash("signals.merge_itself", number=str(signal.number))
    if signal.quarantined or joined.quarantined:
        number = signal.number if signal.quarantined else joined.number
        raise Clash("signals.quarantined_first", number=str(number))
    versions = joined.version, signal.version
    act = partial(context.tx.signals.merge, joined.number, signal.number, versions)
    after = _changed(signal, act, context)
    shown = showing.card(
        after,
        context,
        words.plain("signals.merged_now", number=signal.number, other=joined.number),
    )
    undo = Button(
        words.plain("signals.button_undo"), Press(FEATURE, "part", {"number": str(joined.number)})
    )
    return Answer(
        shown.headline,
        shown.parts,
        (undo, *shown.buttons[:4]),
        source=shown.source,
        data=shown.data,
    )


def reopen(signal: Signal, context: Context) -> Answer:
    """Begin a new round, when who stands behind it says that it was not solved (F34).

    Raises:
        Refusal: If it is not theirs, or was not closed.
    """
    own = any(s.actor == context.actor.key for s in context.tx.signals.supporters(signal.number))
    if not own and not showing.triages(signal, context):
        raise NotAllowed("signals.reopen_own")
    standing = context.tx.signals.standing_for(signal.number) or signal
    if standing.phase is not Phase.FEEDBACK:
        here = labels.phase(standing.phase, context.words)
        raise Clash("signals.not_closed", number=str(standing.number), phase=here)
    try:
        context.tx.signals.reopen(standing.number, standing.version, context.now)
    except Overtaken:
        raise Clash("signals.overtaken", number=str(standing.number)) from None
    after = context.tx.signals.get(standing.number) or standing
    return showing.card(
        after, context, context.words.plain("signals.reopened", number=standing.number)
    )


def ask_withdraw(signal: Signal, context: Context) -> Answer:
    """Ask before the words of a signal are wiped: that cannot be undone."""
    words = context.words
    values = {"number": str(signal.number), "version": str(signal.version)}
    return Answer(
        words.plain("signals.ask_withdraw", number=signal.number),
        (Paragraph(words.prose("signals.ask_withdraw_why")),),
        (
            Button(
                words.plain("signals.button_withdraw"),
                Press(FEATURE, "withdraw", values),
                Weight.DANGER,
            ),
            showing.show_button(signal, words),
        ),
        kind=Kind.QUESTION,
        data={"number": signal.number},
    )


def _release(signal: Signal, version: int, context: Context) -> Answer:
    if not signal.quarantined:
        raise Clash("signals.not_quarantined", number=str(signal.number))
    act = partial(context.tx.signals.release, signal.number, version)
    after = _changed(signal, act, context)
    return showing.card(
        after, context, context.words.plain("signals.released", number=signal.number)
    )


def _withdraw(signal: Signal, version: int, context: Context) -> Answer:
    act = partial(context.tx.signals.withdraw, signal.number, version)
    after = _changed(signal, act, context)
    return showing.card(after, context, context.words.plain("signals.wiped", number=signal.number))


def _judge(signal: Signal, version: int, context: Context) -> Answer:
    _alone(signal, context)
    backed = context.tx.signals.backed(signal.number)
    if not backed.enough:
        raise Clash(
            "signals.not_enough",
            number=str(signal.number),
            reporters=str(backed.reporters),
            organisations=str(backed.organisations),
        )
    act = partial(context.tx.signals.judge, signal.number, version, structural=True)
    after = _changed(signal, act, context)
    return showing.card(
        after, context, context.words.plain("signals.judged", number=signal.number)
    )


def _part(signal: Signal, _: int, context: Context) -> Answer:
    if not context.tx.signals.part(signal.number, context.actor.key, context.now):
        raise Clash("signals.not_merged", number=str(signal.number))
    after = context.tx.signals.get(signal.number) or signal
    return showing.card(
        after, context, context.words.plain("signals.parted", number=signal.number)
    )


_ACTS: dict[str, Callable[[Signal, int, Context], Answer]] = {
    "release": _release,
    "withdraw": _withdraw,
    "judge": _judge,
    "part": _part,
}


def _changed(signal: Signal, act: Callable[..., None], context: Context) -> Signal:
    """Change a signal, and return it as it is now.

    Raises:
        Clash: If somebody else was first; nothing is lost.
    """
    try:
        act(actor=context.actor.key, now=context.now)
    except Overtaken:
        raise Clash("signals.overtaken", number=str(signal.number)) from None
    return context.tx.signals.get(signal.number) or signal


def _authorize(signal: Signal, context: Context) -> None:
    authorize(context.actor, Right.TRIAGE, Thing(frozenset({signal.region})))


def _alone(signal: Signal, context: Context) -> None:
    if signal.withdrawn:
        raise Clash("signals.is_wiped", number=str(signal.number))
    if signal.merged_into is not None:
        standing = context.tx.signals.standing_for(signal.number) or signal
        raise Clash("signals.is_merged", number=str(signal.number), into=str(standing.number))


def _phases(phases: tuple[Phase, ...], context: Context) -> str:
    return context.words.any_of(phase.value for phase in phases)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else 0  # noqa: PLR2004 - a number of a row
