"""Every example of every feature, through the whole assistant, as each room shows it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.assistant import Assistant, Call
from bot.console.render import text
from bot.machine import as_json
from bot.slack import render as slack
from bot.teams import render as teams
from handlers import FEATURES
from handlers.actors import Caller
from handlers.feature import AnyFeature, Example
from handlers.speech.answer import Answer
from handlers.speech.form import Form
from handlers.speech.words import LANGUAGES, Words
from tests.peers.fixtures import AdaptiveCards, Checks

EXAMPLES = [
    pytest.param(feature.name, example, id=f"{feature.name}: {example.words}")
    for feature in FEATURES
    for example in feature.examples
]


@pytest.fixture
def said(assistant: Assistant, member: Caller) -> Callable[[Example], Answer | Form]:
    return lambda example: assistant.answer(Call(example.words, member, example.language))


@pytest.mark.parametrize(("feature", "example"), EXAMPLES)
def test_it_answers_as_the_example_promises(
    feature: str, example: Example, said: Callable[[Example], Answer | Form]
) -> None:
    answer = said(example)
    words = Words(example.language)

    assert answer.feature == feature
    assert example.expect in text(answer, words)
    if isinstance(answer, Answer):
        # Slack and Teams carry the same words, though a platform's markup may stand between.
        assert example.expect in plainly(slack.message(answer, words))
        assert example.expect in plainly(teams.card(answer, words))


@pytest.mark.parametrize(("feature", "example"), EXAMPLES)
def test_it_is_valid_for_every_platform(
    feature: str,
    example: Example,
    said: Callable[[Example], Answer | Form],
    block_kit: Checks,
    adaptive_cards: AdaptiveCards,
) -> None:
    answer, words = said(example), Words(example.language)

    assert adaptive_cards.problems(teams.card(answer, words)) == []
    if isinstance(answer, Form):
        assert block_kit("Modal", slack.modal(answer, words)) == [], feature
    else:
        assert block_kit("MessageBlocks", slack.blocks(answer, words)) == [], feature


@pytest.mark.parametrize(("feature", "example"), EXAMPLES)
def test_an_answer_has_a_source_with_its_date(
    feature: str, example: Example, said: Callable[[Example], Answer | Form]
) -> None:
    found = as_json(said(example), Words(example.language), example.words)

    json.dumps(found)
    if found["kind"] == "answer" and feature not in {"help", "smalltalk"}:
        assert "2026" in str(found["source"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_command_answers_in_every_language(
    feature: AnyFeature, language: str, assistant: Assistant, member: Caller
) -> None:
    answer = assistant.answer(Call(f"/{feature.command}", member, language))

    assert text(answer, Words(language))
    assert answer.feature == feature.name


def plainly(rendered: Any) -> str:  # noqa: ANN401 - a payload is a tree of anything
    """Return every string in a payload, in order, without the escapes of its markup."""
    if isinstance(rendered, str):
        return rendered.replace("\\", "").replace("**", "")
    match rendered:
        case {**fields}:
            return "".join(plainly(value) for value in fields.values())
        case [*items]:
            return "".join(plainly(item) for item in items)
        case _:
            return ""
