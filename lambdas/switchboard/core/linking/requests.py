"""A link before it is made: a code is entered, a second code is returned, and then the link waits.

The first code proves that whoever made it agrees. That it was entered proves nothing: a sender can be forged.
The second one is sent to the entering address, so whoever returns it reads what is sent there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from switchboard.core.errors import Retryable
from switchboard.core.linking.codes import (
    InvalidCode,
    LinkAttempt,
    LinkResult,
    Links,
    MadeHere,
    NotLinked,
    TooManyTries,
)
from switchboard.core.people.address import Address, PersonId
from switchboard.core.verification_codes import MOST_TRIES


class NothingToConfirm(NotLinked):
    def __init__(self) -> None:
        super().__init__("There is nothing to confirm: no code was sent to this address.")


class WrongConfirmation(NotLinked):
    def __init__(self) -> None:
        super().__init__("That is not the code I sent here: nothing was linked. Look again.")


class VoidConfirmation(NotLinked):
    def __init__(self) -> None:
        super().__init__(
            f"That code has expired or had {MOST_TRIES} wrong tries: nothing was linked. "
            "Begin again with /link in the other channel."
        )


class NotDue(Retryable):
    """The link still waits."""


class RequestVoid(NotLinked):
    """What both sides confirmed is no longer so, or one of them said STOP."""


class RequestState(StrEnum):
    WAITING = "waiting"
    TAKEN_BACK = "taken_back"
    VOID = "void"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, and the address by which they take part."""

    person: PersonId
    address: Address


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """Confirmed by both sides, and done at `due_ms` (Unix milliseconds). `ended_by` is a turn, or ""."""

    id: str
    maker: Party
    other: Party
    due_ms: int
    state: RequestState = RequestState.WAITING
    ended_by: str = ""

    @property
    def parties(self) -> tuple[Party, Party]:
        return self.maker, self.other

    def beside(self, person: PersonId) -> Party:
        """The other one, as that person sees it."""
        return self.other if self.maker.person == person else self.maker


class LinkRequests(Protocol):
    """Where links are written down before they are made."""

    def ask(self, entry: LinkAttempt, code: str) -> Address:
        """The entered code is used up, and `code` is what has to come back; where the first one was made.

        Entered again in the same turn, only the new code is good.
        Errors: InvalidCode, LinkedAlready, TooManyLinks.
        """

    def confirm(self, entry: LinkAttempt, *, due_ms: int) -> LinkRequest:
        """The code that was sent to an address is returned from it; in the same turn, the same comes of it.

        Each call counts as a try. Errors: NothingToConfirm, WrongConfirmation, VoidConfirmation, InvalidCode.
        """

    def of(self, person: PersonId) -> Sequence[LinkRequest]:
        """Those that somebody takes part in, whatever became of them."""

    def read(self, request: str) -> LinkRequest | None: ...

    def end(self, request: LinkRequest, state: RequestState, *, turn: str = "") -> bool:
        """False when it waits no more."""

    def join(self, request: LinkRequest, *, now_ms: int) -> LinkResult:
        """Both become one person, the maker: all or nothing. Errors: RequestVoid."""


def enter(entry: LinkAttempt, new_code: str, *, links: Links, requests: LinkRequests) -> Address:
    """Enter a code; it is answered by another one, whatever comes of it. Errors: NotLinked."""
    wait_ms = links.tried(entry.address, now_ms=entry.at_ms)
    if wait_ms:
        raise TooManyTries(wait_ms)
    offer = links.found(entry.code)
    if offer is None or offer.used_by not in {"", entry.turn} or offer.expires_ms <= entry.at_ms:
        raise InvalidCode
    if offer.address == entry.address:
        raise MadeHere
    return requests.ask(entry, new_code)


def waiting(requests: LinkRequests, person: PersonId) -> list[LinkRequest]:
    return [each for each in requests.of(person) if each.state is RequestState.WAITING]
