"""Packages of the Human Services Data Specification: a folder or zip of CSV files, in and out.

HSDS 3.1 names its objects in the singular ("service"), and the files of its tabular package mostly
in the plural ("services.csv"): the `path` of each schema in
https://github.com/openreferral/specification (folder `schema`, read on 2026-11-24; in words at
https://docs.openreferral.org/en/3.1.1/hsds/schema_reference.html). Packages of version 1.x have
`physical_addresses`, and age limits in `eligibility`. All of these are read, but only the files
that say something about an entry.
"""

import csv
import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from store.directory import Offering
from store.interchange.columns import DETAILS, HEADERS, OWN_ID
from store.interchange.sheets import Line, Sheet, Unreadable, check_zip, csv_rows, decoded
from store.records import Region
from store.search.entry import Status

Table = Sequence[Mapping[str, str]]

_FILES = {
    "services": "services service",
    "organizations": "organizations organization",
    "locations": "locations location",
    "addresses": "physical_addresses addresses address physical_address",
    "at_location": "services_at_location service_at_location services_at_locations",
    "areas": "service_areas service_area",
    "eligibility": "eligibilities eligibility eligibilitys",
    "taxonomy": "services_taxonomy service_taxonomy service_attributes attribute attributes",
    "terms": "taxonomy_terms taxonomy_term taxonomy",
    "schedules": "schedules schedule",
}
_STATUS = {
    "active": "active",
    "inactive": "temporarily closed",
    "defunct": "defunct",
    "temporarily closed": "temporarily closed",
}
_HEADER = tuple(HEADERS.values())
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://docs.openreferral.org/brug")
_BRUSSELS = ZoneInfo("Europe/Brussels")
_TAGS = re.compile(r"<[^>]{1,200}>")


def is_package(path: Path) -> bool:
    """Return whether a path is a folder or zip with the services of a package in it."""
    try:
        return "services" in _members(path)
    except Unreadable:
        return False


def read_package(path: Path) -> Sheet:
    """Read a package as one sheet, with the columns of our own export.

    Raises:
        Unreadable: It is no package, or damaged.
        OSError: It cannot be opened.
    """
    tables = {key: _table(raw, name) for key, (name, raw) in _read(path).items()}
    if "services" not in tables:
        message = f"{path.name}: geen services.csv of service.csv. Is dit een HSDS-pakket?"
        raise Unreadable(message)
    package = _Package({key: [row for _, row in rows] for key, rows in tables.items()})
    lines = [
        Line(number, tuple(package.cells(service).get(name, "") for name in HEADERS))
        for number, service in tables["services"]
        # A row of numbers alone (some have one) says nothing of a service.
        if any(text.strip() for column, text in service.items() if not column.endswith("id"))
    ]
    return Sheet(_HEADER, lines)


def package_tables(offerings: Iterable[Offering]) -> dict[str, list[dict[str, str]]]:
    """Return entries as the tables of HSDS 3.1: rows by the name of the file, without ".csv"."""
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in COLUMNS}
    organizations: dict[str, str] = {}
    seen: set[str] = set()
    for one in offerings:
        owner = one.organization or one.name
        if owner not in organizations:
            organizations[owner] = _id("organization", owner)
            described = {"id": organizations[owner], "name": owner, "description": owner}
            tables["organization"].append(described)
        _add(tables, one, organizations[owner], seen)
    return {
        name: [{column: row.get(column, "") for column in COLUMNS[name]} for row in rows]
        for name, rows in tables.items()
    }


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description"),
    "service": (
        "id",
        "organization_id",
        "name",
        "description",
        "url",
        "email",
        "status",
        "application_process",
        "assured_date",
        "assurer_email",
        "minimum_age",
        "maximum_age",
        "last_modified",
        "alert",
    ),
    "location": ("id", "location_type", "name"),
    "service_at_location": ("id", "service_id", "location_id"),
    "service_area": ("id", "service_id", "name"),
    "schedule": (
        "id",
        "service_id",
        "dtstart",
        "until",
        "opens_at",
        "closes_at",
        "description",
    ),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "code", "name", "description", "taxonomy_id"),
    "attribute": ("id", "link_id", "taxonomy_term_id", "link_entity", "value"),
}
"""The objects of our export with their columns: what HSDS 3.1 requires, and what we have."""

PATHS: Mapping[str, str] = {
    "organization": "organizations.csv",
    "service": "services.csv",
    "location": "locations.csv",
    "service_at_location": "service_at_location.csv",
    "service_area": "service_areas.csv",
    "schedule": "schedules.csv",
    "taxonomy": "taxonomies.csv",
    "taxonomy_term": "taxonomy_terms.csv",
    "attribute": "attributes.csv",
}
"""What the tabular package calls the file of each object: the `path` in its schema."""

_TYPES = {
    "minimum_age": "number",
    "maximum_age": "number",
    "assured_date": "date",
    "last_modified": "datetime",
    "dtstart": "date",
    "until": "date",
    "opens_at": "time",
    "closes_at": "time",
}
_LINKS = {
    "organization_id": "organization",
    "service_id": "service",
    "location_id": "location",
    "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
}


def describing(names: Iterable[str]) -> Mapping[str, object]:
    """Return what `datapackage.json` says of these tables, as an object that fits in JSON.

    A Tabular Data Package: https://specs.frictionlessdata.io/tabular-data-package/.
    """
    return {
        "name": "brug",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": name,
                "path": PATHS[name],
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": column, "type": _TYPES.get(column, "string")}
                        for column in COLUMNS[name]
                    ],
                    "missingValues": [""],
                    "primaryKey": "id",
                    "foreignKeys": [
                        {"fields": column, "reference": {"resource": to, "fields": "id"}}
                        for column, to in _LINKS.items()
                        if column in COLUMNS[name] and to != name
                    ],
                },
            }
            for name in names
        ],
    }


def _add(
    tables: dict[str, list[dict[str, str]]], one: Offering, organization: str, seen: set[str]
) -> None:
    service = _id("service", one.external_id or f"{OWN_ID}{one.id}")
    tables["service"].append(
        {
            "id": service,
            "organization_id": organization,
            "name": one.name,
            "description": one.description,
            "url": one.url,
            "email": one.email,
            "status": _hsds_status(one.status),
            "application_process": one.application_process,
            "assured_date": one.assured_date.isoformat() if one.assured_date else "",
            "assurer_email": one.owner_email,
            "minimum_age": "" if one.minimum_age is None else f"{one.minimum_age:g}",
            "maximum_age": "" if one.maximum_age is None else f"{one.maximum_age:g}",
            "last_modified": one.last_modified.isoformat() if one.last_modified else "",
            "alert": "volzet" if one.status is Status.FULL else "",
        }
    )
    for place in one.locations:
        location = _id("location", place)
        if location not in seen:
            seen.add(location)
            row = {"id": location, "location_type": "physical", "name": place}
            tables["location"].append(row)
        link = {"id": _id("at", service, place), "service_id": service, "location_id": location}
        tables["service_at_location"].append(link)
    for region in one.regions or tuple(Region):
        area = {"id": _id("area", service, region.value), "service_id": service}
        tables["service_area"].append({**area, "name": region.label})
    for number, session in enumerate(one.sessions):
        begins = session.begins.astimezone(_BRUSSELS)
        ends = session.ends.astimezone(_BRUSSELS) if session.ends else None
        whole_day = ends is None and (begins.hour, begins.minute) == (0, 0)
        tables["schedule"].append(
            {
                "id": _id("schedule", service, str(number)),
                "service_id": service,
                # The day as people there call it: in UTC a whole day would be the day before.
                "dtstart": begins.date().isoformat(),
                "until": (ends or begins).date().isoformat(),
                "opens_at": "" if whole_day else _clock(begins),
                "closes_at": _clock(ends) if ends else "",
                "description": session.place,
            }
        )
    facets = [("soort", one.kind.value), ("id", one.external_id or f"{OWN_ID}{one.id}")]
    facets += [("niveau", level.value) for level in one.levels]
    facets += [("thema", theme) for theme in one.themes]
    facets += [("trefwoord", tag) for tag in one.tags]
    if one.not_reached_by_education:
        facets.append(("niet_gevat", "ja"))
    if one.invented:
        facets.append(("verzonnen", "ja"))
    facets += [(name, text) for name, text in own_cells(one).items() if text]
    for name, value in facets:
        _attribute(tables, service, name, value)


def _clock(moment: datetime) -> str:
    """Return the hour, and how far it is from UTC ("19:00+02:00"), as the specification asks."""
    return moment.isoformat(timespec="minutes").partition("T")[2]


def own_cells(one: Offering) -> dict[str, str]:
    """Return what HSDS has no field for, by our own names: the details of a kind, say."""
    details = {name: text for name, text in one.details.items() if isinstance(text, str)}
    members = one.details.get("members", ())
    return {
        **{name: details.get(name, "") for name in DETAILS},
        "direction": details.get("direction", "").replace("-", " "),
        "owner_name": details.get("owner", ""),
        "members": "" if isinstance(members, str) else "; ".join(map(member_cell, members)),
        "status_since": one.status_since.isoformat() if one.status_since else "",
        "assured_by": one.assured_by,
    }


def member_cell(member: Mapping[str, str]) -> str:
    """Return a member of a network as a cell: "vzw A: trekker (dossiers)"."""
    duty = member.get("responsibility", "")
    said = f"{member.get('name', '')}: {member.get('role', '')}"
    return f"{said} ({duty})" if duty else said


def _attribute(
    tables: dict[str, list[dict[str, str]]], service: str, name: str, value: str
) -> None:
    taxonomy, term = _id("taxonomy", name), _id("term", name)
    if all(row["id"] != taxonomy for row in tables["taxonomy"]):
        tables["taxonomy"].append({"id": taxonomy, "name": name, "description": name})
        tables["taxonomy_term"].append(
            {
                "id": term,
                "code": name,
                "name": name,
                "description": name,
                "taxonomy_id": taxonomy,
            }
        )
    tables["attribute"].append(
        {
            "id": _id("attribute", service, name, value),
            "link_id": service,
            "taxonomy_term_id": term,
            "link_entity": "service",
            "value": value,
        }
    )


class _Package:
    """The tables of a package, joined by their ids."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._organizations = {row.get("id", ""): row for row in tables.get("organizations", ())}
        self._locations = {row.get("id", ""): row for row in tables.get("locations", ())}
        self._addresses = _by(tables.get("addresses", ()), "location_id")
        self._at = _by(tables.get("at_location", ()), "service_id")
        self._by_organization = _by(tables.get("locations", ()), "organization_id")
        self._areas = _by(tables.get("areas", ()), "service_id")
        self._schedules = _by(tables.get("schedules", ()), "service_id")
        self._eligibility = _by(tables.get("eligibility", ()), "service_id")
        terms = {row.get("id", ""): row for row in tables.get("terms", ())}
        self._facets: dict[str, list[tuple[str, str]]] = {}
        for row in tables.get("taxonomy", ()):
            service = row.get("link_id") or row.get("service_id", "")
            term = terms.get(row.get("taxonomy_term_id") or row.get("taxonomy_id", ""), {})
            value = row.get("value") or term.get("name", "")
            self._facets.setdefault(service, []).append((term.get("code", ""), value))

    def cells(self, service: Mapping[str, str]) -> dict[str, str]:
        """Return one service as the cells of our own columns."""
        number = service.get("id", "")
        organization = self._organizations.get(service.get("organization_id", ""), {})
        eligible = (self._eligibility.get(number) or [{}])[0]
        facets = self._facets.get(number, [])
        ours = {
            field: "; ".join(value for name, value in facets if name == code)
            for field, code in _CODES.items()
        }
        described = service.get("description") or service.get("alternate_name", "")
        status = service.get("status", "").strip().lower()
        owner = "" if _stands_in(organization, service) else organization.get("name", "")
        email = service.get("email") or organization.get("email", "")
        return {
            "external_id": ours.pop("external_id") or number,
            "name": service.get("name", ""),
            "organization": owner,
            "description": _TAGS.sub(" ", described),
            "url": service.get("url") or organization.get("url", ""),
            "email": email if "@" in email else "",
            "owner_email": service.get("assurer_email", ""),
            "status": "volzet" if service.get("alert") == "volzet" else _STATUS.get(status, ""),
            "application_process": _TAGS.sub(" ", service.get("application_process", "")),
            "assured_date": service.get("assured_date", "")[:10],
            "minimum_age": service.get("minimum_age") or eligible.get("minimum_age", ""),
            "maximum_age": service.get("maximum_age") or eligible.get("maximum_age", ""),
            "locations": "; ".join(self._places(service)),
            "regions": "; ".join(self._regions(number)),
            **ours,
            "tags": "; ".join(value for name, value in facets if name in {"", "trefwoord"}),
            "sessions": "; ".join(filter(None, map(_when, self._schedules.get(number, ())))),
        }

    def _places(self, service: Mapping[str, str]) -> list[str]:
        linked = [row.get("location_id", "") for row in self._at.get(service.get("id", ""), ())]
        if not linked:
            theirs = self._by_organization.get(service.get("organization_id", ""), ())
            linked = [row.get("id", "") for row in theirs]
        found: dict[str, None] = {}
        for number in linked:
            addresses = self._addresses.get(number, ())
            cities = [row["city"] for row in addresses if row.get("city")]
            for name in cities or [self._locations.get(number, {}).get("name", "")]:
                if name.strip():
                    found[name.replace(";", ",").strip()] = None
        return list(found)

    def _regions(self, service: str) -> list[str]:
        # An area that is none of the six regions says nothing that Brug can use.
        known = {region.label.lower() for region in Region}
        rows = self._areas.get(service, ())
        names = (row.get("name") or row.get("service_area", "") for row in rows)
        return [name for name in names if name.lower() in known]


def _stands_in(organization: Mapping[str, str], service: Mapping[str, str]) -> bool:
    """Return whether an organisation is the one that our export made for an entry without one."""
    name = service.get("name", "")
    return organization.get("name") == organization.get("description") == name


_CODES = {
    "external_id": "id",
    "kind": "soort",
    "levels": "niveau",
    "themes": "thema",
    "not_reached_by_education": "niet_gevat",
    "invented": "verzonnen",
    **{name: name for name in DETAILS},
    **{name: name for name in ("direction", "owner_name", "members")},
    **{name: name for name in ("status_since", "assured_by")},
}


def _when(schedule: Mapping[str, str]) -> str:
    """Return a schedule that is one day as our own columns say it; empty for another."""
    try:
        # Times are in UTC ("Z") or say how far from it they are.
        begins = _moment(schedule.get("dtstart", ""), schedule.get("opens_at", ""))
        ends = _moment(schedule.get("dtstart", ""), schedule.get("closes_at", ""))
    except ValueError:
        return ""
    if begins is None:
        return ""
    day = f"{begins:%Y-%m-%d}"
    if not schedule.get("opens_at") or (begins.hour, begins.minute) == (0, 0):
        return day
    return f"{day} {begins:%H:%M}" + (
        f"-{ends:%H:%M}" if schedule.get("closes_at") and ends else ""
    )


def _moment(day: str, clock: str) -> datetime | None:
    if not day:
        return None
    said = datetime.fromisoformat(f"{day[:10]}T{clock or '00:00'}")
    return said.astimezone(_BRUSSELS) if said.tzinfo else said.replace(tzinfo=_BRUSSELS)


def _by(rows: Table, column: str) -> dict[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        found.setdefault(row.get(column, ""), []).append(row)
    return found


def _members(path: Path) -> dict[str, str]:
    """Return the files of a package that are read, by what they hold."""
    if path.is_dir():
        names = [one.name for one in path.iterdir() if one.is_file()]
    elif zipfile.is_zipfile(path):
        check_zip(path)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    else:
        return {}
    there = {name.rsplit("/", 1)[-1].lower(): name for name in sorted(names)}
    # The first name that is there: version 3 has a "taxonomy" beside its "taxonomy_term".
    return {
        key: next(there[f"{stem}.csv"] for stem in stems.split() if f"{stem}.csv" in there)
        for key, stems in _FILES.items()
        if any(f"{stem}.csv" in there for stem in stems.split())
    }


def _read(path: Path) -> dict[str, tuple[str, bytes]]:
    members = _members(path)
    if path.is_dir():
        return {key: (name, (path / name).read_bytes()) for key, name in members.items()}
    with zipfile.ZipFile(path) as archive:
        return {key: (name, archive.read(name)) for key, name in members.items()}


def _table(raw: bytes, name: str) -> list[tuple[int, dict[str, str]]]:
    rows = iter(csv_rows(decoded(raw), name))
    header = next(rows, None)
    if header is None:
        return []
    columns = [column.strip().lower() for column in header.cells]
    return [
        (line.number, dict(zip(columns, line.cells, strict=False)))
        for line in rows
        if any(line.cells)
    ]


def _hsds_status(status: Status) -> str:
    """Return a status as HSDS 3.1 knows it: what is full is still active there, with an alert."""
    return {
        Status.ACTIVE: "active",
        Status.FULL: "active",
        Status.TEMPORARILY_CLOSED: "temporarily closed",
        Status.DEFUNCT: "defunct",
    }[status]


def _id(*parts: str) -> str:
    """Return a UUID, as HSDS wants, that is the same in every export."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return a table as CSV with commas, as HSDS wants."""
    made = io.StringIO()
    writer = csv.DictWriter(made, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()
