import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text, update

from store import Store, open_store, seed, upgrade
from store.errors import NewerDatabase
from store.preparing import HEAD, revision
from store.records import Region
from store.tables import PersonRow, PlaceRow, Row, SeedRow
from tests.conftest import MONDAY
from tests.peers.postgresql import Cluster

MIGRATIONS = Path(__file__).parents[2] / "store/migrations"


def forget_versions(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(SeedRow).values(version="older"))


def test_the_revision_in_the_code_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_that_the_code_describes(store: Store) -> None:
    found = inspect(store.engine)
    described = {
        name: {column.name for column in table.columns}
        for name, table in Row.metadata.tables.items()
    }

    assert {
        name: {column["name"] for column in found.get_columns(name)}
        for name in found.get_table_names()
        if name != "alembic_version"
    } == described


def test_a_database_that_is_up_to_date_is_left_alone(store: Store) -> None:
    assert revision(store) == HEAD
    assert upgrade(store) is False
    assert seed(store, MONDAY) == []


def test_a_database_of_a_newer_brug_is_left_alone_and_named(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerDatabase, match="revision 9999"):
        upgrade(store)


def test_eight_replicas_that_start_at_once_find_one_database(
    tmp_path: Path, cluster: Cluster
) -> None:
    for url in (f"sqlite:///{tmp_path}/new.db", cluster.new_database("eight")):
        stores = [open_store(url) for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(upgrade, stores))
            list(pool.map(seed, stores, [MONDAY] * len(stores)))

        with stores[0].read() as tx:
            assert len(tx.people.everyone()) == 13
            assert {place.region for place in tx.gazetteer.load().places} == set(Region)
        for one in stores:
            one.close()


def test_a_migration_that_was_cut_off_can_be_run_again(tmp_path: Path) -> None:
    # A process of its own is killed half-way: the file it leaves must still be of use.
    url = f"sqlite:///{tmp_path}/cut.db"
    script = (
        "import os\n"
        "from sqlalchemy import event\n"
        "from store import open_store, upgrade\n"
        f"store = open_store({url!r})\n"
        "def cut(_c, _cursor, statement, *_):\n"
        "    if 'CREATE TABLE person' in statement: os._exit(9)\n"
        "event.listen(store.engine, 'before_cursor_execute', cut)\n"
        "upgrade(store)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)

    store = open_store(url)
    left = inspect(store.engine).get_table_names()
    upgrade(store)

    assert killed.returncode == 9
    assert "area" not in left
    assert revision(store) == HEAD
    store.close()


def test_what_a_person_changed_is_not_overwritten_by_a_newer_seed(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            update(PersonRow)
            .where(PersonRow.name == "Babs")
            .values(name="Babs Voorbeeld", changed_at=MONDAY)
        )
        connection.execute(
            update(PlaceRow)
            .where(PlaceRow.name == "Ninove")
            .values(region="limburg", changed_at=MONDAY)
        )
    forget_versions(store)

    loaded = {one.name: one for one in seed(store, MONDAY + timedelta(days=1))}

    with store.read() as tx:
        names = {person.name for person in tx.people.everyone()}
        ninove = [p for p in tx.gazetteer.load().places if p.name == "Ninove"]
    assert "Babs Voorbeeld" in names
    assert "Babs" not in names
    assert {place.region for place in ninove} == {Region.LIMBURG}
    assert (loaded["coordinators"].kept, loaded["gazetteer"].kept) == (1, len(ninove))


def test_a_newer_seed_mends_what_nobody_changed(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            update(PlaceRow).where(PlaceRow.name == "Ninove").values(region="limburg")
        )
        connection.execute(text("DELETE FROM place WHERE name = 'Aalst'"))
    forget_versions(store)

    seed(store, MONDAY)

    with store.read() as tx:
        regions = {
            p.name: p.region for p in tx.gazetteer.load().places if p.municipality == p.name
        }
    assert regions["Ninove"] is Region.OOST_VLAANDEREN
    assert regions["Aalst"] is Region.OOST_VLAANDEREN


def test_the_addresses_of_oost_vlaanderen_belong_to_the_right_persons(store: Store) -> None:
    with store.read() as tx:
        emails = {person.name: person.email for person in tx.people.everyone()}

    assert emails["Oona"] == "oona.somers@vclbmeetjesland.be"
    assert emails["Sofie"] == "sofie.baert@clboudenaarde.be"
