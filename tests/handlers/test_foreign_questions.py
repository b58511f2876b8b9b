import pytest

from store import Store
from store.directory import Offering
from tests.handlers.found import Say, add, names, spoken


@pytest.mark.parametrize(
    ("asked", "locale", "first"),
    [
        ("Y a-t-il un accueil de jour pour un ado de 14 ans à Louvain ?", "fr", "Dagactiviteit"),
        ("A day programme for a 15 year old in Ghent?", "en", "Dagbesteding"),
        ("Une ferme pédagogique pour un enfant de 8 à 10 ans ?", "fr", "Zorgboerderij"),
        ("Quelles formations sur le harcèlement ?", "fr", "Omgaan met pesten"),
        ("Which trainings are there about autism?", "en", "Autisme"),
    ],
)
def test_a_question_in_french_or_english_finds_what_is_described_in_dutch(
    say: Say, asked: str, locale: str, first: str
) -> None:
    assert names(say(asked, locale=locale))[0].startswith(first)


@pytest.mark.parametrize(
    ("asked", "locale", "age"),
    [
        ("/aanbod pour un ado de 14 ans", "fr", "14"),
        ("/aanbod entre 6 et 9 ans", "fr", "6-9"),
        ("/aanbod for a 15-year-old", "en", "15"),
        ("/aanbod from 8 to 10 years", "en", "8-10"),
        ("/aanbod aged 11", "en", "11"),
        ("/aanbod offering 10 years mechelen", "en", "10"),
    ],
)
def test_an_age_is_read_in_french_and_english(say: Say, asked: str, locale: str, age: str) -> None:
    facets = say(asked, locale=locale).data["facets"]

    assert isinstance(facets, list)
    assert [f["value"] for f in facets if isinstance(f, dict) and f["name"] == "age"] == [age]


def test_a_place_in_a_time_out_is_a_time_out(say: Say) -> None:
    asked = say("/aanbod une place de time-out pour une fille à Anvers", locale="fr")

    assert names(asked) == names(say("/aanbod time-out Anvers", locale="fr"))
    assert asked.data["total"]


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        (
            "/aanbod je cherche une offre pour un enfant de 9 ans a hasselt",
            "/aanbod 9 jaar hasselt",
        ),
        ("/aanbod is there something for a child, 9 years, in hasselt", "/aanbod 9 jaar hasselt"),
    ],
)
def test_a_sentence_in_another_language_than_was_set_is_read_in_its_own(
    say: Say, asked: str, same: str
) -> None:
    assert names(say(asked)) == names(say(same))
    assert say(asked).data["total"]


def test_a_lesson_stays_a_lesson_for_who_speaks_dutch(say: Say, sqlite_store: Store) -> None:
    add(sqlite_store, Offering(name="Les buiten de klas"))

    assert names(say("/aanbod les buiten"))[0] == "Les buiten de klas"
    assert say("/aanbod les").data["words"] == "les"


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("/aanbod voor alle jongeren in Gent", "/aanbod Gent"),
        ("/aanbod in alle regio's", "/aanbod"),
        ("/aanbod een overzicht van de mogelijkheden in Vlaanderen", "/aanbod"),
        ("/aanbod dagbesteding in heel Vlaanderen", "/aanbod dagbesteding"),
        ("/netwerk welke zijn er allemaal", "/netwerk"),
        ("/vorming geef mij alle vormingen", "/vorming"),
    ],
)
def test_words_about_looking_are_not_looked_for(say: Say, asked: str, same: str) -> None:
    answer = say(asked)

    assert answer.data["total"] == say(same).data["total"]
    assert answer.data["total"]
    assert "buiten Vlaanderen" not in str(answer.parts)


def test_half_a_year_is_written_with_a_comma(say: Say) -> None:
    assert "2,5 tot en met 6 jaar" in spoken(say("/aanbod Kleuterbrug"))
    assert "2.5 to 6 years" in spoken(say("/aanbod Kleuterbrug", locale="en"))
