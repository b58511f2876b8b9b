"""Brug as Slack shows it, without an account: `make workspace`.

Starts local-slack with channels, invented members, the coordinators and Brug in it, in Socket
Mode, with a database that is gone afterwards. Ctrl-C ends it all.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from store import open_store, seed, upgrade
from tests.peers import local_slack
from tests.peers.local_slack_page import page_of
from tests.waiting import free_port, until

PORT = 4310
"""Where the page is, unless somebody says otherwise (`make workspace PORT=…`)."""

FIRST = "Bij wie moet ik zijn voor 8500?"
"""What the invented member has asked Brug already, so that there is a conversation to go on in."""

WELCOME = """
  Brug is in a Slack of its own:  {page}

  You are {name}, whom Brug does not know. Type  /wie gnet  in a channel, go on in your
  conversation with brug (under Direct messages, where the page calls it by your own name),
  write  @brug wie Ninove , or open brug's Home tab. To see Brug as a coordinator does, choose
  another person in the page ("Act as").

  Two things that Slack does and this page does not: a button inside a window sends nothing, and
  what Brug filled in beforehand counts only once you change it.

  Mind: the stand-in for Slack behind that page (npm local-slack, port {port}) has no password
  and listens on every interface of this machine: whoever is on your network can open it too.

  Ctrl-C ends it; nothing is kept.
"""


def main(port: int) -> int:
    """Run until Ctrl-C, and return the exit code."""
    if not local_slack.PROGRAM.is_file():
        return _complain("local-slack is not installed: `make peers` (it needs npm)")
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _, __: ended.set())
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="brug-workspace-")))
        url = f"sqlite:///{folder / 'brug.db'}"
        store = open_store(url)
        upgrade(store)
        seed(store, datetime.now(UTC))
        with store.read() as tx:
            people = tx.people.everyone()
        store.close()
        slack = stack.enter_context(local_slack.running(folder, people))
        page = stack.enter_context(page_of(slack.port, port))
        brug = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            env=os.environ
            | {
                "BRUG_DATABASE_URL": url,
                "BRUG_DEMONSTRATION": "true",
                "BRUG_LOG_LEVEL": "ERROR",
                "BRUG_PORT": str(free_port()),
                "SLACK_BOT_TOKEN": local_slack.BOT_TOKEN,
                "SLACK_APP_TOKEN": local_slack.APP_TOKEN,
                "SLACK_SIGNING_SECRET": "",
                "SLACK_API_BASE_URL": slack.base_url,
            },
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches this program alone, and it ends the others
        )
        stack.callback(_end, brug)
        # Before its socket is open, what somebody asks would go nowhere.
        until(lambda: _hears(slack) or brug.poll() is not None, "Brug starts")
        me = local_slack.INVENTED[-1]
        # The page begins no conversation by itself: with a first question there is one.
        slack.ask_alone(me.email, FIRST)
        sys.stdout.write(WELCOME.format(page=page, name=me.name, port=slack.port))
        sys.stdout.flush()
        while not ended.wait(0.2):
            if brug.poll() is not None:
                return _complain("Brug stopped; what it said stands above")
    sys.stdout.write("\n  Gone, and nothing was kept.\n")
    return 0


def _hears(slack: local_slack.LocalSlack) -> bool:
    named = bool(slack.called("auth.test"))
    return named and any(entry["kind"] == "socket" for entry in slack.log())


def _end(brug: "subprocess.Popen[bytes]") -> None:
    brug.terminate()
    try:
        brug.wait(15)
    except subprocess.TimeoutExpired:
        brug.kill()
        brug.wait()


def _complain(what: str) -> int:
    sys.stderr.write(f"workspace: {what}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(int(os.environ.get("PORT", PORT))))
