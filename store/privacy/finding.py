"""What the guard finds: kinds, places in the text, the verdict, and the errors that refuse.

NotKept                 the text may not be kept; its own `str` never holds a word of it
├── Identifying         it points at a person: see its `finding`
└── TooLong             it is longer than anyone reads
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, unique

LIMIT = 10_000
"""The longest text that is read, in characters: some five pages, and 20 ms of work."""

MARK = "[…]"
"""What stands in `Finding.without` where something identifying stood.

The brackets matter: no rule reads a number across them, so two halves never grow into one.
"""


@unique
class Verdict(StrEnum):
    """What is to be done with a text, mildest first."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    """Nothing was noticed. That is no promise that it holds no personal data."""
    WARN = "warn"
    """Show the writer what was noticed: rephrase, or confirm and let a coordinator look."""
    REFUSE = "refuse"
    """Keep it nowhere."""


@unique
class Kind(StrEnum):
    """What was found, gravest first: the first group is refused, the second the writer judges."""

    IBAN = "iban"
    NATIONAL_NUMBER = "national_number"
    BIS_NUMBER = "bis_number"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    TOO_LONG = "too_long"
    FAULT = "fault"

    WORK_EMAIL = "work_email"
    POSSIBLE_BIRTH_DATE = "possible_birth_date"
    ADDRESS = "address"
    LICENCE_PLATE = "licence_plate"
    FILE_NUMBER = "file_number"
    PERSON_NAME = "person_name"
    INITIALS = "initials"
    AGE_IN_CONTEXT = "age_in_context"
    CLASS_IN_CONTEXT = "class_in_context"
    MENTION = "mention"
    INDIRECT = "indirect"

    @property
    def verdict(self) -> Verdict:
        """The verdict that this kind asks for by itself."""
        return Verdict.REFUSE if self in _REFUSED else Verdict.WARN


# RELIABILITY 4.5: what a rule recognises with certainty is refused, what it suspects is asked.
_REFUSED = frozenset(
    {
        Kind.NATIONAL_NUMBER,
        Kind.BIS_NUMBER,
        Kind.IBAN,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.BIRTH_DATE,
        Kind.TOO_LONG,
        Kind.FAULT,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One place in a text.

    Attributes:
        start: Index of its first character.
        end: Index after its last character.
        kind: What stands there.
    """

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """What the guard noticed in one text. How to say it to the writer is wording's business.

    Attributes:
        verdict: The gravest verdict of all kinds; `pass` if there are none.
        kinds: Every kind once, in the order in which the text shows them.
        spans: Every place, in indexes of the text as it was typed.
    """

    verdict: Verdict = Verdict.PASS
    kinds: tuple[Kind, ...] = ()
    spans: tuple[Span, ...] = ()


class NotKept(Exception):
    """The text may not be kept."""


class Identifying(NotKept):
    """The text points at a person.

    Attributes:
        finding: What was noticed, and the text to offer instead.
    """

    def __init__(self, finding: Finding) -> None:
        """Refuse for what was found; only the kinds go into the message."""
        super().__init__(f"{finding.verdict}: {', '.join(finding.kinds)}")
        self.finding = finding


class TooLong(NotKept):
    """The text is longer than anyone reads.

    Attributes:
        length: How long it is, in characters.
        limit: How long it may be.
    """

    def __init__(self, length: int, limit: int = LIMIT) -> None:
        """Refuse for its length."""
        super().__init__(f"{length} characters, at most {limit}")
        self.length = length
        self.limit = limit


def verdict_of(kinds: Iterable[Kind]) -> Verdict:
    """The gravest verdict among kinds; `pass` if there are none."""
    verdicts = {kind.verdict for kind in kinds}
    if Verdict.REFUSE in verdicts:
        return Verdict.REFUSE
    return Verdict.WARN if verdicts else Verdict.PASS
