"""Slow handlers, a slow database, a killed process, a broken socket: told = stored, still."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.assistant import Assistant
from bot.slack.listen import Account, SlackRoom
from bot.slack.render import modal
from handlers import FEATURES
from handlers.speech.words import Words
from store import Store, open_store
from store.records import LetterState
from tests.conftest import ATLAS, MONDAY
from tests.payloads import every_text
from tests.stories.conftest import Played
from tests.stories.made_up import FORM, kept
from tests.stories.serving import served
from tests.stories.slack_stage import (
    BOT_TOKEN,
    DM,
    SECRET,
    TEAM,
    Json,
    Signed,
    Stage,
    answered,
    send,
)
from tests.waiting import free_port, until

VIEW = modal(FORM, Words("nl"))
SLACKS_PATIENCE = 3.0
"""Seconds; after these Slack shows an error, whatever comes."""


def text_of(drawn: object) -> str:
    return "\n".join(every_text(drawn))


@contextmanager
def busy_database(store: Store, seconds: float) -> Generator[None]:
    """Let another program hold the database for so long."""
    if not seconds:
        yield
        return
    holding, let_go = Event(), Event()

    def hold() -> None:
        with closing(sqlite3.connect(str(store.engine.url.database), isolation_level=None)) as it:
            it.execute("BEGIN IMMEDIATE")
            holding.set()
            let_go.wait(seconds)
            it.execute("ROLLBACK")

    holder = Thread(target=hold)
    holder.start()
    assert holding.wait(10)
    try:
        yield
    finally:
        let_go.set()
        holder.join()


def test_five_slow_handlers_do_not_keep_the_sixth_from_its_answer(played: Played) -> None:
    for _ in range(5):
        assert played.send(played.stage.command("/verzin", "traag")) == (200, "")
    until(lambda: len(played.made_up.began) == 5, "five are at work")

    assert played.send(played.stage.command("/wie", "gnet")) == (200, "")
    assert "Oona" in text_of(answered(played.stage)[0])
    assert json.loads(played.send(played.stage.submitted(VIEW, {"what": "iets"}))[1])
    assert kept(played.store) == 1
    played.made_up.go.set()
    answered(played.stage, 6)


def test_when_all_hands_are_full_of_questions_what_is_entrusted_is_kept(played: Played) -> None:
    for _ in range(40):
        assert played.send(played.stage.command("/verzin", "traag")) == (200, "")
    until(lambda: len(played.made_up.began) == 20, "all hands are at work")

    body = played.send(played.stage.submitted(VIEW, {"what": "iets"}))[1]
    assert "Bewaard" in text_of(json.loads(body))
    played.made_up.go.set()
    answered(played.stage, 40)


def test_when_the_line_is_full_it_is_said_at_once(played: Played) -> None:
    with ThreadPoolExecutor(8) as senders:
        sent = [played.stage.command("/verzin", "traag") for _ in range(300)]
        said = [body for _, body in senders.map(played.send, sent)]
    played.made_up.go.set()

    busy = "Het is nu erg druk. Ik heb je vraag niet behandeld. Probeer het zo meteen opnieuw."
    assert {body for body in said if body} == {busy}
    answers = [text_of(one) for one in answered(played.stage, said.count(""))]
    # One that was let in while others were on their way to the line hears it afterwards.
    assert sum("en traag" in one for one in answers) == 276
    assert all("en traag" in one or busy in one for one in answers)


@pytest.mark.parametrize("seconds", [0.0, 0.2, 5.0])
def test_what_is_told_is_what_is_stored_however_slow_the_database(
    played: Played, seconds: float
) -> None:
    forms = [played.stage.submitted(VIEW, {"what": "iets"}) for _ in range(4)]
    buttons = [
        played.stage.pressed({"action_id": "press:0", "value": KEEP}, trigger_id=f"9.{number}")
        for number in range(4)
    ]
    commands = [played.stage.command("/bewaar", "") for _ in range(4)]

    def told_in_time(signed: Signed) -> str:
        status, body = send(played.base, signed, within=SLACKS_PATIENCE)
        assert status == 200
        return body

    with busy_database(played.store, seconds), ThreadPoolExecutor(12) as people:
        said = list(people.map(told_in_time, [*forms, *buttons, *commands]))
        until(lambda: len(played.stage.said()) == 4, "the buttons are answered")
    told = said + [json.dumps(one) for one in played.stage.said()]
    stored = sum("Bewaard" in text for text in told)

    # Whoever is still at work when everybody has been told may not keep anything any more.
    with played.store.begin():
        assert kept(played.store) == stored
    assert stored == (12 if seconds < 1 else 0)
    refusals = ("iet bewaard", "niets bewaard", "erg druk")
    assert sum(any(word in text for word in refusals) for text in told) == 12 - stored


KEEP = '{"feature":"made_up","verb":"keep","values":{}}'

SERVE = """
import sys
from bot import wiring
from bot.assistant import Assistant
from bot.serving import server, site
from bot.settings import load
from handlers import FEATURES
from store import open_store
from tests.stories.made_up import MadeUp

settings = load()
store = open_store(settings.database)
made_up = MadeUp()
features = (*FEATURES, made_up.feature, made_up.writing)
rooms = wiring.rooms(Assistant(store, features, wiring.clock), settings)
server(site(rooms, store), settings.host, settings.port).run()
"""


def test_what_was_told_to_be_kept_is_kept_when_the_process_is_killed(
    stage: Stage, sqlite_store: Store
) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    settings = {
        "BRUG_DATABASE_URL": f"sqlite:///{sqlite_store.engine.url.database}",
        "BRUG_PORT": str(port),
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_BASE_URL": stage.base_url,
        "SLACK_HOME_WORKSPACE": TEAM,
    }
    told = [said for _ in range(3) for said in _until_killed(base, stage, os.environ | settings)]

    with sqlite_store.read() as tx:
        letters = tx.outbox.in_state(LetterState.WAITING)
    stored = sum(letter.key.startswith("made_up/") for letter in letters)
    said_kept = sum("Bewaard" in said for said in told)
    assert said_kept >= 30
    # Every one that was told is there; each kill may cut off the answers of four who were asking.
    assert said_kept <= stored <= said_kept + 3 * 4


def _until_killed(base: str, stage: Stage, environment: dict[str, str]) -> list[str]:
    """Start Brug, kill it while four people send forms, and return what they were told."""
    home = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", SERVE], env=environment, cwd=home)
    try:
        until(lambda: answers(base, stage), "Brug answers")
        with ThreadPoolExecutor(4) as people:
            sent = [people.submit(_told, base, stage) for _ in range(60)]
            until(lambda: sum(future.done() for future in sent) >= 10, "some are told")
            process.send_signal(signal.SIGKILL)
            return [said for future in sent if (said := future.result())]
    finally:
        process.kill()
        process.wait()


def _told(base: str, stage: Stage) -> str:
    try:
        return send(base, stage.submitted(VIEW, {"what": "iets"}))[1]
    except OSError:
        return ""
    except Exception as cut_off:  # noqa: BLE001 - half an answer is none
        return str(type(cut_off).__name__)


def answers(base: str, stage: Stage) -> bool:
    try:
        return send(base, stage.event({"type": "team_join"}))[0] == 200
    except OSError:
        return False


def test_events_flow_again_after_the_server_of_the_socket_was_gone(
    played_over_a_socket: Played,
) -> None:
    stage = played_over_a_socket.stage
    _ask(stage)
    answered(stage)
    stage.stop()
    until(lambda: not played_over_a_socket.room.healthy, "Brug notices")
    stage.start()
    until(lambda: stage.sockets, "a socket", within=10)
    _ask(stage)

    answered(stage, 2)


def test_a_socket_that_goes_silent_without_closing_is_replaced(
    played_over_a_socket: Played,
) -> None:
    stage = played_over_a_socket.stage
    until(lambda: stage.sockets, "a socket")
    first = stage.sockets[0]
    stage.mute()

    until(lambda: [one for one in stage.sockets if one is not first], "another socket", within=15)
    _ask(stage, -1)
    answered(stage)


def test_a_client_that_cannot_even_be_closed_is_replaced_too(
    played_over_a_socket: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def close(client: SocketModeClient) -> None:
        await SocketModeClient.disconnect(client)
        raise RuntimeError("Session is closed")

    stage = played_over_a_socket.stage
    until(lambda: stage.sockets, "a socket")
    first = stage.sockets[0]
    with monkeypatch.context() as patched:
        patched.setattr(SocketModeClient, "close", close)
        stage.mute()
        others = until(
            lambda: [one for one in stage.sockets if one is not first], "another socket", within=15
        )
    assert others
    _ask(stage, -1)
    answered(stage)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_socket_that_is_asked_to_connect_anew_does_so(
    played_over_a_socket: Played, reason: str
) -> None:
    stage = played_over_a_socket.stage
    until(lambda: stage.sockets, "a socket")
    first = stage.sockets[0]
    stage.disconnect(reason)
    until(lambda: [one for one in stage.sockets if one is not first], "another socket")
    _ask(stage, -1)

    answered(stage)


def test_an_envelope_that_comes_again_is_acknowledged_and_answered_once(
    played_over_a_socket: Played,
) -> None:
    stage = played_over_a_socket.stage
    until(lambda: stage.sockets, "a socket")
    body = stage.event_body(
        {"type": "message", "channel": DM, "channel_type": "im", "text": "wie gnet"}
    )
    sent = [stage.envelope("events_api", body, retry_attempt=attempt) for attempt in range(3)]
    _ask(stage)
    until(lambda: len(stage.acks) >= 4, "acknowledgements")

    assert {ack["envelope_id"] for ack in stage.acks} >= {one["envelope_id"] for one in sent}
    said = answered(stage, 2)
    assert len(said) == 2


def test_an_envelope_of_another_shape_does_no_harm(played_over_a_socket: Played) -> None:
    stage = played_over_a_socket.stage
    until(lambda: stage.sockets, "a socket")
    strange: list[Json] = [{}, {"type": 7}, {"event": []}, {"command": 1}, {"actions": [[]]}]
    for payload in strange:
        stage.envelope("interactive", payload)
    _ask(stage)

    answered(stage)


def test_two_processes_on_one_database_answer_once(played: Played) -> None:
    stage = played.stage
    again = open_store(str(played.store.engine.url))
    account = Account(BOT_TOKEN, SECRET, "", stage.base_url, TEAM)
    other = SlackRoom(account, Assistant(again, FEATURES, lambda: MONDAY, atlas=ATLAS))
    asked = stage.command("/wie", "gnet")
    with served([other], again) as base, ThreadPoolExecutor(2) as both:
        until(lambda: other.healthy, "the other is in Slack")
        assert set(both.map(send, [base, played.base], [asked, asked])) == {(200, "")}
        send(base, stage.command("/wie", "Kortrijk"))
        said = answered(stage, 2)
    again.close()

    assert sorted("Gent" in text_of(one) for one in said) == [False, True]


def _ask(stage: Stage, socket: int = 0) -> None:
    event = {"type": "message", "channel": DM, "channel_type": "im", "text": "wie gnet"}
    stage.envelope("events_api", stage.event_body(event), socket)
