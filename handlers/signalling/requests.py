"""What can be asked about signals, read from what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz, process

from handlers.feature import Heard
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from store.signals import Phase


@dataclass(frozen=True, slots=True)
class Give:
    """Give a signal.

    Attributes:
        text: What was typed about it; empty for an empty form.
        meeting: On behalf of which meeting; empty for oneself (F36).
        by_command: Whether it stood after the command, so that a signal is surely meant.
    """

    text: str = ""
    meeting: str = ""
    by_command: bool = True


@dataclass(frozen=True, slots=True)
class Show:
    """Show one signal."""

    number: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Show what there is to follow up."""


@dataclass(frozen=True, slots=True)
class Mine:
    """Show my own signals and what became of them (F34)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What Brug keeps of who asks."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Ask to be forgotten (F38)."""


@dataclass(frozen=True, slots=True)
class Do:
    """Do something with a signal.

    Attributes:
        number: Which.
        verb: "move", "merge", "part", "release", "withdraw", "judge", "doubt", "reopen" or "back".
        to: The phase to move to, for "move".
        other: The other signal, for "merge".
    """

    number: int
    verb: str
    to: Phase | None = None
    other: int = 0


@dataclass(frozen=True, slots=True)
class Unclear:
    """A number, and a word that is no phase and no verb."""

    number: int


Request: TypeAlias = Give | Show | Queue | Mine | Kept | Erase | Do | Unclear

MOST_DIGITS = 9
"""Digits of a number that a database still takes; more is no signal."""

_NUMBERED = re.compile(
    r"#?(?P<number>\d{1,20})"
    r"(?:\s+(?P<verb>mij ook|ik ook|moi aussi|me too|[^\W\d]+)"
    r"(?:\s+(?:met|avec|with)?\s*#?(?P<other>\d{1,20}))?)?",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?:namens|au nom de|on behalf of)\s+(?P<who>[^:\n]+)(?::(?P<text>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_LIST = re.compile(r"^(?:lijst|liste|list|wachtrij|queue|open|triage)$")
_MINE = re.compile(r"^(?:mijn|mijn signalen|mes signaux|mine|my signals|van mij)$")
_ERASE = re.compile(
    r"\b(wis|verwijder|vergeet|efface\w*|supprime\w*|erase|delete|forget)\s+"
    r"(al\s+|alle\s+)?(mijn gegevens|mij|mes donnees|my data|me)\b"
)
_KEPT = re.compile(
    r"^(?:wat (?:weet|bewaart?|onthoudt?|houdt?) (?:je|jij|u|brug) "
    r"(?:\w+ )?(?:over|van) (?:mij|me)|"
    r"inzage(?: in mijn gegevens)?|que (?:sais|gardes|savez|gardez) (?:tu|vous) (?:de|sur) moi|"
    r"what (?:do|does) (?:you|brug) (?:know|keep|store|remember) (?:about|of|on) me|"
    r"(?:toon )?(?:mijn gegevens|mes donnees|my data))$"
)
_SHORT = 8
"""Words in what asks for one's own; a signal in which "wis mijn gegevens" stands has more."""
_ASKS: Mapping[re.Pattern[str], Request] = {
    _LIST: Queue(),
    _MINE: Mine(),
    _ERASE: Erase(),
    _KEPT: Kept(),
}
_VERBS = {
    "samen": "merge",
    "samenvoegen": "merge",
    "fusionner": "merge",
    "merge": "merge",
    "los": "part",
    "losmaken": "part",
    "separer": "part",
    "part": "part",
    "vrijgeven": "release",
    "liberer": "release",
    "release": "release",
    "wissen": "withdraw",
    "effacer": "withdraw",
    "wipe": "withdraw",
    "structureel": "judge",
    "structurel": "judge",
    "structural": "judge",
    "heropenen": "reopen",
    "rouvrir": "reopen",
    "reopen": "reopen",
    "steunen": "back",
    "steun": "back",
    "mij ook": "back",
    "ik ook": "back",
    "moi aussi": "back",
    "me too": "back",
    "soutenir": "back",
    "support": "back",
}
_PHASES = {
    "opmerken": Phase.OPMERKEN,
    "opgemerkt": Phase.OPMERKEN,
    "verzamelen": Phase.VERZAMELEN,
    "verzameld": Phase.VERZAMELEN,
    "bundelen": Phase.BUNDELEN,
    "gebundeld": Phase.BUNDELEN,
    "analyseren": Phase.ANALYSEREN,
    "analyse": Phase.ANALYSEREN,
    "analyser": Phase.ANALYSEREN,
    "rapporteren": Phase.RAPPORTEREN,
    "rapporter": Phase.RAPPORTEREN,
    "report": Phase.RAPPORTEREN,
    "beslissen": Phase.BESLISSEN,
    "beslissing": Phase.BESLISSEN,
    "decider": Phase.BESLISSEN,
    "decide": Phase.BESLISSEN,
    "actie": Phase.ACTIE,
    "action": Phase.ACTIE,
    "feedback": Phase.FEEDBACK,
    "terugkoppelen": Phase.FEEDBACK,
    "terugkoppeling": Phase.FEEDBACK,
}
_NEAR = 84
"""How much alike a misspelt phase must be, 0 to 100: one or two slips in a long word."""


def parse(text: str) -> Request:
    """Read what stands after the command."""
    typed = text.strip()
    said = fold(typed)
    for asks, request in _ASKS.items():
        if asks.search(said) and len(said.split()) <= _SHORT:
            return request
    if numbered := _NUMBERED.fullmatch(typed):
        return _numbered(numbered)
    if meeting := _MEETING.fullmatch(typed):
        return Give((meeting["text"] or "").strip(), meeting["who"].strip())
    return Give(typed)


def _numbered(match: re.Match[str]) -> Request:
    number = _number(match["number"])
    if not match["verb"]:
        return Show(number)
    said = fold(match["verb"])
    if verb := _VERBS.get(said):
        return Do(number, verb, other=_number(match["other"] or "0"))
    if phase := _phase(said):
        return Do(number, "move", to=phase)
    return Unclear(number)


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= MOST_DIGITS else 0


def _phase(said: str) -> Phase | None:
    if said in _PHASES:
        return _PHASES[said]
    near = process.extractOne(said, list(_PHASES), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _PHASES[near[0]] if near else None


_WORD = r"(?:signaal\w*|signale\w+|signalen\w*|signaux|signal\w*)"
_OWN = re.compile(
    rf"\b(mijn|onze|ons|mon|mes|my|our)\s+{_WORD}\b"
    r"|\bwat (?:is er )?gebeurde? (?:er )?met (?:mijn|ons)"
)
_SEE = re.compile(
    rf"\b(toon|welke|hoeveel|lijst|overzicht|openstaande|open|te volgen|montre\w*|liste|quels|"
    rf"combien|show|which|how many|list)\b.*\b{_WORD}\b"
)
_ONE = re.compile(rf"\b{_WORD} (?:nummer |nr |n )?(\d{{1,9}})\b")


def _asks_about_one(said: str) -> Heard[Request] | None:
    if _ERASE.search(said):
        return Heard(Erase(), because=("erase",), certain=True)  # a right; never to be misheard
    if _KEPT.search(said):
        return Heard(Kept(), because=("kept",), certain=True)
    if _OWN.search(said):
        return Heard(Mine(), because=("own",))
    if one := _ONE.search(said):
        return Heard(Show(int(one[1])), because=("number",))
    if _SEE.search(said):
        return Heard(Queue(), because=("list",))
    return None


def hear(sentence: Sentence) -> Heard[Request]:
    """Hear a signal in "We merken dat steeds meer …", and a question about one."""
    said = sentence.folded
    first, _, rest = sentence.text.strip().partition(" ")
    if fold(first) == "signaal" and rest:
        return Heard(parse(rest), because=("word",))
    return _asks_about_one(said) or Heard(Give(sentence.text.strip(), by_command=False))
