"""Add an entry to the directory with a form; and take any form of an entry that came back."""

from collections.abc import Mapping

from handlers.cards import card
from handlers.context import Context
from handlers.describing import direction, kind
from handlers.entries import read_regions, safe, source
from handlers.entries import submit as submit_entry
from handlers.errors import Mistakes
from handlers.rights import Right, Role, Thing, authorize
from handlers.searching.understanding import NETWORKS, PRACTICES, TRAININGS, Scope
from handlers.speech.answer import Answer
from handlers.speech.form import ChoiceField, DateField, Field, Form, TextField
from handlers.speech.words import Words
from store.directory import DIRECTIONS, Detail, Offering, OfferingKind
from store.interchange import cells
from store.interchange.reading import members
from store.records import Provenance, Region


def form(scope: Scope, context: Context) -> Form:
    """Return the form to add an entry.

    Raises:
        NotAllowed: If this person could not send it.
    """
    authorize(context.actor, Right.CHANGE_ENTRY)
    words = context.words

    def label(field: str) -> str:
        return words.plain(f"cards.field_{field}")

    fields: list[Field] = [TextField("name", label("name"), max_length=200)]
    if len(scope.kinds) > 1:
        kinds = tuple((one.value, kind(one, words)) for one in scope.kinds)
        fields.append(ChoiceField("kind", label("kind"), kinds, initial=(kinds[0][0],)))
    regions = tuple((region.value, region.label) for region in Region)
    fields += [
        ChoiceField("regions", label("regions"), regions, several=True),
        TextField("organization", label("organization"), max_length=200, required=False),
        TextField("description", label("description"), multiline=True, max_length=1500),
        TextField("locations", label("locations"), max_length=200, required=False),
        TextField("email", label("email"), max_length=120, required=False),
        *_details(scope, words),
    ]
    if scope is not PRACTICES and scope is not NETWORKS:
        fields += [
            TextField("ages", label("ages"), "12-18", max_length=20, required=False),
            TextField(
                "application_process",
                label("application_process"),
                max_length=300,
                required=False,
            ),
        ]
    if any(one.value in {"vorming", "moment"} for one in scope.kinds):
        hint = "12/1/2027 13:30-16:30; 19/1/2027 13:30-16:30"
        fields.append(
            TextField("sessions", label("sessions"), hint, max_length=300, required=False)
        )
    sure = (("yes", words.plain("cards.form_sure_yes")),)
    fields.append(ChoiceField("sure", words.plain("cards.form_sure"), sure, required=False))
    return Form(
        scope.feature,
        words.plain("cards.add_title"),
        tuple(fields),
        words.plain("cards.form_send"),
        words.prose("cards.form_intro_add"),
        {"form": "add"},
    )


def _details(scope: Scope, words: Words) -> list[Field]:
    """Return what is asked of one kind alone (F19, F20, F21)."""

    def room(name: str, label: str, *, multiline: bool = True, hint: str = "") -> TextField:
        title = words.plain(f"cards.{label}")
        return TextField(name, title, hint, multiline=multiline, required=False, max_length=1000)

    if scope is PRACTICES:
        names = (("context", "context"), ("what", "did"), ("for_whom", "for_whom"))
        more = (("yield", "yield"), ("transferable", "transferable"))
        return [room(name, label) for name, label in names + more]
    if scope is NETWORKS:
        return [
            room("domain", "domain", multiline=False),
            room("owner", "owner", multiline=False),
            DateField("last_meeting", words.plain("cards.last_meeting"), required=False),
            room("members", "members_field", hint=words.plain("cards.members_hint")),
        ]
    if scope is TRAININGS:
        slugs = [slug.removeprefix("vorming-") for slug in DIRECTIONS]
        options = tuple((slug, direction(slug, words)) for slug in slugs)
        title = words.plain("cards.direction")
        return [ChoiceField("direction", title, options, required=False)]
    return []


def _details_of(scope: Scope, values: Mapping[str, str], *, sure: bool) -> dict[str, Detail]:
    """Return what was filled in of one kind alone.

    Raises:
        Mistakes: A text points at a person, or a value is none.
    """
    names = {
        PRACTICES.feature: ("context", "what", "for_whom", "yield", "transferable"),
        NETWORKS.feature: ("domain", "owner", "members"),
        TRAININGS.feature: (),
    }.get(scope.feature, ())
    details: dict[str, Detail] = {
        name: text
        for name in names
        if (text := safe(values.get(name, "").strip(), name, sure=sure))
    }
    if "members" in details:
        details["members"] = members(str(details["members"]).replace("\n", ";"))
    if scope is NETWORKS and (day := values.get("last_meeting", "").strip()):
        try:
            met = cells.day(day)
        except ValueError as fault:
            raise Mistakes({"last_meeting": "cards.bad_value"}, expected=str(fault)) from None
        details["last_meeting"] = met.isoformat() if met else ""
    if scope is TRAININGS and (slug := values.get("direction", "")):
        if f"vorming-{slug}" not in DIRECTIONS:
            raise Mistakes({"direction": "room.no_choice"})
        details["direction"] = slug
    return details


def submit(scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    """Take a form that came back: a new entry, a correction, a place that applied a practice."""
    if values.get("form") != "add":
        return submit_entry(scope, values, context)
    regions = read_regions(values.get("regions", ""))
    authorize(context.actor, Right.CHANGE_ENTRY, Thing(frozenset(regions), _email(context)))
    sure = values.get("sure") == "yes"
    texts = {
        name: safe(values.get(name, "").strip(), name, sure=sure)
        for name in ("name", "organization", "description", "locations", "application_process")
    }
    if not texts["name"]:
        raise Mistakes({"name": "room.fill_in"})
    chosen = values.get("kind", scope.kinds[0].value)
    if chosen not in {one.value for one in scope.kinds}:
        raise Mistakes({"kind": "room.no_choice"})
    try:
        ages = cells.ages(values["ages"]) if values.get("ages", "").strip() else (None, None)
    except ValueError:
        raise Mistakes({"ages": "cards.bad_ages"}) from None
    locations = tuple(cells.several(texts["locations"]))
    try:
        sessions = cells.sessions(values.get("sessions", ""), ", ".join(locations))
    except ValueError as fault:
        raise Mistakes({"sessions": "cards.bad_value"}, expected=str(fault)) from None
    try:
        email = cells.email(safe(values.get("email", "").strip(), "email", sure=sure))
    except ValueError as fault:
        raise Mistakes({"email": "cards.bad_value"}, expected=str(fault)) from None
    by = source(context)
    added = context.tx.offerings.add(
        Offering(
            name=texts["name"],
            kind=OfferingKind(chosen),
            organization=texts["organization"],
            description=texts["description"],
            email=email,
            owner_email=_email(context),
            details=_details_of(scope, values, sure=sure),
            regions=regions,
            locations=locations,
            minimum_age=ages[0],
            maximum_age=ages[1],
            application_process=texts["application_process"],
            sessions=sessions,
            assured_date=context.today,
            assured_by=by,
            provenance=Provenance(by, context.today),
        ),
        context.now,
        context.actor.key,
    )
    return card(scope, added, context)


def _email(context: Context) -> str:
    """Return whose entry it becomes: a provider's own; nobody's when somebody else adds it."""
    actor = context.actor
    return (actor.linked or actor.email) if actor.role is Role.PROVIDER else ""
