"""Tell everybody who stands behind a signal what became of it: once for each phase (F34)."""

import hashlib

from handlers.context import Context
from handlers.signalling.giving import shortened
from handlers.speech import pages
from handlers.speech.answer import ASK, Answer, Button, Paragraph, Part, Plain, Press
from handlers.speech.words import Words
from store.records import Letter
from store.signals import Phase, Signal, Supporter
from store.signals.records import TOLD

_TOLD = {
    Phase.ANALYSEREN: "signals.told_analysed",
    Phase.RAPPORTEREN: "signals.told_reported",
    Phase.BESLISSEN: "signals.told_decided",
    Phase.ACTIE: "signals.told_acted",
    Phase.FEEDBACK: "signals.told_closed",
}


def tell(signal: Signal, context: Context) -> int:
    """Write a letter to each person behind a signal, once for its phase in this round.

    Who stays anonymous, or whose link was cut, gets none: nobody knows any more who that is.

    Returns:
        How many letters are new.
    """
    if signal.phase not in TOLD:
        return 0
    told = 0
    behind = {s.actor: s for s in reversed(context.tx.signals.supporters(signal.number))}
    for actor, supporter in sorted(behind.items(), key=lambda pair: pair[1].at):
        if actor is None:
            continue
        who = hashlib.sha256(actor.encode()).hexdigest()[:16]
        key = f"signal/{signal.number}/{signal.round}/{signal.phase}/{who}"
        answer = _letter(signal, supporter, Words(supporter.language))
        told += context.tx.outbox.put(
            Letter(key, actor, pages.write(answer), context.now, language=supporter.language)
        )
    return told


def _letter(signal: Signal, supporter: Supporter, words: Words) -> Answer:
    number = supporter.signal
    parts: list[Part] = [Paragraph((Plain(f"“{shortened(signal.text)}”"),))]
    if number != signal.number:
        parts.append(Paragraph(words.prose("signals.merged", number=signal.number)))
    show = Press("", ASK, {"words": f"/signaal {signal.number}"})
    buttons = [Button(words.plain("signals.button_show"), show)]
    if signal.phase is Phase.FEEDBACK:
        press = Press("signals", "reopen", {"number": str(signal.number)})
        buttons.append(Button(words.plain("signals.button_reopen"), press))
    return Answer(
        words.plain(_TOLD[signal.phase], number=number),
        tuple(parts),
        tuple(buttons),
        feature="signals",
        data={"number": signal.number, "phase": signal.phase.value},
    )
