"""Brug's phrases, in the language of who asks.

A phrase may hold `**strong**` words, `[links](https://…)` and `{values}`. Markup belongs to the
phrase and never to the value: what people typed is put in after the phrase was taken apart, so it
cannot become markup.

Each feature has one file in `wording/`, with every phrase in every language side by side.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, assert_never, cast

from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from handlers.speech.answer import Link, Plain, Prose, Span, Strong

LANGUAGES = ("nl", "fr", "en")
"""Dutch first: it is what people get who did not choose."""

_FOLDER = Path(__file__).parent / "wording"
_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
_FAR = 300
"""Days from which a day is ambiguous without its year."""

_MOST = 1_000
"""Days, rows and phrases that are remembered, each."""

_MARKUP = re.compile(r"\*\*(?P<strong>.+?)\*\*|\[(?P<label>.+?)\]\((?P<url>.+?)\)")


class Words:
    """The phrases of one language."""

    def __init__(self, language: str = "nl") -> None:
        """Speak this language: one of `LANGUAGES`; anything else is Dutch."""
        self.language = language if language in LANGUAGES else "nl"

    def plain(self, key: str, **values: object) -> str:
        """Return a phrase as plain text.

        Raises:
            KeyError: If there is no such phrase, or it needs a value that is not given.
        """
        return _phrase(self.language, key).format_map(values)

    def prose(self, key: str, **values: object) -> Prose:
        """Return a phrase as spans.

        Raises:
            KeyError: If there is no such phrase, or it needs a value that is not given.
        """
        return tuple(_filled(span, values) for span in _apart(_phrase(self.language, key)))

    def weekday(self, day: date, today: date) -> str:
        """Return a day as one says it: "dinsdag 24 november"; with its year when that is far."""
        near = abs((day - today).days) < _FAR
        return _day(day, "EEEE d MMMM" if near else "EEEE d MMMM y", _LOCALES[self.language])

    def from_day(self, day: date, later: date) -> str:
        """Return the first of some days, as one says it before the last: "7", "28 november"."""
        form = (
            "d MMMM y" if day.year != later.year else "d" if day.month == later.month else "d MMMM"
        )
        return _day(day, form, _LOCALES[self.language])

    def date(self, day: date) -> str:
        """Return a day in words: "23 november 2026"."""
        said = _day(day, "d MMMM y", _LOCALES[self.language])
        # Only the first of a month is an ordinal in French, and Babel has no pattern for that.
        return f"1er{said[1:]}" if self.language == "fr" and day.day == 1 else said

    def clock(self, moment: time | datetime) -> str:
        """Return an hour in figures: "13.30" (uur), "13 h 30", "13.30"."""
        if self.language == "fr":
            return f"{moment.hour} h {moment:%M}" if moment.minute else f"{moment.hour} h"
        return f"{moment.hour}.{moment:%M}"

    def number(self, value: float) -> str:
        """Return a number with the decimal mark of the language: "2,5"."""
        return format_decimal(value, locale=_LOCALES[self.language])

    def days(self, count: int) -> str:
        """Return a number of days: "1 dag", "6 dagen"."""
        span = timedelta(days=count)  # however many: never in weeks
        return format_timedelta(span, "day", threshold=10**6, locale=_LOCALES[self.language])

    def all_of(self, items: Iterable[str]) -> str:
        """Return things in a row: "Aalst, Gent en Ninove"."""
        return _row(tuple(items), "standard", _LOCALES[self.language])

    def any_of(self, items: Iterable[str]) -> str:
        """Return things to choose from: "Aalst, Gent of Ninove"."""
        return _row(tuple(items), "or", _LOCALES[self.language])


# Babel takes its patterns apart for each day and each row anew (measured: a third of an answer).


@lru_cache(_MOST)
def _day(day: date, form: str, locale: str) -> str:
    return format_date(day, form, locale=locale)


@lru_cache(_MOST)
def _row(items: tuple[str, ...], style: Literal["standard", "or"], locale: str) -> str:
    return format_list(items, style=style, locale=locale)


@lru_cache(_MOST)
def _apart(phrase: str) -> Prose:
    """Return a phrase as spans, its values not filled in yet."""
    spans, end = list[Span](), 0
    for match in _MARKUP.finditer(phrase):
        if before := phrase[end : match.start()]:
            spans.append(Plain(before))
        if strong := match["strong"]:
            spans.append(Strong(strong))
        else:
            spans.append(Link(match["label"], match["url"]))
        end = match.end()
    if rest := phrase[end:]:
        spans.append(Plain(rest))
    return tuple(spans)


def _filled(span: Span, values: Mapping[str, object]) -> Span:
    match span:
        case Plain(text):
            return Plain(text.format_map(values))
        case Strong(text):
            return Strong(text.format_map(values))
        case Link(text, url):
            return Link(text.format_map(values), url.format_map(values))
        case _:
            assert_never(span)


def phrases(language: str) -> Mapping[str, str]:
    """Return every phrase of a language, by "feature.name".

    Raises:
        KeyError: If a phrase is missing in this language; the message names phrase and file.
    """
    features = [path.stem for path in sorted(_FOLDER.glob("*.toml"))]
    return {
        f"{feature}.{name}": phrase
        for feature in features
        for name, phrase in _of_feature(feature)[language].items()
    }


def _phrase(language: str, key: str) -> str:
    feature, _, name = key.partition(".")
    return _of_feature(feature)[language][name]


@cache
def _of_feature(feature: str) -> Mapping[str, Mapping[str, str]]:
    """Return the phrases of one file by language and name: few answers need more than three."""
    path = _FOLDER / f"{feature}.toml"
    if not path.is_file():
        raise KeyError(feature)
    with path.open("rb") as file:
        named = cast("dict[str, dict[str, str]]", tomllib.load(file))
    for name, by_language in named.items():
        for language in LANGUAGES:
            if language not in by_language:
                raise KeyError(f"{path.name}: {name!r} has no text in {language!r}")
    return {
        language: {name: by_language[language] for name, by_language in named.items()}
        for language in LANGUAGES
    }
