"""Put into words how a place was found: "Erembodegem is een deelgemeente van Aalst"."""

from handlers.hearing.found import Found, Reason, Why
from handlers.speech.answer import Prose
from handlers.speech.words import Words
from store.records import Outside, PlaceKind

_BY_WHY = {
    Why.READ_AS: "places.read_as",
    Why.ALIAS: "places.alias",
    Why.MERGED: "places.merged",
    Why.POSTCODE: "places.postcode",
    Why.LIES_IN: "places.lies_in",
    Why.DEFAULT: "places.default",
    Why.GUESS: "places.guess",
}
_BY_KIND = {
    PlaceKind.SECTION.value: "places.section",
    PlaceKind.HAMLET.value: "places.hamlet",
    PlaceKind.NEIGHBOURHOOD.value: "places.neighbourhood",
}


def reasons(found: Found, words: Words) -> tuple[Prose, ...]:
    """Return what there is to explain about a place, a sentence each; often nothing."""
    return tuple(_sentence(reason, found, words) for reason in found.reasons)


def place_label(found: Found, words: Words) -> str:
    """Return the place as people tell it from others: "Meldert (Lummen, Limburg)"."""
    regions = words.all_of(region.label for region in found.regions)
    if found.municipality in {None, found.name}:
        return found.name if found.name == regions else f"{found.name} ({regions})"
    return f"{found.name} ({found.municipality}, {regions})"


def outside_name(place: Outside, words: Words) -> str:
    """Return what a place outside Flanders and Brussels is called in the language of who asks."""
    # Wallonia's municipalities go by their French name first, their Dutch one second.
    dutch = words.language == "nl" and bool(place.aliases) and place.country == "Wallonië"
    return place.aliases[0] if dutch else place.name


def full_name(found: Found) -> str:
    """Return words that name this place and no other, to be asked again: "Meldert (Lummen)"."""
    if found.municipality is None:
        return found.name
    if found.municipality == found.name:
        return f"{found.name} ({found.regions[0].label})"
    return f"{found.name} ({found.municipality})"


def _sentence(reason: Reason, found: Found, words: Words) -> Prose:
    key = _BY_KIND.get(found.kind, "places.section")
    return words.prose(
        _BY_WHY.get(reason.why, key),
        said=reason.said,
        name=reason.name,
        municipality=reason.municipality,
        since=reason.since or "",
        regions=words.all_of(region.label for region in found.regions),
    )
