"""Asking to be forgotten: nothing happens before it was confirmed by a code, and then it happens once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.jobs import Job, JobQueue
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import Address, People, PersonId
from switchboard.core.skills.spec import Command, ToolContext
from switchboard.core.verification_codes import LIFETIME_MS, MOST_TRIES, plain, shown

KIND = "erase"
CODE_SECONDS = LIFETIME_MS // 1000

ASK = (
    "This erases everything I hold about you, on every channel you linked, and cannot be undone. "
    "Reply /forget {code} within 10 minutes to go on. /export first gives you a copy."
)
UNDER_WAY = "I am erasing everything I hold about you. This is receipt {id}; I will say when it is done."


class ErasureState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Erasure:
    """A receipt: counts by kind, and of whom is nowhere written. `at_ms` is when it was asked for.

    `owner` is a digest of the account that may read it, and "" where having the id is enough.
    """

    id: str
    at_ms: int
    owner: str = ""
    state: ErasureState = ErasureState.QUEUED
    erased: Mapping[str, int] | None = None
    kept: Mapping[str, int] | None = None


class NotConfirmed(UserFacing):
    """Nothing was erased."""


class NothingAsked(NotConfirmed):
    def __init__(self) -> None:
        super().__init__("There is nothing to confirm: nothing was erased. Send /forget first.")


class WrongCode(NotConfirmed):
    def __init__(self) -> None:
        super().__init__("That is not the code I gave you: nothing was erased. Look again, or send /forget.")


class ExpiredCode(NotConfirmed):
    def __init__(self) -> None:
        super().__init__("That code has expired: nothing was erased. Send /forget for another.")


class TooManyWrongCodes(NotConfirmed):
    def __init__(self) -> None:
        super().__init__(
            f"That were {MOST_TRIES} wrong codes, and nothing was erased. Send /forget for another."
        )


class LinkedElsewhere(NotConfirmed):
    def __init__(self) -> None:
        super().__init__("You have just been linked to another channel. Please send /forget again.")


class Requests(Protocol):
    """Where it is written down that somebody leaves."""

    def offer(self, person: PersonId, digest: str, *, expires: int) -> None:
        """A code that confirms; it replaces the one before."""

    def open(self, person: PersonId, erasure: Erasure, *, now: int, digest: str | None = None) -> Erasure:
        """The one under way, if there is one; with a digest, only if that confirms it.

        A wrong code counts as a try. Errors: NothingAsked, WrongCode, TooManyWrongCodes, ExpiredCode,
        LinkedElsewhere.
        """

    def read(self, erasure: str) -> Erasure | None: ...


@dataclass(frozen=True, slots=True)
class ErasureService:
    """Where people ask to be forgotten; `new_code` makes one of core.codes."""

    requests: Requests
    jobs: JobQueue
    clock: Clock
    new_id: Callable[[], str]
    new_code: Callable[[], str]

    def ask(self, person: PersonId) -> str:
        """A fresh code, which confirms within ten minutes."""
        code = self.new_code()
        self.requests.offer(person, digest(person, code), expires=self._now() + CODE_SECONDS)
        return code

    def confirm(self, person: PersonId, address: Address, code: str) -> Erasure:
        """Errors: NotConfirmed, which says why not."""
        return self._begin(person, address, digest(person, code), self.new_id())

    def request(self, person: PersonId, account: Address) -> Erasure:
        """For somebody who confirmed it by other means. Errors: LinkedElsewhere."""
        erasure_id = self.new_id()
        return self._begin(person, account, None, erasure_id, digest(erasure_id, str(account)))

    def look(self, erasure_id: str, *, account: Address) -> Erasure | None:
        erasure = self.requests.read(erasure_id)
        mine = erasure is not None and erasure.owner in {"", digest(erasure_id, str(account))}
        return erasure if mine else None

    def _begin(
        self, person: PersonId, address: Address, confirmed: str | None, erasure_id: str, owner: str = ""
    ) -> Erasure:
        """Handed over again when it was asked for again: the first may have died before it did."""
        wanted = Erasure(erasure_id, self.clock.now_ms(), owner)
        erasure = self.requests.open(person, wanted, now=self._now(), digest=confirmed)
        self.jobs.hand_over(Job(KIND, erasure.id, person, address))
        return erasure

    def _now(self) -> int:
        return self.clock.now_ms() // 1000


def digest(salt: str, secret: str) -> str:
    return sha256(f"{salt}:{secret}".encode()).hexdigest()


def forget_command(desk: ErasureService, people: People) -> Command:
    """Who the address belongs to is looked up: a link may be new."""

    def run(rest: str, context: ToolContext) -> str:
        person = people.behind(context.address)
        if not rest:
            return ASK.format(code=shown(desk.ask(person)))
        erasure = desk.confirm(person, context.address, plain(rest))
        return UNDER_WAY.format(id=erasure.id)

    return Command("erases everything I hold about you", run)
