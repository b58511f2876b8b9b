"""Who brings letters to a platform: the port that `post` needs, and what can come of a delivery.

Each room implements it in its `deliver.py`; tests play a platform over the network.
"""

from datetime import datetime
from typing import Protocol

from handlers.speech.answer import Answer


class DeliveryFault(Exception):
    """A letter did not certainly arrive.

    ├── TryLater       it certainly did not arrive; the platform said when to try again
    │   └── LockedOut  nothing will, until somebody puts Brug's account right
    ├── NotTaken       it certainly did not arrive, and will not as it is: its owner decides
    │   └── Refused    nothing ever will at this address: channel archived, user gone
    ├── Unsure         it may have arrived: the answer was lost, came too late, or was a 5xx
    └── CannotLook     the platform did not let us look whether it arrived
    """


class TryLater(DeliveryFault):
    """It certainly did not arrive; try again after some seconds."""

    def __init__(self, seconds: float) -> None:
        """Wait this long (seconds)."""
        super().__init__(f"try again after {seconds:g} s")
        self.seconds = seconds


class LockedOut(TryLater):
    """It certainly did not arrive: Brug's own account may not, whatever the letter or the address.

    Attributes:
        reason: The platform's own code ("token_expired").
        wholly: Whether nothing may be done with the account; otherwise this kind of thing alone:
            a scope is missing, and letters of other kinds still arrive.
    """

    def __init__(self, seconds: float, reason: str, *, wholly: bool) -> None:
        """Wait this long (seconds): somebody has to put it right."""
        super().__init__(seconds)
        self.reason = reason
        self.wholly = wholly


class NotTaken(DeliveryFault):
    """It certainly did not arrive, and as it is it will not: the platform could not read it.

    So is whatever a platform says that nobody told us the meaning of. `reason` is its own code
    ("invalid_blocks").
    """

    def __init__(self, reason: str) -> None:
        """Keep the platform's reason."""
        super().__init__(reason)
        self.reason = reason


class Refused(NotTaken):
    """Nothing will ever arrive at this address; `reason` as for `NotTaken` ("is_archived")."""


class Unsure(DeliveryFault):
    """It may have arrived."""


class CannotLook(DeliveryFault):
    """Whether it arrived could not be looked up: not now, or never.

    Attributes:
        for_good: Whether asking again is of no use: the platform has no such question, or Brug
            may not ask it. The letter's owner decides then.
    """

    def __init__(self, *, for_good: bool = False) -> None:
        """Say whether asking again is of use."""
        super().__init__("never" if for_good else "not now")
        self.for_good = for_good


class Courier(Protocol):
    """Brings answers to one platform. Never sends twice by itself: no retry handler below it."""

    def post(self, address: str, answer: Answer, key: str, language: str) -> str:
        """Bring an answer to a conversation, with an opaque key in the message's metadata.

        Args:
            address: "slack:T1:C012" for a channel, "person:3" for somebody's own conversation.
            answer: What to say.
            key: What identifies the letter; it says nothing about anybody.
            language: Of the words that the room adds.

        Returns:
            The platform's reference of the message (Slack: its `ts`).

        Raises:
            TryLater: It certainly did not arrive.
            LockedOut: The same, and it is Brug's account.
            NotTaken: The same, and it never will as it is.
            Refused: The same, and nothing else at this address.
            Unsure: It may have arrived.
        """
        ...

    def find(self, address: str, key: str, since: datetime) -> tuple[str, ...]:
        """Return the references of messages with this key, the oldest first.

        Args:
            address: As for `post`.
            key: As for `post`.
            since: How far to look back (UTC).

        Raises:
            CannotLook: The platform did not answer, or has no such question.
        """
        ...

    def withdraw(self, address: str, reference: str) -> None:
        """Delete a message that was sent twice.

        Raises:
            DeliveryFault: If it could not be deleted.
        """
        ...
