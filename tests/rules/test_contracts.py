"""Each import contract bites: a copy of the house with one wrong import is refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

BREACHES = [
    ("never upward", "store/audit.py", "import handlers.errors"),
    ("never upward", "handlers/errors.py", "import scheduler.courier"),
    ("never upward", "scheduler/courier.py", "import bot.logs"),
    ("The rooms do not know each other", "bot/teams/render.py", "import bot.slack.render"),
    ("know no platform", "handlers/errors.py", "import slack_sdk"),
    ("know no platform", "scheduler/courier.py", "import slack_bolt"),
    ("Only the store speaks SQL", "handlers/errors.py", "import sqlalchemy"),
    ("Only the store speaks SQL", "bot/logs.py", "import sqlite3"),
    ("features apart", "handlers/coverage.py", "import handlers.help"),
    ("No package has a cycle", "handlers/speech/form.py", "import handlers.context"),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    lint = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "300"},
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for package in ("bot", "scheduler", "handlers", "store"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.csv"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_as_it_is_keeps_every_contract(house: Path) -> None:
    done = lint_imports(house)

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "file", "wrong"), BREACHES)
def test_a_wrong_import_is_refused(house: Path, contract: str, file: str, wrong: str) -> None:
    path = house / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{wrong}\n", encoding="utf-8")

    done = lint_imports(house)

    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert done.returncode != 0
    assert any(contract in line for line in broken), done.stdout
