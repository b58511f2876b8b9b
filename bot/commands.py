"""The commands of `brug`.

A command imports what it alone needs when it runs: the line editor and Alembic would cost a cold
`brug ask` 0.3 s (`make bench`, table "Cold start").
"""

import gc
import json
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from bot import logs, wiring
from bot.asked import Call
from bot.assistant import Assistant
from bot.machine import as_json
from bot.settings import Settings, SettingsWrong, load, table
from handlers import FEATURES
from handlers.actors import Caller
from handlers.signalling.reporting import compose, read_period
from handlers.speech.words import LANGUAGES, Words
from scheduler.forgetting import due
from scheduler.forgetting import forget as forget_old
from store import Store, StoreError
from store.backup import back_up, doubt_letters
from store.backup import restore as put_back
from store.records import Region

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
manifests = typer.Typer(help="Print what a platform wants to know of Brug.", no_args_is_help=True)
app.add_typer(manifests, name="manifest")


def _language(value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise typer.BadParameter(f"found {value!r}; expected one of {', '.join(LANGUAGES)}")
    return value


def _email(value: str | None) -> str | None:
    if value is not None and "@" not in value:
        raise typer.BadParameter(f"found {value!r}; expected an e-mail address")
    return value


def _together(words: list[str] | None) -> str | None:
    """Return what was typed as one text, in quotes or not; None where nothing was."""
    return " ".join(words) if words else None


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


TERMINAL = "terminal"
"""The conversation of everybody at this terminal: not the name of who speaks without one, whose
letters would be everybody's."""


def _caller(email: str | None, settings: Settings) -> Caller:
    return Caller(
        *("console", "", email or "console", email or ""),
        conversation=TERMINAL,
        locale=settings.language,
        name=email or "",
    )


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    as_: AsOption = None,
    language: LanguageOption = None,
) -> None:
    """Open the chat when no command was given."""
    if context.invoked_subcommand and (as_ or language):
        # They would be left aside, and somebody would be answered as somebody else.
        raise typer.BadParameter(
            "--as and --language stand behind the command, where it takes them: "
            "brug ask --as EMAIL …"
        )
    if context.invoked_subcommand != "ask":
        gc.enable()
    if context.invoked_subcommand is None:
        console(as_, language)


@app.command()
def console(as_: AsOption = None, language: LanguageOption = None) -> None:
    """Chat in this terminal, or answer the lines of a pipe."""
    # Measured: the line editor costs 0.15 s, and `brug ask` does not need it.
    from bot.console import chat  # noqa: PLC0415
    from bot.console.mailbox import Mailbox  # noqa: PLC0415

    with _at_work() as (settings, store):
        assistant = wiring.assistant(store, settings)
        elsewhere = settings.slack_bot_token
        mailbox = None if elsewhere else Mailbox(store, wiring.clock)
        folder = settings.home / "files"
        caller, spoken = _caller(as_, settings), language or ""
        if sys.stdin.isatty() and sys.stdout.isatty():
            chat.chat(assistant, caller, spoken, folder, mailbox)
            return
        lines = chat.typed_lines()
        first = next(lines, None)
        if first is None:
            chat.demonstrate(assistant, caller, spoken)
        else:
            chat.pipe(assistant, caller, spoken, chain([first], lines), folder, mailbox)


@app.command()
def ask(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT",
            help="The question. Quotes keep the shell off ? and '.",
            show_default=False,
        ),
    ] = None,
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
    text = _together(words)
    if (text is None) == (batch is None):
        raise typer.BadParameter('give a question ("wie dekt Aalst?") or --batch FILE, not both')
    with _at_work() as (settings, store):
        assistant = wiring.assistant(store, settings)
        caller = _caller(as_, settings)
        if batch is not None:
            gc.enable()
            _answer_all(assistant, batch, caller, language or "")
            return
        said = assistant.answer(Call(text or "", caller, language or ""))
        phrases = Words(language) if language else assistant.words_for(caller)
        found = as_json(said, phrases, text or "")
        typer.echo(json.dumps(found, ensure_ascii=False) if as_json_ else found["text"])


def _answer_all(assistant: Assistant, batch: Path, default: Caller, language: str) -> None:
    for number, line in enumerate(_lines(batch), start=1):
        asked = _asked(line)
        if isinstance(asked, str):
            typer.echo(json.dumps({"kind": "error", "line": number, "error": asked}))
            continue
        email = asked.get("as", "")
        caller = replace(default, user=email, email=email) if email else default
        spoken = asked.get("language") or language
        said = assistant.answer(Call(asked["text"], caller, spoken))
        words = Words(spoken) if spoken else assistant.words_for(caller)
        typer.echo(json.dumps(as_json(said, words, asked["text"]), ensure_ascii=False))


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
    if "text" not in asked:
        return f'no "text"; {expected}'
    if (language := asked.get("language")) and language not in LANGUAGES:
        return f'"language": found {language!r}; expected one of {", ".join(LANGUAGES)}'
    if (email := asked.get("as")) and "@" not in email:
        return f'"as": found {email!r}; expected an e-mail address'
    return asked


@app.command()
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="What to look for.", show_default=False),
    ] = None,
    *,
    as_json_: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            help='One object per line, {"text": …}; the answers come as JSON lines in the same '
            "order. - reads standard input.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Entries in an answer.")] = 10,
) -> None:
    """Search the whole directory, over all kinds."""
    # Measured: NumPy and the index cost 0.2 s that "brug ask wie Gent" does not need.
    from bot.directory import Searcher  # noqa: PLC0415

    text = _together(words)
    if (text is None) == (batch is None):
        raise typer.BadParameter('give words ("time-out Kortrijk") or --batch FILE, not both')
    with _at_work() as (settings, store):
        searcher = Searcher(store, Words(settings.language), wiring.clock(), limit)
        if text is not None:
            found = searcher.search(text)
            typer.echo(json.dumps(found, ensure_ascii=False) if as_json_ else found["text"])
            return
        for number, line in enumerate(_lines(batch or Path("-")), start=1):
            asked = _asked(line)
            found = (
                {"kind": "error", "line": number, "error": asked}
                if isinstance(asked, str)
                else searcher.search(asked["text"])
            )
            typer.echo(json.dumps(found, ensure_ascii=False))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, or a folder or zip of HSDS.")],
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; without this it only says what it would do.")
    ] = False,
    source: Annotated[
        str, typer.Option(help="Who says so, for the cards. Empty: the name of the file.")
    ] = "",
) -> None:
    """Read offerings from a file: what is new, what changes, what is wrong."""
    from bot.directory import import_file  # noqa: PLC0415 - as above

    with _at_work() as (_, store):
        raise typer.Exit(import_file(store, file, wiring.clock(), apply_=apply, source=source))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to: .csv, .xlsx, or .zip for HSDS 3.")],
) -> None:
    """Write the directory to a file that imports again."""
    from bot.directory import export_file  # noqa: PLC0415 - as above

    with _at_work() as (_, store):
        raise typer.Exit(export_file(store, file))


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
def serve() -> None:
    """Start every room that has its settings, on one server, until Ctrl-C."""
    # Measured: the server and the SDKs cost 0.4 s that `brug ask` does not need.
    from bot import clockwork, serving, warming  # noqa: PLC0415

    with _at_work() as (settings, store):
        assistant = wiring.assistant(store, settings)
        rooms = wiring.rooms(assistant, settings)
        if not rooms:
            typer.echo(
                "brug: no room has its settings; `brug check` says what is missing", err=True
            )
            raise typer.Exit(2)
        names = ", ".join(room.name for room in rooms)
        typer.echo(f"Brug listens: {names}; http://{settings.host}:{settings.port}/healthz")
        clock = clockwork.timetable(store, clockwork.couriers(store, settings))
        clock.start()
        warming.warm_up_aside(assistant, store, wiring.clock())
        try:
            site = serving.site(rooms, store, lambda: clock.healthy)
            serving.server(site, settings.host, settings.port).run()
        finally:
            clock.stop()


@manifests.command("slack")
def slack_manifest(
    url: Annotated[
        str,
        typer.Option(
            metavar="https://…/slack/events",
            help="Where Slack reaches Brug over HTTPS. Without it: Socket Mode.",
        ),
    ] = "",
) -> None:
    """Print the app manifest that api.slack.com/apps asks for."""
    from bot.slack.manifest import manifest  # noqa: PLC0415 - as the command line says above

    said = manifest(FEATURES, Words("nl"), url)
    typer.echo(json.dumps(said, ensure_ascii=False, indent=2))


@app.command()
def settings() -> None:
    """Print every setting with its default and meaning, as the table of the README."""
    typer.echo(table())


@app.command("guard")
def guard_batch(
    batch: Annotated[
        Path,
        typer.Option(
            metavar="FILE.jsonl",
            help='One object per line, {"text": …}; verdict, kinds and spans come as JSON lines '
            "in the same order. - reads standard input.",
        ),
    ],
) -> None:
    """Say of each text whether it may be kept; no text is kept or repeated."""
    # Measured: the guard's rules cost 0.1 s that `brug ask` does not need.
    from store.privacy import inspect  # noqa: PLC0415
    from store.seeds import coordinators  # noqa: PLC0415

    # As in the chat: the addresses of the contact list are public.
    known = frozenset(contact.email.lower() for contact in coordinators.read())
    for number, line in enumerate(_lines(batch), start=1):
        asked = _asked(line)
        if isinstance(asked, str):
            typer.echo(json.dumps({"verdict": "error", "line": number, "error": asked}))
            continue
        finding = inspect(asked["text"], known=known)
        said = {
            "verdict": finding.verdict.value,
            "kinds": [kind.value for kind in finding.kinds],
            "spans": [[span.start, span.end, span.kind.value] for span in finding.spans],
        }
        typer.echo(json.dumps(said))


def _region(value: str) -> str:
    if value not in set(Region):
        raise typer.BadParameter(f"found {value!r}; expected one of {', '.join(Region)}")
    return value


def _period(value: str) -> str:
    found = read_period(value)
    if found is None:
        raise typer.BadParameter(f"found {value!r}; expected a school year like 2025-26")
    return found.name


@app.command()
def bundle(
    region: Annotated[str, typer.Argument(callback=_region, help="limburg, antwerpen …")],
    period: Annotated[str, typer.Argument(callback=_period, help="A school year: 2025-26.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to put the files.")] = Path(),
    language: LanguageOption = None,
) -> None:
    """Write the signals of a region over a school year as DOCX, Markdown and CSV."""
    # Measured: python-docx costs 0.1 s that `brug ask` does not need.
    from handlers.signalling.documents import write  # noqa: PLC0415

    year = read_period(period)
    if year is None:
        raise typer.BadParameter("expected a school year like 2025-26")
    with _at_work() as (settings, store), store.read() as tx:
        report = compose(Region(region), year, tx, Words(language or settings.language))
    try:
        files = write(report, out)
    except OSError as fault:
        typer.echo(f"brug: can't write to {out}: {fault.strerror}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{len(report.signals)} signals")
    for file in files:
        typer.echo(str(file))


@app.command()
def forget(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be forgotten.")
    ] = False,
) -> None:
    """Forget what led to people for long enough: who gave a signal, 365 days after they did."""
    with _at_work() as (_, store):
        forgotten = (due if dry_run else forget_old)(store, wiring.clock())
    counts = ", ".join(f"{name} {count}" for name, count in forgotten.items())
    what = "would be forgotten; nothing was changed" if dry_run else "were forgotten"
    typer.echo(f"{counts} {what}.")


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
        done = put_back(chosen.database, file, wiring.clock())
    except (SettingsWrong, StoreError) as fault:
        typer.echo(f"brug: {fault}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{file} is back.")
    if done.set_aside is not None:
        typer.echo(f"What was there is in {done.set_aside}: delete it once you are sure.")
    typer.echo(f"{done.doubted} letters are in doubt; each is looked for before it is sent again.")


@stewards.command("add")
def add_steward(
    email: Annotated[str, typer.Argument(callback=_email)],
    name: Annotated[
        str, typer.Option(help="First and last name. Letters reach those alone who have one.")
    ] = "",
) -> None:
    """Let the person with this address look after the data."""
    with _at_work() as (_, store), store.begin() as tx:
        new = tx.people.add_steward(email, wiring.clock(), "system")
        if name.strip():
            who = " ".join(name.split())
            tx.people.add(who, email, "brug steward add", wiring.clock(), "system")
        reached = tx.people.by_email(email) is not None
    typer.echo(f"{email} is a steward now." if new else f"{email} was a steward already.")
    if not reached:
        typer.echo(f'No letter reaches them yet: brug steward add {email} --name "First Last"')


@stewards.command("remove")
def remove_steward(
    email: Annotated[str, typer.Argument(callback=_email)],
) -> None:
    """Let the person with this address no longer look after the data."""
    with _at_work() as (_, store), store.begin() as tx:
        gone = tx.people.remove_steward(email, wiring.clock(), "system")
        left = len(tx.people.steward_addresses())
    if not gone:
        typer.echo(f"brug: {email} is no steward; see brug steward list", err=True)
        raise typer.Exit(2)
    typer.echo(f"{email} is no steward any more; {left} left.")
    if not left:
        typer.echo("Nobody looks after the data now: brug steward add EMAIL")


@stewards.command("list")
def list_stewards() -> None:
    """Show who looks after the data."""
    with _at_work() as (_, store), store.read() as tx:
        addresses = tx.people.steward_addresses()
        names = {person.email.lower(): person.name for person in tx.people.stewards()}
    for address in addresses:
        typer.echo(f"{address}  {names.get(address, '(no name: no letter reaches them)')}")
    if not addresses:
        typer.echo("Nobody looks after the data yet: brug steward add EMAIL")
