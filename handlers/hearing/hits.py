"""Words in a text that may name a place, while it is still being found out."""

from dataclasses import dataclass

from handlers.hearing.found import How
from handlers.hearing.names import Sense, Senses
from store.records import Area, Outside, Place, PlaceKind


@dataclass(slots=True)
class Hit:
    """Some words that may name a place.

    Attributes:
        start: The first word, by number.
        end: Behind the last word.
        senses: What they may mean.
        how: In which way.
        sure: From 0 to 1; 0 when they are no place here.
        code: The postcode, if they are one.
        settled: Whether a neighbour said which of the senses is meant.
    """

    start: int
    end: int
    senses: Senses
    how: How
    sure: float = 0.0
    code: str = ""
    settled: bool = False


def abroad(hit: Hit, country: Hit) -> tuple[Sense, ...]:
    """Return what a hit means in the country that another one names ("Hulst in Zeeland")."""
    if country.senses.inside:
        return ()
    named = [s.place.country for s in country.senses.outside if isinstance(s.place, Outside)]
    return tuple(
        sense
        for sense in hit.senses.outside
        if isinstance(sense.place, Outside)
        and (
            sense.place.country in named
            or (country.code and country.code in sense.place.postcodes)
        )
    )


def within(place: Place | Area, whole: Place | Area) -> bool:
    """Return whether a place lies in another one, or in a region; not whether it is the same."""
    if not isinstance(place, Place) or place is whole:
        return False
    if isinstance(whole, Area):
        return whole.kind == "regio" and place.region in whole.regions
    if place.municipality != whole.municipality or place.kind is PlaceKind.MUNICIPALITY:
        return False
    if whole.kind is PlaceKind.FORMER_MUNICIPALITY:
        return place.kind is not PlaceKind.FORMER_MUNICIPALITY
    return whole.kind is PlaceKind.MUNICIPALITY
