"""Stewards look after the words of the field, and the next search knows them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from handlers.speech.answer import Answer, Paragraph
from handlers.speech.form import Form
from store import Store, open_store
from tests.stories.room import Room

STEWARD, MEMBER = "sam.denkbeeld@example.org", "mila.fictief@example.org"


@pytest.fixture
def room(sqlite_store: Store) -> Room:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, datetime.now(UTC), "test")
    return Room(sqlite_store)


def form(room: Room, words: str) -> Form:
    found = room.said(STEWARD, words)
    assert isinstance(found, Form)
    return found


def every_text(answer: Answer) -> list[str]:
    return [
        "".join(span.text for span in part.prose)
        for part in answer.parts
        if isinstance(part, Paragraph)
    ]


def names(answer: Answer) -> list[str]:
    results = answer.data["results"]
    assert isinstance(results, list)
    return [str(one["name"]) for one in results if isinstance(one, dict)]


def test_a_word_of_a_steward_is_found_in_the_very_next_search(room: Room) -> None:
    assert not names(room.say(MEMBER, "/aanbod fladderuur"))
    found = names(room.say(MEMBER, "/aanbod zorgboerderij"))
    kept = room.send(
        STEWARD,
        form(room, "/woord nieuw"),
        {"term": "zorgboerderij", "synonyms": "fladderuur; hoeveplek", "meaning": ""},
    )

    assert "Bewaard" in kept.headline
    assert found
    for word in ("fladderuur", "hoeveplek"):
        again = names(room.say(MEMBER, f"/aanbod {word}"))
        assert again
        assert all("zorgboerderij" in name.lower() for name in again)


def test_another_replica_knows_it_too(room: Room) -> None:
    store = open_store(str(room.store.engine.url))
    other = Room(store)
    assert not names(other.say(MEMBER, "/aanbod fladderuur"))
    room.send(
        STEWARD, form(room, "/woord nieuw"), {"term": "zorgboerderij", "synonyms": "fladderuur"}
    )
    assert names(other.say(MEMBER, "/aanbod fladderuur"))
    store.close()


def test_a_word_with_a_theme_narrows_to_that_theme(room: Room) -> None:
    room.send(STEWARD, form(room, "/woord nieuw"), {"term": "fladderen", "theme": "spijbelen"})
    answer = room.say(MEMBER, "/aanbod fladderen")
    assert "thema spijbelen" in " ".join(every_text(answer))
    assert names(answer)


def test_what_a_steward_takes_away_is_no_synonym_in_the_next_search(room: Room) -> None:
    shown = room.say(STEWARD, "/woord spijbelen")
    assert "brossen" in str(shown.data["synonyms"])
    room.send(
        STEWARD,
        form(room, "/woord nieuw"),
        {"term": "spijbelen", "synonyms": "spijbelaar", "theme": "spijbelen"},
    )
    assert room.say(MEMBER, "/woord spijbelen").data["synonyms"] == ["spijbelaar"]
    assert not names(room.say(MEMBER, "/aanbod brossen"))


def test_a_word_can_be_removed_and_the_seed_does_not_bring_it_back(room: Room) -> None:
    room.click(STEWARD, room.say(STEWARD, "/woord OKAN"), "Verwijder")
    assert "ken ik niet" in room.say(MEMBER, "/woord OKAN").headline
    store = open_store(str(room.store.engine.url))
    assert "ken ik niet" in Room(store).say(MEMBER, "/woord OKAN").headline
    store.close()


def test_everybody_may_look_and_stewards_alone_may_change(room: Room) -> None:
    shown = room.say(MEMBER, "/woord OKAN")
    assert shown.data["term"] == "OKAN"
    assert not shown.buttons
    refused = room.said(MEMBER, "/woord nieuw")
    assert isinstance(refused, Answer)
    sent = room.send(MEMBER, form(room, "/woord nieuw"), {"term": "fladderen"})
    assert sent.kind.value == "refusal"
    assert "ken ik niet" in room.say(MEMBER, "/woord fladderen").headline


def test_every_change_is_in_the_audit_without_a_word_of_the_meaning(room: Room) -> None:
    room.send(
        STEWARD,
        form(room, "/woord nieuw"),
        {"term": "fladderen", "meaning": "iets dat niemand logt"},
    )
    room.click(STEWARD, room.say(STEWARD, "/woord fladderen"), "Verwijder")
    with room.store.engine.connect() as connection:
        noted = connection.execute(text("SELECT verb, subject FROM audit ORDER BY id")).all()
    assert [tuple(row) for row in noted if row[0].startswith("term.")] == [
        ("term.change", "term:fladderen"),
        ("term.remove", "term:fladderen"),
    ]
