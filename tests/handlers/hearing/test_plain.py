import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.hearing.plain import MOST_WORDS, clean, fold, key_of, keys_of, sound_of, words_of


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Liège, s'il te plaît!", "liege s il te plait"),
        ("ĲZER", "ijzer"),
        ("Ge\u200bnt", "gent"),
        ("Lie\u0300ge", "liege"),
        ("  O.-Vl.  ", "o vl"),
        ("", ""),
    ],
)
def test_folding_leaves_words_and_nothing_else(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("saint", ["St", "st.", "Ste", "Sint", "Saint", "SAINTE"])
def test_all_spellings_of_saint_are_one_word(saint: str) -> None:
    assert keys_of(saint) == ("sint",)


def test_ij_and_y_are_one_letter() -> None:
    assert key_of("IJzegem") == key_of("Yzegem")


@pytest.mark.parametrize(
    ("one", "other"),
    [("kortryk", "cortrijck"), ("gheel", "geel"), ("oudenaerde", "audenarde"), ("zele", "sele")],
)
def test_what_sounds_the_same_has_one_sound(one: str, other: str) -> None:
    assert sound_of(key_of(one)) == sound_of(key_of(other))


def test_cleaning_takes_controls_and_lone_surrogates_and_keeps_lines() -> None:
    assert clean("Ge\0nt\ud800?\n\t\x1b[31m") == "Gent?\n\t[31m"


def test_no_more_words_are_read_than_the_bound() -> None:
    assert len(words_of("gent " * 10_000)) == MOST_WORDS


@given(st.text())
def test_every_word_stands_where_its_span_says(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end] == word.text
        assert word.key
