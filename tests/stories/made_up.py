"""A feature for tests: it has a form, a button that writes, and a handler that can be held up.

What it keeps is a letter in the outbox, one for each time that it had an effect.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event

from handlers.context import Context
from handlers.errors import Mistakes
from handlers.feature import AnyFeature, Example, Feature, Verb
from handlers.rights import Right
from handlers.speech.answer import Answer, Button, Plain, Press
from handlers.speech.form import Form, TextField
from store import Store
from store.records import Letter, LetterState

FORM = Form(
    "made_up",
    "Een verzinsel",
    (TextField("what", "Wat?", multiline=True),),
    "Bewaar",
    intro=(Plain("Verzin iets."),),
    state={"draft": "7"},
)


@dataclass
class MadeUp:
    """The feature, and what its tests need to hold it up.

    Attributes:
        go: What the slow request waits for; it goes on by itself when a test forgets.
        began: Requests that are waiting, or have waited.
    """

    go: Event = field(default_factory=Event)
    began: list[str] = field(default_factory=list[str])

    @property
    def feature(self) -> AnyFeature:
        """Return it as a feature: "/verzin", and "/bewaar" that writes without a form."""
        return Feature(
            name="made_up",
            command="verzin",
            parse=str.strip,
            hear=lambda _: None,
            handle=self._handle,
            examples=(Example("verzin knop", expect="Verzonnen"),),
            submit=self._submit,
            verbs={
                "keep": Verb(Right.CONTRIBUTE, self._keep),
                "ask": Verb(Right.CONTRIBUTE, _form),
            },
        )

    @property
    def writing(self) -> AnyFeature:
        """Return the feature whose command writes."""
        return Feature(
            name="made_up_writing",
            command="bewaar",
            parse=str.strip,
            hear=lambda _: None,
            handle=lambda _, context: self._keep({}, context),
            examples=(Example("bewaar", expect="Bewaard"),),
            right=Right.CONTRIBUTE,
            writes=True,
        )

    def _handle(self, request: str, context: Context) -> Answer | Form:  # noqa: ARG002 - the shape of a handler
        match request:
            case "traag":
                self.began.append(request)
                self.go.wait(30)
                return Answer("Verzonnen, en traag")
            case "stuk":
                raise LookupError(request)
            case "knop":
                keep = Button("Bewaar", Press("made_up", "keep", {"number": "1"}))
                ask = Button("Vraag", Press("made_up", "ask"))
                return Answer("Verzonnen", buttons=(keep, ask))
            case _:
                return FORM

    def _submit(self, values: Mapping[str, str], context: Context) -> Answer:
        if values["what"] == "kort":
            raise Mistakes({"what": "room.fill_in"})
        return self._keep(values, context)

    def _keep(self, values: Mapping[str, str], context: Context) -> Answer:
        key = f"made_up/{secrets.token_hex(8)}"
        context.tx.outbox.put(Letter(key, "slack:T1:C1", "{}", context.now))
        return Answer("Bewaard", data={"values": dict(values)})


def _form(values: Mapping[str, str], context: Context) -> Form:  # noqa: ARG001 - the shape of a verb
    return FORM


def kept(store: Store) -> int:
    """Return how many times it had an effect."""
    with store.read() as tx:
        letters = tx.outbox.in_state(LetterState.WAITING)
    return sum(letter.key.startswith("made_up/") for letter in letters)
