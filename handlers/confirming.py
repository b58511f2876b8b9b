"""Ask owners whether their entry still holds, and not too often (F15).

Whoever keeps the clock calls `write_request`; the courier brings the letters. Nobody gets more
than `store.confirmations.MOST_A_WEEK` requests in seven days, what is asked for most and was
confirmed longest ago first.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from handlers.describing import line, source_of
from handlers.letters import leave
from handlers.searching.understanding import OFFERINGS
from handlers.speech.answer import Answer, Button, Listing, Paragraph, Press, Weight
from handlers.speech.words import Words
from store import Transaction
from store.days import day_of
from store.directory import Offering


def write_request(owner: str, numbers: Sequence[int], tx: Transaction, now: datetime) -> bool:
    """Leave a letter for an owner who may be asked about these entries now.

    Only a person whom Brug knows has an address to bring a letter to; the others are left alone.
    They get one a day: whichever replica is first.

    Returns:
        Whether a letter was left in the outbox.
    """
    person = tx.people.by_email(owner)
    if person is None:
        return False
    page = partial(_request, tx.offerings.many(numbers), now)
    reader, day = f"person:{person.id}", day_of(now)
    written = leave(tx, f"confirm/{day}/{reader}", reader, page, now)
    if written:
        tx.confirmations.asked(owner, numbers, now)
    return written


def _request(asked: Sequence[Offering], now: datetime, words: Words) -> Answer:
    today = day_of(now)
    buttons: list[Button] = []
    for number, one in enumerate(asked, start=1):
        values = {"id": str(one.id)}
        still = words.plain("confirming.still_right", number=number, name=one.name)
        look = words.plain("confirming.look", number=number)
        buttons += [
            Button(still, Press(OFFERINGS.feature, "confirm", values), Weight.PRIMARY),
            Button(look, Press(OFFERINGS.feature, "card", values)),
        ]
    key = "confirming.one" if len(asked) == 1 else "confirming.some"
    return Answer(
        words.plain(key, total=len(asked)),
        (
            Listing(tuple(line(one, today, words) for one in asked), first=1),
            Paragraph(words.prose("confirming.how")),
        ),
        tuple(buttons),
        source_of(asked, words),
        feature=OFFERINGS.feature,
    )
