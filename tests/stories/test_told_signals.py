"""A signal that somebody was told is kept, is kept: a slow database, and a process that is killed.

The same promise as `test_slack_pressure`, with the real form of a signal instead of one made up.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest

from bot.assistant import Assistant, Call
from bot.slack.render import modal
from handlers import FEATURES
from handlers.actors import Caller
from handlers.speech.form import Form
from handlers.speech.words import Words
from store import Store
from tests.conftest import ATLAS, MONDAY
from tests.stories.conftest import Played
from tests.stories.slack_stage import BOT_TOKEN, SECRET, TEAM, Signed, Stage, send
from tests.stories.test_slack_pressure import (
    SLACKS_PATIENCE,
    answers,
    busy_database,
)
from tests.waiting import free_port, until

FIELDS = {"level": "secundair", "region": "limburg", "addressee": "beide", "anonymity": "duo"}
# No two of them say the same, so that none leads to "is it one of these?".
TEXTS = [
    f"{one} {two}."
    for one, two in product(
        ("Grieks", "Timmeren", "Zwemles", "Schaken", "Turnen", "Muziek", "Koken", "Naaien"),
        ("ontbreekt", "kost veel", "start laat", "stopt vroeg", "is ver", "mist toezicht"),
    )
]


def forms(stage: Stage, store: Store, count: int) -> list[Signed]:
    """Return so many forms of a signal, each opened anew and filled in."""
    assistant = Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)
    caller = Caller("slack", TEAM, "U1")
    sent: list[Signed] = []
    for number in range(count):
        form = assistant.answer(Call("/signaal", caller))
        assert isinstance(form, Form)
        view = modal(form, Words("nl"))
        values: Mapping[str, str] = {**FIELDS, "text": TEXTS[number % len(TEXTS)]}
        sent.append(stage.submitted(view, values))
    return sent


def kept(store: Store) -> int:
    """Return how many signals there are."""
    with store.read() as tx:
        return len(tx.signals.open_in(None, 1_000))


@pytest.mark.parametrize("seconds", [0.0, 5.0])
def test_a_signal_is_told_to_be_kept_only_when_it_is_however_slow_the_database(
    played: Played, seconds: float
) -> None:
    filled = forms(played.stage, played.store, 6)

    def told(signed: Signed) -> str:
        status, body = send(played.base, signed, within=SLACKS_PATIENCE)
        assert status == 200
        return body

    with busy_database(played.store, seconds), ThreadPoolExecutor(6) as people:
        said = list(people.map(told, filled))

    stored = kept(played.store)
    assert sum(is_kept(one) for one in said) == stored
    assert (stored > 0) == (seconds == 0)


def is_kept(said: str) -> bool:
    """Whether an answer tells that a signal is kept."""
    return "Bewaard als signaal" in json.dumps(said, ensure_ascii=False)


SERVE = """
from bot import wiring
from bot.assistant import Assistant
from bot.serving import server, site
from bot.settings import load
from handlers import FEATURES
from store import open_store

settings = load()
store = open_store(settings.database)
rooms = wiring.rooms(Assistant(store, FEATURES, wiring.clock), settings)
server(site(rooms, store), settings.host, settings.port).run()
"""


def test_a_signal_that_was_told_to_be_kept_is_kept_when_the_process_is_killed(
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
    filled = forms(stage, sqlite_store, len(TEXTS))
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        env=os.environ | settings,
        cwd=Path(__file__).parents[2],
    )
    try:
        until(lambda: answers(base, stage), "Brug answers")
        with ThreadPoolExecutor(4) as people:
            sent = [people.submit(_told, base, one) for one in filled]
            until(lambda: sum(future.done() for future in sent) >= 12, "some are told")
            process.send_signal(signal.SIGKILL)
            told = [future.result() for future in sent]
    finally:
        process.kill()
        process.wait()

    said_kept = sum(map(is_kept, told))
    assert said_kept > 0
    # The kill may cut off the answers of four who were asking, never what was told.
    assert said_kept <= kept(sqlite_store) <= said_kept + 4


def _told(base: str, signed: Signed) -> str:
    try:
        return send(base, signed)[1]
    except Exception as cut_off:  # noqa: BLE001 - half an answer is none
        return str(type(cut_off).__name__)
