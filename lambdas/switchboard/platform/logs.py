"""Structured logs: one line a decision, keys not prose, never what a person said."""

import logging
import traceback
import warnings
from functools import cache
from pathlib import Path
from typing import TextIO

from aws_lambda_powertools import Logger

OURS = "switchboard"


@cache
def logger() -> Logger:
    """The logger of this function; the `switchboard` modules' own loggers write through it.

    Lambda goes by a line's level only if its time is written as in RFC 3339:
    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
    """
    made = Logger(use_rfc3339=True)
    ours = logging.getLogger(OURS)
    ours.handlers = [made.registered_handler]
    ours.setLevel(made.log_level)
    ours.propagate = False
    return made


def failed(what: str, error: Exception) -> None:
    """An error's type and the innermost line of ours, never its message: that may quote a person."""
    logger().error(what, extra={"error": type(error).__name__, "where": _where(error)}, stacklevel=2)


def silence_others() -> None:
    """From now on the libraries' warnings are lines of ours that repeat none of their words.

    What they say below a warning is not even made, and nobody else listens to them.
    """
    root = logging.getLogger()
    root.handlers = [_Others(logging.WARNING)]
    root.setLevel(logging.WARNING)
    warnings.showwarning = _warn
    logger()


class _Others(logging.Handler):
    """Of a library's record: which library, where and how bad. Its words may hold anything."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0] if record.exc_info else None
        told = {
            "library": record.name,
            "where": f"{record.module}.{record.funcName}:{record.lineno}",
            "error": error and error.__name__,
        }
        logging.getLogger(OURS).log(record.levelno, "a library complains", extra=told)


def _warn(
    message: Warning | str,  # noqa: ARG001 - Python's own would print it, and pydantic's quotes values
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    told = {"error": category.__name__, "where": f"{Path(filename).stem}:{lineno}"}
    logger().warning("a library complains", extra=told)


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "switchboard" in Path(frame.filename).parts] or frames
    return f"{Path(ours[-1].filename).stem}.{ours[-1].name}:{ours[-1].lineno}" if ours else ""
