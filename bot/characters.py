"""Characters that may leave the house: what is taken out, where a text is cut, which links go.

What people typed comes back in answers ("Ik ken … niet"). In a terminal a control character is a
command, in a chat a bidirectional override turns a sentence around, and half a surrogate pair
cannot be sent at all. So every answer goes through here before a room draws it.
"""

import re
from urllib.parse import quote

_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile("\n{3,}")
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 without tab and line breaks: commands to a terminal
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of reading
    "]"
)
_PAIRS = re.compile("[\U00010000-\U0010ffff]")
"""Characters of two code units."""
_URL = re.compile(r"(?:https?://|mailto:)[^\s<>|\"\\^`{}]+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>|\"]+@[^\s@<>|\"]+")

URL_LENGTH = 2000
"""Characters in a link. Slack takes 3,000 in a button; many browsers stop at 2,000."""


def clean(text: str) -> str:
    """Return a text without anything that commands a terminal or cannot be sent.

    Line breaks stay, as newlines and at most two in a row; a tab becomes a space; half a
    surrogate pair becomes the replacement character.
    """
    # Nearly always: what Python calls printable has none of it, nor a line break or a tab.
    if text.isprintable():
        return text
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return _BLANKS.sub("\n\n", _SURROGATES.sub("\ufffd", _UNWANTED.sub("", text)))


def one_line(text: str) -> str:
    """Return a clean text on one line, with single spaces."""
    return " ".join(clean(text).split())


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units.

    The platforms don't say what they count as a character. UTF-16 is what their clients count
    in, and never less than the number of code points.
    """
    if text.isascii():  # nearly always, and quicker than looking at each of them
        return len(text)
    return len(text) + len(_PAIRS.findall(text))


def cut(text: str, limit: int) -> str:
    """Return at most `limit` UTF-16 code units of a text; where something is gone stands "…"."""
    # Nearly always: no character takes more than two.
    if 2 * len(text) <= limit or units(text) <= limit:
        return text
    kept, length = 0, 0
    for character in text:
        length += units(character)
        if length > limit - 1:
            break
        kept += 1
    return text[:kept].rstrip().removesuffix("\u200d") + "…"


def safe_url(url: str) -> str:
    """Return a link that may be shown, or "" for one that may not: only http, https, mailto."""
    url = url.strip()
    return url if len(url) <= URL_LENGTH and _URL.fullmatch(url) else ""


def mailto(email: str) -> str:
    """Return the link that writes to an address, or "" when it is no address."""
    return f"mailto:{quote(email, safe='@+')}" if _EMAIL.fullmatch(email) else ""
