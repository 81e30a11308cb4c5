"""Structured logs: one line a decision, keys not prose, never what a person said."""

import logging
import traceback
from functools import cache
from pathlib import Path

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """The logger of this function; the `switchboard` modules' own loggers write through it."""
    made = Logger()
    ours = logging.getLogger("switchboard")
    ours.handlers = [made.registered_handler]
    ours.setLevel(made.log_level)
    ours.propagate = False
    return made


def failed(what: str, error: Exception) -> None:
    """An error's type and the innermost line of ours, never its message: that may quote a person."""
    logger().error(what, extra={"error": type(error).__name__, "where": _where(error)}, stacklevel=2)


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "switchboard" in Path(frame.filename).parts] or frames
    return f"{Path(ours[-1].filename).stem}.{ours[-1].name}:{ours[-1].lineno}" if ours else ""
