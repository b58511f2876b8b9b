"""A room in which anybody may speak, for stories that several people have a part in."""

from collections.abc import Mapping
from datetime import date

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers import FEATURES
from handlers.actors import Caller
from handlers.speech import pages
from handlers.speech.answer import Answer, Press
from handlers.speech.form import Form
from store import Store
from store.records import LetterState
from tests.conftest import ATLAS, MONDAY


class Room:
    """A room with one assistant, in which anybody may speak."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.assistant = Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)
        with store.read() as tx:
            self.people = {person.name: person for person in tx.people.everyone()}

    def caller(self, name: str) -> Caller:
        """Who speaks: somebody of the source page, an address, or a guest called "Elders"."""
        person = self.people.get(name)
        email = person.email if person else name if "@" in name else ""
        return Caller("console", "", name, email, home=name != "Elders")

    def said(self, name: str, words: str) -> Answer | Form:
        return self.assistant.answer(Call(words, self.caller(name)))

    def say(self, name: str, words: str) -> Answer:
        said = self.said(name, words)
        assert isinstance(said, Answer)
        return said

    def press(self, name: str, press: Press) -> Answer:
        said = self.assistant.press(Pressed(press, self.caller(name)))
        assert isinstance(said, Answer)
        return said

    def click(self, name: str, answer: Answer, label: str) -> Answer:
        button = next(button for button in answer.buttons if label in button.label)
        return self.press(name, button.press)

    def send(self, name: str, form: Form, values: Mapping[str, str]) -> Answer:
        sent = Submission(form.feature, values, self.caller(name), state=form.state)
        return self.assistant.submit(sent)

    def letters(self) -> dict[str, Answer]:
        with self.store.read() as tx:
            found = tx.outbox.in_state(LetterState.WAITING)
            return {letter.key: pages.read(letter.body) for letter in found}

    def away(self) -> list[tuple[str, str, str, str]]:
        with self.store.read() as tx:
            return [
                (
                    a.person.name,
                    a.first_day.isoformat(),
                    a.last_day.isoformat(),
                    a.cover.name if a.cover else "",
                )
                for a in tx.absences.between(date(2000, 1, 1), date(2100, 1, 1))
            ]
