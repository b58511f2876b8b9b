"""How likely each feature is, from the traits of a sentence: a table of learned weights.

The table is multinomial logistic regression, learned by `make hearing` from the phrasings in
`tests/handlers/hearing/phrasings/`. Here it is only looked up and added: no learning library is
needed to run Brug, and every answer can say which concepts it rests on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from store.hashed import Rows

FILE = Path(__file__).parent / "weights.npz"
UNKNOWN = "unknown"
"""The outcome for what is none of Brug's business."""

_MOST_SIGNS = 3


GROUPS = ("w", "b", "s", "c", "k", "kk", "f")
"""The sorts of traits (see `traits`); each sort counts as one vector of length 1."""


@dataclass(frozen=True, slots=True)
class Model:
    """The learned weights.

    Attributes:
        outcomes: The slugs of the features, and `UNKNOWN`.
        rows: The row of each trait in the tables.
        worth: How much a trait says for being rare, a row a trait.
        groups: The index in `GROUPS` of its sort.
        shares: How much each sort counts beside the others.
        weights: A row a trait, a column an outcome.
        bias: What each outcome starts with.
        digest: Of the phrasings and concepts that they were learned from.
    """

    outcomes: tuple[str, ...]
    rows: Rows
    worth: npt.NDArray[np.float32]
    groups: npt.NDArray[np.uint8]
    shares: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float16]
    bias: npt.NDArray[np.float32]
    digest: str

    def measured(
        self, traits: Iterable[str]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Return the rows of the traits that are known, in order, and how much each counts."""
        rows = self.rows.of(traits)
        values, groups = self.worth[rows], self.groups[rows]
        lengths = np.sqrt(np.bincount(groups, values**2, len(GROUPS)))
        lengths[lengths == 0] = 1.0
        return rows, (values / lengths[groups] * self.shares[groups]).astype(np.float32)

    def chances(self, traits: Iterable[str]) -> dict[str, float]:
        """Return how likely each outcome is; together 1."""
        rows, values = self.measured(traits)
        scores = self.bias + values @ self.weights[rows].astype(np.float32)
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return dict(zip(self.outcomes, map(float, likely), strict=True))

    def signs(self, traits: Iterable[str], outcome: str) -> tuple[str, ...]:
        """Return the concepts that spoke most for an outcome; never a word that was typed."""
        column = self.outcomes.index(outcome)
        concepts = [name for name in traits if name[:2] == "k:"]
        rows = self.rows.of_each(concepts)
        weighed = sorted(
            (
                (float(self.weights[row, column]), name)
                for name, row in zip(concepts, rows, strict=True)
                if row >= 0
            ),
            reverse=True,
        )
        return tuple(name for weight, name in weighed[:_MOST_SIGNS] if weight > 0)


@cache
def learned(file: Path = FILE) -> Model:
    """Return the weights that ship with Brug."""
    with np.load(file, allow_pickle=False) as kept:
        names = bytes(kept["names"]).decode().split("\n")
        return Model(
            outcomes=tuple(bytes(kept["outcomes"]).decode().split("\n")),
            rows=Rows(names),
            worth=kept["worth"].astype(np.float32),
            groups=kept["groups"],
            shares=kept["shares"],
            weights=kept["weights"],
            bias=kept["bias"],
            digest=bytes(kept["digest"]).decode(),
        )


def keep(model: Model, names: Sequence[str], file: Path = FILE) -> None:
    """Write weights, and the names of their rows, in the order of these."""
    np.savez_compressed(
        file,
        names=_bytes("\n".join(names)),
        outcomes=_bytes("\n".join(model.outcomes)),
        worth=model.worth.astype(np.float16),
        groups=model.groups,
        shares=model.shares,
        weights=model.weights,
        bias=model.bias,
        digest=_bytes(model.digest),
    )


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
