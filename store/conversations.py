"""What a conversation goes on from for half an hour: "en in Gent?", "vertel meer over 2" (F50).

One row for each person in each conversation, the same for every replica. Of what was asked only
what may be kept; the rest is what Brug itself understood and showed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from store.privacy import SafeText
from store.records import Region
from store.tables import ConversationRow
from store.upsert import insert_or_replace

KEPT = timedelta(minutes=30)
"""How long somebody can go on from an answer (F50)."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The answer that somebody can go on from.

    Attributes:
        actor: Who: "person:3" or "slack:T1:U2".
        address: The conversation in which they asked; empty when the room does not say.
        at: When (UTC).
        feature: Which feature answered.
        words: What was asked; None when that may not be kept.
        entries: The numbers in the list, and the entries that they stand for.
        page: Which page of the list, from 0.
        total: How many there are on all pages.
        regions: The regions that were understood.
        places: The names in the gazetteer of the places that were understood.
        day: The day that was asked about; None for no day.
    """

    actor: str
    address: str
    at: datetime
    feature: str
    words: SafeText | None
    entries: tuple[tuple[int, int], ...] = ()
    page: int = 0
    total: int = 0
    regions: tuple[Region, ...] = ()
    places: tuple[str, ...] = ()
    day: date | None = None


class Conversations:
    """The part of the store that remembers what a conversation goes on from."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def of(self, actor: str, address: str, now: datetime) -> Conversation | None:
        """Return what somebody can go on from in a conversation, unless it is too long ago."""
        row = self._session.get(ConversationRow, (actor, address))
        if row is None or now - row.at > KEPT:
            return None
        return Conversation(
            row.actor,
            row.address,
            row.at,
            row.feature,
            None if row.words is None else SafeText(row.words),
            tuple((number, entry) for number, entry in row.entries),
            row.page,
            row.total,
            tuple(Region(slug) for slug in row.regions),
            tuple(row.places),
            row.day,
        )

    def keep(self, one: Conversation) -> None:
        """Keep what somebody can go on from; it replaces what it was."""
        self.keep_all([one])

    def keep_all(self, conversations: Sequence[Conversation]) -> None:
        """Keep what people can go on from, in one statement; in each the last one counts."""
        # In one order always: two replicas that write the same rows must not wait for each other.
        kept = {(one.actor, one.address): one for one in conversations}
        rows = [_row(kept[key]) for key in sorted(kept)]
        insert_or_replace(self._session, ConversationRow, rows)

    def forget_before(self, moment: datetime) -> int:
        """Forget what was answered before a moment, and return how many rows that were."""
        old = delete(ConversationRow).where(ConversationRow.at < moment)
        return len(self._session.scalars(old.returning(ConversationRow.actor)).all())

    def erase(self, actor: str) -> None:
        """Forget everything that somebody could go on from (F72)."""
        self._session.execute(delete(ConversationRow).where(ConversationRow.actor == actor))


def _row(one: Conversation) -> dict[str, object]:
    return {
        "actor": one.actor,
        "address": one.address,
        "at": one.at,
        "feature": one.feature,
        "words": one.words,
        "entries": [list(pair) for pair in one.entries],
        "page": one.page,
        "total": one.total,
        "regions": [region.value for region in one.regions],
        "places": list(one.places),
        "day": one.day,
    }
