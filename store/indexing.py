"""Build the search index: what the process runs that `store.elsewhere` starts."""

import os
import sys
from pathlib import Path

from store.transaction import open_store

_LESS_URGENT = 5
"""How much nicer than those who answer (see `man nice`)."""


def main() -> None:
    """Build the index of the database whose URL comes in, in the folder that is named."""
    os.nice(_LESS_URGENT)
    store = open_store(sys.stdin.read(), Path(sys.argv[1]))
    try:
        store.catalogue.keep()
    finally:
        store.close()


if __name__ == "__main__":
    main()
