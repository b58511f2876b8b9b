"""What is new, full or closed in the directory, and which trainings and moments are ahead."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.context import BRUSSELS
from handlers.describing import ages
from handlers.digesting.scope import Look, Scope
from handlers.speech.answer import Plain, Prose
from store.days import day_of
from store.directory import DATED, Offering, OfferingKind, Session
from store.news import Mark
from store.search.entry import Status

AGENDA = timedelta(weeks=4)
"""How far ahead trainings and moments are told: in time to enrol."""

FEW = 4
"""More of one sort are counted, not listed: an import is one line."""

_STATUSES = {
    Status.FULL: "full",
    Status.ACTIVE: "open",
    Status.TEMPORARILY_CLOSED: "closed",
    Status.DEFUNCT: "stopped",
}


def offerings(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell what came, what is full, has room again, closed or stopped."""
    mark = scope.tx.news.mark()
    now = {"entry": str(mark.entry), "change": str(mark.change)}
    if before is None:  # what there is is no news; "aanbod" tells it
        return Look((), now)
    since = Mark(int(before.get("entry", mark.entry)), int(before.get("change", mark.change)))
    changed: dict[Status, list[int]] = {status: [] for status in _STATUSES}
    for number, status in scope.tx.news.changed_status(scope.region, since):
        changed[status].append(number)
    # What happens on a day is told by the agenda, when it comes near.
    lasting = set(OfferingKind) - DATED
    lines = _lines("new", scope.tx.news.added(scope.region, lasting, since.entry), scope)
    for status, phrase in _STATUSES.items():
        lines += _lines(phrase, changed[status], scope)
    return Look(tuple(lines), now)


def agenda(scope: Scope, before: Mapping[str, str] | None) -> Look:
    """Tell each training and moment once, four weeks ahead at the most."""
    ahead = sorted(
        (
            (session.begins, one.id, one, session)
            for one in scope.tx.offerings.taking_place(tuple(DATED), scope.now)
            if not one.regions or scope.region in one.regions
            for session in one.sessions
            if session.begins > scope.now and day_of(session.begins) <= scope.today + AGENDA
        ),
        key=lambda row: row[:2],
    )
    now = {f"{number}/{begins.isoformat()}": "" for begins, number, _, _ in ahead}
    told = before or {}
    lines = (
        _moment(one, session, scope)
        for begins, number, one, session in ahead
        if f"{number}/{begins.isoformat()}" not in told
    )
    return Look(tuple(lines), now)


def _lines(phrase: str, numbers: Sequence[int], scope: Scope) -> list[Prose]:
    if len(numbers) > FEW:
        shown = scope.tx.offerings.many(numbers[: FEW - 1])
        names = scope.words.all_of(one.name for one in shown)
        key = f"digests.many_{phrase}"
        return [scope.words.prose(key, count=len(numbers), names=names)]
    found = scope.tx.offerings.many(numbers)
    return [_entry(f"digests.entry_{phrase}", one, scope) for one in found]


def _entry(key: str, one: Offering, scope: Scope) -> Prose:
    places = scope.words.all_of(one.locations[:2])
    fits = ages(one, scope.words) if key.endswith("_new") else ""
    about = " · ".join(fact for fact in (one.organization, places, fits) if fact)
    said = scope.linked(key, one.name, one.url)
    return (*said, *((Plain(f" ({about})"),) if about else ()), *invented(one, scope))


def _moment(one: Offering, session: Session, scope: Scope) -> Prose:
    begins = session.begins.astimezone(BRUSSELS)
    when = _capital(scope.day(begins.date()))
    if begins.hour or begins.minute:
        when = scope.words.plain("searching.at_hour", day=when, hour=scope.words.clock(begins))
    place = session.place or scope.words.all_of(one.locations[:2])
    said = scope.linked("digests.moment", one.name, one.url, when=when)
    where = (Plain(f" ({place})"),) if place else ()
    return (*said, *where, *invented(one, scope))


def invented(one: Offering, scope: Scope) -> Prose:
    """Return what marks an entry of the demonstration, after its line; empty for real ones."""
    marked = scope.words.plain("searching.marked_invented")
    return (Plain(f" · {marked}"),) if one.invented else ()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
