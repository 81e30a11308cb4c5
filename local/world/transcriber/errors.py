"""The transcriber's refusals, in the shape that ElevenLabs documents.

Source: https://elevenlabs.io/docs/eleven-api/resources/errors
"""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from local.world.errors import VendorError

# What each code means to a client: its type and its status.
CODES: Mapping[str, tuple[str, int]] = {
    "audio_too_long": ("validation_error", 400),
    "audio_too_short": ("validation_error", 400),
    "bad_request": ("invalid_request", 400),
    "insufficient_credits": ("payment_required", 402),
    "insufficient_permissions": ("authorization_error", 403),
    "internal_error": ("internal_error", 500),
    "invalid_audio": ("validation_error", 400),
    "invalid_content_type": ("invalid_request", 400),
    "invalid_file_type": ("validation_error", 400),
    "invalid_parameters": ("validation_error", 400),
    "missing_api_key": ("authentication_error", 401),
    "missing_required_field": ("validation_error", 400),
    "rate_limit_exceeded": ("rate_limit_error", 429),
    "service_unavailable": ("service_unavailable", 503),
    "transcript_not_found": ("not_found", 404),
    "unauthorized": ("authentication_error", 401),
    "unsupported_model": ("validation_error", 400),
}
ORDERED: Mapping[int, str] = {
    400: "bad_request",
    401: "unauthorized",
    402: "insufficient_credits",
    403: "insufficient_permissions",
    429: "rate_limit_exceeded",
    500: "internal_error",
    503: "service_unavailable",
}


class TranscriberError(VendorError):
    def __init__(self, code: str, message: str, *, param: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.param = code, message, param

    def response(self, *, request_id: str = "") -> Response:
        kind, status = CODES[self.code]
        detail = {
            "type": kind,
            "code": self.code,
            "message": self.message,
            "status": self.code,
            "request_id": request_id,
            "param": self.param,
        }
        return JSONResponse({"detail": detail}, status_code=status)


class Invalid(TranscriberError):
    """A field of the form that cannot be read as its type: the one refusal with a list in it."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__("invalid_parameters", problems[0]["msg"])
        self.problems = problems

    def response(self, *, request_id: str = "") -> Response:  # noqa: ARG002
        return JSONResponse({"detail": self.problems}, status_code=422)


def ordered(status: int) -> TranscriberError:
    """The error that somebody ordered by a fault."""
    return TranscriberError(ORDERED[status], f"A fault was set: {status}.")
