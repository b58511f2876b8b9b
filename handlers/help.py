"""What can I ask? One line per feature that this person may use, from its own first example.

Features stand together by what they are about; one that nobody gave a place stands under "more".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Context
from handlers.feature import AnyFeature, Example, Feature, Heard
from handlers.hearing.sentence import Sentence
from handlers.rights import may
from handlers.speech.answer import Answer, Listing, Paragraph, Prose
from handlers.speech.words import Words

_GROUPS = {
    "who": ("coverage", "absences", "consults", "expertise"),
    "find": ("offerings", "trainings", "practices", "networks", "moments", "follows"),
    "signal": ("signals", "bundles", "digests"),
    "explain": ("about", "leerrecht", "vocabulary", "emergencies"),
    "stewards": ("assignments", "linking"),
}
"""Headings, and the features under them."""

_NEEDS_NO_HELP = frozenset({"smalltalk"})


@dataclass(frozen=True, slots=True)
class Help:
    """The request: it has nothing to say."""


def over(features: Sequence[AnyFeature]) -> Feature[Help]:
    """Return the feature that explains these features."""

    def handle(request: Help, context: Context) -> Answer:  # noqa: ARG001 - the shape of a handler
        words = context.words
        shown = {
            f.name: f
            for f in features
            if may(context.actor, f.right) and f.name not in _NEEDS_NO_HELP
        }
        placed = {name for names in _GROUPS.values() for name in names}
        more = tuple(name for name in shown if name not in placed)
        groups = [
            (heading, [shown[name] for name in names if name in shown])
            for heading, names in (_GROUPS | {"more": more}).items()
        ]
        return Answer(
            headline=words.plain("help.headline"),
            parts=(
                Paragraph(words.prose("help.intro")),
                *(
                    part
                    for heading, of_it in groups
                    if of_it
                    for part in (
                        Paragraph(words.prose(f"help.group_{heading}")),
                        Listing(tuple(_line(feature, words) for feature in of_it)),
                    )
                ),
            ),
            data={"features": list(shown)},
        )

    return Feature(
        name="help",
        command="hulp",
        asks_with_command=True,
        aliases=("help", "aide"),
        parse=lambda _: Help(),
        hear=_hear,
        handle=handle,
        examples=(
            Example("hulp", expect="/wie"),
            Example("Wat kan ik vragen?", expect="/wie"),
            Example("What can you do?", expect="Kortrijk", language="en"),
        ),
    )


def _hear(sentence: Sentence) -> Heard[Help]:  # noqa: ARG001 - the shape of hearing
    return Heard(Help())


def _line(feature: AnyFeature, words: Words) -> Prose:
    example = _example(feature, words.language)
    # "/agenda – … “agenda”" would say the same twice.
    bare = example.removeprefix("/") == feature.command
    return words.prose(
        "help.line_bare" if bare else "help.line",
        command=feature.command,
        what=words.plain(f"help.what_{feature.name}"),
        example=example,
    )


def _example(feature: AnyFeature, language: str) -> str:
    own = (example for example in feature.examples if example.language == language)
    return next(own, feature.examples[0]).words
