"""Signs that somebody looks for something in the directory: a question, an age, a term.

Dutch first, then French and English.
"""

import re
from functools import cache

from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from store.glossary import VOCABULARY
from store.search.vocabulary import read_vocabulary

_SEEKS = re.compile(
    r"\b(is er|zijn er|bestaat|bestaan|heb je|hebben jullie|ken je|kennen jullie|zoek\w*|gezocht|"
    r"waar kan|waar kunnen|waar vind\w*|iets (voor|rond|met|om|tegen)|wat is er|wat bestaat|"
    r"welke?|toon|geef|mogelijkhe\w+|nood aan|nodig|"
    r"y a t il|existe\w*|je cherche|nous cherchons|cherche|trouver|proposez|montre\w*|"
    r"is there|are there|anything|something for|looking for|find|show|exists?|need)\b"
)
_AGE = re.compile(
    r"\b\d{1,2} ?(?:j\b|jaar|jarige?n?|ans\b|years? old|year olds?)|"
    r"\b(?:plus|min|onder|boven|vanaf) (?:de )?\d{1,2}\b|"
    r"\b(?:kleuters?|kinderen|kind|jongeren?|tieners?|leerling(?:en)?|"
    r"enfants?|jeunes?|adolescents?|children|child|teens?|teenagers?|youngsters?|pupils?)\b"
)
_ADDS = re.compile(
    r"\b(?:toevoegen|voeg .*\btoe|zet .*\b(?:erbij|er bij|"
    r"in (?:de|jullie|het) (?:lijst|gids|agenda|kalender))|"
    r"aankondigen|aan te kondigen|publiceren|invoeren|"
    r"ajouter|ajoutez|annoncer|publier|add (?:our|my|a|an|this)|announce|publish)\b"
)
_SIGNED_AGE = re.compile(r"(?:^|\s)[+−-]\s?1?\d\b")


def seeks(sentence: Sentence) -> bool:
    """Return whether a sentence asks what there is."""
    return bool(_SEEKS.search(sentence.folded))


def adds(sentence: Sentence) -> bool:
    """Return whether somebody wants to put something into the directory, not to find something."""
    return bool(_ADDS.search(sentence.folded)) and not sentence.text.rstrip().endswith("?")


def says_age(sentence: Sentence) -> bool:
    """Return whether a sentence says for whom: an age, children, pupils."""
    return bool(_AGE.search(sentence.folded) or _SIGNED_AGE.search(sentence.text))


def of_the_field(sentence: Sentence) -> bool:
    """Return whether a sentence holds a word of the field: a theme, a kind, an abbreviation."""
    return names_term(sentence.text)


def names_term(text: str) -> bool:
    """Return whether a text holds such a word."""
    return bool(_terms().search(fold(text)))


@cache
def _terms() -> re.Pattern[str]:
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        vocabulary = read_vocabulary(lines)
    names = {
        fold(name) for term in vocabulary.searched if term.facet for name in term.names
    } - _EVERYDAY
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


_EVERYDAY = frozenset(
    {"netwerk", "netwerken", "moment", "momenten", "vorming", "vormingen", "clb"}
)
"""Words of the field that say too little alone; the features that they name hear them."""
