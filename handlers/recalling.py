"""What Brug said turned out wrong: exactly who was told so gets one line (F52).

Nothing that changes data has to think of this. Facts about people are compared as they were said;
entries by their version, whose changes the store keeps field by field. Who was told lately learns
what was said, on which day, and what it is now, once.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from handlers.facts import APART, as_it_is_now
from handlers.speech import pages
from handlers.speech.answer import ASK, Answer, Button, Listing, Press, Prose
from handlers.speech.words import Words
from store import Transaction
from store.days import day_of
from store.directory import Offering
from store.offerings import as_text
from store.records import Assignment, Fact, FactKind, Letter, Person, Region
from store.search.entry import Level, Status
from store.told import KEPT, FieldChange, Telling

_ON_A_LINE = (
    "name",
    "organization",
    "locations",
    "regions",
    "minimum_age",
    "maximum_age",
    "levels",
    "sessions",
    "status",
)
_ON_A_CARD = (*_ON_A_LINE, "description", "application_process", "email", "url")
_LONGEST = 120
"""Characters of a value in a line; the card has it whole."""

_MOST_FIELDS = 3


def who_to_tell(tx: Transaction, now: datetime) -> Sequence[str]:
    """Return who may have been told something that is no longer so: whom `write_recall` is for."""
    since = now - KEPT
    assignments = tx.coverage.assignments(day_of(now))
    people = tx.people.everyone()
    found = set(tx.told.askers_of_older_versions(since))
    for fact in tx.told.values(since):
        if _is_stale(fact, assignments, people):
            found.update(tx.told.askers_of_value(fact, since))
    return sorted(found)


def write_recall(asker: str, tx: Transaction, now: datetime) -> bool:
    """Tell somebody what they were told that is no longer so, in one letter.

    Whoever keeps the clock calls this. What was recalled is remembered as it is now, so that it
    is told once, on however many replicas.

    Returns:
        Whether a letter was left in the outbox.
    """
    if not tx.told.alone():
        return False
    lines: list[tuple[Prose, Press]] = []
    wrong: list[Telling] = []
    for tellings, now_known in (*_about_people(asker, tx, now), *_about_entries(asker, tx, now)):
        last = max(tellings, key=lambda one: one.at)
        line = _line(tellings, now_known, Words(last.language))
        if line is not None:
            lines.append(line)
            wrong.extend(tellings)
        tx.told.drop(tellings)
        if isinstance(now_known, _Entry):
            kinds = {one.fact.kind for one in tellings}
            version = now_known.one.version
            facts = [Fact(kind, now_known.one.id, version=version) for kind in kinds]
        else:
            facts = [now_known] if now_known else []
        # Whoever was told nothing wrong keeps the moment at which they were told it.
        tx.told.note(asker, facts, last.language, now if line else last.at)
    return bool(lines) and tx.outbox.put(_letter(asker, lines, wrong, now))


class _Entry:
    """An entry as it is now, and what changed in it since somebody was told of it."""

    def __init__(self, one: Offering, changes: Sequence[FieldChange]) -> None:
        self.one = one
        self.changes = changes


_Found = list[tuple[list[Telling], "_Entry | Fact | None"]]


def _is_stale(fact: Fact, assignments: Sequence[Assignment], people: Collection[Person]) -> bool:
    try:
        return as_it_is_now(fact, assignments, people) != fact
    except ValueError:
        return True  # it can't be read: that is for the turn of whoever was told it, not for all


def _about_people(asker: str, tx: Transaction, now: datetime) -> _Found:
    assignments = tx.coverage.assignments(day_of(now))
    people = tx.people.everyone()
    stale: dict[tuple[FactKind, int, str], list[Telling]] = {}
    current: dict[tuple[FactKind, int, str], Fact | None] = {}
    for one in tx.told.of_people(asker, now - KEPT):
        key = one.fact.kind, one.fact.number, one.fact.record
        is_now = as_it_is_now(one.fact, assignments, people)
        if is_now != one.fact:
            current[key] = is_now
            stale.setdefault(key, []).append(one)
    return [(theirs, current[key]) for key, theirs in stale.items()]


def _about_entries(asker: str, tx: Transaction, now: datetime) -> _Found:
    stale: dict[int, list[Telling]] = {}
    for one in tx.told.of_older_versions(asker, now - KEPT):
        stale.setdefault(one.fact.number, []).append(one)
    entries = {one.id: one for one in tx.offerings.many(list(stale))}
    found: _Found = []
    for number, theirs in stale.items():
        oldest = min(one.fact.version for one in theirs)
        found.append((theirs, _Entry(entries[number], tx.told.changes(number, oldest))))
    return found


def _line(
    tellings: Sequence[Telling], now_known: "_Entry | Fact | None", words: Words
) -> tuple[Prose, Press] | None:
    last = max(tellings, key=lambda one: one.at)
    day = words.date(day_of(last.at))
    if isinstance(now_known, _Entry):
        changed = _changed(tellings, now_known, words)
        if not changed:
            return None
        values = {"day": day, "name": now_known.one.name, "changes": changed}
        press = Press("offerings", "card", {"id": str(now_known.one.id)})
        return words.prose("recalling.entry", **values), press
    new = _people(now_known.value if now_known else "", words)
    old = _people(last.fact.value, words)
    if last.fact.kind is FactKind.PERSON:
        press = Press("", ASK, {"words": f"/wie {last.fact.value.partition(' (')[0]}"})
        return words.prose("recalling.person", day=day, old=old, new=new), press
    region, side, part = last.fact.record.split("/", 2)
    where = part or Region(region).label
    as_role = words.plain(f"recalling.side_{side.replace('-', '_')}")
    press = Press("", ASK, {"words": f"/wie {where}"})
    values = {"day": day, "where": where, "role": as_role, "old": old, "new": new}
    return words.prose("recalling.duty", **values), press


def _changed(tellings: Sequence[Telling], entry: _Entry, words: Words) -> str:
    """Return what is wrong in what these people were told; empty for nothing of it."""
    wrong: dict[str, tuple[str, str]] = {}
    for telling in tellings:
        seen = _ON_A_CARD if telling.fact.kind is FactKind.CARD else _ON_A_LINE
        since = [one for one in entry.changes if one.version > telling.fact.version]
        for field in seen:
            first = next((one.old for one in since if one.field == field), None)
            is_now = as_text(getattr(entry.one, field))
            if first is not None and first != is_now and _counts(field, first, is_now):
                wrong[field] = first, is_now
    phrases = [
        words.plain(
            "recalling.field",
            field=words.plain(f"recalling.field_{field}"),
            old=_shown(field, old, words),
            new=_shown(field, new, words),
        )
        for field, (old, new) in list(wrong.items())[:_MOST_FIELDS]
    ]
    return "; ".join(phrases)


def _counts(field: str, old: str, new: str) -> bool:
    # Full today and open tomorrow was right on its day; that something has ended is another thing.
    return field != "status" or Status.DEFUNCT.value in {old, new}


def _shown(field: str, value: str, words: Words) -> str:
    if not value:
        return words.plain("recalling.nothing")
    match field:
        case "status":
            return words.plain(f"searching.status_{value}")
        case "regions":
            return words.all_of(Region(part).label for part in value.split("; "))
        case "levels":
            names = [words.plain(f"searching.level_{Level(p).value}") for p in value.split("; ")]
            return words.all_of(names)
        case _:
            return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _people(value: str, words: Words) -> str:
    return words.all_of(value.split(APART)) if value else words.plain("recalling.nobody")


def _letter(
    asker: str, found: Sequence[tuple[Prose, Press]], wrong: Collection[Telling], now: datetime
) -> Letter:
    language = max(wrong, key=lambda one: one.at).language
    words = Words(language)
    buttons = tuple(
        Button(
            words.plain("recalling.show" if len(found) == 1 else "recalling.show_n", n=n), press
        )
        for n, (_, press) in enumerate(found[:5], start=1)
    )
    answer = Answer(
        words.plain("recalling.headline"),
        (Listing(tuple(line for line, _ in found)),),
        buttons,
        feature="coverage",
        data={"recalled": len(found)},
    )
    said = sorted(f"{one.fact}{one.at.isoformat()}" for one in wrong)
    key = sha256("|".join((asker, *said)).encode()).hexdigest()[:32]
    return replace(Letter(f"recall/{key}", asker, pages.write(answer), now), language=language)
