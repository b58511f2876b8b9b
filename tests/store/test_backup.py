import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from store import Store, open_store
from store.backup import back_up, restore
from store.directory import Offering
from store.errors import BackupFailed
from store.records import Letter, LetterState
from tests.conftest import MONDAY
from tests.peers.postgresql import Cluster


def a_letter(number: int) -> Letter:
    return Letter(f"letter/{number}", "slack:T1:C1", "{}", MONDAY)


def writing(store: Store, stop: threading.Event, thread: int) -> Callable[[], None]:
    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with store.begin() as tx:  # two rows that belong together
                tx.outbox.put(a_letter(thread * 1_000_000 + 2 * number))
                tx.outbox.put(a_letter(thread * 1_000_000 + 2 * number + 1))

    return write


def add_entry(store: Store, name: str) -> None:
    with store.begin() as tx:
        tx.offerings.add_all([Offering(name=name)], MONDAY)


def names_found(store: Store, words: str) -> list[str]:
    finder = store.catalogue.current()
    numbers = [hit.entry_id for hit in finder.search(finder.understand(words), 3).hits]
    with store.read() as tx:
        return [one.name for one in tx.offerings.many(numbers)]


def test_thirty_copies_of_a_database_that_three_threads_write_to_are_all_whole(
    sqlite_store: Store, tmp_path: Path
) -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=writing(sqlite_store, stop, n)) for n in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(30):
            back_up(sqlite_store, tmp_path / f"copy{number}.db")
    finally:
        stop.set()
        for thread in threads:
            thread.join()

    for number in range(30):
        url = f"sqlite:///{tmp_path}/restored{number}.db"
        restore(url, tmp_path / f"copy{number}.db", MONDAY)
        with closing(sqlite3.connect(tmp_path / f"restored{number}.db")) as restored:
            assert restored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert restored.execute("SELECT count(*) % 2 FROM letter").fetchone() == (0,)
            assert restored.execute("SELECT count(*) FROM person").fetchone() == (13,)


def test_what_was_there_stays_beside_the_copy_that_was_put_back(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = Path(str(sqlite_store.engine.url.database))
    back_up(sqlite_store, tmp_path / "copy.db")
    with sqlite_store.begin() as tx:
        tx.outbox.put(a_letter(1))
    sqlite_store.close()

    doubted = restore(f"sqlite:///{file}", tmp_path / "copy.db", MONDAY)

    again, before = open_store(f"sqlite:///{file}"), open_store(f"sqlite:///{file}.before-restore")
    with again.read() as tx, before.read() as tx_before:
        assert tx.outbox.progress("letter/1") is None
        assert tx_before.outbox.progress("letter/1") is not None
    assert doubted == 0
    again.close()
    before.close()


def test_a_letter_that_waited_when_the_copy_was_made_is_in_doubt_after_it(
    sqlite_store: Store, tmp_path: Path
) -> None:
    with sqlite_store.begin() as tx:
        tx.outbox.put(a_letter(1))
    back_up(sqlite_store, tmp_path / "copy.db")

    url = f"sqlite:///{tmp_path}/other.db"
    assert restore(url, tmp_path / "copy.db", MONDAY + timedelta(days=1)) == 1

    restored = open_store(url)
    with restored.read() as tx:
        assert [one.key for one in tx.outbox.in_state(LetterState.RECOVERING)] == ["letter/1"]
    restored.close()


def test_a_copy_never_overwrites_a_file(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("something else")

    with pytest.raises(BackupFailed, match="there already"):
        back_up(sqlite_store, tmp_path / "copy.db")


@pytest.mark.parametrize("content", [None, b"", b"no database at all", b"SQLite format 3\0" * 99])
def test_a_file_that_is_no_copy_of_ours_changes_nothing(
    sqlite_store: Store, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "odd.db").write_bytes(content)
    file = str(sqlite_store.engine.url.database)

    with pytest.raises(BackupFailed):
        restore(f"sqlite:///{file}", tmp_path / "odd.db", MONDAY)

    with sqlite_store.read() as tx:
        assert len(tx.people.everyone()) == 13


def test_postgresql_is_left_to_its_own_tools(cluster: Cluster, tmp_path: Path) -> None:
    store = open_store(cluster.copy())

    with pytest.raises(BackupFailed, match="pg_dump"):
        back_up(store, tmp_path / "copy.db")
    store.close()


def test_an_index_from_before_a_restore_is_not_taken_for_one_after_it(
    sqlite_store: Store, tmp_path: Path
) -> None:
    url, home = str(sqlite_store.engine.url), tmp_path / "home"
    home.mkdir()
    back_up(sqlite_store, tmp_path / "copy.db")
    before = open_store(url, home)
    add_entry(before, "Zeilklas De Vaart")
    before.catalogue.keep()
    before.close()
    sqlite_store.close()

    restore(url, tmp_path / "copy.db", MONDAY)
    after = open_store(url, home)
    add_entry(after, "Smidse De Vonk")  # the directory counts as many changes as before
    found = {words: names_found(after, words) for words in ("zeilklas vaart", "smidse vonk")}
    after.close()

    assert found == {"zeilklas vaart": [], "smidse vonk": ["Smidse De Vonk"]}
    assert len(list(home.glob("search-*.npz"))) == 1
