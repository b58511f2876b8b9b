"""Going on from the last answer: the same in every replica, and for nobody else (F50)."""

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.assistant import Assistant, Call, Pressed
from handlers import FEATURES
from handlers.actors import Caller
from handlers.hearing.following import Turn, turn
from handlers.hearing.plain import fold
from handlers.speech.answer import Answer, Kind, Press
from scheduler.forgetting import forget_conversations
from store import Store, load_demonstration, open_store
from store.tables import ConversationRow
from tests.conftest import ATLAS, MONDAY

NOOR = Caller("slack", "T1", "UNOOR", conversation="C1")
TIM = Caller("slack", "T1", "UTIM", conversation="C1")


@dataclass
class Replicas:
    """Two processes on one database, and the clock on the wall.

    Attributes:
        store: The database of the first.
        one: The first.
        two: The second.
        now: What the clock says.
    """

    store: Store
    one: Assistant = field(init=False)
    two: Assistant = field(init=False)
    now: datetime = MONDAY

    def ask(self, words: str, by: Caller = NOOR) -> Answer:
        """Ask the first one, a second later."""
        return self._of(self.one, words, by)

    def ask_other(self, words: str, by: Caller = NOOR) -> Answer:
        """Ask the second one, a second later."""
        return self._of(self.two, words, by)

    def rows(self) -> str:
        """Return everything that is kept of conversations, as text."""
        with self.store.engine.connect() as connection:
            return repr([tuple(row) for row in connection.execute(select(ConversationRow))])

    def _of(self, assistant: Assistant, words: str, by: Caller) -> Answer:
        self.now += timedelta(seconds=1)
        said = assistant.answer(Call(words, by))
        assert isinstance(said, Answer)
        return said


@pytest.fixture
def brug(store: Store, database_url: str) -> Generator[Replicas]:
    """Two replicas on one database, with the invented directory."""
    load_demonstration(store, MONDAY)
    other = open_store(database_url)
    replicas = Replicas(store)
    replicas.one = Assistant(store, FEATURES, lambda: replicas.now, atlas=ATLAS)
    replicas.two = Assistant(other, FEATURES, lambda: replicas.now, atlas=ATLAS)
    yield replicas
    other.close()


def ids(answer: Answer) -> list[object]:
    results = answer.data["results"]
    assert isinstance(results, list)
    return [one["id"] for one in results if isinstance(one, dict)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("en in Gent?", Turn.MOVED),
        ("alleen −12", Turn.MOVED),
        ("et à Gand ?", Turn.MOVED),
        ("what about Ghent?", Turn.MOVED),
        ("vertel meer over 2", Turn.ENTRY),
        ("meer info over de derde", Turn.ENTRY),
        ("toon er nog", Turn.PAGE),
        ("nog meer", Turn.PAGE),
        ("Zijn er nog?", Turn.PAGE),
        ("la suite", Turn.PAGE),
        ("show me more", Turn.PAGE),
        ("en wie volgt dat op?", Turn.WHO),
        ("wie is daar het duo?", Turn.WHO),
        ("bij wie moet ik daar zijn?", Turn.WHO),
        ("et qui suit ça ?", Turn.WHO),
        ("and who covers that?", Turn.WHO),
        ("12 jaar", Turn.MOVED),
        ("9j", Turn.MOVED),
        ("12 ans", Turn.MOVED),
        ("niet vol", Turn.MOVED),
        ("voor het secundair", Turn.MOVED),
        ("12 jaar in Gent", None),
        ("wie dekt Aalst?", None),
        ("Is er dagbesteding in Tienen?", None),
        ("en bedankt!", None),
        ("en welke netwerken zijn er?", None),
        ("wie heeft daar ervaring mee?", None),
        ("", None),
    ],
)
def test_a_sentence_goes_on_or_stands_on_its_own(words: str, expected: Turn | None) -> None:
    assert turn(fold(words)) is expected


@pytest.mark.parametrize("moved", ["en Gent?", "en in 9000?", "en wat met Gent?", "et à Gand ?"])
def test_who_covers_a_place_goes_on_to_another_in_any_replica(brug: Replicas, moved: str) -> None:
    brug.ask("wie dekt Hasselt?")

    said = brug.ask_other(moved)

    assert said.feature == "coverage"
    assert said.data["regions"] == ["oost-vlaanderen"]


def test_the_place_goes_on_to_that_of_a_child(brug: Replicas) -> None:
    brug.ask("wie ninove")

    said = brug.ask_other("en voor een kind uit lebbeke?")

    assert said.feature == "coverage"
    assert said.data["places"] == ["Lebbeke"]


@pytest.mark.parametrize(
    ("first", "then", "whole"),
    [
        ("/aanbod time-out genk 15 jaar", "12 jaar", "/aanbod time-out genk 12 jaar"),
        ("/aanbod time-out genk", "niet vol", "/aanbod time-out genk niet vol"),
        ("/aanbod diepzeeduiken genk", "niet vol", "/aanbod diepzeeduiken genk niet vol"),
        ("/vorming trauma", "voor het secundair", "/vorming trauma voor het secundair"),
    ],
)
def test_an_age_alone_narrows_the_last_question(
    brug: Replicas, first: str, then: str, whole: str
) -> None:
    brug.ask(first)

    said = brug.ask_other(then)

    assert ids(said) == ids(brug.ask(whole, TIM))
    assert said.data["regions"] == brug.ask(whole, TIM).data["regions"]


def test_the_day_that_was_asked_about_goes_along(brug: Replicas) -> None:
    brug.ask("wie dekt Aalst op 1/12/2026?")

    assert brug.ask_other("en Gent?").data["day"] == "2026-12-01"


def test_more_than_a_place_is_a_question_of_its_own(brug: Replicas) -> None:
    brug.ask("wie dekt Aalst?")

    assert brug.ask("en is er dagbesteding in Gent?").feature != "coverage"


@pytest.mark.parametrize("asked", ["en wie volgt dat op?", "wie is daar het duo?"])
def test_who_is_there_for_a_list_is_the_duo_and_the_list_stays(brug: Replicas, asked: str) -> None:
    listed = brug.ask("/aanbod time-out Kortrijk")

    duo = brug.ask_other(asked)
    card = brug.ask("vertel meer over 2")

    assert duo.feature == "coverage"
    assert duo.data["regions"] == ["west-vlaanderen"]
    assert duo.data["people"]
    assert card.kind is Kind.ANSWER
    assert card.data["id"] == ids(listed)[1]


@pytest.mark.parametrize(
    "asked", ["/aanbod dagbesteding Tienen", "/vorming trauma", "/netwerk Gent", "/agenda"]
)
def test_a_list_moves_to_another_region_and_stays_the_same_sort(
    brug: Replicas, asked: str
) -> None:
    listed = brug.ask(asked)

    moved = brug.ask_other("en in Limburg?")

    assert moved.feature == listed.feature
    assert moved.data["regions"] == ["limburg"]


def test_toon_er_nog_gives_the_next_page_until_there_is_none(brug: Replicas) -> None:
    page = brug.ask("/aanbod dagbesteding")
    total = page.data["total"]
    assert isinstance(total, int)
    seen = ids(page)

    while len(seen) < total:
        page = brug.ask_other("toon er nog")
        seen += ids(page)
    end = brug.ask_other("toon er nog")

    assert total > 5
    assert len(set(seen)) == total
    assert end.kind is Kind.REFUSAL
    assert end.data["reason"] == "searching.no_more"


def test_a_page_by_a_button_counts_too(brug: Replicas) -> None:
    first = brug.ask("/aanbod dagbesteding")
    more = next(button for button in first.buttons if button.press.verb == "more")
    second = brug.one.press(Pressed(more.press, NOOR))
    assert isinstance(second, Answer)

    card = brug.ask_other("vertel meer over 6")

    assert card.data["id"] == ids(second)[0]


def test_another_person_and_another_channel_go_on_from_nothing(brug: Replicas) -> None:
    brug.ask("/aanbod dagbesteding Kortrijk")

    for other in (TIM, replace(NOOR, conversation="C2"), replace(NOOR, workspace="T2")):
        for asked in ("vertel meer over 2", "toon er nog", "en wie volgt dat op?"):
            for said in (brug.ask(asked, other), brug.ask_other(asked, other)):
                assert not said.data.get("people"), asked
                assert "id" not in said.data
                assert "results" not in said.data


def test_after_half_an_hour_there_is_nothing_to_go_on_from(brug: Replicas) -> None:
    brug.ask("/aanbod dagbesteding Kortrijk")
    brug.now += timedelta(minutes=31)

    said = brug.ask("vertel meer over 1"), brug.ask_other("vertel meer over 1")
    kept = brug.rows()
    forgotten = forget_conversations(brug.store, brug.now)

    assert [one.kind for one in said] == [Kind.REFUSAL] * 2
    assert "dagbesteding" in kept
    assert forgotten == 1
    assert brug.rows() == "[]"


def test_what_somebody_asked_last_counts_whichever_replica_answered(brug: Replicas) -> None:
    brug.ask("/aanbod dagbesteding Tienen")
    brug.ask_other("/vorming trauma")

    assert brug.ask("en in Limburg?").feature == "trainings"


def test_what_points_at_somebody_is_not_kept(brug: Replicas) -> None:
    brug.ask("mail van Babs", replace(NOOR, conversation="C2"))
    brug.ask("/aanbod dagbesteding Tienen voor Emma Verzonnen", replace(NOOR, conversation="C3"))
    listed = brug.ask("/aanbod dagbesteding Tienen 0470 12 34 56")

    rows = brug.rows()
    card = brug.ask_other("vertel meer over 1")

    assert rows.count("UNOOR") == 3
    for word in ("Emma", "Verzonnen", "0470", "34 56", "dagbesteding", "Babs"):
        assert word.casefold() not in rows.casefold()
    assert card.data["id"] == ids(listed)[0]
    # The process that heard it still has the whole question.
    assert "dagbesteding" in str(brug.ask("en in Limburg?").data["asked"])


def test_who_asks_to_be_forgotten_leaves_nothing_to_go_on_from(brug: Replicas) -> None:
    brug.ask("/aanbod dagbesteding Tienen")
    brug.ask("/aanbod dagbesteding Tienen", TIM)

    brug.two.press(Pressed(Press("signals", "erase"), NOOR))

    assert "UNOOR" not in brug.rows()
    assert "UTIM" in brug.rows()
    assert brug.ask("vertel meer over 1").kind is Kind.REFUSAL


def test_of_who_sits_at_a_terminal_nothing_is_written(brug: Replicas, member: Caller) -> None:
    brug.ask("/aanbod dagbesteding Tienen", member)

    assert brug.rows() == "[]"
    assert brug.ask("vertel meer over 1", member).kind is Kind.ANSWER
