"""Everything of the person's in one archive: asked for, waited for, fetched by a link of ten minutes."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from switchboard.core.idempotency import Made
from switchboard.rest.auth import Asking, Given
from switchboard.rest.idempotency import Creating
from switchboard.rest.ports import JobState
from switchboard.rest.problems import Problem, refuses
from switchboard.rest.times import Moment, moment

router = APIRouter(prefix="/exports", tags=["own data"])

LOCATION: dict[int | str, dict[str, Any]] = {
    202: {
        "headers": {"Location": {"description": "Where to look how it stands", "schema": {"type": "string"}}}
    }
}

EXAMPLE_ID = "5be0d2f1a7c94e3b8d60f211"
JobId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", examples=[EXAMPLE_ID])]


class Job(BaseModel):
    id: str = Field(examples=[EXAMPLE_ID])
    state: JobState = Field(examples=[JobState.QUEUED])


class Archive(Job):
    """`url` is made anew for each answer, and is null until the archive is done."""

    url: str | None
    expires_at: Moment | None
    bytes: int | None


@router.post("", status_code=202, responses=LOCATION | refuses(401, 404, 409, 422))
def request_export(creating: Creating, response: Response) -> Job:
    """Begin to put everything together."""
    exports = creating.ports.exports()

    def make() -> Made:
        return Made(exports.request(creating.asking.person, creating.asking.address, creating.key))

    export_id = creating.once(make).answer
    response.headers["location"] = f"/exports/{export_id}"
    return Job(id=export_id, state=JobState.QUEUED)


@router.get("/{job}", responses=refuses(401, 404, 422))
def read_export(job: JobId, asking: Asking, ports: Given) -> Archive:
    """How it stands, and once it is done where to fetch it."""
    found = ports.exports().find(asking.person, job)
    if found is None:
        raise Problem(404, "You asked for no such export.")
    return Archive(
        id=found.id,
        state=found.state,
        url=found.url,
        expires_at=None if found.expires_ms is None else moment(found.expires_ms),
        bytes=found.bytes,
    )
