"""A call comes in, an answer goes out: the same for every room."""

import logging
import secrets
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any, NoReturn

from bot.once import Act, NoEffect, Repeated
from bot.recent import Recent
from handlers import unknown
from handlers.actors import Caller, actor_of, address_of
from handlers.context import BRUSSELS, Context
from handlers.errors import Clash, Mistakes, NotUnderstood, Refusal
from handlers.feature import AnyFeature, Heard
from handlers.hearing.persons import named
from handlers.hearing.places import Places
from handlers.hearing.plain import clean
from handlers.hearing.sentence import Sentence
from handlers.rights import authorize
from handlers.speech.answer import ASK, WHY, Answer, Kind, Listing, Paragraph, Press
from handlers.speech.form import Form
from handlers.speech.words import Words
from store import Store, Transaction
from store.errors import StoreBusy
from store.reception import Noted
from store.records import Person, Region
from store.seeds.reading import read_vocabulary

logger = logging.getLogger(__name__)

LONGEST = 2000
"""Characters of a question. Longer is a document, and nobody asks with a document."""

SURE_ENOUGH = 0.5
"""Confidence below which Brug says that it does not know, instead of guessing."""

BY_COMMAND = 0.99
"""Confidence of "signaal …" without a slash: somebody who begins with a command means it."""

BY_QUESTION_WORD = 0.7
"""The same for "wie gnet": questions for other features begin with that word too."""


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody typed, wherever they typed it."""

    words: str
    caller: Caller
    language: str = "nl"
    act: Act = field(default_factory=Act, compare=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that somebody pressed."""

    press: Press
    caller: Caller
    language: str = "nl"
    act: Act = field(default_factory=Act, compare=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that came back.

    Attributes:
        feature: The feature that takes it.
        values: What was filled in, by the name of the field.
        caller: Who sent it.
        language: In which language to answer.
        state: What the form carried along; it went through somebody else's hands.
        act: What recognises a repetition of it.
    """

    feature: str
    values: Mapping[str, str]
    caller: Caller
    language: str = "nl"
    state: Mapping[str, str] = field(default_factory=dict[str, str])
    act: Act = field(default_factory=Act, compare=False)


class _OnlyLooked(Exception):
    """Rolls a transaction back whose answer is wanted without its effect."""

    def __init__(self, said: Answer | Form) -> None:
        super().__init__()
        self.said = said


class Assistant:
    """Answers calls, buttons and forms. Safe to share between threads."""

    def __init__(
        self,
        store: Store,
        features: Sequence[AnyFeature],
        clock: Callable[[], datetime],
        central_mailbox: str = "",
    ) -> None:
        """Work with this store, these features and this clock (UTC)."""
        self.features = tuple(features)
        self._store = store
        self._clock = clock
        self._central_mailbox = central_mailbox
        self._places: tuple[str, Places] | None = None
        self._building = Lock()
        self._recent = Recent()
        self._by_name = {feature.name: feature for feature in features}
        self._by_command = {
            word: feature for feature in features for word in (feature.command, *feature.aliases)
        }

    def answer(self, call: Call) -> Answer | Form:
        """Answer a call. A fault of ours becomes an apology with a reference.

        Raises:
            NoEffect: If it was answered before, or who waited has given up (see `Act`).
        """
        return self._remembered(
            call.caller, self._safely(call.language, partial(self._answer, call))
        )

    def press(self, pressed: Pressed) -> Answer | Form:
        """Do what a button says; otherwise as `answer`.

        Raises:
            NoEffect: As `answer` does.
        """
        return self._remembered(
            pressed.caller, self._safely(pressed.language, partial(self._press, pressed))
        )

    def submit(self, submission: Submission) -> Answer:
        """Take a form that came back.

        Raises:
            Mistakes: If a field holds what Brug cannot take; the room shows it at the field.
            NoEffect: As `answer` does.
        """
        words = Words(submission.language)
        feature = self._by_name.get(submission.feature)
        if feature is None or feature.submit is None:
            return _explain(NotUnderstood("assistant.gone"), words, unknown.NAME)
        try:
            with self._writing(submission.act) as tx:
                context = self._context(tx, submission.caller, words)
                authorize(context.actor, feature.submit_right)
                said = feature.submit({**submission.state, **submission.values}, context)
        except Refusal as refusal:
            return _explain(refusal, words, feature.name)
        except (Mistakes, NoEffect):
            raise
        except StoreBusy:
            return _explain(Clash("assistant.busy"), words, feature.name)
        except Exception as fault:  # noqa: BLE001 - a fault of ours is apologised for, not shown
            return _apologise(fault, words, feature.name)
        return replace(said, feature=feature.name)

    def writes(self, text: str) -> bool:
        """Return whether these words are a command that may change something by itself."""
        first = clean(text).partition(" ")[0]
        feature = self._by_command.get(first.removeprefix("/").casefold())
        return feature is not None and feature.writes and first.startswith("/")

    def is_command(self, word: str) -> bool:
        """Return whether a word, without its slash, starts a feature."""
        return word.casefold() in self._by_command

    def command_of(self, feature: str) -> str:
        """Return the words that start a feature from anywhere: "/wie"."""
        return f"/{self._by_name[feature].command}"

    def name_of(self, email: str) -> str:
        """Return the name of who has this address; "" when that is nobody of ours."""
        with self._store.read() as tx:
            person = tx.people.by_email(email)
        return person.name if person else ""

    def regions_of(self, caller: Caller) -> tuple[Region, ...]:
        """Return the regions that somebody stands for today; empty for most people."""
        with self._store.read() as tx:
            actor = actor_of(caller, tx, self._clock().astimezone(BRUSSELS).date())
        return tuple(region for region in Region if region in actor.regions)

    def people_named(self, text: str) -> tuple[Person, ...]:
        """Return the persons that a text names: for rooms that let one speak as another."""
        with self._store.read() as tx:
            return named(text, tx.people.everyone())

    def _remembered(self, caller: Caller, said: Answer | Form) -> Answer | Form:
        if isinstance(said, Answer):
            self._recent.remember(caller.key, said, self._clock())
        return said

    def _safely(self, language: str, run: Callable[[Words], Answer | Form]) -> Answer | Form:
        words = Words(language)
        try:
            return run(words)
        except Refusal as refusal:
            return _explain(refusal, words, unknown.NAME)
        except NoEffect:
            raise
        except StoreBusy:
            return _explain(Clash("assistant.busy"), words, unknown.NAME)
        except Exception as fault:  # noqa: BLE001 - the one place where faults of ours end
            return _apologise(fault, words, unknown.NAME)

    def _answer(self, call: Call, words: Words, *, only_looks: bool = False) -> Answer | Form:
        text = clean(call.words)
        if len(text) > LONGEST:
            raise NotUnderstood("assistant.too_long", most=str(LONGEST))
        # What a command asks is known before anything is read; a sentence is understood first.
        only_asks = self._only_asks(text)
        noted = self._note(call.act) if only_asks else None
        with self._store.read(noted) as tx:
            context = self._context(tx, call.caller, words)
            feature, heard = self._understand(text, context, call.caller)
            if not only_asks and (feature is None or not feature.writes):
                self._note(call.act)
            if feature is None:
                return unknown.handle(text, context)
            if not feature.writes:
                return _handled(feature, heard, context)
        try:
            with self._writing(call.act) as tx:
                context = self._context(tx, call.caller, words)
                authorize(context.actor, feature.right)
                said = feature.handle(heard.request, context)
                if only_looks:
                    _undo(said)
        except _OnlyLooked as looked:  # asking why must never do it again
            said = looked.said
        except Refusal as refusal:  # whatever it had written is undone with the transaction
            return _explain(refusal, words, feature.name)
        return _named(said, feature, heard)

    def _press(self, pressed: Pressed, words: Words) -> Answer | Form:
        press = pressed.press
        if not press.feature:
            return self._press_own(pressed, words)
        feature = self._by_name.get(press.feature)
        verb = feature.verbs.get(press.verb) if feature else None
        if feature is None or verb is None:
            raise NotUnderstood("assistant.gone")
        try:
            with self._writing(pressed.act) as tx:
                context = self._context(tx, pressed.caller, words)
                authorize(context.actor, verb.right)
                said = verb.run(press.values, context)
        except Refusal as refusal:
            return _explain(refusal, words, feature.name)
        return said if isinstance(said, Form) else replace(said, feature=feature.name)

    def _press_own(self, pressed: Pressed, words: Words) -> Answer | Form:
        asked = pressed.press.values.get("words", "")
        if pressed.press.verb not in {ASK, WHY} or not asked:
            raise NotUnderstood("assistant.gone")
        call = Call(asked, pressed.caller, pressed.language, pressed.act)
        said = self._answer(call, words, only_looks=pressed.press.verb == WHY)
        if pressed.press.verb == ASK or isinstance(said, Form):
            return said
        return Answer(
            headline=words.plain("assistant.why"),
            parts=(Listing(said.why),) if said.why else (),
            source=said.source,
            feature=said.feature,
            data=said.data,
        )

    def _only_asks(self, text: str) -> bool:
        first = text.partition(" ")[0]
        feature = self._by_command.get(first.removeprefix("/").casefold())
        return feature is not None and not feature.writes and first.startswith("/")

    def _note(self, act: Act) -> Noted | None:
        """Write down that a question came, so that it is answered once."""
        if not act.receipt:
            return None
        try:
            noted = self._store.note(act.receipt, self._clock())
        except StoreBusy:
            # Better two answers than none: a question changes nothing.
            logger.warning("a question could not be noted: the database is busy")
            return None
        if not noted.first:
            raise Repeated
        return noted

    @contextmanager
    def _writing(self, act: Act) -> Generator[Transaction]:
        """Start a transaction in which an act has its effect: once, or not at all."""
        with self._store.begin() as tx:
            if act.receipt and not tx.receipts.first_time(act.receipt, self._clock()):
                raise Repeated
            yield tx
            act.settle()

    def _understand(
        self, text: str, context: Context, caller: Caller
    ) -> tuple[AnyFeature | None, Heard[Any]]:
        slash = text.startswith("/")
        first, _, rest = text.removeprefix("/").partition(" ")
        by_command = self._by_command.get(first.casefold())
        if slash and by_command:
            return by_command, Heard(by_command.parse(rest), 1.0, ("command",))
        people = tuple(context.tx.people.everyone())
        before = self._recent.before(caller.key, context.now)
        sentence = Sentence(text, context.places, people, before)
        heard = [(f, found) for f in self.features if (found := f.hear(sentence)) is not None]
        if by_command:
            sure = BY_QUESTION_WORD if by_command.asks_with_command else BY_COMMAND
            own = next((found for f, found in heard if f is by_command), None)
            # Without its slash it is a sentence: what it would change is confirmed first.
            request = own.request if own and by_command.writes else by_command.parse(rest)
            heard.append((by_command, Heard(request, sure, ("word",))))
        best = max(heard, key=lambda pair: pair[1].confidence, default=None)
        if best is None or best[1].confidence < SURE_ENOUGH:
            return None, Heard(None, 0.0)
        logger.info("heard %s because %s", best[0].name, ",".join(best[1].because))
        return best

    def _context(self, tx: Transaction, caller: Caller, words: Words) -> Context:
        now = self._clock()
        actor = actor_of(caller, tx, now.astimezone(BRUSSELS).date())
        address = address_of(caller)
        return Context(tx, words, now, actor, self._resolver(tx), self._central_mailbox, address)

    def _resolver(self, tx: Transaction) -> Places:
        version = tx.gazetteer.version()
        known = self._places
        if known is not None and known[0] == version:
            return known[1]
        with self._building:  # one thread builds, the others wait instead of building too
            known = self._places
            if known is None or known[0] != version:
                known = version, Places(tx.gazetteer.load(), read_vocabulary())
                self._places = known
            return known[1]


def _undo(said: Answer | Form) -> NoReturn:
    raise _OnlyLooked(said)


def _handled(feature: AnyFeature, heard: Heard[Any], context: Context) -> Answer | Form:
    try:
        authorize(context.actor, feature.right)
        return _named(feature.handle(heard.request, context), feature, heard)
    except Refusal as refusal:
        return _explain(refusal, context.words, feature.name)


def _named(said: Answer | Form, feature: AnyFeature, heard: Heard[Any]) -> Answer | Form:
    if isinstance(said, Form):
        return said
    confidence = min(said.confidence, heard.confidence)
    return replace(said, feature=feature.name, confidence=confidence)


def _explain(refusal: Refusal, words: Words, feature: str) -> Answer:
    logger.info("refused: %s", refusal.key)
    said = words.prose(refusal.key, **refusal.values)
    headline = "".join(span.text for span in said)
    return Answer(headline, kind=Kind.REFUSAL, feature=feature, data={"reason": refusal.key})


def _apologise(fault: Exception, words: Words, feature: str) -> Answer:
    reference = secrets.token_hex(3)
    logger.error("fault %s", reference, exc_info=fault)
    return Answer(
        words.plain("assistant.fault_headline"),
        (Paragraph(words.prose("assistant.fault", reference=reference)),),
        kind=Kind.REFUSAL,
        feature=feature,
        data={"reference": reference},
    )
