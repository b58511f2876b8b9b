"""Every door of every feature, for every role: open to whom the table of rights says.

The doors come from the features themselves, so that a new one cannot be forgotten: asking it, each
of its buttons, and the form that it sends.
"""

from collections.abc import Callable, Mapping

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers import FEATURES
from handlers.actors import Caller, actor_of
from handlers.errors import Mistakes
from handlers.feature import AnyFeature
from handlers.rights import RIGHTS, Right, Role, Scope
from handlers.speech.answer import Answer, Press
from handlers.speech.form import Form
from store import Store
from store.directory import Offering
from store.records import Region
from tests.conftest import ATLAS, MONDAY

STEWARD = "steward.verzonnen@example.org"
PROVIDER = "aanbieder.verzonnen@example.org"
WHO: Mapping[Role, Caller] = {
    Role.GUEST: Caller("slack", "T9", "U1", home=False),
    Role.MEMBER: Caller("slack", "T1", "U2", "noor.voorbeeld@example.org"),
    Role.PROVIDER: Caller("slack", "T1", "U5", PROVIDER),
    Role.COORDINATOR: Caller("slack", "T1", "U3", "frederik.declercq@vzwapart.be"),
    Role.STEWARD: Caller("slack", "T1", "U4", STEWARD),
}
"""Somebody of each role."""


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """With a steward, and an entry of somebody's own beside one of somebody else's."""
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
        tx.offerings.add(
            Offering("Verzonnen atelier", owner_email=PROVIDER, regions=(Region.LIMBURG,)),
            MONDAY,
            "system",
        )
        tx.offerings.add(
            Offering("Verzonnen hoeve", owner_email="ander.verzonnen@example.org"),
            MONDAY,
            "system",
        )
    return sqlite_store


Door = Callable[[Assistant, Caller], "Answer | Form"]


def doors(feature: AnyFeature) -> dict[str, tuple[Right, Door]]:
    """Return what can be done with a feature, by name: the right that it takes, and the doing."""
    asks = f"/{feature.command} {feature.examples[0].words.partition(' ')[2]}"
    found: dict[str, tuple[Right, Door]] = {
        "ask": (feature.right, lambda brug, who: brug.answer(Call(asks, who)))
    }
    for verb, made in feature.verbs.items():
        press = Press(feature.name, verb)
        found[f"press {verb}"] = (
            made.right,
            lambda brug, who, press=press: brug.press(Pressed(press, who)),
        )
    if feature.submit is not None:
        found["submit"] = (
            feature.submit_right,
            lambda brug, who: brug.submit(Submission(feature.name, {}, who)),
        )
    return found


EVERY = [
    pytest.param(role, right, door, id=f"{feature.name}: {name}, {role}")
    for feature in FEATURES
    for name, (right, door) in doors(feature).items()
    for role in WHO
]


@pytest.mark.parametrize(("role", "right", "door"), EVERY)
def test_a_door_is_open_to_those_alone_of_whom_the_table_says_so(
    store: Store, role: Role, right: Right, door: Door
) -> None:
    try:
        said = door(Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS), WHO[role])
    except Mistakes:  # it was let in, and asked for what was not filled in
        refused = False
    else:
        reason = said.data.get("reason") if isinstance(said, Answer) else None
        refused = reason == f"rights.{right}"
    never = RIGHTS[right][role] is Scope.NONE

    # Whoever may do it to some things may still be refused this one: there, an empty request.
    assert refused or not never
    assert not refused or RIGHTS[right][role] is not Scope.ALL


@pytest.mark.parametrize("role", WHO)
def test_each_caller_has_the_role_that_the_matrix_says(store: Store, role: Role) -> None:
    with store.read() as tx:
        assert actor_of(WHO[role], tx, MONDAY.date()).role is role


def test_somebody_of_every_role_tries_every_door() -> None:
    assert set(WHO) == set(Role)


@pytest.mark.parametrize("role", WHO)
@pytest.mark.parametrize("name", ["Verzonnen atelier", "Verzonnen hoeve"])
def test_an_entry_is_confirmed_by_its_own_provider_its_region_and_stewards(
    store: Store, role: Role, name: str
) -> None:
    with store.read() as tx:
        (entry,) = [one for one in tx.offerings.all() if one.name == name]
    brug = Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)

    said = brug.press(Pressed(Press("offerings", "confirm", {"id": str(entry.id)}), WHO[role]))

    allowed = {
        Role.PROVIDER: entry.owner_email == PROVIDER,
        Role.COORDINATOR: False,  # of Oost-Vlaanderen; one is in Limburg, the other in no region
        Role.STEWARD: True,
    }
    refused = isinstance(said, Answer) and said.data.get("reason") == "rights.change_entry"
    assert refused is not allowed.get(role, False)
    with store.read() as tx:
        found = tx.offerings.get(entry.id)
    assert found is not None
    assert (found.assured_date is None) is refused


def test_the_table_says_something_of_every_right_and_every_role() -> None:
    assert {right: set(of) for right, of in RIGHTS.items()} == {r: set(Role) for r in Right}


def test_a_guest_may_do_nothing_but_ask() -> None:
    assert [r for r, of in RIGHTS.items() if of[Role.GUEST] is not Scope.NONE] == [Right.ASK]
