import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update

from bot.assistant import Assistant, Call, Pressed
from bot.console.render import text as drawn
from handlers.actors import Caller
from handlers.speech.answer import ASK, Answer, Button, Kind
from handlers.speech.words import Words
from store import Store
from store.records import Absence, Gazetteer, Region
from store.seeds.reading import read_gazetteer
from store.tables import AssignmentRow
from tests.conftest import MONDAY

Ask = Callable[[str], Answer]
MEMBER = Caller("console", "", "U1")

CONTACTS = {
    "brussel": {"l.vanwambeke@vclbpb.be", "evatrogh@kans.brussels"},
    "vlaams-brabant": {"barbara.janssens@alba.be", "an.hessels@vclbleuven.be"},
    "antwerpen": {"bgoethals@arktos.be", "els.dupon@provincieantwerpen.be"},
    "oost-vlaanderen": {
        "frederik.declercq@vzwapart.be",
        "oona.somers@vclbmeetjesland.be",
        "sofie.baert@clboudenaarde.be",
    },
    "west-vlaanderen": {
        "ludo.lemahieu@cdvaura.be",
        "annick.steyt@samentegenschooluitval-wvl.be",
    },
    "limburg": {"claudia.geens@pietersimenon.be", "nathalie.vanbergen@vrijclblimburg.be"},
}
"""SOURCE: the contact table of the page, paired by name and local part."""


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    def asked(words: str) -> Answer:
        said = assistant.answer(Call(words, MEMBER))
        assert isinstance(said, Answer)
        return said

    return asked


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return read_gazetteer()


def emails(answer: Answer) -> set[str]:
    people: list[dict[str, str]] = json.loads(json.dumps(answer.data))["people"]
    return {person["email"].lower() for person in people}


def text(answer: Answer) -> str:
    return drawn(answer, Words("nl"))


def press(assistant: Assistant, button: Button) -> Answer:
    said = assistant.press(Pressed(button.press, MEMBER))
    assert isinstance(said, Answer)
    return said


@pytest.mark.parametrize("region", Region)
def test_every_region_has_its_people_with_the_right_addresses(ask: Ask, region: Region) -> None:
    for words in (f"/wie {region.label}", f"wie is het duo in {region.label}?"):
        assert emails(ask(words)) == CONTACTS[region.value]


def test_a_sample_of_municipalities_leads_to_the_people_of_their_region(
    ask: Ask, gazetteer: Gazetteer
) -> None:
    municipalities = [p for p in gazetteer.places if p.kind == "gemeente"]
    assert len(municipalities) == 304
    for place in municipalities[::9]:
        said = ask(f"/wie {place.name}")

        assert said.data["regions"] == [place.region.value], place.name
        assert emails(said) == CONTACTS[place.region.value], place.name


def test_each_button_of_a_question_leads_to_an_answer_for_that_place(
    ask: Ask, assistant: Assistant, gazetteer: Gazetteer
) -> None:
    asked = 0
    for homonym in gazetteer.homonyms:
        said = ask(f"/wie {homonym.name}")
        if homonym.default is None:
            asked += 1
            assert said.kind is Kind.QUESTION, homonym.name
            assert 2 <= len(said.buttons) <= 5, homonym.name
            assert all(button.press.verb == ASK for button in said.buttons)
        else:
            assert said.kind is Kind.ANSWER, homonym.name
        for button in (one for one in said.buttons if one.press.verb == ASK):
            chosen = press(assistant, button)
            assert chosen.kind is Kind.ANSWER, button.label
            regions = chosen.data["regions"]
            assert isinstance(regions, list)
            assert all(Region(str(region)).label in button.label for region in regions)
    assert asked >= 35


def test_two_places_in_two_regions_get_both_duos(ask: Ask) -> None:
    said = ask("wie volgt Aalst en Hasselt op?")

    assert said.data["regions"] == ["oost-vlaanderen", "limburg"]
    assert emails(said) == CONTACTS["oost-vlaanderen"] | CONTACTS["limburg"]


def test_two_places_in_one_region_name_its_people_once(ask: Ask) -> None:
    people = ask("contact voor Gent en Aalst").data["people"]

    assert isinstance(people, list)
    assert len(people) == 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wat is het mailadres van Babs?", {"bgoethals@arktos.be"}),
        ("welke regio doet Ludo?", {"ludo.lemahieu@cdvaura.be"}),
        ("wie is Oona", {"oona.somers@vclbmeetjesland.be"}),
        ("/wie nathalie", {"nathalie.vanbergen@vrijclblimburg.be"}),
        ("mail van an aub", {"an.hessels@vclbleuven.be"}),
        ("wie is de tandempartner van Barbara?", {"an.hessels@vclbleuven.be"}),
        ("met wie werkt frederik samen? wie is zijn tandem",
         {"oona.somers@vclbmeetjesland.be", "sofie.baert@clboudenaarde.be"}),
        ("coördinator samen tegen schooluitval Limburg", {"nathalie.vanbergen@vrijclblimburg.be"}),
    ],
)  # fmt: skip
def test_a_person_can_be_asked_about(ask: Ask, words: str, expected: set[str]) -> None:
    assert emails(ask(words)) == expected


@pytest.mark.parametrize(
    "words",
    ["wie is mijn coördinator", "wie is mijn duo?", "/wie onze regio", "/who my region"],
)
def test_ones_own_coordinator_is_that_of_ones_region_or_the_region_is_asked(
    ask: Ask, assistant: Assistant, words: str
) -> None:
    mine = assistant.answer(Call(words, Caller("slack", "T1", "U3", "ludo.lemahieu@cdvaura.be")))
    assert isinstance(mine, Answer)

    assert mine.data["regions"] == ["west-vlaanderen"]
    assert ask(words).data["reason"] == "coverage.which_place"


@pytest.mark.parametrize(
    "words",
    ["wat is mijn regio?", "welke regio doe ik", "voor welke regio sta ik", "/wie ik",
     "which region do I cover?", "quelle est ma région ?"],
)  # fmt: skip
def test_what_one_stands_for_oneself_is_said_to_who_stands_for_something(
    ask: Ask, assistant: Assistant, words: str
) -> None:
    claudia = Caller("slack", "T1", "U3", "claudia.geens@pietersimenon.be")
    mine = assistant.answer(Call(words, claudia))
    assert isinstance(mine, Answer)

    assert emails(mine) == {"claudia.geens@pietersimenon.be"}
    assert ask(words).data["reason"] == "coverage.which_place"


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("bij welke regio moet ik zijn voor 8500?", "west-vlaanderen"),
        ("Welke regio volgt Aalst, en wie moet ik daar mailen?", "oost-vlaanderen"),
        ("which region do I need for Ghent?", "oost-vlaanderen"),
    ],
)
def test_who_names_a_place_asks_about_that_place_and_not_about_oneself(
    assistant: Assistant, words: str, region: str
) -> None:
    claudia = Caller("slack", "T1", "U3", "claudia.geens@pietersimenon.be")
    for caller in (claudia, MEMBER):
        said = assistant.answer(Call(words, caller))
        assert isinstance(said, Answer)
        assert said.data["regions"] == [region]


def test_ones_region_is_no_name_of_a_stretch_of_country(assistant: Assistant) -> None:
    ludo = Caller("slack", "T1", "U3", "ludo.lemahieu@cdvaura.be")
    said = assistant.answer(Call("/wie mijn regio", ludo))
    assert isinstance(said, Answer)

    assert emails(said) == {"ludo.lemahieu@cdvaura.be"}, "and not that of the Mijnstreek"


def test_the_past_is_answered_as_far_as_the_source_goes(ask: Ask) -> None:
    said = ask("/wie limburg op 1/9/2023")

    assert said.data["day"] == "2023-09-01"
    assert emails(said) == CONTACTS["limburg"]
    assert "Nathalie Vanbergen weet ik niet sinds wanneer" in str(said.parts)


def test_before_the_team_started_its_people_are_not_named(ask: Ask) -> None:
    assert emails(ask("/wie limburg op 31/8/2020")) == {"nathalie.vanbergen@vrijclblimburg.be"}


def test_who_came_later_is_named_from_that_day_on(ask: Ask, sqlite_store: Store) -> None:
    with sqlite_store.engine.begin() as connection:
        connection.execute(
            update(AssignmentRow)
            .where(AssignmentRow.region == "limburg", AssignmentRow.side == "jeugdhulp-onderwijs")
            .values(valid_to=date(2026, 11, 22))
        )

    assert "claudia.geens@pietersimenon.be" in emails(ask("/wie limburg op 22/11/2026"))
    now = ask("/wie limburg")
    assert emails(now) == {"nathalie.vanbergen@vrijclblimburg.be"}
    assert "tandempartner" in str(now.parts)


def test_a_region_split_between_persons_answers_by_municipality(
    ask: Ask, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        ours = {p.name: p.id for p in tx.people.everyone()}
    with sqlite_store.engine.begin() as connection:
        for name, part in (("Oona", ["Eeklo", "Aalter"]), ("Sofie", ["Oudenaarde"])):
            connection.execute(
                update(AssignmentRow)
                .where(AssignmentRow.person_id == ours[name])
                .values(municipalities=part)
            )

    assert "sofie.baert@clboudenaarde.be" not in emails(ask("/wie Eeklo"))
    assert "oona.somers@vclbmeetjesland.be" in emails(ask("/wie Eeklo"))
    assert emails(ask("/wie Oost-Vlaanderen")) == CONTACTS["oost-vlaanderen"]


def test_a_confirmed_contact_says_by_whom_and_when(ask: Ask, sqlite_store: Store) -> None:
    with sqlite_store.begin() as tx:
        claudia = tx.people.by_email("CLAUDIA.GEENS@pietersimenon.be")
    assert claudia is not None
    with sqlite_store.engine.begin() as connection:
        connection.execute(
            update(AssignmentRow)
            .where(AssignmentRow.region == "limburg")
            .values(confirmed_at=MONDAY, confirmed_by=claudia.id)
        )

    source = ask("/wie Hasselt").source

    assert source is not None
    assert source.text == "bevestigd op 23 november 2026 door Claudia"


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("wie Luik", "Wallonië"),
        ("wie Breda", "Nederland"),
        ("bij wie moet ik zijn voor 4000?", "Wallonië"),
    ],
)
def test_a_place_outside_is_recognised_and_said_so(ask: Ask, words: str, country: str) -> None:
    said = ask(words)

    assert said.kind is Kind.REFUSAL
    assert said.data["outside"] == country
    assert said.data["people"] == []


def test_a_place_outside_beside_one_inside_is_named_as_such(ask: Ask) -> None:
    said = ask("wie dekt Sint-Niklaas en Luik")

    assert emails(said) == CONTACTS["oost-vlaanderen"]
    assert said.data["left_out"] == ["Liège"]
    assert "Luik ligt in Wallonië" in text(said)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("wie Brussel", "Voor Brussel kun"),
        ("wie Antwerpen", "Voor Antwerpen kun"),
        ("wie Ninove", "Voor Ninove (Oost-Vlaanderen) kun"),
    ],
)
def test_a_place_that_is_called_like_its_region_is_named_once(
    ask: Ask, words: str, label: str
) -> None:
    assert ask(words).headline.startswith(label)


def test_another_name_is_repeated_as_it_was_typed(ask: Ask) -> None:
    assert "“WVL” is een andere naam voor West-Vlaanderen" in text(ask("wie doet WVL"))


@pytest.mark.parametrize(
    "address", ["Kerkstraat 12, 9300 Aalst", "Stationsplein 3 bus 2, B-8500 Kortrijk"]
)
def test_nothing_but_an_address_is_a_question_who_is_there(ask: Ask, address: str) -> None:
    said = ask(address)

    assert said.feature == "coverage"
    assert len(json.loads(json.dumps(said.data))["people"]) >= 2


@pytest.mark.parametrize(
    "words",
    [
        "geef me alle contactpersonen",
        "/wie alle regio's",
        "wie heel Vlaanderen",
        "/wie lijst van de coördinatoren",
    ],
)
def test_the_whole_list_of_contacts_can_be_asked_for(ask: Ask, words: str) -> None:
    said = ask(words)

    assert emails(said) == set().union(*CONTACTS.values())
    assert said.data["regions"] == [region.value for region in Region]


def test_a_name_of_several_regions_is_asked_about_with_its_capital(ask: Ask) -> None:
    assert ask("wie dekt vlaanderen").headline == "Welk Vlaanderen bedoel je?"


def test_of_another_day_nothing_is_said_about_now(ask: Ask) -> None:
    said = text(ask("/wie limburg op 1/1/2019"))

    assert "Op die dag is er niemand als coördinator jeugdhulp-onderwijs" in said
    assert " nu " not in said


def test_where_nobody_is_there_at_all_that_is_said(ask: Ask, sqlite_store: Store) -> None:
    day = MONDAY.date()
    with sqlite_store.begin() as tx:
        for person in tx.people.everyone():
            tx.absences.register(Absence(0, person, day, day, None), None, MONDAY, "system")

    said = ask("wie Gent")

    assert said.headline == "In Oost-Vlaanderen is er nu niemand, en ook niet in de buurregio’s."
    assert said.data["people"] == []


def test_a_place_that_nobody_knows_is_refused_by_name(ask: Ask) -> None:
    said = ask("/wie Xyzzyburg")

    assert said.kind is Kind.REFUSAL
    assert "Xyzzyburg" in said.headline


def test_the_command_alone_asks_which_place(ask: Ask) -> None:
    assert ask("/wie").data["reason"] == "coverage.which_place"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("wie doet de kempen", "Voor de Kempen (Antwerpen en Limburg) kun je terecht"),
        ("wie doet de kempen", "De Kempen ligt in Antwerpen en Limburg"),
        ("wie doet waas", "Voor het Land van Waas (Oost-Vlaanderen)"),
        ("wie haspengouw", "Voor Haspengouw"),
        ("wie Paris", "Parijs ligt in Frankrijk"),
        ("wie Tourcoing", "Tourcoing ligt in Frankrijk"),
        ("wie is peter", "geen persoon, gemeente of regio die op “peter” lijkt"),
        ("telefoonnummer lotte", "Telefoonnummers heb ik niet."),
        ("wie oona nummer", "Telefoonnummers heb ik niet."),
    ],
)
def test_places_and_people_are_spoken_of_as_people_do(ask: Ask, asked: str, said: str) -> None:
    assert said in text(ask(asked))


def test_a_province_is_no_other_name_of_itself(ask: Ask) -> None:
    assert "andere naam" not in text(ask("wie provincie antwerpen"))


def test_words_that_are_no_name_are_quoted_in_the_question(ask: Ask) -> None:
    asked = ask("wie kortijk")

    assert asked.kind is Kind.QUESTION
    assert asked.headline == "Welke plaats bedoel je met “kortijk”?"
