import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from store import Store, open_store
from store.backup import Restored, back_up, restore
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

    done = restore(f"sqlite:///{file}", tmp_path / "copy.db", MONDAY)

    again, before = open_store(f"sqlite:///{file}"), open_store(f"sqlite:///{done.set_aside}")
    with again.read() as tx, before.read() as tx_before:
        assert tx.outbox.progress("letter/1") is None
        assert tx_before.outbox.progress("letter/1") is not None
    assert done.doubted == 0
    again.close()
    before.close()


def kept(file: Path) -> list[str]:
    """Return the letters in a database file, which has to be whole."""
    with closing(sqlite3.connect(file)) as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [key for (key,) in found.execute("SELECT key FROM letter ORDER BY key")]


def copied_and_changed(store: Store, copy: Path) -> Path:
    """Make a copy, write a letter that it does not have, and return the database's file."""
    back_up(store, copy)
    with store.begin() as tx:
        tx.outbox.put(a_letter(1))
    store.close()
    return Path(str(store.engine.url.database))


def test_a_second_restore_keeps_what_the_first_one_set_aside(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = copied_and_changed(sqlite_store, tmp_path / "copy.db")

    done = [restore(f"sqlite:///{file}", tmp_path / "copy.db", MONDAY) for _ in range(2)]

    aside = [one.set_aside for one in done if one.set_aside]
    assert [kept(one) for one in aside] == [["letter/1"], []]
    assert kept(file) == []


def test_a_copy_is_not_put_back_under_a_brug_that_is_at_work(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = copied_and_changed(sqlite_store, tmp_path / "copy.db")
    running = open_store(f"sqlite:///{file}")
    with running.read() as tx:
        tx.people.everyone()  # and now it waits for the next question

    with pytest.raises(BackupFailed, match="Stop every Brug"):
        restore(f"sqlite:///{file}", tmp_path / "copy.db", MONDAY)

    with running.begin() as tx:
        tx.outbox.put(a_letter(2))
    running.close()
    assert kept(file) == ["letter/1", "letter/2"]
    assert {one.name for one in tmp_path.iterdir()} == {"copy.db", file.name}


DIES = """
import os, shutil, sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from store.backup import restore

start, steps = Path(sys.argv[1]), Path(sys.argv[2])
for step in count():
    folder = steps / str(step)
    shutil.copytree(start, folder)
    child = os.fork()
    if child == 0:
        left = step

        def die(name, details):
            global left
            watched = name in {"sqlite3.connect", "os.rename", "os.remove", "open"}
            if watched and any(str(folder) in str(one) for one in details):
                left -= 1
                if left < 0:
                    os._exit(9)

        sys.addaudithook(die)
        url = f"sqlite:///{folder}/only.db"
        restore(url, folder / "copy.db", datetime(2026, 11, 23, tzinfo=UTC))
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status != 9:
        sys.exit(status)
"""
"""Puts a copy back over and over, in a folder each, and dies when it opens, renames or removes the
first file, the second, and so on, until it comes to its end."""


def test_whoever_dies_at_any_step_of_a_restore_leaves_a_whole_database(
    sqlite_store: Store, tmp_path: Path
) -> None:
    start, steps = tmp_path / "start", tmp_path / "steps"
    start.mkdir()
    file = copied_and_changed(sqlite_store, start / "copy.db")
    file.rename(start / "only.db")

    subprocess.run([sys.executable, "-c", DIES, str(start), str(steps)], check=True)

    died = sorted(steps.iterdir(), key=lambda one: int(one.name))
    found = [kept(folder / "only.db") for folder in died]
    assert found == sorted(found, reverse=True)  # the old one at first, at last the copy
    assert (found[0], found[-1]) == (["letter/1"], [])
    for folder in died:
        asides = [kept(one) for one in folder.glob("only.db.before-restore-*")]
        assert ["letter/1"] in (kept(folder / "only.db"), *asides)
        restore(f"sqlite:///{folder}/only.db", folder / "copy.db", MONDAY)
        left = {one.name for one in folder.iterdir() if ".before-restore-" not in one.name}
        assert left == {"copy.db", "only.db"}


def test_a_database_with_damaged_pages_is_restored_and_one_beyond_that_is_left_alone(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = copied_and_changed(sqlite_store, tmp_path / "copy.db")
    sound = file.read_bytes()
    file.write_bytes(sound[:40_960] + b"?" * 40_960 + sound[81_920:])

    restore(f"sqlite:///{file}", tmp_path / "copy.db", MONDAY)
    restored = kept(file)
    file.write_bytes(b"?" * 4096)
    with pytest.raises(BackupFailed, match="move it"):
        restore(f"sqlite:///{file}", tmp_path / "copy.db", MONDAY)

    assert restored == []
    assert file.read_bytes() == b"?" * 4096


def test_a_letter_that_waited_when_the_copy_was_made_is_in_doubt_after_it(
    sqlite_store: Store, tmp_path: Path
) -> None:
    with sqlite_store.begin() as tx:
        tx.outbox.put(a_letter(1))
    back_up(sqlite_store, tmp_path / "copy.db")

    url = f"sqlite:///{tmp_path}/other.db"
    done = restore(url, tmp_path / "copy.db", MONDAY + timedelta(days=1))

    assert done == Restored(doubted=1, set_aside=None)

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
