"""Letters in the terminal: what would come in Slack of its own accord is read here on request.

Only where no platform is connected: else a letter to a person belongs in their own conversation
there, and reading it here would take it away.
"""

from collections.abc import Callable
from datetime import datetime

from handlers.actors import Caller, address_of
from handlers.speech import pages
from handlers.speech.answer import Answer
from store import Store
from store.records import Progress


class Mailbox:
    """The letters for who speaks, and for the conversation in this terminal."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Read this store's letters by this clock (UTC)."""
        self._store = store
        self._clock = clock

    def waiting(self, caller: Caller) -> int:
        """Return how many letters lie there for somebody."""
        return len(self._letters(caller))

    def read(self, caller: Caller, show: Callable[[Answer], None]) -> bool:
        """Show the oldest letter to somebody; it does not come back.

        Returns:
            Whether there was one.
        """
        found = next(iter(self._letters(caller)), None)
        if found is None:
            return False
        with self._store.locks.held(found.letter.key) as owned:
            if not owned:  # another terminal is showing it
                return False
            show(pages.read(found.letter.body))
            # Shown first: who closes the terminal in between finds it here again.
            with self._store.begin() as tx:
                tx.outbox.sent(found.letter.key, "console", self._clock(), None)
        return True

    def _letters(self, caller: Caller) -> list[Progress]:
        with self._store.read() as tx:
            person = tx.people.by_email(caller.email) if caller.email else None
            addresses = [caller.key, address_of(caller)]
            if person is not None:
                addresses.append(f"person:{person.id}")
            return list(tx.outbox.for_reader(addresses, self._clock()))
