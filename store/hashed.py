"""Many texts of which only the hashes are kept: what is asked is whether one is among them.

As texts the 38,000 ordinary words and the 69,000 traits of phrasings took 11 MB, and so they take
1. Python's own hash has 64 bits and another seed in every process: that two texts out of 100,000
have the same one happens once in a few billion starts, and then one word is taken for another.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import final

import numpy as np
import numpy.typing as npt


@final
class Listed:
    """Texts that are looked for one by one; a lookup takes half a microsecond."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the hashes of these."""
        self._hashes = array("q", sorted(set(map(hash, texts))))

    def __contains__(self, text: str) -> bool:
        """Return whether this text is one of them."""
        code, hashes = hash(text), self._hashes
        at = bisect_left(hashes, code)
        return at < len(hashes) and hashes[at] == code


@final
class Rows:
    """Texts that are rows of a table; many are looked for at once."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the hashes of these; the first is row 0. No text may be there twice."""
        hashes = np.fromiter(map(hash, texts), np.int64)
        order = np.argsort(hashes)
        self._hashes, self._rows = hashes[order], order.astype(np.int32)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def of(self, texts: Iterable[str]) -> npt.NDArray[np.int32]:
        """Return the rows of those that are known, in the order of the table."""
        rows = self.of_each(texts)
        return np.sort(rows[rows >= 0])

    def of_each(self, texts: Iterable[str]) -> npt.NDArray[np.int32]:
        """Return the row of each, in the order in which they are given; -1 for one not known."""
        wanted = np.fromiter(map(hash, texts), np.int64)
        if not len(self):
            return np.full(len(wanted), -1, np.int32)
        at = np.searchsorted(self._hashes, wanted)
        at[at == len(self)] = 0
        return np.where(self._hashes[at] == wanted, self._rows[at], np.int32(-1))
