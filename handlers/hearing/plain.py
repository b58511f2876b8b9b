"""Fold what people type: case, accents, apostrophes, hyphens, invisible characters.

Two texts that a person would read as the same word get the same key here. The text itself is
never changed: every word keeps its span, so that an answer can quote what was typed.
"""

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS = 10_000
"""What lies behind this is not read: no question is longer, and a pasted book stays bounded."""

MOST_WORDS = 256
"""At most so many words are looked at; about one page."""

# A combining accent, a soft hyphen or a zero-width character belongs to the word it stands in:
# telephones and copied web pages put them there, and nobody sees them.
_UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_UNSEEN}])*")
_SAINTS = frozenset({"st", "ste", "saint", "sainte", "sankt"})
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands in a text.

    Attributes:
        text: The word as typed.
        plain: In lower case, without accents.
        key: The same by `key_of`, as words of names are known.
        start: The index in the text of its first character.
        end: The index behind its last character.
    """

    text: str
    plain: str
    key: str
    start: int
    end: int


def clean(text: str) -> str:
    """Give the text without control characters and lone surrogates; line ends and tabs stay."""
    return text if text.isprintable() else "".join(filter(_may_stay, text))


def fold(text: str) -> str:
    """Give the words in lower case, without accents and punctuation, one blank between them.

    >>> fold("Waar ligt Liège-sur-Meuse?")
    'waar ligt liege sur meuse'
    """
    if text.isascii() and text.isalnum():
        return text.lower()  # one plain word, as most calls have
    return " ".join(_bare(match.group()) for match in _WORD.finditer(text))


def key_of(word: str) -> str:
    """Give the key under which a word of a name is known.

    `ij` and `y` are one letter, and all spellings of *Saint* are one word: people write
    "Izegem" and "Yzegem", "St.-Niklaas" and "Saint-Nicolas".
    """
    return _key(_bare(word))


def keys_of(name: str) -> tuple[str, ...]:
    """Give the keys of the words of a name, in order."""
    return tuple(key_of(match.group()) for match in _WORD.finditer(name))


def words_of(text: str) -> tuple[Word, ...]:
    """Give the words of a text with their spans: at most `MOST_WORDS` of them.

    A word is a run of letters and digits; everything else parts words.
    """
    words: list[Word] = []
    for match in _WORD.finditer(text, 0, MOST_CHARACTERS):
        typed = match.group()
        plain = _bare(typed)
        words.append(Word(typed, plain, _key(plain), match.start(), match.end()))
        if len(words) == MOST_WORDS:
            break
    return tuple(words)


def sound_of(key: str) -> str:
    """Give a key that words with the same sound in Dutch share ("kortryk", "cortrijck").

    Old spellings (ae, gh, ck, th), Flemish ones (y for ij) and slips of the ear fall together.
    """
    for written, heard in _SOUNDS:
        if written in key:
            key = key.replace(written, heard)
    key = _DOUBLE.sub(r"\1", key)
    return key[:-1] + "t" if key.endswith("d") else key


# In this order: what comes later sees what came earlier.
_SOUNDS = (
    ("uy", "ui"),
    ("ae", "a"),
    ("ei", "y"),
    ("ey", "y"),
    ("au", "ou"),
    ("gh", "g"),
    ("sch", "sg"),
    ("ch", "g"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("c", "k"),
    ("th", "t"),
    ("ph", "f"),
    ("x", "ks"),
    ("qu", "kw"),
    ("z", "s"),
    ("v", "f"),
    ("dt", "t"),
)
_DOUBLE = re.compile(r"(.)\1+")


def _bare(word: str) -> str:
    """Give one word in lower case, without accents and what nobody sees in it."""
    small = word.casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small).translate(_LETTERS)
    return "".join(filter(str.isalnum, apart))


def _key(plain: str) -> str:
    key = plain.replace("ij", "y")
    return "sint" if key in _SAINTS else key


def _may_stay(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
