"""What stands around a word, and what that says about it: a place, a person, a street, a number.

"Ham", "Lier" and "Meer" are places and words; nothing but what stands around them tells which.
"""

import re
from collections.abc import Sequence
from functools import cached_property

from handlers.hearing.lexicon import Lexicon
from handlers.hearing.plain import Word


def words_in(words: str) -> frozenset[str]:
    """Return the words of a line, for lists that are read more than they are changed."""
    return frozenset(words.split())


PLACE_NOUNS = words_in(
    "regio gemeente stad deelgemeente omgeving postcode postnummer provincie streek dorp zone "
    "omstreken region commune ville town city municipality area village hartje centrum"
)
LOCATIVES = words_in(
    "in te uit naar rond nabij bij vanuit tussen omtrent a at near from dans vers"
)
TOWARDS = words_in("van voor over op pour for of about sur to d qua rondom")
WHO_VERBS = words_in(
    "dekt doet volgt volg doen dekken coordinator coordinatoren coordinatrice coordinateur "
    "contactpersoon contact duo tandem clb covers cover couvre does handles handelt aanspreekpunt "
    "verantwoordelijke behartigt bereik wie qui who vervangt coordinators"
)
QUESTIONS = words_in(
    "wie wiens who whom qui contact contacteren contactpersoon contactpersonen contacter contacts "
    "coordinator coordinatoren coordinators coordinatrice coordinateur coordinateurs duo duos "
    "tandem aanspreekpunt aanspreekpersoon verantwoordelijk verantwoordelijke dekt bereik "
    "bereiken mailadres contactgegevens terecht covers coverage regio couvre joindre reach "
    "responsible responsable"
)
_TOPICS = words_in(
    "woon woont wonen school scholen gezin clb aanbod verhuis verhuist verhuisd verhuizen "
    "gemeente dagbesteding schooluitval naft initiatieven organisaties leerling jongere "
    "crisisopvang"
)
_DETERMINERS = words_in(
    "de het een t n den die dat deze dit mijn jouw uw zijn haar ons onze jullie hun geen elk elke "
    "ieder iedere welk welke zo zoveel veel wat nog zeer heel le la les un une des mon ma son "
    "sa the an my your his her our their no this that al alle meer erg echt niet"
)
_TITLES = words_in(
    "mevrouw mevr mw mme madame meneer mijnheer heer dhr mr monsieur juf juffrouw meester dokter "
    "dr prof professor familie gezin directeur directrice collega leerkracht juffen mrs ms miss "
    "mister papa mama oma opa tante nonkel oom kleine"
)
_PARTICLES = words_in("van de vande vanden vander der den ter ten vd du le la")
_SCHOOLS = words_in(
    "school basisschool kleuterschool college instituut atheneum lyceum campus vzw kerk parochie "
    "ziekenhuis kliniek internaat vrije lagere middelbare scholengroep scholengemeenschap "
    "institut ecole secundaire heilige beeld"
)
_SCHOOL_TAILS = words_in(
    "college instituut school basisschool atheneum lyceum berchmans ziekenhuis"
)
_STREETS = words_in(
    "straat steenweg baan laan weg plein lei vest dreef kaai poort poortstraat chaussee rue "
    "expressweg wegel heirweg boulevard avenue markt ring"
)
_AFTER_ADJECTIVE = words_in(
    "regio coordinator coordinatoren duo tandem netwerk netwerken kant collega collegas scholen "
    "clb clbs team provincie gemeenten"
)
_UNITS = words_in(
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
_CLOSERS = words_in(
    "en of wie waar is zijn zoek zoeken zoekt heb hebben heeft kan kunnen welke wat aub "
    "alsjeblieft alstublieft graag dat die woon woont wonen met voor op want maar omdat waarom "
    "hoe bereiken contacteren svp dank bedankt nu vandaag morgen dan ook ivm rond aan moet mag "
    "volgt and or please qui et ou who is spijbelt komt gaat wil weigert doet"
)
_END = re.compile(r"\s*(?:$|[,.?!;:)\]\n/&+])")
_JOIN = re.compile(r"[\s\-–'’]*\Z")
_JOIN_ABBREVIATED = re.compile(r"[\s\-–'’./]*\Z")
_LIST = re.compile(
    r"\s*(?:[,/&+;]|\ben\b|\bof\b|\bet\b|\bou\b|\band\b|\bor\b|\s)+\s*\Z", re.IGNORECASE
)
_NEW_SENTENCE = re.compile(r"[.?!\n•]")
_HOUSE_NUMBER = re.compile(r"\d{1,3}[a-z]?\Z", re.IGNORECASE)

FILLERS = (
    QUESTIONS
    | PLACE_NOUNS
    | _CLOSERS
    | LOCATIVES
    | TOWARDS
    | words_in(
        "de het een ik we wij je jij u ze hij zij er ons mij bij ben dag hallo hoi hey beste "
        "goeiedag goedemorgen goeiemorgen doe doet dekken volgen moet moeten mag vraag vragen "
        "help hulp kunt jullie dit deze daar hier ook nog eens even dus en of om aan met door als "
        "dan toch al bonjour hello hi the a an i you he she we they my can could would do for "
        "please merci s t svp je tu il elle nous vous ils est la le les des du un une weet weten "
        "ken kent zou willen wil graag precies juist eigenlijk provincies gebied hele heel "
        "volledig"
    )
)
"""Words that say nothing about which place is meant."""


class Line:
    """A text with its words, and what can be asked about what stands around each of them."""

    def __init__(self, text: str, words: Sequence[Word], lexicon: Lexicon) -> None:
        """Keep them; everything else is worked out when asked."""
        self.text = text
        self.words = words
        self._lexicon = lexicon

    @cached_property
    def shouts(self) -> bool:
        """Whether capitals say nothing, since all are."""
        return self.text.isupper()

    @cached_property
    def asks(self) -> bool:
        """Whether somebody asks for a person or a region."""
        return any(word.plain in QUESTIONS for word in self.words)

    @cached_property
    def topical(self) -> bool:
        """Whether it is about living, working or going to school somewhere."""
        return any(word.plain in _TOPICS for word in self.words)

    @cached_property
    def content(self) -> frozenset[int]:
        """The words, by number, that are not mere fillers."""
        return frozenset(at for at, word in enumerate(self.words) if word.plain not in FILLERS)

    def gap(self, at: int) -> str:
        """Return what stands between the word before this one and this one."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at else ""

    def before(self, at: int) -> str:
        """Return the word before, unless a sentence ended there; empty if there is none."""
        return self.words[at - 1].plain if at and not self._parted(at) else ""

    def after(self, end: int) -> str:
        """Return the word that follows the words up to `end`, in the same clause."""
        return self.words[end].plain if end < len(self.words) and not self.gap(end).strip() else ""

    def capital(self, at: int) -> bool:
        """Return whether a capital says something: not at the start, not where all are."""
        if self.shouts or not self.words[at].text[0].isupper():
            return False
        return at > 0 and not self._parted(at)

    def upper(self, at: int) -> bool:
        """Return whether a word has a capital, wherever it stands."""
        return self.words[at].text[0].isupper() and not self.shouts

    def joined(self, start: int, end: int) -> bool:
        """Return whether words may be one name: nothing but blanks and hyphens in between."""
        for at in range(start + 1, end):
            gap = self.gap(at)
            abbreviated = len(self.words[at - 1].plain) <= 3  # noqa: PLR2004 - "St. Niklaas", "O.-Vl."
            if not (_JOIN_ABBREVIATED if abbreviated else _JOIN).match(gap):
                return False
        return True

    def hyphenated(self, start: int, end: int) -> bool:
        """Return whether hyphens make one of all these words."""
        return all("-" in self.gap(at) for at in range(start + 1, end))

    def ends(self, end: int) -> bool:
        """Return whether a clause may end behind the words up to `end`."""
        if end >= len(self.words):
            return True
        return bool(_END.match(self.text, self.words[end - 1].end)) or (
            self.words[end].plain in _CLOSERS
        )

    def lists(self, end: int, start: int) -> bool:
        """Return whether what stands between two places makes a list of them."""
        between = self.text[self.words[end - 1].end : self.words[start].start]
        return bool(_LIST.match(between))

    def person(self, start: int) -> bool:
        """Return whether the words are the name of a person ("juf Van Damme")."""
        if start == 0 or self.gap(start).strip(" .\t"):
            return False
        before = self.words[start - 1]
        if before.plain in _PARTICLES:
            return self._family_name(start)
        return before.plain in _TITLES and self.upper(start)

    def _family_name(self, start: int) -> bool:
        """Return whether "van" and what follows it is the name of a family."""
        before = self.words[start - 1]
        first = start - 1
        while first and self.words[first - 1].plain in _PARTICLES and not self.gap(first).strip():
            first -= 1
        owner = self.words[first - 1].plain if first and not self.gap(first).strip(" .") else ""
        if owner in _TITLES:
            return True
        if before.text[0].isupper() and self.upper(start):
            return self.capital(first) or bool(owner) or not self.asks
        if not owner or before.plain == "de":
            return False
        # "Noor van Damme": a name before "van" says that the place is one too.
        capital = self.capital(first - 1) and not self._lexicon.knows(owner)
        return owner in self._lexicon.names or capital

    def given_name(self, start: int) -> bool:
        """Return whether a given name stands right before, both with a capital."""
        if start == 0 or self.gap(start).strip(" \t") or not self.upper(start):
            return False
        return self.words[start - 1].plain in self._lexicon.names and self.upper(start - 1)

    def surname(self, start: int) -> bool:
        """Return whether a capitalised word stands before, as a given name does."""
        if start == 0 or self.gap(start).strip(" \t"):
            return False
        before = self.words[start - 1]
        if before.plain in self._lexicon.names:
            return True
        return self.capital(start - 1) and not self._lexicon.knows(before.plain)

    def named_after(self, start: int, end: int) -> bool:
        """Return whether the words are the name of a school, a parish or a hospital."""
        before = self.before(start)
        if before in {"van", "de", "het", "du", "of"} and start > 1:
            before = self.words[start - 2].plain
        return before in _SCHOOLS or self.after(end) in _SCHOOL_TAILS

    def street(self, start: int, end: int) -> bool:
        """Return whether the words belong to the name of a street."""
        if self.after(end) in _STREETS:
            return True
        return (
            start >= 2  # noqa: PLR2004 - "steenweg op Gent"
            and self.words[start - 1].plain in {"op", "naar", "van", "de"}
            and self.words[start - 2].plain.endswith(("straat", "steenweg", "baan", "laan", "weg"))
        )

    def around(self, start: int) -> bool:
        """Return whether a noun for a place stands before, as in "in de buurt van"."""
        near = self.before(start)
        if near == "van" and start > 1:
            near = self.words[start - 2].plain
            return near in PLACE_NOUNS or near == "buurt"
        return near in PLACE_NOUNS

    def bracketed(self, start: int, end: int) -> bool:
        """Return whether the words stand in brackets, alone."""
        return "(" in self.gap(start) and self.text[self.words[end - 1].end :][:1] == ")"

    def opens(self, start: int, end: int) -> bool:
        """Return whether the words open the text, with a question behind them."""
        return start == 0 and self.upper(start) and self.after(end) in {"wie", "who", "qui"}

    def numbered(self, end: int) -> bool:
        """Return whether a house number follows: then the words are a street ("Heide 12")."""
        return bool(_HOUSE_NUMBER.match(self.after(end)))

    def determined(self, start: int) -> bool:
        """Return whether an article or the like stands before, as it does before a noun."""
        return self.before(start) in _DETERMINERS

    def is_strange(self, at: int) -> bool:
        """Return whether a word is no ordinary one."""
        return not self._lexicon.knows(self.words[at].plain)

    def is_unlisted(self, at: int) -> bool:
        """Return whether a word does not stand in the list of ordinary ones."""
        return not self._lexicon.has(self.words[at].plain)

    def adjective(self, end: int) -> bool:
        """Return whether what follows makes an adjective of a place ask for that place."""
        return self.after(end) in _AFTER_ADJECTIVE

    def postcode(self, at: int, *, year: bool, expected: bool) -> bool:
        """Return whether four digits, of which a place has that postcode, are one here.

        Args:
            at: Which word.
            year: Whether they may be a year as well.
            expected: Whether a place is what the text should be.
        """
        before, after = self.before(at), self.after(at + 1)
        if before in {"postcode", "postnummer", "regio", "gemeente", "zip"}:
            return True
        if self._inside_number(at) or after in _UNITS or before in _NUMBER_NOUNS:
            return False
        if year:
            return self._late_year(at, expected=expected)
        near = LOCATIVES | TOWARDS | WHO_VERBS | {"en", "of", "et", "and", "or", ""}
        marked = before in near or any(mark in self.gap(at) for mark in ",(:-")
        if expected or (self.asks and marked):
            return True
        ends = self.ends(at + 1) or after in FILLERS
        topical = self.topical or before not in {"voor", "van", "for", "pour"}
        return ends and marked and topical

    def _late_year(self, at: int, *, expected: bool) -> bool:
        """Return whether four digits that look like a year are a postcode all the same."""
        before = self.before(at)
        if len(self.words) == 1 or (expected and self.content <= {at}):
            return True
        sure = before in WHO_VERBS or (before in {"voor", "for", "pour"} and self.asks)
        return self.ends(at + 1) and (sure or (expected and before not in _YEAR_NOUNS))

    def _inside_number(self, at: int) -> bool:
        word = self.words[at]
        before = self.text[max(0, word.start - 2) : word.start]
        after = self.text[word.end : word.end + 2]
        if re.search(r"[\d€$£#%][.,:/ \-]?\Z|[/:.,]\Z", before) and not before.endswith(", "):
            return bool(re.search(r"[\d€$£#]|[/:.]\Z", before))
        return bool(re.match(r"[.,:/\-]\d|[ ]?[€%$£]|[/:]|\s\d", after))

    def _parted(self, at: int) -> bool:
        return bool(_NEW_SENTENCE.search(self.gap(at))) and len(self.words[at - 1].plain) > 3  # noqa: PLR2004
