"""The slow first steps, taken when a server starts: nobody's first signal pays for them.

Measured: lists, rules, places and the calendar take 1 to 2.5 s. Inside the transaction of whoever
came first, all who write would wait behind it, and be told that Brug is too busy.
"""

import logging
from datetime import datetime
from threading import Thread

from bot.assistant import Assistant
from bot.collecting import settle
from handlers.actors import Caller
from handlers.context import BRUSSELS
from handlers.schooldays import is_public_holiday
from handlers.speech.words import LANGUAGES, Words, phrases
from store import Store, StoreError
from store.privacy import warm_up as warm_up_guard

logger = logging.getLogger(__name__)

_NOBODY = Caller("console", "", "")


def warm_up(assistant: Assistant, store: Store, now: datetime) -> None:
    """Take them now.

    Args:
        assistant: Who will answer: it reads the places.
        store: Where the signals are; their echoes are listened for.
        now: The moment (UTC).

    Raises:
        StoreError: If the database does not answer.
    """
    warm_up_guard()
    today = now.astimezone(BRUSSELS).date()
    is_public_holiday(today)
    for language in LANGUAGES:
        phrases(language)
        Words(language).date(today)
    assistant.start(_NOBODY)
    with store.read() as tx:
        tx.signals.similar("wachtlijst")


def warm_up_aside(assistant: Assistant, store: Store, now: datetime) -> None:
    """Take them in a thread, while the server starts: it answers meanwhile, only slower."""

    def run() -> None:
        try:
            warm_up(assistant, store, now)
        except StoreError as fault:  # whoever asks first takes them then
            logger.warning("could not warm up: %s", type(fault).__name__)
        settle()

    Thread(target=run, name="warm-up", daemon=True).start()
