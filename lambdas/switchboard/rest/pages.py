"""Lists in pages: how many, and an opaque cursor, which says where in one's own list to go on."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Annotated

from fastapi import Query
from pydantic import Field

from switchboard.core.pages import BadPosition

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most")]
Cursor = Annotated[
    str,
    Query(
        alias="cursor",
        max_length=200,
        pattern=r"^[A-Za-z0-9_-]*$",
        description="`next` of the page before; none for the first page",
    ),
]
Next = Annotated[
    str | None,
    Field(description="The cursor of the next page; null on the last", examples=["MTc2MzY5NDI0NQ"]),
]


def cursor(position: str) -> str | None:
    return urlsafe_b64encode(position.encode()).decode().rstrip("=") or None


def position(given: str) -> str:
    """Errors: BadPosition."""
    padded = given + "=" * (-len(given) % 4)
    try:
        return urlsafe_b64decode(padded).decode("ascii")
    except (Error, UnicodeDecodeError) as error:
        raise BadPosition from error
