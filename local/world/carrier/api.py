"""AWS JSON 1.0 on `POST /`, as boto3 speaks it."""

import json
from collections.abc import Callable, Mapping

from starlette.responses import JSONResponse, Response

from local.world.carrier.errors import JSON_1_0, CarrierError, ordered
from local.world.carrier.operations import Operation
from local.world.carrier.shapes import operation, require_valid
from local.world.service import Asked, World

TARGET_PREFIX = "PinpointSMSVoiceV2."


def aws_endpoint(
    world: World, *, service: str, handlers: Mapping[str, Operation]
) -> Callable[[Asked], "Response"]:
    def answer(asked: Asked) -> Response:
        response = respond(asked)
        response.headers["x-amzn-requestid"] = world.ports.new_id()
        asked.entry.outcome["status"] = response.status_code
        return response

    def respond(asked: Asked) -> Response:
        try:
            return JSONResponse(perform(asked), media_type=JSON_1_0)
        except CarrierError as error:
            return error.response()

    def perform(asked: Asked) -> Mapping[str, object]:
        require_signed(asked)
        if fault := world.faults.strike(service, "status"):
            raise ordered(fault.value)
        name = asked.request.headers.get("x-amz-target", "").removeprefix(TARGET_PREFIX)
        operation(name)
        if name not in handlers:
            raise CarrierError("UnknownOperationException", f"The world does not simulate {name}.")
        return handlers[name](require_valid(name, parsed(asked.body)))

    return answer


def require_signed(asked: Asked) -> None:
    if not asked.request.headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 "):
        raise CarrierError("MissingAuthenticationTokenException", "The request is not signed.", status=403)


def parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise CarrierError("SerializationException", "The request is not JSON.") from error
