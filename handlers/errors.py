"""What can go wrong, and whose turn it is.

Refusal              we can explain it to who asked, and it is no fault of ours
├── NotUnderstood    the words did not make a request
├── NotFound         the request is clear, the thing is not there (or one may not see it)
├── NotAllowed       the request is clear, but not for this person
└── Clash            it does not go together with what is already there
Mistakes             a form came back with answers we cannot take, field by field
everything else      a fault of ours: logged with a reference, apologised for in one place
"""


class Refusal(Exception):
    """Something that Brug explains instead of doing.

    Attributes:
        key: The phrase in `speech/wording/` that explains it and says what to do next.
        values: What to fill in there.
    """

    def __init__(self, key: str, **values: str) -> None:
        """Refuse with this phrase."""
        super().__init__(key)
        self.key = key
        self.values = values


class NotUnderstood(Refusal):
    """The words did not make a request."""


class NotFound(Refusal):
    """The request is clear, but what it asks for is not there."""


class NotAllowed(Refusal):
    """The request is clear, but this person may not do it."""


class Clash(Refusal):
    """The request is clear, but does not go together with what is already there."""


class Mistakes(Exception):
    """A form came back with answers that Brug cannot take.

    Attributes:
        keys: Per field, the phrase that says why.
        values: What to fill in those phrases.
    """

    def __init__(self, keys: dict[str, str], **values: str) -> None:
        """Point at these fields."""
        super().__init__(", ".join(keys))
        self.keys = keys
        self.values = values
