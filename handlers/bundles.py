"""Bundles of signals for both governments, who has yet to answer, and what they said (F31–F33).

`data` of an answer: `bundle` (number), `region`, `period`, `signals` (numbers per addressee), and
for the ledger `waiting` (a list of `bundle`, `region`, `period`, `addressee`, `days`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from handlers.context import Context
from handlers.errors import Clash, Mistakes, NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right, Thing, authorize, may
from handlers.signalling import answers, labels, reporting
from handlers.signalling.giving import shortened
from handlers.signalling.reporting import Period, Report
from handlers.speech.answer import (
    Answer,
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
from handlers.speech.form import Form
from store.records import Region
from store.signals import Addressee
from store.signals.ledger import GOVERNMENTS, Receiver

NAME = "bundles"
MOST_BUTTONS = 4
"""Of the ledger: with the files it is five."""

_MOST_ROWS = 15

_MAKE = re.compile(r"\b(maak|maken|nieuwe?|opmaken|faire|cree\w*|make|create)\b")
_NOT_A_PLACE = re.compile(
    rf"{_MAKE.pattern}|\b(een|de|het|van|voor|over|in|regio|provincie|schooljaar|bundel|signalen|"
    r"un|une|le|la|du|pour|region|recueil|annee|scolaire|a|the|for|of|region|bundle|school|year|"
    r"dit|deze|cette|this|jaar|mijn|ma|my)\b"
)
_YEARS = re.compile(r"\b\d{4}(?:\s*[-–/]\s*\d{2,4})?\b")
_LAST_YEAR = re.compile(
    r"\b(vorige?|afgelopen)\s(school)?jaar\b|\bannee\s(scolaire\s)?(derniere|precedente|passee)\b|"
    r"\blast\s(school\s)?year\b"
)
_ANSWERED = re.compile(
    r"#?(?P<number>\d{1,9})\s+(?P<addressee>welzijn|onderwijs)\s+"
    r"(?:antwoord\w*|beantwoord|reponse|réponse|answer\w*)\s*:?\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(?:nr\.?|nummer|no)?\s*#?(?P<number>\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Make:
    """Make the bundle of a region over a school year.

    Attributes:
        text: Where and when, as somebody typed it.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show one bundle.

    Attributes:
        number: Which one.
    """

    number: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Show who has yet to answer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Write down what a government answered.

    Attributes:
        number: To which bundle.
        addressee: Which government.
        text: What it said; may be empty.
    """

    number: int
    addressee: Addressee
    text: str


Request: TypeAlias = Make | Show | Standing | Answered


def parse(text: str) -> Request:
    """Read "maak limburg 2025-26", "3", "3 welzijn antwoord: ..." or "stand"."""
    if number := _NUMBER.fullmatch(text.strip()):
        return Show(int(number["number"]))
    if answered := _ANSWERED.fullmatch(text.strip()):
        to = Addressee(fold(answered["addressee"]))
        return Answered(int(answered["number"]), to, (answered["text"] or "").strip())
    return Make(text) if _MAKE.search(fold(text)) else Standing()


def hear(sentence: Sentence) -> Heard[Request]:  # noqa: ARG001 - the shape of hearing
    """Hear a question about bundles; making one in a free sentence only shows how."""
    return Heard(Standing())


def handle(request: Request, context: Context) -> Answer | Form:
    """Make a bundle, write an answer down, or show how the bundles stand.

    Raises:
        Refusal: If region or period are not clear, or it is not theirs to do.
    """
    if isinstance(request, Standing):
        return _standing(context)
    if isinstance(request, Show):
        return _show(request.number, context)
    if isinstance(request, Answered):
        values = {"bundle": str(request.number), "addressee": request.addressee.value}
        if not request.text:
            return answers.form(values, context)
        try:
            return _keep({**values, "text": request.text}, context)
        except Mistakes as wrong:
            raise NotUnderstood(wrong.keys["text"], **wrong.values) from None
    period, rest = _period(request.text, context)
    return _make(_region(_NOT_A_PLACE.sub(" ", fold(rest)), context), period, context)


def _period(text: str, context: Context) -> tuple[Period, str]:
    """Return the school year that is meant, this one where none is named, and the other words.

    Raises:
        NotUnderstood: If what is named is no school year: another would be a guess.
    """
    this_year = reporting.current_period(context.today)
    found = reporting.read_period(text)
    rest = _YEARS.sub(" ", text)
    if found is None and _LAST_YEAR.search(fold(text)):
        found = reporting.current_period(this_year.first.date() - timedelta(days=1))
    if found is None and rest != text:
        raise NotUnderstood("bundles.which_period", period=this_year.name)
    return found or this_year, _LAST_YEAR.sub(" ", fold(rest))


def _region(text: str, context: Context) -> Region:
    """Return the region that is named, or one's own where nothing is.

    Raises:
        NotUnderstood: If what is named is no region, or more than one.
    """
    found = {region for one in context.places.resolve(text).found for region in one.regions}
    if len(found) == 1:
        return found.pop()
    if not text.strip() and len(context.actor.regions) == 1:
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
        (
            Strong(labels.addressee(section.addressee, words)),
            Plain(f" · {section.summary}"),
        )
        for section in report.sections
    )
    written = {section.addressee for section in report.sections if section.statements}
    return Answer(
        words.plain("bundles.made" if new else "bundles.same", number=number, title=report.title),
        (Listing(lines),),
        (
            # To whom it says nothing, it is not handed over.
            *(_sent_button(number, one, context) for one in GOVERNMENTS if one in written),
            _files_button(region, period, context),
        ),
        source=_source(context),
        data={
            "bundle": number,
            "region": region.value,
            "period": period.name,
            "signals": _numbers(report),
        },
    )


def _files(values: Mapping[str, str], context: Context) -> Answer:
    """Give a bundle as it is now, in its three shapes, to whoever asks."""
    region, period = values.get("region", ""), reporting.read_period(values.get("period", ""))
    if region not in set(Region) or period is None:
        raise NotUnderstood("assistant.gone")
    authorize(context.actor, Right.TRIAGE, Thing(frozenset({Region(region)})))
    # Measured: python-docx costs 0.1 s that most answers do not need.
    from handlers.signalling.documents import drawn  # noqa: PLC0415

    report = reporting.compose(Region(region), period, context.tx, context.words)
    if not report.signals:
        raise NotFound("bundles.empty", region=Region(region).label, period=period.name)
    return Answer(
        context.words.plain("bundles.files", title=report.title),
        source=_source(context),
        data={"region": region, "period": period.name, "signals": _numbers(report)},
        attachments=drawn(report),
    )


def _files_button(region: Region, period: Period, context: Context) -> Button:
    values = {"region": region.value, "period": period.name}
    return Button(context.words.plain("bundles.button_files"), Press(NAME, "files", values))


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
    current = _current(receivers)
    waiting = [(one, days) for one in current if (days := one.waiting(context.today)) is not None]
    unsent = sum(one.sent_on is None for one in current)
    rows = tuple(_row(one, context) for one in current[:_MOST_ROWS])
    return Answer(
        headline or words.plain("bundles.standing", count=len(waiting), unsent=unsent),
        (Listing(rows),) if rows else (Paragraph(words.prose("bundles.how")),),
        _ledger_buttons(current, context),
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


def _current(receivers: Sequence[Receiver]) -> list[Receiver]:
    """Return what is to be handed over or was: no empty bundle, and none that another replaced."""
    newest: dict[tuple[Region, str], int] = {}
    for one in receivers:
        where = one.region, one.period
        newest[where] = max(one.bundle, newest.get(where, 0))
    return [
        one
        for one in receivers
        if one.sent_on or (one.signals and one.bundle == newest[one.region, one.period])
    ]


def _ledger_buttons(receivers: Sequence[Receiver], context: Context) -> tuple[Button, ...]:
    buttons: list[Button] = []
    for one in receivers:
        if may(context.actor, Right.TRIAGE, Thing(frozenset({one.region}))):
            if one.sent_on is None and one.signals:
                buttons.append(_sent_button(one.bundle, one.addressee, context))
            elif one.sent_on is not None and not one.answer:
                buttons.append(_answered_button(one.bundle, one.addressee, context))
    return tuple(buttons[:MOST_BUTTONS])


def _show(number: int, context: Context) -> Answer:
    """Show one bundle: for whom it is, how far that is, and the signals in it."""
    words = context.words
    receivers = [one for one in context.tx.bundles.standing() if one.bundle == number]
    if not receivers:
        raise NotFound("bundles.no_such", number=str(number))
    region, period = receivers[0].region, reporting.read_period(receivers[0].period)
    numbers = sorted({signal for one in receivers for signal in one.signals})
    found = [context.tx.signals.get(signal) for signal in numbers[:_MOST_ROWS]]
    rows = tuple(_row(one, context) for one in receivers if one.signals or one.sent_on)
    parts: list[Part] = [Listing(rows)] if rows else []
    # What waits for a check, or was taken back since, is shown to nobody here.
    texts = tuple(
        (Strong(f"{one.number}"), Plain(f" “{shortened(one.text)}”"))
        for one in found
        if one and not one.quarantined and not one.withdrawn
    )
    if texts:
        parts += [Paragraph(words.prose("bundles.signals_in_it")), Listing(texts)]
    files: tuple[Button, ...] = ()
    if period and may(context.actor, Right.TRIAGE, Thing(frozenset({region}))):
        files = (_files_button(region, period, context),)
    return Answer(
        words.plain("bundles.one", number=number, region=region.label, period=receivers[0].period),
        tuple(parts),
        (*_ledger_buttons(receivers, context), *files),
        source=_source(context),
        data={
            "bundle": number,
            "region": region.value,
            "period": receivers[0].period,
            "signals": {one.addressee.value: list(one.signals) for one in receivers},
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
    said = words.prose(
        "bundles.row",
        number=one.bundle,
        region=one.region.label,
        period=one.period,
        addressee=labels.addressee(one.addressee, words),
        state=state,
    )
    if one.answer:
        said += (Plain(f" · “{shortened(one.answer)}”"),)
    return said


def _sent(values: Mapping[str, str], context: Context) -> Answer:
    one = answers.receiver(values, context)
    if not context.tx.bundles.sent(
        one.bundle, one.addressee, context.today, context.actor.key, context.now
    ):
        raise Clash("bundles.noted_already", number=str(one.bundle))
    return _standing(context, _said("bundles.sent", one, context))


def submit(values: Mapping[str, str], context: Context) -> Answer:
    """Write down what a government answered (F33), and tell who stands behind it (F34).

    Raises:
        Refusal: If there is no such bundle, it is not theirs, or it is written down already.
        Mistakes: If the text may not be kept.
    """
    # A form is always looked at from the beginning: what was confirmed was another text.
    return _keep({k: v for k, v in values.items() if k != "confirmed"}, context)


def _keep(values: Mapping[str, str], context: Context) -> Answer:
    if (question := answers.keep(values, context)) is not None:
        return question
    one = answers.receiver(values, context)
    return _standing(context, _said("bundles.answered", one, context))


def _said(key: str, one: Receiver, context: Context) -> str:
    addressed = labels.addressee(one.addressee, context.words)
    return context.words.plain(key, number=one.bundle, addressee=addressed)


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
        "files": Verb(Right.TRIAGE, _files),
        "sent": Verb(Right.TRIAGE, _sent),
        "answered": Verb(Right.TRIAGE, answers.form),
        "keep_answer": Verb(Right.TRIAGE, _keep),
    },
    submit=submit,
    submit_right=Right.TRIAGE,
    examples=(
        Example("bundel stand", expect="nog geen bundels"),
        Example("/bundel maak limburg 2025-26", expect="coördinator van die regio"),
        Example("Hoe staat het met de bundels?", expect="nog geen bundels"),
        Example("bundle stand", expect="no bundles yet", language="en"),
    ),
)
