"""What can I ask? One line per feature that this person may use, from its own first example.

Features stand together by what they are about; one that nobody gave a place stands under "more".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.context import Context
from handlers.feature import AnyFeature, Example, Feature, Heard
from handlers.hearing.sentence import Sentence
from handlers.rights import Right, may
from handlers.speech.answer import Answer, Listing, Paragraph, Prose
from handlers.speech.words import Words

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "who": ("coverage", "absences", "consults", "expertise"),
    "find": ("offerings", "trainings", "practices", "networks", "moments", "follows"),
    "signal": ("signals", "bundles", "digests"),
    "explain": ("about", "leerrecht", "vocabulary", "emergencies"),
    "coordinators": (),
    "stewards": ("assignments", "linking", "audit"),
}
"""Headings, and the features under them."""

FOR_ROLES: Mapping[str, tuple[Right, Mapping[str, str]]] = {
    "coordinators": (
        Right.TRIAGE,
        {
            "triage": "/signaal lijst",
            "merge": "/signaal 42 samen 17",
            "phase": "/signaal 42 analyseren",
            "bundle": "/bundel maak",
            "cover": "/afwezig vandaag",
            "channel": "/digest elke maandag 9u",
        },
    ),
    "stewards": (
        Right.ADMINISTER,
        {
            "review": "/aanbod nakijken",
            "import": "/aanbod importeer",
            "word": "/woord nieuw",
        },
    ),
}
"""What some may do with a command of everybody: the right that it takes, and how it is typed."""

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
        groups = {
            heading: (
                *(_line(shown[name], words) for name in names if name in shown),
                *_of_role(heading, context),
            )
            for heading, names in {**_GROUPS, "more": more}.items()
        }
        return Answer(
            headline=words.plain("help.headline"),
            parts=(
                Paragraph(words.prose("help.intro")),
                *(
                    part
                    for heading, lines in groups.items()
                    if lines
                    for part in (
                        Paragraph(words.prose(f"help.group_{heading}")),
                        Listing(lines),
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


def _of_role(heading: str, context: Context) -> Iterator[Prose]:
    """Say what who asks may do besides; nothing where it takes a right that they have not."""
    right, commands = FOR_ROLES.get(heading, (Right.ASK, {}))
    if may(context.actor, right):
        for name, command in commands.items():
            what = context.words.plain(f"help.do_{name}")
            yield context.words.prose("help.line_of_role", command=command, what=what)


def _example(feature: AnyFeature, language: str) -> str:
    own = (example for example in feature.examples if example.language == language)
    return next(own, feature.examples[0]).words
