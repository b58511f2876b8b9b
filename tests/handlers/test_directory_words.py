from dataclasses import fields

import pytest

from handlers.describing import direction, facet_label, kind, level
from handlers.entries import FIELDS
from handlers.rights import Role
from handlers.searching.understanding import MOMENTS, SCOPES, Scope
from handlers.speech.words import LANGUAGES, Words
from store.directory import DIRECTIONS, Offering, OfferingKind
from store.search.entry import Level, Status
from store.search.query import Facet, FacetName, How
from store.search.shelf import FIELDS as SEARCHED

UNSEEN = {"id", "owner_email", "assured_date", "assured_by"} | {
    *("last_modified", "provenance", "version", "invented")
}
VALUES = {
    FacetName.REGION: "limburg",
    FacetName.LEVEL: "lager",
    FacetName.AGE: "13",
    FacetName.THEME: "pesten",
    FacetName.KIND: "naft",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_an_entry_can_say_has_words(language: str) -> None:
    words = Words(language)
    said = [
        *(kind(one, words) for one in OfferingKind),
        *(level(one, words) for one in Level),
        *(direction(one.removeprefix("vorming-"), words) for one in DIRECTIONS),
        *(words.plain(f"searching.status_{one.value}") for one in Status),
        *(words.plain(f"cards.by_{one.value}") for one in Role),
        *(facet_label(Facet(name, VALUES.get(name, "")), words) for name in FacetName),
        *(words.plain(f"searching.in_{field}") for field in SEARCHED),
    ]

    assert all(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_to_meet_a_word_has_words(language: str) -> None:
    for how in set(How) - {How.EXACT}:
        said = Words(language).plain(
            f"searching.met_{how.value}", asked="x", found="y", field="de naam"
        )
        assert "x" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_that_can_change_has_words_in_why(language: str) -> None:
    words = Words(language)
    changeable = {one.name for one in fields(Offering)} - UNSEEN

    assert all(words.plain(f"cards.field_{name}") for name in changeable | set(FIELDS))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", [*SCOPES, MOMENTS], ids=lambda scope: scope.feature)
def test_every_search_can_say_what_it_found(scope: Scope, language: str) -> None:
    for key in ("found_one", "found_some", "count_one", "count_some", "none"):
        assert Words(language).plain(f"{scope.feature}.{key}", total=3)
