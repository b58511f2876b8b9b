from datetime import timedelta

import pytest

from store import Store
from store.connections import Connection, ConnectionState, Invitation, Reply
from store.expertise import Expert, ExpertRole
from store.privacy import guard
from store.records import Fact, FactKind, Letter, Region, Side
from tests.conftest import MONDAY

NOOR = Expert("slack:T1:U2", None, "noor@example.org", ExpertRole.CLB, Region.LIMBURG, "nl", {})
TIM = Expert("slack:T1:U5", None, "", ExpertRole.YOUTH_CARE, Region.ANTWERPEN, "fr", {})
QUESTION = "Hoe pakken jullie rouw aan in de klas?"


def test_who_declares_the_same_theme_twice_stands_there_once(store: Store) -> None:
    with store.begin() as tx:
        assert tx.expertise.declare(NOOR, [guard("rouw"), guard("trauma")], MONDAY) == 2
        assert tx.expertise.declare(NOOR, [guard("rouw")], MONDAY) == 0

    with store.read() as tx:
        assert tx.expertise.themes() == {"rouw": 1, "trauma": 1}
        found = tx.expertise.of(NOOR.actor)
    assert found is not None
    assert found.themes == {"rouw": MONDAY, "trauma": MONDAY}


def test_who_knows_more_of_it_comes_first(store: Store) -> None:
    with store.begin() as tx:
        tx.expertise.declare(TIM, [guard("rouw")], MONDAY + timedelta(days=1))
        tx.expertise.declare(NOOR, [guard("rouw"), guard("trauma"), guard("pesten")], MONDAY)

    with store.read() as tx:
        found = tx.expertise.who_know(["rouw", "trauma"])
    assert [one.actor for one in found] == [NOOR.actor, TIM.actor]
    assert set(found[0].themes) == {"rouw", "trauma"}


def test_nothing_stays_of_who_is_taken_off_the_list(store: Store) -> None:
    with store.begin() as tx:
        tx.expertise.declare(NOOR, [guard("rouw")], MONDAY)
        assert tx.expertise.end(NOOR.actor, MONDAY) == 1
        assert tx.expertise.end(NOOR.actor, MONDAY) == 0

    with store.read() as tx:
        assert tx.expertise.of(NOOR.actor) is None
        assert tx.expertise.themes() == {}


@pytest.fixture
def kept(store: Store) -> Connection:
    invited = (
        Invitation("person:1", Side.YOUTH_CARE, "Ans Verzonnen", "jeugdhulp", "", "nl"),
        Invitation("slack:T1:U5", Side.AGAINST_DROPOUT, "", "clb", "tim@example.org", "fr"),
    )
    asked = Connection(
        0,
        NOOR.actor,
        "",
        NOOR.email,
        guard(QUESTION),
        Region.LIMBURG,
        "nl",
        MONDAY,
        MONDAY + timedelta(days=14),
        invitations=invited,
    )
    with store.begin() as tx:
        begun = tx.connections.begin(asked, "a key")
        tx.outbox.put(Letter(f"connection/{begun.id}/ask/x", "person:1", QUESTION, MONDAY))
        assert tx.connections.begin(asked, "a key") == begun
    return begun


def test_the_first_word_of_who_was_asked_stands(store: Store, kept: Connection) -> None:
    with store.begin() as tx:
        assert tx.connections.reply(kept.id, "person:1", Reply.YES, MONDAY)
        assert not tx.connections.reply(kept.id, "person:1", Reply.NO, MONDAY)
        assert not tx.connections.reply(kept.id, "person:9", Reply.YES, MONDAY)
        found = tx.connections.get(kept.id)

    assert found is not None
    assert [one.reply for one in found.invitations] == [Reply.YES, Reply.NONE]


def test_a_question_ends_once_and_its_words_with_it(store: Store, kept: Connection) -> None:
    with store.begin() as tx:
        assert tx.connections.close(kept.id, ConnectionState.EXPIRED, MONDAY, "system")
        assert not tx.connections.close(kept.id, ConnectionState.WITHDRAWN, MONDAY, NOOR.actor)
        found = tx.connections.get(kept.id)
        assert tx.outbox.progress(f"connection/{kept.id}/ask/x") is None

    assert found is not None
    assert found.question is None
    assert found.email == ""
    assert {one.email for one in found.invitations} == {""}


def test_only_what_waited_long_enough_has_expired(store: Store, kept: Connection) -> None:
    with store.read() as tx:
        assert tx.connections.expired(kept.expires_at - timedelta(seconds=1)) == []
        assert tx.connections.expired(kept.expires_at) == [kept.id]


def test_who_is_forgotten_leaves_no_question(store: Store, kept: Connection) -> None:
    with store.begin() as tx:
        assert tx.connections.erase(NOOR.actor, MONDAY) == 1
        assert tx.connections.get(kept.id) is None
        assert tx.outbox.progress(f"connection/{kept.id}/ask/x") is None


def test_the_same_thing_told_again_is_one_row_with_a_later_moment(store: Store) -> None:
    facts = [Fact(FactKind.PERSON, 1, value="Ans"), Fact(FactKind.LINE, 7, version=2)]
    with store.begin() as tx:
        tx.told.note("slack:T1:U2", [*facts, *facts], "nl", MONDAY)
        tx.told.note("slack:T1:U2", facts, "fr", MONDAY + timedelta(days=1))
        found = tx.told.of("slack:T1:U2")

    assert len(found) == 2
    assert {one.at for one in found} == {MONDAY + timedelta(days=1)}
    assert {one.language for one in found} == {"fr"}


def test_what_was_told_is_forgotten_in_time_or_when_asked(store: Store) -> None:
    fact = [Fact(FactKind.PERSON, 1, value="Ans")]
    with store.begin() as tx:
        tx.told.note("slack:T1:U2", fact, "nl", MONDAY)
        tx.told.note("slack:T1:U5", fact, "nl", MONDAY + timedelta(days=1))
        assert tx.told.forget_before(MONDAY) == 1
        assert tx.told.of("slack:T1:U2") == []
        assert tx.told.erase("slack:T1:U5") == 1
        assert tx.told.of("slack:T1:U5") == []
