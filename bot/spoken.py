"""In which language somebody was answered last, for what a room says around an answer.

What somebody chose is in the database, and is read with every request. A room that dresses the
answer, or has to say that it is busy, should not ask the database again.
"""

from collections import OrderedDict
from threading import Lock

from handlers.actors import Caller
from handlers.speech.words import Words

MOST = 5_000
"""People; of more, those who asked longest ago are forgotten, and looked up when they ask."""


class Spoken:
    """Who was answered in which language. Safe to share between threads."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._languages: OrderedDict[str, str] = OrderedDict()
        self._changing = Lock()

    def words(self, caller: Caller) -> Words:
        """Return the phrases for somebody."""
        with self._changing:
            known = self._languages.get(caller.key, "")
        return Words(known or caller.locale)

    def remember(self, caller: Caller, language: str) -> None:
        """Keep in which language somebody is answered from now on."""
        with self._changing:
            self._languages.pop(caller.key, None)
            self._languages[caller.key] = language
            while len(self._languages) > MOST:
                self._languages.popitem(last=False)
