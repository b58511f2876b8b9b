"""The best first: a page of what fits a question, or the ways on."""

from handlers.context import Context
from handlers.searching.listing import PAGE, Shown, listing
from handlers.searching.understanding import Asked, Scope, understand
from handlers.searching.ways_on import nothing
from handlers.speech.answer import Answer


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
