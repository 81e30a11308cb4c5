"""Changing something as it was read: its version goes out as ETag and comes back as If-Match."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header

from switchboard.core.people.profiles import VersionConflict
from switchboard.rest.problems import Problem

TAG = re.compile(r'"(\d{1,15})"')
ETAG: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {
                "description": "The version, for If-Match",
                "schema": {"type": "string"},
                "example": '"1"',
            }
        }
    }
}

IfMatch = Annotated[str | None, Header(alias="If-Match", max_length=100, examples=['"1"'])]


def etag(version: int) -> str:
    return f'"{version}"'


def version_of(if_match: str | None, *, now: Callable[[], int]) -> int:
    """The version that was read; an asterisk is whatever there is now. Errors: Problem, VersionConflict."""
    if if_match is None:
        raise Problem(428, "Say which version you have read, by If-Match.")
    if if_match.strip() == "*":
        return now()
    tag = TAG.fullmatch(if_match.strip())
    if tag is None:
        raise VersionConflict
    return int(tag[1])
