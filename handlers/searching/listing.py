"""A page of what was found, as an answer: what was understood, the lines, the buttons, the data.

`data` of a list: `words`, `asked` (as typed), `total`, `page` (from 0), `regions` (slugs),
`places` (names), `from` and `until` (ISO, where days were named), `facets` (a list of `name`,
`value`, `words`), `results` (a list of `id`, `external_id`, `name`, `organization`, `kind`,
`score`, `status`, `assured_date`), and where nothing was found `ways_on` (a list of `without`,
`total`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.context import Context
from handlers.describing import facet_label, line, matched, source_of
from handlers.facts import entries
from handlers.periods import days_label
from handlers.searching.understanding import Asked, Chip, Scope
from handlers.speech.answer import ASK, Answer, Button, Json, Paragraph, Part, Press, Prose
from handlers.speech.answer import Listing as Lines
from handlers.speech.words import Words
from store.catalogue import Finder
from store.directory import Offering
from store.records import FactKind, Region
from store.search.query import Facet, FacetName, Match
from store.search.query import How as Met

PAGE = 5
"""Entries of a list; more come with a button."""

_MANY = 20
"""Entries of a list from which a region is offered to narrow it by."""


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
            *understood(asked, words),
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
        data=answer_data(asked, page),
        told=entries(FactKind.LINE, found),
    )


def _headline(scope: Scope, asked: Asked, total: int, words: Words) -> str:
    key = "one" if total == 1 else "some"
    where = words.all_of(asked.places)
    count = words.plain(f"{scope.feature}.found_{key}", total=total)
    if not where:
        return f"{count}."
    return words.plain("searching.found_in", found=count, place=where)


def understood(asked: Asked, words: Words) -> list[Part]:
    """Return what to say of how a question was read."""
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


def answer_data(asked: Asked, page: Shown) -> dict[str, Json]:
    """Return a page, for machines."""
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
