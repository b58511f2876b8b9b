"""Read one cell: what people write in a spreadsheet, to a value of an entry.

Each function raises `ValueError` with what was expected, in Dutch, for who mends the file.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.directory import OfferingKind, Session
from store.records import Gazetteer, Region
from store.search.dutch import fold
from store.search.entry import Level, Status
from store.search.query import FacetName
from store.search.vocabulary import Vocabulary

OLDEST = 99
"""Years; a higher age is a slip of the keyboard."""

_BRUSSELS = ZoneInfo("Europe/Brussels")
_A_DAY = timedelta(days=1)
_APART = re.compile(r"\s*[;|\n]\s*|\s*,\s+|,(?=\D)")
_ONE_AGE = r"(\d{1,3}(?:[.,]\d)?)"
_FROM_TO = re.compile(rf"{_ONE_AGE}\s*(?:-|–|tot en met|t/m|tem|tot|à)\s*{_ONE_AGE}(?:\s*jaar)?")
_FROM = re.compile(
    rf"(?:\+\s*{_ONE_AGE}|(?:vanaf\s*)?{_ONE_AGE}\s*(?:jaar)?\s*\+|vanaf\s*{_ONE_AGE})(?:\s*jaar)?"
)
_UP_TO = re.compile(rf"(?:-\s*|tot\s*(?:en met\s*)?|t/m\s*|max\.?\s*){_ONE_AGE}(?:\s*jaar)?")
_AGE = re.compile(rf"{_ONE_AGE}(?:\s*(?:jaar|j|years?))?\.?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_MONTHS = {
    form: number
    for number, forms in enumerate(
        (
            "januari jan january janvier",
            "februari feb february fevrier",
            "maart mrt mar march mars",
            "april apr avril",
            "mei may mai",
            "juni jun june juin",
            "juli jul july juillet",
            "augustus aug august aout",
            "september sep sept septembre",
            "oktober okt oct october octobre",
            "november nov novembre",
            "december dec decembre",
        ),
        1,
    )
    for form in forms.split()
}
_WRITTEN = re.compile(r"(\d{1,2})(?:e|de|ste)?[ -]([a-z]+)\.?[ -](\d{4}|\d{2})(?!\d)")
_NUMBERED = re.compile(r"\d{5}(?!\S)")
_ISO = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{8})(?!\d)")
_HOUR = (
    r"(\d{1,2})(?:\s*(?:[:.h]|u(?:ur)?)(\d{2})(?::\d{2})?(?!\d))?"
    r"(?:\s*(?:u(?:ur)?|h(?:eures?)?)\b\.?)?"
)
_HOURS = re.compile(
    rf"(?:t(?=\d)|[\s,(]*(?:(?:van|vanaf|om|de|a|from|at)\s+)?){_HOUR}"
    rf"(?:\s*(?:-|–|—|\b(?:tot|tem|t/m|a|to|until)\b)\s*{_HOUR})?[\s)]*"
)
_SHOWN = 60
"""Characters of what cannot be read that a message repeats."""

_LONGEST_NIGHT = timedelta(hours=12)
"""Between a beginning and an end past midnight; a longer one is a slip of the keyboard."""

_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
_EXCEL_DAYS = range(20_000, 80_000)
_EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's calendar, which thinks that 1900 was a leap year."""

_POSTCODE = re.compile(r"^\s*(?:B-)?\d{4}\s+")
_NOWHERE = frozenset(
    {"online", "digitaal", "webinar", "thuis", "aanhuis", "opafspraak", "oplocatie"}
    | {"opverplaatsing", "opschool", "overal"}
)
"""What stands in a column of places and is none."""

_MISSPELT = 2
_LETTERS_A_SLIP = 4
"""Of a name of four letters one may be wrong, of one of eight two."""

_YES = frozenset({"ja", "j", "yes", "y", "oui", "waar", "true", "1", "x"})
_NO = frozenset({"", "nee", "n", "neen", "no", "non", "onwaar", "false", "0"})

_STATUS = {
    Status.ACTIVE: "active actief open beschikbaar ja lopend",
    Status.FULL: "full volzet vol volboekt wachtlijst",
    Status.TEMPORARILY_CLOSED: "temporarilyclosed tijdelijkgesloten gesloten inactive inactief",
    Status.DEFUNCT: "defunct gestopt stopgezet opgeheven afgelopen",
}
_STATUSES = {word: status for status, words in _STATUS.items() for word in words.split()}

_KIND = {
    OfferingKind.OUT_OF_SCHOOL: "schoolexternaanbod schoolextern aanbod offering",
    OfferingKind.NAFT: "naft naadloosflexibeltraject",
    OfferingKind.TRAINING: "vorming training opleiding formation vormingen",
    OfferingKind.METHOD: "methodiek method methode methodieken",
    OfferingKind.GOOD_PRACTICE: "goedepraktijk goodpractice praktijk practice",
    OfferingKind.NETWORK: "netwerk network netwerken",
    OfferingKind.MOMENT: "moment infomoment netwerkmoment evenement",
}
_KINDS = {word: kind for kind, words in _KIND.items() for word in words.split()}

_LEVEL = {
    (Level.KLEUTER,): "kleuter kleuteronderwijs kleuterschool maternel",
    (Level.LAGER,): "lager lageronderwijs lagereschool primair primary",
    (Level.SECUNDAIR,): "secundair secundaironderwijs middelbaar so secondary",
    (Level.KLEUTER, Level.LAGER): "basis basisonderwijs bao basisschool",
    (Level.KLEUTER, Level.LAGER, Level.SECUNDAIR): "alle alleniveaus all",
}
_LEVELS = {word: levels for levels, words in _LEVEL.items() for word in words.split()}

_DIRECTIONS = {
    "welzijnnaaronderwijs": "welzijn-naar-onderwijs",
    "onderwijsnaarwelzijn": "onderwijs-naar-welzijn",
    "welfaretoeducation": "welzijn-naar-onderwijs",
    "educationtowelfare": "onderwijs-naar-welzijn",
}


def several(text: str) -> list[str]:
    """Read things in a row: "spijbelen; pesten", also with commas or bars between."""
    return [part.strip() for part in _APART.split(text) if part.strip()]


def yes(text: str) -> bool:
    """Read ja or nee.

    Raises:
        ValueError: It is neither.
    """
    said = _squeezed(text)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise ValueError("ja of nee")


def age(text: str) -> float | None:
    """Read an age in years: "12", "2,5", "12 jaar"; empty is None.

    Raises:
        ValueError: It is no age.
    """
    said = text.strip().lower()
    if not said:
        return None
    found = _AGE.fullmatch(said)
    years = float(found[1].replace(",", ".")) if found else OLDEST + 1
    if years > OLDEST:
        raise ValueError("een leeftijd in jaren, zoals 12")
    return years


def ages(text: str) -> tuple[float | None, float | None]:
    """Read two ages: "12-18", "12+", "tot 12", "15".

    Raises:
        ValueError: They are no ages, or the wrong way round.
    """
    said = text.strip().lower()
    if found := _FROM_TO.fullmatch(said):
        low, high = age(found[1]), age(found[2])
        in_order(low, high)
        return low, high
    if found := _FROM.fullmatch(said):
        return age(found[1] or found[2] or found[3]), None
    if found := _UP_TO.fullmatch(said):
        return None, age(found[1])
    one = age(said)
    return one, one


def in_order(low: float | None, high: float | None) -> None:
    """Accept a youngest and an oldest age.

    Raises:
        ValueError: They are the wrong way round.
    """
    if low is not None and high is not None and low > high:
        raise ValueError(f"een jongste leeftijd onder de oudste; bedoel je {high:g} tot {low:g}?")


def status(text: str) -> Status:
    """Read a status: "volzet".

    Raises:
        ValueError: It is none.
    """
    said = _squeezed(text)
    if not said:
        return Status.ACTIVE
    if said not in _STATUSES:
        raise ValueError("open, volzet, tijdelijk gesloten of gestopt")
    return _STATUSES[said]


def kind(text: str) -> OfferingKind | None:
    """Read a kind; None for one that Brug does not know, which then becomes a key word."""
    return _KINDS.get(_squeezed(text))


def levels(text: str) -> tuple[Level, ...]:
    """Read levels of education: "lager; secundair", "basisonderwijs".

    Raises:
        ValueError: One is unknown.
    """
    found: set[Level] = set()
    for part in several(text.replace("/", ";")):
        known = _LEVELS.get(_squeezed(part))
        if known is None:
            raise ValueError("kleuter, lager, basis of secundair")
        found |= set(known)
    return tuple(level for level in Level if level in found)


def direction(text: str) -> str:
    """Read the direction of a training.

    Raises:
        ValueError: It is none.
    """
    said = _squeezed(text.replace("→", " naar ").replace("->", " naar "))
    if said and said not in _DIRECTIONS:
        raise ValueError("welzijn naar onderwijs, of onderwijs naar welzijn")
    return _DIRECTIONS.get(said, "")


def day(text: str) -> date | None:
    """Read a day: "2026-11-23", "23/11/2026", "23 november 2026", or the number of Excel.

    Raises:
        ValueError: It is no day.
    """
    said = fold(text).strip()
    if not said:
        return None
    try:
        return _dated(said)[0]
    except ValueError:
        raise ValueError("een dag zoals 23/11/2026 of 2026-11-23") from None


def sessions(text: str, place: str = "") -> tuple[Session, ...]:
    """Read when something takes place: "12/1/2027 13:30-16:30; 19/1/2027", "12 mei 2027 9u-12u".

    Raises:
        ValueError: One is no day, or its hours cannot be read; it is named.
    """
    return tuple(_session(part, place) for part in re.split(r"[;|\n]", text) if part.strip())


def url(text: str) -> str:
    """Read an address of a page; "www." gets its protocol.

    Raises:
        ValueError: It is none.
    """
    said = text.strip()
    if not said:
        return ""
    if "://" not in said:
        said = f"https://{said}"
    if not said.startswith(("https://", "http://")) or re.search(r"\s", said) or "." not in said:
        raise ValueError("een webadres zoals https://www.example.org")
    return said


def email(text: str) -> str:
    """Read an e-mail address.

    Raises:
        ValueError: It is none.
    """
    said = text.strip().removeprefix("mailto:")
    if said and not _EMAIL.fullmatch(said):
        raise ValueError("een e-mailadres zoals info@example.org")
    return said


class Regions:
    """Names of regions and places, to the regions that they lie in."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Know these names."""
        self._regions: dict[str, tuple[Region, ...]] = {}
        for area in gazetteer.areas:
            for name in (area.name, *area.aliases):
                self._regions.setdefault(_squeezed(name), area.regions)
        for region in Region:
            self._regions[_squeezed(region.value)] = (region,)
        everywhere = tuple(Region)
        for name in ("vlaanderen", "heelvlaanderen", "alle", "allemaal", "vlaanderenenbrussel"):
            self._regions[name] = everywhere
        self._places: dict[str, set[Region]] = {}
        # The municipalities come first: of two names that are equally near, one of those is meant.
        self._names: dict[str, str] = {}
        for place in sorted(gazetteer.places, key=lambda one: one.name != one.municipality):
            self._names.setdefault(_squeezed(place.name), place.name)
            for name in (place.name, *place.aliases, *place.postcodes):
                self._places.setdefault(_squeezed(name), set()).add(place.region)

    def named(self, text: str) -> tuple[Region, ...]:
        """Read regions: "Limburg; Antwerpen"; all of them are none in particular.

        Raises:
            ValueError: One is unknown.
        """
        found: set[Region] = set()
        for part in several(text.replace("/", ";")):
            key = _squeezed(part).removeprefix("provincie").removeprefix("regio")
            known = self._regions.get(key) or tuple(self._places.get(key, ()))
            if not known:
                labels = ", ".join(region.label for region in Region)
                raise ValueError(f"een regio: {labels}")
            found |= set(known)
        return () if len(found) == len(Region) else tuple(r for r in Region if r in found)

    def of_places(self, names: Iterable[str]) -> tuple[Region, ...]:
        """Return the regions of places; of a name that lies in two regions none."""
        found: set[Region] = set()
        for name in names:
            here = self._lying(name)
            if len(here) == 1:
                found |= here
        return tuple(region for region in Region if region in found)

    def check_places(self, names: Iterable[str], *, placed: bool) -> None:
        """Accept names of places.

        Args:
            names: As they stand in the cell.
            placed: Whether the row says its region itself: then a name that resembles none may be
                a building or a neighbourhood.

        Raises:
            ValueError: One is misspelt, or nothing tells where it lies.
        """
        unknown = [name for name in names if not self._is_known(name)]
        placed = placed or any(self._lying(name) for name in names)
        for name in unknown:
            near = self._near(_squeezed(name), 1 if placed else _MISSPELT)
            if near:
                raise ValueError(f"een gemeente; bedoel je {near}?")
            if not placed:
                raise ValueError("een gemeente in Vlaanderen of Brussel, of een regio erbij")

    def _is_known(self, name: str) -> bool:
        key = _squeezed(name)
        return key in self._regions or key in _NOWHERE or bool(self._lying(name))

    def _lying(self, name: str) -> set[Region]:
        return self._places.get(_squeezed(name)) or self._places.get(
            _squeezed(_POSTCODE.sub("", name)), set()
        )

    def _near(self, key: str, most: int) -> str:
        """Return the place whose name differs least, by at most so many letters; "" for none."""
        most = min(most, len(key) // _LETTERS_A_SLIP)
        if not most:
            return ""
        found = process.extractOne(key, list(self._names), scorer=OSA.distance, score_cutoff=most)
        return self._names[found[0]] if found else ""


class Themes:
    """Names of themes, to their slugs."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Know these terms."""
        self._slugs: dict[str, str] = {}
        for term in vocabulary.terms:
            if term.facet and term.facet[0] is FacetName.THEME:
                for name in (*term.names, term.facet[1]):
                    self._slugs.setdefault(_squeezed(name), term.facet[1])

    def read(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the slugs of the themes that a cell names, and what is left as key words."""
        slugs: dict[str, None] = {}
        tags: dict[str, None] = {}
        for part in several(text):
            slug = self._slugs.get(_squeezed(part))
            (slugs if slug else tags)[slug or part] = None
        return tuple(slugs), tuple(tags)


def _dated(said: str) -> tuple[date, str]:
    """Read the day at the head of a folded text, and return it with what stands behind it.

    Raises:
        ValueError: There is none.
    """
    if found := _DAY.match(said):
        on = _on(found[3], int(found[2]), found[1])
    elif (found := _WRITTEN.match(said)) and found[2] in _MONTHS:
        on = _on(found[3], _MONTHS[found[2]], found[1])
    elif (found := _NUMBERED.match(said)) and int(found[0]) in _EXCEL_DAYS:
        on = _EXCEL_EPOCH + timedelta(days=int(found[0]))
    elif found := _ISO.match(said):
        on = date.fromisoformat(found[0])
    else:
        raise ValueError("een dag")
    return on, said[found.end() :]


def _on(year: str, month: int, of_month: str) -> date:
    return date(int(year) + 2000 if len(year) == 2 else int(year), month, int(of_month))  # noqa: PLR2004 - two digits


def _session(text: str, place: str) -> Session:
    try:
        on, behind = _dated(fold(text).strip())
    except ValueError:
        message = f"een dag zoals 23/11/2026 13:30-16:30; “{_short(text)}” lees ik niet"
        raise ValueError(message) from None
    if not behind.strip():
        return Session(_at(on, 0, 0), None, place)
    try:
        begins, ends = _hours(on, behind)
    except ValueError:
        message = f"uren zoals 13:30-16:30; “{_short(behind)}” lees ik niet"
        raise ValueError(message) from None
    if ends is not None and ends <= begins:
        ends += _A_DAY
        if ends - begins > _LONGEST_NIGHT:
            raise ValueError(f"een einde na het begin, zoals 13:30-16:30; niet “{_short(behind)}”")
    return Session(begins.astimezone(UTC), ends and ends.astimezone(UTC), place)


def _short(text: str) -> str:
    return text.strip()[:_SHOWN]


def _hours(on: date, said: str) -> tuple[datetime, datetime | None]:
    """Read from when until when on a day, by the clocks of Brussels.

    Raises:
        ValueError: It is something else.
    """
    found = _HOURS.fullmatch(said)
    if found is None:
        raise ValueError("uren")
    begins = _by_the_clock(on, int(found[1]), int(found[2] or 0))
    if not found[3]:
        return begins, None
    hour, minute = int(found[3]), int(found[4] or 0)
    if (hour, minute) == (24, 0):
        return begins, _by_the_clock(on + _A_DAY, 0, 0)
    return begins, _by_the_clock(on, hour, minute)


def _at(on: date, hour: int, minute: int) -> datetime:
    return _by_the_clock(on, hour, minute).astimezone(UTC)


def _by_the_clock(on: date, hour: int, minute: int) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=_BRUSSELS)


def _squeezed(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
