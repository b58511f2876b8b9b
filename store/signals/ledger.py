"""Bundles for the governments, and the days without an answer (F32, F33)."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.privacy import SafeText
from store.records import Region
from store.signals.records import Addressee, Signal
from store.tables import BundleReceiverRow, BundleRow
from store.upsert import insert_or_ignore

_NOTHING = SafeText("")
GOVERNMENTS = (Addressee.WELZIJN, Addressee.ONDERWIJS)
"""Who a bundle is for: both governments (SOURCE: "signaalfunctie naar beide overheden")."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A bundle for one addressee, and what came back.

    Attributes:
        bundle: The number of the bundle.
        region: Of which region.
        period: Of which period ("2025-26").
        addressee: For whom.
        sent_on: The day on which it was handed over; None if it was not yet.
        answered_on: The day of the answer; None while there is none.
        answer: What they answered, in short; empty while nobody wrote that down.
        signals: The numbers of the signals in it that are for this addressee.
    """

    bundle: int
    region: Region
    period: str
    addressee: Addressee
    sent_on: date | None
    answered_on: date | None
    answer: SafeText
    signals: tuple[int, ...]

    def waiting(self, today: date) -> int | None:
        """Return the days without an answer; None when it was not sent, or was answered."""
        if self.sent_on is None or self.answered_on is not None:
            return None
        return (today - self.sent_on).days


class Bundles:
    """The part of the store that remembers bundles and answers."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def make(
        self, region: Region, period: str, signals: Sequence[Signal], actor: str, now: datetime
    ) -> tuple[int, bool]:
        """Write down that a bundle was made; the same signals make the same bundle again.

        Returns:
            Its number, and whether it is new.
        """
        contents = "; ".join(f"{s.number} {s.addressee}" for s in signals)
        key = hashlib.sha256(f"{region}/{period}/{contents}".encode()).hexdigest()
        new = insert_or_ignore(
            self._session,
            BundleRow,
            region=region.value,
            period=period,
            contents=contents,
            key=key,
            made_at=now,
        )
        number = self._session.scalars(select(BundleRow.number).where(BundleRow.key == key)).one()
        if new:
            for addressee in GOVERNMENTS:
                insert_or_ignore(
                    self._session, BundleReceiverRow, bundle=number, addressee=addressee.value
                )
            self._audit.note(now, actor, "bundle.make", f"bundle:{number}")
        return number, new

    def get(self, number: int, addressee: Addressee) -> Receiver | None:
        """Return a bundle for one addressee; None if there is no such thing."""
        return next(
            (r for r in self.standing() if (r.bundle, r.addressee) == (number, addressee)), None
        )

    def standing(self) -> Sequence[Receiver]:
        """Return every bundle for every addressee: what waits longest for an answer first."""
        query = select(BundleRow, BundleReceiverRow).join(
            BundleReceiverRow, BundleReceiverRow.bundle == BundleRow.number
        )
        found = [
            Receiver(
                bundle=bundle.number,
                region=Region(bundle.region),
                period=bundle.period,
                addressee=Addressee(receiver.addressee),
                sent_on=receiver.sent_on,
                answered_on=receiver.answered_on,
                answer=SafeText(receiver.answer),
                signals=_for(Addressee(receiver.addressee), bundle.contents),
            )
            for bundle, receiver in self._session.execute(query)
        ]
        return sorted(
            found,
            key=lambda r: (
                r.answered_on is not None,
                r.sent_on or date.max,
                r.bundle,
                r.addressee.value,
            ),
        )

    def answers_on(self, numbers: Collection[int]) -> Sequence[Receiver]:
        """Return the answers to the bundles in which these signals stand, the newest first."""
        wanted = set(numbers)
        answered = [r for r in self.standing() if r.answered_on and wanted & set(r.signals)]
        return sorted(answered, key=lambda r: (r.answered_on or date.min, r.bundle), reverse=True)

    def sent(
        self, number: int, addressee: Addressee, day: date, actor: str, now: datetime
    ) -> bool:
        """Write down that a bundle was handed over; the first day counts.

        Returns:
            Whether this was new.
        """
        unsent = (BundleReceiverRow.sent_on.is_(None),)
        return self._note(number, addressee, (actor, now, "send"), unsent, sent_on=day)

    def answered(  # noqa: PLR0913 - one entry of the ledger
        self,
        number: int,
        addressee: Addressee,
        day: date,
        actor: str,
        now: datetime,
        *,
        text: SafeText = _NOTHING,
    ) -> bool:
        """Write down that an answer came to a bundle that was handed over, and what it says.

        The first day counts, and the first text: who noted the day alone can add the text later.

        Returns:
            Whether this was new.
        """
        row = BundleReceiverRow
        open_still = row.answered_on.is_(None) if not text else row.answer == ""
        return self._note(
            number,
            addressee,
            (actor, now, "answer"),
            (row.sent_on.is_not(None), open_still),
            answered_on=func.coalesce(row.answered_on, day),
            answer=text,
        )

    def _note(
        self,
        number: int,
        addressee: Addressee,
        who: tuple[str, datetime, str],
        unless: tuple[ColumnElement[bool], ...],
        **values: object,
    ) -> bool:
        actor, now, verb = who
        changed = self._session.execute(
            update(BundleReceiverRow)
            .where(
                BundleReceiverRow.bundle == number,
                BundleReceiverRow.addressee == addressee.value,
                *unless,
            )
            .values(**values)
            .returning(BundleReceiverRow.bundle)
        )
        if new := changed.first() is not None:
            self._audit.note(now, actor, f"bundle.{verb}", f"bundle:{number}/{addressee}")
        return new


def _for(addressee: Addressee, contents: str) -> tuple[int, ...]:
    """The signals of a bundle that are for one addressee; `contents` as `BundleRow` has it."""
    parts = (part.split() for part in contents.split("; ") if part)
    return tuple(int(number) for number, to in parts if addressee in Addressee(to).receivers)
