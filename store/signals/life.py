"""What happens to a signal: it moves, is put together with another, is looked at, comes back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.signals.records import MOVES, Overtaken, Phase
from store.tables import SignalEventRow, SignalRow, SupporterRow


class Life:
    """The part of the store that changes signals; every change names the version that it saw."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def move(self, number: int, to: Phase, version: int, actor: str, now: datetime) -> None:
        """Bring a signal to another phase; it counts as a first look.

        Args:
            number: Which signal.
            to: The new phase.
            version: The version on which the mover decided.
            actor: Who moves it.
            now: When (UTC).

        Raises:
            Overtaken: If somebody changed it meanwhile; nothing is written.
            ValueError: If `MOVES` does not allow it: the caller checks first.
        """
        before = self._phase(number, version)
        if to not in MOVES[before]:
            raise ValueError(f"from {before} to {to} is no move")
        self._change(number, version, phase=to.value)
        self.look(number, now)
        self._happened(number, "move", before, to, actor, now)

    def reopen(self, number: int, version: int, now: datetime) -> None:
        """Begin a new round: who stands behind it says that it was not solved.

        Raises:
            Overtaken: If somebody changed it meanwhile; nothing is written.
        """
        before = self._phase(number, version)
        rounds = select(SignalRow.round).where(SignalRow.number == number).scalar_subquery()
        self._change(number, version, phase=Phase.VERZAMELEN.value, round=rounds + 1)
        self._happened(number, "reopen", before, Phase.VERZAMELEN, "reporter", now)

    def look(self, number: int, now: datetime) -> None:
        """Write down the first time that a coordinator looked at a signal."""
        self._session.execute(
            update(SignalRow)
            .where(SignalRow.number == number, SignalRow.looked_at.is_(None))
            .values(looked_at=now)
        )

    def release(self, number: int, version: int, actor: str, now: datetime) -> None:
        """Let a signal out of quarantine.

        Raises:
            Overtaken: If somebody changed it meanwhile; nothing is written.
        """
        self._change(number, version, quarantined=False)
        self.look(number, now)
        self._happened(number, "release", "", "", actor, now)

    def withdraw(self, number: int, version: int, actor: str, now: datetime) -> None:
        """Wipe the words of a signal, and what its supporters added: they say too much.

        Raises:
            Overtaken: If somebody changed it meanwhile; nothing is written.
        """
        self._change(number, version, text="", meeting="", withdrawn_at=now)
        self.look(number, now)
        self._session.execute(
            update(SupporterRow).where(SupporterRow.signal == number).values(context="")
        )
        self._happened(number, "withdraw", "", "", actor, now)

    def judge(
        self, number: int, version: int, actor: str, now: datetime, *, structural: bool
    ) -> None:
        """Call a signal structural, or no longer.

        Raises:
            Overtaken: If somebody changed it meanwhile; nothing is written.
        """
        self._change(number, version, structural=structural)
        self.look(number, now)
        self._happened(number, "judge", "", "structural" if structural else "", actor, now)

    def merge(
        self, number: int, into: int, versions: tuple[int, int], actor: str, now: datetime
    ) -> None:
        """Put a signal together with another; texts and supporters of both stay as they are.

        Args:
            number: The signal that goes into the other.
            into: The signal that stays.
            versions: The versions of both on which the decision rests, in the same order.
            actor: Who does it.
            now: When (UTC).

        Raises:
            Overtaken: If somebody changed one of them meanwhile; nothing is written.
            ValueError: If it would go round in a circle, or is merged already.
        """
        # Both rows are locked in the same order by everybody, so that two merges cannot wait for
        # each other.
        for one, version in sorted(zip((number, into), versions, strict=True)):
            self._change(one, version)
        if into in self._family(number):
            raise ValueError("the two are together already")
        changed = self._session.execute(
            update(SignalRow)
            .where(SignalRow.number == number, SignalRow.merged_into.is_(None))
            .values(merged_into=into)
            .returning(SignalRow.number)
        )
        if changed.first() is None:
            raise Overtaken
        self.look(number, now)
        self.look(into, now)
        self._happened(number, "merge", "", str(into), actor, now)
        self._happened(into, "gain", "", str(number), actor, now)

    def part(self, number: int, actor: str, now: datetime) -> bool:
        """Undo a merge: the signal stands by itself again, as it was.

        Returns:
            Whether it was merged.
        """
        row = self._session.get(SignalRow, number, with_for_update=True, populate_existing=True)
        if row is None or row.merged_into is None:
            return False
        was, row.merged_into = row.merged_into, None
        row.version += 1
        self._session.flush()
        self._happened(number, "part", str(was), "", actor, now)
        self._happened(was, "lose", str(number), "", actor, now)
        return True

    def _phase(self, number: int, version: int) -> Phase:
        query = select(SignalRow.phase).where(
            SignalRow.number == number, SignalRow.version == version
        )
        found = self._session.scalar(query)
        if found is None:
            raise Overtaken
        return Phase(found)

    def _change(self, number: int, version: int, **values: object) -> None:
        changed = self._session.execute(
            update(SignalRow)
            .where(SignalRow.number == number, SignalRow.version == version)
            .values(version=version + 1, **values)
            .returning(SignalRow.number)
        )
        if changed.first() is None:
            raise Overtaken

    def _happened(  # noqa: PLR0913, PLR0917 - one row has so many columns
        self, number: int, verb: str, before: str, after: str, actor: str, now: datetime
    ) -> None:
        self._session.add(
            SignalEventRow(
                signal=number, at=now, actor=actor, verb=verb, before=before, after=after
            )
        )
        self._audit.note(now, actor, f"signal.{verb}", f"signal:{number}")

    def _family(self, number: int) -> list[int]:
        """The numbers of a signal and of all that was merged into it."""
        family, fresh = [number], [number]
        while fresh:
            query = select(SignalRow.number).where(SignalRow.merged_into.in_(fresh))
            fresh = [one for one in self._session.scalars(query) if one not in family]
            family += fresh
        return family
