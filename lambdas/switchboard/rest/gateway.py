"""What the gateway answers by itself: an HTTP API has no way to give its answers another form.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html (gateway responses)
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

UNAUTHORIZED = 401
BY_GATEWAY = {
    UNAUTHORIZED: "there is no token, or it is not good",
    403: "forbidden",
    404: "it has no such route",
    413: "the body has more than 10 MB",
    429: "too many requests of everybody together; it does not say how long to wait",
    500: "the API has failed",
    503: "the API has not answered in time, or is too busy",
}

Response = dict[str, Any]


class Answer(BaseModel):
    """`message` is the status in words, in English."""

    message: str = Field(examples=["Unauthorized"])


def may_answer(responses: Mapping[str, Response], *, by_token: bool) -> dict[str, Response]:
    """The responses of an operation by status, with those of the gateway, which may share one.

    A header of ours is then no longer on every answer of its status.
    """
    found = {status: dict(response) for status, response in responses.items()}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{Answer.__name__}"}}}
    for status, words in BY_GATEWAY.items():
        if status == UNAUTHORIZED and not by_token:
            continue
        ours = found.get(str(status), {})
        said = f"{ours['description']}; or the gateway: {words}" if ours else f"The gateway: {words}"
        found[str(status)] = {
            "description": said,
            "content": ours.get("content", {}) | content,
            "headers": _perhaps(ours.get("headers", {})),
        }
    return dict(sorted(found.items()))


def _perhaps(headers: Mapping[str, Response]) -> dict[str, Response]:
    return {name: header | {"required": False} for name, header in headers.items()}
