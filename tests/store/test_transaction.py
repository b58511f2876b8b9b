import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from store import Store, open_store
from store.errors import StoreBusy, StoreUnreachable, UnknownDatabase
from store.records import Letter, LetterState
from tests.conftest import MONDAY


def a_letter(key: str) -> Letter:
    return Letter(key, "slack:T1:C1", "{}", MONDAY)


def test_a_unit_of_work_happens_whole_or_not_at_all(store: Store) -> None:
    def fail_half_way() -> None:
        with store.begin() as tx:
            tx.outbox.put(a_letter("half"))
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()

    with store.read() as tx:
        assert tx.outbox.in_state(LetterState.WAITING) == []


def test_looking_can_not_change_anything(store: Store) -> None:
    with pytest.raises(DBAPIError), store.read() as tx:
        tx.outbox.put(a_letter("sneaky"))

    with store.begin() as tx:
        assert tx.outbox.put(a_letter("allowed"))


def test_a_connection_that_wrote_can_not_when_it_looks_again(store: Store) -> None:
    for number in range(3):  # the same connection of the pool, each time
        with store.begin() as tx:
            assert tx.outbox.put(a_letter(f"allowed/{number}"))
        with pytest.raises(DBAPIError), store.read() as tx:
            tx.outbox.put(a_letter("sneaky"))


def test_eight_threads_that_write_the_same_letter_leave_one(store: Store) -> None:
    def put(_: int) -> bool:
        with store.begin() as tx:
            return tx.outbox.put(a_letter("digest/2026-W47/slack:T1:C1"))

    with ThreadPoolExecutor(8) as pool:
        wrote = list(pool.map(put, range(32)))

    assert sum(wrote) == 1


def test_no_update_is_lost_when_threads_count_together(store: Store) -> None:
    def bump(_: int) -> None:
        with store.begin() as tx:
            tx.revisions.bump("directory")

    bump(0)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(bump, range(200)))

    with store.read() as tx:
        assert tx.revisions.of("directory") == 201


def test_an_event_that_comes_four_times_is_new_once(store: Store) -> None:
    def deliver(_: int) -> bool:
        with store.begin() as tx:
            return tx.receipts.first_time("slack:event:Ev1", MONDAY)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(deliver, range(4))) == [False, False, False, True]


def test_a_fault_of_the_database_does_not_tell_what_people_typed(tmp_path: Path) -> None:
    without_tables = open_store(f"sqlite:///{tmp_path}/empty.db")

    with pytest.raises(OperationalError) as fault, without_tables.begin() as tx:
        tx.outbox.put(a_letter("geheim-woord"))

    assert "geheim-woord" not in str(fault.value)
    without_tables.close()


def test_a_database_held_by_another_program_is_a_clear_refusal(
    sqlite_store: Store,
) -> None:
    path = sqlite_store.engine.url.database
    impatient = open_store(f"sqlite:///{path}?timeout=0.05")
    other = sqlite3.connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreBusy, match="nothing was written"), impatient.begin():
        pytest.fail("the transaction should not have begun")

    other.close()
    impatient.close()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_a_database_that_brug_does_not_know_is_named(url: str) -> None:
    with pytest.raises(UnknownDatabase, match="BRUG_DATABASE_URL"):
        open_store(url)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    store = open_store("postgresql://brug:geheim@127.0.0.1:9/brug")

    with pytest.raises(StoreUnreachable) as fault, store.read() as tx:
        tx.people.everyone()

    assert "geheim" not in str(fault.value)
    assert "127.0.0.1" in str(fault.value)


def test_sqlite_is_set_up_as_measured(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        found = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 2000,
    }
