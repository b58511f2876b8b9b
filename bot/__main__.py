"""The command line: `brug`, or `python -m bot`.

A command imports what it alone needs when it runs: the line editor and Alembic would cost a cold
`brug ask` 0.3 s (`make bench`, table "Cold start").
"""

import json
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import logs, wiring
from bot.assistant import Assistant, Call
from bot.machine import as_json
from bot.settings import Settings, SettingsWrong, load, table
from handlers.actors import Caller
from handlers.speech.words import LANGUAGES, Words
from store import Store, StoreError
from store.backup import back_up, doubt_letters
from store.backup import restore as put_back

app = typer.Typer(
    help="Brug, the assistant of the learning networks youth care - education. "
    "Without a command it opens a chat in this terminal.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
database = typer.Typer(help="Look after the database.", no_args_is_help=True)
stewards = typer.Typer(help="Say who looks after the data.", no_args_is_help=True)
app.add_typer(database, name="db")
app.add_typer(stewards, name="steward")


def _language(value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise typer.BadParameter(f"found {value!r}; expected one of {', '.join(LANGUAGES)}")
    return value


def _email(value: str | None) -> str | None:
    if value is not None and "@" not in value:
        raise typer.BadParameter(f"found {value!r}; expected an e-mail address")
    return value


AsOption = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="EMAIL", callback=_email, help="Speak as the person with this address."
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", "-l", callback=_language, help="nl, fr or en."),
]


@contextmanager
def _at_work() -> Generator[tuple[Settings, Store]]:
    """Open the database; what is wrong with the set-up is said in a line, with exit code 2."""
    try:
        settings = load()
        logs.start(settings.log_level)
        with wiring.opened(settings) as store:
            yield settings, store
    except (SettingsWrong, StoreError) as fault:
        typer.echo(f"brug: {fault}", err=True)
        raise typer.Exit(2) from None


def _caller(email: str | None) -> Caller:
    return Caller("console", "", email or "console", email or "", conversation="console")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    as_: AsOption = None,
    language: LanguageOption = None,
) -> None:
    """Open the chat when no command was given."""
    if context.invoked_subcommand is None:
        console(as_, language)


@app.command()
def console(as_: AsOption = None, language: LanguageOption = None) -> None:
    """Chat in this terminal, or answer the lines of a pipe."""
    # Measured: the line editor costs 0.15 s, and `brug ask` does not need it.
    from bot.console import chat  # noqa: PLC0415

    with _at_work() as (settings, store):
        assistant = wiring.assistant(store, settings)
        words = Words(language or settings.language)
        if sys.stdin.isatty() and sys.stdout.isatty():
            chat.chat(assistant, _caller(as_), words)
            return
        lines = chat.typed_lines()
        first = next(lines, None)
        if first is None:
            chat.demonstrate(assistant, _caller(as_), words)
        else:
            chat.pipe(assistant, _caller(as_), words, first, lines)


@app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    *,
    as_json_: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            help='One object per line, {"text": …, "as": EMAIL, "language": nl}; the answers come '
            "as JSON lines in the same order. - reads standard input.",
        ),
    ] = None,
    as_: AsOption = None,
    language: LanguageOption = None,
) -> None:
    """Ask one question, or a file of them, and print the answer."""
    if (text is None) == (batch is None):
        raise typer.BadParameter('give a question ("wie dekt Aalst?") or --batch FILE, not both')
    with _at_work() as (settings, store):
        assistant = wiring.assistant(store, settings)
        spoken = language or settings.language
        if batch is not None:
            _answer_all(assistant, batch, as_, spoken)
            return
        words = Words(spoken)
        said = assistant.answer(Call(text or "", _caller(as_), spoken))
        typer.echo(
            json.dumps(as_json(said, words, text or ""), ensure_ascii=False)
            if as_json_
            else as_json(said, words, text or "")["text"]
        )


def _answer_all(assistant: Assistant, batch: Path, email: str | None, language: str) -> None:
    for number, line in enumerate(_lines(batch), start=1):
        asked = _asked(line)
        if isinstance(asked, str):
            typer.echo(json.dumps({"kind": "error", "line": number, "error": asked}))
            continue
        caller = _caller(asked.get("as") or email)
        spoken = asked.get("language") or language
        said = assistant.answer(Call(asked["text"], caller, spoken))
        typer.echo(json.dumps(as_json(said, Words(spoken), asked["text"]), ensure_ascii=False))


def _lines(batch: Path) -> Iterator[str]:
    try:
        with sys.stdin.buffer if str(batch) == "-" else batch.open("rb") as file:
            for raw in file:
                if raw.strip():
                    yield raw.decode("utf-8", errors="replace")
    except OSError as fault:
        typer.echo(f"brug: can't read {batch}: {fault.strerror}", err=True)
        raise typer.Exit(2) from None


def _asked(line: str) -> dict[str, str] | str:
    """Return the question in a line of a batch, or what is wrong with it."""
    expected = 'expected an object like {"text": "wie dekt Aalst?"}'
    try:
        found: object = json.loads(line)
    except (ValueError, RecursionError):
        return f"no JSON; {expected}"
    if not isinstance(found, dict):
        return expected
    asked = {str(key): value for key, value in found.items() if isinstance(value, str)}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    return asked if "text" in asked else f'no "text"; {expected}'


@app.command()
def seed() -> None:
    """Load the facts that ship with Brug; what a person changed later is left alone."""
    with _at_work() as (_, store), store.read() as tx:
        for name, version in tx.seeds.versions().items():
            typer.echo(f"{name}: up to date (version {version[:12]})")


@app.command()
def check() -> None:
    """Say what works, what is missing and where to find it; exit code 1 if something fails."""
    # Measured: what the check looks at costs 0.1 s that `brug ask` does not need.
    from bot.health import examine  # noqa: PLC0415

    findings = examine()
    for finding in findings:
        typer.echo(str(finding))
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


@app.command()
def settings() -> None:
    """Print every setting with its default and meaning, as the table of the README."""
    typer.echo(table())


@database.command("upgrade")
def upgrade() -> None:
    """Bring the tables to the newest version; safe while others do it too."""
    with _at_work():
        typer.echo("The tables are up to date.")


@database.command("doubt")
def doubt() -> None:
    """Doubt every letter that may have gone out; after pg_restore, before Brug starts again."""
    with _at_work() as (_, store):
        doubted = doubt_letters(store, wiring.clock())
    typer.echo(f"{doubted} letters are in doubt; each is looked for before it is sent again.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy the database to a file; safe while Brug is at work."""
    with _at_work() as (_, store):
        back_up(store, file)
    typer.echo(f"{file} holds everything that Brug keeps. Guard it well.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file of `brug backup`.")]) -> None:
    """Put a copy back; stop every Brug on this database first."""
    try:
        chosen = load()
        doubted = put_back(chosen.database, file, wiring.clock())
    except (SettingsWrong, StoreError) as fault:
        typer.echo(f"brug: {fault}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{file} is back. What was there is beside it, “.before-restore”.")
    typer.echo(f"{doubted} letters are in doubt; each is looked for before it is sent again.")


@stewards.command("add")
def add_steward(email: Annotated[str, typer.Argument(callback=_email)]) -> None:
    """Let the person with this address look after the data."""
    with _at_work() as (_, store), store.begin() as tx:
        new = tx.people.add_steward(email, wiring.clock(), "system")
    typer.echo(f"{email} is a steward now." if new else f"{email} was a steward already.")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
