"""Peers as fixtures: what nobody here wrote, to hold our payloads against.

block_kit        JSON Schema of Slack's own types, with the limits of their comments
slack_schemas    the same for what Slack sends, what it is asked, and what it answers
adaptive_cards   Microsoft's reader of Adaptive Cards, and the Markdown of its texts
card_schema      Microsoft's JSON Schema of Adaptive Card 1.5, where it lies beside the checkout

They need Node and `npm install` in this folder. Where that is missing a test is skipped and says
what to do; with BRUG_REQUIRE_PEERS=1 it fails instead.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeAlias

import pytest
from jsonschema import Draft6Validator, Draft7Validator

from tests.peers.lift_limits import Schema, lift
from tests.peers.missing import missing

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
GENERATED = FOLDER / ".generated"
CARD_SCHEMA = FOLDER.parents[2] / "shared/peers/adaptive-card-1.5.schema.json"

Checks: TypeAlias = Callable[[str, Any], list[str]]
"""(name of a type, value) → where the value is not of that type; nothing when it is."""


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Return the folder with the installed npm packages, in the versions of package.json."""
    install = f"npm install --no-package-lock --no-audit --no-fund, in {FOLDER}"
    if shutil.which("node") is None:
        missing("Node", "install Node 20 or later (Debian: apt-get install nodejs npm)")
    if not MODULES.is_dir():
        missing("tests/peers/node_modules", install)
    wanted: dict[str, str] = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    for name, version in wanted.items():
        manifest = MODULES / name / "package.json"
        found = json.loads(manifest.read_text())["version"] if manifest.is_file() else "nothing"
        if found != version:
            missing(f"npm package {name} {version} (found: {found})", install)
    return MODULES


@pytest.fixture(scope="session")
def slack_schemas(node_modules: Path) -> Callable[[str], Checks]:
    """Return a maker of checks: "inbound", "outbound" or "wire" → (type, value) → problems."""
    return lambda source: checks(_generated(source, node_modules))


@pytest.fixture(scope="session")
def block_kit(node_modules: Path) -> Checks:
    """Return the checks of "MessageBlocks", "Modal", "Home", "Metadata" and "Suggestions"."""
    schema, lifted, missed = lift(_generated("kit", node_modules))
    assert (lifted, missed) == (129, []), "Slack's comments changed: read them again"
    return checks(schema)


def checks(schema: Schema) -> Checks:
    """Return the checks of the types in a schema."""
    made = dict[str, Any]()

    def problems(name: str, value: object) -> list[str]:
        if name not in made:
            made[name] = Draft7Validator(schema | {"$ref": f"#/definitions/{name}"})
        return [f"{e.json_path}: {e.message[:300]}" for e in made[name].iter_errors(value)]

    return problems


def _node() -> str:
    return shutil.which("node") or "node"


def _generated(source: str, node_modules: Path) -> Schema:
    """Return the schema of a file in schema/, made anew when anything under it changed."""
    config, typescript = FOLDER / "schema/tsconfig.json", FOLDER / f"schema/{source}.ts"
    under_it = (FOLDER / "package.json", config, typescript)
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in under_it)).hexdigest()
    target = GENERATED / f"{source}-{digest[:16]}.json"
    if not target.is_file():
        GENERATED.mkdir(exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}")
        arguments = ["--path", typescript, "--tsconfig", config, "--type", "*"]
        # Only Slack's own types are read strictly; those of its SDKs pull in Express and Node.
        arguments += [] if source == "kit" else ["--no-type-check"]
        program = node_modules / "ts-json-schema-generator/bin/ts-json-schema-generator.js"
        subprocess.run([_node(), program, *arguments, "--out", unfinished], check=True, cwd=FOLDER)
        unfinished.replace(target)
    return json.loads(target.read_text())


class AdaptiveCards:
    """The process of adaptive_cards.js, asked line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Talk to this process."""
        self._process = process

    def problems(self, card: object) -> list[str]:
        """Return what Microsoft's reader does not understand in a card, refuses or loses."""
        return self._ask({"card": card})["problems"]

    def html(self, markdown: str) -> str:
        """Return what Markdown becomes where cards are drawn."""
        return self._ask({"markdown": markdown})["html"]

    def _ask(self, question: object) -> dict[str, Any]:
        put, get = _pipe(self._process.stdin), _pipe(self._process.stdout)
        put.write(json.dumps(question) + "\n")
        put.flush()
        return json.loads(get.readline())


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


@pytest.fixture(scope="session")
def adaptive_cards(node_modules: Path) -> Iterator[AdaptiveCards]:
    """Yield Microsoft's reader of cards, running."""
    assert node_modules
    with subprocess.Popen(
        [_node(), FOLDER / "adaptive_cards.js"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield AdaptiveCards(process)
        _pipe(process.stdin).close()


@pytest.fixture(scope="session")
def card_schema() -> Callable[[object], list[str]]:
    """Return the check of a card by Microsoft's JSON Schema, which is not ours to commit."""
    if not CARD_SCHEMA.is_file():
        pytest.skip(f"Microsoft's schema of Adaptive Card 1.5 is not at {CARD_SCHEMA.name}")
    validator: Any = Draft6Validator(json.loads(CARD_SCHEMA.read_text()))
    return lambda card: [error.message[:300] for error in validator.iter_errors(card)]
