"""What Brug knows, and keeps.

This package is the floor of the house: it imports nothing else of ours, and it is the only one
that speaks SQL. Read it in this order:

    records.py      the things that Brug knows, as plain frozen values
    errors.py       what can go wrong, as a tree
    tables.py       how those things lie in the database
    transaction.py  one unit of work over all that follows; `open_store(url)` starts it
    gazetteer.py    names of places
    people.py       persons, and who looks after the data
    links.py        users of a platform whom a steward linked to one of them
    coverage.py     who stands for which region, and who is away on a day
    absences.py     absences over time: registered, withdrawn, looked up
    directory.py    what the directory holds; offerings.py reads and changes it
    catalogue.py    the search index over it, one per process; search/ is the index itself
    outbox.py       letters waiting to be sent, at most one per key; locks.py  one owner each
    digests.py      channels that get a digest, and what became of each
    receipts.py     platform events already seen
    revisions.py    counters of changes; audit.py  who did what
    seeds/          facts to start from, each with source and date; seeding.py loads them
    backup.py       copies that can be put back
    migrations/     the tables' history; preparing.py brings a database up to date
"""

from store.errors import StoreError
from store.preparing import load_demonstration, seed, upgrade
from store.transaction import Store, Transaction, open_store

__all__ = [
    "Store",
    "StoreError",
    "Transaction",
    "load_demonstration",
    "open_store",
    "seed",
    "upgrade",
]
