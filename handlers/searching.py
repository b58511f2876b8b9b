"""The search behind `/aanbod`, `/vorming`, `/praktijk`, `/netwerk` and `/agenda` (F11, F12, F16).

One question goes the same way for all of them: places out of it, then ages, levels, kinds and
themes, and what is left is searched for. What was understood stands above the list, each thing
with a button that takes it away; nothing found is never the end.

`data` of a list: `words`, `asked` (as typed), `total`, `page` (from 0), `regions` (slugs),
`places` (names), `from` and `until` (ISO, where days were named), `facets` (a list of `name`,
`value`, `words`), `results` (a list of `id`, `external_id`, `name`, `organization`, `kind`,
`score`, `status`, `assured_date`), and where nothing was found `ways_on` (a list of `without`,
`total`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from handlers.context import Context
from handlers.describing import facet_label, line, matched, source_of, source_of_nothing
from handlers.facts import entries
from handlers.hearing.found import Found, How
from handlers.hearing.ranges import Range
from handlers.periods import COMING, days_label, find_days
from handlers.reasons import outside_name
from handlers.somebody import ask_button
from handlers.speech.answer import ASK, Answer, Button, Json, Paragraph, Part, Press, Prose
from handlers.speech.answer import Listing as Lines
from handlers.speech.words import Words
from store.catalogue import Finder
from store.directory import DATED, DIRECTIONS, Offering, OfferingKind
from store.records import FactKind, Region
from store.search.dutch import CHILD, FILLERS, WEAK, fold
from store.search.foreign import aside
from store.search.query import Facet, FacetName, Match, Query
from store.search.query import How as Met

PAGE = 5
"""Entries of a list; more come with a button."""

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
_MOST_WAYS = 3
_MANY = 20
"""Entries of a list from which a region is offered to narrow it by."""
_MOST_DROPPED = 8
"""Words of a question that are tried without."""

_WORDS = re.compile(r"\w{2,}")
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of what was found.

    Attributes:
        found: The entries on it.
        total: How many there are on all pages.
        number: Which page, from 0.
        scores: By the number of the entry; those without count as 0.
    """

    found: Sequence[Offering]
    total: int
    number: int
    scores: Mapping[int, float]


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


def find(scope: Scope, text: str, context: Context, page: int = 0) -> Answer:
    """Return a page of what was found, or the ways on."""
    return by_score(scope, understand(scope, text, context), context, page)


def by_score(scope: Scope, asked: Asked, context: Context, page: int = 0) -> Answer:
    """Return a page of what fits, the best first, or the ways on."""
    finder = context.tx.catalogue.current()
    results = finder.search(asked.query, PAGE, page * PAGE)
    if results.total and not results.hits:  # fewer than when the button was written: the last page
        page = last_page(results.total)
        results = finder.search(asked.query, PAGE, page * PAGE)
    if not results.total:
        return nothing(scope, asked, context)
    found = context.tx.offerings.many([hit.entry_id for hit in results.hits])
    scores = {hit.entry_id: hit.score for hit in results.hits}
    return listing(scope, asked, Shown(found, results.total, page, scores), context)


def last_page(total: int) -> int:
    """Return the number of the last page of so many, from 0."""
    return max(0, total - 1) // PAGE


def _settled(query: Query, finder: Finder) -> Query:
    """Return a query without its words where they only talk about looking.

    "Een overzicht van alle mogelijkheden in Vlaanderen" asks for the whole list; an entry that is
    called so is found all the same. "Voor pubers" asks for the whole list too.
    """
    words = _WORDS.findall(fold(query.words))
    if not all(word in FILLERS or word in WEAK for word in words):
        return query
    weak = any(word not in FILLERS and word not in CHILD for word in words)
    return query if weak and finder.count(query) else replace(query, words="")


def listing(scope: Scope, asked: Asked, page: Shown, context: Context) -> Answer:
    """Return one page as an answer."""
    words, found = context.words, page.found
    first = page.number * PAGE + 1
    lines = Lines(tuple(line(one, context.today, words) for one in found), first)
    finder = context.tx.catalogue.current()
    explained = [finder.explain(asked.query, one.entry) for one in found]
    return Answer(
        headline=_headline(scope, asked, page.total, words),
        parts=(
            *_understood(asked, words),
            *_only_near(explained, words),
            lines,
            *_invented(found, words),
        ),
        buttons=(
            *_openers(scope, found, first, words),
            *_more(scope, asked, page, words),
            *_nearer(scope, asked, page, finder),
            *_removers(scope, asked, words),
        ),
        source=source_of(found, words),
        why=_why(asked, found, explained, words),
        shareable=True,
        data=_data(asked, page),
        told=entries(FactKind.LINE, found),
    )


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
        return others, _slugs(scope.kinds)
    chosen = within or asked
    # What the command says already is no chip.
    shown = () if {facet.value for facet in chosen} == own else tuple(chosen)
    also = _slugs(OfferingKind(facet.value) for facet in chosen)
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


def _slugs(kinds: Iterable[OfferingKind]) -> tuple[Facet, ...]:
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


def _headline(scope: Scope, asked: Asked, total: int, words: Words) -> str:
    key = "one" if total == 1 else "some"
    where = words.all_of(asked.places)
    count = words.plain(f"{scope.feature}.found_{key}", total=total)
    if not where:
        return f"{count}."
    return words.plain("searching.found_in", found=count, place=where)


def _understood(asked: Asked, words: Words) -> list[Part]:
    parts: list[Part] = []
    if asked.outside:
        where = words.all_of(asked.outside)
        parts.append(Paragraph(words.prose("searching.outside", place=where)))
    if asked.chips:
        labels = " · ".join(chip_label(chip, words) for chip in asked.chips)
        parts.append(Paragraph(words.prose("searching.understood", facets=labels)))
    return parts


def chip_label(chip: Chip, words: Words) -> str:
    """Return what a chip narrows by, in words: "13 jaar"."""
    if chip.days:
        return days_label(chip.days, words)
    return words.any_of(dict.fromkeys(facet_label(facet, words) for facet in chip.facets))


def _openers(
    scope: Scope, found: Sequence[Offering], first: int, words: Words
) -> tuple[Button, ...]:
    return tuple(
        Button(
            words.plain("searching.open", number=number, name=one.name),
            Press(scope.feature, "card", {"id": str(one.id)}),
        )
        for number, one in enumerate(found, start=first)
    )


def _more(scope: Scope, asked: Asked, page: Shown, words: Words) -> tuple[Button, ...]:
    left = page.total - (page.number + 1) * PAGE
    if left <= 0:
        return ()
    press = Press(scope.feature, "more", {"words": asked.text, "page": str(page.number + 1)})
    return (Button(words.plain("searching.more", left=left), press),)


def _removers(scope: Scope, asked: Asked, words: Words) -> tuple[Button, ...]:
    return tuple(
        Button(
            words.plain("searching.without", facet=chip_label(chip, words)),
            ask(scope, asked.without([chip])),
        )
        for chip in asked.chips
    )


def ask(scope: Scope, text: str) -> Press:
    """Return a press that asks a question anew, with the command of a feature."""
    return Press("", ASK, {"words": f"/{scope.command} {text}".strip()})


def _invented(found: Sequence[Offering], words: Words) -> tuple[Part, ...]:
    # Each line says it too; this is for who does not know that there is a demonstration.
    invented = any(one.invented for one in found)
    return (Paragraph(words.prose("searching.invented")),) if invented else ()


def _why(
    asked: Asked,
    found: Sequence[Offering],
    explained: Sequence[Sequence[Match]],
    words: Words,
) -> tuple[Prose, ...]:
    narrowed = [chip_label(chip, words) for chip in asked.chips]
    lines = [
        matched(one, matches, narrowed, words)
        for one, matches in zip(found, explained, strict=True)
    ]
    return (*lines, words.prose("searching.rule"))


def _only_near(explained: Iterable[Sequence[Match]], words: Words) -> tuple[Part, ...]:
    """Return what to say of words that no entry has, where they found what lies close to them."""
    near: dict[str, dict[str, None]] = {}
    met: set[str] = set()
    for match in (match for matches in explained for match in matches):
        if match.how is Met.RELATED:
            near.setdefault(match.asked, {})[match.found] = None
        else:
            met.add(match.asked)
    return tuple(
        Paragraph(words.prose("searching.only_near", asked=asked, found=words.all_of(found)))
        for asked, found in near.items()
        if asked not in met
    )


def _nearer(scope: Scope, asked: Asked, page: Shown, finder: Finder) -> tuple[Button, ...]:
    """Return a button for each region that has something, of a long list that names no place."""
    if asked.regions or asked.outside or page.number or page.total < _MANY:
        return ()
    facets = asked.query.facets
    here = [Facet(FacetName.REGION, region.value) for region in Region]
    return tuple(
        Button(region.label, ask(scope, f"{asked.text} {region.label}"))
        for region, facet in zip(Region, here, strict=True)
        if finder.count(replace(asked.query, facets=(*facets, facet)))
    )


def nothing(scope: Scope, asked: Asked, context: Context) -> Answer:
    """Return the ways on when nothing was found (F16)."""
    words, finder = context.words, context.tx.catalogue.current()
    ways = _ways_on(asked, finder)
    buttons = [
        Button(
            words.plain(
                "searching.drop",
                facets=words.all_of(chip_label(chip, words) for chip in dropped),
                total=total,
            ),
            ask(scope, asked.without(dropped)),
        )
        for dropped, total in ways
    ]
    buttons += _ways_by_word(scope, asked, context)[: 1 if ways else 2]
    elsewhere = [other for other in SCOPES if other.kinds != scope.kinds]
    silent = _slugs(scope.kinds)
    for other in elsewhere:
        kept = tuple(facet for facet in asked.query.facets if facet not in silent)
        query = replace(asked.query, facets=(*kept, *_slugs(other.kinds)))
        if not ways and (total := finder.count(query)):
            key = "one" if total == 1 else "some"
            label = words.plain(f"{other.feature}.count_{key}", total=total)
            buttons.append(Button(label, ask(other, asked.text)))
    where = asked.places[0] if asked.places else ""
    if where:
        duo = Press("", ASK, {"words": f"/wie {where}"})
        buttons.append(Button(words.plain("searching.duo", place=where), duo))
    counted = {"words": asked.text}
    buttons += [
        *ask_button(asked.text, context),
        Button(words.plain("searching.count_me"), Press(scope.feature, "need", counted)),
        Button(words.plain("searching.follow"), Press("follows", "begin", counted)),
    ]
    parts = [*_understood(asked, words), Paragraph(words.prose("searching.next"))]
    if not where:
        parts.append(Paragraph(words.prose("searching.name_a_place")))
    data = _data(asked, Shown((), 0, 0, {}))
    return Answer(
        headline=words.plain(f"{scope.feature}.none"),
        parts=tuple(parts),
        buttons=tuple(buttons),
        source=source_of_nothing(context.today, words),
        data={
            **data,
            "ways_on": [
                {
                    "without": [facet.name.value for chip in dropped for facet in chip.facets],
                    "total": total,
                }
                for dropped, total in ways
            ],
        },
    )


def _ways_on(asked: Asked, finder: Finder) -> list[tuple[tuple[Chip, ...], int]]:
    """Return which chips to take away so that something appears: one, else two, else all."""
    chips = [chip for chip in asked.chips if chip.facets]
    for together in sorted({1, min(2, len(chips)), len(chips)} - {0}):
        ways = [
            (
                dropped,
                finder.count(asked.query.without(*(f for chip in dropped for f in chip.facets))),
            )
            for dropped in combinations(chips, together)
        ]
        helpful = sorted((way for way in ways if way[1]), key=lambda way: -way[1])
        if helpful:
            return helpful[:_MOST_WAYS]
    return []


def _ways_by_word(scope: Scope, asked: Asked, context: Context) -> list[Button]:
    """Return buttons that leave out a word, all but one, or all, and say how much is left."""
    words, finder = context.words, context.tx.catalogue.current()
    aside = FILLERS | CHILD
    found = [word for word in _WORDS.findall(asked.query.words) if fold(word) not in aside]
    if not found or len(found) > _MOST_DROPPED:
        return []
    for key in ("searching.drop_word", "searching.only_word") if len(found) > 1 else ():
        drops = key == "searching.drop_word"
        ways: list[tuple[int, str, str]] = []
        for word in found:
            kept = [other for other in found if (other != word) is drops]
            total = finder.count(replace(asked.query, words=" ".join(kept)))
            said = " ".join(kept + [chip.said for chip in asked.chips])
            ways.append((total, word, said))
        helpful = sorted((way for way in ways if way[0]), key=lambda way: -way[0])
        if helpful:
            return [
                Button(words.plain(key, word=word, total=total), ask(scope, said))
                for total, word, said in helpful[:2]
            ]
    # Without words and without chips, everything is left: that is no way on.
    total = finder.count(replace(asked.query, words="")) if asked.chips else 0
    if not total:
        return []
    label = words.plain("searching.drop_word", word=" ".join(found), total=total)
    return [Button(label, ask(scope, " ".join(chip.said for chip in asked.chips)))]


def _data(asked: Asked, page: Shown) -> dict[str, Json]:
    return {
        "words": asked.query.words,
        "total": page.total,
        "page": page.number,
        "asked": asked.text,
        "regions": [region.value for region in asked.regions],
        "places": list(asked.places),
        "from": asked.days.first.isoformat() if asked.days else None,
        "until": asked.days.last.isoformat() if asked.days and not asked.days.endless else None,
        "facets": facets_data(asked),
        "results": [result_data(one, page.scores.get(one.id, 0.0)) for one in page.found],
    }


def facets_data(asked: Asked) -> list[Json]:
    """Return what was understood, for machines."""
    return [
        {"name": facet.name.value, "value": facet.value, "words": facet.words}
        for chip in asked.chips
        for facet in chip.facets
    ]


def result_data(one: Offering, score: float) -> dict[str, Json]:
    """Return one result, for machines."""
    return {
        "id": one.id,
        "external_id": one.external_id,
        "name": one.name,
        "organization": one.organization,
        "kind": one.kind.value,
        "score": score,
        "status": one.status.value,
        "assured_date": one.assured_date.isoformat() if one.assured_date else None,
    }
