"""A bundle as a document, before anybody has drawn it: the same data give the same document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.context import BRUSSELS
from handlers.signalling import labels
from handlers.speech.words import Words
from store import Transaction
from store.records import Region
from store.signals import Addressee, Signal
from store.signals.ledger import GOVERNMENTS

FEWEST_SHOWN = 5
"""Counts of people below this are not told exactly: they may point at somebody (F68)."""

_PERIOD = re.compile(r"(?P<first>20\d\d)\s*[-–/]\s*(?:20)?(?P<second>\d\d)")


@dataclass(frozen=True, slots=True)
class Period:
    """A school year.

    Attributes:
        name: "2025-26".
        first: Its first moment (Europe/Brussels).
        end: The first moment after it.
    """

    name: str
    first: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a bundle says, with the signals that it rests on.

    Attributes:
        numbers: The numbers of those signals, the leading one first.
        text: What the field sees.
        details: Level, phase and support, in words.
        added: What supporters added.
        structural: Whether a coordinator judged it structural.
        cells: The same for a table, in the order of `Report.columns`.
    """

    numbers: tuple[int, ...]
    text: str
    details: str
    added: tuple[str, ...]
    structural: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What a bundle says to one addressee.

    Attributes:
        addressee: To whom.
        heading: The same in words.
        summary: How many signals, and their numbers.
        statements: What it says, structural first.
    """

    addressee: Addressee
    heading: str
    summary: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A bundle.

    Attributes:
        name: For a file: "signalen-limburg-2025-26".
        title: Its title.
        intro: What to know before reading.
        sections: One for each addressee.
        columns: The headings of its table.
        signals: The signals in it, by number.
    """

    name: str
    title: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]
    columns: tuple[str, ...]
    signals: tuple[Signal, ...]


def read_period(text: str) -> Period | None:
    """Return the school year that a text names ("2025-26"), or None."""
    found = _PERIOD.search(text)
    if found is None:
        return None
    year = int(found["first"])
    if int(found["second"]) != (year + 1) % 100:
        return None
    return _school_year(year)


def current_period(day: date) -> Period:
    """Return the school year of a day."""
    return _school_year(day.year if day >= date(day.year, 9, 1) else day.year - 1)


def compose(region: Region, period: Period, tx: Transaction, words: Words) -> Report:
    """Return the bundle of a region over a period: nothing that waits for a check is in it."""
    signals = tuple(tx.signals.between(region, period.first, period.end))
    said = {one.number: _statement(one, tx, words) for one in signals}
    sections = tuple(
        _section(
            addressee,
            [said[one.number] for one in signals if addressee in one.addressee.receivers],
            words,
        )
        for addressee in (*GOVERNMENTS, Addressee.LOKAAL)
    )
    return Report(
        name=f"signalen-{region}-{period.name}",
        title=words.plain("bundles.title", region=region.label, period=period.name),
        intro=(words.plain("bundles.intro"), words.plain("bundles.small", fewest=FEWEST_SHOWN)),
        sections=sections,
        columns=tuple(
            words.plain(key)
            for key in (
                "bundles.column_numbers",
                "bundles.column_text",
                "bundles.column_for",
                "bundles.column_level",
                "bundles.column_phase",
                "bundles.column_structural",
                "bundles.column_reporters",
                "bundles.column_organisations",
                "bundles.column_anonymous",
                "bundles.column_added",
            )
        ),
        signals=signals,
    )


def _school_year(year: int) -> Period:
    return Period(
        f"{year}-{(year + 1) % 100:02d}",
        datetime(year, 9, 1, tzinfo=BRUSSELS),
        datetime(year + 1, 9, 1, tzinfo=BRUSSELS),
    )


def _section(addressee: Addressee, statements: Sequence[Statement], words: Words) -> Section:
    ordered = sorted(statements, key=lambda one: (not one.structural, one.numbers))
    summary = words.plain("bundles.none")
    if ordered:
        numbers = words.all_of(str(one.numbers[0]) for one in sorted(ordered, key=_number))
        key = "bundles.summary_one" if len(ordered) == 1 else "bundles.summary"
        summary = words.plain(key, count=len(ordered), numbers=numbers)
    heading = words.plain("bundles.heading", addressee=labels.addressee(addressee, words))
    return Section(addressee, heading, summary, tuple(ordered))


def _number(statement: Statement) -> int:
    return statement.numbers[0]


def _statement(signal: Signal, tx: Transaction, words: Words) -> Statement:
    backed = tx.signals.backed(signal.number)
    joined = tx.signals.merged_into(signal.number)
    numbers = (signal.number, *(one.number for one in joined))
    added = [one.text for one in joined if one.text and not one.quarantined]
    added += [s.context for s in tx.signals.supporters(signal.number) if s.context]
    # Who has no name may be one person again and again: apart, so that no count looks larger.
    reporters, anonymous = _few(backed.reporters, words), _few(backed.anonymous, words)
    level, phase = labels.level(signal.level, words), labels.phase(signal.phase, words)
    yes = words.plain("bundles.yes") if signal.structural else ""
    details = [level, phase, words.plain("bundles.backed", people=reporters)]
    if backed.anonymous:
        details.append(words.plain("bundles.backed_anonymous", count=anonymous))
    if signal.structural:
        details.insert(0, words.plain("bundles.structural"))
    if signal.meeting:
        details.append(words.plain("bundles.meeting", meeting=signal.meeting))
    return Statement(
        numbers=numbers,
        text=signal.text,
        details=" · ".join(details),
        added=tuple(added),
        structural=signal.structural,
        cells=(
            ", ".join(str(number) for number in numbers),
            signal.text,
            labels.addressee(signal.addressee, words),
            level,
            phase,
            yes,
            reporters,
            _few(backed.organisations, words),
            anonymous,
            " / ".join(added),
        ),
    )


def _few(count: int, words: Words) -> str:
    if 0 < count < FEWEST_SHOWN:
        return words.plain("bundles.fewer", fewest=FEWEST_SHOWN)
    return str(count)
