"""Hands that are at work are not free, whoever still waits for them."""

import asyncio
from threading import Event

from bot.crew import Crew
from bot.once import Act

WITHIN = 5.0


def test_who_waits_no_longer_gives_back_no_hand_that_is_still_at_work() -> None:
    go_on = Event()

    async def play() -> tuple[bool, str, str]:
        crew = Crew(hands=2, kept=1, line=1)
        try:
            for _ in range(3):
                asking = asyncio.ensure_future(crew.ask(go_on.wait))
                await asyncio.wait({asking}, timeout=0.05)
                asking.cancel()
                await asyncio.wait({asking})
            entrusted = await crew.entrust(lambda: "stored", Act("first"), WITHIN)
            waiting = asyncio.ensure_future(crew.ask(lambda: "answered"))
            await asyncio.sleep(0)
            full = crew.full
            go_on.set()
            return full, entrusted, await asyncio.wait_for(waiting, WITHIN)
        finally:
            go_on.set()
            crew.close()

    assert asyncio.run(play()) == (True, "stored", "answered")
