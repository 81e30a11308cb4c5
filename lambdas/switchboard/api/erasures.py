"""Erasing everything of the person's. How it went can be read after the person is gone."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from switchboard.api.exports import Job, JobId
from switchboard.rest.auth import Asking, Given, SignedIn
from switchboard.rest.ports import JobState
from switchboard.rest.problems import Problem, refuses

router = APIRouter(prefix="/erasures", tags=["own data"])


class Confirmation(BaseModel):
    """The exact words, since there is no way back."""

    confirm: Literal["erase everything"]


class Proof(Job):
    """Counts by store of what is gone, and of what had to stay."""

    erased: dict[str, int] | None = Field(examples=[{"conversations": 214}])
    kept: dict[str, int] | None = Field(examples=[{"consent": 2}])


@router.post("", status_code=202, responses=refuses(400, 401, 404, 409, 413, 422))
def request_erasure(_confirmation: Confirmation, asking: Asking, ports: Given) -> Job:
    """Begin to erase."""
    erasure_id = ports.erasures().request(asking.person, asking.address)
    return Job(id=erasure_id, state=JobState.QUEUED)


@router.get("/{job}", responses=refuses(401, 404, 422))
def read_erasure(job: JobId, account: SignedIn, ports: Given) -> Proof:
    """How it stands. Whoever asks is known by their account: looking for a person would make a new one."""
    found = ports.erasures().find(account.address, job)
    if found is None:
        raise Problem(404, "You asked for no such erasure.")
    erased, kept = found.erased, found.kept
    return Proof(
        id=found.id,
        state=found.state,
        erased=None if erased is None else dict(erased),
        kept=None if kept is None else dict(kept),
    )
