"""Names of places, as the database holds them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.records import (
    Area,
    Gazetteer,
    Homonym,
    Outside,
    Place,
    PlaceKind,
    Provenance,
    Region,
)
from store.revisions import Revisions
from store.tables import AreaRow, CommonWordRow, HomonymRow, OutsideRow, PlaceRow

PAIR = " @ "
"""What stands between a place and its municipality where a homonym names it."""

REVISION = "gazetteer"
"""The counter that goes up whenever a name of a place changes."""


class GazetteerStore:
    """The part of the store that knows names of places."""

    def __init__(self, session: Session, revisions: Revisions) -> None:
        """Read through this session."""
        self._session = session
        self._revisions = revisions

    def version(self) -> str:
        """Return what changes whenever any name changes; cheap."""
        return str(self._revisions.of(REVISION))

    def load(self) -> Gazetteer:
        """Return every name of a place: some ten thousand rows, so keep it while `version` lasts.

        Columns instead of mapped objects: this is half of a cold start, and mapped objects leave
        holes of megabytes behind. What thousands of rows have in common is kept once.
        """
        places = self._session.execute(
            select(
                PlaceRow.name,
                PlaceRow.kind,
                PlaceRow.municipality,
                PlaceRow.region,
                PlaceRow.postcodes,
                PlaceRow.aliases,
                PlaceRow.ended,
                PlaceRow.source,
                PlaceRow.as_of,
            )
        )
        outside = self._session.execute(
            select(
                OutsideRow.name,
                OutsideRow.aliases,
                OutsideRow.country,
                OutsideRow.postcodes,
                OutsideRow.source,
                OutsideRow.as_of,
            )
        )
        areas = self._session.scalars(select(AreaRow).order_by(AreaRow.kind, AreaRow.name))
        homonyms = self._session.scalars(select(HomonymRow))
        once = _Once()
        return Gazetteer(
            places=tuple(
                Place(
                    once.text(name),
                    PlaceKind(kind),
                    once.text(municipality),
                    Region(region),
                    once.texts(postcodes),
                    once.texts(aliases),
                    ended,
                    once.provenance(source, as_of),
                )
                for (
                    name,
                    kind,
                    municipality,
                    region,
                    postcodes,
                    aliases,
                    ended,
                    source,
                    as_of,
                ) in places
            ),
            areas=tuple(_area(row) for row in areas),
            homonyms=tuple(_homonym(row) for row in homonyms),
            outside=tuple(
                Outside(
                    once.text(name),
                    once.texts(aliases),
                    once.text(country),
                    once.texts(postcodes),
                    once.provenance(source, as_of),
                )
                for name, aliases, country, postcodes, source, as_of in outside
            ),
            common_words=frozenset(self._session.scalars(select(CommonWordRow.word))),
            version=self.version(),
        )


class _Once:
    """Keeps what is the same in many rows once: the database gives each row its own copy."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._lists: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._provenances: dict[tuple[str, date], Provenance] = {}

    def text(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def texts(self, texts: Sequence[str]) -> tuple[str, ...]:
        found = tuple(texts)
        known = self._lists.get(found)
        if known is None:
            known = self._lists[found] = tuple(map(self.text, found))
        return known

    def provenance(self, source: str, as_of: date) -> Provenance:
        known = self._provenances.get((source, as_of))
        if known is None:
            known = self._provenances[source, as_of] = Provenance(source, as_of)
        return known


def _area(row: AreaRow) -> Area:
    return Area(
        name=row.name,
        kind=row.kind,
        regions=tuple(Region(region) for region in row.regions),
        municipalities=tuple((Region(r), int(n)) for r, n in row.municipalities.items()),
        aliases=tuple(row.aliases),
        provenance=Provenance(row.source, row.as_of),
    )


def _homonym(row: HomonymRow) -> Homonym:
    return Homonym(
        name=row.name,
        default=_pair(row.default) if row.default else None,
        candidates=tuple(_pair(candidate) for candidate in row.candidates),
        provenance=Provenance(row.source, row.as_of),
    )


def _pair(text: str) -> tuple[str, str]:
    name, _, municipality = text.partition(PAIR)
    return name, municipality
