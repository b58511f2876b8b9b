"""Fixtures for the tests of features: somebody says something, or presses a button."""

from dataclasses import replace

import pytest

from bot.assistant import Assistant, Call, Pressed
from handlers.actors import Caller
from handlers.speech.answer import Answer, Button
from handlers.speech.form import Form
from tests.handlers.found import Press, Say


@pytest.fixture
def say(assistant: Assistant, member: Caller) -> Say:
    def said(words: str, email: str = "", **changes: str) -> Answer:
        caller = replace(member, user=email or member.user, email=email, **changes)
        answer = assistant.answer(Call(words, caller))
        assert isinstance(answer, Answer)
        return answer

    return said


@pytest.fixture
def press(assistant: Assistant, member: Caller) -> Press:
    def pressed(button: Button, email: str = "") -> Answer | Form:
        caller = replace(member, user=email or member.user, email=email)
        return assistant.press(Pressed(button.press, caller))

    return pressed
