"""What changed, every week in a channel (F39–F44): set it, see it, pause it, ask why it is silent.

`data`: `address`, `region` (slug), `next_at` (ISO, UTC), `paused_until`, `ended`, `issues` (a list
of `slot`, `state`, `silence`); of a digest itself `lines` and `rest`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.context import Context
from handlers.digesting.blocks import BLOCKS
from handlers.digesting.composing import behind, compose
from handlers.digesting.showing import (
    is_own,
    issue_line,
    moment_of,
    next_due,
    next_moment,
    passed_over,
    settings_form,
    when,
)
from handlers.digesting.wishes import (
    DigestWish,
    Wish,
    hear,
    known_language,
    parse,
    read_pause,
    read_schedule,
    read_time,
)
from handlers.errors import Clash, Mistakes, NotAllowed, NotFound, NotUnderstood
from handlers.feature import Example, Feature, Verb
from handlers.rights import Right, Role, Thing, authorize
from handlers.speech import pages
from handlers.speech.answer import (
    ASK,
    Answer,
    Audience,
    Button,
    Json,
    Kind,
    Listing,
    Paragraph,
    Press,
    Prose,
    Source,
)
from handlers.speech.form import Form
from handlers.speech.words import Words
from store.records import Letter, Region, Subscription

_ADDRESS = re.compile(r"[a-z]+:[^:\s]*:[^:\s]+")


def handle(request: DigestWish, context: Context) -> Answer | Form:
    """Do what somebody wants with the digest of the channel in which they ask.

    Raises:
        Refusal: If it can't be done; the phrase says why and what to do.
    """
    if not request.commanded and request.wish not in {Wish.STATE, Wish.PREVIEW}:
        return _really(request, context)
    if request.mine:
        context = _at_home(context)
    if not context.address and request.wish is not Wish.PREVIEW:
        raise NotUnderstood("digests.in_a_channel")
    return _DO[request.wish](request.text, context)


def submit(values: Mapping[str, str], context: Context) -> Answer:
    """Take the settings that came back.

    Raises:
        Mistakes: If a field holds what can't be.
    """
    address = values.get("address", "")
    if not _ADDRESS.fullmatch(address):
        raise NotUnderstood("assistant.gone")
    if not is_own(address, context):
        authorize(context.actor, Right.SET_DIGEST)
    mistakes: dict[str, str] = {}
    hour, minute = 0, 0
    try:
        hour, minute = read_time(values.get("time", ""))
    except NotUnderstood as fault:
        mistakes["time"] = fault.key
    if values.get("region") not in {region.value for region in Region}:
        mistakes["region"] = "digests.which_region"
    if values.get("day") not in {str(day) for day in range(7)}:
        mistakes["day"] = "digests.which_day"
    if mistakes:
        raise Mistakes(mistakes)
    known = {block.name for block in BLOCKS}
    blocks = tuple(b for b in values.get("blocks", "").split(",") if b in known)
    wanted = replace(
        _usual(address, Region(values["region"]), context),
        weekday=int(values["day"]),
        hour=hour,
        minute=minute,
        language=known_language(values.get("language", "")) or context.words.language,
        blocks=() if len(blocks) == len(BLOCKS) else blocks,
        in_holidays=values.get("holidays") == "yes",
    )
    return _keep(wanted, context)


def _settings(_: str, context: Context) -> Form:
    return settings_form(context, _existing(context), None)


def _set(text: str, context: Context) -> Answer | Form:
    asked = read_schedule(text)
    existing = _existing(context)
    wanted = replace(
        _usual(context.address, Region.BRUSSEL, context),
        weekday=asked.weekday,
        hour=asked.hour,
        minute=asked.minute,
        language=asked.language or context.words.language,
        blocks=existing.blocks if existing else (),
        in_holidays=existing.in_holidays if existing else False,
    )
    region = _region(asked.rest, existing, context)
    if region is None:
        return settings_form(context, existing, wanted)
    return _keep(replace(wanted, region=region), context)


def _usual(address: str, region: Region, context: Context) -> Subscription:
    """Return a digest as it is when nobody chose anything; it is not kept."""
    return Subscription(
        id=0,
        address=address,
        region=region,
        weekday=0,
        hour=9,
        minute=0,
        language=context.words.language,
        blocks=(),
        in_holidays=False,
        owner=_owner(address, context),
        paused_until=None,
        ended="",
        set_at=context.now,
    )


def _region(text: str, existing: Subscription | None, context: Context) -> Region | None:
    """Return the region that is meant; None when somebody has to choose."""
    found = context.places.resolve(text, expected=False).found
    named = {region for place in found for region in place.regions}
    if len(named) == 1:
        return named.pop()
    if named:
        return None
    if existing is not None:
        return existing.region
    own = context.actor.regions
    return next(iter(own)) if len(own) == 1 else None


def _keep(wanted: Subscription, context: Context) -> Answer:
    _may(wanted, context)
    existing = context.tx.digests.at(wanted.address)
    if existing is not None and not existing.ended:
        _may(existing, context)  # a channel has one: this takes the other's place
    kept = context.tx.digests.keep(wanted, context.now, context.actor.key)
    words = context.words
    changed = existing is not None and not existing.ended
    parts = [Paragraph(words.prose("digests.next", moment=next_moment(kept, context)))]
    if kept.personal:
        parts.append(Paragraph(words.prose("digests.own_only_you")))
    elif changed:
        parts.append(Paragraph(words.prose("digests.replaced")))
    else:
        _greet(kept, context)
        parts.append(Paragraph(words.prose("digests.greeting_comes")))
    if not kept.in_holidays:
        parts.append(Paragraph(words.prose("digests.rests")))
    if not kept.owner:
        parts.append(Paragraph(words.prose("digests.no_owner")))
    return Answer(
        words.plain(
            "digests.own_set" if kept.personal else "digests.set",
            region=kept.region.label,
            when=when(kept, words),
        ),
        tuple(parts),
        buttons=(
            _again("digests.button_preview", f"/digest {_for_me(kept)}voorbeeld", context),
            _again("digests.button_settings", f"/digest {_for_me(kept)}instellen", context),
            *((_stop_button(context),) if kept.personal else ()),
        ),
        data=_data(kept, context),
    )


def _greet(subscription: Subscription, context: Context) -> None:
    """Say hello in the channel: whether Brug may post there shows today, not next Monday.

    What the platform refuses is told to the owner, and ends the digest (`scheduler/post.py`).
    """
    words = Words(subscription.language)
    hello = Answer(
        words.plain("digests.hello", region=subscription.region.label),
        (Paragraph(words.prose("digests.hello_when", when=when(subscription, words))),),
        audience=Audience.CHANNEL,
        feature="digests",
    )
    key = f"digest/hello/{subscription.address}/{context.now:%Y-%m-%dT%H:%M}"
    context.tx.outbox.put(
        Letter(
            key,
            subscription.address,
            pages.write(hello),
            context.now,
            owner=subscription.owner,
            earliest=context.now,  # its key holds the minute
            language=subscription.language,
        )
    )


def _preview(text: str, context: Context) -> Answer:
    """Show what the digest would say now: that of this channel, or of the region that is named."""
    subscription = _previewed(text, context)
    words = context.words
    if subscription is None:
        return Answer(
            words.plain("digests.new_of_which"),
            buttons=tuple(_preview_button(region) for region in Region),
            kind=Kind.QUESTION,
        )
    composed = compose(subscription, "", context.tx, context.now)
    if composed.answer is None:
        kept = bool(subscription.address)  # of another, no next moment can be told
        return Answer(
            words.plain(
                "digests.nothing" if kept else "digests.nothing_new",
                region=subscription.region.label,
            ),
            source=Source(
                words.plain("digests.source", day=words.date(context.today)), context.today
            ),
            data=_data(subscription, context) if kept else {"region": subscription.region.value},
        )
    rest = composed.answer.data["rest"]
    more = (Paragraph(words.prose("digests.preview_more", count=rest)),) if rest else ()
    return Answer(
        composed.answer.headline,
        (Paragraph(words.prose("digests.only_you")), *composed.answer.parts, *more),
        source=composed.answer.source,
        data=composed.answer.data,
    )


def _previewed(text: str, context: Context) -> Subscription | None:
    """Return the digest that is asked for; of a region that has none here, as it would be.

    None when somebody has to choose a region first.
    """
    if context.address and is_own(context.address, context):
        return _active(context)
    kept = _existing(context) if context.address else None
    existing = kept if kept is not None and not kept.ended else None
    region = _region(text, existing, context)
    if existing is not None and region in {None, existing.region}:
        return existing
    authorize(context.actor, Right.CONTRIBUTE)  # it tells of signals: not for guests
    if region is None:
        return None
    return _usual("", region, context)


def _preview_button(region: Region) -> Button:
    return Button(region.label, Press("", ASK, {"words": f"/digest voorbeeld {region.label}"}))


def _now(_: str, context: Context) -> Answer:
    subscription = _active(context)
    _may(subscription, context)
    slot = f"now/{context.now:%Y-%m-%dT%H:%M}"
    key = f"digest/{slot}/{subscription.address}"
    composed = compose(subscription, key, context.tx, context.now)
    words = context.words
    if composed.answer is None:
        region = subscription.region.label
        return Answer(words.plain("digests.nothing", region=region))
    letter = Letter(
        key,
        subscription.address,
        pages.write(composed.answer),
        context.now,
        owner=subscription.owner,
        earliest=context.now,
        language=subscription.language,
    )
    if context.tx.outbox.put(letter):  # asked twice within a minute is asked once
        context.tx.digests.issue_letter(
            subscription, slot, context.now, context.now, key, composed.known
        )
        subject = f"subscription:{subscription.id}"
        context.tx.audit.note(context.now, context.actor.key, "digest.now", subject)
    return Answer(words.plain("digests.coming"), data=_data(subscription, context))


def _pause(text: str, context: Context) -> Answer:
    subscription = _active(context)
    _may(subscription, context)
    day = read_pause(text, context.today)
    context.tx.digests.pause(subscription.address, day, context.now, context.actor.key)
    words = context.words
    paused = replace(subscription, paused_until=day)
    return Answer(
        words.plain("digests.paused", day=words.date(day)),
        buttons=(_again("digests.button_resume", f"/digest {_for_me(paused)}hervat", context),),
        data=_data(paused, context),
    )


def _resume(_: str, context: Context) -> Answer:
    subscription = _active(context)
    _may(subscription, context)
    context.tx.digests.pause(subscription.address, None, context.now, context.actor.key)
    resumed = replace(subscription, paused_until=None)
    when = next_moment(resumed, context)
    return Answer(
        context.words.plain("digests.resumed", moment=when), data=_data(resumed, context)
    )


def _stop(_: str, context: Context) -> Answer:
    subscription = _active(context)
    _may(subscription, context)
    context.tx.digests.end(subscription.address, context.now, context.actor.key)
    ended = replace(subscription, ended="asked")
    key = "digests.own_stopped" if subscription.personal else "digests.stopped"
    return Answer(context.words.plain(key), data=_data(ended, context))


def _state(_: str, context: Context) -> Answer:
    words, subscription = context.words, context.tx.digests.at(context.address)
    source = Source(words.plain("digests.own_records", day=words.date(context.today)))
    if subscription is None:
        own = is_own(context.address, context)
        return Answer(
            words.plain("digests.own_none" if own else "digests.none"),
            (Paragraph(words.prose("digests.own_how_to" if own else "digests.how_to")),),
            source=source,
            data={"address": context.address},
        )
    label, lines = subscription.region.label, list[Prose]()
    if subscription.ended:
        key = "digests.state_refused"
        if subscription.ended == "asked":
            key = "digests.own_state_ended" if subscription.personal else "digests.state_ended"
        lines.append(words.prose(key, reason=subscription.ended))
    elif subscription.paused_until and subscription.paused_until > context.today:
        day = words.date(subscription.paused_until)
        lines.append(words.prose("digests.state_paused", day=day))
    if not subscription.ended:
        lines += passed_over(subscription, context)
        lines.append(words.prose("digests.next", moment=next_moment(subscription, context)))
    issues = context.tx.digests.issues(subscription)
    lines += [issue_line(issue, words) for issue in issues]
    if not issues:
        lines.append(words.prose("digests.state_first"))
    return Answer(
        words.plain(
            "digests.own_state" if subscription.personal else "digests.state",
            region=label,
            when=when(subscription, words),
        ),
        (Listing(tuple(lines)),),
        (_stop_button(context),) if subscription.personal and not subscription.ended else (),
        source=source,
        data=_data(subscription, context)
        | {
            "issues": [
                {
                    "slot": issue.slot,
                    "state": issue.state.value if issue.state else None,
                    "silence": issue.silence.value if issue.silence else None,
                }
                for issue in issues
            ]
        },
    )


def _really(request: DigestWish, context: Context) -> Answer:
    """Ask before a free sentence changes anything, and say what it would be.

    Raises:
        NotUnderstood: If the day or the hour is missing: then that is the question.
    """
    words = context.words
    question = words.plain("digests.own_really" if request.mine else "digests.really")
    if request.wish is Wish.SET:
        asked = read_schedule(request.text)
        at = moment_of(asked.weekday, asked.hour, asked.minute, words)
        question = words.plain(
            "digests.own_really_when" if request.mine else "digests.really_when", when=at
        )
    by_wish = {Wish.SET: "elke", Wish.FORM: "instellen", Wish.NOW: "nu", Wish.PAUSE: "pauze"}
    by_wish |= {Wish.RESUME: "hervat", Wish.STOP: "stop"}
    command = f"/digest {'voor mij ' if request.mine else ''}{by_wish[request.wish]}"
    if request.wish in {Wish.SET, Wish.PAUSE}:
        command += f" {request.text}"
    return Answer(
        question,
        buttons=(
            Button(words.plain("digests.button_yes"), Press("", ASK, {"words": command})),
            _again(
                "digests.button_state",
                "/digest voor mij stand" if request.mine else "/digest stand",
                context,
            ),
        ),
        kind=Kind.QUESTION,
    )


def _more(values: Mapping[str, str], context: Context) -> Answer:
    """Show what did not fit, page by page: as it was when the digest was composed."""
    key, asked = values.get("letter", ""), values.get("page", "0")
    progress = context.tx.outbox.progress(key)
    subscription = context.tx.digests.of_letter(key)
    if progress is None or subscription is None or not progress.letter.body:
        raise NotFound("digests.gone")
    # The key came back through somebody else's hands: it opens what stood in this channel.
    if context.address != subscription.address:
        _may(subscription, context)
    answer, words = pages.read(progress.letter.body), context.words
    number = int(asked) if re.fullmatch(r"[0-9]{1,4}", asked) else 0
    parts, total = behind(answer, number)
    if not parts:
        raise NotFound("digests.gone")
    press = Press("digests", "more", {"letter": key, "page": str(number + 1)})
    again = Button(words.plain("digests.more_still"), press)
    return Answer(
        words.plain("digests.the_rest"),
        parts,
        buttons=(again,) if number + 1 < total else (),
        source=answer.source,
        data={"page": number, "pages": total},
    )


def _send(values: Mapping[str, str], context: Context) -> Answer:
    return _decide(values, context, send=True)


def _leave(values: Mapping[str, str], context: Context) -> Answer:
    return _decide(values, context, send=False)


def _decide(values: Mapping[str, str], context: Context, *, send: bool) -> Answer:
    """Do with a held letter what its owner says."""
    key = values.get("letter", "")
    progress = context.tx.outbox.progress(key)
    subscription = context.tx.digests.of_letter(key)
    mine = progress is not None and progress.letter.owner == context.actor.key
    if subscription is not None:
        _may(subscription, context)
    elif not mine and context.actor.role is not Role.STEWARD:
        raise NotAllowed("rights.set_digest")
    if not context.tx.outbox.decide(key, send=send, now=context.now):
        raise Clash("digests.decided")
    verb = "letter.send_anyway" if send else "letter.leave"
    context.tx.audit.note(context.now, context.actor.key, verb, f"letter:{key}")
    return Answer(context.words.plain("digests.coming" if send else "digests.left"))


def _may(subscription: Subscription, context: Context) -> None:
    if is_own(subscription.address, context):
        authorize(context.actor, Right.CONTRIBUTE)
        return
    regions = frozenset({subscription.region})
    authorize(context.actor, Right.SET_DIGEST, Thing(regions=regions))


def _at_home(context: Context) -> Context:
    """Ask the same about the digest of whoever asks, wherever they ask it.

    Who subscribed before Brug knew their name goes by the number of their platform.
    """
    authorize(context.actor, Right.CONTRIBUTE)
    known = context.tx.digests.at(context.actor.user) if context.actor.user else None
    before = known is not None and not known.ended
    return replace(context, address=context.actor.user if before else context.actor.key)


def _stop_own(_: Mapping[str, str], context: Context) -> Answer:
    return _stop("", _at_home(context))


def _stop_button(context: Context) -> Button:
    label = context.words.plain("digests.button_stop_own")
    return Button(label, Press("digests", "stop_own", {}))


def _for_me(subscription: Subscription) -> str:
    return "voor mij " if subscription.personal else ""


def _existing(context: Context) -> Subscription | None:
    return context.tx.digests.at(context.address)


def _active(context: Context) -> Subscription:
    found = context.tx.digests.at(context.address)
    if found is None or found.ended:
        own = is_own(context.address, context)
        raise NotFound("digests.own_none_yet" if own else "digests.none_here")
    return found


def _owner(address: str, context: Context) -> str:
    if is_own(address, context):
        return address
    return f"person:{context.actor.person.id}" if context.actor.person else ""


def _again(phrase: str, command: str, context: Context) -> Button:
    return Button(context.words.plain(phrase), Press("", ASK, {"words": command}))


def _data(subscription: Subscription, context: Context) -> dict[str, Json]:
    until = subscription.paused_until
    return {
        "address": subscription.address,
        "region": subscription.region.value,
        "next_at": None if subscription.ended else next_due(subscription, context).isoformat(),
        "paused_until": until.isoformat() if until else None,
        "ended": subscription.ended,
    }


_DO: Mapping[Wish, Callable[[str, Context], Answer | Form]] = {
    Wish.SET: _set,
    Wish.FORM: _settings,
    Wish.PREVIEW: _preview,
    Wish.NOW: _now,
    Wish.PAUSE: _pause,
    Wish.RESUME: _resume,
    Wish.STOP: _stop,
    Wish.STATE: _state,
}


FEATURE = Feature(
    name="digests",
    command="digest",
    aliases=("weekbericht",),
    parse=parse,
    hear=hear,
    handle=handle,
    writes=True,
    examples=(
        Example("/digest stand", expect="weekbericht"),
        Example("/digest voor mij stand", expect="weekbericht"),
        Example("Waarom kwam er geen weekbericht?", expect="weekbericht"),
        Example("Wat is er nieuw in Limburg?", expect="Limburg"),
        Example("Zet het weekbericht op maandag 9u", expect="weekbericht"),
    ),
    submit=submit,
    submit_right=Right.CONTRIBUTE,
    verbs={
        "more": Verb(Right.ASK, _more),
        "stop_own": Verb(Right.CONTRIBUTE, _stop_own),
        "send": Verb(Right.ASK, _send),
        "leave": Verb(Right.ASK, _leave),
    },
)
