"""Logs of the island: what happened and where, never what was said.

Rasa's own records hold message text, slot values and tracker events, so a record of any logger but ours is reduced to
its level, place and exception type. Exception messages may quote a message too (SQL parameters do) and are left out.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, Optional, Type

OURS = "bot.dialogue"


class Reticent(logging.Formatter):
    """``time level logger:function:line [exception]`` for other loggers' records, the message itself for ours."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname}"
        if record.name.startswith(OURS):
            return f"{head} {record.name} {record.getMessage()}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{head} {record.name}:{record.funcName}:{record.lineno}" + (f" {where(error)}" if error else "")


def where(error: BaseException) -> str:
    """An exception's type and the innermost place it came from: “KeyError at processor.py:512 in parse”."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return type(error).__name__ + place


def configure(level: str = "WARNING") -> None:
    """Send every record of this process, structlog's and warnings too, through ``Reticent`` to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Reticent())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    _configure_structlog()


def _configure_structlog() -> None:
    import structlog

    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _event_only],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _event_only(_: Any, __: str, event: Any) -> str:
    return str(event.get("event", ""))


def _uncaught(kind: Type[BaseException], error: BaseException, trace: Optional[TracebackType]) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(OURS).critical("stopped by %s", where(error))
    for frame in traceback.extract_tb(trace):
        logging.getLogger(OURS).critical("  %s:%s in %s", frame.filename, frame.lineno, frame.name)
