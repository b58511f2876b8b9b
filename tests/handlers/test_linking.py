"""A steward says which user is which person, or looks after whose entries."""

import json
from collections.abc import Generator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.assistant import Assistant, Call, Pressed
from handlers import FEATURES
from handlers.actors import Caller, actor_of
from handlers.rights import Role
from handlers.speech.answer import Answer, Press
from store import Store, open_store
from store.directory import Offering
from store.records import Region
from store.tables import AuditRow, LinkRow
from tests.conftest import ATLAS, MONDAY

STEWARD = Caller("slack", "T1", "U4", "steward.verzonnen@example.org")
OTHER_STEWARD = Caller("slack", "T1", "U6", "sam.denkbeeld@example.org")
NOOR = Caller("slack", "T1", "U2", "noor.voorbeeld@example.org")
"""Somebody of the home workspace with an address that is nobody's."""
OWNER = "vzw.verzonnen@example.org"
LUDO = "<@U2|Noor> Ludo"
ROLES = {
    Role.GUEST: Caller("slack", "T9", "U1", home=False),
    Role.MEMBER: Caller("slack", "T1", "U7"),
    Role.PROVIDER: Caller("slack", "T1", "U5", OWNER),
    Role.COORDINATOR: Caller("slack", "T1", "U3", "frederik.declercq@vzwapart.be"),
}
"""Somebody of every role that may not link anybody."""


def filled(store: Store) -> Store:
    """With two stewards, and the entry of an owner beside that of another."""
    with store.begin() as tx:
        for steward in (STEWARD, OTHER_STEWARD):
            tx.people.add_steward(steward.email, MONDAY, "system")
        for name, owner in (("atelier", OWNER), ("hoeve", "ander.verzonnen@example.org")):
            entry = Offering(f"Verzonnen {name}", owner_email=owner, regions=(Region.LIMBURG,))
            tx.offerings.add(entry, MONDAY, "system")
    return store


@pytest.fixture
def linked(sqlite_store: Store) -> Store:
    return filled(sqlite_store)


@pytest.fixture
def brug(linked: Store) -> Assistant:
    return Assistant(linked, FEATURES, lambda: MONDAY, atlas=ATLAS)


@pytest.fixture
def elsewhere(store: Store) -> Generator[Store]:
    """The same database, as another replica has it open; once of each kind."""
    opened = open_store(store.engine.url.render_as_string(hide_password=False))
    yield opened
    opened.close()


def say(brug: Assistant, words: str, who: Caller = STEWARD) -> Answer:
    said = brug.answer(Call(f"/koppel {words}".strip(), who))
    assert isinstance(said, Answer)
    return said


def press(brug: Assistant, pressed: Press, who: Caller = STEWARD) -> Answer:
    said = brug.press(Pressed(pressed, who))
    assert isinstance(said, Answer)
    return said


def role(store: Store, who: Caller = NOOR) -> Role:
    with store.read() as tx:
        return actor_of(who, tx, MONDAY.date()).role


def audited(store: Store) -> list[tuple[str, str]]:
    with store.engine.connect() as connection:
        query = select(AuditRow.verb, AuditRow.subject).order_by(AuditRow.id)
        return [(v, s) for v, s in connection.execute(query) if v.startswith("link.")]


def test_a_linked_user_is_that_person_from_the_next_answer_on(
    store: Store, elsewhere: Store
) -> None:
    linked, brug = filled(store), Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)
    assert (role(linked), role(elsewhere)) == (Role.MEMBER, Role.MEMBER)  # both remember it

    said = say(brug, LUDO)

    assert said.headline.startswith("@Noor is nu Ludo (")
    assert (role(linked), role(elsewhere)) == (Role.COORDINATOR, Role.COORDINATOR)
    with linked.read() as tx:
        actor = actor_of(NOOR, tx, MONDAY.date())
        ludo = tx.people.by_email(str(said.data["person"]))
    assert ludo is not None
    assert (actor.person, actor.key) == (ludo, f"person:{ludo.id}")
    assert audited(linked) == [
        ("link.add", f"link:{said.data['link']}:slack:T1:U2=person:{ludo.id}")
    ]
    press(brug, said.buttons[0].press)
    assert (role(linked), role(elsewhere)) == (Role.MEMBER, Role.MEMBER)


@pytest.mark.parametrize("words", [LUDO, "lijst", "los <@U2>", f"<@U2> {OWNER}", ""])
@pytest.mark.parametrize("who", ROLES)
def test_only_stewards_link_see_and_undo(
    brug: Assistant, linked: Store, who: Role, words: str
) -> None:
    link = say(brug, LUDO)
    before = audited(linked)

    refused = say(brug, words, ROLES[who])
    press(brug, link.buttons[0].press, ROLES[who])

    assert refused.data["reason"] == "rights.administer"
    assert "steward" in refused.headline
    assert audited(linked) == before
    assert role(linked) is Role.COORDINATOR


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("<@U2|Noor> Rumpelstiltskin", "linking.nobody"),
        ("<@U2|Noor> niemand.verzonnen@example.org", "linking.no_owner"),
        ("<@U2|Noor>", "linking.to_whom"),
        ("Noor Ludo", "linking.whom"),
        ("<@U4|Steward> Ludo", "linking.yourself"),
        ("slack:T1:U4 Ludo", "linking.yourself"),
        ("<@T9:U1|Gast> Ludo", "linking.guest"),
        ("slack:T9:U1 Ludo", "linking.guest"),
        ("los <@U2>", "linking.none"),
        ("<@> Ludo", "linking.whom"),
        ("<@U2 Ludo", "linking.whom"),
    ],
)
def test_what_cannot_be_linked_is_explained_and_changes_nothing(
    brug: Assistant, linked: Store, words: str, reason: str
) -> None:
    assert say(brug, words).data["reason"] == reason
    assert audited(linked) == []


def test_a_guest_stays_a_guest_whatever_was_written_down(brug: Assistant, linked: Store) -> None:
    terminal = Caller("console", "", STEWARD.email, STEWARD.email)
    said = say(brug, "slack:T9:U1 Ludo", terminal)

    assert said.data["user"] == "slack:T9:U1"
    assert role(linked, ROLES[Role.GUEST]) is Role.GUEST


def test_a_terminal_asks_for_the_workspace_and_links_with_it(
    brug: Assistant, linked: Store
) -> None:
    terminal = Caller("console", "", STEWARD.email, STEWARD.email)
    assert say(brug, "<@U2> Ludo", terminal).data["reason"] == "linking.workspace"

    say(brug, "slack:T1:U2 Ludo", terminal)

    assert role(linked) is Role.COORDINATOR


def test_a_second_link_changes_nothing_and_says_what_there_is(
    brug: Assistant, linked: Store
) -> None:
    say(brug, LUDO)
    again, other = say(brug, LUDO, OTHER_STEWARD), say(brug, "<@U2|Noor> Annick", OTHER_STEWARD)

    assert "al gekoppeld aan Ludo" in again.headline
    assert "eerst los" in other.headline
    assert len(audited(linked)) == 1

    press(brug, other.buttons[0].press)
    say(brug, "<@U2|Noor> Annick", OTHER_STEWARD)
    with linked.read() as tx:
        person = actor_of(NOOR, tx, MONDAY.date()).person
    assert person is not None
    assert person.name == "Annick"


@pytest.mark.parametrize("way", ["button", "command"])
def test_undone_is_as_before_and_undone_once(brug: Assistant, linked: Store, way: str) -> None:
    button = say(brug, LUDO).buttons[0]
    assert button.label == "Ongedaan maken"

    done = press(brug, button.press) if way == "button" else say(brug, "los <@U2>")

    assert "niet meer gekoppeld" in done.headline
    assert role(linked) is Role.MEMBER
    assert press(brug, button.press).data["reason"] == "linking.over"
    assert [verb for verb, _ in audited(linked)] == ["link.add", "link.remove"]


def test_an_old_button_does_not_undo_a_newer_link(brug: Assistant, linked: Store) -> None:
    old = say(brug, LUDO).buttons[0]
    say(brug, "<@U8|Anders> Annick")
    say(brug, "los <@U2>")
    say(brug, "<@U2|Noor> Annick")

    assert press(brug, old.press).data["reason"] == "linking.over"
    assert role(linked) is Role.COORDINATOR


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "¹"])
def test_a_forged_button_undoes_nothing(brug: Assistant, linked: Store, number: str) -> None:
    say(brug, LUDO)
    press(brug, Press("linking", "undo", {"link": number}))

    assert role(linked) is Role.COORDINATOR


@pytest.mark.parametrize(
    "values",
    [
        {"user": "slack:T1:U4", "name": "", "email": OWNER},
        {"user": "slack:T9:U1", "name": "", "email": OWNER},
        {"user": "console::x", "name": "", "email": OWNER},
        {"user": "slack:T1:U2", "name": "", "email": "niemand.verzonnen@example.org"},
        {"user": "slack:T1:U2", "name": ""},
    ],
)
def test_a_forged_choice_links_nobody(
    brug: Assistant, linked: Store, values: dict[str, str]
) -> None:
    press(brug, Press("linking", "link", values))

    assert audited(linked) == []


def test_of_several_persons_one_is_chosen(brug: Assistant, linked: Store) -> None:
    asked = say(brug, "<@U2|Noor> Ludo of Annick")
    assert len(asked.buttons) == 2
    assert role(linked) is Role.MEMBER

    annick = next(one for one in asked.buttons if one.label.startswith("Annick"))
    press(brug, annick.press)

    with linked.read() as tx:
        person = actor_of(NOOR, tx, MONDAY.date()).person
    assert person is not None
    assert person.name == "Annick"


def test_a_provider_may_then_change_their_own_entry_and_no_other(
    brug: Assistant, linked: Store
) -> None:
    said = say(brug, f"<@U2|Noor> <mailto:{OWNER}>")
    assert (said.data["owner"], role(linked)) == (OWNER, Role.PROVIDER)
    with linked.read() as tx:
        numbers = {one.name: one.id for one in tx.offerings.all()}

    for name in ("Verzonnen atelier", "Verzonnen hoeve"):
        values = {"id": str(numbers[name])}
        press(brug, Press("offerings", "confirm", values), NOOR)

    with linked.read() as tx:
        sure = {one.name for one in tx.offerings.all() if one.assured_date}
    assert "Verzonnen atelier" in sure
    assert "Verzonnen hoeve" not in sure


def test_a_verified_address_that_is_a_persons_wins_over_a_link(
    brug: Assistant, linked: Store
) -> None:
    say(brug, f"<@U3|Frederik> {OWNER}")

    assert role(linked, ROLES[Role.COORDINATOR]) is Role.COORDINATOR


def test_a_link_makes_nobody_a_steward(brug: Assistant, linked: Store) -> None:
    with linked.begin() as tx:
        ludo = next(one for one in tx.people.everyone() if one.name == "Ludo")
        tx.people.add_steward(ludo.email, MONDAY, "system")

    say(brug, LUDO)

    assert role(linked) is Role.COORDINATOR


def test_the_list_says_who_is_linked_by_whom_and_when(brug: Assistant) -> None:
    assert "nog niemand" in say(brug, "lijst").headline
    say(brug, LUDO)
    say(brug, f"<@U8> {OWNER}")

    said = say(brug, "lijst")

    drawn = repr(said.parts)
    assert said.headline == "Koppelingen: 2"
    assert all(
        one in drawn for one in ("@Noor", "slack:T1:U2", "Ludo", "U8", OWNER, "23 november 2026")
    )
    assert "een steward" in drawn  # this one is no person of ours; never a platform's code
    assert STEWARD.key not in drawn
    assert len(said.buttons) == 2


def test_what_is_erased_leaves_no_link_and_no_trace_of_before_it(
    store: Store,
) -> None:
    linked, brug = filled(store), Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)
    with linked.begin() as tx:
        tx.languages.choose(NOOR.key, "fr", MONDAY - timedelta(days=1))
    say(brug, LUDO)

    press(brug, Press("signals", "erase"), NOOR)

    assert role(linked) is Role.MEMBER
    with linked.engine.connect() as connection:
        assert connection.execute(select(LinkRow.id)).all() == []
    with linked.read() as tx:
        assert tx.languages.chosen(NOOR.key) == ""
    assert audited(linked)[-1][0] == "link.forget"
    assert NOOR.key not in json.dumps(audited(linked)[-1])


def test_who_is_only_linked_can_ask_to_be_forgotten(brug: Assistant) -> None:
    say(brug, LUDO)

    asked = press(brug, Press("signals", "ask_erase"), NOOR)

    assert any(button.press.verb == "erase" for button in asked.buttons)


@pytest.mark.parametrize(
    "words", ["koppel mij aan iemand van Dilbeek", "koppel <@U2> Ludo", "koppel Ludo"]
)
def test_a_sentence_without_its_slash_links_nobody(
    brug: Assistant, linked: Store, words: str
) -> None:
    brug.answer(Call(words, STEWARD))

    assert audited(linked) == []
