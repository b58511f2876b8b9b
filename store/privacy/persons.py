"""Names of persons, weighed: what the word is, what stands beside it, what speaks against it.

Each candidate starts with a weight for its own form and gains or loses by its neighbours; from
`ENOUGH` on it counts as a name. No single list decides: a name in no list is found by "leerling X"
or "X (14)", and a name in every list is let through in "Sint-Jozef" or "basisschool Emma".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.privacy.finding import Kind
from store.privacy.neighbours import (
    beside,
    child_near,
    context,
    does,
    does_what_children_do,
    follows_cue,
)
from store.privacy.plain import Found, Plain, Word
from store.privacy.wordlists import Names, names

ENOUGH = 2
"""The weight from which a candidate counts as a person's name."""

HOPELESS = -1
"""A weight below this is not worth a look at the neighbours."""

_PARTICLES = frozenset(
    "van de der den ten ter te het el al ben bin ibn abu bint d' du di da dos das del la le von vander vanden".split()
)
_SURNAME_SHAPE = re.compile(
    r"(?:^(?:van|de|ver)[a-z]{4,}$|^(?:d'|o'|mc|al-|el-|ben)[a-z]{3,}$|"
    r"(?:ssens|aerts|ckx|kens|mans|oglu|enko|chuk|yshyn|ovic|evic|ewicz|wski|wska|ska|ov|ova|ev|eva|escu|iyev|dze|zadeh|"
    r"ouni|aoui|oui|idi|ani|oulou|mba|nga|shvili|yan|poulos|sson|ez)$)"
)
# Capitalised, and yet no person: calendar, languages and peoples, and what a sentence opens with.
_NO_NAME = frozenset(
    """
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus
    september oktober november december kerst kerstmis pasen paas allerheiligen pinksteren hemelvaart ramadan
    suikerfeest offerfeest carnaval krokus sinterklaas nieuwjaar corona covid lundi mardi mercredi jeudi vendredi
    samedi dimanche janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre monday tuesday
    wednesday thursday friday saturday sunday january february march june july august october toussaint noel paques
    nederlands frans engels duits turks arabisch marokkaans vlaams belgisch europees brussels gents antwerps limburgs
    nederland belgie belgique vlaanderen wallonie europa marokko turkije syrie irak iran afghanistan oekraine rusland
    polen roemenie bulgarije albanie kosovo somalie eritrea ethiopie congo ghana nigeria guinee frankrijk duitsland
    spanje italie portugal maroc turquie france belgium flanders morocco turkey ukraine syria
    de het een den der van en of maar want dus als dan ook nog niet geen wel bij in op aan uit over voor na om te tot
    met door naar tegen tussen zonder sinds wegens tijdens vanaf volgens omdat hoewel terwijl indien wanneer waar wat
    wie hoe welke waarom hij zij ze wij we jullie ik jij u uw mijn onze ons hun haar zijn deze dit die dat er hier
    daar nu toen vandaag gisteren morgen eergisteren onlangs momenteel sommige veel weinig alle elke iedere enkele
    twee drie vier vijf zes zeven acht negen tien beste geachte hallo dag hey hoi goeiemorgen bedankt dank alvast
    graag gelieve kan kunnen mag mogen moet moeten wil willen zou is was waren wordt worden heeft hebben had
    vraag vragen signaal consult consultvraag casus casusoverleg dossier overleg verslag verontrusting probleem situatie
    leerling leerlingen leerlinge jongen jongens meisje meisjes kind kinderen jongere jongeren kleuter kleuters
    student studenten gezin gezinnen ouder ouders moeder vader mama papa broer zus broers zussen zoon dochter
    school scholen klas klassen leerkracht leerkrachten directie directeur schooljaar schooluitval thuiszitter
    thuiszitters artikel week weken maand jaar jaren dagen uur type fase regio provincie stad gemeente
    groep team dienst diensten netwerk project traject aanbod plaats plaatsen wachtlijst wachtlijsten nood
    oma opa tante nonkel oom voogd pleegouders grootouders zusje broertje tweeling nieuwkomer nieuwkomers
    internaat leerplicht onderwijs welzijn jeugdhulp jeugdzorg opgroeien agentschap departement vlaamse minister
    le la les un une des du au aux et ou mais donc dans sur sous avec sans pour par chez depuis pendant apres avant
    il elle ils elles nous vous je tu mon ma mes notre nos votre son sa ses leur ce cet cette ces qui que quoi ou
    eleve enfant fille garcon maman ecole classe famille
    the a an and or but so if when where who what why how he she they we you i my our your his her their this that
    these those there here with without for from by at on in to of since during after before pupil student boy girl
    child children mother father parents family school class teacher
    koninklijk heilig heilige provinciaal gemeentelijk stedelijk vrij vrije nieuw nieuwe groot grote klein kleine
    oud oude noord oost zuid west midden hoog laag centraal lokaal lokale regionaal regionale nationaal
    centrum instituut college atheneum lyceum academie stichting huis hof straat laan plein markt campus
    smartschool teams whatsapp facebook instagram tiktok google discord roblox netflix excel word outlook slack
    kansrijk samen tegen time-out online mail email gsm sms telefoon naam voornaam achternaam adres leeftijd
    roma islam ramadan bijbel koran god allah
    """.split()
)
_PEOPLE_SHAPE = re.compile(
    r"(?:se|ische|isch|aans|aanse|ees|ese|ien|ienne|ais|aise|lijk|lijke|heid|ing|ingen|isme|schap|iteit|atie|tie)$"
)

_PLACE_OF_NAME = frozenset(
    """
    sint st saint sainte santa san koning koningin prins prinses keizer paus vzw asbl campus school basisschool
    kleuterschool lagereschool middenschool college instituut atheneum lyceum hogeschool universiteit ziekenhuis
    az uz kliniek huis huize villa kring stichting centrum dagcentrum mfc obc mpi ocmw caw gbs gvbs vbs bs sbs go
    internaat scholengroep scholengemeenschap netwerk werkgroep vereniging organisatie methodiek methode programma
    project projecten wet decreet zaal lokaal park station cafe rue place avenue fonds prijs cup orkaan kapel kerk
    parochie abdij klooster ecole institut lycee athenee hopital freinetschool steinerschool leefschool buurthuis
    jeugdhuis jeugdclub opvang kinderdagverblijf creche wijk buurt site tehuis leefgroep heilige heilig zorghuis
    ziekenhuizen jeugdcentrum wijkgezondheidscentrum onderwijsinstelling voorziening speelplein domein kasteel foundation
    """.split()
)
_PUBLIC_ROLE = frozenset(
    """
    minister ministers viceminister minister-president staatssecretaris burgemeester schepen gouverneur commissaris
    kinderrechtencommissaris parlementslid volksvertegenwoordiger prof professor dr auteur auteurs onderzoeker
    onderzoekster spreker spreekster filosoof psychiater criminoloog pedagoog kinderpsychiater socioloog
    coordinator coordinatrice coordinatoren regiocoordinator contactpersoon contactpersonen voorzitter voorzitster
    administrateur administrateur-generaal inspecteur woordvoerder woordvoerster moderator lesgever docent
    projectleider projectmedewerker stafmedewerker beleidsmedewerker netwerkcoordinator lector journalist
    coach deskundige expert ministre bourgmestre echevin echevine auteure speaker mayor secretary researcher
    trekker brugfiguur regiodirecteur algemeen-directeur kabinetschef ombudsman ombudsvrouw collega collega's
    """.split()
)
_AFTER_NAME_NO_PERSON = re.compile(
    r"\s(?:(?:school|college|instituut|stichting|fonds|atheneum|lyceum|hogeschool|universiteit|vzw|asbl|ziekenhuis|"
    r"project|methode|methodiek|prijs|straat|plein|laan|park|campus|foundation|test|model|wet|decreet|centrum|huis|"
    r"basisschool|institute|school|college|dag|week|cup|tour|tornooi)\b)",
    re.IGNORECASE,
)
_JOINED_NO_PERSON = re.compile(
    r"(?:school|scholen|college|instituut|straat|laan|plein|stichting|fonds|zaal|huis|ziekenhuis|centrum|methode|wet|"
    r"decreet|kapel|kerk|park|steenweg|kaai|lei|dreef|prijs|campus|hof|dal|berg|club|netwerk)$"
)
_FAMOUS = frozenset(
    "don bosco|thomas more|karel de grote|pieter simenon|anne frank|maria montessori|rudolf steiner|edith stein|"
    "jan van eyck|albert schweitzer|martin luther|nelson mandela|jan palfijn|maria middelares|jan yperman|"
    "teach for|pius x|albert i|leopold ii|leopold i|boudewijn i|moeder teresa|maria theresia|peter pan|"
    "janusz korczak|celestin freinet|jean piaget|loris malaguzzi|emile verhaeren|guido gezelle|hendrik conscience|"
    "jacques brel|paul van ostaijen|stijn streuvels|maria goretti|jan breydel|pieter de coninck|ernest claes|"
    "lieven gevaert|lieven bauwens|simon stevin|gerard mercator|victor horta|bert carlier|ivo cornelis".split(
        "|"
    )
)

_PUBLIC_AFTER = re.compile(
    r"\s?[,(]?\s?(?:is|was|wordt|als|onze|de|en|nieuwe|als nieuwe|est|la|le)?\s?(?:de |onze |als |nieuwe |notre |our |the )*"
    r"(?:\w+[- ])?(?:coordinat\w+|contactperso\w+|\w*directeur|\w*directrice|\w*medewerk\w+|voorzit\w+|projectleid\w+|consulent\w*|onderzoek\w+|"
    r"lesgev\w+|docent\w*|trekker|brugfiguur\w*|expert\w*|spreker|spreekster|psycholog\w+|criminoloog|professor|minister|\w*werker|"
    r"burgemeester|schepen|inspecteur|adviseur|begeleid(?:er|ster)|lector|moderator|moderate\w*|van (?:het|de) (?:CLB|VCLB|CAW|OCMW|agentschap|netwerk|departement)|"
    r"\((?:CLB|VCLB|CAW|OCMW|Arktos|Opgroeien)|van (?:Arktos|Opgroeien)|schreef|geeft (?:een |de )?(?:vorming|lezing|webinar)|licht)",
)

_PUBLIC_BEFORE = re.compile(
    r"\b(?:minister|staatssecretaris|burgemeester|schepen|gouverneur|commissaris|voorzitter|auteur|coordinator|directeur|directrice|spreker|"
    r"sprekers|professor|contactpersoon|contact|inlichtingen|inschrijven)\b[^.;]{0,32}(?:,|:|\(|\bis|\bbij|\bvia)\s?$"
    r"|\b(?:vorming|lezing|webinar|studiedag|workshop|boek|studie|onderzoek|rapport|advies|keynote|artikel|opleiding|infosessie|intervisie|"
    r"gastspreker|panel|methode|theorie|model|formation|training|lecture|book|livre)\s(?:[\w-]+\s){0,3}(?:door|van|met|by|par|de|of|volgens)\s$"
    r"|\b(?:aldus|volgens)\s$",
    re.IGNORECASE,
)

_INITIAL_AFTER = re.compile(r"\s(?:[A-Z]\.?(?=[\s,;:()]|$)|[a-z]\.(?=[\s,;:()]|$))(?!\s?\d)")
_NUMBER_AFTER = re.compile(r"\.?\s?\d{1,4}(?!\d|\s?(?:de|ste|e|jaar|j\b|[A-Z]))")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row of words that may be a name."""

    start: int
    end: int
    weight: int
    first: int
    last: int


def person_names(plain: Plain, known: frozenset[str]) -> Iterator[Found]:
    """Names of persons, with the age or the class that stands against them.

    Args:
        plain: The text.
        known: Public addresses that may be named; the persons in them are public too, as long as no
            child is spoken of.

    Yields:
        Where the names stand, and where the ages and classes do.
    """
    lists = names()
    public = _names_in(known)
    words = plain.words
    index = 0
    while index < len(words):
        word = words[index]
        if word.lower not in lists.first and not word.capital and word.lower.isalpha():
            index += 1  # nearly every word of a text: out before anything is weighed
            continue
        candidate = _candidate(plain, words, index, lists)
        if candidate is None:
            index += 1
            continue
        if _weigh(plain, candidate, words, public) >= ENOUGH:
            yield candidate.start, candidate.end, Kind.PERSON_NAME
            yield from context(plain.text, candidate.end)
            index = candidate.last + 1
        else:
            index += 1


def _names_in(addresses: frozenset[str]) -> frozenset[str]:
    """The names of persons in addresses such as voornaam.naam@example.org."""
    return frozenset(a.partition("@")[0].replace(".", " ") for a in addresses)


# --- what the words themselves weigh ------------------------------------------------------------


def _candidate(
    plain: Plain, words: tuple[Word, ...], index: int, lists: Names
) -> _Candidate | None:
    """The longest row of words from here on that could be a name, with its own weight."""
    word = words[index]
    sort = _first_name(word, lists)
    if sort is None and (not word.capital or not _may_be_unknown_name(word, lists)):
        return None
    text = plain.text
    last, surname_known = _surname(text, words, index, lists)
    if word.capital:
        weight = _weight_of_capital(
            word, sort, last > index, surname_known, words[last], plain.opens(word), lists
        )
    else:
        weight = _weight_of_small(sort, last > index and surname_known)
    if weight is None:
        return None
    end = words[last].end
    if initial := _INITIAL_AFTER.match(text, end):
        if sort is not None and (word.capital or sort == ""):
            weight += 2
        end = initial.end()
    return _Candidate(word.start, end, weight, index, last)


def _weight_of_capital(  # noqa: PLR0913, PLR0917 - the seven facts about a name
    word: Word,
    sort: str | None,
    followed: bool,  # noqa: FBT001 - a fact, not a switch
    surname_known: bool,  # noqa: FBT001 - a fact, not a switch
    surname: Word,
    opens: bool,  # noqa: FBT001 - a fact, not a switch
    lists: Names,
) -> int:
    """What a capitalised word weighs, alone or with what follows."""
    if sort is None:
        # "Peeters Jan": a surname in front of a first name.
        if word.lower in lists.last and followed and _first_name(surname, lists) is not None:
            return 3
        if followed and (surname_known or _SURNAME_SHAPE.search(surname.lower)):
            return 1 if opens else 2
        return 0
    if word.shouted and not followed:
        return 0
    if followed:
        return 3 if sort == "" or surname_known else 1
    if sort == "":
        return 2
    # "In Brecht": a name that is also a place is a name only beside an age, a class or a cue.
    return 0 if opens or sort == "place" else 1


def _weight_of_small(sort: str | None, with_surname: bool) -> int | None:  # noqa: FBT001 - a fact, not a switch
    """What a first name in small letters weighs."""
    if sort is None:
        return None
    if sort == "":
        return 2 if with_surname else 0
    return 0 if with_surname else -1


def _first_name(word: Word, lists: Names) -> str | None:
    """What else a first name is ("", "word", "place"), or None if it is no first name."""
    lower = word.lower.removesuffix("'s")
    for elided in ("d'", "l'", "qu'"):
        lower = lower.removeprefix(elided)
    if lower in lists.first:
        return lists.first[lower]
    if "-" in lower:
        parts = word.text.split("-")
        sorts = [lists.first.get(part.lower()) for part in parts]
        if (
            sorts[0] is not None
            and sorts[-1] is not None
            and (parts[-1][:1].isupper() or not word.capital)
        ):
            return ""
    return None


def _may_be_unknown_name(word: Word, lists: Names) -> bool:
    """Whether a capitalised word in no list of first names could still be one."""
    lower = word.lower.removesuffix("'s")
    if len(lower) < 3 or lower in _NO_NAME or lower in lists.places or lower in _PLACE_OF_NAME:  # noqa: PLR2004 - shorter is an abbreviation
        return False
    if word.shouted:
        return lower in lists.last
    if any(part and (part.isupper() or part[0].islower()) for part in word.text.split("-")[1:]):
        return False  # "Roma-gezinnen", "OKAN-klas"
    if re.search(r"[a-z][A-Z]", word.text) or word.text[:2].isupper():
        return bool(re.match(r"(?:Mc|De|Van|D'|O'|El|Al|Mac)", word.text))
    return not _PEOPLE_SHAPE.search(lower) or lower in lists.last


def _surname(text: str, words: tuple[Word, ...], index: int, lists: Names) -> tuple[int, bool]:
    """Where the surname after this word ends (the word itself if there is none), and if it is known."""
    capital = words[index].capital
    position = index + 1
    joined = words[index].end
    particles: list[str] = []
    while position < len(words) and text[joined : words[position].start] in (" ", "  "):
        word = words[position]
        if word.lower in _PARTICLES and len(particles) < 3:  # noqa: PLR2004 - "van den der" has three at most
            particles.append(word.lower)
            joined = word.end
            position += 1
            continue
        name = word.lower.removesuffix("'s")
        if capital != word.capital and not (particles and word.capital):
            break
        known = (
            name in lists.last
            or "".join([*particles, name]) in lists.last
            or (bool(particles) and capital and name not in _NO_NAME and name not in lists.places)
        )
        if not capital:
            known = name in lists.last or "".join([*particles, name]) in lists.last
            return (position, True) if known else (index, False)
        if known or name in lists.first or (not particles and _may_be_unknown_name(word, lists)):
            # A second surname or a double first name goes along ("Noor Vermeulen Peeters").
            return position, known or (name in lists.first and words[index].lower in lists.first)
        if (
            particles
            and word.capital
            and name in lists.places
            and words[index].lower in lists.first
        ):
            return position, particles[0] in ("van", "de")
        break
    return index, False


# --- what stands beside them --------------------------------------------------------------------


def _weigh(
    plain: Plain, candidate: _Candidate, words: tuple[Word, ...], public: frozenset[str]
) -> int:
    """The weight of a candidate with its neighbours."""
    word = words[candidate.first]
    weight = candidate.weight
    told = beside(plain, candidate.end)
    if told:
        weight += 2
    if weight < HOPELESS:
        return 0
    weight += follows_cue(plain, words, candidate.first)
    opens = plain.opens(word)
    if not opens and does_what_children_do(plain, candidate.end):
        weight += 2
    if weight <= 0 or _is_institution(plain.text, candidate, words):
        return 0
    child = child_near(plain, candidate.start, candidate.end)
    weight += child
    if (child or not opens) and does(plain, candidate.end):
        weight += 1
    if not told and _is_public(plain.text, candidate, words):
        weight -= 3
    if not child and plain.lower[candidate.start : candidate.end] in public:
        weight -= 3
    return weight


def _is_institution(text: str, candidate: _Candidate, words: tuple[Word, ...]) -> bool:
    """Whether the name belongs to a school, a street, a saint or a month."""
    word, last = words[candidate.first], words[candidate.last]
    previous = words[candidate.first - 1] if candidate.first else None
    full = text[candidate.start : candidate.end].lower()
    if previous is not None:
        gap = text[previous.end : word.start]
        head = previous.lower.rsplit("-", 1)[-1]
        if (
            gap in (" ", "-", ". ", ' "', " '", "! ")
            and previous.lower != "kinderen"
            and (head in _PLACE_OF_NAME or _JOINED_NO_PERSON.search(previous.lower))
        ):
            return True
        if (
            gap == " "
            and previous.capital
            and previous.lower in ("de", "het", "ter", "ten", "la", "le", "'t", "mater")
        ):
            return True
    if word.lower.startswith(("sint-", "saint-", "st-")) or any(
        famous in full for famous in _FAMOUS
    ):
        return True
    if _AFTER_NAME_NO_PERSON.match(text, candidate.end) or _JOINED_NO_PERSON.search(last.lower):
        return True
    if (
        text[candidate.end : candidate.end + 1] in ("-", "@")
        and text[candidate.end + 1 : candidate.end + 2].isalnum()
    ):
        return True
    # "jan. 2026" and "Mei 2026" are months.
    return (
        candidate.first == candidate.last
        and word.lower in ("jan", "mei", "april", "june", "juni", "august", "mai", "may")
        and bool(
            _NUMBER_AFTER.match(text, candidate.end)
            or re.search(r"\d\s?$", text[max(0, word.start - 3) : word.start])
        )
    )


def _is_public(text: str, candidate: _Candidate, words: tuple[Word, ...]) -> bool:
    """Whether someone is named in a public role: a minister, an author, a coordinator."""
    before = text[max(0, candidate.start - 60) : candidate.start]
    if _PUBLIC_AFTER.match(text, candidate.end) or _PUBLIC_BEFORE.search(before):
        return True
    if candidate.first == 0:
        return False
    previous = words[candidate.first - 1]
    nearest = [words[i].lower for i in range(max(0, candidate.first - 3), candidate.first)]
    if previous.lower in _PUBLIC_ROLE:
        return True
    joins = {"is", "was", "en", "door", "van", "door", "met", "onze", "de"}
    return len(nearest) > 1 and previous.lower in joins and nearest[-2] in _PUBLIC_ROLE
