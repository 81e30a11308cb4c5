"""Reading what clients send: always bounded, always checked, refused with a reason."""

import json
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.requests import Request

from local.world.errors import TooLarge, Unprocessable, Unreadable, first_reason

CONTROL_LIMIT = 256 * 1024
Checked = TypeVar("Checked")
Model = TypeVar("Model", bound=BaseModel)


async def read_bytes(request: Request, *, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge(f"The body is larger than {limit} bytes.")
    return bytes(body)


def parse_json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is not JSON.") from error


async def read_model(request: Request, model: type[Model]) -> Model:
    return await read_as(request, TypeAdapter(model))


async def read_as(request: Request, adapter: TypeAdapter[Checked], *, limit: int = CONTROL_LIMIT) -> Checked:
    """A control request's body, strictly typed."""
    body = await read_bytes(request, limit=limit)
    parse_json(body)
    try:
        return adapter.validate_json(body, strict=True)
    except ValidationError as error:
        place, reason = first_reason(error)
        raise Unprocessable(f"{place or 'body'}: {reason}") from error
