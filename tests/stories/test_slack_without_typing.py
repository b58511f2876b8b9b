"""A message handed over, a name found while typing, prompts to begin with: what no peer plays."""

import asyncio
import json
import time
from typing import Any
from urllib.parse import unquote

import pytest

from bot.slack import replies
from bot.slack.agent import Agent
from bot.slack.calls import Origin
from bot.slack.render import modal
from handlers.speech.form import Form, SearchField
from handlers.speech.words import Words
from handlers.suggesting import MOST
from store import Store
from tests.payloads import every_object, every_text
from tests.peers.fixtures import Checks
from tests.stories.conftest import Played
from tests.stories.made_up import FORM, kept
from tests.stories.slack_stage import (
    BOT_TOKEN,
    DM,
    TEAM,
    Stage,
    answered,
    broken,
    lost,
    refused,
    sign_payload,
)
from tests.waiting import until

SIGNAL = "Er zijn in Limburg te weinig plaatsen in een time-out."
FREDERIK = "frederik.declercq@vzwapart.be"


def text_of(drawn: object) -> str:
    return "\n".join(every_text(drawn))


def opened(stage: Stage) -> dict[str, Any]:
    return until(lambda: stage.calls("views.open"), "a window")[0]["view"]


def signals(store: Store) -> int:
    with store.read() as tx:
        return len(tx.signals.open_in(None, 50))


def options(played: Played, source: str, typed: str, **who: Any) -> list[str]:  # noqa: ANN401 - Slack's own fields
    status, body = played.send(played.stage.typing(source, typed, **who))
    assert status == 200
    return [one["text"]["text"] for one in json.loads(body)["options"]]


# A message handed over ------------------------------------------------------------------------


def test_a_message_becomes_a_form_with_its_words_and_nothing_is_kept_yet(played: Played) -> None:
    assert played.send(played.stage.handed({"text": SIGNAL})) == (200, "")
    form = opened(played.stage)
    first = next(one for one in form["blocks"] if one.get("block_id") == "text")
    region = next(one for one in form["blocks"] if one.get("block_id") == "region")

    assert first["element"]["initial_value"] == SIGNAL
    assert region["element"]["initial_option"]["value"] == "limburg"
    assert "Vraag dan eerst of het mag" in text_of(form)
    assert signals(played.store) == 0


def test_the_form_of_a_message_is_sent_and_kept_once(played: Played) -> None:
    played.send(played.stage.handed({"text": SIGNAL}))
    values = {"text": SIGNAL, "level": "secundair", "region": "limburg", "addressee": "beide"}
    sent = played.stage.submitted(opened(played.stage), values)
    said = [played.send(sent)[1] for _ in range(4)]

    assert "bewaard" in said[0]
    assert signals(played.store) == 1


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"real_name": "Noor Voorbeeld", "name": "noor.v"}, "Van Noor Voorbeeld."),
        ({"name": "noor.v"}, "Van noor.v."),
    ],
)
def test_a_coordinator_reads_who_gave_a_signal_as_slack_names_them(
    played: Played, names: dict[str, str], shown: str
) -> None:
    played.stage.person("U1", "noor@example.org", **names)
    played.stage.person("U2", "claudia.geens@pietersimenon.be", name="c.geens")
    played.send(played.stage.handed({"text": SIGNAL}))
    values = {"text": SIGNAL, "level": "secundair", "region": "limburg", "addressee": "beide"}
    played.send(played.stage.submitted(opened(played.stage), values))

    status, body = played.send(played.stage.command("/signaal", "1", "U2"))

    assert status == 200
    assert shown in "".join(every_text(json.loads(body)))


def test_who_is_mentioned_in_somebody_elses_message_is_left_out(played: Played) -> None:
    played.send(played.stage.handed({"text": f"<@U77> zegt: {SIGNAL} &amp; meer"}))
    first = opened(played.stage)["blocks"][1]["element"]["initial_value"]

    assert "U77" not in first
    assert "& meer" in first


def test_the_guard_looks_before_the_form_opens(played: Played) -> None:
    played.send(played.stage.handed({"text": "Jan Voorbeeld, 14 jaar, rijksregister 93051822361"}))

    said = answered(played.stage)[0]
    assert said["response_type"] == "ephemeral"
    assert "rijksregisternummer" in text_of(said)
    assert "93051822361" not in json.dumps(said)
    assert not played.stage.calls("views.open")


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"subtype": "tombstone", "text": "This message was deleted."}, "is er niet meer"),
        ({"hidden": True, "text": "x"}, "is er niet meer"),
        ({"text": ""}, "staat geen tekst"),
        ({"text": "  "}, "staat geen tekst"),
        ({"text": "<@U77>"}, "staat geen tekst"),
        ({"text": "", "files": [{"id": "F1", "mimetype": "image/png"}]}, "staat geen tekst"),
        ({"text": None, "blocks": []}, "staat geen tekst"),
        ({"text": "lang " * 300}, "hoogstens 1000 tekens"),
    ],
)
def test_a_message_that_can_become_nothing_is_told_so(
    played: Played, message: dict[str, Any], says: str
) -> None:
    assert played.send(played.stage.handed(message))[0] == 200

    said = answered(played.stage)[0]
    assert said["response_type"] == "ephemeral"
    assert says in text_of(said)


def test_a_message_that_is_not_there_any_more_is_told_so(played: Played) -> None:
    played.send(played.stage.handed({}, message=None))

    assert "is er niet meer" in text_of(answered(played.stage)[0])


def test_a_guest_hands_nothing_over(played: Played) -> None:
    guest = {"team": {"id": "T9"}, "user": {"id": "U9", "team_id": "T9"}}
    played.send(played.stage.handed({"text": SIGNAL}, **guest))

    assert "lid is van dit netwerk" in text_of(answered(played.stage)[0])
    assert not played.stage.calls("views.open")


def test_a_message_is_answered_to_who_handed_it_over_alone(played: Played) -> None:
    played.send(played.stage.handed({"text": "wie kent het duo van Ninove?"}, ""))

    said = answered(played.stage)[0]
    assert said["response_type"] == "ephemeral"
    assert "Frederik" in text_of(said)


def test_between_two_people_nothing_is_said_aloud(played: Played) -> None:
    played.send(played.stage.handed({"text": "wie Ninove"}, "", channel={"id": "D77"}))

    assert answered(played.stage)[0]["response_type"] == "ephemeral"


def test_a_window_that_came_too_late_becomes_a_button_for_a_message_too(played: Played) -> None:
    played.stage.tricks["views.open"] = [refused("expired_trigger_id")]
    played.send(played.stage.handed({"text": SIGNAL}))

    assert "Open het formulier" in text_of(answered(played.stage)[0])


def test_a_shortcut_of_somebody_else_is_taken_and_left(played: Played) -> None:
    strange = played.stage.handed({"text": SIGNAL}, callback_id="van iemand anders")

    assert played.send(strange) == (200, "")
    assert played.stage.said() == []


def test_a_shortcut_comes_over_a_socket_too(played_over_a_socket: Played) -> None:
    stage = played_over_a_socket.stage
    stage.envelope("interactive", stage.handed_body({"text": SIGNAL}))

    assert "time-out" in json.dumps(opened(stage))


# Found while typing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ninov", "Ninove (Oost-Vlaanderen)"),
        ("NINOVE", "Ninove (Oost-Vlaanderen)"),
        ("gnet", "Gent (Oost-Vlaanderen)"),
        ("8500", "Kortrijk (West-Vlaanderen)"),
        ("meldert", "Meldert (Lummen, Limburg)"),
        ("", "Limburg"),
    ],
)
def test_places_are_found_as_everywhere_else(played: Played, typed: str, shown: str) -> None:
    assert shown in options(played, "places", typed)


def test_nothing_is_suggested_for_what_nothing_begins_with(played: Played) -> None:
    assert options(played, "places", "xqzw") == []


def test_entries_of_the_directory_are_found(played: Played) -> None:
    found = options(played, "entries", "time-out")

    assert any("ime-out" in one for one in found)


def test_there_are_never_more_than_slack_takes(played: Played, block_kit: Checks) -> None:
    for letter in "abdeghklmorstvwz":
        _, body = played.send(played.stage.typing("places", letter))
        said = json.loads(body)

        assert block_kit("Suggestions", said) == []
        assert len(said["options"]) <= MOST
        values = [one["value"] for one in said["options"]]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    "more", [{"action_id": "search:geheim"}, {"action_id": "x"}, {"value": 7}]
)
def test_what_is_no_search_of_ours_finds_nothing(played: Played, more: dict[str, Any]) -> None:
    status, body = played.send(played.stage.typing("places", "n", **more))

    assert (status, json.loads(body)) == (200, {"options": []})


def test_typing_is_answered_when_slack_does_not_say_who_types(played: Played) -> None:
    played.stage.tricks["users.info"] = [lost]

    assert options(played, "places", "ninov")


def test_a_chosen_place_is_answered_in_a_window(played: Played) -> None:
    chosen = {
        "type": "external_select",
        "action_id": "search:places",
        "selected_option": {
            "text": {"type": "plain_text", "text": "x"},
            "value": "Meldert (Lummen)",
        },
    }
    place: dict[str, Any] = {
        "channel": None,
        "container": {"type": "view"},
        "view": {"type": "home", "id": "V1"},
    }
    played.send(played.stage.pressed(chosen, **place))

    assert "Limburg" in text_of(opened(played.stage))


def test_a_chosen_entry_shows_its_card(played: Played) -> None:
    _, body = played.send(played.stage.typing("entries", "time-out"))
    first = json.loads(body)["options"][0]
    chosen = {"type": "external_select", "action_id": "search:entries", "selected_option": first}
    place: dict[str, Any] = {
        "channel": None,
        "container": {"type": "view"},
        "view": {"type": "home", "id": "V1"},
    }
    played.send(played.stage.pressed(chosen, **place))

    assert first["text"]["text"].partition(" · ")[0] in text_of(opened(played.stage))


@pytest.mark.parametrize(
    "chosen",
    [
        {"action_id": "search:places", "selected_option": None},
        {"action_id": "search:geheim", "selected_option": {"value": "x"}},
        {"action_id": "search:people", "selected_option": {"value": "1"}},
        {"action_id": "search:places", "selected_option": {"value": "x" * 76}},
    ],
)
def test_what_was_not_suggested_does_nothing(played: Played, chosen: dict[str, Any]) -> None:
    assert played.send(played.stage.pressed(chosen)) == (200, "")
    assert played.stage.said() == []


# Prompts and status ---------------------------------------------------------------------------


def test_who_opens_the_conversation_sees_what_they_may_ask(played: Played) -> None:
    played.send(played.stage.opened(tab="messages"))
    (said,) = until(
        lambda: played.stage.calls("assistant.threads.setSuggestedPrompts"), "the prompts"
    )

    assert said["channel_id"] == DM
    assert "thread_ts" not in said
    assert 0 < len(said["prompts"]) <= 4
    assert said["prompts"][0]["message"] == "Bij wie moet ik zijn voor 8500?"
    assert played.stage.calls("views.publish") == []


def test_an_app_from_before_the_agent_view_gets_them_in_its_thread(played: Played) -> None:
    thread: dict[str, Any] = {"user_id": "U1", "channel_id": DM, "thread_ts": "7.1", "context": {}}
    for sort in ("assistant_thread_started", "assistant_thread_context_changed"):
        played.send(played.stage.event({"type": sort, "assistant_thread": thread}))
    said = until(
        lambda: played.stage.calls("assistant.threads.setSuggestedPrompts")[1:], "the prompts"
    )

    assert said[0]["thread_ts"] == "7.1"


@pytest.mark.parametrize("code", ["unknown_method", "missing_scope", "not_allowed"])
def test_where_there_is_no_agent_view_slack_is_asked_once_and_nobody_notices(
    played: Played, code: str
) -> None:
    played.stage.tricks["assistant.threads.setSuggestedPrompts"] = [refused(code)]
    played.send(played.stage.opened(tab="messages"))
    until(lambda: played.stage.calls("assistant.threads.setSuggestedPrompts"), "the try")
    played.send(played.stage.opened(tab="messages"))
    played.send(played.stage.message("wie Ninove"))

    assert "Frederik" in text_of(answered(played.stage)[0])
    assert len(played.stage.calls("assistant.threads.setSuggestedPrompts")) == 1


@pytest.mark.parametrize("trick", [lost, broken])
def test_a_lost_answer_about_prompts_is_nobodys_problem(played: Played, trick: object) -> None:
    played.stage.tricks["assistant.threads.setSuggestedPrompts"] = [trick]  # pyright: ignore[reportArgumentType]
    played.send(played.stage.opened(tab="messages"))
    played.send(played.stage.message("wie Ninove"))

    assert "Frederik" in text_of(answered(played.stage)[0])


def test_who_has_to_wait_is_told_that_brug_is_searching(played: Played) -> None:
    played.send(played.stage.message("/verzin traag"))
    (status,) = until(lambda: played.stage.calls("assistant.threads.setStatus"), "the status")
    played.made_up.go.set()

    assert status["status"] == "is aan het zoeken …"
    assert status["thread_ts"]
    assert "Verzonnen, en traag" in text_of(answered(played.stage)[0])


def test_an_answer_that_is_there_at_once_needs_no_status(stage: Stage) -> None:
    async def at_once() -> str:
        return "er al"

    async def asked() -> str:
        async with replies.session() as http:
            web = replies.client(BOT_TOKEN, stage.base_url, http)
            origin = Origin("U1", TEAM, "1", DM, direct=True, message="1.000100")
            return await Agent(web, time.monotonic).while_waiting(at_once(), origin, "bezig …")

    assert asyncio.run(asked()) == "er al"
    assert stage.calls("assistant.threads.setStatus") == []


# Languages, and the start page ----------------------------------------------------------------


def home(played: Played, user: str = "U1", count: int = 0) -> dict[str, Any]:
    played.send(played.stage.opened(user))
    return until(lambda: played.stage.calls("views.publish")[count:], "the Home tab")[0]["view"]


def test_a_french_slack_is_answered_in_french_until_somebody_chooses(played: Played) -> None:
    played.stage.person("U5", "luc.verzonnen@example.org", locale="fr-FR")
    played.send(played.stage.command("/wie", "Gand", "U5"))
    french = text_of(answered(played.stage)[0])
    _, chosen = played.send(played.stage.command("/taal", "nl", "U5"))
    played.send(played.stage.command("/wie", "Gand", "U5"))
    dutch = text_of(answered(played.stage, 2)[1])

    assert "Pourquoi ?" in french
    assert "we praten Nederlands" in text_of(json.loads(chosen))
    assert "Waarom?" in dutch


def test_an_english_slack_says_nothing_of_who_uses_it(played: Played) -> None:
    played.stage.person("U5", "luc.verzonnen@example.org", locale="en-US")
    played.send(played.stage.command("/wie", "Gent", "U5"))

    assert "Waarom?" in text_of(answered(played.stage)[0])
    assert any(
        str(call.get("include_locale")) in {"1", "True", "true"}
        for call in played.stage.calls("users.info")
    )


def test_a_button_of_the_start_page_changes_its_language(played: Played) -> None:
    first = home(played)
    buttons = [o for o in every_object(first) if o.get("type") == "button"]
    french = next(b for b in buttons if b["text"]["text"] == "Français")
    place: dict[str, Any] = {
        "channel": None,
        "container": {"type": "view"},
        "view": {"type": "home", "id": "V1"},
    }
    played.send(played.stage.pressed(french, **place))
    again = until(lambda: played.stage.calls("views.publish")[1:], "the Home tab")[0]["view"]

    assert "Dit kun je mij vragen" in text_of(first)
    assert "Voici ce que vous pouvez me demander" in text_of(again)


def test_a_guest_reads_on_the_start_page_that_reading_is_all(played: Played) -> None:
    played.stage.person("U6", "gast@example.org", team="T9")
    played.send(
        played.stage.event({"type": "app_home_opened", "tab": "home", "user_team": "T9"}, "U6")
    )
    shown = text_of(until(lambda: played.stage.calls("views.publish"), "the Home tab")[0]["view"])

    assert "te gast" in shown
    assert "/signaal" not in shown


def test_a_guest_searches_and_changes_nothing(played: Played) -> None:
    guest = {"team": {"id": "T9"}}
    who = {"id": "U9", "team_id": "T9"}
    found = played.stage.typing_body("places", "ninov") | guest | {"user": who}
    status, body = played.send(sign_payload(found))
    keep = {
        "action_id": "press:0",
        "value": '{"feature":"made_up","verb":"keep","values":{"number":"1"}}',
    }
    pressing = json.loads(unquote(played.stage.pressed(keep).body.decode())[len("payload=") :])
    played.send(sign_payload(pressing | guest | {"user": who}))
    view = modal(FORM, Words("nl")) | {"id": "V9", "hash": "1.a"}
    view |= {
        "state": {"values": {"what": {"answer": {"type": "plain_text_input", "value": "iets"}}}}
    }
    sending = {"type": "view_submission", **guest, "user": who, "trigger_id": "9.9", "view": view}
    _, sent = played.send(sign_payload(sending))

    assert status == 200
    assert json.loads(body)["options"]
    assert "lid is van dit netwerk" in text_of(answered(played.stage)[0])
    assert "lid is van dit netwerk" in text_of(json.loads(sent))
    assert kept(played.store) == 0


def test_a_coordinator_sees_what_waits_and_how_long(played: Played) -> None:
    values = {
        "text": SIGNAL,
        "level": "secundair",
        "region": "oost-vlaanderen",
        "addressee": "beide",
    }
    played.send(played.stage.handed({"text": SIGNAL}))
    played.send(played.stage.submitted(opened(played.stage), values))
    played.stage.person("U7", FREDERIK)
    coordinator, member = home(played, "U7"), home(played, "U1", 1)

    assert "Wat op jou wacht" in text_of(coordinator)
    assert "eerste blik binnen 14 dagen" in text_of(coordinator)
    assert "Oona" in text_of(coordinator)
    assert "Wat op jou wacht" not in text_of(member)
    assert "Signaal 1: opgemerkt" in text_of(member)
    assert len(coordinator["blocks"]) <= 100


def test_a_field_that_suggests_comes_back_as_the_value_that_was_chosen(
    played: Played, block_kit: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = SearchField("what", "Wie?", "people", initial=("7", "Noor Voorbeeld"))
    form = Form("made_up", "Een verzinsel", (field,), "Bewaar")
    monkeypatch.setattr("tests.stories.made_up.FORM", form)
    played.send(played.stage.command("/verzin", ""))
    view = opened(played.stage)
    element = next(o for o in every_object(view) if o.get("type") == "external_select")
    option = {"text": {"type": "plain_text", "text": "Noor"}, "value": "7"}
    chosen = {"search:people": {"type": "external_select", "selected_option": option}}
    sent = played.stage.submitted(view, {}, filled={"what": chosen})

    assert block_kit("Modal", view) == []
    assert element["action_id"] == "search:people"
    assert "Bewaard" in text_of(json.loads(played.send(sent)[1]))
    assert kept(played.store) == 1
