"""The words by which people speak of one child, in Dutch, French and English.

Rules read text that `plain` folded: no accents, one kind of apostrophe. So "élève" is "eleve" here.
"""

from store.privacy.wordlists import alternatives

CHILD_WORDS = frozenset(
    """
    jongen jongetje meisje kind kindje leerling leerlinge kleuter kleutertje peuter jongere tiener scholier
    student studente puber minderjarige nieuwkomer baby zorgkind gastje ventje manneke dreumes vluchteling
    pupil boy girl child kid student teenager toddler schoolboy schoolgirl youngster
    garcon fille enfant eleve ado adolescent adolescente gamin gamine etudiant etudiante mineur fillette
    """.split()
)
CHILD = alternatives(CHILD_WORDS)
"""One child: singular nouns."""

KIN_WORDS = frozenset(
    """
    zoon zoontje dochter dochtertje broer broertje zus zusje zuster pleegkind pleegzoon pleegdochter pleegbroer
    pleegzus stiefzoon stiefdochter stiefbroer stiefzus halfbroer halfzus kleinkind kleinzoon kleindochter
    neef neefje nicht nichtje petekind tweeling drieling tweelingbroer tweelingzus adoptiekind oudste jongste
    mama moeder moeke mams papa vader vake paps stiefvader stiefmoeder pleegmoeder pleegvader plusmama pluspapa
    oma opa grootmoeder grootvader bomma bompa tante nonkel oom voogd mamma ma pa
    son daughter brother sister twin twins mother father mum mom dad grandmother grandfather aunt uncle nephew
    niece stepson stepdaughter stepfather stepmother grandson granddaughter
    fils frere soeur jumeau jumelle jumeaux mere pere maman papa beau-pere belle-mere grand-mere grand-pere oncle
    neveu niece tuteur tutrice
    """.split()
)
KIN = alternatives(KIN_WORDS)
"""One relative: singular nouns."""

RELATIVES_WORDS = frozenset(
    """
    ouders broers zussen zusjes broertjes grootouders pleegouders kinderen zonen dochters gezin familie
    parents brothers sisters grandparents family parents freres soeurs famille
    """.split()
)
RELATIVES = alternatives(RELATIVES_WORDS)
"""More relatives at once; only in front of a name do they point at someone."""

NUMBER = (
    r"(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    r"zeventien|achttien|negentien|twintig|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|"
    r"quatorze|quinze|seize|three|four|five|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen)"
)
AGE = (
    rf"(?:(?:\d{{1,2}}(?:[.,]5)?|{NUMBER})[\s-]?(?:jaar|jarige?|j\.?(?![\w'])|ans\b|years?(?:[\s-]olds?)?\b|"
    r"yrs?\b|yo\b|y/o|maand(?:en)?\b|mois\b)(?!\s*(?:geleden|lang|wacht|durend|ago|later|na\b|voor\b)))"
)
"""An age: "14 jaar", "12j", "twaalfjarige", "14 ans", "14-year-old"."""

_ORDINAL = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|[1-7]\s?(?:de|ste|e|ieme|eme|ere|re|st|nd|rd|th)|"
    r"premiere|deuxieme|troisieme|quatrieme|cinquieme|sixieme|first|second|third|fourth|fifth|sixth|seventh)"
)
CLASS_CODE = (
    r"(?:(?<![\w/.,-])(?:klas\s|class\s|classe\s)?(?:[1-7]\s?(?:[A-Z]{1,4}\d?|[a-f])(?![\w'/])(?!\s?\d)"
    r"|[1-7]\s?(?:TSO|ASO|BSO|KSO|BuSO|LO|KO|EA|MW|LA|HW|TW|WE)\b))"
)
"""The name of one class: "3A", "4TW", "5b", "6 TSO"."""

STUDY = (
    r"(?i:modernen?|latijn|grieks|wetenschappen|economie|handel|verzorging|mechanica|hout(?:bewerking)?|kantoor|sport|"
    r"haartooi|haarzorg|elektriciteit|techniek|bouw|schilderwerk|kunst|humane|personenzorg|zorg|bakkerij|slagerij|"
    r"hotel|stem|talen|techniek-wetenschappen|sociaal|aso|tso|bso|kso|buso|lo|ko|middelbaar|secundair|lager|kleuter|leerjaar)"
)
CLASS = (
    rf"(?:{CLASS_CODE}|(?:het |de |le |la |en |the )?{_ORDINAL}[\s-](?:leerjaar|kleuter(?:klas|tje)?|middelbaar|"
    r"secundair|lagere?|jaar|graad|klas|studiejaar|kleuterklasje|grade|year|class|annee|primaire|secondaire|"
    r"maternelle|humanites?|kleuteronderwijs|(?-i:[A-Z][a-z]+))"
    rf"|(?<![\d.,/-])[1-7](?:de|ste|e)?\s(?:{STUDY})\b"
    r"|(?:(?:instap|peuter|kleuter|onthaal|OKAN-?|okan-?|auti-?|BuSO-?)klas(?:je)?|\bOKAN\b|\bokan\b|\bOV[1-4]\b"
    r"|\b(?:BuSO|BuLO|buso|bulo|DBSO)\b|\btype (?:\d|basisaanbod)|(?:year|grade|klas) \d{1,2}\b|CM[12]\b|CE[12]\b))"
)
"""A class, a year or a kind of education: "het vierde leerjaar", "3de Moderne Wetenschappen", "OKAN"."""

ROLE_WORDS = frozenset(
    """
    bakker slager burgemeester schepen dokter huisarts directeur directrice schooldirecteur schooldirectrice
    notaris apotheker pastoor dominee imam rabbijn kapper kapster cafebaas cafebazin garagist boer boerin
    politieagent agent wijkagent brandweerman concierge poetsvrouw juf meester leerkracht leraar
    lerares onderwijzer onderwijzeres turnleraar secretaresse zorgcoordinator veearts tandarts advocaat rechter
    postbode fietsenmaker kruidenier bloemist beenhouwer frituuruitbater uitbater uitbaatster voetballer
    zanger zangeres acteur actrice bv politicus minister gouverneur ondernemer aannemer loodgieter schilder
    bankdirecteur bankier verpleegster verpleger kinesist trainer voorzitter koster grafdelver smid molenaar
    visser schipper begrafenisondernemer ambassadeur gemeenteraadslid drummer vroedvrouw hovenier tuinman
    winkelier kleuterjuf klasleraar klastitularis opvoeder opvoedster toezichter bewaker cipier dealer wielrenner
    baker butcher mayor doctor principal headmaster headmistress teacher pharmacist priest farmer policeman
    lawyer dentist notary alderman janitor
    boulanger boulangere boucher bouchere bourgmestre maire echevin medecin directrice pharmacien pharmacienne
    cure notaire fermier policier instituteur institutrice prof coiffeur coiffeuse concierge facteur dentiste
    avocat
    """.split()
)
ROLE = alternatives(ROLE_WORDS)
"""What someone is in a village or a school: one knows who is meant."""

COMMUNITY = (
    r"(?:syri|marokk?a|turks|afgh?a|oekra|roma\b|somal|erit?r|ethiop|congol|ghane|nigeri|russisch|pools|roemeen|"
    r"bulga|albane|alban|kosov|tsjetsj|tsjetsjeen|armeens|iraaks|iraans|palest|tibeta|chines|japans|vietnam|thais|"
    r"braziliaans|spaans|portuge|italia|guine|kameroen|senegal|algerij|tunes|egypt|ivoriaan|burundes|rwand|"
    r"pakist|india(?:as|n)|nepal|joods|jewish|juif|juive|moslim|zwart|black|african|afrika|syrien|marocain|turc|"
    r"turque|afghan|ukrain|somali|rom\b|doof|dove|blind|slechtziend|transgender|trans\b|geadopteerd|adopt)\w*"
)
"""An origin or a trait written as an adjective."""
