"""Print every table: `make bench`, or `python -m tests.bench [name …]` for some of them.

Each table is a module beside this file, and runs alone too: `python -m tests.bench.places`.
"""

import runpy
import sys
import time
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
    failed: list[str] = []
    for name in wanted:
        print(f"\n## {name}\n", flush=True)
        start = time.perf_counter()
        try:
            runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")
        except SystemExit as end:  # one table that gives up does not keep the others back
            if end.code:
                failed.append(name)
                print(end.code)
        print(f"\n({name}: {time.perf_counter() - start:.0f} s)", flush=True)
    if failed:
        sys.exit(f"no whole table: {', '.join(failed)}")


if __name__ == "__main__":
    main()
