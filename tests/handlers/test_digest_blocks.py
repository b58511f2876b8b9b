from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from handlers.digesting.blocks import BLOCKS
from handlers.digesting.composing import MOST_LINES, compose
from handlers.speech.answer import Answer, Link, Listing
from handlers.speech.words import phrases
from store import Store
from store.directory import OfferingKind, Session
from store.records import Letter, Region, Subscription
from store.search.entry import Status
from store.signals import Addressee, Phase
from tests.conftest import MONDAY
from tests.news import (
    AN_OFFERING,
    WEEK,
    a_signal,
    add,
    begun,
    everything,
    move,
    need,
    set_status,
)


def digest(store: Store, to: Subscription, at: datetime) -> Answer | None:
    """Compose a digest; what it told counts as told, as when its letter arrived."""
    key = f"digest/{at.isoformat()}"
    with store.begin() as tx:
        composed = compose(to, key, tx, at)
        if composed.answer is not None:
            tx.outbox.put(Letter(key, to.address, "{}", at))
            tx.digests.issue_letter(to, at.isoformat(), at, at, key, composed.known)
            tx.outbox.sent(key, "1.1", at, None)
    return composed.answer


def lines(said: Answer | None) -> list[str]:
    if said is None:
        return []
    return [
        "".join(span.text for span in item)
        for part in said.parts
        if isinstance(part, Listing)
        for item in part.items
    ]


def test_an_entry_is_told_when_it_comes_fills_up_opens_and_stops(store: Store) -> None:
    to = begun(store, "offerings")
    (number,) = add(store, AN_OFFERING)
    added = digest(store, to, MONDAY + WEEK)
    told: list[list[str]] = []
    for week, status in enumerate(
        (Status.FULL, Status.ACTIVE, Status.TEMPORARILY_CLOSED, Status.DEFUNCT), start=2
    ):
        set_status(store, number, status)
        told.append(lines(digest(store, to, MONDAY + week * WEEK)))

    about = "Huis De Verzonnen Brug (vzw De Verzonnen Brug · Genk"
    assert lines(added) == [f"Nieuw: {about} · 12 tot en met 18 jaar)"]
    assert told == [
        [f"Volzet: {about})"],
        [f"Weer plaats: {about})"],
        [f"Tijdelijk gesloten: {about})"],
        [f"Gestopt: {about})"],
    ]
    assert added is not None
    assert Link(AN_OFFERING.name, AN_OFFERING.url) in next(
        part.items[0] for part in added.parts if isinstance(part, Listing)
    )


def test_what_filled_up_and_opened_again_within_a_week_is_no_news(store: Store) -> None:
    (number,) = add(store, AN_OFFERING)
    to = begun(store, "offerings")
    set_status(store, number, Status.FULL)
    set_status(store, number, Status.ACTIVE)

    assert digest(store, to, MONDAY + WEEK) is None


def test_an_import_of_hundreds_is_one_line(store: Store) -> None:
    to = begun(store, "offerings")
    add(store, *(replace(AN_OFFERING, name=f"Huis {n}") for n in range(300)))

    assert lines(digest(store, to, MONDAY + WEEK)) == [
        "Er staan 300 nieuwe namen in de gids, zoals Huis 0, Huis 1 en Huis 2."
    ]


def test_a_channel_that_chooses_another_region_is_told_that_one_as_if_for_the_first_time(
    store: Store,
) -> None:
    to = begun(store, "offerings")
    add(store, replace(AN_OFFERING, regions=(Region.BRUSSEL,)))
    with store.begin() as tx:
        moved = tx.digests.keep(replace(to, region=Region.BRUSSEL), MONDAY, "person:1")

    assert digest(store, moved, MONDAY + WEEK) is None


def test_what_serves_another_region_is_not_told(store: Store) -> None:
    to = begun(store, "offerings")
    add(store, replace(AN_OFFERING, regions=(Region.BRUSSEL,)))

    assert digest(store, to, MONDAY + WEEK) is None


def test_a_training_is_told_once_four_weeks_ahead_and_never_after_its_day(store: Store) -> None:
    to = begun(store, "agenda")
    begins = MONDAY + 6 * WEEK + timedelta(hours=4, minutes=30)
    training = replace(
        AN_OFFERING, kind=OfferingKind.TRAINING, name="Trauma", sessions=(Session(begins),)
    )
    add(store, training, replace(training, sessions=(Session(MONDAY - WEEK),)))

    told = [lines(digest(store, to, MONDAY + week * WEEK)) for week in range(1, 9)]

    assert told[1] == ["Maandag 4 januari om 13.30 uur: Trauma (Genk)"]
    assert [len(week) for week in told] == [0, 1, 0, 0, 0, 0, 0, 0]


def test_a_signal_is_told_once_for_each_phase_that_a_coordinator_brings_it_to(
    store: Store,
) -> None:
    to = begun(store, "signals")
    number = a_signal(store, "Er zijn te weinig plaatsen in een time-out.")
    new = digest(store, to, MONDAY + WEEK)
    move(store, number, Phase.ANALYSEREN, MONDAY + WEEK)
    first, again = (digest(store, to, MONDAY + week * WEEK) for week in (2, 3))
    move(store, number, Phase.RAPPORTEREN, MONDAY + 3 * WEEK)
    second = digest(store, to, MONDAY + 4 * WEEK)

    assert (new, again) == (None, None)
    assert lines(first) == [
        f"Signaal {number} wordt nu grondig bekeken. “Er zijn te weinig plaatsen in een time-out.”"
    ]
    assert lines(second)[0].startswith(f"Signaal {number} is doorgegeven")


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_words_of_its_own(phase: Phase) -> None:
    names = {
        Phase.OPMERKEN: "noticed",
        Phase.VERZAMELEN: "gathered",
        Phase.BUNDELEN: "bundled",
        Phase.ANALYSEREN: "analysed",
        Phase.RAPPORTEREN: "reported",
        Phase.BESLISSEN: "decided",
        Phase.ACTIE: "acted",
        Phase.FEEDBACK: "closed",
    }
    said = phrases("nl")
    own = said[f"digests.signal_{names[phase]}"]

    assert [said[f"digests.signal_{name}"] for name in names.values()].count(own) == 1


def test_a_text_that_no_coordinator_judged_never_appears(store: Store) -> None:
    to = begun(store, "signals")
    a_signal(store, "Er zijn te weinig plaatsen in een time-out.")
    quarantined = a_signal(store, "Te weinig begeleiders op school.", quarantined=True)
    move(store, quarantined, Phase.ANALYSEREN)

    assert digest(store, to, MONDAY + WEEK) is None


def test_a_text_that_the_guard_would_stop_today_is_told_by_its_number_alone(store: Store) -> None:
    to = begun(store, "signals")
    text = "Jan Peeters uit klas 3B mag niet meer naar school."
    number = a_signal(store, text, confirmed=True)
    move(store, number, Phase.ANALYSEREN)

    assert lines(digest(store, to, MONDAY + WEEK)) == [
        f"Signaal {number} wordt nu grondig bekeken."
    ]


def test_a_wiped_or_merged_signal_is_not_told(store: Store) -> None:
    to = begun(store, "signals")
    wiped, gone, stays = (a_signal(store, f"Te weinig plaatsen, {n}.") for n in "abc")
    move(store, wiped, Phase.ANALYSEREN)
    move(store, gone, Phase.ANALYSEREN)
    with store.begin() as tx:
        tx.signals.withdraw(wiped, 2, "person:1", MONDAY)
        tx.signals.merge(gone, stays, (2, 1), "person:1", MONDAY)

    assert digest(store, to, MONDAY + WEEK) is None


def test_an_answer_that_stays_away_is_told_each_month_with_its_days(store: Store) -> None:
    number = a_signal(store, "Er zijn te weinig plaatsen in een time-out.")
    to = begun(store, "governments")
    with store.begin() as tx:
        signal = tx.signals.get(number)
        assert signal is not None
        bundle, _ = tx.bundles.make(Region.LIMBURG, "2026-27", [signal], "person:1", MONDAY)
        tx.bundles.sent(bundle, Addressee.ONDERWIJS, MONDAY.date(), "person:1", MONDAY)
    told = [lines(digest(store, to, MONDAY + week * WEEK)) for week in range(1, 10)]
    with store.begin() as tx:
        tx.bundles.answered(bundle, Addressee.ONDERWIJS, date(2027, 1, 27), "person:1", MONDAY)
    answered = lines(digest(store, to, MONDAY + 10 * WEEK))

    def waits(days: int) -> list[str]:
        return [f"Onderwijs antwoordde na {days} dagen nog niet op bundel {bundle} (2026-27)."]

    assert told == [waits(7), [], [], [], waits(35), [], [], [], waits(63)]
    assert answered == [f"Onderwijs heeft geantwoord op bundel {bundle} (2026-27)."]


def test_questions_in_vain_are_told_by_theme_and_small_numbers_are_not(store: Store) -> None:
    to = begun(store, "needs")
    need(store, 7, "dagbesteding")
    need(store, 4, "schooluitval")
    need(store, 1)
    told, again = (digest(store, to, MONDAY + week * WEEK) for week in (1, 2))

    few = "iets anders (minder dan 5 keer) en schooluitval (minder dan 5 keer)"
    assert lines(told) == [f"Gezocht, maar niet gevonden: dagbesteding (7 keer), {few}."]
    assert again is None
    assert told is not None
    assert "paarden" not in str(told)


def test_a_question_of_the_day_itself_waits_for_the_next_digest(store: Store) -> None:
    to = begun(store, "needs")
    need(store, 5, "dagbesteding", day=(MONDAY + WEEK).date())

    told = [lines(digest(store, to, MONDAY + week * WEEK)) for week in (1, 2, 3)]

    assert told == [[], ["Gezocht, maar niet gevonden: dagbesteding (5 keer)."], []]


def test_what_is_to_be_confirmed_is_told_when_that_number_changes(store: Store) -> None:
    to = begun(store, "unconfirmed")
    (number,) = add(store, replace(AN_OFFERING, assured_date=date(2026, 1, 5)))
    first, same = (lines(digest(store, to, MONDAY + week * WEEK)) for week in (1, 2))
    with store.begin() as tx:
        tx.offerings.confirm(number, day=date(2026, 12, 7), by="Noor", at=MONDAY, actor="person:1")
    confirmed = digest(store, to, MONDAY + 3 * WEEK)

    assert first == [
        "Klopt Huis De Verzonnen Brug nog? Dat is niet meer bevestigd sinds 5 januari 2026."
    ]
    assert (same, confirmed) == ([], None)


def test_every_block_shows_something_before_any_shows_all(store: Store) -> None:
    said = digest(store, everything(store), MONDAY + WEEK)
    assert said is not None
    shown = lines(said)

    total = sum(len(p.items) if isinstance(p, Listing) else 1 for p in said.parts)
    assert total <= MOST_LINES
    for cue in ("er niet", "Welzijn", "Signaal", "Nieuw", "Netwerkmoment", "dagbesteding"):
        assert any(cue in line for line in shown), (cue, shown)
    assert said.buttons[0].label.startswith("Meer (")


def test_a_digest_names_the_goal_that_it_serves(store: Store) -> None:
    said = digest(store, everything(store), MONDAY + WEEK)

    assert said is not None
    assert "voorkomen we schooluitval" in str(said.parts[-1])


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_digest_of_every_block_is_told_in_every_language(store: Store, language: str) -> None:
    to = replace(everything(store), language=language)

    said = digest(store, to, MONDAY + WEEK)

    assert said is not None
    assert len(lines(said)) >= 7


def test_every_block_has_a_name_that_its_settings_show() -> None:
    name: Callable[[str], str] = lambda block: phrases("nl")[f"digests.block_{block}"]  # noqa: E731

    assert len({name(block.name) for block in BLOCKS}) == len(BLOCKS)
