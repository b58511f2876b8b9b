"""What is asked about who covers what: everybody, one side of a tandem, somebody's partner."""

import re

from handlers.hearing.plain import fold
from store.records import Side

PARTNER = re.compile(
    r"\b(tandem\w*|partner\w*|collega\w*|team|duo|samen\w* met|naast|"
    r"binome|collegue|partenaire|colleague|works? with|teams? up)\b"
)
WHO = re.compile(
    r"\b(wie|contact\w*|coordina\w+|aanspreek\w+|duo|tandem\w*|verantwoordelijke?n?|terecht|"
    r"bereik\w*|(?:e ?)?mail\w*|telefoon\w*|qui|contacter|responsable|binome|joindre|"
    r"who|whom|responsible|reach|covers?|in charge|welke regio|quelle region|which region)\b"
)
_ONE = (
    r"(?:coordina\w+|kant|zijde|contact\w*|collega|persoon|iemand|wie|aanspreek\w+|partner|"
    r"verantwoordelijke|vertegenwoordig\w+|cote|side|enkel|alleen|only|seulement|juste|just|qui|"
    r"who|someone|quelqu un|responsable|colleague|person)"
)
_TO = (
    r"(?: (?:is|zit|er|van|vanuit|voor|uit|in|bij|aan|de|het|dan|du|le|la|l|cote|kant|zijde|from|"
    r"for|of|on|the|namens|est|pour|doet|vertegenwoordigt))*"
)
_YOUTH_CARE = (
    r"jeugdhulp(?: onderwijs)?|jeugdzorg|welzijn\w*|opgroeien|aide a la jeunesse|"
    r"bien etre|youth care|welfare"
)
_AGAINST_DROPOUT = (
    r"samen tegen schooluitval|sts|schooluitval|onderwijs\w*|clb\w*|enseignement|"
    r"decrochage|education"
)
_SIDE = (
    rf"\b{_ONE}{_TO} (?:{{0}})\b|"
    r"\b(?:{0}) ?(?:kant|zijde|side|coordina\w+|collega|persoon|contact\w*)\b"
)
# A side counts only where somebody of that side is asked for: the networks themselves are called
# "jeugdhulp-onderwijs" too, and a pupil may be in youth care.
_SIDES = {
    Side.YOUTH_CARE: re.compile(_SIDE.format(_YOUTH_CARE)),
    Side.AGAINST_DROPOUT: re.compile(_SIDE.format(_AGAINST_DROPOUT)),
}
_BOTH = re.compile(
    rf"\b(?:{_YOUTH_CARE}) (?:en|et|and|of|ou|or) (?:\w+ )?(?:{_AGAINST_DROPOUT})\b"
)
ADDRESS = re.compile(
    r"\s*[^\d,;]{3,40}\s\d{1,4}\s?[a-z]?(?:\s?(?:bus|bte|box|b)\.?\s?\w{1,4})?[,;]?\s+"
    r"(?:b-?\s?)?[1-9]\d{3}\s+[^\d,;?!]{2,40}",
    re.IGNORECASE,
)
"""Nothing but the address of a school or a home: "Kerkstraat 12, 9300 Aalst"."""
PHONE = re.compile(
    r"\b(?:(?:telefoon|gsm)?nummers?|telefoons?|telefonisch|gsm|tel|(?:op)?bellen|bel ik|"
    r"telephone\w*|numeros?|appeler|phones?|phone numbers?|call)\b"
)
"""Asks for a telephone number."""
EVERYBODY = re.compile(
    r"\b(?:alle|al de|iedereen|allemaal|heel|gans|lijst|overzicht|volledig\w*|tous|toutes?|liste|"
    r"all|every|whole|list|full|entire)\b.*"
    r"\b(?:contact\w*|coordina\w+|duo ?s?|tandems?|regio ?s|vlaanderen|binomes?|regions?|"
    r"flandre|flanders|iedereen|everyone|everybody)\b|\bde (?:contactlijst|contactpersonen)\b"
)
"""Asks for the list of contacts as a whole."""
OWN = re.compile(
    r"\b(?:mijn|mijne|mij|mn|ons|onze|eigen|mon|ma|mes|notre|nos|my|our) (?:eigen |own )?"
    r"(?:coordina\w+|contact\w*|aanspreek\w+|duo|tandem\w*|regio|binome|responsable|region)\b"
)
"""Asks for who covers the region of whoever asks."""
MYSELF = re.compile(
    r"^(?:(?:wie ben |c est )?(?:ik|moi)|myself|(?:wat is |quelle est |what is |what s )?"
    r"(?:mijn regio(?: s)?|ma region|mes regions|my regions?))$|"
    r"\b(?:welke regio(?: s)?\b.*\bik|quelles? regions?\b.*\bje|which regions?\b.*\bi)\b"
)
"""Asks what whoever asks stands for: "welke regio doe ik?"."""


def side_of(text: str) -> Side | None:
    """Return the side of the tandem that is asked for; None for both, as nearly always."""
    said = fold(text)
    if _BOTH.search(said):
        return None
    sides = [side for side, words in _SIDES.items() if words.search(said)]
    return sides[0] if len(sides) == 1 else None
