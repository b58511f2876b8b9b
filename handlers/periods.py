"""Days in a question for what takes place: "in december", "volgende week", "na 10 januari"."""

import re
from datetime import date

from handlers.describing import upcoming
from handlers.hearing.dates import MONTHS
from handlers.hearing.ranges import Range, find_range
from handlers.speech.words import Words
from store.days import day_of
from store.directory import Offering, Session

_BARE = re.compile(
    rf"\b(?P<month>{'|'.join(sorted((m for m in MONTHS if len(m) > 4), key=len, reverse=True))}"  # noqa: PLR2004 - "mars" and "may" are words too
    r"|mei|juni|juin|juli|june|july)(?:\s+(?P<year>\d{4}))?(?!\w)",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:dag|dagen|week|weken|maand|maanden|jours?|semaines?|mois|days?|weeks?)\b"
)
_COMING = re.compile(
    r"\b(?:deze|komende|volgende|eerstvolgende|ce|cette|prochaine?s?|this|next|coming)\b"
)

COMING = re.compile(
    r"\b(?:agenda|kalender|moment(?:en)?|overlegmoment\w*|ontmoetingsdag\w*|evenement\w*|"
    r"wat (?:staat er|is er) (?:binnenkort|op til|gepland|te doen)|op (?:til|komst)|"
    r"(?:eerst)?volgende|komende?(?: er)?(?: ?aan)?|er ?aan|aankomende|"
    r"rencontres?|calendrier|moments?|événements?|évènements?|prochaine?s?|à venir|"
    r"upcoming|coming|next|events?|calendar|planned)\b",
    re.IGNORECASE,
)
"""Words for what comes at all: they narrow nothing, and no entry is searched for them."""


def find_days(text: str, today: date) -> Range | None:
    """Return the days that a question is about; None where it names none.

    How long something lasts ("een vorming van twee dagen") names no days.
    """
    found = find_range(text, today)
    if found is None:
        return _month(text, today)
    said = " ".join(text[start:end] for start, end in found.spans).lower()
    return None if _LASTS.search(said) and not _COMING.search(said) else found


def _month(text: str, today: date) -> Range | None:
    """Read a month that stands alone: "agenda december"."""
    bare = _BARE.search(text)
    found = find_range(f"in {bare[0]}", today) if bare else None
    return Range(found.first, found.last, (bare.span(),)) if found and bare else None


def days_label(days: Range, words: Words) -> str:
    """Return days in words: "1 tot en met 31 december 2026"."""
    if days.endless:
        return words.plain("searching.from_day", day=words.date(days.first))
    last = words.date(days.last)
    if days.first == days.last:
        return last
    return words.plain("searching.days", first=words.from_day(days.first, days.last), last=last)


def sessions_in(one: Offering, days: Range | None, today: date) -> list[Session]:
    """Return the sessions of an entry that still come, and fall in these days."""
    return [session for session in upcoming(one, today) if days is None or _falls(session, days)]


def _falls(session: Session, days: Range) -> bool:
    first = day_of(session.begins)
    last = day_of(session.ends or session.begins)
    return last >= days.first and (days.endless or first <= days.last)
