"""The same signal in other words: 120 pairs that share hardly a word, written to develop on."""

import json
from pathlib import Path

import pytest

from store.signals.echoes import Echoes


@pytest.mark.parametrize("name", ["told_again.jsonl", "told_anew.jsonl"])
def test_three_of_four_are_found_among_each_other_though_hardly_a_word_is_shared(
    name: str,
) -> None:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    echoes = Echoes()
    echoes.hear(enumerate(pair["told"] for pair in pairs))
    found = [
        number in {echo.number for echo in echoes.of(pair["again"], 3)}
        for number, pair in enumerate(pairs)
    ]
    assert sum(found) > len(pairs) * 0.75


def test_something_else_that_is_told_finds_no_signal() -> None:
    echoes = Echoes()
    echoes.hear([(1, "De bus naar school is drie uur onderweg."), (2, "Een CGG wacht een jaar.")])
    assert not echoes.of("Wie wint morgen de quiz van de personeelskring?", 3)


def test_signals_that_say_the_very_same_leave_room_for_another_one() -> None:
    echoes = Echoes()
    echoes.hear((number, "Geen bus voor deze leerlingen.") for number in range(1, 5))
    echoes.hear([(5, "Drugs op school."), *((n, f"Tekst {n}.") for n in range(6, 40))])
    found = [echo.number for echo in echoes.of("De busrit, en cannabis in de gang.", 3)]
    assert 5 in found
    assert len(found) == 3
