"""A digest of the longest names there can be, in the rooms."""

from dataclasses import replace

import pytest

from bot.slack.render import message
from bot.teams.render import card
from handlers.digesting.composing import LONGEST_LINE, compose
from handlers.speech.answer import Answer, Listing
from handlers.speech.words import LANGUAGES, Words
from store import Store
from store.directory import OfferingKind, Session
from tests.conftest import MONDAY
from tests.news import AN_OFFERING, WEEK, add, everything
from tests.payloads import every_text

SLACK, TEAMS = 10_000, 25_000
"""Characters over all blocks, and bytes of a card."""


def composed(store: Store, language: str) -> Answer:
    to = everything(store)
    long = "Heel lange naam met & en < erin " * 40
    moment = replace(
        AN_OFFERING, kind=OfferingKind.MOMENT, sessions=(Session(MONDAY + 1.1 * WEEK),)
    )
    add(store, *(replace(moment, name=f"{n} {long}") for n in range(60)))
    with store.begin() as tx:
        answer = compose(replace(to, language=language), "key", tx, MONDAY + WEEK).answer
    assert answer is not None
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_fits_in_every_room_however_long_its_names_are(
    sqlite_store: Store, language: str
) -> None:
    answer, words = composed(sqlite_store, language), Words(language)
    lines = [item for part in answer.parts if isinstance(part, Listing) for item in part.items]

    in_slack, in_teams = message(answer, words), card(answer, words)

    assert max(sum(len(span.text) for span in line) for line in lines) == LONGEST_LINE
    assert sum(map(len, every_text(in_slack["blocks"]))) <= SLACK
    assert len(str(in_teams).encode()) <= TEAMS
    for drawn in (in_slack, in_teams):
        assert words.plain("digests.goal") in str(drawn)  # nothing was cut
