"""What can go wrong with what Brug keeps.

StoreError             whatever follows; the message says what to do next
├── UnknownDatabase    the setting names no database that Brug knows
├── StoreUnreachable   the database does not answer
├── StoreBusy          others held the database for too long; nothing was written
└── SeedBroken         a seed file has rows that cannot be read; nothing of it was loaded
"""


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
