"""`brug import`, `brug export` and `brug search`, started as a person would."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = "id;naam;organisatie;regio;min_leeftijd\n"

Brug = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def brug(tmp_path: Path) -> Brug:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BRUG_")}
    settings = {"PYTHONPATH": str(ROOT), "BRUG_HOME": str(tmp_path / "home")}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            env={**clean, **settings, "BRUG_DEMONSTRATION": "false"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_file_goes_in_is_found_and_comes_out_again(brug: Brug, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        f"{ROWS}z1;Zeilklas De Vaart;vzw Nergenshuis;Limburg;12\n"
        "z2;Fietsklas;vzw Nergenshuis;Atlantis;12\n"
    )
    (tmp_path / "asked.jsonl").write_text('{"text": "zeilklsa"}\nno json\n{"text": "limburg"}\n')

    trial = brug("import", "a.csv")
    nothing = brug("search", "zeilklas", "--json")
    real = brug("import", "a.csv", "--apply")
    batch = brug("search", "--batch", "asked.jsonl")
    out = brug("export", "b.csv")
    again = brug("import", "b.csv")

    assert (trial.returncode, real.returncode) == (1, 1)  # one row is wrong
    assert "regel 3, kolom regio: “Atlantis”" in trial.stdout
    assert "niets veranderd" in trial.stdout
    assert json.loads(nothing.stdout)["data"]["total"] == 0
    assert "z2" in (tmp_path / "a.csv.fouten.csv").read_text(encoding="utf-8-sig")
    misspelt, broken, region = map(json.loads, batch.stdout.splitlines())
    (found,) = misspelt["data"]["results"]
    assert (found["external_id"], found["kind"]) == ("z1", "schoolextern-aanbod")
    assert broken["kind"] == "error"
    assert region["data"]["regions"] == ["limburg"]
    assert (out.returncode, again.returncode) == (0, 0)
    assert "0 toe te voegen, 0 gewijzigd, 1 gelijk" in again.stdout


@pytest.mark.parametrize("name", ["is_er_niet.csv", "leeg.csv"])
def test_a_file_that_cannot_be_read_is_named_without_a_traceback(
    name: str, brug: Brug, tmp_path: Path
) -> None:
    (tmp_path / "leeg.csv").write_bytes(b"")

    done = brug("import", name)

    assert done.returncode == 2
    assert name in done.stdout
    assert "Traceback" not in done.stderr
