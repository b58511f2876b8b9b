"""How much two texts tell of the same matter, as learned from signals told several times (F28).

Each trait of a text has a row in a table; a text is the sum of the rows of its traits, and two
texts are as near as their sums point the same way. The table is learned by `make echoes` from the
tellings in `tests/store/signals/tellings/`: there one author told each signal five times, and the
rows were moved until the five pointed the same way and other signals elsewhere. Here it is only
looked up and added: no learning library is needed to run Brug.

The told signals are kept too, as *matters*: a row for the way in which each points. A new text
recalls the few that point most nearly as it does; two texts that recall the same ones are likely
to be about one thing, though each says another half of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from store.hashed import Rows
from store.signals.meanings import BEGINNING, CONCEPT, stems_of

FILE = Path(__file__).parent / "likeness.npz"
"""All but the table, which stands beside it in `likeness.npy`."""

PIECE = "#"
"""With this begins a trait that is a piece of a word: it forgives slips, dialect, compounds."""
PAIR = "+"
"""With this begins a trait that is two words in a row."""

_PIECES = (4, 5)
_SHORTEST_IN_PIECES = 5
_AGAIN = 1.3
"""How much a concept counts that more than one word touches."""
_SHARES = {CONCEPT: 1.6, PIECE: 0.35, PAIR: 0.3}
_OF_A_BEGINNING = 0.5
_OF_A_WORD = 0.8
_SAYS_ENOUGH = 82.0
"""A text whose rows add up to this length is half as long as it could be. Chosen beside the score
from which signals are shown, so that little that is no signal finds one."""

_RECALLED = 16
"""So many matters are kept of a text: those that it recalls most."""
_SHARPLY = 0.04
"""How much nearer a matter must be to be recalled e times as much."""

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The learned table.

    Attributes:
        rows: The row of each trait.
        table: A row a trait, in small whole numbers.
        sizes: By how much each row is multiplied.
        matters: A row a told signal: where it points, 127 long; it may have none.
        digest: Of the tellings and concepts that it was learned from.
    """

    rows: Rows
    table: npt.NDArray[np.int8]
    sizes: Vector
    matters: npt.NDArray[np.int8]
    digest: str

    def way(self, traits: Mapping[str, float]) -> Vector:
        """Return where a text of these traits points; the less it says of the field, the shorter.

        At most 1 long: the rows of what the field often speaks of add up, other words cancel out.
        """
        total = self.total(traits)
        length = float(np.linalg.norm(total))
        return total * np.float32(length / (length * length + _SAYS_ENOUGH * _SAYS_ENOUGH))

    def total(self, traits: Mapping[str, float]) -> Vector:
        """Return the sum of the rows of these traits; of most tellings it is about 100 long."""
        rows = self.rows.of_each(traits)
        known = rows >= 0
        rows = rows[known]
        much = np.fromiter(traits.values(), np.float32)[known] * self.sizes[rows]
        return np.asarray(much @ self.table[rows].astype(np.float32), np.float32)

    def recalled(self, ways: Vector) -> tuple[npt.NDArray[np.uint16], Vector]:
        """Return which matters texts recall, and how much: the squares of a text add up to 1.

        Args:
            ways: Where each text points, 1 long; a row a text.

        Returns:
            For each text a row of `_RECALLED` matters, and a row of how much each is recalled.
        """
        shape = len(ways), min(_RECALLED, len(self.matters))
        if not shape[1]:
            return np.zeros(shape, np.uint16), np.zeros(shape, np.float32)
        near = (ways / np.float32(127)) @ self.matters.astype(np.float32).T
        most = np.argpartition(near, -shape[1], axis=1)[:, -shape[1] :]
        near = np.take_along_axis(near, most, axis=1)
        much = np.exp((near - near.max(axis=1, keepdims=True)) / np.float32(_SHARPLY))
        much = np.sqrt(much / much.sum(axis=1, keepdims=True))
        much[~ways.any(axis=1)] = 0  # it points nowhere, and recalls nothing
        return most.astype(np.uint16), much


def traits_of(text: str, terms: Mapping[str, int]) -> Mapping[str, float]:
    """Return the traits of a text, and how much each counts before its rarity is known.

    Args:
        text: The words.
        terms: What `meanings.terms_of` finds in them.
    """
    stems = stems_of(text)
    found = {term: _share(term) * (_AGAIN if n > 1 else 1) for term, n in terms.items()}
    for stem in stems:
        for piece in _pieces(stem):
            found[piece] = _SHARES[PIECE]
    found.update((f"{PAIR}{one} {two}", _SHARES[PAIR]) for one, two in pairwise(stems))
    return found


def _share(term: str) -> float:
    if term.startswith(CONCEPT):
        return _SHARES[CONCEPT]
    return _OF_A_BEGINNING if term.endswith(BEGINNING) else _OF_A_WORD


@lru_cache(maxsize=5_000)
def _pieces(stem: str) -> Sequence[str]:
    if len(stem) < _SHORTEST_IN_PIECES:
        return ()
    framed = f"<{stem}>"
    return tuple(
        f"{PIECE}{framed[at : at + size]}"
        for size in _PIECES
        for at in range(len(framed) - size + 1)
    )


@cache
def learned(file: Path = FILE) -> Likeness:
    """Return the table that ships with Brug; it is opened when the first signal is heard.

    The table is mapped, not read: a text needs a few hundred of its rows, and only what was needed
    takes memory, once for all processes.
    """
    table = np.load(file.with_suffix(".npy"), mmap_mode="r", allow_pickle=False)
    with np.load(file, allow_pickle=False) as kept:
        names = bytes(kept["names"]).decode().split("\n")
        return Likeness(
            rows=Rows(names),
            table=np.asarray(table),
            sizes=kept["sizes"].astype(np.float32),
            matters=kept["matters"],
            digest=bytes(kept["digest"]).decode(),
        )


def keep(likeness: Likeness, names: Sequence[str], file: Path = FILE) -> None:
    """Write a table, and the names of its rows, in the order of these."""
    np.save(file.with_suffix(".npy"), likeness.table, allow_pickle=False)
    np.savez_compressed(
        file,
        names=_bytes("\n".join(names)),
        sizes=likeness.sizes.astype(np.float16),
        matters=likeness.matters,
        digest=_bytes(likeness.digest),
    )


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
