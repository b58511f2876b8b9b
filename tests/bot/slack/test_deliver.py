from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest

from bot.clockwork import slack_courier
from bot.slack.deliver import SlackCourier
from handlers.speech.answer import Answer
from scheduler.courier import (
    CannotLook,
    DeliveryFault,
    LockedOut,
    NotTaken,
    Refused,
    TryLater,
    Unsure,
)
from store import Store
from tests.conftest import MONDAY
from tests.peers.fixtures import Checks
from tests.peers.playing import Stage, free_port, played_slack

LONG_AGO = datetime.now(UTC) - timedelta(days=1)
WEEKLY = Answer("Weekbericht voor Oost-Vlaanderen")


@pytest.fixture(scope="module")
def stage(block_kit: Checks) -> Generator[Stage]:
    with played_slack() as stage:
        yield stage
        # Two processes share these tests: one of them may have drawn nothing.
        assert not stage.seen()["drawn"] or stage.problems(block_kit) == []


def a_courier(stage: Stage, limit: float = 5) -> SlackCourier:
    emails = {3: "noor.voorbeeld@example.org", 4: "iemand@elders.test"}
    return SlackCourier("xoxb-played", emails.get, base_url=stage.api, limit=limit)


@pytest.mark.parametrize(
    ("scenario", "fault", "there"),
    [
        ("limited", TryLater, 0),
        ("refused", Unsure, 0),
        ("broken", Unsure, 1),
        ("dropped", Unsure, 0),
        ("lost", Unsure, 1),
        ("later", Unsure, 1),
    ],
)
def test_what_may_have_arrived_is_never_called_certain(
    stage: Stage, scenario: str, fault: type[DeliveryFault], there: int
) -> None:
    stage.play(scenario=[scenario], slow=1.5)
    courier = a_courier(stage, limit=0.5)

    with pytest.raises(fault):
        courier.post("slack:T1:C1", WEEKLY, scenario, "nl")

    assert len(a_courier(stage).find("slack:T1:C1", scenario, LONG_AGO)) == there


def test_a_message_is_found_by_its_key_on_the_second_page_too(stage: Stage) -> None:
    courier = a_courier(stage)
    reference = courier.post("slack:T1:CBUSY", WEEKLY, "first", "nl")
    for number in range(201):
        courier.post("slack:T1:CBUSY", WEEKLY, f"other{number}", "nl")

    assert courier.find("slack:T1:CBUSY", "first", LONG_AGO) == (reference,)


def test_a_message_can_be_withdrawn_twice(stage: Stage) -> None:
    courier = a_courier(stage)
    reference = courier.post("slack:T1:C2", WEEKLY, "double", "nl")

    courier.withdraw("slack:T1:C2", reference)
    courier.withdraw("slack:T1:C2", reference)

    assert courier.find("slack:T1:C2", "double", LONG_AGO) == ()


def test_a_letter_to_a_person_goes_to_their_own_conversation(stage: Stage) -> None:
    a_courier(stage).post("person:3", WEEKLY, "own", "nl")

    found = stage.seen()["messages"]["DUnoor.voorbeeld"]
    assert [one["text"].splitlines()[0] for one in found] == [WEEKLY.headline]


def test_a_letter_to_a_number_of_somebody_is_found_in_their_conversation(stage: Stage) -> None:
    courier = a_courier(stage)
    reference = courier.post("slack:T1:U7", WEEKLY, "by number", "nl")

    assert courier.find("slack:T1:U7", "by number", LONG_AGO) == (reference,)
    assert [one["ts"] for one in stage.seen()["messages"]["DU7"]] == [reference]


def test_a_letter_to_whom_a_steward_linked_goes_to_that_user_until_it_is_undone(
    stage: Stage, sqlite_store: Store
) -> None:
    courier = slack_courier(sqlite_store, "xoxb-played", stage.api)
    with sqlite_store.begin() as tx:
        claudia = tx.people.by_email("claudia.geens@pietersimenon.be")
        assert claudia is not None
        link = tx.links.add("slack:T1:U77", "Noor", claudia, MONDAY, "system")
        assert link is not None
    address = f"person:{claudia.id}"

    reference = courier.post(address, WEEKLY, "linked", "nl")

    assert courier.find(address, "linked", LONG_AGO) == (reference,)
    assert [one["ts"] for one in stage.seen()["messages"]["DU77"]] == [reference]
    with sqlite_store.begin() as tx:
        tx.links.remove(link.id, MONDAY, "system")
    with pytest.raises(Refused, match="users_not_found"):
        courier.post(address, WEEKLY, "unlinked", "nl")


def test_a_verified_address_says_more_than_a_link(stage: Stage) -> None:
    courier = SlackCourier(
        "xoxb-played",
        {3: "noor.tweede@example.org"}.get,
        linked=lambda _: ("U78",),
        base_url=stage.api,
    )

    courier.post("person:3", WEEKLY, "both", "nl")

    assert "DU78" not in stage.seen()["messages"]
    assert len(stage.seen()["messages"]["DUnoor.tweede"]) == 1


@pytest.mark.parametrize("address", ["person:4", "person:5"])
def test_somebody_whom_slack_does_not_know_is_refused(stage: Stage, address: str) -> None:
    with pytest.raises(Refused, match="users_not_found"):
        a_courier(stage).post(address, WEEKLY, "nobody", "nl")


def test_an_archived_channel_is_refused_for_good(stage: Stage) -> None:
    stage.play(refusing={"COLD": "is_archived"})

    with pytest.raises(Refused, match="is_archived"):
        a_courier(stage).post("slack:T1:COLD", WEEKLY, "cold", "nl")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("channel_not_found", Refused),
        ("not_in_channel", Refused),
        ("user_disabled", Refused),
        ("invalid_auth", LockedOut),
        ("token_expired", LockedOut),
        ("token_revoked", LockedOut),
        ("org_login_required", LockedOut),
        ("ekm_access_denied", LockedOut),
        ("missing_scope", LockedOut),
        ("invalid_blocks", NotTaken),
        ("msg_blocks_too_long", NotTaken),
        ("a_code_of_next_year", NotTaken),
        ("internal_error", Unsure),
    ],
)
def test_only_what_is_wrong_with_an_address_ends_it(
    stage: Stage, code: str, fault: type[DeliveryFault]
) -> None:
    stage.play(refusing={"CODES": code})

    with pytest.raises(DeliveryFault) as caught:
        a_courier(stage).post("slack:T1:CODES", WEEKLY, code, "nl")

    assert type(caught.value) is fault


def test_history_that_does_not_answer_is_not_taken_for_empty(stage: Stage) -> None:
    stage.play(blind=1)
    try:
        with pytest.raises(CannotLook) as caught:
            a_courier(stage).find("slack:T1:C1", "any", LONG_AGO)
    finally:
        stage.play()

    assert not caught.value.for_good


def test_nothing_was_sent_when_nobody_listens() -> None:
    courier = SlackCourier(
        "xoxb-x", lambda _: None, base_url=f"http://127.0.0.1:{free_port()}/api/"
    )

    with pytest.raises(TryLater):
        courier.post("slack:T1:C1", WEEKLY, "nobody", "nl")
    with pytest.raises(CannotLook):
        courier.find("slack:T1:C1", "nobody", LONG_AGO)
