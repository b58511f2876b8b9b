from datetime import UTC, datetime

import pytest

from scheduler.chores import CHORES, Chore
from store import Store
from store.records import LetterState
from tests.conftest import MONDAY


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


def test_no_two_chores_share_a_name() -> None:
    assert len({chore.name for chore in CHORES}) == len(CHORES)
