"""Each in their own language: the choice, what the platform says, and Dutch otherwise."""

import pytest

from bot.assistant import Assistant, Call
from handlers.actors import Caller
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind, Press
from handlers.speech.words import LANGUAGES
from store import Store
from store.records import LetterState
from tests.conftest import ATLAS, MONDAY
from tests.stories.room import Room

FREDERIK = "Frederik"
NOOR = Caller("slack", "T1", "U2", "noor.voorbeeld@example.org")


def headline(assistant: Assistant, words: str, caller: Caller, language: str = "") -> str:
    said = assistant.answer(Call(words, caller, language))
    assert isinstance(said, Answer)
    return said.headline


def test_who_chose_nothing_reads_dutch(assistant: Assistant) -> None:
    assert headline(assistant, "wie Ninove", NOOR).startswith("Voor Ninove")


def test_a_choice_holds_for_every_answer_and_every_replica(
    assistant: Assistant, sqlite_store: Store
) -> None:
    chosen = headline(assistant, "/taal fr", NOOR)
    other = Assistant(sqlite_store, assistant.features, lambda: MONDAY, atlas=ATLAS)

    assert "français" in chosen
    assert assistant.words_for(NOOR).language == "fr"
    assert "Ninove" in headline(other, "wie Ninove", NOOR)
    assert not headline(other, "wie Ninove", NOOR).startswith("Voor ")
    assert other.words_for(NOOR).language == "fr"


def test_a_choice_is_of_one_person_alone(assistant: Assistant) -> None:
    headline(assistant, "/taal en", NOOR)
    tarik = Caller("slack", "T1", "U3")

    assert headline(assistant, "wie Ninove", tarik).startswith("Voor Ninove")


def test_a_language_that_was_asked_for_at_the_command_line_wins(assistant: Assistant) -> None:
    headline(assistant, "/taal fr", NOOR)

    assert headline(assistant, "wie Ninove", NOOR, "nl").startswith("Voor Ninove")


@pytest.mark.parametrize(
    ("locale", "chosen", "read"), [("fr", "", "fr"), ("fr", "nl", "nl"), ("", "", "nl")]
)
def test_a_french_platform_counts_until_somebody_chooses(
    assistant: Assistant, locale: str, chosen: str, read: str
) -> None:
    caller = Caller("slack", "T1", "U2", locale=locale)
    if chosen:
        headline(assistant, f"/taal {chosen}", caller)
    headline(assistant, "wie Ninove", caller)

    assert assistant.words_for(caller).language == read


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_about_the_language_changes_nothing_before_a_tap(
    assistant: Assistant, sqlite_store: Store, language: str
) -> None:
    asked = {
        "nl": "Antwoord in het Nederlands",
        "fr": "Parlez français svp",
        "en": "In English please",
    }
    said = assistant.answer(Call(asked[language], NOOR))

    assert isinstance(said, Answer)
    assert said.kind is Kind.QUESTION
    with sqlite_store.read() as tx:
        assert not tx.languages.chosen(NOOR.key)


@pytest.mark.parametrize(
    "sentence",
    [
        "Aanbod voor jongeren die Frans spreken in Brussel",
        "Ik zoek een vorming Frans in Gent",
        "taalbad Frans voor kleuters",
    ],
)
def test_a_question_that_names_a_language_is_not_about_brugs_own(
    assistant: Assistant, sentence: str
) -> None:
    said = assistant.answer(Call(sentence, NOOR))

    assert not isinstance(said, Answer) or said.feature != "language"


def test_a_language_that_nobody_speaks_here_is_refused_kindly(assistant: Assistant) -> None:
    assert "spreek ik niet" in headline(assistant, "/taal duits", NOOR)


def test_letters_come_in_the_language_of_who_reads_them(sqlite_store: Store) -> None:
    room = Room(sqlite_store)
    room.say("Sofie", "/taal fr")
    room.say(FREDERIK, "/afwezig 7/7/2027-21/7/2027 vervangt Sofie")
    with sqlite_store.read() as tx:
        letters = {x.address: x for x in tx.outbox.in_state(LetterState.WAITING)}
    sofie = letters[f"person:{room.people['Sofie'].id}"]

    assert sofie.language == "fr"
    assert "juillet" in pages.read(sofie.body).headline


def test_a_french_slack_is_kept_for_the_letters(sqlite_store: Store) -> None:
    room = Room(sqlite_store)
    frederik = Caller("slack", "T1", "U7", room.people[FREDERIK].email, locale="fr")
    room.assistant.answer(Call("/afwezig mijn", frederik))
    with sqlite_store.read() as tx:
        assert tx.languages.of(f"person:{room.people[FREDERIK].id}") == "fr"


def test_erasing_oneself_forgets_the_language_too(sqlite_store: Store) -> None:
    room = Room(sqlite_store)
    room.say("noor.voorbeeld@example.org", "/taal en")
    room.press("noor.voorbeeld@example.org", Press("signals", "erase"))

    with sqlite_store.read() as tx:
        assert not tx.languages.chosen(room.caller("noor.voorbeeld@example.org").key)
