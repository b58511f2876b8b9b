"""Who looks after the data can look up who did what (F71)."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.assistant import Assistant, Call, Pressed
from bot.lines import plainly
from handlers import FEATURES
from handlers.actors import Caller
from handlers.rights import Role
from handlers.speech.answer import Answer, Listing, Press
from handlers.speech.words import LANGUAGES, phrases
from store import Store
from store.connections import ConnectionState, Reply
from store.corrections import CorrectionState
from tests.conftest import ATLAS, MONDAY

ROOT = Path(__file__).parents[2]
STEWARD = Caller("slack", "T1", "U4", "steward.verzonnen@example.org")
OTHERS = {
    Role.GUEST: Caller("slack", "T9", "U1", home=False),
    Role.MEMBER: Caller("slack", "T1", "U7"),
    Role.COORDINATOR: Caller("slack", "T1", "U3", "frederik.declercq@vzwapart.be"),
}


@pytest.fixture
def brug(store: Store) -> Assistant:
    with store.begin() as tx:
        tx.people.add_steward(STEWARD.email, MONDAY, "system")
    return Assistant(store, FEATURES, lambda: MONDAY, atlas=ATLAS)


def note(store: Store, *acts: tuple[str, str, str]) -> None:
    with store.begin() as tx:
        for number, (actor, verb, subject) in enumerate(acts):
            tx.audit.note(MONDAY + timedelta(minutes=number), actor, verb, subject)


def asked(brug: Assistant, text: str, caller: Caller = STEWARD) -> Answer:
    answer = brug.answer(Call(text, caller))
    assert isinstance(answer, Answer)
    return answer


def acts(answer: Answer) -> list[object]:
    found = answer.data["acts"]
    assert isinstance(found, list)
    return [*found]


def lines(answer: Answer) -> list[str]:
    return [
        plainly(line) for part in answer.parts if isinstance(part, Listing) for line in part.items
    ]


def test_what_was_done_last_comes_first_with_who_when_and_what(
    brug: Assistant, store: Store
) -> None:
    with store.begin() as tx:
        ludo = next(one for one in tx.people.everyone() if one.name.startswith("Ludo"))
    note(
        store,
        ("reporter", "signal.create", "signal:12"),
        (f"person:{ludo.id}", "signal.move", "signal:12"),
        ("slack:T1:U7", "signal.support", "signal:12"),
    )

    said = lines(asked(brug, "/logboek"))

    assert said[0] == "23 november 2026, 9.02: gebruiker U7 (Slack): signaal 12 gesteund"
    assert said[1].endswith(f"{ludo.name}: signaal 12 in een andere fase gezet")
    assert "van wie geen naam bewaard is: signaal 12 bewaard" in said[2]
    assert any(" op de server: " in line for line in said)


def test_one_thing_is_looked_up_with_its_parts_and_nothing_that_begins_like_it(
    brug: Assistant, store: Store
) -> None:
    note(
        store,
        ("system", "bundle.make", "bundle:4"),
        ("system", "bundle.send", "bundle:4/welzijn"),
        ("system", "bundle.make", "bundle:42"),
    )

    answer = asked(brug, "/logboek bundel 4")

    assert answer.data["count"] == 2
    assert lines(answer)[0].endswith("bundel 4/welzijn bezorgd")
    assert asked(brug, "/logboek bundel 9").data == {"acts": [], "count": 0, "before": None}


def test_what_one_person_did_is_looked_up_by_name(brug: Assistant, store: Store) -> None:
    with store.begin() as tx:
        ludo = next(one for one in tx.people.everyone() if one.name.startswith("Ludo"))
    note(store, (f"person:{ludo.id}", "offering.confirm", "offering:3"))

    answer = asked(brug, "/logboek Ludo")

    assert lines(answer) == [f"23 november 2026, 9.00: {ludo.name}: gezegd dat aanbod 3 nog klopt"]


def test_a_long_log_has_pages_and_an_end(brug: Assistant, store: Store) -> None:
    note(store, *(("system", "offering.confirm", f"offering:{n}") for n in range(45)))
    seen: list[object] = []
    answer = asked(brug, "/logboek")
    while answer.buttons:
        seen += acts(answer)
        pressed = brug.press(Pressed(answer.buttons[0].press, STEWARD))
        assert isinstance(pressed, Answer)
        answer = pressed
    seen += acts(answer)

    assert len(seen) == len(set(seen)) == answer.data["count"]
    assert seen == sorted(seen, key=lambda one: int(str(one)), reverse=True)


def test_a_page_keeps_to_what_was_asked(brug: Assistant, store: Store) -> None:
    note(store, *(("system", "signal.look", "signal:7") for _ in range(25)))
    note(store, ("system", "signal.look", "signal:8"))

    answer = asked(brug, "/logboek signaal 7")
    older = brug.press(Pressed(answer.buttons[0].press, STEWARD))

    assert isinstance(older, Answer)
    assert len(acts(older)) == 5
    assert all("signal:7" in line for line in lines(older))


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_sees_it(brug: Assistant, role: Role) -> None:
    refused = asked(brug, "/logboek", OTHERS[role])
    pressed = brug.press(Pressed(Press("audit", "older", {"before": "9"}), OTHERS[role]))

    assert isinstance(pressed, Answer)
    for answer in (refused, pressed):
        assert "acts" not in answer.data
        assert "steward" in answer.headline.lower()


@pytest.mark.parametrize("text", ["xyzzy", "signaal", "signaal twaalf", "12"])
def test_who_asks_for_something_else_hears_how_to_ask(brug: Assistant, text: str) -> None:
    assert "/logboek signaal 12" in asked(brug, f"/logboek {text}").headline


def test_a_page_that_went_through_other_hands_is_refused(brug: Assistant) -> None:
    answer = brug.press(Pressed(Press("audit", "older", {"before": "1; drop"}), STEWARD))

    assert isinstance(answer, Answer)
    assert "acts" not in answer.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_that_is_written_down_has_words(language: str) -> None:
    told = {
        f"{kind}.{what}"
        for kind, states in (
            ("connection", (*ConnectionState, *Reply)),
            ("correction", tuple(CorrectionState)),
        )
        for what in states
        if what not in ("", ConnectionState.OPEN, CorrectionState.WAITING)
    }
    told |= {verb for path in _sources() for verb in _verbs(path.read_text("utf-8"))}

    assert len(told) > 50
    assert {f"audit.did_{verb.replace('.', '_')}" for verb in told} <= set(phrases(language))


def _sources() -> list[Path]:
    return [path for name in ("handlers", "store") for path in (ROOT / name).rglob("*.py")]


def _verbs(source: str) -> set[str]:
    """The verbs of a file: in a note, in a variable that is noted, or what follows "signal."."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            noted = [one for one in ast.walk(node) if node.func.attr == "note"]
            found |= {one.value for one in noted if _is_verb(one)}  # type: ignore[attr-defined]
            if node.func.attr == "_happened" and isinstance(node.args[1], ast.Constant):
                found.add(f"signal.{node.args[1].value}")
            if node.func.attr == "_note" and isinstance(node.args[2], ast.Tuple):
                verb = node.args[2].elts[2]
                assert isinstance(verb, ast.Constant)
                found.add(f"bundle.{verb.value}")
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "verb":
            found |= {one.value for one in ast.walk(node) if _is_verb(one)}  # type: ignore[attr-defined]
    return found


def _is_verb(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and bool(
        re.fullmatch(r"[a-z]+\.[a-z_]+", str(node.value))
    )
