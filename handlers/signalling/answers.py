"""What a government answered to a bundle: written down, shown, and told to who stands behind it.

The text goes through the guard like any other: what is refused is kept nowhere, and a suspicion
is confirmed by the coordinator who writes it, who is the one that would otherwise look at it.
"""

import hashlib
import re
from collections.abc import Mapping

from handlers.context import Context
from handlers.errors import Clash, Mistakes, NotFound
from handlers.rights import Right, Thing, authorize
from handlers.signalling import drafts, labels
from handlers.signalling.giving import marked, public_addresses, shortened
from handlers.speech import pages
from handlers.speech.answer import ASK, Answer, Button, Kind, Paragraph, Plain, Press, Prose
from handlers.speech.form import Form, TextField
from handlers.speech.words import Words
from store.privacy import Finding, Identifying, SafeText, TooLong, Verdict, guard
from store.records import Letter
from store.signals import Addressee, Supporter
from store.signals.ledger import GOVERNMENTS, Receiver

FEATURE = "bundles"
MOST = drafts.MOST
"""Characters of an answer: its gist. The letter itself lives where letters live."""

_NUMBER = re.compile(r"[0-9]{1,9}")


def receiver(values: Mapping[str, str], context: Context) -> Receiver:
    """Return the bundle and the addressee that a button or a form is about.

    Raises:
        NotFound: If there is no such bundle.
        NotAllowed: If it is of a region that is not theirs.
    """
    number, addressee = values.get("bundle", ""), values.get("addressee", "")
    one = (
        context.tx.bundles.get(int(number), Addressee(addressee))
        if _NUMBER.fullmatch(number) and addressee in set(GOVERNMENTS)
        else None
    )
    if one is None:
        raise NotFound("bundles.no_such", number=number[:10])
    authorize(context.actor, Right.TRIAGE, Thing(frozenset({one.region})))
    return one


def form(values: Mapping[str, str], context: Context) -> Form:
    """Ask what they answered; the field may stay empty, as the day alone counts too.

    Raises:
        Clash: If the answer is written down already, or the bundle was not handed over.
    """
    words = context.words
    one = receiver(values, context)
    _writable(one)
    addressed = labels.addressee(one.addressee, words)
    return Form(
        FEATURE,
        words.plain("bundles.form_title"),
        (
            TextField(
                "text",
                words.plain("bundles.ask_answer"),
                words.plain("bundles.ask_answer_hint"),
                multiline=True,
                required=False,
                max_length=MOST,
                initial=values.get("text", "")[:MOST],
            ),
        ),
        words.plain("bundles.form_submit"),
        words.prose("bundles.form_intro", number=one.bundle, addressee=addressed),
        {"bundle": str(one.bundle), "addressee": one.addressee.value},
    )


def keep(values: Mapping[str, str], context: Context) -> Answer | None:
    """Write an answer down, and tell who stands behind the signals in the bundle.

    Returns:
        A question if the guard suspects something; None once it is kept.

    Raises:
        Refusal: If there is no such bundle, it is not theirs, or it is written down already.
        Mistakes: If the text may not be kept.
    """
    one = receiver(values, context)
    _writable(one)
    text = values.get("text", "").strip()
    if len(text) > MOST:
        raise Mistakes({"text": "signals.too_long"}, most=str(MOST))
    try:
        safe = guard(
            text, confirmed=values.get("confirmed") == "yes", known=public_addresses(context)
        )
    except TooLong:
        raise Mistakes({"text": "signals.too_long"}, most=str(MOST)) from None
    except Identifying as identifying:
        if identifying.finding.verdict is Verdict.REFUSE:
            raise Mistakes({"text": "bundles.answer_refused"}) from None
        return _noticed(identifying.finding, text, one, context)
    ledger = context.tx.bundles
    if not ledger.answered(
        one.bundle, one.addressee, context.today, context.actor.key, context.now, text=safe
    ):
        raise Clash("bundles.noted_already", number=str(one.bundle))
    if safe:
        _tell(one, safe, context)
    return None


def on(numbers: list[int], context: Context) -> tuple[Prose, ...]:
    """Return what governments answered to the bundles in which these signals stand."""
    words = context.words
    return tuple(
        words.prose(
            "bundles.answer_on",
            addressee=labels.addressee(one.addressee, words),
            number=one.bundle,
            day=words.date(one.answered_on),
        )
        + ((Plain(f" “{one.answer}”"),) if one.answer else ())
        for one in context.tx.bundles.answers_on(numbers)
        if one.answered_on is not None
    )


def _writable(one: Receiver) -> None:
    if one.sent_on is None or one.answer:
        key = "bundles.noted_already" if one.answer else "bundles.not_sent"
        raise Clash(key, number=str(one.bundle))


def _noticed(finding: Finding, text: str, one: Receiver, context: Context) -> Answer:
    words = context.words
    values = {"bundle": str(one.bundle), "addressee": one.addressee.value, "text": text}
    kinds = words.all_of(dict.fromkeys(words.plain(labels.KINDS[kind]) for kind in finding.kinds))
    return Answer(
        words.plain("bundles.answer_warned"),
        (
            Paragraph(words.prose("signals.noticed", kinds=kinds)),
            Paragraph(marked(text, finding.spans, words)),
            Paragraph(words.prose("bundles.answer_warned_why")),
        ),
        (
            Button(words.plain("signals.button_rewrite"), Press(FEATURE, "answered", values)),
            Button(
                words.plain("bundles.button_keep_answer"),
                Press(FEATURE, "keep_answer", {**values, "confirmed": "yes"}),
            ),
        ),
        kind=Kind.QUESTION,
        data={"kept": False, "verdict": finding.verdict.value, "kinds": list(finding.kinds)},
    )


def _tell(one: Receiver, text: SafeText, context: Context) -> None:
    """Write one letter to each person behind the signals in a bundle (F34)."""
    signals = context.tx.signals
    behind: dict[str, tuple[Supporter, set[int]]] = {}
    for number in one.signals:
        standing = signals.standing_for(number)
        if standing is None or standing.withdrawn:
            continue
        for supporter in signals.supporters(number):
            if supporter.actor is not None:
                _, theirs = behind.setdefault(supporter.actor, (supporter, set[int]()))
                theirs.add(supporter.signal)
    for actor, (supporter, theirs) in sorted(behind.items()):
        who = hashlib.sha256(actor.encode()).hexdigest()[:16]
        # Under "signal/", so that what is forgotten of a reporter is forgotten here too (F38).
        key = f"signal/answer/{one.bundle}/{one.addressee}/{who}"
        answer = _letter(one, text, sorted(theirs), Words(supporter.language))
        context.tx.outbox.put(
            Letter(key, actor, pages.write(answer), context.now, language=supporter.language)
        )


def _letter(one: Receiver, text: SafeText, numbers: list[int], words: Words) -> Answer:
    show = Press("", ASK, {"words": f"/signaal {numbers[0]}"})
    return Answer(
        words.plain(
            "bundles.told_answered",
            addressee=labels.addressee(one.addressee, words),
            number=one.bundle,
            signals=words.all_of(str(number) for number in numbers),
        ),
        (Paragraph((Plain(f"“{shortened(text, MOST)}”"),)),),
        (Button(words.plain("signals.button_show"), show),),
        feature="signals",
        data={"bundle": one.bundle, "addressee": one.addressee.value, "numbers": list(numbers)},
    )
