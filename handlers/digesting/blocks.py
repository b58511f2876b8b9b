"""What a digest tells, block by block.

A block looks at what is true now and at what was true when the last digest was composed that
arrived, and tells the difference. To add one: write its `look`, add it to `BLOCKS`, and give it a
heading `digests.block_<name>` in `speech/wording/digests.toml`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.speech.answer import Prose
from handlers.speech.words import Words
from store import Transaction
from store.records import Absence, Assignment, Region, Side

AHEAD = 7
"""Days that a digest looks ahead: until the next one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a digest is about.

    Attributes:
        tx: Everything that Brug keeps.
        words: The phrases of its language.
        region: Of which region it tells.
        today: The day in Brussels.
    """

    tx: Transaction
    words: Words
    region: Region
    today: date


@dataclass(frozen=True, slots=True)
class Look:
    """What a block has to tell.

    Attributes:
        lines: What changed, a line each, what matters most first; empty for nothing.
        known: What is true now, for the next time.
    """

    lines: tuple[Prose, ...]
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a digest.

    Attributes:
        name: Short, for settings and for what is kept.
        look: From a scope, and what was known the last time (None: there was none), to a look.
    """

    name: str
    look: Callable[[Scope, Mapping[str, str] | None], Look]


def _people(scope: Scope, before: Mapping[str, str] | None) -> Look:
    assignments = [
        a for a in scope.tx.coverage.assignments(scope.today) if a.region is scope.region
    ]
    now = {f"{a.side.value}/{a.person.id}": a.person.name for a in assignments}
    if before is None:  # who they are is no news; "wie" tells it
        return Look((), now)
    lines = [_person("new_person", key, now[key], scope) for key in now if key not in before]
    lines += [_person("gone_person", key, before[key], scope) for key in before if key not in now]
    return Look(tuple(lines), now)


def _person(phrase: str, key: str, name: str, scope: Scope) -> Prose:
    side = Side(key.partition("/")[0])
    of_side = {Side.YOUTH_CARE: "youth_care", Side.AGAINST_DROPOUT: "against_dropout"}
    role = scope.words.plain(f"coverage.role_{of_side[side]}")
    return scope.words.prose(f"digests.{phrase}", person=name, role=role)


def _absences(scope: Scope, before: Mapping[str, str] | None) -> Look:
    theirs = {absence.id: absence for absence in _away(scope)}
    now = {str(number): _shape(absence) for number, absence in theirs.items()}
    told = before or {}
    lines = [
        _away_line(absence, scope)
        for number, absence in theirs.items()
        if told.get(str(number)) != now[str(number)]
    ]
    for key, shape in told.items():
        _, last_day, _, person = shape.split("/", 3)
        if key not in now and date.fromisoformat(last_day) >= scope.today:
            lines.append(scope.words.prose("digests.back", person=person))
    return Look(tuple(lines), now)


def _away(scope: Scope) -> Iterator[Absence]:
    for ahead in range(AHEAD + 1):
        day = scope.today + timedelta(days=ahead)
        people = {a.person.id for a in _of_region(scope, day)}
        yield from (a for a in scope.tx.coverage.absences(day) if a.person.id in people)


def _of_region(scope: Scope, day: date) -> Iterator[Assignment]:
    return (a for a in scope.tx.coverage.assignments(day) if a.region is scope.region)


def _shape(absence: Absence) -> str:
    """Write an absence down so that every change of it shows: days, cover, and the name last."""
    cover = absence.cover.id if absence.cover else 0
    return f"{absence.first_day}/{absence.last_day}/{cover}/{absence.person.name}"


def _away_line(absence: Absence, scope: Scope) -> Prose:
    phrase = "digests.away_covered" if absence.cover else "digests.away"
    return scope.words.prose(
        phrase,
        person=absence.person.name,
        first=scope.words.date(absence.first_day),
        last=scope.words.date(absence.last_day),
        cover=absence.cover.name if absence.cover else "",
    )


BLOCKS: tuple[Block, ...] = (
    Block("absences", _absences),
    Block("people", _people),
)
"""Every block, in the order in which a digest tells them."""
