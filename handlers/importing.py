"""Bring a spreadsheet in: a dry run first, and two buttons under it (F18).

A steward gives the file in a chat; what is new, what changes and what is wrong is shown, and
nothing is changed until somebody says so. The rows that cannot be read come back as a file to
mend. Larger files go through `brug import`. Reading and comparing take seconds, so that it is all
done before anything is written: nobody else waits for it.

`data`: `file`, `new`, `changed`, `same`, `kept`, `wrong`, `doubles` (how many), `problems` (a
list of `line`, `column`, `found`, `expected`), `applied`.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NoReturn

from handlers.context import Context
from handlers.errors import NotFound, Refusal
from handlers.feature import LongVerb, Rest, Verb
from handlers.rights import Right, authorize
from handlers.speech.answer import (
    Answer,
    Attachment,
    Button,
    Json,
    Listing,
    Paragraph,
    Part,
    Plain,
    Press,
    Prose,
    Source,
    Weight,
)
from handlers.speech.words import Words
from store.interchange.comparing import Plan, apply, compare
from store.interchange.reading import Reader, Reading
from store.interchange.sheets import Unreadable
from store.interchange.writing import faults
from store.staging import StagedFile

MOST_BYTES = 5_000_000
"""Of a file in a chat: ten times what `MOST_ROWS` usually take."""

MOST_ROWS = 2_000
"""Of a file in a chat: more would keep the directory busy for longer than a chat can wait."""

_SHOWN = 5
_FEATURE = "offerings"


def how(context: Context) -> Answer:
    """Say how to give a file.

    Raises:
        NotAllowed: If they could not.
    """
    authorize(context.actor, Right.ADMINISTER)
    return Answer(context.words.plain("importing.how"))


def receive(file: Attachment, context: Context) -> Rest:
    """Look what importing a file would do; what is left is to say it, and to let the file wait.

    Raises:
        Refusal: If it cannot be read, or is too large for a chat.
    """
    return partial(_stage, file, _plan(file.name, file.content, context))


def _stage(file: Attachment, plan: Plan, context: Context) -> Answer:
    buttons: tuple[Button, ...] = ()
    words = context.words
    if plan.new or plan.changed:
        number = context.tx.staging.put(file.name, file.content, context.actor.key, context.now)
        values = {"file": str(number)}
        buttons = (
            Button(words.plain("importing.do"), _press("import", values), Weight.PRIMARY),
            Button(words.plain("importing.leave"), _press("leave", values)),
        )
    key = "importing.dry_run" if buttons else "importing.nothing"
    return _answer(plan, words.plain(key), buttons, context)


def _prepare(values: Mapping[str, str], context: Context) -> Rest:
    file = context.tx.staging.look(_number(values))
    if file is None:
        return _gone  # later: a button that is only delivered twice is noticed where one writes
    return partial(_bring_in, file, _plan(file.name, file.content, context))


def _gone(_: Context) -> NoReturn:
    raise NotFound("importing.gone")


def _bring_in(file: StagedFile, plan: Plan, context: Context) -> Answer:
    # Somebody may have been first, and its number may live on.
    if context.tx.staging.take(file.id, context.now) != file:
        raise NotFound("importing.gone")
    by, words = context.actor.key, context.words
    done = apply(plan, context.tx.offerings, at=context.now, actor=by, source=file.name)
    return _answer(done, words.plain("importing.done"), (), context)


def _leave(values: Mapping[str, str], context: Context) -> Answer:
    if context.tx.staging.take(_number(values), context.now) is None:
        raise NotFound("importing.gone")
    return Answer(context.words.plain("importing.left"))


VERBS: Mapping[str, Verb | LongVerb] = {
    "import": LongVerb(Right.ADMINISTER, _prepare),
    "leave": Verb(Right.ADMINISTER, _leave),
}
"""What the buttons under a dry run do."""


def _plan(name: str, content: bytes, context: Context) -> Plan:
    return compare(_read(name, content, context), context.tx.offerings)


def _read(name: str, content: bytes, context: Context) -> Reading:
    words = context.words
    if len(content) > MOST_BYTES:
        raise Refusal("importing.too_large", file=name, most=f"{MOST_BYTES // 1_000_000} MB")
    reader = Reader(context.tx.gazetteer.load(), context.tx.glossary.vocabulary())
    try:
        reading = reader.read_bytes(name, content, source=name, as_of=context.today)
    except Unreadable as fault:
        raise Refusal("importing.unreadable", reason=str(fault)) from None
    if len(reading.rows) + len(reading.wrong) > MOST_ROWS:
        rows = words.plain("importing.rows", total=MOST_ROWS)
        raise Refusal("importing.too_large", file=name, most=rows)
    return reading


def _answer(plan: Plan, after: str, buttons: tuple[Button, ...], context: Context) -> Answer:
    reading, words = plan.reading, context.words
    counts = {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": plan.same,
        "kept": len(plan.kept),
        "wrong": len(reading.wrong),
    }
    mend = (
        (Attachment(f"{reading.name}.fouten.csv", "text/csv", faults(reading)),)
        if reading.wrong
        else ()
    )
    problems: list[Json] = [
        {"line": p.line, "column": p.column, "found": p.found, "expected": p.expected}
        for p in reading.problems
    ]
    return Answer(
        words.plain("importing.counts", file=reading.name, **counts),
        (*_sections(plan, words), Paragraph((Plain(after),))),
        buttons,
        Source(
            words.plain("importing.source", file=reading.name, day=words.date(context.today)),
            context.today,
        ),
        data={
            "file": reading.name,
            **counts,
            "doubles": len(plan.doubles),
            "problems": problems,
            "applied": not buttons,
        },
        attachments=mend,
    )


def _sections(plan: Plan, words: Words) -> Iterable[Part]:
    reading = plan.reading
    if reading.ignored:
        yield Paragraph(words.prose("importing.ignored", columns=", ".join(reading.ignored)))
    if reading.tags:
        yield Paragraph(words.prose("importing.tags", tags=words.all_of(sorted(reading.tags))))
    yield from _section("new", [row.offering.name for row in plan.new], words)
    yield from _section(
        "changed",
        [f"{one.before.name} ({_fields(one.values, words)})" for one in plan.changed],
        words,
    )
    yield from _section("kept", [one.before.name for one in plan.kept], words)
    yield from _section(
        "doubles", [f"{one.name} → {one.like.name}" for one in plan.doubles], words
    )
    yield from _section("wrong", [str(problem) for problem in reading.problems], words)
    if reading.wrong:
        yield Paragraph(words.prose("importing.mend", file=f"{reading.name}.fouten.csv"))


def _fields(names: Iterable[str], words: Words) -> str:
    return ", ".join(words.plain(f"cards.field_{name}").lower() for name in names)


def _section(name: str, rows: list[str], words: Words) -> Iterable[Part]:
    if not rows:
        return
    lines: list[Prose] = [(Plain(row),) for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        lines.append(words.prose("importing.more", total=len(rows) - _SHOWN))
    yield Paragraph(words.prose(f"importing.{name}"))
    yield Listing(tuple(lines))


def _number(values: Mapping[str, str]) -> int:
    number = values.get("file", "")
    known = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - a row's number
    return int(number) if known else 0


def _press(verb: str, values: Mapping[str, str]) -> Press:
    return Press(_FEATURE, verb, values)
