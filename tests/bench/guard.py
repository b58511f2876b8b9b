"""What the guard catches, how often it is wrong, what it costs: `python -m tests.bench.guard`.

Seeded: everybody gets the same identifiers and sentences. Needs some 60 s on one core. The peers'
rows say so where they are not installed.
"""

import gc
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from store.privacy import Finding, Kind, Verdict, inspect, warm_up
from tests.bench.guard_peers import peers

SEED = 20261123
TEXTS = Path(__file__).parent.parent / "store" / "guard_texts.jsonl"
# The author of the rules had read "dev" and "held-out" (seeded halves of 200 texts), and wrote the
# others after the rules, one set after another, tuning to each after a first look. First looks:
# second 79/90 noticed and 4/124 false alarms, third 53/58 and 4/70, fourth 31/35 and 0/36.
HALVES = ("dev", "held-out", "second", "third", "fourth")
PER_KIND = {
    Kind.NATIONAL_NUMBER: 55_000,
    Kind.BIS_NUMBER: 25_000,
    Kind.IBAN: 20_000,
    Kind.PHONE: 3_000,
    Kind.EMAIL: 2_000,
}
CLEAN = 4_000
SPEED_ROUNDS = 1_000

_FRAMES = (
    "Leerling met nummer {} staat op de wachtlijst.",
    "{}",
    "Kan iemand {} nakijken? Het dringt.",
    "dossier={};status=open",
    "Voor het consult: ({}) graag terugbellen.",
    "Hij is 12, zit in 3B en heeft {} als nummer, sinds 1/9/2025.",
    "numéro {} à vérifier svp",
    "please check {} before 14:00",
    "kind\n{}\nmoeder",
    "x{}y",
)
_FULL_WIDTH = str.maketrans("0123456789", "".join(chr(0xFF10 + i) for i in range(10)))
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def national_number(chance: random.Random, added: int = 0) -> str:
    """Eleven digits with the right check digits, of someone born from 1930 to 2026."""
    year = chance.randint(1930, 2026)
    nine = (
        f"{year % 100:02}{chance.randint(1, 12) + added:02}{chance.randint(1, 28):02}"
        f"{chance.randint(1, 997):03}"
    )
    return f"{nine}{97 - int(nine if year < 2000 else f'2{nine}') % 97:02}"


def spelled(chance: random.Random, digits: str) -> str:
    """The eleven digits in one of the spellings that people use."""
    a, b, c, d, e = digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:]
    form = chance.randrange(12)
    if form < 8:
        return (
            f"{a}.{b}.{c}-{d}.{e}",
            digits,
            f"{a} {b} {c} {d} {e}",
            f"{a}/{b}/{c}/{d}/{e}",
            f"{a}-{b}-{c}-{d}-{e}",
            f"{a}{b}{c} {d} {e}",
            f"{a}.{b}.{c} - {d} . {e}",
            f"{a}{b}{c}\n{d}{e}",
        )[form]
    if form == 8:
        return f"{a}.{b}.{c}-{d}.{e}".translate(_FULL_WIDTH)
    if form == 9:
        return "\u200b".join(digits)
    if form == 10:
        return digits.translate(_ARABIC)
    return f"{a}.{b}.{c}\u2013{d}\u00a0{e}"


def iban(chance: random.Random) -> str:
    """A Belgian account number with the right check digits, in one of its spellings."""
    base = f"{chance.randrange(10**10):010}"
    bban = f"{base}{int(base) % 97 or 97:02}"
    check = 98 - int(f"{bban}111400") % 97
    whole = f"BE{check:02}{bban}"
    fours = [whole[i : i + 4] for i in range(0, 16, 4)]
    return chance.choice(
        (whole, " ".join(fours), "-".join(fours), ".".join(fours), whole.lower(), "\n".join(fours))
    )


def phone(chance: random.Random) -> str:
    """A Belgian mobile or fixed number in one of its spellings."""
    if chance.random() < 0.7:
        start = chance.choice(("47", "48", "49"))
        rest = f"{start}{chance.randint(0, 9)}{chance.randrange(10**6):06}"
        groups = (rest[:3], rest[3:5], rest[5:7], rest[7:])
    else:
        rest = f"{chance.choice(('92', '32', '22', '93'))}{chance.randrange(10**6):06}"
        groups = (rest[:1], rest[1:4], rest[4:6], rest[6:])
    first, *others = groups
    dotted, spaced = ".".join(others), " ".join(others)
    return chance.choice(
        (
            f"0{rest}",
            f"0{first}/{dotted}",
            f"0{first} {spaced}",
            f"+32 {first} {spaced}",
            f"0032{rest}",
        )
    )


def email(chance: random.Random) -> str:
    """A private e-mail address, plain or spelled."""
    name = chance.choice(("noor", "kobe.voorbeeld", "verzonnen_mama", "lotte2011", "j.verzonnen"))
    at = chance.choice(("@", "@", " (at) ", "[at]", " @ "))
    return (
        name
        + at
        + chance.choice(("gmail.com", "hotmail.com", "telenet.be", "skynet.be", "outlook.be"))
    )


def identifiers() -> Iterator[tuple[Kind, str]]:
    """Every generated identifier in a sentence."""
    chance = random.Random(SEED)
    makers: dict[Kind, Callable[[], str]] = {
        Kind.NATIONAL_NUMBER: lambda: spelled(chance, national_number(chance)),
        Kind.BIS_NUMBER: lambda: spelled(chance, national_number(chance, chance.choice((20, 40)))),
        Kind.IBAN: lambda: iban(chance),
        Kind.PHONE: lambda: phone(chance),
        Kind.EMAIL: lambda: email(chance),
    }
    for kind, number in PER_KIND.items():
        # Glued between letters an address is another address.
        frames = _FRAMES[:-1] if kind is Kind.EMAIL else _FRAMES
        for _ in range(number):
            yield kind, chance.choice(frames).format(makers[kind]())


_SUBJECTS = (
    "Scholen in {place}",
    "Het CLB van {place}",
    "De lerende netwerken in {place}",
    "Jongeren uit {place}",
    "Een leerling van {age}",
    "{few} jongeren",
    "{count} kinderen uit postcode {code}",
    "Basisschool {school}",
    "Campus {school} in {place}",
    "De leerkrachten van het {year} leerjaar",
    "Leerlingen van {age} tot {older} jaar",
    "Het OCMW van {place}",
    "{service}",
    "Ouders van kleuters",
    "Nieuwkomers in de OKAN-klas van {place}",
)
_VERBS = (
    "wachten gemiddeld {count} maanden op een plaats",
    "vinden geen aanbod in het buitengewoon onderwijs",
    "vraagt sinds {date} meer ondersteuning",
    "krijgt volgens art. {article} recht op begeleiding",
    "valt tussen twee wachtlijsten",
    "meldt een tekort van {count} plaatsen",
    "werkt samen met {service}",
    "heeft in {schoolyear} geen NAFT-traject",
    "zoekt een oplossing tegen {date}",
    "komt {few} keer per maand samen, van 9.30 tot 12.00 uur",
    "kost {money} euro per jaar",
    "is bereikbaar via onthaal@example.org of op 0800 12 345",
    "kan pas na {count} weken starten",
)
_TAILS = (
    ".",
    ", vooral in de regio {place}.",
    " (bron: omzendbrief SO/2002/{article}).",
    ", zoals in mei en juni.",
    "; dat is {percent}% meer dan in {calendar}.",
    ". Overleg op {date} om 14u in {place}.",
    ", ook in jan. {calendar}.",
)
_PLACES = [
    "Aalst",
    "Sint-Niklaas",
    "Gent",
    "Sint-Truiden",
    "Heist-op-den-Berg",
    "Ronse",
    "Lier",
    "Mol",
    "Essen",
    "Peer",
    "Vorst",
    "Brussel",
    "Halle",
    "Lo-Reninge",
    "Geel",
    "Boom",
    "Kortrijk",
    "Brecht",
    "Linden",
    "Sint-Martens-Latem",
    "Jette",
    "Veerle",
    "Niel",
]
_SCHOOLS = [
    "Sint-Jozef",
    "De Regenboog",
    "Sint-Jan",
    "Don Bosco",
    "Heilig Hart",
    "Maria Boodschap",
    "Sint-Lodewijk",
    "De Linde",
    "Thomas More",
    "Sint-Barbara",
    "Prins Filip",
    "Koningin Astrid",
    "'t Kasteeltje",
    "Pius X",
    "Mater Dei",
]
_SERVICES = [
    "vzw Arktos",
    "De Koning Boudewijnstichting",
    "Kind en Gezin",
    "Het Huis van het Kind",
    "Groep Intro",
    "De Sleutel",
    "Samen tegen Schooluitval",
    "Het CAW",
    "Jongerenwelzijn",
    "Villa Clementina",
    "Project Emma",
    "De Ambrassade",
]


def clean_sentences() -> Iterator[str]:
    """Sentences of the domain that point at nobody."""
    chance = random.Random(SEED + 1)
    for _ in range(CLEAN):
        frame = chance.choice(_SUBJECTS) + " " + chance.choice(_VERBS) + chance.choice(_TAILS)
        year = chance.randint(2018, 2026)
        separator = chance.choice("/.-")
        yield frame.format(
            place=chance.choice(_PLACES),
            school=chance.choice(_SCHOOLS),
            service=chance.choice(_SERVICES),
            age=chance.randint(3, 14),
            older=chance.randint(15, 18),
            few=chance.randint(2, 9),
            count=chance.randint(2, 140),
            code=chance.randint(1000, 9999),
            year=chance.choice(("eerste", "tweede", "derde", "vierde", "zesde")),
            date=f"{chance.randint(1, 28)}{separator}{chance.randint(1, 12)}{separator}{year}",
            article=chance.randint(1, 300),
            schoolyear=f"{year}-{year + 1}",
            money=f"{chance.randint(1, 999)}.{chance.randrange(1000):03}.000",
            percent=chance.randint(1, 99),
            calendar=year,
        )


def _print_identifiers() -> None:
    """Recall on identifiers, and refusals of clean sentences."""
    total: Counter[Kind] = Counter()
    found: Counter[Kind] = Counter()
    refused: Counter[Kind] = Counter()
    for kind, text in identifiers():
        finding = inspect(text)
        total[kind] += 1
        found[kind] += kind in finding.kinds
        refused[kind] += finding.verdict is Verdict.REFUSE
    print("| identifier | sentences | recognised | refused |\n|---|---|---|---|")
    for kind in PER_KIND:
        print(
            f"| {kind} | {total[kind]:,} | {found[kind] / total[kind]:.3%} "
            f"| {refused[kind] / total[kind]:.3%} |"
        )
    share = sum(refused.values()) / sum(total.values())
    print(f"| all | {sum(total.values()):,} | | {share:.3%} |\n")
    verdicts = Counter(inspect(text).verdict for text in clean_sentences())
    refusals, warnings = (verdicts[v] / CLEAN for v in (Verdict.REFUSE, Verdict.WARN))
    print("| clean sentences | refused | warned |\n|---|---|---|")
    print(f"| {CLEAN:,} | {refusals:.2%} | {warnings:.2%} |\n")


def _rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]


def _print_texts(notices: Callable[[str], bool], name: str) -> None:
    """Recall, false alarms and time of one detector on the labelled texts, by half."""
    for half in HALVES:
        rows = [row for row in _rows() if row["half"] == half]
        personal = [row["text"] for row in rows if row["kind"] != "clean"]
        clean = [row["text"] for row in rows if row["kind"] == "clean"]
        start = time.perf_counter()
        caught = sum(map(notices, personal))
        alarms = sum(map(notices, clean))
        each = (time.perf_counter() - start) / len(rows) * 1e3
        print(
            f"| {name} | {half} | {caught}/{len(personal)} = {caught / len(personal):.1%} "
            f"| {alarms}/{len(clean)} = {alarms / len(clean):.1%} | {each:.2f} |"
        )


def _print_speed() -> None:
    """Time per text, for texts of clean sentences with none, one or half of them identifying."""
    clean = [row["text"] for row in _rows() if row["kind"] == "clean"]
    personal = [row["text"] for row in _rows() if row["kind"] != "clean"]
    chance = random.Random(SEED + 2)
    print(
        "| characters | identifying | p50 ms | p99 ms | p99 ms of processor |\n"
        "|---|---|---|---|---|"
    )
    for length, rounds in ((200, SPEED_ROUNDS), (1_000, SPEED_ROUNDS), (10_000, 30)):
        for label, share in (("nothing", 0.0), ("one sentence", -1.0), ("half", 0.5)):
            times: list[tuple[float, float]] = []
            for _ in range(rounds):
                parts = [
                    chance.choice(personal if chance.random() < share else clean)
                    for _ in range(length // 40 + 2)
                ]
                if share < 0:
                    parts[0] = chance.choice(personal)
                text = " ".join(parts)[:length]
                times.append(min(_milliseconds(text) for _ in range(3)))
            wall, processor = (sorted(column) for column in zip(*times, strict=True))
            p50, p99 = wall[len(wall) // 2], wall[int(len(wall) * 0.99)]
            own = processor[int(len(processor) * 0.99)]
            print(f"| {length:,} | {label} | {p50:.2f} | {p99:.2f} | {own:.2f} |")
    text = "a1 " * 13_333
    print(f"| {len(text):,} (too long) | | {_milliseconds(text)[0]:.3f} | | |\n")


def _milliseconds(text: str) -> tuple[float, float]:
    """How long one look takes on the clock and on the processor, which other programs share."""
    start, own = time.perf_counter(), time.thread_time()
    inspect(text)
    return (time.perf_counter() - start) * 1e3, (time.thread_time() - own) * 1e3


def _noticed(finding: Finding) -> bool:
    return finding.verdict is not Verdict.PASS


def main() -> None:
    """Print every table."""
    warm_up()
    gc.freeze()
    _print_identifiers()
    print("| detector | texts | recall | false alarms | ms a text |\n|---|---|---|---|---|")
    _print_texts(lambda text: _noticed(inspect(text)), "guard")
    for name, peer in peers():
        if isinstance(peer, str):
            print(f"| {name} | {peer} | | | |")
        else:
            _print_texts(peer, name)
    print()
    _print_speed()


if __name__ == "__main__":
    main()
