"""Names, ages, addresses and the child without a name: what is asked about, and what passes."""

import json
from pathlib import Path

import pytest

from store.privacy import Kind, Verdict, inspect, without
from tests.bench.guard import HALVES

TEXTS = [
    json.loads(line)
    for line in (Path(__file__).parent / "guard_texts.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Noor Voorbeeld, 14 jaar, komt niet meer.", Kind.PERSON_NAME),
        ("Leerling Xyrenna zit thuis.", Kind.PERSON_NAME),
        ("Lotte C. wacht op een plaats.", Kind.PERSON_NAME),
        ("kobe (13) spijbelt", Kind.PERSON_NAME),
        ("PEETERS JAN 3A", Kind.PERSON_NAME),
        ("amber v. uit 5b", Kind.PERSON_NAME),
        ("Mevr. De Smet vraagt hulp.", Kind.PERSON_NAME),
        ("L'élève Inès Voorbeeld est absente.", Kind.PERSON_NAME),
        ("My pupil Hassan lives in a squat.", Kind.PERSON_NAME),
        ("Lina, 8 jaar, slaapt op school.", Kind.AGE_IN_CONTEXT),
        ("Amina uit 3B probeert vijf scholen.", Kind.CLASS_IN_CONTEXT),
        ("Noor, 3de Moderne Wetenschappen, weigert.", Kind.CLASS_IN_CONTEXT),
        ("Leerling M.E., eerste graad, valt uit.", Kind.INITIALS),
        ("K. De W., 12 jaar, wacht.", Kind.INITIALS),
        ("Jongen T. (10) mag halve dagen komen.", Kind.INITIALS),
        ("Vraag het aan @noor.verzonnen", Kind.MENTION),
        ("Vraag het aan <@U012AB3CD>", Kind.MENTION),
        ("Vraag het aan <at>Noor</at>", Kind.MENTION),
        ("Ze wonen in de Kerkstraat 12 te Ronse.", Kind.ADDRESS),
        ("Adres: 12, rue de la Loi", Kind.ADDRESS),
        ("Geboren op 12/03/2011.", Kind.BIRTH_DATE),
        ("Née le 4 mai 2010.", Kind.BIRTH_DATE),
        ("° 04.09.2012", Kind.BIRTH_DATE),
        ("date of birth: 2009-12-24", Kind.BIRTH_DATE),
        ("kleuter, 03-02-2020, niet ingeschreven", Kind.POSSIBLE_BIRTH_DATE),
        ("Nummerplaat 1-ABC-234", Kind.LICENCE_PLATE),
        ("SISA-2024-1187 loopt", Kind.FILE_NUMBER),
        ("JO-dossier 2023/45671", Kind.FILE_NUMBER),
        ("Dossier nr. 45871 zit vast.", Kind.FILE_NUMBER),
        ("Het zoontje van de slager komt niet.", Kind.INDIRECT),
        ("Het enige meisje met een rolstoel in het zesde leerjaar.", Kind.INDIRECT),
        ("Onze leerling met het syndroom van Williams in Zele.", Kind.INDIRECT),
        ("The mayor's son was caught.", Kind.INDIRECT),
        ("gesprek met bart maes over de stage", Kind.PERSON_NAME),
        ("in genk woont karel willems al lang alleen", Kind.PERSON_NAME),
        ("ik zoek plaats voor senna van der verzonnen", Kind.PERSON_NAME),
        ("wij zagen lode uit 5b roken", Kind.PERSON_NAME),
        ("ward zit al weken bij zijn oma", Kind.PERSON_NAME),
        ("Roos uit het vierde is zwanger.", Kind.PERSON_NAME),
        ("ahmed from year 4 hides", Kind.PERSON_NAME),
        ("Lode VDV weigert hulp", Kind.PERSON_NAME),
        ("De betrokken leerling (Ch. D.) komt niet.", Kind.INITIALS),
        ("De dochter van burgemeester Verzonnen is weg.", Kind.INDIRECT),
        ("Een meisje uit Zele, 14 jaar, kreeg een kind van haar oom.", Kind.INDIRECT),
        ("Le fils du garagiste est exclu.", Kind.INDIRECT),
        ("jeugddossier Q77-120 is zoek", Kind.FILE_NUMBER),
        ("Het B-document met nummer B2025001 wacht.", Kind.FILE_NUMBER),
        ("De code voor haar is XX-1234.", Kind.FILE_NUMBER),
        ("Dossiernr. OCMW 2031-118 ligt stil.", Kind.FILE_NUMBER),
        ("nul vierhonderdnegentig 12 34 56", Kind.PHONE),
        ("La fille de la directrice est absente.", Kind.INDIRECT),
    ],
)
def test_what_points_at_a_person_is_named(text: str, kind: Kind) -> None:
    assert kind in inspect(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "Een leerling van 14 jaar mag niet op leerwerkplek.",
        "3 jongeren stonden zonder school.",
        "Sint-Jozef in Sint-Niklaas start op 1/9/2026.",
        "De Koning Boudewijnstichting steunt het CLB van Aalst.",
        "Overleg in jan. 2026, en in mei en april.",
        "De roos en het lies zijn woorden; an en els ook.",
        "Basisschool Emma en campus Maria doen mee.",
        "Minister Voorbeeld antwoordde.",
        "Lotte is coördinator voor Brussel.",
        "Vergadering in de Kerkstraat 12, zaal 3.",
        "De enige school met type 9 zit vol.",
        "Een broer of zus van een leerling krijgt voorrang.",
        "Leerlingen geboren na 1/1/2019 zijn leerplichtig.",
        "Vlaamse overheid: dossiernr. 2024-00123-AB.",
        "Hallo @here en <!channel>, wie komt er?",
        "In Brecht en Niel is er geen aanbod.",
        "L'école Saint-Joseph cherche un médiateur.",
        "De Kleine Reus: 11 maanden wachten.",
        "dan vos je het probleem weg, en dan komt niemand nog",
        "De groep van 14 tot 16 jaar valt uit.",
        "Dan mag het formulier uit het tweede deel.",
        "Max. 8 uit 12 scholen deden mee.",
        "Een kind van een leerkracht krijgt nergens voorrang.",
    ],
)
def test_what_points_at_nobody_passes(text: str) -> None:
    assert inspect(text).kinds == ()


@pytest.mark.parametrize("half", HALVES)
def test_the_labelled_texts_are_told_apart(half: str) -> None:
    rows = [row for row in TEXTS if row["half"] == half]
    noticed = [(inspect(row["text"]).verdict is not Verdict.PASS, row["kind"]) for row in rows]
    personal = [seen for seen, kind in noticed if kind != "clean"]
    clean = [seen for seen, kind in noticed if kind == "clean"]
    assert sum(personal) >= 0.95 * len(personal)
    assert sum(clean) <= 0.04 * len(clean)


def test_the_text_offered_names_nobody() -> None:
    text = "Noor Voorbeeld (14) uit 3A weigert; zus Lina ook."
    offered = without(text, inspect(text))
    assert "Noor" not in offered
    assert "Lina" not in offered
    assert "weigert" in offered
