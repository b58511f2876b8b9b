"""Which user of a platform is which person, or looks after whose entries: a steward says so.

A verified address that is a person's makes somebody known by itself; this is for whom it does not.
Nobody links themselves, and nobody becomes a steward by it: that takes a verified address. What a
user is linked to already is first undone, so that nobody turns into another unseen.

`data` of an answer: `link` (its number), `user` ("slack:T1:U2"), `person` (an address; None for a
provider) and `owner` (an address; None for a person); of a list: `links` (numbers, newest first).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.context import Context
from handlers.errors import NotAllowed, NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.persons import named
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right, authorize
from handlers.speech.answer import (
    Answer,
    Button,
    Kind,
    Listing,
    Paragraph,
    Press,
    Source,
    Weight,
)
from store.days import day_of
from store.links import Link
from store.records import Person

_NAME = "linking"
_MOST = 5
"""Persons that are offered to choose from, and links with a button of their own in a list."""

_SHOWN = 25
"""Links in a list."""

_LONGEST = 60
"""Characters of what a platform calls somebody."""

_NUMBER = r"[A-Za-z0-9_-]{1,64}"
_USER = re.compile(rf"<@((?:{_NUMBER}:)?{_NUMBER})(?:\|([^<>]*))?>")
_KEY = re.compile(rf"(?<!\S)((?:slack|teams):{_NUMBER}:{_NUMBER})(?!\S)")
_EMAIL = re.compile(r"[^@\s<>|:]+@[^@\s<>|:]+\.[^@\s<>|:]+")
_LIST = frozenset({"", "lijst", "liste", "list"})
_UNDO = frozenset({"los", "delier", "unlink"})


@dataclass(frozen=True, slots=True)
class Linking:
    """The request: what was typed after the command."""

    text: str


@dataclass(frozen=True, slots=True)
class _User:
    key: str
    name: str = ""


def _hear(sentence: Sentence) -> Heard[Linking] | None:
    del sentence  # so seldom, and so much depends on it: by command and button alone
    return None


def handle(request: Linking, context: Context) -> Answer:
    """Link a user, undo that, or show the links.

    Raises:
        NotUnderstood: If no user is named, or nobody to link them to.
        NotFound: If Brug does not know who they should be, or there is nothing to undo.
        NotAllowed: If they may not be linked by who asks.
    """
    authorize(context.actor, Right.ADMINISTER)
    typed = request.text
    if fold(typed) in _LIST:
        return _listed(context)
    user, rest = _read(typed, context)
    if rest and fold(rest.split()[0]) in _UNDO:
        link = context.tx.links.of(user.key)
        if link is None:
            raise NotFound("linking.none", user=_called(user))
        return _undone(link.id, context)
    _allow(user, context)
    if email := _EMAIL.search(rest):
        return _by_address(user, email.group().strip(".,;"), context)
    people = named(rest, context.tx.people.everyone())
    if not people:
        raise NotFound("linking.nobody") if rest else NotUnderstood("linking.to_whom")
    return _keep(user, people[0], context) if len(people) == 1 else _which(user, people, context)


def _read(typed: str, context: Context) -> tuple[_User, str]:
    """Return the user that a text names, and what stands around it."""
    room, _, numbers = context.actor.user.partition(":")
    home = numbers.partition(":")[0]
    if found := _USER.search(typed):
        workspace, _, number = found[1].rpartition(":")
        if not home:  # the terminal belongs to no workspace
            raise NotUnderstood("linking.workspace", number=number)
        user = _User(f"{room}:{workspace or home}:{number}", _short(found[2] or ""))
    elif found := _KEY.search(typed):
        user = _User(found[1])
    else:
        raise NotUnderstood("linking.whom")
    return user, " ".join((typed[: found.start()] + " " + typed[found.end() :]).split())


def _allow(user: _User, context: Context) -> None:
    """Refuse to link oneself, and whoever is not at home here.

    Raises:
        NotAllowed: If it is one of those.
    """
    own = context.actor.user
    if user.key == own:
        raise NotAllowed("linking.yourself")
    room, workspace, _ = own.split(":", 2) if own.count(":") > 1 else ("", "", "")
    if workspace and user.key.startswith(f"{room}:") and user.key.split(":")[1] != workspace:
        raise NotAllowed("linking.guest", user=_called(user))


def _by_address(user: _User, email: str, context: Context) -> Answer:
    person = context.tx.people.by_email(email)
    if person is None and not context.tx.offerings.is_owner(email):
        raise NotFound("linking.no_owner", email=email[:_LONGEST])
    return _keep(user, person or email, context)


def _which(user: _User, people: tuple[Person, ...], context: Context) -> Answer:
    values = {"user": user.key, "name": user.name}
    return Answer(
        context.words.plain("linking.which", user=_called(user)),
        buttons=tuple(
            Button(
                f"{one.name} ({one.email})",
                Press(_NAME, "link", {**values, "email": one.email}),
            )
            for one in people[:_MOST]
        ),
        kind=Kind.QUESTION,
        data={"user": user.key},
    )


def _chosen(values: Mapping[str, str], context: Context) -> Answer:
    found = _KEY.fullmatch(values.get("user", ""))
    email = values.get("email", "")
    if found is None or not email:
        raise NotUnderstood("assistant.gone")
    user = _User(found[1], _short(values.get("name", "")))
    _allow(user, context)
    return _by_address(user, email, context)


def _keep(user: _User, to: Person | str, context: Context) -> Answer:
    links, words = context.tx.links, context.words
    link = links.add(user.key, user.name, to, context.now, context.actor.key)
    if link is None:
        known = links.of(user.key)
        if known is None:  # undone by another steward in the meantime
            raise NotUnderstood("assistant.gone")
        same = known.person == to if isinstance(to, Person) else known.email == to.lower()
        headline = words.plain(
            "linking.already" if same else "linking.other",
            user=_called(known),
            who=_who(known, context),
        )
        return _about(known, headline, "linking.remove", context)
    key = "linking.is_person" if link.person else "linking.is_provider"
    headline = words.plain(key, user=_called(link), who=_who(link, context))
    return _about(link, headline, "linking.undo", context)


def _about(link: Link, headline: str, label: str, context: Context) -> Answer:
    words = context.words
    day = day_of(link.at)
    means = "linking.means_person" if link.person else "linking.means_provider"
    return Answer(
        headline,
        (Paragraph(words.prose(means)),),
        (Button(words.plain(label), Press(_NAME, "undo", {"link": str(link.id)})),),
        Source(
            words.plain("linking.source", by=_by(link, context), day=words.date(day)),
            day,
        ),
        data=_data(link),
    )


def _undo(values: Mapping[str, str], context: Context) -> Answer:
    number = values.get("link", "")  # it went through somebody else's hands
    short = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - PostgreSQL's integers
    if not short:
        raise NotFound("assistant.gone")
    return _undone(int(number), context)


def _undone(number: int, context: Context) -> Answer:
    link = context.tx.links.remove(number, context.now, context.actor.key)
    if link is None:
        raise NotFound("linking.over")
    words = context.words
    return Answer(
        words.plain("linking.undone", user=_called(link), who=_who(link, context)),
        (Paragraph(words.prose("linking.undone_means")),),
        source=Source(
            words.plain("linking.source_undone", day=words.date(context.today)), context.today
        ),
        data=_data(link),
    )


def _listed(context: Context) -> Answer:
    words, links = context.words, context.tx.links.all()
    if not links:
        return Answer(
            words.plain("linking.empty"),
            (Paragraph(words.prose("linking.how")),),
            data={"links": []},
        )
    lines = tuple(
        words.prose(
            "linking.line",
            user=_called(link),
            number=link.user,
            who=_who(link, context),
            by=_by(link, context),
            day=words.date(day_of(link.at)),
        )
        for link in links[:_SHOWN]
    )
    return Answer(
        words.plain("linking.count", count=len(links)),
        (Listing(lines), Paragraph(words.prose("linking.how"))),
        tuple(
            Button(
                words.plain("linking.remove_of", user=_called(link)),
                Press(_NAME, "undo", {"link": str(link.id)}),
                Weight.DANGER,
            )
            for link in links[:_MOST]
        ),
        Source(words.plain("linking.source_list", day=words.date(context.today)), context.today),
        data={"links": [link.id for link in links]},
    )


def _data(link: Link) -> dict[str, int | str | None]:
    return {
        "link": link.id,
        "user": link.user,
        "person": link.person.email if link.person else None,
        "owner": link.email or None,
    }


def _called(user: _User | Link) -> str:
    key = user.key if isinstance(user, _User) else user.user
    return f"@{user.name}" if user.name else key.rpartition(":")[2]


def _who(link: Link, context: Context) -> str:
    if link.person:
        return f"{link.person.name} ({link.person.email})"
    return context.words.plain("linking.provider", email=link.email)


def _by(link: Link, context: Context) -> str:
    keys = {f"person:{one.id}": one.name for one in context.tx.people.everyone()}
    return keys.get(link.by) or context.words.plain("linking.a_steward")


def _short(name: str) -> str:
    return " ".join(name.split())[:_LONGEST]


FEATURE = Feature(
    name=_NAME,
    command="koppel",
    aliases=("relier", "link"),
    parse=lambda text: Linking(text.strip()),
    hear=_hear,
    handle=handle,
    right=Right.ADMINISTER,
    writes=True,
    verbs={
        "link": Verb(Right.ADMINISTER, _chosen),
        "undo": Verb(Right.ADMINISTER, _undo),
    },
    names_users=True,
    examples=(
        Example("/koppel lijst", expect="steward"),
        Example("/relier liste", expect="steward", language="fr"),
        Example("/link list", expect="steward", language="en"),
    ),
)
