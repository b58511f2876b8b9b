"""Put an entry of the directory into words: a line of a list, its source, why it was found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.context import BRUSSELS
from handlers.speech.answer import Prose, Source
from handlers.speech.words import Words
from store.days import day_of
from store.directory import DATED, DIRECTIONS, Offering, OfferingKind, Session
from store.records import Region
from store.search.entry import Level, Status
from store.search.query import NO_LIMIT, Facet, FacetName, How, Match

_MOST_MATCHES = 6


def line(one: Offering, today: date, words: Words) -> Prose:
    """Return an entry as one line of a list: what, whose, where, for whom, and how sure."""
    facts = [
        one.organization,
        where(one, words),
        ages(one, words),
        when(one, today, words) if one.kind in DATED else "",
        words.plain("searching.no_owner") if _without_owner(one) else "",
        status(one, words) if one.status is not Status.ACTIVE else "",
        words.plain("searching.marked_invented") if one.invented else "",
    ]
    return words.prose(
        "searching.line",
        name=one.name,
        facts=" · ".join(fact for fact in facts if fact),
        said=said(one, words),
    )


def _without_owner(one: Offering) -> bool:
    return one.kind is OfferingKind.NETWORK and not one.details.get("owner")


def where(one: Offering, words: Words) -> str:
    """Return where an entry is: "Tienen (Vlaams-Brabant)"."""
    regions = words.all_of(region.label for region in one.regions)
    if not one.regions or set(one.regions) == set(Region):
        regions = words.plain("searching.everywhere")
    if not one.locations:
        return regions
    places = words.all_of(one.locations)
    return places if places == regions else f"{places} ({regions})"


def ages(one: Offering, words: Words) -> str:
    """Return for which ages or levels an entry is; empty when nobody said."""
    low, high = one.minimum_age, one.maximum_age
    if low is not None and high is not None:
        return words.plain("searching.ages", low=words.number(low), high=words.number(high))
    if low is not None:
        return words.plain("searching.from_age", low=words.number(low))
    if high is not None:
        return words.plain("searching.to_age", high=words.number(high))
    return words.all_of(level(one_level, words) for one_level in one.levels)


def level(one: Level, words: Words) -> str:
    """Return a level of education in words."""
    return words.plain(f"searching.level_{one.value}")


def kind(one: OfferingKind, words: Words) -> str:
    """Return a kind in words: "NAFT"."""
    return words.plain(f"searching.kind_{one.value.replace('-', '_')}")


def status(one: Offering, words: Words) -> str:
    """Return whether an entry can be used, and since when that is so."""
    label = words.plain(f"searching.status_{one.status.value}")
    if one.status_since is None:
        return label
    return words.plain("searching.since", what=label, day=words.date(one.status_since))


def said(one: Offering, words: Words) -> str:
    """Return who says so and since when: the line that makes an entry to be trusted."""
    if one.assured_date:
        key = "searching.confirmed_by" if one.assured_by else "searching.confirmed"
        return words.plain(key, day=words.date(one.assured_date), person=one.assured_by)
    return words.plain(
        "searching.not_confirmed",
        source=one.provenance.source,
        day=words.date(one.provenance.as_of),
    )


def source_of(found: Sequence[Offering], words: Words) -> Source:
    """Return the source of a list: its oldest date, for that is what can be wrong."""
    if len(found) == 1:
        day = found[0].assured_date or found[0].provenance.as_of
        return Source(said(found[0], words), day, found[0].url)
    oldest = min(one.assured_date or one.provenance.as_of for one in found)
    names = words.all_of(dict.fromkeys(one.provenance.source for one in found))
    text = words.plain("searching.source", sources=names, day=words.date(oldest))
    return Source(text, oldest)


def source_of_nothing(today: date, words: Words) -> Source:
    """Return the source of an answer that names no entry: the directory as it is today."""
    return Source(words.plain("searching.source_nothing", day=words.date(today)), today)


def when(one: Offering, today: date, words: Words) -> str:
    """Return when an entry takes place; what is past is never said to come (F19)."""
    coming = upcoming(one, today)
    if coming:
        # The place of the entry stands in the line already.
        own = ", ".join(one.locations)
        shown = [replace(s, place="") if s.place == own else s for s in coming[:3]]
        return words.all_of(moment(session, words) for session in shown)
    return words.plain("searching.no_date")


def upcoming(one: Offering, today: date) -> list[Session]:
    """Return the sessions that are not over yet, today's included."""
    return [session for session in one.sessions if day_of(session.ends or session.begins) >= today]


def moment(session: Session, words: Words) -> str:
    """Return when and where a session takes place: "12 januari 2027 om 13.30, Gent"."""
    begins = session.begins.astimezone(BRUSSELS)
    day = words.date(begins.date())
    if begins.hour or begins.minute:
        day = words.plain("searching.at_hour", day=day, hour=words.clock(begins))
    return f"{day}, {session.place}" if session.place else day


def facet_label(facet: Facet, words: Words) -> str:  # noqa: PLR0911 - one line for each facet
    """Return what a facet narrows by, in words: "13 jaar", "regio Limburg"."""
    match facet.name:
        case FacetName.REGION:
            return words.plain("searching.facet_region", region=Region(facet.value).label)
        case FacetName.LEVEL:
            return level(Level(facet.value), words)
        case FacetName.AGE:
            return _age_label(facet, words)
        case FacetName.THEME:
            return words.plain("searching.facet_theme", theme=facet.value.replace("-", " "))
        case FacetName.KIND:
            if facet.value in DIRECTIONS:
                return direction(facet.value.removeprefix("vorming-"), words)
            return kind(OfferingKind(facet.value), words)
        case FacetName.PLACE_FREE:
            return words.plain("searching.facet_place_free")
        case FacetName.NOT_REACHED:
            return words.plain("searching.facet_not_reached")


def direction(slug: str, words: Words) -> str:
    """Return in which direction a training carries expertise."""
    return words.plain(f"searching.direction_{slug.replace('-', '_')}")


def _age_label(facet: Facet, words: Words) -> str:
    low, high = facet.ages
    if low == high:
        return words.plain("searching.facet_age", age=words.number(low))
    if high == NO_LIMIT:
        return words.plain("searching.from_age", low=words.number(low))
    if not low:
        return words.plain("searching.to_age", high=words.number(high))
    return words.plain("searching.ages", low=words.number(low), high=words.number(high))


def matched(
    one: Offering, matches: Sequence[Match], narrowed: Sequence[str], words: Words
) -> Prose:
    """Return why an entry was found: which words met which, or what it was narrowed by."""
    if not matches:
        key = "searching.why_facets" if narrowed else "searching.why_all"
        return words.prose(key, name=one.name, facets=words.all_of(narrowed))
    shown = "; ".join(_met(match, words) for match in matches[:_MOST_MATCHES])
    return words.prose(
        "searching.why_words",
        name=one.name,
        matches=shown,
        said=said(one, words),
    )


def _met(match: Match, words: Words) -> str:
    field = words.plain(f"searching.in_{match.field}")
    if match.how is How.EXACT:
        return words.plain("searching.met", asked=match.asked, field=field)
    return words.plain(
        f"searching.met_{match.how.value}", asked=match.asked, found=match.found, field=field
    )
