"""One child without a name: what is told of them is true of nobody else.

"De zoon van de bakker" needs no more. For the rest, every trait of one sentence counts: which
child ("de", "onze"), where, which class, what origin, what happened and when. Each trait alone is
harmless and belongs in a signal; together they leave one child over.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from store.privacy.expression import Expression
from store.privacy.finding import Kind
from store.privacy.plain import Found, Plain
from store.privacy.vocabulary import (
    AGE,
    CHILD,
    CHILD_WORDS,
    CLASS,
    CLASS_CODE,
    COMMUNITY,
    KIN,
    KIN_WORDS,
    ROLE,
)
from store.privacy.wordlists import listed, names

ENOUGH = 4
"""So much must the traits of one sentence weigh to leave one child over."""

_OFFSPRING = (
    r"(?:(?:pleeg|stief|adoptie|petekind|achter)?(?:zoon(?:tje)?|dochter(?:tje)?|"
    r"kind(?:je)?|klein(?:kind|zoon|dochter))|broer(?:tje)?|zus(?:je)?|"
    r"neef(?:je)?|nicht(?:je)?|petekind|tweeling|oudste|jongste|telg|spruit|son|"
    r"daughter|child|kid|brother|sister|nephew|niece|grandson|"
    r"granddaughter|fils|fille|enfant|frere|soeur|neveu|niece|petit-fils|petite-fille|"
    r"vrouw|man|partner|lief|vriendin)"
)
_ONES = (
    CHILD_WORDS
    | KIN_WORDS
    | listed(
        """
    gezin familie koppel thuiszitter famille family broers zussen telg spruit enige only seul
    spits keeper doelman aanvoerder kapitein kampioen kampioene seule unique woont verblijft
    slaapt leeft logeert lives habite partner
    """
    )
)
_ENDS = (
    "leerling",
    "jongetje",
    "kindje",
    "kleuter",
    "zusje",
    "broertje",
    "tweeling",
    "jongen",
    "meisje",
    "kind",
    "zoon",
    "dochter",
    "zoontje",
    "dochtertje",
    "gezin",
    "familie",
)
_ANY_ROLE = Expression(ROLE)
_THE = (
    r"(?:de|het|onze|ons|mijn|die|dat|zijn|haar|een|'n|hun|v/d|the|our|a|an|his|her|"
    r"du|de la|de l'|des|de notre|d'un|d'une|de|de mon|de ma)"
)
_KIN_OF_ROLE = Expression(
    rf"\b{_OFFSPRING}\s(?:van\s|of\s|v\.d\.\s|"
    rf")(?:{_THE}\s?)(?:[\w-]+\s){{0,2}}?(?:[\w-]*?(?:{ROLE}|(?:winkel|zaak|cafe|"
    rf"school|kroeg|hotel)(?:houder|houdster|eigenaar|uitbater)))\b(?:\s(?:op|in|van|"
    rf"uit|aan|naast)\s(?:de\s|het\s|ons\s|onze\s)?[\w-]+)?"
)
# "De zoon van de X" needs no list of trades: who someone's father is in a village, is a trait of
# one; what the words below say is true of many.
_KIN_OF_SOMEONE = Expression(
    r"\b(?:de|het|die|dat|onze|ons)\s(?:[\w-]+\s)?(?:zoon(?:tje)?|dochter(?:tje)?|"
    r"klein(?:kind|zoon|dochter)|petekind|pleeg(?:kind|zoon|dochter)|nicht(?:je)?|neef(?:je)?|"
    r"broer(?:tje)?|zus(?:je)?|oudste|jongste)\s(?:van|uit)\s(?:de|het|onze|ons)\s"
    r"(?:[\w-]+\s)?(?!leer|ouder|moeder|vader|pleegouder|ander|cli|student|patient|partner|"
    r"hulpverlener|gebruiker|jonger|slachtoffer|dader|gescheiden|alleenstaand|verzorger|"
    r"werknemer|arbeider|lager|secundair|eerste|tweede|derde|verder|later|minder|meer|kleuter|"
    r"vluchteling|kamer|nummer|zomer|winter)"
    r"[\w-]*(?:er|ster|aar|eur|euse|or|ist|iste|arts|man|vrouw|meester|hoofd|loge?|graaf|"
    r"houd(?:er|ster)|kundige|iere?|ant|familie|baas|bazin|winkel|zaak|cafe|manege|voogd|"
    r"apotheek|huis|chef|lid|president|koning|kampioen|ris|jurist|boer|boerin)\b"
)
# "De dochter van schepen Voorbeeld": with the name behind it the title needs no article.
_KIN_OF_TITLE = Expression(
    rf"\b(?i:{_OFFSPRING})\s(?:van|of|de)\s(?i:{ROLE})\s[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?"
)
_ROLE_S_KIN = Expression(
    rf"\b(?:{ROLE})(?:'s|\s(?:zijn|haar|z'n))\s(?:\w+\s)?{_OFFSPRING}\b|"
    rf"\b(?:burgemeesters|bakkers|slagers|dokters|domineess?|directeurs|schepens|"
    rf"boeren|notaris|apothekers|ministers)(?:zoon|dochter|kind)(?:tje)?\b"
)
_PARENT_IS_ROLE = Expression(
    rf"\b(?:mama|moeder|papa|vader|stiefvader|stiefmoeder|pleegvader|pleegmoeder|oma|"
    rf"opa|mother|father|mere|pere|maman)\s(?:is|was|werkt als|staat bekend als|est|"
    rf"works as)\s(?:hier\s|er\s|zelf\s|ook\s)?(?:de\s|een\s|het\s|onze\s|la\s|le\s|"
    rf"the\s|a\s|an\s)?(?:[\w-]+\s){{0,2}}?\w*?(?:{ROLE})\b(?:\s(?:op|in|van|"
    rf"aan)\s(?:de\s|het\s|ons\s|onze\s)?[\w-]+)?"
)
_BUSINESS = (
    r"(?:bakkerij|slagerij|beenhouwerij|frituur|cafe|restaurant|apotheek|\w*winkel|"
    r"kapsalon|garage|"
    r"boerderij|manege|hotel|pizzeria|\w*zaak|dokterspraktijk|praktijk|notariaat|melkveebedrijf|"
    r"b&b|camping|school|drankenhandel|tankstation|carwash|viskraam|kraam)"
)
_PARENT_RUNS = Expression(
    rf"\b(?:mama|moeder|papa|vader|ouders|oma|opa|grootouders|stiefvader|tante|nonkel|oom)\s?"
    rf"(?:(?:baa?ten?|runt|runnen|heeft|hebben|houdt|houden|leidt|leiden)\s(?:de|het|een|onze)\s"
    rf"(?:[\w-]+\s)?{_BUSINESS}\b|[,(]\s?(?:een |de |die |onze )(?:[\w-]+\s)?\w*?(?:{ROLE})\b)"
)
_INDEFINITE_KIN = re.compile(
    r"^\w+\s(?:van|of|de)\s(?:een|a|an|d'une?)\s(?:leerling|kind|jongere|ouder|jongen|"
    r"meisje|leerkracht|lerares|leraar|meester|juf|begeleider|teacher|opvoeder|boer)"
)

_ANY = re.compile(r"\s(?:een|a|an|d'une?)\s")

_FAMILIES = (
    "gezin",
    "familie",
    "koppel",
    "thuiszitter",
    "famille",
    "family",
    "broers",
    "zussen",
)
_NOUN = (
    rf"(?:[\w]+-)?\w*?(?:{CHILD}|{KIN}|gezin|familie|koppel|thuiszitter|famille|family|"
    rf"broers|zussen)"
)
_NOUNS = (*CHILD_WORDS, *KIN_WORDS, *_FAMILIES)
_THIS = listed(
    """
    de het dat die dit deze onze ons mijn hun the our my that this le la cette ce notre mon ma
    """
)
_OURS = frozenset(("onze", "ons", "mijn", "our", "my", "notre", "mon", "ma"))
_STARTS = re.compile(r"[.!?:;\n]|-\s")
_MOST_ADJECTIVES = 3
_ANYONE = re.compile(
    r"\b(?:elke|elk|iedere|ieder|geen|per|alle|any|every|each|no|chaque|aucune?|"
    r"sommige|veel|meer|zulke|gemiddelde?|doorsnee|rechten van|recht van|belang "
    r"van)\s(?:\w+\s)?$"
)
_RULE = Expression(
    r"\bvolgens de (?:regel|wet)|regelgeving|decreet|wettelijk|omzendbrief|in "
    r"principe|doorgaans|\bmeestal\b|\bvaak\b|gemiddeld|heeft recht|recht op|"
    r"\belke?\b|\bieder\b|\biedere\b|\bindien\b|bijvoorbeeld|\bstel dat\b|\bsoms\b|procedure\b|"
    r"beleid|toch (?:mag|kan)|in het algemeen|in general|usually|often|en general|"
    r"souvent|"
    r"centraal|per kind|per leerling|\bals (?:een|de|het) (?:leerling|kind|jongere)|"
    r"\bwanneer (?:een|de|het) (?:leerling|kind|jongere)|\bstaat voorop|stem van|"
    r"perspectief van|noden van|welzijn van"
)
_ONLY = Expression(
    rf"\b(?:enige|enigste|allerenigste|only|seule?|unique)\s(?:[\w'-]+\s){{0,3}}?(?:{_NOUN})\b"
    rf"|\b(?:als|as|is)\s(?:de\s|het\s|the\s|le\s|la\s)?(?:enige|only|"
    rf"seule?)(?:\s(?:jongen|meisje|girl|boy|fille|garcon))?\s(?:in|van|uit|op|met|of|"
    r"in|with|de|dans)\b|\b(?:maar|slechts|just|only)\s(?:een|1|one)\s(?:[\w'-]+\s){0,2}?(?:"
    rf"{_NOUN})\s(?:met|in|van|uit|die|dat|op|with|who|avec|qui)\b|\b(?:spits|keeper|doelman|"
    r"doelvrouw|aanvoerder|aanvoerster|kapitein|kampioene?|topschutter|prins carnaval|drummer|"
    r"zangeres|zanger|finaliste?|winnaar|winnares|laureaat|prins|prinses|voorzitter|"
    r"voorzitster)\s(?:van|bij|in)\s(?:de\s|het\s|onze\s)?(?:u1\d|"
    r"leerlingenraad|eerste ploeg|jeugd\w*|\w+ploeg|schoolband|vlaamse|belgische|"
    r"nationale|\w+wedstrijd|\w+show|"
    r"\w+kampioenschap|klas|club|fanfare|harmonie|"
    r"scouts|chiro)\b|\benige\s(?:in|van|op|uit)\s(?:de\s|het\s|heel\s|ons\s|"
    rf"onze\s|haar\s|zijn\s|[a-z])|\bals enige\b|\b(?:grootste|kleinste|dikste|zwaarste|langste|"
    rf"oudste|jongste|slimste|armste)\s(?:{CHILD}|van de (?:klas|school)|uit de klas)\b|\been van "
    rf"de (?:twee|drie)\s(?:[\w'-]+\s)?(?:leerlingen|kinderen|jongens|meisjes|jongeren)\b"
)
_NEWS = Expression(
    r"\b(?:haalde|kwam|stond|was|verscheen|passeerde|kreeg)\b[^.;]{0,40}\b(?:nieuws|"
    r"krant|kranten|pers|televisie|tv|media|journaal|voorpagina|hln|vrt|vtm)\b|"
    r"\b(?:nieuws|krant|pers|media)\s(?:haalde|kwam|stond|verscheen)|\bviraal\b|"
    r"\b(?:uit|van|in) (?:de|het|die|dat) "
    r"(?:reportage|krant|nieuws|documentaire|uitzending|journaal|podcast|tv-?\w*|filmpje)\b|\bin "
    r"the (?:news|paper)|\bdans (?:le journal|la presse|les journaux)|\bbekend (?:van|"
    r"uit) (?:de|het|tv)|\bbekende? (?:zaak|moordzaak)"
)
_HOME = Expression(
    r"\b(?:woont|wonen|woonde|woonachtig|verblijft|verblijven|slaapt|logeert|lives?|"
    r"living|habite\w*|loge\w*|leeft)\b[^.;]{0,40}?\b(?:boven|naast|achter|tegenover|"
    r"rechtover|aan|onder|op de hoek|op het|in het (?:enige|laatste|eerste|witte|"
    r"kasteel|asielcentrum|rijhuis|huis)|caravan|"
    r"woonwagen\w*|kasteel|boerderij|woonboot|asielcentrum|opvangcentrum|camping\w*|"
    r"stacaravan|garage|auto|tent|above|next to|behind|opposite|au-dessus|a cote|"
    r"derriere|en face)\b[^.,;]{0,40}"
    r"|\b(?:boven|naast|achter|tegenover|rechtover|above|next to|behind)\s(?:de|het|"
    r"the|la|le)\s(?:apotheek|bakker\w*|slager\w*|kerk|school|frituur|cafe|station|"
    r"kebab\w*|nachtwinkel|supermarkt|sporthal|bib\w*|gemeentehuis|stadhuis|"
    r"brandweer\w*|politie\w*|pharmacy|church|bakery|pharmacie|eglise|boulangerie|"
    r"delhaize|colruyt|aldi|lidl)\b|\bop de (?:camping|woonwagen\w*)|\bin (?:de |een "
    r")?(?:woonboot|woonwagen|stacaravan)\b"
)
_EVENT = Expression(
    r"\b(?:verongeluk\w*|overleden|overleed|gestorven|stierf|omkwam\w*|omgekomen|"
    r"zelfdoding|zelfmoord\w*|suicide|vermoord\w*|moord|doodgeschoten|doodgestoken|"
    r"huisbrand|woningbrand|\w*brand (?:verloor|verloren)|afgebrand|messteek|"
    r"steekpartij|neergestoken|"
    r"schietpartij|verkracht\w*|aangerand|gearresteerd|opgepakt|gevangenis|in de cel|"
    r"veroordeeld|ontvoer\w*|verdronk\w*|verdronken|ongeval|terminaal|bommelding|"
    r"bomalarm|brand|\w+ongeval|uit (?:hun|het|zijn|haar) (?:huis|woning|appartement)|"
    r"uithuiszetting|gijzel\w*|inbraak|(?:haar|zijn) (?:\w+ )?(?:vinger|hand|been|"
    r"oog|arm|moeder|vader|mama|"
    r"papa|broer|zus|ouders?|broertje|zusje) (?:verloor|verloren|kwijt)|(?:verloor|"
    r"verliest) (?:haar|zijn) (?:moeder|vader|mama|papa|broer|zus|ouders?)|kanker|"
    r"leukemie|"
    r"hersentumor|bevallen|zwanger|(?:kreeg|krijgt|kregen) (?:\w+ ){0,2}"
    r"een (?:kind|baby)|misbruikt?|incest|coma|transplantatie|vermist|aangereden|onder de "
    r"trein|familiedrama|gezinsdrama|coma|arrested|murdered|killed|died|accident|"
    r"drowned|pregnant|"
    r"decede\w*|mort\w*|tue\w*|incendie|enceinte|arrete|prison|faillissement|uit het "
    r"raam|van het dak|overdosis|zelfmoordpoging|brandstichting|schietincident|gestoken|stak|"
    r"naaktfoto\w*|sexting|rondging\w*|rondgaan|neerstak|met een mes|sprong|"
    r"hartstilstand|van de brug|in brand|"
    r"uitgezet|uitgewezen|gerepatrieerd|euthanasie)\b"
)
_TRAIT = Expression(
    r"syndroom\b(?:\svan\s[\w-]+)?|dialyse|\b(?:zeldzame?\b(?:\s\w+)?|"
    r"\brolstoel\w*|blinde?\b|doof\b|dove\b|albin\w+|dwerggroei|stofwissel\w*|"
    r"progeria|vijfling|vierling|drieling|tourette|sondevoeding|beademing\w*|beademd|"
    r"prothese|hiv\b|taaislijm\w*|mucoviscidose|spierziekte|spierdystrofie|"
    r"genderdysforie|transgender|trans(?:jongen|meisje|kind)\b|in transitie\b|"
    r"selectief mutisme|brandwonden|amputatie|geamputeerd\w*|hemofilie|epilepsiehond|"
    r"geleidehond|assistentiehond|cochleair\w*|wheelchair|blind\b|deaf\b|syndrome|"
    r"rare (?:disease|condition)|fauteuil roulant|aveugle|sourde?\b|maladie rare|"
    r"schisis|hazenlip|één arm|een (?:arm|been|oog)\b|kunstbeen|"
    r"littekens?\b|getuige van jehova|sluier|jehova|nikab|boerka|hoogbegaafd\w*|klas "
    r"overgeslagen|topsporter?|kindacteur|wees\b|weeskind|adoptie\w*|geadopteerd\w*|"
    r"donor\w+|getransplanteerd\w*|stoma\b|insulinepomp|hoor(?:apparaat|toestel)\w*|"
    r"blindengeleide\w*|gebarentaal\w*|siamees|siamese|narcolepsie|interseks\w*|non-binair\w*|"
    r"wijnvlek|verlamd\w*|palliatie\w+|duchenne|huntington|marfan|pacemaker|bedlegerig|"
    r"\btrans-?(?:man|vrouw|leerling|persoon)\b|kampioene?\b|medaille|in de finale|talentenjacht|"
    r"rosse? haar|roodharig\w*|zes vingers|2 meter|twee meter|gezin met (?:de |haar "
    r"|zijn )?(?:zes|zeven|"
    r"acht|negen|tien|elf|twaalf|dertien|[6-9]|1\d) kinderen|(?:six|seven|eight|nine|"
    r"ten|eleven|six|sept|huit|neuf|dix|onze) (?:children|enfants)|\d{3} kilo)"
)
_ORIGIN = Expression(
    rf"(?<!\w){COMMUNITY}(?=\s(?:[\w'-]+\s){{0,2}}?(?:{_NOUN})\b)|\b(?:uit|from|van|de|"
    rf"d')\s?(?:oekraine|syrie|afghanistan|somalie|eritrea|irak|iran|tsjetsjenie|congo|"
    rf"guinee|kosovo|albanie|palestina|gaza|jemen|soedan|tibet|nepal|brazilie|ukraine|"
    rf"syria|syrie|venezuela|colombia|el salvador|senegal|kameroen|burundi|rwanda|"
    rf"mongolie)\b"
)
_WHEN = Expression(
    r"\b(?:vorige (?:week|maand|zomer|winter|vrijdag|maandag|dinsdag|woensdag|"
    r"donderdag)|vorig (?:jaar|schooljaar|weekend)|gisteren|eergisteren|onlangs|"
    r"afgelopen (?:week|maand|weekend|zomer|vrijdag|maandag)|sinds (?:vorige|de "
    r"(?:dood|brand|scheiding)|maandag|vrijdag|kerst|allerheiligen|pasen)|"
    r"twee (?:weken|maanden) geleden|(?:een|drie|vier|vijf|\d+) (?:weken|maanden|"
    r"jaar) geleden|(?:die|dat|who|qui) (?:\w+ ){0,2}?(?:in|op|tijdens|en) (?:de )?(?:januari|"
    r"februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|maandag|"
    r"dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|\d|turnles|zwemles|bosklassen|"
    r"schoolreis|proclamatie|fuif|refter|speelplaats)|in de paasvakantie|"
    r"last (?:week|month|year|summer)|yesterday|la "
    r"semaine (?:passee|derniere)|le mois dernier|l'an(?:nee)? dernier\w*|hier\b(?= "
    r"(?:soir|matin)))"
)
_PARENT_OF_ONE = Expression(
    r"\b(?:wiens|wier|van wie de|waarvan de|wier|whose|dont (?:le|la|"
    r"les))\s(?:\w+\s)?(?:vader|moeder|mama|papa|ouders?|broer|zus|zoon|oma|opa|gezin|"
    r"father|mother|parents|brother|sister|pere|mere|frere|soeur|parents|maman|papa)\b"
)
_SCHOOL = Expression(
    r"\b(?:(?i:basisschool|kleuterschool|lagere school|middelbare school|secundaire "
    r"school|school|atheneum|college|instituut|internaat|dorpsschool|wijkschool|"
    r"freinetschool|steinerschool|ecole|lycee|institut|athenee|leefgroep|afdeling|"
    r"primary school))\s(?:de |het |van |in |te |du |de |la )?(?:\"|')?[A-Z][\w'-]+"
    r"|\b(?i:onze|ons|de|het|een|the|kleine|our|village|"
    r"notre)\s(?i:dorpsschool(?:tje)?|wijkschool(?:tje)?|dorp|wijk|gehucht|village "
    r"school|village)\b|\bdorpsschool(?:tje)?\b|\b(?:van|in|uit|op|bij)\s(?:De|Het|'t|"
    r"Ter|Ten|Sint-\w+|Don)\s?[A-Z]?[\w-]*|\bSint-[A-Z]\w+(?=\s?(?:school|college|"
    r"instituut))"
)
_PLACE = re.compile(
    r"\b(?:in|te|uit|van|op|from|a|au|de|of)\s(?P<place>[A-Z][\w'-]+(?:-[A-Z]\w+)*)"
)
_AGE = re.compile(
    rf"(?<!\w){AGE}|\(\d{{1,2}}\)|\b(?:van|of|,)\s(?:[3-9]|1\d|2[01])\b(?!\s?(?:%|"
    rf"leerling|kinderen|jongeren|/|\d|euro|dagen|weken|uur|maanden))"
)
_STREET = Expression(
    r"\b[A-Z][\w'-]*(?:straat|laan|steenweg|dreef|plein|kaai|wijk)\b|\b(?:rue|avenue) "
    r"(?:de |du |des )?[A-Z]\w+"
)
_SINGLED_OUT = Expression(
    r"\b(?:die|dat|deze|dit) (?:ene|laatste|nieuwe)\b|\bthat one\b|\bons? enige\b"
    r"|\b(?:zus|zusje|broer|broertje|neef|nicht|vriend|vriendin|lief|sister|brother|soeur|frere) "
    r"(?:van|of|de|du) (?:de |het |die |dat |the |la |le )?(?:jongen|meisje|leerling|"
    r"leerlinge|kind|"
    r"boy|girl|pupil|garcon|fille|eleve)\b"
    r"|\b(?:jongen|meisje|leerling|leerlinge|kind|gezin|boy|girl) (?:van|of|uit) (?:de|"
    r"het|die|dat|"
    r"the) (?:\w*brand|\w*ongeval|steekpartij|schietpartij|messteek|moord|krant|reportage|fire)\b"
)
_NOBODY_NAMED = re.compile(r"(?:woont|verblijft|slaapt|leeft|zit|logeert|lives|habite)\b")
_CLASS_CODE = re.compile(CLASS_CODE)
_CLASS = re.compile(CLASS)


def circumstances(plain: Plain) -> Iterator[Found]:
    """What points at one child without naming them.

    Args:
        plain: The text.

    Yields:
        Where the pointing words stand.
    """
    speaks = [index for index, word in enumerate(plain.words) if _speaks_of_one(word.lower)]
    starts = [plain.words[index].start for index in speaks]
    for start, end in plain.sentences:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last:
            continue
        sentence, lower = plain.text[start:end], plain.lower[start:end]
        definite = max(_this_one(plain, index, start) for index in speaks[first:last])
        for at, to in (*_by_kin(sentence, lower), *_by_traits(sentence, lower, definite=definite)):
            yield start + at, start + to, Kind.INDIRECT


def _this_one(plain: Plain, index: int, start: int) -> int:
    """How much a noun is about this one: "onze leerling" 2, "de stille jongen" or an opening 1."""
    words, text = plain.words, plain.text
    noun = words[index]
    if not noun.lower.endswith(_NOUNS) or _ANYONE.search(
        plain.lower, max(start, noun.start - 40), noun.start
    ):
        return 0
    for back in range(_MOST_ADJECTIVES + 1):
        at = index - back
        if words[at].lower.startswith("l'") or at == 0 or words[at - 1].start < start:
            return 1
        before = words[at - 1]
        gap = text[before.end : words[at].start]
        if gap.isspace() and before.lower in _OURS:
            return 2
        if _STARTS.search(gap) or (gap.isspace() and before.lower in _THIS):
            return 1
        if not gap.isspace():
            return 0
    return 0


def _speaks_of_one(word: str) -> bool:
    """Whether a word can be one child, a relative or a family; a cheap look before slow ones."""
    return word in _ONES or word.endswith(_ENDS)


def _by_kin(sentence: str, lower: str) -> Iterator[tuple[int, int]]:
    """A relative of someone whom the whole village knows."""
    for match in _KIN_OF_SOMEONE.finditer(lower):
        yield match.span()
    if _ANY_ROLE.search(lower) is None and _PARENT_RUNS.search(lower) is None:
        return
    for pattern in (_KIN_OF_ROLE, _ROLE_S_KIN, _PARENT_IS_ROLE, _PARENT_RUNS):
        for match in pattern.finditer(lower):
            anyone = _ANY.search(match[0]) and _RULE.search(lower)
            if not _INDEFINITE_KIN.match(match[0]) and not anyone:
                yield match.span()
    for match in _KIN_OF_TITLE.finditer(sentence):
        yield match.span()


def _by_traits(sentence: str, lower: str, *, definite: int) -> Iterator[tuple[int, int]]:
    """One child, and more traits than one other child can share."""
    only = [match.span() for match in _ONLY.finditer(lower)]
    definite = max(definite, _NOBODY_NAMED.match(lower.lstrip()) is not None)
    if not definite and not only and _SOME.search(lower) is None:
        return
    traits = list(_traits(sentence, lower))
    weight = sum(heavy for heavy, _ in traits) + 3 * len(only[:1]) + definite
    if weight >= ENOUGH and _RULE.search(lower):
        weight -= 2
    if weight >= ENOUGH:
        yield from only
        yield from (span for _, span in traits)


_SOME = Expression(rf"\b(?:een|a|an|un|une|1|one)\s(?:[\w'-]+\s){{0,3}}?(?:{_NOUN})\b")


def _traits(sentence: str, lower: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each sort of trait once at its weight, a further one at nothing, with where it stands."""
    for pattern, heavy in _WEIGHTS:
        for nth, match in enumerate(pattern.finditer(lower)):
            yield (0 if nth else heavy), match.span()
    code = _CLASS_CODE.search(sentence)
    year = code or _CLASS.search(sentence)
    if year is not None:
        yield (2 if code else 1), year.span()
    street = _STREET.search(sentence)
    if street is not None:
        yield 1, street.span()
    school = _SCHOOL.search(sentence)
    if school is not None:
        yield 1, school.span()
    places = names().places
    for match in _PLACE.finditer(sentence):
        if match["place"].lower() in places:
            yield 1, match.span("place")
            break


_WEIGHTS = (
    (_NEWS, 3),
    (_HOME, 2),
    (_EVENT, 2),
    (_TRAIT, 2),
    (_ORIGIN, 1),
    (_WHEN, 1),
    (_PARENT_OF_ONE, 2),
    (_AGE, 1),
    (_SINGLED_OUT, 1),
)
