from datetime import date, timedelta

from sqlalchemy import event

from store import Store
from store.records import Letter, LetterState, Pace, Silence
from tests.conftest import MONDAY
from tests.subscriptions import CHANNEL, a_subscription

NO_PACE = Pace(0, 0)


def a_letter(number: int, address: str = CHANNEL) -> Letter:
    return Letter(f"letter/{number}", address, "{}", MONDAY + timedelta(seconds=number))


def test_a_channel_has_one_digest(store: Store) -> None:
    with store.begin() as tx:
        first = tx.digests.keep(a_subscription(), MONDAY, "person:1")
        second = tx.digests.keep(a_subscription(), MONDAY, "person:1")

    assert first.id == second.id


def test_what_became_of_a_week_is_written_once(store: Store) -> None:
    with store.begin() as tx:
        kept = tx.digests.keep(a_subscription(), MONDAY, "person:1")
        first = tx.digests.issue_letter(kept, "2026-W48", MONDAY, MONDAY, "a", {})
        second = tx.digests.keep_silent(kept, "2026-W48", MONDAY, MONDAY, Silence.EMPTY)
        assert tx.digests.issued(MONDAY) == tx.digests.issued(MONDAY, kept)
        assert tx.digests.issued(MONDAY) == {(kept.id, "2026-W48")}
        assert tx.digests.issued(MONDAY + timedelta(seconds=1)) == set()

    assert (first, second) == (True, False)


def test_only_what_arrived_counts_as_told(store: Store) -> None:
    with store.begin() as tx:
        kept = tx.digests.keep(a_subscription(), MONDAY, "person:1")
        for week in (48, 49):
            tx.outbox.put(a_letter(week))
            tx.digests.issue_letter(
                kept,
                f"2026-W{week}",
                MONDAY,
                MONDAY + timedelta(days=week),
                f"letter/{week}",
                {"people": {"week": str(week)}},
            )
        before = tx.digests.told(kept)
        tx.outbox.sent("letter/48", "1.1", MONDAY, None)
        told = tx.digests.told(kept)

    assert before is None
    assert told is not None
    assert told.known == {"people": {"week": "48"}}


def test_a_digest_rests_ends_and_remembers_why(store: Store) -> None:
    with store.begin() as tx:
        tx.digests.keep(a_subscription(), MONDAY, "person:1")
        tx.digests.pause(CHANNEL, date(2027, 1, 4), MONDAY, "person:1")
        paused = tx.digests.at(CHANNEL)
        tx.digests.stop_address(CHANNEL, "is_archived")
        tx.digests.stop_address(CHANNEL, "token_revoked")
        ended = tx.digests.at(CHANNEL)
        active = tx.digests.active()

    assert paused is not None
    assert paused.paused_until == date(2027, 1, 4)
    assert ended is not None
    assert (ended.ended, active) == ("is_archived", [])


def test_two_replicas_do_not_take_the_same_letter_at_once(store: Store) -> None:
    with store.begin() as tx:
        tx.outbox.put(a_letter(0))

    with store.locks.held("letter/0") as mine, store.locks.held("letter/0") as theirs:
        assert (mine, theirs) == (True, False)
    with store.locks.held("letter/0") as again:
        assert again


def test_a_workspace_and_a_channel_get_their_letters_at_their_pace(store: Store) -> None:
    pace = Pace(lane=0.5, address=2)
    with store.begin() as tx:
        tx.outbox.put(a_letter(0))
        tx.outbox.put(a_letter(1))
        tx.outbox.put(a_letter(2, "slack:T1:C2"))
    taken: list[tuple[float, str]] = []
    seconds = 2.0
    while seconds < 6:
        with store.begin() as tx:
            found = tx.outbox.next(("slack",), (), MONDAY + timedelta(seconds=seconds), pace).due
            if found is not None:
                taken.append((seconds, found.letter.key))
                tx.outbox.sent(found.letter.key, "1.1", MONDAY, None)
        seconds += 0.25

    assert taken == [(2.0, "letter/0"), (2.5, "letter/2"), (4.0, "letter/1")]


def test_of_letters_in_doubt_the_one_that_may_be_looked_for_is_found_among_many(
    store: Store,
) -> None:
    with store.begin() as tx:
        for number in range(250):
            tx.outbox.put(a_letter(number))
        tx.outbox.doubt_all(MONDAY)
        later = MONDAY + timedelta(hours=1)
        none = tx.outbox.next(("slack",), (), later, NO_PACE).due
        found = tx.outbox.next(("slack",), {"letter/99"}, later, NO_PACE).due

    assert none is None
    assert found is not None
    assert found.letter.key == "letter/99"


def test_what_waits_longest_goes_first_whatever_its_state(store: Store) -> None:
    taken: list[str] = []
    with store.begin() as tx:
        for number in (3, 1, 2, 0):
            tx.outbox.put(a_letter(number))
        tx.outbox.set_out("letter/1", attempt=1, look_at=MONDAY + timedelta(seconds=1))
        tx.outbox.sent("letter/2", "1.1", MONDAY, MONDAY + timedelta(seconds=2))
        for _ in range(4):
            found = tx.outbox.next(("slack",), (), MONDAY + timedelta(hours=1), NO_PACE).due
            assert found is not None
            taken.append(found.letter.key)
            tx.outbox.sent(found.letter.key, "1.1", MONDAY, None)

    assert taken == [f"letter/{number}" for number in range(4)]


def test_the_next_letter_is_found_without_sorting_those_that_wait(sqlite_store: Store) -> None:
    statements: list[str] = []
    with sqlite_store.begin() as tx:
        tx.outbox.put(a_letter(0))
    event.listen(
        sqlite_store.engine,
        "before_cursor_execute",
        lambda *told: statements.append(str(told[2])),
    )
    with sqlite_store.begin() as tx:
        tx.outbox.next(("slack",), {"letter/0"}, MONDAY, NO_PACE)
    asked = [one for one in statements if "FROM letter" in one]
    with sqlite_store.engine.connect() as connection:
        explained = (
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", ("",) * one.count("?"))
            for one in asked
        )
        plans = [str(plan.all()) for plan in explained]

    assert len(plans) == 3
    assert all("ix_letter_turn" in plan and "TEMP B-TREE" not in plan for plan in plans)


def test_a_platform_that_nobody_here_speaks_is_left_alone(store: Store) -> None:
    with store.begin() as tx:
        tx.outbox.put(a_letter(0, "teams:tenant:conversation"))
        outlook = tx.outbox.next(("slack",), (), MONDAY + timedelta(days=1), NO_PACE)

    assert outlook.due is None


def test_after_a_restore_what_may_have_gone_out_is_in_doubt(store: Store) -> None:
    restored = MONDAY + timedelta(hours=1)
    with store.begin() as tx:
        for number in range(3):
            tx.outbox.put(a_letter(number))
        tx.outbox.set_out("letter/1", attempt=1, look_at=MONDAY)
        tx.outbox.sent("letter/2", "1.1", MONDAY, None)
        doubted = tx.outbox.doubt_all(restored)
        # Its slot was before the restore: the copy does not know whether it went out.
        tx.outbox.put(Letter("again", CHANNEL, "{}", restored, earliest=MONDAY))
        second = timedelta(seconds=1)
        tx.outbox.put(Letter("new", CHANNEL, "{}", restored + second, earliest=restored + second))
        # A reminder does not say when it can have gone: for a week it is looked for first.
        tx.outbox.put(Letter("reminder", CHANNEL, "{}", restored + timedelta(days=6)))
        tx.outbox.put(Letter("later", CHANNEL, "{}", restored + timedelta(days=8)))
        states = {
            key: found.state
            for key in ("letter/0", "letter/1", "letter/2", "again", "new", "reminder", "later")
            if (found := tx.outbox.progress(key))
        }

    assert doubted == 2
    assert states == {
        "letter/0": LetterState.RECOVERING,
        "letter/1": LetterState.RECOVERING,
        "letter/2": LetterState.SENT,
        "again": LetterState.RECOVERING,
        "new": LetterState.WAITING,
        "reminder": LetterState.RECOVERING,
        "later": LetterState.WAITING,
    }


def test_an_attempt_that_is_not_the_last_one_changes_nothing(store: Store) -> None:
    with store.begin() as tx:
        tx.outbox.put(a_letter(0))
        tx.outbox.set_out("letter/0", attempt=1, look_at=MONDAY)
        tx.outbox.doubt("letter/0", 1, MONDAY, MONDAY)
        tx.outbox.set_out("letter/0", attempt=2, look_at=MONDAY)
        late = (
            tx.outbox.back_to_waiting("letter/0", 1, MONDAY),
            tx.outbox.refuse("letter/0", 1, "is_archived"),
            tx.outbox.hold("letter/0", 1, "cannot_look"),
        )
        found = tx.outbox.progress("letter/0")

    assert late == (False, False, False)
    assert found is not None
    assert (found.state, found.attempts) == (LetterState.SENDING, 2)
