"""The program itself, started as a person would: bytes in, bytes out, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


class Brug:
    """The command `brug` with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(
        self, *arguments: str, typed: str | bytes | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("BRUG_", "SLACK_"))}
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            env={**clean, "PYTHONPATH": str(ROOT), "BRUG_HOME": str(self.home), **settings},
            cwd=self.home.parent,
            input=typed.encode() if isinstance(typed, str) else typed,
            stdin=subprocess.DEVNULL if typed is None else None,
            capture_output=True,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )


@pytest.fixture(scope="module")
def brug(tmp_path_factory: pytest.TempPathFactory) -> Brug:
    return Brug(tmp_path_factory.mktemp("brug") / "home")


def test_a_question_is_answered_on_a_machine_that_never_saw_brug(tmp_path: Path) -> None:
    done = Brug(tmp_path / "new")("ask", "bij wie moet ik zijn voor 8500?")

    assert done.returncode == 0
    assert "ludo.lemahieu@cdvaura.be" in done.stdout
    assert "annick.steyt@samentegenschooluitval-wvl.be" in done.stdout
    assert "overgenomen op" in done.stdout
    assert done.stderr == ""


def test_the_json_of_an_answer_has_what_machines_need(brug: Brug) -> None:
    found = json.loads(brug("ask", "wie dekt Aalst?", "--json").stdout)

    assert (found["feature"], found["kind"]) == ("coverage", "answer")
    assert found["headline"] in found["text"]
    assert found["data"]["regions"] == ["oost-vlaanderen"]
    assert {person["email"].lower() for person in found["data"]["people"]} == {
        "frederik.declercq@vzwapart.be",
        "oona.somers@vclbmeetjesland.be",
        "sofie.baert@clboudenaarde.be",
    }
    assert {person["covering_for"] for person in found["data"]["people"]} == {None}
    assert found["confidence"] >= 0.9
    assert "2026" in found["source"]


def test_a_batch_is_answered_in_its_own_order_and_a_bad_line_is_named(
    brug: Brug, tmp_path: Path
) -> None:
    batch = tmp_path / "questions.jsonl"
    lines: list[dict[str, str]] = [
        {"text": "wie Gent"},
        {"text": "wie Meldert"},
        {"text": "Who covers Hasselt?", "language": "en"},
    ]
    batch.write_text(
        "\n".join(json.dumps(line) for line in lines) + '\nnonsense\n{"tekst": 1}\n'
        '{"text": "wie Gent", "language": "de"}\n{"text": "wie Gent", "as": "barbara"}\n'
    )

    done = brug("ask", "--batch", str(batch))

    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["kind"] for one in found] == ["answer", "question", "answer", *["error"] * 4]
    assert found[0]["data"]["regions"] == ["oost-vlaanderen"]
    assert len(found[1]["data"]["choices"]) == 3
    assert found[2]["headline"].startswith("For Hasselt")
    assert found[3]["line"] == 4
    assert "expected one of nl, fr, en" in found[5]["error"]
    assert "expected an e-mail address" in found[6]["error"]
    assert done.returncode == 0


def test_a_question_needs_no_quotes(brug: Brug) -> None:
    assert brug("ask", "wie", "Sint", "Truiden").stdout == brug("ask", "wie Sint Truiden").stdout
    assert "Time-out" in brug("search", "time-out", "kortrijk").stdout


def test_a_batch_can_come_out_of_a_pipe(brug: Brug) -> None:
    done = brug("ask", "--batch", "-", typed='{"text": "wie Gent"}\n')

    assert json.loads(done.stdout)["data"]["place"] == "Gent"


def test_a_pipe_is_a_chat_in_which_numbers_press_buttons(brug: Brug) -> None:
    done = brug(typed="wie Meldert\n3\nstop\nwie Aalst\n")

    assert "[3] Meldert (Lummen, Limburg)" in done.stdout
    assert "Claudia" in done.stdout
    assert "Frederik" not in done.stdout


def test_the_words_of_a_button_press_it_too(brug: Brug) -> None:
    done = brug(typed="wie Aalst\nwaarom\n")

    assert "Frederik is coördinator jeugdhulp-onderwijs in Oost-Vlaanderen, volgens" in done.stdout


def test_one_can_speak_as_another_person(brug: Brug) -> None:
    done = brug(typed="/als barbara\n/als niemand\n/als\n")

    assert "Je spreekt nu als Barbara" in done.stdout
    assert "Die naam ken ik niet" in done.stdout
    assert "Je bent weer jezelf" in done.stdout


def test_what_is_meant_for_who_gave_no_name_is_nobody_elses(tmp_path: Path) -> None:
    brug = Brug(tmp_path / "home")
    brug(typed="/digest voor mij elke maandag 9u limburg\n")

    mine = brug(typed="/digest voor mij\n").stdout
    hers = brug(typed="/als nathalie vanbergen\n/digest\n").stdout

    assert "Jouw weekbericht" in mine
    assert "Je spreekt nu als Nathalie" in hers
    assert "Jouw weekbericht" not in hers
    assert "Dit kanaal heeft geen weekbericht." in hers


def test_bytes_that_are_no_text_are_no_reason_to_fall_over(brug: Brug) -> None:
    done = brug(typed=b"wie \xff\xfe\x00 Aalst\n\xf0\x28\n")

    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_without_keyboard_or_input_it_plays_a_demonstration_and_ends(brug: Brug) -> None:
    done = brug()

    assert done.returncode == 0
    assert "demonstratie" in done.stdout
    assert len(done.stdout.splitlines()) < 400  # to be read in a minute or two
    assert "Frederik" in done.stdout


def test_every_command_explains_itself(brug: Brug) -> None:
    for command in ([], ["ask"], ["console"], ["seed"], ["check"], ["db"], ["steward"]):
        done = brug(*command, "--help")

        assert done.returncode == 0
        assert "Usage:" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask"], "--batch FILE"),
        (["ask", "wie Aalst", "--language", "klingon"], "nl, fr, en"),
        (["ask", "wie Aalst", "--as", "barbara"], "an e-mail address"),
        (["ask", "--batch", "nowhere.jsonl"], "nowhere.jsonl"),
        (["steward", "add", "noor"], "an e-mail address"),
    ],
    ids=["nothing", "language", "as", "batch", "steward"],
)
def test_a_wrong_command_says_what_was_expected(
    brug: Brug, arguments: list[str], told: str
) -> None:
    done = brug(*arguments)

    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_settings_are_named_all_at_once(brug: Brug) -> None:
    done = brug("ask", "wie Aalst", BRUG_LANGUAGE="xx", BRUG_LOG_LEVEL="LOUD")

    assert done.returncode == 2
    assert "BRUG_LANGUAGE" in done.stderr
    assert "BRUG_LOG_LEVEL" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_says_that_all_is_well_and_exits_with_zero(brug: Brug) -> None:
    done = brug("check")

    assert done.returncode == 0
    assert "13 people" in done.stdout
    assert "PROBLEM" not in done.stdout


def test_check_says_what_is_wrong_and_exits_with_one(brug: Brug) -> None:
    done = brug("check", BRUG_DATABASE_URL="postgresql://brug:geheim@127.0.0.1:9/brug")

    assert done.returncode == 1
    assert "PROBLEM database" in done.stdout
    assert "geheim" not in done.stdout + done.stderr


def test_seed_and_upgrade_can_be_repeated(brug: Brug) -> None:
    for command in (["seed"], ["db", "upgrade"], ["seed"]):
        assert brug(*command).returncode == 0


def test_a_steward_is_added_once(brug: Brug) -> None:
    first = brug("steward", "add", "noor.voorbeeld@example.org")
    second = brug("steward", "add", "noor.voorbeeld@example.org")

    assert "is a steward now" in first.stdout
    assert "was a steward already" in second.stdout


def test_who_was_made_a_steward_is_listed_and_can_be_taken_away_again(brug: Brug) -> None:
    brug("steward", "add", "Noor.Voorbeeld@example.org", "--name", "Noor Voorbeeld")
    brug("steward", "add", "sam.denkbeeld@example.org")

    listed = brug("steward", "list").stdout
    gone = brug("steward", "remove", "noor.voorbeeld@example.org")
    again = brug("steward", "remove", "noor.voorbeeld@example.org")

    assert "noor.voorbeeld@example.org  Noor Voorbeeld" in listed
    assert "sam.denkbeeld@example.org  (no name" in listed
    assert "no steward any more; 1 left" in gone.stdout
    assert (again.returncode, "brug steward list" in again.stderr) == (2, True)
    assert "noor" not in brug("steward", "list").stdout


def test_a_batch_of_texts_is_judged_line_by_line_and_never_repeated(brug: Brug) -> None:
    done = brug(
        "guard",
        "--batch",
        "-",
        typed='{"text": "bel 0470 12 34 56"}\nnonsense\n{"text": "3 jongeren in Gent"}\n',
    )

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["verdict"] for one in found] == ["refuse", "error", "pass"]
    assert found[0]["kinds"] == ["phone"]
    assert found[0]["spans"] == [[4, 17, "phone"]]
    assert "0470" not in done.stdout


def test_an_address_of_the_contact_list_is_public_in_a_batch_too(brug: Brug) -> None:
    texts = ("Vraag het aan els.dupon@provincieantwerpen.be", "Vraag het aan noor@verzonnen.test")
    done = brug(
        "guard", "--batch", "-", typed="".join(json.dumps({"text": t}) + "\n" for t in texts)
    )

    found = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert found == ["pass", "warn"]


def test_a_bundle_is_written_in_three_shapes(brug: Brug, tmp_path: Path) -> None:
    done = brug("bundle", "limburg", "2026-27", "--out", str(tmp_path))

    assert done.returncode == 0
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".csv", ".docx", ".md"]


@pytest.mark.parametrize("wrong", [("mars", "2026-27"), ("limburg", "2026-28")], ids=str)
def test_a_bundle_of_nowhere_or_never_is_refused(brug: Brug, wrong: tuple[str, str]) -> None:
    done = brug("bundle", *wrong)

    assert done.returncode == 2
    assert "expected" in done.stderr


def test_forgetting_can_be_tried_first(brug: Brug) -> None:
    tried = brug("forget", "--dry-run").stdout

    assert "signals 0, corrections 0, follows 0, questions 0" in tried
    assert "nothing was changed" in tried
    assert "signals 0, corrections 0, follows 0, questions 0" in brug("forget").stdout


def test_a_pipe_that_ends_in_the_middle_of_a_form_sends_nothing(brug: Brug) -> None:
    done = brug(typed="/signaal\nEr zijn te weinig plaatsen in een time-out.\n")

    assert done.returncode == 0
    assert "Bewaard" not in done.stdout


def test_who_speaks_is_not_left_aside_where_it_stands_before_the_command(brug: Brug) -> None:
    done = brug("--as", "claudia.geens@pietersimenon.be", "ask", "wat is mijn regio?")

    assert done.returncode == 2
    assert "brug ask --as EMAIL" in done.stderr
