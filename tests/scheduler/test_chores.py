from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import update

from scheduler.chores import CHORES, Chore
from store import Store
from store.connections import Connection
from store.privacy import guard
from store.records import Fact, FactKind, LetterState, Region
from store.tables import ConnectionRow, ServiceRow, SignalRow
from tests.conftest import MONDAY
from tests.news import AN_OFFERING, a_signal, add

LATER = MONDAY + timedelta(days=20)
NOOR, TIM = "slack:T1:U2", "slack:T1:U5"


@dataclass(frozen=True)
class Two:
    """Two things that a chore has to do, the first of which can't be done.

    Attributes:
        chore: Which.
        make: Keeps them.
        letter: What the key of the letter about the second begins with.
    """

    chore: str
    make: Callable[[Store], None]
    letter: str


def two_signals(store: Store) -> None:
    for text in ("De bus is drie uur onderweg.", "Er zijn te weinig plaatsen."):
        a_signal(store, text)
    with store.engine.begin() as connection:
        connection.execute(update(SignalRow).where(SignalRow.number == 1).values(region="nergens"))


def two_questions(store: Store) -> None:
    with store.begin() as tx:
        for number in (1, 2):
            one = Connection(
                id=0,
                asker=NOOR,
                name="",
                email="noor.voorbeeld@example.org",
                question=guard("Hoe pakken jullie rouw aan?"),
                region=Region.LIMBURG,
                language="nl",
                asked_at=MONDAY,
                expires_at=MONDAY + timedelta(days=14),
            )
            tx.connections.begin(one, f"question {number}")
    with store.engine.begin() as connection:
        broken = update(ConnectionRow).where(ConnectionRow.key == "question 1")
        connection.execute(broken.values(region="nergens"))


def two_who_were_told(store: Store) -> None:
    with store.begin() as tx:
        tx.told.note(
            NOOR, [Fact(FactKind.DUTY, record="nergens", value="Wie dan ook")], "nl", LATER
        )
        tx.told.note(TIM, [Fact(FactKind.PERSON, 1, value="Wie dan ook")], "nl", LATER)


def two_owners(store: Store) -> None:
    with store.read() as tx:
        owners = sorted(person.email for person in tx.people.everyone())[:2]
    entries = (replace(AN_OFFERING, assured_date=None, owner_email=owner) for owner in owners)
    broken, _ = add(store, *entries)
    with store.engine.begin() as connection:
        connection.execute(update(ServiceRow).where(ServiceRow.id == broken).values(kind="niets"))


def faults(chore: str) -> float:
    return REGISTRY.get_sample_value("brug_chore_faults_total", {"chore": chore}) or 0


@pytest.mark.parametrize("chore", CHORES, ids=lambda chore: chore.name)
def test_a_chore_may_be_done_twice_and_writes_nothing_new(store: Store, chore: Chore) -> None:
    chore.run(store, MONDAY)
    with store.read() as tx:
        once = tx.outbox.in_state(LetterState.WAITING)

    chore.run(store, MONDAY)

    with store.read() as tx:
        assert tx.outbox.in_state(LetterState.WAITING) == once


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), True),  # Monday, nine in Brussels
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), False),  # a minute before eight
        (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), False),  # six in the evening
        (datetime(2026, 11, 21, 9, 0, tzinfo=UTC), False),  # Saturday
        (datetime(2026, 11, 11, 9, 0, tzinfo=UTC), False),  # Armistice Day
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), True),  # eight, in summer time
    ],
)
def test_who_is_written_to_in_person_is_written_to_at_work(moment: datetime, due: bool) -> None:  # noqa: FBT001 - the table's second column
    in_person = [chore for chore in CHORES if chore.at_work]

    assert in_person
    assert {chore.due(moment) for chore in in_person} == {due}
    assert {chore.due(moment) for chore in CHORES if not chore.at_work} == {True}


@pytest.mark.parametrize(
    "two",
    [
        Two("first look", two_signals, "look/2/"),
        Two("questions", two_questions, "connection/2/end/"),
        Two("recalls", two_who_were_told, "recall/"),
        Two("confirmations", two_owners, "confirm/"),
    ],
    ids=lambda two: two.chore,
)
def test_what_is_wrong_with_one_thing_keeps_no_others_waiting(store: Store, two: Two) -> None:
    two.make(store)
    (chore,) = (one for one in CHORES if one.name == two.chore)
    before = faults(two.chore)

    for _ in range(2):
        chore.run(store, LATER)

    with store.read() as tx:
        keys = [letter.key for letter in tx.outbox.in_state(LetterState.WAITING)]
    assert keys
    assert {key[: len(two.letter)] for key in keys} == {two.letter}
    assert faults(two.chore) == before + 2


def test_no_two_chores_share_a_name() -> None:
    assert len({chore.name for chore in CHORES}) == len(CHORES)
