"""The model's refusals, in the shape that OpenAI clients read."""

from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from local.world.errors import VendorError

TYPES = {
    401: ("authentication_error", "invalid_api_key"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("rate_limit_error", "rate_limit_exceeded"),
}
STATUSES = frozenset({400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504})


class ModelError(VendorError):
    def __init__(
        self, message: str, *, status: int = 400, param: str | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message, self.http_status, self.param, self.code = message, status, param, code

    def response(self) -> Response:
        usual = "server_error" if self.http_status >= 500 else "invalid_request_error"
        kind, code = TYPES.get(self.http_status, (usual, None))
        error = {"message": self.message, "type": kind, "param": self.param, "code": self.code or code}
        return JSONResponse({"error": error}, status_code=self.http_status)


def ordered(status: int) -> ModelError:
    """The error that somebody ordered by a fault."""
    return ModelError(f"A fault was set: {status} {HTTPStatus(status).phrase}.", status=status)
