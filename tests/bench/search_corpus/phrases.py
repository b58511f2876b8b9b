"""What generated entries are made of, beside the tables in the CSV files of this folder."""


def _each(text: str) -> list[str]:
    return text.split()


HEADS = _each(
    "begeleiding ondersteuning werking opvang coaching therapie training advies groep project "
    "preventie bemiddeling hulp loket atelier klas kamp dienst team overleg vorming werkplaats"
)
TARGETS = [
    *_each(
        "jongeren kinderen tieners ouders gezinnen leerlingen kleuters jongvolwassenen studenten "
        "leerkrachten grootouders vrijwilligers adolescenten pubers eenoudergezinnen"
    ),
    "jonge moeders",
]
ADJECTIVES = _each(
    "laagdrempelig gratis vertrouwelijk intensief kleinschalig vraaggericht outreachend "
    "kortdurend individueel groepsgericht preventief creatief ervaringsgericht methodisch "
    "integraal discreet toegankelijk flexibel"
)
KINDS = ("schoolextern-aanbod", "naft", "vorming", "methodiek", "goede-praktijk", "netwerk")
SENTENCES = (
    "We bieden {a}e begeleiding aan {t} met een vraag rond {c}.",
    "{o} organiseert {s} voor {t} in {g} en omgeving.",
    "Het aanbod is {a} en richt zich tot {t} die te maken krijgen met {c}.",
    "Samen met school, ouders en hulpverleners zoeken we naar een oplossing op maat.",
    "Aanmelden kan telefonisch, via mail of na doorverwijzing door de school.",
    "We werken rond {w}, {v} en {u}.",
    "Tijdens het traject is er aandacht voor {w} en {v}.",
    "De deelnemers krijgen elke week een activiteit rond {w}.",
    "Je kan bij ons terecht voor informatie, een gesprek of een {a} traject.",
    "Onze medewerkers zijn opgeleid in {w} en hebben ervaring met {c}.",
    "In samenwerking met {m} zorgen we voor een goede opvolging.",
    "Het team bestaat uit begeleiders met kennis van {w} en {v}.",
    "We vertrekken vanuit de krachten van de jongere en zijn omgeving.",
    "Ook {t} uit {p} kunnen deelnemen.",
    "De werking loopt van maandag tot vrijdag tussen negen en zeventien uur.",
    "Er is een wachtlijst; neem contact op voor meer informatie.",
    "Het project {w} brengt {t} samen in een veilige omgeving.",
    "Wie vragen heeft over {c} vindt hier een luisterend oor.",
    "De kostprijs is afhankelijk van het inkomen van het gezin.",
    "Elke deelnemer krijgt een vaste begeleider die {a} werkt.",
    "We organiseren vormingen over {w} voor leerkrachten en ouders.",
    "Deze dienst wordt erkend en gesubsidieerd door de Vlaamse overheid.",
    "Ons doel is kansen versterken en uitsluiting voorkomen.",
    "Met {w} en {v} als methodiek leren jongeren nieuwe vaardigheden.",
    "Voor dringende vragen verwijzen we door naar {m}.",
    "Onze locatie in {g} is vlot bereikbaar met het openbaar vervoer.",
    "Het netwerk verbindt onderwijs en welzijn in de regio {p}.",
    "Na de intake maken we samen een plan met duidelijke doelen.",
    "We geven {s} in kleine groepen en op eigen tempo.",
    "Een sessie duurt ongeveer anderhalf uur en gaat door in {g}.",
)
CHATTY = (
    "Hallo, ik ben op zoek naar {x} in {g}, kan u mij helpen?",
    "Wie kan ons helpen met {x} in {g}?",
    "Bestaat er {x} in de buurt van {g} voor mijn zoon?",
    "Waar kan ik terecht in {g} voor {x}?",
    "Mijn dochter heeft nood aan {x}, we wonen in {g}. Welk aanbod is er?",
    "Goedemorgen, hebben jullie een adres voor {x} te {g}?",
    "Ik ben leerkracht en zoek voor een leerling iets rond {x} regio {g} aub",
    "Weet jij of er in {g} een aanbod bestaat voor {x}?",
)
FIRST_NAMES = _each("Jan Sint-Jozef Maria Pieter Elisabeth Lucas Ter Ten Godelieve Clara Ida")
LAST_NAMES = _each(
    "Verzonnen Voorbeeld Denkbeeld Fictief Bedacht Zogezegd Gefingeerd Schijnbaar Nergens "
    "Ergens Allerlei Misschien Stelvoor"
)
# Nothing in the corpus answers these; their words are kept out of it.
FOREIGN = (
    "recept voor appeltaart met kaneel",
    "goedkope vliegtickets naar barcelona",
    "hoe reset ik mijn wachtwoord",
    "beste smartphone onder 500 euro",
    "weersvoorspelling voor morgen",
    "wie won de wereldbeker in 2018",
    "hoofdstad van mongolie",
    "pandas dataframe sorteren",
    "bitcoin koers vandaag",
    "openingsuren van de meubelwinkel",
    "lekke fietsband plakken",
    "tweedehands auto kopen",
    "temperatuur op mars",
    "quantummechanica uitgelegd",
    "hoeveel calorieen in een banaan",
    "spaghetti carbonara bereiden",
    "winterbanden vervangen prijs",
    "filmabonnement opzeggen",
    "hypotheekrente vergelijken",
    "zonnepanelen terugverdientijd",
    "kattenvoer aanbieding",
    "parkeerboete betwisten",
    "wimbledon finale tijdstip",
    "schaakopening siciliaans",
    "wifi router instellen",
    "dinosaurussen uitgestorven",
    "champagne en oesters",
    "ruimtestation baan",
    "gitaarsnaren vervangen",
    "beurskoersen technologie",
    "hoe lang kook je asperges",
    "kerstboom versieren ideetjes",
    "vulkaanuitbarsting ijsland",
    "printer inktpatroon leeg",
    "mayonaise zelf maken",
    "formule 1 kalender",
    "duikbrevet malediven",
    "aandelen dividend uitkering",
    "gazon verticuteren",
    "skivakantie oostenrijk",
    "wasmachine centrifugeert niet",
    "elektrische scooter huren",
    "dubbele espresso cafeine",
    "marathon schema kenia",
    "parfum korting",
    "spelconsole kopen",
    "wortel uit 144 berekenen",
    "vertaal hallo in het japans",
    "mop over een kikker",
    "orchidee verpotten",
    "krokodillen in florida",
    "supernova waarnemen",
    "autoverzekering omnium",
    "harde schijf formatteren",
    "pannenkoekenbeslag zonder melk",
    "kruiswoord oplossing",
    "hotel met zwembad rome",
)
INFLECTED = {
    "werking": "werkingen",
    "groep": "groepen",
    "project": "projecten",
    "training": "trainingen",
    "atelier": "ateliers",
    "klas": "klassen",
    "kamp": "kampen",
    "dienst": "diensten",
    "loket": "loketten",
    "vorming": "vormingen",
    "therapie": "therapieen",
    "werkplaats": "werkplaatsen",
    "team": "teams",
    "begeleiding": "begeleiden",
    "ondersteuning": "ondersteunen",
    "coaching": "coachen",
    "bemiddeling": "bemiddelen",
    "opvang": "opvangen",
}
INFLECTED_NAMES = {
    "eetstoornissen": "eetstoornis",
    "leerstoornissen": "leerstoornis",
    "gedragsproblemen": "gedragsprobleem",
    "pesten": "gepest",
    "spijbelen": "spijbelt",
    "schooluitval": "schooluitvallers",
    "druggebruik": "drugsgebruik",
    "hechtingsproblemen": "hechtingsprobleem",
    "echtscheiding": "echtscheidingen",
    "leerproblemen": "leerprobleem",
    "sociale vaardigheden": "sociale vaardigheid",
    "tienermoeder": "tienermoeders",
    "pleeggezinnen": "pleeggezin",
    "nieuwkomers": "nieuwkomer",
    "tienerzwangerschap": "tienerzwangerschappen",
    "jeugdhuis": "jeugdhuizen",
    "pleegzorg": "pleegzorgen",
    "angststoornis": "angststoornissen",
    "schoolweigering": "schoolweigeraar",
    "slechthorend": "slechthorenden",
    "slechtziend": "slechtzienden",
    "zelfhulpgroep": "zelfhulpgroepen",
    "dakloosheid": "dakloos",
    "weerbaarheid": "weerbaar",
    "eerstelijnspsycholoog": "eerstelijnspsychologen",
    "jeugdbeweging": "jeugdbewegingen",
}
# Everyday words of which the long tail of descriptions and names is made.
EVERYDAY = _each(
    "anker appel bakker balk band bank beek beker berg bes beuk bezem bij blad blik bloem boek "
    "boer boom boot bord borstel bos boter brand brief brood brug buis bult cirkel citroen dak "
    "dam deken deur dijk distel doek dooier doos draad drempel duif duin duim eend egel eik "
    "eiland emmer erf ezel fluit fontein gang garen gans geit geul gevel gras gracht haag haan "
    "haard hak halm hamer handschoen haven heide hek helm hemel herfst hert heuvel hoed hoek "
    "honing hooi hoorn houtskool iglo inkt jas kaars kaart kade kalf kam kasteel kastanje kegel "
    "kelder ketel kei kers kist klaver klei klok klomp knop koffer kom koord koper korenbloem "
    "korf kraan krans kreek krekel kruik kruid kudde kurk kuip laan laars ladder lamp lantaarn "
    "lat leeuwerik lelie lepel lier lijst linde lint loods lucht maan mand mantel markt mast "
    "meel meeuw merel mier molen mol mos mouw muur mus naald nest net noot oever olijf oven "
    "paddenstoel palet papier paraplu parel pauw peer pen perron pijl pint plank pluim poort "
    "pop populier pot put raam raaf rad regen riem riet rij ring rivier roer rok roos rots ruit "
    "sap schaap schaar schaduw schans schelp schip schors schuur sikkel slak slee sleutel sloot "
    "smid sneeuw snoer spaak spade specht spiegel spijker spoor ster steen stoel storm straat "
    "stro struik tafel tak tapijt tegel tent ton toren trap trommel tuin turf uil vaas vat veer "
    "veld venster vijver vink vis vlag vlas vleugel vlier vlinder vloer vogel vork vos vuur "
    "waaier wagen wal wei wiel wilg wind wol wolk wortelhout zadel zak zand zee zeil zilver "
    "zolder zon zwaan zwaluw"
)
# Everyday words that never enter the corpus: a question for one of them finds nothing.
UNHEARD = _each(
    "giraffe pinguin kangoeroe zeppelin cello trombone rugzakreis chocolade gember avocado "
    "broccoli mozzarella lasagne cappuccino kaviaar limousine helikopter onderzeeer satelliet "
    "telescoop microscoop synthesizer accordeon castagnetten sombrero kimono tangafoto vampier "
    "spookschip piraat gladiator farao piramide sfinx obelisk gletsjer tsunami meteoriet "
    "komeet planetarium zeepaardje octopus inktvis haring garnaal kreeft mossel schildpad "
    "luipaard neushoorn nijlpaard kameleon leguaan salamander"
)
ONSETS = _each("b bl br d dr f fl g gr h j k kl kn kr l m n p pl pr r s sl sp st t tr v vl w z zw")
VOWELS = _each("a e i o u aa ee oo ie oe eu ij ui")
CODAS = ["", "", "k", "l", "m", "n", "p", "r", "s", "t", "lk", "nd", "ng", "rk", "rt", "st"]
