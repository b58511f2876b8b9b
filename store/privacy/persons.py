"""Names of persons, weighed: what the word is, what stands beside it, what speaks against it.

Each candidate starts with a weight for its own form and gains or loses by its neighbours; from
`ENOUGH` on it counts as a name. No single list decides: a name in no list is found by "leerling X"
or "X (14)", and a name in every list is let through in "Sint-Jozef" or "basisschool Emma".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from store.privacy.finding import Kind
from store.privacy.namesakes import PLACE_OF_NAME, is_institution, is_public
from store.privacy.neighbours import (
    beside,
    child_near,
    context,
    does,
    does_what_children_do,
    follows_cue,
    is_subject,
    says,
)
from store.privacy.plain import Found, Plain, Word
from store.privacy.vocabulary import CLASS, CLASS_CODE
from store.privacy.wordlists import Names, listed, names

ENOUGH = 2
"""The weight from which a candidate counts as a person's name."""

SURE = 5
"""The weight from which even a name beside a public one is somebody's in the text."""

HOPELESS = -2
"""A weight below this is not worth a look at the neighbours."""

_PARTICLES = listed(
    """
    van de der den ten ter te het el al ben bin ibn abu bint d' du di da dos das del la le von
    vander vanden
    """
)
_SURNAME_SHAPE = re.compile(
    r"(?:^(?:van|de|ver)[a-z]{4,}$|^(?:d'|o'|mc|al-|el-|ben)[a-z]{3,}$|"
    r"(?:ssens|aerts|ckx|kens|mans|oglu|enko|chuk|yshyn|ovic|evic|ewicz|wski|wska|ska|"
    r"ov|ova|ev|eva|escu|iyev|dze|zadeh|"
    r"ouni|aoui|oui|idi|ani|oulou|mba|nga|shvili|yan|poulos|sson|ez)$)"
)
# Capitalised, and yet no person: calendar, languages and peoples, and what a sentence opens with.
_NO_NAME = listed(
    """
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei
    juni juli augustus september oktober november december kerst kerstmis pasen paas
    allerheiligen pinksteren hemelvaart ramadan suikerfeest offerfeest carnaval krokus
    sinterklaas nieuwjaar corona covid lundi mardi mercredi jeudi vendredi samedi dimanche
    janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre monday
    tuesday wednesday thursday friday saturday sunday january february march june july august
    october toussaint noel paques nederlands frans engels duits turks arabisch marokkaans
    vlaams belgisch europees brussels gents antwerps limburgs nederland belgie belgique
    vlaanderen wallonie europa marokko turkije syrie irak iran afghanistan oekraine rusland
    polen roemenie bulgarije albanie kosovo somalie eritrea ethiopie congo ghana nigeria guinee
    frankrijk duitsland spanje italie portugal maroc turquie france belgium flanders morocco
    turkey ukraine syria de het een den der van en of maar want dus als dan ook nog niet geen
    wel bij in op aan uit over voor na om te tot met door naar tegen tussen zonder sinds wegens
    tijdens vanaf volgens omdat hoewel terwijl indien wanneer waar wat wie hoe welke waarom hij
    zij ze wij we jullie ik jij u uw mijn onze ons hun haar zijn deze dit die dat er hier daar
    nu toen vandaag gisteren morgen eergisteren onlangs momenteel sommige veel weinig alle elke
    iedere enkele twee drie vier vijf zes zeven acht negen tien beste geachte hallo dag hey hoi
    goeiemorgen bedankt dank alvast graag gelieve kan kunnen mag mogen moet moeten wil willen
    zou is was waren wordt worden heeft hebben had vraag vragen signaal consult consultvraag
    casus casusoverleg dossier overleg verslag verontrusting probleem situatie leerling
    leerlingen leerlinge jongen jongens meisje meisjes kind kinderen jongere jongeren kleuter
    kleuters student studenten gezin gezinnen ouder ouders moeder vader mama papa broer zus
    broers zussen zoon dochter school scholen klas klassen leerkracht leerkrachten directie
    directeur schooljaar schooluitval thuiszitter thuiszitters artikel week weken maand jaar
    jaren dagen uur type fase regio provincie stad gemeente groep team dienst diensten netwerk
    project traject aanbod plaats plaatsen wachtlijst wachtlijsten nood oma opa tante nonkel
    oom voogd pleegouders grootouders zusje broertje tweeling nieuwkomer nieuwkomers internaat
    leerplicht onderwijs welzijn jeugdhulp jeugdzorg opgroeien agentschap departement vlaamse
    minister le la les un une des du au aux et ou mais donc dans sur sous avec sans pour par
    chez depuis pendant apres avant il elle ils elles nous vous je tu mon ma mes notre nos
    votre son sa ses leur ce cet cette ces qui que quoi eleve enfant fille garcon maman ecole
    classe famille the a an and or but so if when where who what why how he she they you i my
    our your his her their this that these those there here with without for from by at on to
    since during after before pupil boy girl child children mother father parents family class
    teacher koninklijk heilig heilige provinciaal gemeentelijk stedelijk vrij vrije nieuw
    nieuwe groot grote klein kleine oud oude noord oost zuid west midden hoog laag centraal
    lokaal lokale regionaal regionale nationaal centrum instituut college atheneum lyceum
    academie stichting huis hof straat laan plein markt campus smartschool teams whatsapp
    facebook instagram tiktok google discord roblox netflix excel word outlook slack kansrijk
    samen time-out online mail email gsm sms telefoon naam voornaam achternaam adres leeftijd
    roma islam bijbel koran god allah familie tweeling mevrouw meneer mijnheer zusjes broertjes
    mensen iemand niemand iedereen helaas eindelijk intussen ondertussen bovendien daarom
    daarna daarnaast hopelijk misschien volgend volgende vorig vorige nergens overal zodra zolang
    maison missie serie fabriek fiche alleen waren hield kreeg steen help zodat zonet opnieuw
    alweer telkens soms vaak altijd nooit zorgwekkend dringend
    """
)
_PEOPLE_SHAPE = re.compile(
    r"(?:se|ische|isch|aans|aanse|ees|ese|ien|ienne|ais|aise|lijk|lijke|heid|ing|"
    r"ingen|isme|schap|iteit|atie|tie|tion|ment|ness|ity|ance|ence|ique|"
    r"ship|ional)$"
)

_SURNAMES_THAT_ARE_WORDS = listed(
    """
    bah ben billen boonen can dom engelen engels jongen ketels kools loos mortier neven ooms
    peers petit pots roosen smet tops vets vleugels voet voets vos wijns wils winters wit jonge
    """
)
# In small letters these open a message as words more often than as names.
_OPENS_AS_A_WORD = listed(
    """
    an ans can come dag dan divine elke elle femme france frans grace grant hope imam islam klaar
    leen lente lieve line maas may mei okan om ole rien said scout storm tea tuna wei zin
    """
)
_OF_A_CLASS = re.compile(rf"\s(?:uit|from)\s(?:{CLASS_CODE}|(?:het\s|de\s)?{CLASS})")

_AND = frozenset((" en ", ", ", " & ", " et ", " and "))
_SURNAME_CUE = listed(
    """
    van meneer mevrouw mevr mijnheer familie gezin leerling broers zussen zusjes tweeling
    """
)
_LONG_ENOUGH = 5  # letters that a name spelled another way has at least
_SPELLINGS = (
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("sh", "s"), ("dj", "j"),
    ("ij", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ey", "i"), ("ea", "i"), ("ee", "i"),
    ("ie", "i"), ("ae", "a"), ("ou", "u"), ("oe", "u"), ("oo", "o"), ("c", "k"), ("q", "k"),
    ("y", "i"), ("z", "s"), ("x", "ks"),
)  # fmt: skip
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")
_BEGINS_WITH_TWO_CAPITALS = re.compile(r"Mc|De|Van|D'|O'|El|Al|Mac")
_OF_SURNAMES = (["van", "der"], ["van", "den"])
"""Particles that are hardly written but in a surname: "milan van der voorbeeld"."""
_SHORT_WORD = 4
_SMALL_TAILS = ("ke", "ken", "tje", "je")
_ADDRESSED = listed("familie gezin mevrouw mevr meneer mijnheer dhr")
_SMALL_INITIAL = re.compile(r"\s[b-z](?=\s(?:uit|in het|van het|haar|zijn|z'n|\())")
_INITIAL_AFTER = re.compile(
    r"\s(?:(?:V\.?(?:D\.?)?)?[A-Z]\.?(?=[\s,;:()]|$)|[a-z]\.(?=[\s,;:()]|$))(?!\s?\d)"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row of words that may be a name."""

    start: int
    end: int
    weight: int
    first: int
    last: int
    listed: bool = False


class _Facts(NamedTuple):
    """What there is to know of a capitalised word by itself."""

    word: Word
    sort: str | None
    surname: Word | None
    surname_known: bool
    opens: bool


def person_names(plain: Plain, known: frozenset[str]) -> Iterator[Found]:
    """Names of persons, with the age or the class that stands against them.

    Args:
        plain: The text.
        known: Public addresses that may be named; the persons in them are public too, as long as
            no child is spoken of.

    Yields:
        Where the names stand, and where the ages and classes do.
    """
    lists, never = names(), _never_a_name()
    public = _names_in(known)
    words = plain.words
    index = public_end = 0
    while index < len(words):
        word = words[index]
        lower = word.lower
        if lower in never or (
            lower not in lists.first
            and not word.text[0].isupper()
            and lower.isalpha()
            and (lower not in _PARTICLES or not _in_front_of_a_surname(words, index))
        ):
            index += 1  # nearly every word of a text: out before anything is weighed
            continue
        candidate = _candidate(plain, words, index, lists)
        if candidate is None:
            index += 1
            continue
        weight = _weigh(plain, candidate, words, public)
        joined = public_end and plain.text[public_end : candidate.start] in _AND
        if joined and weight < SURE:  # "Carl Rogers en Haim Omer": public together
            public_end = candidate.end
            index = candidate.last + 1
        elif weight >= ENOUGH:
            yield candidate.start, candidate.end, Kind.PERSON_NAME
            yield from context(plain.text, candidate.end)
            index = candidate.last + 1
        elif candidate.last > index and is_public(
            plain.text, words, candidate.first, candidate.end
        ):
            public_end = candidate.end
            index = candidate.last + 1
        else:
            index += 1


def _in_front_of_a_surname(words: tuple[Word, ...], index: int) -> bool:
    """Whether a particle in small letters follows what a surname follows: "meneer van damme"."""
    return index > 0 and words[index - 1].lower in _SURNAME_CUE


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
    if sort is None and (
        not word.capital or word.lower in _PARTICLES or not _may_be_unknown_name(word, lists)
    ):
        return _surname_alone(plain, words, index, lists)
    text = plain.text
    last, surname_known = _surname(text, words, index, lists)
    if word.capital:
        surname = words[last] if last > index else None
        weight = _weight_of_capital(
            _Facts(word, sort, surname, surname_known, plain.opens(word)), lists
        )
    else:
        weight = _weight_of_small(sort, words[last] if last > index and surname_known else None)
    end = words[last].end
    if initial := _INITIAL_AFTER.match(text, end):
        # "amber v.": in small letters the point says that it is one.
        if sort is not None and (word.capital or not sort or initial[0].endswith(".")):
            weight += 2
        end = initial.end()
    elif sort == "" and not word.capital and (initial := _SMALL_INITIAL.match(text, end)):
        weight += 2
        end = initial.end()
    return _Candidate(word.start, end, weight, index, last, listed=sort is not None)


def _surname_alone(
    plain: Plain, words: tuple[Word, ...], index: int, lists: Names
) -> _Candidate | None:
    """A surname that begins with a particle ("mevrouw De Smet"); it needs a cue to count."""
    if index + 1 == len(words) or words[index].lower not in _PARTICLES:
        return None
    word, following = words[index], words[index + 1]
    if (following.capital != word.capital and not following.capital) or plain.text[
        word.end : following.start
    ] != " ":
        return None
    if following.lower in _PARTICLES and index + 2 < len(words) and words[index + 2].capital:
        return _surname_first(plain, words, index, lists)
    known = following.lower in lists.last or word.lower + following.lower in lists.last
    addressed = word.capital and index and words[index - 1].lower in _ADDRESSED
    if not known and not addressed:
        return None
    return _Candidate(word.start, following.end, 0, index, index + 1)


def _surname_first(
    plain: Plain, words: tuple[Word, ...], index: int, lists: Names
) -> _Candidate | None:
    """A surname with particles in front of a first name: "Van der Elst Marie"."""
    last = index + 3
    if last >= len(words) or plain.text[words[last - 1].end : words[last].start] != " ":
        return None
    if not words[last].capital or _first_name(words[last], lists) is None:
        return None
    return _Candidate(words[index].start, words[last].end, 3, index, last)


def _weight_of_capital(facts: _Facts, lists: Names) -> int:
    """What a capitalised word weighs, alone or with what follows."""
    word, surname, sort = facts.word, facts.surname, facts.sort
    if sort is None:
        if surname is None:
            return 0
        # "Peeters Jan": a surname in front of a first name.
        if word.lower in lists.last and _first_name(surname, lists) is not None:
            return 3
        shaped = facts.surname_known or _SURNAME_SHAPE.search(surname.lower)
        return (1 if facts.opens else 2) if shaped else 0
    if surname is not None:
        acronym = word.shouted and sort and not surname.shouted  # "OKAN van Lokeren"
        shaped = _SURNAME_SHAPE.search(surname.lower) is not None
        known = sort == "" or facts.surname_known or shaped
        return 0 if acronym else 3 if known else 1 if facts.opens else 2
    if sort == "":
        return 0 if word.shouted else 2
    # "In Brecht": a name that is also a place is a name only beside an age, a class or a cue.
    return 0 if word.shouted or facts.opens or sort == "place" else 1


def _weight_of_small(sort: str | None, surname: Word | None) -> int:
    """What a first name in small letters weighs."""
    if surname is None:
        # "an", "dan", "roos": only between two cues.
        return 0 if sort == "" else -2
    if sort == "word":  # "jan peeters", but not "dan vos"
        return 0 if surname.lower in _SURNAMES_THAT_ARE_WORDS else 2
    return 2 if sort == "" else 0


def _first_name(word: Word, lists: Names) -> str | None:
    """What else a first name is ("", "word", "place"), or None if it is no first name."""
    lower = word.lower.removesuffix("'s")
    for elided in ("d'", "l'", "qu'"):
        lower = lower.removeprefix(elided)
    if lower in lists.first:
        return lists.first[lower]
    if word.capital and len(lower) >= _LONG_ENOUGH and _sound(lower) in _sounds():
        return "" if lower not in _NO_NAME and lower not in lists.places else None
    for tail in _SMALL_TAILS:  # "Julieke", "Jefke"
        if lower.endswith(tail) and lists.first.get(lower[: -len(tail)]) == "":
            return ""
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


def _sound(name: str) -> str:
    """A name as it sounds, roughly: Chayenne and Cheyenne, Zoran and Soran are one."""
    for written, read in _SPELLINGS:
        name = name.replace(written, read)
    return "".join([sign for sign, next_ in pairwise(f"{name} ") if sign != next_]).rstrip("eh")


@cache
def _sounds() -> frozenset[str]:
    """How the names sound that are nothing else; some 20 ms, once."""
    first = names().first
    return frozenset(
        _sound(name) for name, also in first.items() if not also and len(name) >= _LONG_ENOUGH
    )


@cache
def _never_a_name() -> frozenset[str]:
    """The words with which no name begins, whatever stands beside them: no need to weigh them."""
    lists = names()
    return frozenset(
        word
        for word in _NO_NAME - _PARTICLES
        if word.isalpha() and _first_name(Word(word.title(), word, 0, len(word)), lists) is None
    )


def _may_be_unknown_name(word: Word, lists: Names) -> bool:
    """Whether a capitalised word in no list of first names could still be one."""
    lower = word.lower.removesuffix("'s")
    if len(lower) < 3 or lower in _NO_NAME or lower in lists.places or lower in PLACE_OF_NAME:  # noqa: PLR2004 - shorter is an abbreviation
        return False
    if word.shouted:
        return lower in lists.last
    if any(part and (part.isupper() or part[0].islower()) for part in word.text.split("-")[1:]):
        return False  # "Roma-gezinnen", "OKAN-klas"
    if _CAPITAL_INSIDE.search(word.text) or word.text[:2].isupper():
        return _BEGINS_WITH_TWO_CAPITALS.match(word.text) is not None
    return not _PEOPLE_SHAPE.search(lower) or lower in lists.last


def _surname(text: str, words: tuple[Word, ...], index: int, lists: Names) -> tuple[int, bool]:
    """Where the surname after this word ends (at the word itself: none), and if it is known."""
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
            known = known or (particles in _OF_SURNAMES and len(name) > _SHORT_WORD)
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
    if not word.capital and candidate.weight == HOPELESS:
        weight += _of_a_word_in_small(plain, candidate, opens=opens)
    if (not opens and does_what_children_do(plain, candidate.end)) or (
        candidate.listed and says(plain, candidate.end)
    ):
        weight += 2
    small = not word.capital and candidate.listed and weight == 0
    if (weight <= 0 and not small) or is_institution(
        plain.text, words, candidate.first, candidate.last
    ):
        return 0
    child = child_near(plain, candidate.start, candidate.end)
    if opens and not word.capital and candidate.weight == 0 and is_subject(plain, candidate.end):
        weight += 2
    weight += child and (word.capital or weight > 0)
    if (child or not opens) and does(plain, candidate.end):
        weight += 1
    if not told and is_public(plain.text, words, candidate.first, candidate.end):
        weight -= 3
    if not child and plain.lower[candidate.start : candidate.end] in public:
        weight -= 3
    return weight


def _of_a_word_in_small(plain: Plain, candidate: _Candidate, *, opens: bool) -> int:
    """What makes a name of a word in small letters: "karel uit 4c", "max zegt" as an opening."""
    if _OF_A_CLASS.match(plain.text, candidate.end):
        return 2
    word = plain.lower[candidate.start : candidate.end]
    return 2 if opens and word not in _OPENS_AS_A_WORD and says(plain, candidate.end) else 0
