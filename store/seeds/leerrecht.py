"""The guide to the right to learn (F24): questions, where they lead, and who says so."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from store.records import Provenance

FILE = Path(__file__).parent / "leerrecht.toml"

FIRST = "situation"
"""The question to begin with."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A general fact.

    Attributes:
        name: The phrase that says it.
        provenance: Who says so, and on which day that was read.
        url: Where to read it.
    """

    name: str
    provenance: Provenance
    url: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A small tree of questions.

    Attributes:
        questions: By name, where each choice leads: to a question or an outcome.
        outcomes: By name, the statements that help there.
        reviewed: Who of the law has looked at it; empty for nobody yet.
    """

    questions: Mapping[str, Mapping[str, str]]
    outcomes: Mapping[str, tuple[Statement, ...]]
    reviewed: str


@cache
def read_guide() -> Guide:
    """Return the guide that ships.

    Raises:
        KeyError: An outcome names a statement that is not there.
    """
    found: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    statements = {
        name: Statement(name, Provenance(row["source"], row["as_of"]), row["url"])
        for name, row in found["statements"].items()
    }
    return Guide(
        questions=found["questions"],
        outcomes={
            name: tuple(statements[one] for one in names)
            for name, names in found["outcomes"].items()
        },
        reviewed=found["reviewed"],
    )
