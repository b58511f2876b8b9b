"""A signal while it is being written: the form, and the values that buttons carry along."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TypeVar

from handlers.context import Context
from handlers.errors import Mistakes
from handlers.hearing.plain import fold
from handlers.signalling import labels
from handlers.signalling.requests import Give
from handlers.speech.form import ChoiceField, Field, Form, TextField
from store.records import Region
from store.signals import Addressee, Anonymity, Level

FEATURE = "signals"
MOST = 1000
"""Characters of a signal: half a page, and short enough to travel with a button."""

MOST_NAME = 80
"""Characters of an organisation or a meeting."""

OFTEN, ONE_CHILD = "often", "one"
"""The two doors (F27)."""

_EVERY_LEVEL = re.compile(
    r"\b(alle (onderwijs)?niveaus|tous les niveaux|all levels|every level)\b"
)
_LEVEL_CUES = (
    (Level.KLEUTER, re.compile(r"\b(kleuter\w*|maternelle\w*|nursery)\b")),
    (Level.LAGER, re.compile(r"\b(lager\w*|basis\w*|lagere|primaire\w*|primary)\b")),
    (
        Level.SECUNDAIR,
        re.compile(r"\b(secundair\w*|middelbaar|middelbare|secondaire\w*|secondary)\b"),
    ),
)
_ADDRESSEE_CUES = (
    (Addressee.BEIDE, re.compile(r"\b(beide|les deux|both)\b")),
    (Addressee.WELZIJN, re.compile(r"\b(welzijn|jeugdhulp|bien etre|welfare)\b")),
    (
        Addressee.ONDERWIJS,  # and not a level: "secundair onderwijs"
        re.compile(
            r"\b(?<!lager )(?<!lagere )(?<!secundair )(?<!buitengewoon )onderwijs\b|"
            r"\b(enseignement|education)\b"
        ),
    ),
    (Addressee.LOKAAL, re.compile(r"\b(lokaal|gemeente|local)\b")),
)
_CUES = re.compile(
    r"\b(?:{}|kleuter|lager|basis|secundair|(?:kleuter|basis)?onderwijs|middelbaar|maternelle|primaire|"
    r"secondaire|nursery|primary|secondary|{}|{}|en|et|and|voor|pour|for)\b".format(
        _EVERY_LEVEL.pattern,
        "|".join(cue.pattern for _, cue in _ADDRESSEE_CUES),
        "|".join(fold(region.label) for region in Region),
    )
)
"""Whole words for level, region and addressee, and what joins them: "secundair, Limburg"."""

_HEAD = 8
"""Words that may stand before the colon in "secundair limburg welzijn: …"."""

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was filled in so far, as strings: it comes back through somebody else's hands.

    Attributes:
        key: Which submission this is, so that it has one effect however often it arrives.
        text: What the field sees.
        level: A `Level`, or empty.
        region: A `Region`, or empty.
        addressee: An `Addressee`, or empty.
        scope: `OFTEN` or `ONE_CHILD`.
        anonymity: An `Anonymity`.
        organisation: Where the writer works; may be empty.
        meeting: On behalf of which meeting; may be empty.
        confirmed: "yes" once the writer saw the warnings and stands by the text.
        seen: "yes" once the writer saw the signals that are alike.
    """

    key: str = ""
    text: str = ""
    level: str = ""
    region: str = ""
    addressee: str = ""
    scope: str = ""
    anonymity: str = ""
    organisation: str = ""
    meeting: str = ""
    confirmed: str = ""
    seen: str = ""

    def values(self) -> Mapping[str, str]:
        """Return what there is to carry along."""
        return {name: value for name, value in asdict(self).items() if value}


def draft_of(values: Mapping[str, str]) -> Draft:
    """Return the draft in what came back."""
    names = Draft.__dataclass_fields__
    return Draft(**{name: values[name].strip() for name in names if name in values})


def new_key() -> str:
    """Return a key for one submission, that nobody can guess."""
    return secrets.token_hex(12)


def read(request: Give, context: Context) -> Draft:
    """Return what can be read in a line.

    Level, region and addressee may stand before a colon, or behind the last sentence.
    """
    text, where = _apart(request.text, context) if request.by_command else (request.text, "")
    where = where or request.text
    said = fold(where)
    return Draft(
        key=new_key(),
        text=text,
        level=_level(said),
        region=_region(where, context) or _own_region(context),
        addressee=_addressee(said) if where is not request.text else "",
        scope=OFTEN,
        meeting=request.meeting,
    )


def _apart(line: str, context: Context) -> tuple[str, str]:
    """The text of a signal, and what stands before or behind it to fill in the rest, if any."""
    head, colon, tail = line.partition(":")
    if colon and tail.strip() and len(head.split()) <= _HEAD:
        only_cues = _addressee(fold(head)) or _level(fold(head)) or _region(head, context)
        if only_cues:
            return tail.strip(), head
    last = max(line.rstrip(" .!?\n").rfind(sign) for sign in ".!?") + 1
    said = fold(line[last:])
    several = sum(fold(region.label) in said for region in Region) > 1  # none would be read
    fields = (_level(said), _region(said, context), _addressee(said))
    # Two of the three: "Waar is de nood? Onderwijs." answers itself.
    if last and not several and sum(map(bool, fields)) > 1 and not _CUES.sub("", said).strip():
        return line[:last], line[last:]
    return line, ""


def form(draft: Draft, context: Context) -> Form:
    """Return the form of a signal, filled in as far as is known: four fields are required."""
    words = context.words
    fields: list[Field] = [
        TextField(
            "text",
            words.plain("signals.ask_what"),
            words.plain("signals.ask_what_hint"),
            multiline=True,
            max_length=MOST,
            initial=draft.text[:MOST],
        ),
        ChoiceField(
            "level",
            words.plain("signals.ask_level"),
            tuple((one.value, labels.level(one, words)) for one in Level),
            initial=_initial(Level, draft.level),
        ),
        ChoiceField(
            "region",
            words.plain("signals.ask_region"),
            tuple((one.value, one.label) for one in Region),
            initial=_initial(Region, draft.region),
        ),
        ChoiceField(
            "addressee",
            words.plain("signals.ask_addressee"),
            tuple((one.value, labels.addressee(one, words)) for one in Addressee),
            words.plain("signals.ask_addressee_hint"),
            initial=_initial(Addressee, draft.addressee) or (Addressee.BEIDE.value,),
        ),
        ChoiceField(
            "scope",
            words.plain("signals.ask_scope"),
            (
                (OFTEN, words.plain("signals.scope_often")),
                (ONE_CHILD, words.plain("signals.scope_one")),
            ),
            required=False,
            initial=(OFTEN,),
        ),
        *who_fields(draft, context),
    ]
    if draft.meeting:
        fields.append(
            TextField(
                "meeting",
                words.plain("signals.ask_meeting"),
                words.plain("signals.ask_meeting_hint"),
                required=False,
                max_length=MOST_NAME,
                initial=draft.meeting[:MOST_NAME],
            )
        )
    return Form(
        FEATURE,
        words.plain("signals.form_title"),
        tuple(fields),
        words.plain("signals.form_submit"),
        words.prose("signals.form_intro"),
        {"key": draft.key or new_key()},
    )


def who_fields(draft: Draft, context: Context) -> tuple[Field, ...]:
    """Return the questions about who is asking, with who will see what (F35)."""
    words = context.words
    return (
        ChoiceField(
            "anonymity",
            words.plain("signals.ask_anonymity"),
            tuple((one.value, words.plain(key)) for one, key in labels.WHO_SEES.items()),
            words.plain("signals.ask_anonymity_hint"),
            required=False,
            initial=_initial(Anonymity, draft.anonymity) or (Anonymity.DUO.value,),
        ),
        TextField(
            "organisation",
            words.plain("signals.ask_organisation"),
            words.plain("signals.ask_organisation_hint"),
            required=False,
            max_length=MOST_NAME,
            initial=draft.organisation[:MOST_NAME],
        ),
    )


def checked(draft: Draft) -> tuple[Level, Region, Addressee]:
    """Return what was chosen.

    Raises:
        Mistakes: If something is missing, too long, or is no choice of the form.
    """
    wrong: dict[str, str] = {}
    if not draft.text:
        wrong["text"] = "signals.missing_text"
    elif len(draft.text) > MOST:
        wrong["text"] = "signals.too_long"
    level = _choice(Level, draft.level)
    region = _choice(Region, draft.region)
    addressee = _choice(Addressee, draft.addressee)
    if level is None:
        wrong["level"] = "signals.missing_level"
    if region is None:
        wrong["region"] = "signals.missing_region"
    if addressee is None:
        wrong["addressee"] = "signals.missing_addressee"
    if level is None or region is None or addressee is None or wrong:
        raise Mistakes(wrong, most=str(MOST))
    return level, region, addressee


def anonymity_of(draft: Draft) -> Anonymity:
    """Return who may see the writer; the duo alone when nothing was chosen."""
    return _choice(Anonymity, draft.anonymity) or Anonymity.DUO


def without(draft: Draft, text: str) -> Draft:
    """Return the draft with another text, that was not yet looked at."""
    return replace(draft, text=text[:MOST], confirmed="", seen="")


def _choice(kind: type[E], value: str) -> E | None:
    return kind(value) if value in set(kind) else None


def _initial(kind: type[E], value: str) -> tuple[str, ...]:
    return (value,) if value in set(kind) else ()


def _level(said: str) -> str:
    if _EVERY_LEVEL.search(said):
        return Level.ALLE.value
    found = [level for level, cue in _LEVEL_CUES if cue.search(said)]
    return found[0].value if len(found) == 1 else Level.ALLE.value if found else ""


def _addressee(said: str) -> str:
    found = [addressee for addressee, cue in _ADDRESSEE_CUES if cue.search(said)]
    if set(found) == {Addressee.WELZIJN, Addressee.ONDERWIJS}:
        return Addressee.BEIDE.value
    return found[0].value if found else ""


def _region(text: str, context: Context) -> str:
    found = {region for one in context.places.resolve(text).found for region in one.regions}
    return found.pop().value if len(found) == 1 else ""


def _own_region(context: Context) -> str:
    return next(iter(context.actor.regions)).value if len(context.actor.regions) == 1 else ""
