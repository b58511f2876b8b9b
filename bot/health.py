"""What works, what is missing, and where to find it: `brug check`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.settings import Settings, SettingsWrong, load
from bot.wiring import opened
from store import Store, StoreError
from store.records import LetterState, Region


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: "settings", "database", "scheduler", "slack" …
        fine: Whether Brug can work this way.
        text: What was found and, where something is missing, what to do.
    """

    subject: str
    fine: bool
    text: str

    def __str__(self) -> str:
        """Return it as a line for a terminal."""
        return f"{'ok     ' if self.fine else 'PROBLEM'} {self.subject:<10} {self.text}"


def examine() -> Sequence[Finding]:
    """Look at settings, database, facts, scheduler and platforms."""
    try:
        settings = load()
    except SettingsWrong as fault:
        return [Finding("settings", fine=False, text=str(fault))]
    found = [Finding("settings", fine=True, text=f"read; home is {settings.home}")]
    try:
        with opened(settings) as store:
            found += _database(store)
    except StoreError as fault:
        found.append(Finding("database", fine=False, text=str(fault)))
    return [*found, _scheduler(), *_platforms(settings)]


def _database(store: Store) -> Iterator[Finding]:
    with store.read() as tx:
        gazetteer = tx.gazetteer.load()
        people = tx.people.everyone()
        waiting = len(tx.outbox.in_state(LetterState.WAITING))
        held = len(tx.outbox.in_state(LetterState.HELD))
        reached, unreached = tx.people.stewards(), tx.people.unreachable_stewards()
    yield Finding("database", fine=True, text=f"{store.engine.url.render_as_string()} answers")
    regions = {place.region for place in gazetteer.places}
    complete = regions == set(Region) and bool(people)
    text = f"{len(gazetteer.places)} places, {len(people)} people"
    if not complete:
        text += "; run `brug seed`"
    yield Finding("facts", fine=complete, text=text)
    text = f"{waiting} waiting, {held} held" + ("; their owners decide" if held else "")
    yield Finding("letters", fine=True, text=text)
    if not (reached or unreached):
        text = "none yet, so nobody hears what is wrong; `brug steward add EMAIL --name NAME`"
    else:
        text = f"{len(reached) + len(unreached)}"
        if unreached:
            text += f"; no letter reaches {', '.join(unreached)}: `brug steward add` with --name"
    yield Finding("stewards", fine=True, text=text)


def _scheduler() -> Finding:
    try:
        ZoneInfo("Europe/Brussels")
    except ZoneInfoNotFoundError:
        text = "no time zone Europe/Brussels on this machine; run `pip install tzdata`"
        return Finding("scheduler", fine=False, text=text)
    return Finding("scheduler", fine=True, text="knows the clock of Europe/Brussels")


def _platforms(settings: Settings) -> Iterator[Finding]:
    yield Finding("console", fine=True, text="needs no account")
    yield _slack(settings)


def _slack(settings: Settings) -> Finding:
    token = settings.slack_bot_token
    socket = settings.slack_app_token
    secret = settings.slack_signing_secret
    if not (token or socket or secret):
        text = "not set up; `brug manifest slack` prints what api.slack.com/apps asks for"
        return Finding("slack", fine=True, text=text)
    wrong: list[str] = []
    if not token.startswith("xoxb-"):
        wrong.append(
            "SLACK_BOT_TOKEN should start with xoxb- "
            "(api.slack.com/apps, your app, “OAuth & Permissions”)"
        )
    if socket and not socket.startswith("xapp-"):
        wrong.append(
            "SLACK_APP_TOKEN should start with xapp- (“Basic Information”, “App-Level Tokens”)"
        )
    if not (socket or secret):
        wrong.append(
            "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP "
            "(both under “Basic Information”)"
        )
    if wrong:
        return Finding("slack", fine=False, text="; ".join(wrong))
    ways = " and ".join(way for way, on in (("Socket Mode", socket), ("HTTP", secret)) if on)
    return Finding("slack", fine=True, text=f"set up for {ways}; `brug serve` starts it")
