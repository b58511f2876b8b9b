"""Print every table: `make bench`, or `python -m tests.bench [name …]` for some of them.

Each table is a module beside this file, and runs alone too: `python -m tests.bench.places`.
"""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
TABLES = sorted(
    path.stem
    for path in HERE.glob("*.py")
    if not path.stem.startswith(("_", "test_")) and not path.stem.endswith("_peers")
)


def main() -> None:
    """Run the tables that were named, or all of them."""
    wanted = sys.argv[1:] or TABLES
    if unknown := [name for name in wanted if name not in TABLES]:
        sys.exit(f"no table {', '.join(unknown)}; there are {', '.join(TABLES)}")
    sys.argv = sys.argv[:1]
    for name in wanted:
        print(f"\n## {name}\n", flush=True)
        runpy.run_module(f"tests.bench.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
