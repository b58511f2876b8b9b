"""What is asked of Brug itself is answered at once, and so is what a word of the field means."""

import pytest

from tests.handlers.found import Say


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("wat doe je met mijn gegevens?", "privacy"),
        ("waar worden mijn gegevens bewaard", "privacy"),
        ("hoe lang bewaar je gegevens?", "privacy"),
        ("privacy", "privacy"),
        ("hoe meld ik een leerling aan?", "apply"),
        ("hoe kan ik iemand aanmelden", "apply"),
        ("kan ik anoniem een signaal geven?", "signal_how"),
        ("hoe geef ik een signaal", "signal_how"),
        ("wat is tandemwerking?", "tandem"),
    ],
)
def test_what_is_asked_of_brug_itself_is_answered(say: Say, words: str, topic: str) -> None:
    assert say(words).data["topic"] == topic


@pytest.mark.parametrize("word", ["okan", "time-out", "een CLB", "NAFT eigenlijk"])
def test_what_a_word_of_the_field_means_is_no_question_back(say: Say, word: str) -> None:
    assert say(f"wat is {word}?").data["term"] is not None


@pytest.mark.parametrize(
    "words",
    ["wat bewaar je van mij", "wis mijn gegevens", "wat zijn de data voor dit schooljaar"],
)
def test_what_another_feature_does_stays_with_it(say: Say, words: str) -> None:
    assert say(words).feature != "about"
