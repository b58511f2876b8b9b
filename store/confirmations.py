"""Requests to confirm an entry: who to ask, and not too often (F15)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from store.days import day_of
from store.search.entry import Status
from store.tables import ConfirmationRequestRow, ServiceRow

A_WEEK = timedelta(days=7)

MOST_A_WEEK = 3
"""Requests that one person gets in seven days (F15)."""

REST = timedelta(days=90)
"""After a request, the same entry is left alone for this long."""

STALE = timedelta(days=180)
"""An entry that was confirmed longer ago than this is asked about."""


class Confirmations:
    """The part of the store that knows whom to ask for a confirmation."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def budget(self, owner_email: str, now: datetime) -> int:
        """Return how many requests somebody may still get this week."""
        asked = self._session.scalar(
            select(func.count()).where(
                ConfirmationRequestRow.owner_email == owner_email.lower(),
                ConfirmationRequestRow.asked_at > now - A_WEEK,
            )
        )
        return max(0, MOST_A_WEEK - (asked or 0))

    def due(self, now: datetime) -> dict[str, list[int]]:
        """Return which entries to ask about, by the address of their owner.

        What is asked for most and was confirmed longest ago comes first (asked for × age); nobody
        gets more than their budget, and no entry is asked about again within `REST`.
        """
        lately = select(ConfirmationRequestRow.service_id).where(
            ConfirmationRequestRow.asked_at > now - REST
        )
        query = select(
            ServiceRow.id,
            ServiceRow.owner_email,
            ServiceRow.assured_date,
            ServiceRow.as_of,
            ServiceRow.asked,
        ).where(
            ServiceRow.owner_email != "",
            ServiceRow.status != Status.DEFUNCT,
            ServiceRow.id.not_in(lately),
        )
        ordered: dict[str, list[tuple[float, int]]] = {}
        for number, owner, assured, as_of, asked in self._session.execute(query):
            age = day_of(now) - (assured or as_of)
            if assured is None or age > STALE:
                weight = (1 + asked) * max(1, age.days)
                ordered.setdefault(owner, []).append((-weight, number))
        return {
            owner: [number for _, number in sorted(waiting)[: self.budget(owner, now)]]
            for owner, waiting in sorted(ordered.items())
            if self.budget(owner, now)
        }

    def asked(self, owner_email: str, numbers: Sequence[int], now: datetime) -> None:
        """Remember that somebody was asked about these entries."""
        self._session.add_all(
            ConfirmationRequestRow(
                service_id=number, owner_email=owner_email.lower(), asked_at=now
            )
            for number in numbers
        )
        self._session.flush()

    def outdated(self, now: datetime) -> int:
        """Count the requests that no longer hold back another; nothing is changed."""
        old = ConfirmationRequestRow.asked_at < now - REST
        return self._session.scalar(select(func.count()).where(old)) or 0

    def forget_old(self, now: datetime) -> int:
        """Forget who was asked, once that no longer holds back another request.

        Returns:
            How many requests those were.
        """
        gone = (
            delete(ConfirmationRequestRow)
            .where(ConfirmationRequestRow.asked_at < now - REST)
            .returning(ConfirmationRequestRow.id)
        )
        return len(self._session.scalars(gone).all())
