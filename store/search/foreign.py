"""Words of French and English questions that ask nothing of a directory in Dutch.

Only where somebody speaks that language: "les" is a lesson in Dutch, "die" a word for that.
"""

import re

_ASIDE = {
    "fr": r"y a[- ]t[- ]il|est[- ]ce qu[e'’]|existe[- ]t[- ]il|il y a|avez[- ]vous|"
    r"je cherche|nous cherchons|on cherche|quelque chose|qu[e'’]est[- ]ce qu[e'’]|"
    r"un|une|des|du|le|la|les|l['’]|d['’]|pour|à(?! \d)|au|aux|en|dans|sur|avec|chez|"
    r"et(?! \d)|ou|par|près|qui|que|quels?|quelles?|où|est|sont|existent?|cherche[rz]?|"
    r"trouve[rz]?|peut|montrez|ados?|adolescente?s?|jeunes?|enfants?|élèves?|filles?|garçons?|"
    r"gamine?s?|gosses?|écolière?s?|écoliers?|étudiante?s?|fils|places?|"
    r"offres?|formations?|réseaux?|bonnes? pratiques?|région",
    "en": r"is there|are there|do you have|looking for|what about|"
    r"an?|any|the|for|from|at|about|on|with|near|around|and(?! \d)|or|to(?! \d)|who|which|"
    r"what|where|when|is|are|do|does|can|i|we|you|have|has|need|find|show|me|us|some|"
    r"something|anything|being|child|children|kids?|boys?|girls?|toddlers?|lads?|son|daughter|"
    r"young|people|person|youth|places?|spots?|"
    r"youngsters?|teen(?:ager)?s?|pupils?|students?|offerings?|trainings?|networks?|"
    r"good practices?|practices?|region",
}
_PATTERNS = {
    language: re.compile(
        rf"(?<!\w)(?:{words})(?<=['’])|(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE
    )
    for language, words in _ASIDE.items()
}


_SURELY = {
    "fr": re.compile(
        r"\b(?:je cherche|nous cherchons|on cherche|y a[- ]t[- ]il|avez[- ]vous|est[- ]ce qu|"
        r"existe[- ]t[- ]il|pour une?|quel(?:le)?s?)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:is there|are there|do you have|looking for|i need|what about|for an?)\b",
        re.IGNORECASE,
    ),
}
"""What nobody says in another language: the question counts as one in this."""


def aside(text: str, language: str) -> list[tuple[int, int]]:
    """Return where words of a question stand that are not searched for; none of Dutch.

    Whoever set Dutch and asks in French is read in French.
    """
    spoken = next((own for own, surely in _SURELY.items() if surely.search(text)), language)
    pattern = _PATTERNS.get(spoken)
    return [found.span() for found in pattern.finditer(text)] if pattern else []
