from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import event, update

from scheduler.digests import LOOKED_BACK, write_digests
from store import Store
from store.records import Letter, LetterState, Silence, Subscription
from store.tables import SubscriptionRow
from tests.conftest import MONDAY
from tests.subscriptions import a_subscription

WEEK = timedelta(weeks=1)


def channels(store: Store, count: int) -> list[Subscription]:
    """So many channels that got a digest a week ago, and that want to know what is missing."""
    kept: list[Subscription] = []
    with store.begin() as tx:
        for number in range(count):
            wanted = a_subscription(address=f"slack:T1:C{number}", blocks=("needs", "people"))
            to = tx.digests.keep(wanted, MONDAY - WEEK - timedelta(days=1), "person:1")
            known = {"people": {}, "needs": {"until": "2026-11-16"}}
            key = f"digest/2026-W47/{to.address}"
            tx.outbox.put(Letter(key, to.address, "{}", MONDAY - WEEK))
            tx.digests.issue_letter(to, "2026-W47", MONDAY - WEEK, MONDAY - WEEK, key, known)
            tx.outbox.sent(key, "1.1", MONDAY - WEEK, None)
            kept.append(to)
    return kept


def break_one(store: Store, one: Subscription, how: str) -> None:
    """Let what is kept of a channel be what Brug cannot make anything of."""
    with store.begin() as tx:
        key = f"digest/2026-W46/{one.address}"
        if how == "what it knew":
            tx.outbox.put(Letter(key, one.address, "{}", MONDAY))
            known = {"needs": {"until": "eergisteren"}}
            tx.digests.issue_letter(
                one, "2026-W46", MONDAY - 2 * WEEK, MONDAY - WEEK / 2, key, known
            )
            tx.outbox.sent(key, "1.1", MONDAY, None)
    if how == "its hour":
        with store.engine.begin() as connection:
            broken = update(SubscriptionRow).where(SubscriptionRow.id == one.id)
            connection.execute(broken.values(hour=25))


def faults() -> float:
    return REGISTRY.get_sample_value("brug_chore_faults_total", {"chore": "digests"}) or 0


@pytest.mark.parametrize("how", ["what it knew", "its hour"])
def test_a_channel_whose_digest_can_not_be_written_keeps_no_others_waiting(
    store: Store, how: str
) -> None:
    broken, *others = channels(store, 4)
    break_one(store, broken, how)
    before = faults()

    written = [write_digests(store, MONDAY + timedelta(minutes=n)) for n in range(2)]

    assert written == [len(others), 0]
    with store.read() as tx:
        waiting = {one.address for one in tx.outbox.in_state(LetterState.WAITING)}
        assert waiting == {one.address for one in others}
    assert faults() == before + 2


def test_a_digest_that_could_not_be_written_counts_as_missed_when_its_day_is_over(
    store: Store,
) -> None:
    broken, other = channels(store, 2)
    break_one(store, broken, "what it knew")
    write_digests(store, MONDAY)

    write_digests(store, MONDAY + timedelta(days=1))

    with store.read() as tx:
        last = [tx.digests.issues(one, limit=1)[0] for one in (broken, other)]
    assert [one.slot for one in last] == ["2026-W48", "2026-W48"]
    assert [one.silence for one in last] == [Silence.MISSED, None]


@pytest.mark.parametrize("count", [1, 30])
def test_a_look_at_what_is_due_asks_the_database_as_much_for_many_channels_as_for_one(
    store: Store, count: int
) -> None:
    channels(store, count)
    write_digests(store, MONDAY)
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)

    write_digests(store, MONDAY + timedelta(seconds=20))

    assert len([one for one in asked if one.startswith("SELECT")]) == 2


def test_a_week_whose_day_was_changed_is_not_written_again_weeks_later(store: Store) -> None:
    (to,) = channels(store, 1)
    with store.begin() as tx:  # after the digest of that Monday it moves to the Friday
        wanted = a_subscription(address=to.address, blocks=to.blocks, weekday=4)
        tx.digests.keep(wanted, MONDAY - WEEK + timedelta(days=1), "person:1")
    # Its Monday lies before what is looked at, its Friday does not.
    now = MONDAY - WEEK + LOOKED_BACK + timedelta(days=2)

    for _ in range(2):
        write_digests(store, now)

    with store.read() as tx:
        slots = [one.slot for one in tx.digests.issues(to, limit=20)]
    assert slots.count("2026-W47") == 1
    assert len(slots) == 8
