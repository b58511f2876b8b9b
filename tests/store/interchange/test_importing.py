"""What an import would change and what it changes: twice, at once, after a correction."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from store import Store
from store.interchange.comparing import Plan, apply, compare
from store.interchange.reading import Reading
from store.search.entry import Status
from tests.conftest import MONDAY
from tests.store.interchange.sheets import HEADER, ROW, everything, imported


def test_the_same_file_twice_changes_nothing(store: Store, read: Callable[[str], Reading]) -> None:
    reading = read(f"{HEADER}\n{ROW}\n;Zonder id;;;;;;;;;;;;;\n")

    plans = [imported(store, reading) for _ in range(2)]

    assert [(len(p.new), len(p.changed), p.same) for p in plans] == [(2, 0, 0), (0, 0, 2)]
    assert {one.version for one in everything(store)} == {1}


def test_the_files_own_id_makes_a_second_import_an_update(
    store: Store, read: Callable[[str], Reading]
) -> None:
    imported(store, read(f"{HEADER}\n{ROW}\n"))

    plan = imported(store, read("id;naam;status\n7;De Wissel;open\n"))

    assert [set(one.values) for one in plan.changed] == [{"name", "status"}]
    (one,) = everything(store)
    assert (one.name, one.status, one.organization, one.version) == (
        "De Wissel",
        Status.ACTIVE,
        "vzw De Verzonnen Brug",
        2,
    )


def test_what_a_person_confirmed_later_is_not_overwritten(
    store: Store, read: Callable[[str], Reading]
) -> None:
    imported(store, read(f"{HEADER}\n{ROW}\n"))
    (one,) = everything(store)
    with store.begin() as tx:
        tx.offerings.confirm(
            one.id, day=MONDAY.date(), by="Noor Voorbeeld", at=MONDAY, actor="person:1"
        )

    older = imported(store, read(f"{HEADER}\n{ROW.replace('Koken', 'Anders')}\n"))
    newer = imported(
        store,
        read(f"{HEADER}\n{ROW.replace('Koken', 'Nieuw').replace('2/11/2026', '24/11/2026')}\n"),
    )

    assert (len(older.kept), len(older.changed)) == (1, 0)
    assert (len(newer.kept), len(newer.changed)) == (0, 1)
    assert everything(store)[0].description == "Nieuw"


def test_what_a_person_corrects_between_the_plan_and_the_import_is_not_overwritten(
    store: Store, read: Callable[[str], Reading]
) -> None:
    imported(store, read(f"{HEADER}\n{ROW}\n"))
    (one,) = everything(store)
    with store.read() as tx:
        plan = compare(read(f"{HEADER}\n{ROW.replace('Koken', 'Oud')}\n"), tx.offerings)
    with store.begin() as tx:
        tx.offerings.change(
            one.id, {"description": "Verbeterd"}, at=MONDAY, actor="person:1", source="Noor"
        )

    with store.begin() as tx:
        done = apply(plan, tx.offerings, at=MONDAY, actor="system", source="aanbod.csv")

    (now,) = everything(store)
    assert (now.description, now.version) == ("Verbeterd", 2)
    assert (len(plan.changed), len(done.changed), len(done.kept)) == (1, 0, 1)


def test_what_somebody_adds_between_the_plan_and_the_import_is_not_added_twice(
    store: Store, read: Callable[[str], Reading]
) -> None:
    reading = read(f"{HEADER}\n{ROW}\n")
    with store.read() as tx:
        plan = compare(reading, tx.offerings)
    imported(store, reading)

    with store.begin() as tx:
        done = apply(plan, tx.offerings, at=MONDAY, actor="system", source="aanbod.csv")

    assert len(everything(store)) == 1
    assert (len(done.new), done.same) == (0, 1)


def test_two_imports_of_one_file_at_once_bring_it_in_once(
    store: Store, read: Callable[[str], Reading]
) -> None:
    reading = read(f"{HEADER}\n{ROW}\n")
    planned = Barrier(2)

    def bring(_: int) -> Plan:
        with store.read() as tx:
            plan = compare(reading, tx.offerings)
        planned.wait()
        with store.begin() as tx:
            return apply(plan, tx.offerings, at=MONDAY, actor="system", source="aanbod.csv")

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(bring, range(2)))

    assert len(everything(store)) == 1
    assert sorted(len(plan.new) for plan in done) == [0, 1]


def test_a_likely_double_is_proposed_and_not_merged(
    store: Store, read: Callable[[str], Reading]
) -> None:
    imported(store, read("naam;organisatie\nDagbesteding De Wissel;vzw A\n"))

    plan = imported(store, read("naam;organisatie\nDagbesteding de wisssel;vzw A\n"))

    assert [(one.name, one.like.name) for one in plan.doubles] == [
        ("Dagbesteding de wisssel", "Dagbesteding De Wissel")
    ]
    assert len(everything(store)) == 2


@pytest.mark.parametrize(
    ("name", "organization"),
    [
        ("Timeout De Lantaarn", "Testhuis"),
        ("Time out lantaarn", "vzw Testhuis"),
        ('TIME-OUT "De Lantaarn"', "Testhuis v.z.w."),
        ("Time-out De Lantarn", "testhuis VZW"),
        ("Time out Lantaarn", ""),
    ],
)
def test_a_double_that_is_written_otherwise_is_proposed(
    name: str, organization: str, store: Store, read: Callable[[str], Reading]
) -> None:
    imported(store, read("naam;organisatie;gemeente\nTime-out De Lantaarn;vzw Testhuis;Genk\n"))

    row = f'"{name.replace(chr(34), chr(34) * 2)}";{organization};Genk'
    plan = imported(store, read(f"naam;organisatie;gemeente\n{row}\n"))

    assert [one.like.name for one in plan.doubles] == ["Time-out De Lantaarn"]


@pytest.mark.parametrize(
    ("name", "organization"),
    [("Time-out De Vuurtoren", "vzw Testhuis"), ("Time-out De Lantaarn", "vzw Anders")],
)
def test_another_thing_is_no_double(
    name: str, organization: str, store: Store, read: Callable[[str], Reading]
) -> None:
    imported(store, read("naam;organisatie;gemeente\nTime-out De Lantaarn;vzw Testhuis;Genk\n"))

    plan = imported(store, read(f"naam;organisatie;gemeente\n{name};{organization};Genk\n"))

    assert plan.doubles == ()
