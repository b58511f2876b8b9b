"""What was asked for in vain, and what nobody confirmed."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from handlers.digesting.entries import invented
from handlers.digesting.scope import AHEAD, Look, Scope
from store.needs import UnmetNeed

FEWEST = 5
"""Below this a count is not told: behind it may be one school, and so one child (F68)."""

MOST_THEMES = 4


def needs(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell by theme what was asked for and not found (F16); never what somebody typed.

    The days until yesterday count, so that no question is told twice or never.
    """
    now = {"until": scope.today.isoformat()}
    began = scope.today - timedelta(days=AHEAD)
    if before and "until" in before:
        began = date.fromisoformat(before["until"])
    asked = scope.tx.needs.between(began, scope.today - timedelta(days=1))
    counts = Counter(
        theme for need in asked if scope.region in need.regions for theme in _about(need, scope)
    )
    if not counts:
        return Look((), now)
    # Sorted by what is shown, so that the order does not tell small counts apart.
    ordered = sorted(counts, key=lambda theme: (-max(counts[theme], FEWEST - 1), theme))
    told = [_counted(theme, counts[theme], scope) for theme in ordered[:MOST_THEMES]]
    if len(ordered) > MOST_THEMES:
        told.append(scope.words.plain("digests.need_more"))
    return Look((scope.words.prose("digests.needs_line", themes=scope.words.all_of(told)),), now)


def unconfirmed(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell how many entries wait for a word that they still hold, when that changed."""
    found = scope.tx.news.unconfirmed(scope.region, scope.today)
    now = {"total": str(found.total if found else 0)}
    if found is None or (before or {}).get("total") == now["total"]:
        return Look((), now)
    oldest = next(iter(scope.tx.offerings.many([found.oldest])))
    key = "digests.unconfirmed_one" if found.total == 1 else "digests.unconfirmed_some"
    since = scope.words.date(found.since)
    line = scope.linked(key, oldest.name, oldest.url, count=found.total, since=since)
    return Look(((*line, *invented(oldest, scope)),), now)


def _about(need: UnmetNeed, scope: Scope) -> tuple[str, ...]:
    named = tuple(theme.replace("-", " ") for theme in need.themes)
    return named or (scope.words.plain("digests.need_other"),)


def _counted(theme: str, count: int, scope: Scope) -> str:
    key = "digests.need_few" if count < FEWEST else "digests.need_times"
    return scope.words.plain(key, theme=theme, count=count, fewest=FEWEST)
