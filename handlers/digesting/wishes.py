"""What somebody wants of a digest, read out of their words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from handlers.errors import NotUnderstood
from handlers.feature import Heard
from handlers.hearing.dates import find_day
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.speech.words import LANGUAGES

LONGEST_PAUSE = 366
"""Days. Who wants it away for longer stops it."""

_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "maandag lundi monday",
            "dinsdag mardi tuesday",
            "woensdag mercredi wednesday",
            "donderdag jeudi thursday",
            "vrijdag vendredi friday",
            "zaterdag samedi saturday",
            "zondag dimanche sunday",
        )
    )
    for name in names.split()
}
_DAY = re.compile(rf"\b({'|'.join(_DAYS)})s?\b", re.IGNORECASE)
_TIME = re.compile(
    r"(?:\b(?:om|at|à)\s+)?\b(?P<hour>\d{1,3})\s*(?:(?:uur|u|h|heures?|:|\.)\s*(?P<minute>\d{1,3})?"
    r"|(?P<half>am|pm)?)(?!\w)",
    re.IGNORECASE,
)
_HOURS_IN_WORDS = {
    name: number
    for number, names in enumerate(
        (
            "een",
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
        ),
        start=1,
    )
    for name in names.split()
}
_SPOKEN_TIME = re.compile(
    rf"\b(?:om\s+)?(?:(?P<part>half|kwart over|kwart voor)\s*)?"
    rf"(?P<hour>{'|'.join(_HOURS_IN_WORDS)}|één|\d{{1,2}})(?P<unit>\s*uur)?(?!\w)",
    re.IGNORECASE,
)
_MINUTES_FROM = {"half": -30, "kwart over": 15, "kwart voor": -15}
_FIRST_IN_THE_MORNING = 7
"""Who says "half drie" of an hour before this one means the afternoon."""
_ZONE = re.compile(r"\b[A-Z][A-Za-z_]+/[A-Z][A-Za-z_]+\b|\b(?:UTC|GMT|CES?T|[EP]S?T)\b")
_LANGUAGE = re.compile(
    r"\b(?:in het |in |en )?(?P<nl>nederlands|neerlandais|dutch)\b"
    r"|\b(?:in het |in |en )?(?P<fr>frans|francais|français|french)\b"
    r"|\b(?:in het |in |en )?(?P<en>engels|anglais|english)\b",
    re.IGNORECASE,
)
_FOR_ME = re.compile(
    r"\b(?:(?:alleen )?voor mij(?:zelf)?(?: alleen)?|persoonlijke?|"
    r"(?:rien que )?pour moi(?: seul)?|personnel|(?:just )?for me|personal)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^(?:waarom|wanneer|pourquoi|quand|why|when|kreeg|kwam|komt|wat|welke?)\b")
_SHOWS = re.compile(
    r"^(?:en )?(?:wat|welke?|is|zijn|nog|iets|nieuws|toon|laat|geef|ik was|quoi|qu|quelles?|du"
    r"|montrez?|what|any|anything|show)\b"
)
_NEWS = re.compile(
    r"\b(?:nieuws?|nieuwigheden|nieuwtjes|veranderde?|gewijzigd|gemist|zien|staa[nt] (?:er )?in"
    r"|in het \w+ staa[nt]|neuf|nouve\w+|change|manque|new|news|changed|missed)\b"
)
"""Who begins with `_SHOWS` and says one of these wants to read the digest, not to set it."""
_MINUTES, _HOURS, _TWICE_OR_NEVER = 60, 24, 2


class Wish(StrEnum):
    """What somebody wants of the digest."""

    SET = "set"
    FORM = "form"
    PREVIEW = "preview"
    NOW = "now"
    PAUSE = "pause"
    RESUME = "resume"
    STATE = "state"
    STOP = "stop"


_WISHES = {
    word: wish
    for wish, words in (
        (Wish.SET, "elke iedere chaque every"),
        (Wish.FORM, "instellen instellingen regler settings"),
        (Wish.PREVIEW, "voorbeeld apercu exemple preview"),
        (Wish.NOW, "nu maintenant now"),
        (Wish.PAUSE, "pauze pauzeer pause"),
        (Wish.RESUME, "hervat verder reprendre resume"),
        (Wish.STATE, "stand status etat state"),
        (Wish.STOP, "stop arreter"),
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class DigestWish:
    """The request.

    Attributes:
        wish: What.
        text: The words after it.
        commanded: Whether it was asked by the command; a free sentence changes nothing.
        mine: Whether it is about a digest of their own, and not that of the channel (F45).
    """

    wish: Wish
    text: str
    commanded: bool = True
    mine: bool = False


def parse(text: str) -> DigestWish:
    """Read "maandag 9u" out of "digest elke maandag 9u"."""
    mine = _FOR_ME.search(text) is not None
    said = " ".join(_FOR_ME.sub(" ", text).split())
    first, _, rest = said.partition(" ")
    wish = _WISHES.get(fold(first))
    if wish is not None:
        return DigestWish(wish, rest, mine=mine)
    return DigestWish(Wish.SET if first else Wish.STATE, said, mine=mine)


def hear(sentence: Sentence) -> Heard[DigestWish]:
    """Hear "waarom kwam er geen weekbericht?", "wat is er nieuw?" and "mag het om 9 uur?"."""
    wish = next((_WISHES[word] for word in sentence.words if word in _WISHES), Wish.STATE)
    if _SHOWS.search(sentence.folded) and _NEWS.search(sentence.folded):
        wish = Wish.PREVIEW
    elif _ASKS.search(sentence.folded):
        wish = Wish.STATE
    elif _DAY.search(sentence.text) and wish in {Wish.STATE, Wish.SET}:
        wish = Wish.SET
    mine = _FOR_ME.search(sentence.text) is not None
    return Heard(DigestWish(wish, sentence.text, commanded=False, mine=mine))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When somebody wants it.

    Attributes:
        weekday: 0 for Monday to 6 for Sunday.
        hour: Europe/Brussels.
        minute: And minute.
        language: nl, fr or en; empty when they did not say.
        rest: The other words; a region may be among them.
    """

    weekday: int
    hour: int
    minute: int
    language: str
    rest: str


def read_schedule(text: str) -> Schedule:
    """Read "maandag 9u in het Frans voor Limburg".

    Raises:
        NotUnderstood: If day or hour is missing, or can't be.
    """
    if _ZONE.search(text):
        raise NotUnderstood("digests.only_brussels")
    day = _DAY.search(text)
    if day is None:
        raise NotUnderstood("digests.which_day")
    rest = _in_figures(text[: day.start()] + " " + text[day.end() :])
    at = _TIME.search(rest)
    if at is None:
        raise NotUnderstood("digests.which_hour")
    hour, minute = read_time(at.group())
    rest = rest[: at.start()] + " " + rest[at.end() :]
    spoken = _LANGUAGE.search(rest)
    language = spoken.lastgroup if spoken else None
    weekday = _DAYS[day.group(1).lower()]
    return Schedule(weekday, hour, minute, language or "", _LANGUAGE.sub(" ", rest))


def read_time(text: str) -> tuple[int, int]:
    """Read "9u30".

    Raises:
        NotUnderstood: If it is no hour, or one that happens twice or not at all.
    """
    found = _TIME.fullmatch(_in_figures(text).strip())
    if found is None:
        raise NotUnderstood("digests.which_hour")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if (found["half"] or "").lower() == "pm" and hour < 12:  # noqa: PLR2004 - the clock's halves
        hour += 12
    if hour >= _HOURS or minute >= _MINUTES:
        raise NotUnderstood("digests.no_such_hour")
    if hour == _TWICE_OR_NEVER:
        raise NotUnderstood("digests.twice_or_never")
    return hour, minute


def _in_figures(text: str) -> str:
    """Return a text in which the first spoken hour stands in figures: "half negen" is 8:30."""
    for said in _SPOKEN_TIME.finditer(text):
        part = (said["part"] or "").casefold()
        if not part and (said["hour"].isdigit() or not said["unit"]):
            continue  # "9u" is in figures already, and "twee" may be two of anything
        named = said["hour"].casefold().replace("é", "e")
        hour = int(named) if named.isdigit() else _HOURS_IN_WORDS[named]
        minutes = hour * 60 + _MINUTES_FROM.get(part, 0)
        if minutes < _FIRST_IN_THE_MORNING * 60:
            minutes += 12 * 60
        figures = f" {minutes // 60}:{minutes % 60:02} "
        return text[: said.start()] + figures + text[said.end() :]
    return text


def known_language(said: str) -> str:
    """Return a language that Brug speaks; empty for any other."""
    return said if said in LANGUAGES else ""


def read_pause(text: str, today: date) -> date:
    """Read "tot 1/9": the day on which it comes back.

    Raises:
        NotUnderstood: If there is no such day, or not within a year.
    """
    found = find_day(text, today)
    if found is None:
        raise NotUnderstood("digests.until_when")
    day, said = found.day, text[found.start : found.end]
    dated = re.search(r"\d", said) and not re.search(r"\d{4}|[/.-]\d+[/.-]", said)
    if day <= today and dated:  # "1/9" in November is the one to come
        day = _next_year(day)
    if re.search(r"\b(met|inclus|included?)\b", fold(text)):
        day += timedelta(days=1)
    if not today < day <= today + timedelta(days=LONGEST_PAUSE):
        raise NotUnderstood("digests.pause_how_long")
    return day


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)
