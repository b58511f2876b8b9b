"""What a person sees who opens Slack: clicked in Chromium, on a desktop and at a phone's width."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.assistant import Assistant
from bot.slack.listen import Account, SlackRoom
from handlers import FEATURES
from store import open_store
from tests.conftest import ATLAS, MONDAY
from tests.peers import local_slack
from tests.peers.chromium import DESKTOP, PHONE, browsing, seen
from tests.peers.local_slack_page import page_of
from tests.stories.made_up import MadeUp
from tests.stories.serving import served
from tests.waiting import free_port, until

FREDERIK = "Frederik"
SIGNAL = "Jongeren wachten te lang op een plaats in een time-out."


@pytest.fixture(scope="module")
def address(
    demonstrated_file: Path, node_modules: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """The page of a Slack with Brug in it."""
    assert node_modules
    folder = tmp_path_factory.mktemp("page")
    store = open_store(f"sqlite:///{shutil.copy(demonstrated_file, folder / 'brug.db')}")
    made_up = MadeUp()
    assistant = Assistant(store, (*FEATURES, made_up.feature), lambda: MONDAY, atlas=ATLAS)
    with store.read() as tx:
        people = tx.people.everyone()
    with local_slack.running(folder, people) as slack:
        account = Account(
            local_slack.BOT_TOKEN, app_token=local_slack.APP_TOKEN, base_url=slack.base_url
        )
        room = SlackRoom(account, assistant)
        with served([room], store):
            until(lambda: room.healthy, "Brug is in Slack")
            with page_of(slack.port, free_port()) as shown:
                yield shown
    store.close()


@pytest.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, address: str) -> Generator[Page]:
    """The page, open."""
    width, height = request.param
    with browsing() as browser:
        opened = browser.new_page(viewport={"width": width, "height": height})
        opened.set_default_timeout(10_000)
        opened.goto(address)
        expect(opened.locator(".composer-input")).to_be_visible()
        yield opened


def name_of(request: pytest.FixtureRequest, what: str) -> str:
    return f"{what}-{request.node.callspec.id}"


def write(page: Page, words: str) -> None:
    page.locator(".composer-input").fill(words)
    page.locator(".composer-input").press("Enter")


def test_a_command_is_typed_and_its_answer_explained(
    page: Page, request: pytest.FixtureRequest
) -> None:
    write(page, "/wie gnet")
    expect(page.get_by_text("oona.somers@vclbmeetjesland.be").last).to_be_visible()
    seen(page, name_of(request, "command"))
    page.get_by_role("button", name="Waarom?").last.click()
    expect(page.get_by_text("Waarom dit antwoord?").last).to_be_visible()
    seen(page, name_of(request, "why"))


def test_a_place_of_which_there_are_more_is_chosen_with_a_button(
    page: Page, request: pytest.FixtureRequest
) -> None:
    write(page, "/wie Meldert")
    expect(page.get_by_text("Lummen").last).to_be_visible()
    seen(page, name_of(request, "choice"))


def test_a_form_is_filled_in_and_its_answer_stands_in_its_place(
    page: Page, request: pytest.FixtureRequest
) -> None:
    write(page, "/verzin")
    expect(page.get_by_text("Een verzinsel")).to_be_visible()
    field = page.locator(".modal-overlay").locator("input, textarea").first
    field.fill("kort")
    page.get_by_role("button", name="Bewaar").last.click()
    expect(page.get_by_text("Vul dit nog in.")).to_be_visible()
    seen(page, name_of(request, "mistake"))
    field.fill("lang genoeg")
    page.get_by_role("button", name="Bewaar").last.click()
    expect(page.get_by_text("Bewaard").last).to_be_visible()
    seen(page, name_of(request, "kept"))
    page.get_by_role("button", name="Sluit").last.click()
    expect(page.locator(".modal-overlay")).to_have_count(0)


def test_an_offering_is_found_opened_and_never_a_dead_end(
    page: Page, request: pytest.FixtureRequest
) -> None:
    write(page, "/aanbod time-out Kortrijk")
    expect(page.get_by_role("button", name="1. ").last).to_be_visible()
    seen(page, name_of(request, "offerings"))
    page.get_by_role("button", name="1. ").last.click()
    expect(page.get_by_role("button", name="Klopt niet").last).to_be_visible()
    seen(page, name_of(request, "card"))
    write(page, "/aanbod xqzwv in Limburg")
    expect(page.get_by_role("button", name="Tel mee als nood").last).to_be_visible()
    seen(page, name_of(request, "no-dead-end"))


def test_help_is_asked_and_the_language_changed(
    page: Page, request: pytest.FixtureRequest
) -> None:
    write(page, "/hulp")
    expect(page.get_by_text("Dit kun je mij vragen").last).to_be_visible()
    seen(page, name_of(request, "help"))
    write(page, "/taal fr")
    expect(page.get_by_text("nous parlons français").last).to_be_visible()
    write(page, "/wie Gent")
    expect(page.get_by_role("button", name="Pourquoi").last).to_be_visible()
    seen(page, name_of(request, "french"))
    write(page, "/taal nl")
    expect(page.get_by_text("we praten Nederlands").last).to_be_visible()


def test_a_signal_goes_from_its_form_to_feedback(
    page: Page, request: pytest.FixtureRequest
) -> None:
    write(page, "/signaal")
    expect(page.get_by_text("vaker voorkomt").last).to_be_visible()
    seen(page, name_of(request, "signal-form"))
    form = page.locator(".modal-overlay")
    form.locator("input[type=text], input:not([type]), textarea").first.fill(SIGNAL)
    form.get_by_label("Secundair").check()
    form.locator("select").first.select_option(label="Oost-Vlaanderen")
    form.get_by_label("Welzijn en onderwijs, beide").check()
    page.get_by_role("button", name="Bewaar").last.click()
    expect(page.get_by_role("button", name="Sluit").last).to_be_visible()
    seen(page, name_of(request, "signal-answer"))
    page.get_by_role("button", name="Sluit").last.click()
    write(page, "/signaal mijn")
    expect(page.get_by_text("opgemerkt").last).to_be_visible()
    seen(page, name_of(request, "signal-mine"))


def test_home_shows_the_own_region(page: Page, request: pytest.FixtureRequest) -> None:
    page.locator("select").first.select_option(label=FREDERIK)
    write(page, "/signaal lijst")
    expect(page.get_by_text("nieuw").last).to_be_visible()
    seen(page, name_of(request, "queue"))
    page.get_by_role("button", name="brug").first.click()
    expect(page.get_by_text("Dit kun je mij vragen").last).to_be_visible()
    expect(page.get_by_text("Oost-Vlaanderen").last).to_be_visible()
    seen(page, name_of(request, "home"))
