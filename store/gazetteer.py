"""Names of places, as the database holds them."""

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

        Columns instead of mapped objects: this is half of a cold start.
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
        areas = self._session.scalars(select(AreaRow).order_by(AreaRow.kind, AreaRow.name))
        homonyms = self._session.scalars(select(HomonymRow))
        outside = self._session.scalars(select(OutsideRow))
        return Gazetteer(
            places=tuple(
                Place(
                    name,
                    PlaceKind(kind),
                    municipality,
                    Region(region),
                    tuple(postcodes),
                    tuple(aliases),
                    ended,
                    Provenance(source, as_of),
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
                    row.name,
                    tuple(row.aliases),
                    row.country,
                    tuple(row.postcodes),
                    Provenance(row.source, row.as_of),
                )
                for row in outside
            ),
            common_words=frozenset(self._session.scalars(select(CommonWordRow.word))),
            version=self.version(),
        )


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
