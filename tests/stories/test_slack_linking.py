"""A steward links who is in Slack with an address that Brug does not know."""

import json
from typing import Any

import pytest

from tests.conftest import MONDAY
from tests.payloads import every_object, every_text
from tests.stories.conftest import Played
from tests.waiting import until

STEWARD = "U4"
ADDRESS = "steward.verzonnen@example.org"


@pytest.fixture
def slack(played: Played) -> Played:
    """With a steward, somebody with an address that is nobody's, and two of elsewhere."""
    with played.store.begin() as tx:
        tx.people.add_steward(ADDRESS, MONDAY, "system")
    played.stage.person(STEWARD, ADDRESS)
    played.stage.person("U2", "noor.thuis@example.org", name="<@U9>|Noor & co")
    played.stage.person("U8", "gast@example.org", team="T9")
    played.stage.person("U6", "vreemd@example.org", is_stranger=True)
    return played


def command(played: Played, name: str, text: str, user: str = STEWARD) -> dict[str, Any]:
    status, body = played.send(played.stage.command(name, text, user=user))
    assert status == 200
    return json.loads(body)


def text_of(drawn: object) -> str:
    return "\n".join(every_text(drawn))


def test_a_mentioned_user_is_linked_and_a_steward_alone_undoes_it(slack: Played) -> None:
    said = command(slack, "/brug", "koppel <@U2|noor> Ludo")

    assert "@@U9Noor co is nu Ludo" in text_of(said)  # a name begins no mention of its own
    with slack.store.read() as tx:
        (link,) = tx.links.all()
    assert link.user == "slack:T1:U2"

    entry = next(one for one in every_object(said) if '"undo"' in str(one.get("value", "")))
    before = len(slack.stage.said())
    value = {"action_id": entry["action_id"], "value": entry["value"]}
    assert slack.send(slack.stage.pressed(value, user="U2"))[0] == 200
    refused = until(lambda: slack.stage.said()[before:], "a refusal")[0]
    assert "Dat kan alleen een steward" in text_of(refused)
    assert slack.send(slack.stage.pressed(value, user=STEWARD))[0] == 200
    until(lambda: slack.stage.said()[before + 1 :], "it is undone")
    with slack.store.read() as tx:
        assert not tx.links.all()


@pytest.mark.parametrize("user", ["U8", "U6"])
def test_a_guest_of_another_workspace_is_not_linked(slack: Played, user: str) -> None:
    said = command(slack, "/brug", f"koppel <@{user}> Ludo")

    assert "andere werkruimte" in text_of(said)
    with slack.store.read() as tx:
        assert not tx.links.all()


def test_a_member_is_told_that_a_steward_does_this(slack: Played) -> None:
    said = command(slack, "/brug", "koppel <@U2> Ludo", user="U1")

    assert "Dat kan alleen een steward" in text_of(said)
    assert "U2" not in json.dumps(said)
