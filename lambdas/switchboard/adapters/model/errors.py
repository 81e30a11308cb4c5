"""A provider's failures in our terms, and whether asking again at once may help."""

from typing import Final

from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

from switchboard.core.errors import ModelRefused, ModelUnavailable, SwitchboardError

FAILURES: Final = (OpenAIError, OSError, ValueError, ModelUnavailable)
"""What asking a provider may raise: its errors, a socket's, answers that are no JSON, a missing key."""

_MAY_PASS: Final = frozenset({408, 409, 425, 429})
_PAUSE_SECONDS: Final = 0.3
_LONGEST_PAUSE_SECONDS: Final = 2.0


def translate(error: Exception) -> SwitchboardError:
    """ModelRefused when the request itself was rejected, else ModelUnavailable; the answer is not quoted."""
    if isinstance(error, ModelUnavailable):
        return error
    if isinstance(error, APIStatusError):
        told = f"the provider answered {error.status_code}"
        return ModelUnavailable(told) if _passing(error) else ModelRefused(told)
    return ModelUnavailable(f"asking the provider failed: {type(error).__name__}")


def pause_before_retry(error: Exception) -> float | None:
    """Seconds to wait before the same provider is asked again; None when another should be asked."""
    if isinstance(error, APIStatusError):
        return _asked_pause(error.response.headers.get("retry-after", "")) if _passing(error) else None
    if isinstance(error, APIConnectionError) and not isinstance(error, APITimeoutError):
        return _PAUSE_SECONDS
    return None


def _passing(error: APIStatusError) -> bool:
    return error.status_code >= 500 or error.status_code in _MAY_PASS


def _asked_pause(retry_after: str) -> float | None:
    try:
        seconds = float(retry_after or _PAUSE_SECONDS)
    except ValueError:  # a date: no short pause
        return None
    return seconds if 0 <= seconds <= _LONGEST_PAUSE_SECONDS else None
