"""`brug search`, `brug import` and `brug export`: the directory from the command line."""

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from handlers.context import Context
from handlers.describing import facet_label, line
from handlers.hearing.places import Places
from handlers.rights import Actor
from handlers.searching.listing import facets_data, result_data
from handlers.searching.understanding import EVERYTHING, understand
from handlers.speech.answer import Json
from handlers.speech.words import Words
from store import Store
from store.days import day_of
from store.interchange.comparing import Changed, Plan, apply, compare
from store.interchange.reading import Reader, Reading
from store.interchange.sheets import Line, Unreadable
from store.interchange.writing import write_csv, write_faults, write_hsds, write_xlsx
from store.offerings import as_text
from store.seeds.reading import read_vocabulary as read_common_words

_SHOWN = 20
"""Rows of each sort that a dry run prints; the file of faults has them all."""

_WORDS = Words("nl")
"""What the operator of this command line reads."""

_MANY = 1_000
"""Rows from which a progress bar is worth it."""

_WRITERS = {".csv": write_csv, ".xlsx": write_xlsx, ".zip": write_hsds}


class Searcher:
    """Searches the directory for a command line."""

    def __init__(self, store: Store, words: Words, now: datetime, limit: int) -> None:
        """Search in this store, as it is now."""
        with store.read() as tx:
            self._places = Places(tx.gazetteer.load(), read_common_words())
        self._store, self._words, self._now, self._limit = store, words, now, limit

    def search(self, text: str) -> Mapping[str, Json]:
        """Return what was found, as an object that fits in JSON.

        `data`: `total`, `words`, `facets` (a list of `name`, `value`, `words`, `label`),
        `regions`, and `results` (a list of `id`, `external_id`, `name`, `organization`, `kind`,
        `score`, `status`, `assured_date`), at least ten where there are as many.
        """
        with self._store.read() as tx:
            context = Context(tx, self._words, self._now, Actor("system"), self._places)
            asked = understand(EVERYTHING, text, context)
            results = tx.catalogue.current().search(asked.query, self._limit)
            found = tx.offerings.many([hit.entry_id for hit in results.hits])
        scores = {hit.entry_id: hit.score for hit in results.hits}
        key = "searching.total_one" if results.total == 1 else "searching.total"
        headline = self._words.plain(key, total=results.total)
        rows = [
            f"{number}. " + "".join(span.text for span in line(one, context.today, self._words))
            for number, one in enumerate(found, start=1)
        ]
        labels = [facet_label(facet, self._words) for chip in asked.chips for facet in chip.facets]
        facets = [
            {**facet, "label": label} if isinstance(facet, dict) else facet
            for facet, label in zip(facets_data(asked), labels, strict=True)
        ]
        return {
            "feature": "search",
            "kind": "answer",
            "headline": headline,
            "text": "\n".join([headline, *rows]),
            "data": {
                "total": results.total,
                "words": asked.query.words,
                "regions": [region.value for region in asked.regions],
                "facets": facets,
                "results": [result_data(one, scores[one.id]) for one in found],
            },
        }


def import_file(store: Store, file: Path, now: datetime, *, apply_: bool, source: str) -> int:
    """Say what importing a file would do, or do it.

    Returns:
        The exit code: 0, 1 when rows were wrong, 2 when the file cannot be read.
    """
    screen = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    said = source or file.name
    try:
        reading = _read(store, file, now, said)
    except (Unreadable, OSError) as fault:
        screen.print(f"Niets ingelezen. {_reason(file, fault)}")
        return 2
    with store.read() as tx:
        plan = compare(reading, tx.offerings)
    if apply_:
        with store.begin() as tx:
            plan = apply(plan, tx.offerings, at=now, actor="system", source=said)
        store.catalogue.keep()
    for row in _report(reading, plan, apply_=apply_):
        screen.print(row)
    if reading.wrong:
        faults = file.with_name(f"{file.name}.fouten.csv")
        write_faults(faults, reading)
        screen.print(f"De foute rijen staan in {faults}. Verbeter ze daar en lees dat bestand in.")
    if not apply_:
        screen.print("Dit was een proef: er is niets veranderd. Voeg --apply toe om het te doen.")
    return 1 if reading.wrong else 0


def _reason(file: Path, fault: Exception) -> str:
    match fault:
        case FileNotFoundError():
            return f"{file} bestaat niet."
        case IsADirectoryError():
            return f"{file} is een map zonder services.csv."
        case PermissionError():
            return f"{file} mag Brug niet lezen."
        case OSError():
            return f"{file}: {fault.strerror}"
        case _:
            return str(fault)


def export_file(store: Store, file: Path) -> int:
    """Write the whole directory to a file.

    Returns:
        The exit code: 0, or 2 when it cannot be written.
    """
    write = _WRITERS.get(file.suffix.lower())
    if write is None:
        expected = ", ".join(_WRITERS)
        sys.stderr.write(f"brug: {file.name}: verwacht een naam op {expected}\n")
        return 2
    with store.read() as tx:
        offerings = tx.offerings.all()
    try:
        write(file, offerings)
    except OSError as fault:
        sys.stderr.write(f"brug: {file}: {fault.strerror}\n")
        return 2
    sys.stdout.write(f"{len(offerings)} vermeldingen in {file}\n")
    return 0


def _read(store: Store, file: Path, now: datetime, source: str) -> Reading:
    with store.read() as tx:
        reader = Reader(tx.gazetteer.load(), tx.glossary.vocabulary())
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )

    def progress(rows: Iterable[Line], total: int) -> Iterable[Line]:
        return bar.track(rows, total, description="Lezen …") if total >= _MANY else rows

    with bar:
        return reader.read(file, source=source, as_of=day_of(now), progress=progress)


def _report(reading: Reading, plan: Plan, *, apply_: bool) -> Iterable[str]:
    done = "toegevoegd" if apply_ else "toe te voegen"
    yield (
        f"{reading.name}: {len(plan.new)} {done}, {len(plan.changed)} gewijzigd, "
        f"{plan.same} gelijk, {len(plan.kept)} behouden, {len(reading.wrong)} foute "
        f"{'rij' if len(reading.wrong) == 1 else 'rijen'}."
    )
    if reading.ignored:
        yield f"Onbekende kolommen, niet gelezen: {', '.join(reading.ignored)}."
    if reading.tags:
        yield f"Onbekende soorten en thema’s worden trefwoorden: {_few(reading.tags)}."
    yield from _section("Nieuw", (f"regel {r.line}: {r.offering.name}" for r in plan.new))
    yield from _section("Gewijzigd", (_change(one) for one in plan.changed))
    yield from _section(
        "Behouden, want iemand bevestigde of wijzigde dit later",
        (_change(one) for one in plan.kept),
    )
    yield from _section(
        "Mogelijk dubbel; er is niets samengevoegd",
        (
            f"regel {one.line}: {one.name} lijkt op nummer {one.like.id}, {one.like.name}"
            for one in plan.doubles
        ),
    )
    yield from _section("Fout, niet ingelezen", map(str, reading.problems))


def _section(title: str, rows: Iterable[str]) -> Iterable[str]:
    listed = list(rows)
    if not listed:
        return
    yield f"{title}:"
    yield from (f"  {row}" for row in listed[:_SHOWN])
    if len(listed) > _SHOWN:
        yield f"  … en nog {len(listed) - _SHOWN}"


def _change(one: Changed) -> str:
    fields: list[str] = []
    for name, value in one.values.items():
        old, new = _short(as_text(getattr(one.before, name))), _short(as_text(value))
        fields.append(f"{_WORDS.plain(f'cards.field_{name}')}: “{old}” → “{new}”")
    return f"regel {one.line}: {one.before.name} ({', '.join(fields)})"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - a column


def _few(counted: Mapping[str, int]) -> str:
    most = sorted(counted, key=lambda tag: (-counted[tag], tag))
    shown = ", ".join(most[:_SHOWN])
    return f"{shown} en nog {len(most) - _SHOWN}" if len(most) > _SHOWN else shown
