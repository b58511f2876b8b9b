"""`brug check` says what is missing for Slack, and where to find it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import app

GOOD = {"SLACK_BOT_TOKEN": "xoxb-invented", "SLACK_APP_TOKEN": "xapp-invented"}


def check(folder: Path, settings: dict[str, str]) -> tuple[int, str]:
    environment = {"BRUG_HOME": str(folder), **settings}
    done = CliRunner().invoke(app, ["check"], env=environment)
    lines = [line for line in done.stdout.splitlines() if " slack " in f"{line} "]
    return done.exit_code, "\n".join(lines)


def test_without_any_setting_slack_is_not_set_up_and_that_is_fine(tmp_path: Path) -> None:
    code, said = check(tmp_path, {})

    assert code == 0
    assert "brug manifest slack" in said


def test_with_its_tokens_slack_is_set_up(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == (
        0,
        "ok      slack      set up for Socket Mode; `brug serve` starts it",
    )


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-invented"}, "SLACK_SIGNING_SECRET for HTTP"),
        ({"SLACK_APP_TOKEN": "xapp-invented"}, "OAuth & Permissions"),
        (GOOD | {"SLACK_BOT_TOKEN": "xapp-invented"}, "should start with xoxb-"),
        (GOOD | {"SLACK_APP_TOKEN": "xoxb-invented"}, "App-Level Tokens"),
    ],
)
def test_what_is_missing_is_named_with_where_to_find_it(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    code, said = check(tmp_path, settings)

    assert code == 1
    assert says in said
    assert "invented" not in said


def test_nothing_is_served_without_a_room(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["serve"], env={"BRUG_HOME": str(tmp_path)})

    assert done.exit_code == 2
    assert "brug check" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_API_BASE_URL", "https://slack.com/api"),
        ("SLACK_HOME_WORKSPACE", "verzonnen"),
        ("BRUG_PORT", "99999"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path: Path, name: str, value: str) -> None:
    done = CliRunner().invoke(app, ["serve"], env={"BRUG_HOME": str(tmp_path), name: value})

    assert done.exit_code == 2
    assert name in done.stderr
