"""Telephone numbers that are written so that no list of digits finds them.

In words ("nul vier zeven nul, twaalf, ..."), half in words, with the letter O for a nought, or a
local number without its area code behind "tel.".
"""

import re
from collections.abc import Iterator

from store.privacy.expression import Expression
from store.privacy.finding import Kind
from store.privacy.plain import Found, Plain

_UNITS = (
    r"nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|"
    r"zestien|zeventien|achttien|negentien|zero|un|deux|trois|quatre|cinq|sept|huit|neuf|one|two|"
    r"three|four|five|six|seven|eight|nine"
)
_WORD = (
    rf"(?:(?:[a-z]+)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)|{_UNITS})"
)
_STEP = r"[\s,./-]{1,3}"
_IN_WORDS = Expression(
    rf"\b(?:(?:nul|zero){_STEP}(?:{_WORD}{_STEP}){{3,9}}{_WORD}"
    rf"|vier{_STEP}(?:zeven|acht|negen){_STEP}(?:{_WORD}{_STEP}){{2,8}}{_WORD}"
    rf"|(?:nul|zero){_STEP}vierhonderd\s?(?:en\s?)?[a-z]+(?:{_STEP}(?:\d{{2}}|{_WORD})){{2,3}}"
    rf"|04[5-9]\d{_STEP}(?:\d{{2}}{_STEP}){{0,2}}{_WORD}(?:{_STEP}(?:\d{{2}}|{_WORD})){{1,3}})\b"
)
_WITH_LETTERS = re.compile(r"(?<!\w)[0O][4O][\dO]{1,2}(?:[\s./-]{0,2}[\dO]){5,7}(?!\w)")
_LOCAL = Expression(
    r"\b(?:tel|telefoon|telefoonnummer|gsm|gsm-nummer)\b[\s.:]{0,3}(?:nr\.?\s|is\s)?"
    r"(\d{2,3}[\s./-]?\d{2}[\s./-]?\d{2})(?![\s./-]?\d)"
)


def disguised_telephones(plain: Plain) -> Iterator[Found]:
    """Telephone numbers in words, with letters among the digits, or without an area code.

    Args:
        plain: The text.

    Yields:
        Where they stand.
    """
    lower = plain.lower
    for match in _IN_WORDS.finditer(lower):
        yield match.start(), match.end(), Kind.PHONE
    for match in _WITH_LETTERS.finditer(plain.text) if "O" in plain.text else ():
        if "O" in match[0] and sum(c.isdigit() for c in match[0]) >= _FEWEST_DIGITS:
            yield match.start(), match.end(), Kind.PHONE
    for match in _LOCAL.finditer(lower):
        yield match.start(1), match.end(1), Kind.PHONE


_FEWEST_DIGITS = 6
