"""Who stands for a region from a day on: a steward changes it, and the history stays (F04).

`data` of an answer: `record` (number of the assignment that ends), `from` (ISO), `successor` (the
address of who takes over; None for nobody).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import Context
from handlers.errors import Mistakes, NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.persons import named
from handlers.hearing.sentence import Sentence
from handlers.naming import record_line, role
from handlers.rights import Right
from handlers.speech.answer import Answer, Button, Kind, Listing, Press, Source
from handlers.speech.form import DateField, Form, TextField
from store.coverage import Replaced, Replacement
from store.records import Assignment

_NAME = "assignments"
_MOST = 5
"""Records that are offered to choose from."""

_LONGEST = 100
"""Characters of a name or an address."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """The request: a person whose assignment changes, as somebody typed it."""

    text: str


def _hear(sentence: Sentence) -> Heard[ChangeOf] | None:
    del sentence  # so seldom, and so much depends on it: by command and button alone
    return None


def handle(request: ChangeOf, context: Context) -> Answer | Form:
    """Ask what changes, once it is clear in which record.

    Raises:
        NotUnderstood: If nobody is named.
        NotFound: If who is named stands for no region.
    """
    people = named(request.text, context.tx.people.everyone())
    if not people:
        raise NotUnderstood("assignments.whose")
    held = context.tx.coverage.assignments(context.today)
    records = [one for one in held if one.person in people]
    if not records:
        raise NotFound("assignments.none", person=people[0].name)
    return _form(records[0], context) if len(records) == 1 else _which(records, context)


def _which(records: Sequence[Assignment], context: Context) -> Answer:
    return Answer(
        headline=context.words.plain("assignments.which"),
        buttons=tuple(
            Button(
                f"{one.person.name} ({one.region.label})",
                Press(_NAME, "form", {"record": str(one.id)}),
            )
            for one in records[:_MOST]
        ),
        kind=Kind.QUESTION,
        data={"records": [one.id for one in records[:_MOST]]},
    )


def _open(values: Mapping[str, str], context: Context) -> Form:
    return _form(_record(values, context), context)


def _form(record: Assignment, context: Context) -> Form:
    words = context.words
    return Form(
        feature=_NAME,
        title=words.plain("assignments.title"),
        intro=record_line(record, words),
        fields=(
            DateField("from", words.plain("assignments.from"), initial=context.today),
            TextField(
                "name",
                words.plain("assignments.name"),
                words.plain("assignments.name_hint"),
                required=False,
                max_length=_LONGEST,
            ),
            TextField(
                "email",
                words.plain("assignments.email"),
                words.plain("assignments.email_hint"),
                required=False,
                max_length=_LONGEST,
            ),
        ),
        submit=words.plain("assignments.submit"),
        state={"record": str(record.id)},
    )


def submit(values: Mapping[str, str], context: Context) -> Answer:
    """Write down who stands there from a day on.

    Raises:
        Mistakes: If a field holds what cannot be.
        NotUnderstood: If the record is not there.
    """
    record = _record(values, context)
    first = _day(values.get("from", ""))
    name = " ".join(values.get("name", "").split())[:_LONGEST]
    email = values.get("email", "").strip()[:_LONGEST]
    if name and not email:
        raise Mistakes({"email": "assignments.email_too"})
    if email and not _EMAIL.fullmatch(email):
        raise Mistakes({"email": "assignments.no_email"})
    known = context.tx.people.by_email(email) if email else None
    if email and not name and known is None:
        raise Mistakes({"name": "assignments.name_too"})
    done = context.tx.coverage.replace(
        record.id,
        Replacement(first, known.name if known else name, email),
        context.words.plain("assignments.source_name"),
        context.now,
        context.actor.key,
    )
    match done:
        case "before":
            raise Mistakes({"from": "assignments.before"})
        case "over":
            raise Mistakes({"from": "assignments.over"})
        case "already":
            raise Mistakes({"email": "assignments.already"})
        case Replaced():
            return _said(done, context)


def _said(done: Replaced, context: Context) -> Answer:
    words, old, new = context.words, done.old, done.new
    key = "assignments.replaced" if new else "assignments.ended"
    lines = (
        words.prose(
            "assignments.until",
            person=old.person.name,
            day=words.date(old.valid_to or context.today),
        ),
        *((record_line(new, words),) if new else ()),
    )
    return Answer(
        headline=words.plain(
            key,
            person=new.person.name if new else old.person.name,
            role=role(old.side, words),
            region=old.region.label,
            day=words.date(done.since),
        ),
        parts=(Listing(lines),),
        source=Source(
            words.plain("assignments.source", day=words.date(context.today)), context.today
        ),
        data={
            "record": old.id,
            "from": done.since.isoformat(),
            "successor": new.person.email if new else None,
        },
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Mistakes({"from": "assignments.no_day"}) from None


def _record(values: Mapping[str, str], context: Context) -> Assignment:
    number = values.get("record", "")  # it went through somebody else's hands
    short = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - PostgreSQL's integers
    found = context.tx.coverage.assignment(int(number)) if short else None
    if found is None:
        raise NotUnderstood("assistant.gone")
    return found


FEATURE = Feature(
    name=_NAME,
    command="wijzig",
    aliases=("modifier", "change"),
    parse=lambda text: ChangeOf(text.strip()),
    hear=_hear,
    handle=handle,
    submit=submit,
    right=Right.ADMINISTER,
    submit_right=Right.ADMINISTER,
    verbs={"form": Verb(Right.ADMINISTER, _open)},
    examples=(
        Example("/wijzig Ludo", expect="steward"),
        Example("/modifier Ludo", expect="steward", language="fr"),
        Example("/change Ludo", expect="steward", language="en"),
    ),
)
