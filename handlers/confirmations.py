"""Does what an answer says still hold? *Klopt nog* and *Klopt niet* (F09).

`data` of an answer: `records` (numbers of assignments), `confirmed` or `told` (how many letters).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from handlers.context import BRUSSELS, Context
from handlers.errors import NotUnderstood
from handlers.letters import leave
from handlers.naming import name_of, record_line, role
from handlers.rights import Right, Role, Thing, authorize, may
from handlers.speech.answer import Answer, Button, Kind, Listing, Paragraph, Press, Prose
from handlers.speech.words import Words
from store.records import Assignment, Person

MOST_RECORDS = 5
"""Records that one button speaks of; a question has no more buttons."""


def confirm_buttons(assignments: Sequence[Assignment], context: Context) -> tuple[Button, ...]:
    """Return the buttons under an answer that rests on these records, for who may press them.

    One confirms one's own record; a steward confirms anybody's. What was confirmed today is not
    asked again. Whoever may correct may say that something is wrong.
    """
    actor, words = context.actor, context.words
    shown = list({a.id: a for a in assignments}.values())[:MOST_RECORDS]
    own = [
        a
        for a in shown
        if (a.person == actor.person or actor.role is Role.STEWARD)
        and not _confirmed_on(a, context.today)
        and may(actor, Right.CHANGE_ENTRY, _thing(a))
    ]
    buttons: list[Button] = []
    if own:
        buttons.append(Button(words.plain("confirmations.holds"), _press("confirm", own)))
    if shown and may(actor, Right.CONTRIBUTE):
        buttons.append(Button(words.plain("confirmations.wrong"), _press("dispute", shown)))
    return tuple(buttons)


def confirm(values: Mapping[str, str], context: Context) -> Answer:
    """Write down that these records still hold.

    Raises:
        NotAllowed: If who presses may not confirm one of them.
        NotUnderstood: If a record is not there.
    """
    actor, words = context.actor, context.words
    records = _records(values, context)
    for record in records:
        authorize(actor, Right.CHANGE_ENTRY, _thing(record))
    by = actor.person.id if actor.person else None
    for record in records:
        context.tx.coverage.confirm(record.id, by, context.now, actor.key)
    return Answer(
        headline=words.plain(
            "confirmations.confirmed",
            day=words.date(context.today),
            person=name_of(actor.person, words),
        ),
        parts=(Listing(tuple(_holding(record, words) for record in records)),),
        data={"records": [record.id for record in records], "confirmed": True},
    )


def dispute(values: Mapping[str, str], context: Context) -> Answer:
    """Tell the stewards that a record is wrong, and nothing of what somebody would type.

    Raises:
        NotUnderstood: If a record is not there.
    """
    words, tx = context.words, context.tx
    records = _records(values, context)
    if len(records) > 1:
        return Answer(
            headline=words.plain("confirmations.which"),
            buttons=tuple(
                Button(
                    f"{record.person.name} ({record.region.label})", _press("dispute", [record])
                )
                for record in records
            ),
            kind=Kind.QUESTION,
            data={"records": [record.id for record in records]},
        )
    record = records[0]
    stewards = tx.people.stewards()
    page = partial(_page, record, context.actor.person)
    key = f"dispute/assignment:{record.id}/{context.actor.key}/{context.today}"
    wrote = [
        leave(tx, f"{key}/person:{steward.id}", f"person:{steward.id}", page, context.now)
        for steward in stewards
    ]
    if any(wrote):
        tx.audit.note(
            context.now, context.actor.key, "assignment.dispute", f"assignment:{record.id}"
        )
    said = {"person": record.person.name, "email": record.person.email}
    key = "confirmations.told" if stewards else "confirmations.nobody_to_tell"
    return Answer(
        headline=words.plain("confirmations.thanks"),
        parts=(
            Paragraph(words.prose(key, **said)),
            Paragraph(words.prose("confirmations.own_data", **said)),
        ),
        data={"records": [record.id], "told": sum(wrote)},
    )


def _confirmed_on(record: Assignment, day: date) -> bool:
    said = record.confirmed_at
    return said is not None and said.astimezone(BRUSSELS).date() == day


def _holding(record: Assignment, words: Words) -> Prose:
    return words.prose(
        "confirmations.holding",
        person=record.person.name,
        role=role(record.side, words),
        region=record.region.label,
    )


def _page(record: Assignment, by: Person | None, words: Words) -> Answer:
    return Answer(
        headline=words.plain(
            "confirmations.letter",
            person=record.person.name,
            role=role(record.side, words),
            region=record.region.label,
        ),
        parts=(
            Paragraph(
                words.prose(
                    "confirmations.letter_by",
                    by=by.name if by else words.plain("confirmations.somebody"),
                )
            ),
            Paragraph(record_line(record, words)),
            Paragraph(
                words.prose(
                    "confirmations.letter_next",
                    person=record.person.name,
                    email=record.person.email,
                )
            ),
        ),
        buttons=(
            Button(words.plain("confirmations.holds"), _press("confirm", [record])),
            Button(
                words.plain("assignments.change"),
                Press("assignments", "form", {"record": str(record.id)}),
            ),
        ),
        feature="coverage",
        data={"records": [record.id]},
    )


def _records(values: Mapping[str, str], context: Context) -> list[Assignment]:
    # The numbers went through somebody else's hands.
    numbers = values.get("records", "").split(",")[:MOST_RECORDS]
    found = [
        context.tx.coverage.assignment(int(number))
        for number in dict.fromkeys(numbers)
        if number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - PostgreSQL's integers
    ]
    records = [record for record in found if record is not None]
    if not records or len(records) < len(numbers):
        raise NotUnderstood("assistant.gone")
    return records


def _press(verb: str, records: Sequence[Assignment]) -> Press:
    return Press("coverage", verb, {"records": ",".join(str(record.id) for record in records)})


def _thing(assignment: Assignment) -> Thing:
    return Thing(frozenset({assignment.region}), assignment.person.email.lower())
