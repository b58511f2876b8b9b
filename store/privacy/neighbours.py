"""What stands beside a name and makes it a child's: an age, a class, a relative, a deed."""

import re
from collections.abc import Iterator

from store.privacy.finding import Kind
from store.privacy.plain import Found, Plain, Word
from store.privacy.vocabulary import (
    AGE,
    CHILD,
    CHILD_WORDS,
    CLASS,
    KIN,
    KIN_WORDS,
    RELATIVES_WORDS,
)
from store.privacy.wordlists import listed, names

_OWNED = (
    r"(?:begeleid(?:er|ster|ing)|juf|meester|klas(?:genoten|titularis)?|school|gedrag|medicatie|"
    r"diagnose|problemen|situatie|dossier|leerkracht(?:en)?|vriend(?:en|in|innen)?|lief|"
    r"huis(?:arts)?|kamer|opname|plaats|traject|verhaal|rapport|punten|autisme|adhd|ptss|angst\w*|"
    r"verjaardag|boekentas|psycholoog|therapeut|toekomst|gezin|familie|gsm|rolstoel)"
)
_AFTER = re.compile(
    rf"""(?:'s?)?(?:
      \s?\(\s*\d{{1,2}}\s*(?:j\.?|jaar|jarige?|ans|y|years?(?:\sold)?|m(?:nd|aand(?:en)?)?)?\s*[,)]
    | \s?[,(]\s?(?:(?:nu|bijna|pas|amper|net|ongeveer|almost|agee?\sde|aged|a)\s)?(?:{AGE})
    | ,\s*(?:[3-9]|1\d|2[01])\s*(?:,|\.|;|:|$|\ben\b|\band\b|\bet\b)
    | ,?\s(?:is|was|wordt|werd|est|a|had|has|turned|turns|heeft|van|de|aged|agee?\sde|zal)\s
      (?:(?:nu|nog|maar|amper|pas|al|bijna|net|only|just|almost)\s)*(?:{AGE})
    | \s?[,(]?\s?(?:(?:zit|zat|is|est|leerlinge?|eleve|a\spupil|student|kleuter|volgt|nu)\s)?
      (?:uit|van|in|en|from|of|de)\s(?:(?:het|de|la|le|the)\s)?(?:{CLASS})
    | \s?[,(:]?\s(?:{CLASS})
    | \suit\shet\s(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende)\b(?!\s[a-z]+(?:deel|rapport))
    | \svan\s(?:[3-9]|1\d|2[01])
      (?=\s(?:uit|en|die|dat|zit|komt|is|heeft|wil|weigert)\b|[,;)]|\.?$|\.\s[A-Z])
    | \s(?:zijn|haar|z'n|hun)\s(?:\w+\s)?(?:{KIN}|{_OWNED}|ouders|broers|zussen)\b
    | \s(?:z'n|d'r|'r|zijnen|hare)\s[a-z]
    | \sthuis\b
    | ,\seen\svan\s(?:onze|de|mijn)\s(?:leerlingen|kinderen|jongeren|kleuters|meisjes|jongens)
    | ,?\s(?:want\s|dat\s)?(?:ze|zij|hij|she|he|elle|il)\s(?:is|was|wordt|werd|a|turned|est)\s
      (?:(?:nu|nog|maar|amper|pas|al|bijna|net|only|just|almost)\s)*(?:{AGE}|\d{{1,2}}\b)
    | ,?\s(?:en|and|et|met|with|avec)\s(?:zijn|haar|z'n|his|her|son|sa|ses|hun)\s(?:\w+\s)?
      (?:{KIN}|lief|vriend(?:in|je)?|vrienden|ouders|broers|zussen|parents|family|gezin|freres|soeurs)\b
    | ,\s(?:een\s|a\s|un\s|une\s)?(?:\w+e?\s)?(?:{CHILD}|\w+-?leerling)\b
    )""",
    re.VERBOSE,
)
_OWNER = re.compile(rf"'?s?'?\s?'s?\s(?:{KIN}|ouders|parents|family|{_OWNED})\b")
_AGE_THERE = re.compile(
    rf"{AGE}|(?<=[(\s,])(?<!\d)\d{{1,2}}(?=\s?[),.;:]|\s|$)(?!\s?(?:de|ste|[A-Z]))"
)
_CLASS_THERE = re.compile(CLASS)
_CHILD_NEAR = re.compile(
    rf"(?<!\w)(?:{CHILD}|{KIN}|pleeggezin|{AGE}|klas|hij|zij|ze|he|she|elle|il)(?!\w)"
)
_DEED_OF_A_CHILD = re.compile(
    r",?\s(?:\w+\s){0,2}?(?:spijbelt|slaapt|snijdt|huilt|(?:wordt|werd) "
    r"(?:\w+\s)?gepest|blowt|liegt|drinkt|plast|bijt|krijst|kleedt|"
    r"verkleedt|(?:is|werd) zwanger|wagged|cries|pleure|durft|loopt weg|bloost|"
    r"stottert|(?:die|dat) (?:van|niet|al|nu|thuis|elke|geen))\b",
)
_DEED = re.compile(
    r",?\s(?:\w+\s){0,3}?(?:weiger\w*|spijbel\w*|mist|mankeer\w*|slaapt|snijdt|gepest|"
    r"geschorst|uitgesloten|komt|kwam|zit|zat|verblijft|"
    r"woont|heeft|kreeg|krijgt|vertel\w*|zegt|zei|belde|loopt|wacht|mag|wil|moet|"
    r"dreigt|haakt|slaagt|stopt|huilt|drinkt|"
    r"rookt|gebruikt|steelt|slaat|liegt|eet|spreekt|begrijpt|verstaat|refuse\w*|"
    r"absent\w*|missing|stays|lives|hits|"
    r"bullied|suspended|expelled|vient|habite|pleure|frappe|dort|exclue?|renvoyee?|harcelee?)\b",
)
_VERB = re.compile(
    r"\s(?:(?!met\b|het\b|niet\b|tot\b|uit\b|wat\b|dat\b|port|test)[a-z]{2,}t|is|was|"
    r"had|zou|kon|wou|"
    r"wil|mag|kan|ging|kwam|zei|deed|sloeg|liep|zat|bleef|kreeg|moest|werd|vloog)\b"
)
_SAID = re.compile(
    r"\s(?:vertel\w+|zegt|zei|belde|huilt|huilde|durft|durfde|weigert|weigerde|slaapt|snijdt|"
    r"spijbelt|blowt|liegt|loog|vecht|bijt|slaat|steelt|stal|krast|bloost|stottert|verlangt|"
    r"hoopt|droomt|vreest|schrikt|schrok|gilt|gilde|krijst|ontkent|bekende|beweert|schaamt|"
    r"voelt zich|voelde zich|liep (?:weg|thuis)|loopt (?:weg|thuis)|zit (?:al|thuis|nu|in|weer|"
    r"sinds|opnieuw)|wil (?:niet|geen|liever|graag|stoppen|naar|terug)|mag (?:niet|van)|"
    r"(?:is|wordt|werd|was) (?:\w+ )?(?:\w+ )?(?:gepest|geschorst|geslagen|geplaatst|weggelopen|"
    r"zwanger|bang|ziek|verdrietig|boos|schoolmoe|opgenomen|mishandeld|uitgesloten|weggestuurd|"
    r"betrapt|opgepakt|uitgelachen|depressief|suicidaal|verslaafd|dakloos)|"
    r"(?:heeft|had) (?:\w+ )?(?:\w+ )?(?:autisme|adhd|dyslexie|een eetstoornis|blauwe plekken|"
    r"hulp|schrik|angst)|komt (?:niet|nooit|te|al|weer|enkel|alleen)|gaat (?:niet|nooit|al)|"
    r"(?:heeft|is|was|had|kwam|kreeg|zat|ging|mocht|wou|komt|zit) (?:\w+ )?(?:gisteren|"
    r"vandaag|weer|"
    r"vorige week|opnieuw|deze week|daarnet|vanmorgen|vannacht)|"
    r"cries|says|said|told|refuses|pleure|dit que|refuse|raconte)\b"
)
_WINDOW = 160  # characters to either side in which a child may be spoken of

_SAYS_WHO = (
    CHILD_WORDS
    | KIN_WORDS
    | listed(
        """
    casus dossier situatie lln leerl client ventje gastje gast kerel kleine
    heet heette noemt genaamd naam named called nomme nommee prenomme prenommee
    prenom s'appelle appelle mevrouw mevr mvr meneer dhr mw mijnheer juf meester madame
    monsieur mme mrs mr miss broers zussen zusjes broertjes client clienten betrokkene
    verdachte slachtoffer
    """
    )
)
_WHOSE = (
    CHILD_WORDS
    | KIN_WORDS
    | RELATIVES_WORDS
    | listed(
        """
    casus dossier situatie thuissituatie afwezigheid afwezigheden schorsing uitsluiting
    inschrijving verhaal vriend vriendin vriendje vriendinnetje lief klasgenoot klasgenootje
    cas case story friend boyfriend girlfriend ami amie copain copine naam gevoelens toestand
    gedrag attest verslag iq gsm boekentas kamer leerkracht juf meester klastitularis titularis
    intake opname aanmelding plaatsing opvolging begeleider komst medicatie rapport huisarts
    psycholoog therapeut huis angst woede ziekte diagnose dood verlies vertrek terugkeer gast
    kleine jongste oudste ventje gastje zusjes broertjes overgang traject bed dagboek zelfbeeld
    pleeggezin pleegouders tweeling vader moeder
    """
    )
)
_OF = listed(
    """
    van of de d' rond over voor
    """
)
_FAMILY = listed(
    """
    familie gezin famille broers zussen zusjes broertjes tweeling
    """
)
_MAYBE_A_FAMILY = listed(
    """
    family kinderen the
    """
)
_BEFORE_A_SMALL_NAME = listed(
    """
    voor over rond met bij dat of help zet for about pour with avec chez en als hoe omdat want
    sinds wanneer terwijl aan tegen door naar
    """
)
_ENDEARING = listed(
    """
    ons onze kleine kleinen onzen petite petit notre our little
    """
)
_WITH = listed("met voor over bij tegen sinds zonder avec pour chez with")
_SHORT = 3  # letters: "met max", "voor ali" may be something else
_CLOSE = re.compile(r"\.?\s?[:,]?\s?[\"'(]?$")


def beside(plain: Plain, end: int) -> bool:
    """Whether an age, a class or a relative follows a name that ends here."""
    return _AFTER.match(plain.text, end) is not None or _OWNER.match(plain.text, end) is not None


def follows_cue(plain: Plain, words: tuple[Word, ...], first: int) -> int:  # noqa: PLR0911 - a table of cues
    """What the words before a name say: 2 that it is one ("leerling", "mama van"), 1 or 0."""
    if first == 0 or _CLOSE.match(plain.text, words[first - 1].end, words[first].start) is None:
        return 0
    word, previous = words[first], words[first - 1]
    before = words[first - 2].lower if first > 1 else ""
    if previous.capital and before in _ARTICLES and words[first - 2].capital:
        return 0  # "De Kleine Vos": a house
    lists = names()
    if (
        previous.lower in _SAYS_WHO
        or previous.lower.endswith("leerling")
        or (previous.lower in _OF and before in _WHOSE and word.lower not in _ARTICLES)
        or (previous.lower == "is" and before in ("naam", "name", "voornaam"))
    ):
        return 2
    if previous.lower in _FAMILY and before not in _ARTICLES and before != "en":
        return 2 if word.capital else 1
    if previous.lower in _FAMILY or previous.lower in _MAYBE_A_FAMILY:
        return 2 if word.capital and word.lower in lists.last else 1
    sort = lists.first.get(word.lower)
    if previous.lower == "van" and before in ("die", "deze", "dat"):  # "die van Peeters"
        family = word.lower in lists.last or word.lower in _PARTICLES_OF_A_FAMILY
        return 2 if family or sort == "" else 0
    if previous.lower in _ENDEARING and sort == "":
        return 2
    if previous.lower in _WITH and sort == "" and not word.capital and len(word.text) > _SHORT:
        return 2
    return 1 if not word.capital and previous.lower in _BEFORE_A_SMALL_NAME else 0


_PARTICLES_OF_A_FAMILY = listed("van de vanden vander")


_ARTICLES = listed(
    """
    de het la le les the
    """
)


def child_near(plain: Plain, start: int, end: int) -> bool:
    """Whether a child, a relative or an age is spoken of around this place."""
    text = plain.lower
    return (
        _CHILD_NEAR.search(text, max(0, start - _WINDOW), start) is not None
        or _CHILD_NEAR.search(text, end, end + _WINDOW) is not None
        or _CLASS_THERE.search(plain.text, end, end + _WINDOW) is not None
    )


def does_what_children_do(plain: Plain, end: int) -> bool:
    """Whether a name that ends here does what only a child does ("wordt gepest", "spijbelt")."""
    return _DEED_OF_A_CHILD.match(plain.lower, end) is not None


def says(plain: Plain, end: int) -> bool:
    """Whether directly after a name that ends here stands what only a person does."""
    return _SAID.match(plain.lower, end) is not None


def is_subject(plain: Plain, end: int) -> bool:
    """Whether a verb in the third person follows a name in small letters that opens a message."""
    return _VERB.match(plain.lower, end) is not None


def does(plain: Plain, end: int) -> bool:
    """Whether a name that ends here does what people do."""
    return _DEED.match(plain.lower, end) is not None


def context(text: str, end: int) -> Iterator[Found]:
    """The age or the class that follows a name.

    Args:
        text: The text.
        end: Where the name ends.

    Yields:
        Where the age or the class stands.
    """
    after = _AFTER.match(text, end)
    if after is None:
        return
    if age := _AGE_THERE.search(text, after.start(), after.end()):
        yield age.start(), age.end(), Kind.AGE_IN_CONTEXT
    elif year := _CLASS_THERE.search(text, after.start(), after.end()):
        yield year.start(), year.end(), Kind.CLASS_IN_CONTEXT
