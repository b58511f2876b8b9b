"""*Klopt nog*, *Klopt niet* and *Stel ons voor* under an answer about who (F08, F09)."""

from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.assistant import Pressed, Submission
from handlers.errors import Mistakes
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind, Link, Paragraph, Press
from handlers.speech.form import Form
from store import Store
from tests.conftest import MONDAY
from tests.stories.room import Room


@pytest.fixture
def room(store: Store) -> Room:
    """Brug on both databases."""
    return Room(store)


@pytest.fixture
def small(sqlite_store: Store) -> Room:
    """Brug where the database makes no difference."""
    return Room(sqlite_store)


def labels(answer: Answer) -> list[str]:
    return [button.label for button in answer.buttons]


def steward(room: Room, email: str) -> None:
    with room.store.begin() as tx:
        tx.people.add_steward(email, MONDAY, "system")


def test_who_confirms_their_own_record_is_named_as_its_source(room: Room) -> None:
    before = room.say("Babs", "wat is het mailadres van Babs?")
    assert before.source is not None
    assert "nog niet bevestigd" in before.source.text

    done = room.click("Babs", before, "Klopt nog")

    assert done.headline == "Dank je! Bevestigd op 23 november 2026 door Babs."
    after = room.say("Gast", "wat is het mailadres van Babs?")
    assert after.source is not None
    assert after.source.text == "bevestigd op 23 november 2026 door Babs"


def test_one_of_a_duo_confirms_and_each_is_named_with_their_own_date(small: Room) -> None:
    shown = small.say("Frederik", "/wie Ninove")
    small.click("Frederik", shown, "Klopt nog")

    after = small.say("Frederik", "/wie Ninove")

    assert after.source is not None
    others, frederik = after.source.text.split("; ")
    assert others.startswith("Oona en Sofie: ")
    assert others.endswith("nog niet bevestigd")
    assert frederik == "Frederik: bevestigd op 23 november 2026 door Frederik"
    # What was confirmed today is not asked again.
    assert "Klopt nog" not in labels(after)


def test_a_steward_without_a_person_confirms_for_everybody(room: Room) -> None:
    steward(room, "steward@example.org")
    shown = room.say("steward@example.org", "/wie Turnhout")

    room.click("steward@example.org", shown, "Klopt nog")

    after = room.say("Gast", "/wie Turnhout")
    assert after.source is not None
    assert after.source.text == "bevestigd op 23 november 2026 door een steward"


def test_buttons_are_shown_to_who_may_press_them_alone(small: Room) -> None:
    steward(small, "steward@example.org")
    shown = {
        who: labels(small.say(who, "/wie Turnhout"))
        for who in ("Gast", "Babs", "Ludo", "steward@example.org")
    }

    assert shown == {
        "Gast": ["Stel ons voor", "Klopt niet"],
        "Babs": ["Klopt nog", "Klopt niet"],
        "Ludo": ["Stel ons voor", "Klopt niet"],
        "steward@example.org": ["Stel ons voor", "Klopt nog", "Klopt niet"],
    }


@pytest.mark.parametrize("who", ["Gast", "Ludo"])
def test_a_record_is_not_confirmed_by_who_has_no_right_to_it(small: Room, who: str) -> None:
    mine = small.say("Babs", "wat is het mailadres van Babs?")
    press = next(button.press for button in mine.buttons if button.label == "Klopt nog")

    assert small.press(who, press).kind is Kind.REFUSAL
    after = small.say("Gast", "wat is het mailadres van Babs?")
    assert after.source is not None
    assert "nog niet bevestigd" in after.source.text


def test_what_is_wrong_reaches_the_stewards_once_and_without_a_word_of_free_text(
    room: Room,
) -> None:
    steward(room, room.people["Els"].email)
    shown = room.say("Gast", "/wie Hasselt")
    which = room.click("Gast", shown, "Klopt niet")
    assert labels(which) == ["Claudia (Limburg)", "Nathalie Vanbergen (Limburg)"]

    told = [room.click("Gast", which, "Claudia") for _ in range(3)]

    assert [answer.data["told"] for answer in told] == [1, 0, 0]
    (letter,) = room.letters().values()
    assert letter.headline.startswith("Iets klopt niet: Claudia, coördinator jeugdhulp-onderwijs")
    confirmed = room.click("Els", letter, "Klopt nog")
    assert confirmed.kind is Kind.ANSWER


def test_without_a_steward_the_person_is_to_be_written_to(small: Room) -> None:
    told = small.click("Gast", small.say("Gast", "wat is het mailadres van Babs?"), "Klopt niet")

    assert "mailto:bgoethals@arktos.be" in pages.write(told)
    assert small.letters() == {}


@pytest.mark.parametrize("records", ["", "0", "99999", "1,99999", "1;2", "-1", "9" * 30, "²"])
def test_a_button_that_came_back_changed_confirms_nothing(room: Room, records: str) -> None:
    steward(room, "steward@example.org")
    for verb in ("confirm", "dispute"):
        said = room.press("steward@example.org", Press("coverage", verb, {"records": records}))
        assert said.data["reason"] == "assistant.gone"
    with room.store.read() as tx:
        assert all(not a.confirmed_at for a in tx.coverage.assignments(MONDAY.date()))


def introduced(room: Room, who: str, sentence: str) -> Answer:
    shown = room.say(who, "/wie Oudenaarde")
    press = next(button.press for button in shown.buttons if button.label == "Stel ons voor")
    form = room.assistant.press(Pressed(press, room.caller(who)))
    assert isinstance(form, Form)
    return room.send(who, form, {"sentence": sentence})


def test_an_introduction_is_drafted_for_both_and_sent_by_nobody(small: Room) -> None:
    said = introduced(small, "Ludo", "Wij zoeken met onze school naar dagbesteding & rust.")

    links = [
        span.url
        for part in said.parts
        if isinstance(part, Paragraph)
        for span in part.prose
        if isinstance(span, Link)
    ]
    (link,) = map(urlsplit, links)
    assert unquote(link.path).split(",") == said.data["to"]
    assert said.data["to"] == [
        "Frederik.declercq@vzwapart.be",
        "oona.somers@vclbmeetjesland.be",
        "sofie.baert@clboudenaarde.be",
    ]
    assert parse_qs(link.query)["body"] == [said.data["text"]]
    assert "Ik ben Ludo" in str(said.data["text"])
    assert "dagbesteding & rust." in str(said.data["text"])
    assert small.letters() == {}


def test_an_introduction_names_whoever_is_there_today(small: Room) -> None:
    small.say("Oona", "/afwezig vandaag vervangt Annick")

    said = introduced(small, "Ludo", "")

    assert "oona.somers@vclbmeetjesland.be" not in pages.write(said)
    assert "annick.steyt@samentegenschooluitval-wvl.be" in pages.write(said)


@pytest.mark.parametrize(
    "sentence",
    [
        "Het gaat over een kind met rijksregisternummer 85.07.30-033.28.",
        "Bel haar mama op 0470 12 34 56.",
        "a" * 301,
    ],
)
def test_a_sentence_that_points_at_a_child_is_refused_at_its_field_and_kept_nowhere(
    small: Room, sentence: str
) -> None:
    with pytest.raises(Mistakes) as mistakes:
        introduced(small, "Ludo", sentence)

    assert list(mistakes.value.keys) == ["sentence"]
    assert sentence not in str(mistakes.value)


@pytest.mark.parametrize("values", [{}, {"place": ""}, {"place": "Luik"}, {"place": "xyzzy"}])
def test_an_introduction_to_nowhere_is_refused(small: Room, values: Mapping[str, str]) -> None:
    said = small.press("Ludo", Press("coverage", "introduce", values))
    sent = small.assistant.submit(Submission("coverage", values, small.caller("Ludo")))

    assert said.data["reason"] == sent.data["reason"] == "assistant.gone"


def test_a_guest_may_be_introduced_and_nothing_else(small: Room) -> None:
    assert labels(small.say("Elders", "/wie Turnhout")) == ["Stel ons voor"]


def test_an_answer_about_another_day_has_nothing_to_confirm(small: Room) -> None:
    assert labels(small.say("Babs", "/wie Turnhout op 1/9/2023")) == []
    assert labels(small.say("Babs", "/wie Babs op 1/9/2023")) == []
