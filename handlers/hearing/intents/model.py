"""How likely each feature is, from the traits of a sentence: a table of learned weights.

The table is multinomial logistic regression, learned by `make hearing` from the phrasings in
`tests/handlers/hearing/phrasings/`. Here it is only looked up and added: no learning library is
needed to run Brug, and every answer can say which concepts it rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).parent / "weights.npz"
UNKNOWN = "unknown"
"""The outcome for what is none of Brug's business."""

_MOST_SIGNS = 3


@dataclass(frozen=True, slots=True)
class Model:
    """The learned weights.

    Attributes:
        outcomes: The slugs of the features, and `UNKNOWN`.
        rows: The row of each trait in the table.
        weights: A row a trait, a column an outcome.
        bias: What each outcome starts with.
        digest: Of the phrasings and concepts that they were learned from.
    """

    outcomes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: npt.NDArray[np.float16]
    bias: npt.NDArray[np.float32]
    digest: str

    def chances(self, traits: Mapping[str, float]) -> dict[str, float]:
        """Return how likely each outcome is; together 1."""
        known = [(self.rows[name], value) for name, value in traits.items() if name in self.rows]
        scores = self.bias.astype(np.float32)
        if known:
            rows = np.fromiter((row for row, _ in known), np.intp, len(known))
            values = np.fromiter((value for _, value in known), np.float32, len(known))
            scores = scores + values @ self.weights[rows].astype(np.float32)
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return dict(zip(self.outcomes, map(float, likely), strict=True))

    def signs(self, traits: Mapping[str, float], outcome: str) -> tuple[str, ...]:
        """Return the concepts that spoke most for an outcome; never a word that was typed."""
        column = self.outcomes.index(outcome)
        weighed = sorted(
            (
                (float(self.weights[self.rows[name], column]) * value, name)
                for name, value in traits.items()
                if name.startswith("k:") and name in self.rows
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
            rows={name: row for row, name in enumerate(names)},
            weights=kept["weights"],
            bias=kept["bias"],
            digest=bytes(kept["digest"]).decode(),
        )


def keep(model: Model, file: Path = FILE) -> None:
    """Write weights, in the order of their traits, so that the same weights give the same file."""
    names = sorted(model.rows, key=lambda name: model.rows[name])
    np.savez_compressed(
        file,
        names=_bytes("\n".join(names)),
        outcomes=_bytes("\n".join(model.outcomes)),
        weights=model.weights,
        bias=model.bias,
        digest=_bytes(model.digest),
    )


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
