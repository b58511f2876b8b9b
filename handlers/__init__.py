"""What Brug can do. One file is one feature; `FEATURES` is the table of contents.

A handler is a function from a request and a context to an answer. It reads and writes through
`context.tx`, asks the hour of `context.now`, and finds its words in `context.words`. It sends
nothing, draws nothing, and has never heard of Slack or Teams.

Read in this order: one feature (`coverage.py`) from top to bottom; `feature.py`, what a feature
is; `context.py` and `rights.py`, in which circumstances it works; `speech/`, what it says;
`hearing/`, what it hears. `duo.py` is the one place that knows whom to turn to.

The other files are no features of their own, but what some of them are made of:

    covering/, duo, naming, reasons, confirmations, introductions
                                                            who to turn to
    absentees, registering, gaps                            absences
    searching/, suggesting, describing, cards, entries, adding, confirming, following, importing
                                                            the directory
    coming, periods, calendars                              trainings and moments, by their days
    signalling/, digesting/, schooldays                     signals; the weekly digest; both
    facts, recalling                                        what was told, and put right
    themes, somebody, experts, connecting                   who knows something of what

To add a feature: write `handlers/<name>.py` with its words in `speech/wording/<name>.toml`, and
add its line below. Help, the manifests and the tests in every room find it here.
"""

from handlers import (
    about,
    absences,
    assignments,
    audit,
    bundles,
    consults,
    coverage,
    digests,
    emergencies,
    expertise,
    follows,
    language,
    leerrecht,
    linking,
    moments,
    networks,
    offerings,
    practices,
    signals,
    smalltalk,
    trainings,
    vocabulary,
)
from handlers import help as helping
from handlers.feature import AnyFeature

_ASKED: tuple[AnyFeature, ...] = (
    emergencies.FEATURE,  # somebody is in danger: whom to call, before anything else
    coverage.FEATURE,  # who to turn to, for a place, a region or a person
    absences.FEATURE,  # who is away, until when, and who takes over
    signals.FEATURE,  # what the field sees again and again, for both governments
    bundles.FEATURE,  # signals together, and who has yet to answer
    offerings.FEATURE,  # what there is for whom, and where
    trainings.FEATURE,  # trainings, in both directions
    practices.FEATURE,  # good practices and methods
    networks.FEATURE,  # networks, and everyone's role in them
    moments.FEATURE,  # what is coming
    expertise.FEATURE,  # who knows something of a theme, and bringing people together
    leerrecht.FEATURE,  # the right to learn, step by step
    follows.FEATURE,  # hear when something appears
    digests.FEATURE,  # what changed, every week in a channel
    assignments.FEATURE,  # who stands for a region from a day on; for stewards
    linking.FEATURE,  # which user is which person, or looks after whose entries; for stewards
    audit.FEATURE,  # who did what; for stewards
    consults.FEATURE,  # one young person, and everybody is stuck: whom to call
    about.FEATURE,  # what the networks are, and what their words mean
    smalltalk.FEATURE,  # a friendly word back
    vocabulary.FEATURE,  # what Brug understands by a word of the field
    language.FEATURE,  # Dutch, French or English
)

FEATURES: tuple[AnyFeature, ...] = (*_ASKED, helping.over(_ASKED))
"""Every feature, in the order in which help shows them."""

__all__ = ["FEATURES"]
