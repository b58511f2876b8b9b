"""Names of columns, Dutch or English, to the fields of an entry."""

from collections.abc import Sequence

from store.search.dutch import fold

_NAMES = {
    "external_id": "id externalid extern_id kenmerk identifier service_id serviceid",
    "name": "naam name titel title aanbod",
    "organization": "organisatie organization organisation aanbieder voorziening",
    "description": "omschrijving beschrijving description uitleg inhoud",
    "themes": "themas thema themes theme onderwerpen",
    "tags": "trefwoorden tags keywords labels",
    "locations": "gemeente gemeenten plaats locatie locaties location locations city town",
    "regions": "regio regios region regions provincie werkingsgebied servicearea",
    "minimum_age": "minleeftijd minimumleeftijd leeftijdvan vanafleeftijd minimumage minage",
    "maximum_age": "maxleeftijd maximumleeftijd leeftijdtot totleeftijd maximumage maxage",
    "ages": "leeftijd leeftijden doelgroepleeftijd age ages",
    "levels": "niveau niveaus onderwijsniveau level levels",
    "kind": "soort type kind",
    "status": "status stand beschikbaarheid availability",
    "status_since": "statussinds standsinds statussince",
    "application_process": "aanmelden aanmelding aanmeldprocedure applicationprocess toeleiding",
    "url": "url website webadres link",
    "email": "email mail mailadres emailadres contact",
    "owner_email": "eigenaar owner owneremail beheerder assureremail",
    "assured_date": "bevestigdop assureddate nagekekenop",
    "assured_by": "bevestigddoor assuredby nagekekendoor",
    "not_reached_by_education": "nietgevat nietgevatdooronderwijs notreachedbyeducation",
    "sessions": "datum data sessies sessions wanneer when",
    "direction": "richting direction",
    "context": "context",
    "what": "wat watdedenze aanpak what",
    "for_whom": "voorwie doelgroep forwhom",
    "yield": "opbrengst resultaat yield",
    "transferable": "overdraagbaar transferable",
    "domain": "domein domain",
    "owner_name": "trekker networkowner",
    "last_meeting": "laatsteoverleg lastmeeting",
    "members": "leden members",
    "invented": "verzonnen invented",
    # Known, and not read: our own additions to a file that came back.
    "": "fout regel laatstgewijzigd lastmodified versie version bron source",
}
_FIELDS = {
    "".join(character for character in name if character.isalnum()): field
    for field, names in _NAMES.items()
    for name in names.split()
}

OWN_ID = "brug-"
"""What an export puts before the number of an entry that has no identifier of its own."""

DETAILS = ("context", "what", "for_whom", "yield", "transferable", "domain", "last_meeting")
"""Columns that go into `Offering.details` as they are."""

HEADERS = {
    "external_id": "id",
    "name": "naam",
    "kind": "soort",
    "organization": "organisatie",
    "description": "omschrijving",
    "themes": "thema's",
    "tags": "trefwoorden",
    "locations": "gemeente",
    "regions": "regio",
    "minimum_age": "min_leeftijd",
    "maximum_age": "max_leeftijd",
    "levels": "niveau",
    "not_reached_by_education": "niet_gevat",
    "status": "status",
    "status_since": "status_sinds",
    "application_process": "aanmelden",
    "url": "url",
    "email": "e-mail",
    "owner_email": "eigenaar",
    "sessions": "data",
    "direction": "richting",
    "context": "context",
    "what": "wat",
    "for_whom": "voor_wie",
    "yield": "opbrengst",
    "transferable": "overdraagbaar",
    "domain": "domein",
    "owner_name": "trekker",
    "members": "leden",
    "last_meeting": "laatste_overleg",
    "assured_date": "bevestigd_op",
    "assured_by": "bevestigd_door",
    "invented": "verzonnen",
}
"""The columns of an export, in order; an import knows them all."""


def field_of(header: str) -> str | None:
    """Return the field that a column holds; "" for one to leave aside, None for an unknown one."""
    return _FIELDS.get("".join(character for character in fold(header) if character.isalnum()))


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row names columns: one of them the name."""
    return any(field_of(cell) == "name" for cell in cells)
