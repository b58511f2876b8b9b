from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from store import Store, Transaction
from store.absences import MOST
from store.records import Absence, Person
from store.tables import AbsenceRow, AuditRow
from tests.conftest import MONDAY

FIRST, LAST = date(2027, 7, 7), date(2027, 7, 21)


def person(tx: Transaction, name: str) -> Person:
    return next(p for p in tx.people.everyone() if p.name == name)


def away(tx: Transaction, name: str, first: date = FIRST, last: date = LAST) -> Absence:
    absence = Absence(0, person(tx, name), first, last, None)
    return tx.absences.register(absence, None, MONDAY, "system")[0]


def rows(store: Store) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(AbsenceRow)) or 0


def test_the_same_absence_twice_is_one(store: Store) -> None:
    def register(_: int) -> tuple[int, bool]:
        with store.begin() as tx:
            absence = Absence(0, person(tx, "Babs"), FIRST, LAST, person(tx, "Els"))
            stands, new = tx.absences.register(absence, None, MONDAY, "system")
            return stands.id, new

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(register, range(16)))

    assert len({number for number, _ in done}) == 1
    assert sum(new for _, new in done) == 1
    assert rows(store) == 1


def test_an_absence_that_was_undone_is_nowhere_and_may_come_again(store: Store) -> None:
    with store.begin() as tx:
        absence = away(tx, "Babs")
        assert tx.absences.withdraw(absence.id, MONDAY, "system")
        assert not tx.absences.withdraw(absence.id, MONDAY, "system")
    with store.read() as tx:
        assert tx.absences.upcoming([absence.person.id], FIRST) == []
        assert tx.absences.between(FIRST, LAST) == []
        assert tx.coverage.absences(FIRST) == []
        assert tx.absences.find(absence.id) == absence
    with store.begin() as tx:
        assert away(tx, "Babs").id != absence.id

    with store.engine.connect() as connection:
        verbs = connection.scalars(select(AuditRow.verb).order_by(AuditRow.id)).all()
    assert [verb for verb in verbs if verb.startswith("absence")] == [
        "absence.register",
        "absence.withdraw",
        "absence.register",
    ]


def test_the_last_day_is_included_and_the_next_is_not(store: Store) -> None:
    with store.begin() as tx:
        absence = away(tx, "Babs")
    day = timedelta(days=1)
    with store.read() as tx:
        number = absence.person.id
        assert tx.absences.overlapping(number, LAST, LAST + day) == [absence]
        assert tx.absences.overlapping(number, FIRST - day, FIRST) == [absence]
        assert tx.absences.overlapping(number, LAST + day, LAST + day) == []
        assert tx.absences.overlapping(number, FIRST - day, FIRST - day) == []
        assert tx.absences.upcoming([number], LAST) == [absence]
        assert tx.absences.upcoming([number], LAST + day) == []


def test_a_question_about_what_is_ahead_is_bounded(sqlite_store: Store) -> None:
    with sqlite_store.begin() as tx:
        for number in range(MOST + 5):
            day = FIRST + timedelta(days=number)
            away(tx, "Babs", day, day)
    with sqlite_store.read() as tx:
        babs = person(tx, "Babs").id
        assert len(tx.absences.upcoming([babs], FIRST)) == MOST
        # Who is away on these days is never cut: somebody left out would be named.
        assert len(tx.absences.between(FIRST, FIRST + timedelta(days=MOST + 5))) == MOST + 5


def test_a_confirmed_assignment_says_by_whom_and_is_left_alone_by_seeds(store: Store) -> None:
    with store.begin() as tx:
        babs = person(tx, "Babs")
        mine = next(a for a in tx.coverage.assignments(FIRST) if a.person == babs)
        tx.coverage.confirm(mine.id, babs.id, MONDAY, f"person:{babs.id}")
    with store.read() as tx:
        found = tx.coverage.assignment(mine.id)

    assert found is not None
    assert (found.confirmed_at, found.confirmed_by) == (MONDAY, babs)
    with store.engine.connect() as connection:
        changed = connection.exec_driver_sql(
            "SELECT count(*) FROM assignment WHERE changed_at IS NOT NULL"
        ).scalar()
    assert changed == 1


@pytest.mark.parametrize("order", [("Babs", "Els"), ("Els", "Babs")])
def test_persons_are_held_in_one_order_so_that_nobody_waits_in_a_circle(
    store: Store, order: tuple[str, str]
) -> None:
    def hold(turn: int) -> None:
        with store.begin() as tx:
            names = order if turn % 2 else order[::-1]
            tx.absences.hold(person(tx, name).id for name in names)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(hold, range(24)))
