"""Names, initials and indirect descriptions, as teachers and coordinators write them.

Written before the rules were looked at ("dev", "held-out") or after a round of them, before their
misses were seen ("third", "fourth"). First looks: 67/82 noticed and 6/66 false alarms before any
new rule ("held-out"), 34/44 and 0/36 ("third"), 27/36 and 1/24 ("fourth"). All four steered rules
since, so what they guard now is that nothing is lost.
"""

import json
from pathlib import Path

import pytest

from store.privacy import Verdict, inspect

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("people_in_context.jsonl").read_text("utf-8").splitlines()
]
NOTICED = 0.9
FALSE_ALARMS = 0.04


def test_the_set_is_large_enough_to_say_something() -> None:
    assert sum(row["kind"] != "clean" for row in ROWS) >= 250
    assert sum(row["kind"] == "clean" for row in ROWS) >= 100


@pytest.mark.parametrize("kind", ["name", "first", "lower", "surname", "init", "indir"])
def test_nine_of_ten_are_noticed_of_every_kind(kind: str) -> None:
    verdicts = [inspect(row["text"]).verdict for row in ROWS if row["kind"] == kind]
    assert sum(verdict is not Verdict.PASS for verdict in verdicts) >= NOTICED * len(verdicts)


def test_hardly_any_clean_text_is_asked_about() -> None:
    verdicts = [inspect(row["text"]).verdict for row in ROWS if row["kind"] == "clean"]
    alarms = sum(verdict is not Verdict.PASS for verdict in verdicts)
    assert alarms <= FALSE_ALARMS * len(verdicts)


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement de la Fédération Wallonie-Bruxelles renforce l'accrochage scolaire.",
        "Le directeur peut justifier l'absence d'un demi-jour d'un élève malade.",
        "Selon Jean Verzonnen, l'école doit donner confiance à chaque élève.",
        "Flemish Policies on Early School Leaving: A Field Description & Policy Analysis",
        "The Children's Rights Commissioner asks every school to appoint an adviser.",
        "Minister van Onderwijs Noor Verzonnen antwoordde op de vraag.",
        "Geen plaats voor 12-jarigen.",
        "O.a. in Brugge, m.b.t. internaten, is er nood.",
        "Het A.S.O. en B.S.O. verdwijnen als namen.",
    ],
)
def test_the_language_of_public_documents_passes(text: str) -> None:
    assert inspect(text).kinds == ()


@pytest.mark.parametrize(
    "text",
    [
        "stamnummer 123456",
        "clientnummer C-10293",
        "cliëntdossier #55812",
        "jeugddossier 1023-B",
        "JRB 2023/889",
        "Ter Verzonnen 4, 8670 Koksijde",
        "Adres: Dorp 12, Zele",
        "Jarig op 12 maart 2011.",
        "Het meisje is geboren in maart 2011.",
    ],
)
def test_more_spellings_of_traces_are_noticed(text: str) -> None:
    assert inspect(text).verdict is not Verdict.PASS
