"""Dutch as the index sees it: folded words, stems, sounds, and the words that ask nothing.

The stemmer is a light one on purpose. Snowball's Dutch stemmer conflates more ("begeleid",
"beleid"), and here a wrong conflation costs more than a missed one: what it misses, the compound
parts and the fuzzy expansion find.
"""

import re
import unicodedata
from functools import lru_cache

# A word; of one that is longer than any Dutch word, the last forty letters.
WORD = re.compile(r"[0-9a-z]{1,40}(?![0-9a-z])")
_HYPHENATED = re.compile(r"[0-9a-z]+(?:[-&][0-9a-z]+)+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ł": "l"})
_CACHED_WORDS = 8192  # words of recent questions; a build keeps its own stems


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Snowball's stop list for Dutch (BSD licence), which every engine of the field starts from.
STOP = _set(
    """de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om
    hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar
    heb hoe heeft hebben deze u want nog zal me zij nu ge geen omdat iets worden toch al waren veel
    meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd altijd doch wordt
    wezen kunnen ons zelf tegen na reeds wil kon niets uw iemand geweest andere"""
)
# In a text these only link; in a question they ask nothing.
LINKING = STOP | {"rond", "via"}
# Greetings, the scaffolding of a question, auxiliaries: known words that are never searched for.
FILLERS = LINKING | _set(
    """goedemorgen goedemiddag goedenavond goeiedag hallo hoi hey beste groeten dank bedankt
    alstublieft alsjeblieft aub svp graag zoek zoeken zoekt gezocht opzoek vind vinden vindt
    gevonden helpen helpt weet weten kent kennen bestaat bestaan bent waar wanneer welk welke
    hoeveel waarom waarvoor waarmee niemand ergens nodig terecht terechtkunnen kunt jij jullie wij
    jouw jou onze hebt willen wilt wou zouden moeten mogen mag laten gaat gaan ga komt komen kom
    krijgen krijgt krijg gedaan zeggen heel erg omtrent per tussen toon geef lijst liefst misschien
    eventueel bijvoorbeeld ongeveer momenteel binnenkort eigenlijk gewoon even ofzo enzo vaak soms
    bijna steeds weer echt zeer durft durven geeft geven werkt staat gepland naartoe alle allerlei
    allemaal eender overal elke elk iedere ieder"""
)
# Whom it is for: that is so of everything here. They rank, and hardly count as asked for.
CHILD = _set(
    """kind kinderen kindje kindjes kids kid leerling leerlingen scholier scholieren student
    studenten jongere jongeren jongen jongens jongetje jongetjes meisje meisjes gast gasten gastje
    gastjes puber pubers tiener tieners adolescent adolescenten peuter peuters zoon zoontje dochter
    dochtertje kleinkind kleinkinderen kleinzoon kleindochter"""
)
# Searched for, but light, and never what decides that nothing was found.
WEAK = CHILD | _set(
    """hulp hulpvraag vraag vragen nood behoefte broer zus vader moeder mama
    papa man vrouw partner wonen woon woont woonachtig buurt omgeving regio streek dichtbij nabij
    plaats plaatsen plek plekje plekken
    aanbod adres contact gegevens telefoon telefoonnummer informatie info overzicht mogelijkheid
    mogelijkheden activiteit activiteiten initiatief initiatieven project projecten
    maken jaar jaren oud oude jarige maand week dag vandaag morgen
    leerkracht leerkrachten leraar leraren goed beter nieuwe nieuw enkele paar
    dienst mensen school vlaanderen vlaamse belgie"""
)
# Little words that get typed onto the next one ("hetproject").
ARTICLES = ("het", "een", "voor", "van", "met", "bij", "de", "op", "in", "en")

_VOWELS = "aeiouy"
_MINIMUM_STEM = 3


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics ("Coördinatie" → "coordinatie")."""
    text = text.lower()
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(character for character in plain if not unicodedata.combining(character))


def words(folded: str) -> list[str]:
    """Return the words of a folded text, and after them hyphenated ones as one ("K&G" too)."""
    found = WORD.findall(folded)
    if "-" in folded or "&" in folded:
        whole = (found.replace("-", "").replace("&", "") for found in _HYPHENATED.findall(folded))
        joined = " ".join(whole)
        found += WORD.findall(joined)
    return found


def stem(word: str) -> str:
    """Return the stem of a folded word: no plural, no -ing, -en, -heid or diminutive.

    Final z/v become s/f, doubled vowels and consonants single ones, so that "groepen" and
    "groep", "raad" and "raden", "brief" and "brieven" meet.
    """
    if len(word) <= _MINIMUM_STEM or word[-1].isdigit():
        return word
    word = _without_ending(word)
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "aeioujs":  # noqa: PLR2004 - letters
        word = word[:-1]
    return _normal_end(word)


# Ending, shortest word that may lose it. The first that fits is taken off.
_ENDINGS = (
    ("heden", 6),
    ("heid", 8),
    ("ingen", 9),
    ("ing", 7),
    ("ieen", 7),
    ("jes", 7),
    ("je", 7),
)


def _without_ending(word: str) -> str:
    for ending, minimum in _ENDINGS:
        if len(word) >= minimum and word.endswith(ending):
            return word[: -2 if ending == "ieen" else -len(ending)]
    if len(word) > 4 and word.endswith("en") and word[-3] != "e":  # noqa: PLR2004 - letters
        return word[:-2]
    if len(word) > 4 and word.endswith("e") and word[-2] not in _VOWELS:  # noqa: PLR2004 - letters
        return word[:-1]
    return word


def _normal_end(word: str) -> str:
    if word[-1] in "zv":  # "lezen" and "lees"
        word = word[:-1] + ("s" if word[-1] == "z" else "f")
    if len(word) <= _MINIMUM_STEM:
        return word
    if word[-1] == word[-2] and word[-1] not in _VOWELS:
        word = word[:-1]
    if (
        len(word) > _MINIMUM_STEM
        and word[-1] not in _VOWELS
        and word[-2] == word[-3]
        and word[-2] in "aeou"
    ):
        word = word[:-2] + word[-1]
    return word


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch", "s9"),
        ("ch", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("qu", "kw"),
        ("x", "ks"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("9", "g"),
        ("ij|ei|y", "y"),
        ("ouw|auw|ou|au", "w"),
        ("ie", "i"),
        ("uw", "u"),
        ("z", "s"),
        ("v", "f"),
        ("dt$", "t"),
        ("d$", "t"),
        ("sj", "s"),
        (r"(.)\1+", r"\1"),
    )
]


def sound(word: str) -> str:
    """Return a folded word as it sounds, so that "ij" and "ei", "c" and "k", "d" and "t" meet."""
    heard = word
    for pattern, replacement in _SOUNDS:
        heard = pattern.sub(replacement, heard)
    return word if heard == word else heard


recent_stem = lru_cache(_CACHED_WORDS)(stem)
recent_sound = lru_cache(_CACHED_WORDS)(sound)
