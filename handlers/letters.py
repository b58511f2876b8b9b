"""A letter to somebody, in the language that they read."""

from collections.abc import Callable
from datetime import datetime

from handlers.speech import pages
from handlers.speech.answer import Answer
from handlers.speech.words import Words
from store import Transaction
from store.records import Letter


def leave(  # noqa: PLR0913 - a letter is so many things
    tx: Transaction,
    key: str,
    reader: str,
    write: Callable[[Words], Answer],
    now: datetime,
    *,
    otherwise: str = "nl",
) -> bool:
    """Leave a letter in the outbox, unless one with this key is there already.

    Args:
        tx: Where the outbox is.
        key: Says what this letter is, so that it exists once.
        reader: Who reads it, and where it goes: "person:3" or "slack:T1:U2".
        write: Composes it with the phrases of the reader.
        now: The moment (UTC).
        otherwise: The language of whom nothing is known.

    Returns:
        Whether it is new.
    """
    language = tx.languages.of(reader, otherwise)
    page = pages.write(write(Words(language)))
    return tx.outbox.put(Letter(key, reader, page, now, language=language))
