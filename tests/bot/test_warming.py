"""What a server does before anybody's first text."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from bot.assistant import Assistant, Submission
from bot.warming import warm_up
from handlers import FEATURES
from handlers.actors import Caller
from store import Store
from tests.conftest import MONDAY

NOOR = Caller("slack", "T1", "UNOOR")
FIELDS = {
    "text": "Er zijn te weinig plaatsen in een time-out.",
    "level": "secundair",
    "region": "limburg",
    "addressee": "beide",
}

_FIRST_SIGNAL = """
import json, sys
from bot.assistant import Assistant, Submission
from bot.warming import warm_up
from handlers import FEATURES
from store import open_store
from tests.bot.test_warming import FIELDS, MONDAY, NOOR

store = open_store(sys.argv[1])
assistant = Assistant(store, FEATURES, lambda: MONDAY)
if sys.argv[2] == "warm":
    warm_up(assistant, store, MONDAY)
touched = []
sys.addaudithook(
    lambda event, what: touched.append(str(what[0])) if event in ("open", "import") else None
)
answer = assistant.submit(Submission("signals", FIELDS, NOOR, state={"key": "k1"}))
print(json.dumps({"number": answer.data["number"], "touched": touched}))
"""


def first_signal(store: Store, how: str) -> dict[str, object]:
    """What the first signal of a process of its own touches: modules and files."""
    ran = subprocess.run(
        [sys.executable, "-c", _FIRST_SIGNAL, str(store.engine.url), how],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def test_the_first_signal_of_a_warm_server_reads_no_list_and_loads_no_code(
    sqlite_store: Store,
) -> None:
    assert first_signal(sqlite_store, "warm") == {"number": 1, "touched": []}


def test_without_warming_up_it_would(sqlite_store: Store) -> None:
    assert first_signal(sqlite_store, "cold")["touched"]


def test_a_server_that_warms_up_while_it_is_asked_answers_all_the_same(
    sqlite_store: Store,
) -> None:
    assistant = Assistant(sqlite_store, FEATURES, lambda: MONDAY)

    with ThreadPoolExecutor(2) as pool:
        warming = pool.submit(warm_up, assistant, sqlite_store, MONDAY)
        answer = assistant.submit(Submission("signals", FIELDS, NOOR, state={"key": "k1"}))
        warming.result()

    assert answer.data["number"] == 1
