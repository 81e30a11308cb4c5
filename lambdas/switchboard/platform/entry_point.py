"""What every function begins with, so that nobody prints what a person said: not even Lambda's runtime.

The runtime puts the function's log level on the root logger, so that botocore logs the bodies of requests
and answers, and it prints the message of an exception that a handler lets go (awslambdaric, bootstrap.py).
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from switchboard.platform.config import Unconfigured
from switchboard.platform.logs import silence_others

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def entry_point(handler: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Of what a handler raises, its caller and the log learn the name and the place.

    Errors: one that is called like the handler's and says no more, or Unconfigured as it is.
    """

    @wraps(handler)
    def run(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        silence_others()
        try:
            return handler(*args, **kwargs)
        except Unconfigured:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text may quote a person
            raise _without_words(error) from None

    return run


def _without_words(error: Exception) -> Exception:
    """A state machine goes by the name; it stands in the text too, where an emulator knows no other place."""
    name = type(error).__name__
    silent: Exception = type(name, (Exception,), {})(name)
    return silent.with_traceback(error.__traceback__)
