"""The list that each person saw last, for half an hour: "vertel meer over 2" (F50).

In the memory of this process alone: it is nobody else's business, and when it is gone Brug asks
again. What people typed is in it, so it is written nowhere.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import cast

from handlers.hearing.sentence import Before
from handlers.searching import PAGE
from handlers.speech.answer import Answer

HALF_AN_HOUR = timedelta(minutes=30)
MOST = 5_000
"""People; of more, those who asked longest ago are forgotten."""


class Recent:
    """Who saw which list last. Safe to share between threads."""

    def __init__(self) -> None:
        """Remember nobody yet."""
        self._seen: OrderedDict[str, tuple[datetime, Before]] = OrderedDict()
        self._changing = Lock()

    def before(self, key: str, now: datetime) -> Before | None:
        """Return the list that somebody saw last, unless that is too long ago."""
        with self._changing:
            found = self._seen.get(key)
        return found[1] if found and now - found[0] <= HALF_AN_HOUR else None

    def remember(self, key: str, answer: Answer, now: datetime) -> None:
        """Keep the list in an answer; another answer leaves the last list as it is."""
        results, page = answer.data.get("results"), answer.data.get("page")
        if not isinstance(results, list) or not isinstance(page, int):
            return
        entries = tuple(
            (page * PAGE + number, int(cast("dict[str, int]", one)["id"]))
            for number, one in enumerate(cast("list[object]", results), start=1)
        )
        seen = Before(answer.feature, str(answer.data.get("asked", "")), entries)
        with self._changing:
            self._seen.pop(key, None)
            self._seen[key] = now, seen
            while len(self._seen) > MOST:
                self._seen.popitem(last=False)
