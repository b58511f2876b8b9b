"""Bring every letter once: the protocol of delivery, in one generator.

    waiting ──► sending ──► sent                the platform took it and said so
       ▲           │ ├────► refused             it never will: the owner is told
       │           │ ├────► held                not as it is: the owner decides
       │           │ └────► recovering ──► sent     we looked, and it is there
       │           │            │  └────► sending   we looked, and it is not
       └───────────┘            └───────► held      we can't look: the owner decides
      certainly not sent

What a platform says of Brug's own account (a token that expired, a scope that is missing) says
nothing of a letter: it goes back to waiting, and `healthy` tells.

Nothing here knows whether a message arrived unless the platform said so. What is uncertain is
looked for before anything is sent again, and only after a *quiet time*: whatever an owner that is
gone still had under way has landed by then. Six rules carry it:

1. One owner at a time (`store.locks`). Locks end with their owner, and with nothing else.
2. *Sending* is committed before anything leaves. Who finds it without its owner takes it over as
   *recovering*, and does no more.
3. The quiet time is counted by whoever looks, from when they first saw this attempt *recovering*,
   on a clock that cannot jump. Times in the database only say when to look again.
4. Whoever was paused between committing *sending* and sending does not send: somebody else may
   have taken over. (`Patience.pause`)
5. What an attempt has to say counts only while it is the last attempt.
6. A letter for which somebody set out twice is looked at once more, later: of two messages with
   one key the younger is deleted. This repairs what rule 4 leaves: a pause between the look at
   the clock and the send, at the very time that the lock was lost.

`steps` yields where it stands before every step that can't be undone. In production nobody looks
at that; the simulation lets others go first there, and the chaos driver kills the process there.
"""

import hashlib
import logging
import math
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from handlers.speech import pages
from handlers.speech.answer import Answer, Button, Paragraph, Press
from handlers.speech.words import Words
from scheduler.courier import (
    CannotLook,
    Courier,
    DeliveryFault,
    LockedOut,
    NotTaken,
    Refused,
    TryLater,
)
from store import Store, Transaction
from store.outbox import IN_DOUBT, lane_of
from store.records import Letter, LetterState, Pace, Progress

logger = logging.getLogger(__name__)

MARGIN = timedelta(days=1)
"""How far before the earliest moment a search begins: our clock and the platform's may differ."""


LOOK = 1.0
"""Seconds between two looks at what waits, while all that was there is held up."""

_REASONS = {
    "cannot_look": "post.cannot_look",
    "no_luck": "post.no_luck",
    "is_archived": "post.archived",
    "channel_not_found": "post.not_there",
    "not_in_channel": "post.not_there",
}
"""The phrases for what a platform said; Slack's codes (https://docs.slack.dev/reference/methods/chat.postMessage)."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds.

    Attributes:
        quiet: From seeing a letter *recovering* until looking for it. More than the courier's
            time limit, `pause`, and the platform's longest tail together.
        pause: Between committing *sending* and sending, at most.
        lease: After that long others ask whether who is sending is still there.
        again: Until asking again after a platform did not let us look.
        busy: Until asking again for a letter that somebody else owns.
        repair: After a doubtful delivery, until looking whether the letter is there twice.
        give_up: A letter that has been uncertain for so long is left to its owner; for one that
            certainly is there nobody looks any longer whether it is there twice.
        watch: Between two looks at which letters are uncertain.
    """

    quiet: float = 120
    pause: float = 5
    lease: float = 30
    again: float = 60
    busy: float = 1
    repair: float = 900
    give_up: float = 86_400
    watch: float = 1


class Owning(Protocol):
    """What `store.locks` does; the simulation takes it away to see whether that is noticed."""

    def held(self, key: str) -> AbstractContextManager[bool]:
        """Try to own a letter; say whether that went well, and let it go at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks of the post.

    Attributes:
        now: The moment (UTC); it may jump.
        monotonic: Seconds since some moment; it never jumps.
    """

    now: Callable[[], datetime]
    monotonic: Callable[[], float]


class Post:
    """Takes letters out of the outbox to the couriers. Safe to share between threads."""

    def __init__(  # noqa: PLR0913 - five parts that meet here and nowhere else
        self,
        store: Store,
        couriers: Mapping[str, Courier],
        clocks: Clocks,
        *,
        patience: Patience | None = None,
        pace: Pace | None = None,
        owning: Owning | None = None,
    ) -> None:
        """Deliver this store's letters.

        Args:
            store: Where the letters are.
            couriers: By the first word of an address: "slack", "person".
            clocks: What time it is.
            patience: How long to wait for what.
            pace: How fast letters may follow each other. Slack takes about one per second per
                channel and "several hundred per minute" per workspace
                (https://docs.slack.dev/apis/web-api/rate-limits).
            owning: The locks; those of the store.
        """
        self._store = store
        self._couriers = dict(couriers)
        self._clocks = clocks
        self._patience = patience or Patience()
        self._pace = pace or Pace(lane=0.2, address=1.0)
        self._owning = owning or store.locks
        self._seen: dict[tuple[str, int], float] = {}
        self._ripe: set[str] = set()
        self._watched = -math.inf
        self._locked_out: dict[str, float] = {}
        self._seeing = Lock()

    @property
    def healthy(self) -> bool:
        """Whether every platform lets Brug's account through, as far as was seen here.

        What was seen lapses: while letters wait, it is seen again and again.
        """
        with self._seeing:
            return all(until <= self._clocks.monotonic() for until in self._locked_out.values())

    def deliver(self, wait: Callable[[float], object], until: Callable[[], bool]) -> int:
        """Take care of every letter that is due, at the pace that the platforms allow.

        Args:
            wait: Waits so many seconds; called when only the pace holds us up. Never for long.
            until: Whether to stop.

        Returns:
            How many letters were looked at.

        Raises:
            StoreError: If the database cannot be reached; what was under way is recovered later.
        """
        count = 0
        while not until():
            pause = _last(self.steps())
            if pause is None:
                break
            if pause:
                # Not longer: meanwhile a letter may be written for somewhere that is not held up.
                wait(min(pause, LOOK))
            else:
                count += 1
        return count

    def steps(self) -> Generator[str, None, float | None]:
        """Take care of one letter that is due, if there is any; yield before every step.

        Returns:
            0 if there was one; after how many seconds there is one for which only the pace is not
            yet ripe; None if there is nothing to do.
        """
        self._watch()
        with ExitStack() as owned:
            yield "beginning"
            with self._store.begin() as tx:
                now = self._clocks.now()
                outlook = tx.outbox.next(self._couriers, self._ripe, now, self._pace)
                found = outlook.due
                if found is None:
                    free_at = outlook.free_at
                    return max(0.01, (free_at - now).total_seconds()) if free_at else None
                if not owned.enter_context(self._owning.held(found.letter.key)):
                    tx.outbox.postpone(found.letter.key, self._in(self._patience.busy))
                    return 0
                due = self._begin(found, tx)
                started = self._clocks.monotonic()
            if due is LetterState.SENDING:
                yield from self._send(found, found.attempts + 1, started)
            elif due is LetterState.RECOVERING:
                yield from self._look(found)
            elif due is LetterState.SENT:
                yield from self._repair(found)
        return 0

    def _watch(self) -> None:
        """See which letters are *recovering*: their quiet time begins when we first see them."""
        with self._seeing:
            now = self._clocks.monotonic()
            if now - self._watched < self._patience.watch:
                return
            self._watched = now
        with self._store.read() as tx:
            uncertain = set(tx.outbox.uncertain())
        with self._seeing:
            now, known = self._clocks.monotonic(), self._seen
            self._seen = {one: known.get(one, now) for one in uncertain}
            # Kept, not reckoned for each letter: after a restore there may be very many.
            self._ripe = {key for (key, _), at in self._seen.items() if self._is_over(at, now)}

    def _is_ripe(self, found: Progress) -> bool:
        now, this = self._clocks.monotonic(), (found.letter.key, found.attempts)
        with self._seeing:
            seen = self._seen.get(this)
            if seen is None:  # what we had seen was an earlier attempt
                others = {k: at for k, at in self._seen.items() if k[0] != found.letter.key}
                self._seen = others | {this: now}
            ripe = seen is not None and self._is_over(seen, now)
            if not ripe:
                self._ripe.discard(found.letter.key)
        return ripe

    def _is_over(self, seen: float, now: float) -> bool:
        return now - seen >= self._patience.quiet

    def _begin(self, found: Progress, tx: Transaction) -> LetterState | None:
        """Decide what to do with a letter that is ours now; None when that was all."""
        key = found.letter.key
        match found.state:
            case LetterState.SENDING:
                now = self._clocks.now()
                tx.outbox.doubt(key, found.attempts, now, look_at=now)  # its owner is gone
                logger.warning("taken over: attempt %d of a letter", found.attempts)
                return None
            case LetterState.RECOVERING if not self._is_ripe(found):
                return None
            case LetterState.WAITING if self._too_late(found.letter):
                self._expire(found.letter, tx)
                return None
            case LetterState.WAITING:
                self._set_out(found, tx)
                return LetterState.SENDING
            case _:
                return found.state

    def _set_out(self, found: Progress, tx: Transaction) -> bool:
        look_at = self._in(self._patience.lease)
        attempt = found.attempts + 1
        return tx.outbox.set_out(found.letter.key, attempt=attempt, look_at=look_at)

    def _send(self, found: Progress, attempt: int, started: float) -> Generator[str]:
        letter = found.letter
        yield "sending"
        if self._clocks.monotonic() - started > self._patience.pause:
            yield "paused"
            with self._store.begin() as tx:
                tx.outbox.back_to_waiting(letter.key, attempt, self._clocks.now())
            return
        yield "posting"
        courier = self._courier(letter)
        try:
            reference = courier.post(
                letter.address, pages.read(letter.body), mark(letter.key), letter.language
            )
        except TryLater as fault:
            yield "told to wait"
            until = self._in(fault.seconds)
            if isinstance(fault, LockedOut):
                self._note(fault, letter)
            with self._store.begin() as tx:
                if not isinstance(fault, LockedOut) or fault.wholly:
                    tx.outbox.slow_down(letter.address, until)
                tx.outbox.back_to_waiting(letter.key, attempt, until)
        except Refused as fault:
            yield "refused"
            with self._store.begin() as tx:
                if tx.outbox.refuse(letter.key, attempt, fault.reason):
                    tx.digests.stop_address(letter.address, fault.reason)
                    self._tell("refused", letter, fault.reason, attempt, tx)
        except NotTaken as fault:
            yield "not taken"
            with self._store.begin() as tx:
                self._hold(letter, attempt, fault.reason, tx)
        except Exception as fault:  # noqa: BLE001 - whatever went wrong: it may have arrived
            logger.warning("uncertain whether a letter arrived: %s", type(fault).__name__)
            yield "uncertain"
            with self._store.begin() as tx:
                now = self._clocks.now()
                tx.outbox.doubt(letter.key, attempt, now, look_at=now)
        else:
            yield "posted"
            with self._seeing:
                self._locked_out.pop(lane_of(letter.address), None)
            self._sent(letter.key, reference, repair=attempt > 1)
        yield "noted"

    def _look(self, found: Progress) -> Generator[str]:
        letter = found.letter
        yield "looking"
        try:
            there = self._find(letter)
        except CannotLook as fault:
            yield "could not look"
            with self._store.begin() as tx:
                if fault.for_good or self._is_enough(found.doubted_at):
                    self._hold(letter, found.attempts, "cannot_look", tx)
                else:
                    tx.outbox.postpone(letter.key, self._in(self._patience.again))
            return
        if there:
            yield "found"
            self._sent(letter.key, there[0], repair=True)
            return
        yield "not found"
        with self._store.begin() as tx:
            if self._too_late(letter):
                self._expire(letter, tx)
                return
            if self._is_enough(found.doubted_at):
                self._hold(letter, found.attempts, "no_luck", tx)
                return
            if not self._set_out(found, tx):
                return
            started = self._clocks.monotonic()
        yield from self._send(found, found.attempts + 1, started)

    def _repair(self, found: Progress) -> Generator[str]:
        """Look whether a letter is there twice, and delete all but the oldest.

        Where the platform lets us delete nothing, its owner is told.
        """
        letter, refused = found.letter, ""
        yield "looking for doubles"
        try:
            _, *younger = self._find(letter) or [found.reference]
            for reference in younger:
                yield "deleting"
                self._courier(letter).withdraw(letter.address, reference)
        except NotTaken as fault:
            look_at, refused = None, fault.reason
        except DeliveryFault as fault:
            for_good = isinstance(fault, CannotLook) and fault.for_good
            enough = self._is_enough(found.sent_at)
            look_at = None if for_good or enough else self._in(self._patience.again)
            if enough:
                logger.warning("nobody knows whether a letter is there twice")
        else:
            look_at = None
            if younger:
                logger.warning("deleted %d messages that were there twice", len(younger))
        with self._store.begin() as tx:
            tx.outbox.sent(letter.key, found.reference, self._clocks.now(), look_at)
            if refused:
                self._tell("doubled", letter, refused, found.attempts, tx)

    def _find(self, letter: Letter) -> tuple[str, ...]:
        since = (letter.earliest or letter.written_at) - MARGIN
        return self._courier(letter).find(letter.address, mark(letter.key), since)

    def _sent(self, key: str, reference: str, *, repair: bool) -> None:
        with self._store.begin() as tx:
            look_at = self._in(self._patience.repair) if repair else None
            tx.outbox.sent(key, reference, self._clocks.now(), look_at)

    def _note(self, fault: LockedOut, letter: Letter) -> None:
        """See that Brug's account is locked out, until that lapses or a letter gets through."""
        lane = lane_of(letter.address)
        seen = lane if fault.wholly else f"{lane} {fault.reason}"
        with self._seeing:
            new = seen not in self._locked_out
            self._locked_out[seen] = self._clocks.monotonic() + 2 * fault.seconds
        if new:
            logger.error("letters wait: %s; look at the token and scopes of Brug", fault.reason)

    def _hold(self, letter: Letter, attempt: int, reason: str, tx: Transaction) -> None:
        if tx.outbox.hold(letter.key, attempt, reason):
            self._tell("held", letter, reason, attempt, tx)

    def _expire(self, letter: Letter, tx: Transaction) -> None:
        """Its day is over and it certainly did not go out: the next one tells what it held."""
        tx.outbox.drop(letter.key)
        tx.digests.missed(letter.key)

    def _tell(self, what: str, letter: Letter, reason: str, attempt: int, tx: Transaction) -> None:
        """Tell a letter's owner, once, in a letter that has no owner itself.

        Of a letter to a channel that nobody owns, the stewards hear: somebody has to decide. If
        they had it sent again and that did not help, they hear it once more.
        """
        logger.error("letter %s: %s", what, reason)
        if what == "refused" and letter.owner == letter.address:
            return  # their own conversation said no for good: nothing would reach them there
        owners = [letter.owner] if letter.owner else []
        if not owners and not letter.address.startswith("person:"):
            owners = [f"person:{steward.id}" for steward in tx.people.stewards()]
        for owner in owners:
            language = tx.languages.of(owner)  # a digest speaks that of its channel
            key = f"{what}/{letter.key}" + ("" if letter.owner else f"/{owner}")
            body = pages.write(self._told(letter, what, reason, Words(language)))
            told = Letter(key, owner, body, self._clocks.now(), language=language)
            if not tx.outbox.put(told):
                tx.outbox.put(replace(told, key=f"{key}/{attempt}"))

    @staticmethod
    def _told(letter: Letter, what: str, reason: str, words: Words) -> Answer:
        key, other = f"post.{what}", "post.other_reason"
        if what == "held" and reason not in IN_DOUBT:
            key, other = "post.refused", "post.not_taken"
        elif what == "doubled":
            other = "post.not_deleted"
        why = words.prose(_REASONS.get(reason, other), reason=reason)
        headline = words.plain(key, headline=pages.read(letter.body).headline)
        values = {"letter": letter.key}
        buttons = (
            Button(words.plain("post.send"), Press("digests", "send", values)),
            Button(words.plain("post.leave"), Press("digests", "leave", values)),
        )
        return Answer(headline, (Paragraph(why),), buttons if what == "held" else ())

    def _is_enough(self, since: datetime | None) -> bool:
        now = self._clocks.now()
        return (now - (since or now)).total_seconds() > self._patience.give_up

    def _too_late(self, letter: Letter) -> bool:
        return letter.expires_at is not None and self._clocks.now() >= letter.expires_at

    def _courier(self, letter: Letter) -> Courier:
        return self._couriers[letter.address.partition(":")[0]]

    def _in(self, seconds: float) -> datetime:
        return self._clocks.now() + timedelta(seconds=seconds)


def mark(key: str) -> str:
    """Return what identifies a letter on a platform, where everybody may read it.

    The key itself may name a person or say what a letter is about.
    """
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _last(steps: Generator[str, None, float | None]) -> float | None:
    """Run a delivery to its end, and return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            pause: float | None = end.value
            return pause
