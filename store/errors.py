"""What can go wrong with what Brug keeps.

StoreError             whatever follows; the message says what to do next
├── UnknownDatabase    the setting names no database that Brug knows
├── NewerDatabase      its tables are of a newer Brug than this one
├── StoreUnreachable   the database does not answer
├── StoreBusy          others held the database for too long; nothing was written
├── BackupFailed       a copy could not be made, or not be put back; nothing was changed
└── SeedBroken         a seed file has rows that cannot be read; nothing of it was loaded
"""

from collections.abc import Sequence
from dataclasses import dataclass


class StoreError(Exception):
    """Something is wrong with what Brug keeps."""


class UnknownDatabase(StoreError):
    """The setting names no database that Brug knows."""

    def __init__(self, url: str) -> None:
        """Name what was found and what is expected; the URL itself may hold a password."""
        found = url.partition("://")[0] or "nothing"
        super().__init__(
            f"BRUG_DATABASE_URL: found a URL that starts with {found!r}; expected "
            "sqlite:///path/to/brug.db or postgresql://user@host/database"
        )


class NewerDatabase(StoreError):
    """Its tables are of a newer Brug than this one."""

    def __init__(self, found: str, newest: str) -> None:
        """Name both revisions."""
        super().__init__(
            f"the database has tables of revision {found}, this Brug knows them up to {newest}: "
            "install the newer Brug, or use another database (BRUG_DATABASE_URL)"
        )


class StoreUnreachable(StoreError):
    """The database does not answer."""

    def __init__(self, url: str) -> None:
        """Name the database, without its password."""
        super().__init__(f"no answer from {url}: is it running, and may this user connect?")


class StoreBusy(StoreError):
    """Others held the database for too long; nothing was written."""

    def __init__(self, seconds: float) -> None:
        """Say how long it took."""
        super().__init__(
            f"the database was busy for {seconds:g} s; nothing was written, try again"
        )


class BackupFailed(StoreError):
    """A copy could not be made, or not be put back; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell of a seed file that cannot be read.

    Attributes:
        file: The name of the file.
        line: Counted from 1; the header is line 1.
        column: The name of the column; empty when the whole row is meant.
        found: What stands there.
        expected: What should stand there.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Say it in one line, for whoever mends the file."""
        where = f", column {self.column}" if self.column else ""
        return (
            f"{self.file}, line {self.line}{where}: found {self.found!r}; expected {self.expected}"
        )


class SeedBroken(StoreError):
    """A seed file has rows that cannot be read; nothing of it was loaded.

    Attributes:
        faults: Every broken row, in the order of the files.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Name every broken row."""
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(
            f"{len(self.faults)} broken rows in the seed files, nothing was loaded:\n{lines}"
        )
