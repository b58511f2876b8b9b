"""Who is away, when, and who takes over, in words: "barbara van 1/7 tot 15/7 vervangt Ludo"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.hearing.persons import Mention, mentions
from handlers.hearing.plain import fold
from handlers.hearing.ranges import Range, find_range
from store.records import Person

_ME = r"(?:mij|me|mezelf|moi|m['’])"
_OTHER = r"(?:haar|hem|ons|hen|her|him|us|la|le|l['’])"
TAKES_OVER = re.compile(
    r"""(?<!\w)(?:
        (?P<noun>vervang(?:er|ster|ing)|achtervang|back-?up|rempla[cç]ante?|replacement|
        cover(?=\s*:|\s+is\b))
      | (?P<by>vervangen\s+door|rempla[cç][ée]e?\s+par|(?:covered|replaced)\s+by)
      | vervang(?:t|en)?|neem(?:t|en)?(?:\s+\w+){0,3}?\s+over|overnemen
      | (?:springt?|springen|valt|vallen)(?:\s+\w+){0,2}?\s+in|vangt?(?:\s+\w+){0,3}?\s+op
      | rempla[cç](?:e|era|ent)|pren(?:d|dra)\s+le\s+relais
      | cover(?:s|ing)?|replaces?|stand(?:s|ing)?\s+in|takes?\s+over|fills?\s+in
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    rf"[\s:=,]*(?:(?:(?P<pronoun>{_ME}|{_OTHER})|for|voor|in|is|wordt|door|par|by|est|sera|dan|de|"
    rf"mijn|van)(?!\w)[\s:]*)*@?<?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\W?[\s]*(?:(?:(?P<pronoun>{_ME}|{_OTHER})|zal|gaat|kan|wil|will|can|va|dan|die)(?!\w)\s*)*",
    re.IGNORECASE,
)
_I_TAKE_OVER = re.compile(r"(?<!\w)(?:ik|i|je)\s+(?:zal\s+|will\s+|la\s+|le\s+)?\Z", re.IGNORECASE)
_I_DO = re.compile(r"[\s:]*(?:ik(?:zelf)?|myself|moi-même)(?!\w)", re.IGNORECASE)
_FILLERS = frozenset(
    fold(
        "ik ben is er niet dan weg afwezig afwezigheid ziek met verlof vakantie en de het een in "
        "op van voor mij me wordt door zet zal graag aub vanaf tot heb neem neemt komt thuis vrij "
        "meld melden afmelden noteer noteren dat dit mijn volledig hele heel dag dagen wegens "
        "omdat want maar nog ook even wel helemaal enkel alleen collega afgemeld eruit u je jij "
        "wij zij suis absente absent conge malade pas la vacances du au i am off away out on "
        "leave holiday sick not here and the a will be of for from until please svp merci hi "
        "hallo hey bedankt dank voormiddag namiddag vm nm ochtend avond"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Leave:
    """What a text says about somebody who is away.

    Attributes:
        days: When; None when no day was named.
        more_days: Whether more days are named than one range.
        absent: Who is away; empty when nobody was named: then it is who speaks.
        cover: Who takes over.
        cover_is_speaker: Whether who speaks takes over.
        cover_unknown: The word that should be who takes over, and is nobody that is known.
        shared_names: A word that may mean more than one person; empty for none.
        either_way: Whether "A vervangt B" may be meant the other way round.
        strange: Words that were not understood, as typed.
    """

    days: Range | None
    more_days: bool
    absent: tuple[Person, ...]
    cover: tuple[Person, ...]
    cover_is_speaker: bool
    cover_unknown: str
    shared_names: str
    either_way: bool
    strange: tuple[str, ...]


def read_leave(text: str, people: Sequence[Person], today: date) -> Leave:
    """Read who is away, when, and who takes over.

    Args:
        text: What somebody typed, without the command.
        people: Those whom Brug knows.
        today: The day in Brussels.
    """
    days = find_range(text, today)
    rest = days.cut_from(text) if days else text
    found = mentions(rest, people)
    cue = TAKES_OVER.search(rest)
    absent, cover, either_way, speaker = _sorted(rest, cue, found)
    shared = next((m for m in found if len(m.people) > 1), None)
    unknown = ""
    if cue and cover is None and not speaker:
        unknown = _next_word(rest[cue.end() :]) or _next_word(rest)
    return Leave(
        days=days,
        more_days=find_range(rest, today) is not None,
        absent=tuple(dict.fromkeys(m.people[0] for m in absent)),
        cover=cover.people[:1] if cover else (),
        cover_is_speaker=speaker,
        cover_unknown=unknown,
        shared_names=rest[shared.start : shared.end] if shared else "",
        either_way=either_way,
        strange=_strange(rest, cue, found),
    )


def _sorted(
    rest: str, cue: re.Match[str] | None, found: Sequence[Mention]
) -> tuple[list[Mention], Mention | None, bool, bool]:
    """Tell who is away from who takes over.

    Returns:
        Who is away, who takes over, whether it may be the other way round, and whether who
        speaks takes over.
    """
    if cue is None:
        return list(found), None, False, False
    filler = _AFTER.match(rest, cue.end())
    after_at = filler.end() if filler else cue.end()
    after = next((m for m in found if m.start in {after_at, after_at - 1}), None)
    before = next(
        (
            m
            for m in found
            if m.end <= cue.start() and _BEFORE.fullmatch(rest[m.end : cue.start()])
        ),
        None,
    )
    if _I_TAKE_OVER.search(rest[: cue.start()]) or _I_DO.match(rest, cue.end()):
        return list(found), None, False, True
    for_somebody = bool(filler and filler["pronoun"])
    cover, either_way = after or before, False
    if not (cue["noun"] or cue["by"]):
        # "An vervangt Barbara": it is An who takes over; "vervangt mij" has the cover before it.
        cover = before if before and (after or for_somebody) else cover
        either_way = bool(before and after)
    return [m for m in found if m is not cover], cover, either_way, False


def _next_word(text: str) -> str:
    words = re.findall(r"[^\W\d_][\w.@'-]*", text)
    return next((word for word in words if fold(word) not in _FILLERS), "")


def _strange(rest: str, cue: re.Match[str] | None, found: Sequence[Mention]) -> tuple[str, ...]:
    known = [(m.start, m.end) for m in found]
    if cue:
        filler = _AFTER.match(rest, cue.end())
        known.append((cue.start(), filler.end() if filler else cue.end()))
    words = ((m.group(), m.start()) for m in re.finditer(r"[@<]*[\w'’.-]+", rest))
    return tuple(
        word
        for word, at in words
        if not any(start <= at + len(word) - 1 and at < end for start, end in known)
        and any(map(str.isalnum, word))
        and not all(part in _FILLERS for part in fold(word).split())
    )
