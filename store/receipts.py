"""Platform events that were already seen: each has its effect once."""

from datetime import datetime

from sqlalchemy import delete
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

    def forget_before(self, moment: datetime) -> int:
        """Forget what was seen before this moment (UTC), and return how many that were."""
        stale = delete(ReceiptRow).where(ReceiptRow.seen_at < moment).returning(ReceiptRow.key)
        return len(self._session.scalars(stale).all())
