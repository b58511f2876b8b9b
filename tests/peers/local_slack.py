"""A Slack that nobody here wrote: npm's local-slack, the whole loop in Socket Mode and over HTTP.

It validates nothing, knows no scopes, and listens on every interface without a password, so it
runs for the minutes of a test. Its page is what a person would see.
"""

import asyncio
import json
import subprocess
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from urllib.error import URLError

import aiohttp

from store.records import Person
from tests.waiting import free_port, until

Json: TypeAlias = dict[str, Any]

PROGRAM = Path(__file__).parent / "node_modules/local-slack-linux-x64/bin/local-slack"
TEAM = "T0BRUG"
BOT = "U0BRUG"
APP = "A0BRUG"
BOT_TOKEN = "xoxb-invented"  # noqa: S105 - it opens nothing
APP_TOKEN = "xapp-invented"  # noqa: S105 - it opens nothing
SECRET = "an-invented-signing-secret"  # noqa: S105 - it opens nothing

INVENTED = (
    Person(0, "Noor Voorbeeld", "noor.voorbeeld@example.org"),
    Person(0, "Tarik Verzonnen", "tarik.verzonnen@example.org"),
    Person(0, "Lies Fictief", "lies.fictief@example.org"),
)
"""Members whom Brug does not know."""

CHANNELS = ("algemeen", "oost-vlaanderen", "west-vlaanderen", "limburg")


@dataclass
class LocalSlack:
    """A running local-slack.

    Attributes:
        port: Where it listens.
        users: The number of every user, by e-mail address.
        channels: The number of every channel, by name.
    """

    port: int
    users: dict[str, str]
    channels: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    config: Path = field(default_factory=Path)

    @property
    def base_url(self) -> str:
        """Its Web API."""
        return f"http://localhost:{self.port}/api/"

    @property
    def page(self) -> str:
        """The page that a person would open."""
        return f"http://localhost:{self.port}/"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(
            [PROGRAM, "--config", self.config, "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._answers, "local-slack answers")

    def stop(self, *, hard: bool = False) -> None:
        """Stop it."""
        if self.process is not None:
            (self.process.kill if hard else self.process.terminate)()
            self.process.wait(10)
            self.process = None

    def command(self, user: str, command: str, text: str, channel: str = "algemeen") -> Json:
        """Type a command in a channel."""
        return self._control(
            "command",
            {
                "channel": self.channels[channel],
                "user": self.users[user],
                "command": command,
                "text": text,
                "appId": APP,
            },
        )

    def write(self, user: str, text: str, channel: str = "") -> Json:
        """Write in a channel, or to Brug alone."""
        where = self.channels[channel] if channel else BOT
        body = {"channel": where, "user": self.users[user], "text": text}
        return self._control("message", body)

    def ask_alone(self, user: str, text: str) -> Json:
        """Let Brug open a conversation with somebody, and write in it as them."""
        opened = self._asked("conversations.open", {"users": self.users[user]})
        where = opened["channel"]["id"]
        return self._control("message", {"channel": where, "user": self.users[user], "text": text})

    def press(self, user: str, message: Json, button: Json) -> Json:
        """Press a button under a message."""
        return self._control(
            "interact",
            {
                "channel": message["channel"],
                "messageTs": message["ts"],
                "user": self.users[user],
                "action": button,
            },
        )

    def open_home(self, user: str) -> Json:
        """Open the Home tab."""
        return self._control("open-home", {"user": self.users[user], "appId": APP})

    def in_window(self, user: str, **what: Any) -> None:  # noqa: ANN401 - the peer's own fields
        """Do something in a window that is open, or in the Home tab."""
        asyncio.run(self._in_window({"user": self.users[user], **what}))

    def log(self) -> list[Json]:
        """Return everything that went between it and Brug."""
        return self._get("log")["log"]

    def called(self, method: str) -> list[Json]:
        """Return what a method of the Web API was called with."""
        return [
            _parsed(entry["detail"])
            for entry in self.log()
            if entry["kind"] == "web_api" and entry["summary"] == method
        ]

    def messages(self, channel: str) -> list[Json]:
        """Return the messages of a conversation, the oldest first."""
        return self._get(f"messages/{channel}")["messages"]

    def state(self) -> Json:
        """Return everything that it keeps."""
        return self._get("state")

    def _answers(self) -> bool:
        try:
            return bool(self.state())
        except (URLError, OSError):
            return False

    def _control(self, what: str, body: Json) -> Json:
        request = urllib.request.Request(
            f"http://localhost:{self.port}/_control/{what}",
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=15) as answer:
            return json.loads(answer.read() or b"{}")

    def _asked(self, method: str, body: Json) -> Json:
        """Call a method of the Web API as Brug."""
        request = urllib.request.Request(
            f"{self.base_url}{method}",
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json", "authorization": f"Bearer {BOT_TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=15) as answer:
            return json.loads(answer.read())

    def _get(self, what: str) -> Json:
        url = f"http://localhost:{self.port}/_control/{what}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.loads(answer.read())

    async def _in_window(self, what: Json) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"ws://localhost:{self.port}/ui") as page,
        ):
            await page.send_json(what)
            await page.receive(timeout=5)


def _parsed(payload: Json) -> Json:
    """Return a call with the JSON inside its form read as well."""
    return {
        name: json.loads(value) if isinstance(value, str) and value[:1] in {"[", "{"} else value
        for name, value in payload.items()
    }


@contextmanager
def running(
    folder: Path, people: Sequence[Person], request_url: str = "", port: int = 0
) -> Generator[LocalSlack]:
    """Start local-slack with these people and Brug in it, and stop it at the end.

    Args:
        folder: For its configuration.
        people: Who is there, besides the invented members.
        request_url: Where it sends events over HTTP; "" for Socket Mode.
        port: Where it listens; 0 for any that is free.
    """
    everyone = [*people, *INVENTED]
    users = {person.email: f"U{number:03d}" for number, person in enumerate(everyone, start=1)}
    channels = {name: f"C{number:03d}" for number, name in enumerate(CHANNELS, start=1)}
    app = {
        "appId": APP,
        "botUserId": BOT,
        "botName": "brug",
        "botToken": BOT_TOKEN,
        "appToken": APP_TOKEN,
        "signingSecret": SECRET,
        "mode": "events" if request_url else "socket",
    }
    config = {
        "workspace": {"name": "De Verzonnen Brug", "domain": "verzonnen", "teamId": TEAM},
        "apps": [app | ({"requestUrl": request_url} if request_url else {})],
        "users": [
            {
                "id": users[person.email],
                "name": person.email.partition("@")[0],
                "real_name": person.name,
                "email": person.email,
                "tz": "Europe/Brussels",
            }
            for person in reversed(everyone)  # the page begins as the first: an invented member
        ],
        "channels": [
            {"id": number, "name": name, "members": [*users.values(), BOT]}
            for name, number in channels.items()
        ],
    }
    file = folder / "local-slack.json"
    file.write_text(json.dumps(config))
    slack = LocalSlack(port or free_port(), users, channels, config=file)
    slack.start()
    try:
        yield slack
    finally:
        slack.stop()
