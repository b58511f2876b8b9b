import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.query import FacetName
from store.search.understanding import Understood, understand
from store.search.vocabulary import Vocabulary

AGE, LEVEL, KIND, THEME = FacetName.AGE, FacetName.LEVEL, FacetName.KIND, FacetName.THEME
FREE, NOT_REACHED = FacetName.PLACE_FREE, FacetName.NOT_REACHED


def _facets(understood: Understood) -> set[tuple[FacetName, str]]:
    return {(facet.name, facet.value) for facet in understood.facets}


@pytest.mark.parametrize(
    ("text", "words", "facets"),
    [
        ("dagbesteding voor een 13-jarige", "dagbesteding voor een", {(AGE, "13")}),
        ("dagbesteding 13 jarige", "dagbesteding", {(AGE, "13")}),
        ("dertienjarige", "", {(AGE, "13")}),
        ("zoon van 14", "zoon", {(AGE, "14")}),
        ("meisje van twaalf", "meisje", {(AGE, "12")}),
        ("mijn dochter is 9 jaar oud", "mijn dochter", {(AGE, "9")}),
        ("time-out 9j", "time-out", {(AGE, "9")}),
        ("time-out 9 j", "time-out", {(AGE, "9")}),
        ("kind 9j. zit thuis", "kind . zit thuis", {(AGE, "9")}),
        ("time-out 10 years", "time-out", {(AGE, "10")}),
        ("time-out 14 yrs", "time-out", {(AGE, "14")}),
        ("12 tot 14", "", {(AGE, "12-14")}),
        ("tussen 6 en 12 jaar", "", {(AGE, "6-12")}),
        ("jongens van 15 en 16", "jongens", {(AGE, "15-16")}),
        ("6–12 jaar", "", {(AGE, "6-12")}),
        ("18-12", "", {(AGE, "12-18")}),
        ("-12 time-out", "time-out", {(AGE, "-12")}),
        ("−12 time-out", "time-out", {(AGE, "-12")}),
        ("min 12", "", {(AGE, "-12")}),
        ("onder 12", "", {(AGE, "-12")}),
        ("onder de 10 jaar", "", {(AGE, "-9")}),
        ("tot 18 jaar", "", {(AGE, "-18")}),
        ("+12 opvang", "opvang", {(AGE, "+12")}),
        ("12+ opvang", "opvang", {(AGE, "+12")}),
        ("plus twaalf", "", {(AGE, "+12")}),
        ("vanaf 16", "", {(AGE, "+16")}),
        ("ouder dan 14 jaar", "", {(AGE, "+15")}),
        ("kleuter", "", {(LEVEL, "kleuter")}),
        ("lagere school", "", {(LEVEL, "lager")}),
        ("basisonderwijs", "", {(LEVEL, "kleuter"), (LEVEL, "lager")}),
        ("in het secundair", "", {(LEVEL, "secundair")}),
        ("tweede graad", "", {(LEVEL, "secundair"), (AGE, "14-16")}),
        ("derde leerjaar", "", {(LEVEL, "lager"), (AGE, "8-9")}),
        ("3de middelbaar", "", {(LEVEL, "secundair"), (AGE, "14-15")}),
        ("time-out met plaats vrij", "time-out", {(FREE, "")}),
        ("time-out waar nog plaats is", "time-out", {(FREE, "")}),
        ("vrije plaatsen", "", {(FREE, "")}),
        ("jongeren niet gevat door onderwijs", "jongeren", {(NOT_REACHED, "")}),
        ("jongeren die niet gevat zijn", "jongeren zijn", {(NOT_REACHED, "")}),
        ("vorming stemmen horen", "stemmen horen", {(KIND, "vorming")}),
        ("goede praktijken", "", {(KIND, "goede-praktijk")}),
        ("naadloos flexibel traject", "", {(KIND, "naft")}),
        ("netwerk psy", "", {(KIND, "netwerk"), (THEME, "psychische-kwetsbaarheid")}),
        ("drop-out", "", {(THEME, "schooluitval")}),
        ("dropout", "", {(THEME, "schooluitval")}),
        ("drop out", "", {(THEME, "schooluitval")}),
    ],
)
def test_what_narrows_is_taken_out_of_the_words(
    vocabulary: Vocabulary, text: str, words: str, facets: set[tuple[FacetName, str]]
) -> None:
    understood = understand(text, vocabulary)
    assert understood.words == words
    assert _facets(understood) == facets


@pytest.mark.parametrize(
    "text",
    [
        "open van 9 tot 17 uur",
        "al 2 jaar wachten",
        "2 jaar geleden",
        "2 years ago",
        "9 juni",
        "op 12 december",
        "8500 kortrijk",
        "type 9",
        "STOP 4-7",
        "1 gezin 1 plan",
        "voor 12 euro",
        "kleuterbegeleiding",
        "buitengewoon secundair onderwijs",
        "trainingscentrum",
    ],
)
def test_what_only_looks_like_a_facet_stays(vocabulary: Vocabulary, text: str) -> None:
    assert understand(text, vocabulary) == Understood(text, ())


def test_a_facet_shows_the_words_that_it_came_from(vocabulary: Vocabulary) -> None:
    text = "Is er dagbesteding voor een 13-jarige in Tienen?"
    (facet,) = understand(text, vocabulary).facets
    assert facet.words == "13-jarige"
    assert text[facet.span[0] : facet.span[1]] == "13-jarige"


def test_what_another_has_taken_is_neither_read_nor_searched_for(vocabulary: Vocabulary) -> None:
    text = "vorming in Netwerkstraat 12 jaar"
    understood = understand(text, vocabulary, taken=[(8, len(text))])
    assert understood.words == "vorming"[:0]
    assert _facets(understood) == {(KIND, "vorming")}


@given(text=st.text(max_size=300) | st.text("012tot-+ jarvnde", max_size=40))
def test_any_text_is_understood_somehow(text: str) -> None:
    understood = understand(text, Vocabulary(), taken=[(3, 5), (-4, 1_000_000)][:1])
    for facet in understood.facets:
        begin, end = facet.span
        assert facet.words == text[begin:end].strip()
        if facet.name is AGE:
            low, high = facet.ages
            assert 0 <= low <= high


def test_a_very_long_text_is_read_in_part(vocabulary: Vocabulary) -> None:
    understood = understand("vorming " + "x" * 10_000, vocabulary)
    assert len(understood.words) <= 1_000
    assert _facets(understood) == {(KIND, "vorming")}
