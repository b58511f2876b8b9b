"""The door: what passes, what is refused, what is asked, and that nothing leaks on the way."""

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.privacy import (
    LIMIT,
    MARK,
    Finding,
    Identifying,
    Kind,
    NotKept,
    Rules,
    Span,
    TooLong,
    Verdict,
    guard,
    inspect,
    without,
)

NATIONAL_NUMBER = "11.03.04-123.38"
PUBLIC = frozenset({"noor.voorbeeld@brug.example"})


def test_a_text_that_points_at_nobody_is_kept_as_it_is() -> None:
    text = "Drie CLB's melden dat de wachttijd boven de 6 maanden ligt."
    assert guard(text) == text
    assert inspect(text).verdict is Verdict.PASS


def test_a_refused_text_stays_refused_however_often_it_is_confirmed() -> None:
    with pytest.raises(Identifying) as refusal:
        guard(f"Nummer {NATIONAL_NUMBER} wacht.", confirmed=True)
    assert refusal.value.finding.kinds == (Kind.NATIONAL_NUMBER,)


def test_a_warning_asks_first_and_is_kept_once_confirmed() -> None:
    text = "Noor Verzonnen, 14 jaar, komt niet meer."
    with pytest.raises(Identifying) as question:
        guard(text)
    assert question.value.finding.verdict is Verdict.WARN
    assert guard(text, confirmed=True) == text


def test_the_text_offered_holds_the_mark_where_the_number_stood() -> None:
    text = f"Nummer {NATIONAL_NUMBER} wacht."
    assert without(text, inspect(text)) == f"Nummer {MARK} wacht."


def test_spans_are_places_in_the_text_as_it_was_typed() -> None:
    typed = "Zoë\u200b: 1\u200b1.03.04-123.38 ✔"
    (span,) = (s for s in inspect(typed).spans if s.kind is Kind.NATIONAL_NUMBER)
    assert typed[span.start : span.end] == "1\u200b1.03.04-123.38"


def test_a_text_that_is_only_an_identifier_is_refused_and_leaves_only_the_mark() -> None:
    finding = inspect(NATIONAL_NUMBER)
    assert finding.verdict is Verdict.REFUSE
    assert without(NATIONAL_NUMBER, finding) == MARK


@pytest.mark.parametrize("length", [LIMIT + 1, 40_000, 1_000_000])
def test_a_text_longer_than_the_limit_is_refused_unread(length: int) -> None:
    with pytest.raises(TooLong) as refusal:
        guard("a" * length)
    assert (refusal.value.length, refusal.value.limit) == (length, LIMIT)
    assert inspect("a" * length).kinds == (Kind.TOO_LONG,)


def test_a_text_of_exactly_the_limit_is_read() -> None:
    assert len(guard("a " * (LIMIT // 2))) == LIMIT


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301e\u0301n", "één"),
        ("een\x00twee", "eentwee"),
        ("een\ud800twee", "eentwee"),
        ("een\u200btwee\u202e", "eentwee"),
        ("een\r\ntwee\rdrie\tvier", "een\ntwee\ndrie\tvier"),
        ("een\x1b[31mtwee", "een[31mtwee"),
    ],
)
def test_the_kept_text_can_be_stored_anywhere(typed: str, kept: str) -> None:
    assert guard(typed) == kept


def test_a_rule_that_raises_is_a_refusal() -> None:
    def broken(*_: object) -> tuple[()]:
        raise ZeroDivisionError

    for rules in (Rules((broken,)), Rules((), (broken,))):
        finding = inspect("Niets bijzonders.", rules=rules)
        assert (finding.verdict, finding.kinds) == (Verdict.REFUSE, (Kind.FAULT,))
        assert without("Niets bijzonders.", finding, rules=rules) == ""
        found = Finding(Verdict.REFUSE, (Kind.PHONE,), (Span(0, 5, Kind.PHONE),))
        assert without("Niets bijzonders.", found, rules=Rules((broken,))) == ""


def test_a_rule_that_stops_halfway_is_a_refusal_too() -> None:
    def halfway(*_: object):
        yield 0, 1, Kind.MENTION
        raise RuntimeError

    assert inspect("Niets.", rules=Rules((halfway,))).kinds == (Kind.FAULT,)


def test_a_rule_that_finds_the_same_again_and_again_offers_nothing() -> None:
    def stubborn(plain: object, _known: object):
        del plain
        yield 0, 1, Kind.PHONE

    rules = Rules((stubborn,))
    finding = inspect("x", rules=rules)
    assert (finding.verdict, without("x", finding, rules=rules)) == (Verdict.REFUSE, "")


@pytest.mark.parametrize(
    "text",
    [
        f"geheimwoord {NATIONAL_NUMBER}",
        "geheimwoord Noor Verzonnen, 14 jaar",
        "geheimwoord " * 4_000,
    ],
)
def test_no_error_and_no_repr_holds_a_word_of_the_text(text: str) -> None:
    with pytest.raises(NotKept) as refusal:
        guard(text)
    error = refusal.value
    shown = "".join(traceback.format_exception(error)) + str(error) + repr(error)
    assert "geheimwoord" not in shown
    assert "Verzonnen" not in shown
    assert NATIONAL_NUMBER not in shown
    assert "geheimwoord" not in repr(inspect(text))


def test_a_public_address_passes_where_the_caller_says_so() -> None:
    text = "Vraag het aan noor.voorbeeld@brug.example voor de regio."
    assert inspect(text).kinds == (Kind.WORK_EMAIL,)
    assert inspect(text, known=PUBLIC).verdict is Verdict.PASS
    assert guard(text, known=PUBLIC) == text


def test_a_public_person_is_public_only_where_no_child_is_spoken_of() -> None:
    assert inspect("Noor Voorbeeld nodigt uit.", known=PUBLIC).verdict is Verdict.PASS
    assert inspect("Noor Voorbeeld, 9 jaar, weent.", known=PUBLIC).verdict is Verdict.WARN


@given(st.text(max_size=400))
def test_inspect_never_raises_never_faults_and_its_spans_lie_in_the_text(text: str) -> None:
    finding = inspect(text)
    assert Kind.FAULT not in finding.kinds
    assert finding.kinds == tuple(dict.fromkeys(span.kind for span in finding.spans))
    for span in finding.spans:
        assert 0 <= span.start < span.end <= len(text)


_PIECES = st.sampled_from(
    [
        NATIONAL_NUMBER,
        "0478 12 34 56",
        "+32 495 67 89 01",
        "BE68 5390 0754 7034",
        "noor@hotmail.com",
        "geb. 12/03/2011",
        "Noor Verzonnen",
        "14 jaar",
        "3A",
        "leerling",
        "26/5/2020",
        "1",
        "09",
        "\n",
        "\u200b",
        "-",
        ".",
        "é",
        "№",
        "２",
        "(",
        "zoon van de bakker",
        "Kerkstraat 12",
        "@noor",
    ]
)


@given(st.lists(_PIECES, max_size=12), st.sampled_from(["", " ", ", ", "."]))
def test_the_text_offered_for_a_refused_one_is_not_refused(parts: list[str], glue: str) -> None:
    text = glue.join(parts)
    finding = inspect(text)
    assert Kind.FAULT not in finding.kinds
    if finding.verdict is Verdict.REFUSE:
        assert inspect(without(text, finding)).verdict is not Verdict.REFUSE


@given(st.text(max_size=200))
def test_what_is_kept_is_kept_the_same_a_second_time(text: str) -> None:
    try:
        kept = guard(text, confirmed=True)
    except Identifying:
        return
    assert "\x00" not in kept
    kept.encode()
    assert guard(kept, confirmed=True) == kept
