"""Bundles: what stands in them, for whom, and who has yet to answer."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers import FEATURES
from handlers.actors import Caller
from handlers.errors import Mistakes
from handlers.schooldays import after_working_days, is_working_day, school_holidays
from handlers.signalling.documents import docx, markdown, table, write
from handlers.signalling.reporting import Report, compose, current_period, read_period
from handlers.speech.answer import Answer, Kind
from handlers.speech.form import Form
from handlers.speech.words import Words
from store import Store
from store.records import LetterState, Region
from tests.conftest import ATLAS, MONDAY
from tests.handlers.reporting import (
    BARBARA,
    CLAUDIA,
    NOOR,
    SAM,
    plain,
    pressed,
    said,
    sent,
    support,
)

TEXTS = {
    "welzijn": "De wachtlijst bij een psycholoog is meer dan een jaar.",
    "onderwijs": "De bus naar het buitengewoon onderwijs is drie uur onderweg.",
    "beide": "Er zijn te weinig plaatsen in een time-out.",
    "lokaal": "Het speelplein sluit *te vroeg* <b>elke</b> vakantie.",
}


@pytest.fixture
def full(assistant: Assistant) -> Assistant:
    for key, text in TEXTS.items():
        sent(assistant, NOOR, key=key, text=text, addressee=key)
    hidden = sent(assistant, SAM, key="hidden", text="Jan Peeters slaapt in de les.")
    kept: Any = assistant.press(Pressed(hidden.buttons[-1].press, SAM))
    assert kept.data["number"] == len(TEXTS) + 1
    support(assistant, SAM, "vzw Twee", number="3")
    return assistant


def report_of(store: Store) -> Report:
    period = read_period("2026-27")
    assert period is not None
    with store.read() as tx:
        return compose(Region.LIMBURG, period, tx, Words())


def test_what_is_for_both_stands_in_both_under_one_number(
    full: Assistant, sqlite_store: Store
) -> None:
    sections = {s.addressee.value: s for s in report_of(sqlite_store).sections}
    made = said(full, "/bundel maak limburg 2026-27", CLAUDIA)

    numbers = {name: [one.numbers for one in s.statements] for name, s in sections.items()}
    assert numbers == {"welzijn": [(1,), (3,)], "onderwijs": [(2,), (3,)], "lokaal": [(4,)]}
    assert made.data["signals"] == {"welzijn": [1, 3], "onderwijs": [2, 3], "lokaal": [4]}


def test_what_waits_for_a_check_is_in_no_bundle(full: Assistant, sqlite_store: Store) -> None:
    before = report_of(sqlite_store)
    said(full, "/signaal 5 vrijgeven", CLAUDIA)

    assert "Jan" not in markdown(before)
    assert "Jan" in markdown(report_of(sqlite_store))


@pytest.mark.usefixtures("full")
def test_the_same_data_give_the_same_bytes(sqlite_store: Store, tmp_path: Path) -> None:
    first = write(report_of(sqlite_store), tmp_path / "a")
    second = write(report_of(sqlite_store), tmp_path / "b")

    assert [file.suffix for file in first] == [".docx", ".md", ".csv"]
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]
    with zipfile.ZipFile(first[0]) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {2000}


@pytest.mark.usefixtures("full")
def test_every_statement_carries_its_numbers_in_every_shape(sqlite_store: Store) -> None:
    report = report_of(sqlite_store)
    word = [p.text for p in Document(io.BytesIO(docx(report))).paragraphs]
    rows = list(csv.reader(io.StringIO(table(report)), delimiter=";"))

    for section in report.sections:
        for one in section.statements:
            mark = f"[{one.numbers[0]}]"
            assert any(line.startswith(mark) and one.text in line for line in word)
            assert f"**{mark}**" in markdown(report)
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]


@pytest.mark.usefixtures("full")
def test_what_people_typed_is_no_markup_and_no_formula(sqlite_store: Store) -> None:
    report = report_of(sqlite_store)
    statement = report.sections[2].statements[0]
    nasty = replace(statement, cells=("=1+1", "@x", "-12 jaar", "+32", *statement.cells[4:]))
    section = replace(report.sections[2], statements=(nasty,))

    cells = list(
        csv.reader(io.StringIO(table(replace(report, sections=(section,)))), delimiter=";")
    )

    assert r"\*te vroeg\* \<b\>" in markdown(report)
    assert cells[1][:4] == ["'=1+1", "'@x", "'-12 jaar", "'+32"]


@pytest.mark.usefixtures("full")
def test_small_numbers_of_people_are_not_told(sqlite_store: Store) -> None:
    assert "minder dan 5" in table(report_of(sqlite_store))


def test_a_merged_signal_gives_its_number_and_its_words(
    full: Assistant, sqlite_store: Store
) -> None:
    said(full, "/signaal 1 samen 3", CLAUDIA)

    (statement,) = report_of(sqlite_store).sections[0].statements

    assert statement.numbers == (1, 3)
    assert TEXTS["beide"] in statement.added


def test_the_same_signals_make_the_same_bundle(full: Assistant) -> None:
    first = said(full, "/bundel maak limburg 2026-27", CLAUDIA)
    again = said(full, "/bundel maak limburg", CLAUDIA)
    sent(full, NOOR, key="new", text="Ouders vinden de factuur van de school te hoog.", seen="yes")
    third = said(full, "/bundel maak limburg", CLAUDIA)

    assert (first.data["bundle"], again.data["bundle"], third.data["bundle"]) == (1, 1, 2)


def test_days_without_an_answer_are_counted_from_the_day_it_was_handed_over(
    full: Assistant, sqlite_store: Store
) -> None:
    made = said(full, "/bundel maak limburg", CLAUDIA)
    full.press(Pressed(made.buttons[0].press, CLAUDIA))
    later = Assistant(sqlite_store, FEATURES, lambda: MONDAY + timedelta(days=30), atlas=ATLAS)
    waiting = said(later, "/bundel stand", CLAUDIA)
    pressed = next(b.press for b in waiting.buttons if "beantwoord" in b.label)
    refused = later.press(Pressed(pressed, NOOR))
    form = later.press(Pressed(pressed, CLAUDIA))
    assert isinstance(form, Form)
    done = answered(later, form, "")
    shown = said(later, "/bundel stand", CLAUDIA)

    assert isinstance(refused, Answer)
    assert [one["days"] for one in waiting.data["waiting"]] == [30]  # type: ignore[index,union-attr]
    assert refused.kind is Kind.REFUSAL
    assert done.data["waiting"] == []
    assert answered(later, form, "").kind is Kind.REFUSAL
    assert any("beantwoord" in b.label for b in shown.buttons)


def test_what_says_nothing_to_a_government_is_not_handed_over_to_it(assistant: Assistant) -> None:
    sent(assistant, NOOR, text=TEXTS["welzijn"], addressee="welzijn")

    made = said(assistant, "/bundel maak limburg", CLAUDIA)
    standing = said(assistant, "/bundel stand", CLAUDIA)

    assert "1 signaal: nummer 1." in plain(made)
    for answer in (made, standing):
        offered = [b.label for b in answer.buttons if "bezorgd" in b.label]
        assert offered == ["1 bezorgd aan Welzijn"]
    assert standing.headline == ("Bundels die op een antwoord wachten: 0. Nog niet bezorgd: 1.")
    assert "Onderwijs" not in plain(standing)


def test_a_bundle_that_another_replaced_waits_for_nothing(full: Assistant) -> None:
    made = said(full, "/bundel maak limburg", CLAUDIA)
    pressed(full, made, "1 bezorgd aan Welzijn", CLAUDIA)
    sent(full, NOOR, key="new", text="Ouders vinden de factuur van de school te hoog.", seen="yes")
    said(full, "/bundel maak limburg", CLAUDIA)

    standing = said(full, "/bundel stand", CLAUDIA)

    # What was handed over stays; what was not, has another in its place.
    assert standing.headline == ("Bundels die op een antwoord wachten: 1. Nog niet bezorgd: 2.")
    assert [b.label for b in standing.buttons] == [
        "1 beantwoord: Welzijn",
        "2 bezorgd aan Onderwijs",
        "2 bezorgd aan Welzijn",
    ]


def test_a_bundle_is_shown_by_its_number(full: Assistant) -> None:
    said(full, "/bundel maak limburg", CLAUDIA)

    shown = said(full, "/bundel 1", CLAUDIA)

    assert shown.headline == "Bundel 1: Limburg, schooljaar 2026-27"
    assert TEXTS["beide"] in plain(shown)
    assert "nog niet bezorgd" in plain(shown)
    assert any(b.label == "Geef mij de bestanden" for b in shown.buttons)
    assert said(full, "/bundel 1", NOOR).buttons == ()
    assert "geen bundel 2" in said(full, "/bundel 2", CLAUDIA).headline


def handed_over(assistant: Assistant) -> Form:
    made = said(assistant, "/bundel maak limburg", CLAUDIA)
    assistant.press(Pressed(made.buttons[0].press, CLAUDIA))
    form = assistant.answer(Call("/bundel 1 welzijn antwoord", CLAUDIA))
    assert isinstance(form, Form)
    return form


def answered(
    assistant: Assistant, form: Form, text: str, caller: Caller = CLAUDIA, **values: str
) -> Answer:
    typed = {"text": text, **values}
    answer = assistant.submit(Submission("bundles", typed, caller, state=dict(form.state)))
    assert "reference" not in answer.data
    return answer


ANSWER = "Er komen twintig plaatsen bij in een time-out."


def test_what_a_government_answered_stands_with_the_bundle_and_with_each_of_its_signals(
    full: Assistant,
) -> None:
    done = answered(full, handed_over(full), ANSWER)

    assert ANSWER in str(done.parts)
    assert ANSWER in str(said(full, "/bundel stand", NOOR).parts)
    assert ANSWER in str(said(full, "/signaal 1").parts)
    assert ANSWER in str(said(full, "/signaal 3", SAM).parts)
    assert ANSWER not in str(said(full, "/signaal 2").parts), "that one is for education"
    assert ANSWER not in str(said(full, "/signaal 4").parts), "that one is in no bundle"


def test_everybody_behind_a_signal_reads_the_answer_once(
    full: Assistant, sqlite_store: Store
) -> None:
    form = handed_over(full)
    answered(full, form, ANSWER)
    again = answered(full, form, "Iets anders.")

    with sqlite_store.read() as tx:
        waiting = tx.outbox.in_state(LetterState.WAITING)
    letters = [one for one in waiting if one.key.startswith("signal/answer/")]
    assert {one.address for one in letters} == {"slack:T1:UNOOR", "slack:T1:USAM"}
    assert len(letters) == 2
    assert all(ANSWER in one.body for one in letters)
    assert again.kind is Kind.REFUSAL


def test_a_day_noted_without_words_can_get_its_words_later(full: Assistant) -> None:
    form = handed_over(full)
    answered(full, form, "")
    done = answered(full, form, ANSWER)

    assert ANSWER in str(done.parts)


def test_an_answer_with_a_number_of_a_person_is_kept_nowhere(
    full: Assistant, sqlite_store: Store
) -> None:
    form = handed_over(full)
    number = "11.03.04-123.38"
    with pytest.raises(Mistakes) as wrong:
        answered(full, form, f"Het gaat over {number}.")
    typed = said(full, f"/bundel 1 welzijn antwoord: het gaat over {number}", CLAUDIA)

    assert wrong.value.keys == {"text": "bundles.answer_refused"}
    assert typed.kind is Kind.REFUSAL
    assert number not in str(typed)
    with sqlite_store.read() as tx:
        assert {one.answer for one in tx.bundles.standing()} == {""}


def test_an_answer_that_may_name_somebody_is_asked_about_and_then_kept(full: Assistant) -> None:
    form = handed_over(full)
    asked = answered(full, form, "De moeder van Jan Verzonnen krijgt een plaats.", confirmed="yes")
    kept = full.press(Pressed(asked.buttons[1].press, CLAUDIA))

    assert asked.kind is Kind.QUESTION
    assert asked.data["kept"] is False
    assert isinstance(kept, Answer)
    assert "Jan Verzonnen" in str(kept.parts)


def test_an_answer_before_it_was_handed_over_is_refused(full: Assistant) -> None:
    said(full, "/bundel maak limburg", CLAUDIA)

    assert said(full, f"/bundel 1 welzijn antwoord: {ANSWER}", CLAUDIA).kind is Kind.REFUSAL
    assert said(full, f"/bundel 1 welzijn antwoord: {ANSWER}", NOOR).kind is Kind.REFUSAL
    assert said(full, f"/bundel 9 welzijn antwoord: {ANSWER}", CLAUDIA).kind is Kind.REFUSAL


def test_only_a_coordinator_of_the_region_makes_a_bundle(full: Assistant) -> None:
    assert said(full, "/bundel maak limburg", NOOR).kind is Kind.REFUSAL
    assert said(full, "/bundel maak antwerpen", CLAUDIA).kind is Kind.REFUSAL
    assert "Voor welke regio" in said(full, "/bundel maak", NOOR).headline


def test_a_coordinator_gets_the_files_of_a_bundle_in_the_chat(
    full: Assistant, sqlite_store: Store
) -> None:
    made = said(full, "/bundel maak limburg 2026-27", CLAUDIA)

    given = pressed(full, made, "Geef mij de bestanden", CLAUDIA)

    names = [file.name for file in given.attachments]
    assert names == [f"signalen-limburg-2026-27.{ending}" for ending in ("docx", "md", "csv")]
    assert given.attachments[0].content == docx(report_of(sqlite_store))


def test_the_files_of_another_region_are_refused_whatever_the_button_says(full: Assistant) -> None:
    made = said(full, "/bundel maak limburg 2026-27", CLAUDIA)

    refused = pressed(full, made, "Geef mij de bestanden", BARBARA)

    assert refused.kind is Kind.REFUSAL
    assert not refused.attachments


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/bundel maak luik", "Voor welke regio"),
        ("/bundel maak blabla 2026-27", "Voor welke regio"),
        ("/bundel maak limburg 2026-28", "Schrijf het zo: 2026-27"),
        ("/bundel maak limburg 2026", "Schrijf het zo: 2026-27"),
    ],
)
def test_what_is_no_region_or_no_school_year_is_never_taken_for_ones_own(
    full: Assistant, asked: str, told: str
) -> None:
    assert told in said(full, asked, CLAUDIA).headline


@pytest.mark.parametrize(
    "asked", ["/bundel maak", "/bundel maak een bundel voor mijn regio", "/bundel maak 2026-27"]
)
def test_without_a_region_it_is_the_coordinators_own(full: Assistant, asked: str) -> None:
    assert said(full, asked, CLAUDIA).data["region"] == "limburg"


def test_last_school_year_is_the_one_before(full: Assistant) -> None:
    refused = said(full, "/bundel maak limburg vorig schooljaar", CLAUDIA)

    assert "2025-26" in refused.headline


def test_a_school_year_runs_from_september_to_august() -> None:
    found = read_period("limburg 2025-26")

    assert found is not None
    assert found.first.astimezone(UTC) == datetime(2025, 8, 31, 22, tzinfo=UTC)
    assert found.end.astimezone(UTC) == datetime(2026, 8, 31, 22, tzinfo=UTC)
    assert current_period(date(2026, 8, 31)).name == "2025-26"
    assert current_period(date(2026, 9, 1)).name == "2026-27"
    assert read_period("2025-27") is None
    assert read_period("limburg") is None


def test_school_holidays_are_those_of_2026_and_2027() -> None:
    found = {h.name: (h.first, h.last) for y in (2026, 2027) for h in school_holidays(y)}
    autumn = next(h for h in school_holidays(2026) if h.name == "autumn")

    assert (autumn.first, autumn.last) == (date(2026, 11, 2), date(2026, 11, 8))
    assert found["carnival"] == (date(2027, 2, 8), date(2027, 2, 14))
    assert found["easter"] == (date(2027, 3, 29), date(2027, 4, 11))


def test_holidays_and_weekends_are_no_working_days() -> None:
    assert not is_working_day(date(2026, 11, 11))
    assert not is_working_day(date(2027, 5, 6))
    assert not is_working_day(date(2026, 12, 24))
    assert not is_working_day(date(2026, 11, 28))
    assert is_working_day(date(2026, 11, 27))
    assert after_working_days(date(2026, 12, 14), 10) == date(2027, 1, 11)


def without_a_name(assistant: Assistant, caller: Caller, key: str) -> Answer:
    values = {"number": "1", "action": "support", "anonymity": "nobody"}
    return assistant.submit(Submission("signals", values, caller, state={"key": key}))


def test_who_has_no_name_stands_apart_and_never_lifts_a_count_past_the_fewest(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant)
    for number in range(6):
        without_a_name(assistant, replace(SAM, user=f"USAM{number}"), f"k{number}")

    report = report_of(sqlite_store)
    statement = report.sections[0].statements[0]
    told = dict(zip(report.columns, statement.cells, strict=True))
    assert told["Melders"] == "minder dan 5", "one person is known to stand behind it"
    assert told["Keer anoniem"] == "6"
    assert "gesteund door minder dan 5" in statement.details


def test_one_person_without_a_name_counts_once_a_day(
    assistant: Assistant, sqlite_store: Store
) -> None:
    sent(assistant)
    said_again = [without_a_name(assistant, SAM, f"k{n}").data["new"] for n in range(3)]

    assert said_again == [True, False, False]
    with sqlite_store.read() as tx:
        assert tx.signals.backed(1).anonymous == 1
