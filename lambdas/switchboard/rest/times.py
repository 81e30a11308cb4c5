"""Times, days and money as the API writes them."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

Moment = Annotated[
    str,
    Field(
        json_schema_extra={"format": "date-time"},
        description="RFC 3339, UTC",
        examples=["2026-11-21T03:04:05Z"],
    ),
]
Day = Annotated[
    str, Field(json_schema_extra={"format": "date"}, description="A day of UTC", examples=["2026-11-21"])
]
Money = Annotated[str, Field(pattern=r"^-?\d+\.\d{6}$", description="US dollars", examples=["0.012300"])]


def moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
