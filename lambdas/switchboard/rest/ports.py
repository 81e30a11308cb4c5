"""What the routes work with, and what they need to know of those who own links, exports and erasures.

Only a type checker reads most of what is imported here: a cold start waits for none of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from switchboard.core.people.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fastapi import Request

    from switchboard.core.conversation.timeline import Timeline
    from switchboard.core.idempotency import Answers
    from switchboard.core.operations.stuck import OperatorConsole
    from switchboard.core.people.address import People, PersonId
    from switchboard.core.people.directory import PeopleDirectory
    from switchboard.core.people.login import LoginThrottle, SignIn
    from switchboard.core.people.profiles import Profiles
    from switchboard.core.people.tickets import Tickets
    from switchboard.core.spend.daily_totals import GlobalDailyTotals, PersonDailyTotals
    from switchboard.core.spend.ledger import Ledger, SpendLimits

OPERATORS = "operators"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a verified token was made out to, and their groups in the user pool."""

    address: Address
    groups: frozenset[str] = frozenset()

    @property
    def operates(self) -> bool:
        return OPERATORS in self.groups


class Code(NamedTuple):
    """What is entered in another channel, within so many seconds."""

    code: str
    expires_in: int


class WaitingLink(NamedTuple):
    """`beside` is the other side as its owner may read it; it is made at `due_ms` (Unix milliseconds)."""

    id: str
    beside: str
    due_ms: int


class Links(Protocol):
    def waiting(self, person: PersonId) -> Sequence[WaitingLink]:
        """Links that both sides confirmed and that are not made yet."""

    def take_back(self, person: PersonId, address: Address, link_id: str) -> bool:
        """False when no link of this person's waits under that id."""

    def make_code(self, person: PersonId, address: Address, key: str | None) -> Code:
        """A code that links whatever enters it; `key` is the request's Idempotency-Key, if it has one."""

    def unlink(self, person: PersonId, address_id: str) -> bool:
        """`address_id` is of core.profiles; False when no address of this person is called so."""


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Export:
    """`url` is made for whoever asks now, and ends at `expires_ms` (Unix milliseconds)."""

    id: str
    state: JobState
    url: str | None = None
    expires_ms: int | None = None
    bytes: int | None = None


class Exports(Protocol):
    def request(self, person: PersonId, address: Address, key: str | None) -> str:
        """The id of a new export, or of the one under way; `key` is the request's Idempotency-Key."""

    def find(self, person: PersonId, export_id: str) -> Export | None:
        """None when this person asked for no such export."""

    def fetch(self, token: str) -> str | None:
        """Where the archive is that a short link leads to; None when it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """`erased` counts what is gone by store, `kept` what had to stay and why."""

    id: str
    state: JobState
    erased: Mapping[str, int] | None = None
    kept: Mapping[str, int] | None = None


class Erasures(Protocol):
    def request(self, person: PersonId, account: Address) -> str:
        """The id of an erasure; one that is under way already is the same."""

    def find(self, account: Address, erasure_id: str) -> Erasure | None:
        """None when this account asked for no such erasure; the person may be gone by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """`account` and `caller` read a request: whose token was verified, and from which address it came.

    `signed_out` takes the subject of an account. `shown` is an address as its owner may read it. `report` is
    told of errors that nobody foresaw. `served` is what the routes of a skill work with, by its name. What
    only some requests need is called for.
    """

    sign_in: SignIn
    signed_out: Callable[[], Callable[[str], None]]
    door: LoginThrottle
    people: People
    profiles: Profiles
    timeline: Callable[[], Timeline]
    tickets: Tickets
    ledger: Ledger
    limits: SpendLimits
    days: PersonDailyTotals
    everybodys_days: GlobalDailyTotals
    roster: Callable[[], PeopleDirectory]
    workshop: Callable[[], OperatorConsole]
    answers: Answers
    account: Callable[[Request], Account | None]
    caller: Callable[[Request], str]
    shown: Callable[[Address], str]
    now_ms: Callable[[], int]
    new_ticket: Callable[[], str]
    socket_url: str
    report: Callable[[Exception], None]
    links: Callable[[], Links]
    exports: Callable[[], Exports]
    erasures: Callable[[], Erasures]
    served: Callable[[str], Any]
