"""Nothing found is never the end (F16): what to leave out, what else there is, whom to ask."""

from dataclasses import replace
from itertools import combinations

from handlers.context import Context
from handlers.describing import source_of_nothing
from handlers.searching.listing import Shown, answer_data, ask, chip_label, understood
from handlers.searching.understanding import SCOPES, WORDS, Asked, Chip, Scope, slugs
from handlers.somebody import ask_button
from handlers.speech.answer import ASK, Answer, Button, Paragraph, Press
from store.catalogue import Finder
from store.search.dutch import CHILD, FILLERS, fold

_MOST_WAYS = 3
_MOST_DROPPED = 8
"""Words of a question that are tried without."""


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
    silent = slugs(scope.kinds)
    for other in elsewhere:
        kept = tuple(facet for facet in asked.query.facets if facet not in silent)
        query = replace(asked.query, facets=(*kept, *slugs(other.kinds)))
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
    parts = [*understood(asked, words), Paragraph(words.prose("searching.next"))]
    if not where:
        parts.append(Paragraph(words.prose("searching.name_a_place")))
    data = answer_data(asked, Shown((), 0, 0, {}))
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
    found = [word for word in WORDS.findall(asked.query.words) if fold(word) not in aside]
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
