"""What an entry is called counts for more than what a question seems to narrow to."""

from store.search.entry import Entry, Level
from store.search.index import Index
from store.search.query import Facet, FacetName, Query
from store.search.understanding import understand
from store.search.vocabulary import Term, Vocabulary

NOTHING = Vocabulary()
OKAN = Vocabulary(
    (
        Term("OKAN", ("onthaalklas",), facet=(FacetName.THEME, "anderstalige-nieuwkomers")),
        Term("nieuwkomer", (), facet=(FacetName.THEME, "anderstalige-nieuwkomers")),
    )
)


def _found(index: Index, query: Query) -> list[int]:
    return [hit.entry_id for hit in index.search(query, limit=100).hits]


def test_a_name_with_a_place_in_it_is_found_outside_that_place() -> None:
    index = Index.build(
        [
            Entry(1, "Kookklas Heist-op-den-Berg", regions=("limburg",)),
            Entry(2, "Kookklas", regions=("limburg",)),
            Entry(3, "Kookklas", regions=("antwerpen",)),
        ],
        NOTHING,
    )
    region = Facet(FacetName.REGION, "antwerpen", "heist-op-den-berg", (9, 26))
    assert set(_found(index, Query("kookklas", (region,)))) == {1, 3}


def test_a_name_with_ages_in_it_is_found_whatever_its_ages_are() -> None:
    index = Index.build(
        [
            Entry(1, "Zomerkamp 12-14", minimum_age=6, maximum_age=9),
            Entry(2, "Zomerkamp", minimum_age=6, maximum_age=9),
        ],
        NOTHING,
    )
    asked = understand("zomerkamp 12-14", NOTHING)
    assert _found(index, asked.query()) == [1]


def test_a_place_in_a_description_alone_does_not_pass_for_a_name() -> None:
    index = Index.build(
        [Entry(1, "Kookklas", description="Ook voor wie in Mol woont.", regions=("limburg",))],
        NOTHING,
    )
    region = Facet(FacetName.REGION, "antwerpen", "Mol", (9, 12))
    assert not _found(index, Query("kookklas", (region,)))


def test_a_level_in_a_name_passes_for_the_level() -> None:
    index = Index.build(
        [
            Entry(1, "Speelklas Lager Onderwijs", levels=(Level.KLEUTER,)),
            Entry(2, "Speelklas", levels=(Level.KLEUTER,)),
        ],
        NOTHING,
    )
    assert _found(index, understand("speelklas lager onderwijs", NOTHING).query()) == [1]


def test_one_name_of_a_theme_finds_what_has_another_name_of_it() -> None:
    index = Index.build(
        [Entry(1, "Onthaalklas Fictief"), Entry(2, "Kookklas Fictief")],
        OKAN,
    )
    asked = understand("nieuwkomer fictief", OKAN)
    assert [facet.value for facet in asked.facets] == ["anderstalige-nieuwkomers"]
    assert _found(index, asked.query()) == [1]


def test_whoever_names_a_theme_in_their_own_word_gets_that_word_first() -> None:
    index = Index.build(
        [
            Entry(1, "Anderstalige nieuwkomers", themes=("anderstalige-nieuwkomers",)),
            Entry(2, "OKAN"),
        ],
        OKAN,
    )
    assert _found(index, understand("okan", OKAN).query())[0] == 2


def test_a_name_that_holds_a_theme_is_no_question_for_that_theme() -> None:
    vocabulary = Vocabulary(
        (
            Term("schooluitval", facet=(FacetName.THEME, "schooluitval")),
            Term("coördinator Samen tegen Schooluitval"),
        )
    )
    asked = understand("coördinator samen tegen schooluitval Genk", vocabulary)
    assert not asked.facets
    assert understand("schooluitval Genk", vocabulary).facets


def test_the_place_that_was_asked_comes_before_a_better_name_elsewhere() -> None:
    index = Index.build(
        [
            Entry(1, "Muziekatelier", locations=("Brugge",)),
            Entry(2, "Atelier met muziek", locations=("Mesen",)),
            *(Entry(n, f"Muziekatelier nummer {n}", locations=("Ieper",)) for n in range(3, 5)),
        ],
        NOTHING,
    )
    assert _found(index, Query("muziekatelier", near="Mesen"))[0] == 2


def test_one_of_the_names_of_a_place_lifts_as_much_as_all() -> None:
    index = Index.build(
        [Entry(1, "Kookklas", locations=("Waarloos",)), Entry(2, "Kookklas", locations=("Mol",))],
        NOTHING,
    )
    whole = index.search(Query("kookklas", near="Waarloos")).hits[0].score
    both = index.search(Query("kookklas", near="Waarloos; Kontich")).hits[0].score
    assert whole == both


def test_a_word_that_only_sounds_a_little_alike_is_no_misspelling() -> None:
    index = Index.build([Entry(1, "Sessie over slapen")], NOTHING)
    assert not _found(index, Query("zeyijiji"))


def test_a_word_with_two_letters_before_it_is_another_word() -> None:
    index = Index.build([Entry(1, "Spraak")], NOTHING)
    assert not _found(index, Query("afspraak"))
    assert _found(index, Query("sprak"))


def test_an_ampersand_joins_letters_into_one_word() -> None:
    index = Index.build(
        [Entry(1, "K&G Fictief"), Entry(2, "Kookklas Fictief")],
        NOTHING,
    )
    assert _found(index, Query("k&g"))[0] == 1


def test_a_head_of_three_letters_makes_a_compound() -> None:
    index = Index.build(
        [
            Entry(1, "Dag met paarden"),
            Entry(2, "Paarden op stap"),
            Entry(3, "Dag van het bos"),
            *(Entry(n, f"Kookklas nummer {n}") for n in range(4, 12)),
        ],
        NOTHING,
    )
    assert _found(index, Query("paardendag"))[0] == 1


def test_a_name_that_is_not_typed_to_its_end_is_found() -> None:
    index = Index.build(
        [
            Entry(1, "Klimuur", locations=("Sint-Gillis-Waas",)),
            Entry(2, "Kookklas", locations=("Mol",)),
        ],
        NOTHING,
    )
    assert _found(index, Query("klimuur sint-gi")) == [1]


def test_what_somebody_is_called_is_known_and_what_is_only_told_is_not() -> None:
    index = Index.build(
        [Entry(1, "Kookklas", organisation="vzw Beekbeek", description="Aan de Kromme Leie.")],
        NOTHING,
    )
    assert index.is_called("BEEKBEEK")
    assert not index.is_called("Kromme Leie")
