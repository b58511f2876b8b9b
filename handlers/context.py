"""Everything that a handler may know besides the request."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.hearing.places import Places
from handlers.rights import Actor
from handlers.speech.words import Words
from store import Transaction
from store.days import BRUSSELS as BRUSSELS  # noqa: PLC0414 - the rest of Brug has it from here
from store.days import day_of


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one request.

    Attributes:
        tx: Everything that Brug keeps, in one transaction.
        words: Brug's phrases, in the language of who asks.
        now: The moment (UTC); handlers never ask the clock.
        actor: Who asks, and what they may do.
        places: The resolver of names of places.
        address: The conversation in which they ask, as letters call it; empty for none.
        central_mailbox: Where to write when nobody of any region is there; empty for none (F07).
    """

    tx: Transaction
    words: Words
    now: datetime
    actor: Actor
    places: Places
    central_mailbox: str = ""
    address: str = ""

    @property
    def today(self) -> date:
        """The day in Brussels."""
        return day_of(self.now)
