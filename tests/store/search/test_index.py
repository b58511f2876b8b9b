from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.search.entry import Entry, Level, Status
from store.search.index import Index
from store.search.query import Facet, FacetName, How, Match, Query
from store.search.vocabulary import Term, Vocabulary

NOTHING = Vocabulary()


def _found(index: Index, words: str, *facets: Facet, ended: bool = False) -> list[int]:
    hits = index.search(Query(words, facets, ended=ended), limit=100).hits
    return [hit.entry_id for hit in hits]


def _index(*entries: Entry) -> Index:
    return Index.build(entries, NOTHING)


# ---------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("words", "entry_id"),
    [
        ("Springplank", 1),
        ("springplnak", 1),  # transposed
        ("sprinplank", 1),  # a letter forgotten
        ("sprngplnk naft", 1),  # two
        ("zorgboerdereij", 4),
        ("straathoeckwerk", 38),  # as it sounds
        ("COORDINATIE schoolvervangende", 61),
        ("coördinatie schoolvervangende", 61),
        ("huiswerk begeleiding", 5),
        ("begeleiding huiswerk", 5),
        ("zieken huis school", 17),
        ("hetluisterstoel", 19),
        ("kangoeroekl", 45),
        ("scheidingskoffer praatgroep", 22),
        ("praatgroep scheidingskoffer", 22),
        ("jongerencafe verzinsel", 39),
    ],
)
def test_a_word_is_found_however_it_is_written(index: Index, words: str, entry_id: int) -> None:
    assert _found(index, words, ended=True)[:1] == [entry_id]


def test_a_diacritic_makes_no_difference_in_the_entry_either() -> None:
    index = _index(Entry(1, "Poëzieatelier Café Fictief"), Entry(2, "Kookatelier Nergens"))
    assert _found(index, "poezieatelier cafe")[:1] == [1]


def test_an_abbreviation_finds_its_long_form_and_the_other_way_round() -> None:
    vocabulary = Vocabulary((Term("OCMW", ("openbaar centrum voor maatschappelijk welzijn",)),))
    index = Index.build(
        [
            Entry(1, "Openbaar Centrum voor Maatschappelijk Welzijn Nergens"),
            Entry(2, "OCMW Ergens"),
            Entry(3, "Zwembad Ergens anders"),
        ],
        vocabulary,
    )
    assert set(_found(index, "ocmw")) == {1, 2}
    assert set(_found(index, "openbaar centrum voor maatschappelijk welzijn")) == {1, 2}


def test_an_abbreviation_is_learnt_from_the_entries_themselves() -> None:
    index = _index(
        Entry(1, "Dienst voor Allerlei Zaken (DAZ) Aalst"),
        Entry(2, "Dienst voor Allerlei Zaken (DAZ) Gent"),
        Entry(3, "Dienst voor Allerlei Zaken Ieper"),
        *(Entry(i, f"Buurthuis nummer {i}") for i in range(4, 20)),
    )
    assert 3 in _found(index, "DAZ")


def test_what_is_near_comes_after_the_thing_itself() -> None:
    vocabulary = Vocabulary((Term("kinderpsychiatrie", (), ("psycholoog",)),))
    entries = [Entry(1, "Psycholoog Nergens"), Entry(2, "Kinderpsychiatrie Ergens")]
    index = Index.build(entries, vocabulary)
    assert _found(index, "kinderpsychiatrie") == [2, 1]


def test_what_is_not_sure_enough_is_not_searched_with(vocabulary: Vocabulary) -> None:
    low = {term.term for term in vocabulary.terms} - {term.term for term in vocabulary.searched}
    assert "HCO" in low


def test_names_of_places_are_not_taken_for_each_others_plurals() -> None:
    index = _index(
        Entry(1, "Atelier", locations=("Peer",)), Entry(2, "Atelier", locations=("Peeren",))
    )
    assert _found(index, "atelier peer")[:1] == [1]


def test_a_name_says_more_than_a_description() -> None:
    index = _index(
        Entry(1, "Buurthuis Ergens", description="Er is ook een fietsatelier."),
        Entry(2, "Fietsatelier Nergens"),
    )
    assert _found(index, "fietsatelier") == [2, 1]


def test_fillers_alone_find_nothing(index: Index) -> None:
    assert _found(index, "kunnen jullie ons helpen aub?") == []


def test_fillers_beside_facets_list_what_the_facets_let_through(index: Index) -> None:
    naft = Facet(FacetName.KIND, "naft")
    assert _found(index, "ik zoek aub", naft) == _found(index, "", naft) == [1]


def test_a_known_place_does_not_carry_a_word_that_nobody_knows(index: Index) -> None:
    assert _found(index, "helikopterlessen gent") == []


def test_a_place_near_lifts_without_being_required() -> None:
    index = _index(
        Entry(1, "Huiswerkklas Ergens", locations=("Gent",)),
        Entry(2, "Huiswerkklas Ergens", locations=("Aalst",)),
    )
    hits = index.search(Query("huiswerkklas", near="Aalst")).hits
    assert [hit.entry_id for hit in hits] == [2, 1]


# ---------------------------------------------------------------------- order and pages


def test_equal_entries_are_ordered_by_confirmation_and_then_by_id() -> None:
    same = Entry(0, "Huiswerkklas De Fictieve Pen")
    index = _index(
        replace(same, id=9),
        replace(same, id=3, assured_date=date(2026, 1, 1)),
        replace(same, id=7, assured_date=date(2026, 6, 1)),
        replace(same, id=2),
        Entry(5, "Iets anders"),
    )
    assert _found(index, "huiswerkklas") == [7, 3, 2, 9]


def test_without_words_all_are_listed_the_last_confirmed_first() -> None:
    index = _index(
        Entry(1, "Een", assured_date=date(2025, 1, 1)),
        Entry(2, "Twee"),
        Entry(3, "Drie", assured_date=date(2026, 1, 1)),
    )
    assert _found(index, "") == [3, 1, 2]


def test_pages_follow_on_each_other_without_gap_or_repetition() -> None:
    index = _index(*(Entry(i, f"Huiswerkklas nummer {i}") for i in range(130)))
    every = [
        hit.entry_id
        for offset in range(0, 140, 7)
        for hit in index.search(Query("huiswerkklas"), limit=7, offset=offset).hits
    ]
    assert len(every) == 130
    assert sorted(every) == list(range(130))


def test_the_total_is_what_all_pages_hold_together(index: Index) -> None:
    query = Query("schooluitval")
    results = index.search(query, limit=2)
    assert len(results.hits) == 2
    assert results.total == len(index.search(query, limit=1_000).hits)


def test_the_order_of_arrival_of_the_entries_makes_no_difference(
    entries: dict[int, Entry], vocabulary: Vocabulary
) -> None:
    backwards = Index.build(reversed(entries.values()), vocabulary)
    forwards = Index.build(entries.values(), vocabulary)
    for words in ("spijbelen", "begeleiding", "netwerk psy", "leerlingen met een verslag"):
        assert _found(backwards, words) == _found(forwards, words)


def test_an_index_of_nothing_finds_nothing_and_grows() -> None:
    empty = _index()
    assert _found(empty, "dagbesteding") == []
    assert _found(empty, "") == []
    assert _found(empty.with_changes([Entry(1, "Dagbesteding De Eerste")]), "dagbesteding") == [1]


# ---------------------------------------------------------------------- facets


def _ages(index: Index, value: str) -> set[int]:
    return set(_found(index, "", Facet(FacetName.AGE, value)))


AGES = (
    Entry(1, "Tot 12", maximum_age=12),
    Entry(2, "Vanaf 12", minimum_age=12),
    Entry(3, "6 tot 11", minimum_age=6, maximum_age=11),
    Entry(4, "13 tot 18", minimum_age=13, maximum_age=18),
    Entry(5, "Open"),
    Entry(6, "Secundair zonder leeftijd", levels=(Level.SECUNDAIR,)),
)


def test_exactly_twelve_counts_on_both_sides() -> None:
    index = _index(*AGES)
    assert _ages(index, "-12") == {1, 2, 3, 5, 6}
    assert _ages(index, "+12") == {1, 2, 4, 5, 6}
    assert _ages(index, "12") == {1, 2, 5, 6}


def test_an_age_finds_what_is_for_that_age() -> None:
    index = _index(*AGES)
    assert _ages(index, "8") == {1, 3, 5}
    assert _ages(index, "13") == {2, 4, 5, 6}
    assert _ages(index, "10-11") == {1, 3, 5}


def test_a_value_that_is_no_age_is_refused() -> None:
    with pytest.raises(ValueError, match="no age"):
        _ages(_index(*AGES), "twaalf")


def test_a_level_follows_from_the_ages_when_none_is_said() -> None:
    index = _index(
        Entry(1, "Lager", minimum_age=6, maximum_age=12),
        Entry(2, "Secundair", minimum_age=12, maximum_age=18),
        Entry(3, "Allebei", minimum_age=10, maximum_age=14),
        Entry(4, "Niets gezegd"),
        Entry(5, "Lager gezegd", levels=(Level.LAGER,), maximum_age=18),
    )
    assert set(_found(index, "", Facet(FacetName.LEVEL, "lager"))) == {1, 3, 4, 5}
    assert set(_found(index, "", Facet(FacetName.LEVEL, "secundair"))) == {2, 3, 4}


def test_an_entry_without_region_serves_every_region() -> None:
    index = _index(
        Entry(1, "Limburg", regions=("limburg",)),
        Entry(2, "Heel Vlaanderen"),
        Entry(3, "Brussel", regions=("brussel",)),
    )
    assert set(_found(index, "", Facet(FacetName.REGION, "limburg"))) == {1, 2}


def test_facets_of_one_name_widen_and_of_different_names_narrow() -> None:
    index = _index(
        Entry(1, "Een", kind="naft", regions=("limburg",)),
        Entry(2, "Twee", kind="vorming", regions=("limburg",)),
        Entry(3, "Drie", kind="vorming", regions=("brussel",)),
    )
    naft, vorming = Facet(FacetName.KIND, "naft"), Facet(FacetName.KIND, "vorming")
    limburg = Facet(FacetName.REGION, "limburg")
    assert set(_found(index, "", naft, vorming)) == {1, 2, 3}
    assert set(_found(index, "", vorming, limburg)) == {2}


def test_a_theme_lets_through_what_says_so_in_its_words(vocabulary: Vocabulary) -> None:
    index = Index.build(
        [
            Entry(1, "Praatgroep", themes=("rouw",)),
            Entry(2, "Samen rond rouwverwerking"),
            Entry(3, "Kookclub"),
        ],
        vocabulary,
    )
    assert set(_found(index, "", Facet(FacetName.THEME, "rouw"))) == {1, 2}


def test_only_active_entries_have_a_place_free() -> None:
    index = _index(*(Entry(i, status.value, status=status) for i, status in enumerate(Status)))
    assert _found(index, "", Facet(FacetName.PLACE_FREE)) == [0]


def test_a_defunct_entry_is_found_only_when_asked_for(index: Index) -> None:
    assert _found(index, "jongerencafé verzinsel") == []
    assert _found(index, "jongerencafé verzinsel", ended=True) == [39]


def test_not_reached_by_education_is_a_facet(index: Index, entries: dict[int, Entry]) -> None:
    expected = {entry.id for entry in entries.values() if entry.not_reached_by_education}
    assert set(_found(index, "", Facet(FacetName.NOT_REACHED))) == expected


def test_a_chip_that_is_taken_away_widens_again() -> None:
    limburg, naft = Facet(FacetName.REGION, "limburg"), Facet(FacetName.KIND, "naft")
    assert Query("x", (limburg, naft)).without(limburg) == Query("x", (naft,))


def test_a_chip_is_known_by_its_name_and_value_alone() -> None:
    understood = Facet(FacetName.AGE, "13", "13-jarige", (10, 19))
    assert Query("x", (understood,)).without(Facet(FacetName.AGE, "13")) == Query("x")


def test_an_empty_answer_names_the_facet_to_drop_and_what_appears_then(index: Index) -> None:
    limburg = Facet(FacetName.REGION, "limburg")
    older = Facet(FacetName.AGE, "13")
    ways = index.relaxations(Query("naft kortrijk", (limburg, older)))
    assert [(way.dropped, way.total) for way in ways] == [((limburg,), 1)]


def test_two_facets_are_dropped_together_when_one_is_not_enough(index: Index) -> None:
    limburg, little = Facet(FacetName.REGION, "limburg"), Facet(FacetName.AGE, "5")
    ways = index.relaxations(Query("springplank kortrijk", (limburg, little)))
    assert [(way.dropped, way.total) for way in ways] == [((limburg, little), 1)]


def test_nothing_is_proposed_where_no_facet_is_to_blame(index: Index) -> None:
    assert index.relaxations(Query("xyzzy", (Facet(FacetName.REGION, "limburg"),))) == ()


# ---------------------------------------------------------------------- why


@pytest.mark.parametrize(
    ("words", "entry_id", "match"),
    [
        ("springplank", 1, Match("springplank", "springplank", "name", How.EXACT)),
        ("springplanken", 1, Match("springplanken", "springplank", "name", How.STEM)),
        ("sprinplank", 1, Match("sprinplank", "springplank", "name", How.TYPO)),
        ("kangoeroekl", 45, Match("kangoeroekl", "kangoeroeklas", "name", How.PREFIX)),
        ("boerderij", 4, Match("boerderij", "zorgboerderij", "name", How.COMPOUND)),
        ("kamertraining", 36, Match("kamertraining", "trainingscentrum kamerwonen", "name",
                                    How.SYNONYM)),
        ("kortrijk naft", 1, Match("kortrijk", "kortrijk", "location", How.EXACT)),
    ],
)  # fmt: skip
def test_the_answer_says_which_word_met_which_and_how(
    index: Index, entries: dict[int, Entry], words: str, entry_id: int, match: Match
) -> None:
    assert index.explain(Query(words), entries[entry_id])[0] == match


# ---------------------------------------------------------------------- changes


def test_an_update_is_found_by_the_next_search(index: Index) -> None:
    added = index.with_changes([Entry(900, "Vliegerclub De Nieuwe Wind", locations=("Aalst",))])
    assert _found(added, "vliegerclub aalst") == [900]
    assert _found(added, "vliegrclub") == [900]
    assert _found(index, "vliegerclub aalst") == []


def test_a_changed_entry_is_no_longer_found_by_what_it_said_before(
    index: Index, entries: dict[int, Entry]
) -> None:
    changed = index.with_changes([replace(entries[3], name="Overdag in de fabriek", tags=())])
    assert 3 not in _found(changed, "moestuin")
    assert _found(changed, "fabriek") == [3]
    assert len(changed) == len(index)


def test_a_removed_entry_is_gone_and_can_come_back(
    index: Index, entries: dict[int, Entry]
) -> None:
    gone = index.with_changes(removed=[62])
    assert _found(gone, "snuffel") == []
    assert len(gone) == len(index) - 1
    back = gone.with_changes([entries[62]])
    assert _found(back, "snuffel") == [62]
    assert len(back) == len(index)


def test_an_added_entry_that_is_removed_leaves_nothing(index: Index) -> None:
    added = index.with_changes([Entry(900, "Vliegerclub")]).with_changes(removed=[900])
    assert _found(added, "vliegerclub") == []
    assert len(added) == len(index)


def test_changed_entries_rank_as_they_would_after_a_rebuild(
    entries: dict[int, Entry], vocabulary: Vocabulary
) -> None:
    every = list(entries.values())
    rebuilt = Index.build(every, vocabulary)
    overlaid = Index.build(every[:-8], vocabulary).with_changes(every[-8:])
    for words in ("spijbelen", "luisterend oor", "honden", "dyslexie", "schooluitval westhoek"):
        assert _found(overlaid, words)[:1] == _found(rebuilt, words)[:1]


def test_a_new_entry_answers_to_the_compounds_and_synonyms_of_the_old_ones(index: Index) -> None:
    added = index.with_changes([Entry(900, "Begeleiding bij huiswerk Wortegem")])
    assert 900 in _found(added, "huiswerkbegeleiding")
    overkop = index.with_changes([Entry(901, "Overkophuis Verzonnen Plein")])
    assert 901 in _found(overkop, "over kop huis")


def test_the_index_is_worn_after_many_changes(index: Index) -> None:
    assert not index.with_changes([Entry(900, "Een")]).worn
    assert index.with_changes([Entry(i, f"Huis {i}") for i in range(900, 1_200)]).worn


# ---------------------------------------------------------------------- any text


@settings(max_examples=150)
@given(words=st.text(max_size=200) | st.text("abcdeëïnst -'0129", max_size=60))
def test_any_text_is_answered(index: Index, words: str) -> None:
    results = index.search(Query(words), limit=5)
    assert len(results.hits) <= 5
    assert results.total <= len(index)


@pytest.mark.parametrize(
    "words",
    [
        "a" * 10_000,
        "dagbesteding " * 1_000,
        "\0\0naft\0",
        "\ud800 naft \udfff",
        "ÅngströŒ ﬁets Ⅷ ﷺ",
        "١٢ 一二三 🙂🙂🙂",
        "%_*?[](){}\\^$.|+",
        " \n\t\r ",
        "1 2 3 4 5 6 7 8 9 10 11 12 13",
    ],
)
def test_strange_text_is_answered_too(index: Index, words: str) -> None:
    assert index.search(Query(words)).total <= len(index)
    assert index.search(Query("naft", near=words)).total == index.search(Query("naft")).total


def test_no_more_than_the_beginning_of_a_long_text_is_read(index: Index) -> None:
    assert _found(index, "springplank" + " naft" * 5_000) == _found(index, "springplank naft")


def test_entries_may_hold_any_text_as_well() -> None:
    index = _index(
        Entry(1, "\0\ud800", organisation="🙂", tags=("", " "), locations=("١٢",)),
        Entry(2, "", description="x" * 100_000),
        Entry(3, "Fietsatelier"),
    )
    assert _found(index, "fietsatelier") == [3]
    assert len(_found(index, "")) == 3
