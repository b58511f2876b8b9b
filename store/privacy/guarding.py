"""Look at a text, and keep it or refuse it."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple, NewType

from store.privacy.finding import (
    LIMIT,
    MARK,
    Finding,
    Identifying,
    Kind,
    Span,
    TooLong,
    Verdict,
    verdict_of,
)
from store.privacy.plain import Found, Plain, plain

SafeText = NewType("SafeText", str)
"""Text that may be kept. Only `guard` makes it."""

Rule = Callable[[Plain, frozenset[str]], Iterable[Found]]
"""Looks through a text, given the addresses that may be named, and says what stands where."""

NOBODY: frozenset[str] = frozenset()


def _any(rule: Callable[[Plain], Iterable[Found]]) -> Rule:
    """A rule to which it does not matter what is public."""
    return lambda text, _known: rule(text)


class Rules(NamedTuple):
    """What to look for.

    Attributes:
        certain: Rules that find what is refused, and perhaps more.
        suspecting: Rules that only ever warn.
    """

    certain: tuple[Rule, ...]
    suspecting: tuple[Rule, ...] = ()


@cache
def standard_rules() -> Rules:
    """Every rule.

    Returns:
        The rules, loaded at the first text.
    """
    # Measured: the rules' expressions take 70 ms to compile; a command that keeps nobody's text
    # need not wait for them (importing store.privacy: 130 ms with them, 25 ms without).
    from store.privacy.circumstances import circumstances  # noqa: PLC0415
    from store.privacy.disguised import disguised_telephones  # noqa: PLC0415
    from store.privacy.identifiers import emails, ibans, national_numbers, telephones  # noqa: PLC0415
    from store.privacy.initials import initials  # noqa: PLC0415
    from store.privacy.persons import person_names  # noqa: PLC0415
    from store.privacy.traces import (  # noqa: PLC0415
        addresses,
        birth_dates,
        file_numbers,
        licence_plates,
        mentions,
    )

    return Rules(
        certain=(
            _any(national_numbers),
            _any(ibans),
            _any(telephones),
            _any(disguised_telephones),
            emails,
            _any(birth_dates),
        ),
        suspecting=(
            _any(licence_plates),
            _any(file_numbers),
            _any(addresses),
            _any(mentions),
            person_names,
            _any(initials),
            _any(circumstances),
        ),
    )


_ROUNDS = 4  # of marking, until a text to offer is clean


def inspect(text: str, *, known: frozenset[str] = NOBODY, rules: Rules | None = None) -> Finding:
    """Say what in a text points at a person. Never raises: a fault in a rule is a refusal.

    Args:
        text: What somebody typed.
        known: Public addresses that may be named (of the coordinators), in lower case.
        rules: What to look for; the standard rules if not given.

    Returns:
        What was noticed. `pass` does not promise that the text holds no personal data.
    """
    if len(text) > LIMIT:
        return Finding(Verdict.REFUSE, (Kind.TOO_LONG,))
    try:
        rules = rules or standard_rules()
        spans = _look(text, known, (*rules.certain, *rules.suspecting))
        kinds = tuple(dict.fromkeys(span.kind for span in spans))
        return Finding(verdict_of(kinds), kinds, spans)
    except Exception:  # noqa: BLE001 - whatever goes wrong, nothing unseen may be kept
        return Finding(Verdict.REFUSE, (Kind.FAULT,))


def without(
    text: str, finding: Finding, *, known: frozenset[str] = NOBODY, rules: Rules | None = None
) -> str:
    """Return a text to offer to the writer: with `MARK` in the places that were found.

    Where something was refused it is looked at again, as what stood around it may be refused now.
    Only who wrote it waits for that. Never raises.

    Args:
        text: What somebody typed.
        finding: What `inspect` found in it.
        known: As it was inspected.
        rules: As it was inspected.

    Returns:
        The text; empty where there is nothing to offer.
    """
    if not finding.spans:
        return "" if finding.verdict is Verdict.REFUSE else text
    try:
        return _without(text, finding.spans, known, (rules or standard_rules()).certain)
    except Exception:  # noqa: BLE001 - as in `inspect`
        return ""


def guard(text: str, *, confirmed: bool = False, known: frozenset[str] = NOBODY) -> SafeText:
    """Let a text through, or refuse it. The only door to keeping free text.

    Args:
        text: What somebody typed.
        confirmed: Whether the writer has seen the warnings and stands by the text. What is refused
            stays refused.
        known: Public addresses that may be named, in lower case.

    Returns:
        The text, normalised: NFC, no control or invisible characters but line ends and tabs.

    Raises:
        TooLong: The text is longer than `LIMIT`.
        Identifying: Something identifying is in it, or a suspicion that nobody confirmed.
    """
    if len(text) > LIMIT:
        raise TooLong(len(text))
    finding = inspect(text, known=known)
    if finding.verdict is Verdict.REFUSE or (finding.verdict is Verdict.WARN and not confirmed):
        raise Identifying(finding)
    return SafeText(_normal(text))


def warm_up() -> None:
    """Do the slow first steps now: lists and telephone metadata, some 150 ms.

    A server calls this when it starts, so that nobody's first text waits.
    """
    inspect("Noor Voorbeeld, 0470 12 34 56, BE68 5390 0754 7034")


def _look(text: str, known: frozenset[str], rules: Iterable[Rule]) -> tuple[Span, ...]:
    """Every place that a rule finds, in order, each once and by its gravest name."""
    read = plain(text)
    spans = sorted({read.span(found) for rule in rules for found in rule(read, known)})
    refused = [span for span in spans if span.kind.verdict is Verdict.REFUSE]
    return tuple([span for span in spans if not any(_outranks(other, span) for other in refused)])


def _outranks(refused: Span, span: Span) -> bool:
    """Whether a place is read better as what is refused there: an account holds no phone."""
    overlaps = refused.start < span.end and span.start < refused.end
    return overlaps and _RANKS[refused.kind] < _RANKS[span.kind]


_RANKS = {kind: rank for rank, kind in enumerate(Kind)}


def _without(
    text: str, spans: tuple[Span, ...], known: frozenset[str], rules: tuple[Rule, ...]
) -> str:
    """The text with `MARK` in those places, looked at again wherever something was refused."""
    refused = verdict_of(span.kind for span in spans) is Verdict.REFUSE
    text = _marked(text, spans)
    for _ in range(_ROUNDS):
        if not refused:
            return text
        spans = _look(text, known, rules)
        refused = verdict_of(span.kind for span in spans) is Verdict.REFUSE
        text = _marked(text, spans)
    return "" if refused else text


def _marked(text: str, spans: tuple[Span, ...]) -> str:
    """The text with `MARK` in those places; places that touch or overlap get one together."""
    parts: list[str] = []
    done = 0
    for span in spans:
        if span.start > done or not parts:
            between = text[done : span.start]
            if parts and between.isspace():
                done = span.end
                continue
            parts += [between, MARK]
        done = max(done, span.end)
    return "".join([*parts, text[done:]])


def _normal(text: str) -> str:
    """The text as it is stored: PostgreSQL takes no NUL, UTF-8 no lone surrogate."""
    kept = "".join(
        c
        for c in text.replace("\r\n", "\n").replace("\r", "\n")
        if c in "\n\t" or not _invisible(c)
    )
    return unicodedata.normalize("NFC", kept)


def _invisible(character: str) -> bool:
    """Whether a character is a control, a lone surrogate, or drawn as nothing."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs")
