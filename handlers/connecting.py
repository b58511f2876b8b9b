"""*Vraag het aan iemand*: bring a question together with who knows, if they want to (F22).

Somebody from welfare and somebody from education are asked first: who declared expertise, else
the duo of the region. They see the question and not who asks. Only when one of them says yes do
both get each other's name and address. Who asks sees all of that before anything is sent, and
can take the question back; after a fortnight it ends by itself, and Brug says so.

`data` of an answer: `people` (who is asked first: `name`, `side`, `region`), `connection` (its
number), `state`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from handlers.context import Context
from handlers.duo import duo, one_side
from handlers.errors import Mistakes, NotFound, NotUnderstood, Refusal
from handlers.experts import who_know
from handlers.rights import Actor, Right, authorize
from handlers.somebody import LONGEST
from handlers.speech import pages
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Json,
    Kind,
    Listing,
    Paragraph,
    Part,
    Plain,
    Press,
    Weight,
)
from handlers.speech.form import ChoiceField, Field, Form, TextField
from handlers.speech.words import Words
from handlers.themes import in_text, said_in
from store import Transaction
from store.connections import Connection, ConnectionState, Invitation, Reply
from store.days import day_of
from store.interchange import cells
from store.privacy import NotKept, SafeText, guard
from store.records import Letter, Region, Side

FEATURE = "expertise"

WAITS = timedelta(days=14)
"""How long a question waits for somebody; then it ends kindly."""

MOST_OPEN = 5
"""Questions of one person that wait at the same time: nobody is asked all day."""


def ask_for_question(values: Mapping[str, str], context: Context) -> Form:
    """Ask what is to be asked, and where; what happens then is said above it."""
    words = context.words
    typed = values.get("words", "")[:LONGEST]
    found = context.places.resolve(typed).found
    chosen = [*dict.fromkeys(r for f in found for r in f.regions), *sorted(context.actor.regions)]
    fields: list[Field] = [
        TextField(
            "question",
            words.plain("expertise.form_question"),
            words.plain("expertise.form_question_hint"),
            multiline=True,
            max_length=LONGEST,
            initial=typed,
        ),
        region_field(words, chosen[:1]),
    ]
    if not _address(context.actor):
        fields.append(address_field(words))
    return Form(
        FEATURE,
        words.plain("expertise.form_connect"),
        tuple(fields),
        words.plain("expertise.form_look"),
        words.prose("expertise.connect_intro"),
        {"form": "connect"},
    )


def region_field(words: Words, chosen: Sequence[Region] = ()) -> ChoiceField:
    """Return the field for a region."""
    return ChoiceField(
        "region",
        words.plain("expertise.form_region"),
        tuple((region.value, region.label) for region in Region),
        initial=tuple(region.value for region in chosen),
    )


def address_field(words: Words, *, required: bool = True) -> TextField:
    """Return the field for an address at work."""
    return TextField(
        "email",
        words.plain("expertise.form_email"),
        words.plain("expertise.form_email_hint" if required else "expertise.form_email_shown"),
        required=required,
        max_length=100,
    )


def propose(values: Mapping[str, str], context: Context) -> Answer:
    """Show who would be asked and what they would see; nothing is sent or kept yet.

    Raises:
        Mistakes: A field holds what Brug does not take: the question points at a person.
        NotFound: Nobody can be asked.
    """
    words = context.words
    question, region, email = _filled_in(values, context)
    invited = invitations(question, region, context)
    if not invited:
        raise NotFound("expertise.nobody_to_ask", region=region.label)
    send = {"question": question, "region": region.value, "email": email}
    lines = tuple(
        words.prose(
            f"expertise.asked_{_side_key(one.side)}",
            person=_called(one, words),
        )
        for one in invited
    )
    return Answer(
        words.plain("expertise.propose", count=len(invited)),
        (
            Listing(lines),
            Paragraph(words.prose("expertise.they_see", question=question)),
            Paragraph(words.prose("expertise.after_yes", email=email)),
            Paragraph(words.prose("expertise.waits", days=WAITS.days)),
        ),
        (
            Button(words.plain("expertise.send"), Press(FEATURE, "send", send), Weight.PRIMARY),
            Button(words.plain("expertise.do_not"), Press("", ASK, {"words": "/expertise"})),
        ),
        kind=Kind.QUESTION,
        data={"people": _people(invited, words), "region": region.value},
    )


def send(values: Mapping[str, str], context: Context) -> Answer:
    """Keep the question and ask who was proposed; the same one again that day is one.

    Raises:
        NotFound: Nobody can be asked.
        NotUnderstood: The button holds what it never held.
        Refusal: Too many questions of this person wait already.
    """
    words, tx, actor = context.words, context.tx, context.actor
    try:
        question, region, email = _filled_in(values, context)
    except Mistakes:
        raise NotUnderstood("assistant.gone") from None
    key = sha256(f"{actor.key}|{context.today}|{region}|{question}".encode()).hexdigest()[:32]
    invited = invitations(question, region, context)
    if not invited:
        raise NotFound("expertise.nobody_to_ask", region=region.label)
    if len(tx.connections.open_of(actor.key)) >= MOST_OPEN:
        raise Refusal("expertise.too_many", most=str(MOST_OPEN))
    kept = tx.connections.begin(
        Connection(
            id=0,
            asker=actor.key,
            name=actor.person.name if actor.person else "",
            email=email,
            question=question,
            region=region,
            language=words.language,
            asked_at=context.now,
            expires_at=context.now + WAITS,
            invitations=tuple(invited),
        ),
        key,
    )
    for one in kept.invitations:
        page = pages.write(_invite(kept, Words(one.language)))
        tx.outbox.put(
            Letter(
                _key(kept.id, "ask", one.actor),
                one.actor,
                page,
                context.now,
                expires_at=kept.expires_at,
                language=one.language,
            )
        )
    return Answer(
        words.plain(
            "expertise.sent", people=words.all_of(_called(one, words) for one in kept.invitations)
        ),
        (Paragraph(words.prose("expertise.sent_next", day=words.date(day_of(kept.expires_at)))),),
        (_withdraw_button(kept, words),),
        data={
            "connection": kept.id,
            "state": kept.state.value,
            "people": _people(kept.invitations, words),
        },
    )


def invitations(question: str, region: Region, context: Context) -> list[Invitation]:
    """Return whom to ask first: from each side one who declared expertise, else of the duo."""
    tx, me = context.tx, context.actor.key
    themes = (*in_text(question), *said_in(question, tx.expertise.themes()))
    knowing = [
        one
        for one in who_know(themes, [region], context)
        if one.absence is None and one.expert.actor != me
    ]
    found: list[Invitation] = []
    for side in Side:
        expert = next((one.expert for one in knowing if one.expert.role.side is side), None)
        if expert is not None:
            found.append(
                Invitation(
                    expert.actor,
                    side,
                    expert.person.name if expert.person else "",
                    expert.role.value,
                    expert.person.email if expert.person else expert.email,
                    expert.language,
                )
            )
        else:
            found += _of_the_duo(side, region, context)
    return found


def _of_the_duo(side: Side, region: Region, context: Context) -> list[Invitation]:
    assignments = context.tx.coverage.assignments(context.today)
    absences = context.tx.coverage.absences(context.today)
    for where in (region, *region.neighbours):
        standing = one_side(duo(where, context.today, assignments, absences), side).standing
        for one in standing:
            key = f"person:{one.person.id}"
            if key != context.actor.key and one.side is side:
                as_role = f"coordinator-{'jeugdhulp' if side is Side.YOUTH_CARE else 'onderwijs'}"
                return [Invitation(key, side, one.person.name, as_role, one.person.email, "nl")]
    return []


def say_yes(values: Mapping[str, str], context: Context) -> Answer:
    """Bring two people together: now both see who the other is.

    Raises:
        NotFound: If who presses was not asked.
        Refusal: If it is over.
    """
    words, tx = context.words, context.tx
    kept, mine = _asked_me(values, context)
    if tx.connections.reply(kept.id, context.actor.key, Reply.YES, context.now):
        for letter in _letters_to_both(kept, mine, context.now):
            tx.outbox.put(letter)
    elif mine.reply is Reply.NO:
        raise Refusal("expertise.said_no")
    return Answer(
        words.plain("expertise.together"),
        _who_asks(kept, words),
        data={"connection": kept.id, "state": Reply.YES.value},
    )


def say_no(values: Mapping[str, str], context: Context) -> Answer:
    """Leave somebody alone; when nobody is left, who asked hears that, and where to go.

    Raises:
        NotFound: If who presses was not asked.
        Refusal: If it is over.
    """
    words, tx = context.words, context.tx
    kept, mine = _asked_me(values, context)
    if mine.reply is Reply.YES:
        raise Refusal("expertise.said_yes")
    tx.connections.reply(kept.id, context.actor.key, Reply.NO, context.now)
    others = [one for one in kept.invitations if one.actor != mine.actor]
    if all(one.reply is Reply.NO for one in others):
        page = pages.write(_nobody_can(kept, "expertise.all_no"))
        letter = Letter(_key(kept.id, "no", kept.asker), kept.asker, page, context.now)
        tx.outbox.put(replace(letter, language=kept.language))
        tx.connections.close(kept.id, ConnectionState.DECLINED, context.now, context.actor.key)
    return Answer(
        words.plain("expertise.left_alone"),
        data={"connection": kept.id, "state": Reply.NO.value},
    )


def withdraw(values: Mapping[str, str], context: Context) -> Answer:
    """Take one's own question back: nothing of it is kept, and nobody is asked any more.

    Raises:
        NotFound: If it is not theirs, or over.
    """
    kept = context.tx.connections.get(_number(values))
    if kept is None or kept.asker != context.actor.key:
        raise NotFound("expertise.gone")
    state, key = ConnectionState.WITHDRAWN, context.actor.key
    if not context.tx.connections.close(kept.id, state, context.now, key):
        raise NotFound("expertise.gone")
    return Answer(
        context.words.plain("expertise.withdrawn"),
        data={"connection": kept.id, "state": state.value},
    )


def waiting(context: Context) -> tuple[tuple[Part, ...], tuple[Button, ...]]:
    """Return somebody's own questions that wait, with a button each to take it back."""
    words = context.words
    mine = context.tx.connections.open_of(context.actor.key)
    if not mine:
        return (), ()
    lines = tuple(
        words.prose(
            "expertise.open_line",
            question=one.question or "",
            day=words.date(day_of(one.expires_at)),
        )
        for one in mine
    )
    parts = (Paragraph(words.prose("expertise.open")), Listing(lines))
    return parts, tuple(_withdraw_button(one, words) for one in mine)


def end_expired(number: int, tx: Transaction, now: datetime) -> bool:
    """End a question that waited long enough; who asked in vain hears it, once.

    Whoever keeps the clock calls this; on several replicas at once, one of them does it.

    Returns:
        Whether this call was the one that ended it.
    """
    kept = tx.connections.get(number)
    if kept is None or not tx.connections.close(number, ConnectionState.EXPIRED, now, "system"):
        return False
    if not any(one.reply is Reply.YES for one in kept.invitations):
        page = pages.write(_nobody_can(kept, "expertise.expired"))
        letter = Letter(_key(kept.id, "end", kept.asker), kept.asker, page, now)
        tx.outbox.put(replace(letter, language=kept.language))
    return True


# ------------------------------------------------------------------------------- what is read


def _filled_in(values: Mapping[str, str], context: Context) -> tuple[SafeText, Region, str]:
    authorize(context.actor, Right.CONTRIBUTE)
    email = _address(context.actor) or read_address(values, required=True)
    region = read_region(values)
    typed = " ".join(values.get("question", "").split())
    if not typed:
        raise Mistakes({"question": "room.fill_in"})
    if len(typed) > LONGEST:
        raise Mistakes({"question": "expertise.too_long"}, most=str(LONGEST))
    public = {a.person.email.lower() for a in context.tx.coverage.assignments(context.today)}
    try:
        return guard(typed, known=frozenset(public)), region, email
    except NotKept:
        raise Mistakes({"question": "expertise.about_a_person"}) from None


def read_region(values: Mapping[str, str]) -> Region:
    """Return the region that was chosen in a form.

    Raises:
        Mistakes: None was, or one that does not exist.
    """
    try:
        return Region(values.get("region", ""))
    except ValueError:
        raise Mistakes({"region": "room.no_choice"}) from None


def read_address(values: Mapping[str, str], *, required: bool) -> str:
    """Return the address that was filled in; empty when it may be and is.

    Raises:
        Mistakes: It is none.
    """
    typed = values.get("email", "").strip()
    if not typed and not required:
        return ""
    try:
        read = cells.email(typed)
        kept = guard(read, known=frozenset({read.lower()})) if read else ""
    except (ValueError, NotKept):
        kept = ""
    if not kept:
        raise Mistakes({"email": "expertise.no_address"})
    return kept


def _address(actor: Actor) -> str:
    return actor.person.email if actor.person else actor.email


def _asked_me(values: Mapping[str, str], context: Context) -> tuple[Connection, Invitation]:
    # The same answer for what does not exist and for what one was not asked.
    kept = context.tx.connections.get(_number(values))
    mine = (
        next((i for i in kept.invitations if i.actor == context.actor.key), None) if kept else None
    )
    if kept is None or mine is None:
        raise NotFound("expertise.gone")
    if kept.state is not ConnectionState.OPEN or kept.expires_at <= context.now:
        raise Refusal("expertise.over")
    return kept, mine


def _number(values: Mapping[str, str]) -> int:
    number = values.get("id", "")
    known = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - PostgreSQL's integers
    return int(number) if known else 0


# ------------------------------------------------------------------------------- what is said


def _invite(kept: Connection, words: Words) -> Answer:
    values = {"id": str(kept.id)}
    return Answer(
        words.plain("expertise.invite", region=kept.region.label),
        (
            Paragraph((Plain(f"“{kept.question or ''}”"),)),
            Paragraph(
                words.prose("expertise.invite_next", day=words.date(day_of(kept.expires_at)))
            ),
        ),
        (
            Button(words.plain("expertise.yes"), Press(FEATURE, "yes", values), Weight.PRIMARY),
            Button(words.plain("expertise.not_now"), Press(FEATURE, "no", values)),
        ),
        feature=FEATURE,
        data={"connection": kept.id},
    )


def _letters_to_both(kept: Connection, mine: Invitation, now: datetime) -> tuple[Letter, Letter]:
    theirs, own = Words(kept.language), Words(mine.language)
    found = Answer(
        theirs.plain("expertise.found", person=_called(mine, theirs)),
        (
            Paragraph((Plain(f"“{kept.question or ''}”"),)),
            Paragraph(_reach(_called(mine, theirs), mine.email, theirs)),
        ),
        feature=FEATURE,
        data={"connection": kept.id},
    )
    met = Answer(
        own.plain("expertise.together"), _who_asks(kept, own), feature=FEATURE,
        data={"connection": kept.id},
    )  # fmt: skip
    to_asker = Letter(_key(kept.id, "found", mine.actor), kept.asker, pages.write(found), now)
    to_me = Letter(_key(kept.id, "met", mine.actor), mine.actor, pages.write(met), now)
    return replace(to_asker, language=kept.language), replace(to_me, language=mine.language)


def _who_asks(kept: Connection, words: Words) -> tuple[Part, ...]:
    called = kept.name or words.plain("expertise.somebody")
    return (
        Paragraph((Plain(f"“{kept.question or ''}”"),)),
        Paragraph(_reach(called, kept.email, words)),
    )


def _reach(called: str, email: str, words: Words) -> tuple[Plain, ...]:
    key = "expertise.reach" if email else "expertise.reach_unknown"
    return (Plain(words.plain(key, person=called, email=email)),)


def _nobody_can(kept: Connection, key: str) -> Answer:
    words = Words(kept.language)
    ask = Press("", ASK, {"words": f"/wie {kept.region.label}"})
    label = words.plain("expertise.duo", region=kept.region.label)
    return Answer(
        words.plain(key),
        (Paragraph(words.prose("expertise.nobody_next")),),
        (Button(label, ask),),
        feature=FEATURE,
        data={"connection": kept.id},
    )


def _withdraw_button(kept: Connection, words: Words) -> Button:
    return Button(
        words.plain("expertise.withdraw"), Press(FEATURE, "withdraw", {"id": str(kept.id)})
    )


def _called(one: Invitation, words: Words) -> str:
    what = words.plain(f"expertise.role_{one.role.replace('-', '_')}")
    return words.plain("expertise.name_role", name=one.name, role=what) if one.name else what


def _people(invited: Sequence[Invitation], words: Words) -> list[Json]:
    return [{"name": _called(one, words), "side": one.side.value} for one in invited]


def _side_key(side: Side) -> str:
    return "welfare" if side is Side.YOUTH_CARE else "education"


def _key(number: int, what: str, actor: str) -> str:
    return f"connection/{number}/{what}/{sha256(actor.encode()).hexdigest()[:16]}"
