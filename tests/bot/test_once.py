"""Who waits and who writes agree on one truth, whatever happens first."""

import asyncio
from threading import Event

import pytest

from bot.assistant import Assistant, Call, Pressed, Submission
from bot.crew import Busy, Crew
from bot.once import Abandoned, Act, Repeated
from handlers import FEATURES
from handlers.actors import Caller
from handlers.speech.answer import Answer, Press
from store import Store
from tests.conftest import ATLAS, MONDAY
from tests.stories.made_up import MadeUp, kept

NOOR = Caller("slack", "T1", "U1")


@pytest.fixture
def brug(sqlite_store: Store) -> Assistant:
    made_up = MadeUp()
    features = (*FEATURES, made_up.feature, made_up.writing)
    return Assistant(sqlite_store, features, lambda: MONDAY, atlas=ATLAS)


def test_what_was_abandoned_is_undone(brug: Assistant, sqlite_store: Store) -> None:
    act = Act("slack:trigger:1")
    assert act.abandon()

    with pytest.raises(Abandoned):
        brug.submit(Submission("made_up", {"what": "iets"}, NOOR, act=act))
    assert kept(sqlite_store) == 0
    # Its receipt is undone with it: sent again, it is kept.
    brug.submit(Submission("made_up", {"what": "iets"}, NOOR, act=Act("slack:trigger:1")))
    assert kept(sqlite_store) == 1


def test_what_is_being_committed_cannot_be_abandoned_any_more() -> None:
    act = Act()
    act.settle()

    assert not act.abandon()


@pytest.mark.parametrize("way", ["form", "button", "command"])
def test_the_same_act_has_one_effect(brug: Assistant, sqlite_store: Store, way: str) -> None:
    def do() -> object:
        act = Act("slack:trigger:1")
        if way == "form":
            return brug.submit(Submission("made_up", {"what": "iets"}, NOOR, act=act))
        if way == "button":
            return brug.press(Pressed(Press("made_up", "keep"), NOOR, act=act))
        return brug.answer(Call("/bewaar", NOOR, act=act))

    do()
    with pytest.raises(Repeated):
        do()
    assert kept(sqlite_store) == 1


def test_the_same_question_is_answered_once(brug: Assistant) -> None:
    assert isinstance(brug.answer(Call("/wie Gent", NOOR, act=Act("e:1"))), Answer)
    with pytest.raises(Repeated):
        brug.answer(Call("/wie Gent", NOOR, act=Act("e:1")))


def test_a_question_waits_in_line_and_a_full_line_is_refused() -> None:
    async def story() -> None:
        crew, go = Crew(hands=2, kept=1, line=1), Event()
        first = asyncio.ensure_future(crew.ask(lambda: go.wait(10)))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(crew.ask(lambda: True))
        await asyncio.sleep(0)
        assert crew.full
        with pytest.raises(Busy):
            await crew.ask(lambda: True)
        assert await crew.entrust(lambda: True, Act(), 5)
        go.set()
        assert await first
        assert await second
        crew.close()

    asyncio.run(story())


def test_what_takes_too_long_is_abandoned_and_what_is_committing_is_waited_for() -> None:
    async def story() -> None:
        crew, go, settled = Crew(hands=2, kept=1), Event(), Event()
        slow = Act()

        def too_slow() -> None:
            go.wait(10)
            slow.settle()

        with pytest.raises(Abandoned):
            await crew.entrust(too_slow, slow, 0.05)
        with pytest.raises(Busy):  # its hand is still at work
            await crew.entrust(lambda: True, Act(), 0.05)
        go.set()
        committing = Act()

        def commits() -> str:
            committing.settle()
            settled.wait(0.2)
            return "kept"

        assert await crew.entrust(commits, committing, 0.05) == "kept"
        crew.close()

    asyncio.run(story())
