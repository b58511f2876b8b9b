"""Every setting, read once at the start: type, default, meaning, and where to find it.

Settings come from the environment, or from a file `.env` in the folder where Brug starts. They
are checked as a whole: one message names everything that is missing or wrong.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsWrong(Exception):
    """Settings are missing or wrong; the message names each, and what was expected."""

    def __init__(self, fault: ValidationError) -> None:
        """Name everything at once, so that it can be mended at once."""
        wrong = [f"  {error['loc'][0]}: {error['msg']}" for error in fault.errors()]
        super().__init__("\n".join(["These settings need a look (README, “Settings”):", *wrong]))


class Settings(BaseSettings):
    """What may be set. The README's table is made from this class (`brug settings`)."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    home: Path = Field(
        default=Path(".brug"),
        validation_alias="BRUG_HOME",
        description="Folder for what Brug keeps on this machine: the embedded database, locks.",
    )
    database_url: str = Field(
        default="",
        validation_alias="BRUG_DATABASE_URL",
        description="Database: `sqlite:///path/brug.db` or `postgresql://user@host/brug`. "
        "Empty: a SQLite file in `BRUG_HOME`.",
    )
    central_mailbox: str = Field(
        default="",
        pattern=r"^$|^[^@\s]+@[^@\s]+$",
        validation_alias="BRUG_CENTRAL_MAILBOX",
        description="Address that Brug names when nobody of any region is there. "
        "Empty: Brug says that there is none.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING",
        validation_alias="BRUG_LOG_LEVEL",
        description="How much goes to the log: DEBUG, INFO, WARNING or ERROR. "
        "Never what people typed.",
    )
    language: Literal["nl", "fr", "en"] = Field(
        default="nl",
        validation_alias="BRUG_LANGUAGE",
        description="Language of the console: nl, fr or en.",
    )
    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        validation_alias="BRUG_HOST",
        description="Address that `brug serve` listens on. Loopback, unless a proxy with HTTPS in "
        "front of it is on another machine.",
    )
    port: int = Field(
        default=8080,
        ge=0,
        le=65535,
        validation_alias="BRUG_PORT",
        description="Port that `brug serve` listens on.",
    )
    slack_bot_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_BOT_TOKEN",
        description="Brug's token in Slack, `xoxb-…`: api.slack.com/apps, “OAuth & Permissions”.",
    )
    slack_app_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_APP_TOKEN",
        description="Token for Socket Mode, `xapp-…` with `connections:write`: “Basic "
        "Information”, “App-Level Tokens”. Nothing has to reach Brug from outside then.",
    )
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_SIGNING_SECRET",
        description="What Slack signs HTTP requests with: “Basic Information”, “Signing Secret”. "
        "Instead of `SLACK_APP_TOKEN`, when Slack reaches Brug over HTTPS.",
    )
    slack_api_base_url: str = Field(
        default="https://slack.com/api/",
        pattern=r"^https?://[^\s/]+/(\S*/)?$",
        validation_alias="SLACK_API_BASE_URL",
        description="Where Slack's Web API is, with a slash at the end: "
        "`https://slack-gov.com/api/`, or a Slack to try things with.",
    )
    slack_home_workspace: str = Field(
        default="",
        pattern=r"^$|^T[A-Z0-9]+$",
        validation_alias="SLACK_HOME_WORKSPACE",
        description="Workspace of the networks, `T…`: its users are members, all others guests. "
        "Empty: the workspace of `SLACK_BOT_TOKEN`.",
    )

    demonstration: bool | None = Field(
        default=None,
        validation_alias="BRUG_DEMONSTRATION",
        description="Whether to load 150 invented offerings to try Brug with: true or false. "
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
    """Read the settings.

    Raises:
        SettingsWrong: If any is missing or wrong; it names all of them.
    """
    try:
        return Settings()
    except ValidationError as fault:
        raise SettingsWrong(fault) from fault


def table() -> str:
    """Return every setting as a Markdown table, for the README."""
    rows = ["| setting | default | meaning |", "|---|---|---|"]
    for field in Settings.model_fields.values():
        shown = "–" if field.default in {None, ""} else f"`{field.default}`"
        rows.append(f"| `{field.validation_alias}` | {shown} | {field.description} |")
    return "\n".join(rows)
