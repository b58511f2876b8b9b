"""The words by which people speak of one child, in Dutch, French and English.

Rules read text that `plain` folded: no accents, one kind of apostrophe. "Élève" is "eleve" here.
"""

from store.privacy.wordlists import alternatives, listed

CHILD_WORDS = listed(
    """
    jongen jongetje meisje kind kindje leerling leerlinge kleuter kleutertje peuter jongere
    tiener scholier student studente puber minderjarige nieuwkomer baby zorgkind gastje ventje
    manneke dreumes vluchteling pupil boy girl child kid teenager toddler schoolboy schoolgirl
    youngster garcon fille enfant eleve ado adolescent adolescente gamin gamine etudiant
    etudiante mineur fillette
    """
)
CHILD = alternatives(CHILD_WORDS)
"""One child: singular nouns."""

KIN_WORDS = listed(
    """
    zoon zoontje dochter dochtertje broer broertje zus zusje zuster pleegkind pleegzoon
    pleegdochter pleegbroer pleegzus stiefzoon stiefdochter stiefbroer stiefzus halfbroer
    halfzus kleinkind kleinzoon kleindochter neef neefje nicht nichtje petekind tweeling
    drieling tweelingbroer tweelingzus adoptiekind oudste jongste mama moeder moeke mams papa
    vader vake paps stiefvader stiefmoeder pleegmoeder pleegvader plusmama pluspapa oma opa
    grootmoeder grootvader bomma bompa tante nonkel oom voogd mamma ma pa son daughter brother
    sister twin twins mother father mum mom dad grandmother grandfather aunt uncle nephew niece
    stepson stepdaughter stepfather stepmother grandson granddaughter fils frere soeur jumeau
    jumelle jumeaux mere pere maman beau-pere belle-mere grand-mere grand-pere oncle neveu
    tuteur tutrice
    """
)
KIN = alternatives(KIN_WORDS)
"""One relative: singular nouns."""

RELATIVES_WORDS = listed(
    """
    ouders broers zussen zusjes broertjes grootouders pleegouders kinderen zonen dochters gezin
    familie parents brothers sisters grandparents family freres soeurs famille
    """
)
RELATIVES = alternatives(RELATIVES_WORDS)
"""More relatives at once; only in front of a name do they point at someone."""

NUMBER = (
    r"(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|"
    r"veertien|vijftien|zestien|"
    r"zeventien|achttien|negentien|twintig|deux|trois|quatre|cinq|six|sept|huit|neuf|"
    r"dix|onze|douze|treize|"
    r"quatorze|quinze|seize|three|four|five|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen)"
)
AGE = (
    rf"(?:(?:\d{{1,2}}(?:[.,]5)?|{NUMBER})[\s-]?(?:jaar|jarige?|j\.?(?![\w'])|ans\b|"
    rf"years?(?:[\s-]olds?)?\b|"
    r"yrs?\b|yo\b|y/o|maand(?:en)?\b|mois\b)(?!\s*(?:geleden|lang|wacht|durend|ago|"
    r"later|na\b|voor\b)))"
)
"""An age: "14 jaar", "12j", "twaalfjarige", "14 ans", "14-year-old"."""

_ORDINAL = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|[1-7]\s?(?:de|ste|e|ieme|eme|"
    r"ere|re|st|nd|rd|th)|"
    r"premiere|deuxieme|troisieme|quatrieme|cinquieme|sixieme|first|second|third|"
    r"fourth|fifth|sixth|seventh)"
)
CLASS_CODE = (
    r"(?:(?<![\w/.,-])(?:klas\s|class\s|classe\s)?(?:[1-7]\s?(?:[A-Z]{1,4}\d?|"
    r"[a-f])(?![\w'/])(?!\s?\d)"
    r"|[1-7]\s?(?:TSO|ASO|BSO|KSO|BuSO|LO|KO|EA|MW|LA|HW|TW|WE|tso|aso|bso|kso|buso|okan)\b))"
)
"""The name of one class: "3A", "4TW", "5b", "6 TSO"."""

STUDY = (
    r"(?i:modernen?|latijn|grieks|wetenschappen|economie|handel|verzorging|mechanica|"
    r"hout(?:bewerking)?|kantoor|sport|"
    r"haartooi|haarzorg|elektriciteit|techniek|bouw|schilderwerk|kunst|humane|"
    r"personenzorg|zorg|bakkerij|slagerij|"
    r"hotel|stem|talen|techniek-wetenschappen|sociaal|aso|tso|bso|kso|buso|lo|ko|"
    r"middelbaar|secundair|lager|kleuter|leerjaar)"
)
CLASS = (
    rf"(?<!\w)(?:{CLASS_CODE}|(?:het |de |le |la |en |the )?{_ORDINAL}[\s-](?:leerjaar|"
    rf"kleuter(?:klas|tje)?|middelbaar|"
    r"secundair|lagere?|jaar|graad|klas|studiejaar|kleuterklasje|grade|year|class|"
    r"annee|primaire|secondaire|"
    r"maternelle|humanites?|kleuteronderwijs|(?-i:[A-Z][a-z]+))"
    rf"|(?<![\d.,/-])[1-7](?:de|ste|e)?\s(?:{STUDY})\b"
    r"|(?:(?:instap|peuter|kleuter|onthaal|OKAN-?|okan-?|auti-?|BuSO-?)klas(?:je)?|"
    r"\bOKAN\b|\bokan\b|\bOV[1-4]\b"
    r"|\b(?:BuSO|BuLO|buso|bulo|DBSO)\b|\btype\s(?:\d|basisaanbod)|(?:year|grade|klas)\s"
    r"\d{1,2}\b|CM[12]\b|CE[12]\b))"
)
"""A class or a year: "het vierde leerjaar", "3de Moderne Wetenschappen", "OKAN"."""

ROLE_WORDS = listed(
    """
    bakker slager burgemeester schepen dokter huisarts directeur directrice schooldirecteur
    schooldirectrice notaris apotheker pastoor dominee imam rabbijn kapper kapster cafebaas
    cafebazin garagist boer boerin politieagent agent wijkagent brandweerman concierge
    poetsvrouw juf meester leerkracht leraar lerares onderwijzer onderwijzeres turnleraar
    secretaresse zorgcoordinator veearts tandarts advocaat rechter postbode fietsenmaker
    kruidenier bloemist beenhouwer frituuruitbater uitbater uitbaatster voetballer zanger
    zangeres acteur actrice bv politicus minister gouverneur ondernemer aannemer loodgieter
    schilder bankdirecteur bankier verpleegster verpleger kinesist trainer voorzitter koster
    grafdelver smid molenaar visser schipper begrafenisondernemer ambassadeur gemeenteraadslid
    drummer vroedvrouw hovenier tuinman winkelier kleuterjuf klasleraar klastitularis opvoeder
    opvoedster toezichter bewaker cipier dealer wielrenner baker butcher mayor doctor principal
    headmaster headmistress teacher pharmacist priest farmer policeman lawyer dentist notary
    alderman janitor boulanger boulangere boucher bouchere bourgmestre maire echevin medecin
    pharmacien pharmacienne cure notaire fermier policier instituteur institutrice prof
    coiffeur coiffeuse facteur dentiste avocat caretaker nurse coach librarian headteacher
    driver gardien infirmiere buschauffeur chauffeur zaakvoerder uitvaartondernemer journalist
    journaliste youtuber influencer weerman presentator presentatrice schrijver korpschef
    commissaris dierenarts apothekeres onthaalmoeder kok keukenhulp klusjesman collega
    wethouder rector decaan priester diaken griffier deurwaarder ploegbaas fabrieksdirecteur
    vuilnisman buurman buurvrouw garagiste agriculteur epicier epiciere plombier electricien
    concierge fleuriste juge pompier
    """
)
ROLE = alternatives(ROLE_WORDS)
"""What someone is in a village or a school: one knows who is meant."""

COMMUNITY = (
    r"(?:syri|marokk?a|turks|afgh?a|oekra|roma\b|somal|erit?r|ethiop|congol|ghane|"
    r"nigeri|russisch|pools|roemeen|"
    r"bulga|albane|alban|kosov|tsjetsj|tsjetsjeen|armeens|iraaks|iraans|palest|tibeta|"
    r"chines|japans|vietnam|thais|"
    r"braziliaans|spaans|portuge|italia|guine|kameroen|senegal|algerij|tunes|egypt|"
    r"ivoriaan|burundes|rwand|"
    r"pakist|india(?:as|n)|nepal|joods|jewish|juif|juive|moslim|zwart|black|african|"
    r"afrika|syrien|marocain|turc|"
    r"turque|afghan|ukrain|somali|rom\b|doof|dove|blind|slechtziend|transgender|"
    r"trans\b|geadopteerd|adopt|gambia|kirgi|oezbe|kazach|mongool|georgisch|servisch|kroat|"
    r"bosnisch|macedon|zweeds|deens|mexica|colombia|peruaan|ecuador|venezol|cuba|haiti|dominicaan|"
    r"filip|indones|korea|sri|bengaal|jemen|libanees|sudan|soedan|tsjaad|angol|kenia|oegand|"
    r"tanza|hongaar|tsjech|slovaak|litouw|wit-russ|moldav|azer|koerd|jezidi|yezidi|hindoe|sikh|"
    r"mormoon|chassid|ghana|kaapverd|togo|benin|libi|mali|niger)\w*"
)
"""An origin or a trait written as an adjective."""
