"""Who knows something of a theme (F10), and bringing a question together with them (F22).

Only people who put themselves on the list; `/expertise stop` takes them off it at once. Brug says
what they do, where, and since when they say so. Nobody on the list is no dead end: themes nearby,
the duo, *Vraag het aan iemand*, and it counts as a need.

`data` of an answer: `themes` (slugs, or somebody's own words), `regions` (slugs), `people` (a list
of `name`, `email`, `role`, `regions`, `themes`, `declared` (ISO), `away`); of one's own list
`mine`; the rest as `connecting` says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from handlers import connecting
from handlers.context import Context
from handlers.errors import Mistakes, NotUnderstood
from handlers.experts import Knowing, card, name, role, who_know
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right, authorize, may
from handlers.somebody import LONGEST, ask_button
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Kind,
    Paragraph,
    Part,
    People,
    Press,
    Source,
    Weight,
)
from handlers.speech.form import ChoiceField, Form, TextField
from handlers.themes import in_text, label, labels, near, own_words, said_in
from store.days import day_of
from store.expertise import Expert, ExpertRole
from store.needs import UnmetNeed
from store.privacy import NotKept, guard
from store.records import Region, Side

NAME = "expertise"

MOST_SHOWN = 8
"""People in one answer: more do not fit on a phone, and the first know most."""

_MOST_NEAR = 4

# The cue words of this feature, in one place: Dutch first, then French and English.
_MYSELF = re.compile(
    r"^(?:hallo |hoi |dag )?(?:ik (?:ken|weet|heb|werk|wil mijn)|zet mij|"
    r"j ai|je (?:connais|m y connais)|i (?:have|know))\b"
)
_LISTED = re.compile(r"\b(?:lijst|expert\w*|liste|list)\b")
_STOPS = re.compile(
    r"\b(?:haal (?:mij|me)|niet meer|stop|schrap (?:mij|me)|verwijder (?:mij|me)|"
    r"retirez moi|remove me|take me off)\b"
)
_MINE = re.compile(
    r"\b(?:waar sta ik|sta ik op|mijn expertise|heb ik opgegeven|mon expertise|my expertise)\b"
)
_STOP_WORDS = frozenset({"stop", "uit", "weg", "arrete", "arreter", "off", "remove"})
_MINE_WORDS = frozenset({"mijn", "mij", "lijst", "mine", "list", "liste", "mes"})
_I = re.compile(r"^\s*(?:ik|moi|je|i|me)\b[\s:,]*", re.IGNORECASE)


class Wish(StrEnum):
    """What somebody wants of the list."""

    FIND = "find"
    DECLARE = "declare"
    STOP = "stop"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class AskExpertise:
    """The request.

    Attributes:
        wish: What somebody wants.
        text: The themes, or the question they stand in, as typed.
        sure: Whether it came by the command; a sentence gets a button first (F47).
    """

    wish: Wish
    text: str = ""
    sure: bool = True


def parse(text: str) -> AskExpertise:
    """Read "ik trauma", "stop", "mijn", or a theme."""
    said = fold(text)
    if said in _STOP_WORDS:
        return AskExpertise(Wish.STOP)
    if not said or said in _MINE_WORDS:
        return AskExpertise(Wish.MINE)
    if myself := _I.match(text):
        return AskExpertise(Wish.DECLARE, text[myself.end() :].strip())
    return AskExpertise(Wish.FIND, text.strip())


def hear(sentence: Sentence) -> Heard[AskExpertise]:
    """Hear "Wie kent iets van schoolweigering?", and who speaks of themselves."""
    said = sentence.folded
    if _LISTED.search(said) and _STOPS.search(said):
        return Heard(AskExpertise(Wish.STOP, sure=False), because=("stop",))
    if _MINE.search(said) and ("expertise" in said or _LISTED.search(said)):
        if said.startswith("ik wil mijn"):
            return Heard(AskExpertise(Wish.DECLARE, sentence.text, sure=False), because=("me",))
        return Heard(AskExpertise(Wish.MINE, sure=False), because=("mine",))
    themes = in_text(sentence.text)
    because = tuple(f"theme:{theme}" for theme in themes)
    if themes and _MYSELF.search(said) and not said.endswith("vraag"):
        request = AskExpertise(Wish.DECLARE, sentence.text, sure=False)
        return Heard(request, because=("me", *because))
    return Heard(AskExpertise(Wish.FIND, sentence.text, sure=False), because=because)


def handle(request: AskExpertise, context: Context) -> Answer | Form:
    """Name who knows something, or change one's own place on the list."""
    match request.wish:
        case Wish.FIND:
            return _find(request.text, context)
        case Wish.MINE:
            return _mine(context)
        case Wish.STOP:
            return _stop({}, context) if request.sure else _shall_i_stop(context)
        case Wish.DECLARE:
            values = {"themes": request.text}
            return _declare(values, context) if request.sure else _shall_i(request.text, context)


def submit(values: Mapping[str, str], context: Context) -> Answer:
    """Take a form that came back: a question for somebody, or somebody for the list.

    Raises:
        Mistakes: A field holds what Brug does not take.
        NotUnderstood: It is none of these forms.
    """
    match values.get("form"):
        case "connect":
            return connecting.propose(values, context)
        case "declare":
            return _declared(values, context)
        case _:
            raise NotUnderstood("assistant.gone")


# ------------------------------------------------------------------------------- who knows


def _find(text: str, context: Context) -> Answer:
    words, tx = context.words, context.tx
    themes = tuple(dict.fromkeys((*in_text(text), *said_in(text, tx.expertise.themes()))))
    regions = _regions(text, context)
    found = who_know(themes, regions, context) if themes else ()
    if not found:
        return _nobody(text, themes, regions, context)
    shown = found[:MOST_SHOWN]
    here = [one for one in found if set(one.regions) & set(regions)]
    key = "expertise.one" if len(found) == 1 else "expertise.some"
    parts: list[Part] = []
    if regions and not here:
        where = words.all_of(region.label for region in regions)
        parts.append(Paragraph(words.prose("expertise.not_here", region=where)))
    parts.append(People(tuple(card(one, context) for one in shown)))
    return Answer(
        words.plain(key, total=len(found), themes=labels(themes, words)),
        tuple(parts),
        (*ask_button(text, context), *_me_too(themes, context)),
        source=_source(shown, context),
        why=(
            *(
                words.prose(
                    "expertise.why", person=name(one.expert, words), day=_said_on(one, context)
                )
                for one in shown
            ),
            words.prose("expertise.rule"),
            *([words.prose("coverage.rule_away")] if any(one.absence for one in shown) else []),
        ),
        data={
            "themes": list(themes),
            "regions": [region.value for region in regions],
            "people": [
                {
                    "name": name(one.expert, words),
                    "email": one.expert.person.email if one.expert.person else one.expert.email,
                    "role": one.expert.role.value,
                    "regions": [region.value for region in one.regions],
                    "themes": list(one.expert.themes),
                    "declared": day_of(max(one.expert.themes.values())).isoformat(),
                    "away": one.absence is not None,
                }
                for one in shown
            ],
        },
    )


def _nobody(
    text: str, themes: Sequence[str], regions: Sequence[Region], context: Context
) -> Answer:
    words, tx = context.words, context.tx
    declared = tx.expertise.themes()
    close = [theme for theme in near(themes) if theme in declared] or [
        theme for theme in declared if theme not in themes
    ]
    buttons = [
        Button(
            words.plain("expertise.near", theme=label(theme, words), total=declared[theme]),
            Press("", ASK, {"words": f"/expertise {label(theme, words)}"}),
        )
        for theme in close[:_MOST_NEAR]
    ]
    buttons = [*ask_button(text, context), *buttons]
    if themes:  # who looked for an offering and not for a person goes on here
        search = Press("", ASK, {"words": f"/aanbod {labels(themes, words)}"})
        buttons.append(Button(words.plain("expertise.search"), search))
    if len(regions) == 1:
        ask = Press("", ASK, {"words": f"/wie {regions[0].label}"})
        buttons.append(Button(words.plain("expertise.duo", region=regions[0].label), ask))
    need = Press(NAME, "need", {"words": text[:LONGEST]})
    buttons += [Button(words.plain("searching.count_me"), need), *_me_too(themes, context)]
    key = "expertise.nobody" if themes else "expertise.nobody_at_all"
    parts = [Paragraph(words.prose("expertise.nobody_on_list"))]
    if not regions:
        parts.append(Paragraph(words.prose("expertise.name_a_region")))
    today = context.today
    return Answer(
        words.plain(key, themes=labels(themes, words)),
        tuple(parts),
        tuple(buttons),
        source=Source(words.plain("expertise.list_source", day=words.date(today)), today),
        why=(words.prose("expertise.rule"),),
        data={
            "themes": list(themes),
            "regions": [region.value for region in regions],
            "people": [],
            "near": close[:_MOST_NEAR],
        },
    )


def _need(values: Mapping[str, str], context: Context) -> Answer:
    """Count that nobody knew; who asked is not written down (F16)."""
    text = values.get("words", "")[:LONGEST]
    said = f"{context.actor.key}|{context.today}|expertise|{fold(text)}"
    key = f"need/{context.today}/{sha256(said.encode()).hexdigest()[:24]}"
    if not context.tx.receipts.first_time(key, context.now):
        return Answer(context.words.plain("cards.need_again"))
    try:
        kept = guard(text)
    except NotKept:
        kept = None  # what was understood is kept, the words are not
    context.tx.needs.add(
        UnmetNeed(
            day=context.today,
            words=kept,
            regions=tuple(_regions(text, context)),
            themes=in_text(text),
            kinds=(NAME,),
        )
    )
    return Answer(context.words.plain("cards.need_counted"))


def _me_too(themes: Sequence[str], context: Context) -> tuple[Button, ...]:
    if not themes or not may(context.actor, Right.CONTRIBUTE):
        return ()
    press = Press(NAME, "declare", {"themes": ", ".join(themes)})
    return (Button(context.words.plain("expertise.me_too"), press),)


def _regions(text: str, context: Context) -> list[Region]:
    return list(dict.fromkeys(r for f in context.places.resolve(text).found for r in f.regions))


def _said_on(one: Knowing, context: Context) -> str:
    last = max(one.expert.themes.values())
    return context.words.date(day_of(last))


def _source(shown: Sequence[Knowing], context: Context) -> Source:
    # The oldest word is what can be wrong.
    oldest = min(max(one.expert.themes.values()) for one in shown)
    day = day_of(oldest)
    return Source(context.words.plain("expertise.source", day=context.words.date(day)), day)


# ------------------------------------------------------------------------------- the own place


def _shall_i(text: str, context: Context) -> Answer:
    authorize(context.actor, Right.CONTRIBUTE)
    words, themes = context.words, in_text(text)
    press = Press(NAME, "declare", {"themes": ", ".join(themes)})
    return Answer(
        words.plain("expertise.shall_i", themes=labels(themes, words)),
        (Paragraph(words.prose("expertise.what_is_seen")),),
        (
            Button(words.plain("expertise.put_me"), press, Weight.PRIMARY),
            Button(words.plain("expertise.do_not"), Press(NAME, "mine")),
        ),
        kind=Kind.QUESTION,
        data={"themes": list(themes)},
    )


def _shall_i_stop(context: Context) -> Answer:
    authorize(context.actor, Right.CONTRIBUTE)
    words = context.words
    return Answer(
        words.plain("expertise.shall_i_stop"),
        buttons=(
            Button(words.plain("expertise.take_off"), Press(NAME, "stop"), Weight.PRIMARY),
            Button(words.plain("expertise.do_not"), Press(NAME, "mine")),
        ),
        kind=Kind.QUESTION,
    )


def _declare(values: Mapping[str, str], context: Context) -> Answer | Form:
    authorize(context.actor, Right.CONTRIBUTE)
    actor, typed = context.actor, values.get("themes", "")
    known = context.tx.expertise.of(actor.key)
    regions = [region for region in Region if region in actor.regions]
    if actor.person and regions:
        standing = context.tx.coverage.assignments(context.today)
        side = next(a.side for a in standing if a.person.id == actor.person.id)
        as_role = (
            ExpertRole.COORDINATOR_YOUTH_CARE
            if side is Side.YOUTH_CARE
            else ExpertRole.COORDINATOR_EDUCATION
        )
        return _put(typed, as_role, regions[0], "", context)
    if known is not None and typed.strip():
        return _put(typed, known.role, known.region, known.email, context)
    return _form(typed, context)


def _form(typed: str, context: Context) -> Form:
    words, email = context.words, context.actor.email
    own = [one for one in ExpertRole if not one.value.startswith("coordinator")]
    shown = labels(own_words(typed), words) if typed.strip() else ""
    return Form(
        NAME,
        words.plain("expertise.form_declare"),
        (
            TextField(
                "themes",
                words.plain("expertise.form_themes"),
                words.plain("expertise.form_themes_hint"),
                max_length=300,
                initial=shown,
            ),
            ChoiceField(
                "role",
                words.plain("expertise.form_role"),
                tuple(
                    (one.value, words.plain(f"expertise.role_{one.value.replace('-', '_')}"))
                    for one in own
                ),
            ),
            connecting.region_field(words),
            TextField(
                "email",
                words.plain("expertise.form_email"),
                words.plain("expertise.form_email_shown"),
                required=False,
                max_length=100,
                initial=email,
            ),
        ),
        words.plain("expertise.form_put"),
        words.prose("expertise.what_is_seen"),
        {"form": "declare"},
    )


def _declared(values: Mapping[str, str], context: Context) -> Answer:
    try:
        as_role = ExpertRole(values.get("role", ""))
    except ValueError:
        raise Mistakes({"role": "room.no_choice"}) from None
    if as_role.value.startswith("coordinator"):  # who is one, Brug knows by itself
        raise Mistakes({"role": "room.no_choice"})
    region = connecting.read_region(values)
    email = connecting.read_address(values, required=False)
    try:
        return _put(values.get("themes", ""), as_role, region, email, context)
    except NotUnderstood as refusal:
        raise Mistakes({"themes": refusal.key}) from None


def _put(typed: str, as_role: ExpertRole, region: Region, email: str, context: Context) -> Answer:
    words, actor = context.words, context.actor
    themes = own_words(typed)
    expert = Expert(actor.key, actor.person, email, as_role, region, words.language, {})
    context.tx.expertise.declare(expert, themes, context.now)
    return _shown_as("expertise.put", context)


def _mine(context: Context) -> Answer:
    return _shown_as("expertise.mine", context)


def _shown_as(key: str, context: Context) -> Answer:
    words, tx = context.words, context.tx
    mine = tx.expertise.of(context.actor.key)
    parts, buttons = connecting.waiting(context)
    declared = tx.expertise.themes()
    today = context.today
    source = Source(words.plain("expertise.list_source", day=words.date(today)), today)
    if mine is None:
        shown = words.all_of(label(theme, words) for theme in declared)
        what = "expertise.themes" if declared else "expertise.no_themes"
        start = Button(words.plain("expertise.put_me"), Press(NAME, "declare", {}))
        return Answer(
            words.plain("expertise.not_on_list"),
            (
                Paragraph(words.prose("expertise.how")),
                Paragraph(words.prose(what, themes=shown)),
                *parts,
            ),
            (*([start] if may(context.actor, Right.CONTRIBUTE) else []), *buttons),
            source=source,
            data={"mine": [], "themes": list(declared)},
        )
    off = Button(words.plain("expertise.take_off"), Press(NAME, "stop"))
    seen = Knowing(mine, tuple(sorted(context.actor.regions)) or (mine.region,), None)
    return Answer(
        words.plain(key, themes=labels(mine.themes, words)),
        (
            Paragraph(words.prose("expertise.as_seen", role=role(mine, words))),
            People((card(seen, context),)),
            Paragraph(words.prose("expertise.how_to_stop")),
            *parts,
        ),
        (off, *buttons),
        source=source,
        data={"mine": list(mine.themes), "themes": list(declared)},
    )


def _stop(values: Mapping[str, str], context: Context) -> Answer:
    del values
    authorize(context.actor, Right.CONTRIBUTE)
    ended = context.tx.expertise.end(context.actor.key, context.now)
    key = "expertise.stopped" if ended else "expertise.was_not_on_list"
    today = context.today
    text = context.words.plain("expertise.list_source", day=context.words.date(today))
    return Answer(
        context.words.plain(key), source=Source(text, today), data={"mine": [], "ended": ended}
    )


FEATURE = Feature(
    name=NAME,
    command="expertise",
    aliases=("expert", "expertises"),
    parse=parse,
    hear=hear,
    handle=handle,
    submit=submit,
    writes=True,
    verbs={
        "declare": Verb(Right.CONTRIBUTE, _declare),
        "stop": Verb(Right.CONTRIBUTE, _stop),
        "mine": Verb(Right.ASK, lambda _, context: _mine(context)),
        "need": Verb(Right.ASK, _need),
        "connect": Verb(Right.CONTRIBUTE, connecting.ask_for_question),
        "send": Verb(Right.CONTRIBUTE, connecting.send),
        "yes": Verb(Right.CONTRIBUTE, connecting.say_yes),
        "no": Verb(Right.CONTRIBUTE, connecting.say_no),
        "withdraw": Verb(Right.CONTRIBUTE, connecting.withdraw),
    },
    examples=(
        Example("Wie kent iets van schoolweigering?", expect="schoolweigering"),
        Example("wie heeft ervaring met autisme en onderwijs in Limburg?", expect="autisme"),
        Example("/expertise rouw", expect="Vraag het aan iemand"),
        Example("/expertise ik trauma, schoolweigering", expect="lijst"),
        Example("Ik ken iets van trauma", expect="Zal ik"),
        Example("/expertise stop", expect="lijst"),
        Example("Qui s’y connaît en phobie scolaire ?", expect="phobie scolaire", language="fr"),
        Example("Who knows about school refusal?", expect="school refusal", language="en"),
    ),
)
