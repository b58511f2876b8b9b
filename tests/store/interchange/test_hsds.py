import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, validate

from store import Store
from store.directory import Session
from store.glossary import VOCABULARY
from store.interchange.hsds import COLUMNS, PATHS
from store.interchange.reading import Reader
from store.interchange.writing import write_csv, write_hsds, write_xlsx
from store.search.entry import Status
from store.search.vocabulary import read_vocabulary
from store.seeds.reading import read_gazetteer

# A package of version 1.x, of the shape that is found in the wild. All of it is invented.
OLD = {
    "organizations.csv": "id,name,email,url\n9,vzw De Verzonnen Brug,info@example.org,\n",
    "services.csv": (
        "id,organization_id,name,description,url,email,status,application_process\n"
        '1,9,Dagbesteding De Wissel,"<p>Koken,\nmet twee</p>",,,active,Via het CLB\n'
        "2,9,Time-out De Kering,,https://example.org/t,,inactive,\n"
        ",9,,,,,,\n"
    ),
    "locations.csv": "id,organization_id,name\n5,9,Huis A\n",
    "physical_addresses.csv": "id,location_id,address_1,city\n1,5,Straat 1,Tienen\n",
    "services_at_location.csv": "id,service_id,location_id\n1,1,5\n",
    "eligibility.csv": "id,service_id,minimum_age,maximum_age\n1,1,12,18\n",
    "regular_schedules.csv": "id,service_id,weekday\n,1,Monday\n",
}

# From the schemas of HSDS 3.1 (https://github.com/openreferral/specification, folder "schema",
# read on 2026-11-24): `required` and `tabular_required`, enumerations and formats of what we
# write. No package that can be installed has them, and a test may not reach for the network.
UUID = {"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$"}
TEXT = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}.*)?$"}
TIME = {"type": "string", "pattern": r"^(\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?$"}
NUMBER = {"type": "string", "pattern": r"^\d*(\.\d+)?$"}
STATUSES = {"enum": ["active", "inactive", "defunct", "temporarily closed"]}
REQUIRED = {
    "organization": {"id": UUID, "name": TEXT, "description": TEXT},
    "service": {
        "id": UUID,
        "organization_id": UUID,
        "name": TEXT,
        "status": STATUSES,
        "assured_date": DAY,
        "last_modified": DAY,
        "minimum_age": NUMBER,
        "maximum_age": NUMBER,
    },
    "location": {"id": UUID, "location_type": {"enum": ["physical", "postal", "virtual"]}},
    "service_at_location": {"id": UUID, "service_id": UUID, "location_id": UUID},
    "service_area": {"id": UUID, "service_id": UUID},
    "schedule": {"id": UUID, "dtstart": DAY, "until": DAY, "opens_at": TIME, "closes_at": TIME},
    "taxonomy": {"id": UUID, "name": TEXT, "description": TEXT},
    "taxonomy_term": {"id": UUID, "name": TEXT, "description": TEXT, "taxonomy_id": UUID},
    "attribute": {"id": UUID, "link_id": UUID, "taxonomy_term_id": UUID, "link_entity": TEXT},
}


SAID = (
    *("name", "kind", "organization", "description", "url", "email", "owner_email", "levels"),
    *("minimum_age", "maximum_age", "themes", "tags", "regions", "locations", "status"),
    *("status_since", "not_reached_by_education", "application_process", "details", "sessions"),
    *("assured_date", "assured_by", "invented"),
)


@pytest.fixture(scope="session")
def reader() -> Reader:
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        return Reader(read_gazetteer(), read_vocabulary(lines))


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
def test_a_package_of_version_1_is_read(zipped: bool, reader: Reader, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    path = tmp_path / ("pakket.zip" if zipped else "pakket")
    if zipped:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in OLD.items():
                archive.writestr(f"pakket/{name}", text)
    else:
        path.mkdir()
        for name, text in OLD.items():
            (path / name).write_text(text)

    reading = reader.read(path, source="x", as_of=date(2026, 11, 23))

    first, second = (row.offering for row in reading.rows)
    assert (first.external_id, first.organization) == ("1", "vzw De Verzonnen Brug")
    assert (first.minimum_age, first.maximum_age, first.locations) == (12, 18, ("Tienen",))
    assert (first.description, first.application_process) == ("Koken,\nmet twee", "Via het CLB")
    assert second.status is Status.TEMPORARILY_CLOSED
    assert not reading.wrong  # a row of numbers alone says nothing


def test_our_export_is_valid_against_the_field_lists_of_version_3(
    sqlite_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "uit.zip"
    with sqlite_store.read() as tx:
        write_hsds(path, tx.offerings.all())

    with zipfile.ZipFile(path) as archive:
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(PATHS[name]).decode())))
            for name in COLUMNS
        }

    assert set(tables) == set(REQUIRED)
    for name, rows in tables.items():
        assert rows, name
        schema = {
            "type": "object",
            "properties": REQUIRED[name],
            "required": sorted(REQUIRED[name]),
            "propertyNames": {"enum": list(COLUMNS[name])},
        }
        every: dict[str, object] = {"type": "array", "items": schema}
        validate(rows, every, Draft202012Validator)
        assert len({row["id"] for row in rows}) == len(rows), name
    services = {row["id"] for row in tables["service"]}
    assert {row["link_id"] for row in tables["attribute"]} == services
    assert {row["service_id"] for row in tables["service_at_location"]} <= services


def test_a_moment_has_the_day_and_the_hour_of_where_it_is(
    sqlite_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "uit.zip"
    evening = Session(
        datetime(2026, 7, 6, 22, 30, tzinfo=UTC), datetime(2026, 7, 6, 23, 30, tzinfo=UTC)
    )
    whole_day = Session(datetime(2027, 1, 11, 23, tzinfo=UTC))
    with sqlite_store.read() as tx:
        one = replace(tx.offerings.all()[0], sessions=(evening, whole_day))
    write_hsds(path, [one])

    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read(PATHS["schedule"]).decode())))

    said = [(row["dtstart"], row["until"], row["opens_at"], row["closes_at"]) for row in rows]
    assert said == [
        ("2026-07-07", "2026-07-07", "00:30+02:00", "01:30+02:00"),
        ("2027-01-12", "2027-01-12", "", ""),
    ]


def test_the_package_describes_itself(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "uit.zip"
    with sqlite_store.read() as tx:
        write_hsds(path, tx.offerings.all())
    with zipfile.ZipFile(path) as archive:
        described = json.loads(archive.read("datapackage.json"))
        resources = {one["name"]: one for one in described["resources"]}
        assert set(archive.namelist()) == {"datapackage.json", *PATHS.values()}
        for name, one in resources.items():
            header = archive.read(one["path"]).decode().splitlines()[0].split(",")
            assert [field["name"] for field in one["schema"]["fields"]] == header
            for link in one["schema"]["foreignKeys"]:
                assert link["reference"]["resource"] in resources, name


@pytest.mark.parametrize("ending", ["csv", "xlsx", "zip"])
def test_an_export_brings_everything_back_into_an_empty_directory(
    ending: str, sqlite_store: Store, reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / f"uit.{ending}"
    with sqlite_store.read() as tx:
        there = tx.offerings.all()
    {"csv": write_csv, "xlsx": write_xlsx, "zip": write_hsds}[ending](path, there)
    reading = reader.read(path, source="x", as_of=date(2026, 11, 23))

    assert not reading.wrong
    came = {row.offering.external_id: row.offering for row in reading.rows}
    for one in there:
        back = came[one.external_id]
        for name in SAID:
            assert getattr(back, name) == getattr(one, name), (one.external_id, name)
