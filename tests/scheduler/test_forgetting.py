from datetime import timedelta

import pytest

from scheduler.forgetting import FORGOTTEN, WIPED, due, forget, forget_letters
from store import Store
from store.connections import Connection, ConnectionState, Invitation
from store.corrections import CorrectionState
from store.directory import Offering
from store.needs import UnmetNeed
from store.privacy import guard
from store.records import Letter, Region, Side
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


@pytest.fixture
def done_with(store: Store) -> Store:
    """Somebody followed, asked, proposed and confirmed; all of it is over on Monday."""
    noor = "slack:T1:U5"
    with store.begin() as tx:
        entry = tx.offerings.add(Offering("Atelier De Verzonnen Boom"), MONDAY, "system")
        tx.follows.begin(noor, guard("dagbesteding"), "nl", revision=1, at=MONDAY)
        tx.follows.begin("slack:T1:U6", guard("nazorg"), "nl", revision=1, at=MONDAY)
        assert tx.follows.end(tx.follows.of(noor)[0].id, noor, MONDAY)
        invited = (Invitation("person:1", Side.YOUTH_CARE, "", "coordinator-onderwijs", "", "nl"),)
        for key in ("over", "open"):
            end = MONDAY if key == "over" else MONDAY + timedelta(days=999)
            asked = Connection(
                0, noor, "", "", guard("Hoe?"), Region.LIMBURG, "nl", MONDAY, end,
                invitations=invited,
            )  # fmt: skip
            begun = tx.connections.begin(asked, key)
            if key == "over":
                tx.connections.close(begun.id, ConnectionState.EXPIRED, MONDAY, "system")
        for new, state in (("Bel", CorrectionState.APPROVED), ("Mail", None)):
            number = tx.corrections.propose(
                entry.id, "application_process", old="", new=guard(new), at=MONDAY, actor=noor
            )
            if state:
                tx.corrections.decide(number, state, MONDAY, "person:2")
        tx.needs.add(UnmetNeed(MONDAY.date(), guard("muziektherapie"), (Region.LIMBURG,)))
        tx.confirmations.asked("eigenaar@voorbeeld.example", [entry.id], MONDAY)
    return store


@pytest.mark.parametrize(
    ("what", "days", "many"),
    [("follows", 30, 1), ("questions", 30, 1), ("requests", 90, 1), ("needs", 365, 1),
     ("corrections", 365, 2)],
)  # fmt: skip
def test_what_is_over_is_kept_so_long_then_counted_and_then_forgotten(
    done_with: Store, what: str, days: int, many: int
) -> None:
    last = MONDAY + timedelta(days=days)
    later = last + timedelta(days=1)

    assert forget(done_with, last)[what] == 0
    assert due(done_with, later)[what] == many
    assert due(done_with, later)[what] == many, "a dry run changes nothing"
    assert forget(done_with, later)[what] == many
    assert due(done_with, later)[what] == 0


def test_what_still_goes_on_is_never_forgotten_and_nothing_else_leads_to_who_it_was(
    done_with: Store,
) -> None:
    forget(done_with, MONDAY + timedelta(days=500))

    with done_with.read() as tx:
        assert [one.words for one in tx.follows.of("slack:T1:U6")] == ["nazorg"]
        assert [one.question for one in tx.connections.open_of("slack:T1:U5")] == ["Hoe?"]
        assert tx.connections.count(["slack:T1:U5"]) == 1
        assert tx.follows.count(["slack:T1:U5"]) == tx.corrections.count(["slack:T1:U5"]) == 0
        assert [one.new for one in tx.corrections.waiting()] == ["Mail"]
        (need,) = tx.needs.between(MONDAY.date(), MONDAY.date())
    assert (need.words, need.regions) == (None, (Region.LIMBURG,)), "it still counts"
