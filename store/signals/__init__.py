"""Signals: what the field sees again and again, kept without anybody's name in it (F25–F38).

Reading order: `records`, what a signal is and which moves it may make; `keeping`, writing and
reading them; `life`, what happens to one; `meanings`, which concepts a text touches; `likeness`,
what was learned from signals told several times; `echoes`, finding the same signal in other words;
`ledger`, bundles for the governments and their answers; `traces`, what leads to a reporter, and
how it is cut.
"""

from store.signals.records import (
    MOVES,
    Addressee,
    Anonymity,
    Draft,
    Level,
    Overtaken,
    Phase,
    Signal,
    Supporter,
)

__all__ = [
    "MOVES",
    "Addressee",
    "Anonymity",
    "Draft",
    "Level",
    "Overtaken",
    "Phase",
    "Signal",
    "Supporter",
]
