"""Let neighbours in a text settle each other, and say what came out.

"Nieuwerkerken (Limburg)" is one place: the second name says which of the first is meant. "9320
Erembodegem (Aalst)" is one place as well, named three times.
"""

from collections.abc import Iterable, Sequence

from handlers.hearing.cues import Line, words_in
from handlers.hearing.found import Found, How, Reading, Reason, Why
from handlers.hearing.hits import Hit, abroad, within
from handlers.hearing.names import Sense, Senses, regions_of
from handlers.hearing.plain import keys_of
from store.records import Area, Outside, Place, PlaceKind

MOST_CHOICES = 5
"""Candidates of one question (F02)."""

_MOST_UNKNOWN = 60
"""Characters of unknown words that are given back."""

_LINKS = words_in(
    "bij in te van gemeente deelgemeente provincie regio nabij near a postcode stad dans"
)
_MOST_LINKS = 2
_ARTICLES = words_in("de het den t le la les the")


def settle(line: Line, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits without those that only say where another one lies."""
    left = list(hits)
    at = 0
    while at + 1 < len(left):
        one, other = left[at], left[at + 1]
        if not _linked(line, one, other):
            at += 1
        elif _narrow(one, other):
            del left[at + 1]
        elif _narrow(other, one):
            del left[at]
            at = max(0, at - 1)
        else:
            at += 1
    return left


def without_denied(line: Line, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits without those that are said not to be meant, unless nothing is left."""
    left: list[Hit] = []
    denied: Hit | None = None
    for hit in hits:
        if line.denied(hit.start, hit.end) or (denied is not None and _linked(line, denied, hit)):
            denied = hit
        else:
            denied = None
            left.append(hit)
    return left or list(hits)


def reading(line: Line, hits: Sequence[Hit], *, expected: bool) -> Reading:
    """Say what the hits come down to."""
    found: list[Found] = []
    others: list[Found] = []
    question: list[Found] = []
    outside: list[Outside] = []
    for hit in hits:
        senses = hit.senses
        if not senses.inside:
            outside += [s.place for s in senses.outside[:1] if isinstance(s.place, Outside)]
        elif senses.ask and len(senses.inside) > 1:
            question = question or _choices(line, hit)
        else:
            first, *rest = _choices(line, hit)
            found.append(first)
            others += rest
    unknown = None
    if expected and not (found or question or outside):
        unknown = _unknown(line)
    found = _once(found)
    named = {(f.name, f.municipality) for f in found}
    others = [other for other in _once(others) if (other.name, other.municipality) not in named]
    return Reading(
        tuple(found),
        tuple(question),
        tuple(others[:MOST_CHOICES]),
        tuple(dict.fromkeys(outside)),
        unknown,
    )


def _linked(line: Line, one: Hit, other: Hit) -> bool:
    """Return whether two hits stand beside each other, with no more than "bij" in between."""
    between = line.words[one.end : other.start]
    if len(between) > _MOST_LINKS or any(word.plain not in _LINKS for word in between):
        return False
    gap = line.text[line.words[one.end - 1].end : line.words[other.start].start]
    return not any(mark in gap for mark in "/&+;?!\n")


def _narrow(one: Hit, other: Hit) -> bool:
    """Keep of the first hit what the second one fits; return whether anything does."""
    if elsewhere := abroad(one, other):
        one.senses = Senses((), elsewhere, ask=False)
        return True
    fitting = tuple(
        sense
        for sense in one.senses.inside
        if not one.code and any(_fits(sense, whole, other) for whole in other.senses.inside)
    )
    if not fitting:
        return False
    one.senses = Senses(fitting, (), ask=one.senses.ask and len(fitting) > 1)
    one.settled = True
    one.sure = max(one.sure, other.sure)
    return True


def _fits(sense: Sense, whole: Sense, other: Hit) -> bool:
    place = sense.place
    if isinstance(place, Outside) or isinstance(whole.place, Outside):
        return False
    if other.code:
        return isinstance(place, Place) and other.code in place.postcodes
    return within(place, whole.place)


def _choices(line: Line, hit: Hit) -> list[Found]:
    """Give the senses of a hit as findings; for a question, every region among the first."""
    senses = _spread(hit.senses.inside) if hit.senses.ask else list(hit.senses.inside)
    chosen = senses[:MOST_CHOICES]
    if hit.how is How.POSTCODE:  # a postcode is one place, in however many parts
        chosen = chosen if hit.senses.ask else chosen[:1]
    elif not hit.senses.ask:
        chosen = chosen[:1] + [s for s in chosen[1:] if _elsewhere(s, chosen[0])]
    others = len(chosen) > 1 and not hit.senses.ask
    return [
        _found(line, hit, sense, default=others and at == 0) for at, sense in enumerate(chosen)
    ]


def _elsewhere(sense: Sense, first: Sense) -> bool:
    """Return whether it is worth offering beside the first: not the region of the same name."""
    return isinstance(sense.place, Place) and (
        not isinstance(first.place, Place) or sense.place.municipality != first.place.municipality
    )


def _spread(senses: Iterable[Sense]) -> list[Sense]:
    """Put one sense of each region first, so that a short question still names them all."""
    first: dict[object, Sense] = {}
    later: list[Sense] = []
    for sense in senses:
        if isinstance(sense.place, Outside):
            continue
        regions = regions_of(sense)
        if regions in first:
            later.append(sense)
        else:
            first[regions] = sense
    return [*first.values(), *later]


def _found(line: Line, hit: Hit, sense: Sense, *, default: bool) -> Found:
    words = line.words[hit.start : hit.end]
    span = words[0].start, words[-1].end
    said = line.text[span[0] : span[1]]
    place = sense.place
    # How the words led here: over a slip, or over what kind of name.
    how = hit.how if hit.how in {How.FUZZY, How.SPELLING, How.POSTCODE} else sense.how
    sure = hit.sure * (0.9 if default else 1.0) * (0.8 if hit.senses.ask else 1.0)
    if isinstance(place, Place):
        if hit.how is How.POSTCODE and place.kind is not PlaceKind.MUNICIPALITY:
            return _of_postcode(hit, place, said, span)
        kind: str = place.kind.value
        municipality: str | None = place.municipality
    else:
        kind = place.kind if isinstance(place, Area) else ""
        municipality = None
    return Found(
        said=said,
        name=place.name,
        kind=kind,
        municipality=municipality,
        regions=regions_of(sense),
        how=how,
        confidence=round(sure, 3),
        span=span,
        reasons=tuple(_reasons(said, sense, how, default=default)),
    )


def _of_postcode(hit: Hit, place: Place, said: str, span: tuple[int, int]) -> Found:
    """Name the municipality: a postcode is one of a whole municipality before it is of a part."""
    return Found(
        said=said,
        name=place.municipality,
        kind=PlaceKind.MUNICIPALITY.value,
        municipality=place.municipality,
        regions=(place.region,),
        how=How.POSTCODE,
        confidence=hit.sure,
        span=span,
        reasons=(Reason(Why.POSTCODE, said, place.municipality, place.municipality),),
    )


def _reasons(said: str, sense: Sense, how: How, *, default: bool) -> Iterable[Reason]:
    place = sense.place
    municipality = place.municipality if isinstance(place, Place) else ""
    if how is How.POSTCODE:
        yield Reason(Why.POSTCODE, said, place.name, municipality)
        return
    if how in {How.FUZZY, How.SPELLING} and _bare(said) != _bare(sense.name):
        yield Reason(Why.READ_AS, said, sense.name)
    other = sense.how is How.ALIAS or isinstance(place, Area)
    if other and _bare(sense.name) != _bare(place.name):
        # As it was typed, unless it was read as another spelling: "WVL" rather than "W-Vl".
        name = said if _bare(said) == _bare(sense.name) else sense.name
        yield Reason(Why.ALIAS, name, place.name, municipality)
    if default:
        yield Reason(Why.DEFAULT, said, place.name, municipality)
    if isinstance(place, Area) and place.kind != "regio":
        yield Reason(Why.LIES_IN, said, place.name)
    if isinstance(place, Place):
        yield from _belongs(said, place)


def _bare(name: str) -> str:
    """Give a name without article, capitals, blanks and hyphens: what nobody needs explained."""
    keys = keys_of(name)
    return "".join(key for at, key in enumerate(keys) if at or key not in _ARTICLES) or name


def _belongs(said: str, place: Place) -> Iterable[Reason]:
    if place.kind is PlaceKind.NEIGHBOURHOOD:
        yield Reason(Why.GUESS, said, place.name, place.municipality)
    elif place.ended is not None:
        yield Reason(Why.MERGED, said, place.name, place.municipality, place.ended + 1)
    elif place.kind is not PlaceKind.MUNICIPALITY:
        yield Reason(Why.PART, said, place.name, place.municipality)


def _once(found: Iterable[Found]) -> list[Found]:
    kept: dict[tuple[str, str | None], Found] = {}
    for one in found:
        kept.setdefault((one.name, one.municipality), one)
    return list(kept.values())


def _unknown(line: Line) -> str | None:
    """Give the words, from the first to the last, that no rule can place."""
    content = sorted(at for at in line.content if line.is_strange(at)) or sorted(line.content)
    if not content:
        return None
    start, end = line.words[content[0]].start, line.words[content[-1]].end
    return line.text[start : min(end, start + _MOST_UNKNOWN)]
