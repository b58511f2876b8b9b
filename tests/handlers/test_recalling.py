from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.assistant import Assistant, Call, Pressed
from handlers import FEATURES
from handlers.actors import Caller
from handlers.recalling import who_to_tell, write_recall
from handlers.speech import pages
from handlers.speech.answer import Answer, Press
from scheduler.chores import put_right
from scheduler.forgetting import forget_told
from store import Store, load_demonstration, open_store
from store.memory import FACTS
from store.records import LetterState
from store.search.entry import Status
from store.tables import AssignmentRow, PersonRow, RevisionRow, ToldRow
from store.told import KEPT
from tests.conftest import ATLAS, MONDAY

NOOR = Caller("slack", "T1", "U2", "noor.voorbeeld@example.org")
TIM = Caller("slack", "T1", "U5", "tim.verzonnen@example.org")
LIES = Caller("slack", "T1", "U6", "lies.voorbeeld@example.org")
LATER = MONDAY + timedelta(days=3)


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def brug(sqlite_store: Store, clock: Clock) -> Assistant:
    return Assistant(sqlite_store, FEATURES, clock, atlas=ATLAS)


def recall(store: Store, now: datetime = LATER) -> dict[str, list[Answer]]:
    """Return the letters that this run leaves, by who gets them."""
    with store.read() as tx:
        before = {one.key for one in tx.outbox.in_state(LetterState.WAITING)}
    put_right(store, now)
    with store.read() as tx:
        waiting = tx.outbox.in_state(LetterState.WAITING)
    found: dict[str, list[Answer]] = {}
    for letter in waiting:
        if letter.key not in before:
            found.setdefault(letter.address, []).append(pages.read(letter.body))
    return found


def replace_claudia(store: Store) -> None:
    """Let somebody else stand for youth care in Limburg, as no code of ours would do it."""
    with store.engine.begin() as connection:
        number = connection.scalar(select(func.max(PersonRow.id))) or 0
        connection.execute(
            insert(PersonRow).values(
                id=number + 1,
                name="Roos Verzonnen",
                email="roos.verzonnen@example.org",
                email_key="roos.verzonnen@example.org",
                source="test",
                as_of=MONDAY.date(),
            )
        )
        connection.execute(
            update(AssignmentRow)
            .where(AssignmentRow.region == "limburg", AssignmentRow.side == "jeugdhulp-onderwijs")
            .values(person_id=number + 1)
        )
        # Who changes a table by hand has this to count up too; else replicas notice in a minute.
        connection.execute(
            update(RevisionRow)
            .where(RevisionRow.name == FACTS)
            .values(number=RevisionRow.number + 1)
        )


def test_exactly_those_who_were_told_the_old_name_get_one_line(
    brug: Assistant, sqlite_store: Store, clock: Clock
) -> None:
    brug.answer(Call("/wie Hasselt", NOOR))
    brug.answer(Call("wie is het duo in Limburg?", NOOR))
    brug.answer(Call("/wie Gent", TIM))
    replace_claudia(sqlite_store)
    clock.now = LATER
    brug.answer(Call("/wie Hasselt", LIES))

    found = recall(sqlite_store)

    assert set(found) == {"slack:T1:U2"}
    (letter,) = found["slack:T1:U2"]
    said = str(letter.parts)
    assert "Op 23 november 2026 zei ik je" in said
    assert "Claudia (Claudia.geens@pietersimenon.be)" in said
    assert "Roos Verzonnen (roos.verzonnen@example.org)" in said
    assert said.count("Op 23 november 2026") == 1
    assert recall(sqlite_store) == {}


def test_who_asked_before_and_after_the_change_is_still_told_once(
    brug: Assistant, sqlite_store: Store
) -> None:
    brug.answer(Call("/wie Hasselt", NOOR))
    replace_claudia(sqlite_store)
    brug.answer(Call("/wie Hasselt", NOOR))

    assert [len(letters) for letters in recall(sqlite_store).values()] == [1]
    assert recall(sqlite_store) == {}


def test_a_new_address_is_told_to_who_asked_for_it(brug: Assistant, sqlite_store: Store) -> None:
    brug.answer(Call("wat is het mailadres van Babs?", NOOR))
    brug.answer(Call("welke regio doet Ludo?", TIM))
    with sqlite_store.engine.begin() as connection:
        connection.execute(
            update(PersonRow).where(PersonRow.name == "Babs").values(email="babs@example.org")
        )

    found = recall(sqlite_store)

    assert set(found) == {"slack:T1:U2"}
    assert "babs@example.org" in str(found)


def test_what_changed_back_before_anybody_was_told_is_no_news(
    brug: Assistant, sqlite_store: Store
) -> None:
    brug.answer(Call("wat is het mailadres van Babs?", NOOR))
    for email in ("babs@example.org", "bgoethals@arktos.be"):
        with sqlite_store.engine.begin() as connection:
            connection.execute(
                update(PersonRow).where(PersonRow.name == "Babs").values(email=email)
            )

    assert recall(sqlite_store) == {}


def test_whoever_was_put_right_hears_the_next_change_too(
    brug: Assistant, sqlite_store: Store
) -> None:
    brug.answer(Call("wat is het mailadres van Babs?", NOOR))
    heard: list[int] = []
    for email in ("babs@example.org", "bgoethals@arktos.be", "babs@example.org"):
        with sqlite_store.engine.begin() as connection:
            connection.execute(
                update(PersonRow).where(PersonRow.name == "Babs").values(email=email)
            )
        heard.append(len(recall(sqlite_store, LATER + timedelta(hours=len(heard)))))

    assert heard == [1, 1, 1]


def test_a_question_about_another_day_is_none_of_it(brug: Assistant, sqlite_store: Store) -> None:
    brug.answer(Call("/wie limburg op 1/9/2023", NOOR))
    replace_claudia(sqlite_store)

    assert recall(sqlite_store) == {}


def test_an_absence_is_no_correction(brug: Assistant, sqlite_store: Store) -> None:
    brug.answer(Call("/wie Limburg", NOOR))
    brug.answer(
        Call("/afwezig 24/11-30/11", Caller("slack", "T1", "U9", "claudia.geens@pietersimenon.be"))
    )

    assert "slack:T1:U2" not in recall(sqlite_store)


# ------------------------------------------------------------------------------- the directory


def correct(store: Store, number: int, **values: object) -> None:
    with store.begin() as tx:
        tx.offerings.change(number, values, at=LATER, actor="person:1", source="test")


def listed(brug: Assistant, who: Caller) -> int:
    said = brug.answer(Call("/aanbod dagbesteding", who))
    assert isinstance(said, Answer)
    results = said.data["results"]
    assert isinstance(results, list)
    first = results[0]
    assert isinstance(first, dict)
    return int(str(first["id"]))


def test_a_corrected_address_is_told_to_who_saw_the_card_and_not_to_who_saw_the_list(
    brug: Assistant, sqlite_store: Store
) -> None:
    number = listed(brug, NOOR)
    listed(brug, TIM)
    brug.press(Pressed(Press("offerings", "card", {"id": str(number)}), NOOR))
    correct(sqlite_store, number, email="nieuw@example.org")

    found = recall(sqlite_store)

    assert set(found) == {"slack:T1:U2"}
    assert "het mailadres" in str(found)
    assert "nieuw@example.org" in str(found)
    assert recall(sqlite_store) == {}


def test_a_corrected_name_is_told_to_everybody_who_saw_it_in_a_list(
    brug: Assistant, sqlite_store: Store
) -> None:
    number = listed(brug, NOOR)
    listed(brug, TIM)
    listed(brug, TIM)
    correct(sqlite_store, number, name="De Verzonnen Brug")
    listed(brug, LIES)

    found = recall(sqlite_store)

    assert {who: len(letters) for who, letters in found.items()} == {
        "slack:T1:U2": 1,
        "slack:T1:U5": 1,
    }


def test_full_is_news_and_no_correction_but_an_end_is_told(
    brug: Assistant, sqlite_store: Store
) -> None:
    number = listed(brug, NOOR)
    correct(sqlite_store, number, status=Status.FULL)
    assert recall(sqlite_store) == {}

    correct(sqlite_store, number, status=Status.DEFUNCT)
    assert set(recall(sqlite_store)) == {"slack:T1:U2"}


def test_an_import_is_news_and_no_correction(brug: Assistant, sqlite_store: Store) -> None:
    number = listed(brug, NOOR)
    with sqlite_store.begin() as tx:
        tx.offerings.change(
            number, {"name": "Anders"}, at=LATER, actor="system", source="een lijst"
        )

    assert recall(sqlite_store) == {}


# ------------------------------------------------------------------------------- what is kept


def test_nothing_of_what_was_typed_is_kept(brug: Assistant, sqlite_store: Store) -> None:
    brug.answer(Call("wie kan mij in Hasselt helpen met zonnebloemen?", NOOR))
    brug.answer(Call("/wie Hasselt", NOOR))

    with sqlite_store.engine.connect() as connection:
        kept = str(connection.execute(select(ToldRow)).all())
    assert "Claudia" in kept
    assert "zonnebloemen" not in kept
    assert "Hasselt" not in kept


def test_what_was_told_thirty_days_ago_is_forgotten_and_not_recalled(
    brug: Assistant, sqlite_store: Store
) -> None:
    brug.answer(Call("/wie Hasselt", NOOR))
    replace_claudia(sqlite_store)

    assert recall(sqlite_store, MONDAY + KEPT) == {}
    assert forget_told(sqlite_store, MONDAY + KEPT - timedelta(seconds=1)) == 0
    assert forget_told(sqlite_store, MONDAY + KEPT) == 2
    with sqlite_store.read() as tx:
        assert tx.told.of("slack:T1:U2") == []


def test_who_asks_to_be_forgotten_is_forgotten_here_too(
    brug: Assistant, sqlite_store: Store
) -> None:
    brug.answer(Call("/wie Hasselt", NOOR))
    brug.press(Pressed(Press("signals", "erase"), NOOR))
    replace_claudia(sqlite_store)

    assert recall(sqlite_store) == {}


def test_a_terminal_is_remembered_nothing_of(brug: Assistant, sqlite_store: Store) -> None:
    brug.answer(Call("/wie Hasselt", Caller("console", "", "U1")))

    with sqlite_store.engine.connect() as connection:
        assert connection.execute(select(ToldRow)).all() == []


def test_two_replicas_tell_each_person_once(store: Store, database_url: str) -> None:
    load_demonstration(store, MONDAY)
    brug = Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)
    for who in (NOOR, TIM, LIES):
        brug.answer(Call("/wie Hasselt", who))
    replace_claudia(store)
    other = open_store(database_url)

    with store.begin() as tx:  # one is at it, and has not committed
        assert [write_recall(who, tx, LATER) for who in who_to_tell(tx, LATER)] == [True] * 3
        if store.engine.dialect.name == "postgresql":
            assert put_right(other, LATER) == 0
    assert put_right(other, LATER) == 0
    assert put_right(store, LATER) == 0

    with other.read() as tx:
        letters = tx.outbox.in_state(LetterState.WAITING)
    other.close()
    assert sorted(one.address for one in letters) == ["slack:T1:U2", "slack:T1:U5", "slack:T1:U6"]
