"""How a digest's settings and history are said, and the form that asks for them."""

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Context
from handlers.digesting.blocks import BLOCKS
from handlers.digesting.free_days import why_free
from handlers.digesting.slots import local_day, next_slot
from handlers.rights import Right, Role, authorize
from handlers.speech.answer import Prose
from handlers.speech.form import ChoiceField, Form, TextField
from handlers.speech.words import Words
from store.outbox import IN_DOUBT, LEFT
from store.records import Issue, LetterState, Region, Silence, Subscription


def is_own(address: str, context: Context) -> bool:
    """Whether a digest goes to who asks, and to nobody else (F45)."""
    return address in {context.actor.key, context.actor.user}


_DAY_NAMES = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def _clock(subscription: Subscription) -> str:
    return (
        f"{subscription.hour}u{subscription.minute:02d}"
        if subscription.minute
        else f"{subscription.hour}u"
    )


def when(subscription: Subscription, words: Words) -> str:
    """Return when it comes: "elke maandag om 9:00"."""
    return moment_of(subscription.weekday, subscription.hour, subscription.minute, words)


def moment_of(weekday: int, hour: int, minute: int, words: Words) -> str:
    """Return "elke maandag om 9:00"; 0 is Monday."""
    day = _DAY_NAMES[words.language][weekday]
    return words.plain("digests.when", day=day, clock=f"{hour}:{minute:02d}")


def next_moment(subscription: Subscription, context: Context) -> str:
    """Return the day on which it comes next: "maandag 30 november 2026"."""
    due = next_due(subscription, context)
    return f"{_DAY_NAMES[context.words.language][subscription.weekday]} " + context.words.date(
        local_day(due)
    )


def next_due(subscription: Subscription, context: Context) -> datetime:
    """Return when it comes next (UTC): pauses and free days are passed over."""
    due = next_slot(subscription, context.now)
    while _stays_away(subscription, due) is not None:
        due = next_slot(subscription, due)
    return due


def passed_over(subscription: Subscription, context: Context) -> Sequence[Prose]:
    """Return why it stays away on the days before it comes next, a line each."""
    words, lines = context.words, list[Prose]()
    due, comes = next_slot(subscription, context.now), next_due(subscription, context)
    while due < comes and len(lines) < MOST_PASSED_OVER:
        away = _stays_away(subscription, due)
        if away is not None and away in _AHEAD:
            lines.append(words.prose(_AHEAD[away], day=words.date(local_day(due))))
        due = next_slot(subscription, due)
    return lines


def _stays_away(subscription: Subscription, due: datetime) -> Silence | None:
    day = local_day(due)
    if subscription.paused_until is not None and day < subscription.paused_until:
        return Silence.PAUSED
    return None if subscription.in_holidays else why_free(day)


def issue_line(issue: Issue, words: Words) -> Prose:
    """Return what became of one digest, as a sentence."""
    day = words.date(local_day(issue.due_at))
    if issue.silence is not None:
        return words.prose(_SILENCES[issue.silence], day=day)
    state = issue.state or LetterState.WAITING
    key = "digests.letter_left" if issue.reason == LEFT else _STATES[state]
    if state is LetterState.HELD and issue.reason not in IN_DOUBT:
        key = "digests.letter_not_taken"
    return words.prose(key, day=day, reason=issue.reason)


MOST_PASSED_OVER = 3
"""Days on which it stays away that are named: the summer holds nine."""

_AHEAD = {
    Silence.SCHOOL_HOLIDAY: "digests.ahead_school_holiday",
    Silence.PUBLIC_HOLIDAY: "digests.ahead_public_holiday",
}


_SILENCES = {
    Silence.EMPTY: "digests.silence_empty",
    Silence.SCHOOL_HOLIDAY: "digests.silence_school_holiday",
    Silence.PUBLIC_HOLIDAY: "digests.silence_public_holiday",
    Silence.PAUSED: "digests.silence_paused",
    Silence.MISSED: "digests.silence_missed",
}
_STATES = {
    LetterState.WAITING: "digests.letter_waiting",
    LetterState.SENDING: "digests.letter_waiting",
    LetterState.RECOVERING: "digests.letter_recovering",
    LetterState.SENT: "digests.letter_sent",
    LetterState.HELD: "digests.letter_held",
    LetterState.REFUSED: "digests.letter_refused",
}


def settings_form(
    context: Context, existing: Subscription | None, wanted: Subscription | None
) -> Form:
    """Return the form for a channel's digest, with what is known filled in.

    Args:
        context: Who asks, and where.
        existing: What is set now.
        wanted: What they asked for so far.

    Raises:
        NotAllowed: If there is no region whose digest they may set.
    """
    own = is_own(context.address, context)
    authorize(context.actor, Right.CONTRIBUTE if own else Right.SET_DIGEST)
    words, shown = context.words, wanted or existing
    everywhere = own or context.actor.role is Role.STEWARD
    regions = [r for r in Region if everywhere or r in context.actor.regions]
    region = existing.region if existing else None
    days = _DAY_NAMES[words.language]
    return Form(
        feature="digests",
        title=words.plain("digests.form_title"),
        submit=words.plain("digests.form_submit"),
        fields=(
            ChoiceField(
                "region",
                words.plain("digests.field_region"),
                tuple((r.value, r.label) for r in regions),
                initial=(region.value,) if region in regions and region else (),
            ),
            ChoiceField(
                "day",
                words.plain("digests.field_day"),
                tuple((str(number), name) for number, name in enumerate(days)),
                initial=(str(shown.weekday if shown else 0),),
            ),
            TextField(
                "time",
                words.plain("digests.field_time"),
                max_length=10,
                initial=_clock(shown) if shown else "9u",
            ),
            ChoiceField(
                "blocks",
                words.plain("digests.field_blocks"),
                tuple((b.name, words.plain(f"digests.block_{b.name}")) for b in BLOCKS),
                required=False,
                several=True,
                initial=(shown.blocks if shown else ()) or tuple(b.name for b in BLOCKS),
            ),
            ChoiceField(
                "language",
                words.plain("digests.field_language"),
                (("nl", "Nederlands"), ("fr", "Français"), ("en", "English")),
                initial=(shown.language if shown else words.language,),
            ),
            ChoiceField(
                "holidays",
                words.plain("digests.field_holidays"),
                (
                    ("no", words.plain("digests.holidays_no")),
                    ("yes", words.plain("digests.holidays_yes")),
                ),
                initial=("yes" if shown and shown.in_holidays else "no",),
            ),
        ),
        state={"address": context.address},
    )
