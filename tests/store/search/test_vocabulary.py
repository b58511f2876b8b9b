import csv
from datetime import date
from pathlib import Path

import pytest

from store.search.vocabulary import Sureness, Vocabulary, read_vocabulary

SEED = Path(__file__).parents[3] / "store" / "seeds" / "vocabulary.csv"


def test_every_row_of_the_seed_has_a_source_and_a_date() -> None:
    with SEED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["source"], row["term"]
            assert date(2026, 11, 23) <= date.fromisoformat(row["as_of"]), row["term"]
            assert None not in row, row["term"]


def test_no_name_stands_for_two_things(vocabulary: Vocabulary) -> None:
    seen: dict[str, str] = {}
    for term in vocabulary.terms:
        for name in {name.lower() for name in term.names}:
            assert name not in seen, (name, seen.get(name), term.term)
            seen[name] = term.term


def test_the_degree_of_sureness_is_kept(vocabulary: Vocabulary) -> None:
    assert {term.sure for term in vocabulary.terms} == set(Sureness)


def test_an_unknown_facet_is_refused() -> None:
    head = "term,meaning,synonyms,related,facet,kind,sure,source,as_of,note"
    with pytest.raises(ValueError, match="colour"):
        read_vocabulary([head, "x,,,,colour:red,,hoog,,,"])
