import threading
import time
from contextlib import suppress
from datetime import date, timedelta

from sqlalchemy import insert, select

from bot.clockwork import slack_courier, timetable
from scheduler.digests import write_digests
from store import Store, StoreError
from store.records import LetterState, Region
from store.tables import AbsenceRow, AssignmentRow
from tests.conftest import MONDAY
from tests.peers.fixtures import Checks
from tests.peers.playing import played_slack
from tests.subscriptions import a_subscription


def somebody_is_away(store: Store) -> None:
    with store.engine.begin() as connection:
        person = connection.scalar(
            select(AssignmentRow.person_id).where(AssignmentRow.region == Region.LIMBURG.value)
        )
        connection.execute(
            insert(AbsenceRow).values(
                person_id=person,
                first_day=date(2026, 1, 1),
                last_day=date(2099, 1, 1),
                registered_at=MONDAY,
            )
        )


def test_eight_replicas_that_look_at_once_write_one_digest(store: Store) -> None:
    somebody_is_away(store)
    with store.begin() as tx:
        kept = tx.digests.keep(a_subscription(), MONDAY - timedelta(days=1), "person:1")
    written: list[int] = []

    def tick() -> None:
        with suppress(StoreError):  # as the timetable does: the next tick tries again
            written.append(write_digests(store, MONDAY))

    threads = [threading.Thread(target=tick) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(written) == 1
    with store.read() as tx:
        assert [issue.slot for issue in tx.digests.issues(kept)] == ["2026-W48"]


def test_the_clock_brings_a_digest_to_slack_from_end_to_end(
    store: Store, block_kit: Checks
) -> None:
    somebody_is_away(store)
    begin = time.monotonic()
    with store.begin() as tx:
        kept = tx.digests.keep(a_subscription(), MONDAY - timedelta(days=1), "person:1")
    with played_slack() as stage:
        running = timetable(
            store,
            {"slack": slack_courier(store, "xoxb-played", stage.api)},
            lambda: MONDAY + timedelta(seconds=time.monotonic() - begin),
        )
        running.start()
        try:
            while time.monotonic() < begin + 60:
                with store.read() as tx:
                    if tx.outbox.in_state(LetterState.SENT):
                        break
                time.sleep(0.05)
        finally:
            running.stop()
        assert stage.problems(block_kit) == []
        texts = [message["text"] for message in stage.seen()["messages"]["C1"]]

    with store.read() as tx:
        assert [issue.state for issue in tx.digests.issues(kept)] == [LetterState.SENT]
    assert [text.splitlines()[0] for text in texts] == ["Dit is er nieuw in Limburg"]
