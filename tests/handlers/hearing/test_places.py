import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.hearing.places import How, Places, Reading, Why
from store.records import Gazetteer, Homonym, PlaceKind, Region, Vocabulary
from store.seeds.reading import read_gazetteer, read_vocabulary
from tests.bench.places import exact, sentences, typos, verdict

HERE = Path(__file__).parent
GAZETTEER = read_gazetteer()
VOCABULARY = read_vocabulary()
PLACES = Places(GAZETTEER, VOCABULARY)


def seeded() -> random.Random:
    """The same slips every time."""
    return random.Random(20261123)  # noqa: S311 - nothing secret


def found(text: str, *, expected: bool = False) -> list[tuple[str, str | None]]:
    return [(f.name, f.municipality) for f in PLACES.resolve(text, expected=expected).found]


def regions(text: str, *, expected: bool = False) -> set[Region]:
    reading = PLACES.resolve(text, expected=expected)
    return {region for one in reading.found for region in one.regions}


def silent(reading: Reading) -> bool:
    return not (reading.found or reading.question or reading.outside)


def test_every_name_that_is_not_ambiguous_leads_to_its_region() -> None:
    missed = [
        (name, case.text, said)
        for name, case in exact(GAZETTEER, seeded())
        if (said := verdict(PLACES.resolve(case.text, expected=case.expected), case.regions))
        != "right"
        and not case.text.startswith("qui contacter à t stad")  # "t" is French too
    ]

    assert missed == []


def test_a_slip_in_a_name_is_read_or_asked_and_hardly_ever_taken_for_another() -> None:
    # Three slips in each name; `make bench` makes eight.
    cases, _ = typos(GAZETTEER, seeded(), per_name=3)
    alone: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for case in cases:
        said = verdict(PLACES.resolve(case.text, expected=case.expected), case.regions)
        (alone if case.expected else within)[said] += 1

    assert len(cases) > 3000
    assert (alone["right"] + alone["asked"]) / alone.total() >= 0.99
    assert (within["right"] + within["asked"]) / within.total() >= 0.98
    assert (alone["wrong"] + within["wrong"]) / len(cases) <= 0.0005


@pytest.mark.parametrize("homonym", GAZETTEER.homonyms, ids=lambda h: h.name)
def test_a_shared_name_asks_or_takes_the_stated_default(homonym: Homonym) -> None:
    reading = PLACES.resolve(homonym.name, expected=True)

    if homonym.default is None:
        assert reading.found == ()
        assert 2 <= len(reading.question) <= 5
        assert {(f.name, f.municipality) for f in reading.question} <= set(homonym.candidates)
    else:
        assert [(f.name, f.municipality) for f in reading.found] == [homonym.default]
        assert {(f.name, f.municipality) for f in reading.others} == set(homonym.candidates) - {
            homonym.default
        }


def test_a_question_names_every_region_that_it_may_be() -> None:
    by_region = {(p.name, p.municipality): p.region for p in GAZETTEER.places}
    for homonym in GAZETTEER.homonyms:
        asked = PLACES.resolve(homonym.name, expected=True).question
        if asked:
            assert {r for f in asked for r in f.regions} == {
                by_region[pair] for pair in homonym.candidates
            }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nieuwerkerken bij Aalst", ("Nieuwerkerken", "Aalst")),
        ("Nieuwerkerken (Limburg)", ("Nieuwerkerken", "Nieuwerkerken")),
        ("Nieuwerkerken, Oost-Vlaanderen", ("Nieuwerkerken", "Aalst")),
        ("9320 Nieuwerkerken", ("Nieuwerkerken", "Aalst")),
        ("Meldert in Lummen", ("Meldert", "Lummen")),
        ("wie dekt Halle (Zoersel)?", ("Halle", "Zoersel")),
        ("8500 Kortrijk", ("Kortrijk", "Kortrijk")),
        ("Kerkstraat 12, 9320 Erembodegem (Aalst)", ("Erembodegem", "Aalst")),
        ("Kerkstraat 12 bus 3, 2000 Antwerpen", ("Antwerpen", "Antwerpen")),
        ("Gentsesteenweg 5, 9300 Aalst", ("Aalst", "Aalst")),
        ("Steenweg op Gent 12, 9300 Aalst", ("Aalst", "Aalst")),
        ("Heide 14, 3920 Lommel", ("Lommel", "Lommel")),
        ("Gent, Oost-Vlaanderen", ("Gent", "Gent")),
        ("Berg (Kampenhout)", ("Berg", "Kampenhout")),
    ],
)
def test_neighbours_settle_each_other_and_count_once(text: str, place: tuple[str, str]) -> None:
    reading = PLACES.resolve(text)

    assert [(f.name, f.municipality) for f in reading.found] == [place]
    assert reading.question == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("wie dekt gent en aalst?", ["Gent", "Aalst"]),
        ("gent, brugge en leuven", ["Gent", "Brugge", "Leuven"]),
        ("Gent en Gent", ["Gent"]),
        ("een school uit Mol en een uit Geel", ["Mol", "Geel"]),
    ],
)
def test_several_places_come_in_the_order_of_the_text(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sintniklaas", "Sint-Niklaas"),
        ("st niklaas", "Sint-Niklaas"),
        ("St.-Niklaas", "Sint-Niklaas"),
        ("heist op den berg", "Heist-op-den-Berg"),
        ("puurs sint amands", "Puurs-Sint-Amands"),
        ("puurs sint amads", "Puurs-Sint-Amands"),
        ("sint truide", "Sint-Truiden"),
        ("erem bodegem", "Erembodegem"),
        ("gnet", "Gent"),
        ("kortrick", "Kortrijk"),
        ("ANTWERPEN", "Antwerpen"),
        ("Ge\u200bnt", "Gent"),
        ("Antwepern", "Antwerpen"),
    ],
)
def test_spelling_is_forgiven(text: str, name: str) -> None:
    assert [said for said, _ in found(text, expected=True)] == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O-Vl", {Region.OOST_VLAANDEREN}),
        ("O.-Vl.", {Region.OOST_VLAANDEREN}),
        ("ovl", {Region.OOST_VLAANDEREN}),
        ("wvl", {Region.WEST_VLAANDEREN}),
        ("VBR", {Region.VLAAMS_BRABANT}),
        ("ANT", {Region.ANTWERPEN}),
        ("BXL", {Region.BRUSSEL}),
        ("provincie Antwerpen", {Region.ANTWERPEN}),
        ("regio Limburg", {Region.LIMBURG}),
        ("Flandre orientale", {Region.OOST_VLAANDEREN}),
        ("Kempen", {Region.ANTWERPEN, Region.LIMBURG}),
        ("Meetjesland", {Region.OOST_VLAANDEREN}),
        ("vervoerregio Mechelen", {Region.ANTWERPEN, Region.VLAAMS_BRABANT}),
        ("limburg op 1/9/2023", {Region.LIMBURG}),
        ("wie is het duo in Oost-Vlaanderen", {Region.OOST_VLAANDEREN}),
    ],
)
def test_a_stretch_of_country_answers_with_all_its_regions(
    text: str, expected: set[Region]
) -> None:
    assert regions(text, expected=True) == expected


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Luik", "Wallonië"),
        ("bij wie moet ik zijn voor Namen?", "Wallonië"),
        ("ik woon in Breda", "Nederland"),
        ("4000", "Wallonië"),
        ("postcode 7999", "Wallonië"),
        ("Rijsel", "Frankrijk"),
        ("Aken", "Duitsland"),
        ("Hulst in Zeeland", "Nederland"),
        ("Rotterdm", "Nederland"),
    ],
)
def test_a_place_outside_is_recognised(text: str, country: str) -> None:
    reading = PLACES.resolve(text, expected=True)

    assert [o.country for o in reading.outside] == [country]
    assert reading.found == ()


@pytest.mark.parametrize("name", ["Lille", "Hulst", "Halle", "Essen", "Limburg", "Zwijndrecht"])
def test_a_name_that_is_abroad_as_well_is_ours_first(name: str) -> None:
    reading = PLACES.resolve(name, expected=True)

    assert reading.found
    assert reading.outside == ()


@pytest.mark.parametrize("text", sentences(HERE / "no_place.txt"))
def test_an_ordinary_sentence_names_no_place(text: str) -> None:
    assert silent(PLACES.resolve(text))


@pytest.mark.parametrize(
    ("plain", "cued"),
    [
        ("wat meer hulp", "school in Meer"),
        ("het lot beslist", "regio Lot"),
        ("als je wil", "gemeente As"),
        ("boterham met ham", "wie dekt Ham?"),
        ("een mol in de tuin", "wie doet mol?"),
        ("hij speelt op de lier", "Ik woon in Lier."),
        ("de panne duurde lang", "we wonen in De Panne"),
        ("sinds 2018", "postcode 2018"),
        ("1500 euro", "wie dekt 1500?"),
    ],
)
def test_a_word_is_a_place_where_something_says_so(plain: str, cued: str) -> None:
    assert silent(PLACES.resolve(plain))
    assert PLACES.resolve(cued).found


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Wie belt Nancy terug?", "Wie dekt de school in Nancy?"),
        ("Wie is de titularis van Axel?", "Wie volgt een leerling uit Axel op?"),
        ("Ze volgt lessen op woensdag, wie regelt dat?", "Wie dekt Lessen?"),
    ],
)
def test_a_town_abroad_gives_way_to_the_person_or_the_word_of_the_same_name(
    said: str, meant: str
) -> None:
    assert silent(PLACES.resolve(said))
    assert PLACES.resolve(meant).outside


@pytest.mark.parametrize(
    "text",
    [
        "bij wie kan ik te rade over epilepsie?",
        "who can help a boy of nine?",
        "y a-t-il un appartement à louer ?",
        "wie weet iets van gender op school?",
        "scholen schorsen zonder opvang, wie volgt dat op?",
    ],
)
def test_an_everyday_word_one_letter_from_a_place_is_no_slip(text: str) -> None:
    assert silent(PLACES.resolve(text))


def test_unknown_words_are_given_back_only_where_a_place_is_expected() -> None:
    assert PLACES.resolve("wie xyzzyplugh", expected=True).unknown == "xyzzyplugh"
    assert PLACES.resolve("wie xyzzyplugh").unknown is None


@pytest.mark.parametrize(
    ("text", "how", "why", "confidence"),
    [
        ("Gent", How.EXACT, [], 1.0),
        ("Gand", How.ALIAS, [Why.ALIAS], 0.97),
        ("Erembodegem", How.EXACT, [Why.PART], 1.0),
        ("Puurs", How.EXACT, [Why.MERGED], 1.0),
        ("8500", How.POSTCODE, [Why.POSTCODE], 0.99),
        ("gnet", How.FUZZY, [Why.READ_AS], 0.9),
        ("Meetjesland", How.AREA, [Why.LIES_IN], 0.98),
        ("Aalst", How.EXACT, [Why.DEFAULT], 0.9),
    ],
)
def test_it_says_how_and_why_and_how_sure(
    text: str, how: How, why: list[Why], confidence: float
) -> None:
    (one,) = PLACES.resolve(text, expected=True).found

    assert (one.how, [r.why for r in one.reasons], one.confidence) == (how, why, confidence)


def test_a_merged_municipality_says_since_when() -> None:
    (one,) = PLACES.resolve("Beveren-Waas", expected=True).found
    (merged,) = [r for r in one.reasons if r.why is Why.MERGED]

    assert (merged.municipality, merged.since) == ("Beveren-Kruibeke-Zwijndrecht", 2025)


@pytest.mark.parametrize("text", ["malen", "beke", "leen"])
def test_what_may_be_two_regions_is_never_answered(text: str) -> None:
    reading = PLACES.resolve(text, expected=True)

    assert reading.found == () or len(regions(text, expected=True)) == 1


def test_a_neighbourhood_is_a_guess_and_comes_last() -> None:
    only_one = next(
        p
        for p in GAZETTEER.places
        if p.kind is PlaceKind.NEIGHBOURHOOD and p.name == "Schoonmeersen"
    )
    (one,) = PLACES.resolve(only_one.name, expected=True).found

    assert one.how is How.NEIGHBOURHOOD
    assert one.reasons[0].why is Why.GUESS
    assert one.confidence < 0.6
    assert silent(PLACES.resolve("We gaan naar de Schoonmeersen"))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "gnet " * 2_000,
        "sint " * 2_000,
        "9000 " * 2_000,
        "\0\0\0",
        "\ud800 Gent \udfff",
        "🎉🎉 Gent 🏳️‍🌈",
        "مرحبا",
        "<!channel> <@U123|gent>",
        "'; drop table place; --",
        "-" * 5_000,
        "'" * 5_000,
    ],
)
def test_no_input_is_too_odd(text: str) -> None:
    for expected in (False, True):
        assert isinstance(PLACES.resolve(text, expected=expected), Reading)


@settings(max_examples=100)
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["gent", "Mol", "in", "9000", "2018", "van", "St.", "sint-", "'s", "en", "(", ")"]
            ).flatmap(lambda word: st.sampled_from([word, word.upper(), word + ",", word + "-"]))
        ).map(" ".join),
    ),
    st.booleans(),
)
def test_what_is_found_lies_in_the_text_and_in_its_region(text: str, expected: bool) -> None:  # noqa: FBT001
    known = {(p.name, p.municipality): p.region for p in GAZETTEER.places}
    reading = PLACES.resolve(text, expected=expected)

    assert len(reading.question) != 1
    assert len(reading.question) <= 5
    for one in (*reading.found, *reading.question, *reading.others):
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == one.said
        assert 0 < one.confidence <= 1
        if one.municipality is not None:
            assert one.regions == (known[one.name, one.municipality],)


def test_it_works_with_an_empty_gazetteer() -> None:
    nothing = Gazetteer((), (), (), (), frozenset(), "0")
    places = Places(nothing, Vocabulary(frozenset(), frozenset()))
    places.warm()

    assert places.resolve("Gent", expected=True) == Reading(unknown="Gent")
