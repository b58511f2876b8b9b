"""A warm server does not stand still to look for garbage among what stays."""

import gc
from collections.abc import Generator
from weakref import ref

import pytest

from bot.collecting import settle


class Ring:
    """Something that points at itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def settled() -> Generator[Ring]:
    usual, there = gc.get_threshold(), Ring()
    settle()
    yield there
    gc.unfreeze()
    gc.set_threshold(*usual)


def test_what_was_there_when_a_server_was_warm_is_not_looked_at_again(settled: Ring) -> None:
    assert not any(one is settled for one in gc.get_objects())


def test_what_comes_after_it_and_is_left_behind_is_still_found(settled: Ring) -> None:
    del settled
    later = Ring()
    gone = ref(later)
    del later
    gc.collect()

    assert gone() is None
