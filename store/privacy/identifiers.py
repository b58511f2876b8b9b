"""Numbers and addresses that lead straight to a person: national numbers, IBAN, telephone, e-mail.

Everything here rests on check digits, on telephone metadata or on a form that nothing else has, so
what it finds is refused. Reading order: `national_numbers`, `ibans`, `telephones`, `emails`.
"""

import re
from collections.abc import Iterator

from store.privacy.finding import Kind
from store.privacy.plain import Found, Plain
from store.privacy.wordlists import listed

# Digits with anything between them that people put there: dots, dashes, slashes, line ends.
_CLUSTER = re.compile(r"\d(?:[\s./\\\-_,:;|·•*'+()~=&]{0,8}\d){7,}")
_LOOKALIKE = re.compile(r"(?<![^\W\d_])(?=[OolI]*\d)[\dOolI]*[OolI][\dOolI]*(?![^\W\d_])")
_LETTER_DIGIT, _DIGIT_LETTER = re.compile(r"[OolI]\d"), re.compile(r"\d[OolI]")
_LOOKS_LIKE = str.maketrans("OolI", "0011")

NATIONAL_NUMBER_LENGTH = 11


def digit_groups(text: str) -> Iterator[tuple[list[int], list[bool]]]:
    """Every series of at least eight digits in which only separators stand between them.

    Args:
        text: What to read.

    Yields:
        The index of each digit, and for each whether a group of digits begins there.
    """
    for match in _CLUSTER.finditer(text):
        at = [match.start() + i for i, c in enumerate(match[0]) if c.isdigit()]
        begins = [i == 0 or at[i] - at[i - 1] > 1 for i in range(len(at))]
        yield at, begins


def is_national_number(digits: str) -> bool:
    """Whether eleven digits are a national register or BIS number.

    python-stdnum weighs the year against today's and knows nothing of gluing; here both centuries
    count, as a wrong refusal of one in four hundred random numbers is the cheaper mistake.

    Args:
        digits: Eleven digits.

    Returns:
        Whether the birth date can be one and the check digits are right. Source: Royal Decree of
        3 April 1984, article 3 (97 minus the first nine modulo 97; born from 2000 on: with a 2
        before the nine); BIS: month plus 20 or 40 (Royal Decree of 8 February 1991). Month and
        day are 0 where they were unknown.
    """
    nine, check = digits[:9], int(digits[9:])
    month, day = int(digits[2:4]), int(digits[4:6])
    if month % 20 > 12 or month > 52 or (day > 31 and month % 20) or not int(nine):  # noqa: PLR2004 - months and days
        return False
    return check in (97 - int(nine) % 97, 97 - int(f"2{nine}") % 97)


def national_numbers(plain: Plain) -> Iterator[Found]:
    """National register and BIS numbers, in any spelling.

    Args:
        plain: The text.

    Yields:
        Where they stand.
    """
    for text in _readings(plain.text):
        for at, begins in digit_groups(text):
            for first in range(len(at) - NATIONAL_NUMBER_LENGTH + 1):
                last = first + NATIONAL_NUMBER_LENGTH - 1
                glued = at[last] - at[first] == NATIONAL_NUMBER_LENGTH - 1
                whole = begins[first] and (last + 1 == len(at) or begins[last + 1])
                # Halves of neighbouring numbers are not a number; a run without gaps may hold one.
                if not (glued or whole):
                    continue
                digits = "".join(text[i] for i in at[first : last + 1])
                if is_national_number(digits):
                    kind = Kind.BIS_NUMBER if int(digits[2:4]) >= 20 else Kind.NATIONAL_NUMBER  # noqa: PLR2004 - BIS months
                    yield at[first], at[last] + 1, kind


def _readings(text: str) -> Iterator[str]:
    """The text, and once more with the letters O and l between digits read as 0 and 1."""
    yield text
    if _LETTER_DIGIT.search(text) or _DIGIT_LETTER.search(text):
        yield _LOOKALIKE.sub(lambda match: match[0].translate(_LOOKS_LIKE), text)


# --- bank accounts -----------------------------------------------------------------------------

# Two digits with eleven signs after them; the search starts at a digit: letters are everywhere.
_IBAN_CHECK = re.compile(r"\d(?<!\d\d)[\s.\-]?\d(?=(?:[\s.\-/_,:]{0,3}[A-Za-z\d]){11})")
_IBAN_COUNTRY = re.compile(r"[A-Za-z]{2}(?=[\s.\-]{0,2}$)")
_IBAN_FEWEST_DIGITS = 10  # "in 2023 waren er 12" has fewer; no account in the registry does
_BETWEEN_IBAN = frozenset(" \n\t.-/_,:")
_IBAN_SHORTEST, _IBAN_LONGEST = 15, 34  # Norway; the longest that ISO 13616 allows
_OLD_ACCOUNT = re.compile(r"\d(?<!\d\d)\d\d[-./ ]\d{7}[-./ ]\d\d(?!\d)")


def ibans(plain: Plain) -> Iterator[Found]:
    """Bank account numbers: IBAN of any country, and the Belgian form from before it.

    Args:
        plain: The text.

    Yields:
        Where they stand.
    """
    text = plain.text
    for check in _IBAN_CHECK.finditer(text):
        country = _IBAN_COUNTRY.search(text, max(0, check.start() - 4), check.start())
        if country is None:
            continue
        reach = text[check.start() : check.start() + 3 * _IBAN_LONGEST // 2]
        if sum(map(str.isdigit, reach)) < _IBAN_FEWEST_DIGITS:
            continue
        at = _alphanumerics(text, country.start())
        signs = "".join([text[i] for i in at]).upper()
        for length in _lengths_that_check(signs):
            if _is_iban(signs[:length]):
                yield at[0], at[length - 1] + 1, Kind.IBAN
                break
    for match in _OLD_ACCOUNT.finditer(text):
        if (int(match[0][:3] + match[0][4:11]) % 97 or 97) == int(match[0][-2:]):
            yield match.start(), match.end(), Kind.IBAN


def _alphanumerics(text: str, start: int) -> list[int]:
    """Indexes of the letters and digits from here on, as far as an IBAN can reach."""
    at: list[int] = []
    gap = 0
    for i in range(start, len(text)):
        if text[i].isascii() and text[i].isalnum():
            at.append(i)
            gap = 0
            if len(at) == _IBAN_LONGEST:
                break
        elif text[i] in _BETWEEN_IBAN and gap < 3:  # noqa: PLR2004 - " - " is the widest gap
            gap += 1
        else:
            break
    return at


def _lengths_that_check(signs: str) -> Iterator[int]:
    """Every length at which the check digits of ISO 7064 mod 97-10 are right, in one pass."""
    head = int("".join(str(int(c, 36)) for c in signs[:4]))
    remainder = 0
    for length, sign in enumerate(signs[4:], start=5):
        value = int(sign, 36)
        remainder = (remainder * (100 if value > 9 else 10) + value) % 97  # noqa: PLR2004 - a letter counts as two digits
        if length >= _IBAN_SHORTEST and (remainder * 1_000_000 + head) % 97 == 1:
            yield length


def _is_iban(signs: str) -> bool:
    """Whether a country has accounts of this form."""
    # Measured: stdnum.iban costs 60-75 ms to import, more than the whole command line may take
    # for a text without an account number.
    from stdnum import iban  # noqa: PLC0415

    # Without the country's own check: an account with a wrong inner check is still somebody's.
    return iban.is_valid(signs, check_country=False)


# --- telephones --------------------------------------------------------------------------------

# All begin with a digit: so the search skips from digit to digit, which is many times faster.
_DATES_AND_TIMES = re.compile(
    r"\d(?<!\d\d)(?:\d?\s?([./-])\s?\d{1,2}\s?\1\s?(?:19|20)\d\d\b|(?<=[12])(?:9|"
    r"0)\d\d([./-])\d{1,2}\2\d{1,2}\b"
    r"|\d?[.:uh]\d\d\s?(?:-|tot|à)\s?\d{1,2}[.:uh]\d\d\b|(?<=[12])(?:9|"
    r"0)\d\d\s?[-/]\s?(?:19|20)\d\d\b)"
)
_PHONE_CLUSTER = re.compile(r"(?:\+[\s(]{0,2})?\d(?:[\s./\-()·•*_]{0,3}\d){6,}")
_MAY_HOLD_PHONE = re.compile(r"[+034](?<!\d\d)(?:[\s./\-()·•*_]{0,3}\d){7}")
_TRUNK_ZERO = re.compile(r"(?<=\d)\s?\(0\)\s?")
_PHONE_CUE = re.compile(
    r"(?:\btel|gsm|telefoon|\bbel|nummer|\bsms|whatsapp|phone|mobile|\bcell|\bcall|"
    r"\bappel|portable|"
    r"bereik|contact|\bnr\b|n°|\btext)[^\d]{0,25}$",
    re.IGNORECASE,
)
_ENTERPRISE_CUE = re.compile(
    r"(?:kbo|ondernemings?n|btw|\btva|\bvat|bce|vestigings|isbn|issn|"
    r"erkennings)[^\d]{0,25}$|\bBE\s?$",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 8, 15  # digits of a number; E.164 allows fifteen
_BELGIAN = "BE"
_NEIGHBOURS = ("NL", "FR", "GB", "DE", "LU")
# Belgian fixed lines have nine digits with the zero, mobiles ten (BIPT numbering plan).
_BELGIAN_LENGTHS = (9, 10)
_GLUED_PREFIX = re.compile(r"32(?:4\d{8}|[1-9]\d{7})$")


def telephones(plain: Plain) -> Iterator[Found]:
    """Telephone numbers of persons, Belgian and foreign; not the free and shared-cost lines.

    Args:
        plain: The text.

    Yields:
        Where they stand.
    """
    if not _MAY_HOLD_PHONE.search(plain.text):
        return
    # Dates would otherwise be read as the area codes that they begin with (26/5/2020 14u).
    text = _DATES_AND_TIMES.sub(lambda match: "x" * len(match[0]), plain.text)
    for match in _PHONE_CLUSTER.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        if _ENTERPRISE_CUE.search(before):
            continue
        yield from _numbers_in(match, cued=_PHONE_CUE.search(before) is not None)


def _numbers_in(match: re.Match[str], *, cued: bool) -> Iterator[Found]:
    """Read the numbers in a series of digits, the longest first, each digit once."""
    text = match[0]
    trunk = _TRUNK_ZERO.search(text)
    skipped = set(range(*trunk.span())) if trunk and text[0] == "+" else set[int]()
    at = [i for i, c in enumerate(text) if c.isdigit() and i not in skipped]
    ends = [i for i in range(len(at)) if i + 1 == len(at) or at[i + 1] - at[i] > 1]
    first = 0
    while first <= len(at) - _SHORTEST:
        begins = first == 0 or at[first] - at[first - 1] > 1
        last = _last_of_number(text, at, first, ends, cued=cued) if begins else None
        if last is None:
            first += 1
            continue
        plus = first == 0 and text[0] == "+"
        start = match.start() + (0 if plus else at[first])
        yield start, match.start() + at[last] + 1, Kind.PHONE
        first = last + 1


def _last_of_number(
    text: str, at: list[int], first: int, ends: list[int], *, cued: bool
) -> int | None:
    """Where the longest number ends that begins here."""
    plus = "+" if first == 0 and text[0] == "+" else ""
    for last in reversed(ends):
        if _SHORTEST <= last - first + 1 <= _LONGEST:
            digits = plus + "".join(text[i] for i in at[first : last + 1])
            if _is_personal_line(digits, cued=cued):
                return last
    return None


def _is_personal_line(number: str, *, cued: bool) -> bool:
    """Whether this can be someone's telephone."""
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif _GLUED_PREFIX.match(number):
        number = f"+{number}"
    elif cued and len(number) == 9 and number[0] == "4":  # noqa: PLR2004 - a mobile without its zero
        number = f"0{number}"
    if number[0] == "+":
        return _answers(number, _BELGIAN)
    if number[0] != "0":
        return False
    if len(number) in _BELGIAN_LENGTHS and _answers(number, _BELGIAN):
        return True
    # Abroad, the national form of a number is too loose to be proof: a mobile, or a cue beside it.
    return any(_answers(number, region, only_mobile=not cued) for region in _NEIGHBOURS)


def _answers(number: str, region: str, *, only_mobile: bool = False) -> bool:
    """Whether the metadata know such a line, and not as a free or shared-cost one."""
    # Measured: phonenumbers costs 28-43 ms to import; a text without eight digits needs it not.
    import phonenumbers as pn  # noqa: PLC0415

    try:
        parsed = pn.parse(number, region)
    except pn.NumberParseException:
        return False
    if not pn.is_valid_number(parsed):
        return False
    sort = pn.number_type(parsed)
    if only_mobile:
        return sort == pn.PhoneNumberType.MOBILE
    return sort not in (
        pn.PhoneNumberType.TOLL_FREE,
        pn.PhoneNumberType.PREMIUM_RATE,
        pn.PhoneNumberType.SHARED_COST,
        pn.PhoneNumberType.UAN,
    )


# --- e-mail ------------------------------------------------------------------------------------

_AT = (
    r"\s?(?:@|[(\[{<]\s?(?:at|apenstaart(?:je)?|arobase)\s?[)\]}>]|\s(?:at|"
    r"apenstaart(?:je)?|arobase)\s)\s?"
)
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punt|point)\s?[)\]}]\s?|\s(?:dot|punt|point)\s)"
_EMAIL = re.compile(
    rf"(?<![\w.+'-])([\w+'-]{{1,64}}(?:{_DOT}[\w+'-]{{1,64}}){{0,5}}){_AT}([\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}})",
)
_SPELLED_DOT = re.compile(_DOT)
_SAYS_EMAIL = ("@", "at)", "at]", " at ", "apenstaart", "arobase")
_TOP_LEVEL = re.compile(
    r"\.(?:be|com|nl|fr|eu|org|net|edu|de|uk|io|me|lu|info|brussels|gent|vlaanderen|"
    r"ma|tr|pl|ua|school|example)$"
)
_PRIVATE_DOMAIN = re.compile(
    r"^(?:(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|"
    r"gmx|proton(?:mail)?|"
    r"pm|zoho|mail|web|laposte|orange|free|wanadoo|sfr|ziggo|kpnmail|xs4all|telenet|"
    r"skynet|proximus|"
    r"pandora|scarlet|belgacom|edpnet|voo|base|mobistar|tiscali|advalvas|yandex|ukr|"
    r"hushmail|tutanota)\."
    r"|.*(?:leerling|student|pupil|eleve|scholier))"
)
_PUPIL = re.compile(r"leerling|student|pupil|eleve|scholier")
_OFFICE = listed(
    """
    info contact secretariaat onthaal receptie algemeen administratie directie aanmelding
    aanmeldingen aanmelden meldpunt onderwijs welzijn jeugdhulp jeugd clb crisis help helpdesk
    hallo vragen vraag team dienst school basisschool inschrijvingen inschrijving vorming
    vormingen opleiding opleidingen pers privacy dpo signaal signalen netwerk regio naft brug
    okan zorg intake kinderen gezin gezinnen loket welkom mail post kantoor bureau hr jobs
    vacatures noreply no-reply nieuwsbrief support service secretariat accueil direction office
    hello admin webmaster coordinatie stuurgroep overleg rots lerend ovl wvl vbr ant lim bxl
    limburg antwerpen brussel gent leuven
    """
)


def emails(plain: Plain, known: frozenset[str]) -> Iterator[Found]:
    """E-mail addresses: private ones, and those of persons at work; not the mailbox of a service.

    Args:
        plain: The text.
        known: Public addresses that may be named, in lower case.

    Yields:
        Where they stand.
    """
    if not any(sign in plain.lower for sign in _SAYS_EMAIL):
        return
    for match in _EMAIL.finditer(plain.lower):
        local = _SPELLED_DOT.sub(".", match[1])
        domain = _SPELLED_DOT.sub(".", match[2])
        if "@" not in match[0] and not _TOP_LEVEL.search(domain):
            continue
        kind = _email_kind(local, domain)
        if kind is not None and f"{local}@{domain}" not in known:
            yield match.start(), match.end(), kind


def _email_kind(local: str, domain: str) -> Kind | None:
    """Whose address this is: a person's own, a person's at work, or a service's (None)."""
    if _PRIVATE_DOMAIN.match(domain) or _PUPIL.search(local):
        return Kind.EMAIL
    if not _OFFICE.isdisjoint(re.split(r"[._\-+]|\d+", local)) or local in domain:
        return None
    return Kind.WORK_EMAIL
