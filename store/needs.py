"""Questions that found nothing, without the person who asked (F16): half of supply and demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from store.days import day_of
from store.privacy import SafeText
from store.records import Region
from store.search.entry import Level
from store.tables import UnmetNeedRow

KEPT = timedelta(days=365)
"""How long Brug remembers the words of a question that found nothing."""


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """Something that was looked for and is not there.

    Attributes:
        day: The day on which it was asked for (Brussels).
        words: What was looked for; None when it pointed at a person, and so was not kept, or
            when it is too long ago.
        regions: Where; empty for everywhere or not said.
        levels: For which levels of education.
        minimum_age: For whom, in years; None when not said.
        maximum_age: The same.
        themes: About what.
        kinds: What sort of thing.
    """

    day: date
    words: SafeText | None = None
    regions: tuple[Region, ...] = ()
    levels: tuple[Level, ...] = ()
    minimum_age: float | None = None
    maximum_age: float | None = None
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Needs:
    """The part of the store that counts unanswered questions."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def add(self, need: UnmetNeed) -> None:
        """Count one. There is no column for who asked."""
        self._session.add(
            UnmetNeedRow(
                day=need.day,
                words=need.words or "",
                regions=[region.value for region in need.regions],
                levels=[level.value for level in need.levels],
                minimum_age=need.minimum_age,
                maximum_age=need.maximum_age,
                themes=list(need.themes),
                kinds=list(need.kinds),
            )
        )

    def between(self, first: date, last: date) -> Sequence[UnmetNeed]:
        """Return what was asked for in vain on these days, both included."""
        query = (
            select(UnmetNeedRow)
            .where(UnmetNeedRow.day >= first, UnmetNeedRow.day <= last)
            .order_by(UnmetNeedRow.day, UnmetNeedRow.id)
        )
        return [
            UnmetNeed(
                day=row.day,
                words=SafeText(row.words) if row.words else None,
                regions=tuple(map(Region, row.regions)),
                levels=tuple(map(Level, row.levels)),
                minimum_age=row.minimum_age,
                maximum_age=row.maximum_age,
                themes=tuple(row.themes),
                kinds=tuple(row.kinds),
            )
            for row in self._session.scalars(query)
        ]

    def outdated(self, now: datetime) -> int:
        """Count the questions whose words are older than `KEPT`; nothing is changed."""
        query = select(func.count()).select_from(UnmetNeedRow).where(*_old(now))
        return self._session.scalar(query) or 0

    def forget_old(self, now: datetime) -> int:
        """Forget words that are older than `KEPT`; where, for whom and about what still counts.

        Returns:
            Of how many questions.
        """
        gone = update(UnmetNeedRow).where(*_old(now)).values(words="").returning(UnmetNeedRow.id)
        return len(self._session.scalars(gone).all())


def _old(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return UnmetNeedRow.words != "", UnmetNeedRow.day < day_of(now - KEPT)
