"""What the tests of offerings share: who asks, and what stands in an answer."""

from collections.abc import Callable
from dataclasses import replace

from handlers.speech.answer import Answer, Button, Listing
from handlers.speech.form import Form
from store import Store
from store.directory import Offering
from store.records import Provenance
from tests.conftest import MONDAY

STEWARD = "noor.voorbeeld@example.org"
COORDINATOR = "claudia.geens@pietersimenon.be"  # Limburg
PROVIDER = "vzw-het-verzonnen-huis@example.org"  # Vlaams-Brabant

Say = Callable[..., Answer]
"""Says words as a person and returns the answer: `say(words, email, **changes of the caller)`."""

Press = Callable[..., Answer | Form]
"""Presses a button as a person: `press(button, email)`."""


def names(answer: Answer) -> list[str]:
    results = answer.data["results"]
    assert isinstance(results, list)
    return [str(one["name"]) for one in results if isinstance(one, dict)]


def button(answer: Answer, label: str) -> Button:
    return next(one for one in answer.buttons if label in one.label)


def first_card(answer: Answer, press: Press, email: str = "") -> Answer:
    card = press(button(answer, "1. "), email)
    assert isinstance(card, Answer)
    return card


def add(store: Store, *offerings: Offering) -> list[int]:
    with store.begin() as tx:
        said = Provenance("test", MONDAY.date())
        return tx.offerings.add_all([replace(one, provenance=said) for one in offerings], MONDAY)


def lines(answer: Answer) -> list[str]:
    return [
        "".join(span.text for span in item)
        for part in answer.parts
        if isinstance(part, Listing)
        for item in part.items
    ]


def spoken(answer: Answer) -> str:
    return " ".join(
        span.text
        for part in answer.parts
        if isinstance(part, Listing)
        for item in part.items
        for span in item
    )
