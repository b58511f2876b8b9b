import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.assistant import Assistant, Call, Pressed
from handlers import FEATURES
from handlers.actors import Caller
from handlers.arbiter import choose
from handlers.hearing.places import Places
from handlers.hearing.sentence import Sentence
from handlers.leerrecht import FEATURE
from handlers.speech.answer import Answer, Kind, Listing, Press
from handlers.speech.words import LANGUAGES, phrases
from store import Store
from store.records import LetterState, Region
from store.seeds.leerrecht import FIRST, read_guide

HEARD = Path(__file__).parent / "heard_leerrecht.jsonl"
NOOR = Caller("slack", "T1", "U2", "noor.voorbeeld@example.org")
MOST_QUESTIONS = 5
EDUCATION = {
    Region.BRUSSEL: "evatrogh@kans.brussels",
    Region.VLAAMS_BRABANT: "an.hessels@vclbleuven.be",
    Region.ANTWERPEN: "Els.DUPON@provincieantwerpen.be",
    Region.OOST_VLAANDEREN: "oona.somers@vclbmeetjesland.be",
    Region.WEST_VLAANDEREN: "annick.steyt@samentegenschooluitval-wvl.be",
    Region.LIMBURG: "nathalie.vanbergen@vrijclblimburg.be",
}


def ask(assistant: Assistant, words: str, language: str = "nl") -> Answer:
    said = assistant.answer(Call(words, NOOR, language))
    assert isinstance(said, Answer)
    return said


def press(assistant: Assistant, to: Press, language: str = "nl") -> Answer:
    said = assistant.press(Pressed(to, NOOR, language))
    assert isinstance(said, Answer)
    return said


def go(to: str, region: str = "") -> Press:
    return Press("leerrecht", "go", {"to": to, "region": region})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_through_the_guide_ends_at_an_outcome_within_five_questions(
    assistant: Assistant, language: str
) -> None:
    ways: list[tuple[int, Answer]] = [(1, ask(assistant, "/leerrecht", language))]
    ends = 0
    while ways:
        asked, said = ways.pop()
        assert said.kind is Kind.QUESTION
        assert 2 <= len(said.buttons) <= 5
        for button in said.buttons:
            further = press(assistant, button.press, language)
            if further.kind is Kind.QUESTION:
                assert asked + 2 <= MOST_QUESTIONS  # the region is the last one
                ways.append((asked + 1, further))
            else:
                ends += 1
                regions = [b for b in further.buttons if b.press.values.get("region")]
                assert [b.label for b in regions] == [region.label for region in Region]
    assert ends >= 13


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("outcome", read_guide().outcomes)
def test_every_outcome_ends_at_the_education_side_of_the_region(
    assistant: Assistant, outcome: str, region: Region
) -> None:
    said = press(assistant, go(outcome, region.value))

    assert EDUCATION[region] in str(said.parts)
    people: list[dict[str, str]] = json.loads(json.dumps(said.data))["people"]
    assert {one["side"] for one in people} == {"samen-tegen-schooluitval"}


def test_every_statement_names_who_says_so_where_and_when_and_that_no_jurist_looked(
    assistant: Assistant,
) -> None:
    for outcome, statements in read_guide().outcomes.items():
        said = press(assistant, go(outcome, "limburg"))

        (listing,) = [part for part in said.parts if isinstance(part, Listing)]
        assert len(listing.items) == len(statements)
        for item, one in zip(listing.items, statements, strict=True):
            assert one.provenance.source in str(item)
            assert one.url in str(item)
            assert one.provenance.as_of >= date(2026, 11, 24)
        assert said.source is not None
        assert "nog niet nagekeken door een jurist" in said.source.text
        assert "geen juridisch advies" in str(said.parts)
        assert len(said.why) == len(statements)


def test_what_the_seed_names_is_there_and_nothing_is_left_over() -> None:
    guide = read_guide()
    leads_to = {to for choices in guide.questions.values() for to in choices.values()}
    said = {f"leerrecht.say_{one.name}" for found in guide.outcomes.values() for one in found}
    asked = {f"leerrecht.ask_{name}" for name in guide.questions}
    choices = {
        f"leerrecht.choice_{name}_{choice}"
        for name, found in guide.questions.items()
        for choice in found
    }
    kinds = ("leerrecht.say_", "leerrecht.ask_", "leerrecht.choice_")

    assert leads_to <= guide.questions.keys() | guide.outcomes.keys()
    assert guide.questions.keys() <= leads_to | {FIRST}
    assert {key for key in phrases("nl") if key.startswith(kinds)} == said | asked | choices


def test_the_guide_has_no_field_to_write_in_and_keeps_nothing(
    assistant: Assistant, sqlite_store: Store
) -> None:
    assert FEATURE.submit is None
    assert not FEATURE.writes

    ask(assistant, "Kobe uit Genk is van school gestuurd, mag dat?")

    with sqlite_store.read() as tx:
        assert tx.outbox.in_state(LetterState.WAITING) == []
        assert tx.told.of("slack:T1:U2") == []


def test_a_button_that_leads_nowhere_is_refused(assistant: Assistant) -> None:
    for to, region in (("", ""), ("nergens", ""), ("age", "atlantis")):
        assert press(assistant, go(to, region)).kind is Kind.REFUSAL


def test_a_region_that_was_named_is_not_asked_for_again(assistant: Assistant) -> None:
    said = ask(assistant, "mag een school in Genk een inschrijving weigeren?")

    assert said.data["regions"] == ["limburg"]
    assert EDUCATION[Region.LIMBURG] in str(said.parts)


def test_this_feature_hears_what_is_for_it_and_nothing_that_is_for_another(
    places: Places,
) -> None:
    rows: list[Mapping[str, str]] = [
        json.loads(line) for line in HEARD.read_text(encoding="utf-8").splitlines()
    ]

    wrong = [
        row["words"]
        for row in rows
        if (best := choose(Sentence(row["words"], places), FEATURES).best) is None
        or (best.feature is FEATURE) is not (row["feature"] == "leerrecht")
    ]

    assert len(wrong) <= len(rows) // 10, wrong
