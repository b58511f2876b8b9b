"""What the tests of signals share: who reports, who follows up, and what they press."""

from bot.assistant import Assistant, Call, Pressed, Submission
from handlers.actors import Caller
from handlers.speech.answer import Answer, Button
from store import Store
from store.records import Letter, LetterState

NOOR = Caller("slack", "T1", "UNOOR")
SAM = Caller("slack", "T1", "USAM")
TOOR = Caller("slack", "T1", "UTOOR")
GUEST = Caller("slack", "T9", "UGAST", home=False)
CLAUDIA = Caller("slack", "T1", "UCLAUDIA", "claudia.geens@pietersimenon.be")
BARBARA = Caller("slack", "T1", "UBABS", "bgoethals@arktos.be")
TEXT = "Er zijn te weinig plaatsen in een time-out, scholen wachten maanden."
FIELDS = {"level": "secundair", "region": "limburg", "addressee": "beide"}


def said(assistant: Assistant, words: str, caller: Caller = NOOR) -> Answer:
    answer = assistant.answer(Call(words, caller))
    assert isinstance(answer, Answer), words
    assert "reference" not in answer.data
    return answer


def sent(
    assistant: Assistant, caller: Caller = NOOR, key: str = "k1", text: str = TEXT, **values: str
) -> Answer:
    filled = {**FIELDS, "text": text, **values}
    answer = assistant.submit(Submission("signals", filled, caller, state={"key": key}))
    assert "reference" not in answer.data
    return answer


def pressed(assistant: Assistant, answer: Answer, label: str, caller: Caller = NOOR) -> Answer:
    found = assistant.press(Pressed(button(answer, label).press, caller))
    assert isinstance(found, Answer)
    assert "reference" not in found.data
    return found


def button(answer: Answer, label: str) -> Button:
    return next(one for one in answer.buttons if label in one.label)


def plain(answer: Answer) -> str:
    return f"{answer.headline} {answer.parts}"


def backed_by_three(assistant: Assistant) -> None:
    sent(assistant, NOOR, organisation="vzw De Verzonnen Brug")
    for caller, organisation in ((SAM, "Verzonnen CLB"), (TOOR, "Verzonnen CLB")):
        support(assistant, caller, organisation)


def support(assistant: Assistant, caller: Caller, organisation: str, number: str = "1") -> Answer:
    values = {"number": number, "action": "support", "organisation": organisation}
    return assistant.submit(
        Submission("signals", values, caller, state={"key": f"mij-ook-{caller.user}"})
    )


def letters(store: Store) -> list[Letter]:
    with store.read() as tx:
        return list(tx.outbox.in_state(LetterState.WAITING))
