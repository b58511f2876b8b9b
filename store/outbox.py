"""Letters that wait to be sent, at most one per key."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.records import Letter, LetterState
from store.tables import LetterRow
from store.upsert import insert_or_ignore


class Outbox:
    """The part of the store that holds letters until a courier took them."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def put(self, letter: Letter) -> bool:
        """Leave a letter to be sent, unless one with its key is there already.

        Returns:
            Whether this call was the one that wrote it.
        """
        return insert_or_ignore(
            self._session,
            LetterRow,
            key=letter.key,
            address=letter.address,
            body=letter.body,
            written_at=letter.written_at,
            state=LetterState.WAITING.value,
            next_at=letter.written_at,
        )

    def in_state(self, state: LetterState, limit: int = 100) -> Sequence[Letter]:
        """Return the letters in this state, the oldest first."""
        query = (
            select(LetterRow)
            .where(LetterRow.state == state.value)
            .order_by(LetterRow.written_at, LetterRow.key)
            .limit(limit)
        )
        return [
            Letter(row.key, row.address, row.body, row.written_at)
            for row in self._session.scalars(query)
        ]
