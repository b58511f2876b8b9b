"""What a feature is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from handlers.context import Context
from handlers.hearing.sentence import Sentence
from handlers.rights import Right
from handlers.speech.answer import Answer, Attachment
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
        confidence: How well it could answer, 0 to 1; below 1 where something that it needs is
            not in the sentence. The arbiter multiplies it with the chance that it is meant.
        because: What that rests on ("cue:wie", "place:Gent"), for the log and for tests; never
            what somebody typed.
        fits: Whether all that it asks for is in the sentence. If it is the likeliest then, Brug
            answers, and does not ask what is meant.
        certain: Whether nothing else can be meant: it goes on from what Brug just said, asks to be
            forgotten, or asks for a language.
    """

    request: R
    confidence: float = 1.0
    because: tuple[str, ...] = ()
    fits: bool = False
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """What a button of a feature does.

    Attributes:
        right: What it takes; checked before `run`, which checks the thing itself.
        run: From the values of the button to an answer, or to a form.
    """

    right: Right
    run: Callable[[Mapping[str, str], Context], Answer | Form]


Rest: TypeAlias = Callable[[Context], Answer]
"""What is left to do, in a transaction that writes, once all that takes long was done in one that
looks: there, nobody waits for it."""


@dataclass(frozen=True, slots=True)
class LongVerb:
    """What a button does that may take longer than a platform waits.

    It is acknowledged first, and told when it is done.

    Attributes:
        right: As that of a `Verb`.
        prepare: From the values of the button, while it only looks, to what is left to do.
    """

    right: Right
    prepare: Callable[[Mapping[str, str], Context], Rest]


@dataclass(frozen=True, slots=True)
class Feature(Generic[R]):
    """One thing that Brug can do.

    Attributes:
        name: The name of its file, of its file in `speech/wording/`, and in the log.
        command: The word that starts it ("wie").
        parse: From the words after the command to a request.
        hear: From a free sentence to a request, with how sure it is that the sentence is for this
            feature; the arbiter weighs that. None when it could answer nothing at all. What it
            returns never changes anything without a confirming tap.
        handle: From a request to an answer, or to a form when Brug must ask back.
        examples: The first is the one that help shows.
        right: What it takes to ask it; a button or a form may take more.
        asks_with_command: Whether its command begins ordinary questions too ("wie").
        writes: Whether `handle` may change something; it then runs in a writing transaction.
        aliases: Other words that start it, French and English among them.
        submit: From a form that came back to an answer; None for features without a form.
        submit_right: What it takes to send that form.
        verbs: What its buttons do, by the verb in their `Press`.
        receive: From a file that somebody gives, while it only looks, to what is left to do; at
            most one feature has it.
        receive_right: What it takes to give that file.
        takes_messages: The verb that takes what somebody wrote elsewhere, as `values["text"]`:
            rooms offer it under every message. Empty for none.
        names_users: Whether its command is about users of the room: rooms leave them in its words
            as "<@U123|name>" then, with "T1:" before the number for whoever is not at home. Such
            a command has its slash; without it, it is a sentence like any other.
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
    verbs: Mapping[str, Verb | LongVerb] = field(default_factory=dict[str, Verb | LongVerb])
    receive: Callable[[Attachment, Context], Rest] | None = None
    receive_right: Right = Right.ADMINISTER
    takes_messages: str = ""
    names_users: bool = False


AnyFeature: TypeAlias = Feature[Any]
