"""Who is new, who left, and who is away."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from handlers.digesting.scope import AHEAD, Look, Scope
from handlers.speech.answer import Plain, Prose
from store.records import Absence, Assignment, Side


def people(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell who came and who went; who they are is no news, "wie" tells it."""
    assignments = [
        a for a in scope.tx.coverage.assignments(scope.today) if a.region is scope.region
    ]
    now = {f"{a.side.value}/{a.person.id}": a.person.name for a in assignments}
    if before is None:
        return Look((), now)
    lines = [_person("new_person", key, now[key], scope) for key in now if key not in before]
    lines += [_person("gone_person", key, before[key], scope) for key in before if key not in now]
    return Look(tuple(lines), now)


def absences(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell who is away until the next digest, who takes over, and who is back early."""
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


def _person(phrase: str, key: str, name: str, scope: Scope) -> Prose:
    side = Side(key.partition("/")[0])
    of_side = {Side.YOUTH_CARE: "youth_care", Side.AGAINST_DROPOUT: "against_dropout"}
    role = scope.words.plain(f"coverage.role_{of_side[side]}")
    return scope.words.prose(f"digests.{phrase}", person=name, role=role)


def _away(scope: Scope) -> Iterator[Absence]:
    for ahead in range(AHEAD + 1):
        day = scope.today + timedelta(days=ahead)
        theirs = {a.person.id for a in _of_region(scope, day)}
        yield from (a for a in scope.tx.coverage.absences(day) if a.person.id in theirs)


def _of_region(scope: Scope, day: date) -> Iterator[Assignment]:
    return (a for a in scope.tx.coverage.assignments(day) if a.region is scope.region)


def _shape(absence: Absence) -> str:
    """Write an absence down so that every change of it shows: days, cover, and the name last."""
    cover = absence.cover.id if absence.cover else 0
    return f"{absence.first_day}/{absence.last_day}/{cover}/{absence.person.name}"


def _away_line(absence: Absence, scope: Scope) -> Prose:
    phrase = "away"
    if absence.first_day <= scope.today:
        phrase = "away_until" if absence.last_day > scope.today else "away_today"
    elif absence.first_day == absence.last_day:
        phrase = "away_day"
    said = scope.words.prose(
        f"digests.{phrase}",
        person=absence.person.name,
        first=scope.day(absence.first_day),
        last=scope.day(absence.last_day),
    )
    if absence.cover is None:
        return said
    cover = scope.words.prose("digests.covered", cover=absence.cover.name)
    return (*said, Plain(" "), *cover)
