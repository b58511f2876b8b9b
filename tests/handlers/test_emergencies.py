"""Who is in danger gets the numbers at once; who speaks of many, or wants to learn, does not."""

from datetime import date

import pytest

from store import Store
from tests.handlers.found import Say


@pytest.mark.parametrize(
    "words",
    [
        "ik ga er een eind aan maken",
        "ik wil dood",
        "leerling wil zelfmoord plegen",
        "een meisje van 15 zegt dat ze dood wil",
        "ik word thuis geslagen",
        "papa slaat mij",
        "mijn ouders slaan mij altijd",
        "ik word op school elke dag geslagen door andere leerlingen",
        "kindermishandeling melden",
        "Vermoeden van mishandeling, wat nu?",
        "dit is een noodgeval, kind in gevaar in Aalst",
        "Un élève veut se suicider",
        "My pupil wants to die",
    ],
)
def test_who_is_in_danger_is_told_whom_to_call(say: Say, words: str) -> None:
    said = say(words)

    assert said.feature == "emergencies"
    assert said.data["numbers"] == ["112", "1712", "1813", "102"]


@pytest.mark.parametrize(
    "words",
    [
        "vorming over suïcidepreventie",
        "steeds meer jongeren willen dood en er is geen plaats in de opvang",
        "ik wil in Gent gaan leven",
        "ik wil weten wie die vorming geeft",
        "wie kent iets van kindermishandeling?",
        "de handen in elkaar geslagen in Aalst",
        "het attest van een leerling is in gevaar",
    ],
)
def test_who_speaks_of_many_or_of_something_else_is_heard_as_always(say: Say, words: str) -> None:
    assert say(words).feature != "emergencies"


def test_a_cry_for_help_is_no_need_to_count(say: Say, store: Store) -> None:
    say("ik word thuis geslagen en ik weet geen aanbod in Aalst")

    with store.read() as tx:
        assert tx.needs.between(date.min, date.max) == []
