"""Does a sentence go on from the last answer, and how (F50)? By its words alone.

Few sentences do, so that nothing is looked up for the others.
"""

import re
from enum import StrEnum

from store.search.dutch import CHILD

MOST_WORDS = 8
"""Words of a sentence that goes on; a longer one stands on its own."""

_MOST_MOVED = 6
"""Words of "en in Gent?"."""

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "eerste 1e 1ste premier premiere first",
            "tweede 2e 2de deuxieme second seconde",
            "derde 3e 3de troisieme third",
            "vierde 4e 4de quatrieme fourth",
            "vijfde 5e 5de cinquieme fifth",
        ),
        start=1,
    )
    for word in words.split()
}
_ENTRY = re.compile(
    r"\b(?:meer|vertel|toon|open|details?|info|plus|dites|montre\w*|tell|show|more)\b.*?"
    rf"\b(?P<which>\d{{1,3}}|{'|'.join(_ORDINALS)})\b(?! (?:jaar|ans|years?|j)\b)"
)
_PAGE = re.compile(
    r"(?:(?:en|ok|ja|et|and) )?"
    r"(?:(?:toon|geef|laat|montre\w*|affiche\w*|show|give|zijn|is|heb je|hebt u|are there)"
    r"(?: (?:me|mij|ons|er|eens|moi|nous|us|m en|en))* )?"
    r"(?:er )?"
    r"(?:nog(?: (?:meer|andere|enkele|een paar|\d))?|meer|de rest|(?:de )?volgende|"
    r"encore|plus|(?:la )?suite|(?:les )?suivants?|d autres|"
    r"(?:some |any )?more|(?:the )?(?:rest|next))"
    r"(?: (?:pagina|page|resultaten|resultats|results|zien|aub|graag|svp|please))*"
)
_WHO = re.compile(
    r"(?:(?:en|et|and) )?(?:(?:bij|naar|met|aan|a|chez) )?(?:wie|qui|who)\b"
    r"(?=.*\b(?:volgt|volgen|opvolg\w*|duo|tandem|coordina\w*|dekt|doet|verantwoordelijk\w*|"
    r"aanspreek\w*|contact\w*|bellen|mailen|moet ik|kan ik|"
    r"suit|couvre|responsable|covers?|follows?|in charge|responsible)\b)"
    r".*\b(?:daar\w*|dat|dit|hier\w*|die regio|deze regio|la|ca|y|cela|there|that|it)\b"
)
_MOVED = re.compile(
    r"(?:(?:en|alleen|enkel|maar dan|liever|ook|et|seulement|plutot|and|only|just|"
    r"wat met|what about|how about)\b)"
    r"(?! (?:wie|welke?|wanneer|waarom|hoe|ik|wij|qui|quels?|quelles?|quand|pourquoi|je|who|"
    r"which|when|why|i|bedankt|dank\w*|merci|thanks?)\b)"
)
_AGE = r"[-−+]?\d{1,2}(?: ?[-+])?(?: (?:tot|a|to|en) \d{1,2})?"
_NARROWED = re.compile(
    rf"(?:{_AGE} ?(?:jaar|jr|j|ans|years?(?: old)?)|[-−+]\d{{1,2}}|\d{{1,2}} jarigen?|"
    r"(?:nog )?niet (?:vol|volzet)|(?:met |nog )?(?:een )?(?:vrije plaats(?:en)?|plaats vrij)|"
    r"(?:in het |voor het )?(?:lager|secundair|kleuteronderwijs|basisonderwijs)(?: onderwijs)?)"
)
"""Says whom or what for and nothing else: of what, the last question said."""
_LEADS = re.compile(
    r"\s*(?:(?:en|alleen|enkel|maar dan|liever|ook|et|seulement|plutot|plutôt|and|only|just)\s+)?"
    r"(?:dan\s+)?(?:(?:wat met|what about|how about)\s+)?",
    re.IGNORECASE,
)
_LINKS = frozenset(
    [
        "en",
        "et",
        "een",
        "un",
        "une",
        "an",
        "and",
        "ook",
        "dan",
        "wat",
        "met",
        "what",
        "how",
        "about",
        "ok",
        "in",
        "te",
        "voor",
        "van",
        "rond",
        "bij",
        "uit",
        "naar",
        "regio",
        "de",
        "het",
        "la",
        "le",
        "les",
        "a",
        "au",
        "pour",
        "dans",
        "for",
        "near",
        "around",
        "of",
        "the",
        "then",
        "alors",
    ]
)


class Turn(StrEnum):
    """How a sentence goes on from the last answer."""

    PAGE = "page"
    """More of the list: "toon er nog"."""
    ENTRY = "entry"
    """One of the list: "vertel meer over 2"."""
    WHO = "who"
    """Who is there for it: "en wie volgt dat op?"."""
    MOVED = "moved"
    """The same question, elsewhere or narrower: "en in Gent?", "alleen −12"."""


def turn(folded: str) -> Turn | None:
    """Return how a folded sentence would go on from a last answer; None when it cannot.

    >>> turn("en in gent"), turn("wie dekt gent")
    (<Turn.MOVED: 'moved'>, None)
    """
    words = len(folded.split())
    if words > MOST_WORDS:
        return None
    if _PAGE.fullmatch(folded):
        return Turn.PAGE
    if _ENTRY.search(folded):
        return Turn.ENTRY
    if _WHO.match(folded):
        return Turn.WHO
    if _NARROWED.fullmatch(folded):
        return Turn.MOVED
    return Turn.MOVED if words <= _MOST_MOVED and _MOVED.match(folded) else None


def number(folded: str) -> int:
    """Return which number of a list a sentence names, from 1; 0 for none."""
    found = _ENTRY.search(folded)
    if not found:
        return 0
    said = found["which"]
    return int(said) if said.isdecimal() else _ORDINALS[said]


def without_lead(text: str) -> str:
    """Return what was typed without the words that only join it to what came before.

    >>> without_lead("en in Gent?")
    'in Gent?'
    """
    return _LEADS.sub("", text, count=1)


def only_links(folded: str) -> bool:
    """Return whether words only join, so that what was taken out of them was all."""
    return all(word in _LINKS or word in CHILD for word in folded.split())
