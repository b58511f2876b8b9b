"""Sentences as strangers type them on a phone, with a place and without: how many come out well.

The floors hold for the whole set, so that a rule may be right about most and wrong about a few.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handlers.hearing.found import Found, How, Why
from handlers.hearing.places import Places
from store.seeds.reading import read_gazetteer, read_vocabulary

PLACES = Places(read_gazetteer(), read_vocabulary())
HEARD: list[Mapping[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "heard_places.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
WITH_PLACE = [row for row in HEARD if "regions" in row]
WITHOUT = [row for row in HEARD if "regions" not in row]


def regions(found: tuple[Found, ...]) -> set[str]:
    return {region.value for one in found for region in one.regions}


def outcome(row: Mapping[str, Any]) -> str:
    """Say right, asked, silent or wrong; a question is right when it offers what is meant."""
    reading = PLACES.resolve(row["text"])
    meant, named = set(row["regions"]), regions(reading.found)
    if row.get("outside"):
        return "wrong" if named else "right" if reading.outside else "silent"
    if named:
        right = named & meant if row.get("ask") else named == meant
        return "right" if right else "wrong"
    if reading.question:
        return "asked" if regions(reading.question) & meant else "wrong"
    return "wrong" if reading.outside else "silent"


def test_hardly_any_sentence_without_a_place_yields_one() -> None:
    readings = [(row["text"], PLACES.resolve(row["text"])) for row in WITHOUT]
    false = [text for text, r in readings if r.found or r.question or r.outside]

    assert len(WITHOUT) > 700
    assert len(false) <= 1, false


def test_a_place_is_heard_and_never_taken_for_another() -> None:
    by_outcome: defaultdict[str, list[str]] = defaultdict(list)
    for row in WITH_PLACE:
        by_outcome[outcome(row)].append(row["text"])

    assert len(WITH_PLACE) > 550
    assert by_outcome["wrong"] == []
    assert len(by_outcome["silent"]) <= 0.03 * len(WITH_PLACE), by_outcome["silent"]
    assert len(by_outcome["asked"]) <= 0.1 * len(WITH_PLACE), by_outcome["asked"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("wie doet de Kempen?", [Why.LIES_IN]),
        ("wie zit er in de Kempen", [Why.LIES_IN]),
        ("wie doet het hageland", [Why.LIES_IN]),
        ("wie doet sint truiden", []),
        ("wie doet Campine", [Why.ALIAS, Why.LIES_IN]),
        ("wie doet Katelijne-Waver", [Why.ALIAS]),
    ],
)
def test_a_reason_tells_something(text: str, why: list[Why]) -> None:
    (one,) = PLACES.resolve(text).found

    assert [reason.why for reason in one.reasons] == why


@pytest.mark.parametrize("text", ["in de Kempen", "het hageland", "heel de westhoek"])
def test_a_stretch_of_country_keeps_its_article_to_itself(text: str) -> None:
    for expected in (False, True):
        (one,) = PLACES.resolve(text, expected=expected).found

        assert one.how is How.AREA
        assert [reason.why for reason in one.reasons] == [Why.LIES_IN]
