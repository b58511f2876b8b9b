"""Take what narrows out of a question in plain Dutch: ages, levels, kinds, themes, and the rest.

Places are not read here: the resolver of places does that first, and hands over which stretches
of the question it took.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.search.dutch import fold
from store.search.entry import Level
from store.search.expansion import MAXIMUM_CHARACTERS
from store.search.query import SEAM, Facet, FacetName, Query
from store.search.vocabulary import Vocabulary

Span = tuple[int, int]

OLDEST = 25
"""The last age that youth care knows; a higher number is no age."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question taken apart.

    Attributes:
        words: What is left to search for; places that were handed over are blanked out.
        facets: What narrows, in the order of the question, each with the words it came from.
    """

    words: str
    facets: tuple[Facet, ...]

    def query(self, *others: Facet, near: str = "") -> Query:
        """Return the question as a query, with facets from elsewhere (a region, a chip)."""
        return Query(self.words, (*others, *self.facets), near)


def understand(text: str, vocabulary: Vocabulary, taken: Iterable[Span] = ()) -> Understood:
    """Return the words and the facets of a question.

    Args:
        text: The question as typed; what goes beyond MAXIMUM_CHARACTERS is not read.
        vocabulary: Whose terms with a facet ("vorming", "spijbelen") are taken out.
        taken: Stretches (start, end) that mean something else, such as names of places.
    """
    text = text[:MAXIMUM_CHARACTERS]
    plain = _aligned(text)
    for start, end in taken:
        plain = _blanked(plain, max(0, start), min(end, len(plain)))
    whole, *named = _named(vocabulary)
    plain = whole.sub(lambda name: _KEPT * len(name[0]), plain)
    found: list[Facet] = []
    for pattern, read in (*_PATTERNS, *named):
        for match in list(pattern.finditer(plain)):
            facets = read(match)
            if not facets:
                continue
            start, end = match.span()
            said = text[start:end].strip()
            found += [Facet(name, value, said, (start, end)) for name, value in facets]
            plain = _blanked(plain, start, end)
    left = "".join(
        character if kept != _TAKEN else " " for character, kept in zip(text, plain, strict=True)
    )
    found.sort(key=lambda facet: facet.span)
    unique = {(facet.name, facet.value): facet for facet in reversed(found)}
    facets = sorted(unique.values(), key=lambda facet: (facet.span, facet.name))
    return Understood(" ".join(left.split()), tuple(facets))


_Found = list[tuple[FacetName, str]]
_Reader = tuple[re.Pattern[str], Callable[[re.Match[str]], _Found]]
_TAKEN = "\0"  # stands for a letter that was understood
_KEPT = "\1"  # stands for a letter that is not to be understood, but searched for


def _aligned(text: str) -> str:
    """Return `text` folded letter by letter, so that positions stay what they were."""
    return "".join(_letter(character) for character in text)


def _letter(character: str) -> str:
    if character in "−–—":
        return "-"
    folded = fold(character)
    return folded if len(folded) == 1 and folded not in {_TAKEN, _KEPT} else " "


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + _TAKEN * max(0, end - start) + text[max(start, end) :]


# ---------------------------------------------------------------------- ages

_COUNTED = """nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien
    vijftien zestien zeventien achttien negentien twintig eenentwintig tweeentwintig drieentwintig
    vierentwintig vijfentwintig"""
_NUMBERS = {word: value for value, word in enumerate(_COUNTED.split())}
_SPELLED = "|".join(sorted((w for w in _NUMBERS if len(w) > 2), key=len, reverse=True))  # noqa: PLR2004
_N = rf"(?:\d{{1,2}}|{_SPELLED})"
_START = r"(?<![\w+.,/-])"
_YEARS = r"(?:\s*-?\s*jarigen?|\s*jaar|\s*jr\b\.?|j\b|\s*ans\b|[\s-]*years?\b(?:[\s-]olds?\b)?)"
_NO_AGE = (
    r"(?!\s*(?:u|uur|uren|h|euro|€|%|dag|dagen|week|weken|maand|maanden|km|minuten|min|keer|"
    r"plaatsen|leerlingen|kinderen|jongeren|personen|januari|februari|maart|april|mei|juni|juli|"
    r"augustus|september|oktober|november|december)\b)(?![\d:€%/])(?![.,]\d)"
)
_SINCE = r"(?!\s*(?:geleden|lang\b|ervaring|ago\b|(?:of\s+)?experience\b))"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _one_age(match: re.Match[str]) -> _Found:
    age = _number(match["one"])
    return [(FacetName.AGE, str(age))] if age <= OLDEST else []


def _two_ages(match: re.Match[str]) -> _Found:
    one, two = sorted((_number(match["one"]), _number(match["two"])))
    return [(FacetName.AGE, f"{one}-{two}")] if two <= OLDEST else []


def _up_to(match: re.Match[str]) -> _Found:
    """Read "onder 12", "-12": up to and with that age.

    "Onder 12" includes 12, because −12 and +12 are the two halves of the field and share the seam.
    """
    age = _number(match["one"])
    return [(FacetName.AGE, f"-{age}")] if 0 < age <= OLDEST else []


def _below(match: re.Match[str]) -> _Found:
    age = _number(match["one"])
    if not 0 < age <= OLDEST:
        return []
    return [(FacetName.AGE, f"-{age if age == SEAM else age - 1}")]


def _from(match: re.Match[str]) -> _Found:
    age = _number(match["one"])
    return [(FacetName.AGE, f"+{age}")] if age <= OLDEST else []


def _above(match: re.Match[str]) -> _Found:
    age = _number(match["one"])
    return [(FacetName.AGE, f"+{age if age == SEAM else age + 1}")] if age <= OLDEST else []


# ---------------------------------------------------------------------- levels

_ORDINALS = {
    form: place
    for place, forms in enumerate(
        (
            "eerste 1ste 1e",
            "tweede 2de 2e",
            "derde 3de 3e",
            "vierde 4de 4e",
            "vijfde 5de 5e",
            "zesde 6de 6e",
            "zevende 7de 7e",
        ),
        1,
    )
    for form in forms.split()
}
_NTH = "|".join(_ORDINALS)


def _year(match: re.Match[str]) -> _Found:
    """Read "derde leerjaar" (8 to 9 years old) and "vierde middelbaar" (15 to 16)."""
    place = _ORDINALS[match["nth"]]
    primary = match["school"].startswith(("leerjaar", "lager", "studiejaar"))
    level, first = (Level.LAGER, 5) if primary else (Level.SECUNDAIR, 11)
    if primary and place > 6:  # noqa: PLR2004 - lager onderwijs has six years
        return []
    return [(FacetName.LEVEL, level), (FacetName.AGE, f"{first + place}-{first + place + 1}")]


def _grade(match: re.Match[str]) -> _Found:
    """Read "tweede graad": two years of secundair onderwijs, or of lager when it says so."""
    place = _ORDINALS[match["nth"]]
    if place > 3:  # noqa: PLR2004 - three grades
        return []
    if match["school"]:
        first, level = 4 + 2 * place, Level.LAGER
    else:
        first, level = 10 + 2 * place, Level.SECUNDAIR
    return [(FacetName.LEVEL, level), (FacetName.AGE, f"{first}-{first + 2}")]


def _saying(*facets: tuple[FacetName, str]) -> Callable[[re.Match[str]], _Found]:
    return lambda _: list(facets)


_SECONDARY = r"(?:het\s+)?(?:secundair|middelbaar|humaniora|so\b)(?:\s+onderwijs)?"
_IN = r"(?:(?:in|uit|voor|van)\s+(?:het|de)\s+)?"
_GRADE_SCHOOL = r"(?:\s+(?:secundair|middelbaar)|(?P<school>\s+(?:van\s+het\s+)?lager))?"


def _reader(read: Callable[[re.Match[str]], _Found], *pieces: str) -> _Reader:
    return re.compile("".join(pieces)), read


_PATTERNS: Sequence[_Reader] = [
    # What is said of the entry itself.
    _reader(
        _saying((FacetName.NOT_REACHED, "")),
        r"\b(?:die\s+|dat\s+)?(?:niet|nt)\s+gevatt?e?n?(?:\s+(?:\w+\s+)?door\s+(?:het\s+)?",
        r"onderwijs)?\b|\bdoor\s+(?:het\s+)?onderwijs\s+niet\s+gevat\w*",
    ),
    _reader(
        _saying((FacetName.PLACE_FREE, "")),
        r"\b(?:(?:met|waar)\s+)?(?:er\s+)?(?:nog\s+)?(?:een\s+)?(?:plaats(?:en)?|plek(?:ken)?)",
        r"\s+(?:vrij|over|beschikbaar)(?:\s+(?:is|zijn))?\b",
        r"|\b(?:met\s+)?(?:nog\s+)?(?:een\s+)?vrije\s+(?:plaats(?:en)?|plek(?:ken)?)\b",
        r"|\b(?:waar\s+)?(?:er\s+)?nog\s+(?:een\s+)?(?:plaats|plek|ruimte)",
        r"(?:\s+(?:is|vrij))?\b",
        r"|\bniet\s+(?:volzet|vol)\b",
    ),
    # School years before ages: "derde leerjaar" holds a number.
    _reader(
        _year,
        rf"\b{_IN}(?P<nth>{_NTH})\s+(?P<school>leerjaar|studiejaar|lager|middelbaar|",
        r"secundair|humaniora)(?:\s+onderwijs)?\b",
    ),
    _reader(_grade, rf"\b{_IN}(?P<nth>{_NTH})\s+graad{_GRADE_SCHOOL}(?:\s+onderwijs)?\b"),
    # Ages, the most telling first.
    _reader(
        _two_ages,
        rf"{_START}(?:(?:van|tussen|voor|leeftijd|de|entre|from|between)\s+)?(?P<one>{_N}){_YEARS}?\s*",
        rf"(?:-|tot\s+en\s+met|tem|t\.e\.m\.|t/m|tot|a|en|et|to|and)\s*(?P<two>{_N}){_YEARS}{_SINCE}",
    ),
    _reader(
        _two_ages,
        rf"{_START}(?:(?:van|tussen|voor|leeftijd)\s+)?(?P<one>{_N})\s*",
        rf"(?:-|tot\s+en\s+met|tem|t\.e\.m\.|t/m|tot)\s*(?P<two>{_N})\b{_NO_AGE}",
    ),
    _reader(_two_ages, rf"{_START}(?:tussen|van)\s+(?P<one>{_N})\s+en\s+(?P<two>{_N})\b{_NO_AGE}"),
    _reader(_up_to, rf"{_START}(?:-\s?|min\s+)(?P<one>{_N})(?:{_YEARS}|\b{_NO_AGE})"),
    _reader(_from, rf"{_START}(?:\+\s?|plus\s+)(?P<one>{_N})(?:{_YEARS}|\b{_NO_AGE})"),
    _reader(_from, rf"{_START}(?P<one>{_N})\s?-?(?:\+|plus\b)(?:ers?\b)?"),
    _reader(_up_to, rf"{_START}(?P<one>{_N})\s?-?min\b(?:ners?\b)?"),
    _reader(
        _below, rf"\b(?:onder|jonger\s+dan)\s+(?:de\s+)?(?P<one>{_N})(?:{_YEARS}|\b{_NO_AGE})"
    ),
    _reader(_above, rf"\b(?:boven|ouder\s+dan)\s+(?:de\s+)?(?P<one>{_N})(?:{_YEARS}|\b{_NO_AGE})"),
    _reader(
        _up_to,
        rf"\b(?:tot\s+en\s+met|tem|t/m|tot|maximum|maximaal|max\.?)\s+(?P<one>{_N}){_YEARS}",
        rf"{_SINCE}",
    ),
    _reader(
        _from,
        rf"\b(?:vanaf|minstens|minimum)\s+(?:de\s+leeftijd\s+van\s+)?(?P<one>{_N})",
        rf"(?:{_YEARS}|\b{_NO_AGE})",
    ),
    _reader(_one_age, rf"{_START}(?:van\s+)?(?P<one>{_N})\s*-?\s*jarigen?\b"),
    _reader(
        _one_age,
        rf"{_START}(?:de\s+|d'|aged?\s+)?(?P<one>{_N})(?:\s*ans\b(?:\s+d'age\b)?|",
        r"[\s-]*years?[\s-]olds?\b)",
    ),
    _reader(_one_age, rf"\b(?:aged?|age\s+of|ages?\s+de)\s+(?P<one>{_N})\b{_NO_AGE}"),
    _reader(
        _one_age,
        rf"(?<!al\s)(?<!sinds\s){_START}(?:(?:van|is|wordt)\s+)?(?P<one>{_N})(?:\s*(?:jaar|jr|j|yrs?)\b|[\s-]*years?\b)",
        rf"{_SINCE}(?:\s+oude?\b)?",
    ),
    _reader(
        _one_age,
        rf"(?<!deel\s)\b(?:van|is)\s+(?P<one>\d{{1,2}}|{_SPELLED})\b{_NO_AGE}",
        r"(?!\s*(?:-|tot|en\s+\d|op\b))",
    ),
    # Levels.
    _reader(
        _saying((FacetName.LEVEL, Level.KLEUTER)),
        rf"\b{_IN}(?:kleuters?|kleuterschool|kleuterklas|kleuteronderwijs|peuterklas)\b",
        r"|\b(?:(?:ecole|enseignement|en)\s+)?maternelles?\b|\bnursery\s+schools?\b|\bkindergarten\b",
    ),
    _reader(
        _saying((FacetName.LEVEL, Level.KLEUTER), (FacetName.LEVEL, Level.LAGER)),
        rf"\b{_IN}(?:basisonderwijs|basisschool|basisscholen|baso)\b",
    ),
    _reader(
        _saying((FacetName.LEVEL, Level.LAGER)),
        rf"\b{_IN}(?:lagere?\s+(?:onderwijs|school|scholen)|lager\b(?!\s+dan)|lagereschool)",
        r"|\b(?:ecole|enseignement)\s+primaire\b|\bprimary\s+(?:schools?|education)\b",
    ),
    _reader(
        _saying((FacetName.LEVEL, Level.SECUNDAIR)),
        rf"(?<!buitengewoon\s)\b{_IN}(?:middelbare\s+(?:school|scholen)|secundaire\s+",
        rf"(?:school|scholen)|{_SECONDARY})\b",
        r"|\b(?:ecole|enseignement)\s+secondaire\b|\bsecondary\s+(?:schools?|education)\b",
    ),
]


# ---------------------------------------------------------------------- kinds and themes


@lru_cache(maxsize=4)
def _named(vocabulary: Vocabulary) -> tuple[re.Pattern[str], _Reader]:
    """Return a pattern of names to keep whole, and what reads names with a facet.

    To keep: names with a number ("STOP 4-7", which is no age), and names that hold one with a
    facet and are something else ("coördinator Samen tegen Schooluitval"). Of those with a facet
    the longest wins; hyphens and spaces may be left out.
    """
    facets: dict[str, tuple[FacetName, str]] = {}
    for term in vocabulary.searched:
        if term.facet and term.facet[0] is not FacetName.LEVEL:
            for name in term.names:
                facets.setdefault(_aligned(name), term.facet)
    squeezed = {"".join(_pieces(name)): facet for name, facet in facets.items()}
    faceted = _any_of(facets)
    whole: set[str] = set()
    for term in vocabulary.searched:
        for name in map(_aligned, (*term.names, *term.related)):
            numbered = any(character.isdigit() for character in name)
            if numbered or (not term.facet and name not in facets and faceted.search(name)):
                whole.add(name)

    def read(match: re.Match[str]) -> _Found:
        return [squeezed["".join(_pieces(match[0]))]]

    return _any_of(whole), (faceted, read)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole names; none of none."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = "|".join(
        r"[\s-]?".join(re.escape(piece) for piece in _pieces(name)) for name in longest_first
    )
    return re.compile(rf"(?<![\w-])(?:{pattern or '(?!)'})(?![\w-])")


def _pieces(name: str) -> list[str]:
    return re.split(r"[\s-]+", name.strip())
