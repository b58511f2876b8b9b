"""What Brug keeps of somebody: shown when they ask, and gone when they want it gone (F72)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers.actors import Caller
from handlers.speech.answer import Answer, Kind, Listing, Press
from store import Store
from store.privacy import guard
from store.tables import Row
from tests.conftest import MONDAY

NOOR = Caller("slack", "T1", "U5", "noor.voorbeeld@example.org")
SAM = Caller("slack", "T1", "U6", "sam.denkbeeld@example.org")


def say(assistant: Assistant, words: str, caller: Caller = NOOR) -> Answer:
    said = assistant.answer(Call(words, caller))
    assert isinstance(said, Answer)
    return said


def lines(answer: Answer) -> str:
    (listed,) = (part for part in answer.parts if isinstance(part, Listing))
    return "\n".join("".join(span.text for span in line) for line in listed.items)


@pytest.fixture
def followed(assistant: Assistant) -> Assistant:
    for caller in (NOOR, SAM):
        say(assistant, "/volg dagbesteding in Tienen", caller)
        say(assistant, "/taal nl", caller)
    return assistant


@pytest.mark.parametrize(
    "words",
    ["wat weet je over mij?", "wat bewaar je van mij", "/signaal mijn gegevens",
     "what do you know about me?", "que sais-tu de moi ?"],
)  # fmt: skip
def test_who_asks_is_told_what_brug_keeps_of_them(followed: Assistant, words: str) -> None:
    said = say(followed, words)

    assert said.feature == "signals"
    assert len(lines(said).splitlines()) == 3, "what they follow, their language, and the log"
    assert "Tienen" not in lines(said), "it says how much, and repeats nothing"


@pytest.mark.parametrize(
    "words",
    [
        "/signaal secundair gent welzijn: ouders krijgen geen inzage in het dossier",
        "ouders krijgen geen inzage in het dossier van hun kind, dat zien wij overal",
        "/signaal secundair gent welzijn: que sais-tu de moi, vraagt elke Franstalige ouder",
    ],
)
def test_a_signal_about_what_others_keep_is_a_signal(assistant: Assistant, words: str) -> None:
    assert "bewaar niets van jou" not in say(assistant, words).headline


def test_of_whom_nothing_is_kept_is_told_so_and_offered_nothing_to_erase(
    assistant: Assistant,
) -> None:
    for words in ("wat weet je over mij?", "wis mijn gegevens"):
        said = say(assistant, words)

        assert (said.headline, said.kind) == ("Ik bewaar niets van jou.", Kind.ANSWER)


def test_what_somebody_no_longer_follows_is_kept_and_said_too(followed: Assistant) -> None:
    say(followed, "/volg stop 1")

    assert "volgde: 1" in lines(say(followed, "wat weet je over mij?"))


def test_the_language_that_a_platform_told_is_kept_and_said_too(assistant: Assistant) -> None:
    caller = replace(NOOR, locale="fr")
    say(assistant, "wie dekt Aalst?", caller)

    assert "langue" in lines(say(assistant, "que sais-tu de moi ?", caller))


def test_a_contact_is_told_that_they_are_one_and_that_it_stays(assistant: Assistant) -> None:
    barbara = Caller("slack", "T1", "U7", "barbara.janssens@alba.be")
    said = say(assistant, "wat weet je over mij?", barbara)

    assert "contactpersoon" in lines(said)
    assert [button.press.verb for button in said.buttons] == ["mine"], "nothing else to erase"


def test_what_somebody_left_before_they_were_linked_is_theirs_too(
    assistant: Assistant, sqlite_store: Store
) -> None:
    unknown = replace(NOOR, email="")
    say(assistant, "/volg dagbesteding in Tienen", unknown)
    with sqlite_store.begin() as tx:
        person = next(iter(tx.people.everyone()))
        tx.links.add("slack:T1:U5", "Noor", person, MONDAY, "person:1")

    assert "volgde: 1" in lines(say(assistant, "wat weet je over mij?", unknown))
    assistant.press(Pressed(Press("signals", "erase"), unknown))
    left = say(assistant, "wat weet je over mij?", unknown)
    assert left.headline == "Van jou bewaar ik alleen het logboek."


def test_what_is_erased_is_gone_and_everybody_elses_stays(
    followed: Assistant, sqlite_store: Store
) -> None:
    asked = say(followed, "wis mijn gegevens")
    followed.press(Pressed(Press("signals", "erase"), NOOR))

    assert asked.kind is Kind.QUESTION
    left = say(followed, "wat weet je over mij?")
    assert left.headline == "Van jou bewaar ik alleen het logboek."
    assert "nooit wat je typte" in lines(left), "what stays, and why"
    assert [button.press.verb for button in left.buttons] == ["mine"], "nothing else to erase"
    with sqlite_store.read() as tx:
        assert tx.follows.of("slack:T1:U5") == []
        assert len(tx.follows.of("slack:T1:U6")) == 1


@pytest.fixture
def proposed(assistant: Assistant, sqlite_store: Store) -> Assistant:
    """Noor proposed a correction, and asked for somebody who can help: that waits."""
    with sqlite_store.begin() as tx:
        tx.corrections.propose(
            1, "application_process", old="", new=guard("Bel even"), at=MONDAY, actor="slack:T1:U5"
        )
    values = {"question": "Hoe pakken jullie rouw aan?", "region": "limburg", "email": NOOR.email}
    asked = assistant.submit(Submission("expertise", values, NOOR, state={"form": "connect"}))
    assistant.press(Pressed(asked.buttons[0].press, NOOR))
    return assistant


def test_what_somebody_proposed_is_shown_and_erased(
    proposed: Assistant, sqlite_store: Store
) -> None:
    assert "verbeterde: 1" in lines(say(proposed, "wat weet je over mij?"))

    proposed.press(Pressed(Press("signals", "erase"), NOOR))

    assert rows_of(sqlite_store, "slack:T1:U5") == {"audit"}
    with sqlite_store.read() as tx:
        assert [one.new for one in tx.corrections.waiting()] == ["Bel even"], "it still waits"


def test_a_question_that_was_taken_back_leads_to_nobody(
    proposed: Assistant, sqlite_store: Store
) -> None:
    taken_back = next(b for b in say(proposed, "/expertise").buttons if b.press.verb == "withdraw")
    proposed.press(Pressed(taken_back.press, NOOR))

    assert "connection" not in rows_of(sqlite_store, "slack:T1:U5")
    assert "invitation" not in rows_of(sqlite_store, "person:")


def test_who_was_asked_to_help_is_told_so(proposed: Assistant) -> None:
    claudia = Caller("slack", "T1", "U8", "claudia.geens@pietersimenon.be")

    assert "mee te denken: 1" in lines(say(proposed, "wat weet je over mij?", claudia))


def rows_of(store: Store, marker: str) -> set[str]:
    """Return the tables that hold this anywhere: also in a column that somebody adds later."""
    with store.engine.connect() as connection:
        return {
            table.name
            for table in Row.metadata.sorted_tables
            for row in connection.execute(select(table))
            if any(marker in str(value) for value in row)
        }
