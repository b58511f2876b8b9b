from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from handlers.speech import pages
from handlers.speech.answer import Answer
from scheduler.courier import (
    CannotLook,
    DeliveryFault,
    LockedOut,
    NotTaken,
    Refused,
    TryLater,
    Unsure,
)
from scheduler.post import Clocks, Patience, Post, mark
from store import Store
from store.records import Letter, LetterState, Pace, Silence
from tests.conftest import MONDAY
from tests.subscriptions import CHANNEL, a_subscription


@dataclass
class Platform:
    """A platform that does what a test says, one thing per post."""

    happens: Iterator[DeliveryFault | None] = field(default_factory=lambda: iter(()))
    looks: DeliveryFault | None = None
    posted: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    withdrawn: list[str] = field(default_factory=list[str])
    takes_unsure: bool = False
    keeps: DeliveryFault | None = None
    kept: int = 0
    finds: int = 0

    def post(self, address: str, answer: Answer, key: str, language: str) -> str:
        assert language
        fault = next(self.happens, None)
        if fault is None or (isinstance(fault, Unsure) and self.takes_unsure):
            self.posted.append((address, answer.headline, key))
        if fault is not None:
            raise fault
        return str(len(self.posted))

    def find(self, address: str, key: str, since: datetime) -> tuple[str, ...]:
        assert since < MONDAY
        self.finds += 1
        if self.looks is not None:
            raise self.looks
        found = [
            str(n)
            for n, (a, _, k) in enumerate(self.posted, start=1)
            if (a, k) == (address, key) and str(n) not in self.withdrawn
        ]
        return tuple(found)

    def withdraw(self, address: str, reference: str) -> None:
        assert address
        if self.keeps is not None:
            self.kept += 1
            raise self.keeps
        self.withdrawn.append(reference)


@dataclass
class Time:
    seconds: float = 0

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


def a_letter(**changes: object) -> Letter:
    base = Letter(
        f"digest/2026-W48/{CHANNEL}",
        CHANNEL,
        pages.write(Answer("Dit is er nieuw in Limburg")),
        MONDAY,
        owner="person:1",
    )
    return replace(base, **changes)  # pyright: ignore[reportArgumentType] - by name


def a_post(store: Store, platform: Platform, time: Time) -> Post:
    clocks = Clocks(time.now, time.monotonic)
    couriers = {"slack": platform, "person": platform}
    return Post(store, couriers, clocks, patience=Patience(watch=0), pace=Pace(0, 0))


def deliver(store: Store, platform: Platform, letter: Letter, *hours: float) -> Letter:
    """Deliver for some hours, with a look every two and a half minutes."""
    with store.begin() as tx:
        tx.outbox.put(letter)
    time = Time()
    post = a_post(store, platform, time)
    while time.seconds <= 3600 * sum(hours):
        post.deliver(lambda _: None, lambda: False)
        time.seconds += 150
    return letter


def state_of(store: Store, letter: Letter) -> LetterState | None:
    with store.read() as tx:
        found = tx.outbox.progress(letter.key)
    return found.state if found else None


def test_a_letter_arrives_with_a_mark_that_says_nothing(sqlite_store: Store) -> None:
    platform = Platform()
    letter = deliver(sqlite_store, platform, a_letter())

    assert platform.posted == [(CHANNEL, "Dit is er nieuw in Limburg", mark(letter.key))]
    assert "W48" not in mark(letter.key)
    assert state_of(sqlite_store, letter) is LetterState.SENT


def test_where_nobody_can_look_the_owner_is_told_once_and_decides(store: Store) -> None:
    platform = Platform(iter([Unsure()]), looks=CannotLook(for_good=True))
    letter = deliver(store, platform, a_letter(), 2)

    assert state_of(store, letter) is LetterState.HELD
    assert [(to, said[:12]) for to, said, _ in platform.posted] == [("person:1", "Ik weet niet")]
    with store.read() as tx:
        told = tx.outbox.progress(f"held/{letter.key}")
    assert told is not None
    buttons = pages.read(told.letter.body).buttons
    assert [b.label for b in buttons] == ["Stuur toch", "Laat zo"]

    with store.begin() as tx:
        assert tx.outbox.decide(letter.key, send=True, now=MONDAY)
    a_post(store, platform, Time(9000)).deliver(lambda _: None, lambda: False)
    assert [to for to, _, _ in platform.posted] == ["person:1", CHANNEL]


def test_of_a_channel_that_nobody_owns_the_stewards_hear(store: Store) -> None:
    with store.begin() as tx:
        stewards = tx.people.everyone()[:2]
        for steward in stewards:
            tx.people.add_steward(steward.email, MONDAY, "system")
    platform = Platform(iter([Refused("is_archived")]))
    deliver(store, platform, a_letter(owner=""), 1)
    to_nobody = Platform(iter([Refused("users_not_found")]))
    deliver(store, to_nobody, a_letter(key="reminder", address="person:9999", owner=""), 1)

    assert {to for to, _, _ in platform.posted} == {f"person:{one.id}" for one in stewards}
    assert to_nobody.posted == []


def test_a_platform_that_says_no_for_good_is_told_to_the_owner_and_asked_no_more(
    store: Store,
) -> None:
    with store.begin() as tx:
        tx.digests.keep(
            a_subscription(owner="person:1"),
            MONDAY,
            "person:1",
        )
    platform = Platform(iter([Refused("is_archived")]))
    letter = deliver(store, platform, a_letter(), 2)

    assert state_of(store, letter) is LetterState.REFUSED
    assert [to for to, _, _ in platform.posted] == ["person:1"]
    with store.read() as tx:
        ended = tx.digests.at(CHANNEL)
        assert tx.digests.active() == []
    assert ended is not None
    assert ended.ended == "is_archived"


def test_when_somebodys_own_conversation_says_no_for_good_nobody_is_written_to(
    store: Store,
) -> None:
    with store.begin() as tx:
        tx.people.add_steward(tx.people.everyone()[0].email, MONDAY, "system")
        tx.digests.keep(a_subscription(address="slack:T1:U9", owner="slack:T1:U9"), MONDAY, "x")
    platform = Platform(iter([Refused("user_not_found")]))
    own = a_letter(address="slack:T1:U9", owner="slack:T1:U9")
    letter = deliver(store, platform, own, 2)

    assert state_of(store, letter) is LetterState.REFUSED
    assert platform.posted == []
    with store.read() as tx:
        assert tx.digests.active() == []


def test_a_platform_that_says_later_gets_it_later_once(sqlite_store: Store) -> None:
    platform = Platform(iter([TryLater(60), TryLater(600)]))
    letter = deliver(sqlite_store, platform, a_letter(), 1)

    assert state_of(sqlite_store, letter) is LetterState.SENT
    assert len(platform.posted) == 1


def expired() -> LockedOut:
    return LockedOut(300, "token_expired", wholly=True)


def test_while_the_account_is_locked_out_nothing_is_given_up_and_it_is_known(
    store: Store,
) -> None:
    letters = [a_letter(), a_letter(key="to a person", address="person:2", owner="")]
    with store.begin() as tx:
        tx.digests.keep(a_subscription(owner="person:1"), MONDAY, "person:1")
        for letter in letters:
            tx.outbox.put(letter)
    platform, time = Platform(iter([expired() for _ in range(6)])), Time()
    post = a_post(store, platform, time)
    known: list[bool] = []
    while time.seconds <= 3600:
        post.deliver(lambda _: None, lambda: len(platform.posted) > len(known))
        known.append(post.healthy)
        time.seconds += 300

    assert known == [False] * 3 + [True] * 10
    assert sorted(to for to, _, _ in platform.posted) == ["person:2", CHANNEL]
    assert [state_of(store, one) for one in letters] == [LetterState.SENT] * 2
    with store.read() as tx:
        assert len(tx.digests.active()) == 1


def test_a_letter_that_lacks_a_scope_waits_alone(store: Store) -> None:
    no_scope = LockedOut(300, "missing_scope", wholly=False)
    platform, time = Platform(iter([no_scope])), Time()
    lacking = a_letter(key="lacking", address="slack:T1:U9")
    with store.begin() as tx:
        tx.outbox.put(lacking)
    post = a_post(store, platform, time)
    post.deliver(lambda _: None, lambda: not post.healthy)
    with store.begin() as tx:
        tx.outbox.put(a_letter())
    post.deliver(lambda _: None, lambda: False)

    assert [to for to, _, _ in platform.posted] == [CHANNEL]
    assert not post.healthy
    time.seconds = 600
    assert post.healthy
    post.deliver(lambda _: None, lambda: False)
    assert state_of(store, lacking) is LetterState.SENT


def test_a_letter_that_the_platform_cannot_read_is_held_and_its_digest_goes_on(
    store: Store,
) -> None:
    with store.begin() as tx:
        tx.digests.keep(a_subscription(owner="person:1"), MONDAY, "person:1")
    platform = Platform(iter([NotTaken("invalid_blocks"), None, NotTaken("invalid_blocks")]))
    letter = deliver(store, platform, a_letter(), 1)

    assert state_of(store, letter) is LetterState.HELD
    assert [(to, said[:15]) for to, said, _ in platform.posted] == [
        ("person:1", "Dit bericht raa")
    ]
    with store.read() as tx:
        told = tx.outbox.progress(f"held/{letter.key}")
        assert len(tx.digests.active()) == 1
    assert told is not None
    answer = pages.read(told.letter.body)
    assert "invalid_blocks" in str(answer.parts)
    assert [b.label for b in answer.buttons] == ["Stuur toch", "Laat zo"]

    with store.begin() as tx:
        assert tx.outbox.decide(letter.key, send=True, now=MONDAY)
    a_post(store, platform, Time(9000)).deliver(lambda _: None, lambda: False)
    assert [to for to, _, _ in platform.posted] == ["person:1", "person:1"]


def test_a_workspace_that_has_enough_for_a_minute_keeps_no_other_waiting(
    sqlite_store: Store,
) -> None:
    platform, time = Platform(), Time()
    with sqlite_store.begin() as tx:
        tx.outbox.put(a_letter())
        tx.outbox.slow_down(CHANNEL, MONDAY + timedelta(seconds=60))
    sent_at: list[float] = []

    def wait(seconds: float) -> None:
        if not time.seconds:
            with sqlite_store.begin() as tx:
                tx.outbox.put(a_letter(key="meanwhile", address="person:1"))
        time.seconds += seconds

    def until() -> bool:
        sent_at.extend([time.seconds] * (len(platform.posted) - len(sent_at)))
        return len(sent_at) == 2

    a_post(sqlite_store, platform, time).deliver(wait, until)

    assert [to for to, _, _ in platform.posted] == ["person:1", CHANNEL]
    assert sent_at[0] <= 1
    assert 60 <= sent_at[1] <= 61


@pytest.mark.parametrize("taken", [True, False])
def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(
    sqlite_store: Store, *, taken: bool
) -> None:
    platform = Platform(iter([Unsure()]), takes_unsure=taken)
    letter = deliver(sqlite_store, platform, a_letter(), 1)

    assert state_of(sqlite_store, letter) is LetterState.SENT
    assert len(platform.posted) == 1


def test_of_two_messages_with_one_key_the_younger_is_deleted(sqlite_store: Store) -> None:
    platform = Platform(iter([Unsure(), Unsure()]), takes_unsure=True)
    letter = a_letter()
    # What only a lost lock and a pause at the worst moment can do: it landed twice.
    platform.posted.append((CHANNEL, "Dit is er nieuw in Limburg", mark(letter.key)))
    deliver(sqlite_store, platform, letter, 2)

    assert platform.withdrawn == ["2"]
    assert state_of(sqlite_store, letter) is LetterState.SENT


def doubled(store: Store, platform: Platform) -> Letter:
    """Let a letter land twice, and 30 hours pass with a look every two and a half minutes."""
    letter = a_letter()
    platform.posted.append((CHANNEL, "Dit is er nieuw in Limburg", mark(letter.key)))
    return deliver(store, platform, letter, 30)


def test_where_brug_may_delete_nothing_the_owner_hears_that_it_is_there_twice(
    sqlite_store: Store,
) -> None:
    no = NotTaken("cant_delete_message")
    platform = Platform(iter([Unsure(), None]), takes_unsure=True, keeps=no)
    letter = doubled(sqlite_store, platform)

    assert (platform.kept, platform.withdrawn) == (1, [])
    assert platform.finds == 2
    assert state_of(sqlite_store, letter) is LetterState.SENT
    assert [(to, said[:28]) for to, said, _ in platform.posted[2:]] == [
        ("person:1", "Dit bericht staat er twee ke")
    ]


def test_nobody_asks_for_longer_than_a_day_whether_a_double_may_be_deleted(
    sqlite_store: Store,
) -> None:
    platform = Platform(iter([Unsure()]), takes_unsure=True, keeps=Unsure())
    letter = doubled(sqlite_store, platform)

    assert state_of(sqlite_store, letter) is LetterState.SENT
    assert 24 * 3600 / 150 - 10 < platform.kept <= 24 * 3600 / 150
    assert [to for to, _, _ in platform.posted] == [CHANNEL, CHANNEL]


def test_a_letter_whose_day_is_over_is_left_out_and_explained(sqlite_store: Store) -> None:
    with sqlite_store.begin() as tx:
        kept = tx.digests.keep(
            a_subscription(),
            MONDAY,
            "person:1",
        )
        letter = a_letter(expires_at=MONDAY + timedelta(hours=15))
        tx.digests.issue_letter(kept, "2026-W48", MONDAY, MONDAY, letter.key, {})
    platform = Platform(iter([TryLater(16 * 3600)]))
    deliver(sqlite_store, platform, letter, 20)

    assert platform.posted == []
    assert state_of(sqlite_store, letter) is None
    with sqlite_store.read() as tx:
        assert [issue.silence for issue in tx.digests.issues(kept)] == [Silence.MISSED]


def test_a_letter_that_stays_uncertain_for_a_day_is_left_to_its_owner(
    sqlite_store: Store,
) -> None:
    platform = Platform(iter([Unsure()]), looks=CannotLook())
    letter = deliver(sqlite_store, platform, a_letter(), 25)

    assert state_of(sqlite_store, letter) is LetterState.HELD
