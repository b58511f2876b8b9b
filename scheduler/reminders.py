"""Remind coordinators of signals that wait too long (F29), and channels of moments (F23)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from handlers.context import BRUSSELS
from handlers.describing import moment
from handlers.duo import duo
from handlers.letters import leave
from handlers.schooldays import is_public_holiday
from handlers.speech import pages
from handlers.speech.answer import ASK, Answer, Audience, Button, Link, Paragraph, Plain, Press
from handlers.speech.words import Words
from scheduler.apart import one_by_one
from store import Store, Transaction
from store.directory import Offering, OfferingKind, Session
from store.records import Letter, Subscription
from store.signals import Signal

AGENDA = "agenda"
"""The block of a digest that tells moments: who left it out wants no reminder either."""


def remind(store: Store, now: datetime) -> int:
    """Write a letter to whoever stands for the region, once for each signal and person.

    Several replicas may do so at once: each letter has a key, and exists once.

    Returns:
        How many letters are new.
    """
    today = now.astimezone(BRUSSELS).date()
    with store.read() as tx:
        waiting = tx.signals.waiting_too_long(today)

    def tell(number: int) -> int:
        with store.begin() as tx:
            signal = tx.signals.get(number)
            if signal is None or signal.looked_at or signal.merged_into or signal.withdrawn:
                return 0  # just now
            return _remind(signal, tx, now)

    return one_by_one("first look", waiting, tell)


def _remind(signal: Signal, tx: Transaction, now: datetime) -> int:
    today = now.astimezone(BRUSSELS).date()
    found = duo(signal.region, today, tx.coverage.assignments(today), tx.coverage.absences(today))
    people = {standing.person.id for standing in found.standing}
    return sum(
        leave(tx, f"look/{signal.number}/{who}", f"person:{who}", partial(_letter, signal), now)
        for who in sorted(people)
    )


def _letter(signal: Signal, words: Words) -> Answer:
    show = Press("", ASK, {"words": f"/signaal {signal.number}"})
    return Answer(
        words.plain("signals.reminder", number=signal.number, day=words.date(signal.look_by)),
        buttons=(Button(words.plain("signals.button_show"), show),),
        feature="signals",
        data={"number": signal.number},
    )


def remind_of_moments(store: Store, now: datetime) -> int:
    """Remind each channel, once, of a moment in its region: on the working day before it.

    A channel belongs to the region of its digest. One that rests, or that left the agenda out of
    its digest, hears nothing.

    Returns:
        How many letters are new.
    """
    today = now.astimezone(BRUSSELS).date()
    with store.begin() as tx:
        channels = [
            one
            for one in tx.digests.active()
            if (not one.blocks or AGENDA in one.blocks)
            and (one.paused_until is None or one.paused_until <= today)
        ]
        if not channels:
            return 0
        near = [
            (one, session)
            for one in tx.offerings.taking_place((OfferingKind.MOMENT,), now)
            for session in one.sessions
            if session.begins > now and _day_of(session) <= _next_working_day(today)
        ]
        return sum(
            tx.outbox.put(letter)
            for channel in channels
            for letter in _reminders(channel, near, now)
        )


def _reminders(
    channel: Subscription, near: list[tuple[Offering, Session]], now: datetime
) -> Iterator[Letter]:
    words = Words(channel.language)
    for one, session in near:
        if one.regions and channel.region not in one.regions:
            continue
        place = session.place or words.all_of(one.locations[:2])
        facts = [one.organization, place, words.plain("searching.marked_invented")]
        said = " · ".join(fact for fact in facts[: 2 + one.invented] if fact)
        link = (Plain(" · " if said else ""), Link(words.plain("digests.read_on"), one.url))
        parts = (Plain(said), *(link if one.url else ()))
        take = Press("moments", "ics", {"id": str(one.id)})
        answer = Answer(
            words.plain(
                "digests.reminder", name=one.name, when=moment(Session(session.begins), words)
            ),
            (Paragraph(parts),) if said or one.url else (),
            (Button(words.plain("cards.ics"), take),),
            audience=Audience.CHANNEL,
            feature="moments",
            data={"id": one.id, "begins": session.begins.isoformat()},
        )
        yield Letter(
            f"moment/{one.id}/{session.begins:%Y%m%dT%H%M}/{channel.address}",
            channel.address,
            pages.write(answer),
            now,
            owner=channel.owner,
            expires_at=session.begins,
            language=channel.language,
        )


def _day_of(session: Session) -> date:
    return session.begins.astimezone(BRUSSELS).date()


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= 5 or is_public_holiday(day):  # noqa: PLR2004 - Saturday
        day += timedelta(days=1)
    return day
