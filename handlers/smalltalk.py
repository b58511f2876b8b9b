"""A greeting, a thank you, "are you a robot?": met kindly, in one line (F47).

`data`: `talk`, which of them it was.
"""

import re
from dataclasses import dataclass

from handlers.context import Context
from handlers.feature import Example, Feature, Heard
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.speech.answer import ASK, Answer, Button, Press

# The first that fits is the one: "dankjewel, tot morgen" is a thank you.
_TALKS = {
    "thanks": re.compile(
        r"\b(dank\w*|merci\w*|bedankt|thanks?|thx|cheers|super|top|chapeau|bravo|goed gedaan|"
        r"great|good job|well done|knap|tof|zalig|proficiat|geweldig|formidable|parfait|genial)\b"
    ),
    "robot": re.compile(
        r"\b(robot\w*|bot|mens|mensen|humain\w*|human|echt|wie (?:ben|zijt|zijde)|who are you|"
        r"qui (?:es|etes)|je naam|jouw naam|hoe heet|your name|ton nom|votre nom|machine|computer|"
        r"programma|ai|intelligence|gemaakt|real person|leef\w*)\b"
    ),
    "well": re.compile(
        r"\b(hoe (?:gaat|is|maak)\w*|alles (?:goed|ok\w*)|ca va|comment (?:vas|allez)|"
        r"how are|how s it|how is it|hoest)\b"
    ),
    "sorry": re.compile(r"\b(sorry|excuse\w*|pardon|desole\w*|vergist\w*|oeps|oops|foutje)\b"),
    "bye": re.compile(
        r"\b(tot (?:morgen|straks|later|maandag|volgende|ziens|gauw)|doei|daag|ciao|bye|goodbye|"
        r"slaapwel|weekend|fijne (?:avond|dag|vakantie)|prettig\w*|au revoir|a bientot|a demain|"
        r"bonne (?:journee|soiree|nuit)|see you|good night|later|salukes|tot)\b"
    ),
    "hello": re.compile(
        r"\b(dag|hallo\w*|hoi|hey|hi|hello|yo|goe\w+|goed\w+|salut|bonjour|bonsoir|coucou|cc|"
        r"good (?:morning|afternoon|evening)|hiya|ola|morning|avond|ben je (?:er|daar)|"
        r"es tu la|are you there|joehoe)\b"
    ),
}
_WHOLE = {
    "yes": re.compile(
        r"(?:(?:ok|oke) )?(?:ja|jaja|jawel|jep|yes|yep|yeah|oui|ouais)"
        r"(?: (?:ja|graag|hoor|zeker|aub|svp|merci|please|dank\w*|bedankt|dat klopt|klopt|"
        r"doe maar))*|doe maar|graag|klopt|dat klopt|vas y|go ahead"
    ),
    "no": re.compile(
        r"(?:(?:ok|oke) )?(?:nee|neen|nope|nen nee|non|no)"
        r"(?: (?:nee|neen|hoor|laat maar|dank\w*|bedankt|merci|thanks?|thank you|toch niet))*"
        r"|(?:ah |oei )?(?:toch maar niet|toch niet|laat maar(?: zitten)?|niet nodig|"
        r"never ?mind|laisse\w*(?: tomber)?|pas la peine)"
    ),
    "hurt": re.compile(
        r"(?:\w+ ){0,3}(?:fuck\w*|kut\w*|klootzak\w*|godverdomme|shit|merde|connard|putain|"
        r"bullshit|rotbot|(?:stomme?|domme?|slechte?|onnozele?) (?:bot|machine|robot|brug|ding))"
        r"(?: \w+)?|(?:jij |gij |you )?(?:een |an? )?(?:idioot|idiot|debiel|ezel|kalf)|"
        r"(?:ge|jij|je|gij|u|brug) (?:zijt|bent|is|trekt) (?:echt |zo )*(?:een )?"
        r"(?:dom|stom|kalf|ezel|idioot|waardeloos|nutteloos|op niets|nergens op)|"
        r"(?:ik )?haat (?:u|je|jou)|(?:you|brug) (?:sucks?|(?:are|is) (?:stupid|useless))|"
        r"i hate you|t es nul\w*|vous etes nul\w*"
    ),
}
"""What is talk only when nothing else is said."""

_WITH_HELP = frozenset({"hello", "robot", "well", "sorry", "hurt"})


@dataclass(frozen=True, slots=True)
class Talk:
    """The request: what sort of talk it is, a key of the wording."""

    sort: str


def parse(text: str) -> Talk:
    """Read what stands after the command."""
    return Talk(_sort(fold(text)) or "hello")


def hear(sentence: Sentence) -> Heard[Talk]:
    """Hear "dankjewel!"."""
    for sort, cue in _WHOLE.items():
        if cue.fullmatch(sentence.folded) and not (sentence.places.found or sentence.persons):
            return Heard(Talk(sort), because=("whole",), certain=True)
    return Heard(Talk(_sort(sentence.folded) or "ok"))


def handle(request: Talk, context: Context) -> Answer:
    """Say something kind, and how to go on."""
    words = context.words
    ask = Press("", ASK, {"words": "/hulp"})
    help_button = Button(words.plain("smalltalk.help_button"), ask)
    return Answer(
        headline=words.plain(f"smalltalk.{request.sort}"),
        buttons=(help_button,) if request.sort in _WITH_HELP else (),
        data={"talk": request.sort},
    )


def _sort(said: str) -> str:
    return next((sort for sort, cue in _TALKS.items() if cue.search(said)), "")


FEATURE = Feature(
    name="smalltalk",
    asks_with_command=True,
    command="dag",
    aliases=("hallo", "bonjour", "hello"),
    parse=parse,
    hear=hear,
    handle=handle,
    examples=(
        Example("dag", expect="Waarmee kan ik je helpen"),
        Example("Dankjewel!", expect="Graag gedaan"),
        Example("Ben jij een robot?", expect="computerprogramma"),
        Example("Merci beaucoup", expect="plaisir", language="fr"),
        Example("Thanks a lot", expect="welcome", language="en"),
    ),
)
