"""Initials of a person, with or without points."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from store.privacy.finding import Kind
from store.privacy.neighbours import beside, child_near, context, follows_cue
from store.privacy.plain import Found, Plain
from store.privacy.vocabulary import CHILD, KIN
from store.privacy.wordlists import listed

_INITIALS = re.compile(
    r"[A-Z]\.(?<![\w.][A-Z]\.)\s?(?:-\s?)?(?:[A-Z]\.\s?(?:-\s?)?){0,3}(?:(?:[Vv]an|"
    r"[Dd]e[rn]?|[Ee]l|[Vv]\.?[Dd]\.?)\s)?(?:[A-Z]\b\.?|[A-Z]\.)(?![\w])|"
    r"[A-Z]\.(?<![\w.][A-Z]\.)(?!\w)"
)
_NO_INITIALS = listed(
    """
    bv nv vzw cv sa vs eu uk vk be nl ov tv so bo lo ko go kb mb sb ps nb pb vb od oa ad hr ic
    it pc io iq asz ass adhd nt2 okan clb caw mfc vclb gon ion hca os cs ok tso bso aso kso
    dbso vdab ocmw vaph ond ovl wvl zap co to a x ab gt rtc of pz ckg cgg ggz cpb cb
    """
)
_PERSON_WORD = re.compile(
    rf"(?<!\w)(?:{CHILD}|{KIN}|casus|consult|ouders|plaatsing|opname|\d\d?\s?(?:j|jaar|ans))(?!\w)"
)
_WINDOW = 160  # characters to either side
_LONGEST_BARE = 3  # letters: "leerling JDS"


def initials(plain: Plain) -> Iterator[Found]:
    """Initials of a person: "J.D.", "K. De W.", "leerling M.E.", "jongen T. (10)".

    Args:
        plain: The text.

    Yields:
        Where they stand, with the age or class against them.
    """
    text = plain.text
    for match in _INITIALS.finditer(text):
        if _are_initials(plain, match):
            yield match.start(), match.end(), Kind.INITIALS
            yield from context(text, match.end())
    for index, word in enumerate(plain.words):
        if (
            len(word.text) <= _LONGEST_BARE
            and word.text.isupper()
            and word.lower not in _NO_INITIALS
            and text[word.end : word.end + 1] != "."
            and follows_cue(plain, plain.words, index) > 1
        ):
            yield word.start, word.end, Kind.INITIALS
            yield from context(text, word.end)


def _are_initials(plain: Plain, match: re.Match[str]) -> bool:
    """Whether these letters stand for someone and not for a firm, a title or the end of a list."""
    text = plain.text
    letters = re.sub(r"[^A-Za-z]", "", match[0])
    if letters.lower() in _NO_INITIALS and not beside(plain, match.end()):
        return False
    words = plain.words
    first = bisect_left(words, match.start(), key=lambda word: word.start)
    told = beside(plain, match.end()) or follows_cue(plain, words, first) > 1
    if len(letters) == 1:
        # A letter and a point alone is an item of a list, a street box or a middle name.
        return told and not re.match(r"\s[A-Z][a-z]", text[match.end() : match.end() + 3])
    if re.match(r"\s[A-Z][a-z]+", text[match.end() : match.end() + 12]):
        return told or child_near(plain, match.start(), match.end())
    return (
        told
        or _PERSON_WORD.search(plain.lower, max(0, match.start() - _WINDOW), match.end() + _WINDOW)
        is not None
    )
