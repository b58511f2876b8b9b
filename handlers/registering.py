"""Register an absence, and undo it: what is checked, what is kept, and who hears of it (F05, F06).

Everything is checked inside the transaction that writes, with the persons held: two people who
register at the same moment cannot both be right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from handlers.context import Context
from handlers.duo import duo
from handlers.errors import Clash
from handlers.gaps import Gap, look_for_gaps, tell_stewards
from handlers.letters import leave
from handlers.naming import name_of
from handlers.rights import Right, Thing, authorize, may
from handlers.speech.answer import Answer, Button, Paragraph, Press, Prose
from handlers.speech.words import Words
from store.records import Absence, Person

LONGEST = timedelta(days=366)
"""Longer than a year is no absence but another coordinator."""

FARTHEST = timedelta(days=2 * 366)
"""How far ahead an absence may begin; a year typed wrong lies farther."""

MOST_AHEAD = 60
"""Absences that one person may have ahead: more is a slip of a program."""


class Objection(Clash):
    """An absence that cannot be; a form shows it at the field.

    Attributes:
        field: The field of the form that has to change.
    """

    def __init__(self, field: str, key: str, **values: str) -> None:
        """Object with this phrase."""
        super().__init__(key, **values)
        self.field = field


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of it.

    Attributes:
        absence: As it stands now.
        new: Whether it was not there already.
        instead: Per region of who is away: its name, and whom people hear from the first day on.
        gaps: Sides of a tandem that are empty for too long now.
        told: Who gets a letter about it.
        deserted: For whom the one who is away should have taken over in those days.
    """

    absence: Absence
    new: bool
    instead: tuple[tuple[str, tuple[str, ...]], ...]
    gaps: tuple[Gap, ...]
    told: tuple[Person, ...]
    deserted: tuple[Absence, ...]


def thing_of(person: Person, context: Context, day: date | None = None) -> Thing:
    """Return a person as far as rights go: the regions that they stand for, now or on a day."""
    days = {context.today, max(day or context.today, context.today)}
    assignments = [a for one in days for a in context.tx.coverage.assignments(one)]
    return Thing(
        frozenset(a.region for a in assignments if a.person.id == person.id), person.email.lower()
    )


def may_register(person: Person, context: Context, day: date | None = None) -> bool:
    """Return whether who asks may say that this person is away: oneself, one's tandem (F06)."""
    actor = context.actor
    if actor.person == person and may(actor, Right.REGISTER_ABSENCE):
        return True
    return may(actor, Right.REGISTER_ABSENCE, thing_of(person, context, day))


def check(wanted: Absence, context: Context) -> None:
    """Say why an absence cannot be, if it cannot.

    Raises:
        NotAllowed: If who asks may not say so.
        Objection: If it is past, too long, the wrong way round, or clashes with what is there.
    """
    if not may_register(wanted.person, context, wanted.first_day):
        authorize(
            context.actor,
            Right.REGISTER_ABSENCE,
            thing_of(wanted.person, context, wanted.first_day),
        )
    words, first, last = context.words, wanted.first_day, wanted.last_day
    if last < first:
        raise Objection("last", "absences.end_before_start")
    if last < context.today:
        raise Objection("last", "absences.past", day=words.date(last))
    if last - first >= LONGEST:
        raise Objection("last", "absences.too_long")
    if first - context.today > FARTHEST:
        raise Objection("first", "absences.too_far", day=words.date(first))
    _check_clashes(wanted, context)


def _check_clashes(wanted: Absence, context: Context) -> None:
    words, tx, me = context.words, context.tx, context.actor.person
    first, last = wanted.first_day, wanted.last_day
    for other in tx.absences.overlapping(wanted.person.id, first, last):
        if not _same(other, wanted):
            raise Objection(
                "first",
                "absences.overlap_self" if wanted.person == me else "absences.overlap",
                person=wanted.person.name,
                when=when(other, words),
            )
    if len(tx.absences.upcoming([wanted.person.id], context.today)) >= MOST_AHEAD:
        raise Objection("first", "absences.too_many", person=wanted.person.name)
    if wanted.cover is None:
        return
    if wanted.cover.id == wanted.person.id:
        key = "absences.own_cover_self" if wanted.person == me else "absences.own_cover"
        raise Objection("cover", key, person=wanted.person.name)
    for other in tx.absences.overlapping(wanted.cover.id, first, last)[:1]:
        raise Objection(
            "cover", "absences.cover_away", person=wanted.cover.name, when=when(other, words)
        )


def register(wanted: Absence, context: Context) -> Registered:
    """Write an absence down, and leave letters for who did not ask.

    Raises:
        NotAllowed: If who asks may not say so.
        Objection: If it cannot be.
    """
    tx, actor = context.tx, context.actor
    tx.absences.hold(p.id for p in (wanted.person, wanted.cover) if p)
    check(wanted, context)
    by = actor.person.id if actor.person else None
    stands, new = tx.absences.register(wanted, by, context.now, actor.key)
    told = _told(stands, actor.person)
    deserted = tx.absences.covered_by(stands.person.id, stands.first_day, stands.last_day)
    makes = {stands.id, *(absence.id for absence in deserted)}
    gaps = tuple(
        gap
        for gap in look_for_gaps(tx, max(stands.first_day, context.today), stands.last_day)
        if makes & {absence.id for absence in gap.away}
    )
    if new:
        for person in told:
            news = partial(_news, stands, person, actor.person)
            _put(f"absence/{stands.id}", person, news, context)
        for other in deserted:
            if other.person != actor.person:
                told_so = partial(_deserts, stands, other)
                _put(f"absence/{stands.id}/deserts", other.person, told_so, context)
        tell_stewards(tx, gaps, context.now)
    return Registered(
        stands,
        new,
        _instead(stands, context),
        gaps,
        told if new else (),
        tuple(deserted),
    )


def withdraw(absence: Absence, context: Context) -> bool:
    """Undo an absence, and tell who had heard of it.

    Returns:
        Whether it still stood.

    Raises:
        NotAllowed: If who asks may not.
    """
    tx, actor = context.tx, context.actor
    if not may_register(absence.person, context, absence.first_day):
        authorize(
            actor, Right.REGISTER_ABSENCE, thing_of(absence.person, context, absence.first_day)
        )
    if not tx.absences.withdraw(absence.id, context.now, actor.key):
        return False
    registrar = tx.absences.registrar(absence.id)
    wrote = [p for p in tx.people.everyone() if p.id == registrar]
    for person in dict.fromkeys((*_told(absence, actor.person), *wrote)):
        if person != actor.person:
            undone = partial(_undone, absence, person, actor.person)
            _put(f"absence/{absence.id}/withdrawn", person, undone, context)
    return True


def undo_button(absence: Absence, words: Words, label: str = "") -> Button:
    """Return the button that undoes an absence."""
    return Button(
        label or words.plain("absences.undo"),
        Press("absences", "withdraw", {"absence": str(absence.id)}),
    )


def when(absence: Absence, words: Words) -> str:
    """Return the days of an absence in words: "van 7 tot en met 21 juli 2027"."""
    last = words.date(absence.last_day)
    if absence.first_day == absence.last_day:
        return words.plain("absences.on", day=last)
    first = words.from_day(absence.first_day, absence.last_day)
    return words.plain("absences.from_to", first=first, last=last)


def _put(key: str, person: Person, write: Callable[[Words], Answer], context: Context) -> None:
    """Leave a letter for a person, once per key."""
    address = f"person:{person.id}"
    leave(context.tx, f"{key}/{address}", address, write, context.now)


def _told(absence: Absence, by: Person | None) -> tuple[Person, ...]:
    concerned = (absence.person, absence.cover)
    return tuple(person for person in concerned if person is not None and person != by)


def _undone(absence: Absence, reader: Person, by: Person | None, words: Words) -> Answer:
    mine = reader == absence.person
    return Answer(
        words.plain(
            "absences.undone_self" if mine else "absences.undone",
            person=absence.person.name,
            when=when(absence, words),
        ),
        (Paragraph(words.prose("absences.undone_by", by=name_of(by, words))),),
        feature="absences",
        data={"absence": absence.id},
    )


def _news(absence: Absence, reader: Person, by: Person | None, words: Words) -> Answer:
    mine = reader == absence.person
    said = {
        "person": absence.person.name,
        "email": absence.person.email,
        "when": when(absence, words),
        "by": name_of(by, words),
        "cover": absence.cover.name if absence.cover else "",
    }
    lines: list[Prose] = []
    if mine:
        lines.append(words.prose("absences.letter_by", **said))
        lines.append(
            words.prose(
                "absences.letter_cover" if absence.cover else "absences.letter_no_cover", **said
            )
        )
        lines.append(words.prose("absences.letter_wrong", **said))
    else:
        lines.append(words.prose("absences.letter_you_cover", **said))
        lines.append(words.prose("absences.letter_can_not", **said))
    return Answer(
        headline=words.plain("absences.letter_self" if mine else "absences.letter", **said),
        parts=tuple(Paragraph(line) for line in lines),
        buttons=(undo_button(absence, words),) if mine else (),
        feature="absences",
        data={"absence": absence.id},
    )


def _deserts(absence: Absence, other: Absence, words: Words) -> Answer:
    return Answer(
        headline=words.plain(
            "absences.letter_deserted", person=absence.person.name, when=when(absence, words)
        ),
        parts=(Paragraph(words.prose("absences.letter_find_other", when=when(other, words))),),
        feature="absences",
        data={"absence": other.id},
    )


def _instead(absence: Absence, context: Context) -> tuple[tuple[str, tuple[str, ...]], ...]:
    day = max(absence.first_day, context.today)
    assignments = context.tx.coverage.assignments(day)
    absences = context.tx.coverage.absences(day)
    regions = dict.fromkeys(a.region for a in assignments if a.person == absence.person)
    named = {
        region: dict.fromkeys(
            s.person.name for s in duo(region, day, assignments, absences).standing
        )
        for region in regions
    }
    return tuple((region.label, tuple(names)) for region, names in named.items())


def _same(one: Absence, other: Absence) -> bool:
    return (one.first_day, one.last_day, one.cover) == (
        other.first_day,
        other.last_day,
        other.cover,
    )
