"""Bundles of signals for both governments, and who has yet to answer (F31–F33).

`data` of an answer: `bundle` (number), `region`, `period`, `signals` (numbers per addressee), and
for the ledger `waiting` (a list of `bundle`, `region`, `period`, `addressee`, `days`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.context import Context
from handlers.errors import Clash, NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right, Thing, authorize, may
from handlers.signalling import labels, reporting
from handlers.signalling.reporting import Period, Report
from handlers.speech.answer import (
    Answer,
    Button,
    Listing,
    Paragraph,
    Plain,
    Press,
    Prose,
    Source,
    Strong,
)
from store.records import Region
from store.signals import Addressee
from store.signals.ledger import GOVERNMENTS, Receiver

NAME = "bundles"
MOST_BUTTONS = 5

_MAKE = re.compile(r"\b(maak|maken|nieuwe?|opmaken|faire|cree\w*|make|create)\b")


@dataclass(frozen=True, slots=True)
class Make:
    """Make the bundle of a region over a school year.

    Attributes:
        text: Where and when, as somebody typed it.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Show who has yet to answer."""


def parse(text: str) -> Make | Standing:
    """Read "maak limburg 2025-26" or "stand"."""
    return Make(text) if _MAKE.search(fold(text)) else Standing()


def hear(sentence: Sentence) -> Heard[Make | Standing]:  # noqa: ARG001 - the shape of hearing
    """Hear a question about bundles; making one in a free sentence only shows how."""
    return Heard(Standing())


def handle(request: Make | Standing, context: Context) -> Answer:
    """Make a bundle, or show how the bundles stand.

    Raises:
        Refusal: If region or period are not clear, or it is not theirs to do.
    """
    if isinstance(request, Standing):
        return _standing(context)
    period = reporting.read_period(request.text)
    without = re.sub(r"\d{4}\s*[-–/]\s*\d{2,4}", " ", request.text)
    region = _region(_MAKE.sub(" ", fold(without)), context)
    return _make(region, period or reporting.current_period(context.today), context)


def _region(text: str, context: Context) -> Region:
    found = {region for one in context.places.resolve(text).found for region in one.regions}
    if len(found) == 1:
        return found.pop()
    if not found and len(context.actor.regions) == 1:
        return next(iter(context.actor.regions))
    raise NotUnderstood("bundles.which_region")


def _make(region: Region, period: Period, context: Context) -> Answer:
    authorize(context.actor, Right.TRIAGE, Thing(frozenset({region})))
    words = context.words
    report = reporting.compose(region, period, context.tx, words)
    if not report.signals:
        raise NotFound("bundles.empty", region=region.label, period=period.name)
    number, new = context.tx.bundles.make(
        region, period.name, report.signals, context.actor.key, context.now
    )
    lines = tuple(
        (Strong(section.heading), Plain(f": {section.summary}")) for section in report.sections
    )
    command = f"brug bundle {region} {period.name} --out ."
    return Answer(
        words.plain("bundles.made" if new else "bundles.same", number=number, title=report.title),
        (Listing(lines), Paragraph(words.prose("bundles.as_file", command=command))),
        tuple(_sent_button(number, addressee, context) for addressee in GOVERNMENTS),
        source=_source(context),
        data={
            "bundle": number,
            "region": region.value,
            "period": period.name,
            "signals": _numbers(report),
        },
    )


def _numbers(report: Report) -> dict[str, list[int]]:
    return {
        section.addressee.value: [n for one in section.statements for n in one.numbers]
        for section in report.sections
    }


def _standing(context: Context, headline: str = "") -> Answer:
    words = context.words
    receivers = context.tx.bundles.standing()
    if not receivers:
        return Answer(
            headline or words.plain("bundles.no_bundles"),
            (Paragraph(words.prose("bundles.how")),),
            source=_source(context),
            data={"waiting": []},
        )
    waiting = [
        (one, days) for one in receivers if (days := one.waiting(context.today)) is not None
    ]
    buttons: list[Button] = []
    for one in receivers:
        if may(context.actor, Right.TRIAGE, Thing(frozenset({one.region}))):
            if one.sent_on is None:
                buttons.append(_sent_button(one.bundle, one.addressee, context))
            elif one.answered_on is None:
                buttons.append(_answered_button(one.bundle, one.addressee, context))
    return Answer(
        headline or words.plain("bundles.standing", count=len(waiting)),
        (Listing(tuple(_row(one, context) for one in receivers[:15])),),
        tuple(buttons[:MOST_BUTTONS]),
        source=_source(context),
        data={
            "waiting": [
                {
                    "bundle": one.bundle,
                    "region": one.region.value,
                    "period": one.period,
                    "addressee": one.addressee.value,
                    "days": days,
                }
                for one, days in waiting
            ]
        },
    )


def _row(one: Receiver, context: Context) -> Prose:
    words = context.words
    if one.answered_on is not None:
        state = words.plain("bundles.state_answered", day=words.date(one.answered_on))
    elif one.sent_on is not None:
        days = (context.today - one.sent_on).days
        state = words.plain("bundles.state_waiting", days=days, day=words.date(one.sent_on))
    else:
        state = words.plain("bundles.state_made")
    return words.prose(
        "bundles.row",
        number=one.bundle,
        region=one.region.label,
        period=one.period,
        addressee=labels.addressee(one.addressee, words),
        state=state,
    )


def _noting(answered: bool) -> Callable[[Mapping[str, str], Context], Answer]:  # noqa: FBT001 - the two columns of the ledger
    def note(values: Mapping[str, str], context: Context) -> Answer:
        number, addressee = values.get("bundle", ""), values.get("addressee", "")
        one = (
            context.tx.bundles.get(int(number), Addressee(addressee))
            if re.fullmatch(r"[0-9]{1,9}", number) and addressee in set(GOVERNMENTS)
            else None
        )
        if one is None:
            raise NotFound("bundles.no_such", number=number[:10])
        authorize(context.actor, Right.TRIAGE, Thing(frozenset({one.region})))
        ledger = context.tx.bundles
        write = ledger.answered if answered else ledger.sent
        new = write(one.bundle, one.addressee, context.today, context.actor.key, context.now)
        if not new:
            raise Clash("bundles.noted_already", number=str(one.bundle))
        key = "bundles.answered" if answered else "bundles.sent"
        addressed = labels.addressee(one.addressee, context.words)
        return _standing(context, context.words.plain(key, number=one.bundle, addressee=addressed))

    return note


def _sent_button(number: int, addressee: Addressee, context: Context) -> Button:
    return _ledger_button("bundles.button_sent", "sent", number, addressee, context)


def _answered_button(number: int, addressee: Addressee, context: Context) -> Button:
    return _ledger_button("bundles.button_answered", "answered", number, addressee, context)


def _ledger_button(
    key: str, verb: str, number: int, addressee: Addressee, context: Context
) -> Button:
    words = context.words
    label = words.plain(key, number=number, addressee=labels.addressee(addressee, words))
    values = {"bundle": str(number), "addressee": addressee.value}
    return Button(label, Press(NAME, verb, values))


def _source(context: Context) -> Source:
    day = context.today
    return Source(context.words.plain("bundles.source", day=context.words.date(day)), day)


FEATURE = Feature(
    name=NAME,
    command="bundel",
    aliases=("bundels", "bundle"),
    parse=parse,
    hear=hear,
    handle=handle,
    right=Right.CONTRIBUTE,
    writes=True,
    verbs={
        "sent": Verb(Right.TRIAGE, _noting(answered=False)),
        "answered": Verb(Right.TRIAGE, _noting(answered=True)),
    },
    examples=(
        Example("bundel stand", expect="nog geen bundels"),
        Example("/bundel maak limburg 2025-26", expect="coördinator van die regio"),
        Example("Hoe staat het met de bundels?", expect="nog geen bundels"),
        Example("bundle stand", expect="no bundles yet", language="en"),
    ),
)
