"""Searches that people follow: they hear when something appears (F17)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.letters import forget_letters
from store.privacy import SafeText
from store.tables import FollowRow

KEPT = timedelta(days=30)
"""How long Brug remembers what somebody no longer follows."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Somebody who wants to hear of something.

    Attributes:
        id: The number of the row.
        follower: Who: "person:3" or "slack:T1:U2"; also where letters go.
        words: The search.
        language: In which language to write.
        begun_at: Since when (UTC).
        revision: Up to which revision of the directory they were told.
    """

    id: int
    follower: str
    words: SafeText
    language: str
    begun_at: datetime
    revision: int


class Follows:
    """The part of the store that knows who follows what."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def begin(
        self, follower: str, words: SafeText, language: str, *, revision: int, at: datetime
    ) -> bool:
        """Follow a search from this revision of the directory on.

        Returns:
            Whether this was new.
        """
        if any(one.words == words for one in self.of(follower)):
            return False
        row = FollowRow(
            follower=follower,
            words=words,
            language=language,
            begun_at=at,
            ended_at=None,
            revision=revision,
        )
        self._session.add(row)
        self._session.flush()
        self._audit.note(at, follower, "follow.begin", f"follow:{row.id}")
        return True

    def end(self, number: int, follower: str, at: datetime) -> bool:
        """Stop following, and return whether this follower followed it until now."""
        ended = self._session.execute(
            update(FollowRow)
            .where(
                FollowRow.id == number,
                FollowRow.follower == follower,
                FollowRow.ended_at.is_(None),
            )
            .values(ended_at=at)
            .returning(FollowRow.id)
        ).first()
        if ended is not None:
            self._audit.note(at, follower, "follow.end", f"follow:{number}")
        return ended is not None

    def erase(self, follower: str, at: datetime) -> int:
        """Forget what somebody followed or ever did, and the letters about it (F72).

        Returns:
            How many searches that were.
        """
        forget_letters(self._session, "follow/", [follower])
        gone = self._session.scalars(
            delete(FollowRow).where(FollowRow.follower == follower).returning(FollowRow.id)
        ).all()
        for number in sorted(gone):
            # The record of the deletion says that it happened, never about whom.
            self._audit.note(at, "follower", "follow.forget", f"follow:{number}")
        return len(gone)

    def outdated(self, now: datetime) -> int:
        """Count the follows that ended too long ago; nothing is changed."""
        query = select(func.count()).select_from(FollowRow).where(*_old(now))
        return self._session.scalar(query) or 0

    def forget_old(self, now: datetime) -> int:
        """Forget who followed what, once that ended longer than `KEPT` ago.

        A number without a person and words stays: SQLite would give a free one again, and old
        letters carry it.

        Returns:
            How many follows those were.
        """
        gone = self._session.scalars(
            update(FollowRow)
            .where(*_old(now))
            .values(follower="", words="")
            .returning(FollowRow.id)
        ).all()
        for number in sorted(gone):
            self._audit.note(now, "system", "follow.forget", f"follow:{number}")
        return len(gone)

    def count(self, followers: Collection[str]) -> int:
        """Count what these followed, also what they no longer do (access, F72)."""
        query = select(func.count()).where(FollowRow.follower.in_(followers))
        return self._session.scalar(query) or 0

    def of(self, follower: str) -> Sequence[Follow]:
        """Return what somebody follows, the first begun first."""
        return self._read(FollowRow.follower == follower)

    def due(self, revision: int) -> Sequence[Follow]:
        """Return the follows that were told of less than this revision of the directory."""
        return self._read(FollowRow.revision < revision)

    def told(self, follow: Follow, revision: int) -> bool:
        """Remember up to which revision somebody was told.

        Returns:
            Whether they still follow, and were not told of anything since `follow` was read.
        """
        done = self._session.scalar(
            update(FollowRow)
            .where(
                FollowRow.id == follow.id,
                FollowRow.revision == follow.revision,
                FollowRow.ended_at.is_(None),
            )
            .values(revision=revision)
            .returning(FollowRow.id)
        )
        return done is not None

    def _read(self, *conditions: object) -> Sequence[Follow]:
        query = (
            select(FollowRow)
            .where(FollowRow.ended_at.is_(None), *conditions)  # pyright: ignore[reportArgumentType]
            .order_by(FollowRow.id)
        )
        return [
            Follow(
                row.id, row.follower, SafeText(row.words), row.language, row.begun_at, row.revision
            )
            for row in self._session.scalars(query)
        ]


def _old(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return FollowRow.follower != "", FollowRow.ended_at < now - KEPT
