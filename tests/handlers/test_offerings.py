import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers import FEATURES
from handlers.actors import Caller
from handlers.confirming import write_requests
from handlers.errors import Mistakes
from handlers.follows import write_letters
from handlers.hearing.places import Places
from handlers.speech import pages
from handlers.speech.answer import Answer, Button, Facts, Kind, Listing
from handlers.speech.form import Form
from store import Store
from store.directory import Offering, OfferingKind, Session
from store.records import LetterState, Provenance, Region
from store.search.entry import Status
from tests.conftest import ATLAS, MONDAY

STEWARD = "noor.voorbeeld@example.org"
COORDINATOR = "claudia.geens@pietersimenon.be"  # Limburg
PROVIDER = "vzw-het-verzonnen-huis@example.org"  # Vlaams-Brabant

Say = Callable[..., Answer]


@pytest.fixture
def say(assistant: Assistant, member: Caller) -> Say:
    def said(words: str, email: str = "", **changes: str) -> Answer:
        caller = replace(member, user=email or member.user, email=email, **changes)
        answer = assistant.answer(Call(words, caller))
        assert isinstance(answer, Answer)
        return answer

    return said


@pytest.fixture
def press(assistant: Assistant, member: Caller) -> Callable[..., Answer | Form]:
    def pressed(button: Button, email: str = "") -> Answer | Form:
        caller = replace(member, user=email or member.user, email=email)
        return assistant.press(Pressed(button.press, caller))

    return pressed


Press = Callable[..., Answer | Form]


def names(answer: Answer) -> list[str]:
    results = answer.data["results"]
    assert isinstance(results, list)
    return [str(one["name"]) for one in results if isinstance(one, dict)]


def button(answer: Answer, label: str) -> Button:
    return next(one for one in answer.buttons if label in one.label)


def first_card(answer: Answer, press: Press, email: str = "") -> Answer:
    card = press(button(answer, "1. "), email)
    assert isinstance(card, Answer)
    return card


def add(store: Store, *offerings: Offering) -> list[int]:
    with store.begin() as tx:
        said = Provenance("test", MONDAY.date())
        return tx.offerings.add_all([replace(one, provenance=said) for one in offerings], MONDAY)


def test_a_question_in_plain_words_finds_the_place_and_says_what_it_understood(say: Say) -> None:
    answer = say("Is er dagbesteding voor een 13-jarige in Tienen?")

    assert names(answer)[0] == "Dagbesteding De Wissel"
    assert answer.data["regions"] == ["vlaams-brabant"]
    assert [one.label for one in answer.buttons if "Zonder" in one.label] == [
        "Zonder: 13 jaar",
        "Zonder: regio Vlaams-Brabant",
    ]


def test_a_chip_takes_away_what_it_says_and_nothing_else(say: Say, press: Press) -> None:
    answer = say("/aanbod dagbesteding voor een 13-jarige in Tienen")

    wider = press(button(answer, "Zonder: regio"))

    assert isinstance(wider, Answer)
    assert wider.data["regions"] == []
    assert [one.label for one in wider.buttons if "Zonder" in one.label] == ["Zonder: 13 jaar"]
    assert int(str(wider.data["total"])) > int(str(answer.data["total"]))


def test_pages_show_everything_once(say: Say, press: Press) -> None:
    answer = say("/aanbod")
    total = int(str(answer.data["total"]))
    seen = names(answer)
    ids = [one.press.values["id"] for one in answer.buttons if one.press.verb == "card"]
    while True:
        more = [one for one in answer.buttons if one.press.verb == "more"]
        if not more:
            break
        following = press(more[0])
        assert isinstance(following, Answer)
        answer = following
        seen += names(answer)
        ids += [one.press.values["id"] for one in answer.buttons if one.press.verb == "card"]

    assert len(seen) == len(set(ids)) == total


@pytest.mark.parametrize("page", ["-1", "x", "999999", "²", ""])
def test_a_page_that_somebody_made_up_is_no_fault(page: str, say: Say, press: Press) -> None:
    more = button(say("/aanbod"), "Meer")

    answer = press(replace(more, press=replace(more.press, values={"words": "", "page": page})))

    assert isinstance(answer, Answer)
    assert "reference" not in answer.data


def test_every_line_of_a_card_has_a_date_and_it_says_that_it_is_invented(
    say: Say, press: Press
) -> None:
    card = first_card(say("/aanbod dagbesteding Tienen"), press)

    facts = next(part for part in card.parts if isinstance(part, Facts))
    for label, prose in facts.pairs:
        assert re.search(r"\d+/\d+/2026\)$", "".join(span.text for span in prose)), label
    assert "verzonnen" in str(card.parts)
    assert "CLB" in str(facts)
    assert card.source is not None
    assert "Noor Voorbeeld" in card.source.text


def test_more_about_the_second_means_the_list_that_this_person_saw_last(
    assistant: Assistant, say: Say
) -> None:
    listed = say("/aanbod time-out kortrijk")

    card = say("vertel meer over 2")
    someone_else = assistant.answer(Call("vertel meer over 2", Caller("console", "", "U2")))

    assert card.headline.startswith(names(listed)[1])
    assert isinstance(someone_else, Answer)
    assert someone_else.kind is Kind.REFUSAL


def test_a_list_is_forgotten_after_half_an_hour(sqlite_store: Store, member: Caller) -> None:
    now = MONDAY
    assistant = Assistant(sqlite_store, FEATURES, lambda: now, atlas=ATLAS)
    assistant.answer(Call("/aanbod time-out kortrijk", member))

    now += timedelta(minutes=31)
    answer = assistant.answer(Call("vertel meer over 2", member))

    assert isinstance(answer, Answer)
    assert answer.kind is Kind.REFUSAL


def test_a_question_can_go_on_from_the_last(say: Say) -> None:
    say("/aanbod dagbesteding voor een 13-jarige in Tienen")

    moved = say("en in Gent?")
    narrowed = say("alleen +12")

    assert moved.data["regions"] == ["oost-vlaanderen"]
    assert [f["value"] for f in as_dicts(moved.data["facets"])] == ["13", "oost-vlaanderen"]
    assert {f["value"] for f in as_dicts(narrowed.data["facets"])} == {"+12", "oost-vlaanderen"}


def as_dicts(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return [one for one in value if isinstance(one, dict)]  # pyright: ignore[reportUnknownVariableType] - JSON


def test_nothing_found_is_never_the_end(say: Say, press: Press) -> None:
    answer = say("/aanbod zorgboerderij voor een 16-jarige in Hasselt")

    assert answer.data["total"] == 0
    way = next(one for one in answer.buttons if "gevonden" in one.label)
    promised = int(re.findall(r"(\d+) gevonden", way.label)[0])
    wider = press(way)
    assert isinstance(wider, Answer)
    assert wider.data["total"] == promised > 0
    assert button(answer, "duo").press.values["words"] == "/wie Hasselt"
    assert button(answer, "Tel mee")


def test_nonsense_finds_nothing_and_offers_no_filter(say: Say) -> None:
    answer = say("/aanbod qwxzy brrgl")

    assert answer.data["total"] == 0
    assert answer.data["ways_on"] == []


def test_an_unmet_need_counts_once_a_day_and_keeps_no_child(
    say: Say, press: Press, sqlite_store: Store
) -> None:
    for words in (
        "/aanbod zorgboerderij 16 jaar Hasselt",
        "/aanbod qwxzy voor Noor Voorbeeld, rijksregister 85.07.30-033.28, 16 jaar",
    ):
        need = button(say(words), "Tel mee")
        press(need)
        press(need)

    with sqlite_store.read() as tx:
        first, second = tx.needs.between(MONDAY.date(), MONDAY.date())
    assert (first.regions, first.minimum_age, first.maximum_age) == ((Region.LIMBURG,), 16, 16)
    assert first.words == "zorgboerderij"
    assert (second.words, second.minimum_age) == (None, 16)


def test_twelve_is_on_both_sides_of_the_seam(say: Say, sqlite_store: Store) -> None:
    add(
        sqlite_store,
        Offering(name="Naadklas tot", minimum_age=6, maximum_age=12),
        Offering(name="Naadklas vanaf", minimum_age=12, maximum_age=18),
    )

    for asked in ("12 jaar", "-12", "+12"):
        assert set(names(say(f"/aanbod naadklas {asked}"))) == {"Naadklas tot", "Naadklas vanaf"}


def test_an_offering_that_ends_at_twelve_shows_the_way_on(say: Say, press: Press) -> None:
    card = first_card(say("/aanbod zorgboerderij"), press)

    assert button(card, "vanaf 12").press.values["words"].startswith("/aanbod +12")


def test_a_correction_waits_for_a_steward_who_sees_old_and_new(
    say: Say, press: Press, assistant: Assistant, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    card = first_card(say("/aanbod dagbesteding Tienen"), press)
    form = press(button(card, "Klopt niet"))
    assert isinstance(form, Form)
    values = {"field": "ages", "new": "14-20"}

    sender = Caller("console", "", "U1")
    assistant.submit(Submission("offerings", values, sender, state=form.state))
    queue = say("/aanbod correcties", STEWARD)
    approved = press(button(queue, "Neem over"), STEWARD)

    assert "nu “12-18”, voorstel “14-20”" in spoken(queue)
    assert isinstance(approved, Answer)
    after = say("/aanbod dagbesteding Tienen")
    again = first_card(after, press)
    assert (again.data["minimum_age"], again.data["version"]) == (14, 2)
    assert "12" in str(again.why)
    assert "14" in str(again.why)


def lines(answer: Answer) -> list[str]:
    return [
        "".join(span.text for span in item)
        for part in answer.parts
        if isinstance(part, Listing)
        for item in part.items
    ]


def spoken(answer: Answer) -> str:
    return " ".join(
        span.text
        for part in answer.parts
        if isinstance(part, Listing)
        for item in part.items
        for span in item
    )


@pytest.mark.parametrize(
    ("new", "key"),
    [
        ("12-", "cards.bad_ages"),
        ("18-12", "cards.bad_ages"),
        ("", "room.fill_in"),
        ("12-18", "cards.same"),
        ("bel 0470 12 34 56", "cards.never_kept"),
    ],
)
def test_a_correction_that_cannot_be_taken_is_shown_at_the_field(
    new: str, key: str, say: Say, press: Press, assistant: Assistant
) -> None:
    card = first_card(say("/aanbod dagbesteding Tienen"), press)
    state = {"form": "correct", "id": str(card.data["id"])}
    sender = Caller("console", "", "U1")
    sent = Submission("offerings", {"field": "ages", "new": new}, sender, state=state)

    with pytest.raises(Mistakes) as mistakes:
        assistant.submit(sent)

    assert mistakes.value.keys == {"new": key}


def test_who_may_confirm_and_change_is_checked_on_the_very_entry(
    say: Say, press: Press, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    allowed: dict[tuple[str, str], bool] = {}
    for place, what in (("Leuven", "dagactiviteit"), ("Genk", "dagbesteding")):
        listed = say(f"/aanbod {what} {place}")
        card = first_card(listed, press, STEWARD)
        confirm = button(card, "Klopt nog")
        for who in ("", PROVIDER, COORDINATOR, STEWARD):
            said = press(confirm, who)
            assert isinstance(said, Answer)
            allowed[place, who] = said.kind is not Kind.REFUSAL

    assert allowed == {
        ("Leuven", ""): False,
        ("Leuven", PROVIDER): True,
        ("Leuven", COORDINATOR): False,
        ("Leuven", STEWARD): True,
        ("Genk", ""): False,
        ("Genk", PROVIDER): False,
        ("Genk", COORDINATOR): True,
        ("Genk", STEWARD): True,
    }


def test_a_full_place_is_no_free_place_in_the_next_search(
    say: Say, press: Press, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    card = first_card(say("/aanbod dagbesteding Tienen"), press, STEWARD)

    press(button(card, "volzet"), STEWARD)

    assert "Dagbesteding De Wissel" not in names(say("/aanbod dagbesteding plaats vrij Tienen"))
    assert "volzet (stand van 23 november 2026)" in spoken(say("/aanbod dagbesteding Tienen"))


def test_a_training_that_is_over_is_never_said_to_come(say: Say, sqlite_store: Store) -> None:
    over, coming = (Session(MONDAY + timedelta(days=days)) for days in (-30, 30))
    add(
        sqlite_store,
        Offering(name="Zeilles oud", kind=OfferingKind.TRAINING, sessions=(over,)),
        Offering(name="Zeilles half", kind=OfferingKind.TRAINING, sessions=(over, coming)),
    )

    trainings, agenda = say("/vorming zeilles"), say("/agenda zeilles")

    assert set(names(trainings)) == {"Zeilles oud", "Zeilles half"}
    assert names(agenda) == ["Zeilles half"]
    assert "geen nieuwe datum bekend" in spoken(trainings)
    assert "oktober 2026" not in spoken(trainings) + spoken(agenda)
    assert "23 december 2026" in spoken(agenda)


@pytest.mark.parametrize(
    ("asked", "locale"),
    [
        ("Wat staat er binnenkort op de agenda?", "nl"),
        ("/agenda volgende moment", "nl"),
        ("Quelles sont les prochaines rencontres ?", "fr"),
        ("/agenda what are the next events", "en"),
    ],
)
def test_words_for_what_comes_are_not_searched_for(say: Say, asked: str, locale: str) -> None:
    assert names(say(asked, locale=locale)) == names(say("/agenda"))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("/agenda december", "2026-12-01", "2026-12-31"),
        ("Wat staat er op de agenda in december?", "2026-12-01", "2026-12-31"),
        ("/agenda volgende week", "2026-11-30", "2026-12-06"),
        ("/agenda van 10/12 tot 20/12", "2026-12-10", "2026-12-20"),
        ("/vorming trauma in december", "2026-12-01", "2026-12-31"),
        ("Welke vormingen zijn er in januari 2027?", "2027-01-01", "2027-01-31"),
    ],
)
def test_days_narrow_what_takes_place(say: Say, asked: str, first: str, last: str) -> None:
    answer = say(asked)

    assert (answer.data["from"], answer.data["until"]) == (first, last)
    assert names(answer)
    month = {"11": "december", "12": "december", "01": "januari"}[first[5:7]]
    assert all(f" {month} 20" in line for line in lines(answer)), lines(answer)


def test_a_day_can_be_taken_away_again(say: Say, press: Press) -> None:
    narrow = say("/agenda december Antwerpen")

    wider = press(button(narrow, "Zonder: 1 december 2026 tot en met 31 december 2026"))

    assert isinstance(wider, Answer)
    assert wider.data["from"] is None
    assert wider.data["regions"] == ["antwerpen"]
    assert int(str(wider.data["total"])) > int(str(narrow.data["total"]))


def test_where_nothing_takes_place_in_those_days_there_is_a_way_to_other_days(
    say: Say, press: Press
) -> None:
    nothing = say("/agenda Antwerpen op 1/1/2027")

    assert nothing.data["total"] == 0
    wider = press(button(nothing, "Zonder 1 januari 2027"))
    assert isinstance(wider, Answer)
    assert wider.data["regions"] == ["antwerpen"]
    assert names(wider)


def test_how_long_a_training_lasts_is_no_day(say: Say) -> None:
    assert say("/vorming van een dag over trauma").data["from"] is None


def test_trainings_come_in_the_order_of_their_days(say: Say, sqlite_store: Store) -> None:
    soon, later = (Session(MONDAY + timedelta(days=days)) for days in (2, 300))
    past = Session(MONDAY - timedelta(days=30))
    add(
        sqlite_store,
        Offering(name="Zeilles later", kind=OfferingKind.TRAINING, sessions=(later,)),
        Offering(name="Zeilles voorbij", kind=OfferingKind.TRAINING, sessions=(past,)),
        Offering(name="Zeilles gauw", kind=OfferingKind.TRAINING, sessions=(past, soon)),
    )
    seen: list[str] = []
    page = say("/vorming")
    while len(seen) < int(str(page.data["total"])):
        seen += names(page)
        page = say("toon er nog") if len(seen) < int(str(page.data["total"])) else page

    assert seen[0] == "Zeilles gauw"
    assert seen.index("Zeilles later") < seen.index("Zeilles voorbij")
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    "asked",
    [
        "Wanneer is het volgende netwerkmoment?",
        "Welke infosessies komen eraan?",
        "Welke netwerkmomenten zijn er op komst?",
    ],
)
def test_who_asks_for_a_moment_gets_moments_alone(say: Say, asked: str) -> None:
    results = say(asked).data["results"]

    assert isinstance(results, list)
    assert results
    assert {str(one["kind"]) for one in results if isinstance(one, dict)} == {"moment"}


def test_a_direction_narrows_the_trainings(say: Say) -> None:
    everything = int(str(say("/vorming").data["total"]))
    one_way = int(str(say("/vorming van welzijn naar onderwijs").data["total"]))
    other_way = int(str(say("/vorming voor hulpverleners").data["total"]))

    assert one_way + other_way == everything
    assert one_way > 0
    assert other_way > 0


def test_a_moment_can_be_taken_along(say: Say, press: Press) -> None:
    card = first_card(say("/agenda Antwerpen"), press)

    taken = press(button(card, "agenda"))

    assert isinstance(taken, Answer)
    text = str(taken.data["content"])
    assert text.startswith("BEGIN:VCALENDAR")
    assert "DTSTART:2026" in text


def test_a_place_that_applied_a_practice_counts_once(
    say: Say, press: Press, assistant: Assistant, member: Caller
) -> None:
    card = first_card(say("/praktijk pesten"), press)
    form = press(button(card, "Wij pasten dit toe"))
    assert isinstance(form, Form)

    for place in ("Erembodegem", "Aalst", "gnet"):
        sent = Submission("practices", {"place": place}, member, state=form.state)
        answer = assistant.submit(sent)

    assert answer.data["applied_in"] == ["Aalst", "Gent"]


def test_a_network_without_an_owner_says_so(say: Say, press: Press, sqlite_store: Store) -> None:
    add(sqlite_store, Offering(name="Netwerk Zonderling", kind=OfferingKind.NETWORK))

    card = first_card(say("/netwerk zonderling"), press)

    assert "nog geen trekker" in str(card.parts)


def test_a_follower_hears_once_of_each_change_and_can_stop(
    say: Say, press: Press, sqlite_store: Store, places: Places
) -> None:
    say("/volg zeilklas Limburg")
    add(
        sqlite_store,
        Offering(name="Zeilklas De Vaart", regions=(Region.LIMBURG,)),
        Offering(name="Zeilklas Elders", regions=(Region.ANTWERPEN,)),
        Offering(name="Iets anders", regions=(Region.LIMBURG,)),
    )

    with sqlite_store.begin() as tx:
        written = [write_letters(tx, places, MONDAY) for _ in range(2)]
        letters = tx.outbox.in_state(LetterState.WAITING)
    letter = pages.read(letters[0].body)
    press(button(letter, "Stop"))
    add(sqlite_store, Offering(name="Zeilklas Twee", regions=(Region.LIMBURG,)))
    with sqlite_store.begin() as tx:
        after = write_letters(tx, places, MONDAY)

    assert (written, after) == ([1, 0], 0)
    assert "Zeilklas De Vaart" in spoken(letter)
    assert "Elders" not in spoken(letter)


def test_a_sentence_never_follows_without_a_button(say: Say, sqlite_store: Store) -> None:
    answer = say("Laat mij weten als er dagbesteding komt in Limburg")

    assert answer.kind is Kind.QUESTION
    with sqlite_store.read() as tx:
        assert tx.follows.of("console::U1") == []


def test_what_points_at_a_child_is_not_followed(say: Say, sqlite_store: Store) -> None:
    answer = say("/volg dagbesteding voor rijksregister 85.07.30-033.28")

    assert answer.kind is Kind.REFUSAL
    with sqlite_store.read() as tx:
        assert tx.follows.of("console::U1") == []


def test_a_coordinator_adds_an_entry_in_the_own_region_alone(
    assistant: Assistant, member: Caller, say: Say
) -> None:
    caller = replace(member, user="c", email=COORDINATOR)
    values = {
        "form": "add",
        "name": "Zeilklas De Vaart",
        "description": "Leren op het water.",
        "ages": "12-18",
        "kind": "schoolextern-aanbod",
    }

    added = assistant.submit(Submission("offerings", {**values, "regions": "limburg"}, caller))
    refused = assistant.submit(Submission("offerings", {**values, "regions": "brussel"}, caller))

    assert added.kind is Kind.ANSWER
    assert refused.kind is Kind.REFUSAL
    assert names(say("/aanbod zeilklas")) == ["Zeilklas De Vaart"]


def test_why_tells_which_words_met_which(say: Say) -> None:
    why = say("/aanbod dagbestedign Tienen").why

    said = " ".join(span.text for line in why for span in line)
    assert "las ik als “dagbesteding”" in said
    assert "bevestigd op" in said


def test_what_ended_is_not_found(say: Say, sqlite_store: Store) -> None:
    add(sqlite_store, Offering(name="Zeilklas De Vaart", status=Status.DEFUNCT))

    assert say("/aanbod zeilklas").data["total"] == 0


def test_owners_are_asked_in_one_letter_that_confirms_in_one_tap(
    press: Press, sqlite_store: Store
) -> None:
    zeilklas = Offering(name="Zeilklas", owner_email=COORDINATOR, regions=(Region.LIMBURG,))
    (number,) = add(sqlite_store, zeilklas)

    with sqlite_store.begin() as tx:
        written = [write_requests(tx, MONDAY) for _ in range(2)]
        letters = tx.outbox.in_state(LetterState.WAITING)
    press(button(pages.read(letters[0].body), "Klopt nog"), COORDINATOR)

    assert written == [1, 0]
    with sqlite_store.read() as tx:
        confirmed = tx.offerings.get(number)
    assert confirmed is not None
    assert (confirmed.assured_date, confirmed.assured_by) == (MONDAY.date(), "Claudia")


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
    ],
)
def test_an_age_is_read_in_french_and_english(say: Say, asked: str, locale: str, age: str) -> None:
    facets = say(asked, locale=locale).data["facets"]

    assert isinstance(facets, list)
    assert [(f["name"], f["value"]) for f in facets if isinstance(f, dict)] == [("age", age)]


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
