"""Who follows a search hears of it once, and nobody who writes waits for that (F17)."""

from dataclasses import replace

from sqlalchemy import event

from handlers.follows import look, tell, waiting
from handlers.hearing.places import Places
from scheduler.chores import tell_followers
from store import Store
from store.privacy import guard
from store.records import LetterState
from store.search.entry import Status
from tests.conftest import MONDAY
from tests.news import AN_OFFERING, add, set_status

NOOR, TIM = "slack:T1:U2", "slack:T1:U5"


def follow(store: Store, *followers: str) -> None:
    add(store, replace(AN_OFFERING, name="Iets anders"))
    revision = store.catalogue.current().revision
    with store.begin() as tx:
        for one in followers:
            tx.follows.begin(one, guard("zeilklas"), "nl", revision=revision, at=MONDAY)


def told(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(one.address for one in tx.outbox.in_state(LetterState.WAITING))


def test_whoever_writes_does_not_wait_while_follows_are_searched_for(store: Store) -> None:
    follow(store, NOOR, TIM)
    add(store, replace(AN_OFFERING, name="Zeilklas De Vaart"))
    wrote: list[bool] = []

    def write_meanwhile(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        reads = "FROM service" in statement or "FROM place" in statement
        if reads and len(wrote) < 20:
            wrote.append(False)  # what is written here reads nothing of the kind itself
            with store.begin(patience=0.5) as tx:
                wrote[-1] = tx.receipts.first_time(f"receipt {len(wrote)}", MONDAY)

    event.listen(store.engine, "before_cursor_execute", write_meanwhile)
    written = tell_followers(store, MONDAY)
    event.remove(store.engine, "before_cursor_execute", write_meanwhile)

    assert written == 2
    assert wrote
    assert all(wrote)
    assert told(store) == [NOOR, TIM]


def test_replicas_that_looked_at_different_moments_tell_of_a_change_once(
    store: Store, places: Places
) -> None:
    follow(store, NOOR)
    add(store, replace(AN_OFFERING, name="Zeilklas De Vaart"))
    with store.read() as tx:
        (mine,) = waiting(tx)
        early = look(mine, tx, places, MONDAY)
    (second,) = add(store, replace(AN_OFFERING, name="Zeilklas Twee"))
    with store.read() as tx:
        late = look(mine, tx, places, MONDAY)

    for news in (late, early):
        with store.begin() as tx:
            tell(news, tx, MONDAY)

    assert told(store) == [NOOR]
    assert len(late.changed) == 2
    set_status(store, second, Status.FULL)
    assert tell_followers(store, MONDAY) == 1


def test_who_stops_while_it_is_looked_for_hears_nothing(store: Store, places: Places) -> None:
    follow(store, NOOR)
    add(store, replace(AN_OFFERING, name="Zeilklas De Vaart"))
    with store.read() as tx:
        (mine,) = waiting(tx)
        news = look(mine, tx, places, MONDAY)
    with store.begin() as tx:
        tx.follows.end(mine.id, NOOR, MONDAY)

    with store.begin() as tx:
        assert not tell(news, tx, MONDAY)

    assert told(store) == []
