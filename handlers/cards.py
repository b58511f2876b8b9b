"""The card of one entry: what it is, how to apply, and since when each line is sure (F13).

Every line names its own date: a field that was changed later than the rest says so. There is no
referral of a client in Brug: how to apply is told, and that is all.

`data`: `id`, `external_id`, `name`, `organization`, `kind`, `regions`, `locations`,
`minimum_age`, `maximum_age`, `status`, `assured_date`, `version`, `applied_in` (places).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from babel.dates import format_date

from handlers.context import Context
from handlers.describing import (
    ages,
    direction,
    kind,
    level,
    said,
    source_of,
    status,
    upcoming,
    when,
    where,
)
from handlers.errors import NotFound
from handlers.facts import entries
from handlers.rights import Actor, Right, Thing, may
from handlers.searching.understanding import Scope
from handlers.speech.answer import (
    ASK,
    Answer,
    Button,
    Facts,
    Link,
    Listing,
    Paragraph,
    Part,
    Plain,
    Press,
    Prose,
)
from handlers.speech.words import Words
from store.days import day_of
from store.directory import DATED, Change, Offering, OfferingKind
from store.records import FactKind
from store.search.entry import Status
from store.search.query import SEAM

_MOST_CHANGES = 5
_PRACTICES = frozenset({OfferingKind.GOOD_PRACTICE, OfferingKind.METHOD})
_LASTING = _PRACTICES | {OfferingKind.NETWORK}


def opened(scope: Scope, values: Mapping[str, str], context: Context) -> Answer:
    """Show the card that a button names, and count that it was asked for."""
    one = wanted(values, context)
    context.tx.offerings.count_asked(one.id)
    return card(scope, one, context)


def wanted(values: Mapping[str, str], context: Context) -> Offering:
    """Return the entry that a button or form names.

    Raises:
        NotFound: If there is none such.
    """
    number = values.get("id", "")
    found = context.tx.offerings.get(int(number)) if _is_number(number) else None
    if found is None:
        raise NotFound("cards.gone")
    return found


def thing(one: Offering) -> Thing:
    """Return an entry as far as rights go."""
    return Thing(frozenset(one.regions), one.owner_email)


def card(scope: Scope, one: Offering, context: Context) -> Answer:
    """Return the card of an entry."""
    words = context.words
    changes = context.tx.offerings.changes(one.id)
    applied = context.tx.offerings.uses(one.id) if one.kind in _PRACTICES else {}
    facts = _Facts(one, changes, context.today, words)
    parts: list[Part] = [Facts(facts.pairs(applied))]
    if members := _members(one, words):
        parts += [Paragraph(words.prose("cards.members")), Listing(members)]
    if one.kind in {OfferingKind.OUT_OF_SCHOOL, OfferingKind.NAFT}:
        parts.append(Paragraph(words.prose("cards.via_clb")))
    if one.maximum_age == SEAM:
        parts.append(Paragraph(words.prose("cards.ends_at_twelve")))
    if one.invented:
        parts.append(Paragraph(words.prose("searching.invented")))
    return Answer(
        headline=f"{one.name} ({one.organization})" if one.organization else one.name,
        parts=tuple(parts),
        buttons=tuple(_buttons(scope, one, context)),
        source=source_of([one], words),
        why=_why(one, changes, words),
        shareable=True,
        data={
            "id": one.id,
            "external_id": one.external_id,
            "name": one.name,
            "organization": one.organization,
            "kind": one.kind.value,
            "regions": [region.value for region in one.regions],
            "locations": list(one.locations),
            "minimum_age": one.minimum_age,
            "maximum_age": one.maximum_age,
            "status": one.status.value,
            "assured_date": one.assured_date.isoformat() if one.assured_date else None,
            "version": one.version,
            "applied_in": list(applied),
        },
        told=entries(FactKind.CARD, [one]),
    )


class _Facts:
    """The lines of a card; each says since when it is sure."""

    def __init__(
        self, one: Offering, changes: Sequence[Change], today: date, words: Words
    ) -> None:
        self._one = one
        self._changed = {change.field: change for change in reversed(changes)}
        self._today = today
        self._words = words

    def pairs(self, applied: Mapping[str, datetime]) -> tuple[tuple[str, Prose], ...]:
        one, words = self._one, self._words
        for_whom = [ages(one, words)]
        if one.minimum_age is not None or one.maximum_age is not None:
            for_whom += [level(each, words) for each in one.levels]
        if one.not_reached_by_education:
            for_whom.append(words.plain("searching.facet_not_reached"))
        themes = [theme.replace("-", " ") for theme in one.themes]
        dated = one.kind in DATED
        found = [
            self._line("organization", one.organization, "organization"),
            self._line("kind", kind(one.kind, words), "kind"),
            self._line("what", one.description, "description"),
            self._line("when", when(one, self._today, words) if dated else "", "sessions"),
            self._line("for_whom", words.all_of(filter(None, for_whom)), "minimum_age"),
            self._line("themes", words.all_of((*themes, *one.tags)), "themes"),
            self._line("where", where(one, words), "locations"),
            *self._of_its_kind(applied),
            self._line("status", self._status(), "status"),
            self._apply(),
            self._line("contact", one.email, "email"),
        ]
        lines = [pair for pair in found if pair is not None]
        if one.url:
            lines.append(
                (words.plain("cards.more"), (Link(one.url, one.url), *self._dated("url")))
            )
        return tuple(lines)

    def _status(self) -> str:
        # That a practice is "open" says nothing; that a network ended does.
        if self._one.status is Status.ACTIVE and self._one.kind in _LASTING:
            return ""
        return status(self._one, self._words)

    def _apply(self) -> tuple[str, Prose] | None:
        if self._one.application_process:
            return self._line("apply", self._one.application_process, "application_process")
        if self._one.kind in {OfferingKind.OUT_OF_SCHOOL, OfferingKind.NAFT}:
            return self._line("apply", self._words.plain("cards.not_said"), "application_process")
        return None

    def _of_its_kind(self, applied: Mapping[str, datetime]) -> list[tuple[str, Prose] | None]:
        one, words = self._one, self._words
        details = {
            name: text for name, text in one.details.items() if isinstance(text, str) and text
        }
        if one.kind is OfferingKind.TRAINING and (slug := details.get("direction")):
            return [self._line("direction", direction(slug, words), "details")]
        if one.kind in _PRACTICES:
            names = (("context", "context"), ("what", "did"), ("for_whom", "for_whom"))
            rest = (("yield", "yield"), ("transferable", "transferable"))
            return [
                *(self._line(key, details.get(name, ""), "details") for name, key in names + rest),
                self._applied(applied),
            ]
        if one.kind is OfferingKind.NETWORK:
            owner = details.get("owner") or words.plain("cards.no_owner")
            return [
                self._line("domain", details.get("domain", ""), "details"),
                self._line("owner", owner, "details"),
                self._line("last_meeting", self._day(details.get("last_meeting", "")), "details"),
            ]
        return []

    def _applied(self, places: Mapping[str, datetime]) -> tuple[str, Prose] | None:
        """Return who applied it too, each with the day on which they said so."""
        if not places:
            return None
        said = [
            self._words.plain("cards.short_applied", place=place, day=_short(day_of(at)))
            for place, at in places.items()
        ]
        return self._words.plain("cards.applied"), (Plain(self._words.all_of(said)),)

    def _day(self, text: str) -> str:
        try:
            return self._words.date(date.fromisoformat(text))
        except ValueError:
            return text

    def _line(self, key: str, value: str, field: str) -> tuple[str, Prose] | None:
        if not value:
            return None
        return self._words.plain(f"cards.{key}"), (Plain(value), *self._dated(field))

    def _dated(self, field: str) -> Prose:
        """Return since when a field is sure, and by whom when that is another than the rest."""
        one, words = self._one, self._words
        change = self._changed.get(field)
        if change and (not one.assured_date or day_of(change.at) > one.assured_date):
            text = words.plain(
                "cards.short_changed", day=_short(day_of(change.at)), source=change.source
            )
        elif one.assured_date:
            text = words.plain("cards.short_confirmed", day=_short(one.assured_date))
        else:
            text = words.plain("cards.short_taken_over", day=_short(one.provenance.as_of))
        return (Plain(f" ({text})"),)


def _short(day: date) -> str:
    return format_date(day, "d/M/y")


def _members(one: Offering, words: Words) -> tuple[Prose, ...]:
    members = one.details.get("members", ())
    if isinstance(members, str):
        return ()
    return tuple(
        words.prose(
            "cards.member" if member.get("responsibility") else "cards.member_role",
            name=member.get("name", ""),
            role=member.get("role", ""),
            responsibility=member.get("responsibility", ""),
        )
        for member in members
    )


def _buttons(scope: Scope, one: Offering, context: Context) -> list[Button]:
    words, actor = context.words, context.actor
    values = {"id": str(one.id)}

    def button(key: str, verb: str) -> Button:
        return Button(words.plain(f"cards.{key}"), Press(scope.feature, verb, values))

    found: list[Button] = []
    if may_change(actor, one):
        found.append(button("still_right", "confirm"))
        if one.status is not Status.ACTIVE:
            found.append(button("open_again", "open"))
        elif one.kind not in _LASTING:  # a practice or a network has no places to fill
            found.append(button("full", "full"))
    if one.kind in DATED and upcoming(one, context.today):
        found.append(button("ics", "ics"))
    if one.kind in _PRACTICES and may(actor, Right.CONTRIBUTE):
        found.append(button("used", "used"))
    if may(actor, Right.CONTRIBUTE):
        found.append(button("wrong", "wrong"))
    if one.maximum_age == SEAM:
        place = one.locations[0] if one.locations else ""
        again = Press("", ASK, {"words": f"/aanbod +12 {place}".strip()})
        found.append(Button(words.plain("cards.after_twelve"), again))
    return found


def may_change(actor: Actor, one: Offering) -> bool:
    """Return whether somebody may confirm and change this entry."""
    return may(actor, Right.CHANGE_ENTRY, thing(one))


def _why(one: Offering, changes: Sequence[Change], words: Words) -> tuple[Prose, ...]:
    modified = day_of(one.last_modified) if one.last_modified else None
    return (
        words.prose(
            "cards.why_record",
            id=one.id,
            version=one.version,
            day=words.date(modified or one.provenance.as_of),
        ),
        words.prose("cards.why_source", said=said(one, words)),
        *(
            words.prose(
                "cards.why_change",
                field=words.plain(f"cards.field_{change.field}"),
                old=change.old,
                new=change.new,
                day=words.date(day_of(change.at)),
                source=change.source,
            )
            for change in changes[:_MOST_CHANGES]
        ),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004 - a row's number
