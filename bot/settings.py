"""Every setting, read once at the start: type, default, meaning, and where to find it.

Settings come from the environment, or from a file `.env` in the folder where Brug starts. They
are checked as a whole: one message names everything that is wrong. What is set to nothing is as
good as not set. Why this is not a library's work: decisions/0002.
"""
# ruff: noqa: RUF009 - `_setting` returns a dataclass field, as `field` itself does

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, cast

_Value = TypeVar("_Value")

_ENV_FILE = Path(".env")
_ALIKE = 0.9
"""So near to a setting's name (0 to 1, difflib) is a slip of the finger, not another program."""


class SettingsWrong(Exception):
    """Settings are wrong; the message names each, and what was expected, never its value."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        """Name everything at once, so that it can be mended at once."""
        lines = [f"  {name}: {expected}" for name, expected in wrong.items()]
        super().__init__("\n".join(["These settings need a look (README, “Settings”):", *lines]))


def _text(pattern: str = "", expected: str = "") -> Callable[[str], str]:
    def read(typed: str) -> str:
        if pattern and not re.fullmatch(pattern, typed):
            raise ValueError(expected)
        return typed

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if typed not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return typed

    return read


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and int(typed) < 2**16):
        raise ValueError("a whole number from 0 to 65535")
    return int(typed)


def _yes_or_no(typed: str) -> bool:
    said = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if typed.lower() not in said:
        raise ValueError("true or false")
    return said[typed.lower()]


def _setting(
    name: str,
    default: _Value,
    read: Callable[[str], _Value],
    meaning: str,
    *,
    secret: bool = False,
) -> _Value:
    """Return a field; that it says to be a value is what dataclasses say of theirs, too."""
    told = {"name": name, "read": read, "meaning": meaning}
    return cast("_Value", field(default=cast("Any", default), repr=not secret, metadata=told))


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set. The README's table is made from this class (`brug settings`)."""

    home: Path = _setting(
        "BRUG_HOME",
        Path(".brug"),
        Path,
        "Folder for what Brug keeps on this machine: the embedded database, locks.",
    )
    database_url: str = _setting(
        "BRUG_DATABASE_URL",
        "",
        _text(),
        "Database: `sqlite:///path/brug.db` or `postgresql://user@host/brug`. "
        "Empty: a SQLite file in `BRUG_HOME`.",
        secret=True,  # it may hold a password
    )
    central_mailbox: str = _setting(
        "BRUG_CENTRAL_MAILBOX",
        "",
        _text(r"[^@\s]+@[^@\s]+", "an e-mail address"),
        "Address that Brug names when nobody of any region is there. "
        "Empty: Brug says that there is none.",
    )
    log_level: str = _setting(
        "BRUG_LOG_LEVEL",
        "WARNING",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "How much goes to the log: DEBUG, INFO, WARNING or ERROR. Never what people typed.",
    )
    language: str = _setting(
        "BRUG_LANGUAGE",
        "nl",
        _one_of("nl", "fr", "en"),
        "Language of the console: nl, fr or en.",
    )
    host: str = _setting(
        "BRUG_HOST",
        "127.0.0.1",
        _text(),
        "Address that `brug serve` listens on. Loopback, unless a proxy with HTTPS in "
        "front of it is on another machine.",
    )
    port: int = _setting("BRUG_PORT", 8080, _port, "Port that `brug serve` listens on.")
    slack_bot_token: str = _setting(
        "SLACK_BOT_TOKEN",
        "",
        _text(),
        "Brug's token in Slack, `xoxb-…`: api.slack.com/apps, “OAuth & Permissions”.",
        secret=True,
    )
    slack_app_token: str = _setting(
        "SLACK_APP_TOKEN",
        "",
        _text(),
        "Token for Socket Mode, `xapp-…` with `connections:write`: “Basic "
        "Information”, “App-Level Tokens”. Nothing has to reach Brug from outside then.",
        secret=True,
    )
    slack_signing_secret: str = _setting(
        "SLACK_SIGNING_SECRET",
        "",
        _text(),
        "What Slack signs HTTP requests with: “Basic Information”, “Signing Secret”. "
        "Instead of `SLACK_APP_TOKEN`, when Slack reaches Brug over HTTPS.",
        secret=True,
    )
    slack_api_base_url: str = _setting(
        "SLACK_API_BASE_URL",
        "https://slack.com/api/",
        _text(r"https?://[^\s/]+/(\S*/)?", "an address with a slash at the end"),
        "Where Slack's Web API is, with a slash at the end: "
        "`https://slack-gov.com/api/`, or a Slack to try things with.",
    )
    slack_home_workspace: str = _setting(
        "SLACK_HOME_WORKSPACE",
        "",
        _text(r"T[A-Z0-9]+", "a workspace's code, T and then capitals and digits"),
        "Workspace of the networks, `T…`: its users are members, all others guests. "
        "Empty: the workspace of `SLACK_BOT_TOKEN`.",
    )
    demonstration: bool | None = _setting(
        "BRUG_DEMONSTRATION",
        None,
        _yes_or_no,
        "Whether to load 150 invented offerings to try Brug with: true or false. "
        "Empty: in the embedded database only.",
    )

    @property
    def demonstrates(self) -> bool:
        """Whether the invented directory is loaded: never in a database that somebody chose."""
        return not self.database_url if self.demonstration is None else self.demonstration

    @property
    def database(self) -> str:
        """The URL of the database, the embedded one if none was set."""
        return self.database_url or f"sqlite:///{self.home / 'brug.db'}"


def load() -> Settings:
    """Read the settings; what the environment says goes before the file `.env`.

    Raises:
        SettingsWrong: If any is wrong, or has a name that is nearly one; it names all of them.
    """
    typed = _in_file() | os.environ
    values: dict[str, object] = {}
    wrong = _misspelt(typed)
    for one in fields(Settings):
        name, text = str(one.metadata["name"]), typed.get(one.metadata["name"], "").strip()
        try:
            if text:
                values[one.name] = one.metadata["read"](text)
        except ValueError as fault:
            wrong[name] = f"should be {fault}"
    if wrong:
        raise SettingsWrong(wrong)
    return Settings(**cast("dict[str, Any]", values))


def table() -> str:
    """Return every setting as a Markdown table, for the README."""
    rows = ["| setting | default | meaning |", "|---|---|---|"]
    for one in fields(Settings):
        empty = one.default is None or not str(one.default)
        shown = "–" if empty else f"`{one.default}`"
        rows.append(f"| `{one.metadata['name']}` | {shown} | {one.metadata['meaning']} |")
    return "\n".join(rows)


def _in_file() -> dict[str, str]:
    if not _ENV_FILE.is_file():
        return {}
    # Read only where there is such a file: the library costs 20 ms of a cold `brug ask`.
    from dotenv import dotenv_values  # noqa: PLC0415

    try:
        return {name: text or "" for name, text in dotenv_values(_ENV_FILE).items()}
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsWrong({".env": "cannot be read; save it as UTF-8 text"}) from fault


def _misspelt(typed: Mapping[str, str]) -> dict[str, str]:
    """Return names that are nearly a setting's: what they set would be silently forgotten."""
    names = [str(one.metadata["name"]) for one in fields(Settings)]
    strange = [n for n in typed if n.startswith(("BRUG_", "SLACK_")) and n not in names]
    if not strange:
        return {}
    from difflib import get_close_matches  # noqa: PLC0415 - only where it is needed: start-up

    near = {name: get_close_matches(name, names, n=1, cutoff=_ALIKE) for name in strange}
    return {name: f"is no setting; {found[0]} is" for name, found in near.items() if found}
