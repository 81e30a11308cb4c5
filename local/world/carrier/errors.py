"""The carrier's refusals, in the shape of AWS JSON 1.0."""

from dataclasses import dataclass
from typing import Literal

from starlette.responses import JSONResponse, Response

from local.world.errors import VendorError

JSON_1_0 = "application/x-amz-json-1.0"
Name = Literal[
    "AccessDeniedException",
    "ConflictException",
    "InternalServerException",
    "MissingAuthenticationTokenException",
    "ResourceNotFoundException",
    "SerializationException",
    "ServiceQuotaExceededException",
    "ThrottlingException",
    "UnknownOperationException",
    "ValidationException",
]


@dataclass(frozen=True, slots=True)
class FieldFault:
    name: str
    message: str


class CarrierError(VendorError):
    def __init__(self, name: Name, message: str, *, status: int = 400, **members: object) -> None:
        super().__init__(message)
        self.name, self.message, self.http_status, self.members = name, message, status, members

    def response(self) -> Response:
        body = {"__type": self.name, "Message": self.message, **self.members}
        return JSONResponse(body, status_code=self.http_status, media_type=JSON_1_0)


def invalid(reason: str, message: str, *faults: FieldFault) -> CarrierError:
    fields = [{"Name": fault.name, "Message": fault.message} for fault in faults]
    return CarrierError("ValidationException", message, Reason=reason, Fields=fields)


def conflict(reason: str, message: str, *, resource: str) -> CarrierError:
    return CarrierError("ConflictException", message, Reason=reason, ResourceType=resource)


STATUS_NAMES: dict[int, Name] = {
    402: "ServiceQuotaExceededException",
    403: "AccessDeniedException",
    404: "ResourceNotFoundException",
    429: "ThrottlingException",
    500: "InternalServerException",
}


def ordered(status: int) -> CarrierError:
    """The error that somebody ordered by a fault."""
    return CarrierError(STATUS_NAMES[status], f"A fault was set: {status}.", status=status)
