"""Letters that wait to be sent, at most one per key, and how far each has come.

The states and who moves a letter between them are told in `scheduler/post.py`; here they only lie
in the database. A letter that nobody has to look at again has no `next_at`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, bindparam, delete, func, select, tuple_, union_all, update
from sqlalchemy.orm import Session

from store.records import Letter, LetterState, Pace, Progress
from store.tables import AddressRow, LaneRow, LetterRow, Moment, RestoreRow
from store.upsert import insert_or_ignore

UNCERTAIN = (LetterState.WAITING, LetterState.SENDING, LetterState.RECOVERING)
"""States in which a copy of the database may not know that a letter went out since."""

_WORK = tuple(s.value for s in (LetterState.WAITING, LetterState.SENDING, LetterState.SENT))
_RECOVERING = LetterState.RECOVERING.value

AFTERMATH = timedelta(days=7)
"""How long after a restore a letter is written again that the copy had not seen go out."""

OLDEST_COPY = timedelta(days=30)
"""How old a copy that is put back may be, for letters that do not say when they can have gone."""

LEFT = "left"
"""The reason of a letter that its owner decided not to send."""

IN_DOUBT = frozenset({"cannot_look", "no_luck"})
"""The reasons of a held letter that may be there; for every other reason it certainly is not."""

_PAGE = 100
"""Letters in doubt that are looked through at a time for one whose quiet time is over."""


_LANE, _NOW = bindparam("lane", type_=String), bindparam("now", type_=Moment)
_FIRST_OF_EACH_STATE = union_all(
    *(
        select(
            select(LetterRow.state, LetterRow.next_at, LetterRow.key)
            .where(LetterRow.lane == _LANE, LetterRow.state == state, LetterRow.next_at <= _NOW)
            .order_by(LetterRow.next_at, LetterRow.key)
            .limit(1)
            .subquery()
        )
        for state in _WORK
    )
)
"""Each state apart, so that the index gives its first row at once, however many wait behind it."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What there is to do, and when.

    Attributes:
        due: The letter to take care of now, locked for this transaction; None for none.
        free_at: When the first workspace that has letters due takes its next one (UTC); None
            when no letter waits for its workspace.
    """

    due: Progress | None = None
    free_at: datetime | None = None


class Outbox:
    """The part of the store that holds letters until a courier took them."""

    def __init__(self, session: Session) -> None:
        """Read and write through this session."""
        self._session = session

    def put(self, letter: Letter) -> bool:
        """Leave a letter to be sent, unless one with its key is there already.

        A letter that may have gone out before a backup was put back begins in doubt.

        Returns:
            Whether this call was the one that wrote it.
        """
        earliest, in_doubt = letter.earliest or letter.written_at, False
        restored_at = self._session.scalar(select(func.max(RestoreRow.at)))
        if restored_at is not None and letter.earliest is not None:
            in_doubt = letter.earliest <= restored_at
        elif restored_at is not None and letter.written_at <= restored_at + AFTERMATH:
            earliest, in_doubt = restored_at - OLDEST_COPY, True
        lane = lane_of(letter.address)
        written = insert_or_ignore(
            self._session,
            LetterRow,
            key=letter.key,
            address=letter.address,
            lane=lane,
            body=letter.body,
            language=letter.language,
            owner=letter.owner,
            written_at=letter.written_at,
            earliest=earliest,
            expires_at=letter.expires_at,
            state=(LetterState.RECOVERING if in_doubt else LetterState.WAITING).value,
            attempts=1 if in_doubt else 0,
            next_at=letter.written_at,
            doubted_at=letter.written_at if in_doubt else None,
            reference="",
            reason="",
        )
        if written:
            insert_or_ignore(self._session, LaneRow, name=lane, free_at=letter.written_at)
        return written

    def in_state(self, state: LetterState, limit: int = 100) -> Sequence[Letter]:
        """Return the letters in this state, the oldest first."""
        query = (
            select(LetterRow)
            .where(LetterRow.state == state.value)
            .order_by(LetterRow.written_at, LetterRow.key)
            .limit(limit)
        )
        return [_letter(row) for row in self._session.scalars(query)]

    def progress(self, key: str) -> Progress | None:
        """Return how far a letter has come; None if there is no such letter."""
        row = self._session.get(LetterRow, key)
        return _progress(row) if row else None

    def uncertain(self) -> Sequence[tuple[str, int]]:
        """Return key and number of attempts of every letter that is *recovering*."""
        query = select(LetterRow.key, LetterRow.attempts).where(
            LetterRow.state == LetterState.RECOVERING.value
        )
        return [(key, attempts) for key, attempts in self._session.execute(query)]

    def next(
        self, platforms: Collection[str], ripe: Collection[str], now: datetime, pace: Pace
    ) -> Outlook:
        """Find the next letter to take care of, lock its row, and take a turn in its workspace.

        Rows that another replica has locked are passed over.

        Args:
            platforms: The first words of the addresses that this process can bring letters to.
            ripe: Keys of letters that are *recovering* and may be looked for now.
            now: The moment (UTC).
            pace: How fast letters may follow each other.
        """
        first_free: datetime | None = None
        lanes = self._session.execute(select(LaneRow.name, LaneRow.free_at).order_by("free_at"))
        for lane, free_at in lanes.all():
            if lane.partition(":")[0] not in platforms:
                continue
            if free_at > now:
                if first_free is None and self._first(lane, ripe, now, lock=False):
                    first_free = free_at
                continue
            found = self._due_in(lane, ripe, now, pace)
            if isinstance(found, Progress):
                return Outlook(due=found)
            first_free = first_free or found
        return Outlook(free_at=first_free)

    def _due_in(
        self, lane: str, ripe: Collection[str], now: datetime, pace: Pace
    ) -> Progress | datetime | None:
        """Return a letter, or when the workspace takes its next one, or None for no letter."""
        while (row := self._first(lane, ripe, now, lock=True)) is not None:
            address = self._session.get(AddressRow, row.address)
            if address is not None and address.free_at > now:
                row.next_at = address.free_at
                self._session.flush()
                continue
            # Of two replicas that saw the same free workspace, one alone gets this turn.
            turn = (
                update(LaneRow)
                .where(LaneRow.name == lane, LaneRow.free_at <= now)
                .values(free_at=now + timedelta(seconds=pace.lane))
            )
            if pace.lane and not self._session.execute(turn.returning(LaneRow.name)).first():
                return now + timedelta(seconds=pace.lane)
            if pace.address:
                free_at = now + timedelta(seconds=pace.address)
                if address is None:
                    insert_or_ignore(self._session, AddressRow, name=row.address, free_at=free_at)
                else:
                    address.free_at = free_at
            return _progress(row)
        return None

    def _first(
        self, lane: str, ripe: Collection[str], now: datetime, *, lock: bool
    ) -> LetterRow | None:
        """Return the letter of a workspace that is due longest; None if there is none."""
        rows = self._session.execute(_FIRST_OF_EACH_STATE, {"lane": lane, "now": now})
        found = [(next_at, key, state) for state, next_at, key in rows]
        found += [(*one, _RECOVERING) for one in self._first_ripe(lane, ripe, now)]
        for _, key, state in sorted(found):
            query = select(LetterRow).where(LetterRow.lane == lane, LetterRow.next_at <= now)
            query = query.where(LetterRow.state == state)
            if state == _RECOVERING:
                query = query.where(LetterRow.key == key)
            query = query.order_by(LetterRow.next_at, LetterRow.key).limit(1)
            if lock:
                query = query.with_for_update(skip_locked=True)
            # Another replica may hold the row that we saw: the next one of its state, then.
            if (row := self._session.scalar(query)) is not None:
                return row
        return None

    def _first_ripe(
        self, lane: str, ripe: Collection[str], now: datetime
    ) -> list[tuple[datetime, str]]:
        """Return the first letter in doubt that may be looked for, as a list of one, or none."""
        after: tuple[datetime, str] | None = None
        while ripe:
            query = (
                select(LetterRow.next_at, LetterRow.key)
                .where(LetterRow.lane == lane, LetterRow.state == _RECOVERING)
                .where(LetterRow.next_at <= now)
                .order_by(LetterRow.next_at, LetterRow.key)
                .limit(_PAGE)
            )
            if after is not None:
                query = query.where(tuple_(LetterRow.next_at, LetterRow.key) > after)
            rows = self._session.execute(query)
            page = [(next_at, key) for next_at, key in rows if next_at is not None]
            if found := [one for one in page if one[1] in ripe][:1]:
                return found
            if len(page) < _PAGE:
                break
            after = page[-1]
        return []

    def postpone(self, key: str, until: datetime) -> None:
        """Let nobody look at a letter before this moment (UTC)."""
        self._session.execute(update(LetterRow).where(LetterRow.key == key).values(next_at=until))

    def slow_down(self, address: str, until: datetime) -> None:
        """Let a whole workspace wait until this moment (UTC): it said that it has enough."""
        self._session.execute(
            update(LaneRow)
            .where(LaneRow.name == lane_of(address), LaneRow.free_at < until)
            .values(free_at=until)
        )

    def set_out(self, key: str, *, attempt: int, look_at: datetime) -> bool:
        """Write down that this attempt to send begins; others look at it again after a while.

        Args:
            key: Which letter.
            attempt: The number of this attempt, one more than before.
            look_at: When others may ask whether its owner is gone (UTC).

        Returns:
            False if somebody else set out meanwhile.
        """
        return self._move(
            key,
            attempt - 1,
            (LetterState.WAITING, LetterState.RECOVERING),
            state=LetterState.SENDING.value,
            attempts=attempt,
            next_at=look_at,
        )

    def back_to_waiting(self, key: str, attempt: int, until: datetime) -> bool:
        """Take an attempt back that certainly sent nothing; False if it is not the last one."""
        return self._move(
            key,
            attempt,
            (LetterState.SENDING,),
            state=LetterState.WAITING.value,
            next_at=until,
        )

    def doubt(self, key: str, attempt: int, now: datetime, look_at: datetime) -> bool:
        """Write down that an attempt may have arrived; False if it is not the last one."""
        return self._move(
            key,
            attempt,
            (LetterState.SENDING, LetterState.RECOVERING),
            state=LetterState.RECOVERING.value,
            next_at=look_at,
            doubted_at=func.coalesce(LetterRow.doubted_at, now),
        )

    def sent(self, key: str, reference: str, now: datetime, look_at: datetime | None) -> None:
        """Write down that a letter is there, whoever brought it.

        Args:
            key: Which letter.
            reference: The platform's reference of the message.
            now: The moment (UTC).
            look_at: When to look whether it is there twice (UTC); None for never.
        """
        row = self._session.get(LetterRow, key, with_for_update=True)
        if row is None:
            return
        if row.state == LetterState.SENT.value and row.reference not in {"", reference}:
            look_at = now  # two messages: the younger is to be deleted
        row.state, row.next_at, row.reason = LetterState.SENT.value, look_at, ""
        row.reference = row.reference or reference
        row.sent_at = row.sent_at or now

    def hold(self, key: str, attempt: int, reason: str) -> bool:
        """Leave a letter to its owner; False if this attempt is not the last one."""
        return self._stop(key, attempt, LetterState.HELD, reason)

    def refuse(self, key: str, attempt: int, reason: str) -> bool:
        """Give a letter up for good; False if this attempt is not the last one."""
        return self._stop(key, attempt, LetterState.REFUSED, reason)

    def decide(self, key: str, *, send: bool, now: datetime) -> bool:
        """Do with a held letter what its owner says: send it, or leave it.

        Returns:
            False if it is not held (any more).
        """
        state = LetterState.WAITING if send else LetterState.REFUSED
        reason = "" if send else LEFT
        values = {"state": state.value, "reason": reason, "next_at": now if send else None}
        row = self._session.get(LetterRow, key)
        if row is None:
            return False
        # The owner has looked: a letter that they send late is still theirs to send.
        return self._move(key, row.attempts, (LetterState.HELD,), **values, expires_at=None)

    def drop(self, key: str) -> None:
        """Forget a letter that certainly did not go out, and must not any more."""
        row = self._session.get(LetterRow, key)
        if row is not None:
            self._session.delete(row)

    def wipe(self, before: datetime, most: int) -> int:
        """Empty letters that were written before a moment (UTC) and are done with.

        Their keys stay, so that none is written a second time. What is held is left as it is: its
        owner may still want it sent.

        Returns:
            How many were emptied, at most `most`.
        """
        done = (LetterState.SENT.value, LetterState.REFUSED.value)
        old = (
            select(LetterRow.key)
            .where(LetterRow.written_at < before, LetterRow.state.in_(done))
            .where(LetterRow.next_at.is_(None), LetterRow.body != "")
            .limit(most)
        )
        wiped = update(LetterRow).where(LetterRow.key.in_(old)).values(body="")
        return len(self._session.execute(wiped.returning(LetterRow.key)).all())

    def forget(self, before: datetime, keep: Collection[str], most: int) -> int:
        """Forget letters that were written before a moment (UTC), and that nobody looks at again.

        Args:
            before: The moment.
            keep: Keys of letters that stay.
            most: How many at most.

        Returns:
            How many were forgotten.
        """
        old = (
            select(LetterRow.key)
            .where(LetterRow.written_at < before, LetterRow.next_at.is_(None))
            .where(LetterRow.key.not_in(keep))
            .limit(most)
        )
        gone = delete(LetterRow).where(LetterRow.key.in_(old)).returning(LetterRow.key)
        return len(self._session.execute(gone).all())

    def forget_addresses(self, before: datetime) -> None:
        """Forget the pace of conversations that could take a letter before this moment (UTC)."""
        self._session.execute(delete(AddressRow).where(AddressRow.free_at < before))

    def for_reader(self, addresses: Collection[str], now: datetime) -> Sequence[Progress]:
        """Return the letters that wait for these addresses, the oldest first."""
        query = (
            select(LetterRow)
            .where(LetterRow.address.in_(addresses), LetterRow.next_at <= now)
            .where(LetterRow.state.in_((LetterState.WAITING.value, _RECOVERING)))
            .order_by(LetterRow.next_at, LetterRow.key)
        )
        return [_progress(row) for row in self._session.scalars(query)]

    def doubt_all(self, now: datetime) -> int:
        """Doubt every letter that may have gone out since this copy of the database was made.

        From now on a letter that is written again for a moment before `now` begins in doubt too.

        Returns:
            How many letters are in doubt.
        """
        self._session.add(RestoreRow(at=now))
        doubted = (
            update(LetterRow)
            .where(LetterRow.state.in_([state.value for state in UNCERTAIN]))
            .values(
                state=LetterState.RECOVERING.value,
                attempts=LetterRow.attempts + 1,
                next_at=now,
                doubted_at=now,
            )
            .returning(LetterRow.key)
        )
        return len(self._session.execute(doubted).all())

    def _stop(self, key: str, attempt: int, state: LetterState, reason: str) -> bool:
        return self._move(
            key,
            attempt,
            (LetterState.SENDING, LetterState.RECOVERING, LetterState.WAITING),
            state=state.value,
            next_at=None,
            reason=reason,
        )

    def _move(
        self, key: str, attempt: int, before: Sequence[LetterState], **values: object
    ) -> bool:
        moved = (
            update(LetterRow)
            .where(LetterRow.key == key, LetterRow.attempts == attempt)
            .where(LetterRow.state.in_([state.value for state in before]))
            .values(**values)
            .returning(LetterRow.key)
        )
        return self._session.execute(moved).first() is not None


def lane_of(address: str) -> str:
    """Return what shares a pace with this address: its workspace."""
    platform, _, rest = address.partition(":")
    workspace, between, _ = rest.partition(":")
    return f"{platform}:{workspace}" if between else platform


def _letter(row: LetterRow) -> Letter:
    return Letter(
        key=row.key,
        address=row.address,
        body=row.body,
        written_at=row.written_at,
        owner=row.owner,
        earliest=row.earliest,
        expires_at=row.expires_at,
        language=row.language,
    )


def _progress(row: LetterRow) -> Progress:
    return Progress(
        letter=_letter(row),
        state=LetterState(row.state),
        attempts=row.attempts,
        reference=row.reference,
        reason=row.reason,
        doubted_at=row.doubted_at,
        sent_at=row.sent_at,
    )
