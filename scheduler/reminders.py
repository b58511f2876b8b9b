"""Remind coordinators of signals that wait too long for a first look (F29)."""

from datetime import datetime
from functools import partial

from handlers.context import BRUSSELS
from handlers.duo import duo
from handlers.letters import leave
from handlers.speech.answer import ASK, Answer, Button, Press
from handlers.speech.words import Words
from store import Store, Transaction
from store.signals import Signal


def remind(store: Store, now: datetime) -> int:
    """Write a letter to whoever stands for the region, once for each signal and person.

    Several replicas may do so at once: each letter has a key, and exists once.

    Returns:
        How many letters are new.
    """
    with store.begin() as tx:
        today = now.astimezone(BRUSSELS).date()
        return sum(_remind(signal, tx, now) for signal in tx.signals.waiting_too_long(today))


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
