"""Entries as a stranger would keep them: other words and other habits than those of `corpus`."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from store.glossary import VOCABULARY
from store.records import PlaceKind
from store.search.vocabulary import Sureness, Term, read_vocabulary
from store.seeds.reading import read_gazetteer

COLUMNS = (
    "id;naam;organisatie;omschrijving;thema's;gemeente;regio;min_leeftijd;max_leeftijd;niveau;"
    "soort;status;aanmelden;url;bevestigd_op"
)
"""The headers that the issue of the directory names."""

# The two halves of what is offered, with the letters that join them, and how it is said apart.
_FIRST = (
    "hout::met hout;muziek::met muziek;dieren::met dieren;fiets::met de fiets;"
    "bos::in het bos;keuken::in de keuken;circus::met circus;kunst::met kunst;"
    "theater::met theater;tuin::in de tuin;klim::met klimmen;boks::met boksen;"
    "water::op het water;nacht::bij nacht;zomer::in de zomer;herstel::na herstel;"
    "rouw::bij rouw;verlies::bij verlies;slaap::bij slapen;spraak::bij spraak;"
    "reken::bij rekenen;lees::bij lezen;examen::bij examens;stage::op stage;"
    "ouder::voor ouders;leerkracht:en:voor leerkrachten;team::voor teams;straat::op straat;"
    "wijk::in de wijk;paarden::met paarden;rust::met rust;weerbaarheid:s:bij weerbaarheid;"
    "beroep:s:naar een beroep;talent:en:naar talenten;taal::rond taal;conflict::bij conflict;"
    "school::op school;jongeren::voor jongeren;gezin:s:in het gezin;"
    "vrijwilliger:s:met vrijwilligers"
)
_SECOND = (
    "atelier coaching kamp kring parcours praktijk lab winkel huis uurtje kliniek spreekuur "
    "programma dag werkplaats tocht gesprekken module oefengroep maatje vakantie café bureau "
    "steunpunt tandem plek"
)
_ORDINARY = (
    "wolk lamp kompas anker vlinder zwaluw brug ladder molen kade poort appel noot linde eik "
    "beuk hazelaar regenboog vuurtoren sleutel spiegel veer mus egel vos otter kikker libel "
    "klaproos distel varen mos kei rots golf duin strand haven sluis toren hoeve schuur stal "
    "oven bron beek wei akker hagel sneeuw dauw nevel zon maan komeet planeet draad knoop naald "
    "weefsel trommel fluit harp gitaar penseel palet krijt potlood schrift boek letter zin "
    "verhaal "
    "sprong dans stap spoor pad kruispunt halte perron wagon zeil mast roer boei"
)
_SOUNDS = (
    "bra dor fel gim hal jor kes lun mar nol pri ros sil tam ver wim zan bel dra fon gre hes "
    "kel lor mis nar pol rem sta tol vin wal zor"
)
_MORE_SOUNDS = "do ka li mo na ri sa ta ve xo ba fi go lu pa ro sol tra vim zen kor nel"
_PREFIXES = ("vzw ", "De ", "Het ", "'t ", "Huis ", "Centrum ", "Jeugdhuis ", "CAW ", "OCMW ", "")
_LIFE = (
    "We beginnen elke sessie met een kom thee en een rondje langs iedereen die er is.",
    "De groep telt nooit meer dan acht deelnemers, zodat er voor elk genoeg tijd overblijft.",
    "Ouders worden uitgenodigd voor het slotmoment in de grote zaal op de eerste verdieping.",
    "Wie met de trein komt, stapt af aan het station en volgt de blauwe bordjes.",
    "Materiaal hoef je niet mee te brengen, oude kleren zijn wel een goed idee.",
    "Er is een contract tussen school, gezin en begeleider, dat elke maand bekeken wordt.",
    "De bijdrage bedraagt vijf euro per keer; wie dat niet kan betalen, meldt het ons.",
    "Onze medewerkers zijn opgeleid in oplossingsgericht werken en verbindende communicatie.",
    "In de kerstvakantie en in augustus zijn we gesloten.",
    "Na afloop volgt een verslag in gewone taal, dat de jongere eerst zelf leest.",
    "Het lokaal is toegankelijk met een rolstoel en er is een prikkelarme ruimte.",
    "De stad stelt het gebouw ter beschikking en betaalt de verwarming.",
    "Sinds drie jaar werken we samen met een fabriek die gereedschap schenkt.",
    "Elke dinsdag koken we met restjes van de markt en eten we samen.",
    "Er bestaat een wachtlijst van gemiddeld zes weken.",
    "We vragen een gesprek vooraf, zodat niemand voor verrassingen staat.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file, with what it is made of."""

    id: str
    cells: tuple[str, ...]
    first: tuple[str, str, str]
    second: str
    joined: bool
    coin: str
    place: str
    term: Term
    said: str


def terms() -> list[Term]:
    """Return the terms of the shipped vocabulary that have another name."""
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        known = read_vocabulary(lines).terms
    return [term for term in known if term.synonyms and term.sure is not Sureness.LOW]


def corpus(count: int, seed: int) -> list[Row]:
    """Return so many rows; the same for everybody with one seed."""
    draw = random.Random(seed)
    # People fill in a municipality, now and then a part of one.
    named = [place for place in read_gazetteer().places if not place.ended]
    whole = [place for place in named if place.kind is PlaceKind.MUNICIPALITY]
    places = whole * 3 + [place for place in named if place.kind is PlaceKind.SECTION]
    known = terms()
    halves = [tuple(part.split(":")) for part in _FIRST.split(";")]
    organizations: list[tuple[str, str]] = []
    rows: list[Row] = []
    for number in range(count):
        if not organizations or draw.random() < 0.2:
            organizations.append(_organization(draw, [place.name for place in places]))
        organization, coin = draw.choice(organizations)
        place = draw.choice(places)
        first, second = draw.choice(halves), draw.choice(_SECOND.split())
        joined = draw.random() < 0.65
        stem, linking, apart = first
        service = stem + linking + second if joined else f"{second} {apart}"
        term = draw.choice(known)
        said = draw.choice(term.names)
        name = draw.choice(
            (
                f"{service.capitalize()} {organization}",
                f"{organization} {place.name} - {service}",
                f"{service.capitalize()} {place.name} ({organization})",
                f"{service.capitalize()} rond {said} – {organization}",
                f"{service.upper()} {organization} {draw.randint(6, 12)}-{draw.randint(13, 21)}",
            )
        )
        text = [
            f"{organization} biedt in {place.name} {service} aan, ook bij vragen rond {said}.",
            *draw.sample(_LIFE, draw.randint(4, 9)),
        ]
        if draw.random() < 0.3:
            text.append(f"Ook inwoners van {draw.choice(places).name} zijn welkom.")
        low = draw.choice((None, 3, 6, 10, 12, 14))
        cells = (
            f"X{number:06}",
            name,
            organization,
            " ".join(text),
            "; ".join(draw.sample((said, "vrije tijd", "groen", "welbevinden", "beweging"), 2)),
            place.name,
            place.region.label,
            "" if low is None else str(low),
            "" if low is None else str(low + draw.choice((3, 6, 9))),
            draw.choice(("", "lager", "secundair", "kleuter; lager")),
            draw.choice(("aanbod", "NAFT", "vorming", "ontmoeting", "methodiek", "")),
            draw.choice(("open", "open", "volzet", "")),
            draw.choice(("via het CLB", "bel ons", "")),
            f"https://www.example.org/{number}",
            draw.choice(("", "2026-05-04", "17/09/2026")),
        )
        rows.append(
            Row(
                cells[0],
                cells,
                (stem, linking, apart),
                second,
                joined,
                coin,
                place.name,
                term,
                said,
            )
        )
    return rows


def _organization(draw: random.Random, places: Sequence[str]) -> tuple[str, str]:
    """Return the name of an organisation, and the word of it that people remember."""
    kind = draw.random()
    if kind < 0.35:
        coin = draw.choice(_ORDINARY.split()) + draw.choice(_ORDINARY.split())
    elif kind < 0.75:
        coin = draw.choice(_SOUNDS.split()) + "".join(
            draw.sample(_MORE_SOUNDS.split(), draw.choice((1, 2)))
        )
    else:
        coin = draw.choice(_SOUNDS.split()) + draw.choice(_ORDINARY.split())
    if draw.random() < 0.12:
        coin = draw.choice(("coöp", "preë", "naïe", "zeeë")) + coin
    name = draw.choice(_PREFIXES) + coin.capitalize()
    if draw.random() < 0.15:
        name += f" {draw.choice(places)}"
    return name, coin
