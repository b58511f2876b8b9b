"""Who asks, and what are they to Brug?"""

from dataclasses import dataclass
from datetime import date

from handlers.rights import Actor, Role
from store import Transaction

_LONGEST_NAME = 80
"""Characters: what a platform takes as a name."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody, as a room knows them.

    Attributes:
        platform: "slack", "teams" or "console".
        workspace: The team or tenant; "" for the console.
        user: Their number there.
        email: Their address, if the platform vouches for it; else "".
        home: Whether this is the workspace of the networks themselves; elsewhere they are guests.
        conversation: The channel or chat in which they ask; empty when the room does not say.
        locale: The language that the platform says they read (nl, fr or en); empty when what it
            says means nothing: who speaks Dutch often has Slack in English.
        name: What they are called there; empty when the room does not say.
    """

    platform: str
    workspace: str
    user: str
    email: str = ""
    home: bool = True
    conversation: str = ""
    locale: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """Who this is, over all rooms: "slack:T1:U2"."""
        return f"{self.platform}:{self.workspace}:{self.user}"


def address_of(caller: Caller) -> str:
    """Return the address of the conversation in which somebody asks; empty for none."""
    if not caller.conversation:
        return ""
    return f"{caller.platform}:{caller.workspace}:{caller.conversation}"


def actor_of(caller: Caller, tx: Transaction, today: date) -> Actor:
    """Return who this is to Brug: the widest role that fits.

    A verified address equal to a person's makes them that person; whom it does not, may be linked
    by a steward, at home only. To look after the data always takes a verified address.
    """
    person = tx.people.by_email(caller.email) if caller.email else None
    link = tx.links.of(caller.key) if caller.home and person is None else None
    if link is not None:
        person = link.person
    key = f"person:{person.id}" if person else caller.key
    regions = frozenset(
        assignment.region
        for assignment in (tx.coverage.assignments(today) if person else ())
        if person and assignment.person.id == person.id
    )
    email, linked = caller.email.strip().lower(), link.email if link else ""
    if email and tx.people.is_steward(email):
        role = Role.STEWARD
    elif regions:
        role = Role.COORDINATOR
    elif any(map(tx.offerings.is_owner, (email, linked))):  # of an entry of the directory
        role = Role.PROVIDER
    else:
        role = Role.MEMBER if caller.home else Role.GUEST
    name = person.name if person else _printable(caller.name)
    return Actor(key, role, person, regions, email, linked, caller.key, name)


def _printable(name: str) -> str:
    """Return a name without what would break a line or hide in it; its bearer chose it."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:_LONGEST_NAME]
