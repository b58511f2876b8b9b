"""What a network sees in its channel on Monday: looked at in Chromium, and read as a person would.

local-slack drops the metadata of messages, so nothing is looked up here; `test_slack_letters.py`
plays that.
"""

import shutil
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from bot.assistant import Assistant
from bot.clockwork import slack_courier
from bot.slack.listen import Account, SlackRoom
from handlers import FEATURES
from scheduler.digests import write_digests
from scheduler.post import Clocks, Post
from store import open_store
from store.records import LetterState
from tests.conftest import ATLAS, MONDAY
from tests.news import WEEK, everything
from tests.peers import local_slack
from tests.peers.chromium import DESKTOP, PHONE, browsing, seen
from tests.peers.local_slack_page import page_of
from tests.stories.serving import served
from tests.waiting import free_port, until

NEXT_MONDAY = MONDAY + WEEK + timedelta(minutes=1)


@pytest.fixture(scope="module")
def address(
    seeded_file: Path, node_modules: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """The page of a Slack in which a digest with news has come."""
    assert node_modules
    folder = tmp_path_factory.mktemp("digest")
    store = open_store(f"sqlite:///{shutil.copy(seeded_file, folder / 'brug.db')}")
    with store.read() as tx:
        people = tx.people.everyone()
    with local_slack.running(folder, people) as slack:
        everything(store, f"slack:{local_slack.TEAM}:{slack.channels['limburg']}")
        assert write_digests(store, NEXT_MONDAY) == 1
        courier = slack_courier(store, local_slack.BOT_TOKEN, slack.base_url)
        post = Post(store, {"slack": courier}, Clocks(lambda: NEXT_MONDAY, monotonic))
        post.deliver(lambda _: None, lambda: False)
        with store.read() as tx:
            assert tx.outbox.in_state(LetterState.SENT)
        account = Account(
            local_slack.BOT_TOKEN, app_token=local_slack.APP_TOKEN, base_url=slack.base_url
        )
        room = SlackRoom(account, Assistant(store, FEATURES, lambda: NEXT_MONDAY, atlas=ATLAS))
        with served([room], store):
            until(lambda: room.healthy, "Brug is in Slack")
            with page_of(slack.port, free_port()) as shown:
                yield shown
    store.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_digest_stands_in_its_channel_and_shows_the_rest_on_request(
    address: str, size: tuple[int, int]
) -> None:
    with browsing() as browser:
        page: Page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.set_default_timeout(10_000)
        page.goto(address)
        page.get_by_role("button", name="limburg").first.click()

        expect(page.get_by_text("Dit is er nieuw in Limburg").last).to_be_visible()
        expect(page.get_by_text("voorkomen we schooluitval").last).to_be_visible()
        seen(page, f"digest-{size[0]}")
        page.get_by_role("button", name="Meer (").last.click()
        expect(page.get_by_text("Dit is er ook nog nieuw").last).to_be_visible()
        seen(page, f"digest-more-{size[0]}")
