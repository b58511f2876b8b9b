"""The text as the rules read it: one alphabet, no disguises, and the way back to what was typed.

Full-width and Arabic digits become 0-9, accents and zero-width characters disappear, every dash is
"-" and every apostrophe "'". Case stays: a capital is half of what makes a name.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from store.privacy.finding import Kind, Span

Found = tuple[int, int, Kind]
"""Where a rule found something: start and end in `Plain.text`, and what."""

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LINE_OR_SENTENCE_END = re.compile(r"\n|[.!?]+(?=\s)")
_NOT_AN_END = re.compile(
    r"(?:^|[\s(])(?:geb|str|nr|art|dhr|mevr|mw|mr|prof|dr|st|bv|ca|tel|blz|incl|resp|"
    r"vb|nl|jan|feb|"
    r"mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec|mme|mrs|no)$",
    re.IGNORECASE,
)
_MAY_CLOSE = frozenset(")]\"'%")
_BEFORE_AN_OPENING = frozenset(".!?:\n\"'«“([-•*>;")
_AS = {
    "º": "°",
    "‘": "'",
    "’": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "−": "-",
    "\u2043": "-",
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "\n": "\n",
    "\t": "\t",
    "\r": " ",
    "\u3164": " ",  # the fillers below are drawn as nothing, yet are letters or signs to Unicode
    "\u115f": " ",
    "\u1160": " ",
    "\uffa0": " ",
    "\u2800": " ",
}

# By category of Unicode: what is drawn as nothing disappears, dashes and spaces become one.
_READ_AS = {
    "Cf": "",
    "Mn": "",
    "Me": "",
    "Cc": "",
    "Pd": "-",
    "Zs": " ",
    "Cs": " ",
    "Zl": "\n",
    "Zp": "\n",
}


class Word(NamedTuple):
    """One word of a text; a tuple, as there are many and they are made on every text.

    Attributes:
        text: As written, without accents.
        lower: The same in lower case.
        start: Index of its first character in `Plain.text`.
        end: Index after its last.
    """

    text: str
    lower: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Whether it is in capitals altogether (an abbreviation, or someone who shouts)."""
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True)
class Plain:
    """A text without disguises.

    Attributes:
        text: What the rules read.
        origin: For every character of `text` its index in what was typed; None where they are the
            same.
        length: How many characters were typed.
    """

    text: str
    origin: tuple[int, ...] | None
    length: int

    @cached_property
    def lower(self) -> str:
        """The text in lower case, character for character.

        Rules that mind no capitals read this: a search that ignores case is several times slower.
        """
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(c if len(c.lower()) > 1 else c.lower() for c in self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word, in order."""
        text, lower = self.text, self.lower
        spans = [match.span() for match in _WORD.finditer(text)]
        return tuple([Word(text[start:end], lower[start:end], start, end) for start, end in spans])

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """Where each sentence ends."""
        return tuple(
            [
                match.end()
                for match in _LINE_OR_SENTENCE_END.finditer(self.text)
                if match[0] == "\n" or self._ends_sentence(match.start())
            ]
        )

    def _ends_sentence(self, point: int) -> bool:
        """Whether a point ends a sentence, rather than an initial or "geb."."""
        before = self.text[max(0, point - 8) : point]
        if before[-2:].isalpha() or before[-1:] in _MAY_CLOSE:
            return _NOT_AN_END.search(before) is None
        return before[-1:].isdigit()

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each sentence or line."""
        starts = (0, *self._ends)
        return tuple(zip(starts, (*self._ends, len(self.text)), strict=True))

    def sentence_at(self, index: int) -> tuple[int, int]:
        """Start and end of the sentence in which a character stands."""
        return self.sentences[bisect_right(self._ends, index)]

    def span(self, found: Found) -> Span:
        """The same place in the text as it was typed."""
        start, end, kind = found
        if self.origin is None:
            return Span(start, end, kind)
        after = self.origin[end] if end < len(self.origin) else self.length
        # One typed character can become several ("№" is "No"): its end is never before its start.
        return Span(self.origin[start], max(after, self.origin[end - 1] + 1), kind)

    def opens(self, word: Word) -> bool:
        """Whether a word opens a sentence or a line, so that its capital says nothing."""
        before = self.text[max(0, word.start - 6) : word.start].rstrip(" \t")
        return not before or before[-1] in _BEFORE_AN_OPENING


def plain(text: str) -> Plain:
    """Take a text's disguises off.

    Args:
        text: What somebody typed, in any alphabet, normalised or not.

    Returns:
        The text to read, with the way back.
    """
    if text.isascii() and text.isprintable():
        return Plain(text, None, len(text))
    table = {c: _read(c) for c in set(text) if not " " <= c <= "~"}
    if all(len(read) == 1 for read in table.values()):
        return Plain(text.translate(str.maketrans(table)), None, len(text))
    characters: list[str] = []
    origin: list[int] = []
    for index, typed in enumerate(text):
        read = table.get(typed, typed)
        characters.append(read)
        origin.extend([index] * len(read))
    return Plain("".join(characters), tuple(origin), len(text))


@lru_cache(maxsize=4096)
def _read(typed: str) -> str:
    """One typed character as the rules read it; nothing if it only disguises."""
    if typed in _AS:
        return _AS[typed]
    digit = unicodedata.decimal(typed, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(typed)
    if category in _READ_AS:
        return _READ_AS[category]
    folded = unicodedata.normalize("NFKD", typed)
    return "".join(c for c in folded if not unicodedata.combining(c)) or " "
