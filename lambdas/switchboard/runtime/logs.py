"""Structured logs: one line a decision, keys not prose, never what a person said."""

import logging
import traceback
from functools import cache

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
    """An error's type and innermost line, never its message: that may quote a person."""
    logger().error(what, extra={"error": type(error).__name__, "where": _where(error)})


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
