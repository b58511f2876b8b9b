"""Who may do what: one table, and one function that looks it up. What is not written is refused.

Checked at the door and again at every button and submission: what comes back from a platform
went through somebody else's hands.
"""

from dataclasses import dataclass
from enum import StrEnum

from handlers.errors import NotAllowed
from store.records import Person, Region


class Role(StrEnum):
    """What somebody is to Brug; one person has one role, the widest that fits."""

    GUEST = "guest"
    MEMBER = "member"
    PROVIDER = "provider"
    COORDINATOR = "coordinator"
    STEWARD = "steward"


class Right(StrEnum):
    """Something that may be done."""

    ASK = "ask"
    CONTRIBUTE = "contribute"
    CHANGE_ENTRY = "change_entry"
    REGISTER_ABSENCE = "register_absence"
    TRIAGE = "triage"
    SET_DIGEST = "set_digest"
    ADMINISTER = "administer"


class Scope(StrEnum):
    """On what it may be done."""

    NONE = "none"
    OWN = "own"
    TANDEM = "tandem"
    OWN_REGION = "own_region"
    ALL = "all"


_NONE, _OWN, _TANDEM, _REGION, _ALL = Scope
RIGHTS: dict[Right, dict[Role, Scope]] = {
    right: dict(zip(Role, scopes, strict=True))
    for right, scopes in {
        # ......................... guest  member  provider  coordinator  steward
        Right.ASK: (_ALL, _ALL, _ALL, _ALL, _ALL),
        Right.CONTRIBUTE: (_NONE, _ALL, _ALL, _ALL, _ALL),
        Right.CHANGE_ENTRY: (_NONE, _NONE, _OWN, _REGION, _ALL),
        Right.REGISTER_ABSENCE: (_NONE, _NONE, _NONE, _TANDEM, _ALL),
        Right.TRIAGE: (_NONE, _NONE, _NONE, _REGION, _ALL),
        Right.SET_DIGEST: (_NONE, _NONE, _NONE, _REGION, _ALL),
        Right.ADMINISTER: (_NONE, _NONE, _NONE, _NONE, _ALL),
    }.items()
}
"""The table of the house, role × right."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks.

    Attributes:
        key: What the audit calls them: "person:3" or "slack:T1:U2"; never a name.
        role: What they are to Brug.
        person: Who they are, when Brug knows them.
        regions: The regions that they stand for; empty for most people.
        email: Their verified address in lower case: what a provider's entries are known by;
            empty when the platform vouches for none.
        linked: The address of entries that a steward linked them to, in lower case; empty for
            none.
        user: What their room calls them, whoever they are: "slack:T1:U2"; empty for Brug itself.
        name: What people call them; empty when the room does not say.
    """

    key: str
    role: Role = Role.GUEST
    person: Person | None = None
    regions: frozenset[Region] = frozenset()
    email: str = ""
    linked: str = ""
    user: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What something is done to, as far as rights go.

    Attributes:
        regions: The regions that it belongs to; empty for none.
        owner_email: Whose it is, in lower case; empty for nobody's.
    """

    regions: frozenset[Region] = frozenset()
    owner_email: str = ""


def may(actor: Actor, right: Right, thing: Thing | None = None) -> bool:
    """Return whether somebody may do this to that thing.

    Without a thing: whether there can be any thing to which they may do it, so that a form is
    shown to those alone who could send it.
    """
    scope = RIGHTS.get(right, {}).get(actor.role, Scope.NONE)
    if scope is Scope.NONE:
        return False
    if scope is Scope.ALL or thing is None:
        return True
    if scope is Scope.OWN:
        known = actor.person.email.lower() if actor.person else ""
        own = {actor.email, actor.linked, known} - {""}
        return thing.owner_email in own
    # A tandem is the two sides of one region.
    return bool(actor.regions & thing.regions)


def authorize(actor: Actor, right: Right, thing: Thing | None = None) -> None:
    """Refuse unless somebody may do this to that thing.

    Raises:
        NotAllowed: If they may not.
    """
    if not may(actor, right, thing):
        raise NotAllowed(f"rights.{right.value}")
