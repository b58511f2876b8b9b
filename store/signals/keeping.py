"""Write signals and who stands behind them, and read them back."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from store.audit import Audit
from store.privacy import SafeText
from store.records import Region
from store.signals.echoes import Echo, Echoes
from store.signals.life import Life
from store.signals.records import (
    Addressee,
    Anonymity,
    Backed,
    Backing,
    Draft,
    Happening,
    Level,
    Phase,
    Signal,
    Supporter,
)
from store.tables import SignalEventRow, SignalRow, SupporterRow
from store.upsert import insert_or_ignore

REPORTER = "reporter"
"""Who gave a signal, for the audit: it never says who that was, and so never keeps what a
reporter was promised to be forgotten (F35, F38)."""

_LOOK_BACK = 200
"""Numbers below the newest that are read again: on PostgreSQL a lower one may be committed
later."""


class Signals(Life):
    """The part of the store that keeps signals."""

    def __init__(self, session: Session, audit: Audit, echoes: Echoes) -> None:
        """Read and write through this session; `echoes` is shared by the whole process."""
        super().__init__(session, audit)
        self._echoes = echoes

    def create(self, draft: Draft, now: datetime) -> tuple[Signal, bool]:
        """Keep a signal, once for each submission.

        Four deliveries of one submission, one after the other or at once, give one signal.

        Returns:
            The signal, and whether this call was the one that wrote it.
        """
        submission = draft.backing.submission
        new = insert_or_ignore(
            self._session,
            SignalRow,
            submission=submission,
            text=draft.text,
            level=draft.level.value,
            region=draft.region.value,
            addressee=draft.addressee.value,
            phase=Phase.OPMERKEN.value,
            meeting=draft.meeting,
            quarantined=draft.quarantined,
            structural=False,
            round=1,
            version=1,
            created_at=now,
            look_by=draft.look_by,
        )
        row = self._session.scalars(
            select(SignalRow).where(SignalRow.submission == submission)
        ).one()
        if new:
            self._back(row.number, draft.backing, now)
            self._audit.note(now, REPORTER, "signal.create", f"signal:{row.number}")
        return signal_of(row), new

    def submitted(self, submission: str) -> Signal | None:
        """Return the signal that a submission made before; None if it is new."""
        row = self._session.scalar(select(SignalRow).where(SignalRow.submission == submission))
        return signal_of(row) if row else None

    def support(self, number: int, backing: Backing, now: datetime) -> bool:
        """Let somebody stand behind a signal: once for each submission, and once for each person.

        Returns:
            Whether this was new.
        """
        family = self._family(number)
        known = select(SupporterRow.id).where(
            SupporterRow.signal.in_(family), SupporterRow.actor == backing.actor
        )
        if self._session.scalar(known) is not None:
            return False
        if new := self._back(number, backing, now):
            self._audit.note(now, REPORTER, "signal.support", f"signal:{number}")
        return new

    def get(self, number: int) -> Signal | None:
        """Return a signal; None if there is no such number."""
        row = self._session.get(SignalRow, number, populate_existing=True)
        return signal_of(row) if row else None

    def supporters(self, number: int) -> Sequence[Supporter]:
        """Return who stands behind a signal and all that was merged into it, the first first."""
        query = (
            select(SupporterRow)
            .where(SupporterRow.signal.in_(self._family(number)))
            .order_by(SupporterRow.at, SupporterRow.id)
        )
        return [supporter_of(row) for row in self._session.scalars(query)]

    def backed(self, number: int) -> Backed:
        """Count who stands behind a signal and all that was merged into it."""
        return _count(self.supporters(number))

    def merged_into(self, number: int) -> Sequence[Signal]:
        """Return the signals that were merged into this one, also through others."""
        query = (
            select(SignalRow)
            .where(SignalRow.number.in_(self._family(number)), SignalRow.number != number)
            .order_by(SignalRow.number)
        )
        return [signal_of(row) for row in self._session.scalars(query)]

    def history(self, number: int) -> Sequence[Happening]:
        """Return what happened to a signal, the oldest first."""
        query = (
            select(SignalEventRow)
            .where(SignalEventRow.signal == number)
            .order_by(SignalEventRow.id)
        )
        return [
            Happening(row.at, row.actor, row.verb, row.before, row.after)
            for row in self._session.scalars(query)
        ]

    def open_in(self, regions: frozenset[Region] | None, limit: int) -> Sequence[Signal]:
        """Return what is to be followed up: what waits for a first look first, then the oldest.

        Args:
            regions: Where; None for everywhere.
            limit: At most so many.
        """
        query = (
            select(SignalRow)
            .where(SignalRow.merged_into.is_(None), SignalRow.withdrawn_at.is_(None))
            .where(SignalRow.phase != Phase.FEEDBACK.value)
            .order_by(
                case((SignalRow.looked_at.is_(None), 0), else_=1),
                SignalRow.look_by,
                SignalRow.number,
            )
            .limit(limit)
        )
        if regions is not None:
            query = query.where(SignalRow.region.in_([region.value for region in regions]))
        return [signal_of(row) for row in self._session.scalars(query)]

    def of(self, actor: str) -> Sequence[Signal]:
        """Return the signals that somebody gave or stands behind, the newest first."""
        query = (
            select(SignalRow)
            .join(SupporterRow, SupporterRow.signal == SignalRow.number)
            .where(SupporterRow.actor == actor)
            .order_by(SignalRow.number.desc())
        )
        return [signal_of(row) for row in self._session.scalars(query)]

    def between(self, region: Region, first: datetime, end: datetime) -> Sequence[Signal]:
        """Return what may stand in a bundle: given in [first, end), looked at where need be.

        Args:
            region: Where.
            first: From this moment (UTC).
            end: Up to, and without, this moment (UTC).
        """
        query = (
            select(SignalRow)
            .where(SignalRow.region == region.value)
            .where(SignalRow.created_at >= first, SignalRow.created_at < end)
            .where(SignalRow.merged_into.is_(None), SignalRow.withdrawn_at.is_(None))
            .where(SignalRow.quarantined.is_(False))
            .order_by(SignalRow.number)
        )
        return [signal_of(row) for row in self._session.scalars(query)]

    def moved_since(self, region: Region, since: datetime) -> Sequence[Signal]:
        """Return the signals of a region that came to another phase since a moment (UTC).

        Somebody has looked at each: what is in quarantine, wiped or merged is left out.
        """
        moved = select(SignalEventRow.signal).where(
            SignalEventRow.at >= since, SignalEventRow.verb.in_(("move", "reopen"))
        )
        query = (
            select(SignalRow)
            .where(SignalRow.region == region.value, SignalRow.number.in_(moved))
            .where(SignalRow.merged_into.is_(None), SignalRow.withdrawn_at.is_(None))
            .where(SignalRow.quarantined.is_(False))
            .order_by(SignalRow.number)
        )
        return [signal_of(row) for row in self._session.scalars(query)]

    def waiting_too_long(self, today: date) -> Sequence[int]:
        """Return the numbers of the signals whose first look should have been before today."""
        query = (
            select(SignalRow.number)
            .where(SignalRow.looked_at.is_(None), SignalRow.look_by < today)
            .where(SignalRow.merged_into.is_(None), SignalRow.withdrawn_at.is_(None))
            .order_by(SignalRow.number)
        )
        return self._session.scalars(query).all()

    def similar(self, text: str, limit: int = 3) -> Sequence[tuple[Signal, Echo]]:
        """Return the signals that say most nearly the same, the nearest first.

        What is in quarantine, wiped or merged into another is not shown; a merged one leads to
        the signal that it was merged into.

        Args:
            text: What somebody is about to say.
            limit: At most so many.
        """
        self._listen()
        found: dict[int, tuple[Signal, Echo]] = {}
        for echo in self._echoes.of(text, limit * 4):
            signal = self.standing_for(echo.number)
            if signal is None or signal.quarantined or signal.withdrawn:
                continue
            found.setdefault(signal.number, (signal, echo))
        return list(found.values())[:limit]

    def standing_for(self, number: int) -> Signal | None:
        """Return the signal itself, or the one that it was merged into."""
        signal = self.get(number)
        while signal is not None and signal.merged_into is not None:
            signal = self.get(signal.merged_into)
        return signal

    def _listen(self) -> None:
        """Take the signals into the index that it has not yet heard."""
        since = self._echoes.newest - _LOOK_BACK
        query = select(SignalRow.number, SignalRow.text).where(SignalRow.number > since)
        self._echoes.hear((number, text) for number, text in self._session.execute(query))
        wiped = select(SignalRow.number).where(SignalRow.withdrawn_at.is_not(None))
        self._echoes.forget(self._session.scalars(wiped))

    def _back(self, number: int, backing: Backing, now: datetime) -> bool:
        hidden = backing.anonymity is Anonymity.NOBODY
        return insert_or_ignore(
            self._session,
            SupporterRow,
            signal=number,
            submission=backing.submission,
            # What was promised not to be kept is not kept.
            actor=None if hidden else backing.actor,
            name="" if hidden else backing.name,
            organisation="" if hidden else backing.organisation,
            anonymity=backing.anonymity.value,
            context=backing.context,
            language=backing.language,
            at=now,
        )


def signal_of(row: SignalRow) -> Signal:
    """Return the signal that a row holds."""
    return Signal(
        number=row.number,
        text=SafeText(row.text),
        level=Level(row.level),
        region=Region(row.region),
        addressee=Addressee(row.addressee),
        phase=Phase(row.phase),
        meeting=SafeText(row.meeting),
        quarantined=row.quarantined,
        structural=row.structural,
        merged_into=row.merged_into,
        round=row.round,
        version=row.version,
        created_at=row.created_at,
        look_by=row.look_by,
        looked_at=row.looked_at,
        withdrawn=row.withdrawn_at is not None,
    )


def supporter_of(row: SupporterRow) -> Supporter:
    """Return the supporter that a row holds."""
    return Supporter(
        signal=row.signal,
        actor=row.actor,
        name=row.name,
        anonymity=Anonymity(row.anonymity),
        organisation=SafeText(row.organisation),
        context=SafeText(row.context),
        language=row.language,
        at=row.at,
    )


def _count(supporters: Sequence[Supporter]) -> Backed:
    named = [s for s in supporters if s.anonymity is not Anonymity.NOBODY]
    known = {s.actor for s in named if s.actor is not None}
    forgotten = sum(1 for s in named if s.actor is None)  # each was somebody, once
    organisations = {" ".join(s.organisation.casefold().split()) for s in named} - {""}
    return Backed(len(known) + forgotten, len(organisations), len(supporters) - len(named))
