"""Somebody is in danger, now: the numbers to call, before anything else is looked at.

Brug helps nobody in danger, so it must not ask what is meant, and not look for an offering. Who
speaks of many ("steeds meer jongeren …") or asks for a training tells of something else: they are
heard as always. Nothing of it is kept or counted.

`data`: `numbers`.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.context import Context
from handlers.feature import Example, Feature, Heard
from handlers.hearing.sentence import Sentence
from handlers.speech.answer import ASK, Answer, Button, Listing, Paragraph, Press, Source

_NUMBERS = ("112", "1712", "1813", "102")
"""Danger now; violence, abuse and maltreatment; suicide; Awel, for children and young people."""
_AS_OF = date(2026, 11, 28)
"""To be confirmed on 112.be, 1712.be, zelfmoord1813.be and awel.be before release."""

_DANGER = re.compile(
    r"\b(?:wil|wilt|wou)(?: \w+){0,3} (?:dood|doodgaan|sterven|dood zijn)$"
    r"|\b(?:dood|sterven) (?:wil|wilt)\b"
    r"|\b(?:wil|wilt|dreigt|denkt|denk|praat|spreekt|zegt|pleegt|pogt|deed|doet)(?: \w+){0,6} "
    r"(?:zelfmoord|zelfdoding|suicide)\b"
    r"|\b(?:zelfmoord|zelfdoding) (?:plegen|gepleegd|poging)\b|\bzelfmoordpoging\b"
    r"|\ber een eind\w* aan (?:te )?maken\b|\been eind\w* aan (?:zijn|haar|mijn|het|hun) leven\b"
    r"|\b(?:wil|wilt) niet meer (?:\w+ )?leven\b|\buit het leven stappen\b"
    r"|\bwants? to die\b|\bkill (?:my|him|her|them)sel\w+|\bsuicide attempt\b"
    r"|\b(?:veut|veux) mourir\b|\b(?:me|se|te) suicider\b"
    r"|\b(?:word|wordt|werd)(?: \w+){0,5} (?:geslagen|afgeranseld)\b"
    r"|\b(?:word|wordt|werd|is|ben)(?: \w+){0,5} (?:mishandeld|misbruikt|aangerand|verkracht)\b"
    r"|\bslaat (?:mij|me|zijn kind|haar kind|zijn zoon|zijn dochter)\b"
    r"|\b(?:is|being|am) (?:being )?(?:beaten|abused|raped)\b"
    r"|\b(?:est|suis) (?:battue?|maltraitee?|violee?)\b"
    r"|\b(?:kindermishandeling|mishandeling|kindermisbruik|seksueel misbruik)(?: \w+){0,3} "
    r"(?:meld\w*|aangeven)\b"
    r"|\b(?:meld\w*|vermoed\w*)(?: \w+){0,4} (?:kindermishandeling|mishandeling|kindermisbruik|"
    r"seksueel misbruik)\b"
    r"|\b(?:kind|leerling|jongere|jongen|meisje|baby|kleuter|ik|child|enfant|eleve|pupil)"
    r"(?: (?:is|ben|zit|verkeert|est))? (?:(?:nu|echt|now) )?"
    r"(?:in (?:acuut |groot |levens)?gevaar|en danger|in danger)\b"
    r"|\bnoodgeval\b|\bacuut gevaar\b|\blevensgevaar\b|\burgence vitale\b|\bis an emergency\b"
)
_OF_MYSELF = re.compile(
    r"\bik (?:word|werd|ben)\b(?: \w+){0,5} (?:geslagen|afgeranseld|mishandeld|misbruikt|"
    r"aangerand|verkracht)\b|\bsla(?:at|an|gen) (?:mij|me|ons)\b"
    r"|\bik (?:wil|wou|ga) (?:\w+ )?(?:dood|doodgaan|sterven|zelfmoord plegen)\b"
    r"|\bik (?:wil|ga|zal) er een eind\w* aan maken\b|\bik wil niet meer (?:\w+ )?leven\b"
)
"""Who says it of themselves is heard whatever else is said: "mijn ouders slaan mij altijd"."""

_OF_MANY = re.compile(
    r"\b(?:steeds meer|almaar meer|veel|vaak|jongeren|leerlingen|kinderen|scholen|gezinnen|ouders|"
    r"leerkrachten|leraren|opvoeders|opvang|opvolging|attest|telkens|altijd|nooit|"
    r"wachtlijst\w*|geen plaats\w*|jeunes|eleves|enfants|ecoles|pupils|children|schools|signaal|"
    r"vorming\w*|opleiding\w*|bijscholing\w*|e ?learning|workshop\w*|formation\w*|training\w*|"
    r"course|preventie|prevention|omgaan|leren|expert\w*|wie kent|wie weet|aanbod|praktijk\w*|"
    r"methodiek\w*|beleid\w*|draaiboek\w*|protocol\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Danger:
    """The request: it has nothing to say."""


def hear(sentence: Sentence) -> Heard[Danger] | None:
    """Hear "ik word thuis geslagen"; nobody who speaks of many, or wants to learn about it."""
    said = sentence.folded
    of_one = _DANGER.search(said) and not _OF_MANY.search(said)
    if not (of_one or _OF_MYSELF.search(said)):
        return None
    return Heard(Danger(), because=("danger",), certain=True)


def handle(request: Danger, context: Context) -> Answer:  # noqa: ARG001 - the shape of a handler
    """Say whom to call."""
    words = context.words
    lines = tuple(words.prose(f"emergencies.call_{number}") for number in _NUMBERS)
    day = words.date(_AS_OF)
    return Answer(
        headline=words.plain("emergencies.headline"),
        parts=(Listing(lines), Paragraph(words.prose("emergencies.at_school"))),
        buttons=(
            Button(words.plain("emergencies.duo_button"), Press("", ASK, {"words": "/rots"})),
            Button(
                words.plain("emergencies.signal_button"), Press("", ASK, {"words": "/signaal"})
            ),
        ),
        source=Source(words.plain("emergencies.source", day=day), _AS_OF),
        why=(words.prose("emergencies.why"),),
        shareable=True,
        data={"numbers": list(_NUMBERS)},
    )


FEATURE = Feature(
    name="emergencies",
    command="nood",
    aliases=("urgence", "emergency"),
    parse=lambda _: Danger(),
    hear=hear,
    handle=handle,
    examples=(
        Example("/nood", expect="112"),
        Example("Ik word thuis geslagen", expect="1712"),
        Example("Een leerling wil zelfmoord plegen", expect="1813"),
        Example("Un enfant est en danger", expect="112", language="fr"),
        Example("I want to die", expect="1813", language="en"),
    ),
)
