"""What Slack sends is read as people mean it, and what has another shape is Malformed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presses import Malformed
from bot.slack import calls
from bot.slack.replies import SLACK, may_be_called

NAMES = {"U1": "Noor Voorbeeld"}
GOV = "https://slack-gov.com/api/"
LOCAL = "http://localhost:4310/api/"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("wie dekt &lt;Aalst&gt; &amp; Gent", "wie dekt <Aalst> & Gent"),
        ("afwezig <@U1>", "afwezig Noor Voorbeeld"),
        ("afwezig <@U1|noor>", "afwezig Noor Voorbeeld"),
        ("<@UBRUG> wie Gent", "wie Gent"),
        ("mail <mailto:noor@example.org|noor@example.org>", "mail noor@example.org"),
        ("zie <https://example.org>", "zie https://example.org"),
        ("in <#C1|algemeen>", "in algemeen"),
        ("<!here> wie Gent", "wie Gent"),
        ("2 < 3", "2 < 3"),
    ],
)
def test_slacks_markup_is_read_as_people_read_it(sent: str, read: str) -> None:
    assert calls.readable(sent, NAMES) == read


def test_users_are_found_once_each_and_nobody_else() -> None:
    assert calls.mentioned("<@U1> <@U2|x> <@U1> <#C1> <@..>") == ("U1", "U2")


@pytest.mark.parametrize(
    ("url", "base", "taken"),
    [
        ("https://hooks.slack.com/commands/1", SLACK, True),
        ("https://hooks.slack.com:443/commands/1", SLACK, True),
        ("http://hooks.slack.com/commands/1", SLACK, False),
        ("https://hooks.slack.com:8443/x", SLACK, False),
        ("https://hooks.slack.com.example.org/x", SLACK, False),
        ("https://slack.com/api/chat.postMessage", SLACK, False),
        ("https://hooks.slack-gov.com/x", GOV, True),
        ("https://hooks.slack.com/x", GOV, False),
        ("http://localhost:4310/response/1", LOCAL, True),
        ("http://localhost:4311/response/1", LOCAL, False),
        ("https://hooks.slack.com/x", LOCAL, False),
        ("http://user@localhost:4310/x", LOCAL, False),
        ("http://localhost:x/", LOCAL, False),
        ("", SLACK, False),
    ],
)
def test_only_slack_and_where_the_setting_points_are_called(
    url: str, base: str, *, taken: bool
) -> None:
    assert may_be_called(url, base) is taken


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("event", "user", "team", "channel", "actions", "view", "state", "values"),
                    *("id", "container", "message", "value", "text", "command", "type"),
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=8), json_values) | json_values)
def test_junk_is_malformed_and_nothing_else(junk: Any) -> None:  # noqa: ANN401 - JSON of any shape
    if not isinstance(junk, dict):
        return
    for read in (calls.command, calls.message, calls.mention, calls.opened, calls.pressed):
        try:
            read(junk)  # pyright: ignore[reportUnknownArgumentType] - that is the point
        except Malformed:
            continue


def test_a_receipt_holds_nothing_that_somebody_typed() -> None:
    body = {"user_id": "U1", "channel_id": "C1", "command": "/wie", "trigger_id": "geheim woord\0"}
    receipt = calls.command(body)[2].receipt

    assert receipt.startswith("slack:body:")
    assert "geheim" not in receipt
    assert calls.command(body)[2].receipt == receipt
