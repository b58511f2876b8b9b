"""What people meet in Slack, over HTTP: what they see, who sees it, and what happens once."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.slack.render import modal
from handlers.speech.words import Words
from tests.payloads import every_text
from tests.stories.conftest import Played
from tests.stories.made_up import FORM, kept
from tests.stories.slack_stage import (
    DM,
    Stage,
    answered,
    broken,
    limited,
    lost,
    refused,
    sign,
)
from tests.stories.slack_stage import FORM as FORM_TYPE
from tests.waiting import until

VIEW = modal(FORM, Words("nl"))
KEEP = {
    "action_id": "press:0",
    "value": '{"feature":"made_up","verb":"keep","values":{"number":"1"}}',
}
FREDERIK = "frederik.declercq@vzwapart.be"


def press(words: str, verb: str = "ask") -> dict[str, str]:
    value = {"feature": "", "verb": verb, "values": {"words": words}}
    return {"action_id": "press:0", "value": json.dumps(value)}


def button(said: dict[str, Any], label: str) -> dict[str, Any]:
    elements = [e for block in said["blocks"] for e in block.get("elements", [])]
    return next(e for e in elements if e.get("type") == "button" and e["text"]["text"] == label)


def text_of(drawn: object) -> str:
    return "\n".join(every_text(drawn))


def test_a_command_is_acknowledged_with_nothing_and_answered_after(played: Played) -> None:
    assert played.send(played.stage.command("/wie", "gnet")) == (200, "")

    (said,) = answered(played.stage)
    assert said["response_type"] == "ephemeral"
    assert "Oona" in text_of(said)


@pytest.mark.parametrize("times", [2, 100])
def test_the_same_command_again_has_no_second_effect(played: Played, times: int) -> None:
    replayed = played.stage.command("/wie", "gnet")
    statuses = {played.send(replayed)[0] for _ in range(times)}
    played.send(played.stage.command("/wie", "Kortrijk"))
    said = until(lambda: played.stage.said()[1:] and played.stage.said(), "both answers")

    assert statuses == {200}
    assert sorted("Gent" in text_of(one) for one in said) == [False, True]


def test_an_event_that_is_delivered_four_times_is_answered_once(played: Played) -> None:
    body = played.stage.message("wie gnet")
    for number in range(4):
        headers = {**body.headers, "x-slack-retry-num": str(number)}
        assert played.send(type(body)(body.body, headers))[0] == 200
    played.send(played.stage.message("wie Kortrijk"))

    said = until(lambda: played.stage.said()[1:] and played.stage.said(), "both answers")
    assert [one["channel"] for one in said] == [DM, DM]
    assert sorted("Gent" in text_of(one) for one in said) == [False, True]


def test_a_form_that_is_sent_a_hundred_times_is_kept_once_and_says_so(played: Played) -> None:
    sent = played.stage.submitted(VIEW, {"what": "iets"})
    said = [played.send(sent)[1] for _ in range(100)]

    assert kept(played.store) == 1
    assert "Bewaard" in text_of(json.loads(said[0]))
    assert all("Dit had ik al" in text_of(json.loads(one)) for one in said[1:])


def test_a_form_with_a_mistake_comes_back_and_can_be_sent_again(played: Played) -> None:
    wrong = played.stage.submitted(VIEW, {"what": "kort"})
    status, body = played.send(wrong)

    assert status == 200
    assert json.loads(body) == {
        "response_action": "errors",
        "errors": {"what": "Vul dit nog in."},
    }
    assert json.loads(played.send(wrong)[1])["response_action"] == "errors"
    assert kept(played.store) == 0


def test_a_button_that_is_pressed_once_and_replayed_keeps_once(played: Played) -> None:
    pressed = played.stage.pressed(KEEP)
    for _ in range(5):
        assert played.send(pressed) == (200, "")

    assert kept(played.store) == 1
    said = answered(played.stage, 5)
    assert sum("Bewaard" in text_of(one) for one in said) == 1
    assert sum("Dit had ik al" in text_of(one) for one in said) == 4


def test_a_command_that_writes_is_kept_before_it_is_acknowledged(played: Played) -> None:
    status, body = played.send(played.stage.command("/bewaar", ""))

    assert status == 200
    assert "Bewaard" in text_of(json.loads(body))
    assert kept(played.store) == 1


def test_a_guest_may_ask_and_not_keep(played: Played) -> None:
    played.send(played.stage.command("/wie", "gnet", team_id="T9"))
    status, body = played.send(played.stage.command("/bewaar", "", team_id="T9"))

    assert status == 200
    assert "lid is van dit netwerk" in text_of(json.loads(body))
    assert kept(played.store) == 0
    assert "Oona" in text_of(answered(played.stage)[0])


@pytest.mark.parametrize(
    "not_theirs",
    [
        {"is_stranger": True},
        {"is_email_confirmed": False},
        {"team_id": "T9"},
        {"deleted": True},
        {"profile": None},
        {"profile": {"email": 7}},
    ],
)
def test_an_address_that_slack_does_not_vouch_for_makes_nobody_a_coordinator(
    played: Played, not_theirs: dict[str, object]
) -> None:
    played.stage.person("U7", FREDERIK)
    played.stage.users["U7"] |= not_theirs
    played.send(played.stage.opened("U7"))
    home = until(lambda: played.stage.calls("views.publish"), "the Home tab")[0]["view"]

    assert "Ik ben Brug" in text_of(home)


def test_a_coordinator_is_known_by_the_address_that_slack_vouches_for(played: Played) -> None:
    played.stage.person("U7", FREDERIK.upper())
    played.send(played.stage.opened("U7"))
    home = until(lambda: played.stage.calls("views.publish"), "the Home tab")[0]["view"]

    assert "Oost-Vlaanderen" in text_of(home)


def test_the_tab_with_messages_is_no_home(played: Played) -> None:
    played.send(played.stage.opened(tab="messages"))
    played.send(played.stage.opened(tab="home"))

    until(lambda: played.stage.calls("views.publish"), "the Home tab")
    assert len(played.stage.calls("views.publish")) == 1


def test_without_knowing_who_it_is_nothing_is_kept_and_that_is_said(played: Played) -> None:
    played.stage.tricks["users.info"] = [broken]
    status, body = played.send(played.stage.submitted(VIEW, {"what": "iets"}))

    assert status == 200
    assert "kan nu niet nagaan wie je bent" in body
    assert json.loads(body)["response_action"] == "errors"
    assert kept(played.store) == 0


def test_without_knowing_who_it_is_a_question_is_answered(played: Played) -> None:
    played.stage.tricks["users.info"] = [lost]
    played.send(played.stage.command("/wie", "gnet"))

    assert "Oona" in text_of(answered(played.stage)[0])


def test_a_choice_answers_the_question_it_stood_under(played: Played) -> None:
    played.send(played.stage.pressed(press("/wie Gent")))

    said = answered(played.stage)[0]
    assert said["replace_original"] is False
    assert said["response_type"] == "ephemeral"
    assert "Oona" in text_of(said)


def test_an_answer_in_a_thread_stays_in_the_thread(played: Played) -> None:
    played.send(
        played.stage.pressed(press("/wie Gent"), message={"ts": "1.1", "thread_ts": "1.0"})
    )

    assert answered(played.stage)[0]["thread_ts"] == "1.0"


def test_what_is_not_for_all_is_not_shared(played: Played) -> None:
    played.send(played.stage.pressed(press("zomaar wat geklets", "share")))

    said = answered(played.stage)[0]
    assert said["response_type"] == "ephemeral"
    assert "alleen voor jou" in text_of(said)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/respond",
        "https://hooks.slack.com.example.org/x",
        "https://example.org/x",
        "file:///etc/passwd",
        "http://[",
        "https://hooks.slack.com@example.org/",
    ],
)
def test_an_answer_goes_nowhere_but_to_slack(
    played: Played, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    played.send(played.stage.command("/wie", "gnet", response_url=url))

    until(lambda: "not_slack" in caplog.text, "it is refused")
    assert played.stage.said() == []


def test_too_many_requests_are_waited_for_and_answered_once(played: Played) -> None:
    played.stage.tricks["respond"] = [limited(0), limited(0)]
    played.stage.tricks["chat.postMessage"] = [limited(0)]
    played.send(played.stage.command("/wie", "gnet"))
    until(lambda: len(played.stage.calls("respond")) == 3, "the third try")
    played.send(played.stage.message("wie gnet"))

    until(lambda: len(played.stage.calls("chat.postMessage")) == 2, "the second try")


@pytest.mark.parametrize("trick", [lost, broken, refused("channel_not_found")])
def test_what_slack_does_not_take_is_not_posted_twice(
    played: Played, trick: object, caplog: pytest.LogCaptureFixture
) -> None:
    played.stage.tricks["chat.postMessage"] = [trick]  # pyright: ignore[reportArgumentType]
    played.send(played.stage.message("wie gnet"))

    until(lambda: "chat.postMessage was not taken" in caplog.text, "it is logged")
    assert len(played.stage.calls("chat.postMessage")) == 1
    assert "gnet" not in caplog.text


def test_a_window_that_came_too_late_becomes_a_button(played: Played) -> None:
    played.stage.tricks["views.open"] = [refused("expired_trigger_id")]
    played.send(played.stage.command("/verzin", ""))

    assert "Open het formulier" in text_of(answered(played.stage)[0])


def test_a_window_that_came_too_late_after_a_button_becomes_a_button_that_works(
    played: Played,
) -> None:
    played.send(played.stage.command("/verzin", "knop"))
    played.stage.tricks["views.open"] = [refused("expired_trigger_id")]
    played.send(played.stage.pressed(button(answered(played.stage)[0], "Vraag")))
    again = button(answered(played.stage, 2)[1], "Open het formulier")
    played.send(played.stage.pressed(again))

    until(lambda: len(played.stage.calls("views.open")) == 2, "the form")
    assert "Een verzinsel" in text_of(played.stage.calls("views.open")[1])
    assert len(played.stage.said()) == 2


@pytest.mark.parametrize(
    ("method", "view"),
    [("views.push", {"type": "modal", "id": "V1"}), ("views.open", {"type": "home", "id": "V1"})],
)
def test_a_window_that_came_too_late_in_another_window_becomes_a_message_with_a_button(
    played: Played, method: str, view: dict[str, str]
) -> None:
    played.send(played.stage.command("/verzin", "knop"))
    asks = button(answered(played.stage)[0], "Vraag")
    played.stage.tricks[method] = [refused("expired_trigger_id")]
    inside: dict[str, Any] = {"channel": None, "message": None, "container": {"type": "view"}}
    played.send(played.stage.pressed(asks, view=view, response_url="", **inside))

    (said,) = until(lambda: played.stage.calls("chat.postMessage"), "the button")
    assert said["channel"] == "U1"
    assert button(said, "Open het formulier")["value"] == asks["value"]


def test_a_form_in_a_mention_is_offered_to_who_asked_alone(played: Played) -> None:
    played.send(played.stage.mention("/verzin"))

    (said,) = until(lambda: played.stage.calls("chat.postEphemeral"), "the button")
    assert said["user"] == "U1"
    assert "Open het formulier" in text_of(said)


def test_a_fault_of_ours_is_apologised_for_and_says_nothing_of_what_was_typed(
    played: Played, caplog: pytest.LogCaptureFixture
) -> None:
    played.send(played.stage.command("/verzin", "stuk"))

    said = answered(played.stage)[0]
    assert "Er ging iets mis" in text_of(said)
    assert "LookupError" in caplog.text


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_changed", "message": {"text": "wie gnet"}},
        {"bot_id": "BBRUG"},
        {"channel_type": "channel"},
        {"hidden": True},
    ],
)
def test_what_nobody_asked_is_not_answered(played: Played, event: dict[str, Any]) -> None:
    assert played.send(played.stage.message("wie gnet", **event))[0] == 200
    played.send(played.stage.message("wie Kortrijk"))

    (said,) = answered(played.stage)
    assert "Kortrijk" in text_of(said)


def test_slack_hears_that_brug_owns_its_address(played: Played) -> None:
    asked = sign(json.dumps({"type": "url_verification", "challenge": "abc"}), "application/json")

    status, body = played.send(asked)
    assert status == 200
    assert "abc" in body


def test_a_command_that_says_nothing_of_itself_is_told_so(played: Played) -> None:
    status, body = played.send(sign(urlencode({"command": "/wie", "text": "x"}), FORM_TYPE))

    assert status == 200
    assert "werkt niet meer" in body


def test_an_event_of_another_sort_is_taken_and_left(played: Played, stage: Stage) -> None:
    assert played.send(stage.event({"type": "reaction_added", "item": {}}))[0] == 200
