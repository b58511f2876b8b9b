"""Who did what, and when: who looks after the data can look it up (F71).

It is only ever added to, and holds numbers and keys alone, never what somebody typed. Where a
promise says that nobody keeps who it was (an anonymous signal), the log does not know it either.

`data` of an answer: `acts` (numbers, newest first), `count` (how many there are in all) and
`before` (the number from which an older page goes on; None at the end).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.context import Context
from handlers.errors import NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.persons import named
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right
from handlers.speech.answer import Answer, Button, Listing, Paragraph, Press, Prose, Source
from handlers.speech.words import phrases
from store.audit import Act
from store.days import BRUSSELS, day_of

_NAME = "audit"
_SHOWN = 20
"""Acts in one answer; a button shows older ones."""

_SUBJECTS = {
    kind: words.split()
    for kind, words in {
        "signal": "signaal signal",
        "offering": "aanbod fiche offre offering entry",
        "absence": "afwezigheid absence",
        "assignment": "regel ligne record",
        "bundle": "bundel recueil bundle",
        "connection": "vraag demande request",
        "correction": "verbetering correctie correction",
        "subscription": "weekbericht digest message",
        "link": "koppeling lien link",
        "person": "persoon personne person",
    }.items()
}
"""How people call what something was done to."""

_ABOUT = re.compile(
    rf"({'|'.join(word for words in _SUBJECTS.values() for word in words)})\s*(?:nr\s*|n\s)?"
    r"([0-9]{1,9})"
)
_ALL = frozenset({"", "alles", "tout", "all", "lijst", "liste", "list"})
_SERVER = frozenset({"server", "serveur", "op de server", "sur le serveur", "on the server"})
"""What Brug did by itself, and what was typed at the machine that it runs on."""
_SYSTEM = "system"
_OF_A_USER = re.compile(r"(slack|teams|console):[^:]*:(.+)")


@dataclass(frozen=True, slots=True)
class Log:
    """The request: what was typed after the command."""

    text: str


def _hear(sentence: Sentence) -> Heard[Log] | None:
    del sentence  # so seldom, and by so few: by command and button alone
    return None


def handle(request: Log, context: Context) -> Answer:
    """Show what was done last: in all, by somebody, or to something.

    Raises:
        NotUnderstood: If it is not clear by whom, or to what.
    """
    text = fold(request.text)
    if text in _ALL:
        return _page({}, context)
    if text in _SERVER:
        return _page({"actor": _SYSTEM}, context)
    if found := _ABOUT.fullmatch(text):
        kind = next(kind for kind, words in _SUBJECTS.items() if found[1] in words)
        return _page({"subject": f"{kind}:{int(found[2])}"}, context)
    people = named(request.text, context.tx.people.everyone())
    if len(people) != 1:
        raise NotUnderstood("audit.not_understood")
    return _page({"actor": f"person:{people[0].id}"}, context)


def _page(values: Mapping[str, str], context: Context) -> Answer:
    words = context.words
    before, actor, subject = (values.get(key, "") for key in ("before", "actor", "subject"))
    if before and not re.fullmatch(r"[0-9]{1,9}", before):  # it went through other hands
        raise NotUnderstood("assistant.gone")
    found, count = context.tx.audit.latest(
        _SHOWN + 1, before=int(before or 0), actor=actor, subject=subject
    )
    acts, older = found[:_SHOWN], len(found) > _SHOWN
    how = Paragraph(words.prose("audit.how"))
    source = Source(words.plain("audit.source", day=words.date(context.today)), context.today)
    if not acts:
        return Answer(
            words.plain("audit.empty"),
            (how,),
            source=source,
            data={"acts": [], "count": count, "before": None},
        )
    following = {"before": str(acts[-1].id), "actor": actor, "subject": subject}
    return Answer(
        words.plain("audit.count", count=words.number(count)),
        (Listing(_lines(acts, context)), how),
        (Button(words.plain("audit.older"), Press(_NAME, "older", following)),) if older else (),
        source,
        data={
            "acts": [act.id for act in acts],
            "count": count,
            "before": acts[-1].id if older else None,
        },
    )


def _lines(acts: Sequence[Act], context: Context) -> tuple[Prose, ...]:
    words = context.words
    names = {f"person:{one.id}": one.name for one in context.tx.people.everyone()}
    return tuple(
        words.prose(
            "audit.line",
            day=words.date(day_of(act.at)),
            hour=words.clock(act.at.astimezone(BRUSSELS)),
            who=names.get(act.actor) or _who(act.actor, context),
            did=_did(act, context),
        )
        for act in acts
    )


def _who(actor: str, context: Context) -> str:
    words = context.words
    if actor == _SYSTEM:
        return words.plain("audit.server")
    if user := _OF_A_USER.fullmatch(actor):
        return words.plain("audit.user", number=user[2], room=user[1].capitalize())
    return words.plain("audit.unnamed")


def _did(act: Act, context: Context) -> str:
    what = act.subject.partition(":")[2]
    if act.verb.startswith("link."):
        what = what.partition(":")[0]  # whom it linked stands in the list of links
    key = f"audit.did_{act.verb.replace('.', '_')}"
    if key in phrases(context.words.language):
        return context.words.plain(key, what=what)
    # A verb of another version of Brug has no words here: it is shown as it was written down.
    return context.words.plain("audit.other", verb=act.verb, what=act.subject)


FEATURE = Feature(
    name=_NAME,
    command="logboek",
    aliases=("journal", "audit"),
    parse=lambda text: Log(text.strip()),
    hear=_hear,
    handle=handle,
    right=Right.ADMINISTER,
    verbs={"older": Verb(Right.ADMINISTER, _page)},
    examples=(
        Example("/logboek", expect="steward"),
        Example("/logboek Ludo", expect="steward"),
        Example("/journal", expect="steward", language="fr"),
        Example("/audit", expect="steward", language="en"),
    ),
)
