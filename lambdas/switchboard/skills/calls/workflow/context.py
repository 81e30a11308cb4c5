"""What every step of processing a call stands on, and how a call ends badly or is deleted."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.messages.ports import Clock
from switchboard.core.model.names import Names, listed
from switchboard.core.model.types import Completes
from switchboard.core.skills.blobs import Blobs
from switchboard.core.spend.ledger import BudgetExceeded
from switchboard.core.spend.prices import PriceBook
from switchboard.skills.calls.analysis.costs import listening
from switchboard.skills.calls.analysis.planning import DEFAULT, Budget
from switchboard.skills.calls.domain.call import Call, NoSuchCall, Status
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import prefixes, upload_prefix
from switchboard.skills.calls.ports import Till, Transcriber, Watcher
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.store.repository import CallBook

ENDED: Final = frozenset({Status.COMPLETED, Status.FAILED})
MOVING: Final = frozenset({Status.QUEUED, Status.TRANSCRIBING, Status.TRANSCRIBED, Status.ANALYZING})


class Keeping(Protocol):
    """Whatever has the records and the bucket."""

    @property
    def book(self) -> CallBook: ...
    @property
    def blobs(self) -> Blobs: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Steps are functions of a desk. `models` are the names of those that may answer, by role.

    A step may run again, after a crash or beside itself: what it has done is then found and not done twice.
    """

    book: CallBook
    blobs: Blobs
    transcriber: Transcriber
    model: Completes
    prices: PriceBook
    models: Names
    clock: Clock
    watcher: Watcher
    till: Till
    budget: Budget = DEFAULT

    def profiles(self, call: Call) -> ProfileBook:
        return ProfileBook(self.book.records, call.person, listed(self.models))

    def change(self, call: str, change: Callable[[Call], Call]) -> Call:
        """Whoever watches may hear the same twice. Errors: NoSuchCall and what `change` raises."""
        changed = self.book.change(call, change)
        self.watcher.moved(changed)
        return changed

    def reserve(self, call: Call, amount: int, *, under: str) -> None:
        """Errors: CallFailed."""
        try:
            self.till.reserve(call, amount, under=under)
        except BudgetExceeded:
            raise CallFailed(Reason.OVER_BUDGET) from None

    def spent(self, call: Call, amount: int, *, under: str) -> None:
        self.till.settle(call, amount, under=under)


def fail(desk: Desk, call: str, reason: Reason, *, spent: int = 0) -> Call | None:
    """The end of a call that something stopped; one that is done or failed stays so. None when it is deleted.

    Its recording goes first, unless there is a transcript of it that can be read again. `spent` is what the
    step that failed has cost all the same.
    """

    def failed(kept: Call) -> Call:
        if kept.status in ENDED:
            return kept
        ended = kept.moved(Status.FAILED, desk.clock.now_ms(), reason)
        return replace(ended, cost=ended.cost + spent)

    try:
        _discard_recording(desk, desk.book.find(call))
        ended = desk.change(call, failed)
    except NoSuchCall:
        return None
    if ended.object_version:
        desk.spent(ended, listening_cost(desk, ended), under=listening_of(ended))
    return ended


def _discard_recording(desk: Desk, call: Call) -> None:
    if call.status not in ENDED and not call.has_transcript:
        desk.blobs.delete(upload_prefix(call.id))


def listening_cost(desk: Desk, call: Call) -> int:
    """What the transcriber takes for what it heard: for no more than the recording's bytes can hold."""
    heard_ms = call.heard.duration_ms if call.heard else 0
    return listening(min(heard_ms, call.longest_ms), desk.transcriber.name, desk.prices)


def listening_of(call: Call) -> str:
    """The name under which the transcriber's work on this upload is paid, once."""
    return f"{call.id}-{call.object_version}"


def forget(desk: Keeping, call: str) -> None:
    """Deletes all of a call: what a running step still writes goes too, since it finds no call."""
    for _before_and_after in range(2):
        for prefix in prefixes(call):
            desk.blobs.delete(prefix)
        desk.book.remove(call)


def check_reanalysis(call: Call) -> None:
    """Errors: UserFacing, when there is nothing to analyse again or it is being worked on."""
    if not call.has_transcript:
        raise UserFacing("There is no transcript of this call yet.")
    if call.status in MOVING:
        raise UserFacing("This call is being worked on just now.")


def reason_of(error: str, cause: str = "") -> Reason:
    """Why, by what a state machine caught: the error's name, and its cause as Lambda writes it."""
    details = _details(cause)
    name = str(details.get("errorType") or error).rpartition(".")[2]
    told = str(details.get("errorMessage") or "")
    if name in {"CallFailed", "Unfit"} and told in Reason.__members__:
        return Reason(told)
    return _BY_NAME.get(name, Reason.INTERNAL)


_BY_NAME: Final[Mapping[str, Reason]] = {
    "Timeout": Reason.TRANSCRIPT_LATE,
    "HeartbeatTimeout": Reason.TRANSCRIPT_LATE,
    "TranscriberUnavailable": Reason.TRANSCRIBER_DOWN,
    "ModelUnavailable": Reason.MODEL_DOWN,
    "ModelInterrupted": Reason.MODEL_DOWN,
    "ModelRefused": Reason.MODEL_REFUSED,
    "BudgetExceeded": Reason.OVER_BUDGET,
} | {reason.value: reason for reason in Reason}


def _details(cause: str) -> Mapping[str, Any]:
    try:
        found = json.loads(cause)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
