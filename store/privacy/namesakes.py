"""Names that belong to no child: of schools, streets, saints and months, and of public persons."""

import re

from store.privacy.expression import Expression
from store.privacy.plain import Word
from store.privacy.wordlists import listed

PLACE_OF_NAME = listed(
    """
    sint st saint sainte santa san koning koningin prins prinses keizer paus vzw asbl campus
    school basisschool kleuterschool lagereschool middenschool college instituut atheneum
    lyceum hogeschool universiteit ziekenhuis az uz kliniek huis huize villa kring stichting
    centrum dagcentrum mfc obc mpi ocmw caw gbs gvbs vbs bs sbs go internaat scholengroep
    scholengemeenschap netwerk werkgroep vereniging organisatie methodiek methode programma
    project projecten wet decreet zaal lokaal park station cafe rue place avenue fonds prijs
    cup orkaan kapel kerk parochie abdij klooster ecole institut lycee athenee hopital
    freinetschool steinerschool leefschool buurthuis jeugdhuis jeugdclub opvang
    kinderdagverblijf creche wijk buurt site tehuis leefgroep heilige heilig zorghuis
    ziekenhuizen jeugdcentrum wijkgezondheidscentrum onderwijsinstelling voorziening speelplein
    ckg cig cgg car kdv ibo ipo oobc oc bubao buso bulo sbo sgo pms cpas amo
    domein kasteel foundation hoeve boerderij zorgboerderij manege atelier werkplaats ecole
    agence agency association organisation organization federation federatie platform forum
    """
)
"""Words in front of a name that make it the name of a place, a school or an organisation."""

_PUBLIC_ROLE = listed(
    """
    minister ministers viceminister minister-president staatssecretaris burgemeester schepen
    gouverneur commissaris kinderrechtencommissaris parlementslid volksvertegenwoordiger prof
    professor dr auteur auteurs onderzoeker onderzoekster spreker spreekster filosoof
    psychiater criminoloog pedagoog kinderpsychiater socioloog coordinator coordinatrice
    coordinatoren regiocoordinator contactpersoon contactpersonen voorzitter voorzitster
    administrateur administrateur-generaal inspecteur woordvoerder woordvoerster moderator
    lesgever docent projectleider projectmedewerker stafmedewerker beleidsmedewerker
    netwerkcoordinator lector journalist coach deskundige expert ministre ministres
    bourgmestre echevin
    echevine auteure speaker mayor secretary researcher trekker brugfiguur regiodirecteur
    algemeen-directeur kabinetschef ombudsman ombudsvrouw collega collega's
    """
)
_AFTER_NAME_NO_PERSON = re.compile(
    r"\s(?:(?:school|college|instituut|stichting|fonds|atheneum|lyceum|hogeschool|"
    r"universiteit|vzw|asbl|ziekenhuis|"
    r"project|methode|methodiek|prijs|straat|plein|laan|park|campus|foundation|test|"
    r"model|wet|decreet|centrum|huis|"
    r"basisschool|institute|school|college|dag|week|cup|tour|tornooi)\b)",
    re.IGNORECASE,
)
# What a name is joined to; the second list also ends surnames (Van den Berg, Nieuwenhuis).
_JOINED = (
    "school",
    "scholen",
    "college",
    "instituut",
    "straat",
    "laan",
    "plein",
    "stichting",
    "fonds",
    "zaal",
    "ziekenhuis",
    "centrum",
    "methode",
    "wet",
    "decreet",
    "steenweg",
    "dreef",
    "prijs",
    "campus",
    "club",
    "netwerk",
)
_JOINED_BEFORE = (*_JOINED, "huis", "kapel", "kerk", "park", "kaai", "lei", "hof", "dal", "berg")
_FAMOUS = tuple(
    f" {name} "
    for name in [
        "don bosco",
        "thomas more",
        "karel de grote",
        "pieter simenon",
        "anne frank",
        "maria montessori",
        "rudolf steiner",
        "edith stein",
        "jan van eyck",
        "albert schweitzer",
        "martin luther",
        "nelson mandela",
        "jan palfijn",
        "maria middelares",
        "jan yperman",
        "teach for",
        "pius x",
        "albert i",
        "leopold ii",
        "leopold i",
        "boudewijn i",
        "moeder teresa",
        "maria theresia",
        "peter pan",
        "janusz korczak",
        "celestin freinet",
        "jean piaget",
        "loris malaguzzi",
        "emile verhaeren",
        "guido gezelle",
        "hendrik conscience",
        "jacques brel",
        "paul van ostaijen",
        "stijn streuvels",
        "maria goretti",
        "jan breydel",
        "pieter de coninck",
        "ernest claes",
        "lieven gevaert",
        "lieven bauwens",
        "simon stevin",
        "gerard mercator",
        "victor horta",
        "bert carlier",
        "ivo cornelis",
    ]
)

_PUBLIC_AFTER = re.compile(
    r"\s?[,(]?\s?(?:is|was|wordt|als|onze|de|en|nieuwe|als nieuwe|est|la|le)?\s?(?:de "
    r"|onze |als |nieuwe |notre |our |the )*"
    r"(?:(?!zijn |haar |hun |wil |mist |zoekt |heeft |kreeg |krijgt |"
    r"haat )\w+[- ])?(?:coordinat\w+|contactperso\w+|\w*directeur|\w*directrice|"
    r"\w*medewerk\w+|voorzit\w+|projectleid\w+|consulent\w*|onderzoek\w+|"
    r"lesgev\w+|docent\w*|trekker|brugfiguur\w*|expert\w*|spreker|spreekster|"
    r"psycholog\w+|criminoloog|professor|minister|\w*werker|"
    r"burgemeester|schepen|inspecteur|adviseur|\w*commissaris|auteur|schrijver|schrijfster|"
    r"pedago\w+|psychiater|filosoof|ombuds\w+|woordvoer\w+|\w*hoogleraar|begeleid(?:er|ster)|lector|moderator|"
    r"moderate\w*|van (?:het|de) (?:CLB|VCLB|CAW|OCMW|agentschap|netwerk|departement)|"
    r"\((?:CLB|VCLB|CAW|OCMW|Arktos|Opgroeien)|van (?:Arktos|Opgroeien)|schreef|geeft "
    r"(?:een |de )?(?:vorming|lezing|webinar)|licht)",
)

_PUBLIC_BEFORE = Expression(
    r"\b(?:minister|staatssecretaris|burgemeester|schepen|gouverneur|commissaris|"
    r"voorzitter|auteur|coordinator|directeur|directrice|spreker|"
    r"sprekers|professor|contactpersoon|contact|inlichtingen|"
    r"inschrijven)\b[^.;]{0,32}(?:,|:|\(|\bis|\bbij|\bvia)\s?$"
    r"|\b(?:vorming|lezing|webinar|studiedag|workshop|boek|studie|onderzoek|rapport|"
    r"advies|keynote|artikel|opleiding|infosessie|intervisie|"
    r"gastspreker|panel|methode|theorie|model|formation|training|lecture|book|"
    r"livre|cursus|programma|handboek|protocol|toolbox|toolkit|vragenlijst|film|documentaire|"
    r"podcast|reeks|aanpak|visie|citaat|uitspraak|expo|voorstelling)\s(?:[\w-]+\s){0,3}(?:door|van|met|by|par|de|of|volgens)\s$"
    r"|\b(?:minister|schepen|staatssecretaris|directeur|directrice|voorzitter|hoofd|commissaris|"
    r"professor|hoogleraar|coordinator|coordinatrice|ministre)\s(?:van|voor|in|de|du)\s"
    r"(?:[\w-]+\s){1,4}$"
    r"|\b(?:aldus|volgens|selon|d'apres|according to)\s$",
    re.IGNORECASE,
)
_PARTNER = re.compile(r"\s(?:en|&|et|and)\s[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?")
_WHAT_IT_IS = re.compile(
    r",\s(?:het|een|de|ons|le|la|the|a)\s(?:[\w-]+\s)?(?:programma|project|methode|methodiek|boek|"
    r"film|school|vzw|organisatie|spel|app|campagne|podcast|website|tool|aanbod|cursus|programme|"
    r"projet|livre|program|book|huis|dienst|werking|platform)\b"
)
_NUMBER_AFTER = re.compile(r"\.?\s?\d{1,4}(?!\d|\s?(?:de|ste|e|jaar|j\b|[A-Z]))")
_MONTHS = frozenset(("jan", "mei", "april", "june", "juni", "august", "mai", "may"))
_ARTICLES_OF_HOUSES = frozenset(("de", "het", "ter", "ten", "la", "le", "mater"))
_GAPS = frozenset((" ", "-", ". ", ' "', " '", "! "))


def is_institution(text: str, words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether a name belongs to a school, a street, a saint or a month.

    Args:
        text: The text.
        words: Its words.
        first: Index of the name's first word.
        last: Index of its last.

    Returns:
        Whether it is no person's.
    """
    word, end = words[first], words[last].end
    if first and _follows_place_word(text, words[first - 1], word):
        return True
    padded = f" {text[word.start : end].lower()} "
    return (
        word.lower.startswith(("sint-", "saint-", "st-"))
        or any(famous in padded for famous in _FAMOUS)
        or _AFTER_NAME_NO_PERSON.match(text, end) is not None
        or _WHAT_IT_IS.match(text, end) is not None
        or words[last].lower.endswith(_JOINED)
        or (text[end : end + 1] in ("-", "@") and text[end + 1 : end + 2].isalnum())
        or (first == last and _is_month(text, word))
    )


def _follows_place_word(text: str, previous: Word, word: Word) -> bool:
    """Whether "basisschool", "Sint" or "De" stands in front."""
    gap = text[previous.end : word.start]
    if gap not in _GAPS:
        return False
    head = previous.lower.rsplit("-", 1)[-1]
    return (
        head in PLACE_OF_NAME
        or previous.lower.endswith(_JOINED_BEFORE)
        or (gap == " " and previous.capital and previous.lower in _ARTICLES_OF_HOUSES)
    )


def _is_month(text: str, word: Word) -> bool:
    """Whether a day or a year stands against it: "jan. 2026", "3 mei"."""
    return word.lower in _MONTHS and (
        _NUMBER_AFTER.match(text, word.end) is not None
        or text[max(0, word.start - 3) : word.start].rstrip()[-1:].isdigit()
    )


def is_public(text: str, words: tuple[Word, ...], first: int, end: int) -> bool:
    """Whether someone is named in a public role: a minister, an author, a coordinator.

    Args:
        text: The text.
        words: Its words.
        first: Index of the name's first word.
        end: Where the name ends in the text.

    Returns:
        Whether the role stands beside the name.
    """
    start = words[first].start
    if (partner := _PARTNER.match(text, end)) is not None:
        end = partner.end()
    if _PUBLIC_AFTER.match(text, end) or _PUBLIC_BEFORE.search(text, max(0, start - 60), start):
        return True
    before = [word.lower for word in words[max(0, first - 2) : first]]
    return bool(before) and (
        before[-1] in _PUBLIC_ROLE or (before[-1] in _JOINS and before[0] in _PUBLIC_ROLE)
    )


_JOINS = frozenset(("is", "was", "en", "door", "van", "met", "onze", "de"))
