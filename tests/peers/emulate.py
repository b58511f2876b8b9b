"""emulate: a strict Web API of Slack that nobody here wrote: a token does what its scopes say."""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.client import WebClient

from tests.waiting import free_port, until

TOKEN = "xoxb-invented-strict"  # noqa: S105 - it opens nothing


@dataclass
class Emulated:
    """A running emulate.

    Attributes:
        base_url: Its Web API.
        token: A token with all the scopes.
        without: A token without one of them, by that scope.
        channel: A channel that Brug is in.
        user: Somebody.
    """

    base_url: str
    token: str
    without: dict[str, str]
    channel: str = ""
    user: str = ""

    def refused_scopes(self, token: str) -> dict[str, str]:
        """Call everything that Brug calls, and return which calls wanted another scope."""
        client: Any = WebClient(token, base_url=self.base_url)  # its methods are half typed
        said: dict[str, Any] = {"text": "x", "blocks": [{"type": "divider"}]}
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        calls: dict[str, Callable[[], object]] = {
            "auth.test": client.auth_test,
            "chat.postMessage": lambda: client.chat_postMessage(channel=self.channel, **said),
            "chat.postEphemeral": lambda: client.chat_postEphemeral(
                channel=self.channel, user=self.user, **said
            ),
            "users.info": lambda: client.users_info(user=self.user),
            "views.publish": lambda: client.views_publish(user_id=self.user, view=home),
        }
        found: dict[str, str] = {}
        for name, call in calls.items():
            try:
                call()
            except SlackApiError as refused:
                said_so: Any = refused.response
                if said_so["error"] == "missing_scope":
                    found[name] = str(said_so.get("needed"))
        return found


@contextmanager
def running(modules: Path, folder: Path, scopes: Sequence[str]) -> Generator[Emulated]:
    """Start emulate with tokens that have these scopes, and stop it at the end."""
    port = free_port()
    client = {"client_id": "1.2", "app_id": "A000000001"}
    tokens = {TOKEN: list(scopes)}
    without = {scope: f"{TOKEN}-without-{scope.replace(':', '-')}" for scope in scopes}
    tokens |= {token: [s for s in scopes if s != scope] for scope, token in without.items()}
    tokens[f"{TOKEN}-reader"] = ["channels:read", "users:read"]
    seed = {
        "slack": {
            "team": {"name": "De Verzonnen Brug", "domain": "verzonnen"},
            "signing_secret": "invented",
            "strict_scopes": True,
            "users": [
                {"name": "noor", "real_name": "Noor Voorbeeld", "email": "noor@example.org"}
            ],
            "channels": [{"name": "algemeen"}],
            "oauth_apps": [
                {
                    **client,
                    "client_secret": "invented",
                    "name": "brug",
                    "redirect_uris": ["http://localhost/cb"],
                    "scopes": list(scopes),
                    "bot_name": "brug",
                }
            ],
            "tokens": [
                {"token": token, "type": "bot", "user": "brug", "scopes": granted, **client}
                for token, granted in tokens.items()
            ],
        }
    }
    file = folder / "emulate.json"
    file.write_text(json.dumps(seed))
    program = modules / "emulate/dist/index.js"
    process = subprocess.Popen(
        [
            *(shutil.which("node") or "node", program, "start"),
            *("--service", "slack", "--seed", str(file), "--port", str(port)),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = Emulated(f"http://127.0.0.1:{port}/api/", TOKEN, without)
    try:
        until(lambda: _answers(found.base_url), "emulate answers")
        reader: Any = WebClient(f"{TOKEN}-reader", base_url=found.base_url)
        found.channel = reader.conversations_list()["channels"][0]["id"]
        found.user = reader.users_list()["members"][0]["id"]
        yield found
    finally:
        process.terminate()
        process.wait(10)


def _answers(base_url: str) -> bool:
    request = urllib.request.Request(base_url + "auth.test", data=b"")
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
