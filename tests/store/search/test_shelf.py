"""How a shelf keeps its postings."""

import numpy as np
import pytest

from store.search.shelf import Postings


@pytest.mark.parametrize(("entries", "size"), [(65_536, 2), (65_537, 4)])
def test_positions_take_two_bytes_as_long_as_the_last_entry_fits(entries: int, size: int) -> None:
    positions = np.array([0, entries - 1], np.int32)
    kept = Postings(["gent"], np.array([0, 2]), positions, np.array([1, 1], np.uint8))
    narrowed = kept.narrowed(entries).positions
    assert (narrowed.tolist(), narrowed.itemsize) == ([0, entries - 1], size)
