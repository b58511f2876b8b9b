from datetime import date, timedelta

from handlers.context import BRUSSELS
from handlers.speech import pages
from scheduler.gaps import write_gaps
from store import Store
from store.records import Absence, LetterState
from tests.conftest import MONDAY


def letters(store: Store) -> dict[str, str]:
    with store.read() as tx:
        found = tx.outbox.in_state(LetterState.WAITING)
        return {letter.key: pages.read(letter.body).headline for letter in found}


def test_a_gap_reaches_every_steward_once_however_often_the_job_runs(store: Store) -> None:
    today = MONDAY.astimezone(BRUSSELS).date()
    with store.begin() as tx:
        people = {person.name: person for person in tx.people.everyone()}
        tx.people.add_steward(people["Babs"].email, MONDAY, "system")
        tx.people.add_steward("niemand@example.org", MONDAY, "system")
        ill = Absence(0, people["Claudia"], today, date(2026, 12, 4), None)
        tx.absences.register(ill, None, MONDAY, "system")

    assert write_gaps(store, MONDAY) == 1
    assert write_gaps(store, MONDAY) == 0
    assert write_gaps(store, MONDAY + timedelta(days=1)) == 0

    (headline,) = letters(store).values()
    assert "Limburg" in headline
    assert "10 werkdagen" in headline


def test_without_a_gap_there_is_no_letter(sqlite_store: Store) -> None:
    with sqlite_store.begin() as tx:
        babs = next(person for person in tx.people.everyone() if person.name == "Babs")
        tx.people.add_steward(babs.email, MONDAY, "system")

    assert write_gaps(sqlite_store, MONDAY) == 0
    assert letters(sqlite_store) == {}
