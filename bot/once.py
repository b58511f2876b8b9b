"""Told = stored, and only once: what comes along with something that is entrusted to Brug.

A platform delivers the same thing again, an attacker replays it, and a person waits for three
seconds at most. An `Act` carries what recognises a repetition, and lets who waits and who writes
agree on one truth: either it is kept and said so, or it is not kept and said so.
"""

from threading import Lock


class NoEffect(Exception):
    """Nothing was done."""


class Repeated(NoEffect):
    """The same was done before; nothing was done now."""


class Abandoned(NoEffect):
    """Who waited for it has been told that it failed; what was written is undone."""


class Act:
    """One thing that somebody entrusts to Brug, or asks. Safe to share between threads.

    Attributes:
        receipt: What recognises it ("slack:trigger:12.34"); empty when it cannot be repeated.
    """

    def __init__(self, receipt: str = "") -> None:
        """Be recognised by this receipt."""
        self.receipt = receipt
        self._deciding = Lock()
        self._settled = False
        self._abandoned = False

    def settle(self) -> None:
        """Say that everything is written, right before it is committed.

        Raises:
            Abandoned: If who waited has given up: whoever writes must undo it.
        """
        with self._deciding:
            if self._abandoned:
                raise Abandoned
            self._settled = True

    def abandon(self) -> bool:
        """Give up waiting.

        Returns:
            Whether that is still possible. If not, it is being committed this moment, and the
            outcome must be waited for.
        """
        with self._deciding:
            self._abandoned = not self._settled
            return self._abandoned
