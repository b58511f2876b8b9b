"""A form at a terminal: what stands in it is seen, and nobody is locked up in it."""

from collections.abc import Iterator

import pytest

from bot.console.listen import Conversation
from bot.console.render import text
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from handlers.speech.words import Words
from store import Store
from tests.stories.room import Room

LEFT = "Goed, ik sluit het formulier. Ik bewaarde niets."


class Desk:
    """Somebody at a terminal who types an answer to each question of a form."""

    def __init__(self, store: Store, answers: list[str]) -> None:
        room = Room(store)
        self.store = store
        self.shown: list[str] = []
        self.asked: list[str] = []
        self.talk = Conversation(
            room.assistant, room.caller("Frederik"), "nl", self._show, self._ask
        )
        self._typed: Iterator[str] = iter(answers)

    def _show(self, said: Answer | Form, words: Words, asked: str) -> None:
        self.shown.append(text(said, words, asked))

    def _ask(self, label: str) -> str:
        self.asked.append(label)
        typed = next(self._typed)
        if typed == "Ctrl-C":
            raise KeyboardInterrupt
        return typed

    @property
    def signals(self) -> int:
        with self.store.read() as tx:
            return sum(tx.signals.get(number) is not None for number in range(1, 5))


def test_what_was_read_in_a_line_stands_in_the_form_and_enter_keeps_it(
    sqlite_store: Store,
) -> None:
    desk = Desk(sqlite_store, ["", "3", "", "", "", "", ""])

    desk.talk.hear("/signaal limburg welzijn: er is een lange wachtlijst voor dagbesteding")

    form, how, kept = desk.shown
    assert "Nu ingevuld: er is een lange wachtlijst voor dagbesteding" in form
    assert "Nu ingevuld: Limburg" in form
    assert "“stop”" in how
    assert desk.asked[2] == "In welke regio? (Enter: Limburg)"
    assert kept.startswith("Bewaard als signaal 1")
    with sqlite_store.read() as tx:
        signal = tx.signals.get(1)
    assert signal is not None
    assert (signal.region.value, signal.addressee.value) == ("limburg", "welzijn")


def test_all_levels_named_in_a_line_are_read(sqlite_store: Store) -> None:
    desk = Desk(sqlite_store, [])

    desk.talk.hear("/signaal alle niveaus limburg beide: een wachtlijst voor dagbesteding")

    assert "Niveau: Alle niveaus" in desk.shown[0]


@pytest.mark.parametrize("word", ["stop", "/stop", "Quit", "Ctrl-C"])
def test_a_form_is_left_with_a_word_and_keeps_nothing(sqlite_store: Store, word: str) -> None:
    desk = Desk(sqlite_store, ["Er is een wachtlijst", word])

    assert desk.talk.hear("/signaal")  # the chat goes on

    assert desk.shown[-1] == LEFT
    assert desk.signals == 0


def test_a_command_in_a_form_leaves_it_and_is_answered(sqlite_store: Store) -> None:
    desk = Desk(sqlite_store, ["Er is een wachtlijst", "/wie ninove"])

    desk.talk.hear("/signaal")

    assert desk.shown[-2] == LEFT
    assert desk.shown[-1].startswith("Voor Ninove")
    assert desk.signals == 0


def test_help_in_a_form_says_how_to_leave_it_and_asks_again(sqlite_store: Store) -> None:
    desk = Desk(sqlite_store, ["hulp", "stop"])

    desk.talk.hear("/signaal")

    assert desk.shown[-2] == desk.shown[-3]
    assert "“stop”" in desk.shown[-2]
    assert desk.asked == ["Wat merk je?", "Wat merk je?"]


def test_an_option_is_chosen_by_its_words_too(sqlite_store: Store) -> None:
    answers = ["Er is een wachtlijst voor dagbesteding", "secundair", "Limburg", "", "", "", ""]
    desk = Desk(sqlite_store, answers)

    desk.talk.hear("/signaal")

    assert desk.signals == 1


def test_a_mistake_names_its_field(sqlite_store: Store) -> None:
    desk = Desk(sqlite_store, ["1", "morgen", "overmorgen", "", "stop"])

    desk.talk.hear("/afwezig")

    assert desk.shown[-3:] == [
        "Eerste dag: Kies een dag.",
        "Laatste dag: Kies een dag.",
        LEFT,
    ]
