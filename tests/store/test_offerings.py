from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from store import Store, open_store, upgrade
from store.confirmations import MOST_A_WEEK
from store.corrections import CorrectionState
from store.directory import Offering, OfferingKind, Session
from store.needs import UnmetNeed
from store.privacy import guard
from store.records import Provenance, Region
from store.search.entry import Level, Status
from tests.conftest import MONDAY
from tests.waiting import until

WISSEL = Offering(
    name="Dagbesteding De Wissel",
    kind=OfferingKind.OUT_OF_SCHOOL,
    organization="vzw De Verzonnen Brug",
    description="Koken en houtbewerking; voor wie vastloopt.",
    external_id="w-1",
    email="info@example.org",
    owner_email="noor.voorbeeld@example.org",
    levels=(Level.LAGER, Level.SECUNDAIR),
    minimum_age=2.5,
    maximum_age=12.0,
    themes=("schooluitval",),
    tags=("atelier",),
    regions=(Region.VLAAMS_BRABANT,),
    locations=("Tienen",),
    status=Status.FULL,
    status_since=date(2026, 11, 1),
    not_reached_by_education=True,
    details={"owner": "Noor", "members": [{"name": "A", "role": "lid", "responsibility": ""}]},
    sessions=(Session(MONDAY, MONDAY + timedelta(hours=3), "Tienen"),),
    assured_date=date(2026, 11, 2),
    assured_by="Noor Voorbeeld",
    provenance=Provenance("aanbod.csv", date(2026, 11, 3)),
)


def added(store: Store, *offerings: Offering) -> list[int]:
    with store.begin() as tx:
        return tx.offerings.add_all(offerings or [WISSEL], MONDAY)


def names_found(store: Store, words: str) -> list[str]:
    finder = store.catalogue.current()
    hits = finder.search(finder.understand(words), 5).hits
    with store.read() as tx:
        return [one.name for one in tx.offerings.many([hit.entry_id for hit in hits])]


def test_what_goes_in_comes_out_the_same(store: Store) -> None:
    (number,) = added(store)

    with store.read() as tx:
        found = tx.offerings.get(number)

    assert found is not None
    assert found.last_modified == MONDAY
    assert (found.name, found.details, found.sessions) == (
        WISSEL.name,
        WISSEL.details,
        WISSEL.sessions,
    )
    assert found.entry.minimum_age == 2.5
    for name in ("levels", "regions", "locations", "status", "provenance", "assured_by", "themes"):
        assert getattr(found, name) == getattr(WISSEL, name), name


def test_a_change_is_a_version_that_knows_old_and_new(store: Store) -> None:
    (number,) = added(store)

    with store.begin() as tx:
        changed = tx.offerings.change(
            number,
            {"status": Status.ACTIVE, "name": WISSEL.name, "organization": "vzw Nergenshuis"},
            at=MONDAY,
            actor="person:1",
            source="Noor Voorbeeld",
        )

    assert changed is not None
    assert (changed.version, changed.organization) == (2, "vzw Nergenshuis")
    with store.read() as tx:
        changes = {one.field: (one.old, one.new) for one in tx.offerings.changes(number)}
        assert number in tx.offerings.touched()
    assert changes == {
        "status": ("full", "active"),
        "organization": ("vzw De Verzonnen Brug", "vzw Nergenshuis"),
    }


def test_an_update_is_found_in_the_next_search_on_every_replica(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    other = open_store(database_url, tmp_path)
    (number,) = added(store)
    assert names_found(other, "dagbesteding") == [WISSEL.name]

    with store.begin() as tx:
        tx.offerings.change(
            number, {"name": "Zeilklas De Vaart"}, at=MONDAY, actor="x", source="y"
        )

    assert names_found(other, "zeilklas") == ["Zeilklas De Vaart"]
    other.close()


def test_what_was_rolled_back_is_never_found(store: Store) -> None:
    def half_way() -> None:
        with store.begin() as tx:
            tx.offerings.add_all([WISSEL], MONDAY)
            tx.catalogue.current()
            raise LookupError

    with pytest.raises(LookupError):
        half_way()
    added(store, Offering(name="Zeilklas De Vaart"))

    assert names_found(store, "dagbesteding") == []
    assert names_found(store, "zeilklas") == ["Zeilklas De Vaart"]


def test_the_index_is_kept_between_starts_and_knows_what_changed_since(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    added(store)
    first = open_store(database_url, tmp_path)
    first.catalogue.keep()
    first.close()
    kept = list(tmp_path.glob("search-*.npz"))
    added(store, Offering(name="Zeilklas De Vaart"))

    again = open_store(database_url, tmp_path)

    assert len(kept) == 1
    assert names_found(again, "zeilklas") == ["Zeilklas De Vaart"]
    assert names_found(again, "dagbesteding") == [WISSEL.name]
    again.close()


def test_a_database_that_was_put_back_is_indexed_anew(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    added(store)
    replica = open_store(database_url, tmp_path)
    replica.catalogue.keep()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE revision SET number = 0 WHERE name = 'directory'")
        connection.exec_driver_sql("UPDATE service SET name = 'Zeilklas', revision = 0")

    assert names_found(replica, "zeilklas") == ["Zeilklas"]
    replica.close()


def test_the_index_of_a_database_that_is_gone_is_not_taken_for_that_of_a_new_one(
    database_url: str, tmp_path: Path
) -> None:
    old = open_store(database_url, tmp_path)
    added(old)
    old.catalogue.keep()
    old.close()
    begin_anew(database_url)

    new = open_store(database_url, tmp_path)
    upgrade(new)
    added(new, Offering(name="Zeilklas De Vaart"))  # as many changes as the old one had

    assert names_found(new, "dagbesteding") == []
    assert names_found(new, "zeilklas") == ["Zeilklas De Vaart"]
    new.catalogue.keep()
    assert len(list(tmp_path.glob("search-*.npz"))) == 1  # the old one is thrown away
    new.close()


def begin_anew(database_url: str) -> None:
    """Throw a database away and make an empty one under the same name."""
    store = open_store(database_url)
    if store.engine.dialect.name == "postgresql":
        with store.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    else:
        for file in Path(str(store.engine.url.database)).parent.glob("brug.db*"):
            file.unlink()
    store.close()


def test_replicas_that_add_at_once_lose_nothing(store: Store) -> None:
    def add(number: int) -> None:
        added(store, Offering(name=f"Klas {number}", organization="vzw Nergenshuis"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(12)))

    with store.read() as tx:
        everything = tx.offerings.all()
        assert tx.offerings.revision() == 12
    assert {one.name for one in everything} == {f"Klas {number}" for number in range(12)}
    assert len({one.id for one in everything}) == 12


def test_changes_at_once_of_one_entry_are_all_kept_each_in_its_own_version(store: Store) -> None:
    (number,) = added(store)
    start = Barrier(3)

    def change(who: str) -> None:
        start.wait()
        for time in range(8):
            with store.begin() as tx:
                values = {"description": f"{who} {time}"}
                tx.offerings.change(number, values, at=MONDAY, actor=who, source=who)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(change, ("Noor", "Sam", "Mila")))

    with store.read() as tx:
        now = tx.offerings.get(number)
        changes = tx.offerings.changes(number)[::-1]
    assert now is not None
    assert now.version == 1 + 24
    # Each change knows what it really replaced.
    said = [WISSEL.description, *(one.new for one in changes)]
    assert [one.old for one in changes] == said[:-1]
    assert now.description == said[-1]


def test_two_fields_that_are_changed_at_once_both_stay(store: Store) -> None:
    (number,) = added(store)

    def change(values: Mapping[str, str]) -> Offering | None:
        with store.begin() as tx:
            return tx.offerings.change(number, values, at=MONDAY, actor="x", source="y")

    with ThreadPoolExecutor(1) as pool:
        with store.begin() as tx:
            tx.offerings.change(
                number, {"email": "nieuw@example.org"}, at=MONDAY, actor="x", source="y"
            )
            other = pool.submit(change, {"url": "https://example.org"})
            if store.engine.dialect.name == "postgresql":
                until(lambda: somebody_waits(store), "the other to wait for this one")
        now = other.result()

    assert now is not None
    assert (now.email, now.url, now.version) == ("nieuw@example.org", "https://example.org", 3)


def somebody_waits(store: Store) -> bool:
    """Return whether a session of this PostgreSQL database waits for a lock of another."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with store.engine.connect() as connection:
        return bool(connection.exec_driver_sql(waiting).scalar())


def test_nobody_is_asked_to_confirm_more_than_three_things_a_week(store: Store) -> None:
    stale = Offering(
        name="x",
        owner_email="noor.voorbeeld@example.org",
        provenance=Provenance("x", date(2026, 1, 1)),
    )
    numbers = added(store, *[stale] * 5)
    with store.begin() as tx:
        for _ in range(3):
            tx.offerings.count_asked(numbers[4])
        first = tx.confirmations.due(MONDAY)
        tx.confirmations.asked("noor.voorbeeld@example.org", first[stale.owner_email], MONDAY)
        then = tx.confirmations.due(MONDAY + timedelta(days=3))
        next_week = tx.confirmations.due(MONDAY + timedelta(days=8))

    assert first[stale.owner_email][0] == numbers[4]  # what is asked for most comes first
    assert len(first[stale.owner_email]) == MOST_A_WEEK
    assert then == {}
    assert sorted(next_week[stale.owner_email] + first[stale.owner_email]) == numbers


def test_the_same_correction_twice_waits_once_and_is_decided_once(store: Store) -> None:
    (number,) = added(store)
    new = guard("via het CLB")

    with store.begin() as tx:
        propose = [
            tx.corrections.propose(
                number, "application_process", old="", new=new, at=MONDAY, actor="slack:T1:U1"
            )
            for _ in range(2)
        ]
        decided = [
            tx.corrections.decide(propose[0], CorrectionState.APPROVED, MONDAY, "person:1")
            for _ in range(2)
        ]

    assert propose[0] == propose[1]
    assert decided == [True, False]


def test_an_unmet_need_has_no_room_for_a_person(store: Store) -> None:
    need = UnmetNeed(
        date(2026, 11, 23), guard("dagbesteding"), (Region.LIMBURG,), (Level.LAGER,), 6.0, 12.0
    )

    with store.begin() as tx:
        tx.needs.add(need)

    with store.read() as tx:
        assert list(tx.needs.between(date(2026, 11, 1), date(2026, 11, 30))) == [need]


def test_confirmation_is_counted_per_region_for_everybody_to_see(store: Store) -> None:
    added(store, WISSEL, Offering(name="Overal"), Offering(name="G", regions=(Region.LIMBURG,)))

    with store.read() as tx:
        coverage = tx.offerings.coverage()

    assert coverage[Region.VLAAMS_BRABANT] == (2, 1)
    assert coverage[Region.LIMBURG] == (2, 0)


def test_what_is_over_is_not_coming(store: Store) -> None:
    past = Session(datetime(2026, 9, 1, 8, tzinfo=UTC))
    added(store, Offering(name="Voorbij", kind=OfferingKind.TRAINING, sessions=(past,)))

    with store.read() as tx:
        assert tx.offerings.taking_place([OfferingKind.TRAINING], MONDAY) == []
