import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from bot.presses import why_of
from handlers import FEATURES
from handlers.actors import Caller
from handlers.speech import pages
from handlers.speech.answer import Answer, Button, Facts, Kind
from handlers.speech.answer import Press as Pressing
from handlers.speech.form import Form
from scheduler.chores import tell_followers
from store import Store
from store.directory import Offering, OfferingKind
from store.records import LetterState, Region
from store.search.entry import Status
from tests.conftest import ATLAS, MONDAY
from tests.handlers.found import (
    STEWARD,
    Press,
    Say,
    add,
    button,
    first_card,
    lines,
    names,
    spoken,
)


def test_a_question_in_plain_words_finds_the_place_and_says_what_it_understood(say: Say) -> None:
    answer = say("Is er dagbesteding voor een 13-jarige in Tienen?")

    assert names(answer)[0] == "Dagbesteding De Wissel"
    assert answer.data["regions"] == ["vlaams-brabant"]
    assert [one.label for one in answer.buttons if "Zonder" in one.label] == [
        "Zonder: 13 jaar",
        "Zonder: regio Vlaams-Brabant",
    ]


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("/aanbod voor gast van 15 genk", "/aanbod 15 jaar genk"),
        ("/aanbod voor pubers genk", "/aanbod genk"),
        ("/aanbod leerling van 15 met depressie in genk", "/aanbod 15 jaar depressie genk"),
        ("/aanbod iets voor kind 9j gent", "/aanbod 9 jaar gent"),
        ("/aanbod ik werk bij clb gent, iets voor leerling 9 j", "/aanbod 9 jaar gent"),
    ],
)
def test_whom_it_is_for_is_not_searched_for(say: Say, asked: str, same: str) -> None:
    assert names(say(asked)) == names(say(same))
    assert say(asked).data["total"]


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        ("/aanbod diepzeeduiken voor een kind van 9 in genk", "“diepzeeduiken”"),
        ("/aanbod ik werk bij clb genk, iets voor kind 9j zit thuis", "“zit thuis”"),
    ],
)
def test_the_words_that_nothing_has_can_be_dropped(
    say: Say, press: Press, asked: str, left_out: str
) -> None:
    none = say(asked)

    buttons = [one for one in none.buttons if "Zonder “" in one.label]
    assert [left_out in one.label for one in buttons] == [True]
    wider = press(buttons[0])
    assert isinstance(wider, Answer)
    assert names(wider) == names(say("/aanbod 9 jaar genk"))


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


def test_a_full_place_is_no_free_place_in_the_next_search(
    say: Say, press: Press, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward(STEWARD, MONDAY, "system")
    card = first_card(say("/aanbod dagbesteding Tienen"), press, STEWARD)

    press(button(card, "volzet"), STEWARD)

    assert "Dagbesteding De Wissel" not in names(say("/aanbod dagbesteding plaats vrij Tienen"))
    assert "volzet (stand van 23 november 2026)" in spoken(say("/aanbod dagbesteding Tienen"))


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


def test_who_applied_a_practice_has_the_day_on_which_they_said_so(
    sqlite_store: Store, member: Caller
) -> None:
    add(
        sqlite_store,
        Offering(
            name="Praktijk Zonderling",
            kind=OfferingKind.GOOD_PRACTICE,
            assured_date=date(2026, 6, 18),
            assured_by="Noor Voorbeeld",
        ),
    )
    now = MONDAY
    assistant = Assistant(sqlite_store, FEATURES, lambda: now, atlas=ATLAS)
    card = assistant.answer(Call("/praktijk zonderling", member))
    assert isinstance(card, Answer)
    opened = button(card, "1. ").press
    state = {"form": "used", "id": opened.values["id"]}

    assistant.submit(Submission("practices", {"place": "Genk"}, member, state=state))
    now += timedelta(days=3)
    assistant.submit(Submission("practices", {"place": "Aalst"}, member, state=state))
    shown = assistant.press(Pressed(opened, member))

    assert isinstance(shown, Answer)
    facts = next(part for part in shown.parts if isinstance(part, Facts))
    (applied,) = [
        "".join(span.text for span in prose)
        for label, prose in facts.pairs
        if label == "Ook toegepast in"
    ]
    assert applied == "Aalst (gemeld 26/11/2026) en Genk (gemeld 23/11/2026)"


def test_a_network_without_an_owner_says_so(say: Say, press: Press, sqlite_store: Store) -> None:
    add(sqlite_store, Offering(name="Netwerk Zonderling", kind=OfferingKind.NETWORK))

    card = first_card(say("/netwerk zonderling"), press)

    assert "nog geen trekker" in str(card.parts)


def test_a_follower_hears_once_of_each_change_and_can_stop(
    say: Say, press: Press, sqlite_store: Store
) -> None:
    say("/volg zeilklas Limburg")
    add(
        sqlite_store,
        Offering(name="Zeilklas De Vaart", regions=(Region.LIMBURG,)),
        Offering(name="Zeilklas Elders", regions=(Region.ANTWERPEN,)),
        Offering(name="Iets anders", regions=(Region.LIMBURG,)),
    )

    written = [tell_followers(sqlite_store, MONDAY) for _ in range(2)]
    with sqlite_store.read() as tx:
        letters = tx.outbox.in_state(LetterState.WAITING)
    letter = pages.read(letters[0].body)
    press(button(letter, "Stop"))
    add(sqlite_store, Offering(name="Zeilklas Twee", regions=(Region.LIMBURG,)))
    after = tell_followers(sqlite_store, MONDAY)

    assert (written, after) == ([1, 0], 0)
    assert "Zeilklas De Vaart" in spoken(letter)
    assert "Elders" not in spoken(letter)


@pytest.mark.parametrize(
    ("asked", "followed"),
    [
        ("Stuur me een bericht als er een nieuwe time-out komt in Brugge", "time-out in Brugge"),
        ("Verwittig mij zodra er iets nieuws is over pesten", "pesten"),
    ],
)
def test_what_is_followed_is_said_without_the_words_around_it(
    say: Say, asked: str, followed: str
) -> None:
    assert say(asked).headline.endswith(f": {followed}?")


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


def test_why_tells_which_words_met_which(say: Say) -> None:
    why = say("/aanbod dagbestedign Tienen").why

    said = " ".join(span.text for line in why for span in line)
    assert "las ik als “dagbesteding”" in said
    assert "bevestigd op" in said


@pytest.mark.parametrize("first", ["/aanbod limburg", "/aanbod time-out of naft", "/netwerk"])
def test_why_explains_the_page_that_was_shown(say: Say, press: Press, first: str) -> None:
    say(first)
    second = say("meer")
    assert names(second)

    by_words = say("waarom?")
    by_button = press(Button("Waarom?", why_of(second, "meer")))

    assert by_words == by_button
    explained = lines(by_words)[:-1]
    assert len(explained) == len(names(second))
    pairs = zip(explained, names(second), strict=True)
    assert all(line.startswith(name) for line, name in pairs)


def test_why_explains_a_question_that_went_on(say: Say) -> None:
    say("/aanbod 15 jaar genk")
    there = say("en in Gent?")

    assert names(say("waarom?")) == names(there)


def test_what_only_lies_close_is_said(say: Say) -> None:
    near = say("/vorming faalangst")

    assert "Over “faalangst” zelf vond ik niets" in str(near.parts)
    assert "schoolweigering" in str(near.parts)
    assert "zelf vond ik niets" not in str(say("/vorming schoolweigering").parts)


def test_a_long_list_without_a_place_offers_the_regions(say: Say, press: Press) -> None:
    whole = say("/aanbod")
    there = press(button(whole, "Limburg"))

    assert isinstance(there, Answer)
    assert there.data["regions"] == ["limburg"]
    regions = {region.label for region in Region}
    assert {one.label for one in whole.buttons} >= regions
    assert not {one.label for one in say("/aanbod gent").buttons} & regions
    assert not {one.label for one in say("/aanbod diepzeeduiken").buttons} & regions


def test_a_child_in_the_question_finds_the_same(say: Say) -> None:
    plain, child = say("/aanbod time-out antwerpen"), say("/aanbod time-out meisje antwerpen")

    assert set(names(plain)) == set(names(child))
    assert plain.data["total"] == child.data["total"]


def test_why_says_what_an_entry_was_narrowed_by(say: Say) -> None:
    say("/aanbod 15 jaar genk")
    assert "past bij wat je vroeg: 15 jaar en regio Limburg." in spoken(say("waarom?"))

    say("/aanbod")
    assert "omdat je naar alles vroeg" in spoken(say("waarom?"))


def test_what_ended_is_not_found(say: Say, sqlite_store: Store) -> None:
    add(sqlite_store, Offering(name="Zeilklas De Vaart", status=Status.DEFUNCT))

    assert say("/aanbod zeilklas").data["total"] == 0


@pytest.mark.parametrize(
    ("feature", "words"),
    [("offerings", "dagbesteding"), ("moments", ""), ("trainings", ""), ("practices", ""),
     ("networks", "")],
)  # fmt: skip
def test_more_past_the_end_is_the_last_page(feature: str, words: str, press: Press) -> None:
    shown = press(Button("Meer", Pressing(feature, "more", {"words": words, "page": "99"})))

    assert isinstance(shown, Answer)
    assert shown.kind is Kind.ANSWER
    assert "reference" not in shown.data, "no fault"
    assert shown.data["results"]
    assert not [one for one in shown.buttons if one.press.verb == "more"], "it is the last"


def test_more_of_what_is_gone_meanwhile_leads_to_ways_on(press: Press) -> None:
    asked = {"words": "zwemschool voor vliegende vissen", "page": "1"}
    shown = press(Button("Meer", Pressing("offerings", "more", asked)))

    assert isinstance(shown, Answer)
    assert "reference" not in shown.data
    assert shown.data["total"] == 0
