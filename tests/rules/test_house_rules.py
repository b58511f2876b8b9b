"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from string import Formatter

import pytest

from bot.settings import table
from handlers import FEATURES
from handlers.rights import RIGHTS, Right, Role, Scope
from handlers.speech.words import LANGUAGES, Words, phrases

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "scheduler", "handlers", "store")
CODE = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
TRACKED = subprocess.run(
    ["git", "ls-files"],  # noqa: S607 - the git of whoever runs the tests
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=False,
).stdout.splitlines()


SHARED = (
    "cards.",
    "searching.",
    "offerings.",
    "trainings.",
    "practices.",
    "networks.",
    "moments.",
)
"""The features over the directory share their code, and put a key together from their own name;
`tests/handlers/test_directory_words.py` holds them against it."""


def holes(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_the_top_level_is_the_prescribed_one() -> None:
    folders = {path.split("/")[0] for path in TRACKED if "/" in path}

    assert folders <= {*PACKAGES, "tests", ".ci"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_in_the_same_values(language: str) -> None:
    dutch = {key: holes(phrase) for key, phrase in phrases("nl").items()}

    assert {key: holes(phrase) for key, phrase in phrases(language).items()} == dutch


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_can_be_said_with_its_values_filled_in(language: str) -> None:
    words = Words(language)
    for key, phrase in phrases(language).items():
        said = words.plain(key, **dict.fromkeys(holes(phrase), "X"))

        assert said.strip(), key
        assert "{" not in said, key
        assert words.prose(key, **dict.fromkeys(holes(phrase), "X")), key


def test_every_phrase_used_is_written_and_every_phrase_written_is_used() -> None:
    written = set(phrases("nl"))
    sections = "|".join({key.partition(".")[0] for key in written})
    named = {
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(rf"(?:{sections})\.[a-z_]*", node.value)
        and not node.value.endswith((".csv", ".toml"))
    }
    # A key that is put together in the code begins with what stands before its hole.
    beginnings = tuple(key for key in named if key.endswith((".", "_")))
    whole = named - set(beginnings)
    # Some phrases have a second form for who speaks of themselves.
    spoken = {key.removesuffix("_self") if key not in whole else key for key in written}

    assert whole <= written
    assert {key for key in spoken - whole if not key.startswith(beginnings + SHARED)} == set()
    assert all(any(key.startswith(beginning) for key in written) for beginning in beginnings)


def test_every_phrase_is_given_the_values_that_it_has_holes_for() -> None:
    dutch = phrases("nl")
    short: list[str] = []
    for path in CODE:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or any(one.arg is None for one in call.keywords):
                continue
            if not isinstance(call.func, ast.Attribute) or call.func.attr not in {
                "plain",
                "prose",
            }:
                continue
            given = {one.arg for one in call.keywords}
            short += [
                f"{path.name}:{call.lineno} {key}: {sorted(holes(dutch[key]) - given)}"
                for key in said_keys(call.args[0])
                if holes(dutch.get(key, "")) - given
            ]

    assert short == []


def said_keys(expression: ast.expr) -> list[str]:
    """Return the keys that an expression may be, of those that are written in full."""
    match expression:
        case ast.Constant(value=str(key)):
            return [key]
        case ast.IfExp(body=one, orelse=other):
            return [*said_keys(one), *said_keys(other)]
        case _:
            return []


def test_every_right_has_words_for_who_may_not() -> None:
    assert {f"rights.{right.value}" for right in Right} == {
        key for key in phrases("nl") if key.startswith("rights.")
    }


def test_every_feature_has_a_file_words_and_examples_in_dutch_first() -> None:
    for feature in FEATURES:
        assert (ROOT / f"handlers/{feature.name}.py").exists()
        assert (ROOT / f"handlers/speech/wording/{feature.name}.toml").exists()
        assert feature.examples[0].language == "nl"
        if feature.name != "help":
            assert f"help.what_{feature.name}" in phrases("nl")


def test_no_two_features_share_a_command() -> None:
    commands = [word for f in FEATURES for word in (f.command, *f.aliases)]

    assert len(commands) == len(set(commands))


def test_the_rights_are_those_of_the_table() -> None:
    scopes = {right: [RIGHTS[right][role] for role in Role] for right in Right}
    none, own, tandem, region, everything = Scope

    assert scopes == {
        Right.ASK: [everything] * 5,
        Right.CONTRIBUTE: [none, everything, everything, everything, everything],
        Right.CHANGE_ENTRY: [none, none, own, region, everything],
        Right.REGISTER_ABSENCE: [none, none, none, tandem, everything],
        Right.TRIAGE: [none, none, none, region, everything],
        Right.SET_DIGEST: [none, none, none, region, everything],
        Right.ADMINISTER: [none, none, none, none, everything],
    }


def test_the_table_of_settings_in_the_readme_is_made_from_the_code() -> None:
    assert table() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    for name in TRACKED:
        path = ROOT / name
        if path.suffix in {".csv", ".jsonl"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if name.startswith(("requirements", ".ci/")) or name == "Makefile":
            assert "://" not in text, name
        assert not re.search(r"(?<![\w.])/(?:work|home|farm|Users)/\w", text), name


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        for line in filter(None, (line.strip() for line in text.splitlines())):
            assert re.match(r"[\w.-]+==\S+", line), line
            assert "--hash=sha256:" in line, line


def test_the_program_imports_nothing_that_only_the_tests_install() -> None:
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    installed = {line.partition("==")[0] for line in pinned.splitlines() if "==" in line}
    distributions = packages_distributions()
    imported = {
        name.partition(".")[0]: path.relative_to(ROOT)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    }

    foreign = {
        name: str(path)
        for name, path in imported.items()
        if name not in (*PACKAGES, *sys.stdlib_module_names)
        and not {_normal(one) for one in distributions.get(name, [])} & installed
    }

    assert foreign == {}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
