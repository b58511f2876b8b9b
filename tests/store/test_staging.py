from datetime import timedelta

from sqlalchemy import func, select

from scheduler.chores import CHORES
from store import Store
from store.staging import A_DAY
from store.tables import StagedFileRow
from tests.conftest import MONDAY

A_SECOND = timedelta(seconds=1)


def put(store: Store) -> int:
    with store.begin() as tx:
        return tx.staging.put("aanbod.csv", b"naam\n", "person:1", MONDAY)


def count(store: Store) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(StagedFileRow)) or 0


def test_a_file_waits_for_a_day_and_no_longer(store: Store) -> None:
    number = put(store)

    with store.begin() as tx:
        assert tx.staging.take(number, MONDAY + A_DAY + A_SECOND) is None
        taken = tx.staging.take(number, MONDAY + A_DAY)

    assert taken is not None
    assert taken.content == b"naam\n"
    assert count(store) == 0


def test_a_file_that_nobody_decided_about_is_thrown_away_by_the_clock(store: Store) -> None:
    put(store)
    found: list[int] = []

    for moment in (MONDAY + A_DAY, MONDAY + A_DAY + A_SECOND):
        for chore in CHORES:
            if not chore.at_work:
                chore.run(store, moment)
        found.append(count(store))

    assert found == [1, 0]
