"""The generated corpus is the same for everybody, and the search holds its floors on it."""

from statistics import mean

import pytest

from store.search.index import Index
from store.search.query import Query
from store.search.vocabulary import Term, Vocabulary
from tests.bench.search_corpus.corpus import CONCEPTS, Sample, generate
from tests.bench.search_corpus.queries import MOST_ANSWERS, NONSENSE, Asked, ask

SEED = 411  # used nowhere else


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return generate(1_000, SEED)


@pytest.fixture(scope="module")
def questions(samples: list[Sample]) -> list[Asked]:
    return ask(samples, 15, SEED + 1)


@pytest.fixture(scope="module")
def index(samples: list[Sample]) -> Index:
    listed = (Term(c.name, (*c.listed, c.abbreviation)) for c in CONCEPTS.values())
    return Index.build([sample.entry for sample in samples], Vocabulary(tuple(listed)))


def _reciprocal_rank(index: Index, asked: Asked) -> float:
    hits = index.search(Query(asked.text, asked.facets)).hits
    ranks = (i for i, hit in enumerate(hits, 1) if hit.entry_id in asked.answers)
    return 1 / next(ranks, float("inf"))


def test_a_small_corpus_is_the_beginning_of_a_large_one(samples: list[Sample]) -> None:
    assert generate(50, SEED) == samples[:50]


def test_the_same_seed_asks_the_same_questions(
    samples: list[Sample], questions: list[Asked]
) -> None:
    assert ask(samples, 15, SEED + 1) == questions


def test_every_question_but_nonsense_has_few_answers(questions: list[Asked]) -> None:
    assert len({asked.kind for asked in questions}) == 22
    for asked in questions:
        if asked.kind in NONSENSE:
            assert not asked.answers
        else:
            assert 1 <= len(asked.answers) <= MOST_ANSWERS


def test_what_is_asked_for_is_found_first(index: Index, questions: list[Asked]) -> None:
    hard = {*NONSENSE, "unlisted synonym"}
    ranks = [_reciprocal_rank(index, asked) for asked in questions if asked.kind not in hard]
    assert mean(ranks) >= 0.96


def test_nonsense_finds_nothing(index: Index, questions: list[Asked]) -> None:
    nonsense = [asked.text for asked in questions if asked.kind in NONSENSE]
    found = [text for text in nonsense if index.search(Query(text)).total]
    assert len(found) <= 0.02 * len(nonsense), found
