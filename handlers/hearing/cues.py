"""What stands around a word, and what that says about it: a place, a person, a street, a number.

"Ham", "Lier" and "Meer" are places and words; nothing but what stands around them tells which.
"""

import re
from collections.abc import Collection, Sequence
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
_ARTICLES = words_in("de het een n t den geen dit deze zo mijn zijn haar ons onze elke elk")
_TITLES = words_in(
    "mevrouw mevr mw mme madame meneer mijnheer heer dhr mr monsieur juf juffrouw meester dokter "
    "dr prof professor familie gezin directeur directrice collega leerkracht juffen mrs ms miss "
    "mister heet heten papa mama oma opa tante nonkel oom kleine"
)
_FUNCTIONS = words_in("collega leerkracht directeur directrice")
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
_CLOSERS = words_in(
    "en of wie waar is zijn zoek zoeken zoekt heb hebben heeft kan kunnen welke wat aub "
    "alsjeblieft alstublieft graag dat die woon woont wonen met voor op want maar omdat waarom "
    "hoe bereiken contacteren svp dank bedankt nu vandaag morgen dan ook ivm rond aan moet mag "
    "volgt and or please qui et ou who is spijbelt komt gaat wil weigert doet"
)
_STOPPERS = words_in(
    "aub alsjeblieft alstublieft graag svp please pls en of et and or nu vandaag morgen dan toch "
    "eigenlijk ook weer precies ivm wie volgende contact contactpersoon"
)
"""Behind these no verb is left without what it does something to."""
_PLEASE = words_in("aub alsjeblieft alstublieft graag svp please pls")
_ACTS = words_in("weet zegt zei denkt dacht belde huilt slaapt spijbelt")
_ABOUT_PLACES = words_in("doet volgt dekt valt hoort")
_SUBJECTS = words_in("hij zij ze ik jij je we wij jullie ge gij men iemand")
_ORGANISATIONS = words_in(
    "ku kul universiteit hogeschool uz az zna az radio fc kv kaa rsc krc kvc"
)
_SOUGHT = words_in(
    "contact contacten contacteren contactpersoon contactpersonen contactgegevens contacter "
    "coordinator coordinatoren coordinators coordinatrice coordinateur coordinateurs duo duos "
    "tandem aanspreekpunt aanspreekpersoon verantwoordelijk verantwoordelijke bevoegd bevoegde "
    "mailadres mail email emailadres naam nummer nr tel telefoon telefoonnummer adres gegevens "
    "terecht bereiken persoon personne responsable responsible iemand collega adresse numero"
)
_SEEKING_VERBS = words_in(
    "is was zijn doet volgt zit zitten dekt werkt werken moet moeten neemt bel mail contacteer "
    "mailek belt kan kunnen hoort vraag vragen heb hebben hebde hebt dan daar behartigt covers "
    "does do handles looks works should can est c suit couvre peut dois s contacter komt mailen "
    "contacteren bellen was mag voor in van"
)
_BY_WHOM = words_in("bij met aan onder naar voor")
_OPENERS = words_in(
    "van voor in te uit regio stad gemeente hallo dag hey hoi ok ja en of vraagje goeiemorgen "
    "goeiedag goedemorgen beste for pour a"
)
_TO_PERSONS = words_in(
    "vervangt vervang is bij verantwoordelijke bereik contacteer mail bel contact wie who qui"
)
_ORIGINS = words_in("in uit te van vanuit rond nabij bij")
_BEING = words_in("ben kom zijn komt komen")
_PUPILS = words_in(
    "jongen meisje leerlinge lln kind gast jongere leerkracht juf meester directeur directie "
    "student studente broer zus gezin mama papa zoon dochter werk werken ligt zit"
)
STAYS = words_in("zit is heeft komt gaat wil spijbelt weigert blijft zoekt vraagt belt woont")
"""What a pupil does of whom the town was said."""
_DENIALS = words_in("niet geen zonder not pas behalve ipv noch")
_DENIED_OVER = words_in("in bij van die dat de het voor uit regio naar provincie deze")
_FRENCH_ALONE = words_in("qui est une pour ecole contacter quel quelle suis cherche")
_FRENCH = _FRENCH_ALONE | {"je", "la", "c", "j"}
_END = re.compile(r"\s*(?:$|[,.?!;:)\]\n/&+])")
_JOIN = re.compile(r"[\s\-–'’]*\Z")
_JOIN_ABBREVIATED = re.compile(r"[\s\-–'’./]*\Z")
_LIST = re.compile(
    r"\s*(?:[,/&+;]|\bvs\b\.?|\bversus\b|\ben\b|\bof\b|\bet\b|\bou\b|\band\b|\bor\b|\s)+\s*\Z",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*[,:;?!.(/&+]|\s+[\-–—]|\s*\n")
_PARTING = re.compile(r"\s*[:;?!.]|\s+[\-–—]")
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
    def seeks(self) -> bool:
        """Whether somebody looks for the one who stands for a place: "wie is dat daar"."""
        if any(word.plain in _SOUGHT for word in self.words):
            return True
        return any(
            word.plain in {"wie", "who", "whom", "qui"} and self._seeks_from(at)
            for at, word in enumerate(self.words)
        )

    @cached_property
    def points(self) -> bool:
        """Whether "daar" points back at a place that was named."""
        return any(word.plain in {"daar", "dorp", "there"} for word in self.words)

    @cached_property
    def french(self) -> bool:
        """Whether a French word says that "a" may be "à"."""
        return any(word.plain in _FRENCH for word in self.words)

    @cached_property
    def _surely_french(self) -> bool:
        return any(word.plain in _FRENCH_ALONE for word in self.words)

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

    def stops(self, end: int) -> bool:
        """Return whether a clause ends behind the words up to `end`: nothing is done to anyone."""
        if end >= len(self.words) or _END.match(self.text, self.words[end - 1].end):
            return True
        return self.words[end].plain in _STOPPERS

    def heads(self, start: int, end: int) -> bool:
        """Return whether the words stand apart in front of a question: "Tienen: bij wie …"."""
        if any(word.plain not in _OPENERS for word in self.words[:start]):
            return False
        behind = self.words[end - 1].end
        if end >= len(self.words) or not _MARK.match(self.text, behind):
            return False
        # "Brecht, wie doet dat?" may be said to Brecht.
        if self.words[start].plain in self._lexicon.names and not self.points:
            return bool(_PARTING.match(self.text, behind))
        return True

    def led(self, start: int, end: int) -> bool:
        """Return whether a short question opens with the words: "mol wie", "geel contact"."""
        after = self.after(end)
        asked = after in {"wie", "who", "qui"} or after in _SOUGHT
        if self.before(start) == "wie" or after in {
            "valt",
            "hoort",
        }:  # "wie Boom doet", "Boom valt onder wie"
            return after in _ABOUT_PLACES
        return start == 0 and asked and not self.is_name(start)

    def only(self, taken: Collection[int]) -> bool:
        """Return whether nothing but some words and "aub" or "en" makes up the text."""
        rest = (word.plain for at, word in enumerate(self.words) if at not in taken)
        return all(plain in _PLEASE or plain in {"en", "of"} for plain in rest)

    def denied(self, start: int, end: int) -> bool:
        """Return whether it is said that the words are not meant: "niet die van Aalst"."""
        if self.after(end) == "niet" and end + 1 < len(self.words) and "," in self.gap(end + 1):
            return True
        if end < len(self.words) and self.words[end].plain in {"nee", "neen"}:
            return True  # "Gent? nee, Ninove"
        at = start
        while at and self.words[at - 1].plain in _DENIED_OVER and not self.gap(at).strip():
            at -= 1
        return bool(at) and self.words[at - 1].plain in _DENIALS and not self.gap(at).strip()

    def verb(self, start: int, end: int) -> bool:
        """Return whether the words are what somebody does, or who does it: "menen ze dat"."""
        if end - start > 1:
            return False
        before = self.before(start)
        if not before and self.after(end) in _ACTS and not self.seeks:
            return True  # "Niel weet dat wel"
        if before in {"wie", "who"}:
            known = self._lexicon.knows(self.words[start].plain)
            return known and not self.stops(end) and self.after(end) not in _ABOUT_PLACES
        if not self._lexicon.knows(self.words[start].plain):
            return False
        return not before and self.after(end) in _SUBJECTS and not self.asks

    def locative(self, start: int) -> bool:
        """Return whether a word before says that a place follows."""
        before = self.before(start)
        return before in LOCATIVES and (before != "a" or self.french or "à" in self.text)

    def called(self, start: int, end: int) -> bool:
        """Return whether a name is a person's: "wie vervangt Jette", "contact: Brecht Peeters"."""
        if end - start > 1 or not self.is_name(start):
            return False
        surname = self.after(end) and self.upper(start) and self.upper(end)
        return self.before(start) in _TO_PERSONS or bool(surname)

    def here(self, start: int) -> bool:
        """Return whether somebody says where they are from: "een jongen uit", "ik ben van"."""
        before = self.before(start)
        if before not in _ORIGINS or start < 2:  # noqa: PLR2004
            return False
        whose = self.words[start - 2].plain
        if before == "uit" and whose in _PUPILS:
            return True
        return whose in _TOPICS or whose in _PUPILS or (before == "van" and whose in _BEING)

    def is_name(self, at: int) -> bool:
        """Return whether a word is a given name or a surname."""
        return self.words[at].plain in self._lexicon.names

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
        if owner in _TITLES:  # "de collega van lier" works there
            return owner not in _FUNCTIONS or before.text[0].isupper()
        if before.text[0].isupper() and self.upper(start):
            return self.capital(first) or bool(owner) or not self.asks
        if not owner or before.plain == "de":
            return False
        # "Noor van Damme": a name before "van" says that the place is one too.
        capital = self.capital(first - 1) and not self._lexicon.knows(owner)
        opening = first == 1 and self.upper(0) and not (self._lexicon.knows(owner) or self.asks)
        return owner in self._lexicon.names or capital or opening

    def full_name(self, start: int, end: int) -> bool:
        """Return whether the words begin the name of a person: "Linde Peeters", "Dilbeek-Maes"."""
        if end >= len(self.words) or not (self.upper(start) and self.upper(end)):
            return False
        gap, following = self.gap(end), self.words[end].plain
        if gap == "-":
            return following in self._lexicon.names
        return gap == " " and self.is_name(start) and following in self._lexicon.names

    def common_noun(self, start: int, end: int) -> bool:
        """Return whether an article makes a noun of a word in small letters: "een gent van 40"."""
        if end - start > 1 or self.upper(start) or self.before(start) not in _ARTICLES:
            return False
        return not (self.asks or self.adjective(end))

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

    def organisation(self, start: int) -> bool:
        """Return whether the words are a part of a name such as "KU Leuven"."""
        return self.before(start) in _ORGANISATIONS

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
        before = self.before(start)
        return before in _DETERMINERS and not (before == "de" and self._surely_french)

    def is_strange(self, at: int) -> bool:
        """Return whether a word is no ordinary one."""
        return not self._lexicon.knows(self.words[at].plain)

    def is_unlisted(self, at: int) -> bool:
        """Return whether a word does not stand in the list of ordinary ones."""
        return not self._lexicon.has(self.words[at].plain)

    def adjective(self, end: int) -> bool:
        """Return whether what follows makes an adjective of a place ask for that place."""
        return self.after(end) in _AFTER_ADJECTIVE

    def requests(self, at: int) -> bool:
        """Return whether nothing but one word and the wish for a person makes up the text."""
        rest = [word.plain for other, word in enumerate(self.words) if other != at]
        if all(plain in FILLERS or plain in _SOUGHT for plain in rest):
            return self.seeks or any(plain in _PLEASE for plain in rest)
        return False

    def _seeks_from(self, at: int) -> bool:
        """Return whether "wie" asks for a person whom one has to turn to."""
        if at + 1 == len(self.words) or _END.match(self.text, self.words[at].end):
            return True
        before = self.words[at - 1].plain if at else ""
        return before in _BY_WHOM or self.words[at + 1].plain in _SEEKING_VERBS

    def _parted(self, at: int) -> bool:
        return bool(_NEW_SENTENCE.search(self.gap(at))) and len(self.words[at - 1].plain) > 3  # noqa: PLR2004
