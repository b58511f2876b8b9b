import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers import FEATURES
from handlers.actors import Caller
from handlers.context import BRUSSELS
from handlers.digesting.free_days import why_free
from handlers.digesting.slots import local_day, slots
from handlers.errors import Mistakes
from handlers.schooldays import school_holidays
from handlers.speech import pages
from handlers.speech.answer import Answer, Kind, Listing, Press
from handlers.speech.form import Form
from scheduler.digests import write_digests
from store import Store
from store.records import Letter, LetterState, Region, Silence
from store.tables import AbsenceRow, AssignmentRow
from tests.conftest import ATLAS, MONDAY
from tests.subscriptions import CHANNEL, a_subscription

MEMBER = Caller("slack", "T1", "U9", conversation="C1")


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = MONDAY - timedelta(days=3)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """What differs between the databases is tested in tests/store/test_digests.py."""
    return sqlite_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def brug(store: Store, clock: Clock) -> Assistant:
    return Assistant(store, FEATURES, clock, atlas=ATLAS)


@pytest.fixture
def coordinator(store: Store) -> Caller:
    """Somebody who stands for Oost-Vlaanderen and for no other region."""
    with store.read() as tx:
        found = next(
            a for a in tx.coverage.assignments(MONDAY.date()) if a.region is Region.OOST_VLAANDEREN
        )
    return Caller("slack", "T1", "U1", found.person.email, conversation="C1")


def say(brug: Assistant, words: str, caller: Caller) -> Answer:
    said = brug.answer(Call(words, caller))
    assert isinstance(said, Answer)
    return said


def set_up(brug: Assistant, coordinator: Caller) -> None:
    said = say(brug, "/digest elke maandag 9u", coordinator)
    assert said.kind is Kind.ANSWER, said


def only(store: Store, *blocks: str) -> None:
    """Let the channel's digest tell these blocks alone: the directory has news of its own."""
    with store.begin() as tx:
        kept = tx.digests.at(CHANNEL)
        assert kept is not None
        tx.digests.keep(replace(kept, blocks=blocks), kept.set_at, "person:1")


def somebody_is_away(store: Store, first: date, last: date) -> None:
    with store.engine.begin() as connection:
        person = connection.execute(
            select(AssignmentRow.person_id).where(
                AssignmentRow.region == Region.OOST_VLAANDEREN.value
            )
        ).first()
        assert person is not None
        connection.execute(
            insert(AbsenceRow).values(
                person_id=person.person_id,
                first_day=first,
                last_day=last,
                registered_at=MONDAY,
            )
        )


def letters(store: Store, state: LetterState = LetterState.WAITING) -> list[Letter]:
    with store.read() as tx:
        found = tx.outbox.in_state(state)
    return [letter for letter in found if not letter.key.startswith("digest/hello/")]


def silences(store: Store) -> list[Silence | None]:
    with store.read() as tx:
        subscription = tx.digests.at(CHANNEL)
        assert subscription is not None
        return [issue.silence for issue in tx.digests.issues(subscription, 60)]


def bring(store: Store, key: str) -> None:
    with store.begin() as tx:
        tx.outbox.sent(key, "1.1", MONDAY, None)


def test_a_coordinator_sets_it_for_the_region_that_is_theirs(
    brug: Assistant, coordinator: Caller
) -> None:
    said = say(brug, "/digest elke maandag 9u", coordinator)

    assert "Oost-Vlaanderen" in said.headline
    assert "maandag om 9:00" in said.headline
    assert str(said.data["next_at"]).startswith("2026-11-23T08:00")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("/digest elke maandag 25u", "digests.no_such_hour"),
        ("/digest elke maandag 9u75", "digests.no_such_hour"),
        ("/digest elke maandag 2u30", "digests.twice_or_never"),
        ("/digest elke maandag 02:00", "digests.twice_or_never"),
        ("/digest elke maandag", "digests.which_hour"),
        ("/digest elke week 9u", "digests.which_day"),
        ("/digest elke maandag 9u Europe/Atlantis", "digests.only_brussels"),
        ("/digest elke maandag 9u Limburg", "rights.set_digest"),
        ("/digest pauze tot 1/9", "digests.none_here"),
        ("/digest nu", "digests.none_here"),
        ("/digest stop", "digests.none_here"),
    ],
)
def test_what_can_not_be_is_refused_with_the_reason(
    brug: Assistant, coordinator: Caller, words: str, reason: str
) -> None:
    said = say(brug, words, coordinator)

    assert (said.kind, said.data.get("reason")) == (Kind.REFUSAL, reason)


def test_a_member_may_not_set_it_but_may_ask_how_it_is_set(brug: Assistant) -> None:
    refused = say(brug, "/digest elke maandag 9u Limburg", MEMBER)
    asked = say(brug, "/digest stand", MEMBER)

    assert refused.data["reason"] == "rights.set_digest"
    assert asked.kind is Kind.ANSWER


def test_a_second_digest_for_a_channel_takes_the_place_of_the_first(
    brug: Assistant, coordinator: Caller, store: Store
) -> None:
    set_up(brug, coordinator)
    said = say(brug, "/digest elke donderdag 14u30", coordinator)

    with store.read() as tx:
        assert [(s.weekday, s.hour, s.minute) for s in tx.digests.active()] == [(3, 14, 30)]
    assert "in de plaats" in str(said.parts)


def test_a_free_sentence_changes_nothing_before_somebody_says_yes(
    brug: Assistant, coordinator: Caller, store: Store
) -> None:
    asked = say(brug, "Zet het weekbericht op maandag 9u", coordinator)
    with store.read() as tx:
        before = tx.digests.active()

    done = brug.press(Pressed(asked.buttons[0].press, coordinator))

    assert (asked.kind, before) == (Kind.QUESTION, [])
    assert isinstance(done, Answer)
    assert done.kind is Kind.ANSWER


def test_a_digest_tells_what_changed_once(
    brug: Assistant, coordinator: Caller, store: Store, clock: Clock
) -> None:
    set_up(brug, coordinator)
    only(store, "absences", "people")
    somebody_is_away(store, date(2026, 11, 24), date(2026, 12, 4))

    assert write_digests(store, MONDAY) == 1
    assert write_digests(store, MONDAY + timedelta(seconds=20)) == 0
    letter = letters(store)[0]
    bring(store, letter.key)
    assert write_digests(store, MONDAY + timedelta(days=7)) == 0

    body = pages.read(letter.body)
    assert letter.key == f"digest/2026-W48/{CHANNEL}"
    assert "er niet van dinsdag 24 november tot en met vrijdag 4 december" in str(body.parts)
    assert [silence for silence in silences(store) if silence] == [Silence.EMPTY]
    clock.now = MONDAY + timedelta(days=7)
    state = str(say(brug, "/digest stand", MEMBER).parts)
    assert "niets, want er was niets veranderd" in state
    assert "23 november 2026: verstuurd" in state


def test_what_did_not_arrive_is_told_again_in_the_next_one(
    brug: Assistant, coordinator: Caller, store: Store
) -> None:
    set_up(brug, coordinator)
    somebody_is_away(store, date(2026, 11, 24), date(2026, 12, 4))
    write_digests(store, MONDAY)

    write_digests(store, MONDAY + timedelta(days=7))

    assert [letter.key for letter in letters(store)] == [
        f"digest/2026-W48/{CHANNEL}",
        f"digest/2026-W49/{CHANNEL}",
    ]


def test_a_slot_that_was_missed_comes_the_same_day_or_not_at_all(
    brug: Assistant, coordinator: Caller, store: Store
) -> None:
    set_up(brug, coordinator)
    somebody_is_away(store, date(2026, 11, 24), date(2026, 12, 20))

    assert write_digests(store, MONDAY + timedelta(days=1)) == 0
    assert silences(store) == [Silence.MISSED]
    assert write_digests(store, MONDAY + timedelta(days=7, hours=12)) == 1


@pytest.mark.parametrize(
    ("monday", "silence"),
    [
        (datetime(2026, 12, 21, 9, tzinfo=UTC), Silence.SCHOOL_HOLIDAY),
        (datetime(2027, 5, 17, 9, tzinfo=UTC), Silence.PUBLIC_HOLIDAY),
    ],
)
def test_it_stays_away_on_free_days_and_says_why(
    store: Store, coordinator: Caller, monday: datetime, silence: Silence
) -> None:
    now = Clock()
    now.now = monday - timedelta(days=2)
    set_up(Assistant(store, FEATURES, now, atlas=ATLAS), coordinator)
    somebody_is_away(store, local_day(monday), local_day(monday))

    write_digests(store, monday)

    assert silences(store) == [silence]


def test_a_pause_ends_on_its_day(brug: Assistant, coordinator: Caller, store: Store) -> None:
    set_up(brug, coordinator)
    said = say(brug, "/digest pauze tot 1/9", coordinator)
    assert said.data["paused_until"] == "2027-09-01"
    say(brug, "/digest pauze tot 30/11", coordinator)
    somebody_is_away(store, date(2026, 11, 24), date(2026, 12, 20))

    write_digests(store, MONDAY)
    assert silences(store) == [Silence.PAUSED]
    assert write_digests(store, MONDAY + timedelta(days=7)) == 1


@pytest.mark.parametrize("until", ["31/2", "gisteren", "1/1/2020", "1/1/2031", ""])
def test_a_pause_needs_a_day_within_the_year(
    brug: Assistant, coordinator: Caller, until: str
) -> None:
    set_up(brug, coordinator)

    assert say(brug, f"/digest pauze tot {until}", coordinator).kind is Kind.REFUSAL


def test_now_sends_one_letter_however_often_it_is_pressed(
    brug: Assistant, coordinator: Caller, store: Store
) -> None:
    set_up(brug, coordinator)
    only(store, "absences")
    nothing = say(brug, "/digest nu", coordinator)
    somebody_is_away(store, date(2026, 11, 21), date(2026, 12, 20))

    for _ in range(3):
        say(brug, "/digest nu", coordinator)

    assert "niets nieuws" in nothing.headline
    assert len(letters(store)) == 1


def test_a_preview_writes_nothing(brug: Assistant, coordinator: Caller, store: Store) -> None:
    set_up(brug, coordinator)
    somebody_is_away(store, date(2026, 11, 21), date(2026, 12, 20))

    said = say(brug, "/digest voorbeeld", MEMBER)

    assert "alleen jij ziet dit" in str(said.parts)
    assert letters(store) == []


@pytest.mark.parametrize(
    "asked",
    [
        "Wat is er nieuw in Gent?",
        "/digest voorbeeld Gent",
        "Wat is er de laatste week veranderd in Oost-Vlaanderen?",
        "Ik was een week weg, wat heb ik gemist in Gent?",
        "Laat het weekbericht van Oost-Vlaanderen eens zien.",
        "Wat staat er in het weekbericht van Oost-Vlaanderen?",
        "Quoi de neuf à Gand ?",
        "Qu'est-ce qui a changé à Gand ?",
        "Any news from Ghent?",
    ],
)
def test_what_is_new_in_a_region_is_shown_where_no_channel_gets_it(
    brug: Assistant, store: Store, asked: str
) -> None:
    somebody_is_away(store, date(2026, 11, 21), date(2026, 12, 20))

    said = say(brug, asked, MEMBER)

    assert said.data["region"] == "oost-vlaanderen"
    assert said.data["lines"]
    assert letters(store) == []


def test_a_coordinator_who_names_no_region_sees_what_is_new_in_their_own(
    brug: Assistant, coordinator: Caller
) -> None:
    assert say(brug, "Wat is er nieuw?", coordinator).data["region"] == "oost-vlaanderen"


def test_who_has_no_region_of_their_own_chooses_one(brug: Assistant) -> None:
    said = say(brug, "Wat is er nieuw?", MEMBER)

    assert said.kind is Kind.QUESTION
    assert [button.press.values["words"] for button in said.buttons][-1] == (
        "/digest voorbeeld Limburg"
    )


def test_the_channel_of_one_region_may_ask_for_another(
    brug: Assistant, coordinator: Caller
) -> None:
    set_up(brug, coordinator)

    assert say(brug, "/digest voorbeeld", MEMBER).data["region"] == "oost-vlaanderen"
    assert say(brug, "/digest voorbeeld Hasselt", MEMBER).data["region"] == "limburg"


def test_a_guest_is_not_told_what_is_new(brug: Assistant) -> None:
    guest = Caller("slack", "T9", "U1", home=False, conversation="C1")

    assert say(brug, "Wat is er nieuw in Limburg?", guest).kind is Kind.REFUSAL


def test_what_does_not_fit_in_twelve_lines_is_behind_more(
    brug: Assistant, coordinator: Caller, store: Store, clock: Clock
) -> None:
    set_up(brug, coordinator)
    only(store, "absences")
    for day in range(40):
        somebody_is_away(store, date(2026, 11, 23), date(2026, 12, 1) + timedelta(days=day))
    write_digests(store, MONDAY)
    body = pages.read(letters(store)[0].body)
    clock.now = MONDAY

    first = brug.press(Pressed(body.buttons[0].press, MEMBER))
    assert isinstance(first, Answer)
    second = brug.press(Pressed(first.buttons[0].press, MEMBER))
    assert isinstance(second, Answer)

    pages_of = [
        [item for part in said.parts if isinstance(part, Listing) for item in part.items]
        for said in (body, first, second)
    ]
    assert sum(len(p.items) if isinstance(p, Listing) else 1 for p in body.parts) == 12
    assert [len(lines) for lines in pages_of] == [10, 20, 10]
    assert len({str(line) for lines in pages_of for line in lines}) == 40
    assert second.buttons == ()


def test_the_form_takes_blocks_language_and_free_days(
    brug: Assistant, coordinator: Caller, store: Store
) -> None:
    form = brug.answer(Call("/digest instellen", coordinator))
    assert isinstance(form, Form)
    values = {
        "region": "oost-vlaanderen",
        "day": "4",
        "time": "16u15",
        "blocks": "absences",
        "language": "fr",
        "holidays": "yes",
    }

    brug.submit(Submission("digests", values, coordinator, state=form.state))

    with store.read() as tx:
        kept = tx.digests.at(CHANNEL)
    assert kept is not None
    assert (kept.weekday, kept.hour, kept.minute) == (4, 16, 15)
    assert (kept.blocks, kept.language, kept.in_holidays) == (("absences",), "fr", True)
    with pytest.raises(Mistakes) as caught:
        brug.submit(Submission("digests", values | {"time": "25u"}, coordinator, state=form.state))
    assert caught.value.keys == {"time": "digests.no_such_hour"}


def test_a_held_letter_is_for_a_coordinator_of_the_region_to_decide(
    brug: Assistant, coordinator: Caller, store: Store
) -> None:
    set_up(brug, coordinator)
    somebody_is_away(store, date(2026, 11, 24), date(2026, 12, 4))
    write_digests(store, MONDAY)
    key = letters(store)[0].key
    with store.begin() as tx:
        tx.outbox.set_out(key, attempt=1, look_at=MONDAY)
        tx.outbox.hold(key, 1, "cannot_look")
    send = Press("digests", "send", {"letter": key})

    refused = brug.press(Pressed(send, MEMBER))
    sent = brug.press(Pressed(send, coordinator))
    again = brug.press(Pressed(send, coordinator))

    assert [isinstance(a, Answer) and a.kind for a in (refused, sent, again)] == [
        Kind.REFUSAL,
        Kind.ANSWER,
        Kind.REFUSAL,
    ]
    assert [letter.key for letter in letters(store)] == [key]


@pytest.mark.parametrize("hour", [0, 1, 3, 9, 23])
def test_it_comes_once_a_week_at_the_same_hour_over_ten_years_of_clock_changes(
    hour: int,
) -> None:
    from_, to = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 12, 31, tzinfo=UTC)
    for weekday in (0, 6):  # a clock changes on a Sunday
        subscription = a_subscription(weekday=weekday, hour=hour)
        due = list(slots(subscription, from_, to))
        local = [moment.astimezone(BRUSSELS) for moment in due]
        assert {(m.weekday(), m.hour, m.minute) for m in local} == {(weekday, hour, 0)}
        days = [m.date() for m in local]
        assert all(b - a == timedelta(days=7) for a, b in itertools.pairwise(days))
        assert len(days) >= (to - from_).days // 7


def test_school_holidays_follow_the_rules_of_2026() -> None:
    found = {(one.first, one.last) for y in (2026, 2027) for one in school_holidays(y)}

    assert {
        (date(2026, 11, 2), date(2026, 11, 8)),
        (date(2026, 12, 21), date(2027, 1, 3)),
        (date(2027, 2, 8), date(2027, 2, 14)),
        (date(2027, 3, 29), date(2027, 4, 11)),
    } <= found
    assert why_free(date(2026, 11, 11)) is Silence.PUBLIC_HOLIDAY
    assert why_free(date(2026, 11, 23)) is None
    assert why_free(date(2026, 5, 14)) is Silence.PUBLIC_HOLIDAY  # Ascension
    assert why_free(date(2026, 5, 15)) is Silence.SCHOOL_HOLIDAY  # and the Friday behind it
    assert why_free(date(2026, 5, 18)) is None
