"""What a process remembers is never what another one has changed."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from store import Store, Transaction
from store.memory import LONGEST, WATCHED, Memory, WritingSession
from store.records import Absence
from store.tables import AbsenceRow, AssignmentRow, LanguageRow, PersonRow, Row, StewardRow
from tests.conftest import MONDAY

ROOT = Path(__file__).parents[2]
TODAY = MONDAY.date()
LUDO = "ludo.lemahieu@cdvaura.be"

OTHER_PROCESS = """
import sys
from datetime import date
from store import open_store
from store.records import Absence
from tests.conftest import MONDAY

store = open_store(sys.argv[1])
with store.begin() as tx:
    ludo = tx.people.by_email(sys.argv[2])
    away = Absence(0, ludo, MONDAY.date(), date(2026, 12, 1), None)
    absence, _ = tx.absences.register(away, None, MONDAY, "system")
print(absence.id, flush=True)
sys.stdin.readline()
with store.begin() as tx:
    tx.absences.withdraw(absence.id, MONDAY, "system")
    tx.people.add_steward("noor.voorbeeld@example.org", MONDAY, "system")
print("done", flush=True)
sys.stdin.readline()
store.close()
"""


def away(store: Store) -> list[str]:
    with store.read() as tx:
        return [absence.person.email for absence in tx.coverage.absences(TODAY)]


def test_a_change_in_another_process_is_in_the_next_answer(
    store: Store, database_url: str
) -> None:
    assert away(store) == []
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, database_url, LUDO],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline().strip().isdecimal()
        assert away(store) == [LUDO]
        other.stdin.write("go on\n")
        other.stdin.flush()
        assert other.stdout.readline().strip() == "done"
        assert away(store) == []
        with store.read() as tx:
            assert tx.people.is_steward("Noor.Voorbeeld@example.org")
        other.stdin.write("stop\n")
        other.stdin.flush()
    assert other.returncode == 0


def test_a_language_that_somebody_chose_is_in_the_next_answer(store: Store) -> None:
    def chosen() -> str:
        with store.read() as tx:
            return tx.languages.chosen("slack:T1:U1")

    assert not chosen()
    with store.begin() as tx:
        tx.languages.notice("slack:T1:U1", "fr", MONDAY)
    assert not chosen()  # the platform said so, not they
    for language in ("fr", "en"):
        with store.begin() as tx:
            tx.languages.choose("slack:T1:U1", language, MONDAY)
        assert chosen() == language
    with store.begin() as tx:
        tx.languages.forget("slack:T1:U1")
    assert not chosen()


def test_what_was_undone_is_not_remembered(store: Store) -> None:
    def fail_half_way() -> None:
        with store.begin() as tx:
            ludo = tx.people.by_email(LUDO)
            assert ludo is not None
            tx.absences.register(Absence(0, ludo, TODAY, TODAY, None), None, MONDAY, "system")
            assert tx.coverage.absences(TODAY)
            raise LookupError

    assert away(store) == []
    with pytest.raises(LookupError):
        fail_half_way()
    assert away(store) == []


def test_nothing_is_read_twice_while_nothing_changes(store: Store) -> None:
    with store.read() as tx:
        first = tx.people.everyone()
    with store.begin() as tx:
        tx.receipts.first_time("slack:event:Ev1", MONDAY)  # not one of what is remembered
    with store.read() as tx:
        assert tx.people.everyone() is first


@pytest.mark.parametrize(
    "change",
    [
        update(PersonRow).values(name="Noor Voorbeeld"),
        update(AssignmentRow).values(valid_to=date(2030, 1, 1)),
        delete(AbsenceRow),
        delete(StewardRow),
        update(LanguageRow).values(chosen=True),
    ],
    ids=lambda change: str(change.table),
)
def test_a_statement_over_many_rows_counts_as_a_change(store: Store, change: object) -> None:
    with store.read() as tx:
        before = tx.revisions.of("facts")
    with store.engine.connect() as connection, connection.begin():
        session = WritingSession(connection)
        session.execute(change)  # pyright: ignore[reportArgumentType, reportCallIssue] - any statement
        assert session.touched
        session.rollback()
    with store.read() as tx:
        assert tx.revisions.of("facts") == before


def test_every_remembered_table_exists() -> None:
    assert set(Row.metadata.tables) >= WATCHED


def test_a_hand_at_the_tables_is_seen_after_a_minute() -> None:
    moment = [0.0]
    memory = Memory(lambda: moment[0])
    assert memory.at("people", 1, lambda: "as it was") == "as it was"
    assert memory.at("people", 1, lambda: "by hand") == "as it was"
    moment[0] = LONGEST
    assert memory.at("people", 1, lambda: "by hand") == "by hand"


def test_of_forty_who_bring_ten_events_at_once_ten_are_first(store: Store) -> None:
    def bring(number: int) -> bool:
        return store.note(f"slack:event:{number % 10}", MONDAY)

    with ThreadPoolExecutor(16) as pool:
        noted = list(pool.map(bring, range(40)))

    assert sum(noted) == 10
    with store.begin() as tx:
        assert not tx.receipts.first_time("slack:event:3", MONDAY)


def test_what_goes_wrong_with_one_event_leaves_the_others_their_own(store: Store) -> None:
    def bring(number: int) -> str:
        def also(tx: Transaction) -> None:
            if number == 3:
                raise LookupError
            tx.revisions.bump("directory")

        try:
            return str(store.note(f"slack:event:{number}", MONDAY, also))
        except LookupError:
            return "wrong"

    with store.read() as tx:
        before = tx.revisions.of("directory")
    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(bring, range(8)))

    assert came == ["True", "True", "True", "wrong", "True", "True", "True", "True"]
    with store.read() as tx:
        assert tx.revisions.of("directory") == before + 7


def test_who_may_wait_longer_does_and_the_next_does_not(sqlite_store: Store) -> None:
    def waits() -> int:
        driver = sqlite_store.engine.raw_connection()  # SQLAlchemy's own would begin anew
        try:
            cursor = driver.cursor()
            cursor.execute("PRAGMA busy_timeout")
            (milliseconds,) = cursor.fetchone() or (0,)
            return milliseconds
        finally:
            driver.close()

    with sqlite_store.begin(patience=7) as tx:
        tx.revisions.bump("directory")
    assert waits() == 7000
    with sqlite_store.begin() as tx:
        tx.revisions.bump("directory")
    assert waits() == 2000
