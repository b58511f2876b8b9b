"""What takes place, in the order of its days: for `/agenda` (F23) and `/vorming` (F19)."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.context import Context
from handlers.periods import sessions_in
from handlers.searching.finding import last_page
from handlers.searching.listing import PAGE, Shown, ask, chip_label, listing
from handlers.searching.understanding import Asked, Scope
from handlers.searching.ways_on import nothing
from handlers.speech.answer import Answer, Button
from store.directory import Offering

_ALL = 10_000
"""More than there are: what comes is chosen by its day, not by its score."""


def by_day(
    scope: Scope, asked: Asked, context: Context, page: int = 0, *, undated: bool = False
) -> Answer:
    """Return a page of what comes, the first one first, or the ways on.

    Args:
        scope: The kinds that are looked through.
        asked: Where, about what and when.
        context: The circumstances.
        page: Which page, from 0.
        undated: Whether what has no day to come is named too, behind the rest.
    """
    found = context.tx.catalogue.current().search(asked.query, _ALL)
    hits = {hit.entry_id: hit.score for hit in found.hits}
    coming = _coming(scope, asked, hits, context)
    dated = {one.id for one in coming}
    rest = [number for number in hits if number not in dated] if undated and not asked.days else []
    total = len(coming) + len(rest)
    if not total:
        return _elsewhen(scope, asked, hits, context)
    page = min(page, last_page(total))
    shown = coming[page * PAGE : (page + 1) * PAGE]
    begin = max(0, page * PAGE - len(coming))
    shown += context.tx.offerings.many(rest[begin : begin + PAGE - len(shown)])
    return listing(scope, asked, Shown(shown, total, page, hits), context)


def _coming(
    scope: Scope, asked: Asked, hits: Mapping[int, float], context: Context
) -> list[Offering]:
    since = context.now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = [
        (sessions[0].begins, one.id, one)
        for one in context.tx.offerings.taking_place(scope.kinds, since)
        if one.id in hits and (sessions := sessions_in(one, asked.days, context.today))
    ]
    return [one for _, _, one in sorted(found, key=lambda dated: dated[:2])]


def _elsewhen(scope: Scope, asked: Asked, hits: Mapping[int, float], context: Context) -> Answer:
    """Return the ways on, that to other days first where there is something then."""
    answer = nothing(scope, asked, context)
    when = [chip for chip in asked.chips if chip.days]
    total = len(_coming(scope, replace(asked, days=None), hits, context))
    if not when or not total:
        return answer
    words = context.words
    label = words.plain("searching.drop", facets=chip_label(when[0], words), total=total)
    way = Button(label, ask(scope, asked.without(when)))
    return replace(answer, buttons=(way, *answer.buttons))
