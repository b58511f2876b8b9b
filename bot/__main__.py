"""Start the command line: `brug`, or `python -m bot`. The commands are in `commands.py`."""

import gc

# Measured: a tenth of a cold `brug ask` went to collecting garbage that the end of the process
# collects anyway. The commands that live longer wake the collector.
gc.disable()

from bot.commands import app  # noqa: E402 - the collector sleeps while this is imported


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
