"""The names of places, read once for each version of the gazetteer."""

from threading import Lock

from handlers.hearing.places import Places
from store import Transaction
from store.seeds.reading import read_vocabulary


class Atlas:
    """The resolver of the gazetteer as it is now. Safe to share between threads.

    Share one between databases only when equal versions of their gazetteers are equal, as those of
    copies are: building it is most of what a first question costs.
    """

    def __init__(self) -> None:
        """Nothing is read before somebody asks."""
        self._known: tuple[str, Places] | None = None
        self._building = Lock()

    def of(self, tx: Transaction) -> Places:
        """Return the resolver of the gazetteer that this transaction sees."""
        version = tx.gazetteer.version()
        known = self._known
        if known is not None and known[0] == version:
            return known[1]
        with self._building:  # one thread builds, the others wait instead of building too
            known = self._known
            if known is None or known[0] != version:
                known = version, Places(tx.gazetteer.load(), read_vocabulary())
                self._known = known
            return known[1]
