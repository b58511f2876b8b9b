"""What may be logged: keys, counts, references; never words that people typed.

A traceback is written without the message of its exception: a message may quote what somebody
typed ("invalid literal for int(): …"), a line of code does not.
"""

import logging
import traceback
from types import TracebackType


class WithoutWords(logging.Formatter):
    """Formats a record; of an exception it shows the kinds and the lines of code, no message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line, and a traceback without messages below it."""
        # Another handler may have left its own text of the traceback in the record, messages
        # included: logging would take that instead of asking this formatter.
        record.exc_text = None
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(  # noqa: N802 - logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the kinds of the exceptions and where they were raised."""
        lines: list[str] = []
        fault = ei[1]
        while fault is not None:
            lines += traceback.format_tb(fault.__traceback__)
            lines.append(f"{type(fault).__module__}.{type(fault).__qualname__}\n")
            fault = fault.__cause__ or fault.__context__
        return "".join(lines).rstrip()


def start(level: str) -> None:
    """Log to standard error, from this level on ("INFO")."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutWords("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # It tells of every look at what waits: three lines a second.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
