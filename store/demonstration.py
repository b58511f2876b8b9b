"""The invented directory that a new Brug shows: 150 entries, of which nothing exists.

It is loaded into the embedded database alone, unless somebody asks for it; every card says that it
is invented. Its days move along with the calendar, so that there is always something to come.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from store.directory import Offering
from store.glossary import VOCABULARY
from store.interchange.comparing import apply, compare
from store.interchange.reading import Reader, Reading, ReadRow
from store.search.vocabulary import read_vocabulary
from store.seeds.reading import FOLDER, read_gazetteer
from store.transaction import LONG_PATIENCE, Store

NAME = "demonstration"
FILE = FOLDER / "demonstration.csv"
_WRITTEN_ON = date(2026, 11, 23)
"""The day on which the days in the file were right."""

_SOURCE = "de demonstratie van Brug"


def load(store: Store, version: str, now: datetime) -> int:
    """Load the invented entries; a version that was loaded before is left alone.

    Args:
        store: Where to.
        version: Of the file.
        now: The moment (UTC).

    Returns:
        How many entries were added or changed.

    Raises:
        StoreBusy: If the database was busy for too long; nothing is loaded then.
    """
    reading = _read(now)
    with store.begin(LONG_PATIENCE) as tx:
        tx.seeds.lock()
        if tx.seeds.version(NAME) == version:  # another replica was first
            return 0
        plan = compare(reading, tx.offerings)
        plan = apply(plan, tx.offerings, at=now, actor="system", source=_SOURCE)
        tx.seeds.note(NAME, version, now)
    return len(plan.new) + len(plan.changed)


def _read(now: datetime) -> Reading:
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        vocabulary = read_vocabulary(lines)
    reading = Reader(read_gazetteer(), vocabulary).read(FILE, source=_SOURCE, as_of=_WRITTEN_ON)
    for problem in reading.problems:  # our own file: a fault in it is ours
        raise ValueError(str(problem))
    # Whole weeks, so that a training stays on a weekday.
    later = timedelta(weeks=max(0, (now.date() - _WRITTEN_ON).days // 7))
    rows = tuple(ReadRow(row.line, _moved(row.offering, later), row.given) for row in reading.rows)
    return replace(reading, rows=rows)


def _moved(one: Offering, later: timedelta) -> Offering:
    return replace(
        one,
        sessions=tuple(
            replace(each, begins=each.begins + later, ends=each.ends and each.ends + later)
            for each in one.sessions
        ),
        assured_date=one.assured_date and one.assured_date + later,
        status_since=one.status_since and one.status_since + later,
        provenance=replace(one.provenance, as_of=one.provenance.as_of + later),
    )
