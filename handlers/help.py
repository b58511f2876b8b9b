"""What can I ask? One line per feature that this person may use, from its own first example."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Context
from handlers.feature import AnyFeature, Example, Feature, Heard
from handlers.hearing.sentence import Sentence
from handlers.rights import may
from handlers.speech.answer import Answer, Listing, Paragraph


@dataclass(frozen=True, slots=True)
class Help:
    """The request: it has nothing to say."""


def over(features: Sequence[AnyFeature]) -> Feature[Help]:
    """Return the feature that explains these features."""

    def handle(request: Help, context: Context) -> Answer:  # noqa: ARG001 - the shape of a handler
        words = context.words
        shown = [f for f in features if may(context.actor, f.right)]
        return Answer(
            headline=words.plain("help.headline"),
            parts=(
                Paragraph(words.prose("help.intro")),
                Listing(
                    tuple(
                        words.prose(
                            "help.line",
                            command=feature.command,
                            what=words.plain(f"help.what_{feature.name}"),
                            example=_example(feature, words.language),
                        )
                        for feature in shown
                    )
                ),
            ),
            data={"features": [feature.name for feature in shown]},
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


def _example(feature: AnyFeature, language: str) -> str:
    own = (example for example in feature.examples if example.language == language)
    return next(own, feature.examples[0]).words
