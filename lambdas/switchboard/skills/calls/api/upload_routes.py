"""How a recording comes: posted by a form, or in parts, which can pause; no byte of it comes here."""

from fastapi import APIRouter

from switchboard.rest.auth import Asking, Given
from switchboard.rest.problems import refuses
from switchboard.skills.calls.api import models
from switchboard.skills.calls.api.models import CallId
from switchboard.skills.calls.api.ports import calls_of

router = APIRouter()


@router.post("/{call}/upload-url", responses=refuses(401, 404, 409, 422))
def make_upload_url(call: CallId, asking: Asking, ports: Given) -> models.Upload:
    """Where the recording is posted, good for its name, type and size alone.

    A recording that was taken is not replaced: 409. For a call that failed another counts to the day's bytes.
    """
    return calls_of(ports).form(asking.person, call)


@router.post("/{call}/parts", responses=refuses(400, 401, 404, 409, 413, 422))
def make_part_links(call: CallId, wanted: models.Numbers, asking: Asking, ports: Given) -> models.Parts:
    """Where parts are put, and which have not arrived; the upload begins with the first of these requests.

    Each link is good for a part of just its length.
    """
    return calls_of(ports).parts(asking.person, call, wanted.numbers)


@router.post("/{call}/parts/finish", status_code=202, responses=refuses(401, 404, 409, 422))
def finish_parts(call: CallId, asking: Asking, ports: Given) -> models.CallLine:
    """Every part has arrived: make the recording of them."""
    return calls_of(ports).finish(asking.person, call)
