"""Who is away, until when, and who takes over (F05, F06, F07).

`data` of an answer: `absence` (number), `person`, `first`, `last` (ISO), `cover` (names), `new`,
`heard` (per region, whom people hear now), `told` (names), `gaps` (number). Who is away, and since
when it is known, is answered in `absentees.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handlers.absentees import NOBODY, listed, press_for, who_is_away
from handlers.context import Context
from handlers.errors import Mistakes, NotAllowed, NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.leave import Leave, read_leave
from handlers.hearing.plain import fold
from handlers.hearing.ranges import Range, is_of_the_calendar
from handlers.hearing.sentence import Sentence
from handlers.naming import role
from handlers.registering import (
    Objection,
    Registered,
    check,
    may_register,
    register,
    undo_button,
    when,
    withdraw,
)
from handlers.rights import Right, authorize, may
from handlers.speech.answer import (
    Answer,
    Button,
    Json,
    Kind,
    Paragraph,
    Part,
    Prose,
    Weight,
)
from handlers.speech.form import ChoiceField, DateField, Form, SearchField
from handlers.suggesting import MOST, settled
from store.records import Absence, Person

_COMMANDS = ("afwezig", "absent", "absence", "away")


class Intent(StrEnum):
    """What somebody wants."""

    REGISTER = "register"
    LIST = "list"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class AboutAbsence:
    """The request.

    Attributes:
        text: What was typed, without the command.
        intent: What is wanted.
        by_command: Whether it was typed as a command; a free sentence never changes anything
            by itself (F47).
    """

    text: str
    intent: Intent
    by_command: bool


_ME = re.compile(r"\b(ik|me|mij|mijn|je suis|j ai|mon|ma|i|i m|my)\b")
_WHO = re.compile(r"\b(wie|qui|who)\b")
_THERE = re.compile(
    r"^(is|zijn|est ce que|are|wanneer|quand|when)\b.*\b(er|aanwezig|terug|bereikbaar|la|"
    r"de retour|there|back|in|available|weg)\b"
)
_UNDO = re.compile(
    r"\b(terug|ongedaan|annuleer\w*|schrap\w*|verwijder\w*|haal|wis|opnieuw|weer|de retour|"
    r"annule\w*|back|cancel\w*|undo|remove)\b"
)
_LIST = re.compile(
    r"^(lijst|list|liste|overzicht|mijn afwezigheden|mijn|ongedaan|mes absences|mine)\b"
)


def parse(text: str) -> AboutAbsence:
    """Read what stands after the command."""
    folded = fold(text)
    if _LIST.search(folded):
        return AboutAbsence(text, Intent.LIST, by_command=True)
    asks = _WHO.match(folded) or _THERE.search(folded)
    return AboutAbsence(text, Intent.LOOK if asks else Intent.REGISTER, by_command=True)


def hear(sentence: Sentence) -> Heard[AboutAbsence]:
    """Hear "ik ben er niet volgende week, An vervangt mij", or "wie vervangt Ludo?"."""
    folded = sentence.folded
    text = _after_command(sentence.text)
    asks, me = _WHO.search(folded) or _THERE.search(folded), _ME.search(folded)
    if sentence.words[:1] and sentence.words[0] in _COMMANDS:
        intent = parse(text).intent
    elif _UNDO.search(folded) and me and not sentence.persons:
        intent = Intent.LIST
    elif asks or (not me and sentence.text.rstrip().endswith("?")):
        intent = Intent.LOOK
    else:
        intent = Intent.REGISTER
    fits = bool(asks and sentence.persons)
    return Heard(AboutAbsence(text, intent, by_command=False), fits=fits)


def handle(request: AboutAbsence, context: Context) -> Answer | Form:
    """Register an absence, ask back, or say who is away.

    Raises:
        NotAllowed: If who asks may not register it.
        NotUnderstood: If the days are missing or more than one range.
        NotFound: If a person is not known.
        Objection: If the absence cannot be.
    """
    leave = read_leave(request.text, context.tx.people.everyone(), context.today)
    if request.intent is Intent.LOOK:
        return who_is_away(leave, context)
    allowed = may(context.actor, Right.REGISTER_ABSENCE)
    if request.intent is Intent.LIST:
        return listed(context) if allowed else who_is_away(leave, context)
    if not request.text.strip() and request.by_command:
        return _form(context) if allowed else who_is_away(leave, context)
    authorize(context.actor, Right.REGISTER_ABSENCE)
    return _registering(request, leave, context)


def _registering(request: AboutAbsence, leave: Leave, context: Context) -> Answer | Form:
    person = _who(leave, request, context)
    cover = _cover(leave, context)
    if leave.more_days:
        raise NotUnderstood("absences.one_at_a_time")
    if leave.days is None or leave.days.endless:
        return _which_days(person, leave.days, cover, request, context)
    wanted = Absence(0, person, leave.days.first, leave.days.last, cover)
    check(wanted, context)
    if leave.either_way and cover is not None:
        turned = replace(wanted, person=cover, cover=person)
        return _which_way(wanted, turned, context)
    if not request.by_command or leave.strange:
        return _sure(wanted, context)
    return _registered(register(wanted, context), context)


def _who(leave: Leave, request: AboutAbsence, context: Context) -> Person:
    if leave.shared_names:
        raise NotFound("absences.shared_name", name=leave.shared_names)
    if len(leave.absent) > 1:
        names = context.words.all_of(p.name for p in leave.absent)
        raise NotUnderstood("absences.one_person", people=names)
    if leave.absent:
        return leave.absent[0]
    # Nobody was recognised. A word in front of the days is a name that Brug does not know: to
    # take it for nothing would register who speaks.
    names = [word for word in leave.strange if not is_of_the_calendar(word)]
    if names and _like_a_name(names[0], request):
        raise NotFound("absences.unknown_person", name=names[0].strip("@<"))
    if context.actor.person is None:
        raise NotUnderstood("absences.who_is_away")
    return context.actor.person


def _like_a_name(word: str, request: AboutAbsence) -> bool:
    if word.startswith(("@", "<")):
        return True
    first = request.text.strip().startswith(word) and not _ME.search(fold(request.text))
    return first or (request.by_command and word[:1].isupper())


def _cover(leave: Leave, context: Context) -> Person | None:
    if leave.cover_unknown:
        raise NotFound("absences.unknown_person", name=leave.cover_unknown.strip("@<"))
    if leave.cover_is_speaker:
        return context.actor.person
    return leave.cover[0] if leave.cover else None


def _which_days(
    person: Person,
    begun: Range | None,
    cover: Person | None,
    request: AboutAbsence,
    context: Context,
) -> Answer | Form:
    if not may_register(person, context):
        authorize(context.actor, Right.REGISTER_ABSENCE)
        raise NotAllowed("rights.register_absence")
    first = begun.first if begun else context.today
    if request.by_command:
        return _form(context, Absence(0, person, first, first, cover), last=None)
    words = context.words
    wanted = Absence(0, person, first, first, cover)
    return Answer(
        headline=words.plain(_key("absences.which_days", person, context), person=person.name),
        buttons=(
            _yes(wanted, words.plain("absences.only", when=when(wanted, words))),
            Button(words.plain("absences.choose_days"), press_for("form", wanted)),
        ),
        kind=Kind.QUESTION,
        data={"person": person.name, "cover": cover.name if cover else None},
    )


def _which_way(one: Absence, other: Absence, context: Context) -> Answer:
    words = context.words
    return Answer(
        headline=words.plain("absences.which_way"),
        buttons=tuple(
            _yes(
                way,
                words.plain(
                    "absences.one_way",
                    person=way.person.name,
                    cover=way.cover.name if way.cover else "",
                ),
            )
            for way in (one, other)
        ),
        kind=Kind.QUESTION,
        data=_data(one),
    )


def _sure(wanted: Absence, context: Context) -> Answer:
    words = context.words
    parts: list[Part] = []
    if wanted.cover:
        parts.append(Paragraph(_cover_line(wanted, context)))
    return Answer(
        headline=words.plain(
            _key("absences.sure", wanted.person, context),
            person=wanted.person.name,
            when=when(wanted, words),
        ),
        parts=tuple(parts),
        buttons=(
            _yes(wanted, words.plain("absences.yes")),
            Button(words.plain("absences.change"), press_for("form", wanted)),
        ),
        kind=Kind.QUESTION,
        data=_data(wanted),
    )


def _registered(done: Registered, context: Context) -> Answer:
    words, absence = context.words, done.absence
    lines: list[Prose] = [_cover_line(absence, context)]
    for region, people in done.instead:
        if people:
            lines.append(
                words.prose("absences.people_hear", region=region, people=words.all_of(people))
            )
        else:
            lines.append(words.prose("absences.people_hear_nobody", region=region))
    lines += [
        words.prose("absences.deserted", person=absence.person.name, other=other.person.name)
        for other in done.deserted
    ]
    for gap in done.gaps:
        key = "absences.gap_told" if context.tx.people.stewards() else "absences.gap_untold"
        side = role(gap.side, words)
        lines.append(words.prose(key, role=side, region=gap.region.label, days=len(gap.days)))
    if told := words.all_of(person.name for person in done.told):
        lines.append(words.prose("absences.told", people=told))
    key = "absences.noted" if done.new else "absences.noted_before"
    return Answer(
        headline=words.plain(
            _key(key, absence.person, context),
            person=absence.person.name,
            when=when(absence, words),
        ),
        parts=tuple(Paragraph(line) for line in lines),
        buttons=(undo_button(absence, words),),
        # No `why`: "Waarom?" asks the words again, and these words register.
        data={
            **_data(absence),
            "absence": absence.id,
            "new": done.new,
            "heard": {region: list(people) for region, people in done.instead},
            "told": [person.name for person in done.told],
            "gaps": len(done.gaps),
        },
    )


def _cover_line(absence: Absence, context: Context) -> Prose:
    words, me = context.words, context.actor.person
    if absence.cover is None:
        return words.prose("absences.no_cover")
    said = {"person": absence.person.name, "cover": absence.cover.name}
    if absence.cover == me:
        return words.prose("absences.you_cover", **said)
    return words.prose(_key("absences.covers", absence.person, context), **said)


def _form(context: Context, given: Absence | None = None, last: date | None = None) -> Form:
    words, actor = context.words, context.actor
    everyone = {a.person.id: a.person for a in context.tx.coverage.assignments(context.today)}
    allowed = [p for p in everyone.values() if may_register(p, context)]
    if actor.person and actor.person not in allowed:
        allowed.insert(0, actor.person)
    allowed.sort(key=lambda person: (person != actor.person, person.name))
    who = given.person if given else actor.person
    first = given.first_day if given else context.today
    covers = _options(list(everyone.values())) if len(everyone) < MOST else ()
    return Form(
        feature="absences",
        title=words.plain("absences.form"),
        intro=words.prose("absences.form_intro"),
        fields=(
            ChoiceField(
                "person",
                words.plain("absences.field_person"),
                _options(allowed),
                initial=(str(who.id),) if who in allowed and who else (),
            ),
            DateField("first", words.plain("absences.field_first"), initial=first),
            DateField(
                "last",
                words.plain("absences.field_last"),
                hint=words.plain("absences.field_last_hint"),
                initial=last,
            ),
            SearchField(
                "cover",
                words.plain("absences.field_cover"),
                source="people",
                options=(*covers, (NOBODY, words.plain("absences.nobody"))) if covers else (),
                required=False,
                initial=(str(given.cover.id), given.cover.name) if given and given.cover else None,
            ),
        ),
        submit=words.plain("absences.submit"),
    )


def _options(people: list[Person]) -> tuple[tuple[str, str], ...]:
    return tuple((str(person.id), person.name) for person in people[:99])  # Slack: 100 at most


def submit(values: Mapping[str, str], context: Context) -> Answer:
    """Take the form that came back.

    Raises:
        NotAllowed: If who sends it may not register this.
        Mistakes: If a field holds what cannot be.
    """
    people = {str(person.id): person for person in context.tx.people.everyone()}
    mistakes: dict[str, str] = {}
    person = people.get(values.get("person", ""))
    if person is None:
        mistakes["person"] = "absences.choose_person"
    chosen = values.get("cover", "") or NOBODY
    cover = people.get(settled("people", chosen, context))
    if cover is None and chosen != NOBODY:
        mistakes["cover"] = "absences.choose_cover"
    first, last = _day(values.get("first", "")), _day(values.get("last", ""))
    mistakes |= {
        field: "absences.no_day" for field, day in (("first", first), ("last", last)) if not day
    }
    if mistakes or person is None or first is None or last is None:
        raise Mistakes(mistakes)
    try:
        done = register(Absence(0, person, first, last, cover), context)
    except Objection as objection:
        raise Mistakes({objection.field: objection.key}, **objection.values) from None
    return _registered(done, context)


def _register_pressed(values: Mapping[str, str], context: Context) -> Answer:
    return _registered(register(_pressed(values, context), context), context)


def _form_pressed(values: Mapping[str, str], context: Context) -> Form:
    if not values:
        return _form(context)
    wanted = _pressed(values, context)
    return _form(context, wanted, wanted.last_day)


def _withdraw_pressed(values: Mapping[str, str], context: Context) -> Answer:
    number = values.get("absence", "")
    absence = context.tx.absences.find(int(number)) if _is_number(number) else None
    if absence is None:
        raise NotUnderstood("assistant.gone")
    done = withdraw(absence, context)
    words = context.words
    key = "absences.withdrawn" if done else "absences.withdrawn_before"
    return Answer(
        headline=words.plain(
            _key(key, absence.person, context),
            person=absence.person.name,
            when=when(absence, words),
        ),
        parts=(Paragraph(words.prose("absences.list_hint")),),
        data={"absence": absence.id, "withdrawn": True},
    )


def _pressed(values: Mapping[str, str], context: Context) -> Absence:
    # It went through somebody else's hands: nothing of it is taken as it is.
    people = {str(person.id): person for person in context.tx.people.everyone()}
    person, cover = people.get(values.get("person", "")), values.get("cover", NOBODY)
    first, last = _day(values.get("first", "")), _day(values.get("last", ""))
    if person is None or first is None or last is None or cover not in {NOBODY, *people}:
        raise NotUnderstood("assistant.gone")
    return Absence(0, person, first, last, people.get(cover))


def _yes(absence: Absence, label: str) -> Button:
    return Button(label, press_for("register", absence), Weight.PRIMARY)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    # Ten digits at most: more is no number of a row, and PostgreSQL would not take it.
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004


def _key(name: str, person: Person, context: Context) -> str:
    return f"{name}_self" if person == context.actor.person else name


def _after_command(text: str) -> str:
    first, _, rest = text.strip().partition(" ")
    return rest if fold(first) in _COMMANDS else text


def _data(absence: Absence) -> dict[str, Json]:
    return {
        "person": absence.person.name,
        "first": absence.first_day.isoformat(),
        "last": absence.last_day.isoformat(),
        "cover": absence.cover.name if absence.cover else None,
    }


FEATURE = Feature(
    name="absences",
    command="afwezig",
    aliases=("absent", "away"),
    parse=parse,
    hear=hear,
    handle=handle,
    writes=True,
    submit=submit,
    submit_right=Right.REGISTER_ABSENCE,
    verbs={
        "register": Verb(Right.REGISTER_ABSENCE, _register_pressed),
        "withdraw": Verb(Right.REGISTER_ABSENCE, _withdraw_pressed),
        "form": Verb(Right.REGISTER_ABSENCE, _form_pressed),
    },
    examples=(
        Example("Wie is er vandaag niet?", expect="niemand"),
        Example("wie vervangt Ludo?", expect="ludo.lemahieu@cdvaura.be"),
        Example("/afwezig 7/7-21/7 vervangt An", expect="tandem"),
        Example("/afwezig @Barbara vandaag", expect="tandem"),
        Example("ik ben er niet volgende week, An vervangt mij", expect="tandem"),
        Example("Qui remplace Ludo ?", expect="Ludo", language="fr"),
        Example("Who is away today?", expect="nobody", language="en"),
    ),
)
