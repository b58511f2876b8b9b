"""Letters that nobody may keep any more: to whom they were, what they were about."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from store.records import LetterState
from store.tables import LetterRow

ON_ITS_WAY = (LetterState.SENDING.value, LetterState.RECOVERING.value)
"""States of a letter that the courier may have to find again: it is left where it is."""


def forget_letters(
    session: Session, about: str, addresses: Collection[str], before: datetime | None = None
) -> None:
    """Forget the letters about something to these addresses, but for those on their way.

    What is on its way now goes the next time, or when old letters are emptied.

    Args:
        session: Where to.
        about: How their keys begin: "follow/".
        addresses: To whom they were.
        before: Only what was written before this moment (UTC); None for all.
    """
    letters = delete(LetterRow).where(
        LetterRow.key.startswith(about, autoescape=True),
        LetterRow.address.in_(addresses),
        LetterRow.state.not_in(ON_ITS_WAY),
    )
    if before is not None:
        letters = letters.where(LetterRow.written_at < before)
    session.execute(letters)
