"""Texts of which only the hashes are kept are found like the texts themselves."""

from hypothesis import given
from hypothesis import strategies as st

from store.hashed import Listed, Rows

WORDS = st.lists(st.text(max_size=6), max_size=40)


@given(WORDS, WORDS)
def test_what_is_listed_is_in_it_and_nothing_else(kept: list[str], asked: list[str]) -> None:
    listed = Listed(kept)

    assert [one in listed for one in asked + kept] == [one in kept for one in asked + kept]


@given(st.lists(st.text(max_size=6), min_size=1, max_size=40, unique=True), st.sets(st.text()))
def test_rows_come_in_the_order_of_the_table(kept: list[str], others: set[str]) -> None:
    rows, asked = Rows(kept), [*reversed(kept[::2]), *(others - set(kept))]

    assert rows.of(asked).tolist() == list(range(0, len(kept), 2))
    assert rows.of([]).tolist() == []
    assert rows.of_each([*kept, *(others - set(kept))]).tolist() == [
        *range(len(kept)),
        *([-1] * len(others - set(kept))),
    ]
    assert Rows(()).of_each(kept).tolist() == [-1] * len(kept)
    assert len(rows) == len(kept)
