"""Pick the ordinary words that look like a misspelt place.

    python -m tests.handlers.hearing.words_like_places /usr/share/dict/dutch \\
        /usr/share/dict/american-english

The lists are OpenTaal's and SCOWL's (Debian's packages `wdutch`, 413,000 words, and `wamerican`,
104,000). Nearly all of their words look like no place; those that do go to
`store/seeds/words_like_places.txt`. Run it again when names of places come or go.
"""
# ruff: noqa: T201 - a program that prints what it did

import sys
from collections.abc import Iterator
from pathlib import Path

from handlers.hearing.lexicon import Lexicon
from handlers.hearing.names import Names
from handlers.hearing.plain import words_of
from store.records import Vocabulary
from store.seeds import reading

FILE = reading.FOLDER / "words_like_places.txt"

HEAD = """\
# Ordinary words at one or two slips from the name of a place, picked from the lists of Dutch words
# of OpenTaal (2.20.19) and of English ones of SCOWL (2020.12.07); see NOTICE. Made by
# tests/handlers/hearing/words_like_places.py on 2026-11-28.
"""


def like_places(words: Iterator[str]) -> Iterator[str]:
    """Give the words, as they are compared, that would be read as a misspelt place."""
    names = Names(reading.read_gazetteer())
    known = reading.read_vocabulary()
    lexicon = Lexicon(Vocabulary(known.words, known.names))
    for word in words:
        if not (word.isalpha() and word.islower()):
            continue
        said = words_of(word)
        if len(said) != 1 or lexicon.has(said[0].plain):
            continue
        key, plain = said[0].key, said[0].plain
        # What is a name as it stands is weighed by other rules.
        if names.senses(key) is None and (names.near(key, plain) or names.nearish(key)):
            yield plain


def main() -> None:
    """Write the list anew."""
    texts = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    chosen = sorted(set(like_places(word for text in texts for word in text.split())))
    FILE.write_text(HEAD + "\n".join(chosen) + "\n", encoding="utf-8")
    print(f"{len(chosen)} words")


if __name__ == "__main__":
    main()
