"""A call comes in, an answer goes out: the same for every room.

What may come in stands in `asked.py`; what is said when it is no plain answer, in `outcomes.py`.
"""

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NoReturn

from bot.asked import Asked, Brought, Call, Pressed, Submission
from bot.atlas import Atlas
from bot.once import Act, NoEffect, Repeated
from bot.outcomes import also, apologise, explain, handled, no_such_command, signed, which
from bot.presses import AGAIN, Malformed, from_json, unpacked, why_of
from bot.presses import why as why_button
from bot.recent import CONSOLE, Recent
from bot.spoken import Spoken
from handlers import unknown
from handlers.actors import Caller, actor_of, address_of
from handlers.arbiter import Candidate, Choice, choose
from handlers.context import BRUSSELS, Context
from handlers.errors import Clash, Mistakes, NotUnderstood, Refusal
from handlers.feature import AnyFeature, Heard, LongVerb, Verb
from handlers.hearing.gist import first_of, gist
from handlers.hearing.persons import mentions
from handlers.hearing.plain import clean
from handlers.hearing.sentence import Sentence
from handlers.hearing.whys import asks_why
from handlers.rights import authorize, may
from handlers.speech.answer import ASK, MEANT, WHY, Answer, Listing, Press
from handlers.speech.form import Form
from handlers.speech.words import Words
from handlers.start import Start, start
from handlers.suggesting import Options, suggest
from store import Store, Transaction
from store.errors import StoreBusy
from store.needs import UnmetNeed
from store.records import Fact, Person, Region
from store.told import Telling

logger = logging.getLogger(__name__)

LONGEST = 2000
"""Characters of a question. Longer is a document, and nobody asks with a document."""

FEW = 4
"""Words that "wie gnet" may have to be more of a command than of a sentence."""

BY_COMMAND = 0.99
"""Confidence of "signaal …" without a slash: somebody who begins with a command means it."""

BY_QUESTION_WORD = 0.7
"""The same for "wie gnet": questions for other features begin with that word too."""


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
        atlas: Atlas | None = None,
    ) -> None:
        """Work with this store, these features, this clock (UTC); without an atlas, its own."""
        self.features = tuple(features)
        self._store = store
        self._clock = clock
        self._central_mailbox = central_mailbox
        self._atlas = atlas or Atlas()
        self._recent = Recent()
        self._spoken = Spoken()
        self._by_name = {feature.name: feature for feature in features}
        self._by_command = {
            word: feature for feature in features for word in (feature.command, *feature.aliases)
        }

    def answer(self, call: Call) -> Answer | Form:
        """Answer a call. A fault of ours becomes an apology with a reference.

        Raises:
            NoEffect: If it was answered before, or who waited has given up (see `Act`).
        """
        return self._remembered(call.caller, self._safely(call, partial(self._hear, call)))

    def press(self, pressed: Pressed) -> Answer | Form:
        """Do what a button says; otherwise as `answer`.

        Raises:
            NoEffect: As `answer` does.
        """
        return self._remembered(
            pressed.caller, self._safely(pressed, partial(self._press, pressed))
        )

    def submit(self, submission: Submission) -> Answer:
        """Take a form that came back.

        Raises:
            Mistakes: If a field holds what Brug cannot take; the room shows it at the field.
            NoEffect: As `answer` does.
        """
        feature = self._by_name.get(submission.feature)
        if feature is None or feature.submit is None:
            return explain(NotUnderstood("assistant.gone"), self._words(submission), unknown.NAME)
        try:
            with self._writing(submission.act) as tx:
                context = self._context(tx, submission)
                self._notice(tx, context, submission.caller)
                authorize(context.actor, feature.submit_right)
                said = feature.submit({**submission.state, **submission.values}, context)
        except Refusal as refusal:
            return explain(refusal, self._words(submission), feature.name)
        except (Mistakes, NoEffect):
            raise
        except StoreBusy:
            return explain(Clash("assistant.busy"), self._words(submission), feature.name)
        except Exception as fault:  # noqa: BLE001 - a fault of ours is apologised for, not shown
            return apologise(fault, self._words(submission), feature.name)
        return replace(said, feature=feature.name)

    def receive(self, brought: Brought) -> Answer | Form:
        """Take a file that somebody gives; otherwise as `press`.

        Raises:
            NoEffect: As `answer` does.
        """
        return self._safely(brought, partial(self._receive, brought))

    def may_bring(self, caller: Caller) -> bool:
        """Return whether somebody may give a file at all: asked before it is fetched."""
        feature = self._receiving()
        with self._store.read() as tx:
            actor = actor_of(caller, tx, self._clock().astimezone(BRUSSELS).date())
        return feature is not None and may(actor, feature.receive_right)

    def takes_long(self, press: Press) -> bool:
        """Return whether a button may take longer than a platform waits."""
        feature = self._by_name.get(press.feature)
        verb = feature.verbs.get(press.verb) if feature else None
        return isinstance(verb, LongVerb)

    def _is_strange(self, text: str) -> bool:
        """Return whether a text begins as a command, and is none: not a path, nor "/ Gent"."""
        word = text.partition(" ")[0][1:]
        return text.startswith("/") and word.isalpha() and not self.is_command(word)

    def writes(self, text: str) -> bool:
        """Return whether these words are a command that may change something by itself."""
        first = clean(text).partition(" ")[0]
        feature = self._by_command.get(first.removeprefix("/").casefold())
        return feature is not None and feature.writes and first.startswith("/")

    def names_users(self, text: str) -> bool:
        """Return whether these words are a command about users of the room themselves."""
        first = clean(text).partition(" ")[0]
        feature = self._by_command.get(first.removeprefix("/").casefold())
        return feature is not None and feature.names_users and first.startswith("/")

    def is_command(self, word: str) -> bool:
        """Return whether a word, without its slash, starts a feature."""
        return word.casefold() in self._by_command

    def command_of(self, feature: str) -> str:
        """Return the words that start a feature from anywhere: "/wie"."""
        return f"/{self._by_name[feature].command}"

    def suggest(self, caller: Caller, source: str, typed: str) -> Options:
        """Return what somebody may mean while they type; nothing when they may not ask.

        Args:
            caller: Who types.
            source: What is searched, a name in `handlers.suggesting`.
            typed: What they typed so far.
        """
        with self._store.read() as tx:
            context = self._context(tx, Call(typed, caller))
            try:
                return suggest(source, clean(typed), context)
            except Refusal:
                return ()

    def start(self, caller: Caller) -> Start:
        """Return the start page of somebody."""
        with self._store.read() as tx:
            return start(self.features, self._context(tx, Call("", caller)))

    def taking(self, feature: str, text: str) -> Press:
        """Return what it does to hand a text to a feature that takes one; else to ask it."""
        taker = self._by_name.get(feature)
        if taker is None or not taker.takes_messages:
            return Press("", ASK, {"words": text})
        return Press(feature, taker.takes_messages, {"text": text})

    def name_of(self, email: str) -> str:
        """Return the name of who has this address; "" when that is nobody of ours."""
        with self._store.read() as tx:
            person = tx.people.by_email(email)
        return person.name if person else ""

    def words_for(self, caller: Caller) -> Words:
        """Return the phrases that dress an answer to somebody, without asking the database."""
        return self._spoken.words(caller)

    def regions_of(self, caller: Caller) -> tuple[Region, ...]:
        """Return the regions that somebody stands for today; empty for most people."""
        with self._store.read() as tx:
            actor = actor_of(caller, tx, self._clock().astimezone(BRUSSELS).date())
        return tuple(region for region in Region if region in actor.regions)

    def people_named(self, text: str) -> tuple[Person, ...]:
        """Return the persons that a text names, and nothing else is in it: "els" is Els.

        For rooms that let one speak as another.
        """
        with self._store.read() as tx:
            found = mentions(text, tx.people.everyone())
        return tuple(dict.fromkeys(person for one in found for person in one.people))

    def _remembered(self, caller: Caller, said: Answer | Form) -> Answer | Form:
        if isinstance(said, Answer) and (chosen := said.data.get("language")):
            self._spoken.remember(caller, str(chosen))  # what was just chosen counts from here on
        return said

    def _safely(self, by: Asked, run: Callable[[], Answer | Form]) -> Answer | Form:
        try:
            return run()
        except Refusal as refusal:
            return explain(refusal, self._words(by), unknown.NAME)
        except NoEffect:
            raise
        except StoreBusy:
            return explain(Clash("assistant.busy"), self._words(by), unknown.NAME)
        except Exception as fault:  # noqa: BLE001 - the one place where faults of ours end
            return apologise(fault, self._words(by), unknown.NAME)

    def _hear(self, call: Call) -> Answer | Form:
        if not asks_why(call.words):
            return self._answer(call)
        with self._store.read() as tx:
            why = self._recent.why(self._context(tx, call))
        if why is None:
            raise NotUnderstood("assistant.why_what")
        return self._press_own(Pressed(why, call.caller, call.language, call.act))

    def _answer(self, call: Call, *, only_looks: bool = False) -> Answer | Form:
        text = clean(call.words)
        if len(text) > LONGEST:
            raise NotUnderstood("assistant.too_long", most=str(LONGEST))
        if self._is_strange(text):
            return no_such_command(text, tuple(self._by_command), self._words(call))
        with self._store.read() as tx:
            context = self._context(tx, call)
            choice = self._understand(text, context, call.caller)
            best = choice.best
            if best is None or choice.close or not best.feature.writes:
                said, need = self._said(text, choice, context)
                self._note(call, said, context, None if only_looks else need)
                return said
        said = self._change(best, call, only_looks=only_looks)
        return also(said, text, self._words(call))

    @staticmethod
    def _said(
        text: str, choice: Choice, context: Context
    ) -> tuple[Answer | Form, UnmetNeed | None]:
        """Return what to say to a question that changes nothing, and what to count."""
        if choice.close:
            return which(text, choice.close, context.words), None
        if choice.best is None:
            return unknown.handle(gist(text), context)
        return also(handled(choice.best, context), text, context.words), None

    def _change(self, best: Candidate, call: Call, *, only_looks: bool) -> Answer | Form:
        """Let a feature answer that may change something; undo it when only the answer counts."""
        feature = best.feature
        try:
            with self._writing(call.act) as tx:
                context = self._context(tx, call)
                self._notice(tx, context, call.caller)
                authorize(context.actor, feature.right)
                said = feature.handle(best.heard.request, context)
                if only_looks:
                    _undo(said)
                said = signed(said, best)
                _remember_told(tx, said, context)
                self._remember(tx, said, call.caller, context, _why_of(call, said))
        except _OnlyLooked as looked:  # asking why must never do it again
            return signed(looked.said, best)
        except Refusal as refusal:  # whatever it had written is undone with the transaction
            return explain(refusal, self._words(call), feature.name)
        return said

    def _press(self, pressed: Pressed, *, only_looks: bool = False) -> Answer | Form:
        press = pressed.press
        if not press.feature:
            if only_looks:
                raise NotUnderstood("assistant.gone")  # no answer explains an explanation
            return self._press_own(pressed)
        feature = self._by_name.get(press.feature)
        verb = feature.verbs.get(press.verb) if feature else None
        if feature is None or verb is None:
            raise NotUnderstood("assistant.gone")
        try:
            run = self._prepared(verb, pressed)
            with self._writing(pressed.act) as tx:
                context = self._context(tx, pressed)
                self._notice(tx, context, pressed.caller)
                authorize(context.actor, verb.right)
                said = run(context)
                if isinstance(said, Answer):
                    said = replace(said, feature=feature.name)
                if only_looks:
                    _undo(said)
                why = why_button(press, context.words)
                if isinstance(said, Answer) and said.why and why and isinstance(verb, Verb):
                    said = replace(said, buttons=(*said.buttons, why))
                _remember_told(tx, said, context)
                self._remember(tx, said, pressed.caller, context, why and why.press)
        except _OnlyLooked as looked:
            return looked.said
        except Refusal as refusal:
            return explain(refusal, self._words(pressed), feature.name)
        return said

    def _prepared(
        self, verb: Verb | LongVerb, pressed: Pressed
    ) -> Callable[[Context], Answer | Form]:
        """Return what a button does while it writes; what takes long is done here, before it."""
        if isinstance(verb, Verb):
            return partial(verb.run, pressed.press.values)
        with self._store.read() as tx:
            context = self._context(tx, pressed)
            authorize(context.actor, verb.right)
            return verb.prepare(pressed.press.values, context)

    def _receiving(self) -> AnyFeature | None:
        return next((feature for feature in self.features if feature.receive), None)

    def _receive(self, brought: Brought) -> Answer | Form:
        feature = self._receiving()
        if feature is None or feature.receive is None:
            raise NotUnderstood("assistant.gone")
        try:
            with self._store.read() as tx:
                context = self._context(tx, brought)
                authorize(context.actor, feature.receive_right)
                rest = feature.receive(brought.file, context)
            with self._writing(brought.act) as tx:
                context = self._context(tx, brought)
                authorize(context.actor, feature.receive_right)
                said = rest(context)
        except Refusal as refusal:
            return explain(refusal, self._words(brought), feature.name)
        return replace(said, feature=feature.name)

    def _press_own(self, pressed: Pressed) -> Answer | Form:
        again = pressed.press.values.get(AGAIN, "")
        if pressed.press.verb == WHY and again:
            return self._why_pressed(again, pressed)
        asked = pressed.press.values.get("words", "")
        if pressed.press.verb not in {ASK, WHY, MEANT} or not asked:
            raise NotUnderstood("assistant.gone")
        call = Call(asked, pressed.caller, pressed.language, pressed.act)
        if pressed.press.verb == MEANT:
            return self._meant(pressed.press.values.get("feature", ""), call)
        return self._why(call) if pressed.press.verb == WHY else self._answer(call)

    def _why(self, call: Call) -> Answer | Form:
        """Explain the answer to these words."""
        return _explained(self._answer(call, only_looks=True), self._words(call))

    def _why_pressed(self, again: str, pressed: Pressed) -> Answer | Form:
        """Explain what a button led to."""
        try:
            press = unpacked(from_json(again))
        except Malformed:
            raise NotUnderstood("assistant.gone") from None
        said = self._press(replace(pressed, press=press), only_looks=True)
        return _explained(said, self._words(pressed))

    def _meant(self, name: str, call: Call) -> Answer | Form:
        """Answer a sentence as the feature that somebody chose."""
        feature = self._by_name.get(name)
        if feature is None:
            raise NotUnderstood("assistant.gone")
        with self._store.read() as tx:
            context = self._context(tx, call)
            people = tuple(tx.people.everyone())
            heard = feature.hear(Sentence(clean(call.words), context.places, people))
            if heard is None:
                raise NotUnderstood("assistant.gone")
            best = Candidate(feature, replace(heard, confidence=1.0))
            if not feature.writes:
                said = handled(best, context)
                self._note(call, said, context)
                return said
        return self._change(best, call, only_looks=False)

    def _note(
        self, call: Call, said: Answer | Form, context: Context, need: UnmetNeed | None = None
    ) -> None:
        """Write down that a question came, so that it is answered once, and what it was told.

        Args:
            call: The question.
            said: The answer.
            context: The circumstances.
            need: What nobody here could answer, without who asked (F16); None for nothing.
        """
        act = call.act
        self._recent.answered(_why_of(call, said), said, context)
        seen = self._recent.remember(said, call.caller, context)
        told = _tellings(said, context)
        if not act.receipt and not (need or seen or told):
            return

        def besides(tx: Transaction) -> None:
            self._notice(tx, context, call.caller)
            if need is not None:
                tx.needs.add(need)

        try:
            if act.receipt:
                first = self._store.note(act.receipt, self._clock(), besides, told, seen)
            else:
                first = True
                with self._store.begin() as tx:
                    tx.told.note_all(told)
                    if seen is not None:
                        tx.conversations.keep(seen)
                    besides(tx)
        except StoreBusy:
            # Better two answers than none: a question changes nothing.
            logger.warning("a question could not be noted: the database is busy")
            return
        if not first:
            raise Repeated

    def _remember(
        self,
        tx: Transaction,
        said: Answer | Form,
        caller: Caller,
        context: Context,
        why: Press | None,
    ) -> None:
        """Remember what somebody can go on from, with what else is written."""
        if why:
            self._recent.answered(why, said, context)
        if seen := self._recent.remember(said, caller, context):
            tx.conversations.keep(seen)

    @contextmanager
    def _writing(self, act: Act) -> Generator[Transaction]:
        """Start a transaction in which an act has its effect: once, or not at all."""
        with self._store.begin() as tx:
            if act.receipt and not tx.receipts.first_time(act.receipt, self._clock()):
                raise Repeated
            yield tx
            act.settle()

    def _understand(self, text: str, context: Context, caller: Caller) -> Choice:
        slash = text.startswith("/")
        first, _, rest = text.removeprefix("/").partition(" ")
        by_command = self._by_command.get(first.casefold())
        if slash and by_command:
            return Choice(Candidate(by_command, Heard(by_command.parse(rest), 1.0, ("command",))))
        if by_command and by_command.names_users:
            by_command = None  # "koppel mij aan iemand van Dilbeek" is a question
        people = tuple(context.tx.people.everyone())
        asked = first_of(gist(text))
        before = self._recent.before(asked, caller, context)
        sentence = Sentence(asked, context.places, people, before)
        if by_command and not by_command.asks_with_command:
            # Without its slash it is a sentence: what it would change is confirmed first.
            own = by_command.hear(sentence) if by_command.writes else None
            request = own.request if own else by_command.parse(rest)
            return Choice(Candidate(by_command, Heard(request, BY_COMMAND, ("word",))))
        choice = choose(sentence, self.features)
        best = choice.best
        if (
            by_command
            and not sentence.places.found
            and (best is None or best.feature is by_command or choice.close)
            and not (best and best.heard.certain)
            and len(sentence.words) <= FEW
        ):
            # "wie gnet": behind such a word a misspelt name is looked for harder.
            heard = Heard(by_command.parse(rest), BY_QUESTION_WORD, ("word",))
            return Choice(Candidate(by_command, heard))
        if best is not None:
            logger.info("heard %s because %s", best.feature.name, ",".join(best.heard.because))
        return choice

    def _words(self, by: Asked) -> Words:
        return Words(by.language) if by.language else self._spoken.words(by.caller)

    @staticmethod
    def _notice(tx: Transaction, context: Context, caller: Caller) -> None:
        """Keep what a platform says of somebody's language, for the letters to them."""
        if caller.locale and caller.platform != CONSOLE:  # there it is a setting of the machine
            tx.languages.notice(context.actor.key, caller.locale, context.now)

    def _context(self, tx: Transaction, by: Asked) -> Context:
        caller, now = by.caller, self._clock()
        actor = actor_of(caller, tx, now.astimezone(BRUSSELS).date())
        address = address_of(caller)
        if not by.language:
            own = tx.languages.chosen(actor.key) or caller.locale
            self._spoken.remember(caller, Words(own).language)
        words = self._words(by)
        return Context(tx, words, now, actor, self._atlas.of(tx), self._central_mailbox, address)


def _worth_remembering(said: Answer | Form, context: Context) -> tuple[Fact, ...]:
    # Nobody brings letters to a terminal.
    if isinstance(said, Form) or context.actor.key.startswith("console:"):
        return ()
    return said.told


def _remember_told(tx: Transaction, said: Answer | Form, context: Context) -> None:
    """Remember what somebody was told, so that they hear when it turns out wrong (F52)."""
    tx.told.note_all(_tellings(said, context))


def _tellings(said: Answer | Form, context: Context) -> tuple[Telling, ...]:
    asker, language, now = context.actor.key, context.words.language, context.now
    return tuple(Telling(asker, fact, language, now) for fact in _worth_remembering(said, context))


def _undo(said: Answer | Form) -> NoReturn:
    raise _OnlyLooked(said)


def _why_of(call: Call, said: Answer | Form) -> Press:
    asked = clean(call.words)
    return Press("", WHY, {"words": asked}) if isinstance(said, Form) else why_of(said, asked)


def _explained(said: Answer | Form, words: Words) -> Answer | Form:
    if isinstance(said, Form):
        return said
    return Answer(
        headline=words.plain("assistant.why"),
        parts=(Listing(said.why),) if said.why else (),
        source=said.source,
        feature=said.feature,
        data=said.data,
    )
