"""Calls: opened, listed, read, analysed again and deleted."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from switchboard.core.idempotency import Made
from switchboard.core.people.address import Address
from switchboard.core.people.profiles import address_id
from switchboard.core.skills.spec import LONGEST_WORDS
from switchboard.rest.auth import Asking, Given
from switchboard.rest.idempotency import Creating, Creation
from switchboard.rest.pages import Cursor, Limit, position
from switchboard.rest.problems import Problem, refuses
from switchboard.skills.calls.api import models, upload_routes
from switchboard.skills.calls.api.models import AnalysisId, CallId
from switchboard.skills.calls.api.ports import Sought, calls_of
from switchboard.skills.calls.limits import LONGEST_PROFILE_ID

router = APIRouter(prefix="/calls", tags=["calls"])
router.include_router(upload_routes.router)

Words = Annotated[
    str,
    Query(min_length=1, max_length=LONGEST_WORDS, description="Words that were said", examples=["discount"]),
]
About = Annotated[
    str, Query(max_length=LONGEST_WORDS, description="Words of the file's name or the metadata")
]
OfProfile = Annotated[str, Query(alias="profile", max_length=LONGEST_PROFILE_ID, examples=["standard"])]
DAY = "A day of UTC, or a time as RFC 3339"
From = Annotated[str, Query(alias="from", max_length=40, description=DAY, examples=["2026-11-21"])]
To = Annotated[
    str, Query(alias="to", max_length=40, description=f"{DAY}; a day is included", examples=["2026-11-21"])
]
Lines = Annotated[int, Query(ge=1, le=500, description="How many lines at most")]


def sought_by(
    status: models.Status | None = None,
    profile: OfProfile = "",
    q: About = "",
    from_: From = "",
    to_: To = "",
) -> Sought:
    """What the query asks for."""
    return Sought(status or "", profile, q, _time(from_), _time(to_, after=True))


Filters = Annotated[Sought, Depends(sought_by)]


@router.post("", status_code=201, responses=refuses(400, 401, 404, 409, 413, 422))
def open_call(wanted: models.NewCall, creating: Creating) -> models.CallLine:
    """A call that waits for its recording: of people who agreed to it, and within one's quota.

    422 without `consent`. 409 when today's bytes are used up, or a few calls of today's are not done yet.
    """
    tell = _told(wanted.tell, creating)

    def make() -> Made:
        line = calls_of(creating.ports).open(creating.asking.person, wanted, tell=tell)
        return Made(line.model_dump_json())

    return models.CallLine.model_validate_json(creating.once(make).answer)


@router.get("", responses=refuses(401, 422))
def list_calls(
    asking: Asking, ports: Given, sought: Filters, limit: Limit = 20, cursor_: Cursor = ""
) -> models.Calls:
    """The newest first. A page may be short and still not the last."""
    return calls_of(ports).page(asking.person, sought, limit=limit, after=position(cursor_))


@router.get("/{call}", responses=refuses(401, 404, 422))
def read_call(call: CallId, asking: Asking, ports: Given) -> models.Call:
    """Where it stands, how it came there, and what was found so far."""
    return calls_of(ports).call(asking.person, call)


@router.get("/{call}/transcript", responses=refuses(401, 404, 422))
def read_transcript(
    call: CallId, asking: Asking, ports: Given, limit: Lines = 200, cursor_: Cursor = ""
) -> models.Transcript:
    """What was said, line by line."""
    return calls_of(ports).transcript(asking.person, call, limit=limit, after=position(cursor_))


@router.get("/{call}/search", responses=refuses(401, 404, 422))
def search_call(call: CallId, q: Words, asking: Asking, ports: Given) -> models.Hits:
    """The lines that hold these words, the best first."""
    return calls_of(ports).search(asking.person, call, q)


@router.get("/{call}/analyses/{analysis}", responses=refuses(401, 404, 422))
def read_analysis(call: CallId, analysis: AnalysisId, asking: Asking, ports: Given) -> models.Insights:
    """One analysis in full."""
    return calls_of(ports).insights(asking.person, call, analysis)


@router.post("/{call}/reanalyze", status_code=202, responses=refuses(400, 401, 404, 409, 413, 422))
def reanalyze_call(call: CallId, wish: models.Reanalysis, creating: Creating) -> models.CallLine:
    """Analyse what was heard again; nothing is transcribed again."""
    if wish.version and not wish.profile:
        raise Problem(422, "body.profile: a version is one of a profile")
    calls = calls_of(creating.ports)

    def make() -> Made:
        line = calls.reanalyze(creating.asking.person, call, wish.wish, key=creating.key)
        return Made(line.model_dump_json())

    return models.CallLine.model_validate_json(creating.once(make).answer)


@router.delete("/{call}", status_code=204, responses=refuses(401, 404, 409, 422))
def delete_call(call: CallId, asking: Asking, ports: Given) -> None:
    """All of it: the recording, the transcript and everything that was found."""
    calls_of(ports).delete(asking.person, call)


def _told(link: str | None, creating: Creation) -> Address:
    """The channel that is meant, else the account that asks."""
    if link is None:
        return creating.asking.address
    links = creating.ports.profiles.read(creating.asking.person).links
    named = {address_id(each.address): each.address for each in links}
    if link not in named:
        raise Problem(422, "body.tell: none of your channels is called so")
    return named[link]


def _time(given: str, *, after: bool = False) -> int | None:
    """Unix milliseconds; of a day its beginning, or the moment `after` it."""
    if not given:
        return None
    try:
        at = _day(date.fromisoformat(given), after=after) if len(given) == 10 else _moment(given)
        return max(0, round(at.timestamp() * 1000))
    except (ValueError, OverflowError):
        raise Problem(422, f"query.{'to' if after else 'from'}: this is neither a day nor a time") from None


def _day(day: date, *, after: bool) -> datetime:
    return datetime.combine(day, time(), UTC) + timedelta(days=int(after))


def _moment(given: str) -> datetime:
    at = datetime.fromisoformat(given)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
