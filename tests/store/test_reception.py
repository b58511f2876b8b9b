"""What goes with a question is written once, however often and beside whatever it comes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest

from store import Store, Transaction
from store.conversations import Conversation
from store.errors import StoreBusy
from store.reception import Reception, Slip
from store.records import Fact, FactKind
from store.told import Telling
from tests.conftest import MONDAY


def told_to(asker: str, number: int) -> Telling:
    return Telling(asker, Fact(FactKind.LINE, number, "service:1", 1, ""), "nl", MONDAY)


def seen_by(actor: str, page: int) -> Conversation:
    return Conversation(actor, "slack:T1:C1", MONDAY, "offerings", None, page=page)


def told(store: Store, asker: str) -> set[int]:
    with store.read() as tx:
        return {telling.fact.number for telling in tx.told.of(asker)}


def page_of(store: Store, actor: str) -> int | None:
    with store.read() as tx:
        found = tx.conversations.of(actor, "slack:T1:C1", MONDAY)
    return found.page if found else None


def test_forty_questions_at_once_leave_what_each_of_them_was_told(store: Store) -> None:
    def ask(number: int) -> bool:
        asker = f"slack:T1:U{number % 8}"
        telling, seen = told_to(asker, number), seen_by(asker, number)
        return store.note(f"slack:event:{number}", MONDAY, None, [telling], seen)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(40)))

    for number in range(8):
        asker = f"slack:T1:U{number}"
        assert told(store, asker) == set(range(number, 40, 8))
        assert page_of(store, asker) in range(number, 40, 8)


def test_what_comes_again_tells_nobody_anything(store: Store) -> None:
    asker = "slack:T1:U1"
    assert store.note("slack:event:1", MONDAY, None, [told_to(asker, 1)], seen_by(asker, 1))
    assert not store.note("slack:event:1", MONDAY, None, [told_to(asker, 2)], seen_by(asker, 2))

    assert told(store, asker) == {1}
    assert page_of(store, asker) == 1


def test_what_was_told_again_is_one_row_with_the_later_moment(store: Store) -> None:
    asker = "slack:T1:U1"
    later = MONDAY + timedelta(hours=1)
    again = Telling(asker, told_to(asker, 1).fact, "fr", later)
    store.note("slack:event:1", MONDAY, None, [told_to(asker, 1)])
    store.note("slack:event:2", later, None, [again])

    with store.read() as tx:
        assert list(tx.told.of(asker)) == [again]


def test_what_goes_wrong_leaves_neither_receipt_nor_what_was_told(store: Store) -> None:
    def wrong(_: Transaction) -> None:
        raise LookupError

    asker = "slack:T1:U1"
    with pytest.raises(LookupError):
        store.note("slack:event:1", MONDAY, wrong, [told_to(asker, 1)], seen_by(asker, 1))
    assert told(store, asker) == set()
    assert page_of(store, asker) is None

    assert store.note("slack:event:1", MONDAY, None, [told_to(asker, 1)])
    assert told(store, asker) == {1}


def test_who_gives_up_waiting_leaves_nothing_and_keeps_nobody_from_writing(store: Store) -> None:
    reception = Reception[Transaction](store.begin, patience=0.1)
    writes, may_go_on = Event(), Event()

    def slowly(_: Transaction) -> None:
        writes.set()
        assert may_go_on.wait(30)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(reception.note, Slip("slack:event:1", MONDAY, slowly))
        assert writes.wait(30)
        with pytest.raises(StoreBusy):
            reception.note(Slip("slack:event:2", MONDAY, None, [told_to("slack:T1:U2", 2)]))
        may_go_on.set()
        assert slow.result(30)

    assert reception.note(Slip("slack:event:3", MONDAY, None, [told_to("slack:T1:U3", 3)]))
    assert told(store, "slack:T1:U2") == set()
    assert told(store, "slack:T1:U3") == {3}
