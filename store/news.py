"""What changed in the directory since somebody was told: new entries, changed status, no word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Text, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from store.confirmations import STALE
from store.directory import OfferingKind
from store.records import Region
from store.search.entry import Status
from store.tables import ServiceChangeRow, ServiceRow


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody was told: numbers only go up, in the order in which they become visible.

    Attributes:
        entry: The number of the newest entry of the directory.
        change: The number of the newest change of one.
    """

    entry: int
    change: int


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Entries of which nobody said lately that they still hold.

    Attributes:
        total: How many.
        oldest: The number of the entry of which that is longest ago.
        since: When somebody last said so (or when it was taken over).
    """

    total: int
    oldest: int
    since: date


class News:
    """The part of the store that tells changes of the directory from what was there."""

    def __init__(self, session: Session) -> None:
        """Read through this session."""
        self._session = session

    def mark(self) -> Mark:
        """Return how far the directory is now."""
        return Mark(
            self._session.scalar(select(func.max(ServiceRow.id))) or 0,
            self._session.scalar(select(func.max(ServiceChangeRow.id))) or 0,
        )

    def added(self, region: Region, kinds: Iterable[OfferingKind], after: int) -> list[int]:
        """Return the numbers of entries that are new since this number, for a region."""
        query = (
            select(ServiceRow.id)
            .where(ServiceRow.id > after, ServiceRow.status != Status.DEFUNCT)
            .where(ServiceRow.kind.in_([kind.value for kind in kinds]), _serves(region))
            .order_by(ServiceRow.id)
        )
        return list(self._session.scalars(query))

    def changed_status(self, region: Region, mark: Mark) -> list[tuple[int, Status]]:
        """Return entries with another status than at this mark, and which; new ones left out.

        What changed there and back is no change.
        """
        query = (
            select(
                ServiceChangeRow.service_id,
                ServiceChangeRow.old,
                ServiceRow.status,
            )
            .join(ServiceRow, ServiceRow.id == ServiceChangeRow.service_id)
            .where(ServiceChangeRow.id > mark.change, ServiceChangeRow.field == "status")
            .where(ServiceRow.id <= mark.entry, _serves(region))
            .order_by(ServiceChangeRow.id)
        )
        first: dict[int, tuple[str, str]] = {}
        for number, old, status in self._session.execute(query):
            first.setdefault(number, (old, status))
        return [(n, Status(status)) for n, (old, status) in first.items() if status != old]

    def unconfirmed(self, region: Region, today: date) -> Unconfirmed | None:
        """Return what in a region waits for a word that it still holds; None for nothing."""
        waiting = (
            ServiceRow.status != Status.DEFUNCT,
            or_(ServiceRow.assured_date.is_(None), ServiceRow.assured_date < today - STALE),
            _serves(region),
        )
        since = func.coalesce(ServiceRow.assured_date, ServiceRow.as_of)
        oldest = select(ServiceRow.id, since).where(*waiting).order_by(since, ServiceRow.id)
        found = self._session.execute(oldest.limit(1)).first()
        if found is None:
            return None
        total = self._session.scalar(select(func.count()).select_from(ServiceRow).where(*waiting))
        number, day = found
        return Unconfirmed(total or 0, number, day)


def _serves(region: Region) -> ColumnElement[bool]:
    """Return the condition that an entry serves a region: it names it, or names none."""
    names = type_coerce(ServiceRow.regions, Text)  # "antwerpen; limburg", as `Names` writes it
    within = literal("; ") + names + "; "
    return or_(names == "", within.contains(f"; {region.value}; "))
