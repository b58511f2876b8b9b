"""What can be done with an entry: correct it, confirm it, open and close it, take it along.

The verbs of every feature that shows cards. What somebody proposes waits for a steward, with old
and new; whoever may change an entry changes it at once, as a new version with its source (F14).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from handlers.calendars import CALENDAR, as_calendar, link_to_add
from handlers.cards import card, may_change, opened, thing, wanted
from handlers.context import Context
from handlers.describing import moment, source_of_nothing, status, upcoming
from handlers.errors import Mistakes, NotFound, Refusal
from handlers.feature import Verb
from handlers.rights import Right, authorize
from handlers.searching.finding import find
from handlers.searching.understanding import OFFERINGS, Scope, understand
from handlers.speech import pages
from handlers.speech.answer import (
    Answer,
    Attachment,
    Button,
    Facts,
    Kind,
    Link,
    Listing,
    Paragraph,
    Plain,
    Press,
    Prose,
)
from handlers.speech.form import ChoiceField, Form, TextField
from handlers.speech.words import LANGUAGES, Words
from store import Transaction
from store.corrections import LETTERS, Correction, CorrectionState
from store.days import day_of
from store.directory import Offering
from store.interchange import cells
from store.needs import UnmetNeed
from store.offerings import as_text
from store.privacy import Identifying, SafeText, TooLong, Verdict, guard
from store.records import Letter, Region
from store.search.entry import Level, Status
from store.search.query import NO_LIMIT, FacetName

FIELDS = (
    "status",
    "application_process",
    "ages",
    "locations",
    "email",
    "url",
    "name",
    "organization",
    "description",
)
"""What may be corrected, in the order of the form: what changes most comes first."""

Search = Callable[[str, Context, int], Answer]
"""Gives the page with a number, from 0, of what a text asks."""

_QUEUE = 5


def verbs(scope: Scope, search: Search | None = None) -> dict[str, Verb]:
    """Return what the buttons of a feature do.

    Args:
        scope: Whose buttons.
        search: Gives the page with a number, where it is not found by its score.
    """
    able: dict[str, tuple[Right, Callable[..., Answer | Form]]] = {
        "card": (Right.ASK, opened),
        "more": (Right.ASK, partial(_more, search)),
        "need": (Right.ASK, _need),
        "ics": (Right.ASK, _calendar),
        "wrong": (Right.CONTRIBUTE, _wrong),
        "used": (Right.CONTRIBUTE, _used),
        "confirm": (Right.CHANGE_ENTRY, _confirm),
        "full": (Right.CHANGE_ENTRY, partial(_set_status, Status.FULL)),
        "open": (Right.CHANGE_ENTRY, partial(_set_status, Status.ACTIVE)),
        "approve": (Right.ADMINISTER, partial(_decide, CorrectionState.APPROVED)),
        "decline": (Right.ADMINISTER, partial(_decide, CorrectionState.DECLINED)),
    }
    return {name: Verb(right, partial(run, scope)) for name, (right, run) in able.items()}


def submit(scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    """Take a form that came back: a correction, or a place that applied a practice."""
    if values.get("form") == "used":
        return _use(scope, values, context)
    return _correct(values, context)


def _more(
    search: Search | None, scope: Scope, values: Mapping[str, str], context: Context
) -> Answer:
    page = values.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 0  # noqa: PLR2004 - a page
    words = values.get("words", "")
    return search(words, context, number) if search else find(scope, words, context, number)


# ---------------------------------------------------------------------- correct


def _wrong(scope: Scope, values: Mapping[str, str], context: Context) -> Form:
    one, words = wanted(values, context), context.words
    return Form(
        scope.feature,
        words.plain("cards.form_title"),
        (
            ChoiceField(
                "field",
                words.plain("cards.form_field"),
                tuple((name, words.plain(f"cards.field_{name}")) for name in FIELDS),
            ),
            TextField(
                "new",
                words.plain("cards.form_new"),
                words.plain("cards.form_new_hint"),
                multiline=True,
                max_length=1000,
            ),
            ChoiceField(
                "sure",
                words.plain("cards.form_sure"),
                (("yes", words.plain("cards.form_sure_yes")),),
                required=False,
            ),
        ),
        words.plain("cards.form_send"),
        words.prose("cards.form_intro"),
        {"form": "correct", "id": str(one.id)},
    )


def _correct(values: Mapping[str, str], context: Context) -> Answer:
    one, words = wanted(values, context), context.words
    field = values.get("field", "")
    if field not in FIELDS:
        raise Mistakes({"field": "room.no_choice"})
    typed = values.get("new", "").strip()
    if not typed:
        raise Mistakes({"new": "room.fill_in"})
    new = safe(typed, field, sure=values.get("sure") == "yes", shown_at="new")
    changed = _read(field, new)
    if all(getattr(one, name) == value for name, value in changed.items()):
        raise Mistakes({"new": "cards.same"})
    label = words.plain(f"cards.field_{field}")
    if may_change(context.actor, one):
        _apply(one, changed, context, source(context))
        return Answer(words.plain("cards.changed", field=label, name=one.name))
    old = shown(one, field, words)
    number = context.tx.corrections.propose(
        one.id,
        field,
        old=old,
        new=new,
        at=context.now,
        actor=context.actor.key,
    )
    tell_stewards(context.tx, context.now)
    said = words.prose("cards.proposed_values" if old else "cards.proposed_new", old=old, new=new)
    return Answer(
        words.plain("cards.proposed", field=label, name=one.name),
        (Paragraph(said),),
        data={"correction": number},
    )


def safe(text: str, field: str, *, sure: bool, shown_at: str = "") -> SafeText:
    """Return a text that may be kept.

    Args:
        text: What somebody typed.
        field: The field of the entry that it is for.
        sure: Whether they looked again, and stand by it.
        shown_at: The field of the form where a refusal is shown; that of the entry if empty.

    Raises:
        Mistakes: It points at a person.
    """
    known = frozenset({text.lower()}) if field == "email" else frozenset[str]()
    at = shown_at or field
    try:
        return guard(text, confirmed=sure, known=known)
    except TooLong:
        raise Mistakes({at: "cards.never_kept"}) from None
    except Identifying as fault:
        refused = fault.finding.verdict is Verdict.REFUSE
        raise Mistakes({at: "cards.never_kept" if refused else "cards.points_at_person"}) from None


def read_regions(text: str) -> tuple[Region, ...]:
    """Return the regions that were chosen in a form.

    Raises:
        Mistakes: None was, or one that does not exist.
    """
    chosen = [part.strip() for part in text.split(",") if part.strip()]
    if not chosen or not set(chosen) <= {region.value for region in Region}:
        raise Mistakes({"regions": "room.no_choice"})
    return tuple(region for region in Region if region.value in chosen)


def _read(field: str, text: str) -> dict[str, Any]:
    """Return the fields of an entry that a correction changes.

    Raises:
        Mistakes: The text cannot be read as that.
    """
    try:
        match field:
            case "ages":
                low, high = cells.ages(text)
                return {"minimum_age": low, "maximum_age": high}
            case "status":
                return {"status": cells.status(text)}
            case "locations":
                return {"locations": tuple(cells.several(text))}
            case "email":
                return {"email": cells.email(text)}
            case "url":
                return {"url": cells.url(text)}
            case _:
                return {field: text}
    except ValueError as fault:
        if field == "ages":
            raise Mistakes({"new": "cards.bad_ages"}) from None
        raise Mistakes({"new": "cards.bad_value"}, expected=str(fault)) from None


def shown(one: Offering, field: str, words: Words) -> str:
    """Return what a field says now, as the queue shows it."""
    if field == "ages":
        return f"{as_text(one.minimum_age)}-{as_text(one.maximum_age)}".strip("-")
    if field == "status":
        return words.plain(f"searching.status_{one.status.value}")
    return as_text(getattr(one, field))


def _apply(one: Offering, changed: Mapping[str, Any], context: Context, source: str) -> None:
    values = dict(changed)
    if "status" in values:
        values["status_since"] = context.today
    context.tx.offerings.change(
        one.id, values, at=context.now, actor=context.actor.key, source=source
    )


def source(context: Context) -> str:
    """Return who says so, as a card names it: a name that Brug knows, or what they are to it."""
    person = context.actor.person
    return person.name if person else context.words.plain(f"cards.by_{context.actor.role.value}")


# ---------------------------------------------------------------------- the queue


def queue(scope: Scope, context: Context) -> Answer:
    """Show a steward what waits, with old and new.

    Raises:
        NotAllowed: If somebody else asks.
    """
    authorize(context.actor, Right.ADMINISTER)
    return _queue(scope, context.tx, context.words)


def tell_stewards(tx: Transaction, now: datetime) -> int:
    """Leave a letter with what waits for each steward, one a day at the most.

    Returns:
        How many letters were written.
    """
    words = Words()  # what the stewards speak is not known here: Dutch
    day = day_of(now)
    queue = _queue(OFFERINGS, tx, words)
    later = Paragraph(words.prose("cards.queue_later"))
    parts = (*queue.parts, later)
    page = pages.write(replace(queue, parts=parts, feature=OFFERINGS.feature))
    return sum(
        tx.outbox.put(Letter(f"{LETTERS}{day}/person:{one.id}", f"person:{one.id}", page, now))
        for one in tx.people.stewards()
    )


def remind_stewards(tx: Transaction, now: datetime) -> int:
    """Tell the stewards what was proposed after their last letter, however long ago that was."""
    return tell_stewards(tx, now) if tx.corrections.total(tx.corrections.told_at()) else 0


def _queue(scope: Scope, tx: Transaction, words: Words) -> Answer:
    waiting = tx.corrections.waiting(_QUEUE)
    total = tx.corrections.total()
    if not waiting:
        return Answer(words.plain("cards.queue_empty"), data={"total": 0, "corrections": []})
    key = "cards.queue_one" if total == 1 else "cards.queue"
    # What holds now, not what held when it was proposed: that is what would be written over.
    entries = {one.id: one for one in tx.offerings.many([one.service_id for one in waiting])}
    now = {one.id: shown(entries[one.service_id], one.field, words) for one in waiting}
    buttons = [
        button
        for number, one in enumerate(waiting, start=1)
        for button in _deciding(scope, one, entries[one.service_id], number, words)
    ]
    return Answer(
        words.plain(key, total=total),
        (Listing(tuple(_waiting(one, now[one.id], words) for one in waiting), first=1),),
        tuple(buttons),
        data={
            "total": total,
            "corrections": [
                {
                    "id": one.id,
                    "name": one.name,
                    "field": one.field,
                    "old": now[one.id],
                    "new": one.new,
                }
                for one in waiting
            ],
        },
    )


def _deciding(
    scope: Scope, one: Correction, entry: Offering, number: int, words: Words
) -> list[Button]:
    values = {"correction": str(one.id), "seen": _seen(entry, one.field)}
    return [
        Button(
            words.plain(f"cards.queue_{verb}", number=number), Press(scope.feature, verb, values)
        )
        for verb in ("approve", "decline")
    ]


def _seen(entry: Offering, field: str) -> str:
    """Return a short mark of what a field says, the same in every language."""
    said = entry.status.value if field == "status" else shown(entry, field, Words())
    return sha256(said.encode()).hexdigest()[:16]


def _waiting(one: Correction, now: str, words: Words) -> Prose:
    return words.prose(
        "cards.queue_line",
        name=one.name,
        field=words.plain(f"cards.field_{one.field}"),
        old=now,
        new=one.new,
        day=words.date(day_of(one.proposed_at)),
    )


def _decide(
    state: CorrectionState, scope: Scope, values: Mapping[str, str], context: Context
) -> Answer:
    words, number = context.words, values.get("correction", "")
    proposal = context.tx.corrections.get(int(number)) if number.isdecimal() else None
    if proposal is None:
        raise NotFound("cards.gone")
    if state is CorrectionState.APPROVED and proposal.waits:
        entry = wanted({"id": str(proposal.service_id)}, context)
        if not _as_seen(proposal, entry, values.get("seen", "")):
            return _changed_meanwhile(scope, proposal, entry, words)
    if not context.tx.corrections.decide(proposal.id, state, context.now, context.actor.key):
        raise Refusal("cards.queue_done")
    if state is CorrectionState.DECLINED:
        return _with_the_rest(words.plain("cards.declined", name=proposal.name), scope, context)
    one = wanted({"id": str(proposal.service_id)}, context)
    by = words.plain("cards.by_reader", person=source(context))
    _apply(one, _read(proposal.field, proposal.new), context, by)
    field = words.plain(f"cards.field_{proposal.field}")
    headline = words.plain("cards.approved", field=field, name=one.name, new=proposal.new)
    return _with_the_rest(headline, scope, context)


def _with_the_rest(headline: str, scope: Scope, context: Context) -> Answer:
    """Say what was decided, and show what still waits: the letter that listed it may be gone."""
    rest = _queue(scope, context.tx, context.words)
    if not rest.buttons:
        return Answer(headline, data=rest.data)
    waiting = Paragraph((Plain(rest.headline),))
    return replace(rest, headline=headline, parts=(waiting, *rest.parts))


def _as_seen(proposal: Correction, entry: Offering, seen: str) -> bool:
    """Return whether a field still says what a steward saw when the buttons were written."""
    if seen:
        return seen == _seen(entry, proposal.field)
    # Buttons of before they said so: the proposal itself showed the old one, in some language.
    return any(
        proposal.old == shown(entry, proposal.field, Words(language)) for language in LANGUAGES
    )


def _changed_meanwhile(
    scope: Scope, proposal: Correction, entry: Offering, words: Words
) -> Answer:
    now = shown(entry, proposal.field, words)
    return Answer(
        words.plain("cards.changed_meanwhile", name=entry.name),
        (Listing((_waiting(proposal, now, words),), first=1),),
        tuple(_deciding(scope, proposal, entry, 1, words)),
        kind=Kind.QUESTION,
        data={"correction": proposal.id},
    )


# ---------------------------------------------------------------------- confirm, open, close


def confirmed_share(context: Context) -> Answer:
    """Say for each region how much of the directory is confirmed; that is public (F15)."""
    words = context.words
    regions = context.tx.offerings.coverage()
    total, confirmed = context.tx.offerings.confirmed()
    pairs = tuple(
        (region.label, (Plain(_share(words, *counts)),)) for region, counts in regions.items()
    )
    return Answer(
        words.plain("cards.confirmed_headline", total=total, confirmed=confirmed),
        (Facts(pairs), Paragraph(words.prose("cards.confirmed_how"))),
        source=source_of_nothing(context.today, words),
        shareable=True,
        data={
            "total": total,
            "confirmed": confirmed,
            "regions": {
                region.value: {"total": all_, "confirmed": sure}
                for region, (all_, sure) in regions.items()
            },
        },
    )


def _share(words: Words, total: int, confirmed: int) -> str:
    share = round(100 * confirmed / total) if total else 0
    return words.plain("cards.confirmed_share", total=total, confirmed=confirmed, share=share)


def _confirm(scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    del scope
    one = wanted(values, context)
    authorize(context.actor, Right.CHANGE_ENTRY, thing(one))
    context.tx.offerings.confirm(
        one.id, day=context.today, by=source(context), at=context.now, actor=context.actor.key
    )
    day = context.words.date(context.today)
    return Answer(context.words.plain("cards.confirmed", name=one.name, day=day))


def _set_status(new: Status, scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    one = wanted(values, context)
    authorize(context.actor, Right.CHANGE_ENTRY, thing(one))
    _apply(one, {"status": new}, context, source(context))
    now = wanted(values, context)
    told = context.words.plain(
        "cards.status_set", name=now.name, status=status(now, context.words)
    )
    after = card(scope, now, context)
    return Answer(told, after.parts, after.buttons, after.source, after.why, data=after.data)


# ---------------------------------------------------------------------- practices


def _used(scope: Scope, values: Mapping[str, str], context: Context) -> Form:
    one, words = wanted(values, context), context.words
    return Form(
        scope.feature,
        words.plain("cards.use_title"),
        (TextField("place", words.plain("cards.use_place"), max_length=80),),
        words.plain("cards.form_send"),
        state={"form": "used", "id": str(one.id)},
    )


def _use(scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    one, words = wanted(values, context), context.words
    if scope.feature != "practices" or one.kind not in scope.kinds:
        raise NotFound("cards.gone")
    # Only the name of a municipality is kept, so there is no free text to look at.
    found = context.places.resolve(values.get("place", ""), expected=True).found
    if not found:
        raise Mistakes({"place": "cards.use_unknown"})
    place = found[0].municipality or found[0].name
    context.tx.offerings.add_use(one.id, place, context.now, context.actor.key)
    places = context.tx.offerings.uses(one.id)
    return Answer(
        words.plain("cards.use_thanks", name=one.name, places=words.all_of(places)),
        data={"applied_in": list(places)},
    )


# ---------------------------------------------------------------------- needs and calendars


def _need(scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    """Count a question that found nothing; who asked is not written down (F16)."""
    asked = understand(scope, values.get("words", ""), context)
    # One question of one person on one day counts once, and the digest tells nobody who.
    said = f"{context.actor.key}|{context.today}|{' '.join(sorted(asked.text.lower().split()))}"
    key = f"need/{context.today}/{sha256(said.encode()).hexdigest()[:24]}"
    if not context.tx.receipts.first_time(key, context.now):
        return Answer(context.words.plain("cards.need_again"))
    facets = [facet for chip in asked.chips for facet in chip.facets]
    ages = [facet.ages for facet in facets if facet.name is FacetName.AGE]
    highest = max((high for _, high in ages), default=NO_LIMIT)
    try:
        words = guard(asked.query.words)
    except (Identifying, TooLong):
        words = None  # what was understood is kept, the words are not
    context.tx.needs.add(
        UnmetNeed(
            day=context.today,
            words=words,
            regions=asked.regions,
            levels=tuple(Level(f.value) for f in facets if f.name is FacetName.LEVEL),
            minimum_age=min((low for low, _ in ages), default=None),
            maximum_age=None if highest == NO_LIMIT else highest,
            themes=tuple(f.value for f in facets if f.name is FacetName.THEME),
            kinds=tuple(kind.value for kind in scope.kinds),
        )
    )
    return Answer(context.words.plain("cards.need_counted"))


def _calendar(scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    del scope
    one, words = wanted(values, context), context.words
    coming = upcoming(one, context.today)
    if not coming:
        raise NotFound("cards.gone")
    days = words.all_of(moment(session, words) for session in coming)
    text = as_calendar(one, coming, context.now)
    return Answer(
        words.plain("cards.ics_headline", name=one.name, day=days),
        (
            Paragraph(words.prose("cards.ics_how")),
            # For a room that cannot bring a file.
            Paragraph((Link(words.plain("cards.ics_link"), link_to_add(one, coming[0])),)),
        ),
        data={"file": CALENDAR, "type": "text/calendar", "content": text},
        attachments=(Attachment(CALENDAR, "text/calendar", text.encode()),),
    )
