from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.speech import pages
from scheduler.reminders import remind_of_moments
from store import Store
from store.directory import OfferingKind, Session
from store.records import Letter, LetterState, Region
from tests.conftest import MONDAY
from tests.news import AN_OFFERING, add, channel

BEGINS = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
"""A Thursday, half past one in Brussels."""

MOMENT = replace(
    AN_OFFERING,
    name="Netwerkmoment De Verzonnen Brug",
    kind=OfferingKind.MOMENT,
    sessions=(Session(BEGINS),),
)


def reminded(store: Store, at: datetime) -> list[Letter]:
    remind_of_moments(store, at)
    with store.read() as tx:
        return list(tx.outbox.in_state(LetterState.WAITING))


def test_a_channel_is_reminded_once_on_the_working_day_before(store: Store) -> None:
    channel(store)
    add(store, MOMENT)

    days = [len(reminded(store, MONDAY + timedelta(days=day))) for day in range(3)]
    (letter,) = reminded(store, BEGINS - timedelta(hours=3))

    assert days == [0, 0, 1]
    said = pages.read(letter.body)
    assert said.headline == (
        "Niet vergeten: Netwerkmoment De Verzonnen Brug, 26 november 2026 om 13.30 uur"
    )
    assert letter.expires_at == BEGINS
    assert [button.label for button in said.buttons] == ["Zet in mijn agenda"]


def test_a_moment_on_monday_is_brought_to_mind_on_friday(store: Store) -> None:
    channel(store)
    add(store, replace(MOMENT, sessions=(Session(BEGINS + timedelta(days=4)),)))

    assert len(reminded(store, MONDAY + timedelta(days=4))) == 1


@pytest.mark.parametrize(
    "why", ["elsewhere", "rests", "left out", "ended", "begun", "training", "no channel"]
)
def test_a_channel_hears_nothing_of_what_is_not_for_it(store: Store, why: str) -> None:
    to = channel(store, *(("people",) if why == "left out" else ()))
    with store.begin() as tx:
        match why:
            case "rests":
                tx.digests.pause(to.address, BEGINS.date(), MONDAY, "person:1")
            case "ended" | "no channel":
                tx.digests.end(to.address, MONDAY, "person:1")
            case _:
                pass
    regions = (Region.BRUSSEL,) if why == "elsewhere" else MOMENT.regions
    kind = OfferingKind.TRAINING if why == "training" else MOMENT.kind
    add(store, replace(MOMENT, regions=regions, kind=kind))

    at = BEGINS + timedelta(minutes=1) if why == "begun" else BEGINS - timedelta(days=1)
    assert reminded(store, at) == []


def test_a_moment_for_all_of_flanders_belongs_to_every_channel(store: Store) -> None:
    channel(store)
    channel(store, address="slack:T1:C2")
    add(store, replace(MOMENT, regions=()))

    found = reminded(store, BEGINS - timedelta(days=1))

    assert {letter.address for letter in found} == {"slack:T1:C1", "slack:T1:C2"}
