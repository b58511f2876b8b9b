"""In which language shall we talk? `/taal` shows it and changes it; letters follow (issue 7).

Somebody's own choice counts everywhere. Without one it is what the platform says when that is
French; else Dutch: Slack has no interface in Dutch, so an English one says nothing of who uses it.

It has a slug of its own, beside the list of features that was agreed on: help is made from the
features and changes nothing, while this one writes, has buttons, and is found in every manifest.

`data` of an answer: `language`, once it was chosen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.context import Context
from handlers.errors import NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right
from handlers.speech.answer import Answer, Button, Kind, Paragraph, Press, Source, Weight
from handlers.speech.words import LANGUAGES, Words

NAMES = {"nl": "Nederlands", "fr": "Français", "en": "English"}
"""What the languages call themselves."""

_SAID = {
    "nl": "nl|nederlands|vlaams|neerlandais|flamand|dutch|flemish",
    "fr": "fr|frans|francais|french",
    "en": "en|engels|anglais|english",
}
_CUES = re.compile(
    r"\b(spreek|praat|antwoord|schrijf|liever|graag|kan het|kun je|parle|parlez|reponds|repondez|"
    r"ecris|ecrivez|speak|answer|reply|write|switch|please|svp|aub|s il vous plait)\b"
)
_LANGUAGE = re.compile(r"\b(?:taal|talen|langues?|languages?)\b")
_MOST_WORDS = 8
"""Words of a sentence about the language; a longer one is about something else as well."""


@dataclass(frozen=True, slots=True)
class Speak:
    """The request.

    Attributes:
        language: nl, fr or en; empty to hear what it is now.
        by_command: Whether it was typed as a command; a sentence gets a button first (F47).
    """

    language: str
    by_command: bool


def parse(text: str) -> Speak:
    """Read what stands after the command.

    Raises:
        NotUnderstood: If it is no language that Brug speaks.
    """
    said = fold(text).strip()
    named = _named(said)
    if said and not named:
        raise NotUnderstood("language.unknown")
    return Speak(named, by_command=True)


def hear(sentence: Sentence) -> Heard[Speak] | None:
    """Hear "in English please", and "taal wijzigen" where nothing is surer."""
    said = sentence.folded
    named = _named(said)
    if len(said.split()) > _MOST_WORDS or not (named or _LANGUAGE.search(said)):
        return None
    certain = bool(named and _CUES.search(said))
    return Heard(Speak(named, by_command=False), because=("language",), certain=certain)


def handle(request: Speak, context: Context) -> Answer:
    """Change the language, or ask which one it shall be."""
    if request.language and request.by_command:
        return _choose({"language": request.language}, context)
    # Whoever asks for a language may not read the one of now.
    words = Words(request.language) if request.language else context.words
    return Answer(
        words.plain("language.which"),
        (Paragraph(words.prose("language.what")),),
        tuple(
            replace(button, weight=Weight.PRIMARY) if code == request.language else button
            for code, button in zip(LANGUAGES, buttons(), strict=True)
        ),
        kind=Kind.QUESTION,
    )


def buttons() -> tuple[Button, ...]:
    """Return a button for each language, named in that language."""
    return tuple(
        Button(NAMES[code], Press("language", "choose", {"language": code})) for code in LANGUAGES
    )


def _choose(values: Mapping[str, str], context: Context) -> Answer:
    chosen = values.get("language", "")
    if chosen not in LANGUAGES:
        raise NotUnderstood("language.unknown")
    context.tx.languages.choose(context.actor.key, chosen, context.now)
    words = Words(chosen)
    return Answer(
        words.plain("language.chosen"),
        (Paragraph(words.prose("language.where")),),
        source=Source(
            words.plain("language.source", day=words.date(context.today)), context.today
        ),
        data={"language": chosen},
    )


def _named(said: str) -> str:
    found = [code for code, names in _SAID.items() if re.search(rf"\b({names})\b", said)]
    return found[0] if len(found) == 1 else ""


FEATURE = Feature(
    name="language",
    command="taal",
    aliases=("langue", "language"),
    parse=parse,
    hear=hear,
    handle=handle,
    examples=(
        Example("/taal nl", expect="Nederlands"),
        Example("Spreek je ook Frans?", expect="Français"),
        Example("Parlez-vous français ?", expect="Français", language="fr"),
        Example("In English please", expect="English", language="en"),
    ),
    writes=True,
    verbs={"choose": Verb(Right.ASK, _choose)},
)
