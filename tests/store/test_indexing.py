"""A large index is built in another process, and found all the same when that cannot be."""

import sys
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from store import Store, open_store
from store.directory import Offering
from tests.conftest import MONDAY

MANY = 2_001


@pytest.fixture
def replica(store: Store, database_url: str, tmp_path: Path) -> Iterator[Store]:
    with store.begin() as tx:
        names = ["Zeilklas De Vaart", *(f"Verzonnen werking {n}" for n in range(MANY - 1))]
        tx.offerings.add_all([Offering(name=name) for name in names], MONDAY)
    replica = open_store(database_url, tmp_path)
    yield replica
    replica.close()


def found(replica: Store) -> list[str]:
    finder = replica.catalogue.current()
    hits = finder.search(finder.understand("zeilklas"), 5).hits
    with replica.read() as tx:
        return [one.name for one in tx.offerings.many([hit.entry_id for hit in hits])]


def worked_elsewhere() -> float:
    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_a_large_index_is_built_by_another_process(replica: Store, tmp_path: Path) -> None:
    before = worked_elsewhere()

    assert found(replica) == ["Zeilklas De Vaart"]

    assert len(list(tmp_path.glob("search-*.npz"))) == 1
    assert worked_elsewhere() > before


def test_without_another_process_the_index_is_built_here(
    replica: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))

    assert found(replica) == ["Zeilklas De Vaart"]


def test_a_process_that_fails_is_no_fault(replica: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    assert found(replica) == ["Zeilklas De Vaart"]
