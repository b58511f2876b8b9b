"""From a draft to a kept signal: two doors, the guard, the same signal first, and only then kept.

Nothing is said to be kept before it is. What is refused goes nowhere: not into the store, not into
the log, and not into the button of an answer.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.context import Context
from handlers.duo import duo
from handlers.errors import Mistakes, NotFound, NotUnderstood
from handlers.schooldays import after_working_days
from handlers.signalling import drafts, labels
from handlers.signalling.drafts import FEATURE, Draft
from handlers.signalling.requests import Give
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Facts,
    Kind,
    Listing,
    Paragraph,
    Part,
    People,
    PersonCard,
    Plain,
    Press,
    Prose,
    Source,
    Span,
    Strong,
    Weight,
)
from handlers.speech.form import Form, TextField
from handlers.speech.words import Words
from store.days import day_of
from store.privacy import (
    Finding,
    Identifying,
    NotKept,
    SafeText,
    TooLong,
    Verdict,
    guard,
    inspect,
    without,
)
from store.privacy import Kind as Found
from store.privacy import Span as Place
from store.records import Region, Side
from store.signals import Addressee, Anonymity, Signal
from store.signals import Draft as Kept
from store.signals.records import Backing

FIRST_LOOK = 10
"""Working days within which a coordinator looks (F29)."""

_NUMBER = re.compile(r"[0-9]{1,9}")

_ONE_PERSON = frozenset(
    {
        Found.NATIONAL_NUMBER,
        Found.BIS_NUMBER,
        Found.BIRTH_DATE,
        Found.POSSIBLE_BIRTH_DATE,
        Found.PERSON_NAME,
        Found.INITIALS,
        Found.AGE_IN_CONTEXT,
        Found.CLASS_IN_CONTEXT,
        Found.INDIRECT,
        Found.FILE_NUMBER,
    }
)
"""What suggests that it is about one child: then the other door is offered too (F27)."""


def begin(request: Give, context: Context) -> Answer | Form:
    """Open the form, or show what was understood with a button that sends it.

    A free sentence never opens anything by itself: it may not even be meant as a signal.
    """
    draft = drafts.read(request, context)
    if len(draft.text) > drafts.MOST:
        raise NotUnderstood("signals.too_long", most=str(drafts.MOST))
    if not draft.text or (request.meeting and not draft.text):
        return drafts.form(draft, context)
    if draft.level and draft.region:
        # Who doubts takes both: a line then says enough to be sent.
        draft = replace(draft, addressee=draft.addressee or Addressee.BEIDE.value)
    if answer := _looked_at(draft, context):
        return answer
    if not request.by_command:
        return _two_doors(draft, context)
    if draft.level and draft.region:
        return _preview(draft, context)
    return drafts.form(draft, context)


def take(text: str, context: Context) -> Answer | Form:
    """Open the form with what somebody wrote elsewhere, perhaps somebody else (F25).

    Raises:
        NotUnderstood: If it is longer than a signal may be.
    """
    draft = drafts.read(Give(text.strip(), by_command=False), context)
    if len(draft.text) > drafts.MOST:
        raise NotUnderstood("signals.too_long", most=str(drafts.MOST))
    if answer := _looked_at(draft, context):
        return answer
    form = drafts.form(draft, context)
    return replace(form, intro=(*context.words.prose("signals.taken_over"), *form.intro))


def give(draft: Draft, context: Context) -> Answer:
    """Keep a signal, unless something has to be asked first.

    Raises:
        Mistakes: If a field is missing or cannot be taken.
    """
    submission = _submission(draft, context)
    if known := context.tx.signals.submitted(submission):
        return _kept(known, drafts.anonymity_of(draft), context)
    if draft.scope == drafts.ONE_CHILD:
        return one_child(draft.region, context)
    level, region, addressee = drafts.checked(draft)
    if answer := _looked_at(draft, context):
        return answer
    public = public_addresses(context)
    text = guard(draft.text, confirmed=True, known=public)
    meeting = _short("meeting", draft.meeting, context)
    organisation = _short("organisation", draft.organisation, context)
    if not draft.seen and (answer := _alike(text, draft, context)):
        # What is alike may be this very form, delivered twice and kept a moment ago.
        known = context.tx.signals.submitted(submission)
        return _kept(known, drafts.anonymity_of(draft), context) if known else answer
    warned = any(inspect(one, known=public).verdict is not Verdict.PASS for one in (text, meeting))
    kept = Kept(
        text=text,
        level=level,
        region=region,
        addressee=addressee,
        meeting=meeting,
        quarantined=warned,
        look_by=after_working_days(context.today, FIRST_LOOK),
        backing=Backing(
            submission=submission,
            actor=context.actor.key,
            name=context.actor.name,
            anonymity=drafts.anonymity_of(draft),
            organisation=organisation,
            context=SafeText(""),
            language=context.words.language,
        ),
    )
    signal, _ = context.tx.signals.create(kept, context.now)
    return _kept(signal, drafts.anonymity_of(draft), context)


def support_form(values: Mapping[str, str], context: Context) -> Form:
    """Return the form of *Mij ook*: what to add, and who may see it."""
    words = context.words
    number = values.get("number", "")
    return Form(
        FEATURE,
        words.plain("signals.support_title"),
        (
            TextField(
                "context",
                words.plain("signals.ask_context"),
                words.plain("signals.ask_what_hint"),
                multiline=True,
                required=False,
                max_length=drafts.MOST,
            ),
            *drafts.who_fields(Draft(), context),
        ),
        words.plain("signals.support_submit"),
        words.prose("signals.support_intro", number=number),
        {"number": number, "key": drafts.new_key(), "action": "support"},
    )


def support(values: Mapping[str, str], context: Context) -> Answer:
    """Let somebody stand behind a signal (F28).

    Raises:
        NotFound: If there is no such signal, or one that they may not see.
        Mistakes: If what they add may not be kept.
    """
    words = context.words
    number = values.get("number", "")
    signal = context.tx.signals.standing_for(int(number)) if _NUMBER.fullmatch(number) else None
    if signal is None or signal.quarantined or signal.withdrawn:
        raise NotFound("signals.no_such", number=number[:10])
    draft = drafts.draft_of(values)
    added = values.get("context", "").strip()
    public = public_addresses(context)
    # A warning is enough to refuse here: what is added to a signal has no quarantine of its own.
    if len(added) > drafts.MOST or inspect(added, known=public).verdict is not Verdict.PASS:
        raise Mistakes({"context": "signals.context_refused"}, most=str(drafts.MOST))
    anonymity = drafts.anonymity_of(draft)
    backing = Backing(
        submission=_submission(replace(draft, text=number), context),
        actor=context.actor.key,
        name=context.actor.name,
        anonymity=anonymity,
        organisation=_short("organisation", draft.organisation, context),
        context=guard(added, known=public),
        language=words.language,
    )
    new = not _hidden_again(signal, anonymity, context)
    new = new and context.tx.signals.support(signal.number, backing, context.now)
    key = "signals.supported" if new else "signals.supported_already"
    return Answer(
        words.plain(key, number=signal.number),
        (Paragraph(words.prose(labels.WHO_SEES[anonymity])),) if new else (),
        buttons=(mine_button(words),),
        source=source(signal, context),
        data={"number": signal.number, "new": new},
    )


def _hidden_again(signal: Signal, anonymity: Anonymity, context: Context) -> bool:
    """Return whether somebody without a name stood behind this signal today already.

    One byte is kept of who that was, for as long as receipts are: enough to know the same person
    again, too little to tell who among colleagues it was. Two people may share it: of 256 pairs on
    the same signal and day, one pair counts as one.
    """
    if anonymity is not Anonymity.NOBODY:
        return False
    said = f"{context.actor.key}|{context.today}|{signal.number}"
    short = hashlib.sha256(said.encode()).hexdigest()[:2]
    key = f"backing/{context.today}/{signal.number}/{short}"
    return not context.tx.receipts.first_time(key, context.now)


def one_child(region: str, context: Context) -> Answer:
    """Show whom to turn to about one child; nothing is kept (F27)."""
    words = context.words
    if region not in set(Region):
        return Answer(
            words.plain("signals.one_child"),
            (Paragraph(words.prose("signals.one_child_where")),),
            kind=Kind.REFUSAL,
            data={"kept": False},
        )
    day = context.today
    tx = context.tx.coverage
    found = duo(Region(region), day, tx.assignments(day), tx.absences(day))
    roles = {
        Side.YOUTH_CARE: "coverage.role_youth_care",
        Side.AGAINST_DROPOUT: "coverage.role_against_dropout",
    }
    cards = tuple(
        PersonCard(s.person.name, words.plain(roles[s.side]), s.person.email)
        for s in found.standing
    )
    said = found.standing[0].assignment.provenance if found.standing else None
    return Answer(
        words.plain("signals.one_child"),
        (Paragraph(words.prose("signals.one_child_next")), People(cards)),
        source=Source(
            words.plain("coverage.not_confirmed", source=said.source, day=words.date(said.as_of)),
            said.as_of,
        )
        if said
        else None,
        data={"kept": False, "regions": [region], "people": [card.email for card in cards]},
    )


def source(signal: Signal, context: Context) -> Source:
    """Return where an answer about a signal comes from."""
    day = day_of(signal.created_at)
    words = context.words
    return Source(words.plain("signals.source", number=signal.number, day=words.date(day)), day)


def mine_button(words: Words) -> Button:
    """Return the button that shows one's own signals."""
    return Button(words.plain("signals.mine_button"), Press("", ASK, {"words": "/signaal mijn"}))


def _submission(draft: Draft, context: Context) -> str:
    # The writer is part of it: a key that somebody else guessed leads nowhere. Without a key, the
    # same words on the same day are the same submission.
    key = draft.key or f"{context.today}/{draft.text}"
    return hashlib.sha256(f"{context.actor.key}/{key}".encode()).hexdigest()


def public_addresses(context: Context) -> frozenset[str]:
    """Return the addresses that a text may name: those of the coordinators."""
    return frozenset(person.email.lower() for person in context.tx.people.everyone())


def _short(field: str, text: str, context: Context) -> SafeText:
    """Return a name of an organisation or meeting that may be kept.

    Raises:
        Mistakes: If it may not.
    """
    if len(text) > drafts.MOST_NAME:
        raise Mistakes({field: "signals.name_too_long"}, most=str(drafts.MOST_NAME))
    try:
        # Names of organisations look like names of persons; numbers and addresses stay out.
        return guard(text, confirmed=True, known=public_addresses(context))
    except NotKept:
        raise Mistakes({field: "signals.name_refused"}) from None


def _looked_at(draft: Draft, context: Context) -> Answer | None:
    """Return what the guard has to say, or None if the text may be kept."""
    try:
        guard(draft.text, confirmed=draft.confirmed == "yes", known=public_addresses(context))
    except Identifying as identifying:
        return _noticed(identifying.finding, draft, context)
    except TooLong:
        raise Mistakes({"text": "signals.too_long"}, most=str(drafts.MOST)) from None
    return None


def _noticed(finding: Finding, draft: Draft, context: Context) -> Answer:
    words = context.words
    refused = finding.verdict is Verdict.REFUSE
    kinds = words.all_of(dict.fromkeys(words.plain(labels.KINDS[kind]) for kind in finding.kinds))
    parts: list[Part] = [
        Paragraph(words.prose("signals.noticed", kinds=kinds)),
        Paragraph(words.prose("signals.refused" if refused else "signals.warned")),
    ]
    if finding.spans:
        parts.insert(1, Paragraph(marked(draft.text, finding.spans, words)))
    buttons: list[Button] = []
    if _ONE_PERSON & set(finding.kinds):
        parts.append(Paragraph(words.prose("signals.two_doors")))
        buttons.append(_door(draft, words))
    left = without(draft.text, finding, known=public_addresses(context))
    if left.strip(" […].,"):
        clean = drafts.without(draft, left)
        buttons.append(_button("signals.button_without", "rewrite", clean, words))
    else:
        empty = drafts.without(draft, "")
        buttons.append(_button("signals.button_again", "rewrite", empty, words))
    if not refused:
        buttons.append(_button("signals.button_rewrite", "rewrite", draft, words))
        confirmed = replace(draft, confirmed="yes")
        buttons.append(_button("signals.button_confirm", "keep", confirmed, words))
    return Answer(
        words.plain("signals.refused_headline" if refused else "signals.warned_headline"),
        tuple(parts),
        tuple(buttons),
        kind=Kind.REFUSAL if refused else Kind.QUESTION,
        data={"kept": False, "verdict": finding.verdict.value, "kinds": list(finding.kinds)},
    )


def marked(text: str, places: Sequence[Place], words: Words) -> Prose:
    """Return the text with its places marked; what is refused is named instead of shown."""
    spans: list[Span] = []
    done = 0
    for place in places:
        if place.start < done:
            continue
        if before := text[done : place.start]:
            spans.append(Plain(before))
        name = words.plain(labels.KINDS[place.kind])
        hidden = place.kind.verdict is Verdict.REFUSE
        spans.append(
            Strong(f"[{name}]" if hidden else f"{text[place.start : place.end]} [{name}?]")
        )
        done = place.end
    if rest := text[done:]:
        spans.append(Plain(rest))
    return tuple(spans)


def _two_doors(draft: Draft, context: Context) -> Answer:
    words = context.words
    return Answer(
        words.plain("signals.two_doors_headline"),
        (Paragraph(words.prose("signals.two_doors_intro")),),
        (
            _button("signals.door_often", "write", draft, words, Weight.PRIMARY),
            _door(draft, words),
        ),
        kind=Kind.QUESTION,
        data={"kept": False},
    )


def _preview(draft: Draft, context: Context) -> Answer:
    words = context.words
    level, region, addressee = drafts.checked(draft)
    text = guard(draft.text, known=public_addresses(context))
    alike = context.tx.signals.similar(text)
    parts: list[Part] = [
        Facts(
            (
                (words.plain("signals.fact_text"), (Plain(text),)),
                (words.plain("signals.fact_level"), (Plain(labels.level(level, words)),)),
                (words.plain("signals.fact_region"), (Plain(region.label),)),
                (words.plain("signals.fact_for"), (Plain(labels.addressee(addressee, words)),)),
            )
        ),
        Paragraph(words.prose(labels.WHO_SEES[Anonymity.DUO])),
        Paragraph(words.prose("signals.read_by_members")),
    ]
    if alike:
        parts += [Paragraph(words.prose("signals.alike")), _listed([one for one, _ in alike])]
    return Answer(
        words.plain("signals.preview"),
        tuple(parts),
        (
            _button(
                "signals.button_keep", "keep", replace(draft, seen="yes"), words, Weight.PRIMARY
            ),
            *(_me_too(one, words) for one, _ in alike[:2]),
            _button("signals.button_change", "write", draft, words),
            _door(draft, words),
        ),
        kind=Kind.QUESTION,
        data={
            "kept": False,
            "level": level.value,
            "regions": [region.value],
            "addressee": addressee.value,
            "similar": [one.number for one, _ in alike],
        },
    )


def _alike(text: SafeText, draft: Draft, context: Context) -> Answer | None:
    found = [one for one, _ in context.tx.signals.similar(text)]
    if not found:
        return None
    words = context.words
    new = _button("signals.button_new", "keep", replace(draft, seen="yes"), words)
    return Answer(
        words.plain("signals.alike_headline"),
        (_listed(found), Paragraph(words.prose("signals.alike_next"))),
        (*(_me_too(one, words) for one in found), new),
        kind=Kind.QUESTION,
        data={"kept": False, "similar": [one.number for one in found]},
    )


def _kept(signal: Signal, anonymity: Anonymity, context: Context) -> Answer:
    words = context.words
    parts: list[Part] = [Paragraph(words.prose(labels.WHO_SEES[anonymity]))]
    if signal.quarantined:
        parts.append(Paragraph(words.prose("signals.quarantined")))
    if signal.merged_into:
        parts.append(Paragraph(words.prose("signals.merged", number=signal.merged_into)))
    look = words.prose(
        "signals.look_by", region=signal.region.label, day=words.date(signal.look_by)
    )
    parts.append(Paragraph(look))
    return Answer(
        words.plain("signals.kept", number=signal.number),
        tuple(parts),
        () if anonymity is Anonymity.NOBODY else (mine_button(words),),
        source=source(signal, context),
        data={
            "kept": True,
            "number": signal.number,
            "regions": [signal.region.value],
            "quarantined": signal.quarantined,
        },
    )


def _listed(signals: Sequence[Signal]) -> Listing:
    return Listing(
        tuple((Strong(f"{one.number}"), Plain(f" “{shortened(one.text)}”")) for one in signals)
    )


def shortened(text: str, most: int = 160) -> str:
    """Return the beginning of a text, cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return f"{flat[:most].rpartition(' ')[0] or flat[:most]} …"


def _me_too(signal: Signal, words: Words) -> Button:
    label = words.plain("signals.button_me_too", number=signal.number)
    return Button(label, Press(FEATURE, "me_too", {"number": str(signal.number)}))


def _door(draft: Draft, words: Words) -> Button:
    # The text itself stays behind: nothing about one child travels along.
    values = {"region": draft.region} if draft.region else {}
    return Button(words.plain("signals.door_one"), Press(FEATURE, "one_child", values))


def _button(
    key: str, verb: str, draft: Draft, words: Words, weight: Weight = Weight.NORMAL
) -> Button:
    return Button(words.plain(key), Press(FEATURE, verb, draft.values()), weight)
