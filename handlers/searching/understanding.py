"""What a question asks of the directory: places out of it, then days, ages, levels, kinds, themes.

What is left is searched for. Each thing that was understood can be taken away again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.context import Context
from handlers.hearing.found import Found, How
from handlers.hearing.ranges import Range
from handlers.periods import COMING, find_days
from handlers.reasons import outside_name
from store.catalogue import Finder
from store.directory import DATED, DIRECTIONS, OfferingKind
from store.records import Region
from store.search.dutch import CHILD, FILLERS, WEAK, fold
from store.search.foreign import aside
from store.search.query import Facet, FacetName, Query

_DIRECTED = {
    DIRECTIONS[0]: re.compile(
        r"(?:van )?welzijn (?:naar|→|->) onderwijs|"
        r"voor (?:leerkrachten|leraren|scholen|schoolteams|onderwijs(?:personeel)?)\b",
        re.IGNORECASE,
    ),
    DIRECTIONS[1]: re.compile(
        r"(?:van )?onderwijs (?:naar|→|->) welzijn|"
        r"voor (?:hulpverleners|begeleiders|welzijn(?:swerkers)?|jeugdhulp(?:verleners)?)\b",
        re.IGNORECASE,
    ),
}
_LEADS = re.compile(
    r"(?:\b(?:in|te|rond|bij|uit|omgeving|omstreken|regio|de|het|van|buurt|à|en|near|around|of)\s+)+$",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"\b(?:in|over|uit|en|dans)\s+(?:(?:heel|gans|geheel|all of|toute?)\s+)?"
    r"(?:vlaanderen|belgië|(?:la\s+)?flandre|flanders|alle\s+(?:regio['’]?s|provincies))\b",
    re.IGNORECASE,
)
"""Narrows nothing: everything in the directory is there."""

_MY_WORK = re.compile(
    r"\b(?:ik|wij|we)\s+werk(?:en)?\s+(?:bij|in|op|voor)\s+(?:(?:een|het|de)\s+)?"
    r"(?:clb|cgg|caw|jac|ckg|ocmw|jeugdhulp|vzw|school)\b",
    re.IGNORECASE,
)
"""Who asks, which is not what is asked for."""

WORDS = re.compile(r"\w{2,}")
"""What counts as a word of a question."""

_MOST_WORDS = 300
"""Characters of a question that a button carries along."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The kinds that one feature looks through.

    Attributes:
        feature: Its slug, which is also its file of wording.
        command: The word that starts it.
        kinds: What it finds, unless the question names a kind itself.
        strict: Whether it never finds other kinds, not even when they are asked for.
        aside: Words that say no more than the command does: they are not searched for.
    """

    feature: str
    command: str
    kinds: tuple[OfferingKind, ...]
    strict: bool = True
    aside: re.Pattern[str] | None = None


OFFERINGS = Scope(
    "offerings", "aanbod", (OfferingKind.OUT_OF_SCHOOL, OfferingKind.NAFT), strict=False
)
TRAININGS = Scope("trainings", "vorming", (OfferingKind.TRAINING,))
PRACTICES = Scope("practices", "praktijk", (OfferingKind.GOOD_PRACTICE, OfferingKind.METHOD))
NETWORKS = Scope("networks", "netwerk", (OfferingKind.NETWORK,))
MOMENTS = Scope("moments", "agenda", (OfferingKind.MOMENT, OfferingKind.TRAINING), aside=COMING)
EVERYTHING = Scope("offerings", "aanbod", ())
"""No kind in particular: a word for a kind is a word like any other."""

SCOPES = (OFFERINGS, TRAININGS, PRACTICES, NETWORKS)
"""What offers a way on when another finds nothing."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was understood, and can be taken away again.

    Attributes:
        facets: What it narrows by; several when one word says several ("basisonderwijs").
        said: The words that said so.
        spans: Where they stand in the question.
        days: The days that it narrows to, where it says when; it has no facets then.
    """

    facets: tuple[Facet, ...]
    said: str
    spans: tuple[tuple[int, int], ...]
    days: Range | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, understood.

    Attributes:
        text: As it was typed.
        query: What the index is asked.
        chips: What can be taken away, in the order of the question.
        regions: Where; empty for everywhere.
        places: The names of places, as people write them.
        outside: Places outside Flanders and Brussels that it names.
        days: When something should take place; None for no matter when.
    """

    text: str
    query: Query
    chips: tuple[Chip, ...]
    regions: tuple[Region, ...]
    places: tuple[str, ...]
    outside: tuple[str, ...]
    days: Range | None = None

    def without(self, chips: Iterable[Chip]) -> str:
        """Return the question without what said these."""
        text = self.text
        for start, end in sorted((span for chip in chips for span in chip.spans), reverse=True):
            # "in Tienen" goes as a whole: an "in" that stays behind would want a place.
            text = f"{_LEADS.sub('', text[:start])} {text[end:]}"
        return " ".join(text.split())


def understand(scope: Scope, text: str, context: Context) -> Asked:
    """Return what a question asks of the directory."""
    text = text.strip()[:_MOST_WORDS]
    reading = context.places.resolve(text)
    # A name of several places narrows to all their regions, and the chips say so.
    finder = context.tx.catalogue.current()
    somewhere = [
        found
        for found in reading.found or reading.question
        # What looks like a misspelt place may be what somebody is called.
        if found.how is not How.FUZZY or not finder.is_called(found.said)
    ]
    directions = _directions(scope, text)
    days = (
        find_days(text, context.today) if scope.kinds and DATED.issuperset(scope.kinds) else None
    )
    taken = [
        *(found.span for found in somewhere),
        *(facet.span for facet in directions),
        *(days.spans if days else ()),
        *(found.span() for found in (scope.aside.finditer(text) if scope.aside else ())),
        *(found.span() for found in _ANYWHERE.finditer(text)),
        *(found.span() for found in _MY_WORK.finditer(text)),
        *aside(text, context.words.language),
    ]
    query = finder.understand(text, taken)
    facets = (*_region_facets(somewhere), *query.facets, *directions)
    shown, kinds = _kinds(scope, facets)
    if scope is EVERYTHING:
        kept = " ".join(facet.words for facet in facets if facet.name is FacetName.KIND)
        query = replace(query, words=f"{query.words} {kept}".strip())
    return Asked(
        text,
        _settled(replace(query, facets=(*shown, *kinds), near=_near(somewhere)), finder),
        _chips([facet for facet in shown if facet.span != (0, 0)], days, text),
        tuple(dict.fromkeys(region for found in somewhere for region in found.regions)),
        tuple(dict.fromkeys(found.name for found in somewhere)),
        tuple(outside_name(place, context.words) for place in reading.outside),
        days,
    )


def _settled(query: Query, finder: Finder) -> Query:
    """Return a query without its words where they only talk about looking.

    "Een overzicht van alle mogelijkheden in Vlaanderen" asks for the whole list; an entry that is
    called so is found all the same. "Voor pubers" asks for the whole list too.
    """
    words = WORDS.findall(fold(query.words))
    if not all(word in FILLERS or word in WEAK for word in words):
        return query
    weak = any(word not in FILLERS and word not in CHILD for word in words)
    return query if weak and finder.count(query) else replace(query, words="")


def _region_facets(places: Sequence[Found]) -> list[Facet]:
    return [
        Facet(FacetName.REGION, region.value, found.said, found.span)
        for found in places
        for region in found.regions
        if len(found.regions) < len(Region)
    ]


def _near(places: Sequence[Found]) -> str:
    # The part of a municipality, and the municipality: an offering may name either.
    names = (name for found in places for name in (found.name, found.municipality) if name)
    return "; ".join(dict.fromkeys(names)) if any(found.municipality for found in places) else ""


def _kinds(scope: Scope, facets: Sequence[Facet]) -> tuple[tuple[Facet, ...], tuple[Facet, ...]]:
    """Return what is shown of the facets, and the kinds that are looked through silently."""
    if any(facet.value in DIRECTIONS for facet in facets):
        return tuple(
            f for f in facets if f.name is not FacetName.KIND or f.value in DIRECTIONS
        ), ()
    if scope is EVERYTHING:
        return tuple(facet for facet in facets if facet.name is not FacetName.KIND), ()
    own = {kind.value for kind in scope.kinds}
    asked = [facet for facet in facets if facet.name is FacetName.KIND]
    others = tuple(facet for facet in facets if facet.name is not FacetName.KIND)
    within = [facet for facet in asked if facet.value in own]
    if not within and (scope.strict or not asked):
        return others, slugs(scope.kinds)
    chosen = within or asked
    # What the command says already is no chip.
    shown = () if {facet.value for facet in chosen} == own else tuple(chosen)
    also = slugs(OfferingKind(facet.value) for facet in chosen)
    return (*others, *shown), also


def _directions(scope: Scope, text: str) -> list[Facet]:
    """Return in which direction a training should carry expertise (F19)."""
    if scope.kinds != TRAININGS.kinds:
        return []
    return [
        Facet(FacetName.KIND, slug, found[0], found.span())
        for slug, pattern in _DIRECTED.items()
        if (found := pattern.search(text))
    ][:1]


def slugs(kinds: Iterable[OfferingKind]) -> tuple[Facet, ...]:
    """Return kinds as what the index narrows by."""
    values = [
        value
        for kind in kinds
        for value in (kind.value, *(DIRECTIONS if kind is OfferingKind.TRAINING else ()))
    ]
    return tuple(Facet(FacetName.KIND, value) for value in values)


def _chips(facets: Iterable[Facet], days: Range | None, text: str) -> tuple[Chip, ...]:
    by_span: dict[tuple[int, int], list[Facet]] = {}
    for facet in facets:
        by_span.setdefault(facet.span, []).append(facet)
    chips = [Chip(tuple(theirs), theirs[0].words, (span,)) for span, theirs in by_span.items()]
    if days:
        said = " ".join(text[start:end] for start, end in days.spans)
        chips.append(Chip((), said, days.spans, days))
    return tuple(sorted(chips, key=lambda chip: chip.spans))
