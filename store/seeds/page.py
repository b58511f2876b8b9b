"""What the source page says, by subject: quoted in answers, never rewritten."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

FILE = Path(__file__).parent / "page.toml"


@dataclass(frozen=True, slots=True)
class Page:
    """The source page.

    Attributes:
        source: What it is, in words.
        as_of: The day on which it was read.
        quotes: Its sentences, word for word, by subject.
    """

    source: str
    as_of: date
    quotes: Mapping[str, tuple[str, ...]]


@cache
def read_page() -> Page:
    """Return what the page says."""
    with FILE.open("rb") as file:
        read = tomllib.load(file)
    quotes = cast("Mapping[str, list[str]]", read["quotes"])
    return Page(read["source"], read["as_of"], {slug: tuple(q) for slug, q in quotes.items()})
