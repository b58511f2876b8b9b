"""Bring a spreadsheet in: a dry run first, and two buttons under it (F18).

A steward gives the file in a chat; what is new, what changes and what is wrong is shown, and
nothing is changed until somebody says so. The rows that cannot be read come back as a file to
mend. Larger files go through `brug import`.

`data`: `file`, `new`, `changed`, `same`, `kept`, `wrong`, `doubles` (how many), `problems` (a
list of `line`, `column`, `found`, `expected`), `applied`.
"""

from collections.abc import Iterable, Mapping

from handlers.context import Context
from handlers.errors import NotFound, Refusal
from handlers.feature import Verb
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


def receive(file: Attachment, context: Context) -> Answer:
    """Say what importing a file would do, and let it wait for a yes or a no.

    Raises:
        Refusal: If it cannot be read, or is too large for a chat.
    """
    reading = _read(file.name, file.content, context)
    plan = compare(reading, context.tx.offerings)
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
    return _answer(reading, plan, words.plain(key), buttons, context)


def _apply(values: Mapping[str, str], context: Context) -> Answer:
    file = context.tx.staging.take(_number(values))
    if file is None:
        raise NotFound("importing.gone")
    reading = _read(file.name, file.content, context)
    plan = compare(reading, context.tx.offerings)
    plan = apply(
        plan, context.tx.offerings, at=context.now, actor=context.actor.key, source=file.name
    )
    return _answer(reading, plan, context.words.plain("importing.done"), (), context)


def _leave(values: Mapping[str, str], context: Context) -> Answer:
    if context.tx.staging.take(_number(values)) is None:
        raise NotFound("importing.gone")
    return Answer(context.words.plain("importing.left"))


VERBS = {
    "import": Verb(Right.ADMINISTER, _apply, slow=True),
    "leave": Verb(Right.ADMINISTER, _leave),
}
"""What the buttons under a dry run do."""


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


def _answer(
    reading: Reading, plan: Plan, after: str, buttons: tuple[Button, ...], context: Context
) -> Answer:
    words = context.words
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
        (*_sections(reading, plan, words), Paragraph((Plain(after),))),
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


def _sections(reading: Reading, plan: Plan, words: Words) -> Iterable[Part]:
    if reading.ignored:
        yield Paragraph(words.prose("importing.ignored", columns=", ".join(reading.ignored)))
    if reading.tags:
        yield Paragraph(words.prose("importing.tags", tags=words.all_of(sorted(reading.tags))))
    yield from _section("new", [row.offering.name for row in plan.new], words)
    yield from _section(
        "changed",
        [f"{one.before.name} ({', '.join(one.values)})" for one in plan.changed],
        words,
    )
    yield from _section("kept", [one.before.name for one in plan.kept], words)
    yield from _section(
        "doubles", [f"{one.name} → {one.like.name}" for one in plan.doubles], words
    )
    yield from _section("wrong", [str(problem) for problem in reading.problems], words)
    if reading.wrong:
        yield Paragraph(words.prose("importing.mend", file=f"{reading.name}.fouten.csv"))


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
