"""A chat in a terminal: a line editor with completion and history, answers drawn in colour."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from bot.assistant import Assistant
from bot.console.drawing import drawing
from bot.console.listen import AS, IMPORT, LEAVE, POST, Conversation, converse
from bot.console.mailbox import Mailbox
from bot.console.render import text
from handlers.actors import Caller
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from handlers.speech.words import Words

PROMPT = "› "

SHOWN = 1
"""Examples of a feature that the demonstration asks: it is to be read in a minute."""


def chat(
    assistant: Assistant,
    caller: Caller,
    language: str,
    folder: Path,
    mailbox: Mailbox | None = None,
) -> None:
    """Talk with somebody at a terminal until they leave.

    Args:
        assistant: Who answers.
        caller: Who speaks.
        language: In which language to answer, whatever they chose; empty for their own.
        folder: Where files go that come with an answer.
        mailbox: The letters to whoever sits here; None where they go elsewhere.
    """
    screen = Console(highlight=False, markup=False, emoji=False)
    commands = [f"/{feature.command}" for feature in assistant.features]
    session: PromptSession[str] = PromptSession(
        # In memory: what people type is not kept, not even on their own machine.
        history=InMemoryHistory(),
        completer=WordCompleter([*commands, AS, IMPORT, POST, *sorted(LEAVE)], sentence=True),
        complete_while_typing=False,
    )

    def show(said: Answer | Form, words: Words, asked: str) -> None:
        screen.print()
        screen.print(drawing(said, words, asked))
        screen.print()

    def typed() -> Iterator[str]:
        while True:
            try:
                yield session.prompt(PROMPT)
            except (EOFError, KeyboardInterrupt):
                return

    talk = Conversation(
        assistant,
        caller,
        language,
        show,
        lambda label: session.prompt(f"{label} {PROMPT}"),
        folder,
        mailbox,
    )
    screen.print(talk.words.plain("console.welcome"))
    converse(talk, typed())
    screen.print(talk.words.plain("console.bye"))


def pipe(  # noqa: PLR0913, PLR0917 - who talks with whom, about what
    assistant: Assistant,
    caller: Caller,
    language: str,
    typed: Iterator[str],
    folder: Path,
    mailbox: Mailbox | None = None,
) -> None:
    """Answer lines that come out of a pipe, as plain text, one blank line between answers."""

    def ask(_: str) -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError
        return line

    converse(_answering(assistant, caller, language, ask, folder, mailbox), typed)


def demonstrate(assistant: Assistant, caller: Caller, language: str) -> None:
    """Ask the first example of every feature, show the answers, and end."""
    words = Words(language or caller.locale)
    sys.stdout.write(words.plain("console.demonstration") + "\n\n")

    def questions() -> Iterator[str]:
        for feature in assistant.features:
            spoken = [e for e in feature.examples if e.language == words.language]
            for example in spoken[:SHOWN]:
                sys.stdout.write(f"{PROMPT}{example.words}\n")
                yield example.words

    def ask(_: str) -> str:
        raise EOFError  # a form is shown, and nobody fills it in

    # None of the examples gives a file.
    converse(_answering(assistant, caller, words.language, ask, Path()), questions())


def typed_lines() -> Iterator[str]:
    """Yield what a pipe holds, line by line; bytes that are no UTF-8 become question marks."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace")


def _answering(  # noqa: PLR0913, PLR0917 - who talks with whom, about what
    assistant: Assistant,
    caller: Caller,
    language: str,
    ask: Callable[[str], str],
    folder: Path,
    mailbox: Mailbox | None = None,
) -> Conversation:
    """Return a conversation that is written to standard output as plain text."""

    def show(said: Answer | Form, words: Words, asked: str) -> None:
        sys.stdout.write(text(said, words, asked) + "\n\n")
        sys.stdout.flush()

    return Conversation(assistant, caller, language, show, ask, folder, mailbox)
