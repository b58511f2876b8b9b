"""What somebody asks, without what came along: a quoted mail, a signature, a block of code."""

import re

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_QUOTED = re.compile(r"^\s*(?:>|&gt;).*$", re.MULTILINE)
_FORWARDED = re.compile(
    r"^\s*(?:-{2,}\s*)?(?:van|from|de|verzonden|sent|envoyé|aan|to|à|onderwerp|subject|objet|"
    r"datum|date|cc)\s*:.*$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = re.compile(
    r"^\s*(?:met (?:vriendelijke |hartelijke |beste |warme )?groet\w*|vriendelijke groet\w*|mvg|"
    r"groet(?:en|jes)?|hoogachtend|cordialement|bien à (?:vous|toi)|salutations|"
    r"(?:kind|best|warm) regards|regards|sincerely|--\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_QUESTION = re.compile(r"[^?!.\n]*\?")
_FEWEST_WORDS = 3
"""Words that make a question of its own: "toch?" is none."""
MOST_QUESTIONS = 4


def gist(text: str) -> str:
    r"""Return a text without code, quoted mail, signature; the text itself if nothing is left.

    >>> gist("Wie dekt Aalst?\n\nMet vriendelijke groeten\nNoor Voorbeeld")
    'Wie dekt Aalst?'
    """
    left = _QUOTED.sub("", _CODE.sub(" ", text))
    left = _FORWARDED.sub("", left)
    if (signed := _SIGNED.search(left)) and left[: signed.start()].strip():
        left = left[: signed.start()]
    return left.strip() or text


def first_of(text: str) -> str:
    """Return a text up to its first question, when it holds more than one.

    >>> first_of("Wij zitten in Aalst. Wie dekt ons? En is er daar een time-out?")
    'Wij zitten in Aalst. Wie dekt ons?'
    """
    asked = questions(text)
    return text[: text.index(asked[0]) + len(asked[0])] if asked else text


def questions(text: str) -> tuple[str, ...]:
    """Return the questions in a text, in order: at most `MOST_QUESTIONS`; one or none is none.

    >>> questions("Wie dekt Aalst? En is er daar een time-out? Toch?")
    ('Wie dekt Aalst?', 'En is er daar een time-out?')
    """
    found = [match.group().strip() for match in _QUESTION.finditer(text)]
    long_enough = [one for one in found if len(one.split()) >= _FEWEST_WORDS]
    return tuple(long_enough[:MOST_QUESTIONS]) if len(long_enough) > 1 else ()
