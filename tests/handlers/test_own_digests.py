"""A digest of one's own (F45): whoever wants it asks for it, alone reads it, and stops it."""

from datetime import timedelta

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers import FEATURES
from handlers.actors import Caller
from handlers.errors import Mistakes
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind, Press
from handlers.speech.form import Form
from scheduler.digests import write_digests
from store import Store
from store.records import Absence, Letter, LetterState, Region, Subscription
from tests.conftest import MONDAY
from tests.handlers.test_digests import Clock

NOOR = Caller("slack", "T1", "U9", conversation="C1")
SAM = Caller("slack", "T1", "U8", conversation="C1")
GUEST = Caller("slack", "T9", "U7", conversation="C1", home=False)
CLAUDIA = Caller("slack", "T1", "U2", "claudia.geens@pietersimenon.be", conversation="C1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def brug(sqlite_store: Store, clock: Clock) -> Assistant:
    with sqlite_store.begin() as tx:
        person = next(
            a.person
            for a in tx.coverage.assignments(MONDAY.date())
            if a.region is Region.OOST_VLAANDEREN
        )
        away = Absence(0, person, MONDAY.date(), MONDAY.date() + timedelta(days=9), None)
        tx.absences.register(away, None, MONDAY, "system")
    return Assistant(sqlite_store, FEATURES, clock)


def say(brug: Assistant, words: str, caller: Caller = NOOR) -> Answer:
    said = brug.answer(Call(words, caller))
    assert isinstance(said, Answer), words
    assert "reference" not in said.data
    return said


def kept(store: Store, address: str) -> Subscription | None:
    with store.read() as tx:
        return tx.digests.at(address)


def waiting(store: Store) -> list[Letter]:
    with store.read() as tx:
        return list(tx.outbox.in_state(LetterState.WAITING))


@pytest.mark.parametrize(
    "words",
    [
        "/digest voor mij elke maandag 9u in Gent",
        "/digest elke maandag 9u in Gent voor mij",
        "/digest elke maandag 9u alleen voor mij, Oost-Vlaanderen",
        "/digest pour moi chaque lundi 9h à Gand",
        "/digest for me every monday 9am in Ghent",
    ],
)
def test_a_member_gets_one_of_their_own_for_the_region_that_they_name(
    brug: Assistant, sqlite_store: Store, words: str
) -> None:
    said = say(brug, words)

    assert said.kind is not Kind.REFUSAL
    own = kept(sqlite_store, "slack:T1:U9")
    assert own is not None
    assert (own.region, own.weekday, own.hour) == (Region.OOST_VLAANDEREN, 0, 9)
    assert own.personal
    assert kept(sqlite_store, "slack:T1:C1") is None
    assert waiting(sqlite_store) == []  # nobody has to be greeted in a conversation of their own


def test_it_goes_to_them_alone_in_one_letter_with_a_button_that_stops_it(
    brug: Assistant, sqlite_store: Store, clock: Clock
) -> None:
    say(brug, "/digest voor mij elke maandag 9u in Gent")

    clock.now = MONDAY
    write_digests(sqlite_store, MONDAY)
    write_digests(sqlite_store, MONDAY + timedelta(minutes=1))

    (letter,) = waiting(sqlite_store)
    assert letter.address == "slack:T1:U9"
    stop = pages.read(letter.body).buttons[-1]
    assert stop.label == "Stop mijn weekbericht"
    answer = brug.press(Pressed(stop.press, NOOR))
    assert isinstance(answer, Answer)
    assert answer.headline == "Jouw weekbericht komt niet meer."
    own = kept(sqlite_store, "slack:T1:U9")
    assert own is not None
    assert own.ended == "asked"


def test_a_digest_of_a_channel_has_no_such_button(
    brug: Assistant, sqlite_store: Store, clock: Clock
) -> None:
    say(brug, "/digest elke maandag 9u", CLAUDIA)
    clock.now = MONDAY
    write_digests(sqlite_store, MONDAY)

    labels = [b.label for one in waiting(sqlite_store) for b in pages.read(one.body).buttons]
    assert "Stop mijn weekbericht" not in labels


def test_pressing_stop_ends_nobody_elses(brug: Assistant, sqlite_store: Store) -> None:
    say(brug, "/digest voor mij elke maandag 9u in Gent", NOOR)

    refused = brug.press(Pressed(Press("digests", "stop_own", {}), SAM))

    assert isinstance(refused, Answer)
    assert refused.kind is Kind.REFUSAL
    own = kept(sqlite_store, "slack:T1:U9")
    assert own is not None
    assert not own.ended


def test_a_form_does_not_set_it_for_somebody_else(brug: Assistant, sqlite_store: Store) -> None:
    form = brug.answer(Call("/digest voor mij instellen", NOOR))
    assert isinstance(form, Form)
    values = {"region": "limburg", "day": "4", "time": "16u", "holidays": "no"}

    refused = brug.submit(Submission("digests", values, SAM, state=form.state))
    assert refused.kind is Kind.REFUSAL
    assert kept(sqlite_store, "slack:T1:U9") is None
    with pytest.raises(Mistakes):
        brug.submit(Submission("digests", {**values, "time": "25u"}, NOOR, state=form.state))
    brug.submit(Submission("digests", values, NOOR, state=form.state))
    own = kept(sqlite_store, "slack:T1:U9")
    assert own is not None
    assert (own.region, own.weekday, own.hour) == (Region.LIMBURG, 4, 16)


def test_without_a_region_a_member_is_asked_which_and_a_coordinator_has_one(
    brug: Assistant,
) -> None:
    form = brug.answer(Call("/digest voor mij elke maandag 9u", NOOR))
    assert isinstance(form, Form)
    region = next(field for field in form.fields if field.name == "region")
    assert len(getattr(region, "options", ())) == len(Region)

    assert say(brug, "/digest voor mij elke maandag 9u", CLAUDIA).data["region"] == "limburg"


def test_a_guest_gets_none(brug: Assistant) -> None:
    assert say(brug, "/digest voor mij elke maandag 9u in Gent", GUEST).kind is Kind.REFUSAL


def test_it_is_paused_shown_and_explained_apart_from_that_of_the_channel(
    brug: Assistant, sqlite_store: Store
) -> None:
    say(brug, "/digest voor mij elke maandag 9u in Gent")
    say(brug, "/digest elke vrijdag 16u", CLAUDIA)

    assert "Jouw weekbericht over Oost-Vlaanderen" in say(brug, "/digest voor mij stand").headline
    assert "Limburg" in say(brug, "/digest stand").headline
    preview = say(brug, "/digest voor mij voorbeeld")
    assert "Oost-Vlaanderen" in preview.headline
    say(brug, "/digest voor mij pauze tot 1/9")
    own, channel = kept(sqlite_store, "slack:T1:U9"), kept(sqlite_store, "slack:T1:C1")
    assert own is not None
    assert own.paused_until is not None
    assert channel is not None
    assert channel.paused_until is None
    say(brug, "/digest voor mij stop")
    assert "Je hebt het zelf stopgezet" in str(say(brug, "/digest voor mij stand").parts)
    refused = say(brug, "/digest voor mij nu")
    assert "/digest voor mij elke maandag" in refused.headline


def test_a_free_sentence_only_asks(brug: Assistant, sqlite_store: Store) -> None:
    say(brug, "Zet het weekbericht alleen voor mij op maandag 9u in Gent")

    assert kept(sqlite_store, "slack:T1:U9") is None


def test_who_is_linked_later_still_stops_what_they_asked_for_before(
    brug: Assistant, sqlite_store: Store
) -> None:
    say(brug, "/digest voor mij elke maandag 9u in Gent", NOOR)
    with sqlite_store.begin() as tx:
        person = tx.people.by_email("claudia.geens@pietersimenon.be")
        assert person is not None
        tx.links.add(NOOR.key, "Noor", person, MONDAY, "system")

    assert "Oost-Vlaanderen" in say(brug, "/digest voor mij stand", NOOR).headline
    say(brug, "/digest voor mij stop", NOOR)

    own = kept(sqlite_store, "slack:T1:U9")
    assert own is not None
    assert own.ended == "asked"


def test_whoever_is_forgotten_leaves_no_digest_and_no_letter_of_it(
    brug: Assistant, sqlite_store: Store, clock: Clock
) -> None:
    say(brug, "/digest voor mij elke maandag 9u in Gent")
    clock.now = MONDAY
    write_digests(sqlite_store, MONDAY)

    asked = say(brug, "/signaal wis mijn gegevens")
    brug.press(Pressed(asked.buttons[0].press, NOOR))

    assert kept(sqlite_store, "slack:T1:U9") is None
    assert waiting(sqlite_store) == []
