from pathlib import Path

import numpy as np
import pytest

from store.search.entry import Entry
from store.search.index import Index
from store.search.query import Facet, FacetName, Query
from store.search.vocabulary import Vocabulary

QUERIES = (
    Query("naft kortrijk"),
    Query("huiswerk begeleiding"),
    Query("zorgboerdrij"),
    Query("brossen"),
    Query("begeleid", (Facet(FacetName.AGE, "13"), Facet(FacetName.REGION, "brussel"))),
    Query("", (Facet(FacetName.THEME, "psychische-kwetsbaarheid"),)),
    Query(""),
)


@pytest.fixture
def path(tmp_path: Path, index: Index) -> Path:
    kept = tmp_path / "new folder" / "search.npz"
    index.save(kept)
    return kept


def test_a_saved_index_answers_as_before(index: Index, path: Path) -> None:
    loaded = Index.load(path, "v1")
    assert loaded
    assert loaded.version == "v1"
    assert [loaded.search(query) for query in QUERIES] == [index.search(q) for q in QUERIES]


def test_a_loaded_index_takes_changes(path: Path) -> None:
    loaded = Index.load(path, "v1")
    assert loaded
    changed = loaded.with_changes([Entry(900, "Vliegerclub De Nieuwe Wind")], removed=[1])
    assert [hit.entry_id for hit in changed.search(Query("vliegerclub")).hits] == [900]
    assert changed.search(Query("springplank")).total == 0


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    Index.build([], Vocabulary()).save(tmp_path / "empty")
    loaded = Index.load(tmp_path / "empty", "")
    assert loaded is not None
    assert len(loaded) == 0


def test_a_file_of_another_version_is_stale(path: Path) -> None:
    assert Index.load(path, "v2") is None


def test_whoever_applies_what_changed_may_take_any_version(path: Path) -> None:
    loaded = Index.load(path)
    assert loaded
    assert loaded.version == "v1"


def test_no_file_is_no_index(tmp_path: Path) -> None:
    assert Index.load(tmp_path / "nowhere", "v1") is None


def test_a_folder_is_no_index(tmp_path: Path) -> None:
    assert Index.load(tmp_path, "v1") is None


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_short_is_no_index(path: Path, share: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert Index.load(path, "v1") is None


def test_a_flipped_byte_gives_the_same_index_or_none(index: Index, path: Path) -> None:
    whole = path.read_bytes()
    refused = 0
    for at in range(0, len(whole), len(whole) // 60):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        loaded = Index.load(path, "v1")
        refused += loaded is None
        if loaded:  # a byte that says nothing, such as the padding of a header
            assert [loaded.search(query) for query in QUERIES] == [
                index.search(query) for query in QUERIES
            ]
    assert refused > 30


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"not an index", b"\x93NUMPY\x01\x00v\x00"]
)
def test_another_file_is_no_index(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert Index.load(path, "v1") is None


def test_nothing_is_ever_unpickled(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, head=np.array([{"format": 1, "version": "v1"}], object))
    assert Index.load(path, "v1") is None


def test_positions_that_point_outside_are_refused(path: Path) -> None:
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    arrays["positions"] = arrays["positions"] + 10_000
    with path.open("wb") as file:
        np.savez(file, **arrays)
    assert Index.load(path, "v1") is None


def test_a_save_that_fails_leaves_the_old_file_and_no_other(index: Index, tmp_path: Path) -> None:
    target = tmp_path / "search.npz"
    target.mkdir()
    (target / "in the way").touch()
    with pytest.raises(OSError, match=r"search\.npz"):
        index.save(target)
    assert [path.name for path in tmp_path.iterdir()] == ["search.npz"]
