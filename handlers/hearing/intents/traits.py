"""What the arbiter looks at in a sentence: its words, its concepts, and what stands for what.

Names are taken out first: "in Aalst" and "in Zottegem" are the same trait, so that nothing has
to be learned town by town. A slip of the finger in a word of a concept is forgiven.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.hearing.persons import mentions
from handlers.hearing.plain import fold
from handlers.hearing.seeking import of_the_field, says_age
from handlers.hearing.sentence import Sentence

MOST_WORDS = 60
"""Words that are looked at: what somebody wants stands at the beginning, or nowhere."""

_TOKEN = re.compile(r"<\w+>|[^\W_]+")
_AGE = re.compile(
    r"\b\d{1,2}\s?-?\s?(?:jarige?n?|jaar|j|ans|years?|yo)\b|(?<![\w/])[+−-]\s?1[28]\b"
)
_TIME = re.compile(r"\b\d{1,2}\s?(?:[:uh]\s?\d{0,2}|uur)\b")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b")
_YEAR = re.compile(r"\b20\d\d(?:\s?-\s?(?:20)?\d\d)?\b")
_LINK = re.compile(r"https?://\S+|www\.\S+")
_ADDRESS = re.compile(r"\S+@\S+\.\w+")
_HANDLE = re.compile(r"<?[@#][\w.-]+>?")
_CODE = re.compile(r"```|`[^`]+`|[{};]\s*$|\b(?:def|SELECT|import|function)\b.*[(;*:]")
_NUMBER = re.compile(r"\b\d+\b")
_FORGIVEN_FROM = 5
"""Letters from which one slip is forgiven in a word of a concept."""
_COMPOUND_FROM = 8
"""Letters from which two words that make one of a concept are that one."""


def traits(sentence: Sentence) -> frozenset[str]:
    """Return the traits of a sentence.

    They say what they are: "w:" a word, "b:" two in a row, "s:" two with one in between, "c:" a
    piece of a word, "k:" a concept, "kk:" two concepts together, "f:" the form of the sentence.
    """
    tokens = tokens_of(sentence)
    concepts = concepts_of(sentence, tokens)
    return frozenset(
        (
            *(f"w:{token}" for token in tokens),
            *(f"b:{one} {two}" for one, two in pairwise(tokens)),
            *(f"s:{one} {two}" for one, two in zip(tokens, tokens[2:], strict=False)),
            *(
                f"c:{piece}"
                for token in tokens
                if not token.startswith("<")
                for piece in _pieces(token)
            ),
            *(f"k:{concept}" for concept in concepts),
            *(f"kk:{one} {two}" for one in concepts for two in concepts if one < two),
            *_form(sentence, tokens),
        )
    )


def tokens_of(sentence: Sentence) -> tuple[str, ...]:
    """Return the folded words, with a mark where a name, a date or a number stood."""
    text = sentence.text
    spans = [(*found.span, " <place> ") for found in sentence.places.found]
    spans += [(*found.span, " <place> ") for found in sentence.places.question[:1]]
    spans += [
        (mention.start, mention.end, " <person> ")
        for mention in mentions(text, sentence.people)
        if not text[mention.start : mention.end].islower() or mention.end - mention.start > 3  # noqa: PLR2004 - "an"
    ]
    end = len(text) + 1
    for start, stop, mark in sorted(spans, reverse=True):
        if stop <= end:
            text = text[:start] + mark + text[stop:]
            end = start
    for pattern, mark in _MARKS:
        text = pattern.sub(mark, text)
    return tuple(
        _joined(
            token if token.startswith("<") else fold(token)
            for token in _TOKEN.findall(text.casefold())[:MOST_WORDS]
        )
    )


def _joined(tokens: Iterable[str]) -> Iterator[str]:
    """Give the words, with the compounds of the field in one piece: "dag besteding"."""
    words, _, _ = _lexicon()
    waiting = ""
    for token in tokens:
        whole = waiting + token
        if waiting and len(whole) >= _COMPOUND_FROM and whole in words:
            yield whole
            waiting = ""
        else:
            if waiting:
                yield waiting
            waiting = token
    if waiting:
        yield waiting


_MARKS = (
    (_LINK, " <link> "),
    (_ADDRESS, " <address> "),
    (_AGE, " <age> "),
    (_DATE, " <date> "),
    (_YEAR, " <year> "),
    (_TIME, " <time> "),
    (_HANDLE, " <handle> "),
    (_NUMBER, " <number> "),
)


def concepts_of(sentence: Sentence, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the concepts that a sentence holds, in alphabetical order."""
    _, _, phrases = _lexicon()
    found: set[str] = set()
    for token in tokens:
        if token.startswith("<"):
            found.add(token)
        else:
            found |= _meant(token)
    padded = f" {' '.join(tokens)} "
    found |= {concept for phrase, concept in phrases if f" {phrase} " in padded}
    if says_age(sentence):
        found.add("<whom>")
    if of_the_field(sentence):
        found.add("<term>")
    if sentence.places.outside:
        found.add("<outside>")
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def _meant(token: str) -> frozenset[str]:
    words, starts, _ = _lexicon()
    found = set(words.get(token, ()))
    for length in range(1, len(token) + 1):
        found |= starts.get(token[:length], frozenset())
    if not found and len(token) >= _FORGIVEN_FROM:
        near = process.extractOne(
            token,
            _by_first_letter().get(token[0], ()),  # hardly anybody's first letter is a slip
            scorer=OSA.distance,
            score_cutoff=1 + (len(token) > 8),  # noqa: PLR2004 - a long word, two slips
        )
        if near is not None:
            found |= words[near[0]]
    return frozenset(found)


@cache
def _by_first_letter() -> Mapping[str, tuple[str, ...]]:
    words, _, _ = _lexicon()
    letters = {word[0] for word in words}
    return {letter: tuple(w for w in words if w.startswith(letter)) for letter in letters}


@cache
def _lexicon() -> tuple[
    Mapping[str, frozenset[str]], Mapping[str, frozenset[str]], tuple[tuple[str, str], ...]
]:
    """Return the words, the beginnings of words and the phrases, with their concepts."""
    words: dict[str, set[str]] = {}
    starts: dict[str, set[str]] = {}
    phrases: list[tuple[str, str]] = []
    lines = tomllib.loads(
        files("handlers.hearing.intents").joinpath("concepts.toml").read_text("utf-8")
    )
    for concept, line in lines.items():
        for quoted, plain in re.findall(r"'([^']+)'|(\S+)", line):
            if quoted:
                phrases.append((fold(quoted), concept))
            elif plain.endswith("*"):
                starts.setdefault(fold(plain[:-1]), set()).add(concept)
                words.setdefault(fold(plain[:-1]), set()).add(concept)
            else:
                words.setdefault(fold(plain), set()).add(concept)
    return (
        {word: frozenset(meant) for word, meant in words.items()},
        {start: frozenset(meant) for start, meant in starts.items()},
        tuple(phrases),
    )


def _pieces(token: str) -> Iterable[str]:
    padded = f"_{token[:24]}_"
    for size in (3, 4, 5):
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]


def _form(sentence: Sentence, tokens: tuple[str, ...]) -> list[str]:
    text = sentence.text.strip()
    said = [f"f:first {tokens[0]}", f"f:last {tokens[-1]}"] if tokens else ["f:wordless"]
    if "?" in text:
        said.append("f:question")
    said.append(f"f:words {min(len(tokens), 12) // 3}")
    if _CODE.search(text):
        said.append("f:code")
    if not text.isascii() and any(ord(letter) > 0x2190 for letter in text):  # noqa: PLR2004 - arrows, signs, emoji
        said.append("f:signs")
    if "\n" in text:
        said.append("f:lines")
    return said
