"""Add an entry to the directory with a form; and take any form of an entry that came back."""

from collections.abc import Mapping

from handlers.cards import card
from handlers.context import Context
from handlers.describing import kind
from handlers.entries import read_regions, safe, source
from handlers.entries import submit as submit_entry
from handlers.errors import Mistakes
from handlers.rights import Right, Role, Thing, authorize
from handlers.searching import Scope
from handlers.speech.answer import Answer
from handlers.speech.form import ChoiceField, Field, Form, TextField
from store.directory import Offering, OfferingKind
from store.interchange import cells
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
        TextField("ages", label("ages"), "12-18", max_length=20, required=False),
        TextField(
            "application_process", label("application_process"), max_length=300, required=False
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
        raise Mistakes({"kind": "room.choose"})
    try:
        ages = cells.ages(values["ages"]) if values.get("ages", "").strip() else (None, None)
    except ValueError:
        raise Mistakes({"ages": "cards.bad_ages"}) from None
    locations = tuple(cells.several(texts["locations"]))
    try:
        sessions = cells.sessions(values.get("sessions", ""), ", ".join(locations))
    except ValueError as fault:
        raise Mistakes({"sessions": "cards.bad_value"}, expected=str(fault)) from None
    by = source(context)
    added = context.tx.offerings.add(
        Offering(
            name=texts["name"],
            kind=OfferingKind(chosen),
            organization=texts["organization"],
            description=texts["description"],
            owner_email=_email(context),
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
    return context.actor.email if context.actor.role is Role.PROVIDER else ""
