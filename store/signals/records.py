"""What a signal is, and which moves it may make. No SQL here."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from store.errors import StoreError
from store.privacy import SafeText
from store.records import Region


class Level(StrEnum):
    """The level of education that a signal is about."""

    KLEUTER = "kleuter"
    LAGER = "lager"
    SECUNDAIR = "secundair"
    ALLE = "alle"


class Addressee(StrEnum):
    """Who can do something about it (F31). `BEIDE` stands in both governments' bundles."""

    WELZIJN = "welzijn"
    ONDERWIJS = "onderwijs"
    BEIDE = "beide"
    LOKAAL = "lokaal"

    @property
    def receivers(self) -> "tuple[Addressee, ...]":
        """Whose bundle it stands in."""
        if self is Addressee.BEIDE:
            return (Addressee.WELZIJN, Addressee.ONDERWIJS)
        return (self,)


class Phase(StrEnum):
    """The eight phases of Ghent's signal policy (SOURCE: PRODUCT C), in their order."""

    OPMERKEN = "opmerken"
    VERZAMELEN = "verzamelen"
    BUNDELEN = "bundelen"
    ANALYSEREN = "analyseren"
    RAPPORTEREN = "rapporteren"
    BESLISSEN = "beslissen"
    ACTIE = "actie"
    FEEDBACK = "feedback"


_P = Phase
MOVES: dict[Phase, tuple[Phase, ...]] = {
    _P.OPMERKEN: (_P.VERZAMELEN, _P.BUNDELEN, _P.ANALYSEREN),
    _P.VERZAMELEN: (_P.BUNDELEN, _P.ANALYSEREN, _P.OPMERKEN),
    _P.BUNDELEN: (_P.ANALYSEREN, _P.VERZAMELEN),
    _P.ANALYSEREN: (_P.RAPPORTEREN, _P.FEEDBACK, _P.BUNDELEN),
    _P.RAPPORTEREN: (_P.BESLISSEN, _P.ANALYSEREN),
    _P.BESLISSEN: (_P.ACTIE, _P.FEEDBACK, _P.RAPPORTEREN),
    _P.ACTIE: (_P.FEEDBACK, _P.BESLISSEN),
    _P.FEEDBACK: (_P.ACTIE, _P.VERZAMELEN),
}
"""From each phase, where a coordinator may move a signal: the most usual first. What is gathered
may be analysed at once, what cannot be reported is told back at once, and one step back mends a
slip. Nothing is decided that was not reported."""

TOLD = (_P.ANALYSEREN, _P.RAPPORTEREN, _P.BESLISSEN, _P.ACTIE, _P.FEEDBACK)
"""The phases that matter to who gave the signal: each is told once (F34)."""

FEWEST_REPORTERS, FEWEST_ORGANISATIONS = 3, 2
"""What it takes, beside a coordinator's judgement, to call a signal structural (F37)."""


class Anonymity(StrEnum):
    """Who may see who gave a signal (F35)."""

    OPEN = "open"
    """Every member who sees the signal."""
    DUO = "duo"
    """Coordinators of the region and stewards alone."""
    NOBODY = "nobody"
    """Nobody: nothing that leads to the reporter is kept, so nothing can be told back either."""


class Overtaken(StoreError):
    """Somebody else changed the signal in the meantime; nothing was written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("the signal was changed meanwhile; read it again and try again")


@dataclass(frozen=True, slots=True)
class Backing:
    """Somebody stands behind a signal.

    Attributes:
        submission: What identifies this very submission, however often it arrives.
        actor: Who: "person:3" or "slack:T1:U2"; never kept when `anonymity` is `NOBODY`.
        name: What people call them; empty when their room does not say, and never kept when
            `anonymity` is `NOBODY`.
        anonymity: Who may see it.
        organisation: Where they work; empty when they did not say, or stay anonymous.
        context: What they add; may be empty.
        language: In which language to tell them what happened.
    """

    submission: str
    actor: str
    name: str
    anonymity: Anonymity
    organisation: SafeText
    context: SafeText
    language: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A signal about to be kept.

    Attributes:
        text: What the field sees.
        level: About which level of education.
        region: Where.
        addressee: Who can do something about it.
        meeting: On behalf of which meeting; empty for somebody's own (F36).
        quarantined: Whether a coordinator looks first: the guard warned, the writer confirmed.
        look_by: The last day for the first look (Europe/Brussels).
        backing: Who gives it.
    """

    text: SafeText
    level: Level
    region: Region
    addressee: Addressee
    meeting: SafeText
    quarantined: bool
    look_by: date
    backing: Backing


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal as it is kept.

    Attributes:
        number: What people call it by.
        text: What the field sees; empty when a coordinator wiped it.
        level: About which level of education.
        region: Where.
        addressee: Who can do something about it.
        phase: How far it has come.
        meeting: On behalf of which meeting; empty for somebody's own.
        quarantined: Whether a coordinator has to look before anybody else sees it.
        structural: Whether a coordinator judged it structural.
        merged_into: The signal that it was put together with; None when it stands alone.
        round: Counted from 1; each reopening begins a new one.
        version: Goes up with every change.
        created_at: When it was given (UTC).
        look_by: The last day for the first look.
        looked_at: When a coordinator first looked (UTC); None if nobody did.
        withdrawn: Whether a coordinator wiped it.
    """

    number: int
    text: SafeText
    level: Level
    region: Region
    addressee: Addressee
    phase: Phase
    meeting: SafeText
    quarantined: bool
    structural: bool
    merged_into: int | None
    round: int
    version: int
    created_at: datetime
    look_by: date
    looked_at: datetime | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Supporter:
    """Somebody who stands behind a signal, as it is kept.

    Attributes:
        signal: The number of the signal that they stood behind; it may be merged since.
        actor: Who; None when they stay anonymous or the link was cut.
        name: What people call them; empty then too, and when their room does not say.
        anonymity: Who may see it.
        organisation: Where they work; may be empty.
        context: What they added; may be empty.
        language: In which language to tell them what happened.
        at: When (UTC).
    """

    signal: int
    actor: str | None
    name: str
    anonymity: Anonymity
    organisation: SafeText
    context: SafeText
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Backed:
    """How many stand behind a signal and all that was merged into it (F37).

    Attributes:
        reporters: Independent reporters. Who stays anonymous is not counted here: two of them may
            be one person.
        organisations: Different organisations among them.
        anonymous: How often somebody stood behind it without a name.
    """

    reporters: int
    organisations: int
    anonymous: int

    @property
    def enough(self) -> bool:
        """Whether a coordinator may call it structural."""
        return self.reporters >= FEWEST_REPORTERS and self.organisations >= FEWEST_ORGANISATIONS


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a signal.

    Attributes:
        at: When (UTC).
        actor: Who did it: a coordinator's key, or "reporter".
        verb: What: "move", "merge", "part", "release", "withdraw", "judge", "reopen".
        before: What it was before (a phase, a number), if that says something.
        after: What it became.
    """

    at: datetime
    actor: str
    verb: str
    before: str
    after: str
