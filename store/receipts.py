"""Platform events that were already seen: each has its effect once."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import TextClause, bindparam, delete, text
from sqlalchemy.orm import Session

from store.tables import ReceiptRow
from store.upsert import insert_or_ignore


class Receipts:
    """The part of the store that recognises what came before."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def first_time(self, key: str, now: datetime) -> bool:
        """Write down that an event was seen, and return whether it is the first time.

        Two replicas may ask at the same moment: one of them alone hears True.

        Args:
            key: What identifies the event ("slack:event:Ev0123").
            now: When (UTC).
        """
        return insert_or_ignore(self._session, ReceiptRow, key=key, seen_at=now)

    def first_times(self, events: Sequence[tuple[str, datetime]]) -> set[str]:
        """Write down that events were seen, and return the keys of those that are new.

        Args:
            events: Keys and moments (UTC), as `first_time` takes them; a key may come twice.
        """
        values: dict[str, object] = {}
        for number, (key, now) in enumerate(events):
            values |= {f"key{number}": key, f"seen{number}": now}
        # Past the ORM, that has nothing to add to it: this is done for every question.
        return set(self._session.connection().execute(_statement(len(events)), values).scalars())

    def forget_before(self, moment: datetime) -> int:
        """Forget what was seen before this moment (UTC), and return how many that were."""
        stale = delete(ReceiptRow).where(ReceiptRow.seen_at < moment).returning(ReceiptRow.key)
        return len(self._session.scalars(stale).all())


@cache
def _statement(size: int) -> TextClause:
    rows = ", ".join(f"(:key{number}, :seen{number})" for number in range(size))
    moment = ReceiptRow.__table__.c.seen_at.type
    return text(
        f"INSERT INTO receipt (key, seen_at) VALUES {rows} ON CONFLICT DO NOTHING RETURNING key"  # noqa: S608 - names of our own
    ).bindparams(*(bindparam(f"seen{number}", type_=moment) for number in range(size)))
