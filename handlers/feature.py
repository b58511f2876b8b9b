"""What a feature is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from handlers.context import Context
from handlers.hearing.sentence import Sentence
from handlers.rights import Right
from handlers.speech.answer import Answer
from handlers.speech.form import Form

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Example:
    """Something that a person may type, and a word that the answer must hold.

    Help, the README and the tests in every room read these, so an example that stopped working
    cannot go unnoticed.
    """

    words: str
    expect: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Heard(Generic[R]):
    """What a feature heard in a free sentence.

    Attributes:
        request: What it would answer.
        confidence: How sure it is that the sentence is for it, 0 to 1.
        because: What that rests on ("cue:wie", "place:Gent"), for the log and for tests; never
            what somebody typed.
    """

    request: R
    confidence: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """What a button of a feature does.

    Attributes:
        right: What it takes; checked before `run`, which checks the thing itself.
        run: From the values of the button to an answer, or to a form.
    """

    right: Right
    run: Callable[[Mapping[str, str], Context], Answer | Form]


@dataclass(frozen=True, slots=True)
class Feature(Generic[R]):
    """One thing that Brug can do.

    Attributes:
        name: The name of its file, of its file in `speech/wording/`, and in the log.
        command: The word that starts it ("wie").
        parse: From the words after the command to a request.
        hear: From a free sentence to a request, or None when the sentence is not for us.
        handle: From a request to an answer, or to a form when Brug must ask back.
        examples: The first is the one that help shows.
        right: What it takes to ask it; a button or a form may take more.
        asks_with_command: Whether its command begins ordinary questions too ("wie").
        writes: Whether `handle` may change something; it then runs in a writing transaction.
        aliases: Other words that start it, French and English among them.
        submit: From a form that came back to an answer; None for features without a form.
        submit_right: What it takes to send that form.
        verbs: What its buttons do, by the verb in their `Press`.
        takes_messages: The verb that takes what somebody wrote elsewhere, as `values["text"]`:
            rooms offer it under every message. Empty for none.
    """

    name: str
    command: str
    parse: Callable[[str], R]
    hear: Callable[[Sentence], Heard[R] | None]
    handle: Callable[[R, Context], Answer | Form]
    examples: tuple[Example, ...]
    right: Right = Right.ASK
    asks_with_command: bool = False
    writes: bool = False
    aliases: tuple[str, ...] = ()
    submit: Callable[[Mapping[str, str], Context], Answer] | None = None
    submit_right: Right = Right.CONTRIBUTE
    verbs: Mapping[str, Verb] = field(default_factory=dict[str, Verb])
    takes_messages: str = ""


AnyFeature: TypeAlias = Feature[Any]
