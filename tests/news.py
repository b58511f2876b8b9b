"""What happens in a region, for tests of what is told about it. Everything here is invented."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.digesting.blocks import BLOCKS
from handlers.digesting.composing import compose
from store import Store
from store.directory import Offering, OfferingKind, Session
from store.needs import UnmetNeed
from store.privacy import SafeText, guard
from store.records import Absence, Letter, Provenance, Region, Subscription
from store.search.entry import Status
from store.signals import Addressee, Anonymity, Draft, Level, Phase
from store.signals.records import Backing
from tests.conftest import MONDAY
from tests.subscriptions import CHANNEL, a_subscription

WEEK = timedelta(weeks=1)
AN_OFFERING = Offering(
    name="Huis De Verzonnen Brug",
    organization="vzw De Verzonnen Brug",
    url="https://example.org/huis",
    regions=(Region.LIMBURG,),
    locations=("Genk",),
    minimum_age=12,
    maximum_age=18,
    assured_date=date(2026, 11, 2),
    provenance=Provenance("aanbod.csv", date(2026, 11, 3)),
)


def channel(store: Store, *blocks: str, address: str = CHANNEL) -> Subscription:
    """A channel of Limburg that wants these blocks."""
    wanted = a_subscription(blocks=blocks, address=address)
    with store.begin() as tx:
        return tx.digests.keep(wanted, MONDAY, "person:1")


def begun(store: Store, *blocks: str, address: str = CHANNEL) -> Subscription:
    """A channel that had its first digest: what was there is told."""
    to = channel(store, "people", *blocks, address=address)
    with store.begin() as tx:
        known = compose(to, "", tx, MONDAY).known
        tx.outbox.put(Letter("first", to.address, "{}", MONDAY))
        tx.digests.issue_letter(to, "first", MONDAY, MONDAY, "first", known)
        tx.outbox.sent("first", "1.1", MONDAY, None)
    return to


def add(store: Store, *offerings: Offering) -> list[int]:
    with store.begin() as tx:
        return tx.offerings.add_all(offerings, MONDAY)


def set_status(store: Store, number: int, status: Status) -> None:
    with store.begin() as tx:
        tx.offerings.change(
            number, {"status": status}, at=MONDAY, actor="person:1", source="Noor Voorbeeld"
        )


def a_signal(
    store: Store, text: str, *, quarantined: bool = False, confirmed: bool = False
) -> int:
    with store.begin() as tx:
        draft = Draft(
            text=guard(text, confirmed=confirmed),
            level=Level.SECUNDAIR,
            region=Region.LIMBURG,
            addressee=Addressee.BEIDE,
            meeting=SafeText(""),
            quarantined=quarantined,
            look_by=date(2026, 12, 7),
            backing=Backing(
                text, "slack:T1:UNOOR", "", Anonymity.DUO, guard("vzw Een"), SafeText(""), "nl"
            ),
        )
        return tx.signals.create(draft, MONDAY)[0].number


def move(store: Store, number: int, to: Phase, at: datetime = MONDAY) -> None:
    with store.begin() as tx:
        signal = tx.signals.get(number)
        assert signal is not None
        tx.signals.move(number, to, signal.version, "person:1", at)


def need(store: Store, times: int, *themes: str, day: date | None = None) -> None:
    with store.begin() as tx:
        for _ in range(times):
            words = guard("opvang met paarden")
            tx.needs.add(UnmetNeed(day or MONDAY.date(), words, (Region.LIMBURG,), themes=themes))


def everything(store: Store, address: str = CHANNEL) -> Subscription:
    """A channel with news in every block."""
    number = a_signal(store, "Er zijn te weinig plaatsen in een time-out.")
    to = begun(store, *(block.name for block in BLOCKS), address=address)
    add(store, *(replace(AN_OFFERING, name=f"Huis {n}", assured_date=None) for n in range(4)))
    moment = replace(AN_OFFERING, kind=OfferingKind.MOMENT, sessions=(Session(MONDAY + 2 * WEEK),))
    add(store, *(replace(moment, name=f"Netwerkmoment {n}") for n in range(3)))
    move(store, number, Phase.ANALYSEREN)
    need(store, 6, "dagbesteding")
    with store.begin() as tx:
        signal = tx.signals.get(number)
        assert signal is not None
        bundle, _ = tx.bundles.make(Region.LIMBURG, "2026-27", [signal], "person:1", MONDAY)
        tx.bundles.sent(bundle, Addressee.WELZIJN, MONDAY.date(), "person:1", MONDAY)
        away = next(
            a.person for a in tx.coverage.assignments(MONDAY.date()) if a.region is Region.LIMBURG
        )
        for day in (1, 2, 3):
            on = date(2026, 12, day)
            tx.absences.register(Absence(0, away, on, on, None), None, MONDAY, "person:1")
    return to
