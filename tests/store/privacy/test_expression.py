"""What an expression finds is what `re` finds: looking first may skip nothing."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.privacy.expression import Expression

EXPRESSIONS = {
    f"{module}.{name}": value
    for module in ("circumstances", "disguised", "namesakes", "traces")
    for name, value in vars(import_module(f"store.privacy.{module}")).items()
    if isinstance(value, Expression)
}
TEXTS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parent.parent / "guard_texts.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def test_the_guard_looks_first_for_most_of_its_lists_of_words() -> None:
    assert len(EXPRESSIONS) > 30
    for name, expression in EXPRESSIONS.items():
        assert expression.signs, name
        assert all(sign.isascii() or sign == "°" for sign in expression.signs), name


@pytest.mark.parametrize("name", EXPRESSIONS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_the_expression_can_match_is_found(name: str, data: st.DataObject) -> None:
    """Texts are made from the expression itself, by somebody who knows nothing of its signs."""
    expression = EXPRESSIONS[name]
    text = data.draw(st.from_regex(expression.compiled))
    assert _places(expression, text) == _places(expression.compiled, text)


@pytest.mark.parametrize("change", [str, str.lower, str.upper, str.title])
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_in_what_people_write_it_finds_what_re_finds(name: str, change: type[str]) -> None:
    expression = EXPRESSIONS[name]
    for text in map(change, TEXTS):
        assert _places(expression, text) == _places(expression.compiled, text)
        for start in range(0, len(text), 40):  # a window cuts words in two
            assert _place(expression.search(text, start, start + 60)) == _place(
                expression.compiled.search(text, start, start + 60)
            )


@pytest.mark.parametrize(
    ("written", "signs"),
    [
        (r"\b(?:zoon|dochter)\svan", {"zoon", "dochter"}),
        (
            r"\b(?:de|het) (?:ene|jo)\b",
            {"de ene", "het ene", "de jo", "het jo"},
        ),  # longer is rarer
        (r"(?:in|op) (?:brand|de vlucht)", {"brand", "de vlucht"}),  # fewer are as rare
        (r"klein(?:zoon|kind)?", {"klein", "kleinzoon", "kleinkind"}),
        (r"\d+ ?(?:kilo)+", {"kilo"}),
        (r"(?i:Kasteel)", {"kasteel"}),
        (r"[a-z]+|kasteel", set[str]()),  # the first can be any word
        (r"(?:kasteel)?", set[str]()),  # it may be absent
        (r"(?<=kasteel)\d", set[str]()),  # it may stand before the part that is looked at
        (r"\d(?!kasteel)", set[str]()),  # it may not be there
        (r"\d(?=kasteel)", {"kasteel"}),
        (r"(.)\1", set[str]()),
        (r"klein(?:zoon|kind)? van \w+", {"klein van ", "kleinzoon van ", "kleinkind van "}),
        (r"ka\u017fteel", {"teel"}),  # the long s is an s to `re` that ignores case
        (r"ka[\u017fz]t", {"ka"}),
        (r"(?:geb|°)\d", {"geb", "°"}),
    ],
)
def test_signs_are_read_off_the_expression(written: str, signs: set[str]) -> None:
    assert Expression(written).signs == signs


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("kind", "een KıND"),
        ("kınd", "een kind"),
        ("ka[ſz]teel", "KASTEEL"),
        ("(?i:İeper)", "ieper"),
    ],
)
def test_letters_that_are_one_when_case_is_ignored_are_found(written: str, text: str) -> None:
    assert Expression(written, re.IGNORECASE).search(text) is not None


def test_a_window_that_starts_before_the_text_starts_with_it() -> None:
    assert _place(Expression("kasteel").search("kasteel", -3)) == (0, 7)


def _places(expression: Expression | re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in expression.finditer(text)]


def _place(match: re.Match[str] | None) -> tuple[int, int] | None:
    return None if match is None else match.span()
