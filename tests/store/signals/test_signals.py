import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from store import Store, open_store
from store.errors import StoreBusy
from store.privacy import SafeText, guard
from store.records import Letter, LetterState, Region
from store.signals import Addressee, Anonymity, Draft, Level, Overtaken, Phase
from store.signals.records import Backing
from store.signals.traces import KEPT
from tests.conftest import MONDAY

NOOR, SAM = "slack:T1:UNOOR", "slack:T1:USAM"
NAMES = {NOOR: "Nora Nergenshuys", SAM: "Sam Verzonnen"}
ROOT = Path(__file__).parents[3]


def a_backing(
    submission: str, actor: str = NOOR, anonymity: Anonymity = Anonymity.DUO, at: str = "vzw Een"
) -> Backing:
    name = NAMES.get(actor, "Iemand Anders")
    return Backing(submission, actor, name, anonymity, guard(at), SafeText(""), "nl")


def a_draft(
    submission: str = "s1",
    text: str = "Er zijn te weinig plaatsen in een time-out.",
    actor: str = NOOR,
    anonymity: Anonymity = Anonymity.DUO,
) -> Draft:
    return Draft(
        text=guard(text),
        level=Level.SECUNDAIR,
        region=Region.LIMBURG,
        addressee=Addressee.BEIDE,
        meeting=SafeText(""),
        quarantined=False,
        look_by=date(2026, 12, 7),
        backing=a_backing(submission, actor, anonymity),
    )


def given(store: Store, *submissions: str) -> Sequence[int]:
    with store.begin() as tx:
        return [tx.signals.create(a_draft(one), MONDAY)[0].number for one in submissions]


def test_a_submission_that_arrives_four_times_at_once_is_one_signal(store: Store) -> None:
    def deliver(_: int) -> tuple[int, bool]:
        with store.begin() as tx:
            signal, new = tx.signals.create(a_draft(), MONDAY)
            return signal.number, new

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(deliver, range(4)))

    assert len({number for number, _ in told}) == 1
    assert sorted(new for _, new in told) == [False, False, False, True]
    with store.read() as tx:
        assert len(tx.signals.open_in(None, 10)) == 1
        assert len(tx.signals.supporters(told[0][0])) == 1


def test_two_coordinators_who_move_one_signal_at_once_do_not_overwrite_each_other(
    store: Store,
) -> None:
    (number,) = given(store, "s1")

    def move(to: Phase) -> bool:
        try:
            with store.begin() as tx:
                tx.signals.move(number, to, 1, "person:1", MONDAY)
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(move, (Phase.VERZAMELEN, Phase.ANALYSEREN)))

    assert sorted(moved) == [False, True]
    with store.read() as tx:
        signal = tx.signals.get(number)
        assert signal is not None
        assert signal.phase is (Phase.VERZAMELEN if moved[0] else Phase.ANALYSEREN)
        assert [one.verb for one in tx.signals.history(number)] == ["move"]


def test_a_merge_keeps_everybody_and_can_be_undone(store: Store) -> None:
    first, second = given(store, "s1", "s2")
    with store.begin() as tx:
        tx.signals.support(second, a_backing("s3", SAM, at="vzw Twee"), MONDAY)
        tx.signals.support(first, a_backing("s4", "x", Anonymity.NOBODY), MONDAY)

    with store.begin() as tx:
        tx.signals.merge(second, first, (1, 1), "person:1", MONDAY)
        together = tx.signals.backed(first)
        signals = [one.number for one, _ in tx.signals.similar("te weinig plaatsen time-out")]
    with store.begin() as tx:
        assert tx.signals.part(second, "person:1", MONDAY)
        apart = tx.signals.backed(first), tx.signals.backed(second)
        kept = tx.signals.get(second)

    assert (together.reporters, together.organisations, together.anonymous) == (2, 2, 1)
    assert signals == [first]
    assert (apart[0].reporters, apart[1].reporters, apart[0].anonymous) == (1, 2, 1)
    assert kept is not None
    assert kept.merged_into is None
    assert kept.text.startswith("Er zijn")


def test_two_signals_cannot_be_merged_into_each_other(store: Store) -> None:
    first, second = given(store, "s1", "s2")
    with store.begin() as tx:
        tx.signals.merge(second, first, (1, 1), "person:1", MONDAY)

    with pytest.raises(ValueError, match="together"), store.begin() as tx:
        tx.signals.merge(first, second, (2, 2), "person:1", MONDAY)


def test_who_stands_behind_a_signal_counts_once(store: Store) -> None:
    (number,) = given(store, "s1")

    with store.begin() as tx:
        assert not tx.signals.support(number, a_backing("again"), MONDAY)
        assert tx.signals.support(number, a_backing("sam", SAM), MONDAY)
        assert not tx.signals.support(number, a_backing("sam", SAM), MONDAY)
        assert tx.signals.backed(number).reporters == 2


def test_nothing_of_who_stays_anonymous_is_kept(store: Store) -> None:
    with store.begin() as tx:
        tx.signals.create(a_draft(anonymity=Anonymity.NOBODY), MONDAY)

    with store.read() as tx:
        (supporter,) = tx.signals.supporters(1)
        assert (supporter.actor, supporter.name, supporter.organisation) == (None, "", "")
        assert tx.traces.of(NOOR) == []


def test_the_link_to_a_reporter_is_cut_after_a_year_and_not_a_day_before(store: Store) -> None:
    (number,) = given(store, "s1")

    with store.begin() as tx:
        assert tx.traces.outdated(MONDAY + KEPT) == 0
        assert tx.traces.forget_old(MONDAY + KEPT) == 0
        assert tx.traces.outdated(MONDAY + KEPT + timedelta(seconds=1)) == 1
        assert tx.traces.forget_old(MONDAY + KEPT + timedelta(seconds=1)) == 1
        assert tx.traces.of(NOOR) == []
        assert [one.name for one in tx.signals.supporters(number)] == [""]
        assert tx.signals.backed(number).reporters == 1


def test_after_erasure_no_file_of_the_database_names_the_person(sqlite_store: Store) -> None:
    given(sqlite_store, "s1", "s2")
    folder = Path(str(sqlite_store.engine.url.database)).parent

    def found() -> bool:
        held = [file.read_bytes() for file in folder.iterdir()]
        return any(word.encode() in file for word in (NOOR, NAMES[NOOR]) for file in held)

    before = found()
    with sqlite_store.begin() as tx:
        assert tx.traces.erase(NOOR, MONDAY) == 2
    sqlite_store.scrub()

    assert before
    assert not found()


def test_after_erasure_no_table_names_the_person(store: Store) -> None:
    given(store, "s1")

    with store.begin() as tx:
        tx.traces.erase(NOOR, MONDAY)
    store.scrub()

    with store.engine.connect() as connection:
        for table in ("signal", "signal_supporter", "signal_event", "audit", "letter", "receipt"):
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()  # noqa: S608 - names from this test
            assert NOOR not in str(rows), table
            assert NAMES[NOOR] not in str(rows), table


def test_the_audit_does_not_say_who_gave_a_signal(store: Store) -> None:
    given(store, "s1")

    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT actor, verb, subject FROM audit").all()

    assert ("reporter", "signal.create", "signal:1") in [tuple(row) for row in rows]
    assert NOOR not in str(rows)


def test_a_signal_is_not_said_to_be_kept_while_another_program_holds_the_database(
    sqlite_store: Store,
) -> None:
    path = sqlite_store.engine.url.database
    impatient = open_store(f"sqlite:///{path}?timeout=0.05")
    other = sqlite3.connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreBusy, match="nothing was written"):
        given(impatient, "held")
    other.execute("ROLLBACK")

    with sqlite_store.read() as tx:
        assert tx.signals.submitted("held") is None
    other.close()
    impatient.close()


def test_a_process_killed_after_writing_leaves_one_signal_however_often_it_tries(
    database_url: str,
) -> None:
    script = (
        "import os, sys\n"
        "from store import open_store\n"
        "from tests.store.signals.test_signals import MONDAY, a_draft\n"
        f"store = open_store({database_url!r})\n"
        "with store.begin() as tx:\n"
        "    tx.signals.create(a_draft('killed'), MONDAY)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    for _ in range(2):
        died = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
        assert died.returncode == -9

    store = open_store(database_url)
    with store.begin() as tx:
        signal, new = tx.signals.create(a_draft("killed"), MONDAY)
        assert not new
        assert [one.number for one in tx.signals.open_in(None, 10)] == [signal.number]
    store.close()


def test_a_wiped_signal_leaves_no_word_in_the_files_of_the_database(sqlite_store: Store) -> None:
    marker = "kwartelei"
    with sqlite_store.begin() as tx:
        tx.signals.create(a_draft(text=f"Er is te weinig {marker} op school."), MONDAY)
        tx.signals.withdraw(1, 1, "person:1", MONDAY)
    sqlite_store.scrub()

    folder = Path(str(sqlite_store.engine.url.database)).parent
    assert not any(marker.encode() in file.read_bytes() for file in folder.iterdir())
    with sqlite_store.read() as tx:
        assert tx.signals.similar(f"te weinig {marker}") == []


def test_letters_about_signals_go_with_the_person(store: Store) -> None:
    given(store, "s1")
    with store.begin() as tx:
        tx.outbox.put(Letter("signal/1/1/actie/abc", NOOR, "{}", MONDAY))
        tx.outbox.put(Letter("digest/2026-W47/x", NOOR, "{}", MONDAY))
        tx.traces.erase(NOOR, MONDAY)
        left = [letter.key for letter in tx.outbox.in_state(LetterState.WAITING)]

    assert left == ["digest/2026-W47/x"]


def test_a_signal_is_found_by_other_words(store: Store) -> None:
    texts = (
        "De wachtlijst bij een psycholoog is meer dan een jaar.",
        "De bus naar het buitengewoon onderwijs is drie uur onderweg.",
        "Er zijn te weinig plaatsen in een time-out.",
    )
    with store.begin() as tx:
        for number, text in enumerate(texts):
            tx.signals.create(a_draft(f"s{number}", text), MONDAY)

    with store.begin() as tx:
        for asked, wanted in (
            ("Jongeren moeten lang aanschuiven voor geestelijke gezondheidszorg", 1),
            ("Leerlingenvervoer voor BUSO duurt veel te lang", 2),
            ("Onvoldoende capaciteit voor time-out", 3),
        ):
            assert tx.signals.similar(asked)[0][0].number == wanted
        assert tx.signals.similar("De verwarming is stuk") == []
