import json
import logging
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import LONGEST, Assistant, Call, Pressed, Submission
from bot.logs import WithoutWords
from handlers.actors import Caller
from handlers.context import Context
from handlers.feature import Example, Feature, Verb
from handlers.rights import Right
from handlers.speech.answer import ASK, WHY, Answer, Kind, Plain, Press
from handlers.speech.form import Form
from store import Store
from store.needs import UnmetNeed
from store.records import Region
from tests.conftest import ATLAS, MONDAY

MEMBER = Caller("console", "", "U1")
MARKER = "geheimwoordje"


@pytest.fixture
def log() -> Generator[StringIO]:
    """What a log on standard error would hold, at its most talkative."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutWords())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(before)
    root.removeHandler(handler)


def answered(assistant: Assistant, words: str, language: str = "nl") -> Answer:
    said = assistant.answer(Call(words, MEMBER, language))
    assert isinstance(said, Answer)
    return said


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "\x00\x01\x02",
        "\ud800\udfff",
        "🤷‍♀️🙈",
        "שלום עולם",
        "<!channel> <@U01> <https://example.org|klik>",
        "'; drop table person; --",
        "a" * 10_000,
        "Aalst " * 1_600,
        "[31mrood",
    ],
    ids=lambda words: repr(words[:12]),
)
def test_whatever_is_typed_gets_a_clear_answer(assistant: Assistant, words: str) -> None:
    said = answered(assistant, words)

    assert said.headline
    assert "reference" not in said.data
    assert "\x00" not in said.headline


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(words=st.text(alphabet=st.characters(), max_size=200))
def test_no_text_at_all_makes_it_stumble(assistant: Assistant, words: str) -> None:
    for typed in (words, f"wie {words}", f"/wie {words}", f"bij wie moet ik zijn voor {words}?"):
        assert "reference" not in answered(assistant, typed).data


def test_a_question_as_long_as_a_document_is_refused_kindly(assistant: Assistant) -> None:
    said = answered(assistant, "wie dekt Aalst? " * 200)

    assert said.kind is Kind.REFUSAL
    assert str(LONGEST) in said.headline


def test_what_it_does_not_know_it_says_and_names_a_duo(assistant: Assistant) -> None:
    said = answered(assistant, "schrijf een gedicht over spijbelen in Ninove")

    assert said.feature == "unknown"
    assert said.confidence == 0
    assert said.data["regions"] == ["oost-vlaanderen"]
    assert "Frederik" in [person["name"] for person in json.loads(json.dumps(said.data))["people"]]


@pytest.mark.parametrize(
    ("words", "offered"),
    [("/wi ninove", ["/wie ninove"]), ("/kwadrant antwerpen", []), ("/aanbodd", ["/aanbod"])],
)
def test_a_command_that_is_none_is_told_and_what_looks_like_it_is_offered(
    assistant: Assistant, words: str, offered: list[str]
) -> None:
    said = assistant.answer(Call(words, MEMBER))

    assert isinstance(said, Answer)
    assert said.headline.startswith(f"De opdracht {words.split(maxsplit=1)[0]} ken ik niet.")
    assert [button.label for button in said.buttons][:-1] == offered


@pytest.mark.parametrize("words", ["Waarom?", "hoe weet je dat?", "Why?"])
def test_why_may_be_asked_in_words_about_what_was_answered_last(
    assistant: Assistant, words: str
) -> None:
    answered(assistant, "/wie Erembodegem")
    pressed = assistant.press(Pressed(Press("", WHY, {"words": "/wie Erembodegem"}), MEMBER))
    typed = answered(assistant, words)

    assert typed == pressed
    assert "Erembodegem" in str(typed.parts)


def test_what_a_button_led_to_can_be_explained_too(assistant: Assistant) -> None:
    listed = answered(assistant, "/aanbod dagbesteding")
    more = next(button for button in listed.buttons if button.label.startswith("Meer"))
    page = assistant.press(Pressed(more.press, MEMBER))
    assert isinstance(page, Answer)
    why = page.buttons[-1]

    explained = assistant.press(Pressed(why.press, MEMBER))
    assert why.label == "Waarom?"
    assert isinstance(explained, Answer)
    assert explained.headline == "Waarom dit antwoord?"
    assert explained.parts
    assert answered(assistant, "waarom?") == explained


@pytest.mark.parametrize("again", ["", "[]", "{", '{"feature":"","verb":"why","values":{}}'])
def test_a_why_that_was_tampered_with_is_refused(assistant: Assistant, again: str) -> None:
    said = assistant.press(Pressed(Press("", WHY, {"again": again}), MEMBER))

    assert isinstance(said, Answer)
    assert said.kind is Kind.REFUSAL
    assert "reference" not in said.data


def test_why_without_an_answer_before_it_says_how_to_ask(assistant: Assistant) -> None:
    assert "Over welk antwoord" in answered(assistant, "waarom?").headline
    answered(assistant, "/wie Gent")
    answered(assistant, "dankjewel!")
    assert "Over welk antwoord" in answered(assistant, "waarom?").headline


def test_nobody_hears_the_reasons_of_what_somebody_else_asked(assistant: Assistant) -> None:
    answered(assistant, "/wie Gent")
    said = assistant.answer(Call("waarom?", Caller("console", "", "U2")))

    assert isinstance(said, Answer)
    assert "Over welk antwoord" in said.headline


def test_a_button_asks_again_and_another_says_why(assistant: Assistant) -> None:
    asked = assistant.press(Pressed(Press("", ASK, {"words": "/wie Erembodegem"}), MEMBER))
    why = assistant.press(Pressed(Press("", WHY, {"words": "/wie Erembodegem"}), MEMBER))

    assert isinstance(asked, Answer)
    assert isinstance(why, Answer)
    assert asked.data["regions"] == ["oost-vlaanderen"]
    assert "deelgemeente van" in str(why.parts)
    assert "Frederik is coördinator" in str(why.parts).replace("'), Plain(text='", "")


@pytest.mark.parametrize(
    "press",
    [
        Press("", "ask"),
        Press("", "nonsense", {"words": "wie Aalst"}),
        Press("nonsense", "confirm"),
        Press("coverage", "nonsense"),
    ],
    ids=str,
)
def test_a_button_that_is_no_more_is_explained(assistant: Assistant, press: Press) -> None:
    said = assistant.press(Pressed(press, MEMBER))

    assert isinstance(said, Answer)
    assert said.kind is Kind.REFUSAL
    assert said.data["reason"] == "assistant.gone"


def test_a_form_that_is_no_more_is_explained(assistant: Assistant) -> None:
    said = assistant.submit(Submission("coverage", {}, MEMBER))

    assert said.data["reason"] == "assistant.gone"


def broken(_: object, __: Context) -> Answer:
    raise RuntimeError(MARKER)


def nothing(_: Mapping[str, str], context: Context) -> Answer:
    return Answer("gedaan " + context.actor.role.value)


FAULTY = Feature(
    name="coverage",
    command="stuk",
    parse=lambda words: words,
    hear=lambda _: None,
    handle=broken,
    examples=(Example("stuk", expect=""),),
    submit=broken,
    submit_right=Right.ASK,
    verbs={"break": Verb(Right.ASK, broken), "rule": Verb(Right.ADMINISTER, nothing)},
)


@pytest.mark.parametrize("name", ["els", "Els", "an", "Els.DUPON@provincieantwerpen.be"])
def test_who_speaks_as_somebody_may_write_a_short_name_small(
    assistant: Assistant, name: str
) -> None:
    (person,) = assistant.people_named(name)

    assert person.name.lower() in {"els", "an"}


def test_asking_why_after_a_button_does_nothing_again(sqlite_store: Store) -> None:
    def count(values: Mapping[str, str], context: Context) -> Answer:
        assert values["of"] == "limburg"
        context.tx.needs.add(UnmetNeed(context.today, None, ()))
        return Answer("geteld", why=((Plain("omdat het zo is"),),))

    counting = replace(FAULTY, verbs={"count": Verb(Right.ASK, count)})
    assistant = Assistant(sqlite_store, [counting], lambda: MONDAY)
    press = Press("coverage", "count", {"of": "limburg"})
    done = assistant.press(Pressed(press, MEMBER))
    assert isinstance(done, Answer)
    explained = assistant.press(Pressed(done.buttons[-1].press, MEMBER))
    with sqlite_store.read() as tx:
        counted = tx.needs.between(MONDAY.date(), MONDAY.date())

    assert isinstance(explained, Answer)
    assert "omdat het zo is" in str(explained.parts)
    assert len(counted) == 1


@pytest.fixture
def faulty(sqlite_store: Store) -> Assistant:
    return Assistant(sqlite_store, [FAULTY], lambda: MONDAY, atlas=ATLAS)


def by_command(assistant: Assistant) -> Answer | Form:
    return assistant.answer(Call(f"/stuk {MARKER}", MEMBER))


def by_button(assistant: Assistant) -> Answer | Form:
    return assistant.press(Pressed(Press("coverage", "break"), MEMBER))


def by_form(assistant: Assistant) -> Answer | Form:
    return assistant.submit(Submission("coverage", {"x": MARKER}, MEMBER))


@pytest.mark.parametrize("act", [by_command, by_button, by_form])
def test_a_fault_of_ours_is_an_apology_with_a_reference_that_is_in_the_log(
    faulty: Assistant, act: Callable[[Assistant], Answer | Form], log: StringIO
) -> None:
    said = act(faulty)

    assert isinstance(said, Answer)
    assert said.kind is Kind.REFUSAL
    assert str(said.data["reference"]) in str(said.parts)
    assert str(said.data["reference"]) in log.getvalue()
    assert "builtins.RuntimeError" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_button_is_refused_to_whoever_lacks_the_right(faulty: Assistant) -> None:
    said = faulty.press(Pressed(Press("coverage", "rule"), MEMBER))

    assert isinstance(said, Answer)
    assert said.data["reason"] == "rights.administer"


def test_a_steward_may_what_others_may_not(faulty: Assistant, sqlite_store: Store) -> None:
    with sqlite_store.begin() as tx:
        tx.people.add_steward("Noor.Voorbeeld@example.org", MONDAY, "system")
    steward = Caller("console", "", "U2", "noor.voorbeeld@EXAMPLE.org")

    said = faulty.press(Pressed(Press("coverage", "rule"), steward))

    assert isinstance(said, Answer)
    assert said.headline == "gedaan steward"


def test_nothing_that_people_typed_is_in_the_log(assistant: Assistant, log: StringIO) -> None:
    for words in (
        MARKER,
        f"wie {MARKER}",
        "wie dekt Aalst?",
        f"/wie Aalst {MARKER}",
        f"/{MARKER}",
    ):
        answered(assistant, words)

    assert "heard coverage" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_change_of_a_place_is_heard_in_the_next_question(
    assistant: Assistant, sqlite_store: Store
) -> None:
    before = answered(assistant, "wie Ninove")
    with sqlite_store.begin() as tx:
        known = tx.gazetteer.load()
        moved = (
            replace(place, region=Region.LIMBURG) if place.municipality == "Ninove" else place
            for place in known.places
        )
        tx.seeds.load_gazetteer(replace(known, places=tuple(moved)))

    after = answered(assistant, "wie Ninove")

    assert before.data["regions"] == ["oost-vlaanderen"]
    assert after.data["regions"] == ["limburg"]


def test_asking_why_never_does_it_again(sqlite_store: Store) -> None:
    def add(_: str, context: Context) -> Answer:
        context.tx.people.add_steward("noor.voorbeeld@example.org", MONDAY, "system")
        return Answer("gedaan", why=((Plain("omdat het moest"),),))

    writing = replace(FAULTY, handle=add, writes=True)
    assistant = Assistant(sqlite_store, [writing], lambda: MONDAY, atlas=ATLAS)

    why = assistant.press(Pressed(Press("", WHY, {"words": "/stuk"}), MEMBER))
    with sqlite_store.read() as tx:
        before = tx.people.is_steward("noor.voorbeeld@example.org")
    answered(assistant, "/stuk")

    assert isinstance(why, Answer)
    assert "omdat het moest" in str(why.parts)
    assert not before
    with sqlite_store.read() as tx:
        assert tx.people.is_steward("noor.voorbeeld@example.org")
