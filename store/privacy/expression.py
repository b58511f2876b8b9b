r"""An expression that looks first whether it can match at all.

The guard's expressions hold long lists of words, and nearly every text holds none of them. `re`
would try each word at each character. Here one pass (Aho-Corasick) looks for the words of which
every match holds at least one, and `re` is asked only if one of them stands in the text. RE2 calls
this a prefilter. The words, here signs, are read off the expression itself, never stated beside
it: one that was forgotten would be a child who is let through.

How they are read: in `klein(?:zoon|kind)? van \w+` the first three parts can be written out
("klein van ", "kleinzoon van ", "kleinkind van "), the last can be anything. So every match holds
one of those three. Where several parts each give signs, the rarest are taken.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

if TYPE_CHECKING:
    import sre_parse as parser
else:  # its public name is deprecated, and there is no other
    from re import _parser as parser

_MOST = 400
"""Where parts one after another can be more strings than these, they are not joined further."""

_LONG_ENOUGH = 4
"""A sign of so many characters is rare; longer ones are not better."""

_FEW = 4
"""So many characters that may stand in one place are followed; "any letter" is too many."""


class Expression:
    """A regular expression, asked only if one of its signs stands in the text."""

    def __init__(self, expression: str, flags: int = 0) -> None:
        """Keep it. It is compiled, and found to be wrong, at the first text that it may match.

        Args:
            expression: As `re.compile` takes it.
            flags: As `re.compile` takes them.
        """
        self._expression = expression
        self._flags = flags

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match, as `re.Pattern.search` does."""
        if self._may_match(text, start, end):
            return self.compiled.search(text, start, end)
        return None

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Find every match, as `re.Pattern.finditer` does."""
        if self._may_match(text, start, end):
            return self.compiled.finditer(text, start, end)
        return iter(())

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match at one place, as `re.Pattern.match` does: nothing is looked for first."""
        return self.compiled.match(text, start, end)

    @cached_property
    def signs(self) -> frozenset[str]:
        """Strings in lower case of which every match, with what it looks ahead at, holds one.

        Empty if none are known.
        """
        return _signs(_of_a_row(parser.parse(self._expression, self._flags).data))

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """What `re` makes of it."""
        return re.compile(self._expression, self._flags)

    @cached_property
    def _automaton(self) -> AhoCorasick | None:
        if not _worth_a_look(self.signs):
            return None
        # Measured: a DFA is a third quicker and takes four times the memory.
        return AhoCorasick(self.signs, implementation=Implementation.ContiguousNFA)

    def _may_match(self, text: str, start: int, end: int) -> bool:
        """Whether a sign stands there; always where that can't be told."""
        if self._automaton is None or not text.isascii():
            return True  # beyond ASCII a letter in either case can be more than two letters
        part = text if start <= 0 and end >= len(text) else text[max(0, start) : end]
        return bool(self._automaton.find_matches_as_indexes(part.lower()))


class _Known(NamedTuple):
    """What is known of everything that a part of an expression matches.

    Attributes:
        exact: Each string that it can be, if they are few; None if not.
        signs: Strings of which it holds one; empty if none are known.
    """

    exact: frozenset[str] | None
    signs: frozenset[str] = frozenset()


_EMPTY = frozenset(("",))
_NOTHING_KNOWN = _Known(None)


def _of_a_row(parts: Iterable[tuple[Any, Any]]) -> _Known:
    """What is known of parts one after another: strings that touch become longer ones."""
    run, signs, whole = _EMPTY, frozenset[str](), True
    for sort, what in parts:
        known = _of_a_part(str(sort), what)
        signs = _better(signs, known.signs)
        if known.exact is not None and len(run) * len(known.exact) <= _MOST:
            run = frozenset(before + after for before, after in product(run, known.exact))
            continue
        whole = False
        signs = _better(signs, run)
        run = known.exact or _EMPTY
    return _Known(run if whole else None, _better(signs, run))


def _of_a_part(sort: str, what: Any) -> _Known:  # noqa: ANN401, PLR0911 - as `re` has it: a table of its parts
    """What is known of one part; nothing of what is not named here."""
    match sort:
        case "LITERAL":
            return _of_a_character(what)
        case "IN" if len(what) <= _FEW and all(str(each) == "LITERAL" for each, _ in what):
            return _of_one_of([_of_a_character(code) for _, code in what])
        case "AT" | "ASSERT_NOT":
            return _Known(_EMPTY)
        case "ASSERT":  # what stands before may lie outside the part of the text that is looked at
            ahead, parts = what
            return _Known(_EMPTY, _signs(_of_a_row(parts)) if ahead > 0 else frozenset())
        case "SUBPATTERN":
            return _of_a_row(what[-1])
        case "ATOMIC_GROUP":
            return _of_a_row(what)
        case "BRANCH":
            return _of_one_of([_of_a_row(each) for each in what[1]])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            fewest, most, parts = what
            known = _of_a_row(parts)
            if fewest == 0:
                return (
                    _Known(known.exact | _EMPTY) if most == 1 and known.exact else _NOTHING_KNOWN
                )
            return known if most == 1 else _Known(None, _signs(known))
        case _:
            return _NOTHING_KNOWN


def _of_a_character(code: int) -> _Known:
    """What is known of one character: nothing if `re` may read an ASCII letter in it."""
    character = chr(code)
    if not character.isascii() and character.lower() != character.upper():
        return _NOTHING_KNOWN  # "\u0131" in capitals is I, which an "i" matches
    return _Known(frozenset((character.lower(),)))


def _of_one_of(branches: list[_Known]) -> _Known:
    """What is known where one of several parts stands: that which is known of each."""
    exact: frozenset[str] | None = frozenset()
    for known in branches:
        exact = None if exact is None or known.exact is None else exact | known.exact
    signs = [_signs(known) for known in branches]
    return _Known(
        exact if exact is None or len(exact) <= _MOST else None,
        frozenset[str]().union(*signs) if all(signs) else frozenset(),
    )


def _signs(known: _Known) -> frozenset[str]:
    """The best strings of which a part holds one."""
    return _better(known.signs, known.exact or frozenset())


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Which of two is rarer in a text: its shortest is longer, or it has fewer.

    What holds an empty string or white space alone says nothing, and never wins.
    """
    return max(one, other, key=_rarity)


def _rarity(signs: frozenset[str]) -> tuple[int, int]:
    shortest = min((len(sign.strip()) for sign in signs), default=0)
    return (min(shortest, _LONG_ENOUGH), -len(signs)) if shortest else (-1, 0)


_RARE = frozenset("@<°")
"""Single characters that few texts hold."""


def _worth_a_look(signs: frozenset[str]) -> bool:
    """Whether a text may well be without them: a single letter or a comma stands in every one."""
    return bool(signs) and all(len(sign) > 1 or sign in _RARE for sign in signs)
