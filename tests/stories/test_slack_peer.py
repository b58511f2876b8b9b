"""The whole loop with a Slack that nobody here wrote, in Socket Mode and over HTTP."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.slack.listen import PATH, Account, SlackRoom
from handlers import FEATURES
from handlers.feature import Example
from handlers.speech.words import Words
from store import Store, open_store
from tests.conftest import ATLAS, MONDAY
from tests.payloads import every_object, every_text
from tests.peers import local_slack
from tests.peers.fixtures import Checks
from tests.peers.local_slack import APP_TOKEN, BOT, BOT_TOKEN, SECRET, LocalSlack
from tests.stories.made_up import MadeUp, kept
from tests.stories.serving import served
from tests.waiting import free_port, until

NOOR = "noor.voorbeeld@example.org"
FREDERIK = "Frederik.declercq@vzwapart.be"
CHANNEL = "C001"

Message = dict[str, Any]


@dataclass
class World:
    """Brug in a running local-slack."""

    slack: LocalSlack
    store: Store

    def answer_to(self, ask: Callable[[], object], channel: str = CHANNEL) -> Message:
        """Do something, and return what Brug then says in a channel."""
        before = len(self.slack.messages(channel))
        ask()

        def said() -> list[Message]:
            return [m for m in self.slack.messages(channel)[before:] if m["user"] == BOT]

        return until(said, "an answer")[0]

    def alone(self, user: str, words: str) -> Message:
        """Write to Brug alone, and return what it says."""
        channel = self.slack.write(user, words)["message"]["channel"]
        count = sum(m["user"] != BOT for m in self.slack.messages(channel))

        def said() -> list[Message]:
            answers = [m for m in self.slack.messages(channel) if m["user"] == BOT]
            return answers[count - 1 :]

        return until(said, "an answer")[0]

    def window(self, method: str, count: int) -> Message:
        """Return the window that was opened as the one after so many."""
        return until(lambda: self.slack.called(method)[count:], method)[0]["view"]


@contextmanager
def in_local_slack(folder: Path, seeded_file: Path, *, over_http: bool) -> Generator[World]:
    """Start local-slack with Brug in it."""
    store = open_store(f"sqlite:///{shutil.copy(seeded_file, folder / 'brug.db')}")
    made_up = MadeUp()
    features = (*FEATURES, made_up.feature, made_up.writing)
    assistant = Assistant(store, features, lambda: MONDAY, atlas=ATLAS)
    with store.read() as tx:
        people = tx.people.everyone()
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}" if over_http else ""
    with local_slack.running(folder, people, url) as slack:
        account = Account(
            BOT_TOKEN, SECRET if url else "", "" if url else APP_TOKEN, slack.base_url
        )
        room = SlackRoom(account, assistant)
        with served([room], store, port):
            until(lambda: room.healthy, "Brug is in Slack")
            yield World(slack, store)
    store.close()


@pytest.fixture(scope="module", params=["socket", "http"])
def world(
    request: pytest.FixtureRequest,
    seeded_file: Path,
    node_modules: Path,
    block_kit: Checks,
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[World]:
    assert node_modules
    folder = tmp_path_factory.mktemp("local-slack")
    with in_local_slack(folder, seeded_file, over_http=request.param == "http") as found:
        yield found
        assert list(_problems(found, block_kit)) == []


def _problems(world: World, block_kit: Checks) -> Generator[str]:
    """Yield what Slack would refuse of everything that was sent while the tests ran."""
    sent = 0
    for channel in world.slack.state()["channels"]:
        for message in world.slack.messages(channel["id"]):
            if message["user"] == BOT:
                sent += 1
                yield from block_kit("MessageBlocks", message["blocks"])
    for method in ("views.open", "views.push", "views.update", "views.publish"):
        for call in world.slack.called(method):
            sent += 1
            name = "Home" if method == "views.publish" else "Modal"
            yield from block_kit(name, call["view"])
    assert sent, "nothing was sent at all"


def button(drawn: object, label: str) -> Message:
    """Return a button as a press brings it back."""
    for found in every_object(drawn):
        elements: list[Message] = found["elements"] if found.get("type") == "actions" else []
        for pressable in elements:
            if pressable.get("text", {}).get("text") == label:
                return {
                    "type": "button",
                    "action_id": pressable["action_id"],
                    "block_id": found["block_id"],
                    "value": pressable["value"],
                    "text": pressable["text"],
                }
    raise AssertionError(f"no button {label!r}")


def text_of(drawn: object) -> str:
    return "\n".join(every_text(drawn))


def test_a_command_is_answered_to_who_typed_it_alone(world: World) -> None:
    said = world.answer_to(lambda: world.slack.command(NOOR, "/wie", "gnet"))

    assert said["subtype"] == "ephemeral"
    assert said["ephemeral_to"] == world.slack.users[NOOR]
    assert "Oona" in text_of(said)
    assert "Ik las “gnet” als Gent" in said["text"]


@pytest.mark.parametrize(
    ("command", "text"),
    [("/brug", "wie gnet"), ("/brug", "Bij wie moet ik zijn in Gent?"), ("/qui", "Gand")],
)
def test_one_command_leads_to_everything(world: World, command: str, text: str) -> None:
    said = world.answer_to(lambda: world.slack.command(NOOR, command, text))

    assert "Oona" in text_of(said)


def test_the_bare_command_says_what_can_be_asked(world: World) -> None:
    said = world.answer_to(lambda: world.slack.command(NOOR, "/brug", ""))

    assert "/wie" in text_of(said)


def test_a_sentence_in_a_conversation_is_answered_there(world: World) -> None:
    said = world.alone(NOOR, "Bij wie moet ik zijn voor 8500?")

    assert "Ludo" in text_of(said)
    assert "subtype" not in said
    assert "Deel in kanaal" not in text_of(said)


def test_a_mention_is_answered_in_a_thread_for_all_who_saw_the_question(world: World) -> None:
    asked: list[Message] = []
    said = world.answer_to(
        lambda: asked.append(world.slack.write(NOOR, f"<@{BOT}> wie Ninove", "algemeen"))
    )

    assert said["thread_ts"] == asked[0]["message"]["ts"]
    assert "subtype" not in said
    assert "Frederik" in text_of(said)


def test_a_mention_that_leads_nowhere_bothers_nobody_else(world: World) -> None:
    said = world.answer_to(
        lambda: world.slack.write(NOOR, f"<@{BOT}> zomaar wat geklets", "algemeen")
    )

    assert said["ephemeral_to"] == world.slack.users[NOOR]


def test_a_button_explains_and_another_shares(world: World) -> None:
    said = world.answer_to(lambda: world.slack.command(NOOR, "/wie", "gnet"))
    why = world.answer_to(lambda: world.slack.press(NOOR, said, button(said, "Waarom?")))
    shared = world.answer_to(lambda: world.slack.press(NOOR, said, button(said, "Deel in kanaal")))

    assert "Waarom dit antwoord?" in text_of(why)
    assert "subtype" not in shared
    assert "Oona" in text_of(shared)
    assert "Gedeeld door" in text_of(shared)
    users = [o["user_id"] for o in every_object(shared["blocks"]) if o.get("type") == "user"]
    assert users == [world.slack.users[NOOR]]
    with pytest.raises(AssertionError):
        button(shared, "Deel in kanaal")


def test_home_shows_a_coordinator_the_own_region_and_who_covers_it(world: World) -> None:
    count = len(world.slack.called("views.publish"))
    world.slack.open_home(FREDERIK)
    home = world.window("views.publish", count)

    assert "Oost-Vlaanderen" in text_of(home)
    assert "Oona" in text_of(home)
    assert "Dit kun je mij vragen" in text_of(home)


def test_home_greets_who_stands_for_no_region_and_its_buttons_open_a_window(world: World) -> None:
    count, windows = (
        len(world.slack.called("views.publish")),
        len(world.slack.called("views.open")),
    )
    world.slack.open_home(NOOR)
    home = world.window("views.publish", count)
    question = button(home, "Bij wie moet ik zijn voor 8500?")
    world.slack.in_window(NOOR, t="block_action", appId=local_slack.APP, action=question)
    window = world.window("views.open", windows)

    assert "Ik ben Brug" in text_of(home)
    assert "Ludo" in text_of(window)


def test_a_form_says_what_is_wrong_at_the_field_and_is_kept_once_it_is_right(world: World) -> None:
    windows, before = len(world.slack.called("views.open")), kept(world.store)
    world.slack.command(NOOR, "/verzin", "")
    world.window("views.open", windows)
    short = {"what": {"answer": {"type": "plain_text_input", "value": "kort"}}}
    world.slack.in_window(NOOR, t="view_submit", values=short)
    assert kept(world.store) == before
    good = {"what": {"answer": {"type": "plain_text_input", "value": "lang genoeg"}}}
    world.slack.in_window(NOOR, t="view_submit", values=good)

    until(lambda: kept(world.store) == before + 1, "it is kept")


def test_a_sentence_that_needs_a_form_is_answered_with_a_button_to_it(world: World) -> None:
    windows = len(world.slack.called("views.open"))
    said = world.alone(NOOR, "/verzin")
    world.slack.press(NOOR, said, button(said, "Open het formulier"))

    assert world.window("views.open", windows)["title"]["text"] == "Een verzinsel"


def test_a_button_that_keeps_something_says_so_after_it_was_kept(world: World) -> None:
    before = kept(world.store)
    said = world.answer_to(lambda: world.slack.command(NOOR, "/verzin", "knop"))
    done = world.answer_to(lambda: world.slack.press(NOOR, said, button(said, "Bewaar")))

    assert "Bewaard" in text_of(done)
    assert kept(world.store) == before + 1


def test_who_is_mentioned_is_known_by_name(world: World) -> None:
    frederik = world.slack.users[FREDERIK]
    said = world.alone(NOOR, f"Wat is het mailadres van <@{frederik}>?")

    assert FREDERIK in text_of(said)


EXAMPLES = [
    pytest.param(example, id=f"{feature.name}: {example.words}")
    for feature in FEATURES
    for example in feature.examples
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_answered_in_slack(world: World, example: Example) -> None:
    said = text_of(world.alone(NOOR, example.words))

    # Noor chose no language, and her Slack says nothing of it: Brug speaks Dutch to her.
    if Words().plain("room.open_form") in said:
        return  # a form needs a window, and a message cannot open one: a button first
    if example.language == "nl":
        assert example.expect in said
    else:
        assert "Er ging iets mis" not in said
        assert "Dat weet ik niet" not in said


def test_events_flow_again_after_the_peer_was_killed_and_came_back(
    seeded_file: Path, node_modules: Path, tmp_path: Path
) -> None:
    assert node_modules
    with in_local_slack(tmp_path, seeded_file, over_http=False) as world:
        world.slack.stop(hard=True)
        world.slack.start()
        until(
            lambda: [entry for entry in world.slack.log() if entry["kind"] == "socket"],
            "the socket is back",
            within=10,
        )

        said = world.answer_to(lambda: world.slack.command(NOOR, "/wie", "Kortrijk"))
        assert "Ludo" in text_of(said)
