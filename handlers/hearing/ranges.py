"""Days from … until … in words: "7/7-21/7", "van 1 juli tot 15 augustus", "tot vrijdag".

An absence looks forward: a day without a year is the next such day, and a range that runs from
December to January ends in the next year. "Tot vrijdag" takes Friday along: who is away is named
a day too long rather than a day too short (F05).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import MO, SU, relativedelta

from handlers.hearing.dates import MONTHS
from handlers.hearing.holidays import NAMES, next_holiday
from handlers.hearing.plain import fold

_HALF_A_YEAR = 183
"""Days. "21/7-7/7" is a slip and no absence of fifty weeks."""

_WEEKDAYS = {
    weekday: number
    for number, names in enumerate(
        (
            "maandag ma lundi monday",
            "dinsdag di mardi tuesday",
            "woensdag wo woe mercredi wednesday",
            "donderdag do jeudi thursday",
            "vrijdag vr vrij vendredi friday",
            "zaterdag za zat samedi saturday",
            "zondag zo zon dimanche sunday",
        )
    )
    for weekday in names.split()
}
_IN_FULL = {name for name in _WEEKDAYS if len(name) > 4}  # noqa: PLR2004 - "do" and "zo" are words too
_RELATIVE = {
    "eergisteren": -2,
    "gisteren": -1,
    "yesterday": -1,
    "vandaag": 0,
    "nu": 0,
    "vanochtend": 0,
    "vanmiddag": 0,
    "vanavond": 0,
    "today": 0,
    "aujourd'hui": 0,
    "aujourd’hui": 0,
    "morgen": 1,
    "morgenvroeg": 1,
    "morgenochtend": 1,
    "morgenmiddag": 1,
    "demain": 1,
    "tomorrow": 1,
    "overmorgen": 2,
    "après-demain": 2,
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "een één 1 un une one a",
            "twee deux two",
            "drie trois three",
            "vier quatre four",
            "vijf cinq five",
            "zes six",
            "zeven sept seven",
            "acht huit eight",
            "negen neuf nine",
            "tien dix ten",
        ),
        start=1,
    )
    for word in words.split()
}


def _any(words: Iterable[str]) -> str:
    # The longest first: "morgenvroeg" begins with "morgen".
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SAYING_WHEN = (
    "dag dagen week weken weekend maand maanden jaar uur halve half kwart begin midden eind einde "
    "eerste laatste tweede helft elke iedere alle behalve na voor tussen volgende komende vorige "
    "schooljaar semester trimester kerst kerstmis pasen nieuwjaar jour jours semaine semaines "
    "mois fin début milieu après avant day days weeks month months year end start"
)
# "Jan", "Mai" and "June" are given names as well.
_LONG_MONTHS = {month for month in MONTHS if len(month) > 4}  # noqa: PLR2004
_OF_THE_CALENDAR = frozenset(
    fold(
        " ".join((_SAYING_WHEN, *_WEEKDAYS, *_RELATIVE, *_NUMBERS, *NAMES, *_LONG_MONTHS))
    ).split()
)


_DAY_PART = r"(?:\s?(?:voormiddag|namiddag|ochtend|morgen|middag|avond|vm|nm)\b)?"
_NEXT = r"komende|aanstaande|eerstkomende|deze|this|coming|ce"
_POINT = re.compile(
    rf"""(?<![\w/])(?<!\w\.)(?:(?:op|le|on)\s+)?
    (?:(?:{_any(_WEEKDAYS)})\.?,?\s+(?:de\s+|le\s+)?(?=\d))?(?:
        (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)
      | (?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?:(?:(?P=sep)(?P<y>\d{{4}}|\d{{2}}))(?!\d)
        |(?!\w)(?![/.]\d)(?!(?<=-\d)-\d|(?<=-\d\d)-\d))
      | (?P<wd>\d{{1,2}})(?:er|ste|de|st|nd|rd|th|e)?\s*(?:\bof\s+)?\b
        (?P<month>{_any(MONTHS)})\b\.?(?:\s+(?P<wy>\d{{4}})\b)?
      | (?P<month2>{_any(MONTHS)})\s+(?P<wd2>\d{{1,2}})(?:st|nd|rd|th)?\b
        (?:,?\s+(?P<wy2>\d{{4}})\b)?
      | (?P<relative>(?<!goede\s)(?<!goeie\s)(?:{_any(_RELATIVE)})){_DAY_PART}(?!\w)
      | (?P<part>\b(?:deze|this|cet|cette)\s+(?:voormiddag|namiddag|ochtend|middag|avond|morning|
        afternoon|après-midi|matin))(?!\w)
      | (?:(?:(?P<after>volgende)|{_NEXT}|next)\s+)?\b
        (?P<weekday>{_any(_IN_FULL)}){_DAY_PART}(?!\w)(?:\s+(?:prochain|(?P<after2>volgende\s+week|in\s+de\s+week\s+daarna|next\s+week)))?
      | (?P<short>{_any(_WEEKDAYS)})\b\.?(?!['’\w])
    )(?!\s*(?:%|€|euro|uur|u\b|dag\b|dagen\b|jaar|weken\b|maanden\b))""",
    re.IGNORECASE | re.VERBOSE,
)
_UNTIL = (
    r"(?:tot\s+en\s+met(?:\s+en\s+met)?|tot\s*(?:&|\+)\s*met|t\.?\s?e\.?\s?m\.?|t/m|tot|"
    r"until|till|to|through|jusqu['’]\s?(?:à|au|en)|au|à)"
)
_JOIN = re.compile(rf"\s*(?:-|–|—|→|\.{{2,}}|…|/|{_UNTIL})\s*(?:op\s+|le\s+)?", re.IGNORECASE)
_DAY_NAME = rf"(?:{_any(_WEEKDAYS)})\b\.?"
_BESIDE_SHORT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "do-ma", "wo tot vr": a short day beside another is one, wherever they stand …
        rf"(?<![\w/.'’-]){_DAY_NAME}\s*(?:-|–|—|{_UNTIL})\s*{_DAY_NAME}(?!['’\w-])",
        rf"(?<!\w)tussen\s+{_DAY_NAME}\s+en\s+{_DAY_NAME}(?!['’\w-])",
        # … and alone only where a day is to come: "do", "ma" and "zo" are words too.
        rf"(?<!\w)van\s+{_DAY_NAME}\s*(?:-|–|—|{_UNTIL})\s*\d",
        rf"(?<!\w)(?:tot|met|t/m|tem|t\.e\.m\.|vanaf)\s+{_DAY_NAME}(?!['’\w-])",
    )
)
_AND = re.compile(r"\s*(?:en|et|and|&|\+)\s*", re.IGNORECASE)
_UNTIL_BEFORE = re.compile(rf"(?<!\w){_UNTIL}\s+\Z", re.IGNORECASE)
_FROM_BEFORE = re.compile(
    r"(?<!\w)(?P<open>vanaf|sinds|à\s+partir\s+d[eu]|dès|starting|as\s+of|from)\s+(?:le\s+)?\Z|"
    r"(?<!\w)(?:van|tussen|du|de|between)\s+\Z",
    re.IGNORECASE,
)
_OF_WEEK = re.compile(r"[\s,]*(?:(?:op|on|van|de|du|le|from|in|of)\b\s*)?", re.IGNORECASE)
"""Between "volgende week" and "dinsdag", in either order."""
_BARE_DAY = re.compile(
    rf"(?<![\w/.-])(?P<d>\d{{1,2}})(?:er|e|ste|de|st|nd|rd|th)?\s*(?:-|–|—|{_UNTIL}|(?P<and>en|et|and))\s*\Z",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"\b(?:(?:de|les|the|pendant|gedurende|voor|for)\s+)*"
    rf"(?:(?:komende|volgende|eerstvolgende|prochains|prochaines|next|coming)\s+)?"
    rf"(?<![\d/.,])(?P<number>\d{{1,3}}|{_any(_NUMBERS)})\s+(?:(?:volle|hele)\s+)?(?:(?P<days>dag|dagen|jours?|days?)|"
    rf"(?P<weeks>week|weken|semaines?|weeks)|(?P<months>maand|maanden|mois|months?))\b",
    re.IGNORECASE,
)
_JUST_BEFORE = re.compile(r"[\s,:;(]*")
"""Between a day and how long it takes from there: "7/12, twee weken"."""
_HOLIDAY = re.compile(
    rf"(?<!\w)(?:(?:in|tijdens|gedurende|heel|pendant|durant|during|over)\s+)*"
    rf"(?:(?:de|het|les|the)\s+)?(?:(?:hele|volledige)\s+)?"
    rf"(?P<holiday>{_any(NAMES)})(?:\s+(?P<year>20\d\d))?(?!\w)",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"(?<!\w)(?:voor|vóór|avant|before|van|of|begin|midden|half|eind|einde|week|dag|dagen|fin)\s+\Z",
    re.IGNORECASE,
)
"""Before a holiday: it is about another time, or about a part of it."""
_AFTER_BEFORE = re.compile(r"(?<!\w)(?:na|après|after)\s+\Z", re.IGNORECASE)
_INCLUDED = re.compile(r"met|m\.?\s*\Z|/m|through", re.IGNORECASE)
_PERIOD = re.compile(
    rf"""\b(?:
        (?:heel\s+)?(?:de\s+)?(?P<this_week>deze\s+week|this\s+week|cette\s+semaine)
      | (?:heel\s+)?(?:de\s+)?(?P<next_week>(?:volgende|komende)\s+week|next\s+week|
        (?:la\s+)?semaine\s+prochaine)
      | (?:heel\s+)?(?P<this_month>deze\s+maand|this\s+month|ce\s+mois(?:-ci)?)
      | (?:heel\s+)?(?P<next_month>(?:volgende|komende)\s+maand|next\s+month|
        (?:le\s+)?mois\s+prochain)
      | (?:(?:in|heel|de\s+hele|en|tout|all\s+of|during)\s+)
        (?:de\s+maand\s+|(?:le\s+)?mois\s+de\s+)?
        (?P<month>{_any({name for name in MONTHS if len(name) > 3 or name == "mei"})})
        (?:\s+(?P<year>\d{{4}}))?
    )(?!\w)""",  # noqa: PLR2004 - "jan" is a given name as well
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Range:
    """Days in a row that somebody named.

    Attributes:
        first: The first day.
        last: The last day, included. Before `first` where the words have them the wrong way
            round ("21/7-7/7"): whoever uses it says so.
        spans: Where its words stand in the text, in order: start and end of each piece.
        endless: Whether only a beginning was named ("vanaf maandag"); `last` is `first` then.
    """

    first: date
    last: date
    spans: tuple[tuple[int, int], ...]
    endless: bool = False

    def cut_from(self, text: str) -> str:
        """Return a text without the words of the range; " / " stands where they stood."""
        for start, end in reversed(self.spans):
            text = f"{text[:start]} / {text[end:]}"
        return text


@dataclass(frozen=True, slots=True)
class _Point:
    """One day in the text: as read today, and how it is read again from another day."""

    match: re.Match[str]
    start: int
    end: int

    def day(self, base: date) -> date | None:
        """Return the first such day on or after `base`; None when no calendar has it."""
        return _read(self.match, base)

    @property
    def weekday(self) -> bool:
        """Whether it is a day of the week and no more: "dinsdag"."""
        return bool(self.match["weekday"] or self.match["short"]) and not self.anchored

    @property
    def anchored(self) -> bool:
        """Whether it counts from today, whatever day comes before it: "overmorgen"."""
        named = ("relative", "part", "after", "after2")
        return any(self.match[name] for name in named)

    @property
    def floats(self) -> bool:
        """Whether it names no year, so that it depends on what day it is."""
        return bool(self.match["d"] or self.match["wd"] or self.match["wd2"]) and not (
            self.match["y"] or self.match["wy"] or self.match["wy2"]
        )


def find_range(text: str, today: date) -> Range | None:
    """Return the first range of days that a text names, a single day included; None if none.

    Days that no calendar has (31/2) are no days.

    Args:
        text: What somebody typed.
        today: The day in Brussels.
    """
    try:
        return _find(text, today)
    except (ValueError, OverflowError):  # beyond the calendar: "31/12/9999 tot maandag"
        return None


def is_of_the_calendar(word: str) -> bool:
    """Return whether a word is a number or says when: nobody's name."""
    return word[:1].isdigit() or all(part in _OF_THE_CALENDAR for part in fold(word).split())


def _find(text: str, today: date) -> Range | None:
    points = [
        _Point(match, match.start(), match.end())
        for match in _POINT.finditer(text)
        if not match["short"] or _stands_for_a_day(match)
    ]
    if any(point.day(today) is None for point in points):
        return None
    period = _PERIOD.search(text)
    return (
        (_in_week(text, points, period, today) if period else None)
        or _length(text, points, today)
        or _two_points(text, points, today)
        or _period_or_point(text, points, period, today)
    )


def _period_or_point(
    text: str, points: Sequence[_Point], period: re.Match[str] | None, today: date
) -> Range | None:
    """Return what is named first: a school holiday, a week or a month, or a day."""
    begins = points[0].start if points else len(text)
    holiday = _HOLIDAY.search(text)
    if holiday and holiday.start() <= begins:
        return _in_holiday(holiday, today)
    if period and period.start() <= begins:
        return _until(text, _period(period, today), today)
    return _one_point(text, points[0], today) if points else None


def _stands_for_a_day(match: re.Match[str]) -> bool:
    return any(
        beside.start() <= match.start("short") and match.end("short") <= beside.end()
        for pattern in _BESIDE_SHORT
        for beside in pattern.finditer(match.string)
    )


def _in_holiday(match: re.Match[str], today: date) -> Range | None:
    """Return the days of the next school holiday of that name, or of the one that runs."""
    text, start = match.string, match.start()
    if _PART_BEFORE.search(text[:start]):
        return None
    named = next_holiday(NAMES[match["holiday"].lower()], match["year"], today)
    first, last = max(named.first, today) if named.last >= today else named.first, named.last
    if before := _UNTIL_BEFORE.search(text[:start]):
        # "Tot de kerstvakantie" stops where it begins.
        last = last if _INCLUDED.search(before[0]) else named.first - timedelta(days=1)
        return Range(today, last, ((before.start(), match.end()),))
    if before := _AFTER_BEFORE.search(text[:start]):
        first = last + timedelta(days=1)
        return Range(first, first, ((before.start(), match.end()),), endless=True)
    before = _FROM_BEFORE.search(text[:start])
    if before and before["open"]:
        return Range(first, first, ((before.start(), match.end()),), endless=True)
    return Range(first, last, (match.span(),))


def _in_week(
    text: str, points: Sequence[_Point], period: re.Match[str], today: date
) -> Range | None:
    """Return days of a week that is named beside them: "volgende week dinsdag"."""
    if not (period["this_week"] or period["next_week"]) or not points:
        return None
    if not all(point.weekday for point in points):
        return None
    before = text[period.end() : points[0].start]
    after = text[points[-1].end : period.start()]
    if not (_OF_WEEK.fullmatch(before) if before else after and _OF_WEEK.fullmatch(after)):
        return None
    week = _until(text, _period(period, today), today)
    begins = week.first if period["this_week"] else _next_monday(today)
    found = _two_points(text, points, begins) or _one_point(text, points[0], begins)
    if found is None or not begins <= found.first <= found.last <= week.last:
        return None
    until = week.spans[0][0] < period.start()  # "tot volgende week dinsdag"
    spans = tuple(sorted((*week.spans, *found.spans)))
    return replace(found, first=today if until else found.first, spans=spans)


def _one_point(text: str, point: _Point, today: date) -> Range | None:
    day = point.day(today)
    if day is None:
        return None
    if bare := _BARE_DAY.search(text[: point.start]):
        return _shared_month(bare, point, day)
    if before := _UNTIL_BEFORE.search(text[: point.start]):
        return Range(today, day, ((before.start(), point.end),))
    before = _FROM_BEFORE.search(text[: point.start])
    start = before.start() if before else point.start
    return Range(day, day, ((start, point.end),), endless=bool(before and before["open"]))


def _shared_month(bare: re.Match[str], point: _Point, last: date) -> Range | None:
    # "van 10 tot 15 juli", "10-12/7": the month is said once.
    first = last.replace(day=int(bare["d"]))
    start = _begin(bare.string, bare.start())
    if bare["and"] and start == bare.start() and (last - first).days != 1:
        return None  # "10 en 15 juli" is no range
    return Range(first, last, ((start, point.end),))


def _two_points(text: str, points: Sequence[_Point], today: date) -> Range | None:
    for at, (one, two) in enumerate(pairwise(points)):
        between = text[one.end : two.start]
        start = _begin(text, one.start)
        listed = bool(_AND.fullmatch(between))
        tussen = listed and start < one.start
        if _JOIN.fullmatch(between) or tussen:
            if _BARE_DAY.search(text[: one.start]):
                continue
            return _from_to(one, two, today, ((start, two.end),))
        if listed:
            return _neighbours(one, two, today)
        # "vanaf maandag is An er niet tot en met vrijdag": the two stand apart.
        until = _UNTIL_BEFORE.search(text[: two.start])
        if until and at == 0 and not _UNTIL_BEFORE.search(text[: one.start]):
            return _from_to(one, two, today, ((start, one.end), (until.start(), two.end)))
    return None


def _from_to(
    one: _Point, two: _Point, today: date, spans: tuple[tuple[int, int], ...]
) -> Range | None:
    first = one.day(today)
    if one.floats:
        # A range that began before today and still runs is this year's: "7/7-21/7" on 10 July.
        running = one.day(today - relativedelta(years=1))
        ends = running and two.day(running)
        if running and ends and running < today <= ends and (ends - running).days < _HALF_A_YEAR:
            first = running
    if one.weekday and (two.match["after"] or two.match["after2"]):
        first = one.day(_next_monday(today))  # "van maandag tot woensdag volgende week"
    last = first and two.day(today if two.anchored else first)
    if first is None or last is None:
        return None
    if two.floats and (last - first).days > _HALF_A_YEAR:
        last = last - relativedelta(years=1)  # the wrong way round
    return Range(first, last, spans)


def _neighbours(one: _Point, two: _Point, today: date) -> Range | None:
    first = one.day(today)
    last = first and two.day(today if two.anchored else first)
    if first and last and (last - first).days == 1:  # "maandag en dinsdag"
        return Range(first, last, ((one.start, two.end),))
    return None


def _length(text: str, points: Sequence[_Point], today: date) -> Range | None:
    match = _LENGTH.search(text)
    if match is None:
        return None
    number = _NUMBERS.get(match["number"].lower()) or int(match["number"])
    if match["days"]:
        lasts = relativedelta(days=number)
    elif match["weeks"]:
        lasts = relativedelta(weeks=number)
    else:
        lasts = relativedelta(months=number)
    first, spans = today, [(match.start(), match.end())]
    for point in points:
        before = _FROM_BEFORE.search(text[: point.start])
        before_it = point.end <= match.start()
        from_there = before_it and _JUST_BEFORE.fullmatch(text[point.end : match.start()])
        if before or from_there or point.start - match.end() in {0, 1}:
            first = point.day(today) or today
            spans.append((before.start() if before else point.start, point.end))
            break
    return Range(first, first + lasts - timedelta(days=1), tuple(sorted(spans)))


def _until(text: str, period: Range, today: date) -> Range:
    # "tot volgende week" is said too: what comes before it is away as well.
    start = period.spans[0][0]
    if before := _UNTIL_BEFORE.search(text[:start]):
        return replace(period, first=today, spans=((before.start(), period.spans[0][1]),))
    return period


def _period(match: re.Match[str], today: date) -> Range:
    spans = ((match.start(), match.end()),)
    monday = today + relativedelta(weekday=MO(-1))
    if match["this_week"]:
        return Range(today, today + relativedelta(weekday=SU), spans)
    if match["next_week"]:
        return Range(monday + timedelta(days=7), monday + timedelta(days=13), spans)
    if match["this_month"]:
        return Range(today, today + relativedelta(day=31), spans)
    if match["next_month"]:
        first = today + relativedelta(months=1, day=1)
        return Range(first, first + relativedelta(day=31), spans)
    month = MONTHS[match["month"].lower()]
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    first = date(max(year, 1), month, 1)
    last = first + relativedelta(day=31)
    return Range(max(first, today) if last >= today else first, last, spans)


def _begin(text: str, start: int) -> int:
    before = _FROM_BEFORE.search(text[:start])
    return before.start() if before else start


def _read(match: re.Match[str], base: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["d"]:
            return _dated(int(match["d"]), int(match["m"]), match["y"], base)
        if number := match["wd"] or match["wd2"]:
            month = MONTHS[(match["month"] or match["month2"]).lower()]
            return _dated(int(number), month, match["wy"] or match["wy2"], base)
    except (ValueError, OverflowError):  # 31/2, month 13: no day at all
        return None
    return _named(match, base)


def _named(match: re.Match[str], base: date) -> date:
    if match["part"]:
        return base
    if match["relative"]:
        return base + timedelta(days=_RELATIVE[match["relative"].lower()])
    weekday = _WEEKDAYS[(match["weekday"] or match["short"]).lower()]
    if match["after"] or match["after2"]:  # "volgende vrijdag" is that of next week
        return _next_monday(base) + timedelta(days=weekday)
    return base + timedelta(days=(weekday - base.weekday()) % 7)


def _next_monday(day: date) -> date:
    return day + relativedelta(weekday=MO(-1), days=7)


def _dated(day: int, month: int, year: str | None, base: date) -> date:
    if year:
        return date(int(year) + (2000 if int(year) < 100 else 0), month, day)  # noqa: PLR2004 - two digits
    passed = (month, day) < (base.month, base.day)
    return date(base.year + passed, month, day)
