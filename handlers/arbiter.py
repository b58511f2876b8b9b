"""Which feature is a sentence for? Every feature listens; one arbiter chooses (F47, F48).

Each feature says what it would answer; the learned weights say how people put what they want
(`hearing/intents/`). The arbiter takes the likeliest, asks once when two or three are close, and
otherwise says honestly that it does not know.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.feature import AnyFeature, Heard
from handlers.hearing.intents.model import UNKNOWN, learned
from handlers.hearing.intents.traits import traits
from handlers.hearing.sentence import Sentence

SURE_ENOUGH = 0.30
"""Below this chance Brug says that it does not know, instead of guessing."""

POSSIBLE = 0.05
"""From this chance on another feature is worth asking about, when the best is not clear."""

CLEAR = 0.75
"""From this chance on there is nothing to ask: on authors left out, 95 in 100 are right.

Both were chosen on two authors left out: with 0.65 and 0.12, 3.6 in a hundred sentences got a
wrong answer, now 2.3 do; 15 are asked instead of 8, and 90 in 100 of those find what they meant.
"""

MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feature with what it heard; its confidence is the arbiter's."""

    feature: AnyFeature
    heard: Heard[Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the arbiter decided.

    Attributes:
        best: The one to answer; None when Brug does not know.
        close: Two or three to choose from, when it must ask; empty otherwise.
    """

    best: Candidate | None
    close: tuple[Candidate, ...] = ()


def choose(sentence: Sentence, features: Sequence[AnyFeature]) -> Choice:
    """Return which feature answers a free sentence."""
    heard = [(one, said) for one in features if (said := one.hear(sentence)) is not None]
    for feature, said in heard:
        if said.certain:
            return Choice(Candidate(feature, said))
    seen, model = traits(sentence), learned()
    chances = model.chances(seen)
    candidates = sorted(
        (
            Candidate(feature, replace(said, confidence=said.confidence * chances[feature.name]))
            for feature, said in heard
            if feature.name in chances
        ),
        key=lambda one: -one.heard.confidence,
    )
    if not candidates:
        return Choice(None)
    best, sure = candidates[0], candidates[0].heard.confidence
    if sure < SURE_ENOUGH or chances[UNKNOWN] >= sure:
        return Choice(None)
    near = tuple(one for one in candidates if one.heard.confidence >= POSSIBLE)
    if sure < CLEAR and len(near) > 1 and not best.heard.fits:
        return Choice(best, near[:MOST_CHOICES])
    because = (*best.heard.because, *model.signs(seen, best.feature.name))
    return Choice(Candidate(best.feature, replace(best.heard, because=because)))
