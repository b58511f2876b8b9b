"""Every day: is there a side of a tandem with nobody for days? Then the stewards hear it (F07).

Most gaps are told when an absence opens them; this finds the others: an assignment that ended, a
steward who came later, a cover who fell ill.
"""

from datetime import datetime, timedelta

from handlers.context import BRUSSELS
from handlers.gaps import look_for_gaps, tell_stewards
from store import Store

AHEAD = timedelta(days=14)
"""How far ahead to look: long enough to find a cover, near enough to be true."""


def write_gaps(store: Store, now: datetime) -> int:
    """Leave a letter for the stewards about each gap that nears; safe to call again.

    Args:
        store: Where to look and to write.
        now: The moment (UTC).

    Returns:
        How many letters were new.
    """
    today = now.astimezone(BRUSSELS).date()
    with store.begin() as tx:
        return tell_stewards(tx, look_for_gaps(tx, today, today + AHEAD), now)
