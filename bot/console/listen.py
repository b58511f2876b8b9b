"""From lines typed in a terminal, or read from a pipe, to calls; and from numbers to buttons.

The console is a room like any other: it makes a `Call`, `Pressed` or `Submission`, and draws what
comes back. Nothing that was typed is written to a file: the history lives as long as the chat.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from bot.asked import Brought, Call, Pressed, Submission
from bot.assistant import Assistant
from bot.characters import cut, one_line
from bot.console.mailbox import Mailbox
from bot.console.render import choices, filled_in
from handlers.actors import Caller
from handlers.errors import Mistakes
from handlers.speech.answer import ASK, Answer, Attachment, Button, Listing, Plain
from handlers.speech.form import ChoiceField, DateField, Field, Form, SearchField, TextField
from handlers.speech.words import Words

AS = "/als"
"""The console's own command: speak as another person."""

POST = "/post"
"""The console's own command: read the next letter."""
IMPORT = "/importeer"
"""The console's own command: give Brug a file. A chat on a platform has a drop for that."""

_CHOICES = 10
"""Suggestions that are shown when what was typed may be several things."""

LEAVE = frozenset(("/stop", "/exit", "/quit", "stop", "exit", "quit"))
"""What ends a chat; in a form, what leaves the form."""

_HELP = frozenset(("hulp", "help", "aide", "?"))
"""What asks how a form works, while one is open."""

_SHOWN = 40
"""Characters of what a field holds, beside its question."""


class _LeftForm(Exception):
    """Somebody leaves a form; perhaps with a command that is to be answered instead."""

    def __init__(self, instead: str = "") -> None:
        super().__init__()
        self.instead = instead


@dataclass
class Conversation:
    """One chat in a terminal: who speaks, and the buttons of the last answer.

    Attributes:
        assistant: Who answers.
        caller: Who speaks.
        language: In which language to answer, whatever they chose; empty for their own.
        show: Draws an answer or a form, with the phrases around it; the last value is what was
            asked.
        ask: Asks one question of a form, and returns what was typed; raises EOFError when there
            is nobody to answer.
        folder: Where files go that come with an answer.
    """

    assistant: Assistant
    caller: Caller
    language: str
    show: Callable[[Answer | Form, Words, str], None]
    ask: Callable[[str], str]
    folder: Path = Path()
    mailbox: Mailbox | None = None
    _told: tuple[str, int] = ("", 0)
    _buttons: tuple[Button, ...] = ()
    _asked: str = ""

    @property
    def words(self) -> Words:
        """The phrases around an answer: those of the language that it is in."""
        return Words(self.language) if self.language else self.assistant.words_for(self.caller)

    def hear(self, line: str) -> bool:
        """Answer one line; a number presses that button, and so do its words.

        Returns:
            Whether the chat goes on.
        """
        text = line.strip()
        if text.lower() in LEAVE:
            return False
        if text == AS or text.startswith(f"{AS} "):
            self._become(text.removeprefix(AS).strip())
        elif text == POST and self.mailbox is not None:
            self._read(self.mailbox)
        elif text == IMPORT or text.startswith(f"{IMPORT} "):
            self._bring(text.removeprefix(IMPORT).strip().strip("'\""))
        elif text.isdecimal() and 1 <= int(text) <= len(self._buttons):
            self._press(self._buttons[int(text) - 1])
        elif button := self._labelled(text):
            self._press(button)
        else:
            said = self.assistant.answer(Call(text, self.caller, self.language))
            self._say(said, text)
        self._tell_of_letters()
        return True

    def _labelled(self, text: str) -> Button | None:
        return next((one for one in self._buttons if _bare(one.label) == _bare(text)), None)

    def _read(self, mailbox: Mailbox) -> None:
        if not mailbox.read(self.caller, lambda letter: self._say(letter, "")):
            self._tell("console.no_letters")

    def _tell_of_letters(self) -> None:
        """Say that letters wait, when there are more than was said."""
        if self.mailbox is None:
            return
        known = self._told[1] if self._told[0] == self.caller.key else 0
        count = self.mailbox.waiting(self.caller)
        self._told = self.caller.key, count
        if count > known:
            key = "console.one_letter" if count == 1 else "console.letters"
            self._tell(key, count=count)

    def _press(self, button: Button) -> None:
        press = button.press
        said = self.assistant.press(Pressed(press, self.caller, self.language))
        asks_again = not press.feature and press.verb == ASK
        self._say(said, press.values.get("words", "") if asks_again else "")

    def _say(self, said: Answer | Form, asked: str) -> None:
        if isinstance(said, Form):
            self._buttons = ()
            self._fill_in(said)
            return
        self._buttons = choices(said, self.words, asked)
        self.show(said, self.words, asked)
        self._keep(said.attachments)

    def _fill_in(self, form: Form) -> None:
        self.show(form, self.words, "")
        self._tell("console.form_how")
        values: dict[str, str] = {}
        due = form.fields
        while due:
            try:
                values |= {one.name: self._value_of(one) for one in due}
            except EOFError:  # nobody answers any more: nothing is sent
                return
            except KeyboardInterrupt:
                self._tell("console.form_left")
                return
            except _LeftForm as left:
                self._tell("console.form_left")
                if left.instead:
                    self.hear(left.instead)
                return
            sent = Submission(form.feature, values, self.caller, self.language, form.state)
            try:
                self._say(self.assistant.submit(sent), "")
            except Mistakes as mistakes:
                due = tuple(one for one in form.fields if one.name in mistakes.keys)
                for one in due:
                    self._tell_wrong(
                        one, self.words.plain(mistakes.keys[one.name], **mistakes.values)
                    )
            else:
                return

    def _value_of(self, one: Field) -> str:
        typed = self._typed(one)
        if not typed:
            return _initial(one)
        if isinstance(one, SearchField):
            return self._found(one, typed)
        if not isinstance(one, ChoiceField):
            return typed
        parts = [part.strip() for part in typed.split(",")]
        chosen = [value for part in parts if (value := _option(one, part))]
        return ",".join(chosen) if chosen else typed

    def _typed(self, one: Field) -> str:
        """Ask one question of a form.

        Raises:
            _LeftForm: If what is typed is no answer: a word to leave, or a command.
        """
        held = cut(one_line(filled_in(one, self.words)), _SHOWN)
        label = (
            self.words.plain("console.enter", label=one.label, value=held) if held else one.label
        )
        while (typed := self.ask(label).strip()).lower() in _HELP:
            self._tell("console.form_how")
        if typed.lower() in LEAVE:
            raise _LeftForm
        if self._is_command(typed):
            raise _LeftForm(typed)
        return typed

    def _is_command(self, typed: str) -> bool:
        known = {AS, POST, IMPORT, *(f"/{one.command}" for one in self.assistant.features)}
        return typed.partition(" ")[0].lower() in known

    def _bring(self, typed: str) -> None:
        path = Path(typed).expanduser()
        try:
            content = path.read_bytes() if typed else b""
        except OSError:
            self._tell("importing.no_file", file=typed)
            return
        if not typed:
            self._tell("importing.how")
            return
        file = Attachment(path.name, "application/octet-stream", content)
        brought = Brought(file, self.caller, self.language)
        self._say(self.assistant.receive(brought), "")

    def _keep(self, attachments: Iterable[Attachment]) -> None:
        """Write the files that go with an answer, and say where they are."""
        for file in attachments:
            path = self.folder / Path(file.name).name
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
            except OSError:
                self._tell("console.no_file", file=str(path))
            else:
                self._tell("console.file", file=str(path))

    def _found(self, one: SearchField, typed: str) -> str:
        """Return what somebody meant, asked once more when it may be several things."""
        found = self.assistant.suggest(self.caller, one.source, typed)[:_CHOICES]
        if len(found) < 2:  # noqa: PLR2004 - one is what was meant
            return found[0][0] if found else typed
        listed = tuple((Plain(f"[{n}] {shown}"),) for n, (_, shown) in enumerate(found, start=1))
        words = self.words
        self.show(Answer(words.plain("console.which_one"), (Listing(listed),)), words, "")
        number = self.ask(one.label).strip()
        right = number.isdecimal() and 1 <= int(number) <= len(found)
        return found[int(number) - 1][0] if right else typed

    def _become(self, name: str) -> None:
        found = self.assistant.people_named(name)
        if not name:
            self.caller = replace(self.caller, user="console", email="")
            self._tell("console.yourself")
        elif len(found) == 1:
            self.caller = replace(self.caller, user=found[0].email, email=found[0].email)
            self._tell("console.now_you_are", name=found[0].name)
        else:
            self._tell("console.who_is_that")

    def _tell_wrong(self, one: Field, mistake: str) -> None:
        """Say what is wrong with a field, and with which."""
        between = " " if one.label.endswith(("?", ".", ":")) else ": "
        self.show(Answer(f"{one.label}{between}{mistake}"), self.words, "")

    def _tell(self, key: str, **values: object) -> None:
        words = self.words
        self.show(Answer(words.plain(key, **values)), words, "")


def _bare(label: str) -> str:
    return label.strip(" ?!.").casefold()


def _option(field: ChoiceField, typed: str) -> str:
    """Return the value that a number or its words choose; empty for none."""
    if typed.isdecimal():
        return field.options[int(typed) - 1][0] if 1 <= int(typed) <= len(field.options) else ""
    return next((value for value, shown in field.options if _bare(shown) == _bare(typed)), "")


def _initial(one: Field) -> str:
    """Return what a field holds when nothing is typed."""
    match one:
        case TextField():
            return one.initial
        case ChoiceField():
            return ",".join(one.initial)
        case DateField():
            return one.initial.isoformat() if one.initial else ""
        case SearchField():
            return one.initial[0] if one.initial else ""
        case _:
            assert_never(one)


def converse(conversation: Conversation, lines: Iterable[str]) -> None:
    """Answer line after line, until one says to stop or there are no more."""
    for line in lines:
        if not conversation.hear(line):
            return
