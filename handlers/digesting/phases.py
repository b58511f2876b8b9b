"""Signals that came to another phase, and what the governments answered."""

from collections.abc import Mapping
from datetime import timedelta

from handlers.digesting.scope import AHEAD, Look, Scope
from handlers.speech.answer import Plain, Prose
from store.privacy import Verdict, inspect
from store.signals import Addressee, Phase, Signal
from store.signals.ledger import Receiver

LOOKED_BACK = timedelta(days=200)
"""How long a move is remembered: longer than any pause between two digests that arrived."""

LONGEST_TITLE = 70
"""Characters of a signal that are shown: enough to know which one it is."""

A_MONTH = 30
"""Days after which an answer that is still missing is news again."""

_PHASES = {
    Phase.OPMERKEN: "digests.signal_noticed",
    Phase.VERZAMELEN: "digests.signal_gathered",
    Phase.BUNDELEN: "digests.signal_bundled",
    Phase.ANALYSEREN: "digests.signal_analysed",
    Phase.RAPPORTEREN: "digests.signal_reported",
    Phase.BESLISSEN: "digests.signal_decided",
    Phase.ACTIE: "digests.signal_acted",
    Phase.FEEDBACK: "digests.signal_closed",
}
_GOVERNMENTS = {
    Addressee.WELZIJN: "signals.for_welfare",
    Addressee.ONDERWIJS: "signals.for_education",
}


def signals(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell which signals a coordinator brought to another phase (RELIABILITY 4.5).

    Texts that no coordinator judged never appear: only a signal that was moved is named at all.
    """
    moved = scope.tx.signals.moved_since(scope.region, scope.now - LOOKED_BACK)
    now = {str(signal.number): f"{signal.phase}/{signal.round}" for signal in moved}
    if before is None:  # what moved long ago is no news to a channel that just began
        since = scope.now - timedelta(days=AHEAD)
        recent = {s.number for s in scope.tx.signals.moved_since(scope.region, since)}
        told = {str(s.number): now[str(s.number)] for s in moved if s.number not in recent}
    else:
        told = before
    return Look(
        tuple(
            _signal(signal, scope)
            for signal in moved
            if told.get(str(signal.number)) != now[str(signal.number)]
        ),
        now,
    )


def governments(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell which government answered, and which did not, with the days that pass (F33)."""
    theirs = [r for r in scope.tx.bundles.standing() if r.region is scope.region and r.sent_on]
    now = {f"{one.bundle}/{one.addressee}": _standing(one, scope) for one in theirs}
    told = before or {}
    lines = [
        _receiver(one, scope)
        for one in theirs
        if told.get(key := f"{one.bundle}/{one.addressee}") != now[key]
        and (before is not None or one.answered_on is None)
    ]
    return Look(tuple(lines), now)


def _signal(signal: Signal, scope: Scope) -> Prose:
    said = scope.words.prose(_PHASES[signal.phase], number=signal.number)
    # The guard gets better: a text that it would stop today stays away, whoever let it through.
    if not signal.text or inspect(signal.text).verdict is not Verdict.PASS:
        return said
    flat = " ".join(signal.text.split())
    title = flat
    if len(flat) > LONGEST_TITLE:
        title = f"{flat[:LONGEST_TITLE].rpartition(' ')[0] or flat[:LONGEST_TITLE]} …"
    return (*said, Plain(f" {scope.words.plain('digests.quoted', text=title)}"))


def _standing(one: Receiver, scope: Scope) -> str:
    days = one.waiting(scope.today)
    return "answered" if days is None else f"waits/{days // A_MONTH}"


def _receiver(one: Receiver, scope: Scope) -> Prose:
    days = one.waiting(scope.today)
    key = "government_answered"
    if days is not None:
        key = "government_waits" if days else "government_sent"
    return scope.words.prose(
        f"digests.{key}",
        government=scope.words.plain(_GOVERNMENTS[one.addressee]),
        number=one.bundle,
        period=one.period,
        days=days or 0,
    )
