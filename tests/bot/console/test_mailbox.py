"""Letters read in the terminal."""

from bot.assistant import Assistant
from bot.console.listen import Conversation
from bot.console.mailbox import Mailbox
from bot.console.render import text
from handlers.actors import Caller
from handlers.speech import pages
from handlers.speech.answer import Answer, Button, Press
from handlers.speech.form import Form
from handlers.speech.words import Words
from store import Store
from store.records import Letter, LetterState
from tests.conftest import MONDAY


def talking(store: Store, assistant: Assistant, email: str) -> tuple[Conversation, list[str]]:
    shown: list[str] = []

    def show(said: Answer | Form, words: Words, asked: str) -> None:
        shown.append(text(said, words, asked))

    def ask(_: str) -> str:
        raise EOFError

    caller = Caller("console", "", email, email, conversation="terminal")
    mailbox = Mailbox(store, lambda: MONDAY)
    return Conversation(assistant, caller, "nl", show, ask, mailbox=mailbox), shown


def a_coordinator(store: Store) -> tuple[int, str]:
    with store.read() as tx:
        person = tx.coverage.assignments(MONDAY.date())[0].person
    return person.id, person.email


def leave(store: Store, key: str, address: str, *buttons: Button) -> None:
    with store.begin() as tx:
        body = pages.write(Answer(f"Brief {key}", buttons=buttons))
        tx.outbox.put(Letter(key, address, body, MONDAY))


def test_letters_are_told_once_and_read_one_by_one(
    sqlite_store: Store, assistant: Assistant
) -> None:
    number, email = a_coordinator(sqlite_store)
    leave(sqlite_store, "1", f"person:{number}")
    leave(sqlite_store, "2", "console::terminal")
    leave(sqlite_store, "3", "person:9999")
    talk, shown = talking(sqlite_store, assistant, email)

    for line in ("hulp", "hulp", "/post", "/post", "/post"):
        talk.hear(line)

    notice = "Er liggen 2 brieven voor je"
    assert [notice in said for said in shown].count(True) == 1
    assert shown[-3:] == ["Brief 1", "Brief 2", "Er liggen geen brieven voor je."]
    with sqlite_store.read() as tx:
        assert [one.key for one in tx.outbox.in_state(LetterState.WAITING)] == ["3"]


def test_a_button_of_a_letter_is_pressed_by_its_number(
    sqlite_store: Store, assistant: Assistant
) -> None:
    number, email = a_coordinator(sqlite_store)
    with sqlite_store.begin() as tx:
        tx.outbox.put(Letter("held", "slack:T1:C1", "{}", MONDAY, owner=f"person:{number}"))
        tx.outbox.set_out("held", attempt=1, look_at=MONDAY)
        tx.outbox.hold("held", 1, "cannot_look")
    values = {"letter": "held"}
    leave(
        sqlite_store,
        "1",
        f"person:{number}",
        Button("Stuur toch", Press("digests", "send", values)),
        Button("Laat zo", Press("digests", "leave", values)),
    )
    talk, shown = talking(sqlite_store, assistant, email)

    for line in ("/post", "2"):
        talk.hear(line)

    assert "[1] Stuur toch" in shown[0]
    assert shown[1] == "Goed, ik laat het zo."
    with sqlite_store.read() as tx:
        assert [one.key for one in tx.outbox.in_state(LetterState.REFUSED)] == ["held"]


def test_somebody_else_reads_nothing(
    sqlite_store: Store, assistant: Assistant, member: Caller
) -> None:
    number, _ = a_coordinator(sqlite_store)
    leave(sqlite_store, "1", f"person:{number}")
    talk, shown = talking(sqlite_store, assistant, member.email)

    talk.hear("/post")

    assert shown == ["Er liggen geen brieven voor je."]
