"""What every test may use: a database of its own on SQLite and PostgreSQL, and a still clock."""

import shutil
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.assistant import Assistant
from bot.atlas import Atlas
from handlers import FEATURES
from handlers.actors import Caller
from handlers.hearing.places import Places
from store import Store, load_demonstration, open_store, seed, upgrade
from store.seeds.reading import read_gazetteer, read_vocabulary
from tests.peers.postgresql import Cluster, running_cluster

pytest_plugins = ["tests.peers.fixtures"]

# How long an example takes says more of the machine than of Brug; `make bench` measures time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday at nine in Brussels."""

ATLAS = Atlas()
"""Every database of the tests is a copy of one, so that the places are read once for all."""


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and the facts in it; tests copy it."""
    file = tmp_path_factory.mktemp("seeded") / "brug.db"
    store = open_store(f"sqlite:///{file}")
    upgrade(store)
    seed(store, MONDAY)
    store.close()
    return file


@pytest.fixture(scope="session")
def demonstrated_file(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the invented directory in it."""
    file = tmp_path_factory.mktemp("demonstrated") / "brug.db"
    shutil.copy(seeded_file, file)
    store = open_store(f"sqlite:///{file}")
    load_demonstration(store, MONDAY)
    store.close()
    return file


@pytest.fixture(scope="session")
def cluster() -> Generator[Cluster]:
    """A PostgreSQL server of our own, on loopback, with a seeded database to copy."""
    with running_cluster() as started:
        store = open_store(started.new_database(started.template))
        upgrade(store)
        seed(store, MONDAY)
        store.close()
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a seeded database that only this test uses, once for each kind."""
    if request.param == "sqlite":
        copy = tmp_path / "brug.db"
        shutil.copy(request.getfixturevalue("seeded_file"), copy)
        return f"sqlite:///{copy}"
    started: Cluster = request.getfixturevalue("cluster")
    return started.copy()


@pytest.fixture
def store(database_url: str) -> Generator[Store]:
    """A seeded store of its own, on SQLite and then on PostgreSQL."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(demonstrated_file: Path, tmp_path: Path) -> Generator[Store]:
    """A store of its own on SQLite alone, as a new user finds it: with the invented directory."""
    copy = tmp_path / "only.db"
    shutil.copy(demonstrated_file, copy)
    opened = open_store(f"sqlite:///{copy}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def places() -> Places:
    """The resolver over the gazetteer that ships."""
    return Places(read_gazetteer(), read_vocabulary())


@pytest.fixture
def assistant(sqlite_store: Store) -> Assistant:
    """The whole assistant, on a Monday that stands still."""
    return Assistant(sqlite_store, FEATURES, lambda: MONDAY, atlas=ATLAS)


@pytest.fixture
def member() -> Caller:
    """Somebody of the home workspace whom Brug does not know by name."""
    return Caller("console", "", "U1")
