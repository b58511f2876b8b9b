"""Days are those of Brussels: half an hour after midnight there, it is still yesterday in UTC."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from store import Store
from store.days import day_of
from store.directory import Offering
from store.interchange.comparing import compare
from store.interchange.reading import Reading, ReadRow
from store.search.vocabulary import Sureness, Term
from store.tables import PersonRow

JUST_AFTER_MIDNIGHT = datetime(2027, 1, 1, 23, 30, tzinfo=UTC)
NEW_DAY = date(2027, 1, 2)


def test_a_day_begins_at_midnight_in_brussels_in_summer_and_in_winter() -> None:
    assert day_of(datetime(2027, 1, 1, 22, 59, tzinfo=UTC)) == date(2027, 1, 1)
    assert day_of(datetime(2027, 1, 1, 23, 0, tzinfo=UTC)) == date(2027, 1, 2)
    assert day_of(datetime(2027, 7, 1, 21, 59, tzinfo=UTC)) == date(2027, 7, 1)
    assert day_of(datetime(2027, 7, 1, 22, 0, tzinfo=UTC)) == date(2027, 7, 2)


def test_what_somebody_says_just_after_midnight_is_of_the_new_day(store: Store) -> None:
    said = Term("zeilklas", meaning="Leren op het water.", sure=Sureness.SEEN)
    with store.begin() as tx:
        person = tx.people.add(
            "Bea Bedacht", "bea@example.org", "x", JUST_AFTER_MIDNIGHT, "system"
        )
        tx.glossary.keep(said, JUST_AFTER_MIDNIGHT, "system")
        kept = tx.glossary.named("zeilklas")
    with store.engine.connect() as connection:
        as_of = connection.scalar(select(PersonRow.as_of).where(PersonRow.id == person.id))

    assert kept is not None
    assert (kept.as_of, as_of) == (NEW_DAY.isoformat(), NEW_DAY)


def test_what_a_person_said_just_after_midnight_is_no_older_than_a_file_of_that_day(
    store: Store,
) -> None:
    with store.begin() as tx:
        one = tx.offerings.add(Offering("Zeilklas", external_id="z1"), JUST_AFTER_MIDNIGHT, "x")
        tx.offerings.change(
            one.id, {"url": "https://zeilklas.example"}, at=JUST_AFTER_MIDNIGHT,
            actor="person:1", source="Bea Bedacht",
        )  # fmt: skip
        row = ReadRow(
            2,
            Offering("Zeilklas", external_id="z1", url="https://x.example", assured_date=NEW_DAY),
            frozenset({"url"}),
        )
        plan = compare(Reading("zeilklas.csv", (), (row,), (), ()), tx.offerings)

    assert [kept.line for kept in plan.kept] == [2], "it is not written over"
