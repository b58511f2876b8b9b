"""Letters that Slack refuses or loses, over HTTP: what their owner hears, what `stand` says."""

import json
import urllib.error
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.assistant import Assistant, Call, Pressed
from bot.console.render import text
from bot.slack.deliver import SlackCourier
from bot.slack.render import press as read_press
from handlers import FEATURES
from handlers.actors import Caller
from handlers.speech.answer import Answer
from handlers.speech.words import Words
from scheduler.digests import write_digests
from scheduler.post import Clocks, Patience, Post
from store import Store
from store.records import Absence, Region
from tests.conftest import ATLAS, MONDAY
from tests.peers.playing import Stage, played_slack
from tests.stories.serving import served

OWNER = "DUnoor.voorbeeld"
"""The conversation of whoever set the digest, in the played Slack."""


@dataclass
class Monday:
    """A coordinator, a channel and a Slack, from the Friday before on."""

    store: Store
    stage: Stage
    coordinator: Caller
    now: datetime = MONDAY - timedelta(days=3)
    seconds: float = 0
    brug: Assistant = field(init=False)
    post: Post = field(init=False)

    def __post_init__(self) -> None:
        self.brug = Assistant(self.store, FEATURES, lambda: self.now, atlas=ATLAS)
        courier = SlackCourier(
            "xoxb-played",
            lambda _: "noor.voorbeeld@example.org",
            base_url=self.stage.api,
            limit=5,
        )
        self.post = Post(
            self.store,
            {"slack": courier, "person": courier},
            Clocks(lambda: self.now, lambda: self.seconds),
            patience=Patience(watch=0),
        )

    def say(self, words: str) -> str:
        said = self.brug.answer(Call(words, self.coordinator))
        assert isinstance(said, Answer)
        return text(said, Words("nl"), "")

    def wait(self, hours: float = 0.1) -> None:
        """Let time pass, and letters be written and brought."""
        until = self.now + timedelta(hours=hours)
        while self.now < until:
            write_digests(self.store, self.now)
            self.post.deliver(self._pass, lambda: self.now >= until)
            self._pass(150)

    def _pass(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds

    def came(self, conversation: str) -> list[str]:
        """What stands in a conversation of the played Slack, by first line."""
        found = self.stage.seen()["messages"].get(conversation, [])
        return [message["text"].splitlines()[0] for message in found]

    def press(self, label: str) -> str:
        """Press a button under the last message to the owner."""
        blocks: Any = self.stage.seen()["messages"][OWNER][-1]["blocks"]
        drawn = json.loads(blocks) if isinstance(blocks, str) else blocks
        buttons = [e for b in drawn if b["type"] == "actions" for e in b["elements"]]
        button = next(one for one in buttons if one["text"]["text"] == label)
        said = self.brug.press(Pressed(read_press(button["value"]), self.coordinator))
        assert isinstance(said, Answer)
        return said.headline


@pytest.fixture
def monday(sqlite_store: Store) -> Generator[Monday]:
    with sqlite_store.begin() as tx:
        person = next(
            a.person
            for a in tx.coverage.assignments(MONDAY.date())
            if a.region is Region.OOST_VLAANDEREN
        )
        away = Absence(0, person, MONDAY.date(), MONDAY.date() + timedelta(days=9), None)
        tx.absences.register(away, None, MONDAY, "person:1")
    with played_slack() as stage:
        yield Monday(
            sqlite_store, stage, Caller("slack", "T1", "U1", person.email, conversation="C1")
        )


def test_a_digest_begins_with_a_greeting_that_shows_whether_brug_may_post(monday: Monday) -> None:
    monday.say("/digest elke maandag 9u")
    monday.wait()
    monday.say("/digest elke maandag 10u")
    monday.wait()

    assert monday.came("C1") == ["Hallo! Hier komt voortaan het weekbericht van Oost-Vlaanderen"]


def test_where_brug_is_not_in_the_channel_its_owner_hears_it_at_once(monday: Monday) -> None:
    monday.stage.play(refusing={"C1": "not_in_channel"})
    monday.say("/digest elke maandag 9u")
    monday.wait()
    (told,) = monday.stage.seen()["messages"][OWNER]
    state = monday.say("/digest stand")
    monday.stage.play(refusing={})
    monday.now += timedelta(minutes=1)
    monday.say("/digest elke maandag 9u")
    monday.wait()

    assert "Nodig me uit" in told["text"]
    assert "Ik mag hier niets meer plaatsen (code “not_in_channel”)" in state
    assert monday.came("C1") == ["Hallo! Hier komt voortaan het weekbericht van Oost-Vlaanderen"]
    assert "Het volgende: maandag 23 november 2026" in monday.say("/digest stand")


def test_a_channel_that_is_deleted_while_its_digest_rests_is_told_once_after_the_rest(
    monday: Monday,
) -> None:
    monday.say("/digest elke maandag 9u")
    monday.wait()
    monday.say("/digest pauze tot 30/11")
    monday.stage.play(refusing={"C1": "channel_not_found"})
    monday.now = MONDAY
    monday.wait(24)
    resting, paused = monday.came(OWNER), monday.say("/digest stand")
    monday.now = MONDAY + timedelta(days=7)
    monday.wait(24)
    monday.now = MONDAY + timedelta(days=14)
    monday.wait(1)

    assert resting == []
    assert "23 november 2026: niets, want het weekbericht rustte" in paused
    assert [line[:24] for line in monday.came(OWNER)] == ["Dit bericht raakte er ni"]
    state = monday.say("/digest stand")
    assert "code “channel_not_found”" in state
    assert "30 november 2026: niet verstuurd, want ik mocht hier niets plaatsen" in state


@pytest.mark.parametrize(
    ("fault", "label", "came", "state"),
    [
        ("dropped", "Stuur toch", 2, "verstuurd"),
        ("lost", "Laat zo", 2, "niet verstuurd. Wie het instelde, koos om het zo te laten"),
    ],
)
def test_where_brug_can_not_look_the_owner_decides_with_two_buttons(
    monday: Monday, fault: str, label: str, came: int, state: str
) -> None:
    monday.say("/digest elke maandag 9u")
    monday.wait()
    monday.now = MONDAY
    monday.stage.play(unreadable=["C1"], scenario=[fault])
    monday.wait(1)
    held = monday.say("/digest stand")
    monday.press(label)
    monday.wait(1)

    assert "23 november 2026: ik weet niet of het aankwam. Wie het instelde, beslist" in held
    assert [line[:14] for line in monday.came(OWNER)] == ["Ik weet niet o"]
    assert len(monday.came("C1")) == came
    assert f"23 november 2026: {state}" in monday.say("/digest stand")
    assert monday.press(label) == "Hierover is al beslist."


def health(base: str) -> tuple[int, dict[str, bool]]:
    try:
        with urllib.request.urlopen(f"{base}/healthz", timeout=20) as said:
            return said.status, json.load(said)
    except urllib.error.HTTPError as said:
        return said.code, json.load(said)


def test_a_token_that_expired_for_an_hour_costs_no_digest_its_life(monday: Monday) -> None:
    monday.say("/digest elke maandag 9u")
    monday.wait()
    monday.now = MONDAY
    monday.stage.play(refusing={"C1": "token_expired", OWNER: "token_expired"})
    monday.wait(1)
    waiting = monday.say("/digest stand")
    with served([], monday.store, letters=lambda: monday.post.healthy) as base:
        locked_out = health(base)
        monday.stage.play(refusing={})
        monday.wait(0.5)
        healthy = health(base)

    assert "23 november 2026: onderweg" in waiting
    assert locked_out == (503, {"ok": False, "letters": False, "database": True})
    assert healthy == (200, {"ok": True, "letters": True, "database": True})
    assert monday.came("C1")[1:] == ["Dit is er nieuw in Oost-Vlaanderen"]
    assert monday.came(OWNER) == []
    assert "Het volgende: maandag 30 november 2026" in monday.say("/digest stand")


def test_a_digest_that_slack_cannot_read_is_told_and_the_next_one_comes(monday: Monday) -> None:
    monday.say("/digest elke maandag 9u")
    monday.wait()
    monday.now = MONDAY
    monday.stage.play(refusing={"C1": "invalid_blocks"})
    monday.wait(1)
    state = monday.say("/digest stand")
    monday.stage.play(refusing={})
    monday.now = MONDAY + timedelta(days=7)
    monday.wait(1)

    assert "niet verstuurd, want het platform nam het zo niet aan (code “invalid_blocks”)" in state
    assert [line[:24] for line in monday.came(OWNER)] == ["Dit bericht raakte er ni"]
    assert monday.came("C1")[1:] == ["Dit is er nieuw in Oost-Vlaanderen"]


def test_every_silence_is_explained(monday: Monday) -> None:
    monday.say("/digest elke maandag 9u")
    before = monday.say("/digest stand")
    monday.wait()
    monday.now = MONDAY
    monday.wait(1)
    monday.now = MONDAY + timedelta(days=8)  # nobody was there on the 30th
    monday.wait(1)
    monday.now = MONDAY + timedelta(days=24)
    ahead = monday.say("/digest stand")
    monday.now = MONDAY + timedelta(days=28)
    monday.wait(1)
    after = monday.say("/digest stand")
    monday.say("/digest stop")

    assert "Er was er nog geen" in before
    assert "Het volgende: maandag 23 november 2026" in before
    assert "23 november 2026: verstuurd" in after
    assert "30 november 2026: niets, want die dag kon ik niet werken" in after
    assert "21 december 2026: dan blijft het weg, want het is schoolvakantie" in ahead
    assert "28 december 2026: dan blijft het weg, want het is schoolvakantie" in ahead
    assert "Het volgende: maandag 4 januari 2027" in ahead
    assert "21 december 2026: niets, want het was schoolvakantie" in after
    assert "stopgezet, omdat iemand dat vroeg" in monday.say("/digest stand")


def test_a_region_without_content_is_silent_and_says_so(monday: Monday) -> None:
    monday.say("/digest elke maandag 9u")
    with monday.store.begin() as tx:
        kept = tx.digests.at("slack:T1:C1")
        assert kept is not None
        tx.digests.keep(replace(kept, blocks=("people",)), kept.set_at, "person:1")
    monday.now = MONDAY
    monday.wait(1)

    assert len(monday.came("C1")) == 1
    assert "23 november 2026: niets, want er was niets veranderd" in monday.say("/digest stand")


def test_a_digest_of_ones_own_comes_in_ones_own_conversation_and_stops_with_one_tap(
    monday: Monday,
) -> None:
    monday.say("/digest voor mij elke maandag 9u")
    monday.now = MONDAY
    monday.wait()

    assert monday.came(OWNER) == ["Dit is er nieuw in Oost-Vlaanderen"]
    assert monday.came("C1") == []
    assert monday.press("Stop mijn weekbericht") == "Jouw weekbericht komt niet meer."
    monday.now = MONDAY + timedelta(days=7)
    monday.wait()
    assert len(monday.came(OWNER)) == 1
