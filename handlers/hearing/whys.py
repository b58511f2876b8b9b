"""Does somebody ask, in words, what "Waarom?" under an answer says (F51)?"""

import re

from handlers.hearing.plain import fold

_WHYS = re.compile(
    r"(?:en )?waarom(?: dat| dit| dit antwoord| zeg je dat)?|hoezo|hoe weet (?:je|jij) dat|"
    r"hoe kom je daar ?bij|waar haal je dat(?: vandaan)?|(?:van )?waar komt dat(?: vandaan)?|"
    r"waar staat dat|van wie weet je dat|(?:wat is )?(?:de |je )?bron|"
    r"(?:et )?pourquoi(?: ca| cette reponse)?|comment le sa(?:is tu|vez vous)|"
    r"d ou vient cette information|(?:quelle est )?la source|source|"
    r"(?:and )?why(?: that| is that| this answer)?|how come|how do you know(?: that)?|"
    r"where does that come from|what(?: is| s) the source"
)
_LONGEST = 60
"""Characters of such words; a document need not be folded to know that it is none."""


def asks_why(text: str) -> bool:
    """Return whether these words ask how the last answer came about, and nothing else.

    >>> asks_why("Waarom?"), asks_why("Waarom weigert iemand school?")
    (True, False)
    """
    return len(text) <= _LONGEST and bool(_WHYS.fullmatch(fold(text)))
