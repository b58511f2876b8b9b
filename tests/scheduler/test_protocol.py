"""The protocol of `scheduler/post.py`, with Hypothesis picking what happens when.

The long run is `make chaos`: INTERLEAVINGS=100000.
"""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from store import Store
from store.records import LetterState
from tests.scheduler.model import ModelStore
from tests.scheduler.world import PATIENCE, NoLocks, RealStore, Simulation

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "2000"))
numbers = st.lists(st.integers(0, 5039), min_size=20, max_size=160)
quickly = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
    report_multiple_bugs=False,  # whether it finds a second one depends on how busy it is here
)


class Doubled(AssertionError):
    """The same letter landed twice."""


def chooser(drawn: list[int]) -> Callable[[int], int]:
    left = iter(drawn)
    return lambda n: next(left, 5039) % n


def run(simulation: Simulation) -> None:
    simulation.run(steps=45)
    if simulation.delivered() != 1:
        raise Doubled(simulation.delivered(), simulation.trace)
    assert simulation.state() is LetterState.SENT, simulation.trace


def test_the_model_does_what_the_database_does(store: Store) -> None:
    @settings(quickly, max_examples=25)
    @given(numbers)
    def holds(drawn: list[int]) -> None:
        on_model = Simulation(ModelStore(), chooser(drawn))
        on_database = Simulation(RealStore(store), chooser(drawn))

        run(on_model)
        run(on_database)

        assert on_model.trace == on_database.trace

    holds()


def test_a_letter_lands_once_whatever_happens_when() -> None:
    @settings(quickly, max_examples=INTERLEAVINGS)
    @given(numbers)
    def holds(drawn: list[int]) -> None:
        run(Simulation(ModelStore(), chooser(drawn)))

    holds()


def test_a_letter_stands_there_once_even_when_locks_are_lost_while_their_owners_live() -> None:
    @settings(quickly, max_examples=max(300, INTERLEAVINGS // 10))
    @given(numbers)
    def holds(drawn: list[int]) -> None:
        simulation = Simulation(ModelStore(), chooser(drawn), cuts=True, jumps=False)
        simulation.run(steps=45)
        assert simulation.standing() == 1, simulation.trace
        assert simulation.state() is LetterState.SENT, simulation.trace

    holds()


@pytest.mark.parametrize("mutant", ["no lock", "no quiet time", "no look-up"])
def test_the_simulation_notices_a_protocol_without(mutant: str) -> None:
    def mutated(drawn: list[int]) -> Simulation:
        choose = chooser(drawn)
        match mutant:
            case "no lock":
                return Simulation(ModelStore(), choose, owning=NoLocks())
            case "no quiet time":
                return Simulation(ModelStore(), choose, patience=replace(PATIENCE, quiet=0))
            case _:
                return Simulation(ModelStore(), choose, looks=False)

    @settings(quickly, max_examples=20_000)
    @given(numbers)
    def holds(drawn: list[int]) -> None:
        run(mutated(drawn))

    with pytest.raises(Doubled):
        holds()
