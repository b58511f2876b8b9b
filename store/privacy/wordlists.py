"""Lists of names and places, read from the seeds at the first question and kept."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SEEDS = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Names:
    """What the guard knows of names; all in lower case and without accents.

    Attributes:
        first: First names, each with what else it is: "" (nothing), "word" or "place".
        last: Surnames.
        places: Words that stand in the names of Belgian places.
    """

    first: Mapping[str, str]
    last: frozenset[str]
    places: frozenset[str]


@cache
def names() -> Names:
    """Read the lists once; some 10 ms.

    Returns:
        The lists. Source and date stand on each of their rows.
    """
    return Names(
        first={row["name"]: row["also"] for row in _rows("first_names.csv")},
        last=frozenset(row["name"] for row in _rows("surnames.csv")),
        places=frozenset(row["word"] for row in _rows("place_words.csv")),
    )


def _rows(file: str) -> list[dict[str, str]]:
    with (_SEEDS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def alternatives(words: Iterable[str]) -> str:
    """A pattern for one of the words of a list, the longest first.

    Args:
        words: The words, in lower case.

    Returns:
        A group that captures nothing.
    """
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(longest_first)})"


def listed(words: str) -> frozenset[str]:
    """The words of a text with white space between them."""
    return frozenset(words.split())
