"""Channels that get a digest, and what became of each digest: a letter, or a silence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.letters import forget_letters
from store.records import Issue, LetterState, Region, Silence, Subscription
from store.tables import IssueRow, LetterRow, SubscriptionRow
from store.upsert import insert_or_ignore

Known = Mapping[str, Mapping[str, str]]
"""Per block of a digest, what was true when it was composed, by a key of the block's own."""


@dataclass(frozen=True, slots=True)
class Told:
    """The last digest that certainly arrived.

    Attributes:
        known: What was true when it was composed.
        written_at: When that was (UTC).
    """

    known: Known
    written_at: datetime


class Digests:
    """The part of the store that knows who gets a digest, and what each was."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def at(self, address: str) -> Subscription | None:
        """Return the digest of a channel, an ended one too; None if it never had one."""
        row = self._row(address)
        return _subscription(row) if row else None

    def active(self) -> Sequence[Subscription]:
        """Return every digest that comes, paused ones too."""
        query = select(SubscriptionRow).where(SubscriptionRow.ended == "")
        return [_subscription(row) for row in self._session.scalars(query.order_by("id"))]

    def keep(self, wanted: Subscription, now: datetime, actor: str) -> Subscription:
        """Set the digest of a channel: a channel has one, so this changes the one that it has.

        Args:
            wanted: What to keep; its `id` and `set_at` are not looked at.
            now: The moment (UTC).
            actor: Who does it.
        """
        row = self._row(wanted.address)
        if row is None:
            row = SubscriptionRow(address=wanted.address)
            self._session.add(row)
        row.region, row.weekday = wanted.region.value, wanted.weekday
        row.hour, row.minute, row.language = wanted.hour, wanted.minute, wanted.language
        row.blocks, row.in_holidays = list(wanted.blocks), wanted.in_holidays
        row.owner, row.paused_until, row.ended = wanted.owner, wanted.paused_until, wanted.ended
        row.set_at = now
        self._session.flush()
        self._audit.note(now, actor, "digest.set", f"subscription:{row.id}")
        return _subscription(row)

    def pause(self, address: str, until: date | None, now: datetime, actor: str) -> None:
        """Let a digest rest until this day; None lets it come again."""
        row = self._row(address)
        if row is not None:
            row.paused_until = until
            verb = "digest.pause" if until else "digest.resume"
            self._audit.note(now, actor, verb, f"subscription:{row.id}")

    def end(self, address: str, now: datetime, actor: str) -> None:
        """Let a digest come no more."""
        row = self._row(address)
        if row is not None:
            row.ended = "asked"
            self._audit.note(now, actor, "digest.stop", f"subscription:{row.id}")

    def erase(self, address: str, now: datetime) -> bool:
        """Forget the digest of somebody's own, and the letters that brought it (F72).

        Args:
            address: Their key, which is the address of a digest of their own.
            now: The moment (UTC).

        Returns:
            Whether there was one.
        """
        row = self._row(address)
        if row is None:
            return False
        forget_letters(self._session, "digest/", [address])
        self._session.execute(delete(IssueRow).where(IssueRow.subscription_id == row.id))
        # The record of the deletion says that it happened, never about whom.
        self._audit.note(now, "reporter", "digest.forget", f"subscription:{row.id}")
        self._session.delete(row)
        self._session.flush()
        return True

    def stop_address(self, address: str, reason: str) -> None:
        """Let a digest come no more because its platform said no for good."""
        self._session.execute(
            update(SubscriptionRow)
            .where(SubscriptionRow.address == address, SubscriptionRow.ended == "")
            .values(ended=reason)
        )

    def issued(self, since: datetime, one: Subscription | None = None) -> set[tuple[int, str]]:
        """Return of which digests it is known what became of them, as (subscription, slot).

        Args:
            since: Those that were written down from this moment on (UTC).
            one: Of this subscription alone; None for all.
        """
        query = select(IssueRow.subscription_id, IssueRow.slot).where(IssueRow.written_at >= since)
        if one is not None:
            query = query.where(IssueRow.subscription_id == one.id)
        return {(number, slot) for number, slot in self._session.execute(query)}

    def issue_letter(  # noqa: PLR0913, PLR0917 - one row
        self,
        subscription: Subscription,
        slot: str,
        due_at: datetime,
        now: datetime,
        letter: str,
        known: Known,
    ) -> bool:
        """Write down that a letter was written; False if this one was known already."""
        return self._issue(subscription, slot, due_at, now, letter=letter, known=known)

    def keep_silent(
        self,
        subscription: Subscription,
        slot: str,
        due_at: datetime,
        now: datetime,
        silence: Silence,
    ) -> bool:
        """Write down why no digest comes; False if this one was known already."""
        return self._issue(subscription, slot, due_at, now, silence=silence.value)

    def missed(self, letter: str) -> None:
        """Write down that a letter was left out after all: the next one tells what it held."""
        self._session.execute(
            update(IssueRow)
            .where(IssueRow.letter == letter)
            .values(silence=Silence.MISSED.value, letter="")
        )

    def told(self, subscription: Subscription) -> Told | None:
        """Return what the last digest knew that certainly arrived; None if there is none."""
        query = (
            select(IssueRow)
            .join(LetterRow, LetterRow.key == IssueRow.letter)
            .where(IssueRow.subscription_id == subscription.id)
            .where(LetterRow.state == LetterState.SENT.value)
            .order_by(IssueRow.written_at.desc())
            .limit(1)
        )
        row = self._session.scalar(query)
        return Told(row.known, row.written_at) if row else None

    def last_told(self) -> set[str]:
        """Return the keys of the letters that `told` rests on: one per digest."""
        latest = (
            select(IssueRow.subscription_id, func.max(IssueRow.written_at).label("at"))
            .join(LetterRow, LetterRow.key == IssueRow.letter)
            .where(LetterRow.state == LetterState.SENT.value)
            .group_by(IssueRow.subscription_id)
            .subquery()
        )
        query = select(IssueRow.letter).join(
            latest,
            (latest.c.subscription_id == IssueRow.subscription_id)
            & (latest.c.at == IssueRow.written_at),
        )
        return set(self._session.scalars(query)) - {""}

    def forget(self, before: datetime, keep: Collection[str]) -> None:
        """Forget what became of digests before a moment (UTC), those with these letters aside."""
        self._session.execute(
            delete(IssueRow).where(IssueRow.written_at < before, IssueRow.letter.not_in(keep))
        )

    def issues(self, subscription: Subscription, limit: int = 5) -> Sequence[Issue]:
        """Return what became of the last digests, the newest first."""
        query = (
            select(IssueRow, LetterRow.state, LetterRow.reason)
            .outerjoin(LetterRow, LetterRow.key == IssueRow.letter)
            .where(IssueRow.subscription_id == subscription.id)
            .order_by(IssueRow.due_at.desc(), IssueRow.slot)
            .limit(limit)
        )
        return [
            Issue(
                row.slot,
                row.due_at,
                row.letter,
                LetterState(state) if state else None,
                Silence(row.silence) if row.silence else None,
                reason or "",
            )
            for row, state, reason in self._session.execute(query)
        ]

    def of_letter(self, letter: str) -> Subscription | None:
        """Return the digest that a letter belongs to; None for other letters."""
        query = (
            select(SubscriptionRow)
            .join(IssueRow, IssueRow.subscription_id == SubscriptionRow.id)
            .where(IssueRow.letter == letter)
        )
        row = self._session.scalar(query)
        return _subscription(row) if row else None

    def _row(self, address: str) -> SubscriptionRow | None:
        query = select(SubscriptionRow).where(SubscriptionRow.address == address)
        return self._session.scalar(query)

    def _issue(  # noqa: PLR0913 - one row
        self,
        subscription: Subscription,
        slot: str,
        due_at: datetime,
        now: datetime,
        *,
        letter: str = "",
        silence: str = "",
        known: Known | None = None,
    ) -> bool:
        return insert_or_ignore(
            self._session,
            IssueRow,
            subscription_id=subscription.id,
            slot=slot,
            due_at=due_at,
            written_at=now,
            letter=letter,
            silence=silence,
            known=known or {},
        )


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(
        id=row.id,
        address=row.address,
        region=Region(row.region),
        weekday=row.weekday,
        hour=row.hour,
        minute=row.minute,
        language=row.language,
        blocks=tuple(row.blocks),
        in_holidays=row.in_holidays,
        owner=row.owner,
        paused_until=row.paused_until,
        ended=row.ended,
        set_at=row.set_at,
    )
