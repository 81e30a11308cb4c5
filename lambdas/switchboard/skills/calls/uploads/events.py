"""What a bucket tells of uploads: directly, through a topic, or as a test."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_plus

from switchboard.core.errors import Permanent
from switchboard.core.well_formed import read_json
from switchboard.skills.calls.limits import CALL_ID

_KEY: Final = re.compile(rf"uploads/({CALL_ID})/([^/]+)")
_VERSION: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


class NoEvent(Permanent):
    """It is no event of a bucket."""


class Arrived(NamedTuple):
    """A file that was uploaded; `version` is the bucket's, of this content and no other of the same place."""

    call: str
    file_name: str
    version: str
    size: int

    @property
    def execution(self) -> str:
        """The name under which it is worked on, once: the call and the version."""
        plain = bool(_VERSION.fullmatch(self.version))
        version = self.version if plain else sha256(self.version.encode()).hexdigest()[:24]
        return f"{self.call}-{version}"[:80]


def arrivals(body: str) -> list[Arrived]:
    """The uploads that a queue's message tells of; none for a test event. Errors: NoEvent."""
    try:
        event = _inner(read_json(body))
        if event.get("Event") == "s3:TestEvent":
            return []
        return list(_arrived(event["Records"]))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise NoEvent("this is no event of a bucket") from None


def _inner(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a topic wraps is in its Message."""
    wrapped = "Message" in event and "Records" not in event
    inner = read_json(event["Message"]) if wrapped else event
    if not isinstance(inner, dict):
        raise TypeError("an event must be an object")
    return inner


def _arrived(records: list[Mapping[str, Any]]) -> Iterator[Arrived]:
    """What lies elsewhere in the bucket is none of ours."""
    for record in records:
        thing = record["s3"]["object"]
        found = _KEY.fullmatch(unquote_plus(thing["key"]))
        if found and str(record.get("eventName", "ObjectCreated")).removeprefix("s3:").startswith(
            "ObjectCreated"
        ):
            yield Arrived(found[1], found[2], str(thing["versionId"]), int(thing.get("size", 0)))
