"""Signals (F25–F38): what the field sees again and again, for both governments.

`data` of an answer: `kept` (whether something was kept), `number`, `numbers`, `regions` (slugs),
`phase`, `level`, `addressee`, `similar` (numbers), `verdict` and `kinds` of the guard; never a
word of what somebody typed.

Rooms may offer what somebody wrote as a signal (a message shortcut): `Press("signals", "take",
{"text": …})` opens the form with it, once the guard has looked.
"""

from collections.abc import Mapping
from typing import assert_never

from handlers.context import Context
from handlers.errors import Mistakes, NotUnderstood
from handlers.feature import Example, Feature, Verb
from handlers.rights import Right
from handlers.signalling import drafts, giving, personal, showing, triage
from handlers.signalling.requests import (
    Do,
    Erase,
    Give,
    Kept,
    Mine,
    Queue,
    Request,
    Show,
    Unclear,
    hear,
    parse,
)
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from store.signals import Phase


def handle(request: Request, context: Context) -> Answer | Form:
    """Answer what was asked about signals.

    Raises:
        Refusal: If it may not, or cannot be done.
    """
    match request:
        case Give() | Show() | Do():
            return _about_one(request, context)
        case Queue():
            return showing.queue(context)
        case Mine():
            return showing.mine(context)
        case Kept():
            return personal.kept(context)
        case Erase():
            return personal.ask_erase(context)
        case Unclear(number):
            if not showing.triages(showing.find(number, context), context):
                raise NotUnderstood("signals.unknown_deed", number=str(number))
            phases = context.words.any_of(phase.value for phase in Phase)
            raise NotUnderstood("signals.unknown_phase", number=str(number), phases=phases)
        case _:
            assert_never(request)


def _about_one(request: Give | Show | Do, context: Context) -> Answer | Form:
    match request:
        case Give():
            return giving.begin(request, context)
        case Show(number):
            return showing.card(showing.find(number, context), context)
        case Do(number, "back"):
            showing.find(number, context)
            return giving.support_form({"number": str(number)}, context)
        case Do():
            return triage.do(request, context)


def submit(values: Mapping[str, str], context: Context) -> Answer:
    """Take the form of a signal, or that of *Mij ook*.

    Raises:
        Mistakes: If a field holds what Brug cannot take.
    """
    if values.get("action") == "support":
        return giving.support(values, context)
    return giving.give(_from_form(values), context)


def _from_form(values: Mapping[str, str]) -> drafts.Draft:
    # A form is always looked at from the beginning: what was confirmed was another text.
    return drafts.draft_of({k: v for k, v in values.items() if k not in {"confirmed", "seen"}})


def _keep(values: Mapping[str, str], context: Context) -> Answer | Form:
    draft = drafts.draft_of(values)
    try:
        return giving.give(draft, context)
    except Mistakes:
        return drafts.form(draft, context)


def _write(values: Mapping[str, str], context: Context) -> Answer | Form:
    return drafts.form(drafts.draft_of(values), context)


def _take(values: Mapping[str, str], context: Context) -> Answer | Form:
    return giving.take(values.get("text", ""), context)


def _doing(name: str) -> Verb:
    return Verb(Right.TRIAGE, lambda values, context: triage.press(name, values, context))


FEATURE = Feature(
    name="signals",
    command="signaal",
    aliases=("signal", "signalen"),
    parse=parse,
    hear=hear,
    handle=handle,
    right=Right.CONTRIBUTE,
    writes=True,
    takes_messages="take",
    submit=submit,
    submit_right=Right.CONTRIBUTE,
    verbs={
        "keep": Verb(Right.CONTRIBUTE, _keep),
        "write": Verb(Right.CONTRIBUTE, _write),
        "take": Verb(Right.CONTRIBUTE, _take),
        "rewrite": Verb(Right.CONTRIBUTE, _write),
        "one_child": Verb(
            Right.ASK, lambda values, context: giving.one_child(values.get("region", ""), context)
        ),
        "me_too": Verb(Right.CONTRIBUTE, giving.support_form),
        "mine": Verb(Right.CONTRIBUTE, lambda _, context: showing.mine(context)),
        "kept": Verb(Right.ASK, lambda _, context: personal.kept(context)),
        "ask_erase": Verb(Right.CONTRIBUTE, lambda _, context: personal.ask_erase(context)),
        "erase": Verb(Right.CONTRIBUTE, lambda _, context: personal.erase(context)),
        "reopen": Verb(
            Right.CONTRIBUTE, lambda values, context: triage.press("reopen", values, context)
        ),
        **{
            name: _doing(name)
            for name in ("move", "release", "ask_withdraw", "withdraw", "judge", "part")
        },
    },
    examples=(
        Example(
            "signaal secundair limburg welzijn: er zijn te weinig plaatsen in een time-out",
            expect="te weinig plaatsen in een time-out",
        ),
        Example("/signaal", expect="Wat merk je"),
        Example(
            "We merken dat steeds meer jongeren in Limburg thuiszitten.",
            expect="komt het vaker voor",
        ),
        Example("Wat gebeurde er met mijn signaal?", expect="nog geen signaal"),
        Example("signaal lijst", expect="nog geen signaal"),
        Example("Je veux donner un signal", expect="un seul enfant", language="fr"),
        Example("What happened to my signal?", expect="no signal", language="en"),
    ),
)
