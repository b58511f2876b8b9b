"""Initials of a person, with or without points, in capitals or small."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from store.privacy.finding import Kind
from store.privacy.neighbours import beside, child_near, context, follows_cue
from store.privacy.plain import Found, Plain, Word
from store.privacy.vocabulary import AGE, CHILD, CLASS, CLASS_CODE, KIN
from store.privacy.wordlists import listed

_INITIALS = re.compile(
    r"(?:Th|Ch|Ph|Sh|Kh|Ij|IJ|Ja|Je|Yo)\.(?<![\w.]\w\w\.)\s?[A-Z]\.(?!\w)|"
    r"[A-Z]\.(?<![\w.][A-Z]\.)\s?(?:-\s?)?(?:[A-Zdv]\.\s?(?:-\s?)?){0,3}(?:(?:[Vv]an|"
    r"[Dd]e[rn]?|[Ee]l|[Vv]\.?[Dd]\.?)\s)?(?:[A-Z]\b\.?|[A-Z]\.)(?![\w])|"
    r"[A-Z]\.(?<![\w.][A-Z]\.)(?!\w)"
)
_POINTED = re.compile(r"[A-Z]\.|[TCPSKIJY][haejo]\.")  # stands in each of `_INITIALS`
_SMALL = re.compile(
    r"[a-z]\.(?<![\w.][a-z]\.)(?=\s[a-z])|"
    r"[a-z]\.(?<![\w.][a-z]\.)\s?(?:[a-z]\.\s?){0,2}[a-z]\b\.?(?!\w)"
)
_NO_INITIALS = listed(
    """
    bv nv vzw cv sa vs eu uk vk be nl ovl tv so bo lo ko go kb mb sb ps nb pb vb od oa ad hr ic
    it pc io iq asz ass adhg adhd nt2 okan clb caw mfc vclb gon ion hca os cs ok tso bso aso kso
    dbso vdab ocmw vaph ond ovl wvl zap co to a x gt rtc of pz ckg cgg ggz cpb cb uz az ksa ku kul
    kta ti vti stem mpi olv obc dvb pv rv sos lbv mug zna gts tov ivm mbt oe dc gg vbs
    gbs usa un who vn msm nvt btw rsz hiv dna iw ict naft hgw opp oh ov
    """
)
_ALWAYS_SHORT = frozenset(("oa", "ea", "ed", "mn", "nl", "mbt", "ivm", "iom", "bv"))
# "o.a.", "m.b.t.": what people write in small letters with points, and no person.
_SMALL_NO_INITIALS = listed(
    """
    oa mbt ivm dwz nav zo bv ed ea tem aub ipv maw tov tav olv ps nb zsm mi om mn nl vb vzw ad
    tgv ikv va tw dmv iom ita igv mav mevr eo eg ie pe cad svp aso bso tso kso clb nv ov adhv
    """
)
_PERSON_WORD = re.compile(
    rf"(?<!\w)(?:{CHILD}|{KIN}|casus|consult|ouders|plaatsing|opname|internaat|leefgroep|"
    r"schorsing|geschorst|uitgesloten|gepest|afwezig|spijbel\w*|weigert|medicatie|klasgenoot|"
    r"klasgenoten|thuis|zelfmoord\w*|zwanger|"
    r"blowt|drugs|eetstoornis|autisme|leerjaar|klas|intake|\d\d?\s?(?:j|jaar|ans))(?!\w)"
)
_WINDOW = 160  # characters to either side
_SENTENCE_WINDOW = 80  # characters to either side for words that say less
_LONGEST_BARE = 3  # letters: "leerling JDS"

_MOST_LETTERS = 5  # "E.V.D.B.", "A.M.V.D."
_FIRST_OF_A_LIST = frozenset("ABCDE")
_ARTICLE = re.compile(r"(?:^|\s)(?:de|het|een|the|le|la)\s$")
_TWO = 2
_AGED = re.compile(
    rf",?\s(?:is|was|wordt)\s(?:nu\s|pas\s|al\s)?(?:{AGE}|(?:[3-9]|1\d|2[01])\b)|"
    rf"\sen\s(?:zijn|haar)\s(?:{KIN}|ouders|lief)\b"
)
_OF_THEIRS = re.compile(rf"\b(?:zijn|haar)\s(?:{KIN}|ouders)\b")
_LINE_STARTS = ("\n", ". ", "! ", "? ", ": ")
_BEFORE_SOMEONE = listed(
    """
    kan wil moet mag met voor over van dat om bij aan door als wie krijgt heeft is heet naar
    tegen omdat toen sinds want maar laat zag hoorde sprak bezocht ontving zonder
    """
)
_PREPOSITIONS = listed("met voor over bij van om dat en aan als omdat want")
_ENDEARING = listed("ons onze notre our")
_DOES = re.compile(
    r"(?:,\s\w+(?:\s\w+)?,)?\s(?:is|was|heeft|had|wordt|werd|woont|woonde|slaapt|sliep|eet|at|komt|"
    r"kwam|gaat|ging|mag|mocht|wil|wilde|moet|moest|kan|kon|durft|durfde|zit|zat|staat|stond|loopt|"
    r"liep|krijgt|kreeg|zegt|zei|vertelt|vertelde|belt|belde|weigert|weigerde|bijt|slaat|sloeg|"
    r"steelt|stal|snijdt|huilt|spijbelt|verblijft|blijft|bleef|mist|miste|haakt|stopt|valt|viel|"
    r"vecht|drinkt|rookt|gebruikt|dreigt|verdwijnt|verdween|leeft|voelt|lijkt|heet|ligt|lag|en "
    r"(?:zijn|haar)|en [a-z]\.\s?[a-z]\.|hebben|zijn|werden|worden)\b"
)
_YEAR = r"(?:het\s|de\s)?(?:[1-7](?:de|ste|e)|eerste|tweede|derde|vierde|vijfde|zesde|zevende)\b"
_TOLD = re.compile(
    rf"\s?(?:\(\s*(?:nu\s|°\s?|geb\.?\s)?(?:\d{{1,2}}\s*(?:j\.?|jaar|ans|y)?|20\d\d|{CLASS}|"
    rf"{CHILD})\s*[,)]"
    rf"|,\s?(?:{AGE}|{CLASS_CODE}|{_YEAR})|\s(?:uit|de|of|from)\s(?:{CLASS}|{_YEAR})|"
    rf"\s{CLASS_CODE})"
)
_NEXT_SENTENCE = re.compile(
    r"\s(?:Hij|Zij|Ze|Haar|Zijn|De|Het|Er|We|Wij|Dit|Dat|Die|In|Op|Nu|Sinds|Toen|Ook|Elle|Il|Son|"
    r"Sa|She|He|Her|His)\b"
)
# No point behind it: a letter in these is a label that hides somebody, as it should.
_LABELS = frozenset("ABXYZN")
_ABOUT = re.compile(
    r"(?:gaat (?:het )?(?:om|over)|betreft|gesprek (?:met|over)|nieuws (?:van|over)|contact met|"
    r"bezorgd (?:om|over)|zorgen (?:om|over)|wat (?:met|doen we met)|plaats voor|opvang voor|"
    r"oplossing voor|begeleiding voor|about|concerne|gemeld (?:over|door)|overleg (?:over|rond)|"
    r"dossier|casus|gezin|familie|heer|mevrouw|mevr\.?|dhr\.?|meneer|initialen|initiaal|naam|"
    r"(?:bespreking|opvolging|situatie|evaluatie|voortgang|ouders|nieuws)(?: van)?|"
    r"verhaal van|hulp voor|hulp aan|thuis bij|^over|^voor|^met|^bij|jongere|"
    r"leerlinge?|meisje|jongen|kind|student)[\s:-]{1,2}$"
)
_NOT_AFTER = listed(
    """
    plan optie type attest punt deel bijlage fase groep categorie lijn klas blok vitamine bus
    lokaal gebouw hepatitis graad stroom finaliteit letter nummer route vak artikel art nr
    richting cluster profiel variant scenario vraag stap niveau kolom
    """
)


def initials(plain: Plain) -> Iterator[Found]:
    """Initials of a person: "J.D.", "K. De W.", "leerling M.E.", "jongen T. (10)", "JD uit 4A".

    Args:
        plain: The text.

    Yields:
        Where they stand, with the age or class against them.
    """
    text = plain.text
    for match in _INITIALS.finditer(text) if _POINTED.search(text) else ():
        if _are_initials(plain, match):
            yield match.start(), match.end(), Kind.INITIALS
            yield from context(text, match.end())
    for match in _SMALL.finditer(text):
        letters = re.sub(r"[^a-z]", "", match[0])
        told = letters not in _SMALL_NO_INITIALS and (
            _TOLD.match(text, match.end())
            if len(letters) > 1
            else not plain.lower[: match.start()].strip() and _DOES.match(text, match.end())
        )
        if told or (letters not in _ALWAYS_SHORT and _cue(plain, match.start()) > 1):
            yield match.start(), match.end(), Kind.INITIALS
    for index, word in enumerate(plain.words):
        if (
            len(word.text) <= _LONGEST_BARE
            and word.text.isupper()
            and text[word.end : word.end + 1] != "."
            and text[word.start - 1 : word.start] not in (".", "-")
            and _is_bare(plain, index)
        ):
            yield word.start, word.end, Kind.INITIALS
            yield from context(text, word.end)


def _is_bare(plain: Plain, index: int) -> bool:
    """Whether letters without points stand for someone: "leerling JDS", "JD uit 4A"."""
    word = plain.words[index]
    before = plain.words[index - 1].lower if index else ""
    if word.lower in _NO_INITIALS or word.text in _LABELS:
        return False
    if follows_cue(plain, plain.words, index) > 1:
        return True
    if before in _NOT_AFTER:
        return False
    return _TOLD.match(plain.text, word.end) is not None or _is_meant(plain, word, before)


def _is_meant(plain: Plain, word: Word, before: str) -> bool:
    """Whether one letter or two are somebody by what is told of them."""
    lower, end = plain.lower, word.end
    opens = plain.opens(word)
    if len(word.text) > 1 and _ABOUT.search(lower[max(0, word.start - 24) : word.start]):
        return True
    acts = _DOES.match(lower, end) is not None
    if len(word.text) == 1:  # "L is 12", "J weigert alle hulp, zijn moeder is radeloos"
        told = acts and (opens or before in _PREPOSITIONS)
    elif len(word.text) == _TWO:
        theirs = _OF_THEIRS.search(lower, end, end + _WINDOW) is not None
        told = _AGED.match(lower, end) is not None or (opens and acts and theirs)
    else:
        return False
    return told and _speaks_of_a_person(plain, word.start, end)


def _cue(plain: Plain, start: int) -> int:
    """What the words before these letters say."""
    first = bisect_left(plain.words, start, key=lambda word: word.start)
    return follows_cue(plain, plain.words, first)


def _are_initials(plain: Plain, match: re.Match[str]) -> bool:
    """Whether these letters stand for someone and not for a firm, a title or the end of a list."""
    text = plain.text
    letters = re.sub(r"[^A-Za-z]", "", match[0])
    told = _is_told(plain, match)
    if letters.lower() in _NO_INITIALS and len(letters) > 1 and not told:
        return False
    before = plain.lower[max(0, match.start() - 8) : match.start()]
    if len(letters) == 1:
        # A letter and a point alone is an item of a list, a street box or a middle name.
        if re.match(r"\s[A-Z][a-z]", text[match.end() : match.end() + 3]):
            return told and _NEXT_SENTENCE.match(text, match.end()) is not None
        return told or _is_spoken_of(plain, match)
    if re.match(r"\s[A-Z][a-z]+", text[match.end() : match.end() + 12]):
        return told or child_near(plain, match.start(), match.end())
    if told or _ARTICLE.search(before) is not None or len(letters) > _MOST_LETTERS:
        return told
    return (
        _DOES.match(plain.lower, match.end()) is not None
        or before.rstrip().rsplit(" ", 1)[-1] in _PREPOSITIONS
        or _ABOUT.search(plain.lower[max(0, match.start() - 24) : match.start()]) is not None
        or _speaks_of_a_person(plain, match.start(), match.end())
    )


def _speaks_of_a_person(plain: Plain, start: int, end: int) -> bool:
    """Whether words around this place are about a person."""
    return _PERSON_WORD.search(
        plain.lower, max(0, start - _WINDOW), end + _WINDOW
    ) is not None or child_near(plain, start, end)


def _is_told(plain: Plain, match: re.Match[str]) -> bool:
    """Whether an age, a class, a relative or a cue stands beside letters."""
    return (
        beside(plain, match.end())
        or _TOLD.match(plain.text, match.end()) is not None
        or _cue(plain, match.start()) > 1
    )


def _is_spoken_of(plain: Plain, match: re.Match[str]) -> bool:
    """Whether one letter with a point is a person that the sentence tells something of."""
    lower, start, end = plain.lower, match.start(), match.end()
    before = lower[max(0, start - _SENTENCE_WINDOW) : start]
    line = before[max(before.rfind(sign) for sign in _LINE_STARTS) + 1 :]
    if _ABOUT.search(line.lstrip()):
        return True
    word = line.split()[-1] if line.split() else ""
    if word in _NOT_AFTER or not re.match(r"\s[a-z]|[,;?!]", plain.text[end : end + 2]):
        return False
    if word in _ENDEARING:
        return True
    if not word:
        listing = match[0][0] in _FIRST_OF_A_LIST and not child_near(plain, start, end)
        return not listing and _DOES.match(lower, end) is not None
    if word in _BEFORE_SOMEONE and not lower.startswith(" tot ", end):
        return True
    return word.isalpha() and child_near(plain, start, end)
