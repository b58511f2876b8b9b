"""Put into words how a place was found: "Erembodegem is een deelgemeente van Aalst"."""

import re

from handlers.hearing.found import Found, Reason, Why
from handlers.hearing.plain import fold
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


_PROVINCE = re.compile(r"^(?:de |la )?(?:provincie|province|regio|region|stad|ville)(?: de)? ")
_THE = (
    ("het", re.compile(r"^land van|(?:land|ommeland)$", re.IGNORECASE)),
    (
        "de",
        re.compile(
            r"(?:kempen|streek|rand|hoek|kust|vallei|ardennen|kouters|gordel|.regio)$",
            re.IGNORECASE,
        ),
    ),
)
"""How Dutch speaks of a stretch of country: "de Kempen", "het Land van Waas", but "Haspengouw"."""

_DUTCH = frozenset(
    [
        "Parijs",
        "Rijsel",
        "Duinkerke",
        "Straatsburg",
        "Aken",
        "Keulen",
        "Berlijn",
        "Londen",
        "Luxemburg",
    ]
)
"""Names of cities abroad that everybody uses in Dutch; nobody says "Toerkonje"."""


def reasons(found: Found, words: Words) -> tuple[Prose, ...]:
    """Return what there is to explain about a place, a sentence each; often nothing."""
    return tuple(
        _sentence(reason, found, words) for reason in found.reasons if not _is_plain(reason)
    )


def _is_plain(reason: Reason) -> bool:
    """Return whether there is nothing to explain: a province is no other name."""
    said = fold(reason.said)
    return reason.why is Why.ALIAS and _PROVINCE.sub("", said) == fold(reason.name) != said


def with_article(found: Found, words: Words) -> str:
    """Return the name of a place as it stands in a sentence: "de Kempen"."""
    if words.language != "nl" or found.municipality is not None:
        return found.name
    the = next((the for the, names in _THE if names.search(found.name)), "")
    return f"{the} {found.name}" if the else found.name


def place_in_sentence(found: Found, words: Words) -> str:
    """Return the place as people tell it from others, in a sentence: "de Kempen (Antwerpen)"."""
    return place_label(found, words).replace(found.name, with_article(found, words), 1)


def place_label(found: Found, words: Words) -> str:
    """Return the place as people tell it from others: "Meldert (Lummen, Limburg)"."""
    regions = words.all_of(region.label for region in found.regions)
    if found.municipality in {None, found.name}:
        return found.name if found.name == regions else f"{found.name} ({regions})"
    return f"{found.name} ({found.municipality}, {regions})"


def outside_name(place: Outside, words: Words) -> str:
    """Return what a place outside Flanders and Brussels is called in the language of who asks."""
    # Wallonia's municipalities go by their French name first, their Dutch one second.
    dutch = bool(place.aliases) and (place.country == "Wallonië" or place.aliases[0] in _DUTCH)
    return place.aliases[0] if dutch and words.language == "nl" else place.name


def full_name(found: Found) -> str:
    """Return words that name this place and no other, to be asked again: "Meldert (Lummen)"."""
    if found.municipality is None:
        return found.name
    if found.municipality == found.name:
        return f"{found.name} ({found.regions[0].label})"
    return f"{found.name} ({found.municipality})"


def _sentence(reason: Reason, found: Found, words: Words) -> Prose:
    key = _BY_KIND.get(found.kind, "places.section")
    name = reason.name
    if name == found.name and reason.why in {Why.ALIAS, Why.LIES_IN}:
        name = with_article(found, words)
    if reason.why is Why.LIES_IN:
        name = name[:1].upper() + name[1:]
    return words.prose(
        _BY_WHY.get(reason.why, key),
        said=reason.said,
        name=name,
        municipality=reason.municipality,
        since=reason.since or "",
        regions=words.all_of(region.label for region in found.regions),
    )
