"""Traces that lead to a person another way: birth dates, addresses, plates, files, mentions."""

import re
from collections.abc import Iterator

from store.privacy.expression import Expression
from store.privacy.finding import Kind
from store.privacy.plain import Found, Plain
from store.privacy.vocabulary import CHILD, KIN
from store.privacy.wordlists import listed

_MONTH = (
    r"(?:jan(?:uari|vier|uary)?|feb(?:ruari|ruary)?|fevr(?:ier)?|maart|mrt|mars|march|"
    r"apr(?:il)?|avril|mei|mai|may|"
    r"juni?|juin|june|juli?|juillet|july|aug(?:ustus|ust)?|aout|sept?(?:ember|embre)?|"
    r"okt(?:ober)?|oct(?:ober|obre)?|"
    r"nov(?:ember|embre)?|dec(?:ember|embre)?)\.?"
)
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)(?!\d)"
_DATE = (
    rf"(?:(?<!\d)\d{{1,2}}\s?[./\- ]\s?\d{{1,2}}\s?[./\- ]\s?{_YEAR}|(?<!\d)(?:19|"
    rf"20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:ste|de|e|er|st|nd|rd|th)?\s(?:de\s|"
    rf"of\s)?{_MONTH}\s?,?\s?{_YEAR}|\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR})"
)
_DAY_WITHOUT_YEAR = (
    rf"(?:(?<!\d)\d{{1,2}}(?:ste|de|e|er)?\s{_MONTH}|(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/]))"
)
_BIRTH = (
    r"(?:\bgeboren|\bjarig(?= op)|\bgeb\.?\s?dat(?:um)?\b\.?|\bgeb\b\.?|"
    r"geboorte(?:datum|dag)?|°|\bborn\b|"
    r"birth\s?(?:day|date)?|"
    r"date of birth|\bd\.?o\.?b\b\.?|"
    r"\bnee?\b(?=\s*(?:le|en|a)\b)|naissance|\bne\(e\))"
)
_BIRTH_DATE = Expression(
    rf"{_BIRTH}[\s:,=(]*(?:(?:is|was|op|on|le|du|te|a|in)\s+(?:[a-z][\w-]+\s+(?:op|le|"
    rf"on)\s+)?)?({_DATE})"
)
# Month and year of birth narrow it down enough to ask; "leerlingen geboren in 2012" does not.
_BIRTH_MONTH = Expression(rf"\bgeboren (?:in|eind|begin|midden) ({_MONTH} (?:19|20)\d\d)")
_DATE_BIRTH = Expression(rf"({_DATE})\s?(?:geboren|born|geboortedatum|\(geb)")
_BIRTH_YEAR = re.compile(r"(°\s?(?:19|20)\d\d(?!\d))")
_BIRTHDAY = Expression(
    rf"(?:\bjarig|verjaart|verjaardag|anniversaire|birthday)\s(?:is\s|op\s|in\s|le\s|"
    rf"on\s)*({_DAY_WITHOUT_YEAR})[^.]{{0,40}}?\b(?:1?\d|twaalf|dertien|veertien|"
    rf"vijftien|zestien|zeventien|achttien)\b"
    rf"|(?:\bis jarig|verjaart|\bverjaardag (?:is|valt))\s(?:op\s|in\s)*({_DAY_WITHOUT_YEAR})"
)
# "Kleuter, 03-02-2020" and "Jan Voorbeeld (12/03/2010)": a date that stands against a person.
_ANY_DATE = re.compile(
    rf"\d(?<!\d\d)(?:\d?\s?[./\- ]\s?\d{{1,2}}\s?[./\- ]\s?{_YEAR}|"
    rf"\d{{3}}[./-]\d{{1,2}}[./-]\d{{1,2}}(?!\d)"
    rf"|\d?(?:ste|de|e|er|st|nd|rd|th)?\s(?:de\s|of\s)?{_MONTH}\s?,?\s?{_YEAR})(?=\s?[,.;:)]|$)"
)
_PERSON_BEFORE = Expression(
    rf"\b(?:{CHILD}|{KIN})[\s,:;(]{{1,3}}$|\b(?:hij|zij|ze|{CHILD}) (?:is )?van (?:het jaar )?$"
)
_NAME_BEFORE = re.compile(
    r"(?<![\w.])[A-Z][a-z]+\s(?:van\s|de\s)*[A-Z][\w']+(?:\s[A-Z]\w+)?\s?[,(]\s?$"
)
_SAYS_BIRTH = (
    "gebor",
    "geboorte",
    "geb.",
    "gebdat",
    "geb ",
    "geb:",
    "°",
    "born",
    "birth",
    "naiss",
    "nee le",
    "nee en",
    "nee a",
    "ne le",
    "ne en",
    "ne a ",
    "ne(",
    "dob",
    "d.o.b",
    "jarig op",
    "is jarig",
    "verjaar",
    "anniv",
)


def birth_dates(plain: Plain) -> Iterator[Found]:
    """Birth dates: with a word that says so, or where a date stands against a person.

    Args:
        plain: The text.

    Yields:
        Where the dates stand.
    """
    text = plain.lower
    if any(sign in text for sign in _SAYS_BIRTH):
        for pattern in (_BIRTH_DATE, _DATE_BIRTH):
            for match in pattern.finditer(text):
                yield match.start(1), match.end(1), Kind.BIRTH_DATE
        for pattern in (_BIRTH_YEAR, _BIRTH_MONTH, _BIRTHDAY):
            for match in pattern.finditer(text):
                group = match.lastindex or 0
                yield match.start(group), match.end(group), Kind.POSSIBLE_BIRTH_DATE
    for match in _ANY_DATE.finditer(text):
        before = max(0, match.start() - 40)
        if _PERSON_BEFORE.search(text, before, match.start()) or _NAME_BEFORE.search(
            plain.text, before, match.start()
        ):
            yield match.start(), match.end(), Kind.POSSIBLE_BIRTH_DATE


_PLATES = (
    re.compile(r"[1-9](?<!\w[1-9])(?:[\s-](?:[A-Z]{3}[\s-]|[a-z]{3}-)|[A-Z]{3})\d{3}\b"),
    re.compile(r"-\d{3}-[A-Z]{2}\b(?<=(?<!\w)[A-Z]{2}-\d{3}-[A-Z]{2})"),
)
_PLATE_CUED = Expression(
    r"(?:nummerplaat|\bplaat|kenteken|plaque|immatricul\w+|licen[cs]e plate|number "
    r"plate|\bauto|\bwagen|voiture|\bcar)(?!\w)"
    r"[\s:]*(?:met |is |nr\.?\s?)?(?:nummerplaat |kenteken |plaat |plaque )?[\s:]*"
    r"((?=[a-z\d -]*\d)(?=[\d -]*[a-z])[a-z\d]{1,4}[\s-]?[a-z\d]{2,4}(?:[\s-]?[a-z\d]{1,4})?)\b",
)


def licence_plates(plain: Plain) -> Iterator[Found]:
    """Licence plates: the Belgian form since 2010 and the French one; any other beside a cue.

    Args:
        plain: The text.

    Yields:
        Where they stand.
    """
    belgian, french = _PLATES
    for match in belgian.finditer(plain.text):
        yield match.start(), match.end(), Kind.LICENCE_PLATE
    for match in french.finditer(plain.text):
        yield match.start() - len("AB"), match.end(), Kind.LICENCE_PLATE
    for match in _PLATE_CUED.finditer(plain.lower):
        if re.search(r"\d.*\d", match[1]):
            yield match.start(1), match.end(1), Kind.LICENCE_PLATE


_CODE = r"(?:[a-z]{0,4}[-/.]?)?\d[\da-z]*(?:[-/. ]?\d[\da-z]*|[-/.][a-z]+)*"
_FILE = Expression(
    r"(?:\b(?P<strong>sisa|jo|insisto|domino|binc|iroj|itp|mfc|ocj|vk|sdj|gkb|vaph|pv|"
    r"niss|insz|rrn|nrn|mdn|rijksregister(?:nummer)?|"
    r"registre national|leerling(?:en)?(?:nummer|nr)|stamboek(?:nummer|nr)?|"
    r"notitie(?:nummer|nr)?|parket(?:nummer|nr)?|"
    r"client(?:en)?(?:nummer|nr|dossier)|patient(?:en)?(?:nummer|nr|dossier)|stam(?:nummer|nr)|"
    r"aanmeldings?(?:nummer|nr)|lars|jrb|jh|a-doc|intern nummer|smartschool-id|"
    r"jeugd(?:hulp|rechtbank)?dossier|clb-dossier|naft-dossier|zorgdossier|leerlingendossier|casus(?:nummer|nr)|zaak(?:nummer|"
    r"nr)?|kind(?:nummer|nr)|"
    r"aansluitings(?:nummer|nr)|lid(?:nummer|nr)|identiteitskaart(?:nummer)?|"
    r"paspoort(?:nummer|nr)?|"
    r"rol(?:nummer|nr)|ov-?(?:nummer|nr)|numero national|student number|case (?:file|"
    r"number|no)|numero de dossier|"
    r"vreemdelingen(?:nummer|dossier))"
    r"|\b(?P<dossier>(?:nummer van het )?\w*dossier(?:nummer|nr)?|"
    r"(?:[a-z]+-?)?(?:document|attest|aanvraag|melding)(?: met)?(?= n)|"
    r"(?:toegangspas|buspas|ov-?kaart|bankkaart|identiteitskaart|leerlingenkaart)|"
    r"code (?:voor|van) (?:haar|hem|dit kind|dat kind|het kind|deze leerling|de leerling)|"
    r"\bid|file|"
    r"casus|kenmerk|referentie|ref|case))"
    r"(?:\s?-?\s?(?:nummer|numero|number|nr|no|n°))?\s?(?:is\s)?[.:#=]{0,2}\s?[-(#]?\s?"
    rf"(?:(?:clb|ocmw|caw|vaph|spj|pms|jrb|osd)\s)?(?P<code>{_CODE})",
)
_INSTITUTION = re.compile(
    r"overheid|parlement|agentschap|ministerie|kabinet|subsidie|project|departement|"
    r"omzendbrief|decreet|besluit|"
    r"aanbesteding|commissie|rekenhof|raad van state|gouvernement|ministre|cabinet|"
    r"bestek|erkenning|provincie\b|\bstad\b|gemeente(?:raad|bestuur)|flankerend|"
    r"beleid|europese|vlaamse|\besf\b",
)
_FEWEST_DIGITS = 3
_DIGITS = re.compile(r"\d+")
_FILE_REACH = 90
"""Characters in front of its first digit in which the words for a file stand."""


def file_numbers(plain: Plain) -> Iterator[Found]:
    """Numbers of a file about one child or family; not those of a government's own papers.

    Args:
        plain: The text.

    Yields:
        Where they stand, with the word before them.
    """
    for match in _files(plain.lower):
        if sum(c.isdigit() for c in match["code"]) < _FEWEST_DIGITS:
            continue
        if re.fullmatch(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)?\d\d)?", match["code"]):
            continue  # "JO 2024", "dossier 2023-2024": a year
        start, end = plain.sentence_at(match.start())
        if match["dossier"] and _INSTITUTION.search(plain.lower, start, end):
            continue
        yield match.start(), match.end(), Kind.FILE_NUMBER


def _files(lower: str) -> Iterator[re.Match[str]]:
    """Every number of a file; looked for only in front of digits: words are many more."""
    read = 0
    for digits in _DIGITS.finditer(lower):
        if digits.start() < read:
            continue  # they belong to the number before them
        # Between the word for a file and the first digit of its number stands no other digit.
        found = _FILE.search(lower, max(read, digits.start() - _FILE_REACH), digits.start() + 1)
        read = digits.end()
        if found and (whole := _FILE.match(lower, found.start())):
            yield whole
            read = whole.end()


_STREET_TAIL = (
    r"(?:straat|laan|steenweg|dreef|plein|lei|kaai|kade|vest|singel|str\.|stwg\.?|"
    r"ln\.|dijk|baan|weg|pad|hof|berg|veld|wijk|markt|park|heide|akker|steeg|gang|"
    r"poort|brug|ring|boulevard|avenue)"
)
_HOUSE = (
    r"(?:\s?,?\s?(?:nr\.?|nummer|n°|"
    r"no\.?)?\s?(?<![\d/])\d{1,4}(?:\s?[a-fA-F])?(?:\s?[/-]\s?\d{1,3})?(?:\s?,?\s?(?:bus|"
    r"bte|boite|box|b)\s?\w{1,4})?\b(?!\s?(?:%|euro|uur|u\b|jaar|jarig|leerling|"
    r"kinder|jonger|januari|februari|maart|april|mei|juni|juli|augustus|september|"
    r"oktober|november|december|maanden|weken|dagen|plaatsen|[./:]\d)))"
)
_STREET = re.compile(
    rf"(?P<name>\b(?:(?:[A-Z][\w'-]*|[Dd]e|[Dd]en|[Hh]et|van|der|ten|ter|"
    rf"'t)\s){{0,3}}[A-Z][\w'-]*?{_STREET_TAIL}(?![\w]))(?P<house>{_HOUSE})"
    rf"|(?P<small>\b[a-z]{{3,}}(?:straat|laan|steenweg|dreef|plein|lei)(?!\w))(?P<house2>{_HOUSE})"
    rf"|(?P<two>\b(?:[A-Z][\w'-]*\s){{1,3}}(?:Markt|Plein|Kaai|Steenweg|Laan|Straat|"
    rf"Baan|Weg|Dreef|Pad|Hof|Dorp|Street|Road|Lane|Avenue|Square|"
    rf"Drive))(?P<house3>{_HOUSE})"
    rf"|(?P<french>\b(?:\d{{1,4}}\s?[a-c]?,?\s)?(?:rue|avenue|boulevard|chaussee|place|"
    rf"allee|quai|impasse|clos|drève|dreve|square|chemin)\s(?:(?:de|du|des|la|le|les|"
    rf"l'|d')\s?){{0,3}}[A-Z][\w'-]*(?:[\s-][A-Z][\w'-]*){{0,3}})(?P<house4>{_HOUSE})?"
    r"|(?P<english>\b\d{1,4}[a-c]?,?\s(?:[A-Z][a-z]+\s){1,3}(?:Street|Road|Lane|"
    r"Avenue|Square|Drive|Close)\b)",
)
_STREET_FIRST = Expression(
    r"avenue|boulevard|\b(?:rue|chaussee|place|allee|quai|impasse|clos|chemin|square|street|road|lane|drive)"
)
"""What names a street in front; where it begins a word: "drive" is in "overdrive" too."""
_NUMBER = re.compile(r"\d(?<!\d\d)")
_TAILS = (
    "straat",
    "laan",
    "weg",
    "plein",
    "dreef",
    "lei",
    "kaai",
    "kade",
    "vest",
    "singel",
    "str",
    "stwg",
    "ln",
    "dijk",
    "baan",
    "pad",
    "hof",
    "berg",
    "veld",
    "wijk",
    "markt",
    "park",
    "heide",
    "akker",
    "steeg",
    "gang",
    "poort",
    "brug",
    "ring",
    "dorp",
)
_STREET_NAMED = Expression(
    r"\b(?:[Ww]oont|[Ww]oonachtig|[Ww]onen|[Vv]erblij\w+|[Ww]oonde|[Vv]erhuis\w+|"
    r"[Ll]ives?|[Hh]abite\w*|[Tt]huis|[Gg]ezin|[Ff]amilie|[Kk]raakpand|"
    r"[Dd]omicil\w+)\b[^.;\n]{0,30}?\b(?:[Ii]n|[Oo]p|[Aa]an|[Tt]e|[Nn]aar|[Oo]n|"
    r"[Uu]it)\s(?:de\s|het\s)?(?P<street>[A-Z][\w'-]*?(?:straat|laan|steenweg|dreef|"
    r"plein|lei|kaai))\b"
)
_HOME_STREET = Expression(r"\b[A-Z][\w'-]*?(?:straat|laan|steenweg|dreef|plein|lei|kaai)\b")
_NO_STREET = listed(
    """
    speelplein schoolplein marktplein onderweg omweg snelweg autosnelweg spoorweg loopbaan
    schoolloopbaan leerweg tussenweg middenweg uitweg halfweg zorgweg werkveld onderwijsveld
    leefwijk woonwijk tweedaags netwerk inbreng omgang toegang ingang uitgang overgang
    voortgang voorgang doorgang vooruitgang hoofdbrug begeleiding inleiding opleiding allerlei
    velerlei tweeerlei leefwereld vakgebied werkhof zandpad leerpad groeipad ontwikkelpad
    jaarmarkt arbeidsmarkt kerstmarkt rommelmarkt woningmarkt huurmarkt infomarkt banenmarkt
    vlei binnenweg verlei subgang afgang ondergang rondgang zorgstraat teststraat
    vaccinatiestraat winkelstraat leerstraat schoolstraat fietsstraat sleutelbrug woonerf
    binnenhof
    """
)
_HOME = Expression(
    r"\bwoon|\bverblij|(?<!dienst )\bgezin\b|\bthuis\b|moeder|vader|mama|papa|ouders|"
    r"\badres:|opgevangen|leerling\b|jongen\b|meisje|"
    r"\bkind\b|\bfamilie\b|domicili|\bhabit|\blives?\b|\bliving|famille|\bhuur|"
    r"kraakpand|deurwaarder|niemand doet open|\bbij (?:oma|opa|een oom|haar|zijn)",
)
_PUBLIC_BUILDING = Expression(
    r"overleg|vergader|provinciehuis|kantoor|secretariaat|locatie|campus|\bclb\b|"
    r"\bcaw\b|\bocmw\b|stadhuis|gemeentehuis|"
    r"bibliotheek|vorming|opleiding|studiedag|welkom|vestiging|netwerk|infomoment|"
    r"infosessie|\bzaal\b|centrum|instituut|"
    r"college|atheneum|\bvzw\b|school|huis van het kind|workshop|bijeenkomst|\bdienst|"
    r"werkgroep|afspraak|trefdag|"
    r"ontmoeting|meeting|reunion|bureau|ecole|school|loket|inloop|startmoment|gaat "
    r"door|vindt plaats|opgroeien|agentschap|departement|ministerie|albert ii|"
    r"hallepoort|openbaar|infopunt|postadres|maatschappelijke zetel|gevestigd|kantoren",
)


def addresses(plain: Plain) -> Iterator[Found]:
    """A street with a number, or a street where somebody lives; not where people meet.

    Args:
        plain: The text.

    Yields:
        Where they stand.
    """
    for match in _streets(plain):
        last = (match["name"] or match["small"] or "").rsplit(" ", 1)[-1].lower()
        if last in _NO_STREET:
            continue
        if match["french"] and not match["house4"] and not match["french"][0].isdigit():
            continue
        if not _is_where_people_meet(plain, match.start(), match.end()):
            yield match.start(), match.end(), Kind.ADDRESS
    for start, end in _homes(plain):
        if not _is_where_people_meet(plain, start, end):
            yield start, end, Kind.ADDRESS
    if _HOME_STREET.search(plain.text) is None:
        return
    for match in _STREET_NAMED.finditer(plain.text):
        if match["street"].lower() not in _NO_STREET and not _is_where_people_meet(
            plain, match.start("street"), match.end("street")
        ):
            yield match.start("street"), match.end("street"), Kind.ADDRESS


def _homes(plain: Plain) -> Iterator[tuple[int, int]]:
    """Houses that no ending of a street gives away."""
    text = plain.text
    for match in _LIVES_AT.finditer(text):
        yield match.span(match.lastgroup or 0)
    towns = [match.start() for match in _TOWN.finditer(text)]
    for at in (*towns, *(match.start() + len("dres") for match in _AT_ADDRESS.finditer(text))):
        for match in _HOUSE_IN_TOWN.finditer(text, max(0, at - 40), at + 40):
            yield match.span()


def _is_where_people_meet(plain: Plain, start: int, end: int) -> bool:
    """Whether the sentence around an address is about an office or a meeting, not a home."""
    first, last = plain.sentence_at(start)
    sentence = f"{plain.lower[first:start]} {plain.lower[end:last]}"
    return _HOME.search(sentence) is None and _PUBLIC_BUILDING.search(sentence) is not None


def _streets(plain: Plain) -> Iterator[re.Match[str]]:
    """Every street with a number; looked for only around numbers that follow one's ending."""
    text, lower = plain.text, plain.lower
    if _STREET_FIRST.search(lower):
        yield from _STREET.finditer(text)
        return
    for number in _NUMBER.finditer(lower):
        before = lower[max(0, number.start() - 16) : number.start()].rstrip(" ,.")
        if before.endswith(_TAILS) or before.endswith(("nr", "nummer", "n°", "no")):
            yield from _STREET.finditer(text, max(0, number.start() - 60), number.start() + 30)


# A house without a street's ending: "adres: Dorp 12", "Ter Duinen 4, 8670 Koksijde".
# Where somebody lives, whatever the street is called: "ze wonen op Nieuwland 8".
_LIVES_AT = Expression(
    r"\b(?:[Ww]oon(?:t|de|den|plaats)?|[Ww]onen|[Vv]erblij(?:ft|ven)|[Ll]ogeert|[Ss]laapt|"
    r"[Dd]omicilie|(?:[Tt]huis|[Ww]oon|[Vv]erblijfs)?[Aa]dres)\b[^.;\n\d]{0,24}?"
    r"(?P<home>(?<=\s)(?:[A-Z][\w'-]*\s){1,3}\d{1,4}\s?[a-c]?)\b(?!\s?(?:jaar|kinder|jonger|leerling|"
    r"gezin|%|plaatsen|maand))|(?P<block>\b[Bb]lok\s\d{1,3},?\s(?:app\w*|bus)\.?\s?\d{1,4})"
    r"|(?P<road>\b(?:[Ss]teenweg|[Ss]twg\.?)\s(?:op|naar)\s[A-Z][\w'-]+\s\d{1,4})"
    r"|\b(?P<number>nummer \d{1,4} (?:in|van|op|aan) de [A-Z]?"
    r"[\w'-]+(?:straat|laan|dreef|plein|wijk))"
)
_TOWN = re.compile(r"\d(?<!\d\d)\d{3}\s(?=[A-Z])")
_AT_ADDRESS = Expression(r"dres\s?(?::|is|in|te)\s")
_HOUSE_IN_TOWN = re.compile(
    r"\b(?:[A-Z][\w'-]*\s){1,3}\d{1,4}(?:\s?[a-fA-F])?(?:\s?(?:bus|/)\s?\w{1,4})?,?\s"
    r"(?:te\s|in\s)?[1-9]\d{3}\s[A-Z]\w+|(?:[Aa]dres)\s?(?::|is|in|te)"
    r"\s(?:de\s|het\s)?(?:[A-Z][\w'-]*\s){1,3}\d{1,4}\b"
)
_MENTION = Expression(
    r"<@[UW][A-Z0-9]{2,}(?:\|[^>]*)?>|<at[^>]*>[^<]*</at>|(?<![\w@.])@(?!(?:here|"
    r"channel|everyone|iedereen|team)\b)[A-Za-z][\w.-]{1,40}",
)


def mentions(plain: Plain) -> Iterator[Found]:
    """A person named by the chat itself: "@noor", "<@U123>", "<at>Noor</at>".

    Args:
        plain: The text.

    Yields:
        Where they stand.
    """
    for match in _MENTION.finditer(plain.text):
        yield match.start(), match.end(), Kind.MENTION
