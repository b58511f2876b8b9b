"""Who to turn to (F01–F04, F07): name a place, a region or a person, and get the people.

`data` of an answer: `place` and `places` (names), `regions` (slugs), `day` (ISO), `people` (a list
of `name`, `email`, `side`, `region`, `covering_for`, `until`), `away` (names), `left_out` (places
outside Flanders and Brussels that were named too), after a list `list` (the feature that gave it),
and for a question `choices` (a list of `label`, `place`, `regions`).
"""

from dataclasses import dataclass, replace
from datetime import date

from handlers.confirmations import confirm, dispute
from handlers.context import Context
from handlers.covering.asking import ADDRESS, EVERYBODY, MYSELF, OWN, PARTNER, PHONE, WHO, side_of
from handlers.covering.persons import about, partners_of
from handlers.covering.regions import everybody, outside, which, who
from handlers.errors import NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.dates import find_day
from handlers.hearing.following import Turn, only_links, without_lead
from handlers.hearing.found import How, Reading
from handlers.hearing.persons import named
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Before, Sentence
from handlers.introductions import ask_to_introduce, introduce
from handlers.rights import Right
from handlers.speech.answer import Answer, Paragraph
from store.records import Region

_FEW = 4
"""Words of "en wat met Ludo?"."""


@dataclass(frozen=True, slots=True)
class WhoCovers:
    """The request.

    Attributes:
        text: A place, a region, a person or a day, as somebody typed it.
        expected: Whether it is nothing but that, as after the command.
        day: The day when the text names none; None for today.
        about: The feature whose list it is about ("en wie volgt dat op?"); empty for none.
    """

    text: str
    expected: bool
    day: date | None = None
    about: str = ""


def parse(text: str) -> WhoCovers:
    """Read "Gent" out of "wie Gent"."""
    return WhoCovers(text.strip(), expected=True)


def hear(sentence: Sentence) -> Heard[WhoCovers]:
    """Hear the place in "Bij wie moet ik zijn voor 8500?", or the person in "mail van Babs"."""
    if goes_on := _follow_up(sentence):
        return Heard(goes_on, certain=True)
    reading = sentence.places
    if reading.found and ADDRESS.fullmatch(sentence.text):
        return Heard(WhoCovers(sentence.text, expected=True), certain=True)
    somebody = bool(reading.found or reading.question or reading.outside or sentence.persons)
    if MYSELF.search(sentence.folded) and not somebody:
        return Heard(WhoCovers(sentence.text, expected=False), certain=True)
    fits = bool(WHO.search(sentence.folded)) and (
        somebody or bool(EVERYBODY.search(sentence.folded))
    )
    return Heard(WhoCovers(sentence.text, expected=False), fits=fits)


def _follow_up(sentence: Sentence) -> WhoCovers | None:
    """Hear "en in Gent?" after who covers Aalst, and "en wie volgt dat op?" after any list."""
    before, turn = sentence.before, sentence.turn
    if before is None:
        return None
    if turn is Turn.WHO and not sentence.places.found and not sentence.persons:
        where = before.places or [region.label for region in before.regions]
        list_of = "" if before.feature == FEATURE.name else before.feature
        return WhoCovers("; ".join(where), expected=True, day=before.day, about=list_of)
    if turn is Turn.MOVED and before.feature == FEATURE.name:
        return _moved(sentence, before)
    return None


def _moved(sentence: Sentence, before: Before) -> WhoCovers | None:
    """Hear another place or person, and nothing more: "en is er daar een time-out?" is new."""
    text = without_lead(sentence.text)
    reading = sentence.resolver.resolve(text, expected=True)
    if len(sentence.words) <= _FEW and (reading.outside or sentence.persons):
        return WhoCovers(text, expected=bool(reading.outside), day=before.day)
    unsure = all(found.how in {How.FUZZY, How.NEIGHBOURHOOD} for found in reading.found)
    if unsure and not reading.question and not sentence.places.found:
        return None
    rest = text
    for found in sorted(reading.found or reading.question[:1], key=lambda one: -one.span[0]):
        rest = f"{rest[: found.span[0]]} {rest[found.span[1] :]}"
    if not only_links(fold(rest)):
        return None
    return WhoCovers(text, expected=True, day=before.day)


def handle(request: WhoCovers, context: Context) -> Answer:
    """Name the people, or ask once which place is meant.

    Raises:
        NotUnderstood: If no place was named at all.
        NotFound: If the place is not one that Brug knows.
    """
    answer = _answer(request, context)
    if answer.data.get("people") and PHONE.search(fold(request.text)):
        no_phones = Paragraph(context.words.prose("coverage.no_phones"))
        answer = replace(answer, parts=(no_phones, *answer.parts))
    if not request.about:
        return answer
    return replace(answer, data={**answer.data, "list": request.about})


def _answer(request: WhoCovers, context: Context) -> Answer:
    found_day = find_day(request.text, context.today)
    day = found_day.day if found_day else request.day or context.today
    # The words of the day are no name of a place ("op 1 mei").
    text = (
        request.text[: found_day.start] + " " + request.text[found_day.end :]
        if found_day
        else request.text
    )
    said = fold(text)
    # "mijn regio" is a name for Mijnstreek as well.
    known = OWN.sub(" ", said) if OWN.search(said) else text
    reading = context.places.resolve(known, expected=request.expected)
    people = named(text, context.tx.people.everyone())
    # A name that somebody has is no place with a slip in it: "Vanbergen" is not Zandbergen.
    if people and all(found.how is How.FUZZY for found in reading.found):
        if PARTNER.search(said):
            return partners_of(people, day, context)
        return about(people, day, context)
    whole_list = bool(EVERYBODY.search(said))
    if reading.question and not whole_list:
        return which(reading.question, context.words)
    if reading.found:
        return who(reading, day, side_of(text), context)
    if whole_list:
        return everybody(day, side_of(text), context)
    return _of_no_place(reading, text, day, context)


def _of_no_place(reading: Reading, text: str, day: date, context: Context) -> Answer:
    said, person = fold(text), context.actor.person
    if MYSELF.search(said) and person is not None and context.actor.regions:
        return about([person], day, context)
    if OWN.search(said) or MYSELF.search(said):  # before "my" and "mon" are villages in Wallonia
        own = [region.label for region in Region if region in context.actor.regions]
        if not own:
            raise NotUnderstood("coverage.which_place")
        mine = context.places.resolve("; ".join(own), expected=True)
        return who(mine, day, side_of(text), context)
    if reading.outside:
        return outside(reading, context.words)
    if not text.strip():
        raise NotUnderstood("coverage.which_place")
    if reading.unknown:
        raise NotFound("coverage.unknown_place", place=reading.unknown)
    raise NotUnderstood("coverage.which_place")


FEATURE = Feature(
    name="coverage",
    command="wie",
    asks_with_command=True,
    aliases=("qui", "who"),
    parse=parse,
    hear=hear,
    handle=handle,
    submit=introduce,
    submit_right=Right.ASK,
    verbs={
        "confirm": Verb(Right.CHANGE_ENTRY, confirm),
        "dispute": Verb(Right.CONTRIBUTE, dispute),
        "introduce": Verb(Right.ASK, ask_to_introduce),
    },
    examples=(
        Example("wie Ninove", expect="Frederik"),
        Example("Bij wie moet ik zijn voor 8500?", expect="Ludo"),
        Example("wie gnet", expect="Oona"),
        Example("Wie is het duo in Oost-Vlaanderen?", expect="oona.somers@vclbmeetjesland.be"),
        Example("Wat is het mailadres van Babs?", expect="bgoethals@arktos.be"),
        Example("Welke regio doet Ludo?", expect="West-Vlaanderen"),
        Example("Wie is de tandempartner van Claudia?", expect="Nathalie Vanbergen"),
        Example("wie Meldert", expect="Lummen"),
        Example("wie Erembodegem", expect="deelgemeente van Aalst"),
        Example("wie limburg op 1/9/2023", expect="Claudia"),
        Example("wie Luik", expect="Wallonië"),
        Example("Qui contacter à Gand ?", expect="Frederik", language="fr"),
        Example("Who covers Kortrijk?", expect="Annick", language="en"),
    ),
)
