"""Are four digits a postcode, or an amount, a year, a room, a piece of a telephone number?"""

import re

from handlers.hearing.cues import FILLERS, LOCATIVES, QUESTIONS, TOWARDS, WHO_VERBS, Line, words_in

_UNITS = words_in(
    "lln dit per "
    "euro eur leerlingen kinderen jongeren jaar jaren km kilometer m meter cm mm gram kg kilo "
    "liter ml uur uren minuten min dagen dag weken maanden keer maal mensen personen mannen "
    "vrouwen inwoners scholen gezinnen plaatsen stuks boeken procent pct woorden tekens letters "
    "mails berichten jongens meisjes graden watt kcal calorieen stappen punten deelnemers "
    "bezoekers euros students pupils euros years people hours eleves enfants personnes ans heures "
    "kilometers m2 aanmeldingen dossiers brieven vragen signalen stoelen pagina paginas"
)
_NUMBER_NOUNS = words_in(
    "nummer nr no dossier dossiernummer factuur factuurnummer pagina blz lokaal kamer code "
    "pincode pin artikel ongeveer circa ca bijna ruim dan minstens hoogstens maximaal minimaal "
    "max min zowat wel al eerste jaar anno tel telefoon gsm fax bus lijn versie toestel "
    "bestelnummer klantnummer referentie ref kost kosten kostte kostten bedraagt betaalt betaalde "
    "verdient euro eur vers sinds tot since until depuis vanaf tegen begin eind einde kamernummer "
    "intern telt kreeg krijgt wachtwoord rekening bedrag budget totaal seizoen schooljaar maart "
    "april mei juni juli augustus september oktober november december januari februari zomer "
    "winter herfst lente hebben heb heeft waren zijn stuk rijen tussen"
)
_YEAR_NOUNS = words_in("in uit voor van over na rond tijdens of en naar by for en vers om pour")
_CODE_NOUNS = words_in(
    "postcode postcodes postnummer postnummers postnr regio gemeente zip zipcode pc b be postal "
    "postaal postale"
)
_TWO_CODES = re.compile(r"(?<![\d/])[1-9]\d{3}/[1-9]\d{3}(?![\d/])")
_NEAR = LOCATIVES | TOWARDS | WHO_VERBS | QUESTIONS | {"en", "of", "et", "and", "or", ""}
_CODED = (["code", "postal"], ["postal", "code"], ["p", "c"])
_MARKS = ",(:-/&+"


def is_postcode(line: Line, at: int, *, year: bool, expected: bool) -> bool:
    """Return whether four digits, of which a place has that postcode, are one here.

    Args:
        line: The text.
        at: Which word.
        year: Whether they may be a year as well.
        expected: Whether a place is what the text should be.
    """
    if _called_code(line, at):
        return True
    before, after = line.before(at), line.after(at + 1)
    if inside_number(line, at) or after in _UNITS:
        return False
    if before == "heeft":  # not "wie heeft 2500 euro over"
        return line.asks and line.stops(at + 1)
    if before in _NUMBER_NOUNS:
        return False
    if year:
        return _late_year(line, at, expected=expected)
    return _stands_like_one(line, at, expected=expected)


def inside_number(line: Line, at: int) -> bool:
    """Return whether digits are a part of a longer number, an amount or a date."""
    word = line.words[at]
    before = line.text[max(0, word.start - 2) : word.start]
    after = line.text[word.end : word.end + 2]
    if line.asks and _TWO_CODES.search(line.text[max(0, word.start - 6) : word.end + 6]):
        return False
    if re.search(r"[\d€$£#%][.,:/ \-]?\Z|[/:.,]\Z", before) and not before.endswith(", "):
        return bool(re.search(r"[\d€$£#]|[/:.]\Z", before))
    return bool(re.match(r"[.,:/\-]\d|[ ]?[€%$£]|/|:\S|\s\d", after))


def _called_code(line: Line, at: int) -> bool:
    """Return whether a noun says that it is a postcode."""
    if line.before(at) in _CODE_NOUNS:
        return True
    before = [word.plain for word in line.words[max(0, at - 2) : at]]
    after = [word.plain for word in line.words[at + 1 : at + 3]]
    return (
        before in _CODED
        or after == ["als", "postcode"]
        or (line.before(at) == "is" and any(word.plain == "postcode" for word in line.words[:at]))
    )


def _stands_like_one(line: Line, at: int, *, expected: bool) -> bool:
    before, after = line.before(at), line.after(at + 1)
    marked = before in _NEAR or any(mark in line.gap(at) for mark in _MARKS)
    if expected or (line.asks and marked):
        return True
    if line.requests(at) and line.stops(at + 1):
        return True
    if not before and not line.seeks and at == 0:  # "3500 in totaal"
        return all(line.words[other].plain.isdecimal() for other in line.content)
    ends = line.ends(at + 1) or after in FILLERS
    topical = line.topical or line.seeks or before not in TOWARDS
    return ends and marked and topical


def _late_year(line: Line, at: int, *, expected: bool) -> bool:
    """Return whether four digits that look like a year are a postcode all the same."""
    before = line.before(at)
    if len(line.words) == 1 or (expected and line.content <= {at}):
        return True
    sure = before in WHO_VERBS or (before in {"voor", "for", "pour"} and line.asks)
    return line.ends(at + 1) and (sure or (expected and before not in _YEAR_NOUNS))
