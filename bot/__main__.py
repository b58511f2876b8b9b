"""Start the command line: `brug`, or `python -m bot`. The commands are in `commands.py`."""

import gc
import os
import sys
import threading

# Measured: a tenth of a cold `brug ask` went to collecting garbage that the end of the process
# collects anyway. The commands that live longer wake the collector.
gc.disable()

from bot.commands import app  # noqa: E402 - the collector sleeps while this is imported


def main() -> None:
    """Run the command line."""
    try:
        app()
    except SystemExit as end:
        if isinstance(end.code, int) and threading.active_count() == 1:
            _leave(end.code)
        raise


def _leave(code: int) -> None:
    """End at once: everything is closed, and taking the modules apart costs a `brug ask` 0.1 s."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # who reads the pipe is gone: Python's own way out knows what to say of that
        return
    os._exit(code)


if __name__ == "__main__":
    main()
