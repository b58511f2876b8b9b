import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.characters import clean, cut, units

any_text = st.text(st.characters(exclude_categories=()))


@given(any_text)
def test_a_length_is_that_in_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(any_text, st.integers(1, 12))
def test_what_was_cut_fits_and_what_fits_is_not_cut(text: str, limit: int) -> None:
    assert units(cut(text, limit)) <= limit
    if units(text) <= limit:
        assert cut(text, limit) == text


@given(any_text)
def test_nothing_clean_commands_a_terminal_or_turns_a_sentence_around(text: str) -> None:
    kept = clean(text)

    assert not any(
        unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"}
        or (unicodedata.category(one) == "Cc" and one != "\n")
        or unicodedata.category(one) == "Cs"
        for one in kept
    )
    assert "\n\n\n" not in kept
    assert clean(kept) == kept
