"""The same signal in other words: 60 pairs that share hardly a word, written to develop on."""

import json
from pathlib import Path

from store.signals.echoes import Echoes

PAIRS = [
    json.loads(line)
    for line in Path(__file__).with_name("told_again.jsonl").read_text("utf-8").splitlines()
]


def test_more_than_half_is_found_among_each_other_though_hardly_a_word_is_shared() -> None:
    echoes = Echoes()
    echoes.hear(enumerate(pair["told"] for pair in PAIRS))
    found = [
        number in {echo.number for echo in echoes.of(pair["again"], 3)}
        for number, pair in enumerate(PAIRS)
    ]
    assert sum(found) > len(PAIRS) / 2
