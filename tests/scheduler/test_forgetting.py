from datetime import timedelta

from scheduler.forgetting import FORGOTTEN, WIPED, forget_letters
from store import Store
from store.records import Letter
from tests.conftest import MONDAY
from tests.subscriptions import CHANNEL, a_subscription


def test_letters_that_are_done_with_are_emptied_and_then_forgotten(store: Store) -> None:
    states = ("sent", "refused", "held", "waiting", "repair")
    with store.begin() as tx:
        kept = tx.digests.keep(a_subscription(), MONDAY, "person:1")
        for name in (*states, "last", "before last"):
            tx.outbox.put(Letter(name, CHANNEL, "{}", MONDAY))
            tx.outbox.set_out(name, attempt=1, look_at=MONDAY)
        for number, name in enumerate(("before last", "last")):
            at = MONDAY + timedelta(seconds=number)
            tx.digests.issue_letter(kept, name, MONDAY, at, name, {"people": {"a": name}})
            tx.outbox.sent(name, "1.1", MONDAY, None)
        tx.outbox.sent("sent", "1.1", MONDAY, None)
        tx.outbox.sent("repair", "1.1", MONDAY, MONDAY)
        tx.outbox.refuse("refused", 1, "is_archived")
        tx.outbox.hold("held", 1, "cannot_look")
        tx.outbox.back_to_waiting("waiting", 1, MONDAY)

    def left() -> dict[str, str]:
        with store.read() as tx:
            found = {name: tx.outbox.progress(name) for name in (*states, "last", "before last")}
        return {name: one.letter.body for name, one in found.items() if one is not None}

    forget_letters(store, MONDAY + WIPED)
    untouched = left()
    forget_letters(store, MONDAY + WIPED + timedelta(seconds=2))
    wiped = left()
    forget_letters(store, MONDAY + FORGOTTEN + timedelta(seconds=2))
    forgotten = left()

    assert set(untouched.values()) == {"{}"}
    assert wiped == untouched | dict.fromkeys(("sent", "refused", "last", "before last"), "")
    assert set(forgotten) == {"waiting", "repair", "last"}
    with store.read() as tx:
        told = tx.digests.told(kept)
        assert [issue.slot for issue in tx.digests.issues(kept)] == ["last"]
    assert told is not None
    assert told.known == {"people": {"a": "last"}}


def test_a_thousand_old_letters_go_in_one_run(store: Store) -> None:
    with store.begin() as tx:
        for number in range(1_001):
            tx.outbox.put(Letter(f"letter/{number}", CHANNEL, "{}", MONDAY))
            tx.outbox.sent(f"letter/{number}", "1.1", MONDAY, None)

    assert forget_letters(store, MONDAY + 2 * FORGOTTEN) == 1_001
