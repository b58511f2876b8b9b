"""A model of the outbox in memory: what `store/outbox.py` does, without a database.

It makes a hundred thousand interleavings a matter of minutes. It proves nothing by itself: the
same interleavings run over the model and over the real database, and their traces must be equal
(`test_the_model_does_what_the_database_does`).
"""

from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime

from store.outbox import UNCERTAIN, Outlook
from store.records import Letter, LetterState, Pace, Progress

WORK = (LetterState.WAITING, LetterState.SENDING, LetterState.SENT)


@dataclass
class Entry:
    progress: Progress
    next_at: datetime | None


@dataclass
class ModelOutbox:
    """The methods that the post uses, over a dictionary."""

    letters: dict[str, Entry] = field(default_factory=dict[str, Entry])

    def put(self, letter: Letter) -> bool:
        fresh = Entry(Progress(letter, LetterState.WAITING), letter.written_at)
        return self.letters.setdefault(letter.key, fresh) is fresh

    def progress(self, key: str) -> Progress | None:
        entry = self.letters.get(key)
        return entry.progress if entry else None

    def uncertain(self) -> Sequence[tuple[str, int]]:
        return [
            (key, entry.progress.attempts)
            for key, entry in self.letters.items()
            if entry.progress.state is LetterState.RECOVERING
        ]

    def next(
        self, platforms: Collection[str], ripe: Collection[str], now: datetime, pace: Pace
    ) -> Outlook:
        assert platforms
        assert pace == Pace(0, 0)
        for key, entry in self.letters.items():
            due = entry.next_at is not None and entry.next_at <= now
            if due and (entry.progress.state in WORK or key in ripe):
                return Outlook(entry.progress)
        return Outlook()

    def postpone(self, key: str, until: datetime) -> None:
        self.letters[key].next_at = until

    def slow_down(self, address: str, until: datetime) -> None:
        """Nothing: the simulation has no pace."""

    def set_out(self, key: str, *, attempt: int, look_at: datetime) -> bool:
        before = (LetterState.WAITING, LetterState.RECOVERING)
        return self._move(key, attempt - 1, before, LetterState.SENDING, look_at, attempts=attempt)

    def back_to_waiting(self, key: str, attempt: int, until: datetime) -> bool:
        return self._move(key, attempt, (LetterState.SENDING,), LetterState.WAITING, until)

    def doubt(self, key: str, attempt: int, now: datetime, look_at: datetime) -> bool:
        before = (LetterState.SENDING, LetterState.RECOVERING)
        doubted_at = self.letters[key].progress.doubted_at or now
        return self._move(
            key, attempt, before, LetterState.RECOVERING, look_at, doubted_at=doubted_at
        )

    def sent(self, key: str, reference: str, now: datetime, look_at: datetime | None) -> None:
        entry = self.letters[key]
        known = entry.progress.reference
        if entry.progress.state is LetterState.SENT and known not in {"", reference}:
            look_at = now
        entry.next_at = look_at
        entry.progress = replace(
            entry.progress,
            state=LetterState.SENT,
            reference=known or reference,
            sent_at=entry.progress.sent_at or now,
        )

    def doubt_all(self, now: datetime) -> int:
        for entry in self.letters.values():
            if entry.progress.state in UNCERTAIN:
                attempts = entry.progress.attempts + 1
                entry.next_at = now
                entry.progress = replace(
                    entry.progress,
                    state=LetterState.RECOVERING,
                    attempts=attempts,
                    doubted_at=now,
                )
        return len(self.letters)

    def _move(  # noqa: PLR0913 - as the statement that it plays
        self,
        key: str,
        attempt: int,
        before: Sequence[LetterState],
        state: LetterState,
        next_at: datetime,
        *,
        attempts: int | None = None,
        doubted_at: datetime | None = None,
    ) -> bool:
        entry = self.letters[key]
        known = entry.progress
        if known.attempts != attempt or known.state not in before:
            return False
        entry.next_at = next_at
        entry.progress = replace(
            known,
            state=state,
            attempts=attempt if attempts is None else attempts,
            doubted_at=doubted_at or known.doubted_at,
        )
        return True


@dataclass
class ModelTransaction:
    outbox: ModelOutbox


@dataclass
class ModelLocks:
    owned: set[str] = field(default_factory=set[str])

    @contextmanager
    def held(self, key: str) -> Generator[bool]:
        if key in self.owned:
            yield False
            return
        self.owned.add(key)
        try:
            yield True
        finally:
            self.owned.discard(key)


@dataclass
class ModelStore:
    """A store with nothing but letters and locks, in memory."""

    outbox: ModelOutbox = field(default_factory=ModelOutbox)
    locks: ModelLocks = field(default_factory=ModelLocks)

    @contextmanager
    def begin(self) -> Generator[ModelTransaction]:
        yield ModelTransaction(self.outbox)

    read = begin

    def clear(self) -> None:
        self.outbox.letters.clear()

    def copy(self) -> dict[str, Entry]:
        return deepcopy(self.outbox.letters)

    def put_back(self, copy: dict[str, Entry]) -> None:
        self.outbox.letters = deepcopy(copy)
