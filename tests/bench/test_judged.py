"""The judged sets are well formed: every line parses, every label exists, no text occurs twice."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.bench import signals
from tests.store.signals.learn_echoes import tellings

JUDGED = Path(__file__).parent / "judged"
SIZES = {
    "places_none.jsonl": 400,
    "places.jsonl": 400,
    "phrasings.jsonl": 480,
    "guard.jsonl": 240,
    "coverage_answers.jsonl": 60,
}
REGIONS = [
    "brussel",
    "vlaams-brabant",
    "antwerpen",
    "oost-vlaanderen",
    "west-vlaanderen",
    "limburg",
]
PLACE_CLASSES = {
    "exact",
    "alias",
    "typo",
    "postcode",
    "section",
    "former",
    "area",
    "abbreviation",
    "several",
    "address",
    "homonym",
    "outside",
    "french",
    "english",
}
# The smallest number of rows that still says something about a feature.
FEATURES = {
    "coverage": 60,
    "offerings": 60,
    "signals": 40,
    "unknown": 40,
    "absences": 15,
    "trainings": 15,
    "practices": 15,
    "networks": 15,
    "moments": 15,
    "follows": 15,
    "expertise": 15,
    "leerrecht": 15,
    "bundles": 15,
    "digests": 15,
    "consults": 15,
    "about": 15,
    "help": 15,
    "smalltalk": 15,
}
KINDS = {
    "national_number",
    "phone",
    "email",
    "iban",
    "address",
    "birth_date",
    "licence_plate",
    "file_number",
    "person_name",
    "initials",
    "indirect",
}
# Source: the contact list of "Onderwijskansen versterken" (Opgroeien); persons are paired with
# their address by name, because the page lists two of Oost-Vlaanderen in the opposite order.
CONTACTS = {
    "l.vanwambeke@vclbpb.be": "brussel",
    "evatrogh@kans.brussels": "brussel",
    "barbara.janssens@alba.be": "vlaams-brabant",
    "an.hessels@vclbleuven.be": "vlaams-brabant",
    "bgoethals@arktos.be": "antwerpen",
    "els.dupon@provincieantwerpen.be": "antwerpen",
    "frederik.declercq@vzwapart.be": "oost-vlaanderen",
    "oona.somers@vclbmeetjesland.be": "oost-vlaanderen",
    "sofie.baert@clboudenaarde.be": "oost-vlaanderen",
    "ludo.lemahieu@cdvaura.be": "west-vlaanderen",
    "annick.steyt@samentegenschooluitval-wvl.be": "west-vlaanderen",
    "claudia.geens@pietersimenon.be": "limburg",
    "nathalie.vanbergen@vrijclblimburg.be": "limburg",
}
# Belgian postcode ranges by province; 2070 went with Zwijndrecht on 1/1/2025.
POSTCODES = [
    (1000, 1299, "brussel"),
    (1500, 1999, "vlaams-brabant"),
    (2000, 2999, "antwerpen"),
    (3000, 3499, "vlaams-brabant"),
    (3500, 3999, "limburg"),
    (8000, 8999, "west-vlaanderen"),
    (9000, 9999, "oost-vlaanderen"),
]
ELEVEN_DIGITS = re.compile(r"(?<!\d)(?:\d\W?){10}\d(?!\d)")

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """Read one set; a line that does not parse fails here."""
    lines = (JUDGED / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def plain(text: str) -> str:
    """Fold case and punctuation away, except where nothing else would be left."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text


def has_valid_check_digits(digits: str) -> bool:
    """Say whether eleven digits are a Belgian national number (royal decree of 3 April 1984).

    The last two are 97 minus the first nine modulo 97; from 2000 on a 2 is put before the nine.
    """
    return any(97 - int(century + digits[:9]) % 97 == int(digits[9:]) for century in ("", "2"))


def expected_keys(name: str, row: Row) -> set[str]:
    """Name the keys that a row of this set must have, no more and no fewer."""
    match name:
        case "places_none.jsonl":
            return {"text"}
        case "places.jsonl":
            extra = {"homonym": {"ask"}, "outside": {"outside"}}
            return {"text", "regions", "class"} | extra.get(row["class"], set())
        case "phrasings.jsonl":
            return {"text", "language", "feature", "regions"}
        case "guard.jsonl":
            return {"text", "personal"} | ({"kind"} if row["personal"] else set())
        case _:
            return {"text", "regions", "emails", "kind"}


@pytest.mark.parametrize("name", SIZES)
def test_a_set_has_the_rows_and_keys_that_its_readme_names(name: str) -> None:
    found = rows(name)
    assert len(found) == SIZES[name]
    for row in found:
        assert row.keys() == expected_keys(name, row), row
        assert row["text"].strip() == row["text"] != "", row


def test_no_text_occurs_twice_in_one_set_or_across_sets() -> None:
    counts = Counter(plain(row["text"]) for name in SIZES for row in rows(name))
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", ["places.jsonl", "phrasings.jsonl", "coverage_answers.jsonl"])
def test_regions_are_known_and_stand_in_one_order_without_repeats(name: str) -> None:
    for row in rows(name):
        regions = row["regions"]
        assert regions == [region for region in REGIONS if region in regions], row


def test_only_a_place_outside_the_area_has_no_region() -> None:
    for row in rows("places.jsonl"):
        assert row["class"] in PLACE_CLASSES, row
        assert (row["regions"] == []) == (row["class"] == "outside"), row
        assert row.get("outside", True) is True, row
    assert {row["class"] for row in rows("places.jsonl")} == PLACE_CLASSES


def test_a_homonym_is_asked_exactly_when_it_has_several_regions() -> None:
    homonyms = [row for row in rows("places.jsonl") if row["class"] == "homonym"]
    for row in homonyms:
        assert row["ask"] is (len(row["regions"]) > 1), row


def test_a_postcode_lies_in_the_region_of_its_range() -> None:
    for row in rows("places.jsonl"):
        if row["class"] == "postcode":
            found = [int(code) for code in re.findall(r"\b\d{4}\b", row["text"])]
            expected = {
                region for code in found for low, high, region in POSTCODES if low <= code <= high
            }
            assert set(row["regions"]) == expected, row


def test_every_feature_and_language_has_enough_phrasings() -> None:
    found = rows("phrasings.jsonl")
    features = Counter(row["feature"] for row in found)
    languages = Counter(row["language"] for row in found)
    assert features.keys() == FEATURES.keys()
    assert {feature for feature, least in FEATURES.items() if features[feature] < least} == set()
    assert languages.keys() == {"nl", "fr", "en"}
    assert min(languages["fr"], languages["en"]) >= 0.14 * len(found)


def test_half_of_the_guard_texts_identify_somebody_and_say_how() -> None:
    found = rows("guard.jsonl")
    personal = [row for row in found if row["personal"] is True]
    assert len(personal) == len([row for row in found if row["personal"] is False])
    assert {row["kind"] for row in personal} == KINDS


def test_eleven_digits_check_out_exactly_where_they_identify_somebody() -> None:
    for row in rows("guard.jsonl"):
        numbers = [re.sub(r"\D", "", hit) for hit in ELEVEN_DIGITS.findall(row["text"])]
        valid = any(has_valid_check_digits(number) for number in numbers)
        assert valid == (row.get("kind") == "national_number"), row


def test_an_answer_names_people_of_every_region_it_names_and_of_no_other() -> None:
    for row in rows("coverage_answers.jsonl"):
        assert row["kind"] in {"answer", "question", "refusal"}, row
        if row["kind"] == "answer":
            assert {CONTACTS[email] for email in row["emails"]} == set(row["regions"]), row
        else:
            assert row["emails"] == [], row
            assert (len(row["regions"]) > 1) == (row["kind"] == "question"), row


def test_every_person_of_the_source_page_is_expected_somewhere() -> None:
    expected = {email for row in rows("coverage_answers.jsonl") for email in row["emails"]}
    assert expected == CONTACTS.keys()


def test_what_was_learned_from_holds_no_judged_signal_nor_nearly_one() -> None:
    pairs = [
        *signals.PAIRS,
        *(p for name in ("second", "third", "fourth", "fifth") for p in signals.blind(name)),
    ]
    judged = [words for pair in pairs for words in map(_words, pair) if len(words) > _FEW_WORDS]
    often = Counter(word for words in judged for word in words)
    holding: defaultdict[str, list[set[str]]] = defaultdict(list)
    for words in judged:
        # Two that share so much share one of these rare words: the others need no looking up.
        rare = sorted(words, key=lambda word: (often[word], word))
        for word in rare[: len(words) - int(_ALIKE * len(words))]:
            holding[word].append(words)
    alike = [
        f"{telling.author} {telling.signal}"  # who mends this must not read what is judged
        for telling in tellings()
        if any(
            len(told & words) > _ALIKE * len(told | words)
            for told in [_words(telling.text)]
            for word in told & holding.keys()
            for words in holding[word]
        )
    ]

    assert alike == []


_FEW_WORDS = 4
_ALIKE = 0.7


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
