"""Questions written by hand, against entries written by hand."""

import csv
from pathlib import Path

import pytest

from store.search.index import Index
from store.search.query import Facet, FacetName
from store.search.understanding import understand
from store.search.vocabulary import Vocabulary

HERE = Path(__file__).parent


def _questions() -> list[tuple[str, set[int]]]:
    with (HERE / "questions.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["question"], {int(answer) for answer in row["answers"].split(",")})
            for row in csv.DictReader(file, delimiter=";")
        ]


def _ranks(index: Index, vocabulary: Vocabulary) -> dict[str, int | None]:
    ranks: dict[str, int | None] = {}
    for question, answers in _questions():
        hits = index.search(understand(question, vocabulary).query()).hits
        found = [place for place, hit in enumerate(hits) if hit.entry_id in answers]
        ranks[question] = found[0] if found else None
    return ranks


def test_at_least_ninety_seven_in_a_hundred_questions_find_their_entry_among_three(
    index: Index, vocabulary: Vocabulary
) -> None:
    ranks = _ranks(index, vocabulary)
    missed = [question for question, rank in ranks.items() if rank is None or rank > 2]
    assert len(ranks) >= 120
    assert len(missed) <= 0.03 * len(ranks), missed


def test_the_right_entry_is_on_average_all_but_first(index: Index, vocabulary: Vocabulary) -> None:
    ranks = _ranks(index, vocabulary)
    reciprocal = [0.0 if rank is None else 1 / (rank + 1) for rank in ranks.values()]
    assert sum(reciprocal) / len(reciprocal) >= 0.97


def test_questions_about_something_else_find_nothing(index: Index, vocabulary: Vocabulary) -> None:
    nonsense = (HERE / "nonsense.txt").read_text(encoding="utf-8").splitlines()
    answered = [
        text for text in nonsense if index.search(understand(text, vocabulary).query()).total
    ]
    assert len(nonsense) >= 20
    assert answered == []


@pytest.mark.parametrize("child", ["gast", "leerling", "puber", "kind", "scholier", "dochter"])
def test_a_word_for_a_child_never_makes_a_question_find_less(
    child: str, index: Index, vocabulary: Vocabulary
) -> None:
    def found(text: str) -> list[int]:
        hits = index.search(understand(text, vocabulary).query()).hits
        return [hit.entry_id for hit in hits]

    assert set(found("zorgboerderij")) <= set(found(f"zorgboerderij voor een {child}"))
    assert set(found("depressie van 15")) <= set(found(f"{child} van 15 met depressie"))
    assert found("depressie van 15")


def test_a_place_that_the_resolver_took_narrows_by_its_region(
    index: Index, vocabulary: Vocabulary
) -> None:
    text = "NAFT in West-Vlaanderen"
    understood = understand(text, vocabulary, taken=[(8, len(text))])
    region = Facet(FacetName.REGION, "west-vlaanderen", text[8:], (8, len(text)))
    assert [hit.entry_id for hit in index.search(understood.query(region)).hits] == [1]
